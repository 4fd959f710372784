"""KPI drivers: what is claimed of a KPI against the gap to its target, who aims at it, and what drives it.

Facts: `cypher/kpi_drivers.cypher` after `cypher/scope/`. Pure.

The gap is that of `remaining`, and `claims` decides which claims count: an initiative's claim is part of the claim
of a proposition that it delivers. A claim's share is its change as a part of the gap, negative where it goes the wrong
way. What claims are together is the sum of those that count; where one has no number the sum is unknown, and `known`
tells how much the others are.

A KPI is overclaimed where claims that count, two at least, together promise more than is left. Nothing is taken off for
claims the wrong way, since they make no promise smaller. A KPI that is reached has nothing left.

What a claim brought by the day of the value is in the value already. Nobody can tell how much that is, so that such a
claim counts whole, and is marked as passed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.figures.claims import Claim, ClaimState, Delivered, Settled, Total, settle, together
from graph_api.questions.figures.exact import total
from graph_api.questions.figures.kpi import read_kpi, read_measurement, total_series
from graph_api.questions.figures.remaining import TERMS, KPIGapFrom, KPIGapTerm, Remaining
from graph_api.questions.thread.scope import day, parameters, read_thread_facts, statement
from graph_api.store.statements import Statement, chained, load

_ROUNDING = 1 + 1e-9
"""Claims that fill a gap exactly do not exceed it, whatever their binary fractions are."""

_STATES = {state: rank for rank, state in enumerate(ClaimState)}


@dataclass(frozen=True)
class ClaimTotal:
    """What several claims on one KPI are together."""

    sum: Total
    remaining: Remaining

    @property
    def change(self) -> float | None:
        """The sum of all; null where one has no number."""
        return self.sum.change

    @property
    def known(self) -> float | None:
        """The sum of those that have a number."""
        return self.sum.known

    @property
    def unknown(self) -> int:
        """How many have none."""
        return self.sum.unknown

    @property
    def share(self) -> float | None:
        """Which share of the gap all are."""
        return self.remaining.share(self.change)

    @property
    def known_share(self) -> float | None:
        """Which share of the gap those are that have a number."""
        return self.remaining.share(self.known)


@dataclass(frozen=True)
class KPIClaim:
    """A claim on a KPI."""

    settled: Settled
    remaining: Remaining

    @property
    def claim(self) -> Claim:
        """The claim alone."""
        return self.settled.claim

    @property
    def claimant(self) -> Found:
        """Whoever claims it."""
        return self.claim.claimant

    @property
    def state(self) -> ClaimState:
        """Whether it counts."""
        return self.settled.state

    @property
    def counts(self) -> bool:
        """Whether it is part of the sum."""
        return self.state is ClaimState.COUNTED

    @property
    def expected_change(self) -> float | None:
        """The change, in the KPI's unit."""
        return self.claim.change

    @property
    def by(self) -> str | None:
        """The day by which it is claimed."""
        return self.claim.by

    @property
    def confidence(self) -> float | None:
        """How sure it is, 0 to 1."""
        return self.claim.confidence

    @property
    def share(self) -> float | None:
        """Which share of the gap it is."""
        return self.remaining.share(self.claim.change)

    @property
    def wrong_direction(self) -> bool | None:
        """Whether it goes the wrong way; null where the change or the way is unknown."""
        change, way = self.claim.change, self.remaining.way
        return None if change is None or way is None else way * change < 0

    @property
    def late(self) -> bool | None:
        """Whether its day is after that of the target; null where either is unknown."""
        target_by = self.remaining.kpi.target_by
        return None if self.claim.by is None or target_by is None else self.claim.by > target_by

    @property
    def passed(self) -> bool | None:
        """Whether its day had come when the value was measured; null where either is unknown."""
        if self.remaining.gap_from is not KPIGapFrom.MEASUREMENT or self.remaining.day is None or self.claim.by is None:
            return None
        return self.claim.by <= self.remaining.day

    @property
    def within(self) -> list[Found]:
        """The propositions whose claims it is part of."""
        return [claim.claimant for claim in self.settled.within]

    @property
    def initiatives(self) -> ClaimTotal | None:
        """Of a proposition: what its initiatives claim together, where any does."""
        return ClaimTotal(together(self.settled.below), self.remaining) if self.settled.below else None


