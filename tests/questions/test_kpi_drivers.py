"""KPI drivers: what is claimed against the gap, which claims are one change, and what is unknown."""

import math
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.change.changeset import LinkChange, Ref
from graph_api.questions.figures.claims import Claim, ClaimState, counted, settle, together
from graph_api.questions.figures.exact import difference, product, share, total
from graph_api.questions.figures.kpi import KPI, Measurement, total_series
from graph_api.questions.figures.remaining import KPIGapFrom, KPIGapTerm, Remaining
from graph_api.questions.kpi_drivers import KPIDrivers, drivers
from tests.questions.asking import Asking, create

ON = "2026-11-01"
QUERY = """query($scope: Scope, $on: Date, $first: Int, $after: String) {
  kpiDrivers(scope: $scope, on: $on, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      kpi { key } value valueOn gapFrom gap reached claimedTwice overclaimed wrongDirection late passed missing
      claimed { change known unknown share knownShare }
      claims { nodes {
        claimant { ... on Proposition { key } ... on Initiative { key } } state expectedChange share late passed
        within { ... on Proposition { key } } initiatives { change share }
      } }
      aimedAtBy { nodes { opportunity { key } claimedBy { ... on Proposition { key } ... on Initiative { key } } } }
      drivenBy { nodes { kpi { key } effect grounds lag source } }
    }
  }
}"""
DEMO = {"scope": {"tags": ["demo"]}, "on": ON}
BLANK = KPI(*(None for _ in fields(KPI)))  # type: ignore[arg-type] # to be replaced
UPWARDS = replace(BLANK, number=1, id="k", key="k", direction="UP", baseline=60.0, target=80.0, target_by="2027-06-30")


def measured(value: float, **others: Any) -> Measurement:
    return replace(Measurement("m", "2026-10-31", value, None, None, None, None, None, None, []), **others)


def remaining(value: float | None = 70.0, kpi: KPI = UPWARDS, **others: Any) -> Remaining:
    about = replace(kpi, **others)
    return Remaining(about, total_series(about, [] if value is None else [measured(value)], ON), ON)


def claim(number: int, change: float | None, **others: Any) -> Claim:
    kind = others.pop("kind", "Proposition" if number < 100 else "Initiative")
    return replace(Claim(number, f"id{number}", kind, f"{number:03}", None, change, None, None), **others)


def asked(*claims: Claim, about: Remaining | None = None, **delivered: list[int]) -> KPIDrivers:
    by = {int(name[1:]): initiatives for name, initiatives in delivered.items()}
    return drivers(about or remaining(), claims, by)


CHANGES = st.none() | st.floats(-1e6, 1e6)
NUMBERED = st.floats(-1e6, 1e6)


@st.composite
def claims_and_links(draw: st.DrawFn, changes: st.SearchStrategy[Any] = CHANGES) -> tuple[list[Claim], dict[int, Any]]:
    statuses = st.sampled_from([None, "LIVE"]), st.sampled_from([None, "STOPPED"])
    propositions = draw(st.sets(st.integers(1, 5)))
    initiatives = draw(st.sets(st.integers(101, 106)))
    claims = [claim(number, draw(changes), status=draw(statuses[0])) for number in propositions]
    claims += [claim(number, draw(changes), status=draw(statuses[1])) for number in initiatives]
    links = {number: draw(st.sets(st.integers(101, 107))) for number in range(1, 7)}
    return draw(st.permutations(claims)), links


def test_a_proposition_and_its_initiatives_claim_one_change() -> None:
    # 1 claims 6 and its initiatives 4 and 3, which is the same change; 2 claims nothing, so its initiative 103 counts;
    # 104 delivers both 1 and 2, and is part of what 1 claims. 6 + 1 of a gap of 80 - 70.
    found = asked(claim(1, 6), *(claim(100 + n, change) for n, change in ((1, 4), (2, 3), (3, 1), (4, 2))),
                  p1=[101, 102, 104], p2=[103, 104])  # fmt: skip
    assert found.claimed.change == 7
    assert found.claimed.share == pytest.approx(0.7)
    assert found.claimed_twice == 3
    states = {one.claim.number: one.state for one in found.settled}
    assert states == {
        1: ClaimState.COUNTED,
        103: ClaimState.COUNTED,
        101: ClaimState.CLAIMED_TWICE,
        102: ClaimState.CLAIMED_TWICE,
        104: ClaimState.CLAIMED_TWICE,
    }
    own = next(one for one in found.settled if one.claim.number == 1)
    assert own.initiatives is not None
    assert own.initiatives.change == 9


