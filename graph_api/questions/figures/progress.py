"""Progress: how far a number came from its baseline to its target, beside how much of the time has passed. Pure.

Days are ISO 8601 texts. What is unknown makes the answer null, never zero.
"""

from collections.abc import Mapping
from datetime import date

from graph_api.model.choices import KPIDirection
from graph_api.questions.figures import exact

WAYS: Mapping[str, int] = {KPIDirection.UP: 1, KPIDirection.DOWN: -1}
"""Turned over, a scale on which less is better is like any other."""


def gap(value: float | None, target: float | None) -> float | None:
    """Return what is still wanting, in the KPI's unit: target - value; negative where the number must fall."""
    return None if value is None or target is None else exact.difference(target, value)


def progress(baseline: float | None, target: float | None, value: float | None) -> float | None:
    """Return (value - baseline)/(target - baseline): 0 at the baseline, 1 at the target, below 0 the wrong way.

    Null where one of them is unknown, and where baseline and target are equal (DESIGN, Numbers).
    """
    if baseline is None or target is None or value is None or baseline == target:
        return None
    return exact.progress(baseline, target, value)


def elapsed(baseline_on: str | None, target_by: str | None, on: str) -> float | None:
    """Return which share of the time from baseline to target has passed by a day, 0 to 1: before and after, those.

    From the target's day on it is 1, whenever the baseline was. Null where a day is unknown that matters, or the
    target's is not after the baseline's.
    """
    if target_by is None or (baseline_on is None and on < target_by):
        return None
    if baseline_on is None:
        return 1.0
    if target_by <= baseline_on:
        return None
    start, end, today = map(date.fromisoformat, (baseline_on, target_by, on))
    return min(1.0, max(0.0, (today - start).days / (end - start).days))


def held(value: float | None, target: float | None, band: float | None) -> bool | None:
    """Tell whether a number that is to HOLD is within its band: at most `band` from the target, either way."""
    if value is None or target is None or band is None:
        return None
    # 1.3 is 0.3 from 1, though their binary fractions are further apart.
    return abs(exact.written(value) - exact.written(target)) <= exact.written(band)


def way(direction: str | None, baseline: float | None, target: float | None) -> int | None:
    """Return which way a number should go, 1 up or -1 down; null of one that is to HOLD.

    Null where nobody says: from its baseline a number that is to HOLD may lie off its target either way. And null where
    the target lies the other way from the baseline than the number should go.
    """
    said = WAYS.get(direction or "")
    if said is None or baseline is None or target is None:
        return said
    return said if said * baseline <= said * target else None
