"""Random operations over the real schema, with filters, orders, pages and cursors that mean something in the graph.

PyPI's `hypothesis-graphql` works with this graphql-core, but it draws every argument on its own: filters that nothing
fulfils, pages of eight million, cursors that are none, and no fragments on the kinds behind an interface. What makes an
operation worth asking is the graph, so it is drawn here by walking it. Each list is entered with a few **witnesses**,
entities that a chain of real links leads to; values in filters are those of a witness, or nearly, so that most lists
have something in them while many leave something out.

The generator draws from a `random.Random` and from nothing else. Hypothesis can give one (`st.randoms()`), but its
draws lean to what is small and to what was drawn before: of 300 operations three quarters were deep, and all mistakes
of one sort. What Hypothesis would shrink is shrunk by `smallest`, on the operation itself.
"""

import json
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from collections.abc import Generator as Conversation
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from functools import partial
from math import inf, isfinite, nextafter
from random import Random
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
)
from graphql.utilities import coerce_input_value

from graph_api.model import MODEL, Kind, LinkField, Property
from graph_api.model.values import MONEY_PLACES
from tests.reference.reference import Element, Entity, Graph, fulfils, fulfils_link, linked, shown

LINKS, DEPTH = 40, 10
HISTORY = "history"
"""The question that everything with an id and every link is asked; the reference keeps none."""
QUESTIONS = frozenset(
    {("Query", "trace"), ("Opportunity", "departments"), ("Department", "opportunities"), ("Department", "pains")}
)
"""Fields that are worked out elsewhere and proven there."""
LINK = "Link"
FALLBACK: dict[str, Any] = {
    "String": "nothing",
    "Int": 3,
    "Float": 0.5,
    "Boolean": True,
    "Date": "2026-01-01",
    "DateTime": "2026-01-01T00:00:00Z",
    "Decimal": "10",
    "Duration": "P1D",
}
"""For fields whose value is unknown everywhere."""


class Symbol(str):
    """A member of a closed set, written without quotes in a document."""

    __slots__ = ()


@dataclass(frozen=True)
class Variable:
    """A variable in place of a value."""

    name: str


@dataclass
class Part:
    """A field, or a fragment (with `on` and without a name), of a selection."""

    name: str = ""
    alias: str | None = None
    on: str | None = None
    spread: str | None = None
    arguments: dict[str, Any] = field(default_factory=dict)
    types: Mapping[str, Any] = field(default_factory=dict)
    """The types of its arguments."""
    directive: str = ""
    parts: list["Part"] = field(default_factory=list)
    order: tuple[Any, ...] | None = None
    """For lists: what is sorted, so that cursors are tried where they belong."""

    @property
    def key(self) -> str:
        """Where it stands in the response."""
        return self.alias or self.name

    def copy(self, arguments: Callable[[dict[str, Any]], dict[str, Any]]) -> "Part":
        """Copy the part with all below it; `arguments` says what becomes of each one's arguments."""
        return replace(self, arguments=arguments(self.arguments), parts=[part.copy(arguments) for part in self.parts])


@dataclass
class Operation:
    """A query that can be asked, and what is in it."""

    parts: list[Part]
    used: Counter[str] = field(default_factory=Counter)
    """Operators (`DateFilter.gte`), link fields (`Persona.needs`), orders, shapes."""
    links: int = 0
    depth: int = 0
    text: str = ""
    variables: dict[str, Any] = field(default_factory=dict)


CONVERSATION = 6
"""How many operations a conversation has."""


