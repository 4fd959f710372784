"""Values with their intervals, who was heard, and how far a number came."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.questions.figures.estimate import Estimate, KPITerm, Sample, difference
from graph_api.questions.figures.heard import Worth, heard
from graph_api.questions.figures.interval import line, mean, net, share_difference
from graph_api.questions.figures.kpi import KPI, Measurement, Part
from graph_api.questions.figures.progress import elapsed, gap, held, progress
from tests.questions.measuring import KEPT, MARKS, NOTHING, NPS, RATE, counts, measured


def test_the_interval_of_a_net_score_is_that_worked_by_hand() -> None:
    # 15 promoters and 9 detractors of 36: 15.75/39 = 0.403846 less 9.75/39 = 0.25 is 0.153846; the variance is
    # (0.653846 - 0.153846²)/39 = 0.0161584, its root 0.127116, and 1.959964 of that 0.249142.
    assert net(15, 9, 36) == pytest.approx((-0.095296, 0.402988), abs=1e-6)
    assert Sample(15, 9, 36, 100).interval == pytest.approx((-9.5296, 40.2988), abs=1e-4)


def test_the_interval_of_a_difference_of_shares_is_the_published_one() -> None:
    # R. G. Newcombe, Statistics in Medicine 17, 1998, 873-890, table II, column (a), method 10: 56/70 - 48/80.
    assert share_difference((56, 70), (48, 80)) == pytest.approx((0.0524, 0.3339), abs=0.00005)


def test_the_interval_of_a_mean_is_that_worked_by_hand() -> None:
    # 1, 2, 2, 3: mean 2, variance 2/3, standard error √(2/3/4) = 0.408248; Student's t of 3 degrees is 3.182446.
    assert mean([(1, 1), (2, 2), (3, 1)]) == pytest.approx((0.700772, 3.299228), abs=1e-6)
    assert mean([(4, 500)]) is None
    assert mean([(4, 1), (5, 0)]) is None
    assert mean([(1e308, 2), (-1e308, 2)]) is None


def test_a_line_is_that_worked_by_hand() -> None:
    # Through 1, 3, 2, 5: Sxx 5, Sxy 5.5, so 1.1; residuals -0.1, 0.8, -1.3, 0.6 with squares of 2.7 together; the
    # standard error is √(2.7/2/5) = 0.519615, Student's t of 2 degrees 4.302653.
    found = line([0, 1, 2, 3], [1, 3, 2, 5])
    assert found == pytest.approx((1.1, -1.135724, 3.335724, 1.1, 4.4), abs=1e-6)
    assert line([0, 1], [1, 3]) is None
    assert line([0, 1, 2], [7, 7, 7]) == (0, 0, 0, 7, 7)


@given(st.integers(0, 500), st.integers(0, 500), st.integers(0, 500))
def test_a_net_score_lies_in_its_interval_which_narrows(good: int, bad: int, others: int) -> None:
    made = good + bad + others
    if made < 2:
        return
    low, high = net(good, bad, made)
    assert -1 <= low <= (good - bad) / made <= high <= 1
    wider = net(good * 4, bad * 4, made * 4)
    assert wider[1] - wider[0] < high - low


@given(st.integers(1, 300), st.integers(0, 300), st.integers(1, 300), st.integers(0, 300))
def test_a_difference_turns_its_sign_with_its_sides(made: int, kept: int, others: int, theirs: int) -> None:
    one = Sample(min(kept, made), None, made, 100)
    other = Sample(min(theirs, others), None, others, 100)
    found, turned = difference(one, other), difference(other, one)
    assert found is not None
    assert turned is not None
    assert found == pytest.approx((-turned.high, -turned.low), abs=1e-9)
    assert found.low <= 100 * (one.good / one.made - other.good / other.made) <= found.high


def test_values_of_different_sorts_have_no_interval_between_them() -> None:
    assert difference(Sample(1, None, 2, 100), Sample(1, 1, 2, 100)) is None
    assert difference(Sample(1, None, 2, 100), Sample(1, None, 2, 1)) is None


@pytest.mark.parametrize(
    ("kpi", "found", "method", "low", "high"),
    [
        # 9 of 12 are 4 or 5: Wilson gives (9 + 1.9207)/15.8415 -+ 1.96/15.8415·√(9·3/12 + 0.9604) = 0.6894 -+ 0.2217.
        (MARKS, measured(counts=counts(a5=4, a4=5, a3=3)), "WILSON", 46.77, 91.11),
        (RATE, measured(75, sample_size=12), "WILSON", 46.77, 91.11),
        (replace(RATE, unit=None, scale_max=1), measured(0.75, sample_size=12), "WILSON", 0.4677, 0.9111),
        (KEPT, measured(75, sample_size=12, counted_by="ACCOUNT"), "WILSON", 46.77, 91.11),
        (replace(KEPT, variant=None), measured(75, sample_size=12, counted_by="ACCOUNT"), "WILSON", 46.77, 91.11),
        (NPS, measured(counts=counts(a10=15, a8=12, a3=9)), "ADJUSTED_WALD", -9.53, 40.30),
        (replace(MARKS, aggregate="MEAN"), measured(counts=counts(a1=1, a2=2, a3=1)), "STUDENT_T", 1, 3.2992),
    ],
)
def test_a_value_has_the_interval_of_its_kind(
    kpi: KPI, found: Measurement, method: str, low: float, high: float
) -> None:
    estimate = Estimate(kpi, found)
    assert (estimate.interval_method, estimate.missing) == (method, [])
    assert estimate.interval == pytest.approx((low, high), abs=0.006)


@pytest.mark.parametrize(
    ("kpi", "found", "missing"),
    [
        (RATE, None, ["MEASUREMENT"]),
        (RATE, measured(75), ["SAMPLE_SIZE"]),
        (replace(RATE, unit=None), measured(75, sample_size=12), ["UNIT"]),
        (RATE, measured(130, sample_size=12), ["SCALE"]),
        (RATE, measured(75, sample_size=12, counted_by="REVENUE"), ["RESPONSES"]),
        (MARKS, measured(75), ["SAMPLE_SIZE"]),
        (replace(MARKS, scale_min=None), measured(75, sample_size=12), ["AGGREGATE"]),
        (replace(MARKS, aggregate="MEAN"), measured(4.2, sample_size=12), ["COUNTS"]),
        (replace(MARKS, aggregate="MEAN"), measured(counts=counts(a5=12)), ["SPREAD"]),
        (NPS, measured(29, sample_size=61), ["COUNTS"]),
        (KEPT, measured(90, sample_size=12, counted_by="REVENUE"), ["COHORT"]),
        (replace(KEPT, variant="NET_REVENUE"), measured(104), ["RESPONSES"]),
        (replace(KEPT, variant=None), measured(90, sample_size=12), ["VARIANT"]),
        (replace(NOTHING, method="DURATION"), measured(30, sample_size=12), ["SPREAD"]),
        (NOTHING, measured(30), ["SPREAD"]),
    ],
)
def test_what_an_interval_lacks_is_named(kpi: KPI, found: Measurement | None, missing: list[str]) -> None:
    estimate = Estimate(kpi, found)
    assert estimate.missing == missing
    assert estimate.interval is None


def worth(number: int, amount: int | None, currency: str | None = "EUR", kind: str = "Segment") -> Worth:
    return Worth(number, kind, amount, currency)


def test_revenue_heard_is_what_answered_of_the_annual_value() -> None:
    # 300 and 450 of revenue gave an answer, of 1000 + 500 a year; amounts are stored in ten-thousandths.
    answered = measured(counts=counts(a10=300, a3=450), counted_by="REVENUE")
    both = [worth(1, 10_000_000), worth(2, 5_000_000), worth(3, 90_000_000, kind="Account")]
    assert heard(answered, both).share == 0.5
    part = replace(answered, parts=[Part(1, "s", "Segment", "s")])
    assert heard(part, both).share == 0.75
    assert heard(part, []).missing == {KPITerm.ANNUAL_VALUE, KPITerm.CURRENCY}
    for lacking, term in (
        ([worth(1, None)], KPITerm.ANNUAL_VALUE),
        ([worth(1, 10_000)], KPITerm.ANNUAL_VALUE),
        ([worth(1, 10_000_000, None)], KPITerm.CURRENCY),
        ([worth(1, 10_000_000), worth(2, 10_000_000, "USD")], KPITerm.CURRENCY),
    ):
        assert heard(answered, lacking).share is None
        assert heard(answered, lacking).missing == {term}
    assert heard(replace(answered, counts=None), both).missing == {KPITerm.COUNTS}


def test_responses_heard_are_those_counted_of_those_asked() -> None:
    answered = measured(counts=counts(a5=30, a1=10), sample_size=160)
    assert heard(answered, []).share == 0.25
    assert heard(replace(answered, sample_size=None), []).missing == {KPITerm.SAMPLE_SIZE}
    assert heard(replace(answered, sample_size=39), []).missing == {KPITerm.SAMPLE_SIZE}
    # Nobody was asked for hours or repairs, and nothing is missing.
    assert heard(measured(73, sample_size=160), []) == heard(measured(1), [])


def test_progress_and_time() -> None:
    assert progress(12, 6, 11.1) == pytest.approx(0.15)
    assert (progress(6, 6, 6), progress(None, 6, 6), progress(-1e308, 1e308, 0)) == (None, None, 0.5)
    assert (gap(11, 6), gap(None, 6), gap(-1e308, 1e308)) == (-5, None, None)
    assert elapsed("2026-01-01", "2026-12-31", "2026-11-01") == pytest.approx(304 / 364)
    assert (elapsed("2026-01-01", "2026-12-31", "2020-01-01"), elapsed(None, "2026-12-31", "2027-01-01")) == (0, 1)
    assert (elapsed(None, "2026-12-31", "2026-11-01"), elapsed("2026-12-31", "2026-12-31", "2027-01-01")) == (
        None,
        None,
    )
    assert elapsed("0001-01-01", "9999-12-31", "9999-12-31") == 1
    assert (held(32.5, 31, 1.5), held(32.6, 31, 1.5), held(31, 31, None)) == (True, False, None)
