"""KPI states: where each number stands, how sure that is, where it goes, and who sees it otherwise.

Facts: `cypher/kpi_states.cypher` after `cypher/scope/`. Pure.

The value is the latest of the KPI's own total series (see `kpi`), with its interval (see `estimate`) and the share
heard (see `heard`); from it follow progress and status (see `course`). The trend (see `trend`) is of the whole series.
Values of parts, of other sides of the counter and of competitors (see `perception`) are each the latest of their own.

Of RETENTION a series that mixes what was counted, or counts what the variant does not mean, is refused: its value, and
all that would follow from it, is null, and the term COHORT named. Of other methods such a series has a value, and no
trend.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.model.choices import KPIMethod
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.figures.course import Course, KPIStatus
from graph_api.questions.figures.estimate import Estimate, IntervalMethod, KPITerm, in_order
from graph_api.questions.figures.heard import Heard, Worth, heard
from graph_api.questions.figures.kpi import (
    KPI,
    Measurement,
    latest,
    mixed,
    one_a_day,
    read_kpi,
    read_measurement,
    total_series,
    usable,
)
from graph_api.questions.figures.perception import (
    COMPETITOR_ORDER,
    GAP_ORDER,
    PART_ORDER,
    KPICompetitor,
    KPIPart,
    PerceptionGap,
    parts_key,
    perception_gaps,
)
from graph_api.questions.figures.trend import Trend, TrendDirection, trend
from graph_api.questions.thread.scope import day, parameters, read_thread_facts, statement
from graph_api.store.statements import Statement, chained, load

OTHERS = frozenset({"parts", "perception_gaps", "competitors"})
"""What of the answer takes more than our own values for everybody."""

_RANKS = {status: rank for rank, status in enumerate(KPIStatus)}


POINT_ORDER: Sorting[Estimate] = Sorting((term("measuredOn", str),), lambda point: [point.measured_on])


@dataclass(frozen=True)
class KPIState:
    """Where a KPI stands on a day."""

    of: KPI
    on: str
    """The day, ISO 8601."""
    measurements: Sequence[Measurement]
    worth: Sequence[Worth] = ()

    @property
    def kpi(self) -> Found:
        """The KPI."""
        return self.of.kpi

    @property
    def key(self) -> str:
        """Its key."""
        return self.of.key

    @cached_property
    def _series(self) -> list[Measurement]:
        return total_series(self.of, self.measurements, self.on)

    @cached_property
    def _mixed(self) -> bool:
        return mixed(self.of, self._series)

    @cached_property
    def estimate(self) -> Estimate:
        """The latest value, for everybody."""
        return Estimate(self.of, latest(self._series), self._mixed and self.of.method == KPIMethod.RETENTION)

    @cached_property
    def course(self) -> Course:
        """Where it is between its baseline and its target."""
        return Course(self.of, self.on, self.estimate)

    @cached_property
    def _heard(self) -> Heard:
        measurement = self.estimate.measurement
        return Heard() if measurement is None or self.value is None else heard(measurement, self.worth)

    @property
    def value(self) -> float | None:
        """The latest value, in the KPI's unit."""
        return self.estimate.value

    @property
    def low(self) -> float | None:
        """The lower end of its interval."""
        return self.estimate.low

    @property
    def high(self) -> float | None:
        """The upper end."""
        return self.estimate.high

    @property
    def interval_method(self) -> IntervalMethod | None:
        """How the interval was found."""
        return self.estimate.interval_method

    @property
    def measured_on(self) -> str | None:
        """The day that the value stands for."""
        return self.estimate.measured_on

    @property
    def age_days(self) -> int | None:
        """How old it is, in days."""
        if self.measured_on is None:
            return None
        return (date.fromisoformat(self.on) - date.fromisoformat(self.measured_on)).days

    @property
    def sample_size(self) -> int | None:
        """How many were asked."""
        return self.estimate.sample_size

    @property
    def counted_by(self) -> str | None:
        """What was counted."""
        return self.estimate.counted_by

    @property
    def respondent_side(self) -> str | None:
        """On which side of the counter those stand who answered."""
        return self.estimate.respondent_side

    @property
    def share_heard(self) -> float | None:
        """Which share of those asked answered, or of the revenue."""
        return self._heard.share

    @property
    def gap(self) -> float | None:
        """What is still wanting."""
        return self.course.gap

    @property
    def progress(self) -> float | None:
        """How far it came."""
        return self.course.progress

    @property
    def progress_low(self) -> float | None:
        """The progress at the worse end of the interval."""
        return self.course.progress_low

    @property
    def progress_high(self) -> float | None:
        """That at the better end."""
        return self.course.progress_high

    @property
    def elapsed(self) -> float | None:
        """Which share of the time has passed."""
        return self.course.elapsed

    @property
    def held(self) -> bool | None:
        """Whether a KPI that should HOLD is within its band."""
        return self.course.held

    @property
    def status(self) -> KPIStatus:
        """Whether it is where it should be."""
        return self.course.status

    @cached_property
    def trend(self) -> Trend:
        """Where the series goes."""
        found = [] if self._mixed else [Estimate(self.of, one) for one in self._series]
        return trend(self.of, [(one.measured_on or "", one.value) for one in found if one.value is not None])

    @property
    def missing(self) -> list[KPITerm]:
        """What is unknown."""
        terms = self.estimate.terms | self.course.terms | self._heard.missing
        if self._mixed:
            terms.add(KPITerm.COHORT)
        elif self.trend.direction == TrendDirection.UNKNOWN and self.trend.slope is None and self._series:
            terms.add(KPITerm.POINTS)
        return in_order(terms)

    def series(self, **arguments: Any) -> Connection[Estimate]:
        """Its values for everybody, the oldest first."""
        return Connection([Estimate(self.of, one) for one in self._series], POINT_ORDER, arguments)

    @cached_property
    def _groups(self) -> dict[tuple[str, str | None], KPIPart]:
        """The latest value of ours for each parts and side, everybody included."""
        groups: dict[tuple[str, str | None], list[Measurement]] = defaultdict(list)
        for one in usable(self.of, (one for one in self.measurements if one.own), self.on):
            groups[parts_key(one.parts), one.side].append(one)
        return {group: self._part(one_a_day(found)[-1]) for group, found in groups.items()}

    def _part(self, measurement: Measurement) -> KPIPart:
        return KPIPart(self.of, measurement, heard=heard(measurement, self.worth))

    def parts(self, **arguments: Any) -> Connection[KPIPart]:
        """List the latest value of each part of everybody and side, by kind and key."""
        found = [part for (key, _), part in self._groups.items() if key]
        return Connection(PART_ORDER.sort(found), PART_ORDER, arguments)

    def perception_gaps(self, **arguments: Any) -> Connection[PerceptionGap]:
        """Tell how differently those on two sides of the counter see it: of everybody first, then by parts."""
        return Connection(perception_gaps(self._groups.values()), GAP_ORDER, arguments)

    def competitors(self, **arguments: Any) -> Connection[KPICompetitor]:
        """List the latest value of each competitor, by name."""
        theirs: dict[str | None, list[Measurement]] = defaultdict(list)
        for one in usable(self.of, self.measurements, self.on):
            if not one.own and one.total:
                theirs[one.competitor].append(one)
        found = [KPICompetitor(self.of, one_a_day(all_)[-1], ours=self.estimate) for all_ in theirs.values()]
        return Connection(COMPETITOR_ORDER.sort(found), COMPETITOR_ORDER, arguments)


