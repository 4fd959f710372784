"""What a number is at least and at most, where not all is known that it is made of. Pure.

A known number is both at once. Sums and products are those of interval arithmetic (R. E. Moore, Interval Analysis,
1966), which is exact here since every unknown is met once: what is unknown lies anywhere between the ends of its scale,
or has no end. Nothing times what has no end is nothing.
"""

from collections.abc import Iterable
from math import fsum, inf, isfinite
from typing import TYPE_CHECKING, NamedTuple

UNKNOWN_CONFIDENCE = 0.5
"""What counts as confidence where it is unknown and something has to be varied within it."""

_DIGITS = 12


class Bounds(NamedTuple):
    """The least and the greatest that a number can be; infinite where there is no end."""

    low: float
    high: float

    @property
    def value(self) -> float | None:
        """The number; null where it is not known."""
        return self.low if self.low == self.high and isfinite(self.low) else None

    @property
    def least(self) -> float | None:
        """The least that it can be; null where there is no end."""
        return self.low if isfinite(self.low) else None

    @property
    def most(self) -> float | None:
        """The greatest that it can be; null where there is no end."""
        return self.high if isfinite(self.high) else None

    def times(self, other: "Bounds") -> "Bounds":
        """Return the product."""
        if self.low >= 0 <= other.low:
            return Bounds(_product(self.low, other.low), _product(self.high, other.high))
        ends = [_product(one, two) for one in self for two in other]
        return Bounds(min(ends), max(ends))

    def over(self, other: "Bounds") -> "Bounds":
        """Return this divided by an amount; where that is unknown, or nothing, there is no end."""
        if other.value:
            return Bounds(clean(self.low / other.value), clean(self.high / other.value))
        if other.value == 0:
            return AMOUNT if self.low >= 0 else ANYTHING
        return Bounds(-inf if self.low < 0 else 0.0, inf if self.high > 0 else 0.0)

    def varied(self, confidence: float | None) -> "Bounds":
        """Return where it lies within a confidence of 0 to 1: a value v from v·c to v·(2 - c)."""
        sure = UNKNOWN_CONFIDENCE if confidence is None else confidence
        return self.times(Bounds(sure, 2 - sure))


class Bounded:
    """What is known within `bounds`, as an answer tells it."""

    __slots__ = ()

    if TYPE_CHECKING:

        @property
        def bounds(self) -> Bounds:
            """What it is at least and at most."""

    @property
    def value(self) -> float | None:
        """Its value; null where it is not known."""
        return self.bounds.value

    @property
    def low(self) -> float | None:
        """The least it can be; null where there is no end."""
        return self.bounds.least

    @property
    def high(self) -> float | None:
        """The most it can be; null where there is no end."""
        return self.bounds.most


ANYTHING = Bounds(-inf, inf)
AMOUNT = Bounds(0.0, inf)
"""What an amount can be of which nothing is known."""


def known(value: float | None, unknown: Bounds) -> Bounds:
    """Return a number as it is known, or what it can be."""
    return unknown if value is None else Bounds(value, value)


def total(parts: Iterable[Bounds]) -> Bounds:
    """Return the sum, whatever the order of its parts."""
    lows, highs = [], []
    for low, high in parts:
        lows.append(low)
        highs.append(high)
    return Bounds(_sum(lows), _sum(highs))


def best(paths: Iterable[Bounds]) -> Bounds:
    """Return what the greatest of several is, of which there is one at least."""
    found = list(paths)
    return Bounds(max(low for low, _ in found), max(high for _, high in found))


def clean(value: float) -> float:
    """Round to twelve digits, so that 0.1 times 3 is 0.3."""
    return float(f"{value:.{_DIGITS}g}") if isfinite(value) else value


def _sum(values: list[float]) -> float:
    ends = {value for value in values if not isfinite(value)}
    if ends:
        return ends.pop()
    try:
        return clean(fsum(values))
    except OverflowError:
        return inf if max(values) > -min(values) else -inf


def _product(one: float, two: float) -> float:
    return one * two if one and two else 0.0
