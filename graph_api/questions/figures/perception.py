"""Perception: one KPI as others see it, or have it: parts of everybody, two sides of the counter, competitors. Pure.

Values of two sides are held beside each other only where both answered about the same parts of everybody. The interval
of a difference is that of two net scores or of two shares (see `interval`), of different people; between other values
there is none.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from graph_api.compile.question import Found
from graph_api.questions.connection import Sorting, term
from graph_api.questions.figures.estimate import Estimate, KPITerm, difference
from graph_api.questions.figures.heard import Heard
from graph_api.questions.figures.interval import Interval
from graph_api.questions.figures.kpi import SIDES, Part
from graph_api.questions.figures.progress import gap


def parts_key(parts: Iterable[Part]) -> str:
    """Name the parts of everybody for whom something was measured; empty for everybody."""
    return " ".join(sorted(f"{part.kind}/{part.key}" for part in parts))


def _side_rank(side: str | None) -> int:
    return SIDES.index(side)


@dataclass(frozen=True)
class KPIPart(Estimate):
    """The latest value of a part of everybody: a segment, say, or a channel."""

    heard: Heard = field(default_factory=Heard)

    @property
    def parts(self) -> list[Found]:
        """For whom it was measured, by kind and key."""
        named = sorted(self.measurement.parts if self.measurement else (), key=lambda part: (part.kind, part.key))
        return [Found(part.id, part.kind) for part in named]

    @property
    def key(self) -> str:
        """What they are called."""
        return parts_key(self.measurement.parts if self.measurement else ())

    @property
    def share_heard(self) -> float | None:
        """Which share was heard."""
        return self.heard.share

    @property
    def terms(self) -> set[KPITerm]:
        """What is unknown."""
        return super().terms | self.heard.missing


@dataclass(frozen=True)
class PerceptionGap:
    """The latest values of two sides of the counter, of the same parts of everybody."""

    one: KPIPart
    other: KPIPart

    @property
    def key(self) -> str:
        """What the parts are called; empty for everybody."""
        return self.one.key

    @property
    def parts(self) -> list[Found]:
        """Of whom both spoke; empty for everybody."""
        return self.one.parts

    @property
    def difference(self) -> float | None:
        """How much higher the other side sees it."""
        return gap(self.one.value, self.other.value)

    @cached_property
    def _interval(self) -> Interval | None:
        return _difference(self.other, self.one)

    @property
    def low(self) -> float | None:
        """The lower end of the difference's interval."""
        return self._interval and self._interval.low

    @property
    def high(self) -> float | None:
        """The upper end."""
        return self._interval and self._interval.high


@dataclass(frozen=True)
class KPICompetitor(Estimate):
    """The latest value of a competitor, for everybody."""

    ours: Estimate | None = None

    @property
    def name(self) -> str | None:
        """Which competitor; null where nobody says."""
        return None if self.measurement is None else self.measurement.competitor

    @property
    def difference(self) -> float | None:
        """How much higher ours is."""
        return None if self.ours is None else gap(self.value, self.ours.value)

    @cached_property
    def _difference(self) -> Interval | None:
        return None if self.ours is None else _difference(self.ours, self)

    @property
    def difference_low(self) -> float | None:
        """The lower end of the difference's interval."""
        return self._difference and self._difference.low

    @property
    def difference_high(self) -> float | None:
        """The upper end."""
        return self._difference and self._difference.high


def _difference(one: Estimate, other: Estimate) -> Interval | None:
    return None if one.sample is None or other.sample is None else difference(one.sample, other.sample)


PART_ORDER: Sorting[KPIPart] = Sorting(
    (term("parts", str), term("side", int)), lambda part: [part.key, _side_rank(part.respondent_side)]
)
GAP_ORDER: Sorting[PerceptionGap] = Sorting(
    (term("parts", str), term("one", int), term("other", int)),
    lambda one: [one.key, _side_rank(one.one.respondent_side), _side_rank(one.other.respondent_side)],
)
COMPETITOR_ORDER: Sorting[KPICompetitor] = Sorting((term("name", str, nullable=True),), lambda one: [one.name])


def perception_gaps(parts: Iterable[KPIPart]) -> list[PerceptionGap]:
    """Return how differently those on two sides of the counter see it: of everybody first, then by parts.

    `parts` are the latest values of each parts and side, everybody included. An unknown side is none.
    """
    by_parts: dict[str, list[KPIPart]] = defaultdict(list)
    for part in PART_ORDER.sort(list(parts)):
        if part.respondent_side is not None:
            by_parts[part.key].append(part)
    return GAP_ORDER.sort([PerceptionGap(*pair) for same in by_parts.values() for pair in combinations(same, 2)])
