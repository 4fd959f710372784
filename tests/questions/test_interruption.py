"""Interrupted series: published figures, figures worked by hand, and what must always hold."""

import math
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats  # type: ignore[import-untyped]
from statsmodels.datasets import nile  # type: ignore[import-untyped]

from graph_api.questions.figures.interruption import (
    LARGEST,
    MONTH,
    ErrorsAssumed,
    Estimate,
    Point,
    against_others,
    against_trend,
    means,
    rounded,
    usable,
)

DAY = date(2026, 6, 15)
VALUES = st.lists(st.integers(-1000, 1000).map(lambda value: value / 8), min_size=4, max_size=9)
quick = settings(max_examples=40, deadline=None)


def before(values: list[float]) -> list[Point]:
    return [(DAY - timedelta(30 * (len(values) - place)), value) for place, value in enumerate(values)]


def after(values: list[float]) -> list[Point]:
    return [(DAY + timedelta(30 * (place + 1)), value) for place, value in enumerate(values)]


def close(one: Estimate, other: Estimate, scale: float) -> bool:
    return all(
        math.isclose(getattr(one, name), getattr(other, name), rel_tol=1e-6, abs_tol=1e-6 * scale)
        for name in ("change", "low", "high")
    )


def river() -> tuple[list[Point], list[Point]]:
    """Give the flow of the Nile at Aswan up to 1898 and from 1899, when the dam was begun."""
    points = [(date(int(year), 7, 1), float(flow)) for year, flow in nile.load_pandas().data.to_numpy()]
    return [one for one in points if one[0].year < 1899], [one for one in points if one[0].year >= 1899]


def test_the_nile_fell_when_the_dam_was_begun() -> None:
    # The classical series with a break: 1871 to 1898 a mean of 1097.75, 1899 to 1970 one of 849.9722 (10^8 m^3). The
    # data are statsmodels', after G. W. Cobb, The problem of the Nile, Biometrika 65, 1978, 243-251.
    high, low = river()
    found = means([value for _, value in high], [value for _, value in low])
    assert found.before == 1097.75
    assert found.after == pytest.approx(849.972222)
    assert found.difference.change == pytest.approx(849.972222 - 1097.75, abs=1e-5)
    assert not found.difference.holds(0)


def test_segmented_regression_is_a_line_on_each_side() -> None:
    # Lines of scipy.stats.linregress, one on each side, are the same model: its level change on the day is the
    # difference of their heights there, its slope change that of their slopes.
    high, low = river()
    day = date(1898, 10, 1)
    lines = [
        stats.linregress([(on - day).days / MONTH for on, _ in side], [value for _, value in side])
        for side in (high, low)
    ]
    found = against_trend(high, low, day)
    assert found.slope_before.change == pytest.approx(lines[0].slope, rel=1e-7)
    assert found.level.change == pytest.approx(lines[1].intercept - lines[0].intercept, rel=1e-7)
    assert found.slope.change == pytest.approx(lines[1].slope - lines[0].slope, rel=1e-6)
    assert found.errors is ErrorsAssumed.NEWEY_WEST


def test_the_effect_against_a_trend_worked_by_hand() -> None:
    # Before: 10, 12, 10, 12 on the steps -4 to -1; after: 20, 22, 20, 22 on 1 to 4 (steps of 30 days). Both sides have
    # the slope (1.5 - 0.5 - 0.5 + 1.5)/5 = 2/5. The line before is 11 at -2.5, so 12 on the day and 13 at 2.5, where
    # the mean after is 21: 8 more. The line after is 20 on the day: 8 over 12. Residuals are -0.4, 1.2, -1.2, 0.4 on
    # either side: squares 6.4 in all, over 8 - 4 degrees of freedom 1.6. The effect is the mean after (variance 1/4)
    # less the line before at 5 steps from its middle (1/4 + 25/5): 1.6·5.5 = 8.8, and Student's t of 4 degrees of
    # freedom is 2.776445: 8 ± 8.236.
    found = against_trend(before([10, 12, 10, 12]), after([20, 22, 20, 22]), DAY)
    reach = 2.7764451 * math.sqrt(8.8)
    assert found.effect.change == pytest.approx(8)
    assert [found.effect.low, found.effect.high] == pytest.approx([8 - reach, 8 + reach], abs=1e-5)
    assert found.level.change == pytest.approx(8)
    assert found.slope.change == pytest.approx(0, abs=1e-6)
    assert found.slope_before.change == pytest.approx(0.4 * MONTH / 30)
    assert found.errors is ErrorsAssumed.INDEPENDENT


def test_the_interval_of_means_is_students() -> None:
    # scipy.stats.ttest_ind, an independent working out, of two samples with one variance.
    high, low = [3.0, 5.0, 4.0, 6.0], [9.0, 8.0, 10.0, 7.5]
    expected = stats.ttest_ind(low, high).confidence_interval(0.95)
    found = means(high, low).difference
    assert [found.low, found.high] == pytest.approx([expected.low, expected.high], abs=1e-6)


def test_difference_in_differences_of_card_and_krueger() -> None:
    # D. Card and A. B. Krueger, Minimum Wages and Employment, American Economic Review 84(4), 1994, 772-793, table 3:
    # full-time equivalents per restaurant, New Jersey 20.44 before and 21.03 after, Pennsylvania 23.33 and 21.17. They
    # give 2.76 from unrounded means; these give 0.59 + 2.16 = 2.75.
    early = [DAY - timedelta(30 * place) for place in range(4, 0, -1)]
    late = [DAY + timedelta(30 * place) for place in range(1, 5)]
    jersey = dict.fromkeys(early, 20.44) | dict.fromkeys(late, 21.03)
    pennsylvania = dict.fromkeys(early, 23.33) | dict.fromkeys(late, 21.17)
    found = against_others([jersey], [pennsylvania], set(early), set(late))
    assert found is not None
    assert found.effect.change == pytest.approx(2.75, abs=1e-6)
    assert (found.reached.difference.change, found.others.difference.change) == pytest.approx((0.59, -2.16))
    assert found.parallel


