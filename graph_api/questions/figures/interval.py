"""Intervals: between which values lies, with 95 % confidence, what a sample tells of everybody. Pure.

Shares are 0 to 1, net scores -1 to 1. Each takes counts of a sample that was drawn by chance and whose answers do not
hang together; where that is not so, the truth is less sure than the interval says. scipy is imported where it is used:
it takes about a second, which neither the start of the service nor other questions should.
"""

import warnings
from collections.abc import Sequence
from math import isfinite, sqrt
from statistics import NormalDist
from typing import NamedTuple

CONFIDENCE = 0.95
"""Of all intervals."""

_Z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)


class Interval(NamedTuple):
    """Both ends of an interval, in the unit of what it is about."""

    low: float
    high: float


def wilson(kept: int, made: int) -> Interval:
    """Return Wilson's score interval of a share: `kept` of `made`, which is at least 1.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of the American
    Statistical Association 22, 1927, 209-212; recommended for small samples too by Brown, Cai and DasGupta, Interval
    estimation for a binomial proportion, Statistical Science 16, 2001, 101-133.
    """
    from scipy.stats import binomtest  # type: ignore[import-untyped] # noqa: PLC0415 - scipy has no types; see above

    found = binomtest(kept, made).proportion_ci(confidence_level=CONFIDENCE, method="wilson")
    return Interval(float(found.low), float(found.high))


def _adjusted(good: int, bad: int, made: int) -> tuple[float, float]:
    """Return a net score and its variance after 3 answers are added: three quarters good, three quarters bad."""
    whole = made + 3
    well, ill = (good + 0.75) / whole, (bad + 0.75) / whole
    return well - ill, (well + ill - (well - ill) ** 2) / whole


def net(good: int, bad: int, made: int) -> Interval:
    """Return the adjusted Wald interval of a net score: (good - bad)/made, -1 to 1; `made` is at least 1.

    Three answers are added, ¾ of them good, ¾ bad and 1½ neither; then the score lies within 1.96 standard errors (B.
    Rocks, Interval estimation for the “Net Promoter Score”, The American Statistician 70(4), 2016, 365-372). Of one
    answer that may leave out the score itself, to which it is then widened.
    """
    score, variance = _adjusted(good, bad, made)
    reach, own = _Z * sqrt(variance), (good - bad) / made
    return Interval(min(own, max(-1.0, score - reach)), max(own, min(1.0, score + reach)))


def net_difference(one: tuple[int, int, int], other: tuple[int, int, int]) -> Interval:
    """Return the interval of one net score less another, -2 to 2; each is (good, bad, made).

    Both are adjusted as in `net`, and their variances added: they are of different people.
    """
    (first, first_variance), (second, second_variance) = _adjusted(*one), _adjusted(*other)
    reach = _Z * sqrt(first_variance + second_variance)
    return Interval(max(-2.0, first - second - reach), min(2.0, first - second + reach))


def share_difference(one: tuple[int, int], other: tuple[int, int]) -> Interval:
    """Return Newcombe's interval of one share less another, -1 to 1; each is (kept, made), of different people.

    It is made of both Wilson intervals (R. G. Newcombe, Interval estimation for the difference between independent
    proportions: comparison of eleven methods, Statistics in Medicine 17, 1998, 873-890, method 10).
    """
    first, second = one[0] / one[1], other[0] / other[1]
    (low1, high1), (low2, high2) = wilson(*one), wilson(*other)
    difference = first - second
    return Interval(
        difference - sqrt((first - low1) ** 2 + (high2 - second) ** 2),
        difference + sqrt((high1 - first) ** 2 + (second - low2) ** 2),
    )


def mean(answers: Sequence[tuple[float, int]]) -> Interval | None:
    """Return Student's interval of the mean; `answers` are each with how many gave it.

    None where it tells nothing: of fewer than two answers, or of answers that are all the same, which do not show how
    far others would differ; and where the numbers are too large to work with.
    """
    from scipy.stats import t  # noqa: PLC0415 - see above

    made = sum(count for _, count in answers)
    if made < 2 or len({answer for answer, count in answers if count}) < 2:  # noqa: PLR2004 - two answers
        return None
    try:
        centre = sum(answer * count for answer, count in answers) / made
        squares = sum(count * (answer - centre) ** 2 for answer, count in answers)
    except OverflowError:
        return None
    reach = float(t.ppf((1 + CONFIDENCE) / 2, made - 1)) * sqrt(squares / (made - 1) / made)
    return Interval(centre - reach, centre + reach) if isfinite(centre) and isfinite(reach) else None


class Line(NamedTuple):
    """A straight line through points, by least squares."""

    slope: float
    """Of y for one of x."""
    low: float
    """The lower end of the slope's interval."""
    high: float
    start: float
    """Its height at the first x."""
    end: float
    """Its height at the last x."""


def line(xs: Sequence[float], ys: Sequence[float]) -> Line | None:
    """Return the line of least squares with Student's interval of its slope (scipy.stats.linregress).

    `xs` ascend and differ. With few points the interval is wide, as it must be. None of fewer than three points, which
    leave nothing to tell by how far they lie off the line, and where the numbers are too large to work with.
    """
    from scipy.stats import linregress, t  # noqa: PLC0415 - see above

    if len(xs) < 3:  # noqa: PLR2004 - two points always lie on a line
        return None
    if len(set(ys)) == 1:
        return Line(0.0, 0.0, 0.0, ys[0], ys[0])
    # Large numbers would overflow in squares: worked out for parts of the largest, and turned back.
    scale = max(map(abs, ys))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        found = linregress(xs, [y / scale for y in ys])
        reach = float(t.ppf((1 + CONFIDENCE) / 2, len(xs) - 2)) * float(found.stderr)
    slope, start = float(found.slope), float(found.intercept)
    numbers = (slope, slope - reach, slope + reach, start + slope * xs[0], start + slope * xs[-1])
    made = Line(*(number * scale for number in numbers))
    return made if all(map(isfinite, made)) else None