def test_what_has_ended_claims_nothing_and_holds_no_claim() -> None:
    found = asked(claim(1, 6, status="RETIRED"), claim(101, 4), claim(102, 3, status="STOPPED"), p1=[101, 102])
    assert found.claimed.change == 4
    assert [(one.claim.number, one.state) for one in found.settled] == [
        (101, ClaimState.COUNTED),
        (1, ClaimState.ENDED),
        (102, ClaimState.ENDED),
    ]


@given(claims_and_links(), st.integers(1, 5), CHANGES)
def test_a_claim_below_a_propositions_own_changes_no_total(
    drawn: tuple[list[Claim], dict[int, Any]], proposition: int, change: float | None
) -> None:
    claims, links = drawn
    if not any(one.number == proposition for one in claims):
        claims = [*claims, claim(proposition, 1.0)]
    before = together(counted(claims, links))
    added = {**links, proposition: {*links[proposition], 200}}
    assert together(counted([*claims, claim(200, change)], added)) == before


@given(claims_and_links(NUMBERED), st.data())
def test_a_number_that_is_taken_away_is_never_silently_missing(
    drawn: tuple[list[Claim], dict[int, Any]], data: st.DataObject
) -> None:
    claims, links = drawn
    counting = counted(claims, links)
    before = together(counting)
    assert before.change == before.known
    if counting:
        gone = data.draw(st.sampled_from(counting))
        after = together(counted([replace(one, change=None) if one is gone else one for one in claims], links))
        assert after.change is None
        assert (after.unknown, after.known) == (
            1,
            total(one.change for one in counting if one is not gone and one.change),
        )


@given(claims_and_links(), st.randoms())
def test_the_order_of_claims_never_shows(drawn: tuple[list[Claim], dict[int, Any]], random: Any) -> None:
    claims, links = drawn
    mixed_up = random.sample(claims, len(claims))
    assert settle(claims, links) == settle(mixed_up, links)
    one, other = drivers(remaining(), claims, links), drivers(remaining(), mixed_up, links)
    assert [each.claim for each in one.settled] == [each.claim for each in other.settled]
    assert (one.claimed.known, one.overclaimed, one.missing) == (other.claimed.known, other.overclaimed, other.missing)


@given(
    claims_and_links(),
    st.sampled_from(["direction", "target", "baseline", "hold_band", "target_by"]),
    st.sampled_from(["UP", "DOWN", "HOLD"]),
    st.sampled_from([None, 50.0, 70.0, 79.5, 90.0]),
)
def test_a_field_of_the_kpi_that_is_taken_away_makes_no_figure_other(
    drawn: tuple[list[Claim], dict[int, Any]], field: str, direction: str, value: float | None
) -> None:
    claims, links = drawn
    whole = remaining(value, direction=direction, hold_band=1.0)
    taken: dict[str, Any] = {field: None}
    less = Remaining(replace(whole.kpi, **taken), whole.series, ON)
    before, after = drivers(whole, claims, links), drivers(less, claims, links)
    # Down from 60 to 80: nobody knows which way it should go, unless one of these is taken away.
    torn = direction == "DOWN" and field in {"baseline", "target"}
    for name in () if torn else ("gap", "reached", "overclaimed"):
        assert getattr(after, name) in {None, getattr(before, name)}
    assert torn or after.claimed.share in {None, before.claimed.share}
    assert after.claimed.change == before.claimed.change
    if before.claimed.known_share is not None and after.claimed.known_share is None:
        assert set(after.missing) - set(before.missing)


