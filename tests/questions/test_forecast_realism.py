"""Forecast realism: the claims of the demo, worked by hand from its files, and what is unknown and never zero."""

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.change.changeset import LinkChange, Ref
from graph_api.compile.question import Found
from graph_api.questions.figures.kpi import KPI, Measurement
from graph_api.questions.forecast_realism import (
    ForecastClaim,
    ForecastState,
    ForecastTerm,
    PartyRealism,
    Scale,
    median_interval,
)
from tests.questions.asking import TODAY, Asking, update

QUERY = """query($scope: Scope, $on: Date = "2026-11-01", $first: Int = 200, $after: String) {
  forecastRealism(scope: $scope, on: $on, first: $first, after: $after) {
    totalCount
    pageInfo { endCursor }
    nodes {
      party { __typename key }
      known
      unknown
      notDue
      claimedTwice
      ended
      medianRatio
      low
      high
      claims(first: 200) {
        nodes {
          claimant { __typename key }
          kpi { key }
          state
          expectedChange
          by
          start
          startOn
          startValue
          startFrom
          endOn
          endValue
          came
          ratio
          missing
        }
      }
    }
  }
}"""
DEMO = {"tags": ["demo"]}


async def ask(asking: Asking, **variables: Any) -> dict[str | None, dict[str, Any]]:
    result = await asking.service.ask(QUERY, {"scope": DEMO, **variables})
    assert result.errors is None
    nodes = result.data["forecastRealism"]["nodes"]
    return {node["party"] and node["party"]["key"]: node for node in nodes}


def claim(party: dict[str, Any], claimant: str) -> dict[str, Any]:
    (found,) = [one for one in party["claims"]["nodes"] if one["claimant"]["key"] == claimant]
    return dict(found)


async def test_what_parts_and_logistics_claimed_and_what_came(asking: Asking) -> None:
    found = (await ask(asking))["parts-logistics"]
    # Repairs on the first visit were 67.4 in December, before the kits, and 73.6 in October: 6.2 of 10 claimed.
    kits = claim(found, "I03")
    assert (kits["startOn"], kits["startValue"], kits["startFrom"]) == ("2025-12-31", 67.4, "MEASURED")
    assert (kits["endOn"], kits["endValue"], kits["came"], kits["ratio"]) == ("2026-10-31", 73.6, 6.2, 0.62)
    # Parts on the promised day: 85.8 in December, 86.0 in September: 0.2 of 6.
    assert claim(found, "I05")["ratio"] == pytest.approx(0.2 / 6)
    # The taxi was stopped, and its proposition retired: they claim nothing any more.
    for claimant in ("I16", "PR8"):
        taxi = claim(found, claimant)
        assert (taxi["state"], taxi["ratio"], taxi["missing"]) == ("ENDED", None, ["START_VALUE"])
    assert (found["known"], found["unknown"], found["notDue"], found["ended"]) == (2, 0, 0, 2)
    assert found["medianRatio"] == pytest.approx((0.62 + 0.2 / 6) / 2)
    assert (found["low"], found["high"]) == (None, None)


async def test_parties_without_a_known_claim_have_no_ratio(asking: Asking) -> None:
    found = await ask(asking)
    assert list(found) == [
        *("dealer-management", "field-service", "finance", "it-data", "marketing", "parts-logistics", "service-desk"),
        None,
    ]
    # 40.3 hours in December, 30.3 in October: -10 of -8, whatever brought it about; see initiative effects.
    assert found["field-service"]["medianRatio"] == 1.25
    dealers = found["dealer-management"]
    assert (dealers["known"], dealers["unknown"], dealers["medianRatio"]) == (0, 1, None)
    assert claim(dealers, "I10")["missing"] == ["START_VALUE", "VALUE_AT_BY"]
    # Of PR4 and I09 nobody is the owner.
    assert [one["claimant"]["key"] for one in found[None]["claims"]["nodes"]] == ["I09", "PR4", "PR4"]
    # The claims of stakeholders are those of their departments: PR2 is the head of service's.
    assert [
        one["kpi"]["key"] for one in found["field-service"]["claims"]["nodes"] if one["claimant"]["key"] == "PR2"
    ] == [
        "csat-repair",
        "first-time-fix",
    ]


async def test_a_later_day_makes_more_claims_due(asking: Asking) -> None:
    found = await ask(asking, on="2028-01-01")
    assert all(one["notDue"] == 0 for one in found.values())
    # Nobody measured near the end of 2027.
    assert claim(found["marketing"], "PR6")["missing"] == ["VALUE_AT_BY"]


