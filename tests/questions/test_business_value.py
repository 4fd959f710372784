"""Business value: which KPIs are driven in the end, along which chains, and what a change is worth there."""

import math
import re
from dataclasses import fields, replace
from itertools import pairwise, permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.change.changeset import LinkChange, Ref
from graph_api.model.values import Duration, value_type
from graph_api.questions.business_value import BusinessValueEnd, ChainOverlap
from graph_api.questions.figures.claims import Claim
from graph_api.questions.figures.driving import LONGEST, MOST, Chain, ChainStop, Drive, chains, circles, driven_by
from graph_api.questions.figures.duration import add_up
from graph_api.questions.figures.kpi import KPI
from graph_api.questions.figures.remaining import Remaining
from graph_api.questions.figures.value_path import BusinessValuePath, BusinessValueStart, ValueTerm
from graph_api.store.statements import load
from tests.questions.asking import Asking, create

ON = "2026-11-01"
PARTS = """{
  entity { ... on Proposition { key } }
  starts { kpi { key } expectedChange unknown claimedBy { ... on Proposition { key } ... on Initiative { key } } }
  ends { kpi { key } unit money overlaps worth gap share paths { worth } }
  paths {
    start { key } end { key } unit stop length effect expectedChange worth lag weakestGrounds unknownGrounds missing
    steps { kpi { key } effect grounds lag effectSoFar worthSoFar }
  }
  circles { kpis { key } }
  more longer
}"""
QUERY = f"query($of: EntityKeyInput!, $on: Date) {{ businessValue(of: $of, on: $on) {PARTS} }}"
BLANK = KPI(*(None for _ in fields(KPI)))  # type: ignore[arg-type] # to be replaced
KPIS = {number: replace(BLANK, number=number, id=f"{number:03}", key=f"{number:03}") for number in range(100)}
KEYS = {number: kpi.key for number, kpi in KPIS.items()}


def drive(start: int, finish: int, effect: float | None = 2.0, **others: Any) -> Drive:
    return replace(Drive(start, finish, effect, "ASSUMED", "P1M", None, None), **others)


def links(*pairs: tuple[int, int]) -> list[Drive]:
    return [drive(*pair) for pair in pairs]


def path(*drives: Drive, change: float | None = None, claims: int = 1) -> BusinessValuePath:
    claim = Claim(1, "p", "Proposition", "p", None, change, None, None)
    start = BusinessValueStart(KPIS[drives[0].start], [claim] * claims)
    return BusinessValuePath(Chain(drives[0].start, drives, ChainStop.END), start, KPIS)


def ways(found: list[Drive], starts: set[int], ends: set[int]) -> list[list[int]]:
    return [[chain.start, *chain.after] for chain in chains(starts, found, KEYS, ends).listed]


def test_effects_multiply_and_lags_add_up() -> None:
    # 5 of the first are 5 * 0.5 = 2.5 of the second and 2.5 * -4 = -10 of the third.
    found = path(drive(1, 2, 0.5, lag="P1M"), drive(2, 3, -4.0, lag="P2W", grounds="PROVEN"), change=5.0)
    assert (found.effect, found.worth, found.lag, found.weakest_grounds) == (-2, -10, "P1M2W", "ASSUMED")
    assert [(step.effect_so_far, step.worth_so_far) for step in found.steps] == [(0.5, 2.5), (-2, -10)]
    assert found.missing == []


def test_what_is_unknown_is_named_and_makes_its_figures_null() -> None:
    found = path(drive(1, 2, None, lag=None, grounds=None), drive(2, 3, grounds="PROVEN"), change=None)
    assert (found.effect, found.worth, found.lag) == (None, None, None)
    assert (found.weakest_grounds, found.unknown_grounds) == ("PROVEN", 1)
    assert found.missing == [ValueTerm.EXPECTED_CHANGE, ValueTerm.EFFECT, ValueTerm.LAG, ValueTerm.GROUNDS]
    # Nobody claims anything: nothing is missing, and nothing is worth anything yet.
    unclaimed = path(drive(1, 2), claims=0)
    assert (unclaimed.effect, unclaimed.worth, unclaimed.missing) == (2, None, [ValueTerm.EXPECTED_CHANGE])
    large = path(drive(1, 2, 1e200), drive(2, 3, 1e200), change=1.0)
    assert (large.effect, large.worth, large.missing) == (None, None, [ValueTerm.TOO_LARGE])
    small = path(drive(1, 2, 1e300), change=1e300)
    assert (small.effect, small.worth, small.missing) == (1e300, None, [ValueTerm.TOO_LARGE])


