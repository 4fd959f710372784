"""KPIs: values with their intervals, progress, trends, and who sees them otherwise."""

import json
from dataclasses import replace
from math import isfinite
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.questions.figures.course import Course
from graph_api.questions.figures.estimate import Estimate, KPITerm
from graph_api.questions.figures.interval import Interval, net, share_difference
from graph_api.questions.figures.kpi import KPI, Measurement, Part, total_series
from graph_api.questions.figures.trend import MONTH, trend
from graph_api.questions.kpi_states import KPIState
from tests.questions.asking import Asking
from tests.questions.measuring import KEPT, MARGIN, MARKS, NOTHING, RATE, measured

ON = "2026-11-01"
QUERY = """query($scope: Scope, $on: Date, $first: Int, $after: String) {
  kpiStates(scope: $scope, on: $on, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      kpi { key } status value low high intervalMethod measuredOn ageDays sampleSize countedBy respondentSide shareHeard
      gap progress progressLow progressHigh elapsed held missing
      trend { direction slope low high points since }
      series(last: 3) { totalCount nodes { measuredOn value low high } }
      parts(first: 20) { nodes { parts { key } respondentSide value measuredOn missing } }
      perceptionGaps {
        nodes { parts { key } one { respondentSide value } other { respondentSide value } difference low high }
      }
      competitors { nodes { name value measuredOn difference differenceLow missing } }
    }
  }
}"""
DEMO = {"scope": {"tags": ["demo"]}, "on": ON}


def state(kpi: KPI, *measurements: Measurement, on: str = ON) -> KPIState:
    return KPIState(kpi, on, measurements)


def course(kpi: KPI, value: float | None = None, on: str = ON, **others: Any) -> Course:
    return Course(kpi, on, Estimate(kpi, measured(value, **others)))


async def states(asking: Asking, **variables: Any) -> dict[str, Any]:
    result = await asking.service.ask(QUERY, {**DEMO, "first": 200, **variables})
    assert result.errors is None
    return {node["kpi"]["key"]: node for node in result.data["kpiStates"]["nodes"]}


def test_retention_that_mixes_what_was_counted_has_no_value() -> None:
    accounts = measured(90, day="2026-09-30", id="a", counted_by="ACCOUNT", sample_size=100)
    revenue = measured(95, id="b", counted_by="REVENUE")
    for kpi in (KEPT, replace(KEPT, variant=None)):
        found = state(kpi, accounts, revenue)
        assert (found.value, found.low, found.gap, found.progress, found.status) == (None, None, None, None, "UNKNOWN")
        assert KPITerm.COHORT in found.missing
        assert found.trend.slope is None
    # The same survey weighed by revenue once has a value, and no trend.
    other = state(RATE, accounts, revenue)
    assert (other.value, other.trend.slope) == (95, None)
    assert KPITerm.COHORT in other.missing


def test_the_series_is_that_of_customers_and_of_people_unknown() -> None:
    def on(day: int, side: str | None, **others: Any) -> Measurement:
        return measured(float(day), id=f"{day}{side}", day=f"2026-10-{day:02}", side=side, **others)

    part = Part(9, "p", "Segment", "p")
    found = [
        on(1, None),
        on(2, "CUSTOMER"),
        on(2, None),
        on(3, "EMPLOYEE"),
        on(4, "CUSTOMER", subject="COMPETITOR"),
        on(5, "CUSTOMER", parts=[part]),
        measured(None, day="2026-10-06"),
        measured(1.0, day=None),
        on(8, "CUSTOMER"),
    ]
    series = total_series(RATE, found, "2026-10-07")
    assert [(one.day, one.side) for one in series] == [("2026-10-01", None), ("2026-10-02", "CUSTOMER")]
    assert [one.side for one in total_series(RATE, [on(3, "EMPLOYEE"), on(4, "PARTNER")], ON)] == ["PARTNER"]