def test_claims_of_several_that_are_more_than_the_gap() -> None:
    assert asked(claim(1, 6), claim(2, 5)).overclaimed is True
    assert asked(claim(1, 6), claim(2, 4)).overclaimed is False
    # One claim is more than the gap by itself: its share says so.
    assert asked(claim(1, 12)).overclaimed is False
    assert asked(claim(1, 12)).claimed.share == pytest.approx(1.2)
    # Nothing is taken off for a claim the wrong way.
    against = asked(claim(1, 6), claim(2, 5), claim(3, -3))
    assert (against.overclaimed, against.wrong_direction, against.claimed.change) == (True, 1, 8)
    # An unknown claim can only add to what is too much, and may make too much of what is not.
    assert asked(claim(1, 6), claim(2, 5), claim(3, None)).overclaimed is True
    assert asked(claim(1, 6), claim(2, None)).overclaimed is None
    # 0.1 + 0.2 fill a gap of 0.3, though not as binary fractions.
    assert asked(claim(1, 0.1), claim(2, 0.2), about=remaining(0.0, baseline=0.0, target=0.3)).overclaimed is False


@pytest.mark.parametrize(
    ("about", "figures", "missing"),
    [
        (remaining(), (10, False, 0.2), []),
        (remaining(None), (20, False, 0.1), []),
        (remaining(None, baseline=None), (None, None, None), ["VALUE"]),
        (remaining(target=None), (None, None, None), ["TARGET"]),
        (remaining(direction=None), (10, None, None), ["DIRECTION"]),
        (remaining(85.0), (-5, True, None), []),
        (remaining(85.0, direction="DOWN", baseline=90.0), (-5, False, -0.4), []),
        (remaining(85.0, direction="DOWN"), (-5, None, None), ["DIRECTION"]),
        (remaining(None, baseline_on="2026-11-01"), (20, False, 0.1), []),
        # A baseline that is only to come.
        (remaining(None, baseline_on="2026-11-02"), (None, None, None), ["VALUE"]),
        (remaining(75.0, direction="HOLD", hold_band=5.0), (5, True, None), []),
        (remaining(70.0, direction="HOLD", hold_band=5.0), (10, False, 0.2), []),
        (remaining(70.0, direction="HOLD"), (10, None, None), ["HOLD_BAND"]),
        (remaining(80.0, direction="HOLD"), (0, True, None), ["HOLD_BAND"]),
        (remaining(-1e308, target=1e308), (None, None, None), ["TOO_LARGE"]),
    ],
)
def test_the_gap_is_target_less_value(about: Remaining, figures: tuple[Any, ...], missing: list[str]) -> None:
    # The gap, whether it is reached, and which share of it a change of 2 is.
    assert (about.gap, about.reached, about.share(2.0)) == figures
    assert about.missing == missing


def test_where_nothing_was_measured_the_gap_is_from_the_baseline() -> None:
    assert remaining().gap_from is KPIGapFrom.MEASUREMENT
    assert remaining(None, baseline_on="2025-01-01").gap_from is KPIGapFrom.BASELINE
    assert remaining(None, baseline_on="2025-01-01").day == "2025-01-01"
    # Accounts are no revenue: such a value is not that of the KPI.
    kpi = replace(UPWARDS, method="RETENTION", variant="GROSS_REVENUE")
    wrong = Remaining(kpi, total_series(kpi, [measured(70.0, counted_by="ACCOUNT")], ON), ON)
    assert (wrong.gap, wrong.gap_from, wrong.missing) == (None, None, [KPIGapTerm.COHORT])


def test_days_of_claims() -> None:
    found = asked(claim(1, 1, by="2027-07-01"), claim(2, 2, by="2027-06-30"), claim(3, 3, by=ON), claim(4, 4))
    assert [(one.claim.number, one.late, one.passed) for one in found.settled] == [
        (4, None, None),
        (3, False, False),
        (2, False, False),
        (1, True, False),
    ]
    assert (found.late, found.passed) == (1, 0)
    assert asked(claim(1, 1, by="2026-10-31")).passed == 1
    assert asked(claim(1, 1, by="2026-10-31"), about=remaining(None)).settled[0].passed is None


