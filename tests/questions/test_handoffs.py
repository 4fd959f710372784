"""Hand-offs: by hand on the demo and a public data set, and properties of where responsibility passes."""

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph_api.questions.journeys.journey import Journey, Stage, Step, Touchpoint
from graph_api.questions.parties.handoff import Handoffs, HandoffState
from graph_api.questions.thread.facts import Party
from tests.questions.asking import Asking

QUERY = """query($journey: String!, $first: Int, $after: String) {
  handoffs(journey: $journey, first: $first, after: $after) {
    journey { key } touchpoints parties { key } passed passedWithinStep broken outside skipped { __typename key }
    totalCount pageInfo { hasNextPage endCursor }
    nodes {
      start { step { key } touchpoint { key } party { key } } finish { step { key } touchpoint { key } party { key } }
      state withinStep skipped { key } times timesBack
    }
  }
}"""


async def ask(asking: Asking, journey: str, **variables: Any) -> Any:
    result = await asking.service.ask(QUERY, {"journey": journey, "first": 200, **variables})
    assert result.errors is None
    return result.data["handoffs"]


def short(found: Any) -> list[tuple[str, str, str]]:
    ends = ("start", "finish")
    return [
        (*(one[end]["party"]["key"] if one[end]["party"] else "-" for end in ends), one["state"])
        for one in found["nodes"]
    ]


async def test_the_first_month_passes_through_many_hands_and_ends_in_none(asking: Asking) -> None:
    # Read off journeys-buying.yaml, touchpoint by touchpoint: notice and papers are logistics', the lorry between them
    # Ostrel's; then drawing, installation, start-up visit and protocol, registration, briefing, guide and film, and a
    # call that nobody makes.
    found = await ask(asking, "first-run")
    assert short(found) == [
        ("parts-logistics", "ostrel-freight", "PASSED"),
        ("ostrel-freight", "parts-logistics", "PASSED"),
        ("parts-logistics", "sales", "PASSED"),
        ("sales", "marrow-pike", "PASSED"),
        ("marrow-pike", "field-service", "PASSED"),
        ("field-service", "service-desk", "PASSED"),
        ("service-desk", "field-service", "PASSED"),
        ("field-service", "marketing", "PASSED"),
        ("marketing", "-", "BROKEN"),
    ]
    assert (found["touchpoints"], found["passed"], found["broken"], found["outside"]) == (12, 8, 1, 0)
    # Lorry and papers, registration and briefing's guide are of one step each, and the breaking one passes to nobody.
    assert found["passedWithinStep"] == 3
    assert [one["withinStep"] for one in found["nodes"]] == [False, True, False, False, False, True, False, True, False]
    assert (found["nodes"][0]["times"], found["nodes"][0]["timesBack"]) == (1, 1)
    assert found["skipped"] == []


async def test_what_is_external_is_nobodys_to_run(asking: Asking) -> None:
    # The users' forum is EXTERNAL and run by nobody: the step before the fair comes from outside, and does not break.
    found = await ask(asking, "buy-a-pump")
    assert short(found)[0] == ("-", "marketing", "OUTSIDE")
    assert (found["broken"], found["outside"]) == (0, 1)


async def test_repeated_handoffs_between_two_are_counted(asking: Asking) -> None:
    # Choosing and buying, by who runs the touchpoints in order, neighbours alike left out: nobody, marketing, Keldon,
    # sales, Keldon, marketing, Marrow & Pike, sales, Marrow & Pike, sales, marketing, sales, marketing, sales.
    found = await ask(asking, "buy-a-pump")
    counted = {
        (start, finish): (one["times"], one["timesBack"])
        for (start, finish, _), one in zip(short(found), found["nodes"], strict=True)
    }
    assert found["passed"] == 12
    assert counted == {
        ("-", "marketing"): (1, 0),
        ("marketing", "keldon"): (1, 1),
        ("keldon", "sales"): (1, 1),
        ("sales", "keldon"): (1, 1),
        ("keldon", "marketing"): (1, 1),
        ("marketing", "marrow-pike"): (1, 0),
        ("marrow-pike", "sales"): (2, 1),
        ("sales", "marrow-pike"): (1, 2),
        ("sales", "marketing"): (2, 2),
        ("marketing", "sales"): (2, 2),
    }


