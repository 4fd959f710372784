"""Initiative effects: the demo worked by hand from seed/demo/measurements.py, in a real graph."""

from typing import Any

import pytest

from graph_api.change.changeset import LinkChange, Ref, Unlink
from tests.questions.asking import Asking, create, update

QUERY = """query(
  $scope: Scope, $on: Date = "2026-11-01", $window: Int, $minimumSample: Int, $first: Int = 200, $after: String
) {
  initiativeEffects(
    scope: $scope, on: $on, window: $window, minimumSample: $minimumSample, first: $first, after: $after
  ) {
    totalCount
    pageInfo { endCursor }
    nodes {
      initiative { key }
      kpi { key }
      verdict
      method
      course
      change { change low high }
      missing
      claims { claimant { key } expectedChange by }
      aims { key }
      wentLive
      liveBy
      windowFrom
      windowTo
      respondentSide
      pointsBefore
      pointsAfter
      pointsLeftOut
      means { before after difference { change low high } }
      trend { effect { change low high } slopeBefore { change low high } level { low high } slope { low high } errors }
      comparison {
        reached { key }
        others { key }
        leftOut { key }
        against { reached { before after } others { before after } effect { change } parallel before after }
      }
      points(first: 200) { nodes { on value sampleSize phase } }
      alongside(first: 200) { nodes { initiative { key } reasons atWork accounts } }
    }
  }
}"""
DEMO = {"tags": ["demo"]}
Effects = dict[tuple[str, str | None], dict[str, Any]]


async def ask(asking: Asking, **variables: Any) -> Effects:
    result = await asking.service.ask(QUERY, {"scope": DEMO, **variables})
    assert result.errors is None
    nodes = result.data["initiativeEffects"]["nodes"]
    return {(node["initiative"]["key"], node["kpi"] and node["kpi"]["key"]): node for node in nodes}


async def test_kits_in_the_vans_moved_the_process_industry_alone(asking: Asking) -> None:
    found = (await ask(asking))["I03", "first-time-fix"]
    assert (found["verdict"], found["method"], found["course"], found["missing"]) == (
        "CHANGED_VS_COMPARISON",
        "COMPARISON",
        "IMPROVED",
        [],
    )
    assert (found["wentLive"], found["liveBy"]) == ("2026-04-24", "FINISHED")
    # Five months before, six after, and April, in which the kits came, on neither side. Process industry: (67 + 68 + 67
    # + 66 + 68)/5 = 67.2 and (76 + 78 + 79 + 80 + 79 + 81)/6 = 78.8333. Waterworks 70 and 70.5, dairies 65 and 65.1667:
    # together 67.5 and 67.8333. 11.6333 - 0.3333 = 11.3.
    against = found["comparison"]["against"]
    assert [one["key"] for one in found["comparison"]["reached"]] == ["process-industry"]
    assert [one["key"] for one in found["comparison"]["others"]] == ["food-dairy", "water-utilities"]
    assert (against["reached"], against["others"]) == (
        {"before": 67.2, "after": 78.8333333},
        {"before": 67.5, "after": 67.8333333},
    )
    assert (against["before"], against["after"], against["parallel"]) == (5, 6, True)
    assert found["change"]["change"] == 11.3
    # Each month it is ahead by -0.5, 0.5, -1, -1.5, 1 before and 8, 10, 11.5, 12.5, 11, 13 after: squares of 4.3 and
    # 16.5 about their means of -0.3 and 11, so the variance is 20.8/9·(1/5 + 1/6) = 0.84741, and Student's t of 9
    # degrees of freedom 2.262157: 11.3 ± 2.0824.
    assert found["change"]["low"] == pytest.approx(11.3 - 2.0824, abs=1e-4)
    assert found["change"]["high"] == pytest.approx(11.3 + 2.0824, abs=1e-4)
    # The total moved as well, by a half of that: the process industry has 92 of 190 repairs.
    assert found["trend"]["effect"]["low"] > 0
    assert [(one["claimant"]["key"], one["expectedChange"]) for one in found["claims"]] == [("I03", 10), ("PR2", 10)]
    assert [one["key"] for one in found["aims"]] == ["O04", "O05"]
    assert [one["phase"] for one in found["points"]["nodes"]] == ["BEFORE"] * 5 + ["DURING"] + ["AFTER"] * 6