CLAIM_ORDER: Sorting[KPIClaim] = Sorting(
    (
        term("state", int),
        term("change", float, descending=True, nullable=True),
        term("kind", str),
        term("key", str),
    ),
    lambda one: [
        _STATES[one.state],
        None if one.claim.change is None else abs(one.claim.change),
        one.claim.kind,
        one.claim.key,
    ],
)


@dataclass(frozen=True, slots=True)
class AimingOpportunity:
    """An opportunity that aims at a KPI."""

    id: str
    key: str
    claimed_by: Sequence[Found]
    """What addresses it, or delivers that, goes on and claims something of the KPI; by kind and key."""

    @property
    def opportunity(self) -> Found:
        """The opportunity."""
        return Found(self.id, "Opportunity")


@dataclass(frozen=True, slots=True)
class DrivingKPI:
    """A KPI that drives another."""

    id: str
    key: str
    effect: float | None
    grounds: str | None
    lag: str | None
    source: str | None
    confidence: float | None

    @property
    def kpi(self) -> Found:
        """The KPI that drives."""
        return Found(self.id, "KPI")


AIM_ORDER: Sorting[AimingOpportunity] = Sorting((term("key", str),), lambda one: [one.key])
DRIVER_ORDER: Sorting[DrivingKPI] = Sorting((term("key", str),), lambda one: [one.key])


@dataclass(frozen=True)
class KPIDrivers:
    """A KPI, what is claimed of it and what drives it."""

    remaining: Remaining
    settled: Sequence[KPIClaim]
    aims: Sequence[AimingOpportunity]
    driving: Sequence[DrivingKPI]

    @property
    def kpi(self) -> Found:
        """The KPI."""
        return self.remaining.kpi.kpi

    @property
    def key(self) -> str:
        """Its key."""
        return self.remaining.kpi.key

    @property
    def unit(self) -> str | None:
        """Its unit."""
        return self.remaining.kpi.unit

    @property
    def value(self) -> float | None:
        """The value from which the gap is measured."""
        return self.remaining.value

    @property
    def value_on(self) -> str | None:
        """The day of that value."""
        return self.remaining.day

    @property
    def gap_from(self) -> KPIGapFrom | None:
        """Whether that value was measured."""
        return self.remaining.gap_from

    @property
    def target(self) -> float | None:
        """The value it should reach."""
        return self.remaining.kpi.target

    @property
    def target_by(self) -> str | None:
        """The day by which it should."""
        return self.remaining.kpi.target_by

    @property
    def gap(self) -> float | None:
        """Target less value."""
        return self.remaining.gap

    @property
    def reached(self) -> bool | None:
        """Whether nothing is left."""
        return self.remaining.reached

    @cached_property
    def _counted(self) -> list[KPIClaim]:
        return [one for one in self.settled if one.counts]

    @cached_property
    def claimed(self) -> ClaimTotal:
        """What the claims that count are together."""
        return ClaimTotal(together(one.claim for one in self._counted), self.remaining)

    @property
    def claimed_twice(self) -> int:
        """How many claims are part of another."""
        return sum(one.state is ClaimState.CLAIMED_TWICE for one in self.settled)

    @cached_property
    def overclaimed(self) -> bool | None:
        """Whether claims that count, two at least, promise more than is left; null where nobody can tell."""
        way, gap, reached = self.remaining.way, self.remaining.gap, self.remaining.reached
        if len(self._counted) < 2:  # noqa: PLR2004 - one claim exceeds a gap by itself
            return False
        if way is None or gap is None or reached is None:
            return None
        towards = [change for one in self._counted if (change := one.claim.change) is not None and way * change > 0]
        left = 0.0 if reached else way * gap
        promised = total(way * change for change in towards)
        if len(towards) > 1 and (promised is None or promised > left * _ROUNDING):
            return True
        return None if self.claimed.unknown else False

    @property
    def wrong_direction(self) -> int:
        """How many claims that count go the wrong way."""
        return sum(one.wrong_direction is True for one in self._counted)

    @property
    def late(self) -> int:
        """How many claims that count are for a day after that of the target."""
        return sum(one.late is True for one in self._counted)

    @property
    def passed(self) -> int:
        """Of how many claims that count the day had come when the value was measured."""
        return sum(one.passed is True for one in self._counted)

    @property
    def missing(self) -> list[KPIGapTerm]:
        """What is unknown."""
        found = set(self.remaining.missing)
        if self.claimed.unknown:
            found.add(KPIGapTerm.EXPECTED_CHANGE)
        shares = [(one.claim.change, one.share) for one in self._counted] + [
            (self.claimed.known, self.claimed.known_share)
        ]
        lost = any(change is not None and part is None for change, part in shares)
        if self.claimed.known is None or (lost and self.remaining.reached is False):
            found.add(KPIGapTerm.TOO_LARGE)
        return sorted(found, key=TERMS.__getitem__)

    def claims(self, **arguments: Any) -> Connection[KPIClaim]:
        """List the claims: those that count first, the largest first."""
        return Connection(self.settled, CLAIM_ORDER, arguments)

    def aimed_at_by(self, **arguments: Any) -> Connection[AimingOpportunity]:
        """List the opportunities that aim at it, by key."""
        return Connection(self.aims, AIM_ORDER, arguments)

    def driven_by(self, **arguments: Any) -> Connection[DrivingKPI]:
        """List the KPIs that drive it, by key."""
        return Connection(self.driving, DRIVER_ORDER, arguments)


