"""Interrupted series: did a number move when something began, more than it would have done anyway? Pure.

Three comparisons, each stronger than the one before it; all are ordinary least squares (statsmodels):

- `means`: the mean after less the mean before. Nobody says that it would have stayed where it was.
- `against_trend`: segmented regression (A. K. Wagner, S. B. Soumerai, F. Zhang and D. Ross-Degnan, Segmented regression
  analysis of interrupted time series studies in medication use research, Journal of Clinical Pharmacy and Therapeutics
  27, 2002, 299-309): value = a + b·t + c·after + d·t·after, t in months since the day. c is the change of level, d that
  of slope, and the effect c + d·(mean t after): what was measured less what the line before leads to, on average.
- `against_others`: difference in differences. What was reached less what was not, on each day on which all were
  measured; then the mean of that after less before. What happens to all at the same time drops out. It takes for
  granted that both would have gone on side by side: `apart` is how they moved apart before, a month.

Errors are taken for independent of each other; of 24 points or more those that hang together in time are allowed for
too, by Newey and West's estimator (W. K. Newey and K. D. West, A simple, positive semi-definite, heteroskedasticity and
autocorrelation consistent covariance matrix, Econometrica 55, 1987, 703-708) with 4·(n/100)^(2/9) lags and its
correction for small samples. Fewer points do not suffice to estimate that; and of some dozens it is too narrow itself,
so that each end is that of the wider of both intervals. Where errors do hang together, even that is too narrow: see
docs/decisions/0009-figures.md. Intervals are Student's, with 95 % confidence. Figures have nine digits: further ones
differ from machine to machine.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from math import isfinite
from typing import Any

from graph_api.model.values import Choice
from graph_api.questions.figures.interval import CONFIDENCE

POINTS = 3
"""The least on each side, for anything to be compared."""
TREND_POINTS = 4
"""The least on each side for a trend: a line through each leaves four degrees of freedom. And for a comparison,
of which the days before must show whether both went side by side."""
LONG = 24
"""From so many points on, errors that hang together can be estimated: two years of months."""
MONTH = 365.25 / 12
"""Days."""
LARGEST = 1e300
"""A number beyond this, either way, is none that can be worked with."""

_DIGITS = 9
_NOISE = 1e-9
"""What is smaller than this part of how far the values lie apart could come of rounding alone."""
_EPSILON = 1e-12
"""The same, as a part of the values themselves."""


class ErrorsAssumed(Choice):
    """What is taken for granted of how far values lie off the line."""

    INDEPENDENT = "INDEPENDENT", "They are independent of each other and everywhere as large: fewer than 24 points."
    NEWEY_WEST = (
        "NEWEY_WEST",
        (
            "They may hang together in time and differ in size: 24 points or more. Each interval is the wider of that "
            "with independent errors and that of Newey and West."
        ),
    )


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with both ends of its 95 % interval."""

    change: float
    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Tell whether a value lies in the interval."""
        return self.low <= value <= self.high


Point = tuple[date, float]


@dataclass(frozen=True, slots=True)
class Means:
    """Both means, and how far the one after lies over the one before."""

    before: float
    after: float
    difference: Estimate


@dataclass(frozen=True, slots=True)
class Trend:
    """A series against its own trend."""

    effect: Estimate
    """What was measured after, less what the trend before leads to, on average."""
    level: Estimate
    """The change of level on the day."""
    slope_before: Estimate
    """A month."""
    slope: Estimate
    """By how much the slope changed, a month."""
    errors: ErrorsAssumed
    durbin_watson: float | None
    """Of the errors: 2 where neighbours have nothing to do with each other, near 0 where they are alike (J. Durbin and
    G. S. Watson, 1950); null where there are none to speak of."""


@dataclass(frozen=True, slots=True)
class Against:
    """What was reached against what was not: means over the days on which all were measured."""

    reached: Means
    others: Means
    effect: Estimate
    """The difference of both differences."""
    apart: Estimate
    """By how much what was reached gained on the others before, a month."""
    errors: ErrorsAssumed
    durbin_watson: float | None
    """As of a trend."""
    before: int
    """How many days before count."""
    after: int

    @property
    def parallel(self) -> bool:
        """Whether they may have gone side by side before: the interval of `apart` holds zero."""
        return self.apart.holds(0)


def usable(value: float) -> bool:
    """Tell whether a number can be worked with."""
    return isfinite(value) and abs(value) <= LARGEST


def rounded(value: float) -> float:
    """Round to nine digits."""
    return float(f"{value:.{_DIGITS}g}")


def enough(before: Sequence[Any], after: Sequence[Any], least: int = POINTS) -> bool:
    """Tell whether there are points enough on both sides."""
    return min(len(before), len(after)) >= least


def means(before: Sequence[float], after: Sequence[float]) -> Means:
    """Compare the mean after with the mean before; each has at least `POINTS` values, all usable."""
    design = [[1.0, 0.0] for _ in before] + [[1.0, 1.0] for _ in after]
    return Means(_mean(before), _mean(after), *_fit([*before, *after], design).estimates([0.0, 1.0]))


def against_trend(before: Sequence[Point], after: Sequence[Point], day: date) -> Trend:
    """Hold a series against its own trend before a day; each side has at least `TREND_POINTS` points."""
    months = [_months(day, when) for when, _ in (*before, *after)]
    behind = [0.0] * len(before) + [1.0] * len(after)
    design = [[1.0, month, one, month * one] for month, one in zip(months, behind, strict=True)]
    fit = _fit([value for _, value in (*before, *after)], design)
    ahead = _mean(months[len(before) :])
    weights = [0.0, 0.0, 1.0, ahead], [0.0, 0.0, 1.0, 0.0], [0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1.0]
    effect, level, slope_before, slope = fit.estimates(*weights)
    return Trend(effect, level, slope_before, slope, fit.errors, fit.durbin_watson)


def against_others(
    reached: Sequence[Mapping[date, float]], others: Sequence[Mapping[date, float]], before: set[date], after: set[date]
) -> Against | None:
    """Hold what was reached against what was not, each part counting alike; a part is its values by day.

    `before` and `after` are the days that count. None where too few of them have a value of every part.
    """
    common = set.intersection(*(set(part) for part in (*reached, *others)))
    days = sorted(common & before), sorted(common & after)
    if not enough(*days, TREND_POINTS):
        return None
    ours, theirs = (
        [[_mean([part[day] for part in parts]) for day in side] for side in days] for parts in (reached, others)
    )
    ahead = [[one - other for one, other in zip(*sides, strict=True)] for sides in zip(ours, theirs, strict=True)]
    fit = _fit([*ahead[0], *ahead[1]], [[1.0, 0.0] for _ in days[0]] + [[1.0, 1.0] for _ in days[1]])
    (effect,) = fit.estimates([0.0, 1.0])
    (apart,) = _fit(ahead[0], [[1.0, _months(days[0][0], day)] for day in days[0]]).estimates([0.0, 1.0])
    return Against(
        reached=means(*ours),
        others=means(*theirs),
        effect=effect,
        apart=apart,
        errors=fit.errors,
        durbin_watson=fit.durbin_watson,
        before=len(days[0]),
        after=len(days[1]),
    )


def _months(start: date, end: date) -> float:
    return (end - start).days / MONTH


def _mean(values: Sequence[float]) -> float:
    return rounded(sum(value / len(values) for value in values))


@dataclass(frozen=True, slots=True)
class _Fit:
    """A line of least squares through values that were moved to zero and scaled to one."""

    results: Sequence[Any]
    """One for each way to take the errors."""
    scale: float
    noise: float
    errors: ErrorsAssumed
    durbin_watson: float | None

    def estimates(self, *weights: Sequence[float]) -> list[Estimate]:
        """Return weighted sums of the coefficients, in the unit of the values.

        The interval is the widest, whatever is taken of the errors. What rounding alone could make is zero, and widens
        it.
        """
        tests = [results.t_test([list(one) for one in weights]) for results in self.results]
        ends = zip(*(test.conf_int(alpha=1 - CONFIDENCE) for test in tests), strict=True)
        return [
            self._estimate(one, float(middle), min(float(low) for low, _ in both), max(float(high) for _, high in both))
            for one, middle, both in zip(weights, tests[0].effect, ends, strict=True)
        ]

    def _estimate(self, weights: Sequence[float], middle: float, low: float, high: float) -> Estimate:
        noise = self.noise * max(1.0, sum(map(abs, weights)))
        ends = (0.0 if abs(middle) <= 2 * noise else middle, low - noise, high + noise)
        return Estimate(*(rounded(end * self.scale) for end in ends))


def warm_up() -> None:
    """Import what figures are worked out with, so that no question waits for it: it takes a second or two."""
    for name in ("scipy.stats", "statsmodels.regression.linear_model", "statsmodels.stats.stattools"):
        import_module(name)


def _fit(values: Sequence[float], design: Sequence[Sequence[float]]) -> _Fit:
    # pandas, which comes with statsmodels, takes about a second to import; see interval.
    from statsmodels.regression.linear_model import OLS  # type: ignore[import-untyped] # noqa: PLC0415 - no types
    from statsmodels.stats.stattools import durbin_watson  # type: ignore[import-untyped] # noqa: PLC0415 - likewise

    # Only differences matter, and large numbers would overflow in squares.
    moved = [value - values[0] for value in values]
    scale = max(map(abs, moved)) or 1.0
    noise = _NOISE + _EPSILON * max(map(abs, values)) / scale
    model = OLS([one / scale for one in moved], design)
    errors, results = ErrorsAssumed.INDEPENDENT, [model.fit()]
    if len(values) >= LONG:
        lags = {"maxlags": int(4 * (len(values) / 100) ** (2 / 9)), "use_correction": True}
        errors = ErrorsAssumed.NEWEY_WEST
        results.append(model.fit(cov_type="HAC", cov_kwds=lags, use_t=True))
    off = results[0].resid
    told = rounded(float(durbin_watson(off))) if max(abs(off)) > noise else None
    return _Fit(results, scale, noise, errors, told)
