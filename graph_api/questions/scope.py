"""Scope: what a question is asked of. Everything on a trace through any of the entities named. Pure.

The walks are the trace's (see `walk`): spine links in one direction, never turning, and an insight reached through a
journey counts for a persona only if that persona, its segment, or nobody voices it. Attached neighbours come last.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from graph_api.errors import UserInputError
from graph_api.model import MODEL
from graph_api.questions.facts import NUMBER, TAGGED, Facts, Number, Row, grouped, kind_of
from graph_api.questions.walk import carry
from graph_api.store.statements import Statement, chained, load

Steps = Mapping[Number, Sequence[tuple[str, Number]]]
State = tuple[Number, Number | None]

TAGS = "tags"


def _given(arguments: Mapping[str, Any]) -> dict[str, list[str]]:
    """Read the argument `scope`: what it names, by the plural of the kind, and tags."""
    return {name: items for name, items in (arguments.get("scope") or {}).items() if items is not None}


def _named(arguments: Mapping[str, Any]) -> dict[str, list[str]]:
    return {name: sorted(set(keys)) for name, keys in _given(arguments).items() if name != TAGS}


def statement(arguments: Mapping[str, Any]) -> Statement:
    """Return the statement that reads the facts: of a scope if one is given, else of the whole graph."""
    if _named(arguments):
        return chained(load("coverage/scope"), load("coverage/walks"), load("coverage/facts"))
    return chained(load("coverage/whole"), load("coverage/facts"))


def statement_about() -> Statement:
    """Return the statement that reads the facts about one entity, which goes on from a variable `start`."""
    return chained(load("coverage/about"), load("coverage/walks"), load("coverage/facts"), given="start")


def parameters(arguments: Mapping[str, Any], *wanted: str, about: bool = False) -> Mapping[str, Any]:
    """Give the parameters of the statement; raises UserInputError where the scope cannot be used.

    `wanted` names what is to be read, see cypher/coverage/facts.cypher: `threaded`, `identified`, `own`, `suspect`.
    `about`: one entity is the scope.
    """
    for name, items in _given(arguments).items():
        if not items:
            message = f"scope.{name}: is empty, so that nothing could be in scope. Name something, or leave it out."
            raise UserInputError(message)
    keys = _named(arguments)
    part = bool(keys) or about
    walked = part or "threaded" in wanted
    found = {
        "beside": walked,
        "beyond": part,
        "identified": "identified" in wanted,
        "threaded": walked,
        "own": "own" in wanted,
        "suspect": "suspect" in wanted,
        "tags": _given(arguments).get(TAGS),
        "on": (arguments.get("on") or datetime.now(UTC).date()).isoformat(),
    }
    return {**found, "scope": keys} if keys else found


@dataclass(frozen=True)
class Walks:
    """The walks through facts."""

    facts: Facts

    @cached_property
    def forwards(self) -> Steps:
        """The spine links that leave each entity."""
        steps: dict[Number, list[tuple[str, Number]]] = defaultdict(list)
        for name, (starts, finishes) in self._spine:
            for start, finish in zip(starts, finishes, strict=True):
                steps[start].append((name, finish))
        return steps

    @cached_property
    def backwards(self) -> Steps:
        """The spine links that arrive at each entity."""
        steps: dict[Number, list[tuple[str, Number]]] = defaultdict(list)
        for name, (starts, finishes) in self._spine:
            for start, finish in zip(starts, finishes, strict=True):
                steps[finish].append((name, start))
        return steps

    @property
    def _spine(self) -> Iterable[tuple[str, tuple[Sequence[Number], Sequence[Number]]]]:
        return ((name, ends) for name, ends in self.facts.links.items() if MODEL.links[name].spine)

    def heard(self, insight: Number, persona: Number) -> bool:
        """Tell whether an insight counts for a persona: the persona, its segment, or nobody voices it."""
        voices = self.facts.into("VOICES", insight)
        return not voices or persona in voices or any(one in voices for one in self.facts.out("IN_SEGMENT", persona))

    def reached(self, roots: Iterable[Number], *, forwards: bool) -> set[Number]:
        """Return all that walks in one direction reach from the roots, themselves included."""
        steps = self.forwards if forwards else self.backwards
        waiting: list[State] = [(root, None) for root in roots]
        seen = set(waiting)
        while waiting:
            here, carried = waiting.pop()
            for name, there in steps.get(here, ()):
                step = (name, here, there) if forwards else (name, there, here)
                allowed, carries = carry(step, carried, self.heard, forwards=forwards)
                if allowed and (state := (there, carries)) not in seen:
                    seen.add(state)
                    waiting.append(state)
        return {number for number, _ in seen}

    def trace(self, start: Number, roots: Iterable[Number]) -> set[Number]:
        """Return all that is on the trace through an entity."""
        beginnings = list(roots)
        walked = self.reached(beginnings, forwards=True) | self.reached(beginnings, forwards=False)
        beside = self.facts.beside
        return walked.union((start,), *(beside.get(number, ()) for number in walked))

    def trace_of(self, row: Row) -> set[Number]:
        """Return all that is on the trace through an entity, as far as the facts reach."""
        if kind_of(row) in MODEL.spine_kinds:
            return self.trace(row[NUMBER], (row[NUMBER],))
        rows = self.facts.by_number
        roots = (
            one for one in self.attached_to(row[NUMBER]) if one in rows and kind_of(rows[one]) in MODEL.spine_kinds
        )
        return self.trace(row[NUMBER], roots)

    def attached_to(self, number: Number) -> Sequence[Number]:
        """Return what an attached neighbour is attached to, and what is attached to it, as far as the facts reach."""
        return (*self._reverse.get(number, ()), *self.facts.beside.get(number, ()))

    @cached_property
    def _reverse(self) -> Mapping[Number, Sequence[Number]]:
        near, far = self.facts.attached
        return grouped(far, near)


def scoped(facts: Facts, arguments: Mapping[str, Any]) -> frozenset[Number] | None:
    """Return the entities in scope; null where the scope names none, so that everything is.

    Raises UserInputError where the scope names an entity that is not there.
    """
    wanted, tagged = _named(arguments), TAGS in _given(arguments)
    known = {(start.kinds, start.key) for start in facts.starts}
    for kinds, keys in wanted.items():
        for key in keys:
            if (kinds, key) not in known:
                message = f"scope.{kinds}: there is no {_one(kinds)} with the key {key!r}."
                raise UserInputError(message)
    walks = Walks(facts)
    with_tag = frozenset(number for number, row in facts.by_number.items() if row[TAGGED]) if tagged else None
    if not facts.starts:
        return with_tag
    traces: dict[str | None, set[Number]] = defaultdict(set)
    for start in facts.starts:
        traces[start.kinds] |= walks.trace(start.number, start.roots)
    together = frozenset(set.intersection(*traces.values()))
    return together if with_tag is None else together & with_tag


def _one(plural: str) -> str:
    return next(kind.field_name for kind in MODEL.kinds.values() if kind.plural == plural)
