"""What a KPI still lacks of its target, and what part of that a change would be. Pure.

The gap is target less value, in the KPI's unit: the latest value of its own total series (see kpi), or where it has
none, its baseline, unless that is known to be from after the day. A KPI is reached where nothing is left in its
direction; one that is to HOLD, where it is within its band. Of a gap that is reached or unknown nobody can tell the
share of a change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from graph_api.model.choices import KPIDirection, KPIMethod
from graph_api.model.values import Choice
from graph_api.questions.figures.exact import share
from graph_api.questions.figures.kpi import KPI, Measurement, latest, mixed, value
from graph_api.questions.figures.progress import gap, held, way


class KPIGapFrom(Choice):
    """From where a gap to a target is measured."""

    MEASUREMENT = "MEASUREMENT", "From the latest measurement that is our own and for everybody."
    BASELINE = "BASELINE", "From the baseline: nothing was measured."


class KPIGapTerm(Choice):
    """What must be known to say which part of a KPI's gap a change is."""

    VALUE = "VALUE", "A measurement of our own, for everybody, or a baseline, up to the day."
    COHORT = (
        "COHORT",
        "Measurements of RETENTION that count what the variant means: these count something else, or different things.",
    )
    TARGET = "TARGET", "The value it should reach."
    DIRECTION = "DIRECTION", "Which way it should go; the target lies that way from the baseline."
    HOLD_BAND = "HOLD_BAND", "For HOLD: how far from the target still counts as held."
    EXPECTED_CHANGE = "EXPECTED_CHANGE", "The change claimed, where a claim has no number."
    TOO_LARGE = "TOO_LARGE", "Nothing: a number is too large to work with."


TERMS = {term: place for place, term in enumerate(KPIGapTerm)}
"""The terms' order."""


@dataclass(frozen=True)
class Remaining:
    """What a KPI still lacks, as far as its own total series tells."""

    kpi: KPI
    series: Sequence[Measurement]
    """The series until the day, the oldest first."""
    on: str
    """The day, ISO 8601."""

    @cached_property
    def _mixed(self) -> bool:
        # As kpi_states refuses them; elsewhere the latest value stands for itself.
        return self.kpi.method == KPIMethod.RETENTION and mixed(self.kpi, self.series)

    @property
    def gap_from(self) -> KPIGapFrom | None:
        """From where the gap is measured; null where neither a measurement nor a baseline is there, or usable."""
        if self.series:
            return None if self._mixed else KPIGapFrom.MEASUREMENT
        return None if self._baseline is None else KPIGapFrom.BASELINE

    @property
    def _baseline(self) -> float | None:
        later = self.kpi.baseline_on is not None and self.kpi.baseline_on > self.on
        return None if later else self.kpi.baseline

    @cached_property
    def value(self) -> float | None:
        """The value from which the gap is measured."""
        newest = latest(self.series)
        if newest is None:
            return self._baseline
        return None if self._mixed else value(self.kpi, newest)

    @property
    def day(self) -> str | None:
        """The day of that value, ISO 8601."""
        newest = latest(self.series)
        if newest is None:
            return None if self._baseline is None else self.kpi.baseline_on
        return newest.day

    @cached_property
    def gap(self) -> float | None:
        """Target less value: negative where it must fall."""
        return gap(self.value, self.kpi.target)

    @cached_property
    def reached(self) -> bool | None:
        """Whether nothing is left; null where nobody can tell."""
        if self.gap is None:
            return None
        if self.gap == 0:
            return True
        if self.kpi.direction == KPIDirection.HOLD:
            return held(self.value, self.kpi.target, self.kpi.hold_band)
        return None if self._way is None else self._way * self.gap < 0

    @property
    def _way(self) -> int | None:
        return way(self.kpi.direction, self.kpi.baseline, self.kpi.target)

    @property
    def way(self) -> int | None:
        """Which way a change should go, 1 up or -1 down; of what is to HOLD: back to its target, if that is known."""
        if self.kpi.direction == KPIDirection.HOLD:
            return None if self.gap is None or self.reached is not False else 1 if self.gap > 0 else -1
        return self._way

    def share(self, change: float | None) -> float | None:
        """Say which share of the gap a change is, negative where it goes the wrong way."""
        if change is None or self.gap is None or self.reached is not False:
            return None
        return share(change, self.gap)

    @property
    def missing(self) -> list[KPIGapTerm]:
        """What is unknown."""
        kpi, found = self.kpi, []
        if self.series and self._mixed:
            found.append(KPIGapTerm.COHORT)
        elif self.value is None:
            found.append(KPIGapTerm.VALUE)
        if kpi.target is None:
            found.append(KPIGapTerm.TARGET)
        if kpi.direction is None or (self._way is None and kpi.direction != KPIDirection.HOLD):
            found.append(KPIGapTerm.DIRECTION)
        if kpi.direction == KPIDirection.HOLD and kpi.hold_band is None:
            found.append(KPIGapTerm.HOLD_BAND)
        if self.gap is None and self.value is not None and kpi.target is not None:
            found.append(KPIGapTerm.TOO_LARGE)
        return found
