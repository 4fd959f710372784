"""What the service must answer, worked out the slow and plain way: the whole graph in memory, filtered, sorted, cut.

Two statements load every entity and every link. graphql-core's own execution then resolves a query field by field, over
Python lists. Nothing of `graph_api.compile` is used, so that agreement between the two says something; what belongs to
the model (names, types, how a stored value looks in JSON) is shared, since neither side decides on it.

Cursors are opaque, so the reference cannot write any. It writes placeholders, and `Cursors.settle` puts the service's
cursors in their place, remembering for each where in which order it stands. A cursor that comes back is judged by that
memory alone, whether its element is still there or not.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import cmp_to_key
from itertools import pairwise
from typing import Any, Protocol

from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLScalarType,
    GraphQLUnionType,
    OperationDefinitionNode,
    execute,
    get_named_type,
)
from graphql.execution.collect_fields import FieldDetails, FragmentDetails, collect_fields, collect_subfields
from graphql.execution.values import VariableValues, get_argument_values, get_variable_values

from graph_api.errors import Code
from graph_api.model import MODEL, Direction, LinkField, Property
from graph_api.model.values import MONEY_PLACES
from graph_api.schema.service import build_schema

PAGE, MOST = 25, 200
LINKS, DEPTH = 40, 10
LINK = "Link"

NODES = "MATCH (n:Entity) RETURN labels(n) AS labels, properties(n) AS stored"
RELATIONS = (
    "MATCH (a:Entity)-[r]->(b:Entity) RETURN type(r) AS type, properties(r) AS stored, a.id AS start, b.id AS finish"
)
BUILT_IN = frozenset({"String", "Int", "Float", "Boolean", "ID"})
"""Scalars that graphql-core itself shows and reads; the others are shown by the model."""


class Rows(Protocol):
    """Where the graph is read from: `Store.rows`."""

    async def run(self, cypher: str) -> list[dict[str, Any]]:
        """Run a statement and return its records."""


@dataclass(eq=False, slots=True)
class Entity:
    """An entity with everything that is stored of it, and its links by type and direction."""

    id: str
    kind: str
    stored: Mapping[str, Any]
    links: dict[tuple[str, Direction], list["Element"]] = field(default_factory=dict, repr=False)


@dataclass(eq=False, slots=True)
class Element:
    """What a list has in it: an entity and, unless the list is a kind's own, the link that leads to it."""

    node: Entity
    link: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Graph:
    """The whole graph."""

    entities: Mapping[str, Entity] = field(repr=False)

    @classmethod
    async def load(cls, store: Rows) -> "Graph":
        """Read the graph in two statements."""
        entities = {}
        for row in await store.run(NODES):
            (kind,) = (label for label in row["labels"] if label in MODEL.kinds)
            entities[row["stored"]["id"]] = Entity(row["stored"]["id"], kind, row["stored"])
        for row in await store.run(RELATIONS):
            start, finish = entities[row["start"]], entities[row["finish"]]
            start.links.setdefault((row["type"], Direction.OUT), []).append(Element(finish, row["stored"]))
            finish.links.setdefault((row["type"], Direction.IN), []).append(Element(start, row["stored"]))
        return cls(entities)

    def of_kind(self, kind: str) -> list[Element]:
        """List a kind, in no order."""
        return [Element(entity) for entity in self.entities.values() if entity.kind == kind]


def linked(entity: Entity, link_field: LinkField) -> list[Element]:
    """List what a link field of an entity leads to, in no order."""
    found = entity.links.get((link_field.link.name, link_field.direction), ())
    return [element for element in found if element.node.kind in link_field.far]


def native(value: Any) -> Any:
    """Turn the driver's dates and moments into Python's."""
    return value.to_native() if hasattr(value, "to_native") else value


def compared(prop: Property, stored: Any) -> Any:
    """Turn a stored value into one that Python compares as people would."""
    if prop.type.graphql == "Decimal" and stored is not None:
        return Decimal(stored).scaleb(-MONEY_PLACES)
    return native(stored)


def shown(prop: Property, stored: Any) -> Any:
    """Turn a stored value into that of a response."""
    if prop.type.many:
        return [_name(prop, item) for item in prop.type.to_json(stored)]
    return None if stored is None else _name(prop, prop.type.to_json(stored))


def _name(prop: Property, value: Any) -> Any:
    return prop.type.choice(value).name if prop.type.choice else value  # type: ignore[call-arg] # by value


