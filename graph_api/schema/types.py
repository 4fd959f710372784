"""The Strawberry types of the model: one for each kind, interface, closed set and connection.

This is the one place where types are made at run time. What they are follows from `MODEL` alone; nothing is said here
of any one kind, but that some have fields by which a question is asked about them (`QUESTION_FIELDS`).
"""

import sys
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NewType, Optional

import strawberry
from pydantic.alias_generators import to_snake

from graph_api.model import MODEL, Interface, Kind, LinkField, LinkType, Property
from graph_api.model.values import ValueType, value_type
from graph_api.schema import enums  # noqa: F401 - makes the model's closed sets known to Strawberry
from graph_api.schema.thread import QUESTION_FIELDS

Duration = NewType("Duration", str)
DURATION = strawberry.scalar(
    name="Duration",
    description="A length of time as ISO 8601 writes it: `P14D`, `P3M`, `PT30M`.",
    serialize=str,
    parse_value=str,
)

_SCALARS: dict[str, Any] = {
    "String": str,
    "Int": int,
    "Float": float,
    "Boolean": bool,
    "Date": date,
    "DateTime": datetime,
    "Decimal": Decimal,
    "Duration": Duration,
}

ID_DESCRIPTION = "Its identity: opaque, the same for ever, unique across kinds."


if TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Tell the type checker that the types made below are attributes of this module."""


def _publish(name: str, made: Any) -> None:
    """Make a type known by name to this module, where Strawberry looks up the types that others name."""
    setattr(sys.modules[__name__], name, made)


def _class(name: str, bases: tuple[type, ...], fields: Mapping[str, tuple[Any, str]]) -> type:
    """Make a class as Strawberry's decorators expect it, from field names to annotation and description."""
    # Python's names are snake case as everywhere; `name` keeps the model's own spelling whatever Strawberry would make.
    attributes = {
        to_snake(field): strawberry.field(name=field, description=text) for field, (_, text) in fields.items()
    }
    annotations = {to_snake(field): annotation for field, (annotation, _) in fields.items()}
    return type(name, bases, {"__module__": __name__, "__annotations__": annotations, **attributes})


def _object(name: str, description: str, fields: Mapping[str, tuple[Any, str]], bases: tuple[type, ...] = ()) -> type:
    made = strawberry.type(_class(name, bases, fields), description=description)
    _publish(name, made)
    return made


def _interface(
    name: str, description: str, fields: Mapping[str, tuple[Any, str]], bases: tuple[type, ...] = ()
) -> type:
    made = strawberry.interface(_class(name, bases, fields), description=description)
    _publish(name, made)
    return made


def _annotation(value: ValueType, *, required: bool) -> Any:
    named = _SCALARS.get(value.graphql) or getattr(sys.modules[__name__], value.graphql)
    if value.many:
        return list[named]  # type: ignore[valid-type] # the item's type is a value here
    return named if required else Optional[named]  # noqa: UP045 - the union operator does not take a NewType here


def _property(prop: Property) -> tuple[Any, str]:
    # The revision has a default in the model, so that nobody needs to write it, and always a value in the graph.
    return _annotation(prop.type, required=prop.required or prop.name == "revision"), prop.description


def _publish_structs() -> None:
    for name, struct in MODEL.structs.items():
        fields = {
            field: (_annotation(value_type(info.rebuild_annotation()), required=True), info.description or "")
            for field, info in struct.model_fields.items()
        }
        _object(name, struct.__doc__ or "", fields)


def edge_name(link: LinkType, target: str) -> str:
    """Name the edge to a type: `InsightEdge`, or, where the link has own fields, `AddressedByPropositionEdge`."""
    prefix = link.class_name if link.own else ""
    return f"{prefix.removesuffix(target)}{target}Edge"


def connection_name(link: LinkType, target: str) -> str:
    """Name the connection to `target`, as its edge."""
    return edge_name(link, target).removesuffix("Edge") + "Connection"


def _publish_connection(link: LinkType, target: str) -> None:
    edge, connection = edge_name(link, target), connection_name(link, target)
    if hasattr(sys.modules[__name__], edge):
        return
    described = link.description if link.own else f"A link to {_article(target)}."
    node = {"node": (target, "The entity at the far end.")}
    _object(edge, described, node | {name: _property(prop) for name, prop in link.properties.items()})
    _object(
        connection,
        f"Links to {_article(target)}, in order.",
        {
            "nodes": (f"list[{target}]", "The entities at the far ends."),
            "edges": (f"list[{edge}]", "The links with their own fields."),
        },
    )


def _article(name: str) -> str:
    return f"{'an' if name[0] in 'AEIOU' else 'a'} {name}"


def _link_fields(link_field: LinkField) -> dict[str, tuple[Any, str]]:
    link, target = link_field.link, link_field.target
    _publish_connection(link, target)
    if not link_field.single:
        return {link_field.name: (connection_name(link, target), link.description)}
    return {
        link_field.name: (f"Optional[{target}]", link.description),
        f"{link_field.name}Link": (
            f"Optional[{edge_name(link, target)}]",
            f"The link to `{link_field.name}` with its own fields.",
        ),
    }


def _fields(kind: Kind) -> dict[str, tuple[Any, str]]:
    fields = {name: _property(prop) for name, prop in kind.properties.items()}
    for link_field in kind.links.values():
        fields |= _link_fields(link_field)
    for name, asked in QUESTION_FIELDS.get(kind.name, {}).items():
        fields[name] = (asked.type, asked.description)
    return fields


def _common(interface: Interface) -> dict[str, tuple[Any, str]]:
    """Give the fields that all members have alike; those of an entity come first, as everywhere."""
    first, *others = (_fields(MODEL.kinds[name]) for name in interface.members)
    return {
        name: field for name, field in first.items() if all(other.get(name, ("",))[0] == field[0] for other in others)
    }


def _publish_interfaces() -> dict[str, type]:
    made: dict[str, type] = {
        "Node": _interface("Node", "Anything with an id.", {"id": (strawberry.ID, ID_DESCRIPTION)})
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
        made[interface.name] = _interface(interface.name, interface.description, _common(interface), bases)
    return made


def _publish_kinds(interfaces: Mapping[str, type]) -> list[type]:
    kinds = []
    for kind in MODEL.kinds.values():
        mine = [one for one in MODEL.interfaces.values() if kind.name in one.members]
        nearest = [
            interfaces[one.name] for one in mine if not any(set(other.members) < set(one.members) for other in mine)
        ] or [interfaces["Node"]]
        kinds.append(_object(kind.name, kind.description, _fields(kind), tuple(nearest)))
    return kinds


for _name, _choice in MODEL.choices.items():
    _publish(_name, _choice)
_publish_structs()
KINDS: list[type] = _publish_kinds(_publish_interfaces())
"""The types of the kinds, in the order of the thread."""
