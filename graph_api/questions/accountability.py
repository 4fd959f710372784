"""Accountability: in what a department or partner acts, and how; what it owes, and with whom it works.

Facts: `cypher/accountability.cypher`. Parts and the two rules about them stand in `raci`, pains in `acting`, with whom
it works in `collaboration`. What is over on the day stands in store/acting.py.

The load is the sum of the known efforts of the party's involvements (and of its members') in what is not over, beside
how many of these efforts are unknown: the sum never stands for them. It is told by kind: efforts stated of a
proposition and of the initiatives that deliver it may be the same work, so that the sum over kinds is neither a least
nor a most.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.errors import UserInputError
from graph_api.model import MODEL
from graph_api.questions.acting import ActingConnection, ActingEdge, ActingRole, DepartmentPains, pains
from graph_api.questions.collaboration import PAIR_ORDER, PartyPair, Work, pairs
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.figures.exact import total
from graph_api.questions.journeys.journey import read_journey
from graph_api.questions.parties.handoff import Handoffs
from graph_api.questions.parties.raci import (
    ACTED_IN,
    PLACE_OF_KIND,
    Part,
    PartyRole,
    RaciFinding,
    by_party,
    findings,
    found,
    read_parts,
)
from graph_api.questions.thread.facts import Party
from graph_api.questions.thread.scope import day
from graph_api.store.statements import Statement, chained, load


@dataclass(frozen=True)
class AccountablePart:
    """An entity in which a party acts."""

    entity: Found
    key: str
    over: bool
    parts: Sequence[Part]
    roles: Sequence[PartyRole]
    """Those of the party."""

    @property
    def kind(self) -> str:
        """Its kind, as the enum names it."""
        return MODEL.kinds[self._kind].enum_name

    @property
    def _kind(self) -> str:
        return self.entity.kind or ""

    @property
    def findings(self) -> list[RaciFinding]:
        """What is wrong with who acts in it; nothing where it is over."""
        return [] if self.over else findings(self._kind, self.parts)

    @property
    def order(self) -> list[Any]:
        """Where it stands: by kind, then by key."""
        return [PLACE_OF_KIND[self._kind], self.key]

    def has(self, *roles: str) -> bool:
        """Tell whether the party has one of these roles in it."""
        return any(one.role in roles for one in self.roles)


PART_ORDER: Sorting[AccountablePart] = Sorting((term("kind", int), term("key", str)), lambda part: part.order)
PAIN_ORDER: Sorting[ActingEdge] = Sorting((term("key", str),), lambda edge: [edge.thread.stations[edge.node.id].key])


@dataclass(frozen=True)
class Load:
    """The efforts of a party's involvements in what is not over, in person-days."""

    efforts: Sequence[float | None]
    kind: str | None = None
    """As the enum names it; null for all kinds together."""

    @property
    def involvements(self) -> int:
        """How many involvements there are."""
        return len(self.efforts)

    @property
    def unknown(self) -> int:
        """Of how many of them the effort is unknown."""
        return sum(effort is None for effort in self.efforts)

    @property
    def known(self) -> float | None:
        """The sum of those that are known; null where none is, or where a float cannot hold it."""
        known = [effort for effort in self.efforts if effort is not None]
        return total(known) if known else None

    @property
    def too_large(self) -> bool:
        """Whether a float cannot hold the sum."""
        return self.known is None and self.unknown < self.involvements


@dataclass(frozen=True)
class PartyLoad(Load):
    """The same of all kinds together, and of each."""

    by_kind: Sequence[Load] = ()