@pytest.mark.parametrize(
    ("value", "on", "status"),
    [
        # 304 of 364 days are over, 0.835; from 50 to 90 an even pace is at 83.4.
        (84, ON, "ON_TRACK"),
        (83, ON, "BEHIND"),
        (90, ON, "REACHED"),
        # Two months later too, since it was measured then; and at the end it was not there, but on its way.
        (84, "2026-12-30", "ON_TRACK"),
        (83, "2026-12-30", "BEHIND"),
        (84, "2026-12-31", "UNCERTAIN"),
        (84, "2027-06-01", "UNCERTAIN"),
        (83, "2027-06-01", "BEHIND"),
        (90, "2027-06-01", "REACHED"),
    ],
)
def test_a_status_holds_progress_against_an_even_pace(value: float, on: str, status: str) -> None:
    found = course(replace(MARKS, method="OTHER"), value, on)
    assert (found.status, found.stale) == (status, False)


@pytest.mark.parametrize(
    ("value", "day", "status"),
    [
        (89, "2026-12-31", "BEHIND"),
        (90, "2026-12-31", "REACHED"),
        # Before the baseline none of the way is expected.
        (40, "2025-12-01", "BEHIND"),
        (50, "2025-12-01", "ON_TRACK"),
    ],
)
def test_a_status_is_that_of_the_day_of_the_value(value: float, day: str, status: str) -> None:
    on = max(day, "2025-12-01") if day < "2026-01-01" else "2027-06-01"
    assert course(replace(MARKS, method="OTHER"), value, on, day=day).status == status


@pytest.mark.parametrize(
    ("kpi", "on", "stale"),
    [
        # 92 and 93 days after 31 October; and a target of November asks for no newer value later.
        (MARKS, "2027-01-31", False),
        (replace(MARKS, target_by="2027-12-31"), "2027-01-31", False),
        (replace(MARKS, target_by="2027-12-31"), "2027-02-01", True),
        (replace(MARKS, target_by="2026-11-30"), "2027-02-01", False),
        (MARGIN, "2027-02-01", True),
    ],
)
def test_a_value_of_which_nobody_heard_for_long_tells_nothing(kpi: KPI, on: str, *, stale: bool) -> None:
    found = course(replace(kpi, method="OTHER"), 31.0, on)
    assert (found.stale, KPITerm.STALE in found.terms) == (stale, stale)
    assert (found.status == "UNKNOWN") == stale
    # How far it came then is known all the same.
    assert found.attained is not None


def test_a_band_is_as_wide_as_it_is_written() -> None:
    # 1.3 - 1.0 is 0.30000000000000004 in binary fractions.
    about = replace(MARGIN, method="OTHER", target=1.0, hold_band=0.3)
    for value, held in ((1.3, True), (0.7, True), (1.31, False), (0.69, False)):
        found = course(about, value)
        assert (found.held, found.attained, found.status) == (held, float(held), "REACHED" if held else "BEHIND")


def test_one_that_is_held_adds_to_its_goal_however_sure_that_is() -> None:
    found = course(MARGIN, 31, sample_size=50)
    assert (found.held, found.attained, found.status) == (True, 1, "UNCERTAIN")


def test_numbers_beyond_reckoning_are_named() -> None:
    wild = replace(NOTHING, direction="UP", baseline=-1e308, target=1e308)
    assert course(wild, 0.0).progress == 0.5
    far, short = course(wild, -1e308), course(replace(wild, baseline=0.0, target=5e-324), 1e308)
    assert (far.gap, far.progress, KPITerm.TOO_LARGE in far.terms) == (None, 0, True)
    assert (short.progress, short.status, KPITerm.TOO_LARGE in short.terms) == (None, "REACHED", True)
    # As many answers as no Int can hold.
    many = [json.dumps({"answer": answer, "count": 2**31 - 1}) for answer in (1.0, 5.0)]
    found = state(MARKS, measured(counts=many))
    assert (found.sample_size, KPITerm.TOO_LARGE in found.missing) == (None, True)
    assert found.value == 50


def test_a_net_score_lies_in_its_own_interval() -> None:
    for made in range(1, 30):
        for good in range(made + 1):
            for bad in range(made - good + 1):
                low, high = net(good, bad, made)
                assert -1 <= low <= (good - bad) / made <= high <= 1


