"""What an operation may cost, told by its plan before anything is read: the entities that it is expected to read.

A list counts what it holds, one page at most, times what is selected of each element; a question counts by the part of
the graph that it looks at. How many there are of a kind, and how many links lead away from one entity, are averages of
the graph as it was counted last: an estimate as planners of databases make it, not a bound. What is dearer than it
looked is ended by its time. Arguments that make no sense count as if they were not given: their field tells what is
wrong with them, and whatever stands beside it is judged all the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from typing import Any

from graphql import GraphQLError

from graph_api.compile.hop import Hop
from graph_api.compile.page import MOST, PAGE
from graph_api.compile.plan import (
    Answer,
    Arguments,
    Ask,
    Asked,
    ByIds,
    Connection,
    EdgesView,
    Entities,
    EntityField,
    Hydrated,
    Listed,
    Listing,
    Lookup,
    NodesView,
    NodeView,
    Part,
    Plan,
    RootField,
    Single,
    SingleEdge,
    View,
    Write,
)
from graph_api.errors import GraphApiError
from graph_api.model import MODEL, Direction

ABOUT_ONE = 50
"""What a question about one entity looks at, on average: its thread."""
ENTITIES = 1_000
"""How many entities of a kind there are, as long as nobody has counted."""
FAN_OUT = 2.0
"""How many links of a type lead away from an entity, as long as nobody has counted."""
WEIGHT = 0.1
"""What an entity counts of which a question reads some figures only."""
CONNECTION = "Connection"
"""How the names of all types end that are a page of a list."""
WITHIN = 5
"""How many elements the lists in an answer have, on average, where a page could have more."""
SCOPED = 0.2
"""The part of the graph that a scope holds, taken for granted."""


@dataclass(frozen=True, eq=False)
class Statistics:
    """How many entities there are of each kind, and links of each type; empty as long as nobody has counted."""

    kinds: Mapping[str, int] = field(default_factory=dict)
    links: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def graph(self) -> float:
        """All entities."""
        return sum(self.entities(kind) for kind in MODEL.kinds)

    def entities(self, kind: str) -> float:
        """Say how many there are of a kind."""
        return self.kinds.get(kind, 0 if self.kinds else ENTITIES)

    def fan_out(self, hop: Hop) -> float:
        """Say how many links of a type lead away from one entity that has any at all, on average; one at least."""
        if not self.kinds:
            return FAN_OUT
        link = MODEL.links[hop.link]
        near = link.start if hop.direction is Direction.OUT else link.finish
        return max(1.0, self.links.get(hop.link, 0) / max(1.0, sum(self.entities(kind) for kind in near)))


@dataclass(frozen=True, slots=True)
class Estimate:
    """What an operation is expected to take."""

    cost: float
    """How many entities it reads."""
    page: int
    """How many elements the largest of its pages may have."""


def estimate(plan: Plan, variables: Any, statistics: Statistics) -> Estimate:
    """Estimate what an operation takes."""
    reckoning = _Reckoning(variables, statistics)
    cost = sum(reckoning.root(root) for root in plan.roots)
    return Estimate(cost, max(reckoning.pages, default=0))


@dataclass(frozen=True, slots=True)
class _Reckoning:
    variables: Any
    statistics: Statistics
    pages: list[int] = field(default_factory=list)
    """How many elements each page may have."""

    def root(self, root: RootField) -> float:
        match root:
            case Listing(kind=kind, listed=listed):
                return self.listed(listed, self.statistics.entities(kind))
            case ByIds(arguments=arguments, entity=entity):
                return len(self.values(arguments).get("ids") or ()) * self.entity(entity)
            case Lookup(entity=entity):
                return self.entity(entity)
            case Ask():
                return self.asked(root)
            case Write(answer=answer, arguments=arguments):
                return 1 + self.answer(answer, arguments)
            case _:
                return 1  # about the schema, or refused

    def asked(self, ask: Ask) -> float:
        looked_at: float = ABOUT_ONE
        if ask.scoped:
            looked_at = self.statistics.graph * WEIGHT
            if self.values(ask.arguments).get("scope"):
                looked_at *= SCOPED
        return looked_at + self.answer(ask.answer, ask.arguments)

    def entity(self, entities: Entities) -> float:
        """Of the kinds that an entity can be of, the dearest."""
        return 1 + max((sum(map(self.field, branch.fields)) for branch in entities.branches), default=0)

    def field(self, entry: EntityField | object) -> float:
        match entry:
            case Connection(hop=hop, listed=listed):
                return self.listed(listed, self.statistics.fan_out(hop))
            case Single(entity=entity) | NodeView(entity=entity):
                return self.entity(entity)
            case SingleEdge(fields=fields):
                return 1 + sum(map(self.field, fields))
            case Asked(answer=answer, arguments=arguments):
                return ABOUT_ONE + self.answer(answer, arguments)
            case _:
                return 0

    def listed(self, listed: Listed, there: float) -> float:
        return 1 + min(self.page(listed.arguments), there) * max((1.0, *map(self.view, listed.views)))

    def view(self, view: View) -> float:
        match view:
            case NodesView(entity=entity):
                return self.entity(entity)
            case EdgesView(fields=fields):
                return 1 + sum(map(self.field, fields))
            case _:
                return 0

    def answer(self, answer: Answer, arguments: Arguments, most: float = inf) -> float:
        """Count what fills an answer in, as often as its page has elements where it is one, `most` at most."""
        total = 0.0
        for entry in answer.fields:
            if isinstance(entry, Part):
                total += self.answer(entry.answer, entry.arguments, WITHIN)
            elif isinstance(entry, Hydrated):
                total += self.entity(entry.entity)
        return total * min(max(1, self.page(arguments)), most) if answer.type_name.endswith(CONNECTION) else total

    def page(self, arguments: Arguments) -> int:
        given = self.values(arguments)
        size: int = next((given[name] for name in ("first", "last") if given.get(name) is not None), PAGE)
        if not 0 <= size <= MOST:
            return PAGE
        self.pages.append(size)
        return size

    def values(self, arguments: Arguments) -> Mapping[str, Any]:
        try:
            return arguments.values(self.variables)
        except (GraphApiError, GraphQLError):
            return {}