HUGE = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(HUGE, max_size=5), HUGE, HUGE)
@settings(max_examples=100)
def test_no_figure_is_ever_infinite(changes: list[float], value: float, target: float) -> None:
    found = asked(
        *(claim(n, change) for n, change in enumerate(changes, start=1)), about=remaining(value, target=target)
    )
    figures = [found.gap, *(getattr(found.claimed, name) for name in ("change", "known", "share", "known_share"))]
    figures += [one.share for one in found.settled]
    assert all(figure is None or math.isfinite(figure) for figure in figures)
    assert isinstance(found.overclaimed, bool | None)
    assert found.claimed.known is not None or KPIGapTerm.TOO_LARGE in found.missing


def test_exact_arithmetic_tells_what_is_too_large() -> None:
    assert total([1e308, 1e308, -1e308]) == 1e308
    assert total([1e308, 1e308]) is None
    assert product([1e200, 1e200]) is None
    assert product([]) == 1
    assert difference(1e308, -1e308) is None
    assert share(1.0, 5e-324) is None


async def nodes(asking: Asking, **variables: Any) -> dict[str, Any]:
    result = await asking.service.ask(QUERY, {**DEMO, "first": 200, **variables})
    assert result.errors is None
    return {node["kpi"]["key"]: node for node in result.data["kpiDrivers"]["nodes"]}


async def test_who_claims_what_in_the_demo(asking: Asking) -> None:
    found = await nodes(asking)
    # Satisfaction after a repair was 74.5 in October and should be 85. PR1 claims 6 of the 10.5 points, PR2 claims 5,
    # and I14, which delivers no proposition, claims 3: 14/10.5.
    csat = found["csat-repair"]
    assert (csat["gap"], csat["claimed"]["change"], csat["overclaimed"]) == (10.5, 14, True)
    assert csat["claimed"]["share"] == pytest.approx(4 / 3)
    assert {one["claimant"]["key"]: one["state"] for one in csat["claims"]["nodes"]} == {
        "PR1": "COUNTED",
        "PR2": "COUNTED",
        "I14": "COUNTED",
    }
    assert {one["opportunity"]["key"]: one["claimedBy"] for one in csat["aimedAtBy"]["nodes"]} == {
        "O02": [{"key": "I14"}, {"key": "PR1"}],
        "O06": [{"key": "PR1"}],
        "O14": [],
    }
    assert csat["drivenBy"]["nodes"] == [
        {
            "kpi": {"key": "first-time-fix"},
            "effect": 0.6,
            "grounds": "CORRELATED",
            "lag": "P1M",
            "source": "A year of repair orders",
        },
        {
            "kpi": {"key": "time-to-site"},
            "effect": -0.4,
            "grounds": "CORRELATED",
            "lag": "P1M",
            "source": "A year of repair orders",
        },
    ]
    # PR1 wants 12 hours less of 6.3 that are left, and so do I01 with 8 and I02 with 4, which deliver it. The day of
    # I01 was that of the measurement, and that of I02 is after the target's, 31 December 2026.
    site = found["time-to-site"]
    assert site["gap"] == pytest.approx(24 - 30.3)
    assert (site["claimed"]["change"], site["claimedTwice"], site["overclaimed"]) == (-12, 2, False)
    assert site["claimed"]["share"] == pytest.approx(12 / 6.3)
    one, two, three = site["claims"]["nodes"]
    assert one["initiatives"] == {"change": -12, "share": pytest.approx(12 / 6.3)}
    assert (two["claimant"]["key"], two["passed"], two["within"]) == ("I01", True, [{"key": "PR1"}])
    assert (three["claimant"]["key"], three["late"]) == ("I02", True)
    # PR1 and PR4 both claim revenue kept, 1.5 + 2 of 3.1 points; I09 delivers PR4.
    kept = found["retention-revenue"]
    assert (kept["claimed"]["change"], kept["claimedTwice"], kept["overclaimed"]) == (3.5, 1, True)
    # Nothing says what the first day should have been; dealers' answers have no target.
    assert found["start-up-score"]["missing"] == ["VALUE"]
    assert found["dealer-answers"]["missing"] == ["TARGET"]
    assert found["service-margin"]["reached"] is True
    # The night taxi was withdrawn.
    assert [one["state"] for one in found["parts-on-time"]["claims"]["nodes"]] == [
        "COUNTED",
        "CLAIMED_TWICE",
        "ENDED",
        "ENDED",
    ]


