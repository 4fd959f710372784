"""Moments of truth: by hand on the demo, and where little is known."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph_api.compile.question import Found
from graph_api.questions.moments_of_truth import MOMENT_ORDER, MomentOfTruth, Place
from tests.questions.asking import Asking

QUERY = """query($scope: Scope, $grounds: [ExperienceGrounds!], $first: Int, $after: String) {
  momentsOfTruth(scope: $scope, grounds: $grounds, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      persona { key } element { __typename key } journeys { key }
      emotion feeling thought importance satisfaction gap why grounds respondents
      runBy { party { key } touchpoint { key } } measuredBy { kpi { key } through { __typename key } }
    }
  }
}"""
DEMO = {"tags": ["demo"]}


async def ask(asking: Asking, **variables: Any) -> list[dict[str, Any]]:
    result = await asking.service.ask(QUERY, {"first": 200, **variables})
    assert result.errors is None
    nodes: list[dict[str, Any]] = result.data["momentsOfTruth"]["nodes"]
    assert len(nodes) == result.data["momentsOfTruth"]["totalCount"]
    return nodes


def short(nodes: list[dict[str, Any]]) -> list[tuple[str, str, float | None]]:
    return [(one["persona"]["key"], one["element"]["key"], one["gap"]) for one in nodes]


async def test_what_falls_shortest_of_its_importance_comes_first(asking: Asking) -> None:
    # The seven experiences with `momentOfTruth: true` that are no targets, in the demo's journeys: the gaps are
    # 9.4 - 2.9, 9 - 5, 8.5 - 5.3, 8 - 5.1, 9 - 7.3, 9.2 - 7.9 and 8.5 - 8.3.
    found = await ask(asking, scope=DEMO)
    assert short(found) == [
        ("maintenance-manager", "brk-hear", 6.5),
        ("dealer-rep", "dealer-quote", 4.0),
        ("plant-manager", "renewal-talk", 3.2),
        ("purchaser", "dealer-quote", 2.9),
        ("maintenance-manager", "start-up-visit", 1.7),
        ("maintenance-manager", "repair-visit", 1.3),
        ("maintenance-manager", "technician-chat", 0.2),
    ]


async def test_a_step_is_run_and_measured_through_its_touchpoints_and_its_stage(asking: Asking) -> None:
    first = (await ask(asking, scope=DEMO))[0]
    assert first["element"] == {"__typename": "Step", "key": "brk-hear"}
    assert (first["grounds"], first["respondents"]) == ("RESEARCHED", 41)
    assert (first["emotion"], first["feeling"]) == (-1.9, "left alone")
    assert first["why"] == "The plant manager asks her every half hour."
    assert first["runBy"] == [{"party": {"key": "service-desk"}, "touchpoint": {"key": "dispatch-message"}}]
    assert first["measuredBy"] == [
        {"kpi": {"key": "time-to-site"}, "through": {"__typename": "Stage", "key": "brk-wait"}},
        {"kpi": {"key": "time-to-site"}, "through": {"__typename": "Touchpoint", "key": "dispatch-message"}},
    ]


async def test_nobody_runs_or_measures_the_chat_and_two_journeys_share_the_visit(asking: Asking) -> None:
    *_, visit, chat = await ask(asking, scope=DEMO)
    assert (chat["runBy"], chat["measuredBy"]) == ([], [])
    assert visit["journeys"] == [{"key": "breakdown"}, {"key": "breakdown-to-be"}]
    assert [one["kpi"]["key"] for one in visit["measuredBy"]] == ["csat-repair", "first-time-fix"]


async def test_targets_are_listed_only_where_they_are_asked_for(asking: Asking) -> None:
    targets = await ask(asking, scope=DEMO, grounds=["TARGET"])
    # 9.4 - 8.5, 9.2 - 9, 8 - 9: better than it matters.
    assert [one["gap"] for one in targets] == [0.9, 0.2, -1.0]
    assert all(one["respondents"] is None for one in targets)
    assert await ask(asking, scope=DEMO, grounds=["ASSUMED"]) == []
    everything = await ask(asking, scope=DEMO, grounds=["ASSUMED", "RESEARCHED", "TARGET"])
    assert len(everything) == 7 + 3


async def test_a_journey_keeps_its_places_and_a_persona_or_segment_its_people(asking: Asking) -> None:
    found = await ask(asking, scope={"journeys": ["service-contract"]})
    assert short(found) == [("plant-manager", "renewal-talk", 3.2)]
    found = await ask(asking, scope={"personas": ["purchaser"]})
    assert short(found) == [("purchaser", "dealer-quote", 2.9)]
    # The dealer's man, who experiences the same quote, is in no segment.
    found = await ask(asking, scope={"segments": ["water-utilities"], "journeys": ["buy-a-pump"]})
    assert short(found) == [("purchaser", "dealer-quote", 2.9)]
    found = await ask(asking, scope={"departments": ["sales"], "tags": ["demo"]})
    assert ("plant-manager", "renewal-talk", 3.2) in short(found)
    assert ("dealer-rep", "dealer-quote", 4.0) not in short(found)
    found = await ask(asking, scope={"segments": ["food-dairy"]})
    assert {persona for persona, _, _ in short(found)} == {"maintenance-manager", "plant-manager"}
    assert await ask(asking, scope={"tags": ["veteran-transition"]}) == []


async def test_pages_of_it_are_the_whole_list(asking: Asking) -> None:
    paged: list[Any] = []
    after = None
    while True:
        answer = (await asking.service.ask(QUERY, {"scope": DEMO, "first": 2, "after": after})).data["momentsOfTruth"]
        paged += answer["nodes"]
        if not answer["pageInfo"]["hasNextPage"]:
            break
        after = answer["pageInfo"]["endCursor"]
    assert paged == await ask(asking, scope=DEMO)


SCORES = st.none() | st.sampled_from([0.0, 5.0, 10.0])


def moment(importance: float | None, satisfaction: float | None, persona: str) -> MomentOfTruth:
    place = Place(Found("e", "Step"), "e", [], [], [])
    terms = (None, None, None, importance, satisfaction, None, None, None)
    return MomentOfTruth(place, Found("p", "Persona"), persona, *terms)


@given(st.lists(st.builds(moment, SCORES, SCORES, st.sampled_from("ab")), max_size=9))
def test_what_is_unknown_comes_last(moments: list[MomentOfTruth]) -> None:
    ordered = MOMENT_ORDER.sort(moments)
    gaps = [one.gap for one in ordered if one.gap is not None]
    assert gaps == sorted(gaps, reverse=True)
    assert all(one.gap is None for one in ordered[len(gaps) :])
    by_importance = [one.importance for one in ordered[len(gaps) :] if one.importance is not None]
    assert by_importance == sorted(by_importance, reverse=True)