@pytest.mark.parametrize(
    ("durations", "whole"),
    [
        ([], "P0D"),
        (["P1M", "P3M"], "P4M"),
        (["P6M", "P6M"], "P12M"),
        (["P1Y", "P2W", "PT1.5H"], "P1Y2WT1.5H"),
        (["PT30M", "P1M", "PT0.25M"], "P1MT30.25M"),
        (["P0.1D"] * 10, "P1D"),
        (["P0D"], "P0D"),
        (["P0.001D", "P100D"], "P100.001D"),
    ],
)
def test_durations_add_up_unit_by_unit(durations: list[str], whole: str) -> None:
    assert add_up(durations) == whole


@given(
    st.lists(
        st.from_regex(r"P[0-9]{1,3}(\.[0-9])?Y[0-9]{1,3}M([0-9]W)?(T[0-9]{1,2}H[0-9](\.[0-9]{2})?S)?", fullmatch=True)
    )
)
def test_a_sum_of_durations_is_one_and_has_no_order(durations: list[str]) -> None:
    whole = add_up(durations)
    assert value_type(Duration).parse(whole) == whole
    assert add_up(reversed(durations)) == whole == add_up([add_up(durations[:2]), add_up(durations[2:])])


def test_chains_lead_to_ends_the_shortest_first_then_by_key() -> None:
    found = links((1, 2), (2, 4), (1, 3), (3, 4), (1, 4), (4, 5))
    # 4 is in money: chains end there, and go on.
    assert ways(found, {1}, {4, 5}) == [[1, 4], [1, 2, 4], [1, 3, 4], [1, 4, 5], [1, 2, 4, 5], [1, 3, 4, 5]]
    assert ways(found, {5}, {4, 5}) == [[5]]


def test_a_circle_is_cut_and_told() -> None:
    found = links((1, 2), (2, 1))
    (chain,) = chains({1}, found, KEYS, set()).listed
    assert ([chain.start, *chain.after], chain.stop) == ([1, 2], ChainStop.CIRCLE)
    assert [sorted(group) for group in circles(found)] == [[1, 2]]
    # Beside a way to an end only the way to the end is a chain, and the circle is told all the same.
    found = links((1, 2), (2, 1), (2, 3), (4, 4))
    assert ways(found, {1}, {3}) == [[1, 2, 3]]
    assert sorted(sorted(group) for group in circles(found)) == [[1, 2], [4]]
    assert circles(links((1, 2), (2, 3))) == circles([]) == []
    (itself,) = chains({4}, found, KEYS, {3}).listed
    assert ([itself.start, *itself.after], itself.stop) == ([4], ChainStop.CIRCLE)


def test_a_chain_has_eight_links_at_most_and_what_is_longer_is_told() -> None:
    row = links(*pairwise(range(LONGEST + 1)))
    found = chains({0}, row, KEYS, {LONGEST})
    assert [len(chain.drives) for chain in found.listed] == [LONGEST]
    assert (found.more, found.longer) == (False, False)
    longer = links(*pairwise(range(LONGEST + 3)))
    found = chains({0}, longer, KEYS, {LONGEST + 2})
    (cut,) = found.listed
    assert (len(cut.drives), cut.stop, found.longer) == (LONGEST, ChainStop.LIMIT, True)
    assert f"[:DRIVES*0..{LONGEST}]" in load("business_value").text


