"""Course: whether a KPI is where it should be by a day. Pure.

Progress is held against an even pace, on the day that the value was measured: at a third of the time a third of the
way. What is measured late so counts for its own day, and not as no progress since; but a value that is more than 92
days old, on the day asked for or that of the target where it has passed, tells nothing any more: STALE. Where the value
has an interval, both its ends are, so that nothing is claimed which the next survey may deny; where it has none, the
value itself is. The baseline counts as exact. A KPI that should HOLD is where it should be within its band, at any
time.
"""

from dataclasses import dataclass
from functools import cached_property

from graph_api.model.choices import KPIDirection
from graph_api.model.values import Choice
from graph_api.questions.figures.estimate import Estimate, KPITerm
from graph_api.questions.figures.interval import Interval
from graph_api.questions.figures.kpi import KPI, fresh
from graph_api.questions.figures.progress import elapsed, gap, held, progress, way


class KPIStatus(Choice):
    """Whether a KPI is where it should be."""

    BEHIND = (
        "BEHIND",
        "Its whole interval is behind an even pace, for its day; of one that should HOLD, outside its band.",
    )
    UNCERTAIN = (
        "UNCERTAIN",
        "Its interval leaves it open; or it was at an even pace when last measured, and the target's day passed since.",
    )
    UNKNOWN = "UNKNOWN", "A term is unknown, or the value too old: `missing` names it."
    ON_TRACK = "ON_TRACK", "Its whole interval is at an even pace, for its day, or ahead of it."
    REACHED = "REACHED", "Its whole interval is at the target or beyond; of one that should HOLD, within its band."


@dataclass(frozen=True)
class Course:
    """Where a KPI stands on a day, between its baseline and its target."""

    kpi: KPI
    on: str
    """The day, ISO 8601."""
    estimate: Estimate

    @property
    def holds(self) -> bool:
        """Whether it should stay where it is."""
        return self.kpi.direction == KPIDirection.HOLD

    @property
    def gap(self) -> float | None:
        """What is still wanting: target - value."""
        return gap(self.estimate.value, self.kpi.target)

    @property
    def progress(self) -> float | None:
        """How far it came from its baseline, 0, to its target, 1."""
        return None if self.holds else progress(self.kpi.baseline, self.kpi.target, self.estimate.value)

    @cached_property
    def _progress(self) -> Interval | None:
        interval = self.estimate.interval
        if interval is None or self.holds:
            return None
        low, high = (progress(self.kpi.baseline, self.kpi.target, end) for end in interval)
        return None if low is None or high is None else Interval(min(low, high), max(low, high))

    @property
    def progress_low(self) -> float | None:
        """The progress at the worse end of the interval."""
        return self._progress and self._progress.low

    @property
    def progress_high(self) -> float | None:
        """That at the better end."""
        return self._progress and self._progress.high

    @property
    def elapsed(self) -> float | None:
        """Which share of the time from baseline to target has passed."""
        return elapsed(self.kpi.baseline_on, self.kpi.target_by, self.on)

    @property
    def held(self) -> bool | None:
        """Whether a KPI that should HOLD is within its band; null of any other."""
        return held(self.estimate.value, self.kpi.target, self.kpi.hold_band) if self.holds else None

    @cached_property
    def _way(self) -> int | None:
        """Which way it should go: 1 up, -1 down."""
        return way(self.kpi.direction, self.kpi.baseline, self.kpi.target)

    @property
    def stale(self) -> bool:
        """Whether its value is too old to tell where it stands on the day, or stood on that of its target."""
        measured = self.estimate.measured_on
        wanted = self.on if self.kpi.target_by is None else min(self.on, self.kpi.target_by)
        return measured is not None and self.estimate.value is not None and not fresh(measured, wanted)

    @cached_property
    def status(self) -> KPIStatus:
        """Whether it is where it should be; see above."""
        value = self.estimate.value
        if value is None or self.kpi.target is None or self.stale:
            return KPIStatus.UNKNOWN
        ends = self.estimate.interval or Interval(value, value)
        return self._held_status(ends, self.kpi.target) if self.holds else self._status(ends, self.kpi.target)

    def _held_status(self, ends: Interval, target: float) -> KPIStatus:
        band = self.kpi.hold_band
        if band is None:
            return KPIStatus.UNKNOWN
        if all(held(end, target, band) for end in ends):
            return KPIStatus.REACHED
        aside = ends.high < target or ends.low > target
        outside = aside and not any(held(end, target, band) for end in ends)
        return KPIStatus.BEHIND if outside else KPIStatus.UNCERTAIN

    def _status(self, ends: Interval, target: float) -> KPIStatus:
        way = self._way
        if way is None:
            return KPIStatus.UNKNOWN
        beyond = [way * end >= way * target for end in ends]
        if all(beyond):
            return KPIStatus.REACHED
        passed = elapsed(self.kpi.baseline_on, self.kpi.target_by, self.estimate.measured_on or self.on)
        if passed == 1:
            return KPIStatus.UNCERTAIN if any(beyond) else KPIStatus.BEHIND
        share = self.progress
        if passed is None or share is None:
            return KPIStatus.UNKNOWN
        low, high = self._progress or Interval(share, share)
        if low >= passed:
            # On pace when it was measured, and not there: on the target's day nobody knows.
            return KPIStatus.UNCERTAIN if self.elapsed == 1 else KPIStatus.ON_TRACK
        return KPIStatus.BEHIND if high < passed else KPIStatus.UNCERTAIN

    @property
    def attained(self) -> float | None:
        """What it adds to a goal, 0 to 1: its progress, cut there; of one that should HOLD, 1 held and 0 not.

        It is what the latest value itself tells, however old and wherever its interval ends. One that is at its target
        adds 1, wherever it began. Null where that is unknown.
        """
        value, target, way = self.estimate.value, self.kpi.target, self._way
        if self.holds:
            return None if self.held is None else float(self.held)
        if value is None or target is None or way is None:
            return None
        if way * value >= way * target:
            return 1.0
        if self.progress is None:
            return None
        return min(1.0, max(0.0, self.progress))

    @property
    def terms(self) -> set[KPITerm]:
        """What is unknown of where it should be."""
        kpi, value = self.kpi, self.estimate.value
        terms = {KPITerm.TARGET} if kpi.target is None else set()
        if self.stale:
            terms.add(KPITerm.STALE)
        lost = [self.gap, *([] if self.holds or kpi.baseline in {None, kpi.target} else [self.progress])]
        if value is not None and kpi.target is not None and None in lost:
            terms.add(KPITerm.TOO_LARGE)
        if self.holds:
            return terms | ({KPITerm.HOLD_BAND} if kpi.hold_band is None else set())
        if kpi.baseline is None or kpi.baseline == kpi.target:
            terms.add(KPITerm.BASELINE)
        if kpi.direction is None or (kpi.target is not None and self._way is None):
            terms.add(KPITerm.DIRECTION)
        if kpi.target_by is None or (kpi.baseline_on is not None and kpi.target_by <= kpi.baseline_on):
            terms.add(KPITerm.TARGET_BY)
        if kpi.baseline_on is None:
            terms.add(KPITerm.BASELINE_ON)
        return terms