@pytest.mark.parametrize(
    ("size", "value", "status"),
    [
        (10_000, 85, "ON_TRACK"),
        (10_000, 82, "BEHIND"),
        (100, 84, "UNCERTAIN"),
        (100, 95, "ON_TRACK"),
        (50, 100, "REACHED"),
    ],
)
def test_the_interval_may_leave_a_status_open(size: int, value: float, status: str) -> None:
    # Wilson's intervals: 85 of 100 0.843 to 0.857 with 10,000 asked; 95 of 100 0.888 to 0.978; 50 of 50 from 0.929.
    assert course(MARKS, value, sample_size=size).status == status


@pytest.mark.parametrize(
    ("kpi", "value", "status", "attained"),
    [
        (MARGIN, 32.5, "REACHED", 1),
        (MARGIN, 29.4, "BEHIND", 0),
        (replace(MARGIN, hold_band=None), 31, "UNKNOWN", None),
        # Down from 12 to 6: the way from 12 to 9 is half of it.
        (replace(RATE, direction="DOWN", baseline=12, target=6), 9, "UNKNOWN", 0.5),
        (replace(RATE, direction="DOWN", target=6), 5, "REACHED", 1),
        (replace(RATE, direction="DOWN", target=6), 7, "UNKNOWN", None),
        (replace(RATE, direction="DOWN", target=6, target_by="2026-01-01"), 7, "BEHIND", None),
        # It might be one to HOLD, which from its baseline lies off its target either way.
        (replace(RATE, direction=None, baseline=12, target=6), 9, "UNKNOWN", None),
        # A target that lies the other way than the KPI should go says nothing.
        (replace(RATE, direction="UP", baseline=12, target=6), 5, "UNKNOWN", None),
        (replace(RATE, direction="UP", baseline=50, target=90), 130, "REACHED", 1),
        (replace(RATE, direction="UP", baseline=50, target=90), 40, "UNKNOWN", 0),
        (RATE, 40, "UNKNOWN", None),
    ],
)
def test_what_a_kpi_attained_lies_between_nothing_and_all(
    kpi: KPI, value: float, status: str, attained: float | None
) -> None:
    found = course(kpi, value)
    assert (found.status, found.attained) == (status, attained)


def test_what_a_course_lacks_is_named() -> None:
    assert course(NOTHING, 1).terms == {
        *(KPITerm.TARGET, KPITerm.BASELINE, KPITerm.DIRECTION, KPITerm.TARGET_BY, KPITerm.BASELINE_ON)
    }
    assert course(MARKS, 1).terms == set()
    assert course(replace(MARKS, target=50), 1).terms == {KPITerm.BASELINE}
    assert course(replace(MARKS, direction="DOWN"), 1).terms == {KPITerm.DIRECTION}
    assert course(replace(MARKS, target_by="2025-12-31"), 1).terms == {KPITerm.TARGET_BY}
    assert course(replace(MARGIN, target=None, hold_band=None), 1).terms == {KPITerm.TARGET, KPITerm.HOLD_BAND}


def months(*values: float) -> list[tuple[str, float]]:
    return [(f"2026-{month:02}-01", value) for month, value in enumerate(values, start=1)]


@pytest.mark.parametrize(
    ("kpi", "values", "direction"),
    [
        (RATE, (60, 62, 64, 65, 68), "IMPROVING"),
        (replace(RATE, direction="DOWN"), (60, 62, 64, 65, 68), "WORSENING"),
        (RATE, (60, 70, 58, 71, 60), "FLAT"),
        (RATE, (60, 60, 60), "FLAT"),
        (RATE, (60, 62), "UNKNOWN"),
        (NOTHING, (60, 62, 64, 65, 68), "UNKNOWN"),
        (replace(MARGIN, target=70), (60, 62, 64, 65, 68), "IMPROVING"),
        (replace(MARGIN, target=50), (60, 62, 64, 65, 68), "WORSENING"),
        # Three in order may be chance.
        (RATE, (60, 61, 64), "FLAT"),
    ],
)
def test_a_trend_is_seen_from_where_the_kpi_should_go(kpi: KPI, values: tuple[float, ...], direction: str) -> None:
    assert trend(kpi, months(*values)).direction == direction


