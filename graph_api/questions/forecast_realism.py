"""Forecast realism: of what a department or partner claimed, and by now should have come, how much did come.

Facts: `cypher/forecast_realism.cypher` after `cypher/scope/`. Pure. A claim is that an initiative or a proposition
moves a KPI by so much, by some day; see `claims` for whose it is.

    ratio = (value at the day - value at the start) / change claimed

1 is as claimed, 0 is nothing, below 0 the other way, and above 1 more. The start is the first day of the initiative, of
a proposition the earliest of the initiatives that deliver it; the day claimed must come after it. The value of a day is
the KPI's own for everybody, the last measured up to it and not more than 92 days before; at the start, where there is
none, the KPI's baseline, if it is of these days. Whatever else moved the KPI is in the ratio too: it says how well a
party foresees, not what it brings about; for that, see `initiative_effects`.

A party is judged by the median of its known ratios. Claims of which nobody can say what came are counted beside it, and
named; they are no zeros. Where a party owns a proposition and an initiative that delivers it, and both claims on a KPI
are due, they are one change, and the proposition's counts (see `claims`); so each change is one point. What is retired
or stopped claims nothing any more. The interval of the median, with 95 % confidence, takes no distribution for granted
(scipy.stats.quantile_test, after W. J. Conover, Practical Nonparametric Statistics, 1999); of fewer than six claims
there is none.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import isfinite, isnan
from statistics import median
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.model.values import Choice
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.figures.claims import Claim, ClaimState, OwnedClaim, read_claim, settle
from graph_api.questions.figures.interruption import rounded, usable
from graph_api.questions.figures.interval import CONFIDENCE, Interval
from graph_api.questions.figures.kpi import KPI, Measurement, fresh, mixed, read_kpi, read_measurement, total_series
from graph_api.questions.figures.kpi import value as value_of
from graph_api.questions.thread.facts import Party
from graph_api.questions.thread.scope import Number, day, parameters, read_thread_facts, statement
from graph_api.store.statements import Statement, chained, load


class ForecastState(Choice):
    """What became of a claim."""

    KNOWN = "KNOWN", "Its day has come, and what came by then is known."
    UNKNOWN = "UNKNOWN", "Its day has come, or is unknown, and so is something else: `missing` names it."
    NOT_DUE = "NOT_DUE", "Its day is still to come."
    CLAIMED_TWICE = (
        "CLAIMED_TWICE",
        (
            "It does not count: a proposition that the initiative delivers, of the same party, claims the same change, "
            "and that is due too."
        ),
    )
    ENDED = "ENDED", "It does not count: the proposition is retired, or the initiative stopped."


class ForecastTerm(Choice):
    """What must be known before anybody can say how much of a claim came."""

    EXPECTED_CHANGE = "EXPECTED_CHANGE", "By how much the KPI should move, other than by nothing."
    BY = "BY", "By when: a day after the first."
    START_VALUE = (
        "START_VALUE",
        (
            "The KPI's value when it began: measured at most 92 days before the first day, or a baseline of these "
            "days. It takes a first day."
        ),
    )
    VALUE_AT_BY = "VALUE_AT_BY", "The KPI's value at the day: measured at most 92 days before, and after the start."
    SAME_COUNT = "SAME_COUNT", "Two values that count the same thing."


_TERMS = {one: place for place, one in enumerate(ForecastTerm)}


class StartFrom(Choice):
    """Where the value at the start of a claim comes from."""

    MEASURED = "MEASURED", "It was measured."
    BASELINE = "BASELINE", "It is the KPI's baseline."


@dataclass(frozen=True, slots=True)
class Reading:
    """What a KPI stood at on a day, ISO 8601."""

    on: str
    value: float
    measurement: Measurement | None = None
    """None for a baseline."""


@dataclass(frozen=True)
class Scale:
    """A KPI and its own total series, up to a day."""

    kpi: KPI
    series: Sequence[Measurement]

    @cached_property
    def _readings(self) -> list[Reading]:
        found = ((one, value_of(self.kpi, one)) for one in self.series)
        return [Reading(one.day or "", value, one) for one, value in found if value is not None and usable(value)]

    def at(self, wanted: str) -> Reading | None:
        """Return the last value measured up to a day, if it still tells."""
        found = next((one for one in reversed(self._readings) if one.on <= wanted), None)
        return found if found is not None and fresh(found.on, wanted) else None

    def baseline(self, wanted: str) -> Reading | None:
        """Return the baseline, if it is known to be from up to a day, and still tells."""
        value, on = self.kpi.baseline, self.kpi.baseline_on
        if value is None or on is None or not usable(value) or on > wanted:
            return None
        return Reading(on, value) if fresh(on, wanted) else None


@dataclass(frozen=True)
class ForecastClaim:
    """A claim, and what became of it."""

    on: str
    claimant: Found
    key: str
    start: str | None
    expected_change: float | None
    by: str | None
    scale: Scale
    settled: ClaimState = ClaimState.COUNTED
    """Whether it counts among the party's other claims on the KPI."""

    @property
    def kpi(self) -> Found:
        """The KPI that it should move."""
        return self.scale.kpi.kpi

    @property
    def is_due(self) -> bool:
        """Whether its day has come."""
        return self.by is not None and self.by <= self.on

    @property
    def _has_time(self) -> bool:
        """Whether its day comes after its first; true where either is unknown."""
        return self.by is None or self.start is None or self.start < self.by

    @property
    def state(self) -> ForecastState:
        """What became of it."""
        if self.settled is not ClaimState.COUNTED:
            return ForecastState[self.settled.name]
        if self.by is not None and not self.is_due:
            return ForecastState.NOT_DUE
        return ForecastState.UNKNOWN if self.ratio is None else ForecastState.KNOWN

    @cached_property
    def _first(self) -> Reading | None:
        return None if self.start is None else self.scale.at(self.start) or self.scale.baseline(self.start)

    @cached_property
    def _last(self) -> Reading | None:
        found = self.scale.at(self.by) if self.by is not None and self.is_due else None
        return None if found is None or (self._first is not None and found.on <= self._first.on) else found

    @property
    def start_on(self) -> str | None:
        """The day of the value at the start."""
        return None if self._first is None else self._first.on

    @property
    def start_value(self) -> float | None:
        """The value at the start."""
        return None if self._first is None else self._first.value

    @property
    def start_from(self) -> StartFrom | None:
        """Where that comes from."""
        if self._first is None:
            return None
        return StartFrom.BASELINE if self._first.measurement is None else StartFrom.MEASURED

    @property
    def end_on(self) -> str | None:
        """The day of the value by its day."""
        return None if self._last is None else self._last.on

    @property
    def end_value(self) -> float | None:
        """The value by its day."""
        return None if self._last is None else self._last.value

    @property
    def _mixed(self) -> bool:
        both = [one.measurement for one in (self._first, self._last) if one is not None]
        return mixed(self.scale.kpi, (one for one in both if one is not None))

    @property
    def came(self) -> float | None:
        """By how much the KPI moved."""
        if self._first is None or self._last is None or self._mixed or not self._has_time:
            return None
        return rounded(self._last.value - self._first.value)

    @property
    def ratio(self) -> float | None:
        """What came over what was claimed."""
        if self.came is None or not self.expected_change:
            return None
        ratio = self.came / self.expected_change
        return rounded(ratio) if isfinite(ratio) else None

    @property
    def missing(self) -> list[ForecastTerm]:
        """What is unknown and would have to be known; of one that is not due, only what it says itself."""
        missing: set[ForecastTerm] = set()
        if not self.expected_change or (self.came is not None and self.ratio is None):
            missing.add(ForecastTerm.EXPECTED_CHANGE)
        if self.by is None or not self._has_time:
            missing.add(ForecastTerm.BY)
        if self.is_due:
            terms = {ForecastTerm.START_VALUE: self._first, ForecastTerm.VALUE_AT_BY: self._last}
            missing |= {name for name, value in terms.items() if value is None}
            missing |= {ForecastTerm.SAME_COUNT} if self._mixed else set()
        return sorted(missing, key=_TERMS.__getitem__)