class Refused(Exception):  # noqa: N818 - it is what becomes of a request, not a fault of ours
    """Something in the arguments that a request may not ask."""

    def __init__(self, code: Code) -> None:
        super().__init__(code.value)
        self.code = code


# --- filters ----------------------------------------------------------------------------------------------------------


def fulfils(kinds: Sequence[str], given: Mapping[str, Any], entity: Entity) -> bool:
    """Tell whether an entity fulfils the filter of a type that stands for these kinds."""
    return all(_holds_of_entity(kinds, name, inner, entity) for name, inner in given.items() if inner is not None)


def _holds_of_entity(kinds: Sequence[str], name: str, inner: Any, entity: Entity) -> bool:
    if name in {"and", "or", "not"}:
        return _connected(name, inner, lambda one: fulfils(kinds, one, entity))
    if name in {"id", "kind"}:
        return compares(entity.id if name == "id" else entity.kind, inner)
    kind = MODEL.kinds[entity.kind]
    if name in kind.properties:
        return compares(compared(kind.properties[name], entity.stored.get(name)), inner)
    elements = linked(entity, kind.links[name])
    return all(_quantified(quantifier, kind.links[name], one, elements) for quantifier, one in inner.items())


def _connected(name: str, inner: Any, holds: Callable[[Any], bool]) -> bool:
    if name == "not":
        return not holds(inner)
    return all(map(holds, inner)) if name == "and" else any(map(holds, inner))


def _quantified(quantifier: str, link_field: LinkField, given: Any, elements: list[Element]) -> bool:
    if given is None:
        return True
    held = [fulfils_link(link_field, given, element) for element in elements]
    return {"some": any(held), "every": all(held), "none": not any(held)}[quantifier]


def fulfils_link(link_field: LinkField, given: Mapping[str, Any], element: Element) -> bool:
    """Tell whether a link, or what it leads to, fulfils the filter of a link field's list."""
    return all(_holds_of_link(link_field, name, inner, element) for name, inner in given.items() if inner is not None)


def _holds_of_link(link_field: LinkField, name: str, inner: Any, element: Element) -> bool:
    if name in {"and", "or", "not"}:
        return _connected(name, inner, lambda one: fulfils_link(link_field, one, element))
    if name == "node":
        return fulfils(link_field.far, inner, element.node)
    prop = link_field.link.properties[name]
    return compares(compared(prop, element.link.get(name)), inner)


def compares(value: Any, given: Mapping[str, Any]) -> bool:
    """Tell whether a value fulfils all the comparisons of its filter; an unknown one fulfils none but `isNull`."""
    return all(_compares(value, operator, _plain(wanted)) for operator, wanted in given.items())


_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda value, wanted: value == wanted,
    "ne": lambda value, wanted: value != wanted,
    "in": lambda value, wanted: value in wanted,
    "notIn": lambda value, wanted: value not in wanted,
    "gt": lambda value, wanted: value > wanted,
    "gte": lambda value, wanted: value >= wanted,
    "lt": lambda value, wanted: value < wanted,
    "lte": lambda value, wanted: value <= wanted,
    "contains": lambda value, wanted: wanted.lower() in value.lower(),
    "startsWith": lambda value, wanted: value.lower().startswith(wanted.lower()),
    "endsWith": lambda value, wanted: value.lower().endswith(wanted.lower()),
    "daysFromToday": lambda value, wanted: compares(_days_from_today(value), wanted),
}
_OF_LISTS: dict[str, Callable[[Any, Any], bool]] = {
    "has": lambda values, wanted: wanted in values,
    "hasAny": lambda values, wanted: any(one in values for one in wanted),
    "hasAll": lambda values, wanted: all(one in values for one in wanted),
    "isEmpty": lambda values, wanted: (not values) is wanted,
}


def _compares(value: Any, operator: str, wanted: Any) -> bool:
    if operator in _OF_LISTS:
        return _OF_LISTS[operator](value or [], wanted)
    if operator == "isNull":
        return (value is None) is wanted
    if operator == "daysFromToday" and value is None and set(wanted) == {"isNull"}:
        # The distance of an unknown day is unknown too.
        return wanted["isNull"] is True
    return value is not None and _COMPARISONS[operator](value, wanted)


def _days_from_today(value: date | datetime) -> int:
    day = value.astimezone(UTC).date() if isinstance(value, datetime) else value
    return (day - datetime.now(UTC).date()).days


