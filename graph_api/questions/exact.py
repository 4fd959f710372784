"""Sums, products and shares of numbers that may be anything a client wrote, 1e308 too. Pure.

All is reckoned with exact fractions and rounded once, so that the order of the terms never shows. What a float cannot
hold is None, which a question names as TOO_LARGE; it is never infinite.
"""

from collections.abc import Iterable
from fractions import Fraction
from math import prod


def total(values: Iterable[float]) -> float | None:
    """Return the sum."""
    return _rounded(sum(map(Fraction, values), Fraction()))


def product(values: Iterable[float]) -> float | None:
    """Return the product; of nothing it is 1."""
    return _rounded(prod(map(Fraction, values), start=Fraction(1)))


def difference(value: float, less: float) -> float | None:
    """Return `value` - `less`."""
    return _rounded(Fraction(value) - Fraction(less))


def share(part: float, whole: float) -> float | None:
    """Return `part` / `whole`; the whole is not zero."""
    return _rounded(Fraction(part) / Fraction(whole))


def _rounded(value: Fraction) -> float | None:
    try:
        return float(value)
    except OverflowError:
        return None
