"""Collaboration: which parties must work together, and on what.

Facts: `cypher/collaboration.cypher` after `cypher/scope/`. A pair of departments or partners shares

- the propositions and the initiatives, none of them over on the day (see store/acting.py), in which both act: own them
  or are involved in them, a stakeholder's part being that of the party that the stakeholder is a member of;
- the hand-offs along journeys, in which responsibility passes from one of the two to the other, either way; in a scope
  those of its journeys of which it holds one of the two touchpoints: journeys and touchpoints that walks reach.

How much they share is how many propositions, initiatives and hand-offs from step to step that is, one as good as
another; hand-offs within a step, which may be no more than alternatives, are listed and not counted (see `handoff`).
Nobody is no party: where responsibility breaks off is told by `handoffs`, and what nobody runs by `unowned`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.model.values import Choice
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.journeys.journey import read_journey
from graph_api.questions.parties.handoff import HANDOFF_ORDER, Handoff, Handoffs
from graph_api.questions.parties.raci import Part, PartyRole, by_party, found, read_parts
from graph_api.questions.thread.facts import Party
from graph_api.questions.thread.scope import Number, day, parameters, read_thread_facts, statement
from graph_api.store.statements import Statement


class PairSort(Choice):
    """Whether a partner is one of a pair."""

    DEPARTMENTS = "DEPARTMENTS", "Two departments."
    WITH_PARTNER = "WITH_PARTNER", "A department and a partner."
    PARTNERS = "PARTNERS", "Two partners."


_SORTS = (PairSort.DEPARTMENTS, PairSort.WITH_PARTNER, PairSort.PARTNERS)


@dataclass(frozen=True, slots=True)
class Work:
    """A proposition or initiative, and who acts in it."""

    entity: Found
    key: str
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class SharedWork:
    """A proposition or initiative in which both of a pair act."""

    entity: Found
    key: str
    party_roles: Sequence[PartyRole]
    other_roles: Sequence[PartyRole]


WORK_ORDER: Sorting[SharedWork] = Sorting((term("key", str),), lambda work: [work.key])


@dataclass(frozen=True)
class PartyPair:
    """Two parties, and what they share."""

    one: Party
    two: Party
    work: list[SharedWork] = field(default_factory=list)
    passed: list[Handoff] = field(default_factory=list)

    @property
    def party(self) -> Found:
        """One of the two: the first by key, or the one that was asked about."""
        return found(self.one)

    @property
    def other(self) -> Found:
        """The other."""
        return found(self.two)

    @property
    def sort(self) -> PairSort:
        """Whether a partner is one of them."""
        return _SORTS[sum(party.kind == "Partner" for party in (self.one, self.two))]

    @property
    def shared(self) -> int:
        """How much they share: propositions, initiatives and hand-offs from step to step."""
        return len(self.work) + len(self.passed) - self.handoffs_within_step

    @property
    def handoffs_within_step(self) -> int:
        """How many of the hand-offs are within a step."""
        return sum(handoff.within_step for handoff in self.passed)

    def _page(self, kind: str, arguments: Mapping[str, Any]) -> Connection[SharedWork]:
        work = [one for one in self.work if one.entity.kind == kind]
        return Connection(WORK_ORDER.sort(work), WORK_ORDER, arguments)

    def propositions(self, **arguments: Any) -> Connection[SharedWork]:
        """List the propositions they share, by key."""
        return self._page("Proposition", arguments)

    def initiatives(self, **arguments: Any) -> Connection[SharedWork]:
        """List the initiatives they share, by key."""
        return self._page("Initiative", arguments)

    def handoffs(self, **arguments: Any) -> Connection[Handoff]:
        """List the hand-offs between them, by journey and in its order."""
        return Connection(HANDOFF_ORDER.sort(self.passed), HANDOFF_ORDER, arguments)


PAIR_ORDER: Sorting[PartyPair] = Sorting(
    (term("shared", int, descending=True), *(term(name, str) for name in ("party", "other", "kind", "otherKind"))),
    lambda pair: [pair.shared, pair.one.key, pair.two.key, pair.one.kind, pair.two.kind],
)


def pairs(work: Iterable[Work], handoffs: Iterable[Handoff], about: Party | None = None) -> list[PartyPair]:
    """Find all pairs that share something, or those of one party: sorted, those that share most first."""
    gathered: dict[frozenset[Party], PartyPair] = {}

    def between(first: Party, second: Party) -> PartyPair:
        one, two = sorted((first, second), key=lambda party: (party != about, party.key, party.kind))
        return gathered.setdefault(frozenset((one, two)), PartyPair(one, two))

    for one in work:
        roles = by_party(one.parts)
        for first, second in combinations(roles, 2):
            if about in {None, first, second}:
                pair = between(first, second)
                pair.work.append(SharedWork(one.entity, one.key, roles[pair.one], roles[pair.two]))
    for handoff in handoffs:
        start, finish = handoff.start.run_by, handoff.finish.run_by
        if start and finish and about in {None, start, finish}:
            between(start, finish).passed.append(handoff)
    return PAIR_ORDER.sort(list(gathered.values()))


def read_work(rows: Iterable[Sequence[Any]]) -> list[Work]:
    """Turn rows [id, kind, key, parts] into propositions and initiatives with who acts in them."""
    return [Work(Found(identity, kind), key, read_parts(parts)) for identity, kind, key, parts in rows]


def _handoffs_in(rows: Iterable[Sequence[Any]], walked: frozenset[Number] | None) -> list[Handoff]:
    journeys = [read_journey(row) for row in rows if walked is None or row[0] in walked]
    return [
        handoff
        for journey in journeys
        for handoff in Handoffs(journey).all
        if walked is None or any(end.met and end.met.number in walked for end in (handoff.start, handoff.finish))
    ]


@dataclass(frozen=True)
class CollaborationQuestion:
    """The question, for the planner."""

    name: str = "collaboration"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts, of a scope or of the whole graph."""
        return statement(arguments, "collaboration", ("Journey", "Touchpoint", "Proposition", "Initiative"))

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give the day, and those of the scope."""
        return {**parameters(arguments), "on": day(arguments)}

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> Connection[PartyPair]:
        """List the pairs, those that share most first."""
        thread_facts, work, journeys = facts
        thread = read_thread_facts(thread_facts)
        scope = thread.scope(arguments)
        shared = read_work(row for number, *row in work if scope is None or number in scope)
        return Connection(pairs(shared, _handoffs_in(journeys, thread.walked(scope))), PAIR_ORDER, arguments)
