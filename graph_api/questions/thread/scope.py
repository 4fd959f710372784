"""Scope: what a question is asked of. Everything on a trace through any of the entities named. Pure.

Facts: `cypher/scope/`, which a question's own file goes on from. The walks are those of the trace (see `walk`): spine
links in one direction, never turning, and an insight reached through a journey counts for a persona only if that
persona, its segment, or nobody voices it. Attached neighbours come last.

Entities are numbers here. They are Neo4j's own and good for this one answer only.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from graph_api.errors import UserInputError
from graph_api.model import MODEL, Direction
from graph_api.questions.thread.walk import carry
from graph_api.store.statements import Statement, all_of, chained, load, named

Number = int
Adjacency = Mapping[Number, list[Number]]
Links = Mapping[str, tuple[Sequence[Number], Sequence[Number]]]
"""The starts and finishes of links, by type."""
Steps = Mapping[Number, Sequence[tuple[str, Number]]]
State = tuple[Number, Number | None]

TAGS = "tags"


def _given(arguments: Mapping[str, Any]) -> dict[str, list[str]]:
    """Read the argument `scope`: what it names, by the plural of the kind, and tags."""
    return {name: items for name, items in (arguments.get("scope") or {}).items() if items is not None}


def _named(arguments: Mapping[str, Any]) -> dict[str, list[str]]:
    return {name: sorted(set(keys)) for name, keys in _given(arguments).items() if name != TAGS}


def statement(
    arguments: Mapping[str, Any], question: str | Sequence[str], whole: Statement | tuple[str, ...]
) -> Statement:
    """Return the statement that reads a question's facts: of a scope if one is given, else of the whole graph.

    `question` names the file in cypher/ that goes on from scope/thread.cypher, or several that go on from each other.
    `whole` is what is looked at where no entity is named: kinds, or a statement with the columns of scope/walks.cypher.
    """
    onward = map(load, [question] if isinstance(question, str) else question)
    if _named(arguments):
        kinds = (kind.name for kind in MODEL.kinds.values() if kind.plural in _named(arguments))
        return chained(named(*kinds), load("scope/walks"), load("scope/thread"), *onward)
    return chained(all_of(*whole) if isinstance(whole, tuple) else whole, load("scope/thread"), *onward)


def statement_about(question: str) -> Statement:
    """Return the statement that reads a question's facts about one entity, which goes on from a variable `start`."""
    return chained(load("scope/about"), load("scope/walks"), load("scope/thread"), load(question), given="start")


def is_part(arguments: Mapping[str, Any], *, about: bool = False) -> bool:
    """Tell whether the question is about a part of the graph in which one has to walk: not by tags alone."""
    return about or bool(_named(arguments))


def parameters(arguments: Mapping[str, Any], *, about: bool = False, walked: bool = False) -> dict[str, Any]:
    """Give the parameters of cypher/scope/; raises UserInputError where the scope cannot be used.

    `about`: one entity is the scope. `walked`: walks will be taken though the scope needs none.
    """
    for name, items in _given(arguments).items():
        if not items:
            message = f"scope.{name}: is empty, so that nothing could be in scope. Name something, or leave it out."
            raise UserInputError(message)
    keys = _named(arguments)
    found = {"walked": walked or is_part(arguments, about=about), "tags": _given(arguments).get(TAGS)}
    return {**found, "scope": keys} if keys else found


def day(arguments: Mapping[str, Any]) -> str:
    """Give the day that a question is asked for, ISO 8601: today in UTC if none is given."""
    return str((arguments.get("on") or datetime.now(UTC).date()).isoformat())


@dataclass(frozen=True, slots=True)
class Start:
    """An entity that the scope names, and where walks from it begin."""

    kinds: str | None
    """The plural of its kind, which is the field of the scope that names it; null where the question is about it."""
    key: str
    id: str
    number: Number
    roots: Sequence[Number]


