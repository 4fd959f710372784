"""The input types of lists, from `MODEL`: filters by what a field's type deserves, orders by what can be sorted.

A filter mirrors what it filters. A kind's filter has its fields and its links; a link's filter mirrors the edge:
`node`, and the link's own fields.
"""

from collections.abc import Mapping
from typing import Any

import strawberry

from graph_api.model import MODEL, LinkField, LinkType, Property
from graph_api.model.values import OrderChoice
from graph_api.schema import made
from graph_api.schema.enums import Kind as KindName
from graph_api.schema.enums import published
from graph_api.schema.made import Described, input_type, known, maybe, publish

UNKNOWN = "An unknown value fulfils no comparison, but `isNull: true`."
PAGE, MOST = 25, 200

_COMPARED = {
    "gt": "Greater than.",
    "gte": "Greater than or equal to.",
    "lt": "Less than.",
    "lte": "Less than or equal to.",
}
_TEXT = {
    "contains": "Contains this text, whatever the case of its letters.",
    "startsWith": "Begins with this text, whatever the case of its letters.",
    "endsWith": "Ends with this text, whatever the case of its letters.",
}


class OrderDirection(OrderChoice):
    """Which way a list is sorted. What is unknown comes last either way."""

    ASC = "ASC", "The least first."
    DESC = "DESC", "The greatest first."


class OrderField(OrderChoice):
    """Base of the closed sets of fields that lists are sorted by; one of the link has the value `link.name`."""


publish("OrderDirection", published(OrderDirection))


def publish_scope() -> None:
    """Make the input by which questions are asked of a part of the graph."""
    input_type(
        "Scope",
        "A part of the graph: what is on a trace through any of the entities named, by their keys. Of several kinds, "
        "it must be on a trace through one of each; of tags, it must have one itself.",
        {
            kind.plural: (maybe(list[str]), f"The keys of one {kind.name} or more.")
            for kind in MODEL.kinds.values()
            if kind.keyed
        }
        | {"tags": (maybe(list[str]), "Tags, of which an entity must have one.")},
    )


def publish_value_filters() -> None:
    """Make the filters of single values and of lists of values, one for each type of the model."""
    for name, scalar in made.SCALARS.items():
        _value_filter(name, scalar, ordered=name not in {"String", "Boolean", "Duration"})
    _value_filter("ID", strawberry.ID, ordered=False, nullable=False)
    published(KindName)
    _value_filter("Kind", KindName, ordered=False, nullable=False)
    for name, choice in MODEL.choices.items():
        _value_filter(name, choice, ordered=False)
    for name, item in {"String": str, **MODEL.choices}.items():
        _list_filter(name, item)
    input_type(
        "PresenceFilter", "Whether a list has anything in it.", {"isEmpty": (maybe(bool), "Whether it is empty.")}
    )


def _value_filter(name: str, item: Any, *, ordered: bool, nullable: bool = True) -> None:
    fields: dict[str, Described] = {
        "eq": (maybe(item), "Equal to."),
        "ne": (maybe(item), "Known, and not equal to."),
        "in": (maybe(list[item]), "Equal to one of these."),
        "notIn": (maybe(list[item]), "Known, and equal to none of these."),
    }
    if name == "Boolean":
        fields = {"eq": fields["eq"]}
    if ordered:
        fields |= {operator: (maybe(item), text) for operator, text in _COMPARED.items()}
    if name == "String":
        fields |= {operator: (maybe(item), text) for operator, text in _TEXT.items()}
    if name in {"Date", "DateTime"}:
        fields["daysFromToday"] = (
            "Optional[IntFilter]",
            "How many whole days after today (UTC) it lies; negative before. `{lt: 0}` is past, `{gte: -30}` recent.",
        )
    if nullable:
        fields["isNull"] = (maybe(bool), "Whether it is unknown.")
    input_type(f"{name}Filter", f"Conditions on a value, all of which must hold. {UNKNOWN}", fields)


def _list_filter(name: str, item: Any) -> None:
    input_type(
        f"{name}ListFilter",
        "Conditions on a list of values, all of which must hold.",
        {
            "has": (maybe(item), "Has this value in it."),
            "hasAny": (maybe(list[item]), "Has one of these in it."),
            "hasAll": (maybe(list[item]), "Has all of these in it."),
            "isEmpty": (maybe(bool), "Whether it is empty."),
        },
    )


def _filter_of(prop: Property) -> Described:
    value = prop.type
    if value.struct:
        return "Optional[PresenceFilter]", prop.description
    return f"Optional[{value.graphql}{'List' if value.many else ''}Filter]", prop.description


def _connectives(name: str) -> dict[str, Described]:
    return {
        "and": (f"Optional[list[{name}]]", "All of these hold."),
        "or": (f"Optional[list[{name}]]", "At least one of these holds; of none, none does."),
        "not": (f"Optional[{name}]", "This does not hold."),
    }