class Generator:
    """Draws operations over one schema and one graph."""

    def __init__(self, schema: GraphQLSchema, graph: Graph) -> None:
        self.schema = schema
        # In an order that does not depend on ids, which are new in each database.
        self.entities = sorted(graph.entities.values(), key=lambda one: (one.kind, one.stored["key"]))
        self.by_kind = {kind: [one for one in self.entities if one.kind == kind] for kind in MODEL.kinds}
        self.link_fields = [one for kind in MODEL.kinds.values() for one in kind.links.values()]
        self.pools = self._pools()

    def conversation(self, random: Random) -> Conversation[Operation, Any, None]:
        """Draw operations of one client, as many as `CONVERSATION` says; takes the data of each answer by `send`.

        The first half has one shape and ever other values, which costs Neo4j no more planning; the second half goes
        on from cursors in the first answer, if there are any.
        """
        draw = _Draw(self, random)
        data = yield draw.operation()
        for _ in range(CONVERSATION // 2 - 1):
            yield draw.again()
        continued = _Draw(self, random)
        yield continued.continued(draw.drawn, data) or draw.again()
        for _ in range(CONVERSATION - CONVERSATION // 2 - 1):
            yield (continued if continued.redraws else draw).again()

    def order(self, random: Random, order_type: str) -> list[dict[str, Any]]:
        """Draw an order as a variable brings it."""
        return _Draw(self, random).order(self.schema.type_map[order_type])

    def sweep(self, random: Random) -> Iterator[Operation]:
        """Draw an operation for each kind that selects every link it has, and filters by some."""
        for kind in MODEL.kinds:
            yield _Draw(self, random).every_link(kind)

    def _pools(self) -> dict[tuple[str, str], list[Any]]:
        """Collect the values that occur, by kind or link type and field, as responses show them."""
        pools: dict[tuple[str, str], dict[str, Any]] = {}
        for entity in self.entities:
            owners = [(entity.kind, MODEL.kinds[entity.kind].properties, entity.stored)]
            owners += [
                (name, MODEL.links[name].properties, element.link)
                for (name, _), elements in entity.links.items()
                for element in elements
            ]
            for owner, properties, stored in owners:
                for name, prop in properties.items():
                    values = shown(prop, stored.get(name))
                    for value in values if prop.type.many else [values]:
                        if value is not None and not prop.type.struct:
                            pools.setdefault((owner, name), {})[json.dumps(value)] = value
        return {key: [pool[text] for text in sorted(pool)] for key, pool in pools.items()}


@dataclass(frozen=True)
class _About:
    """What a list or a filter is about: a type, the link field that leads there, and those who should be found."""

    target: str
    link_field: LinkField | None
    witnesses: tuple[Element, ...]

    @property
    def witness(self) -> Element | None:
        """The one to whom a filter is cut."""
        return self.witnesses[0] if self.witnesses else None

    @property
    def kind(self) -> Kind:
        """The witness's kind, or any that is possible."""
        return MODEL.kinds[self.witness.node.kind if self.witness else MODEL.members(self.target)[0]]

    def only(self, *witnesses: Element) -> "_About":
        """Keep these witnesses."""
        return replace(self, witnesses=witnesses)


class _Draw:
    """The drawing of one operation."""

    def __init__(self, generator: Generator, random: Random) -> None:
        self.generator = generator
        self.schema = generator.schema
        self.random = random
        self.drawn: Operation = Operation([])
        self.used = self.drawn.used
        self.redraws: list[tuple[dict[str, Any], str, Callable[[], Any]]] = []
        self.aliases = 0
        self.fragments = 0
        self.left = 0
        self.level = 0

    # --- draws --------------------------------------------------------------------------------------------------------

    def chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent

    def some(self, sequence: Sequence[Any], most: int) -> list[Any]:
        """Draw up to `most` different ones, at least one, in the order in which they stand."""
        if not sequence:
            return []
        drawn = {self.random.randrange(len(sequence)) for _ in range(self.random.randint(1, most))}
        return [sequence[index] for index in sorted(drawn)]

    # --- operations ---------------------------------------------------------------------------------------------------

    def operation(self) -> Operation:
        style = self.random.randrange(40)
        if style < 20:
            depth, self.left, roots = self.random.randint(5, 7), self.random.randint(6, 9), 1
        elif style < 21:
            depth, self.left, roots = self.random.randint(2, DEPTH), self.random.randint(12, LINKS), 2
        else:
            depth, self.left, roots = self.random.randint(0, 4), self.random.randint(2, 6), self.random.randint(1, 3)
        for _ in range(roots):
            self.drawn.parts.append(self._root(depth))
        if self.chance(5):
            self.drawn.parts.append(Part("__typename", alias=self._alias()))
        if self.chance(8):
            # A field that is there twice, with other parts, is one field in the response.
            again = self.random.choice(self.drawn.parts)
            if again.parts:
                # With the same arguments, which are written once for both.
                twin = again.copy(lambda arguments: arguments)
                twin.parts[self.random.randrange(len(twin.parts))] = Part("__typename")
                self.drawn.parts.append(twin)
                self.used["merged"] += 1
        if self.chance(10):
            self._spoil()
        return self._finish()

    def again(self) -> Operation:
        """Draw other values for the operation drawn before."""
        for given, name, draw in self.redraws:
            if self.chance(60):
                given[name] = draw()
        self.drawn = replace(self.drawn, used=Counter())
        return self._finish()

    def every_link(self, kind_name: str) -> Operation:
        """Select every link of a kind."""
        kind, witnesses = MODEL.kinds[kind_name], self.generator.by_kind[kind_name]
        self.left = LINKS
        named, query = self.schema.type_map[kind_name], self.schema.query_type
        assert query is not None
        filter_type = get_named_type(query.fields[kind.list_name].args["filter"].type)
        conditions = [
            self._quantified(filter_type, _About(kind_name, None, (Element(self.random.choice(witnesses)),)), 0, one)
            for one in self.some(list(kind.links.values()), 8)
        ]
        inner = [self._link(named, one, witnesses, 0) for one in kind.links.values()]
        nodes = Part("nodes", parts=[Part("id"), *inner])
        self.drawn.parts = [
            Part(kind.list_name, "few", arguments={"filter": {"or": conditions}}, parts=[Part("totalCount")]),
            Part(kind.list_name, "all", arguments={"first": 5}, parts=[nodes]),
        ]
        self.drawn.depth = 1
        return self._finish()

    def continued(self, earlier: Operation, data: Any) -> Operation | None:
        copies: dict[int, dict[str, Any]] = {}

        def copied(arguments: dict[str, Any]) -> dict[str, Any]:
            # What two parts share they share again.
            return copies.setdefault(id(arguments), deepcopy(arguments))

        self.drawn.parts = [part.copy(copied) for part in earlier.parts]
        self.drawn.links, self.drawn.depth = earlier.links, earlier.depth
        self.aliases = 10_000
        lists: list[tuple[Part, list[str]]] = []
        everything: list[str] = []
        for part, page in _lists(self.drawn.parts, data):
            found = list(_cursors(part, page))
            everything += found
            if found:
                lists.append((part, found))
        if not lists:
            return None
        for part, found in self.some(lists, 2):
            for name in self.random.choice((["after"], ["before"], ["after", "before"])):
                same = [cursor for other, some in lists if other.order == part.order for cursor in some]
                pool = found if self.chance(75) else same if self.chance(85) else everything
                self._redrawable(part.arguments, name, partial(self.random.choice, pool))
                self.used[f"argument {name}"] += 1
            if self.chance(40):
                part.arguments.pop("first", None)
                part.arguments.pop("last", None)
                size = self.random.choice(("first", "last"))
                self._redrawable(part.arguments, size, lambda: self.random.randint(0, 6))
            if self.chance(30):
                # The element of the cursor may then be none of the list.
                part.arguments.pop("filter", None)
        return self._finish()

    def _root(self, depth: int) -> Part:
        focus: LinkField = self.random.choice(self.generator.link_fields)
        pool = self.generator.by_kind[focus.kind]
        linking = [one for one in pool if linked(one, focus)] or pool
        witnesses = [self.random.choice(linking) for _ in range(2)]
        kind, form = MODEL.kinds[focus.kind], self.random.randrange(20)
        query = self.schema.query_type
        assert query is not None
        if form < 12:
            about = _About(focus.kind, None, tuple(Element(one) for one in witnesses))
            return self._list(query, kind.list_name, about, depth, focus)
        if form < 16:
            by = self.random.choice(("key", "id")) if kind.keyed else "id"
            value = witnesses[0].stored[by] if self.chance(93) else "k0"
            part = self._field(query, kind.field_name, {by: value})
            part.parts = self._entity(focus.kind, witnesses[:1], depth, focus)
        elif form < 18:
            part = self._field(query, "node", {"id": witnesses[0].id if self.chance(93) else "nobody"})
            part.parts = self._entity("Node", witnesses[:1], depth, focus)
        else:
            others = [self.random.choice(self.generator.entities) for _ in range(self.random.randint(0, 3))]
            ids = [one.id for one in (*witnesses, *others)] + (["nobody"] if self.chance(30) else [])
            part = self._field(query, "nodes", {"ids": self.random.sample(ids, len(ids))})
            part.parts = self._entity("Node", [*witnesses, *others], depth, focus)
        return part

    def _spoil(self) -> None:
        """Put one mistake into the operation."""
        lists = [part for part in _parts(self.drawn.parts) if "orderBy" in part.types]
        if not lists:
            return
        part = self.random.choice(lists)
        mistake = self.random.randrange(7)
        if mistake == 0:
            part.arguments |= {"first": 201 + self.random.randrange(100)}
            part.arguments.pop("last", None)
        elif mistake == 1:
            part.arguments |= {"last": -1 - self.random.randrange(3)}
            part.arguments.pop("first", None)
        elif mistake == 2:
            part.arguments |= {"first": 2, "last": 2}
        elif mistake == 3:
            part.arguments |= {"after": self.random.choice(("", "nonsense", "e30", "W10", "bnVsbA"))}
        elif mistake == 4:
            filter_type = get_named_type(part.types["filter"])
            name = next(name for name in ("rationale", "createdBy") if name in filter_type.fields)
            part.arguments["filter"] = {"not": {name: {"eq": None}}}
        elif mistake == 5:
            self._deepen()
        else:
            self._widen()
        self.used[f"mistake {mistake}"] += 1

    def _deepen(self) -> None:
        """Follow links deeper than one may."""
        inner = [Part("key")]
        for level in range(self.random.randint(11, 12)):
            inner = [Part("subJourneys", alias=f"d{level}", parts=[Part("nodes", parts=inner)])]
        self.drawn.parts = [Part("journeys", alias="deep", parts=[Part("nodes", parts=inner)])]
        self.drawn.depth = DEPTH + 1

    def _widen(self) -> None:
        """Follow more links than one may."""
        many = [
            Part("needs", alias=f"w{number}", parts=[Part("totalCount")])
            for number in range(LINKS + self.random.randint(1, 3))
        ]
        self.drawn.parts = [Part("personas", alias="wide", parts=[Part("nodes", parts=many)])]
        self.drawn.links = len(many)

    def _finish(self) -> Operation:
        writer = _Writer(self.random, self.used)
        self.drawn.text = writer.write(self.drawn.parts)
        self.drawn.variables = writer.values
        return self.drawn

    # --- selections ---------------------------------------------------------------------------------------------------

    def _alias(self) -> str:
        self.aliases += 1
        return f"a{self.aliases}"

    def _field(self, parent: Any, name: str, arguments: dict[str, Any] | None = None) -> Part:
        types = {argument: one.type for argument, one in parent.fields[name].args.items()}
        alias = self._alias() if arguments or types or self.chance(10) else None
        return Part(name, alias, arguments=arguments or {}, types=types, directive=self._directive())

    def _directive(self) -> str:
        if not self.chance(3):
            return ""
        self.used["directive"] += 1
        return self.random.choice(("@include(if: true)", "@skip(if: false)", "@skip(if: true)", "@include(if: $yes)"))

    def _entity(
        self, type_name: str, witnesses: list[Entity], depth: int, focus: LinkField | None = None
    ) -> list[Part]:
        """Select from an entity, or from whatever is behind an interface."""
        named = self.schema.type_map[type_name]
        parts = self._scalars(named)
        kinds = sorted({one.kind for one in witnesses})
        if isinstance(named, GraphQLObjectType):
            return parts + self._links(named, witnesses, depth, focus)
        assert isinstance(named, GraphQLInterfaceType)
        if self.chance(70):
            parts.append(Part("__typename"))
        if self.chance(30):
            parts += self._links(named, witnesses, depth, None)
        narrower = [
            one.name
            for one in self.schema.type_map.values()
            if isinstance(one, GraphQLInterfaceType) and named in one.interfaces
        ]
        conditions = [*self.some(kinds, 2), *(self.some(narrower, 1) if self.chance(30) else [])]
        if self.chance(25):
            conditions.append(self.random.choice(MODEL.members(type_name)))
        for condition in conditions:
            fitting = [one for one in witnesses if one.kind in MODEL.members(condition)]
            inner = self._entity(condition, fitting, depth, focus if focus and focus.kind == condition else None)
            if self.chance(20):
                self.fragments += 1
                parts.append(Part(spread=f"F{self.fragments}", on=condition, parts=inner, directive=self._directive()))
            else:
                parts.append(Part(on=condition, parts=inner, directive=self._directive()))
            self.used["fragment"] += 1
        return parts

    def _scalars(self, named: Any) -> list[Part]:
        own = [
            name
            for name, definition in named.fields.items()
            if not definition.args
            and get_named_type(definition.type).name not in MODEL.interfaces
            and get_named_type(definition.type).name not in MODEL.kinds
            and not name.endswith(LINK)
            and (named.name, name) not in QUESTIONS
            and name != HISTORY
        ]
        preferred = [name for name in ("key", "name", "id") if name in own]
        parts = []
        for name in dict.fromkeys([*self.some(preferred, 2), *(self.some(own, 4) if self.chance(60) else [])]):
            part = self._field(named, name)
            struct = get_named_type(named.fields[name].type)
            if isinstance(struct, GraphQLObjectType):
                part.parts = [
                    Part(inner, self._alias() if self.chance(20) else None)
                    for inner in self.some(list(struct.fields), 2)
                ]
            parts.append(part)
        if self.chance(10):
            parts.append(Part("__typename", alias=self._alias() if self.chance(50) else None))
        return parts

    def _links(self, named: Any, witnesses: list[Entity], depth: int, focus: LinkField | None) -> list[Part]:
        if depth <= 0 or self.left <= 0:
            return []
        kind = MODEL.kinds[MODEL.members(named.name)[0]]
        fields = [one for name, one in kind.links.items() if name in named.fields]
        if not fields:
            return []
        full = [one for one in fields if any(_linked(one, entity) for entity in witnesses)]
        chosen = self.some(full if full and self.chance(90) else fields, 2 if depth > 2 else 3)
        main = focus or self.random.choice(chosen)
        parts = []
        for number, link_field in enumerate([main, *(one for one in chosen if one is not main)]):
            if self.left <= 0:
                break
            # One way goes deep, the others end soon: what is deep and wide at once has no end.
            parts.append(self._link(named, link_field, witnesses, depth - 1 if number == 0 else min(depth - 1, 1)))
        return parts

    def _link(self, named: Any, link_field: LinkField, witnesses: list[Entity], depth: int) -> Part:
        self.left -= 1
        self.drawn.links += 1
        self.level += 1
        self.drawn.depth = max(self.drawn.depth, self.level)
        for kind in {one.kind for one in witnesses} or {link_field.kind}:
            self.used[f"link {kind}.{link_field.name}"] += 1
        elements = [element for one in witnesses for element in _linked(link_field, one)]
        elements.sort(
            key=lambda element: (
                element.node.kind,
                element.node.stored["key"],
                json.dumps(shown_link(link_field, element)),
            )
        )
        part = self._link_part(named, link_field, self.some(elements, 3), depth)
        self.level -= 1
        return part

    def _link_part(self, named: Any, link_field: LinkField, elements: list[Element], depth: int) -> Part:
        if not link_field.single:
            return self._list(named, link_field.name, _About(link_field.target, link_field, tuple(elements)), depth)
        if self.chance(50):
            part = self._field(named, link_field.name)
            part.alias = self._alias()
            part.parts = self._entity(link_field.target, [one.node for one in elements], depth)
            return part
        part = self._field(named, link_field.name + LINK)
        part.alias = self._alias()
        self.used[f"link {link_field.kind}.{link_field.name}Link"] += 1
        edge = get_named_type(named.fields[part.name].type)
        part.parts = self._edge(edge, elements, depth)
        return part

    def _edge(self, edge: Any, elements: list[Element], depth: int) -> list[Part]:
        target = get_named_type(edge.fields["node"].type).name
        node = Part("node", parts=self._entity(target, [one.node for one in elements], depth))
        own = [name for name in edge.fields if name not in {"node", "cursor", HISTORY}]
        parts = [Part(name) for name in (self.some(own, 3) if own and self.chance(70) else [])]
        if "cursor" in edge.fields and self.chance(50):
            parts.append(Part("cursor"))
        return [node, *parts] if self.chance(90) or not parts else parts

    def _list(self, parent: Any, name: str, about: _About, depth: int, focus: LinkField | None = None) -> Part:
        part = self._field(parent, name)
        target = about.target
        if self.chance(10):
            # Without arguments it needs no name of its own: several such are merged.
            part.alias = None
        else:
            part.arguments, about = self._arguments(part.types, about, depth)
        elements = list(about.witnesses)
        part.order = (name, json.dumps(part.arguments.get("orderBy")))
        connection = get_named_type(parent.fields[name].type)
        if about.link_field is None:
            self.used[f"root {name}"] += 1
        shapes = self.random.randrange(10)
        parts: list[Part] = []
        if shapes < 6:
            parts.append(Part("nodes", parts=self._entity(target, [one.node for one in elements], depth, focus)))
        if shapes >= 6 or self.chance(35):
            edge = get_named_type(connection.fields["edges"].type)
            deeper = depth if shapes >= 6 else min(depth, 1)
            parts.append(Part("edges", parts=self._edge(edge, elements, deeper)))
        if self.chance(35):
            fields = self.some(["hasNextPage", "hasPreviousPage", "startCursor", "endCursor"], 4)
            parts.append(Part("pageInfo", parts=[Part(one) for one in fields]))
        if self.chance(35):
            parts.append(Part("totalCount"))
        part.parts = self.random.sample(parts, len(parts))
        return part

    # --- arguments ----------------------------------------------------------------------------------------------------

    def _arguments(self, types: Mapping[str, Any], about: _About, depth: int) -> tuple[dict[str, Any], _About]:
        """Draw the arguments of a list, and say which witnesses are left on it."""
        arguments: dict[str, Any] = {}
        if self.chance(40):
            filter_type = get_named_type(types["filter"])
            chosen = about.only(self.random.choice(about.witnesses)) if about.witnesses else about
            for _ in range(3):
                drawn = self._filter(filter_type, chosen, 2 if self.chance(25) else 1)
                holds = _holding(filter_type, drawn, about)
                if chosen.witness is None or holds(chosen.witness) or self.chance(10):
                    arguments["filter"] = drawn
                    about = about.only(*(one for one in about.witnesses if holds(one)))
                    break
        if self.chance(50):
            arguments["orderBy"] = self.order(get_named_type(types["orderBy"]))
        if self.chance(55):
            most = 3 if depth > 2 else 12
            name = self.random.choice(("first", "first", "last"))
            self._redrawable(arguments, name, lambda: self.random.randint(0 if self.chance(10) else 1, most))
        if self.chance(4):
            arguments[self.random.choice(sorted(types))] = None
            self.used["null argument"] += 1
        for name in arguments:
            self.used[f"argument {name}"] += 1
        return arguments, about

    def order(self, order_type: Any) -> list[dict[str, Any]]:
        if self.chance(4):
            return []
        fields = get_named_type(order_type.fields["by"].type)
        terms = []
        for _ in range(self.random.choice((1, 1, 1, 2, 2, 3))):
            by = self.random.choice(list(fields.values))
            self.used[f"{order_type.name}.{by}"] += 1
            term: dict[str, Any] = {"by": Symbol(by)}
            if self.chance(60):
                term["direction"] = Symbol(self.random.choice(("ASC", "DESC")))
            terms.append(term)
        return terms

    # --- filters ------------------------------------------------------------------------------------------------------

    def _filter(self, filter_type: Any, about: _About, depth: int) -> dict[str, Any]:
        """Draw a filter of an entity, or of a link where there is one, that the witness mostly fulfils."""
        given: dict[str, Any] = {}
        link_field, witness = about.link_field, about.witness
        for _ in range(self.random.choice((1, 1, 2, 3)) if depth else 1):
            form = self.random.randrange(20)
            if form < 4 and depth:
                given |= self._connective(filter_type, about, depth - 1)
            elif link_field and (form < 12 or not depth):
                inner = get_named_type(filter_type.fields["node"].type)
                node = _About(about.target, None, (Element(witness.node),) if witness else ())
                given["node"] = self._filter(inner, node, max(depth - 1, 0))
                self.used["operator node"] += 1
            elif link_field is None and form < 8 and depth:
                given |= self._quantified(filter_type, about, depth - 1)
            else:
                given |= self._value(filter_type, about)
        if self.chance(2):
            given[self.random.choice(list(filter_type.fields))] = None
            self.used["null filter"] += 1
        return given

    def _connective(self, filter_type: Any, about: _About, depth: int) -> dict[str, Any]:
        name = self.random.choice(("and", "or", "not"))
        self.used[f"operator {name}"] += 1
        if name == "not":
            return {name: self._filter(filter_type, self._other(about), depth)}
        number = self.random.choice((0, 1, 2, 2, 3))
        return {name: [self._filter(filter_type, about, depth) for _ in range(number)]}

    def _other(self, about: _About) -> _About:
        """Draw somebody else of the witness's kind, whose values it rather does not have."""
        if about.witness is None or about.link_field is not None:
            return about
        return about.only(Element(self.random.choice(self.generator.by_kind[about.kind.name])))

    def _quantified(
        self, filter_type: Any, about: _About, depth: int, wanted: LinkField | None = None
    ) -> dict[str, Any]:
        kind, witness = about.kind, about.witness
        links = [one for name, one in kind.links.items() if name in filter_type.fields]
        if not links:
            return {}
        full = [one for one in links if witness and linked(witness.node, one)]
        link_field = wanted or self.random.choice(full if full and self.chance(70) else links)
        quantified = get_named_type(filter_type.fields[link_field.name].type)
        self.used[f"filter {kind.name}.{link_field.name}"] += 1
        inner: dict[str, Any] = {}
        for quantifier in self.some(list(quantified.fields), 2):
            self.used[f"operator {quantifier}"] += 1
            within = get_named_type(quantified.fields[quantifier].type)
            elements = linked(witness.node, link_field) if witness else []
            elements = sorted(elements, key=lambda one: (one.node.kind, one.node.stored["key"]))
            chosen = (self.random.choice(elements),) if elements else ()
            inner[quantifier] = self._filter(within, _About(link_field.target, link_field, chosen), depth)
        return {link_field.name: inner}

    def _value(self, filter_type: Any, about: _About) -> dict[str, Any]:
        witness, link_field = about.witness, about.link_field
        stored: Mapping[str, Any] = {}
        if link_field:
            owner, properties = link_field.link.name, link_field.link.properties
            stored = witness.link if witness else stored
        else:
            owner, properties = about.kind.name, about.kind.properties
            stored = witness.node.stored if witness else stored
        names = [name for name in filter_type.fields if name in properties]
        if link_field is None:
            names += ["id", *(["kind"] if "kind" in filter_type.fields else [])]
        name = self.random.choice(names)
        value_type = get_named_type(filter_type.fields[name].type)
        if name == "id":
            known = [one.id for one in self.generator.by_kind[owner]]
            return {name: self._comparisons(value_type, witness.node.id if witness else None, known)}
        if name == "kind":
            kinds = [MODEL.kinds[one] for one in MODEL.members(about.target)]
            names = [Symbol(one.enum_name) for one in kinds if one.keyed]
            return {name: self._comparisons(value_type, Symbol(about.kind.enum_name), names)}
        prop = properties[name]
        pool = [_typed(prop, value) for value in self.generator.pools.get((owner, name), [])]
        value = shown(prop, stored.get(name))
        typed = [_typed(prop, one) for one in value] if prop.type.many else _typed(prop, value)
        return {name: self._comparisons(value_type, typed, pool)}

    def _comparisons(self, value_type: Any, value: Any, pool: list[Any]) -> dict[str, Any]:
        """Draw comparisons of a value, mostly with itself or with something near."""
        given: dict[str, Any] = {}
        scalar = value_type.fields.get("eq") or value_type.fields.get("has")
        named = get_named_type(scalar.type) if scalar else None
        for operator in self.some(list(value_type.fields), 2 if self.chance(25) else 1):
            self.used[f"{value_type.name}.{operator}"] += 1
            self.used[f"operator {operator}"] += 1
            if operator == "daysFromToday":
                inner = get_named_type(value_type.fields[operator].type)
                given[operator] = self._comparisons(inner, _days(value), [-1, 0, 1, 365])
            else:
                self._redrawable(given, operator, partial(self._operand, operator, named, value, pool))
        return given

    def _redrawable(self, given: dict[str, Any], name: str, draw: Callable[[], Any]) -> None:
        """Draw a value that can be drawn anew, which leaves the operation's shape as it is."""
        given[name] = draw()
        self.redraws.append((given, name, draw))

    def _operand(self, operator: str, named: Any, value: Any, pool: list[Any]) -> Any:
        """Draw what a value is compared with."""
        if operator == "isNull":
            return (value is None) is self.chance(80)
        if operator == "isEmpty":
            return (not value) is self.chance(80)
        if operator in {"in", "notIn", "hasAny", "hasAll"}:
            others = [self._one(named, None, pool) for _ in range(self.random.choice((0, 0, 1, 2)))]
            mine = [] if value is None else value if isinstance(value, list) else [value]
            return [*([] if operator == "notIn" and self.chance(50) else self.some(mine, 2)), *others]
        if isinstance(value, list):
            value = self.random.choice(value) if value else None
        drawn = self._one(named, value, pool)
        return self._text(operator, drawn) if operator in {"contains", "startsWith", "endsWith"} else drawn

    def _one(self, named: Any, value: Any, pool: list[Any]) -> Any:
        """Draw a value: the given one, another that occurs, or one near it."""
        if value is None or self.chance(25):
            if pool:
                value = self.random.choice(pool)
            elif isinstance(named, GraphQLEnumType):
                value = Symbol(self.random.choice(list(named.values)))
            else:
                value = FALLBACK[named.name]
        return self._near(named.name, value) if self.chance(20) else value

    def _near(self, type_name: str, value: Any) -> Any:
        near: dict[str, Callable[[Any, int], Any]] = {
            "Int": lambda number, step: max(min(number + step, 2**31 - 1), -(2**31)),
            "Float": self._near_number,
            "Decimal": lambda text, step: str(Decimal(text) + Decimal(step).scaleb(-MONEY_PLACES)),
            "Date": lambda text, step: _moved(date.fromisoformat(text), step).isoformat(),
            "DateTime": self._near_moment,
            "String": lambda text, _: self.random.choice(
                (text.swapcase(), text[:-1], text + "x", text.upper(), text.lower())
            ),
        }
        return near[type_name](value, self.random.choice((-1, 1))) if type_name in near else value

    def _near_number(self, value: float, step: int) -> float:
        near = nextafter(value, inf * step) if self.chance(50) else value + step / 2
        return near if isfinite(near) else value

    def _near_moment(self, value: str, step: int) -> str:
        moment = datetime.fromisoformat(value)
        if self.chance(50):
            # The same moment, as it is written elsewhere.
            return moment.astimezone(timezone(timedelta(hours=5, minutes=30))).isoformat()
        return (moment + timedelta(microseconds=step)).isoformat()

    def _text(self, operator: str, value: str) -> str:
        length = self.random.randint(0, len(value))
        start = {"startsWith": 0, "endsWith": len(value) - length}.get(operator)
        if start is None:
            start = self.random.randint(0, len(value) - length)
        part = value[start : start + length]
        return self.random.choice((part, part.upper(), part.lower(), part.swapcase()))


def _holding(filter_type: GraphQLInputObjectType, drawn: Mapping[str, Any], about: _About) -> Callable[[Element], bool]:
    """Return what tells whether an element fulfils a filter that is written as in a request."""
    given, link_field = coerce_input_value(drawn, filter_type), about.link_field
    if link_field:
        return lambda element: fulfils_link(link_field, given, element)
    return lambda element: fulfils(MODEL.members(about.target), given, element.node)


def _linked(link_field: LinkField, entity: Entity) -> list[Element]:
    """List what an entity of another kind behind the same interface has at a field of this name."""
    own = MODEL.kinds[entity.kind].links.get(link_field.name)
    return linked(entity, own) if own else []


def shown_link(link_field: LinkField, element: Element) -> list[Any]:
    """Give a link's own values, by which links between the same two are told apart whatever their ids."""
    return [shown(prop, element.link.get(name)) for name, prop in link_field.link.own.items()]


def _typed(prop: Property, value: Any) -> Any:
    return Symbol(value) if prop.type.choice and value is not None else value


def _days(value: str | None) -> int | None:
    if value is None:
        return None
    day = datetime.fromisoformat(value).astimezone(UTC).date() if "T" in value else date.fromisoformat(value)
    return (day - datetime.now(UTC).date()).days


def _moved(day: date, days: int) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return day


# --- reading an answer ------------------------------------------------------------------------------------------------


def _parts(parts: Sequence[Part]) -> Iterator[Part]:
    for part in parts:
        yield part
        yield from _parts(part.parts)


def _lists(parts: Sequence[Part], data: Any) -> Iterator[tuple[Part, Any]]:
    """Find each page in an answer with the part that asked for it."""
    for part in parts:
        if not part.name:
            yield from _lists(part.parts, data)
            continue
        value = data.get(part.key) if isinstance(data, dict) else None
        for one in value if isinstance(value, list) else [value]:
            if one is not None:
                if "orderBy" in part.types:
                    yield part, one
                yield from _lists(part.parts, one)


def _cursors(part: Part, page: Any) -> Iterator[str]:
    for inner in part.parts:
        if inner.name == "pageInfo":
            info = page.get(inner.key) or {}
            yield from (info[one] for one in ("startCursor", "endCursor") if info.get(one))
        elif inner.name == "edges":
            yield from (edge["cursor"] for edge in page.get(inner.key) or () if "cursor" in edge)


# --- writing ----------------------------------------------------------------------------------------------------------


class _Writer:
    """Writes an operation as text, with some of its values as variables in every way that there is."""

    def __init__(self, random: Random | None, used: Counter[str]) -> None:
        self.random = random
        self.used = used
        self.values: dict[str, Any] = {}
        self.declared: list[str] = []
        self.fragments: dict[str, str] = {}
        self.written: dict[int, str] = {}

    def chance(self, percent: int) -> bool:
        """Draw whether to do something; without random numbers everything is written plainly."""
        return self.random is not None and self.random.randrange(100) < percent

    def write(self, parts: Sequence[Part]) -> str:
        """Write the whole document."""
        body = self._selection(parts)
        if "$yes" in body or any("$yes" in text for text in self.fragments.values()):
            self.declared.append("$yes: Boolean! = true")
            if self.chance(50):
                self.values["yes"] = self.chance(80)
        declared = f"({', '.join(self.declared)})" if self.declared else ""
        return "\n".join([f"query Asked{declared} {body}", *self.fragments.values()])

    def _selection(self, parts: Sequence[Part]) -> str:
        return "{ " + " ".join(self._part(part) for part in parts or [Part("__typename")]) + " }"

    def _part(self, part: Part) -> str:
        directive = f" {part.directive}" if part.directive else ""
        if part.spread:
            self.fragments[part.spread] = ""
            self.fragments[part.spread] = f"fragment {part.spread} on {part.on} {self._selection(part.parts)}"
            return f"...{part.spread}{directive}"
        if part.on:
            return f"... on {part.on}{directive} {self._selection(part.parts)}"
        arguments = self._arguments(part)
        alias = f"{part.alias}: " if part.alias else ""
        selection = f" {self._selection(part.parts)}" if part.parts else ""
        return f"{alias}{part.name}{f'({arguments})' if arguments else ''}{directive}{selection}"

    def _arguments(self, part: Part) -> str:
        if id(part.arguments) not in self.written:
            self.written[id(part.arguments)] = ", ".join(
                f"{name}: {self._value(value, part.types.get(name))}" for name, value in part.arguments.items()
            )
        return self.written[id(part.arguments)]

    def _value(self, value: Any, kind: Any) -> str:
        if kind is not None and self.chance(12):
            return self._variable(value, kind)
        named = get_nullable_type(kind) if kind is not None else None
        if isinstance(value, Symbol):
            return str(value)
        if isinstance(value, list):
            item = named.of_type if isinstance(named, GraphQLList) else None
            if len(value) == 1 and value[0] is not None and self.chance(25):
                self.used["list coercion"] += 1
                # No variable here: one of the item's type does not fit where a list belongs.
                return self._literal(value[0])
            return "[" + ", ".join(self._value(one, item) for one in value) + "]"
        if isinstance(value, dict):
            fields = named.fields if isinstance(named, GraphQLInputObjectType) else {}
            return (
                "{"
                + ", ".join(
                    f"{name}: {self._value(one, fields[name].type if name in fields else None)}"
                    for name, one in value.items()
                )
                + "}"
            )
        return json.dumps(value, ensure_ascii=False)

    def _variable(self, value: Any, kind: Any) -> str:
        name = f"v{len(self.declared) + 1}"
        self.used["variable"] += 1
        required = isinstance(kind, GraphQLNonNull)
        form = self.random.randrange(4) if self.random else 3
        if form == 0 and not required and value is not None:
            # A default that holds, since nothing is given.
            self.declared.append(f"${name}: {kind} = {self._literal(value)}")
            self.used["default"] += 1
        elif form == 1 and not required and value is not None:
            self.declared.append(f"${name}: {kind}!")
            self.values[name] = value
        else:
            self.declared.append(f"${name}: {kind}")
            self.values[name] = value
        return f"${name}"

    def _literal(self, value: Any) -> str:
        if isinstance(value, Symbol):
            return str(value)
        if isinstance(value, list):
            return "[" + ", ".join(self._literal(one) for one in value) + "]"
        if isinstance(value, dict):
            return "{" + ", ".join(f"{name}: {self._literal(one)}" for name, one in value.items()) + "}"
        return json.dumps(value, ensure_ascii=False)


# --- shrinking --------------------------------------------------------------------------------------------------------


async def smallest(operation: Operation, still: Callable[[Operation], Awaitable[bool]], tries: int = 400) -> Operation:
    """Leave out of an operation, written without variables, whatever can be left out while something is still so."""
    found = _plainly(operation.parts)
    if not await still(found):
        return operation
    shrinking = True
    while shrinking:
        shrinking = False
        for parts in _smaller_parts(found.parts):
            tries -= 1
            smaller = _plainly(parts)
            if tries > 0 and await still(smaller):
                found, shrinking = smaller, True
                break
    return found


def _plainly(parts: list[Part]) -> Operation:
    return Operation(parts, text=_Writer(None, Counter()).write(parts))


def _smaller_parts(parts: list[Part]) -> Iterator[list[Part]]:
    """Leave one thing out, the large ones first."""
    for index, part in enumerate(parts):
        before, after = parts[:index], parts[index + 1 :]
        if len(parts) > 1:
            yield [*before, *after]
        for arguments in _smaller_value(part.arguments):
            yield [*before, replace(part, arguments=arguments), *after]
        for inner in _smaller_parts(part.parts):
            yield [*before, replace(part, parts=inner), *after]


def _smaller_value(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield {other: one for other, one in value.items() if other != name}
            yield from (value | {name: less} for less in _smaller_value(inner))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield [*value[:index], *value[index + 1 :]]
            yield from ([*value[:index], less, *value[index + 1 :]] for less in _smaller_value(inner))