async def test_claims_without_a_number_or_a_day_are_named(asking: Asking) -> None:
    links = (
        LinkChange("MOVES", Ref("Initiative", "I15"), Ref("KPI", "nps"), {}),
        LinkChange("MOVES", Ref("Initiative", "I03"), Ref("KPI", "nps"), {"expectedChange": 0.0, "by": "2026-09-30"}),
    )
    done = await asking.change(links=links)
    try:
        found = await ask(asking)
        assert claim(found["it-data"], "I15")["missing"] == ["EXPECTED_CHANGE", "BY"]
        assert (found["it-data"]["unknown"], found["it-data"]["medianRatio"]) == (1, None)
        (zero,) = [one for one in found["parts-logistics"]["claims"]["nodes"] if one["kpi"]["key"] == "nps"]
        assert (zero["state"], zero["ratio"], zero["missing"]) == ("UNKNOWN", None, ["EXPECTED_CHANGE"])
        assert found["parts-logistics"]["medianRatio"] == pytest.approx((0.62 + 0.2 / 6) / 2)
    finally:
        await asking.revert(done)


async def test_without_a_first_day_nobody_can_tell(asking: Asking) -> None:
    done = await asking.change(update("Initiative", "I03", start=None))
    try:
        found = claim((await ask(asking))["parts-logistics"], "I03")
        assert (found["startOn"], found["state"], found["missing"]) == (None, "UNKNOWN", ["START_VALUE"])
    finally:
        await asking.revert(done)


async def test_a_proposition_and_its_initiative_are_one_point(asking: Asking) -> None:
    # PR1 and I01 are both field service's: -12 hours until December 2026, and -8 until October. While only the
    # initiative's day has come, its claim counts; once both have, the proposition's does.
    first = (await ask(asking, on="2026-12-30"))["field-service"]
    assert (claim(first, "I01")["state"], first["claimedTwice"]) == ("KNOWN", 0)
    both = (await ask(asking, on="2026-12-31"))["field-service"]
    hours = {
        one["claimant"]["key"]: (one["state"], one["ratio"])
        for one in both["claims"]["nodes"]
        if one["kpi"]["key"] == "time-to-site"
    }
    # 40.3 in December 2025, 30.3 in October: 10 of 12 and of 8. The weekends' claim is for March.
    assert hours["PR1"] == ("KNOWN", pytest.approx(10 / 12))
    assert (hours["I01"][0], hours["I02"][0]) == ("CLAIMED_TWICE", "NOT_DUE")
    assert (both["known"], both["claimedTwice"], both["medianRatio"]) == (1, 1, pytest.approx(10 / 12))


async def test_one_party_is_asked_about_as_all_are(asking: Asking) -> None:
    fields = "party { key } known unknown notDue claimedTwice ended medianRatio claims(first: 200) { totalCount }"
    query = f"""query($on: Date) {{
      departments(first: 200, filter: {{tags: {{has: "demo"}}}}) {{
        nodes {{ key forecastRealism(on: $on) {{ {fields} }} }}
      }}
      partner(key: "keldon") {{ forecastRealism(on: $on) {{ {fields} }} }}
    }}"""
    result = await asking.service.ask(query, {"on": "2026-11-01"})
    assert result.errors is None
    whole = await ask(asking)
    for node in result.data["departments"]["nodes"]:
        told = node["forecastRealism"]
        assert told["party"]["key"] == node["key"]
        if node["key"] in whole:
            found = whole[node["key"]]
            names = ("known", "unknown", "notDue", "claimedTwice", "ended", "medianRatio")
            assert [told[name] for name in names] == [found[name] for name in names]
            assert told["claims"]["totalCount"] == len(found["claims"]["nodes"])
        else:
            assert (told["known"], told["medianRatio"], told["claims"]["totalCount"]) == (0, None, 0)
    # It claims nothing.
    assert result.data["partner"]["forecastRealism"]["claims"]["totalCount"] == 0


async def test_pages_and_scopes(asking: Asking) -> None:
    result = await asking.service.ask(QUERY, {"scope": DEMO, "first": 5})
    page = result.data["forecastRealism"]
    rest = await ask(asking, after=page["pageInfo"]["endCursor"])
    assert (page["totalCount"], list(rest)) == (8, ["parts-logistics", "service-desk", None])
    late = await ask(asking, scope={"initiatives": ["I05"]})
    assert claim(late["parts-logistics"], "I05")["ratio"] == pytest.approx(0.2 / 6)
    assert "finance" not in late


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
async def test_the_first_and_the_last_day_have_an_answer(asking: Asking, on: str) -> None:
    assert await ask(asking, on=on)