def test_a_slope_is_a_months() -> None:
    # 31 days in January and 28 in February 2026, 365.25/12 = 30.4375 in a month.
    found = trend(RATE, [("2026-01-01", 0.0), ("2026-02-01", 31 / MONTH), ("2026-03-01", 59 / MONTH)])
    assert found.slope == pytest.approx(1)
    assert (found.points, found.since) == (3, "2026-01-01")


@given(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=12), st.floats(-1e6, 1e6))
def test_a_constant_more_moves_no_trend(values: list[float], more: float) -> None:
    one, other = trend(RATE, months(*values)), trend(RATE, months(*(value + more for value in values)))
    assert one.slope is not None
    assert other.slope == pytest.approx(one.slope, abs=1e-6)


_NUMBERS = st.one_of(
    st.none(), st.floats(allow_nan=False, allow_infinity=False), st.sampled_from([0.0, 1e308, -1e308, 5e-324])
)
_KPIS = st.builds(
    replace,
    st.just(NOTHING),
    method=st.sampled_from([None, "NPS", "CSAT", "CES", "RETENTION", "RATE", "CURRENCY"]),
    variant=st.sampled_from([None, "LOGO", "NET_REVENUE"]),
    unit=st.sampled_from([None, "percent"]),
    direction=st.sampled_from([None, "UP", "DOWN", "HOLD"]),
    scale_min=_NUMBERS,
    scale_max=_NUMBERS,
    good_from=_NUMBERS,
    bad_to=_NUMBERS,
    aggregate=st.sampled_from([None, "MEAN", "TOP_BOX", "NET"]),
    baseline=_NUMBERS,
    target=_NUMBERS,
    baseline_on=st.sampled_from([None, "0001-01-01", "2026-01-01", "9999-12-31"]),
    target_by=st.sampled_from([None, "0001-01-01", "2026-01-01", "9999-12-31"]),
    hold_band=st.one_of(st.none(), st.floats(0, 1e308)),
)
_MEASUREMENTS = st.builds(
    measured,
    _NUMBERS,
    id=st.uuids().map(str),
    day=st.sampled_from(["0001-01-01", "2020-02-29", "2026-10-31", "9999-12-31"]),
    sample_size=st.sampled_from([None, 0, 1, 2**31 - 1]),
    counts=st.lists(
        st.tuples(_NUMBERS.filter(lambda number: number is not None), st.sampled_from([0, 1, 7, 2**31 - 1])).map(
            lambda part: json.dumps({"answer": part[0], "count": part[1]})
        ),
        max_size=4,
    ),
    counted_by=st.sampled_from([None, "RESPONSE", "ACCOUNT", "REVENUE"]),
    side=st.sampled_from([None, "CUSTOMER", "EMPLOYEE"]),
    competitor=st.sampled_from([None, None, "Other"]),
)


@given(_KPIS, st.lists(_MEASUREMENTS, max_size=5))
def test_every_figure_is_a_number_or_null_whatever_was_typed_in(kpi: KPI, found: list[Measurement]) -> None:
    answer = state(kpi, *found)
    figures = [
        *(
            answer.value,
            answer.low,
            answer.high,
            answer.gap,
            answer.progress,
            answer.progress_low,
            answer.progress_high,
        ),
        *(answer.elapsed, answer.share_heard, answer.trend.slope, answer.trend.low, answer.trend.high),
    ]
    for gap_ in answer.perception_gaps(first=9).nodes:
        figures += [gap_.difference, gap_.low, gap_.high]
    for other in answer.competitors(first=9).nodes:
        figures += [other.value, other.low, other.difference, other.difference_low]
    for point in answer.series(last=9).nodes:
        figures += [point.value, point.low, point.high]
    assert all(figure is None or isfinite(figure) for figure in figures)
    assert answer.status in {"BEHIND", "UNCERTAIN", "UNKNOWN", "ON_TRACK", "REACHED"}
    # What is null is so for a reason that is told.
    if answer.value is None:
        assert {KPITerm.MEASUREMENT, KPITerm.COHORT} & set(answer.missing)
    if answer.low is None:
        assert answer.missing


