"""Journeys compared: by hand on the demo, splits and merges, and what nobody brings about."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph_api.change.changeset import EntityChange, LinkChange, Mode, Ref
from graph_api.questions.journeys.difference import groups
from graph_api.questions.journeys.journey import Step
from tests.questions.asking import Asking, create

QUERY = """query($asIs: String!, $toBe: String!) {
  compareJourneys(asIs: $asIs, toBe: $toBe) {
    asIs { key } toBe { key } linked
    fields { field before after } unknownFields { field before after }
    stages { ...level } steps { ...level } touchpoints { ...level }
    unrealised { change before { key } after { __typename key } }
    complexity { asIs { steps touchpoints handoffs } toBe { steps touchpoints handoffs } }
  }
}
fragment level on LevelComparison {
  before after kept changed dropped added splits merges
  differences {
    change before { key } after { key } splits merges realised elsewhere { key }
    pairs {
      before { key } after { key } fields { field before after } unknownFields { field before after } channelsUnknown
      channelsDropped { key } channelsAdded { key } partyDropped { key } partyAdded { key }
      emotions { persona { key } before beforeBasis after afterBasis }
    }
    realisedBy { work { __typename key } ended through { key } }
  }
}"""
COUNTS = ("before", "after", "kept", "changed", "dropped", "added", "splits", "merges")


async def compare(asking: Asking, as_is: str, to_be: str) -> dict[str, Any]:
    result = await asking.service.ask(QUERY, {"asIs": as_is, "toBe": to_be})
    assert result.errors is None
    found: dict[str, Any] = result.data["compareJourneys"]
    return found


def counts(level: dict[str, Any]) -> tuple[int, ...]:
    return tuple(level[name] for name in COUNTS)


def keys(entities: list[dict[str, Any]]) -> list[str]:
    return [one["key"] for one in entities]


def becoming(level: dict[str, Any], change: str) -> dict[str, list[str]]:
    return {
        ",".join(keys(one["before"])): keys(one["after"]) for one in level["differences"] if one["change"] == change
    }


def difference(level: dict[str, Any], key: str) -> dict[str, Any]:
    (found,) = [one for one in level["differences"] if key in keys(one["before"]) + keys(one["after"])]
    return dict(found)


async def test_of_thirteen_steps_of_a_breakdown_four_are_dropped_and_three_kept(asking: Asking) -> None:
    # By hand in journeys-breakdown.yaml, as ORIGIN.md tells the story.
    found = await compare(asking, "breakdown", "breakdown-to-be")
    assert found["linked"]
    assert counts(found["steps"]) == (13, 11, 3, 6, 4, 2, 0, 0)
    assert becoming(found["steps"], "KEPT") == {
        "brk-bridge": ["btb-bridge"], "brk-arrive": ["btb-arrive"], "brk-rate": ["btb-rate"],
    }  # fmt: skip
    assert list(becoming(found["steps"], "DROPPED")) == [
        "brk-silence-alarm", "brk-tell-again", "brk-explain-pump", "brk-second",
    ]  # fmt: skip
    assert [keys(one["after"]) for one in found["steps"]["differences"] if one["change"] == "ADDED"] == [
        ["btb-plan-slot"], ["btb-follow"],
    ]  # fmt: skip
    # Of 17 touchpoints nine are met on both; the alarm becomes a warning.
    assert counts(found["touchpoints"]) == (17, 12, 9, 1, 7, 2, 0, 0)
    assert becoming(found["touchpoints"], "CHANGED") == {"control-box-alarm": ["early-warning"]}
    assert counts(found["stages"]) == (5, 5, 0, 5, 0, 0, 0, 0)
    assert [one["field"] for one in found["fields"]] == ["name", "journeyState", "journeyEvidence", "good"]


async def test_what_differs_is_told_with_both_values(asking: Asking) -> None:
    found = await compare(asking, "breakdown", "breakdown-to-be")
    (pair,) = difference(found["stages"], "brk-call")["pairs"]
    assert pair["fields"] == [
        {"field": "duration", "before": "PT40M", "after": "PT15M"},
        {"field": "waiting", "before": "PT18M", "after": "PT1M"},
    ]
    # What good looks like as it is nobody said, and nobody can tell whether that differs.
    assert pair["unknownFields"] == [
        {"field": "good", "before": None, "after": "The first voice knows plant, pump and contract."}
    ]
    (pair,) = difference(found["touchpoints"], "early-warning")["pairs"]
    assert keys(pair["channelsDropped"]) == ["on-site"]
    assert keys(pair["channelsAdded"]) == ["messenger", "portal"]
    assert (pair["partyDropped"], pair["partyAdded"]) == ({"key": "it-data"}, {"key": "service-desk"})


async def test_feelings_are_compared_only_where_both_sides_are_known(asking: Asking) -> None:
    found = await compare(asking, "breakdown", "breakdown-to-be")

    def feelings(level: str, key: str) -> list[tuple[Any, ...]]:
        (pair,) = difference(found[level], key)["pairs"]
        return [
            (
                one["persona"] and one["persona"]["key"],
                one["before"],
                one["beforeBasis"],
                one["after"],
                one["afterBasis"],
            )
            for one in pair["emotions"]
        ]

    assert feelings("steps", "brk-hear") == [
        ("maintenance-manager", -1.9, "RESEARCHED", 1.2, "TARGET"),
        ("plant-manager", -1.5, "RESEARCHED", 1.0, "STEP"),
        ("service-technician", 0.0, "ASSUMED", 1.0, "STEP"),
        (None, -1.8, "STEP", 1.0, "STEP"),
    ]
    # Nobody says anything of paying: the steps' own emotion alone.
    assert feelings("steps", "brk-pay") == [(None, -1.0, "STEP", 0.0, "STEP")]
    # The visit is the same on both journeys: only who has a target is told; the technician has none.
    assert feelings("touchpoints", "repair-visit") == [("maintenance-manager", 1.3, "RESEARCHED", 1.7, "TARGET")]
    # How the hotline should feel nobody said.
    assert feelings("touchpoints", "hotline") == []
    assert feelings("stages", "brk-call") == []


async def test_nobody_brings_about_the_live_arrival_and_the_warning(asking: Asking) -> None:
    found = await compare(asking, "breakdown", "breakdown-to-be")
    assert [(one["change"], one["after"][0]["__typename"], one["after"][0]["key"]) for one in found["unrealised"]] == [
        ("CHANGED", "Stage", "btb-warn"),
        ("CHANGED", "Step", "btb-get-warning"),
        ("ADDED", "Step", "btb-plan-slot"),
        ("ADDED", "Step", "btb-follow"),
        ("CHANGED", "Touchpoint", "early-warning"),
        ("ADDED", "Touchpoint", "live-arrival"),
    ]

    def by(level: str, key: str) -> list[tuple[str, str]]:
        return [(one["work"]["key"], one["through"]["key"]) for one in difference(found[level], key)["realisedBy"]]

    assert by("steps", "btb-hear") == [("I14", "btb-hear"), ("PR1", "btb-hear")]
    # Nobody is said to bring the stage about, but its one step.
    assert by("stages", "btb-call") == [("I02", "btb-call-us")]
    assert by("stages", "btb-know")[0] == ("PR1", "btb-know")
    # What stays the same has not to be brought about.
    assert difference(found["steps"], "brk-rate")["realised"] is None


async def test_both_complexities_stand_beside_each_other(asking: Asking) -> None:
    found = await compare(asking, "breakdown", "breakdown-to-be")
    # Hand-offs of the journey as it is are counted in test_journey_complexity.
    assert found["complexity"]["asIs"] == {"steps": 13, "touchpoints": 17, "handoffs": 7}
    assert (found["complexity"]["toBe"]["steps"], found["complexity"]["toBe"]["touchpoints"]) == (11, 12)


async def test_a_contract_keeps_how_parts_are_ordered(asking: Asking) -> None:
    found = await compare(asking, "service-contract", "contract-to-be")
    # Nine steps: ordering is the same, two change, six are dropped; the value page takes the renewal letter's place.
    assert counts(found["steps"]) == (9, 5, 1, 2, 6, 2, 0, 0)
    assert becoming(found["steps"], "KEPT") == {"con-order": ["ctb-order"]}
    assert becoming(found["touchpoints"], "CHANGED") == {"renewal-letter": ["value-page"]}
    assert counts(found["stages"])[2:6] == (0, 3, 1, 0)


async def test_a_journey_held_against_itself_or_a_stranger(asking: Asking) -> None:
    same = await compare(asking, "breakdown", "breakdown")
    assert counts(same["steps"]) == (13, 13, 13, 0, 0, 0, 0, 0)
    assert same["unrealised"] == []
    strangers = await compare(asking, "veteran-transition", "breakdown-to-be")
    assert not strangers["linked"]
    assert counts(strangers["stages"]) == (5, 5, 0, 0, 5, 5, 0, 0)
    assert counts(strangers["touchpoints"])[:1] == (0,)


async def test_a_journey_that_is_not_there_is_named(asking: Asking) -> None:
    result = await asking.service.ask(QUERY, {"asIs": "breakdown", "toBe": "nowhere"})
    assert result.data == {"compareJourneys": None}
    assert [one.message for one in result.errors] == ["toBe: there is no journey with the key 'nowhere'."]


async def test_one_can_become_several_several_one_and_something_elsewhere(asking: Asking) -> None:
    def link(name: str, start: tuple[str, str], finish: tuple[str, str]) -> LinkChange:
        return LinkChange(name, Ref(*start), Ref(*finish))

    entities = [create("Journey", "j1"), create("Journey", "j2"), create("Stage", "s1"), create("Stage", "s2")]
    entities += [create("Step", key) for key in ("a", "b", "c", "d", "v", "w", "x", "z")]
    links = [link("HAS_STAGE", ("Journey", f"j{n}"), ("Stage", f"s{n}")) for n in (1, 2)]
    links += [link("HAS_STEP", ("Stage", "s1"), ("Step", key)) for key in "abcd"]
    links += [link("HAS_STEP", ("Stage", "s2"), ("Step", key)) for key in "vwx"]
    # a becomes v and w, b and c become x, d becomes z, which belongs to no journey.
    links += [link("EVOLVES_TO", ("Step", start), ("Step", finish)) for start, finish in ("av", "aw", "bx", "cx", "dz")]
    made = await asking.change(*entities, links=tuple(links))
    found = (await compare(asking, "j1", "j2"))["steps"]
    await asking.revert(made)
    assert counts(found) == (4, 3, 0, 3, 1, 0, 1, 1)
    assert becoming(found, "CHANGED") == {"a": ["v", "w"], "b,c": ["x"]}
    assert [(keys(one["before"]), keys(one["elsewhere"])) for one in found["differences"] if one["elsewhere"]] == [
        (["d"], ["z"])
    ]
    split = difference(found, "a")
    assert [(one["before"]["key"], one["after"]["key"]) for one in split["pairs"]] == [("a", "v"), ("a", "w")]


async def one_step(asking: Asking, before: dict[str, Any], after: dict[str, Any], *channels: str) -> dict[str, Any]:
    """Compare two journeys of one step with one touchpoint, which has these channels before and one after."""
    entities, links = [], []
    for name, fields in (("before", before), ("after", after)):
        entities += [
            create("Journey", f"j-{name}"),
            create("Stage", f"g-{name}"),
            EntityChange(Mode.CREATE, "Step", f"s-{name}", {"name": "Wait", **fields}),
            EntityChange(Mode.CREATE, "Touchpoint", f"t-{name}", {"name": "Desk"}),
        ]
        links += [
            LinkChange("HAS_STAGE", Ref("Journey", f"j-{name}"), Ref("Stage", f"g-{name}")),
            LinkChange("HAS_STEP", Ref("Stage", f"g-{name}"), Ref("Step", f"s-{name}")),
            LinkChange("HAS_TOUCHPOINT", Ref("Step", f"s-{name}"), Ref("Touchpoint", f"t-{name}")),
        ]
    for kind, letter in (("Step", "s"), ("Touchpoint", "t")):
        links.append(LinkChange("EVOLVES_TO", Ref(kind, f"{letter}-before"), Ref(kind, f"{letter}-after")))
    for touchpoint, channel in (("t-after", "portal"), *(("t-before", channel) for channel in channels)):
        links.append(LinkChange("ON_CHANNEL", Ref("Touchpoint", touchpoint), Ref("Channel", channel)))
    made = await asking.change(*entities, links=tuple(links))
    found = await compare(asking, "j-before", "j-after")
    await asking.revert(made)
    return found


async def test_what_is_known_on_one_side_only_is_no_difference(asking: Asking) -> None:
    found = await one_step(asking, {"waiting": "PT1H"}, {"duration": "PT2H"})
    then = await one_step(asking, {"waiting": "PT1H", "duration": "PT3H"}, {"duration": "PT2H"}, "messenger")
    for level in ("steps", "touchpoints"):
        assert (found[level]["kept"], found[level]["changed"]) == (1, 0)
        assert (then[level]["kept"], then[level]["changed"]) == (0, 1)
    pairs = [
        one["differences"][0]["pairs"][0] for level in ("steps", "touchpoints") for one in (found[level], then[level])
    ]
    step_found, step_then, found_touchpoint, then_touchpoint = pairs
    assert (step_found["fields"], [one["field"] for one in step_found["unknownFields"]]) == (
        [],
        ["duration", "waiting"],
    )
    assert [one["field"] for one in step_then["fields"]] == ["duration"]
    assert (found_touchpoint["channelsUnknown"], found_touchpoint["channelsAdded"]) == (True, [])
    assert (then_touchpoint["channelsUnknown"], keys(then_touchpoint["channelsAdded"])) == (False, ["portal"])


async def test_a_step_that_is_not_for_a_persona_lends_it_no_emotion(asking: Asking) -> None:
    async def who(found: dict[str, Any]) -> list[str | None]:
        (pair,) = difference(found["steps"], "brk-hear")["pairs"]
        return [one["persona"] and one["persona"]["key"] for one in pair["emotions"]]

    # As it should be, the step is for the manager of maintenance alone: the plant manager said something of the wait as
    # it is, and nothing stands for him after.
    limit = LinkChange("APPLIES_TO", Ref("Step", "btb-hear"), Ref("Persona", "maintenance-manager"))
    made = await asking.change(links=(limit,))
    found = await compare(asking, "breakdown", "breakdown-to-be")
    await asking.revert(made)
    assert await who(found) == ["maintenance-manager", None]


def step(number: int) -> Step:
    return Step(number, str(number), str(number), None, None, None, [])


@given(st.sets(st.tuples(st.integers(0, 5), st.integers(3, 9)), max_size=12))
def test_each_part_stands_in_one_group_with_all_that_it_becomes(evolved: set[tuple[int, int]]) -> None:
    before, after = [step(number) for number in range(6)], [step(number) for number in range(3, 10)]
    found = groups(before, after, evolved)
    assert sorted(one.number for starts, _ in found for one in starts) == list(range(6))
    assert sorted(one.number for _, finishes in found for one in finishes) == list(range(3, 10))
    place = {one.number: index for index, (starts, _) in enumerate(found) for one in starts}
    goal = {one.number: index for index, (_, finishes) in enumerate(found) for one in finishes}
    assert all(place[start] == goal[finish] for start, finish in evolved)
    # What both have in common is what it was.
    assert all(place[number] == goal[number] for number in range(3, 6))
