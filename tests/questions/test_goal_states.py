"""Goals: how far they have come over what is known, and what would be if all were."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.questions.figures.kpi import KPI, Measurement
from graph_api.questions.goal_states import Goal, Goals, RollUp
from graph_api.questions.kpi_states import KPIState
from tests.questions.asking import Asking, create, update

ON = "2026-11-01"
QUERY = """query($scope: Scope, $on: Date, $first: Int, $after: String) {
  goalStates(scope: $scope, on: $on, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      goal { key } horizon daysLeft progress low high known unknown
      below { progress low high known unknown }
      kpis { nodes { state { kpi { key } status parts(first: 1) { totalCount } } weight attained } }
      supportingGoals { nodes { goal { key } progress known unknown below { known } } }
    }
  }
}"""
DEMO = {"scope": {"tags": ["demo"]}, "on": ON}
HOURS = replace(KPI(1, "k", "k", *[None] * 15), method="DURATION", direction="UP", baseline=0, target=1)


def state(attained: float | None, weight: float | None = None, number: int = 1) -> KPIState:
    kpi = replace(HOURS, number=number, key=f"k{number:04}", weight=weight)
    measured = Measurement("m", "2026-10-31", attained, None, None, None, None, None, None, ())
    return KPIState(kpi, ON, [measured])


async def states(asking: Asking, **variables: Any) -> dict[str, Any]:
    result = await asking.service.ask(QUERY, {**DEMO, "first": 200, **variables})
    assert result.errors is None
    return {node["goal"]["key"]: node for node in result.data["goalStates"]["nodes"]}


def test_progress_is_the_weighted_mean_of_what_is_known() -> None:
    # Of weights 3, 1 and 2: (3·0.5 + 1·1)/4 is known; with the unknown at 0 it is 2.5/6, at 1 4.5/6.
    found = RollUp([state(0.5, 3), state(1.0), state(None, 2)])
    assert (found.progress, found.low, found.high) == pytest.approx((2.5 / 4, 2.5 / 6, 4.5 / 6))
    assert (found.known, found.unknown) == (2, 1)


def test_one_that_shines_hides_none_that_fails() -> None:
    assert RollUp([state(9), state(0.5)]).progress == 0.75
    assert RollUp([state(-9), state(0.5)]).progress == 0.25


@pytest.mark.parametrize(
    ("several", "progress", "low", "high"),
    [
        ([], None, None, None),
        ([state(None)], None, 0, 1),
        ([state(0.5, 0)], None, None, None),
        ([state(0.5, 0), state(None, 1)], None, 0, 1),
        ([state(0.5, 1e308), state(1, 1e308)], 0.75, 0.75, 0.75),
        ([state(0.5, 5e-324), state(None, 1e308)], None, 0, 1),
    ],
)
def test_what_is_unknown_is_never_nothing(
    several: list[KPIState], progress: float | None, low: float | None, high: float | None
) -> None:
    found = RollUp(several)
    assert (found.progress, found.low, found.high) == (progress, low, high)


@given(st.lists(st.tuples(st.none() | st.floats(-2, 2), st.none() | st.floats(0.1, 10)), min_size=1), st.data())
def test_whatever_the_unknown_are_the_goal_lies_between_low_and_high(
    several: list[tuple[float | None, float | None]], data: st.DataObject
) -> None:
    found = RollUp([state(*one) for one in several])
    whole = RollUp([state(data.draw(st.floats(0, 1)) if value is None else value, weight) for value, weight in several])
    assert found.low is not None
    assert found.high is not None
    assert whole.progress is not None
    assert found.low - 1e-9 <= whole.progress <= found.high + 1e-9
    assert RollUp(list(reversed(found.states))).progress == pytest.approx(found.progress)
    if found.unknown == 0:
        assert found.low == found.high == found.progress


def test_a_kpi_of_several_supporting_goals_counts_once() -> None:
    goals = {
        1: Goal(1, "1", "top", "VISION", None, [1], [2, 3]),
        2: Goal(2, "2", "left", "GOAL", None, [2], [4]),
        3: Goal(3, "3", "right", "GOAL", None, [2, 3], [4]),
        4: Goal(4, "4", "low", "OBJECTIVE", None, [4], []),
    }
    several = {number: state(number / 10, number=number) for number in (1, 2, 3)} | {4: state(None, number=4)}
    top = Goals(ON, goals, several).state(1)
    assert (top.progress, top.known, top.unknown) == (0.1, 1, 0)
    assert (top.below.progress, top.below.known, top.below.unknown) == (0.25, 2, 1)
    assert [one.key for one in top.supporting_goals(first=9).nodes] == ["left", "right"]
    assert top.supporting_goals(first=9).nodes[1].progress == 0.25


async def test_the_goals_of_the_demo(asking: Asking) -> None:
    found = await states(asking)
    assert list(found) == ["V1", "G2", "G3", "G4", "OB1", "OB2", "OB3", "OB4"]
    # Hours from 42 to 24, 30.3 by now: 11.7/18. Disputes from 12 to 6, 11.1: 0.9/6. Parts were 86 and are 85.9, and
    # customers and revenue kept are fewer than at the baseline: nothing attained.
    assert {key: node["progress"] for key, node in found.items()} == pytest.approx(
        {
            "V1": (100 * 30 / 176 - 15) / 20,
            "G2": 0,
            "G3": 36 / 130,
            "G4": None,
            "OB1": 11.7 / 18,
            "OB2": 6.6 / 13,
            "OB3": 0,
            "OB4": 0.15,
        }
    )
    assert (found["G4"]["known"], found["G4"]["unknown"], found["G4"]["low"]) == (0, 0, None)
    # OB3 supports G3 and G4 and counts once for V1: 2·(36/130 + 11.7/18 + 6.6/13) + 0.15 of weights 2 + 3 + 2 + 2 + 2
    # + 2 + 1.
    below = found["V1"]["below"]
    assert below["progress"] == pytest.approx((2 * (36 / 130 + 11.7 / 18 + 6.6 / 13) + 0.15) / 14)
    assert (below["known"], below["unknown"]) == (7, 0)
    assert [one["goal"]["key"] for one in found["V1"]["supportingGoals"]["nodes"]] == ["G2", "G3", "G4"]
    assert (found["OB1"]["horizon"], found["OB1"]["daysLeft"]) == ("2026-12-31", 60)
    assert [
        (one["state"]["kpi"]["key"], one["state"]["status"], one["weight"], one["attained"])
        for one in found["G2"]["kpis"]["nodes"]
    ] == [("retention-logos", "BEHIND", 2, 0), ("retention-revenue", "BEHIND", 3, 0)]
    # Values of parts are read where they are asked for.
    assert found["G2"]["kpis"]["nodes"][0]["state"]["parts"]["totalCount"] == 3


async def test_before_anything_was_measured_nothing_is_known(asking: Asking) -> None:
    found = await states(asking, on="2025-01-01")
    assert {node["progress"] for node in found.values()} == {None}
    assert (found["G2"]["low"], found["G2"]["high"], found["G2"]["unknown"]) == (0, 1, 2)
    late = await states(asking, on="2027-01-10")
    assert late["OB1"]["daysLeft"] == -10


async def test_a_goal_without_a_target_for_its_kpi_is_not_known(asking: Asking) -> None:
    change = await asking.change(update("KPI", "time-to-site", target=None))
    try:
        found = (await states(asking))["OB1"]
        assert (found["progress"], found["low"], found["high"], found["unknown"]) == (None, 0, 1, 1)
    finally:
        await asking.revert(change)


async def test_a_scope_has_the_goals_on_its_trace_and_all_that_supports_them(asking: Asking) -> None:
    whole = await states(asking)
    scoped = await states(asking, scope={"propositions": ["PR2"], "tags": ["demo"]})
    assert set() < scoped.keys() < whole.keys()
    assert scoped == {key: whole[key] for key in whole if key in scoped}


async def test_one_goal_is_asked_about_as_all_are(asking: Asking) -> None:
    query = """query($on: Date) {
      goal(key: "G2") { goalState(on: $on) { progress known below { progress known } kpis(first: 1) { totalCount } } }
      none: goal(key: "no-such") { goalState(on: $on) { progress } }
    }"""
    result = await asking.service.ask(query, {"on": ON})
    assert result.errors is None
    # Of the objectives below G2: 2·11.7/18 + 2·6.6/13 + 0.15 of 5.
    assert result.data["goal"]["goalState"]["below"] == {
        "progress": pytest.approx((2 * 11.7 / 18 + 2 * 6.6 / 13 + 0.15) / 5),
        "known": 3,
    }
    assert result.data["goal"]["goalState"]["kpis"]["totalCount"] == 2
    assert result.data["none"] is None


async def test_goals_come_by_level_and_pages_keep_that(asking: Asking) -> None:
    change = await asking.change(create("Goal", "A0", tags=["demo"]))
    try:
        keys: list[str] = []
        after = None
        while True:
            page = (await asking.service.ask(QUERY, {**DEMO, "first": 3, "after": after})).data["goalStates"]
            keys += [node["goal"]["key"] for node in page["nodes"]]
            if not page["pageInfo"]["hasNextPage"]:
                break
            after = page["pageInfo"]["endCursor"]
        # One without a level comes last.
        assert keys == ["V1", "G2", "G3", "G4", "OB1", "OB2", "OB3", "OB4", "A0"]
    finally:
        await asking.revert(change)