async def test_a_stage_without_steps_is_told_and_passed_over(asking: Asking) -> None:
    found = await ask(asking, "contract-to-be")
    assert found["skipped"] == [{"__typename": "Stage", "key": "ctb-year"}]
    assert all(one["skipped"] == [] for one in found["nodes"])


async def test_a_journey_that_nobody_is_known_to_serve_has_none(asking: Asking) -> None:
    found = await ask(asking, "veteran-transition")
    assert (found["totalCount"], found["touchpoints"], found["parties"]) == (0, 0, [])
    assert found["skipped"]
    assert await ask(asking, "no such journey") is None


async def test_pages_of_it_are_the_whole_list(asking: Asking) -> None:
    paged, after = [], None
    while True:
        page = await ask(asking, "breakdown", first=4, after=after)
        paged += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert paged == (await ask(asking, "breakdown"))["nodes"]
    assert len(paged) == 13 + 2


PARTIES = st.none() | st.sampled_from([Party(key, "Department", key) for key in "ab"])
TOUCHPOINTS = st.builds(
    Touchpoint,
    number=st.integers(0, 9),
    id=st.just("t"),
    key=st.just("t"),
    control=st.none() | st.sampled_from(["OWN", "PARTNER", "EXTERNAL"]),
    party=PARTIES,
    channels=st.just(()),
)
LISTS = st.lists(TOUCHPOINTS, max_size=3)
STEPS = st.builds(Step, st.just(1), st.just("s"), st.just("s"), st.none(), st.none(), st.none(), touchpoints=LISTS)
STAGES = st.builds(
    Stage,
    st.just(2),
    st.just("g"),
    st.just("g"),
    st.none(),
    st.none(),
    touchpoints=LISTS,
    steps=st.lists(STEPS, max_size=3),
)
JOURNEYS = st.builds(Journey, st.just(3), st.just("j"), st.just("j"), stages=st.lists(STAGES, max_size=3))


@given(JOURNEYS)
def test_responsibility_passes_wherever_the_party_changes_and_nowhere_else(journey: Journey) -> None:
    handoffs = Handoffs(journey)
    met = [touchpoint.party for touchpoint in journey.contacts]
    changes = [(before, after) for before, after in pairwise(met) if before != after]
    assert [(one.start.run_by, one.finish.run_by) for one in handoffs.all] == changes
    assert sum(handoffs.count(state) for state in HandoffState) == len(changes)
    assert handoffs.count(HandoffState.PASSED) == sum(None not in change for change in changes)


@given(JOURNEYS)
def test_touchpoints_of_one_step_hand_on_only_within_it(journey: Journey) -> None:
    handoffs = Handoffs(journey)
    for state in HandoffState:
        within, between = (handoffs.count(state, within_step=within) for within in (True, False))
        assert within + between == handoffs.count(state)
    # Each step is met alone: what is handed on then is all that was handed on within steps.
    alone = [
        Handoffs(Journey(3, "j", "j", None, [Stage(2, "g", "g", None, None, [], [step])])).count(HandoffState.PASSED)
        for step in journey.steps
    ]
    assert handoffs.count(HandoffState.PASSED, within_step=True) == sum(alone)


@given(JOURNEYS)
def test_every_place_without_a_touchpoint_is_skipped_once(journey: Journey) -> None:
    handoffs = Handoffs(journey)
    empty = [place.number for place in handoffs.places if place.met is None]
    skipped = [place.number for one in handoffs.all for place in one.passed_by]
    assert len(set(skipped)) == len(skipped)
    assert set(skipped) <= set(empty)
    for one in handoffs.all:
        assert one.times >= 1
        assert [place.number for place in one.passed_by] == list(range(one.start.number + 1, one.finish.number))