@pytest.mark.parametrize("ends", [{59}, {1, 30, 59}, set()])
def test_the_work_is_bounded_where_everything_drives_everything(ends: set[int]) -> None:
    found = chains({0, 1}, links(*permutations(range(60), 2)), KEYS, ends)
    assert (len(found.listed), found.more, found.longer) == (MOST, True, True)
    listed = [(len(chain.drives), [KEYS[number] for number in (chain.start, *chain.after)]) for chain in found.listed]
    assert listed == sorted(listed)
    if ends == {59}:
        # 0 and 1 lead to 59 by one link; then by two over each of 58 others, and by three as many as are left.
        assert [len(chain.drives) for chain in found.listed] == [1] * 2 + [2] * 116 + [3] * 82


def test_a_search_without_success_ends() -> None:
    # 0 leads to the end, and into fifty KPIs that all drive each other, and from there only back to 0.
    inside = links(*permutations(range(1, 51), 2), (0, 99), (0, 1), *((number, 0) for number in range(1, 51)))
    assert ways(inside, {0}, {99}) == [[0, 99]]


@st.composite
def graphs(draw: st.DrawFn) -> tuple[list[Drive], set[int], set[int]]:
    pairs = draw(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=14))
    starts = draw(st.sets(st.integers(0, 6), min_size=1, max_size=3))
    sinks = set(range(7)) - {start for start, _ in pairs}
    return links(*draw(st.permutations(sorted(pairs)))), starts, sinks | draw(st.sets(st.integers(0, 6), max_size=2))


def every_way(found: list[Drive], here: list[int]) -> list[list[int]]:
    after = [each.finish for each in found if each.start == here[-1] and each.finish not in here]
    return [here, *(way for there in after for way in every_way(found, [*here, there]))]


@given(graphs())
@settings(max_examples=100)
def test_chains_are_all_ways_to_ends(drawn: tuple[list[Drive], set[int], set[int]]) -> None:
    found, starts, ends = drawn
    by_hand = [way for start in starts for way in every_way(found, [start]) if way[-1] in ends]
    answer = chains(starts, found, KEYS, ends)
    to_ends = [[chain.start, *chain.after] for chain in answer.listed if chain.stop is ChainStop.END]
    if not answer.more:
        assert to_ends == sorted(by_hand, key=lambda way: (len(way), way))
    leading = {way[0] for way in by_hand}
    assert {chain.start for chain in answer.listed if chain.stop is not ChainStop.END}.isdisjoint(leading)
    assert {chain.start for chain in answer.listed} == starts or answer.more
    assert answer.longer is False
    assert answer == chains(starts, found[::-1], KEYS, ends)


@given(graphs())
@settings(max_examples=50)
def test_a_circle_holds_what_can_be_reached_from_itself(drawn: tuple[list[Drive], set[int], set[int]]) -> None:
    found = drawn[0]
    reached = {number: {way[-1] for way in every_way(found, [number])} for number in range(7)}
    turning = {each.start for each in found if each.start in reached[each.finish]}
    assert {number for group in circles(found) for number in group} == turning


@given(st.lists(st.none() | st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=8), st.data())
@settings(max_examples=100)
def test_an_effect_is_finite_and_an_unknown_one_is_never_less(effects: list[float | None], data: st.DataObject) -> None:
    drives = [drive(number, number + 1, effect) for number, effect in enumerate(effects)]
    found = path(*drives, change=1.0)
    assert found.effect is None or math.isfinite(found.effect)
    assert (found.effect is None) == bool({ValueTerm.EFFECT, ValueTerm.TOO_LARGE}.intersection(found.missing))
    gone = data.draw(st.integers(0, len(drives) - 1))
    drives[gone] = replace(drives[gone], effect=None)
    less = path(*drives, change=1.0)
    assert (less.effect, less.worth) == (None, None)
    assert ValueTerm.EFFECT in less.missing