async def test_before_anything_was_measured_the_baseline_stands_in(asking: Asking) -> None:
    csat = (await nodes(asking, on="2025-10-30"))["csat-repair"]
    assert (csat["gapFrom"], csat["value"], csat["gap"], csat["missing"]) == (None, None, None, ["VALUE"])
    csat = (await nodes(asking, on="2025-11-01"))["csat-repair"]
    assert (csat["gapFrom"], csat["value"], csat["valueOn"], csat["gap"]) == ("BASELINE", 70, "2025-10-31", 15)
    assert csat["claimed"]["share"] == pytest.approx(14 / 15)


async def test_a_scope_pages_and_the_short_form_agree_with_the_whole(asking: Asking) -> None:
    whole = await nodes(asking)
    scoped = await nodes(asking, scope={"propositions": ["PR2"]})
    assert {"first-time-fix", "csat-repair"} <= scoped.keys() < whole.keys()
    assert all(whole[key] == node for key, node in scoped.items())
    assert list(scoped) == [key for key in whole if key in scoped]
    keys: list[str] = []
    after = None
    while True:
        page = (await asking.service.ask(QUERY, {**DEMO, "first": 4, "after": after})).data["kpiDrivers"]
        keys += [node["kpi"]["key"] for node in page["nodes"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert keys == list(whole)
    short = """query($on: Date) { kpi(key: "csat-repair") { drivers(on: $on) {
      gap claimed { share } claims(first: 1, after: null) { totalCount nodes { expectedChange } pageInfo { endCursor } }
    } } }"""
    found = (await asking.service.ask(short, {"on": ON})).data["kpi"]["drivers"]
    assert found["claimed"]["share"] == whole["csat-repair"]["claimed"]["share"]
    assert (found["claims"]["totalCount"], found["claims"]["nodes"]) == (3, [{"expectedChange": 6}])
    rest = short.replace("after: null", f'after: "{found["claims"]["pageInfo"]["endCursor"]}"')
    following = (await asking.service.ask(rest, {"on": ON})).data["kpi"]["drivers"]
    assert following["claims"]["nodes"] == [{"expectedChange": 5}]


async def test_numbers_too_large_to_work_with_are_named(asking: Asking) -> None:
    change_set = await asking.change(
        create("KPI", "wild", direction="UP", baseline=-1e308, target=1e308, tags=["wild"]),
        create("KPI", "small", direction="UP", baseline=0.0, target=5e-324, tags=["wild"]),
        create("Proposition", "wild-1"),
        create("Proposition", "wild-2"),
        links=tuple(
            LinkChange("MOVES", Ref("Proposition", proposition), Ref("KPI", kpi), {"expectedChange": 1e308})
            for proposition in ("wild-1", "wild-2")
            for kpi in ("wild", "small")
        ),
    )
    try:
        found = await nodes(asking, scope={"tags": ["wild"]})
        assert found["wild"]["gap"] is None
        assert found["small"]["overclaimed"] is True
        assert all(node["missing"] == ["TOO_LARGE"] and node["claimed"]["known"] is None for node in found.values())
        for on in ("0001-01-01", "9999-12-31"):
            assert await nodes(asking, on=on)
    finally:
        await asking.revert(change_set)


async def test_a_day_and_scopes_that_cannot_be_used_are_refused(asking: Asking) -> None:
    refused: list[dict[str, Any]] = [
        {"scope": {"kpis": []}},
        {"scope": {"kpis": ["none"]}},
        {"first": -1},
        {"after": "x"},
    ]
    for variables in refused:
        result = await asking.service.ask(QUERY, {**DEMO, **variables})
        assert result.errors is not None
        assert all((error.extensions or {}).get("code") == "BAD_USER_INPUT" for error in result.errors)