KPI_ORDER: Sorting[KPIDrivers] = Sorting(
    (term("share", float, descending=True, nullable=True), term("key", str)),
    lambda one: [one.claimed.known_share, one.key],
)


def drivers(remaining: Remaining, claims: Sequence[Claim], delivered: Delivered) -> KPIDrivers:
    """Hold claims against what a KPI still lacks."""
    settled = [KPIClaim(one, remaining) for one in settle(claims, delivered)]
    return KPIDrivers(remaining, CLAIM_ORDER.sort(settled), (), ())


def _read(row: Sequence[Any], on: str) -> KPIDrivers:
    kpi, measured, claimed, aims, driving = row
    about = read_kpi(kpi)
    claims = {item[0]: Claim(*item[:-1]) for item in claimed}
    found = drivers(
        Remaining(about, total_series(about, map(read_measurement, measured), on), on),
        list(claims.values()),
        {item[0]: item[-1] for item in claimed},
    )
    live = [one.claim for one in found.settled if not one.claim.ended]
    by_key = sorted(live, key=lambda claim: (claim.kind, claim.key))
    aiming = [
        AimingOpportunity(identity, key, [claim.claimant for claim in by_key if claim.number in numbers])
        for identity, key, numbers in aims
    ]
    return KPIDrivers(
        found.remaining, found.settled, AIM_ORDER.sort(aiming), DRIVER_ORDER.sort([DrivingKPI(*one) for one in driving])
    )


@dataclass(frozen=True)
class KPIDriversQuestion:
    """The question, for the planner: of the graph or of a scope, or about one KPI."""

    name: str = "kpi_drivers"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts."""
        if self.about_entity:
            files = ("scope/about", "scope/alone", "scope/thread", "kpi_drivers")
            return chained(*map(load, files), given="start")
        return statement(arguments, "kpi_drivers", ("KPI",))

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give those of the scope, and the day."""
        return {**parameters(arguments), "on": day(arguments)}

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> Connection[KPIDrivers] | KPIDrivers:
        """Tell of the one KPI, or list all, those first of whose gap most is claimed."""
        on, thread, rows = facts
        if self.about_entity:
            return _read(rows[0], on)
        scope = read_thread_facts(thread).scope(arguments)
        found = [_read(row, on) for row in rows if scope is None or row[0][0] in scope]
        return Connection(KPI_ORDER.sort(found), KPI_ORDER, arguments)