@dataclass(frozen=True)
class ThreadFacts:
    """How entities hang together, as far as the facts reach: see cypher/scope/thread.cypher."""

    starts: Sequence[Start]
    links: Links
    attached: tuple[Sequence[Number], Sequence[Number]]
    """What is reached, and for each an attached neighbour at the same place."""
    tagged: frozenset[Number] | None
    """What has one of the tags wanted; null where none is."""

    @cached_property
    def _adjacent(self) -> dict[tuple[str, Direction], Adjacency]:
        """What was gathered before: of a large graph only some types are ever asked for."""
        return {}

    def adjacent(self, link: str, direction: Direction) -> Adjacency:
        """Return the far ends of the links of a type, for each entity that has any."""
        key = link, direction
        if key not in self._adjacent:
            starts, finishes = self.links.get(link, ((), ()))
            near, far = (starts, finishes) if direction is Direction.OUT else (finishes, starts)
            self._adjacent[key] = grouped(near, far)
        return self._adjacent[key]

    def out(self, link: str, number: Number) -> Sequence[Number]:
        """Give the finishes of the links of a type from an entity."""
        return self.adjacent(link, Direction.OUT).get(number, ())

    def into(self, link: str, number: Number) -> Sequence[Number]:
        """Give the starts of the links of a type to an entity."""
        return self.adjacent(link, Direction.IN).get(number, ())

    @cached_property
    def beside(self) -> Adjacency:
        """For each of what is reached, its attached neighbours."""
        return grouped(*self.attached)

    @cached_property
    def _beside_reversed(self) -> Adjacency:
        near, far = self.attached
        return grouped(far, near)

    def attached_to(self, number: Number) -> Sequence[Number]:
        """Return what an attached neighbour is attached to, and what is attached to it, as far as the facts reach."""
        return (*self._beside_reversed.get(number, ()), *self.beside.get(number, ()))

    def steps(self, number: Number, *, forwards: bool) -> Sequence[tuple[str, Number]]:
        """Give the spine links that leave, or arrive at, an entity: each with its type and the far entity."""
        return (self._forwards if forwards else self._backwards).get(number, ())

    @cached_property
    def _forwards(self) -> Steps:
        return self._steps(Direction.OUT)

    @cached_property
    def _backwards(self) -> Steps:
        return self._steps(Direction.IN)

    def _steps(self, direction: Direction) -> Steps:
        steps: dict[Number, list[tuple[str, Number]]] = defaultdict(list)
        for link in MODEL.spine:
            for near, fars in self.adjacent(link, direction).items():
                steps[near] += [(link, far) for far in fars]
        return steps

    def heard(self, insight: Number, persona: Number) -> bool:
        """Tell whether an insight counts for a persona: the persona, its segment, or nobody voices it."""
        voices = self.into("VOICES", insight)
        return not voices or persona in voices or any(one in voices for one in self.out("IN_SEGMENT", persona))

    def reached(self, roots: Iterable[Number], *, forwards: bool) -> set[Number]:
        """Return all that walks in one direction reach from the roots, themselves included."""
        waiting: list[State] = [(root, None) for root in roots]
        seen = set(waiting)
        while waiting:
            here, carried = waiting.pop()
            for link, there in self.steps(here, forwards=forwards):
                step = (link, here, there) if forwards else (link, there, here)
                allowed, carries = carry(step, carried, self.heard, forwards=forwards)
                if allowed and (state := (there, carries)) not in seen:
                    seen.add(state)
                    waiting.append(state)
        return {number for number, _ in seen}

    def trace(self, start: Number, roots: Iterable[Number]) -> set[Number]:
        """Return all that is on the trace through an entity, which begins at some roots."""
        beginnings = list(roots)
        walked = self.reached(beginnings, forwards=True) | self.reached(beginnings, forwards=False)
        return walked.union((start,), *(self.beside.get(number, ()) for number in walked))

    def scope(self, arguments: Mapping[str, Any]) -> frozenset[Number] | None:
        """Return the entities in scope; null where the scope names none, so that everything is.

        Raises UserInputError where the scope names an entity that is not there.
        """
        known = {(start.kinds, start.key) for start in self.starts}
        for kinds, keys in _named(arguments).items():
            for key in keys:
                if (kinds, key) not in known:
                    message = f"scope.{kinds}: there is no {_one(kinds)} with the key {key!r}."
                    raise UserInputError(message)
        if not self.starts:
            return self.tagged
        traces: dict[str | None, set[Number]] = defaultdict(set)
        for start in self.starts:
            traces[start.kinds] |= self.trace(start.number, start.roots)
        together = frozenset(set.intersection(*traces.values()))
        return together if self.tagged is None else together & self.tagged

    def walked(self, scope: frozenset[Number] | None) -> frozenset[Number] | None:
        """Return what of a scope walks reach, for questions about journeys and what they are made of; null for all.

        What is merely attached is none of the scope's journeys: neither the one that a journey should become, nor the
        touchpoints that a persona experiences elsewhere.
        """
        if scope is None or not self.starts:
            return scope
        walked: dict[str | None, set[Number]] = defaultdict(set)
        for start in self.starts:
            for forwards in (True, False):
                walked[start.kinds] |= self.reached(start.roots, forwards=forwards)
        return scope.intersection(*walked.values())


NO_THREAD: Sequence[Any] = ([], [], ([], []), None)
"""The column for what is asked of entities that were chosen already."""


def read_thread_facts(thread: Sequence[Any]) -> ThreadFacts:
    """Turn the column `thread` of cypher/scope/thread.cypher into its names."""
    starts, links, (near, far), tagged = thread
    return ThreadFacts(
        starts=[Start(*item) for item in starts],
        links={name: (froms, tos) for name, froms, tos in links},
        attached=(near, far),
        tagged=None if tagged is None else frozenset(tagged),
    )


def grouped(keys: Iterable[Number], values: Iterable[Number]) -> dict[Number, list[Number]]:
    """Gather the values of each key."""
    groups: dict[Number, list[Number]] = defaultdict(list)
    for key, value in zip(keys, values, strict=True):
        groups[key].append(value)
    return dict(groups)


def _one(plural: str) -> str:
    return next(kind.field_name for kind in MODEL.kinds.values() if kind.plural == plural)