def test_chains_that_may_tell_of_one_change_twice_are_not_added_up() -> None:
    def end(*paths: BusinessValuePath, more: bool = False) -> BusinessValueEnd:
        drives = [drive for each in paths for drive in each.chain.drives]
        driven = {each.chain.start: driven_by(each.chain.start, drives) for each in paths}
        return BusinessValueEnd(Remaining(KPIS[9], [], ON), paths, driven, more)

    one, other = path(drive(1, 9), change=1.0), path(drive(2, 3), drive(3, 9), change=1.0)
    assert (end(one, other).overlaps, end(one, other).worth) == ([], 6)
    assert end(one, other, more=True).worth is None
    assert end(one, path(drive(2, 9), change=None)).worth is None
    parallel = end(one, path(drive(1, 3), drive(3, 9), change=1.0))
    assert (parallel.overlaps, parallel.worth) == ([ChainOverlap.PARALLEL], None)
    assert driven_by(1, links((1, 2), (2, 3), (3, 2), (4, 1))) == {2, 3}
    assert driven_by(1, []) == set()
    through = end(one, path(drive(2, 1), drive(1, 9), change=1.0))
    assert (through.overlaps, through.worth) == ([ChainOverlap.SAME_CHANGE], None)


async def value_of(asking: Asking, kind: str, key: str) -> dict[str, Any]:
    result = await asking.service.ask(QUERY, {"of": {"kind": kind, "key": key}, "on": ON})
    assert result.errors is None
    found: dict[str, Any] = result.data["businessValue"]
    return found


def keys(found: list[dict[str, Any]]) -> list[str]:
    return [one["kpi"]["key"] for one in found]


async def test_what_back_in_24_is_worth(asking: Asking) -> None:
    found = await value_of(asking, "PROPOSITION", "PR1")
    assert found["entity"] == {"key": "PR1"}
    assert {one["kpi"]["key"]: one["expectedChange"] for one in found["starts"]} == {
        "csat-repair": 6,
        "retention-revenue": 1.5,
        "time-to-site": -12,
    }
    # kpis.yaml: an hour less is 0.4 points of satisfaction, a point of satisfaction half a point of recommendation, a
    # point of that 0.08 percent of revenue kept, and a percent of that 9,000 EUR with parts a month.
    #   revenue kept      1.5                        * 9000 = 13500 EUR after 3 months
    #   satisfaction        6 *        0.5 * 0.08 * 9000 =  2160 EUR after 3 + 6 + 3 months
    #   hours             -12 * -0.4 * 0.5 * 0.08 * 9000 =  1728 EUR after 1 + 3 + 6 + 3 months
    assert [
        (one["start"]["key"], one["length"], one["effect"], one["worth"], one["lag"], one["weakestGrounds"])
        for one in found["paths"]
    ] == [
        ("retention-revenue", 1, 9000, 13500, "P3M", "CORRELATED"),
        ("csat-repair", 3, pytest.approx(360), pytest.approx(2160), "P12M", "ASSUMED"),
        ("time-to-site", 4, pytest.approx(-144), pytest.approx(1728), "P13M", "ASSUMED"),
    ]
    assert {(one["end"]["key"], one["unit"], one["stop"]) for one in found["paths"]} == {
        ("parts-revenue", "EUR", "END")
    }
    # Fewer hours make customers content, who recommend and stay: these may all be one change.
    (end,) = found["ends"]
    assert (end["money"], end["overlaps"], end["worth"], end["gap"]) == (True, ["SAME_CHANGE"], None, 94000)
    assert (found["circles"], found["more"], found["longer"]) == ([], False, False)


async def test_quick_answers_and_quick_quotes_turn_in_a_circle(asking: Asking) -> None:
    found = await value_of(asking, "PROPOSITION", "PR3")
    # PR3 claims nothing of dealers' answers, so what its initiative I07 claims is its claim: 20 * -0.05 days.
    first = found["starts"][0]
    assert (first["kpi"]["key"], first["expectedChange"], first["claimedBy"]) == (
        "dealer-answers",
        20,
        [{"key": "I07"}],
    )
    assert [
        (one["start"]["key"], keys(one["steps"]), one["stop"], one["worth"], one["lag"]) for one in found["paths"]
    ] == [
        ("parts-revenue", [], "END", 60000, "P0D"),
        ("dealer-answers", ["quote-time"], "CIRCLE", -1, "P1M"),
        ("parts-on-time", ["ces-parts", "parts-revenue"], "END", pytest.approx(6 * 0.7 * 4000), "P4M"),
    ]
    assert [keys_of["kpis"] for keys_of in found["circles"]] == [[{"key": "dealer-answers"}, {"key": "quote-time"}]]
    assert [(one["kpi"]["key"], one["overlaps"]) for one in found["ends"]] == [("parts-revenue", ["SAME_CHANGE"])]


