"""The Strawberry types of the model: one for each kind, interface, closed set and connection.

This is the one place where types are made at run time. What they are follows from `MODEL` alone; nothing is said here
of any one kind, but that some have fields by which a question is asked about them (`QUESTION_FIELDS`).
"""

from collections.abc import Mapping
from typing import Any

import strawberry

from graph_api.model import MODEL, Interface, Kind, LinkField, Property
from graph_api.model.values import ValueType, value_type
from graph_api.schema import inputs
from graph_api.schema.asked import QUESTION_FIELDS
from graph_api.schema.history import HISTORY_OF_LINK, HISTORY_OF_NODE, history_field
from graph_api.schema.inputs import link_name
from graph_api.schema.made import Described, connection_field, interface_type, known, maybe, named, object_type

ID_DESCRIPTION = "Its identity: opaque, the same for ever, unique across kinds."
CURSOR = (str, "Where it stands in the list: opaque, for `after` and `before`.")


def _annotation(value: ValueType, *, required: bool) -> Any:
    item = named(value)
    if value.many:
        return list[item]  # type: ignore[valid-type] # the item's type is a value here
    return item if required else maybe(item)


def _property(prop: Property) -> Described:
    # The revision has a default in the model, so that nobody needs to write it, and always a value in the graph.
    return _annotation(prop.type, required=prop.required or prop.name == "revision"), prop.description


def _publish_structs() -> None:
    for name, struct in MODEL.structs.items():
        fields = {
            field: (_annotation(value_type(info.rebuild_annotation()), required=True), info.description or "")
            for field, info in struct.model_fields.items()
        }
        object_type(name, struct.__doc__ or "", fields)


def _publish_page_info() -> None:
    object_type(
        "PageInfo",
        "Where a page stands in its list.",
        {
            "hasNextPage": (bool, "Whether something comes after it."),
            "hasPreviousPage": (bool, "Whether something comes before it."),
            "startCursor": (maybe(str), "The cursor of its first element; null where it is empty."),
            "endCursor": (maybe(str), "The cursor of its last element; null where it is empty."),
        },
    )


def _publish_connection(name: str, target: str, description: str, own: Mapping[str, Any]) -> str:
    """Make the edge and the connection of a name; return the connection's."""
    connection = f"{name}Connection"
    if known(connection):
        return connection
    object_type(f"{name}Edge", description, {"cursor": CURSOR, "node": (target, "What it leads to."), **own})
    object_type(
        connection,
        f"A page of a list of {target}.",
        {
            "nodes": (f"list[{target}]", "What is on the page."),
            "edges": (
                f"list[{name}Edge]",
                "The same, each with its cursor and, where it is linked, the link's fields.",
            ),
            "pageInfo": ("PageInfo", "Where the page stands in the list."),
            "totalCount": (int, "How many the whole list has, all pages together."),
        },
    )
    return connection


def _link_fields(link_field: LinkField) -> dict[str, Any]:
    link, target = link_field.link, link_field.target
    name = link_name(link, target)
    own = {prop.name: _property(prop) for prop in link.properties.values()}
    description = link.description
    connection = _publish_connection(
        name,
        target,
        description if link.own else f"A link to {target}.",
        own | {"history": history_field(HISTORY_OF_LINK)},
    )
    if not link_field.single:
        arguments = inputs.arguments(f"{name}Filter", f"{name}Order")
        return {link_field.name: connection_field(link_field.name, description, connection, arguments)}
    object_type(
        f"{name}Link",
        f"The one link to {target}.",
        {"node": (target, "What it leads to."), **own, "history": history_field(HISTORY_OF_LINK)},
    )
    return {
        link_field.name: (f"Optional[{target}]", description),
        f"{link_field.name}Link": (f"Optional[{name}Link]", f"The link to `{link_field.name}` with its own fields."),
    }


def root_connection(kind: Kind) -> Any:
    """Make the root field that lists a kind."""
    connection = _publish_connection(kind.name, kind.name, f"{inputs.article(kind.name)} in a list.", {})
    inputs.publish_root_order(kind.name)
    arguments = inputs.arguments(f"{kind.name}Filter", f"{kind.name}Order")
    return connection_field(
        kind.list_name, f"All of kind {kind.name}, filtered, sorted and in pages.", connection, arguments
    )


def _fields(kind: Kind) -> dict[str, Any]:
    fields = {name: _property(prop) for name, prop in kind.properties.items()}
    for link_field in kind.links.values():
        fields |= _link_fields(link_field)
    for name, asked in QUESTION_FIELDS.get(kind.name, {}).items():
        fields[name] = asked.field
    return fields | {"history": history_field(HISTORY_OF_NODE)}


def _common(interface: Interface) -> dict[str, Any]:
    """Give the fields that all members have alike; those of an entity come first, as everywhere."""
    links = {field for name in _shared_links(interface) for field in (name, f"{name}Link")}
    shared = links.union(inputs.common_properties(interface.name), {"history"})
    first = MODEL.kinds[interface.members[0]]
    return {name: field for name, field in _fields(first).items() if name in shared}


def _shared_links(interface: Interface) -> dict[str, LinkField]:
    first, *others = (MODEL.kinds[name].links for name in interface.members)
    return {name: mine for name, mine in first.items() if all(_same(mine, other.get(name)) for other in others)}


def _same(one: LinkField, two: LinkField | None) -> bool:
    return two is not None and (one.link, one.target, one.single) == (two.link, two.target, two.single)


def _publish_interfaces() -> dict[str, type]:
    made: dict[str, type] = {
        "Node": interface_type(
            "Node",
            "Anything with an id.",
            {"id": (strawberry.ID, ID_DESCRIPTION), "history": history_field(HISTORY_OF_NODE)},
        )
    }
    # The widest first, so that narrower ones can extend them.
    for interface in sorted(MODEL.interfaces.values(), key=lambda one: -len(one.members)):
        parents = [
            wider.name
            for wider in MODEL.interfaces.values()
            if wider.name in made and set(interface.members) < set(wider.members)
        ]
        nearest = [
            name
            for name in parents
            if not any(set(MODEL.members(other)) < set(MODEL.members(name)) for other in parents if other != name)
        ] or ["Node"]
        bases = tuple(made[name] for name in nearest)
        made[interface.name] = interface_type(interface.name, interface.description, _common(interface), bases)
    return made


def _publish_kinds(interfaces: Mapping[str, type]) -> list[type]:
    kinds = []
    for kind in MODEL.kinds.values():
        mine = [one for one in MODEL.interfaces.values() if kind.name in one.members]
        nearest = [
            interfaces[one.name] for one in mine if not any(set(other.members) < set(one.members) for other in mine)
        ] or [interfaces["Node"]]
        kinds.append(object_type(kind.name, kind.description, _fields(kind), tuple(nearest)))
    return kinds


def _publish_filters() -> None:
    inputs.publish_value_filters()
    for kind in MODEL.kinds.values():
        inputs.publish_filter(kind.name, kind.properties, kind.links, several_kinds=False)
    for interface in MODEL.interfaces.values():
        shared = _shared_links(interface)
        inputs.publish_filter(interface.name, inputs.common_properties(interface.name), shared, several_kinds=True)


_publish_structs()
_publish_page_info()
_publish_filters()
KINDS: list[type] = _publish_kinds(_publish_interfaces())
"""The types of the kinds, in the order of the thread."""
