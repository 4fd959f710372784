"""What was measured before and after a day: the series of a KPI, for everybody and for parts, cut in two. Pure.

A measurement covers the time since the one before it: the first on or after the day covers time on both sides, and
counts on neither (as A. K. Wagner and others leave such points out, see `interruption`). What counts lies within so
many days of it, and where its sample has a size, that is at least so large; of unknown size, it counts. That size is
how many answered; where nobody counted them, how many were asked.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from graph_api.model.choices import CountedBy
from graph_api.model.values import Choice
from graph_api.questions.connection import Sorting, term
from graph_api.questions.figures.exact import within_int
from graph_api.questions.figures.initiative import Days
from graph_api.questions.figures.interruption import Point, usable
from graph_api.questions.figures.kpi import KPI, Measurement, Part, one_a_day, total_series
from graph_api.questions.figures.kpi import usable as with_values
from graph_api.questions.figures.kpi import value as value_of
from graph_api.questions.thread.scope import Number

WINDOW = 365
"""Days before and after that count, if nobody says otherwise: each season once."""
LONGEST = 3650
"""The widest window."""
MINIMUM_SAMPLE = 20
"""The least sample, if nobody says otherwise: of fewer, a share of one half is known to no better than ± 22 points."""


class EffectPhase(Choice):
    """On which side of going live a measurement counts."""

    BEFORE = "BEFORE", "Before."
    DURING = "DURING", "On neither: the first one on or after the day covers time on both sides."
    AFTER = "AFTER", "After."
    LEFT_OUT = "LEFT_OUT", "On neither: its sample is smaller than asked for, or its value too large to work with."


@dataclass(frozen=True, slots=True)
class EffectPoint:
    """A measurement in the window."""

    on: str
    value: float
    sample_size: int | None
    phase: EffectPhase


POINT_ORDER: Sorting[EffectPoint] = Sorting((term("on", str),), lambda point: [point.on])


@dataclass(frozen=True, slots=True)
class Asked:
    """What the client said of how effects are judged."""

    on: str
    window: int = WINDOW
    minimum_sample: int = MINIMUM_SAMPLE

    def days(self, live: str) -> Days:
        """Return the first and the last day that count."""
        middle = date.fromisoformat(live)
        room = min(self.window, (middle - date.min).days), min(self.window, (date.max - middle).days)
        first, last = middle - timedelta(room[0]), middle + timedelta(room[1])
        return first.isoformat(), min(self.on, last.isoformat())


def observe(kpi: KPI, series: Iterable[Measurement], live: str, asked: Asked) -> list[EffectPoint]:
    """Place the measurements of a series, the oldest first, on the sides of a day; those in the window."""
    first, last = asked.days(live)
    points: list[EffectPoint] = []
    passed = False
    for one in series:
        found, on = value_of(kpi, one), one.day or ""
        if found is None:
            continue
        phase = EffectPhase.BEFORE if on < live else EffectPhase.AFTER if passed else EffectPhase.DURING
        passed = on >= live
        answered = None if one.counted_by == CountedBy.REVENUE else one.responses
        size = answered or one.sample_size
        if phase is not EffectPhase.DURING and (
            not usable(found) or (size is not None and size < asked.minimum_sample)
        ):
            phase = EffectPhase.LEFT_OUT
        if first <= on <= last:
            points.append(EffectPoint(on, found, within_int(size), phase))
    return points


def on_side(points: Iterable[EffectPoint], phase: EffectPhase) -> list[Point]:
    """Return the points on one side, as days and values."""
    return [(date.fromisoformat(point.on), point.value) for point in points if point.phase is phase]


def sides(points: Sequence[EffectPoint]) -> tuple[list[Point], list[Point]]:
    """Return the points before and after."""
    return on_side(points, EffectPhase.BEFORE), on_side(points, EffectPhase.AFTER)


@dataclass(frozen=True)
class Measured:
    """A KPI with what was measured of it, up to a day."""

    kpi: KPI
    measurements: Sequence[Measurement]
    on: str

    @cached_property
    def own(self) -> list[Measurement]:
        """Our own measurements that have a day and a value, the oldest first."""
        return [one for one in with_values(self.kpi, self.measurements, self.on) if one.own]

    @cached_property
    def total(self) -> list[Measurement]:
        """Its own series for everybody."""
        return total_series(self.kpi, self.measurements, self.on)

    @property
    def side(self) -> str | None:
        """Who answered for everybody."""
        return next((one.side for one in self.total if one.side is not None), None)

    def parts(self, kind: str) -> dict[Number, tuple[Part, list[Measurement]]]:
        """Return its own series for each part of a kind alone: of the same respondents, or of unknown ones."""
        found: dict[Number, list[Measurement]] = defaultdict(list)
        for one in self.own:
            alike = self.side is None or one.side in {self.side, None}
            if alike and len(one.parts) == 1 and one.parts[0].kind == kind:
                found[one.parts[0].number].append(one)
        return {number: (series[0].parts[0], one_a_day(series)) for number, series in found.items()}