async def test_the_dispatch_queue_did_not_break_the_trend(asking: Asking) -> None:
    found = (await ask(asking))["I01", "time-to-site"]
    assert (found["verdict"], found["method"], found["course"]) == ("NO_CHANGE", "TREND", None)
    # 38.83 hours before (41.4 to 36.3) and 32.32 after (34.3 to 30.3), and yet no break: an hour a month, as before.
    assert found["means"]["before"] == pytest.approx((41.4 + 40.3 + 39.4 + 38.3 + 37.3 + 36.3) / 6)
    assert found["means"]["after"] == pytest.approx((34.3 + 33.3 + 32.4 + 31.3 + 30.3) / 5)
    assert found["means"]["difference"]["high"] < 0
    assert found["trend"]["slopeBefore"]["change"] == pytest.approx(-1.03, abs=0.01)
    assert found["trend"]["level"]["low"] < 0 < found["trend"]["level"]["high"]
    assert found["trend"]["slope"]["low"] < 0 < found["trend"]["slope"]["high"]
    # It was for all segments: there is nobody to compare with.
    assert found["comparison"] is None


async def test_the_late_shift_moved_nothing(asking: Asking) -> None:
    found = (await ask(asking))["I05", "parts-on-time"]
    assert (found["verdict"], found["method"], found["missing"]) == ("NO_CHANGE", "TREND", [])
    assert found["means"]["difference"]["change"] == pytest.approx(85.8714286 - 85.8)
    # The six points claimed are out of reach.
    assert found["change"]["low"] < 0 < found["change"]["high"] < 6


async def test_of_the_checklist_nobody_can_tell(asking: Asking) -> None:
    found = (await ask(asking))["I10", "start-up-score"]
    assert (found["verdict"], found["missing"]) == ("NOT_MEASURABLE", ["MEASUREMENTS"])
    assert (found["means"], found["trend"], found["comparison"], found["change"]) == (None, None, None, None)
    assert found["wentLive"] == "2026-02-20"


async def test_what_is_missing_is_named(asking: Asking) -> None:
    found = await ask(asking)
    assert len(found) == 40
    missing = {name: one["missing"] for name, one in found.items()}
    assert missing["I15", None] == ["KPI"]
    # Counted until June only; planned; stopped; running since August.
    assert missing["I13", "invoice-disputes"] == ["POINTS_AFTER"]
    assert missing["I08", "retention-logos"] == ["WENT_LIVE"]
    assert missing["I12", "first-time-fix"] == ["WENT_LIVE"]
    assert missing["I02", "time-to-site"] == ["POINTS_AFTER"]
    # Customers left in March and August: neither no change nor the 1.5 points claimed can be ruled out.
    assert missing["I01", "retention-revenue"] == ["PRECISION"]
    # Nobody claimed a number that could be ruled out: an opportunity only aims.
    assert missing["I05", "ces-parts"] == missing["I05", "dealer-answers"] == ["EXPECTED_CHANGE"]
    for one in found.values():
        assert (one["verdict"] == "NOT_MEASURABLE") == bool(one["missing"])
        assert (one["course"] is None) == (not one["verdict"].startswith("CHANGED"))


async def test_what_is_still_running_changed_alongside_at_most(asking: Asking) -> None:
    done = await asking.change(
        update("Initiative", "I03", initiativeStatus="RUNNING", start="2026-04-24", finished=None)
    )
    try:
        found = (await ask(asking))["I03", "first-time-fix"]
        assert (found["verdict"], found["method"], found["liveBy"]) == ("CHANGED_ALONGSIDE", "COMPARISON", "STARTED")
    finally:
        await asking.revert(done)


