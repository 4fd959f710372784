"""The journey map: by hand on the demo, and where little is known."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.change.changeset import Ref
from graph_api.errors import UserInputError
from graph_api.questions.figures.kpi import KPI, Measurement, Part
from graph_api.questions.journeys.audience import Audience, Limit, Person, read_audience
from graph_api.questions.journeys.experience import Experience, Experiences, read_experiences
from graph_api.questions.journeys.journey import read_journey
from graph_api.questions.journeys.mapped_kpi import kpi_values
from tests.questions.asking import Asking, create
from tests.questions.measuring import made

QUERY = """query($key: String!, $personas: [String!], $segments: [String!], $on: Date = "2026-11-01") {
  journeyMap(key: $key, personas: $personas, segments: $segments, on: $on) {
    journey { key }
    personas { persona { key } takes segments { key } unknown line { number step { key } emotion basis applies } }
    segments { key }
    stages {
      number stage { key }
      insights { insight { key } }
      kpis { ...kpi }
      touchpoints { touchpoint { key } }
      steps {
        number step { key } applies
        treatments { whom { __typename key } treatment }
        experiences { persona { key } emotion feeling basis respondents momentOfTruth counts }
        insights { ...insight }
        enablers { key readiness }
        touchpoints {
          touchpoint { key } applies channels { channel { key } share } runBy { __typename key }
          enablers { key readiness } experiences { persona { key } emotion basis counts }
          insights { ...insight } promisesKept { key } promisesMade { key } principles { key } kpis { ...kpi }
        }
      }
    }
    insightsLeftOut
    opportunities { key }
    kpis { ...kpi }
    principles { key }
    frontline { party { key } touchpoints { key } }
  }
}
fragment kpi on MappedKPI { kpi { key } values { measuredFor { key } value measuredOn } }
fragment insight on MappedInsight {
  insight { key } voices { key } countsFor { key }
  evidence { evidence { key quote } stance support of } opportunities { key }
}"""


async def draw(asking: Asking, key: str, **variables: Any) -> dict[str, Any]:
    result = await asking.service.ask(QUERY, {"key": key, **variables})
    assert result.errors is None
    found: dict[str, Any] = result.data["journeyMap"]
    return found


def steps_of(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {step["step"]["key"]: step for stage in found["stages"] for step in stage["steps"]}


def keys(entities: list[dict[str, Any]]) -> list[str]:
    return [one["key"] for one in entities]


async def test_everything_stands_in_the_order_of_the_journey(asking: Asking) -> None:
    found = await draw(asking, "breakdown")
    assert [stage["stage"]["key"] for stage in found["stages"]] == [
        "brk-notice", "brk-call", "brk-wait", "brk-repair", "brk-after",
    ]  # fmt: skip
    steps = steps_of(found)
    assert [step["number"] for step in steps.values()] == list(range(1, 14))
    assert [one["touchpoint"]["key"] for one in steps["brk-call-us"]["touchpoints"]] == [
        "hotline", "weekend-answerphone", "dealer-emergency-call", "service-mailbox",
    ]  # fmt: skip
    # The order in which they are met first; nobody runs the chat.
    assert [(one["party"]["key"], keys(one["touchpoints"])) for one in found["frontline"]][:4] == [
        ("it-data", ["control-box-alarm"]),
        ("service-desk", ["hotline", "weekend-answerphone", "service-mailbox", "dispatch-message"]),
        ("keldon", ["dealer-emergency-call", "dealer-workshop"]),
        ("field-service", ["remote-diagnosis-call", "technician-arrival", "repair-visit", "repair-report"]),
    ]
    assert keys(found["principles"]) == ["one-story", "say-when"]


async def test_a_line_takes_what_a_persona_says_else_the_steps_own_emotion(asking: Asking) -> None:
    found = await draw(asking, "breakdown")
    lines = {one["persona"]["key"]: [point["emotion"] for point in one["line"]] for one in found["personas"]}
    # Mara and Piet speak for themselves at step 5, Mara alone at step 3; all else are the steps' own. Step 3 is for
    # segments, and of Tomas, the technician, none is known: a gap.
    own = [-0.5, -1, None, -1.2, None, -0.5, 0.5, -1, 1, -1.7, -0.5, 0, -1]
    assert list(lines) == ["maintenance-manager", "plant-manager", "service-technician"]
    assert lines["maintenance-manager"] == [*own[:2], -1, -1.2, -1.9, *own[5:]]
    assert lines["plant-manager"] == [*own[:2], -1, -1.2, -1.5, *own[5:]]
    assert lines["service-technician"] == [*own[:2], None, -1.2, 0, *own[5:]]
    bases = [point["basis"] for point in found["personas"][0]["line"]]
    assert (bases.count("STEP"), bases.count("RESEARCHED")) == (11, 2)
    assert [point["number"] for point in found["personas"][2]["line"] if not point["applies"]] == [3]
    # Where it is not for him nothing is missing.
    assert found["personas"][2]["unknown"] == 0


async def test_a_target_counts_on_the_journey_as_it_should_be_and_only_there(asking: Asking) -> None:
    def visit(found: dict[str, Any], step: str) -> list[tuple[Any, ...]]:
        (touchpoint,) = [
            one for one in steps_of(found)[step]["touchpoints"] if one["touchpoint"]["key"] == "repair-visit"
        ]
        return [
            (one["emotion"], one["basis"], one["counts"])
            for one in touchpoint["experiences"]
            if one["persona"]["key"] == "maintenance-manager"
        ]

    as_it_is = await draw(asking, "breakdown")
    to_be = await draw(asking, "breakdown-to-be")
    assert visit(as_it_is, "brk-fix") == [(1.3, "RESEARCHED", True), (1.7, "TARGET", False)]
    assert visit(to_be, "btb-fix") == [(1.7, "TARGET", True), (1.3, "RESEARCHED", False)]
    (line,) = [one["line"] for one in to_be["personas"] if one["persona"]["key"] == "maintenance-manager"]
    assert [(one["emotion"], one["basis"]) for one in line[:4]] == [
        (1, "TARGET"), (1, "STEP"), (0.5, "STEP"), (1.2, "TARGET"),
    ]  # fmt: skip


async def test_a_step_tells_what_was_learned_and_what_stands_behind_it(asking: Asking) -> None:
    steps = steps_of(await draw(asking, "breakdown"))
    (insight,) = steps["brk-hear"]["insights"]
    assert insight["insight"]["key"] == "P01"
    assert keys(insight["voices"]) == ["brenwick", "ravensholt", "town-of-skelby", "maintenance-manager"]
    assert keys(insight["countsFor"]) == ["maintenance-manager"]
    assert keys(insight["opportunities"]) == ["O01", "O02"]
    quoted = insight["evidence"][0]
    assert (quoted["evidence"]["key"], quoted["stance"], quoted["support"], quoted["of"]) == ("E01", "SUPPORTS", 31, 41)
    assert quoted["evidence"]["quote"].startswith("I rang three times.")
    message, chat = steps["brk-hear"]["touchpoints"]
    assert message["channels"] == [
        {"channel": {"key": "email"}, "share": 0.7},
        {"channel": {"key": "messenger"}, "share": 0.3},
    ]
    assert message["runBy"] == {"__typename": "Department", "key": "service-desk"}
    assert message["enablers"] == [{"key": "EN1", "readiness": 1.0}]
    assert keys(message["promisesKept"]) == ["PM1", "PM2"]
    assert keys(message["principles"]) == ["say-when"]
    assert (chat["runBy"], chat["channels"]) == (None, [{"channel": {"key": "messenger"}, "share": None}])
    assert steps["brk-fix"]["enablers"] == [{"key": "EN4", "readiness": 1.0}]
    assert steps["brk-call-us"]["treatments"] == [
        {"whom": {"__typename": "Segment", "key": "food-dairy"}, "treatment": "Calls the dealer first, who calls us."},
        {
            "whom": {"__typename": "Segment", "key": "process-industry"},
            "treatment": "Has a number that rings at the dispatcher's desk.",
        },
    ]


async def test_a_segment_keeps_its_people_marks_what_is_not_for_them_and_hears_its_own(asking: Asking) -> None:
    everybody = await draw(asking, "breakdown")
    found = await draw(asking, "breakdown", segments=["water-utilities"])
    # Piet is in the two other segments; of Tomas none is known.
    assert [one["persona"]["key"] for one in found["personas"]] == ["maintenance-manager", "service-technician"]
    assert keys(found["segments"]) == ["water-utilities"]
    steps = steps_of(found)
    assert [key for key, step in steps.items() if not step["applies"]] == ["brk-call-us"]
    assert steps["brk-call-us"]["treatments"] == []
    assert not any(one["applies"] for one in steps["brk-call-us"]["touchpoints"])
    assert all(step["applies"] for step in steps_of(everybody).values())
    assert everybody["insightsLeftOut"] == 0
    assert found["insightsLeftOut"] == 4
    # P06 is voiced by Piet, who has no part in it.
    assert "P06" in str(everybody["stages"][2]["insights"])
    assert "P06" not in str(found["stages"][2]["insights"])
    # October 2026, percent: the segment's own value, and everybody's where nobody was chosen.
    csat = [
        [one["values"] for one in each["kpis"] if one["kpi"]["key"] == "csat-repair"] for each in (everybody, found)
    ]
    assert csat == [
        [[{"measuredFor": None, "value": 74.5, "measuredOn": "2026-10-31"}]],
        [[{"measuredFor": {"key": "water-utilities"}, "value": 75.0, "measuredOn": "2026-10-31"}]],
    ]


async def test_whoever_does_not_take_the_journey_can_be_asked_for(asking: Asking) -> None:
    found = await draw(asking, "breakdown", personas=["dealer-rep", "maintenance-manager", "dealer-rep"])
    assert [(one["persona"]["key"], one["takes"]) for one in found["personas"]] == [
        ("dealer-rep", False), ("maintenance-manager", True),
    ]  # fmt: skip
    assert keys(found["segments"]) == ["food-dairy", "process-industry", "water-utilities"]
    # How a step feels is told of those who take the journey: of the dealer nobody knows.
    dealer, manager = found["personas"]
    assert [point["emotion"] for point in dealer["line"]] == [None] * 13
    assert dealer["unknown"] == sum(point["applies"] for point in dealer["line"])
    assert "STEP" in {point["basis"] for point in manager["line"]}
    # The dealer is in no segment: nothing was measured of him, and all that is known is everybody's.
    alone = await draw(asking, "breakdown", personas=["dealer-rep"])
    assert alone["segments"] == []
    assert {value["measuredFor"] for kpi in alone["kpis"] for value in kpi["values"]} == {None}


async def test_no_measurement_is_from_after_the_day(asking: Asking) -> None:
    found = await draw(asking, "breakdown", on="2026-06-15")
    assert {value["measuredOn"] for kpi in found["kpis"] for value in kpi["values"]} == {"2026-05-31"}
    before = await draw(asking, "breakdown", on="0001-01-01")
    assert [kpi["values"] for kpi in before["kpis"]] == [[], []]


@pytest.mark.parametrize("side", ["CUSTOMER", "EMPLOYEE", None])
@pytest.mark.parametrize("segments", [None, ["water-utilities"]])
async def test_what_gives_no_value_takes_no_other_ones_place(
    asking: Asking, side: str | None, segments: list[str] | None
) -> None:
    # Newer than all others, of everybody and of each segment, with counts in which nobody answered.
    before = await draw(asking, "breakdown", segments=segments)
    nothing = [
        made("csat-repair", str(number), *whom, respondentSide=side, counts=[{"answer": 5, "count": 0}])
        for number, whom in enumerate([(), *((Ref("Segment", key),) for key in keys(before["segments"]))])
    ]
    change_set = await asking.change(
        *(entity for entity, _ in nothing), links=tuple(link for _, links in nothing for link in links)
    )
    after = await draw(asking, "breakdown", segments=segments)
    await asking.revert(change_set)
    assert before["kpis"]
    assert after == before


async def test_what_was_measured_for_the_journey_counts_on_it_and_on_no_other(asking: Asking) -> None:
    def satisfaction(found: dict[str, Any]) -> Any:
        (stage,) = [one for one in found["stages"] if one["stage"]["key"] == "brk-after"]
        return [
            value["value"]
            for kpis in (found["kpis"], stage["kpis"])
            for kpi in kpis
            if kpi["kpi"]["key"] == "csat-repair"
            for value in kpi["values"]
        ]

    values = {}
    for journey in ("breakdown", "breakdown-to-be"):
        entity, links = made("csat-repair", "j", Ref("Journey", journey), value=33, respondentSide="CUSTOMER")
        change_set = await asking.change(entity, links=links)
        values[journey] = satisfaction(await draw(asking, "breakdown"))
        await asking.revert(change_set)
    # The journey itself and its last stage are measured by it.
    assert values == {"breakdown": [33, 33], "breakdown-to-be": [74.5, 74.5]}


async def test_it_is_the_same_map_from_the_journey(asking: Asking) -> None:
    short = QUERY.replace("journeyMap(key: $key, ", "journey(key: $key) { map(").replace(
        "fragment kpi", "}\nfragment kpi", 1
    )
    result = await asking.service.ask(short, {"key": "breakdown", "segments": ["food-dairy"]})
    assert result.errors is None
    assert result.data["journey"]["map"] == await draw(asking, "breakdown", segments=["food-dairy"])


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        ({"personas": ["nobody"]}, "personas: there is no persona with the key 'nobody'."),
        ({"segments": ["none"]}, "segments: there is no segment with the key 'none'."),
        (
            {"personas": []},
            "personas: is empty, so that nobody could be looked at. Name somebody, or leave it out.",
        ),
    ],
)
async def test_what_is_not_there_is_named(asking: Asking, variables: dict[str, Any], message: str) -> None:
    result = await asking.service.ask(QUERY, {"key": "breakdown", **variables})
    assert result.data == {"journeyMap": None}
    assert [(one.message, one.extensions["code"]) for one in result.errors] == [(message, "BAD_USER_INPUT")]


async def test_a_journey_that_is_not_there_is_null_as_in_other_questions(asking: Asking) -> None:
    result = await asking.service.ask(QUERY, {"key": "nowhere"})
    assert (result.data, result.errors) == ({"journeyMap": None}, None)


async def test_the_public_journey_has_stages_and_insights_and_no_lines(asking: Asking) -> None:
    found = await draw(asking, "veteran-transition")
    # As in its file: five stages without steps; what nobody felt is no zero.
    assert [len(stage["steps"]) for stage in found["stages"]] == [0] * 5
    assert all(one["line"] == [] for one in found["personas"])
    assert [one["insight"]["key"] for one in found["stages"][0]["insights"]][:2] == ["F10", "F1a"]


async def test_a_journey_of_which_nothing_is_known_is_an_empty_map(asking: Asking) -> None:
    made = await asking.change(create("Journey", "bare"))
    found = await draw(asking, "bare")
    assert (found["stages"], found["personas"], found["kpis"], found["frontline"]) == ([], [], [], [])
    await asking.revert(made)


MARA = Person(1, "1", "mara", "CUSTOMER", takes=True, parts=[Part(10, "10", "Segment", "dairy")])
SEGMENT, OTHER = Part(10, "10", "Segment", "dairy"), Part(11, "11", "Segment", "water")
NUMBERS = st.sets(st.sampled_from([1, 2, 10, 11]))


@given(NUMBERS, st.booleans())
def test_an_insight_counts_for_a_persona_that_voices_it_or_whose_segment_does_or_where_nobody_does(
    voices: set[int],
    asked: bool,  # noqa: FBT001 - drawn
) -> None:
    audience = Audience([MARA], [SEGMENT], asked, {})
    counts = not voices or 1 in voices or 10 in voices
    assert bool(audience.hearing(voices)) == counts
    assert audience.hears(voices) == (counts or not asked)


@given(NUMBERS)
def test_a_step_is_for_all_or_for_those_named(limited: set[int]) -> None:
    limits = {7: [Limit(Part(number, str(number), "Segment", str(number)), None) for number in limited]}
    for asked in (True, False):
        audience = Audience([MARA], [SEGMENT], asked, limits)
        named = not limited or 1 in limited or 10 in limited
        assert audience.applies_to(7, MARA) == named
        assert audience.applies(7) == (named or not asked)


def test_of_those_who_take_it_a_segment_keeps_its_own_and_those_of_whom_none_is_known() -> None:
    personas = [
        [1, "1", "mara", "CUSTOMER", [[10, "10", "dairy"], [11, "11", "water"]]],
        [2, "2", "piet", "CUSTOMER", [[10, "10", "dairy"]]],
        [3, "3", "tomas", "EMPLOYEE", []],
        [4, "4", "dov", "PARTNER", [[11, "11", "water"]]],
    ]
    read = read_audience(frozenset({1, 2, 3}), personas, [[11, "11", "water"]], {}, {"segments": ["water"]})
    assert [person.key for person in read.people] == ["mara", "tomas"]
    assert [part.key for part in read.people[0].parts] == ["water"]
    asked = read_audience(frozenset({1}), personas, [], {}, {"personas": ["dov", "mara"]})
    assert [(person.key, person.takes) for person in asked.people] == [("dov", False), ("mara", True)]
    assert [part.key for part in asked.parts] == ["dairy", "water"]
    with pytest.raises(UserInputError, match="segments: there is no segment with the key 'ice'"):
        read_audience(frozenset(), personas, [], {}, {"segments": ["ice"]})


BASES = st.sampled_from(["ASSUMED", "RESEARCHED", "TARGET", None])
EMOTIONS = st.none() | st.floats(-2, 2)


@given(st.dictionaries(BASES, EMOTIONS), st.booleans())
def test_what_tells_how_it_feels_is_known_and_no_target_of_a_journey_as_it_is(
    said: dict[str | None, float | None],
    to_be: bool,  # noqa: FBT001 - drawn
) -> None:
    rows = [[7, 1, emotion, None, None, None, None, None, None, basis, None] for basis, emotion in said.items()]
    order = (["TARGET"] if to_be else []) + ["RESEARCHED", "ASSUMED", None]
    told = read_experiences(rows).telling(7, 1, to_be=to_be)
    known = [basis for basis in order if said.get(basis) is not None]
    assert (told.basis if told else "nobody") == (known[0] if known else "nobody")
    assert Experiences({}).telling(7, 1, to_be=to_be) is None
    assert all(isinstance(one, Experience) for one in read_experiences(rows).of(7, 1))


CSAT = KPI(5, "k", "csat", None, None, None, None, *(None,) * 11)


def measured(day: str, value: float | None, *parts: Part, side: str | None = None) -> Measurement:
    return Measurement(day + str(value), day, value, None, None, None, None, None, side, parts)


def told_values(measurements: list[Measurement], *, asked: bool) -> list[tuple[str | None, float | None]]:
    audience = Audience([MARA], [SEGMENT], asked, {})
    found = kpi_values(CSAT, measurements, (7, 8), audience, "2026-11-01")
    return [(one.part.key if one.part else None, one.value) for one in found]


def test_the_value_is_that_of_those_looked_at_else_that_of_everybody() -> None:
    here = Part(7, "7", "Touchpoint", "desk")
    everybody, dairy = measured("2026-10-01", 1), measured("2026-09-01", 2, SEGMENT)
    later, water = measured("2026-12-01", 3), measured("2026-10-01", 4, OTHER)
    every = [everybody, dairy, later, water]
    assert told_values(every, asked=True) == [("dairy", 2)]
    assert told_values(every, asked=False) == [(None, 1)]
    assert told_values([everybody, later, water], asked=True) == [(None, 1)]
    assert told_values([dairy, later, water], asked=False) == [("dairy", 2)]
    # What was measured at this place alone counts before what was measured everywhere, though it is older.
    assert told_values([everybody, measured("2026-01-01", 5, here)], asked=False) == [(None, 5)]
    assert told_values([everybody, measured("2026-01-01", 6, here, SEGMENT)], asked=True) == [("dairy", 6)]
    # So does what was measured for the journey; what was measured at the place counts before that.
    journey = Part(8, "8", "Journey", "breakdown")
    of_journey = measured("2026-02-01", 8, journey)
    assert told_values([everybody, of_journey], asked=False) == [(None, 8)]
    assert told_values([of_journey, measured("2026-01-01", 5, here)], asked=False) == [(None, 5)]
    assert told_values([measured("2026-02-01", 6, journey, SEGMENT), of_journey], asked=True) == [("dairy", 6)]
    # Customers are asked first.
    technicians = measured("2026-10-31", 9, side="EMPLOYEE")
    assert told_values([technicians, measured("2026-10-01", 7, side="CUSTOMER")], asked=False) == [(None, 7)]
    assert told_values([technicians], asked=False) == [(None, 9)]


@given(
    st.lists(
        st.tuples(st.integers(1, 9), st.none() | st.floats(allow_nan=True), st.sampled_from([None, "CUSTOMER"])),
        max_size=5,
    ),
    st.booleans(),
)
def test_appending_what_gives_no_value_changes_no_figure(
    series: list[tuple[int, float | None, str | None]],
    asked: bool,  # noqa: FBT001 - drawn
) -> None:
    usual = [measured("2026-10-01", 1, side="EMPLOYEE"), measured("2026-09-01", 2, SEGMENT)]
    found = [measured(f"2026-10-0{day}", value, side=side) for day, value, side in series]
    unusable = [measured("2026-11-01", value, *part) for value in (None, float("inf")) for part in ((), (SEGMENT,))]
    assert told_values([*usual, *found, *unusable], asked=asked) == told_values([*usual, *found], asked=asked)


def test_a_touchpoint_that_is_met_again_is_listed_once_and_met_as_often() -> None:
    desk: list[Any] = [8, "8", "8", None, None, []]
    shop: list[Any] = [9, "9", "9", None, None, []]
    steps = [[3, "3", "3", None, None, None, [shop, desk]], [4, "4", "4", None, None, None, [desk]]]
    journey = read_journey([1, "1", "1", None, [[2, "2", "2", None, None, [desk], steps]]])
    assert [one.number for one in journey.contacts] == [8, 9, 8, 8]
    assert [one.number for one in journey.touchpoints] == [8, 9]