async def test_the_kpis_of_the_demo(asking: Asking) -> None:
    found = await states(asking)
    assert {key: node["status"] for key, node in found.items()} == {
        "parts-on-time": "BEHIND",
        "parts-revenue": "BEHIND",
        "quote-time": "BEHIND",
        "retention-logos": "BEHIND",
        "retention-revenue": "BEHIND",
        "time-to-site": "BEHIND",
        "ces-parts": "UNCERTAIN",
        "csat-repair": "UNCERTAIN",
        "first-time-fix": "UNCERTAIN",
        "nps": "UNCERTAIN",
        "dealer-answers": "UNKNOWN",
        "invoice-disputes": "UNKNOWN",
        "start-up-score": "UNKNOWN",
        "service-margin": "REACHED",
    }
    ranks = ["BEHIND", "UNCERTAIN", "UNKNOWN", "ON_TRACK", "REACHED"]
    assert list(found) == sorted(found, key=lambda key: (ranks.index(found[key]["status"]), key))
    # NPS, October 2026: 27 of 100 of 60 (16), 28 of 36 (10) and 5 of 80 (4) are 30 more promoters than detractors of
    # 176. Promoters are 29 + 18 + 30 = 77, detractors 13 + 8 + 26 = 47; so (77.75 - 47.75)/179 = 0.167598 -+
    # 1.96·√((125.5/179 - 0.167598²)/179) = 0.120182.
    nps = found["nps"]
    assert nps["value"] == pytest.approx(100 * 30 / 176)
    assert (nps["low"], nps["high"]) == pytest.approx((4.7416, 28.7779), abs=0.0001)
    assert (nps["intervalMethod"], nps["sampleSize"], nps["shareHeard"]) == ("ADJUSTED_WALD", 176, 1)
    # From 15 to 35, in 366 of 791 days.
    assert (nps["progress"], nps["elapsed"]) == pytest.approx(((100 * 30 / 176 - 15) / 20, 366 / 791))
    assert (nps["ageDays"], nps["gap"]) == (1, pytest.approx(35 - 100 * 30 / 176))
    assert [(one["name"], one["value"], one["measuredOn"]) for one in nps["competitors"]["nodes"]] == [
        ("Vannbrook Pumps", 29, "2026-10-31")
    ]
    assert nps["competitors"]["nodes"][0]["difference"] == pytest.approx(100 * 30 / 176 - 29)
    assert nps["series"]["totalCount"] == 12
    assert [point["measuredOn"] for point in nps["series"]["nodes"]] == ["2026-08-31", "2026-09-30", "2026-10-31"]
    assert found["time-to-site"]["missing"] == ["SPREAD"]
    assert found["retention-revenue"]["missing"] == ["COUNTS", "RESPONSES"]
    assert found["start-up-score"]["missing"] == ["MEASUREMENT", "BASELINE", "BASELINE_ON"]
    assert (found["service-margin"]["held"], found["service-margin"]["progress"]) == (True, None)
    # The last value of disputes is of the end of June, 124 days before: too old to tell.
    assert found["invoice-disputes"]["missing"] == ["SAMPLE_SIZE", "STALE"]
    assert (found["invoice-disputes"]["measuredOn"], found["invoice-disputes"]["ageDays"]) == ("2026-06-30", 124)


async def test_what_technicians_think_and_customers_say(asking: Asking) -> None:
    # 149 of 200 customers gave 4 or 5 in October, 42 of 46 technicians thought so in September.
    (between,) = (await states(asking))["csat-repair"]["perceptionGaps"]["nodes"]
    assert (between["one"]["respondentSide"], between["other"]["respondentSide"]) == ("CUSTOMER", "EMPLOYEE")
    assert between["difference"] == pytest.approx(100 * (42 / 46 - 149 / 200))
    low, high = share_difference((42, 46), (149, 200))
    assert Interval(between["low"], between["high"]) == pytest.approx((100 * low, 100 * high))
    assert between["low"] > 0
    # Dealers were asked by themselves: nobody else answered for them, so that nothing can be held beside it.
    assert (await states(asking))["nps"]["perceptionGaps"]["nodes"] == []