KPI_ROW = KPI(1, "k", "k", None, None, None, "UP", *[None] * 11)


def measurement(on: str, value: float) -> Measurement:
    return Measurement(on, on, value, None, None, None, None, None, None, [])


def made(first: float | None, last: float | None, **fields: Any) -> ForecastClaim:
    days = {"2026-01-31": first, "2026-06-30": last}
    series = [measurement(on, value) for on, value in days.items() if value is not None]
    whole = ForecastClaim(
        TODAY.isoformat(), Found("i", "Initiative"), "i", "2026-02-10", 4.0, "2026-07-31", Scale(KPI_ROW, series)
    )
    return replace(whole, **fields)


def test_the_interval_of_a_median_is_that_of_order_statistics() -> None:
    # Of nine values the second and the eighth: both tails of the binomial of 9 and 1/2 beyond them are (1 + 9)/512,
    # 0.0195, and with the third and seventh 0.0898, which is more than 0.025. Of five, the whole range falls short:
    # (1/2)^5 = 0.031.
    found = median_interval([float(value) for value in range(1, 10)])
    assert found is not None
    assert (found.low, found.high) == (2, 8)
    assert median_interval([1.0, 2.0, 3.0, 4.0, 5.0]) is None
    assert median_interval([]) is None


@settings(max_examples=60)
@given(st.floats(-1e9, 1e9), st.floats(-1e9, 1e9), st.floats(0.01, 1e6), st.integers(-1000, 1000))
def test_a_ratio_does_not_depend_on_where_the_scale_begins(
    first: float, last: float, claimed: float, shift: int
) -> None:
    one = made(first, last, expected_change=claimed).ratio
    other = made(first + shift, last + shift, expected_change=claimed).ratio
    assert one is not None
    assert other is not None
    assert math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-4 / claimed)


@settings(max_examples=60)
@given(
    st.sampled_from(["expected_change", "by", "start", "first", "last"]),
    st.floats(-1e9, 1e9),
    st.lists(st.floats(-9, 9), max_size=4),
)
def test_a_claim_of_which_a_term_is_unknown_moves_no_median(field: str, value: float, others: list[float]) -> None:
    known = [made(0.0, ratio * 4.0) for ratio in others]
    unknown = (
        made(None if field == "first" else value, None if field == "last" else value)
        if field in {"first", "last"}
        else made(value, value, **{field: None})
    )
    assert (unknown.state, unknown.ratio) == (ForecastState.UNKNOWN, None)
    assert unknown.missing
    alone, together = PartyRealism(None, None, known), PartyRealism(None, None, [*known, unknown])
    assert alone.median_ratio == together.median_ratio
    assert together.unknown == 1


def test_numbers_beyond_reckoning_are_unknown() -> None:
    assert made(0.0, 1e200, expected_change=1e-200).missing == [ForecastTerm.EXPECTED_CHANGE]
    assert made(0.0, 1e308).missing == [ForecastTerm.VALUE_AT_BY]


def test_a_value_from_long_before_tells_nothing() -> None:
    # 93 days from 29 April 2026 to 31 July 2026.
    old = measurement("2026-04-29", 9.0)
    scale = Scale(KPI_ROW, [*made(1.0, None).scale.series, old])
    assert made(1.0, None, scale=scale).missing == [ForecastTerm.VALUE_AT_BY]
    assert made(1.0, None, scale=scale, by="2026-07-30").ratio == 2


def test_a_claim_for_a_day_before_its_first_tells_nothing() -> None:
    for by in ("2026-02-09", "2026-02-10"):
        found = made(1.0, 3.0, by=by)
        assert (found.state, found.came) == (ForecastState.UNKNOWN, None)
        assert ForecastTerm.BY in found.missing
    assert made(1.0, 3.0, start="2026-07-30").missing == [ForecastTerm.VALUE_AT_BY]


def test_a_baseline_from_long_before_tells_nothing() -> None:
    # 92 and 93 days before 10 February 2026.
    for on, known in (("2025-11-10", True), ("2025-11-09", False)):
        scale = Scale(replace(KPI_ROW, baseline=0.0, baseline_on=on), made(None, 2.0).scale.series)
        found = made(None, 2.0, scale=scale)
        assert (found.ratio, found.missing) == ((0.5, []) if known else (None, [ForecastTerm.START_VALUE]))