def publish_filter(
    name: str, properties: Mapping[str, Property], links: Mapping[str, LinkField], *, several_kinds: bool
) -> None:
    """Make the filter of a kind or an interface, by its fields and its links."""
    fields = _connectives(f"{name}Filter")
    fields["id"] = ("Optional[IDFilter]", "Its identity.")
    if several_kinds:
        fields["kind"] = ("Optional[KindFilter]", "Its kind.")
    fields |= {prop.name: _filter_of(prop) for prop in properties.values()}
    for link_field in links.values():
        quantified = publish_link_inputs(link_field.link, link_field.target)
        fields[link_field.name] = (f"Optional[{quantified}]", link_field.link.description)
    input_type(f"{name}Filter", f"Conditions on {name}, all of which must hold.", fields)


def article(name: str) -> str:
    """Put the indefinite article before a type's name."""
    return f"{'An' if name[0] in 'AEIOU' else 'A'} {name}"


def link_name(link: LinkType, target: str) -> str:
    """Name what belongs to a link to a type: `LinkedInsight`, or `AddressedByProposition` with own fields."""
    prefix = link.class_name if link.own else "Linked"
    return f"{prefix.removesuffix(target)}{target}"


def publish_link_inputs(link: LinkType, target: str) -> str:
    """Make the filter and the order of a link's list; return the name of the filter that quantifies over it."""
    name = link_name(link, target)
    quantified = f"{name}ListFilter"
    if known(quantified):
        return quantified
    input_type(
        f"{name}Filter",
        f"Conditions on a link to {target} and on what it leads to, all of which must hold.",
        _connectives(f"{name}Filter")
        | {"node": (f"Optional[{target}Filter]", "What it leads to.")}
        | {prop.name: _filter_of(prop) for prop in link.properties.values()},
    )
    input_type(
        quantified,
        "Conditions on how many of the links fulfil something.",
        {
            "some": (f"Optional[{name}Filter]", "At least one does."),
            "every": (f"Optional[{name}Filter]", "All do; of no links, all do."),
            "none": (f"Optional[{name}Filter]", "None does."),
        },
    )
    fields = {prop.name: prop for prop in _sortable(common_properties(target))}
    by_link = {f"link.{prop.name}": prop for prop in _sortable(link.properties)}
    _publish_order(name, fields | by_link)
    return quantified


def publish_root_order(kind: str) -> None:
    """Make the order of a kind's own list: by the fields that are declared ordered, which are indexed."""
    ordered = {name: prop for name, prop in MODEL.kinds[kind].properties.items() if prop.ordered}
    _publish_order(kind, ordered)


def common_properties(type_name: str) -> dict[str, Property]:
    """Return the own fields that all kinds behind a type have alike."""
    first, *others = (MODEL.kinds[name].properties for name in MODEL.members(type_name))
    return {
        name: prop
        for name, prop in first.items()
        if all(name in other and other[name].type.graphql == prop.type.graphql for other in others)
    }


def _sortable(properties: Mapping[str, Property]) -> list[Property]:
    return [prop for prop in properties.values() if not prop.type.many and prop.type.graphql != "Duration"]


def _publish_order(name: str, fields: Mapping[str, Property]) -> None:
    members = {
        made.python_name(value.replace(".", "_")).rstrip("_").upper(): (value, prop.description)
        for value, prop in fields.items()
    }
    choice = OrderField(f"{name}OrderField", members)  # type: ignore[arg-type] # the functional form
    choice.__doc__ = "What a list can be sorted by."
    publish(f"{name}OrderField", published(choice))  # type: ignore[arg-type] # see above
    input_type(
        f"{name}Order",
        "By what a list is sorted; what is unknown comes last, ties by key in the same direction.",
        {
            "by": (f"{name}OrderField", "The field; of the link where it begins with LINK."),
            "direction": ("OrderDirection", "Which way."),
        },
        {"direction": OrderDirection.ASC},
    )


def arguments(filter_name: str, order_name: str) -> dict[str, Described]:
    """Give the arguments of a connection."""
    return {
        "filter": (f"Optional[{filter_name}]", "Only what fulfils this."),
        "orderBy": (
            f"Optional[list[{order_name}]]",
            "Sorted by these, one after the other; what is unknown comes last, ties by key in the last direction.",
        ),
        "first": (maybe(int), f"The first so many after `after`; {PAGE} where neither is given, {MOST} at most."),
        "after": (maybe(str), "A cursor: only what comes after it."),
        "last": (maybe(int), f"The last so many before `before`; {MOST} at most."),
        "before": (maybe(str), "A cursor: only what comes before it."),
    }
