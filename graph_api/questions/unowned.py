"""Unowned: work and service that nobody answers for, who has a part in it nevertheless, and what is at stake.

Facts: `cypher/unowned.cypher` after `cypher/scope/`. What is over on the day (see store/acting.py) is no work. Of a
scope it is all on a trace through it, but of journeys and touchpoints only those that walks reach: what a persona
experiences on other journeys is none of its own. A touchpoint has no owner: whoever runs it answers for it. One that is
EXTERNAL is nobody's to run, and one that a PARTNER controls has somebody who answers for it, though nobody wrote down
who.

Pains and value are those of `gaps`: the distinct pains and unmet needs on its thread, and the sum of their known
severities (0 to 10 each), null where none is known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.model import MODEL
from graph_api.model.rules import PAINS
from graph_api.model.values import Choice
from graph_api.questions.acting import ActingRole
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.parties.raci import ACTED_IN, PLACE_OF_KIND, Part, found, read_parts
from graph_api.questions.thread.facts import Party
from graph_api.questions.thread.scope import day, parameters, read_thread_facts, statement
from graph_api.store.statements import Statement

_OF_JOURNEYS = frozenset({"Journey", "Touchpoint"})


class UnownedReason(Choice):
    """Why nobody answers for something."""

    NO_OWNER = "NO_OWNER", "Nobody owns it."
    OWNER_IN_NO_PARTY = (
        "OWNER_IN_NO_PARTY",
        "Its owner is a stakeholder who is a member of no department and of no partner.",
    )
    NOBODY_RUNS_IT = "NOBODY_RUNS_IT", "It is a touchpoint of ours, or of unknown control, and nobody runs it."


@dataclass(frozen=True, slots=True)
class OwnerCandidate:
    """Somebody who could own it, having a part in it already."""

    who: Party
    role: str | None
    contribution: str | None
    through: Sequence[Found]
    """The entity itself, or those of its touchpoints that the party runs."""

    @property
    def party(self) -> Found:
        """Who."""
        return found(self.who)


@dataclass(frozen=True)
class Unowned:
    """An entity that nobody answers for."""

    entity: Found
    key: str
    parts: Sequence[Part]
    runners: Sequence[tuple[Party, Found, str]]
    """Who runs its touchpoints: the touchpoint and its key."""
    pains: int
    """How many pains and unmet needs are on its thread."""
    severities: Sequence[float]
    """The known ones of these, 0 to 10."""
    unknown: int
    """How many of these are not known, and how many insights there have no known type."""

    @property
    def _kind(self) -> str:
        return self.entity.kind or ""

    @property
    def kind(self) -> str:
        """Its kind, as the enum names it."""
        return MODEL.kinds[self._kind].enum_name

    @property
    def _owner(self) -> Part | None:
        return next((part for part in self.parts if part.role == ActingRole.ACCOUNTABLE), None)

    @property
    def owner(self) -> Found | None:
        """The stakeholder who owns it and is a member of nothing."""
        return None if self._owner is None else found(self._owner.actor)

    @property
    def reason(self) -> UnownedReason:
        """Why nobody answers for it."""
        if self._kind == "Touchpoint":
            return UnownedReason.NOBODY_RUNS_IT
        return UnownedReason.NO_OWNER if self._owner is None else UnownedReason.OWNER_IN_NO_PARTY

    @property
    def value(self) -> float | None:
        """The sum of the known severities of the pains on its thread; null where none is known."""
        return sum(sorted(self.severities)) if self.severities else None

    @property
    def candidates(self) -> list[OwnerCandidate]:
        """Who could own it: those involved first, by role, then those who run its touchpoints; by key."""
        involved = [
            OwnerCandidate(part.actor, part.role, part.contribution, [self.entity])
            for part in self.parts
            if part.involved
        ]
        run: dict[Party, dict[Found, str]] = {}
        for party, touchpoint, key in self.runners:
            run.setdefault(party, {})[touchpoint] = key
        running = [
            OwnerCandidate(party, ActingRole.RUNS, None, sorted(touchpoints, key=touchpoints.__getitem__))
            for party, touchpoints in sorted(run.items(), key=lambda item: (item[0].key, item[0].kind))
        ]
        return [*involved, *running]


UNOWNED_ORDER: Sorting[Unowned] = Sorting(
    (term("value", float, descending=True, nullable=True), term("kind", int), term("key", str)),
    lambda unowned: [unowned.value, PLACE_OF_KIND[unowned.entity.kind or ""], unowned.key],
)


def read_unowned(row: Sequence[Any]) -> Unowned:
    """Turn a row of unowned.cypher into its names, without the number."""
    _, identity, kind, key, parts, runners, pains, severities, unknown = row
    running = [(Party(*party), Found(touchpoint, "Touchpoint"), of) for party, touchpoint, of in runners]
    return Unowned(Found(identity, kind), key, read_parts(parts), running, pains, severities, unknown)


@dataclass(frozen=True)
class UnownedQuestion:
    """The question, for the planner."""

    name: str = "unowned"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts, of a scope or of the whole graph."""
        return statement(arguments, "unowned", ACTED_IN)

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give the day, those of the scope, and what a pain is."""
        return {**parameters(arguments), "on": day(arguments), "pains": list(PAINS)}

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> Connection[Unowned]:
        """List what nobody answers for: where the most is at stake first."""
        thread, rows = facts
        known = read_thread_facts(thread)
        scope = known.scope(arguments)
        walked = known.walked(scope)
        within = ((row, walked if row[2] in _OF_JOURNEYS else scope) for row in rows)
        unowned = [read_unowned(row) for row, part in within if part is None or row[0] in part]
        return Connection(UNOWNED_ORDER.sort(unowned), UNOWNED_ORDER, arguments)
