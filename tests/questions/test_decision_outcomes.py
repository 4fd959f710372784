"""What became of decisions: those of the demo, worked by hand from its files, and what was done since, day by day."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.change.changeset import EntityChange, LinkChange, Mode, Ref
from graph_api.questions.figures.initiative import Initiative
from graph_api.questions.portfolios.since import Since, Work, went_on
from tests.questions.asking import Asking, update

QUERY = """query(
  $scope: Scope
  $on: Date = "2026-11-01"
  $verdicts: [DecisionVerdict!]
  $current: Boolean
  $first: Int = 200
  $after: String
) {
  decisionOutcomes(
    scope: $scope, on: $on, verdicts: $verdicts, current: $current, first: $first, after: $after
  ) {
    totalCount
    pageInfo { endCursor }
    nodes {
      decision { id decisionVerdict }
      verdict
      reason
      byRole
      on
      expected
      age
      entity { __typename key }
      status
      replacedBy { id }
      until
      deep
      begun
      done
      unknown
      wentOn
      initiatives(first: 200) { nodes { initiative { key } status start finished begun done atWork shared } }
      kpis(first: 200) {
        nodes {
          kpi { key }
          unit
          claimedBy { key }
          expectedChange
          by
          due
          valueThen
          valueThenOn
          valueThenFrom
          valueNow
          valueNowOn
          change
          share
          missing
        }
      }
    }
  }
}"""
DEMO = {"tags": ["demo"]}


async def ask(asking: Asking, **variables: Any) -> list[dict[str, Any]]:
    result = await asking.service.ask(QUERY, {"scope": DEMO, **variables})
    assert result.errors is None
    return list(result.data["decisionOutcomes"]["nodes"])


async def latest(asking: Asking, key: str, **variables: Any) -> dict[str, Any]:
    found = [one for one in await ask(asking, **variables) if one["entity"]["key"] == key]
    return found[0]


def kpi(outcome: dict[str, Any], key: str) -> dict[str, Any]:
    (found,) = [one for one in outcome["kpis"]["nodes"] if one["kpi"]["key"] == key]
    return dict(found)


def work(outcome: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    return {
        one["initiative"]["key"]: (one["begun"], one["done"], one["atWork"], one["shared"])
        for one in outcome["initiatives"]["nodes"]
    }


async def test_all_decisions_of_the_demo_the_newest_first(asking: Asking) -> None:
    found = await ask(asking)
    assert [(one["on"], one["verdict"], one["entity"]["key"]) for one in found] == [
        ("2026-09-22", "HOLD", "I08"),
        ("2026-09-22", "HOLD", "PR4"),
        ("2026-08-20", "REOPENED", "P18"),
        ("2026-07-07", "HOLD", "O21"),
        ("2026-06-18", "DECIDED_NO", "P27"),
        ("2026-05-19", "APPROVE", "PR3"),
        ("2026-05-12", "STOP", "O25"),
        ("2026-05-12", "DECIDED_NO", "P21"),
        ("2026-04-10", "STOP", "I12"),
        ("2026-03-10", "APPROVE", "PR7"),
        ("2026-01-27", "STOP", "I16"),
        ("2026-01-27", "STOP", "PR8"),
        ("2026-01-22", "DECIDED_NO", "P18"),
        ("2026-01-13", "APPROVE", "PR2"),
        ("2025-12-16", "APPROVE", "PR1"),
    ]
    # The no about the gaskets was taken back; all others hold.
    replaced = [one for one in found if one["replacedBy"]]
    assert [(one["entity"]["key"], one["until"]) for one in replaced] == [("P18", "2026-08-20")]
    assert replaced[0]["replacedBy"]["id"] == found[2]["decision"]["id"]
    # Nobody went on with what should wait, end or not be done: the courier of the taxi was stopped three days later.
    assert {one["wentOn"] for one in found if one["verdict"] in {"HOLD", "STOP", "DECIDED_NO"}} == {False}
    assert {one["wentOn"] for one in found if one["verdict"] in {"APPROVE", "REOPENED"}} == {None}


async def test_what_became_of_back_in_24(asking: Asking) -> None:
    found = await latest(asking, "PR1")
    assert (found["byRole"], found["status"], found["deep"], found["age"]) == ("Board", "LIVE", True, 320)
    # The queue ran from January to May, the stand-by runs since August, the look by video is planned for February.
    assert work(found) == {
        "I01": (True, True, True, False),
        "I02": (True, False, True, False),
        "I11": (False, False, False, False),
    }
    assert (found["begun"], found["done"], found["unknown"]) == (2, 1, 0)
    # 41.4 hours at the end of November 2025, the last before 16 December; 30.3 in October: -11.1 of -12 claimed.
    hours = kpi(found, "time-to-site")
    assert (hours["valueThen"], hours["valueThenOn"], hours["valueThenFrom"]) == (41.4, "2025-11-30", "MEASURED")
    assert (hours["valueNow"], hours["valueNowOn"], hours["change"]) == (30.3, "2026-10-31", -11.1)
    assert hours["share"] == pytest.approx(11.1 / 12)
    # Its initiative claims part of the same change: it counts once, for the last day of 2026.
    assert (hours["expectedChange"], hours["by"], hours["due"]) == (-12.0, "2026-12-31", False)
    assert [one["key"] for one in hours["claimedBy"]] == ["PR1"]
    # 1.5 points more of the revenue kept were claimed, and 1.5 fewer came.
    assert kpi(found, "retention-revenue")["share"] == -1.0


async def test_numbers_that_nobody_measured_are_named(asking: Asking) -> None:
    score = kpi(await latest(asking, "PR7"), "start-up-score")
    assert (score["valueThen"], score["valueNow"], score["change"], score["share"]) == (None, None, None, None)
    assert (score["missing"], score["due"]) == (["START_VALUE", "VALUE_AT_BY"], True)
    # Disputes were last counted in June, before the board let the contract wait.
    disputes = kpi(await latest(asking, "PR4"), "invoice-disputes")
    assert (disputes["valueThen"], disputes["valueNow"], disputes["missing"]) == (11.1, None, ["VALUE_AT_BY"])


async def test_work_that_went_on_all_the_same(asking: Asking) -> None:
    running = {"initiativeStatus": "RUNNING", "start": date(2026, 10, 1)}
    done = await asking.change(update("Initiative", "I09", **running))
    try:
        # The page answers another opportunity besides: nobody can say that it goes on for the contract.
        held = await latest(asking, "PR4")
        assert (held["wentOn"], work(held)["I09"]) == (None, (True, False, True, True))
        assert (await latest(asking, "I08"))["wentOn"] is False
    finally:
        await asking.revert(done)
    done = await asking.change(update("Initiative", "I08", **running))
    try:
        assert (await latest(asking, "PR4"))["wentOn"] is True
        assert (await latest(asking, "I08"))["wentOn"] is True
        # Two days before, it had not begun.
        assert (await latest(asking, "I08", on="2026-09-30"))["wentOn"] is False
    finally:
        await asking.revert(done)
    done = await asking.change(update("Proposition", "PR8", propositionStatus="LIVE"))
    try:
        assert (await latest(asking, "PR8"))["wentOn"] is True
    finally:
        await asking.revert(done)


async def test_what_nobody_knows_is_null_and_no_no(asking: Asking) -> None:
    done = await asking.change(
        update("Initiative", "I08", initiativeStatus=None, start=None),
        update("Initiative", "I03", finished=None),
        update("Proposition", "PR7", propositionStatus=None),
    )
    try:
        held, fixed = await latest(asking, "I08"), await latest(asking, "PR2")
        assert (held["status"], held["wentOn"], work(held)["I08"]) == (None, None, (None, None, None, False))
        assert (held["begun"], held["done"], held["unknown"]) == (0, 0, 1)
        assert (work(fixed)["I03"], fixed["done"], fixed["unknown"]) == ((True, None, True, False), 0, 1)
        assert (await latest(asking, "PR7"))["status"] is None
    finally:
        await asking.revert(done)


async def test_a_claim_without_a_number_leaves_the_share_open(asking: Asking) -> None:
    link = LinkChange("MOVES", Ref("Proposition", "PR1"), Ref("KPI", "time-to-site"), {"expectedChange": None})
    done = await asking.change(links=(link,))
    try:
        hours = kpi(await latest(asking, "PR1"), "time-to-site")
        assert (hours["expectedChange"], hours["change"], hours["share"]) == (None, -11.1, None)
        assert hours["missing"] == ["EXPECTED_CHANGE"]
    finally:
        await asking.revert(done)


async def test_a_later_decision_takes_the_place_of_an_earlier_one(asking: Asking) -> None:
    fields = {"decisionVerdict": "APPROVE", "decidedOn": date(2026, 10, 20)}
    done = await asking.change(
        EntityChange(Mode.CREATE, "Decision", "x", fields),
        update("Initiative", "I08", initiativeStatus="RUNNING", start=date(2026, 10, 25)),
        links=(LinkChange("DECIDES", Ref("Decision", "x"), Ref("Initiative", "I08")),),
    )
    try:
        approved, held = [one for one in await ask(asking) if one["entity"]["key"] == "I08"]
        # It began only once it was approved.
        assert (held["until"], held["wentOn"], held["begun"]) == ("2026-10-20", False, 0)
        assert (approved["until"], approved["begun"]) == (None, 1)
        keys = [one["entity"]["key"] for one in await ask(asking, current=False)]
        assert keys == ["I08", "P18"]
        assert len(await ask(asking, current=True)) == 14
    finally:
        await asking.revert(done)


async def test_days_scopes_and_pages(asking: Asking) -> None:
    assert [one["entity"]["key"] for one in await ask(asking, on="2026-01-20")] == ["PR2", "PR1"]
    assert await ask(asking, on="0001-01-01") == []
    assert len(await ask(asking, on="9999-12-31")) == 15
    assert {one["entity"]["key"] for one in await ask(asking, verdicts=["DECIDED_NO"])} == {"P18", "P21", "P27"}
    # Without tags, of the whole graph: the other data sets decide nothing.
    assert len(await ask(asking, scope=None)) == 15
    assert {one["entity"]["key"] for one in await ask(asking, scope={"opportunities": ["O25"]})} == {"O25", "P21"}
    first = await asking.service.ask(QUERY, {"scope": DEMO, "first": 13})
    rest = await ask(asking, after=first.data["decisionOutcomes"]["pageInfo"]["endCursor"])
    assert [one["entity"]["key"] for one in rest] == ["PR2", "PR1"]


async def test_on_the_day_itself_nothing_is_known_yet(asking: Asking) -> None:
    found = await latest(asking, "PR1", on="2025-12-16")
    assert (found["age"], found["begun"], found["done"]) == (0, 0, 0)
    hours = kpi(found, "time-to-site")
    assert (hours["valueThen"], hours["share"], hours["missing"]) == (41.4, None, ["BY", "VALUE_AT_BY"])


FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 9)


def on(number: int | None) -> str | None:
    return None if number is None else (FIRST + timedelta(number)).isoformat()


def initiative(status: str | None, start: int | None, finished: int | None) -> Initiative:
    return Initiative(1, "i", "i", status, on(start), on(finished), (), (), None, frozenset(), frozenset())


def since(row: Initiative, day: int, last: int) -> Since:
    return Since(row, on(day) or "", on(last) or "", on(9) or "", shared=False)


@settings(max_examples=100)
@given(st.sampled_from(["PLANNED", "RUNNING", "DONE", "STOPPED"]), DAYS, DAYS, DAYS, DAYS)
def test_work_is_told_as_from_a_diary(status: str, start: int, finished: int, day: int, last: int) -> None:
    start, finished = sorted((start, finished))
    ends = finished if status in {"DONE", "STOPPED"} else 9
    # What was stopped after the day had begun before it: that is no work, but its end.
    diary = set() if status == "PLANNED" or (status == "STOPPED" and start <= day) else set(range(start, ends + 1))
    told = since(initiative(status, start, finished if status in {"DONE", "STOPPED"} else None), day, last)
    assert told.at_work is bool(diary & set(range(day + 1, last + 1)))
    assert told.begun is (status != "PLANNED" and day <= start <= last)
    assert told.done is (status == "DONE" and day <= finished <= last)


@settings(max_examples=100)
@given(
    st.sampled_from(["PLANNED", "RUNNING", "DONE", "STOPPED"]),
    DAYS,
    DAYS,
    DAYS,
    DAYS,
    st.sets(st.sampled_from(["status", "start", "finished"])),
)
def test_what_is_forgotten_changes_no_yes_into_a_no(  # noqa: PLR0913, PLR0917 - so much is drawn
    status: str, start: int, finished: int, day: int, last: int, forgotten: set[str]
) -> None:
    start, finished = sorted((start, finished))
    known: dict[str, Any] = {
        "status": status,
        "start": start,
        "finished": finished if status in {"DONE", "STOPPED"} else None,
    }
    whole, part = initiative(**known), initiative(**known | dict.fromkeys(forgotten))
    for name in ("at_work", "begun", "done"):
        assert getattr(since(part, day, last), name) in {None, getattr(since(whole, day, last), name)}


LINKS = st.lists(
    st.sampled_from([(a, b) for a in range(8) for b in range(8) if a // 2 < b // 2]), unique=True, max_size=14
)


@settings(max_examples=100)
@given(LINKS, st.integers(0, 7), st.sets(st.integers(0, 7)))
def test_what_is_shared_can_be_reached_without_the_one_thing(
    links: list[tuple[int, int]], of: int, over: set[int]
) -> None:
    statuses = {one: "RETIRED" if one in over else None for one in range(8)}
    found = Work({}, links, statuses)

    def others(one: int) -> bool:
        """Walk up by all ways that go on: does one lead to what is not below the entity, and so to another reason?"""
        if one == of:
            return False
        if one not in found.below(of):
            return True
        return any(others(a) for a, b in links if b == one and a not in over)

    assert found.shared(of) == {one for one in found.below(of) if others(one)}


def test_shared_work_alone_leaves_it_open() -> None:
    at_work = since(initiative("RUNNING", 0, None), 1, 9)
    idle = since(initiative("PLANNED", 0, None), 1, 9)
    assert went_on([at_work, idle]) is True
    assert went_on([replace(at_work, shared=True), idle]) is None
    assert went_on([replace(idle, shared=True)]) is False
    assert went_on([]) is False
