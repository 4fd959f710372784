"""Sums, products and shares of numbers that may be anything a client wrote, 1e308 too. Pure.

All is reckoned with exact fractions of the numbers as they are written, and rounded once, so that the order of the
terms never shows, nor that 0.1 and 0.2 have no end in binary: they are 0.3. What a float cannot hold is None, which a
question names as TOO_LARGE; it is never infinite.
"""

from collections.abc import Iterable
from fractions import Fraction
from math import prod

LARGEST_INT = 2**31 - 1


def written(value: float) -> Fraction:
    """Return a number as it is written: the shortest decimal fraction that is the same float."""
    return Fraction(str(value))


def total(values: Iterable[float]) -> float | None:
    """Return the sum."""
    return _rounded(sum(map(written, values), Fraction()))


def product(values: Iterable[float]) -> float | None:
    """Return the product; of nothing it is 1."""
    return _rounded(prod(map(written, values), start=Fraction(1)))


def difference(value: float, less: float) -> float | None:
    """Return `value` - `less`."""
    return _rounded(written(value) - written(less))


def share(part: float, whole: float) -> float | None:
    """Return `part` / `whole`; the whole is not zero."""
    return _rounded(written(part) / written(whole))


def progress(start: float, end: float, value: float) -> float | None:
    """Return how far a value came from the start, 0, to the end, 1; the two differ."""
    return _rounded((written(value) - written(start)) / (written(end) - written(start)))


def within_int(number: int | None) -> int | None:
    """Return a number that GraphQL's Int can hold: answers are added up, and their sum may be larger."""
    return None if number is None or number > LARGEST_INT else number


def _rounded(value: Fraction) -> float | None:
    try:
        return float(value)
    except OverflowError:
        return None