def _plain(value: Any) -> Any:
    """Turn members of closed sets into what is stored of them."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.value if isinstance(value, Enum) else value


# --- orders and pages -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Term:
    """One of the values by which a list is sorted."""

    name: str
    of_link: bool
    descending: bool

    def value(self, element: Element) -> Any:
        """Give an element's value."""
        if self.of_link:
            return native(element.link.get(self.name))
        # Money is stored as a whole number, which sorts as the amount does.
        return native(element.node.stored.get(self.name))


Values = tuple[Any, ...]


INDEXED = 2
"""Of how many properties an index is at most: a field and the key."""


@dataclass(frozen=True, slots=True)
class Order:
    """The whole order of a list, down to what tells any two of its elements apart."""

    terms: tuple[Term, ...]
    indexed: bool = field(compare=False)
    """Whether it is a kind's own list by one field, which an index gives."""

    @classmethod
    def of(cls, wanted: Sequence[Mapping[str, Any]] | None, link_field: LinkField | None) -> "Order":
        """Work out the order that is asked for, or the one that holds where none is."""
        terms = []
        for one in wanted or ():
            on, _, name = str(_plain(one["by"])).rpartition(".")
            terms.append(Term(name, on == "link", _plain(one["direction"]) == "DESC"))
            if name == "key" and not link_field:
                break
        if not terms and link_field and link_field.link.positioned and link_field.direction is Direction.OUT:
            terms.append(Term("position", of_link=True, descending=False))
        descending = terms[-1].descending if terms else False
        if not any(term.name == "key" and not term.of_link for term in terms):
            terms.append(Term("key", of_link=False, descending=descending))
        if link_field:
            terms.append(Term("id", of_link=True, descending=descending))
        return cls(tuple(terms), indexed=link_field is None and len(terms) <= INDEXED)

    def values(self, element: Element) -> Values:
        """Give the values by which an element is sorted."""
        return tuple(term.value(element) for term in self.terms)

    def compare(self, one: Values, two: Values) -> int:
        """Tell which stands first: what is unknown comes last, whichever way is sorted."""
        for term, left, right in zip(self.terms, one, two, strict=True):
            if left == right:
                continue
            if left is None or right is None:
                return 1 if left is None else -1
            return self._ascending(left, right) * (-1 if term.descending else 1)
        return 0

    def _ascending(self, left: Any, right: Any) -> int:
        if isinstance(left, str) and not self.indexed:
            # An index sorts text by code point, as Python does; other lists by UTF-16, in which Neo4j compares a stored
            # text with a cursor's: emoji before full-width letters.
            return 1 if left.encode("utf-16-be") > right.encode("utf-16-be") else -1
        return 1 if left > right else -1

    def sort(self, elements: Iterable[Element]) -> list[Element]:
        """Sort the elements of a list."""
        return sorted(elements, key=lambda one: cmp_to_key(self.compare)(self.values(one)))


@dataclass(frozen=True, slots=True)
class Position:
    """Where a cursor points: a place in an order, whether or not an element stands there."""

    order: Order
    values: Values


@dataclass
class Cursors:
    """The cursors that the service has given out, and what the reference knows of each."""

    known: dict[str, Position] = field(default_factory=dict)
    placed: list[Position] = field(default_factory=list)

    def placeholder(self, order: Order, element: Element) -> str:
        """Stand in for the cursor of an element, which only the service can write."""
        self.placed.append(Position(order, order.values(element)))
        return f"\x00{len(self.placed) - 1}"

    def settle(self, expected: Any, answered: Any) -> Any:
        """Put the service's cursors where the reference has placeholders.

        A cursor that was seen with another meaning stays a placeholder, and so shows as a difference.
        """
        if isinstance(expected, dict) and isinstance(answered, dict):
            return {name: self.settle(inner, answered.get(name)) for name, inner in expected.items()}
        if isinstance(expected, list) and isinstance(answered, list) and len(expected) == len(answered):
            return [self.settle(one, two) for one, two in zip(expected, answered, strict=True)]
        if isinstance(expected, str) and expected.startswith("\x00") and isinstance(answered, str):
            position = self.placed[int(expected[1:])]
            return answered if self.known.setdefault(answered, position) == position else expected
        return expected

    def position(self, cursor: str, order: Order) -> Values:
        """Find where a cursor points in this order."""
        known = self.known.get(cursor)
        if known is None or known.order != order:
            raise Refused(Code.BAD_USER_INPUT)
        return known.values


