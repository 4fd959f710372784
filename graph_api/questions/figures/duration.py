"""ISO 8601 durations: added up as they are written, where a month is no number of days, and as hours. Pure.

In hours a day has 24 and a week 7 days. Years and months have no fixed length: a year counts 365.2425 days, the mean of
the Gregorian calendar, and a month a twelfth of it (30.436875 days).
"""

import re
from collections.abc import Iterable
from fractions import Fraction

_DATE, _TIME = "YMWD", "HMS"
_DAY = 24.0
_YEAR = 365.2425 * _DAY
_HOURS = {"Y": _YEAR, "M": _YEAR / 12, "W": 7 * _DAY, "D": _DAY}
_HOURS_OF_TIME = {"H": 1.0, "M": 1 / 60, "S": 1 / 3600}
_PART = re.compile(r"(\d+(?:\.\d+)?)([A-Z])")


def add_up(durations: Iterable[str]) -> str:
    """Return the sum of durations, unit by unit: P1M and P3M are P4M, of nothing it is P0D."""
    sums = [dict.fromkeys(units, Fraction()) for units in (_DATE, _TIME)]
    for duration in durations:
        for part, text in zip(sums, duration.removeprefix("P").partition("T")[::2], strict=True):
            for amount, unit in _PART.findall(text):
                part[unit] += Fraction(amount)
    date, time = ("".join(f"{_decimal(amount)}{unit}" for unit, amount in part.items() if amount) for part in sums)
    return f"P{date}T{time}" if time else f"P{date or '0D'}"


def hours(text: str) -> float:
    """Return how many hours a duration has; the model has checked its form."""
    of_days, _, of_time = text.removeprefix("P").partition("T")
    return sum(
        float(amount) * lengths[unit]
        for part, lengths in ((of_days, _HOURS), (of_time, _HOURS_OF_TIME))
        for amount, unit in _PART.findall(part)
    )


def _decimal(amount: Fraction) -> str:
    """Write a fraction whose denominator divides a power of ten."""
    places = 0
    while (amount * 10**places).denominator != 1:
        places += 1
    digits = str(int(amount * 10**places)).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits
