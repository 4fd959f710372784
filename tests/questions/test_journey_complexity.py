"""Complexity of journeys: by hand on the demo, ranks, waiting, and durations."""

from math import isfinite
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.questions.figures.duration import hours
from graph_api.questions.journey_complexity import ComplexityTerm, ranked
from graph_api.questions.journeys.complexity import Complexity, Spell, spell
from graph_api.questions.journeys.journey import Journey, Stage, Step
from tests.questions.asking import Asking

TERMS = """stages steps stepsWithoutTouchpoints touchpoints outsideControl controlUnknown channels
  touchpointsWithoutChannel parties touchpointsWithoutParty handoffs handoffsWithinStep breaks variants durationHours
  durationsUnknown waitingShare waitingShareLow waitingShareHigh waitingsUnknown waitingsNotCredible"""
QUERY = f"""query($scope: Scope, $first: Int, $after: String) {{
  journeyComplexity(scope: $scope, first: $first, after: $after) {{
    totalCount
    pageInfo {{ hasNextPage endCursor }}
    nodes {{ journey {{ key }} terms {{ {TERMS} }} ranks {{ term value rank among }} }}
  }}
}}"""
DEMO = {"tags": ["demo"]}


async def ask(asking: Asking, **variables: Any) -> dict[str, dict[str, Any]]:
    result = await asking.service.ask(QUERY, variables)
    assert result.errors is None
    return {node["journey"]["key"]: node for node in result.data["journeyComplexity"]["nodes"]}


async def test_the_terms_of_a_breakdown(asking: Asking) -> None:
    # By hand in journeys-breakdown.yaml. The party changes thirteen times: IT, desk, Keldon, desk, field service, desk;
    # then Marrow & Pike, Keldon, field service, logistics, Keldon, Ostrel, field service, marketing, finance; it breaks
    # twice around the chat, which nobody runs. Six of the thirteen are within a step: the dealer and the mailbox of the
    # call, the dealer beside the rented pump, check and workshop of the repair, the visit after the freight. Of 6 h,
    # 40 min, 31 h, 53 h and 21 days 18 min, 30 h and 18 days are waiting, and of the 53 h the two days for the part:
    # 510.3 of 594.67 h; of the 6 h and the other 5 h nobody knows, which makes up to 521.3.
    terms = (await ask(asking, scope=DEMO))["breakdown"]["terms"]
    assert terms == {
        "stages": 5,
        "steps": 13,
        "stepsWithoutTouchpoints": 0,
        "touchpoints": 17,
        "outsideControl": 4,
        "controlUnknown": 0,
        "channels": 7,
        "touchpointsWithoutChannel": 0,
        "parties": 9,
        "touchpointsWithoutParty": 1,
        "handoffs": 7,
        "handoffsWithinStep": 6,
        "breaks": 2,
        "variants": 2,
        "durationHours": pytest.approx(594.6667, abs=0.0001),
        "durationsUnknown": 0,
        "waitingShare": None,
        "waitingShareLow": pytest.approx(510.3 / 594.6667, abs=0.0001),
        "waitingShareHigh": pytest.approx(521.3 / 594.6667, abs=0.0001),
        "waitingsUnknown": 2,
        "waitingsNotCredible": 0,
    }


async def test_journeys_with_most_touchpoints_come_first_and_rank_by_each_term(asking: Asking) -> None:
    found = await ask(asking, scope=DEMO)
    # Two have 17 touchpoints, and the first of these more steps; likewise with twelve.
    assert list(found) == [
        "breakdown", "buy-a-pump", "breakdown-to-be", "first-run", "service-contract", "contract-to-be",
    ]  # fmt: skip
    ranks = {
        key: {rank["term"]: (rank["rank"], rank["among"]) for rank in node["ranks"]} for key, node in found.items()
    }
    assert [one["TOUCHPOINTS"] for one in ranks.values()] == [(1, 6), (1, 6), (3, 6), (3, 6), (5, 6), (6, 6)]
    # How long the contract as it should be takes is unknown of one stage.
    assert ranks["contract-to-be"]["DURATION_HOURS"] == (None, 5)
    assert ranks["service-contract"]["DURATION_HOURS"] == (1, 5)
    assert all(one["WAITING_SHARE"] == (None, 0) for one in ranks.values())
    # A journey is not ranked against the one that it should become, though its trace holds that.
    alone = await ask(asking, scope={"journeys": ["service-contract"]})
    assert list(alone) == ["service-contract"]
    assert {rank["among"] for rank in alone["service-contract"]["ranks"]} == {0, 1}
    assert list(await ask(asking, scope={"tags": ["veteran-transition"]})) == ["veteran-transition"]