async def test_a_rival_that_is_being_rolled_out_may_account_for_a_change(asking: Asking) -> None:
    # Numbers for the pumps are written since 2025, before the year that counts; the passport is only to come.
    kits = (await ask(asking))["I03", "first-time-fix"]
    accounts = {one["initiative"]["key"]: one["accounts"] for one in kits["alongside"]["nodes"]}
    assert (kits["verdict"], accounts["I06"], "I04" in accounts) == ("CHANGED_VS_COMPARISON", False, False)
    done = await asking.change(update("Initiative", "I04", initiativeStatus="RUNNING", start="2026-05-04"))
    try:
        kits = (await ask(asking))["I03", "first-time-fix"]
        (passport,) = [one for one in kits["alongside"]["nodes"] if one["initiative"]["key"] == "I04"]
        assert (kits["verdict"], passport["accounts"]) == ("CHANGED_ALONGSIDE", True)
        assert passport["reasons"] == ["CLAIMS_KPI", "AIMS_AT_KPI", "SAME_TOUCHPOINT", "SAME_JOURNEY"]
    finally:
        await asking.revert(done)
    # Of one that runs, and nobody knows since when, nobody can tell.
    done = await asking.change(update("Initiative", "I06", start=None))
    try:
        kits = (await ask(asking))["I03", "first-time-fix"]
        assert (kits["verdict"], kits["missing"]) == ("CHANGED_ALONGSIDE", ["ALONGSIDE_DAYS"])
    finally:
        await asking.revert(done)


async def test_one_initiative_is_asked_about_as_all_are(asking: Asking) -> None:
    query = """query($on: Date) {
      initiative(key: "I03") {
        effects(on: $on, window: 365, minimumSample: 20, first: 1) {
          totalCount nodes { kpi { key } verdict change { low } comparison { against { durbinWatson } } }
        }
      }
      none: initiative(key: "no-such") { effects(on: $on) { totalCount } }
      initiatives(first: 200, filter: {tags: {has: "demo"}}) { nodes { key effects(on: $on) { totalCount } } }
      wrong: initiative(key: "I03") { key }
    }"""
    result = await asking.service.ask(query, {"on": "2026-11-01"})
    assert result.errors is None
    whole = await ask(asking)
    told = result.data["initiative"]["effects"]
    (one,) = told["nodes"]
    found = whole["I03", one["kpi"]["key"]]
    assert (one["verdict"], one["change"]["low"]) == (found["verdict"], found["change"]["low"])
    assert one["comparison"]["against"]["durbinWatson"] > 0
    counts = {node["key"]: node["effects"]["totalCount"] for node in result.data["initiatives"]["nodes"]}
    assert counts == {key: sum(name == key for name, _ in whole) for key, _ in whole}
    assert result.data["none"] is None
    refused = await asking.service.ask('{ initiative(key: "I03") { effects(window: 0) { totalCount } } }')
    assert refused.errors is not None
    assert refused.errors[0].extensions == {"code": "BAD_USER_INPUT"}


async def test_others_in_the_same_window_are_named(asking: Asking) -> None:
    found = await ask(asking)
    satisfaction = found["I01", "csat-repair"]
    assert (satisfaction["verdict"], satisfaction["method"]) == ("CHANGED_ALONGSIDE", "TREND")
    accounts = {one["initiative"]["key"]: one["accounts"] for one in satisfaction["alongside"]["nodes"]}
    # The kits came in the same spring and claim the same; the glasses, stopped in April, were to move what drives it.
    # The call back has begun in September, and is being rolled out since.
    assert (accounts["I03"], accounts["I12"], accounts["I14"]) == (True, True, True)
    # The queue came for everybody: it cancels out where the process industry is compared with the others.
    kits = {one["initiative"]["key"]: one["accounts"] for one in found["I03", "csat-repair"]["alongside"]["nodes"]}
    assert kits["I01"] is False


async def test_a_rival_of_which_nobody_knows_when_it_ended_leaves_it_open(asking: Asking) -> None:
    # Removing a day must not make anything surer: it may have been in the window.
    rival = create("Initiative", "rival", initiativeStatus="DONE")
    change = LinkChange("MOVES", Ref("Initiative", "rival"), Ref("KPI", "first-time-fix"), {})
    target = create("Proposition", "rival-offer")
    links = (
        change,
        LinkChange("DELIVERED_BY", Ref("Proposition", "rival-offer"), Ref("Initiative", "rival"), {}),
        LinkChange("TARGETS", Ref("Proposition", "rival-offer"), Ref("Segment", "process-industry"), {}),
    )
    done = await asking.change(rival, target, links=links)
    try:
        found = (await ask(asking))["I03", "first-time-fix"]
        assert (found["verdict"], found["missing"]) == ("CHANGED_ALONGSIDE", ["ALONGSIDE_DAYS"])
        (one,) = [one for one in found["alongside"]["nodes"] if one["initiative"]["key"] == "rival"]
        assert (one["atWork"], one["accounts"]) == (None, None)
    finally:
        await asking.revert(done)


