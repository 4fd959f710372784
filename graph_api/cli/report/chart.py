"""Charts as geometry: where bars, ranges and bubbles stand. The page draws them; nothing here knows how they look.

They are this few because a chart here is a row of a table beside its figure: rows break over pages as tables do, carry
names of any length, and are read out by whoever cannot see them.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph_api.cli.report.sheet import number

BAR = 220.0
"""The width of a bar's place, in the page's pixels, as all lengths here."""
WIDTH, HEIGHT = 1000.0, 330.0
"""Of a chart of bubbles, with its margins."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 70.0, 30.0, 24.0, 50.0
_LEAST, _LARGEST = 9.0, 30.0
"""The radius of bubbles; the least has room for its number."""
_TICKS = 5


@dataclass(frozen=True, slots=True)
class Scale:
    """A line of numbers and the length that it is drawn on. `low` is below `high`."""

    low: float
    high: float
    length: float

    def place(self, value: float) -> float:
        """Say how far from the beginning a value stands; what lies beyond an end stands at it."""
        # Halves, since a difference of the largest numbers would overflow.
        share = (value / 2 - self.low / 2) / (self.high / 2 - self.low / 2)
        return round(min(1.0, max(0.0, share)) * self.length, 2)

    @property
    def ticks(self) -> Sequence[tuple[float, str]]:
        """Return some round values with their places and texts: steps of 1, 2 or 5 of a power of ten."""
        least = self.high / _TICKS - self.low / _TICKS
        power = 10.0 ** math.floor(math.log10(least))
        step = next(power * times for times in (1, 2, 5, 10) if power * times >= least * (1 - 1e-9))
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [(self.place(place * step), number(place * step)) for place in range(first, last + 1)]


def scale(values: Iterable[float | None], length: float) -> Scale | None:
    """Return a scale from zero on that holds all known values; None where there are none beside zero."""
    known = [value for value in values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    return Scale(low, high, length) if high / 2 - low / 2 >= 1e-300 else None  # noqa: PLR2004 - what can be divided by


@dataclass(frozen=True, slots=True)
class Bar:
    """A value, and between what it lies; null is unknown, and of the ends that there is none."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A bar from zero to a value, and a line over what it can be."""

    start: float
    length: float | None
    """None where the value is unknown."""
    line: tuple[float, float] | None
    """None where the value is all that it can be."""
    is_open: bool
    """Whether there is no end to what it can be."""


def drawn(bar: Bar, on: Scale) -> DrawnBar:
    """Place a bar on a scale that all the bars beside it share."""
    zero = on.place(0)
    start, length = zero, None
    if bar.value is not None:
        end = on.place(bar.value)
        start, length = min(zero, end), round(abs(end - zero), 2)
    is_open = bar.high is None
    if not is_open and bar.low == bar.high:
        return DrawnBar(start, length, None, is_open=False)
    low = zero if bar.low is None else on.place(bar.low)
    return DrawnBar(start, length, (low, on.length if bar.high is None else on.place(bar.high)), is_open=is_open)


@dataclass(frozen=True, slots=True)
class Range:
    """Ranks: the one that is given, if any, and the best and worst that can be, also by weights alone."""

    rank: int | None
    best: int
    worst: int
    by_weights: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class DrawnRange:
    """A line over ranks, a thicker one over those by weights, and a dot."""

    line: tuple[float, float]
    by_weights: tuple[float, float] | None
    dot: float | None


def drawn_range(ranks: Range, of: int) -> DrawnRange:
    """Place ranks on a line from the first to the last."""
    on = Scale(0.5, of + 0.5, BAR / 2)
    return DrawnRange(
        (on.place(ranks.best - 0.3), on.place(ranks.worst + 0.3)),
        (on.place(ranks.by_weights[0] - 0.2), on.place(ranks.by_weights[1] + 0.2)) if ranks.by_weights else None,
        None if ranks.rank is None else on.place(ranks.rank),
    )


@dataclass(frozen=True, slots=True)
class Point:
    """Something with two figures and a size; null is unknown."""

    number: int
    """By which the chart names it."""
    name: str
    x: float | None
    y: float | None
    size: float
    """By area; not below zero."""


@dataclass(frozen=True, slots=True)
class Bubble:
    """A point in its place."""

    point: Point
    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Bubbles:
    """Points by two figures."""

    across: str
    """What is drawn to the right."""
    up: str
    points: Sequence[Point]

    @cached_property
    def placed(self) -> Sequence[tuple[Point, float, float]]:
        """Those that have both figures; the largest first, so that it hides none."""
        known = [(point, point.x, point.y) for point in self.points if point.x is not None and point.y is not None]
        return sorted(known, key=lambda each: (-each[0].size, each[0].number))

    @property
    def unplaced(self) -> Sequence[Point]:
        """Those of which a figure is unknown."""
        return [point for point in self.points if point.x is None or point.y is None]

    @cached_property
    def horizontal(self) -> Scale | None:
        """From left to right."""
        return scale((_beyond(x) for _, x, _ in self.placed), WIDTH - _LEFT - _RIGHT)

    @cached_property
    def vertical(self) -> Scale | None:
        """From the bottom up."""
        return scale((_beyond(y) for _, _, y in self.placed), HEIGHT - _TOP - _BOTTOM)

    @property
    def drawn(self) -> Sequence[Bubble]:
        """The points in their places; none where there is nothing to measure by."""
        across, up = self.horizontal, self.vertical
        if not across or not up:
            return []
        most = max((point.size for point, _, _ in self.placed), default=0)
        return [
            Bubble(
                point,
                round(_LEFT + across.place(x), 2),
                round(HEIGHT - _BOTTOM - up.place(y), 2),
                round(max(_LEAST, _LARGEST * math.sqrt(point.size / most)) if most else _LEAST, 2),
            )
            for point, x, y in self.placed
        ]

    @property
    def area(self) -> tuple[float, float, float, float]:
        """The left, top, right and bottom of what is drawn on."""
        return _LEFT, _TOP, WIDTH - _RIGHT, HEIGHT - _BOTTOM


def _beyond(value: float) -> float:
    """Leave room for a bubble beyond the largest value; the largest number of all has none."""
    further = value * 1.1
    return further if math.isfinite(further) else value