def test_those_who_moved_apart_before_are_no_comparison() -> None:
    early = [DAY - timedelta(30 * place) for place in range(4, 0, -1)]
    late = [DAY + timedelta(30 * place) for place in range(1, 5)]
    rising = {on: 2.0 * place + (place % 3) / 10 for place, on in enumerate([*early, *late])}
    flat = dict.fromkeys([*early, *late], 5.0)
    found = against_others([rising], [flat], set(early), set(late))
    assert found is not None
    assert found.apart.low > 0
    assert not found.parallel


def test_only_days_on_which_all_were_measured_count() -> None:
    early = [DAY - timedelta(30 * place) for place in range(5, 0, -1)]
    late = [DAY + timedelta(30 * place) for place in range(1, 6)]
    whole = {on: float(place) for place, on in enumerate([*early, *late])}
    part = {on: value for on, value in whole.items() if on not in {early[0], late[-1]}}
    found = against_others([whole], [part, whole], set(early), set(late))
    assert found is not None
    assert (found.before, found.after) == (4, 4)
    few = {on: value for on, value in part.items() if on != late[0]}
    assert against_others([whole], [few], set(early), set(late)) is None


def test_errors_that_hang_together_widen_the_interval_of_a_long_series() -> None:
    # Waves of eight months, so that neighbours are alike.
    wave = [math.sin(place / 8 * 2 * math.pi) for place in range(32)]
    long = means(wave[:16], wave[16:])
    plain = stats.ttest_ind(wave[16:], wave[:16]).confidence_interval(0.95)
    assert long.difference.high - long.difference.low > (plain.high - plain.low) * 1.001
    assert against_trend(before(wave[:16]), after(wave[16:]), DAY).errors is ErrorsAssumed.NEWEY_WEST


@quick
@given(st.lists(st.integers(-1000, 1000).map(float), min_size=24, max_size=40))
def test_errors_that_may_hang_together_never_make_an_interval_narrower(values: list[float]) -> None:
    # Newey and West's intervals of some dozens of points are often narrower than those of independent errors.
    high, low = values[:12], values[12:]
    plain = stats.ttest_ind(low, high).confidence_interval(0.95)
    found = means(high, low).difference
    assert found.low <= plain.low + 1e-6 * max(1.0, abs(plain.low))
    assert found.high >= plain.high - 1e-6 * max(1.0, abs(plain.high))


@quick
@given(VALUES, VALUES, st.integers(-1000, 1000))
def test_shifting_all_values_moves_no_effect(high: list[float], low: list[float], shift: int) -> None:
    moved = [[value + shift for value in side] for side in (high, low)]
    assert close(means(high, low).difference, means(*moved).difference, 1000)
    found = against_trend(before(high), after(low), DAY)
    shifted = against_trend(before(moved[0]), after(moved[1]), DAY)
    for name in ("effect", "level", "slope"):
        assert close(getattr(found, name), getattr(shifted, name), 1000)


@quick
@given(VALUES, VALUES, st.integers(2, 50))
def test_another_unit_scales_every_effect(high: list[float], low: list[float], times: int) -> None:
    found = against_trend(before(high), after(low), DAY).effect
    scaled = against_trend(before([one * times for one in high]), after([one * times for one in low]), DAY).effect
    expected = Estimate(*(times * getattr(found, name) for name in ("change", "low", "high")))
    assert close(expected, scaled, 1000 * times)


@quick
@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.integers(4, 40), st.integers(4, 40))
def test_a_straight_line_does_not_break(start: float, slope: float, many: int, more: int) -> None:
    def at(on: date) -> float:
        return start + slope * (on - DAY).days

    early = [(on, at(on)) for on, _ in before([0.0] * many)]
    late = [(on, at(on)) for on, _ in after([0.0] * more)]
    found = against_trend(early, late, DAY)
    for one in (found.effect, found.level, found.slope):
        assert one.change == 0
        assert one.holds(0)


@quick
@given(VALUES, VALUES)
def test_what_happens_to_all_alike_is_no_effect_of_a_comparison(high: list[float], low: list[float]) -> None:
    days = [on for on, _ in before(high)], [on for on, _ in after(low)]
    whole = dict([*before(high), *after(low)])
    beside = {on: value + 7 for on, value in whole.items()}
    found = against_others([whole], [beside], set(days[0]), set(days[1]))
    assert found is not None
    assert found.effect.change == 0
    assert found.effect.holds(0)


@quick
@given(st.lists(st.floats(-LARGEST, LARGEST), min_size=8, max_size=8))
def test_the_largest_numbers_have_finite_figures(values: list[float]) -> None:
    found = against_trend(before(values[:4]), after(values[4:]), DAY)
    plain = means(values[:4], values[4:])
    for one in (found.effect, found.level, found.slope, found.slope_before, plain.difference):
        assert all(map(math.isfinite, (one.change, one.low, one.high)))
        assert one.low <= one.change <= one.high


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 1.5e300])
def test_numbers_that_cannot_be_worked_with_are_told_apart(value: float) -> None:
    assert not usable(value)
    assert usable(-LARGEST)


def test_figures_have_nine_digits() -> None:
    assert rounded(1 / 3) == 0.333333333