@dataclass(frozen=True)
class Accountability:
    """The answer."""

    about: Party
    on: str
    """The day it is about, ISO 8601."""
    acted: Sequence[AccountablePart]
    """By kind and key."""
    traced: Any
    """So much of the facts of trace.cypher about the party as its pains take."""
    journeys: Sequence[Sequence[Any]]
    promises_to_keep_count: int
    """How many promises are kept at touchpoints that it runs."""

    @property
    def party(self) -> Found:
        """The department or partner."""
        return found(self.about)

    def parts(
        self,
        kinds: Collection[str] | None = None,
        roles: Collection[str] | None = None,
        findings: Collection[str] | None = None,
        **arguments: Any,
    ) -> Connection[AccountablePart]:
        """List what it acts in, by kind and key: of these kinds, in one of these roles, with one of these findings."""
        wanted = [
            part
            for part in self.acted
            if (kinds is None or part.entity.kind in kinds)
            and (roles is None or part.has(*roles))
            and (findings is None or any(finding in findings for finding in part.findings))
        ]
        return Connection(wanted, PART_ORDER, arguments)

    def kpis(self, **arguments: Any) -> Connection[AccountablePart]:
        """List the KPIs it owns."""
        return self.parts(kinds=["KPI"], roles=[ActingRole.ACCOUNTABLE], **arguments)

    @cached_property
    def _pains(self) -> DepartmentPains:
        return pains(self.traced)

    def owned_pains(self, **arguments: Any) -> Connection[ActingEdge]:
        """List the pains whose opportunity it owns."""
        return _listed(self._pains.owned, arguments)

    def pains_at_touchpoints(self, **arguments: Any) -> Connection[ActingEdge]:
        """List the pains at the touchpoints it runs."""
        return _listed(self._pains.at_touchpoints, arguments)

    @property
    def load(self) -> PartyLoad:
        """What its involvements in what is not over take."""
        efforts: dict[str, list[float | None]] = {}
        for part in self.acted:
            if not part.over:
                involved = [one.effort for one in part.roles if one.part.involved]
                efforts.setdefault(part.kind, []).extend(involved)
        by_kind = [Load(found, kind) for kind, found in efforts.items() if found]
        return PartyLoad([effort for one in by_kind for effort in one.efforts], None, by_kind)

    @cached_property
    def _pairs(self) -> list[PartyPair]:
        work = [
            Work(part.entity, part.key, part.parts)
            for part in self.acted
            if part.entity.kind in {"Proposition", "Initiative"} and not part.over
        ]
        handoffs = (handoff for row in self.journeys for handoff in Handoffs(read_journey(row)).all)
        return pairs(work, handoffs, self.about)

    def works_with(self, **arguments: Any) -> Connection[PartyPair]:
        """List the pairs in which it is of collaboration on the same day."""
        return Connection(self._pairs, PAIR_ORDER, arguments)


def _listed(connection: ActingConnection, arguments: Mapping[str, Any]) -> Connection[ActingEdge]:
    return Connection(PAIN_ORDER.sort(connection.edges), PAIN_ORDER, arguments)


def _read_part(row: Sequence[Any], about: Party) -> AccountablePart:
    identity, kind, key, over, rows = row
    parts = read_parts(rows)
    return AccountablePart(Found(identity, kind), key, over, parts, by_party(parts)[about])


@dataclass(frozen=True)
class AccountabilityQuestion:
    """The question, for the planner: of one party by kind and key, or about the department or partner itself."""

    name: str = "accountability"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts about the party."""
        if self.about_entity:
            return load("accountability")
        return chained(load("scope/party"), load("accountability"), load("scope/only"))

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give the day and the party; raises UserInputError where that is none."""
        if self.about_entity:
            return {"on": day(arguments)}
        of = arguments["of"]
        if of["kind"] not in MODEL.interfaces["Party"].members:
            message = "of.kind: only a DEPARTMENT or a PARTNER is asked. A stakeholder's part counts for its party."
            raise UserInputError(message)
        return {"on": day(arguments), "kind": of["kind"], "key": of["key"]}

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> Accountability | None:
        """Tell in what the party acts; null where there is none such."""
        if facts is None:
            return None
        on, traced, party, acted, journeys, promises = facts
        about = Party(*party)
        parts = (_read_part(row, about) for row in acted if row[1] in ACTED_IN)
        return Accountability(about, on, PART_ORDER.sort(list(parts)), traced, journeys, promises)