async def test_an_opportunity_only_aims_and_an_effect_may_be_unknown(asking: Asking) -> None:
    found = await value_of(asking, "OPPORTUNITY", "O15")
    assert found["starts"] == [
        {"kpi": {"key": "start-up-score"}, "expectedChange": None, "unknown": 0, "claimedBy": []}
    ]
    (only,) = found["paths"]
    assert keys(only["steps"]) == ["nps", "retention-revenue", "parts-revenue"]
    assert [step["effect"] for step in only["steps"]] == [None, 0.08, 9000]
    assert (only["effect"], only["worth"], only["lag"]) == (None, None, None)
    assert only["missing"] == ["EXPECTED_CHANGE", "EFFECT", "LAG"]
    assert found["ends"][0]["worth"] is None


async def test_the_short_forms_are_the_same(asking: Asking) -> None:
    for kind, key in (("PROPOSITION", "PR2"), ("INITIATIVE", "I16"), ("KPI", "csat-repair")):
        name = "kpi" if kind == "KPI" else kind.lower()
        short = await asking.service.ask(f'{{ {name}(key: "{key}") {{ valueChains(on: "{ON}") {PARTS} }} }}')
        assert short.errors is None
        assert short.data[name]["valueChains"] == await value_of(asking, kind, key)
    # An opportunity has a field of that name: how valuable it is judged to be, 0 to 10.
    own = await asking.service.ask('{ opportunity(key: "O15") { businessValue } }')
    assert own.data == {"opportunity": {"businessValue": 5}}
    # I16 was stopped, and is asked about as if it went on: 2 * 0.7 * 4000.
    found = await value_of(asking, "INITIATIVE", "I16")
    assert [one["worth"] for one in found["ends"]] == [pytest.approx(5600)]
    # PR2 holds two ends: one it may reach twice, one once, which has what it should have.
    found = await value_of(asking, "PROPOSITION", "PR2")
    assert [(one["kpi"]["key"], one["money"], one["worth"], one["share"]) for one in found["ends"]] == [
        ("parts-revenue", True, None, None),
        ("service-margin", False, pytest.approx(10 * 0.12), None),
    ]


async def test_what_cannot_be_asked(asking: Asking) -> None:
    assert await value_of(asking, "KPI", "nowhere") is None
    assert (await value_of(asking, "OPPORTUNITY", "O25"))["paths"] == []
    result = await asking.service.ask(QUERY, {"of": {"kind": "PERSONA", "key": "plant-manager"}})
    assert result.errors is not None
    assert re.match(r"of\.kind: only opportunities, propositions, initiatives and kpis", result.errors[0].message)
    assert result.errors[0].extensions == {"code": "BAD_USER_INPUT"}


async def test_a_dense_graph_of_kpis_is_answered(asking: Asking) -> None:
    names = [f"dense-{number:02}" for number in range(14)]
    pairs = [*permutations(names, 2), *((name, "dense-money") for name in names)]
    change_set = await asking.change(
        *(create("KPI", name) for name in names),
        create("KPI", "dense-money", kpiMethod="CURRENCY"),
        links=tuple(
            LinkChange("DRIVES", Ref("KPI", one), Ref("KPI", other), {"effect": 1e300}) for one, other in pairs
        ),
    )
    try:
        found = await value_of(asking, "KPI", "dense-00")
        assert (len(found["paths"]), found["more"], found["longer"]) == (MOST, True, True)
        assert [one["length"] for one in found["paths"]] == [1] + [2] * 13 + [3] * 156 + [4] * 30
        assert [one["effect"] for one in found["paths"][:2]] == [1e300, None]
        assert "TOO_LARGE" in found["paths"][1]["missing"]
        assert len(found["circles"][0]["kpis"]) == 14
    finally:
        await asking.revert(change_set)