CLAIM_ORDER: Sorting[ForecastClaim] = Sorting(
    (term("claimant", str), term("kind", str), term("kpi", str)),
    lambda claim: [claim.key, claim.claimant.kind, claim.scale.kpi.key],
)


def median_interval(ratios: Sequence[float]) -> Interval | None:
    """Return the interval of the median of all such claims; None of fewer than six."""
    # See interval for why it is imported here.
    from scipy.stats import quantile_test  # type: ignore[import-untyped] # noqa: PLC0415 - scipy has no types

    if not ratios:
        return None
    found = quantile_test(ratios, q=0, p=0.5).confidence_interval(confidence_level=CONFIDENCE)
    low, high = float(found.low), float(found.high)
    return None if isnan(low) or isnan(high) else Interval(low, high)


@dataclass(frozen=True)
class PartyRealism:
    """How realistic the claims of a party have been."""

    party: Found | None
    key: str | None
    all_claims: Sequence[ForecastClaim]

    def _count(self, state: ForecastState) -> int:
        return sum(claim.state is state for claim in self.all_claims)

    @property
    def known(self) -> int:
        """Of how many claims it is known what came."""
        return self._count(ForecastState.KNOWN)

    @property
    def unknown(self) -> int:
        """Of how many it is not."""
        return self._count(ForecastState.UNKNOWN)

    @property
    def not_due(self) -> int:
        """How many are not due."""
        return self._count(ForecastState.NOT_DUE)

    @property
    def claimed_twice(self) -> int:
        """How many are part of another claim of theirs."""
        return self._count(ForecastState.CLAIMED_TWICE)

    @property
    def ended(self) -> int:
        """How many are of what has ended."""
        return self._count(ForecastState.ENDED)

    @cached_property
    def _ratios(self) -> list[float]:
        known = (claim for claim in self.all_claims if claim.state is ForecastState.KNOWN)
        return sorted(claim.ratio for claim in known if claim.ratio is not None)

    @property
    def median_ratio(self) -> float | None:
        """The median of the known ratios; null where none is known."""
        return rounded(median(one / 2 for one in self._ratios) * 2) if self._ratios else None

    @cached_property
    def _interval(self) -> Interval | None:
        return median_interval(self._ratios)

    @property
    def low(self) -> float | None:
        """The lower end of its interval."""
        return self._interval and self._interval.low

    @property
    def high(self) -> float | None:
        """The upper end."""
        return self._interval and self._interval.high

    def claims(self, states: Sequence[str] | None = None, **arguments: Any) -> Connection[ForecastClaim]:
        """List the claims, by the keys of claimant and KPI."""
        wanted = [claim for claim in self.all_claims if states is None or claim.state in states]
        return Connection(CLAIM_ORDER.sort(wanted), CLAIM_ORDER, arguments)


