"""Progress: how far a number came from its baseline to its target, beside how much of the time has passed. Pure.

Days are ISO 8601 texts. What is unknown makes the answer null, never zero.
"""

from datetime import date
from math import isfinite


def _known(number: float) -> float | None:
    return number if isfinite(number) else None


def gap(value: float | None, target: float | None) -> float | None:
    """Return what is still wanting, in the KPI's unit: target - value; negative where the number must fall."""
    return None if value is None or target is None else _known(target - value)


def progress(baseline: float | None, target: float | None, value: float | None) -> float | None:
    """Return (value - baseline)/(target - baseline): 0 at the baseline, 1 at the target, below 0 the wrong way.

    Null where one of them is unknown, and where baseline and target are equal (DESIGN, Numbers).
    """
    if baseline is None or target is None or value is None or baseline == target:
        return None
    return _known((value - baseline) / (target - baseline))


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
    return abs(value - target) <= band