STATE_ORDER: Sorting[KPIState] = Sorting(
    (term("status", int), term("key", str)), lambda state: [_RANKS[state.status], state.key]
)


def read_states(rows: Iterable[Sequence[Any]], on: str) -> list[KPIState]:
    """Turn the rows of kpi_states.cypher into states."""
    return [
        KPIState(read_kpi(kpi), on, [read_measurement(one) for one in measured], [Worth(*one) for one in worth])
        for kpi, measured, worth in rows
    ]


@dataclass(frozen=True)
class KPIStatesQuestion:
    """The question, for the planner: of the graph or of a scope, or of one KPI."""

    name: str = "kpi_states"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts."""
        if self.about_entity:
            return chained(load("scope/itself"), load("scope/thread"), load("kpi_states"), given="start")
        return statement(arguments, "kpi_states", ("KPI",))

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give those of the scope, the day, and what has to be read."""
        return {**parameters(arguments), "on": day(arguments), "others": bool(selected & OTHERS)}

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> KPIState | Connection[KPIState] | None:
        """Tell where the KPIs stand, those behind first; or where the one does that was asked about."""
        on, thread, rows = facts
        states = read_states(rows, on)
        if self.about_entity:
            return states[0] if states else None
        scope = read_thread_facts(thread).scope(arguments)
        found = [state for state in states if scope is None or state.of.number in scope]
        return Connection(STATE_ORDER.sort(found), STATE_ORDER, arguments)