async def test_without_targets_only_the_trend_is_left(asking: Asking) -> None:
    gone = tuple(
        Unlink("TARGETS", Ref("Proposition", "PR2"), Ref(kind, key), {})
        for kind, key in (("Segment", "process-industry"), ("Account", "ravensholt"), ("Account", "quillfors"))
    )
    done = await asking.change(unlinks=gone)
    try:
        found = (await ask(asking))["I03", "first-time-fix"]
        assert (found["comparison"], found["method"]) == (None, "TREND")
        # And then the glasses count again, which were put away in April.
        assert found["verdict"] == "CHANGED_ALONGSIDE"
    finally:
        await asking.revert(done)


async def test_bounds_move_what_counts(asking: Asking) -> None:
    found = (await ask(asking, minimumSample=100))["I03", "first-time-fix"]
    # 190 repairs in all, but 92, 28 and 70 in the segments.
    assert (found["comparison"], found["pointsBefore"], found["method"]) == (None, 5, "TREND")
    found = (await ask(asking, minimumSample=191))["I03", "first-time-fix"]
    assert (found["verdict"], found["pointsLeftOut"]) == ("NOT_MEASURABLE", 11)
    assert found["missing"] == ["POINTS_BEFORE", "POINTS_AFTER", "SAMPLE_SIZE"]
    found = (await ask(asking, window=100))["I03", "first-time-fix"]
    assert (found["windowFrom"], found["windowTo"]) == ("2026-01-14", "2026-08-02")
    assert (found["pointsBefore"], found["pointsAfter"], found["method"]) == (3, 3, "MEANS")
    # Means alone never say more than that.
    assert found["verdict"] == "CHANGED_ALONGSIDE"
    found = (await ask(asking, on="2026-04-23"))["I03", "first-time-fix"]
    assert (found["wentLive"], found["missing"]) == (None, ["WENT_LIVE"])


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"window": 0}, "window: 0 is no number of days from 1 to 3650"),
        ({"window": 2147483647}, "window: 2147483647"),
        ({"minimumSample": -1}, "minimumSample: -1 is less than nothing"),
    ],
)
async def test_bounds_that_cannot_be_used_are_named(asking: Asking, variables: dict[str, int], message: str) -> None:
    result = await asking.service.ask(QUERY, variables)
    assert result.errors is not None
    assert message in result.errors[0].message


async def test_pages_and_scopes(asking: Asking) -> None:
    whole = await ask(asking)
    assert [name for name, _ in whole] == sorted(name for name, _ in whole)
    result = await asking.service.ask(QUERY, {"scope": DEMO, "first": 3})
    page = result.data["initiativeEffects"]
    rest = await ask(asking, after=page["pageInfo"]["endCursor"])
    assert (page["totalCount"], len(rest)) == (40, 37)
    kits = await ask(asking, scope={"initiatives": ["I03"]})
    # The passport is to bring about what the kits do, too.
    assert {name for name, _ in kits} == {"I03", "I04"}
    assert {kpi for _, kpi in kits} == {"csat-repair", "first-time-fix"}
    assert kits["I03", "first-time-fix"] == whole["I03", "first-time-fix"]


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
async def test_the_first_and_the_last_day_have_an_answer(asking: Asking, on: str) -> None:
    found = await ask(asking, on=on, window=3650)
    assert len(found) == 40


async def test_a_live_day_at_the_edge_of_time_and_enormous_values_have_an_answer(asking: Asking) -> None:
    done = await asking.change(update("Initiative", "I05", finished="0001-01-02"))
    try:
        found = (await ask(asking, window=3650))["I05", "parts-on-time"]
        assert (found["verdict"], found["windowFrom"]) == ("NOT_MEASURABLE", "0001-01-01")
    finally:
        await asking.revert(done)


async def test_public_data_without_measurements_say_so(asking: Asking) -> None:
    found = await ask(asking, scope={"tags": ["veteran-transition"]})
    assert found
    assert all(one["verdict"] == "NOT_MEASURABLE" and one["missing"] for one in found.values())
