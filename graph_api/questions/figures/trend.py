"""Trend: whether a series goes where it should, or goes anywhere at all. Pure.

A line of least squares through all values (scipy.stats.linregress) with Student's interval of its slope. It was chosen
before Theil and Sen's line, which one odd value disturbs less, because its interval is wide where points are few: with
three points in order, Theil and Sen's would already call it a trend. Values that hang together from one month to the
next, such as those of a rolling year, are less sure than the interval says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph_api.model.choices import KPIDirection
from graph_api.model.values import Choice
from graph_api.questions.figures.interval import Line, line
from graph_api.questions.figures.kpi import KPI

MONTH = 365.25 / 12
"""Days in a month, on average."""


class TrendDirection(Choice):
    """Where a KPI goes, seen from where it should."""

    IMPROVING = "IMPROVING", "It goes the way it should; one that should HOLD comes nearer to its target."
    WORSENING = "WORSENING", "It goes the other way."
    FLAT = "FLAT", "The interval of its slope holds 0: nothing can be told from chance."
    UNKNOWN = "UNKNOWN", "There are fewer than three values, or nobody says which way it should go."


@dataclass(frozen=True, slots=True)
class Trend:
    """The line through a series of values."""

    direction: TrendDirection
    slope: float | None
    """A month, in the KPI's unit."""
    low: float | None
    high: float | None
    points: int
    """Through how many values."""
    since: str | None
    """The day of the first, ISO 8601."""


def trend(kpi: KPI, points: Sequence[tuple[str, float]]) -> Trend:
    """Return the trend through points, each a day and a value; the days ascend."""
    since = points[0][0] if points else None
    first = date.fromisoformat(since).toordinal() if since else 0
    months = [(date.fromisoformat(day).toordinal() - first) / MONTH for day, _ in points]
    found = line(months, [value for _, value in points])
    if found is None:
        return Trend(TrendDirection.UNKNOWN, None, None, None, len(points), since)
    return Trend(_direction(kpi, found), found.slope, found.low, found.high, len(points), since)


def _direction(kpi: KPI, found: Line) -> TrendDirection:
    match kpi.direction:
        case KPIDirection.UP:
            better = found.slope > 0
        case KPIDirection.DOWN:
            better = found.slope < 0
        case KPIDirection.HOLD if kpi.target is not None:
            better = abs(found.end - kpi.target) < abs(found.start - kpi.target)
        case _:
            return TrendDirection.UNKNOWN
    if found.low <= 0 <= found.high:
        return TrendDirection.FLAT
    return TrendDirection.IMPROVING if better else TrendDirection.WORSENING