PARTY_ORDER: Sorting[PartyRealism] = Sorting(
    (term("party", str, nullable=True), term("kind", str, nullable=True)),
    lambda realism: [realism.key, realism.party and realism.party.kind],
)


def read_scales(rows: Iterable[Sequence[Any]], on: str) -> dict[Number, Scale]:
    """Turn rows of a KPI and its measurements, those up to a day, into scales, by the KPI's number."""
    scales = {}
    for row, measured in rows:
        kpi = read_kpi(row)
        scales[kpi.number] = Scale(kpi, total_series(kpi, map(read_measurement, measured), on))
    return scales


def judged(claims: Sequence[OwnedClaim], scales: Mapping[Number, Scale], on: str) -> list[ForecastClaim]:
    """Tell of each claim of a party what became of it by a day; a claim that is not due holds no other."""
    delivered = {one.claim.number: one.delivered_by for one in claims}
    found = [
        ForecastClaim(
            on,
            one.claim.claimant,
            one.claim.key,
            one.start,
            one.claim.change,
            one.claim.by,
            scales[one.kpi],
        )
        for one in claims
    ]
    by_kpi: dict[Number, list[Claim]] = defaultdict(list)
    for one, forecast in zip(claims, found, strict=True):
        if forecast.is_due or one.claim.ended:
            by_kpi[one.kpi].append(one.claim)
    states = {(kpi, one.claim.number): one.state for kpi, of in by_kpi.items() for one in settle(of, delivered)}
    return [
        replace(forecast, settled=states.get((one.kpi, one.claim.number), ClaimState.COUNTED))
        for one, forecast in zip(claims, found, strict=True)
    ]


def realism(party: Party | None, claims: Sequence[OwnedClaim], scales: Mapping[Number, Scale], on: str) -> PartyRealism:
    """Judge all claims of a party; those of nobody where it is null."""
    about, key = (None, None) if party is None else (Found(party.id, party.kind), party.key)
    return PartyRealism(about, key, judged(claims, scales, on))


@dataclass(frozen=True)
class ForecastRealismQuestion:
    """The question, for the planner: of the graph or of a scope, or about one department or partner."""

    name: str = "forecast_realism"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts."""
        if self.about_entity:
            return chained(load("scope/claimed"), load("scope/thread"), load("forecast_realism"), given="start")
        return statement(arguments, "forecast_realism", ("Initiative", "Proposition", "KPI"))

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give those of the scope, and the day."""
        return {**parameters(arguments), "on": day(arguments)}

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> Connection[PartyRealism] | PartyRealism:
        """List the parties by key, and last what nobody answers for; or tell of the one that was asked about."""
        on, thread, named, rows, kpis = facts
        scope = read_thread_facts(thread).scope(arguments)
        claims = [
            one for one in map(read_claim, rows) if scope is None or scope.issuperset((one.claim.number, one.kpi))
        ]
        scales = read_scales(kpis, on)
        if self.about_entity:
            (about,) = (Party(*one) for one in named)
            return realism(about, [one for one in claims if about in one.parties], scales, on)
        by_party: dict[Party | None, list[OwnedClaim]] = defaultdict(list)
        for one in claims:
            for party in one.parties or (None,):
                by_party[party].append(one)
        found = [realism(party, of, scales, on) for party, of in by_party.items()]
        return Connection(PARTY_ORDER.sort(found), PARTY_ORDER, arguments)