def page_size(given: Mapping[str, Any]) -> int:
    """Say how many elements a page has at most."""
    first, last = given.get("first"), given.get("last")
    if first is not None and last is not None:
        raise Refused(Code.BAD_USER_INPUT)
    size = last if last is not None else first
    if size is None:
        return PAGE
    if size < 0:
        raise Refused(Code.BAD_USER_INPUT)
    if size > MOST:
        raise Refused(Code.TOO_COSTLY)
    return int(size)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list, as the fields of a connection show it."""

    elements: list[Element]
    order: Order
    total: int
    has_next: bool
    has_previous: bool


def cut(elements: list[Element], order: Order, given: Mapping[str, Any], cursors: Cursors) -> Page:
    """Cut a page from the elements that fulfil the filter."""
    size = page_size(given)
    after, before = (
        cursors.position(given[name], order) if given.get(name) is not None else None for name in ("after", "before")
    )
    whole = order.sort(elements)
    to_after = [one for one in whole if after is not None and order.compare(order.values(one), after) <= 0]
    from_before = [one for one in whole if before is not None and order.compare(order.values(one), before) >= 0]
    outside = {id(one) for one in (*to_after, *from_before)}
    between = [one for one in whole if id(one) not in outside]
    if given.get("last") is not None:
        page = between[max(len(between) - size, 0) :]
        return Page(page, order, len(whole), bool(from_before), len(between) > size)
    return Page(between[:size], order, len(whole), len(between) > size, bool(to_after))


# --- what may be asked ------------------------------------------------------------------------------------------------


def check_filter(kind: GraphQLInputObjectType, given: Mapping[str, Any]) -> None:
    """Refuse a filter that compares with null anywhere; a filter that is null is one that is not there."""
    comparison = "eq" in kind.fields or "isEmpty" in kind.fields
    for name, inner in given.items():
        if inner is None and comparison:
            raise Refused(Code.BAD_USER_INPUT)
        inner_type = get_named_type(kind.fields[name].type)
        if not isinstance(inner_type, GraphQLInputObjectType):
            continue
        for one in inner if isinstance(inner, list) else [inner]:
            if one is not None:
                check_filter(inner_type, one)


@dataclass
class _Walk:
    """One pass over an operation before it runs: counts its links, and finds what each root field may not ask."""

    schema: Any
    document: DocumentNode
    operation: OperationDefinitionNode
    variables: VariableValues
    cursors: Cursors
    links: set[tuple[Any, ...]] = field(default_factory=set)
    deepest: int = 0
    walked: dict[tuple[Any, ...], Refused | None] = field(default_factory=dict)
    """Fields walked already: what lies below an interface would else be walked once for each of its kinds."""

    def __post_init__(self) -> None:
        self.fragments = {
            one.name.value: FragmentDetails(one)
            for one in self.document.definitions
            if isinstance(one, FragmentDefinitionNode)
        }

    def roots(self) -> Iterator[tuple[str, Code | None]]:
        """Say of each root field what is wrong with it, in the order of the response."""
        query = self.schema.query_type
        fields = collect_fields(self.schema, self.fragments, self.variables, query, self.operation).grouped_field_set
        for key, details in fields.items():
            try:
                self._field(query, key, details, (), 0)
                code = None
            except Refused as refused:
                code = refused.code
            yield key, code

    def count(self) -> None:
        """Count the links of the whole operation, whatever else is wrong with it."""
        for _ in self.roots():
            pass
        if len(self.links) > LINKS or self.deepest > DEPTH:
            raise Refused(Code.TOO_COSTLY)

    def _field(
        self, parent: GraphQLObjectType, key: str, details: list[FieldDetails], path: tuple[Any, ...], depth: int
    ) -> None:
        name = details[0].node.name.value
        if name.startswith("__"):
            return
        here = (*path, key, *(id(detail.node) for detail in details))
        if _link_field(parent.name, name):
            # Kinds behind an interface that are read by the same lines count once.
            self.links.add(here)
            depth += 1
            self.deepest = max(self.deepest, depth)
        if here not in self.walked:
            self.walked[here] = self._refusal(parent.name, name, details, here, depth)
        if refused := self.walked[here]:
            raise refused

    def _refusal(
        self, parent: str, name: str, details: list[FieldDetails], here: tuple[Any, ...], depth: int
    ) -> Refused | None:
        """Walk a field to its end, so that all its links are counted, and return the first refusal in it."""
        definition = self._object(parent).fields[name]
        refusals: list[Refused] = []
        try:
            self._arguments(parent, name, details[0].node, definition, _link_field(parent, name))
        except Refused as refused:
            refusals.append(refused)
        for one in _possible(self.schema, get_named_type(definition.type)):
            fields = collect_subfields(
                self.schema, self.fragments, self.variables, self.operation, one, details
            ).grouped_field_set
            for key, inner in fields.items():
                try:
                    self._field(one, key, inner, here, depth)
                except Refused as refused:
                    refusals.append(refused)
        return refusals[0] if refusals else None

    def _object(self, name: str) -> GraphQLObjectType:
        found = self.schema.type_map[name]
        assert isinstance(found, GraphQLObjectType)
        return found

    def _arguments(
        self, parent: str, name: str, node: FieldNode, definition: Any, link_field: LinkField | None
    ) -> None:
        try:
            given = get_argument_values(definition, node, self.variables)
        except GraphQLError as error:
            raise Refused(Code.BAD_USER_INPUT) from error
        if "orderBy" in definition.args:
            page_size(given)
            order = Order.of(given.get("orderBy"), link_field)
            for cursor in ("after", "before"):
                if given.get(cursor) is not None:
                    self.cursors.position(given[cursor], order)
            if given.get("filter"):
                check_filter(get_named_type(definition.args["filter"].type), given["filter"])
        elif parent == "Query" and "key" in definition.args:
            if len([by for by in ("key", "id") if given.get(by) is not None]) != 1:
                raise Refused(Code.BAD_USER_INPUT)
        elif name == "nodes" and "ids" in definition.args and len(given["ids"]) > MOST:
            raise Refused(Code.TOO_COSTLY)


def _possible(schema: Any, named: Any) -> Sequence[GraphQLObjectType]:
    if isinstance(named, GraphQLObjectType):
        return [named]
    return list(schema.get_possible_types(named)) if isinstance(named, GraphQLInterfaceType | GraphQLUnionType) else []


def _link_field(parent: str, name: str) -> LinkField | None:
    if parent not in MODEL.kinds:
        return None
    links = MODEL.kinds[parent].links
    return links.get(name) or links.get(name.removesuffix(LINK))


# --- answers ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """What comes of an operation: the data, and of each error its code and its path."""

    data: Any
    errors: list[tuple[str, list[str | int] | None]]

    def text(self) -> str:
        """Write it down as a response would, so that two answers can be compared byte by byte."""
        return json.dumps({"data": self.data, "errors": self.errors}, ensure_ascii=False)


@dataclass(frozen=True)
class _Edge:
    """An element of a page with the order in which it stands there."""

    element: Element
    order: Order
    link_field: LinkField | None


class Reference:
    """Answers queries over one graph. `cursors` outlives changes of the graph, as clients' cursors do."""

    def __init__(self, graph: Graph, cursors: Cursors | None = None) -> None:
        self.graph = graph
        self.cursors = Cursors() if cursors is None else cursors
        self.figures: Counter[str] = Counter()
        """How many lists were answered, and how many of them had something in them, unknown values, ties."""
        # A schema of our own, whose resolvers we may set.
        self.schema = build_schema()._schema
        for named in self.schema.type_map.values():
            if named.name.startswith("__"):
                continue
            if isinstance(named, GraphQLInterfaceType):
                named.resolve_type = lambda entity, *_: entity.kind
            elif isinstance(named, GraphQLObjectType):
                named.is_type_of = None
                for name, definition in named.fields.items():
                    definition.resolve = self._resolver(named.name, name)
            elif isinstance(named, GraphQLEnumType) or (
                isinstance(named, GraphQLScalarType) and named.name not in BUILT_IN
            ):
                # The model has shown it already.
                named.coerce_output_value = lambda value: value  # type: ignore[method-assign]

    def answer(self, document: DocumentNode, inputs: Mapping[str, Any] | None = None) -> Answer:
        """Answer a validated query; its cursors are placeholders that `Cursors.settle` fills."""
        (operation,) = (one for one in document.definitions if isinstance(one, OperationDefinitionNode))
        variables = get_variable_values(self.schema, operation.variable_definitions or (), dict(inputs or {}))
        if isinstance(variables, list):
            return Answer(None, [(Code.BAD_USER_INPUT.value, None) for _ in variables])
        walk = _Walk(self.schema, document, operation, variables, self.cursors)
        try:
            walk.count()
        except Refused as refused:
            return Answer(None, [(refused.code.value, None)])
        refusals = {key: code for key, code in walk.roots() if code}
        result = execute(self.schema, document, root_value=frozenset(refusals), variable_values=dict(inputs or {}))
        assert isinstance(result, ExecutionResult)
        unforeseen = [error for error in result.errors or () if list(error.path or ())[1:] or not refusals]
        if unforeseen:
            raise unforeseen[0]
        # graphql-core stops at the first root field that may not be null; the service says what is wrong with each.
        return Answer(result.data, [(code.value, [key]) for key, code in refusals.items()])

    def _resolver(self, parent: str, name: str) -> Callable[..., Any]:
        if parent == "Query":
            return self._root(name)
        if parent in MODEL.kinds:
            return self._of_entity(parent, name)
        if parent in MODEL.structs:
            return lambda struct, _info: struct[name]
        own: dict[str, Callable[..., Any]] = {
            "nodes": lambda page, _info: [edge.element.node for edge in page[1]],
            "edges": lambda page, _info: page[1],
            "totalCount": lambda page, _info: page[0].total,
            "pageInfo": lambda page, _info: page,
            "hasNextPage": lambda page, _info: page[0].has_next,
            "hasPreviousPage": lambda page, _info: page[0].has_previous,
            "startCursor": lambda page, _info: self._cursor(page[1][0]) if page[1] else None,
            "endCursor": lambda page, _info: self._cursor(page[1][-1]) if page[1] else None,
            "node": lambda edge, _info: edge.element.node,
            "cursor": lambda edge, _info: self._cursor(edge),
        }
        if name in own:
            return own[name]
        return lambda edge, _info: shown(edge.link_field.link.properties[name], edge.element.link.get(name))

    def _cursor(self, edge: _Edge) -> str:
        return self.cursors.placeholder(edge.order, edge.element)

    def _root(self, name: str) -> Callable[..., Any]:
        kind = MODEL.listed(name)
        by_id = self.graph.entities

        def resolve(refusals: frozenset[str], info: GraphQLResolveInfo[Any], **given: Any) -> Any:
            if info.path.key in refusals:
                message = "refused"
                raise GraphQLError(message)
            if kind:
                return self._page(self.graph.of_kind(kind.name), given, None, (kind.name,))
            if name == "nodes":
                return [by_id.get(one) for one in given["ids"]]
            if name == "node":
                return by_id.get(given["id"])
            by = "id" if given.get("id") is not None else "key"
            kind_name = get_named_type(info.return_type).name
            found = (one for one in by_id.values() if one.kind == kind_name and one.stored[by] == given[by])
            return next(found, None)

        return resolve

    def _of_entity(self, kind: str, name: str) -> Callable[..., Any]:
        if name == "id":
            return lambda entity, _info: entity.id
        if name in MODEL.kinds[kind].properties:
            prop = MODEL.kinds[kind].properties[name]
            return lambda entity, _info: shown(prop, entity.stored.get(name))
        link_field = _link_field(kind, name)
        if link_field is None:
            return lambda *_, **__: None
        if not link_field.single:
            return lambda entity, _info, **given: self._page(
                linked(entity, link_field), given, link_field, link_field.far
            )
        order = Order.of(None, link_field)

        def single(entity: Entity, _info: GraphQLResolveInfo[Any]) -> Any:
            found = linked(entity, link_field)
            if not found:
                return None
            (element,) = found
            return element.node if name == link_field.name else _Edge(element, order, link_field)

        return single

    def _page(
        self, elements: list[Element], given: Mapping[str, Any], link_field: LinkField | None, kinds: Sequence[str]
    ) -> tuple[Page, list[_Edge]]:
        wanted = given.get("filter") or {}
        held = [
            element
            for element in elements
            if (fulfils_link(link_field, wanted, element) if link_field else fulfils(kinds, wanted, element.node))
        ]
        page = cut(held, Order.of(given.get("orderBy"), link_field), given, self.cursors)
        places = [page.order.values(element) for element in page.elements]
        self.figures["lists"] += 1
        self.figures["not empty"] += bool(places)
        self.figures["with unknown values"] += any(value is None for values in places for value in values)
        self.figures["with ties"] += any(one[0] == two[0] for one, two in pairwise(places))
        return page, [_Edge(element, page.order, link_field) for element in page.elements]