async def test_the_public_journey_is_five_stages_and_nothing_else_is_known(asking: Asking) -> None:
    terms = (await ask(asking, scope={"journeys": ["veteran-transition"]}))["veteran-transition"]["terms"]
    assert (terms["stages"], terms["steps"], terms["touchpoints"]) == (5, 0, 0)
    assert (terms["durationHours"], terms["durationsUnknown"], terms["waitingShareHigh"]) == (None, 5, None)


async def test_pages_of_it_are_the_whole_list(asking: Asking) -> None:
    paged: list[str] = []
    after = None
    while True:
        result = await asking.service.ask(QUERY, {"scope": DEMO, "first": 2, "after": after})
        page = result.data["journeyComplexity"]
        paged += [node["journey"]["key"] for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert paged == list(await ask(asking, scope=DEMO))


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("PT40M", 2 / 3),
        ("P1DT12H", 36),
        ("P2W", 336),
        ("P1Y", 8765.82),
        ("P12M", 8765.82),
        ("P1M", 730.485),
        ("PT0.5H30S", 0.5 + 30 / 3600),
    ],
)
def test_a_duration_in_hours(text: str, length: float) -> None:
    # A year has 365.2425 days of 24 hours.
    assert hours(text) == pytest.approx(length)


def stage(duration: str | None, waiting: str | None, *steps: tuple[str | None, str | None]) -> Stage:
    made = [Step(9, "s", "s", None, *times, []) for times in steps]
    return Stage(2, "g", "g", duration, waiting, [], made)


def journey(*stages: Stage) -> Complexity:
    return Complexity(Journey(1, "j", "j", None, list(stages)), {})


def test_a_stage_takes_as_long_as_its_steps_where_all_are_known() -> None:
    both = ("PT1H", "PT30M"), ("PT2H", "PT30M")
    assert (spell(stage(None, None, *both)).duration, spell(stage(None, None, *both)).waiting) == (3, 1)
    assert spell(stage("PT4H", None, *both)).duration == 4
    assert spell(stage(None, None, *both, (None, None))).duration is None
    assert spell(stage(None, None)).duration is None
    # Nobody waits longer than it takes.
    assert spell(stage("PT1H", "PT2H")) == Spell(1, None, credible=False)
    assert journey(stage("PT1H", "PT2H"), stage("PT1H", "PT0H")).waitings_not_credible == 1
    assert journey(stage("PT4H", "PT1H"), stage("PT4H", "PT1H")).waiting_share == 0.25
    assert journey(stage("PT0S", "PT0S")).waiting_share is None
    assert journey().duration_hours is None


def test_what_is_known_of_the_steps_is_waited_at_least() -> None:
    one_known = stage("PT4H", None, (None, "PT1H"), (None, None))
    assert spell(one_known) == Spell(4, None, 1)
    found = journey(one_known)
    assert (found.waiting_share, found.waiting_share_low, found.waiting_share_high) == (None, 0.25, 1)
    # Where a step waits longer than its stage takes, one of the two is wrong, and nobody knows which.
    slip = journey(stage("PT5H", None, (None, "P2D"), (None, None)), stage("PT5H", "PT1H"))
    assert (slip.waitings_unknown, slip.waitings_not_credible) == (1, 1)
    assert (slip.waiting_share_low, slip.waiting_share_high) == (0.1, 0.6)
    # What nobody knows the length of is credible.
    assert spell(stage(None, None, (None, "P2D"), (None, None))) == Spell(None, None, 48)


TIMES = st.none() | st.integers(0, 50).map(lambda count: f"PT{count}H") | st.just(f"P{'9' * 110}Y")


STAGES = st.builds(
    lambda duration, waiting, steps: stage(duration, waiting, *steps),
    TIMES,
    TIMES,
    st.lists(st.tuples(TIMES, TIMES), max_size=3),
)


@given(st.lists(STAGES, max_size=5))
def test_unknown_waiting_makes_the_share_no_smaller_than_it_may_be(stages: list[Stage]) -> None:
    found = journey(*stages)
    low, high = found.waiting_share_low, found.waiting_share_high
    assert (low is None) == (high is None)
    if low is not None and high is not None:
        assert 0 <= low <= high <= 1
        assert isfinite(high)
    if found.waiting_share is not None:
        assert found.waiting_share == low == high
    if found.durations_unknown:
        assert low is None
    assert found.waitings_not_credible <= found.waitings_unknown


@given(st.lists(st.integers(0, 4), max_size=8))
def test_a_rank_is_one_more_than_how_many_have_more(numbers: list[int]) -> None:
    listed = ranked([journey(*[stage(None, None)] * number) for number in numbers])
    for number, one in zip(numbers, listed, strict=True):
        (rank,) = [rank for rank in one.ranks if rank.term is ComplexityTerm.STAGES]
        assert rank.rank == 1 + sum(other > number for other in numbers)
        assert rank.among == len(numbers)