async def test_the_trends_of_the_demo_are_those_of_its_story(asking: Asking) -> None:
    found = {key: node["trend"] for key, node in (await states(asking)).items()}
    assert {key: one["direction"] for key, one in found.items()} == {
        "invoice-disputes": "FLAT",
        "parts-on-time": "FLAT",
        "parts-revenue": "IMPROVING",
        "quote-time": "FLAT",
        "retention-logos": "WORSENING",
        "retention-revenue": "WORSENING",
        "time-to-site": "IMPROVING",
        "ces-parts": "IMPROVING",
        "csat-repair": "IMPROVING",
        "first-time-fix": "IMPROVING",
        "nps": "IMPROVING",
        "dealer-answers": "IMPROVING",
        "start-up-score": "UNKNOWN",
        "service-margin": "FLAT",
    }
    # The hours fall by about one a month.
    assert found["time-to-site"]["slope"] == pytest.approx(-1, abs=0.02)


async def test_what_was_measured_later_is_not_known_yet(asking: Asking) -> None:
    found = await states(asking, on="2025-12-15")
    assert (found["nps"]["measuredOn"], found["nps"]["trend"]["points"]) == ("2025-11-30", 1)
    assert found["nps"]["competitors"]["nodes"] == []
    assert "POINTS" in found["nps"]["missing"]
    before = await states(asking, on="2025-01-01")
    assert {node["status"] for key, node in before.items() if key != "service-margin"} == {"UNKNOWN"}
    assert all("MEASUREMENT" in node["missing"] for node in before.values())


async def test_a_scope_and_pages_keep_the_order(asking: Asking) -> None:
    whole = await states(asking)
    scoped = await states(asking, scope={"goals": ["G2"]})
    assert {"retention-logos", "retention-revenue"} <= scoped.keys() < whole.keys()
    assert scoped == {key: whole[key] for key in whole if key in scoped}
    keys: list[str] = []
    after = None
    while True:
        page = (await asking.service.ask(QUERY, {**DEMO, "first": 4, "after": after})).data["kpiStates"]
        keys += [node["kpi"]["key"] for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert keys == list(whole)


async def test_one_kpi_is_asked_about_as_all_are(asking: Asking) -> None:
    query = """query($on: Date) {
      kpi(key: "csat-repair") {
        kpiState(on: $on) { status value low trend { slope } missing parts(first: 2) { totalCount } }
      }
      none: kpi(key: "no-such") { kpiState(on: $on) { value } }
      kpis(first: 200, filter: {tags: {has: "demo"}}) { nodes { key kpiState(on: $on) { value } } }
    }"""
    result = await asking.service.ask(query, {"on": ON})
    assert result.errors is None
    found = await states(asking)
    told = result.data["kpi"]["kpiState"]
    assert {name: told[name] for name in ("status", "value", "low", "missing")} == {
        name: found["csat-repair"][name] for name in ("status", "value", "low", "missing")
    }
    # Three segments, a touchpoint and two accounts.
    assert told["parts"]["totalCount"] == 6
    assert result.data["none"] is None
    assert {one["key"]: one["kpiState"]["value"] for one in result.data["kpis"]["nodes"]} == {
        key: node["value"] for key, node in found.items()
    }


async def test_nothing_is_measured_in_the_public_data(asking: Asking) -> None:
    found = await states(asking, scope={"tags": ["veteran-transition"]})
    assert {key: (node["status"], node["value"]) for key, node in found.items()} == dict.fromkeys(
        ("K1", "K2", "K3"), ("UNKNOWN", None)
    )
    assert all("MEASUREMENT" in node["missing"] for node in found.values())
