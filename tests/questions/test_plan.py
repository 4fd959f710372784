"""Plan: the best choice of the demo, worked by hand, and what is unknown and never nothing.

What pains count (severity · reach) and the fits of what answers them, from seed/demo: PR2 answers P02 (9 · 0.35, 0.9)
and P03 (7 · 0.5, 0.7): 2.835 + 2.45 = 5.285. I14 answers P01 (8.5 · 0.6) and P06 (7.5 · 0.3) with 0.6: 4.41. I09
answers P24 (7.5 · 0.45) and P25 (6 · 0.35) with 0.6: 3.285. PR3 answers P13 (3.75, 0.8), P14 (4.9, 0.7), P15 (2.4,
0.4) and P16 (1.4, 0.3): 7.81. I13 is done, and answers P22 (7 · 0.3) with 0.3 already: 0.63.

PR2 costs 270,000 and needs the register EN3, which is not ready, for 160,000; EN4 is ready. I09 costs 25,000 and needs
I04, I06 and with them EN3; PR2 holds I04 and I06. I14 costs nothing. PR3 costs 380,000 and needs EN5 for 120,000.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from graph_api.change.changeset import EntityChange, LinkChange, Ref
from graph_api.questions.plan import PlanQuestion
from tests.questions.asking import Asking, create, update

QUERY = """query Plan(
  $scope: Scope, $budget: Decimal, $currency: String, $capacities: [CapacityInput!], $must: [EntityKeyInput!]
  $exclude: [EntityKeyInput!], $weight: PainWeight, $assuming: PlanAssumptionInput, $draws: Int, $seed: Int
  $timeLimit: Float, $points: Int! = 3, $turned: EntityKeyInput! = {kind: PROPOSITION, key: "PR2"}
) {
  plan(
    scope: $scope, budget: $budget, currency: $currency, capacities: $capacities, mustInclude: $must, exclude: $exclude
    weight: $weight, assuming: $assuming, draws: $draws, seed: $seed, timeLimit: $timeLimit, on: "2026-11-01"
  ) {
    status why objective bound gap total share reachable already budget currency cost knownCost costUnknown
    efforts { party { __typename } effort unknown capacity load }
    choices {
      nodes {
        item { ...key } marginalValue cost saves stability shareOfDraws
        efforts { effort }
        beside { nodes { item { ...key } cost } }
        neededBy { nodes { item { ...key } } }
      }
    }
    works { nodes { item { ...key } cost neededBy { nodes { item { ...key } } } } }
    there { nodes { item { ...key } } }
    notChosen { nodes { item { ...key } reason adds wouldCost fitsUnknown stability shareOfDraws } }
    setAside { nodes { item { ...key } missing { term of { ...key } party { __typename } } } }
    pains
    uncovered {
      totalCount
      nodes {
        insight { key } weight severity reach missing fit bestFit
        voicedBy { totalCount nodes { who { ...key } } }
      }
    }
    unknownPains { nodes { insight { key } missing } }
    typeUnknown
    fitsUnknown
    assumptions { term values }
    draws { wanted solved infeasible seed confidenceUnknown }
    curve(points: $points) { budget status gap objective cost choices }
    reverse(item: $turned) {
      item { ...key } chosen status gap why objective difference cost
      enters { nodes { item { ...key } } } leaves { nodes { item { ...key } } }
    }
  }
}
fragment key on Entity { key }"""
DEMO = {"tags": ["demo"]}
BUDGET = {"scope": DEMO, "budget": "500000", "draws": 0}


async def ask(asking: Asking, **variables: Any) -> dict[str, Any]:
    result = await asking.service.ask(QUERY, {**BUDGET, **variables})
    assert result.errors is None
    return dict(result.data["plan"])


async def refused(asking: Asking, **variables: Any) -> str:
    result = await asking.service.ask(QUERY, {**BUDGET, **variables})
    (error,) = result.errors
    assert (error.extensions or {})["code"] == "BAD_USER_INPUT"
    return str(error.message)


def keys(page: dict[str, Any]) -> list[str]:
    return [one["item"]["key"] for one in page["nodes"]]


def of(page: dict[str, Any], key: str) -> dict[str, Any]:
    (found,) = [one for one in page["nodes"] if one["item"]["key"] == key]
    return dict(found)


def named(kind: str, key: str) -> dict[str, str]:
    return {"kind": kind, "key": key}


def days(kind: str, key: str, effort: float) -> dict[str, Any]:
    return {"party": named(kind, key), "effort": effort}


async def test_what_half_a_million_is_best_spent_on(asking: Asking) -> None:
    plan = await ask(asking)
    assert plan["status"] == "OPTIMAL"
    assert (plan["objective"], plan["bound"], plan["gap"], plan["already"]) == (13.61, 13.61, 0, 0.63)
    # 13.61 = 0.63 + 5.285 + 4.41 + 3.285, for 270,000 + 160,000 + 25,000.
    assert keys(plan["choices"]) == ["PR2", "I14", "I09"]
    assert [one["marginalValue"] for one in plan["choices"]["nodes"]] == [5.285, 4.41, 3.285]
    assert (plan["cost"], plan["currency"], plan["costUnknown"]) == ("455000.00", "EUR", 0)
    assert [(one["cost"], one["saves"]) for one in plan["choices"]["nodes"]] == [
        # Without PR2, I09 would need I04 and I06 by itself, for 145,000 + 110,000: 15,000 less than PR2 costs.
        ("270000.00", "15000.00"),
        ("0.00", "0.00"),
        ("25000.00", "25000.00"),
    ]
    # The register is paid once for both.
    assert plan["works"]["nodes"] == [
        {
            "item": {"key": "EN3"},
            "cost": "160000.00",
            "neededBy": {"nodes": [{"item": {"key": "I09"}}, {"item": {"key": "PR2"}}]},
        }
    ]
    assert keys(of(plan["choices"], "PR2")["beside"]) == keys(of(plan["choices"], "I09")["beside"]) == ["EN3"]
    assert keys(plan["there"]) == ["EN1", "EN4", "EN6", "I01", "I03", "I05", "I10", "I13"]


async def test_what_is_left_and_why(asking: Asking) -> None:
    plan = await ask(asking)
    # PR1 costs 310,000, EN2 210,000, and I11 within it depends on I12, which was stopped: 90,000 to take it up again.
    # It answers P01 and P06 with 0.8 instead of 0.6 (1.47), P04 (2 · 0.7), P05 (3.575 · 0.4), and with I12 P10 (0.8).
    assert [
        (one["item"]["key"], one["reason"], one["adds"], one["wouldCost"]) for one in plan["notChosen"]["nodes"]
    ] == [
        ("PR3", "BUDGET", 7.81, "500000.00"),
        ("PR1", "BUDGET", 5.1, "610000.00"),
        # Live stock for dealers addresses O24, which no pain raises.
        ("I07", "ANSWERS_NOTHING", 0, "240000.00"),
    ]
    aside = [
        (one["item"]["key"], [(why["term"], why["of"]["key"]) for why in one["missing"]])
        for one in plan["setAside"]["nodes"]
    ]
    assert aside == [
        ("PR4", [("COST", "EN7")]),
        ("PR5", [("COST", "PR5")]),
        ("PR6", [("COST", "EN9")]),
        ("PR7", [("COST", "EN9")]),
    ]
    assert (plan["pains"], plan["typeUnknown"], plan["fitsUnknown"]) == (29, 0, 0)
    assert [(one["insight"]["key"], one["missing"]) for one in plan["unknownPains"]["nodes"]] == [
        ("P26", ["REACH"]),
        ("P44", ["SEVERITY", "REACH"]),
        ("P45", ["REACH"]),
    ]


async def test_what_stays_uncovered_and_for_whom(asking: Asking) -> None:
    plan = await ask(asking)
    # Of 29 pains P01, P02, P03, P06, P22, P24, P25, P26 and P45 are answered by something.
    assert plan["uncovered"]["totalCount"] == 20
    first, second = plan["uncovered"]["nodes"][:2]
    assert (first["insight"]["key"], first["weight"], first["fit"], first["bestFit"]) == ("P14", 4.9, 0, 0.7)
    assert first["voicedBy"] == {"totalCount": 1, "nodes": [{"who": {"key": "dealer-rep"}}]}
    # Nothing answers that quotes take too long.
    assert (second["insight"]["key"], second["weight"], second["bestFit"]) == ("P41", 3.9, 0)
    assert plan["uncovered"]["nodes"][-1]["weight"] is None


async def test_a_cent_less_changes_the_plan(asking: Asking) -> None:
    plan = await ask(asking, budget="454999.99")
    # 0.63 + 5.285 + 4.41; PR3 does not fit, and I09 without PR2 costs 25,000 + 145,000 + 110,000 + 160,000 for less.
    assert (keys(plan["choices"]), plan["objective"], plan["cost"]) == (["PR2", "I14"], 10.325, "430000.00")
    assert (await ask(asking, budget="455000"))["objective"] == 13.61


async def test_a_party_has_no_more_time_than_it_has(asking: Asking) -> None:
    # PR2 takes 180 days of IT and I09 15: 195, of 240.
    (found,) = (await ask(asking, capacities=[days("DEPARTMENT", "it-data", 240)]))["efforts"]
    assert found == {
        "party": {"__typename": "Department"},
        "effort": 195,
        "unknown": 0,
        "capacity": 240,
        "load": 0.8125,
    }
    # Within 190 days PR3, which takes 60, and I14 answer most: 0.63 + 7.81 + 4.41.
    plan = await ask(asking, capacities=[days("DEPARTMENT", "it-data", 190)])
    assert (plan["objective"], plan["cost"], plan["efforts"][0]["effort"]) == (12.85, "500000.00", 60)
    # The live stock is within PR3, which holds its cost and its time.
    stock = of(plan["choices"], "I07")
    assert (stock["cost"], stock["efforts"], keys(stock["neededBy"])) == ("0.00", [], ["PR3"])
    assert of(plan["notChosen"], "PR2")["reason"] == "BUDGET"
    plan = await ask(asking, budget="1000000", capacities=[days("DEPARTMENT", "it-data", 100)])
    assert of(plan["notChosen"], "PR2")["reason"] == "CAPACITY"


async def test_an_effort_that_nobody_knows_is_not_nothing(asking: Asking) -> None:
    # Keldon tells its customers of PR1, and nobody knows how long that takes it; nor do its initiatives say.
    plan = await ask(asking, capacities=[days("PARTNER", "keldon", 50)])
    assert of(plan["setAside"], "PR1")["missing"] == [
        {"term": "EFFORT", "of": {"key": "PR1"}, "party": {"__typename": "Partner"}}
    ]
    plan = await ask(asking, capacities=[days("PARTNER", "keldon", 50)], assuming={"effort": 5})
    assert keys(plan["setAside"]) == ["PR4", "PR5", "PR6", "PR7"]
    assert plan["assumptions"] == [{"term": "EFFORT", "values": 1}]


async def test_what_must_be_in_it_and_what_must_not(asking: Asking) -> None:
    plan = await ask(asking, must=[named("PROPOSITION", "PR3")], exclude=[named("INITIATIVE", "I14")])
    # 0.63 + 7.81: nothing is left of the money.
    assert (plan["objective"], plan["cost"]) == (8.44, "500000.00")
    assert of(plan["notChosen"], "I14")["reason"] == "EXCLUDED"
    # An initiative without any opportunity can be a commitment as well: the customer database, for 390,000.
    plan = await ask(asking, must=[named("INITIATIVE", "I15")])
    assert (keys(plan["choices"]), plan["objective"], plan["cost"]) == (["I14", "I15"], 5.04, "390000.00")
    # Whoever needs what is excluded is excluded.
    plan = await ask(asking, exclude=[named("ENABLER", "EN3")])
    assert [of(plan["notChosen"], key)["reason"] for key in ("PR2", "I09")] == ["EXCLUDED", "EXCLUDED"]
    # What is there cannot be excluded but by name, and then it answers nothing.
    assert (await ask(asking, exclude=[named("INITIATIVE", "I13")]))["status"] == "INFEASIBLE"


async def test_what_cannot_be_is_said_why(asking: Asking) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        (
            {"must": [named("PROPOSITION", "PR1")]},
            "What must be in the plan costs EUR 610000.00 at least, and the budget is 500000.00.",
        ),
        (
            {"must": [named("PROPOSITION", "PR2")], "capacities": [days("DEPARTMENT", "it-data", 100)]},
            "What must be in the plan takes 180 person-days of Department it-data at least, and there are 100.",
        ),
        (
            {"must": [named("PROPOSITION", "PR4")]},
            "Proposition PR4 must be in the plan, and the cost of Enabler EN7 is unknown.",
        ),
        (
            {"must": [named("PROPOSITION", "PR2")], "exclude": [named("ENABLER", "EN3")]},
            "Proposition PR2 must be in the plan and needs Enabler EN3, which is excluded.",
        ),
    ]
    for variables, why in cases:
        plan = await ask(asking, **variables)
        assert (plan["status"], plan["why"]) == ("INFEASIBLE", [why])
        assert [plan[name] for name in ("objective", "bound", "gap", "share", "cost")] == [None] * 5
        assert plan["choices"]["nodes"] == []


async def test_one_choice_turned_round(asking: Asking) -> None:
    # The best plan without PR2 is that with PR3.
    found = (await ask(asking))["reverse"]
    assert (found["chosen"], found["status"], found["objective"], found["difference"]) == (
        True,
        "OPTIMAL",
        12.85,
        -0.76,
    )
    assert (keys(found["enters"]), keys(found["leaves"]), found["cost"]) == (
        ["I07", "PR3"],
        ["I09", "PR2"],
        "500000.00",
    )
    found = (await ask(asking, turned=named("PROPOSITION", "PR3")))["reverse"]
    assert (found["chosen"], found["objective"], found["difference"]) == (False, 12.85, -0.76)
    found = (await ask(asking, turned=named("PROPOSITION", "PR1")))["reverse"]
    assert (found["status"], found["objective"], found["enters"]) == ("INFEASIBLE", None, {"nodes": []})
    assert found["why"] == ["What must be in the plan costs EUR 610000.00 at least, and the budget is 500000.00."]


async def test_what_other_budgets_bring(asking: Asking) -> None:
    plan = await ask(asking)
    # All that adds anything costs 455,000 + 500,000 + 610,000. For half of it PR2, I09 and I14 are still the best. With
    # PR1, which answers P01 and P06 better, I14 adds nothing: 0.63 + 5.285 + 3.285 + 7.81 + 9.51.
    assert [(one["budget"], one["objective"], one["cost"], one["choices"]) for one in plan["curve"]] == [
        ("0.00", 5.04, "0.00", 1),
        ("500000.00", 13.61, "455000.00", 3),
        ("782500.00", 13.61, "455000.00", 3),
        ("1565000.00", 26.52, "1565000.00", 5),
    ]


async def test_without_a_budget_cost_is_no_matter(asking: Asking) -> None:
    plan = await ask(asking, budget=None)
    assert (plan["objective"], plan["reachable"], plan["setAside"]["nodes"]) == (39.555, 39.555, [])
    # PR5, EN7 and EN9 cost nobody knows what.
    assert (plan["cost"], plan["knownCost"], plan["costUnknown"]) == (None, "2015000.00", 3)
    assert of(plan["choices"], "PR5")["cost"] is None
    assert of(plan["choices"], "PR5")["saves"] is None
    # PR1 answers better what I14 does, and the academy answers no pain.
    left = [(one["item"]["key"], one["reason"]) for one in plan["notChosen"]["nodes"]]
    assert left == [("I14", "ADDS_NOTHING"), ("PR6", "ANSWERS_NOTHING")]


async def test_what_is_assumed_is_counted(asking: Asking) -> None:
    plan = await ask(asking, assuming={"cost": "50000", "severity": 5, "reach": 0.2})
    assert plan["setAside"]["nodes"] == plan["unknownPains"]["nodes"] == []
    assert {one["term"]: one["values"] for one in plan["assumptions"]} == {"COST": 3, "SEVERITY": 1, "REACH": 3}
    # P26 (5 · 0.2), P44 (5 · 0.2) and P45 (6 · 0.2) beside what is known.
    assert plan["total"] == pytest.approx(68.66 + 1 + 1 + 1.2)


async def test_draws_repeat_and_tell_what_is_firm(asking: Asking) -> None:
    plan = await ask(asking, draws=30, seed=7)
    assert {name: plan["draws"][name] for name in ("wanted", "solved", "infeasible", "seed")} == {
        "wanted": 30,
        "solved": 30,
        "infeasible": 0,
        "seed": 7,
    }
    # It costs nothing and takes nobody's place.
    assert (of(plan["choices"], "I14")["stability"], of(plan["choices"], "I14")["shareOfDraws"]) == ("ALWAYS", 1)
    assert of(plan["choices"], "PR2")["stability"] == "TOSS_UP"
    assert plan["draws"]["confidenceUnknown"] > 0
    again = await ask(asking, draws=30, seed=7)
    assert again == plan
    none = await ask(asking)
    assert of(none["choices"], "I14")["stability"] is None


async def test_pains_weigh_by_who_voices_them(asking: Asking) -> None:
    plan = await ask(asking, weight="CUSTOMERS")
    pain = {one["insight"]["key"]: one for one in plan["uncovered"]["nodes"]}
    # The maintenance manager speaks for the 495 customers of three segments: 6.5 · 0.55 · 495.
    assert pain["P05"]["weight"] == 1769.625
    plan = await ask(asking, weight="REVENUE")
    # A persona in no segment voices P14, and an account of which nobody knows the value P24.
    missing = {one["insight"]["key"]: one["missing"] for one in plan["unknownPains"]["nodes"]}
    assert (missing["P14"], missing["P26"]) == (["ANNUAL_VALUE"], ["REACH"])


CHANGES = [
    (update("Initiative", "I09", cost=None), "I09", "COST"),
    (update("Initiative", "I09", currency=None), "I09", "CURRENCY"),
    (update("Initiative", "I09", currency="CHF"), "I09", "CURRENCY"),
    (update("Enabler", "EN3", cost=None), "PR2", "COST"),
]


@pytest.mark.parametrize(("changed", "option", "term"), CHANGES)
async def test_what_costs_nobody_knows_what_is_set_aside(
    asking: Asking, changed: EntityChange, option: str, term: str
) -> None:
    change = await asking.change(changed)
    try:
        plan = await ask(asking, currency="EUR")
        assert term in [one["term"] for one in of(plan["setAside"], option)["missing"]]
        assert option not in keys(plan["choices"])
        assert plan["objective"] < 13.61
    finally:
        await asking.revert(change)


async def test_an_unknown_fit_answers_nothing_and_is_told(asking: Asking) -> None:
    link = LinkChange("ADDRESSED_BY", Ref("Opportunity", "O12"), Ref("Initiative", "I09"), {"fit": None})
    change = await asking.change(links=(link,))
    try:
        plan = await ask(asking)
        # PR3 and I14 answer most now: 0.63 + 7.81 + 4.41.
        assert (plan["objective"], plan["fitsUnknown"]) == (12.85, 1)
        assert (of(plan["notChosen"], "I09")["reason"], of(plan["notChosen"], "I09")["fitsUnknown"]) == (
            "ANSWERS_NOTHING",
            1,
        )
        assert (await ask(asking, assuming={"fit": 0.6}))["objective"] == 13.61
    finally:
        await asking.revert(change)


async def test_a_proposition_without_a_cost_costs_what_its_initiatives_do(asking: Asking) -> None:
    change = await asking.change(update("Proposition", "PR2", cost=None))
    try:
        plan = await ask(asking, budget="440000")
        # I03 is done; I04, I06 and the register are left: 145,000 + 110,000 + 160,000, and I09 another 25,000.
        assert (plan["objective"], plan["cost"], keys(plan["works"])) == (13.61, "440000.00", ["EN3", "I04", "I06"])
        assert of(plan["choices"], "PR2")["cost"] == "0.00"
    finally:
        await asking.revert(change)


async def test_costs_in_two_currencies_are_never_added(asking: Asking) -> None:
    change = await asking.change(update("Initiative", "I09", currency="CHF"))
    try:
        assert await refused(asking) == "currency: costs are in CHF, EUR; say in which of these the budget is."
        plan = await ask(asking, budget=None)
        assert (plan["currency"], plan["cost"], plan["curve"]) == (None, None, [])
        # What costs nothing costs nothing in any currency.
        assert keys((await ask(asking, currency="CHF"))["choices"]) == ["I14"]
    finally:
        await asking.revert(change)


async def test_what_makes_no_sense_is_refused_where_it_stands(asking: Asking) -> None:
    it = named("DEPARTMENT", "it-data")
    cases: list[tuple[dict[str, Any], str]] = [
        ({"budget": "-1"}, "budget: -1 is no amount"),
        ({"budget": "1e300"}, "budget: "),
        ({"budget": "0.00001"}, "budget: "),
        ({"currency": "CHF"}, "currency: no cost is in 'CHF'; there are costs in EUR."),
        ({"capacities": [{"party": it, "effort": -1}]}, "capacities.0.effort: -1.0 is no amount"),
        ({"capacities": [{"party": it, "effort": 1}] * 2}, "capacities.1.party: Department it-data is named twice"),
        ({"capacities": [days("GOAL", "V1", 1)]}, "capacities.0.party: a Goal has no time"),
        (
            {"capacities": [days("PARTNER", "nobody", 1)]},
            "capacities.0.party: there is no Partner with the key 'nobody'",
        ),
        ({"must": [named("PROPOSITION", "nothing")]}, "mustInclude: there is no Proposition nothing to choose"),
        ({"must": [named("PROPOSITION", "PR8")]}, "mustInclude: Proposition PR8 is RETIRED"),
        ({"must": [named("OPPORTUNITY", "O01")]}, "mustInclude: there is no Opportunity O01 to choose"),
        (
            {"must": [named("PROPOSITION", "PR1")], "exclude": [named("PROPOSITION", "PR1")]},
            "mustInclude: Proposition PR1",
        ),
        ({"exclude": [named("PROPOSITION", "nothing")]}, "exclude: there is no Proposition nothing"),
        ({"assuming": {"severity": 11}}, "assuming.severity: 11.0 is not between 0 and 10"),
        ({"assuming": {"cost": "-5"}}, "assuming.cost: -5 is no amount"),
        ({"draws": 201}, "draws: 201 is not between 0 and 200"),
        ({"timeLimit": 31}, "timeLimit: 31.0 is not between 0 and 30 seconds"),
        ({"timeLimit": 0}, "timeLimit: "),
        ({"points": 1}, "points: 1 is not between 2 and 50"),
        ({"turned": named("INITIATIVE", "I13")}, "item: Initiative I13 is no option, since it is there already"),
        (
            {"turned": named("INITIATIVE", "I15")},
            "item: Initiative I15 is no option, since it addresses no opportunity",
        ),
    ]
    for variables, message in cases:
        assert (await refused(asking, **variables)).startswith(message)


async def test_wild_numbers_end_in_a_plan(asking: Asking) -> None:
    change = await asking.change(
        update("Insight", "P01", severity=0),
        update("Initiative", "I14", cost="-100000000000000"),
        update("Proposition", "PR1", confidence=0),
        links=(
            LinkChange(
                "INVOLVES",
                Ref("Proposition", "PR2"),
                Ref("Department", "it-data"),
                {"involvementRole": "RESPONSIBLE", "effort": 1e308},
            ),
        ),
    )
    try:
        plan = await ask(asking, capacities=[days("DEPARTMENT", "it-data", 1e308)])
        assert plan["status"] == "OPTIMAL"
        # What brings money in lets all else be paid.
        assert plan["cost"].startswith("-")
    finally:
        await asking.revert(change)


async def test_an_empty_part_of_the_graph_has_an_empty_plan(asking: Asking) -> None:
    query = (
        '{ plan(scope: {tags: ["no such tag"]}, budget: "1") { status objective share total curve { budget } pains } }'
    )
    result = await asking.service.ask(query)
    assert result.data == {
        "plan": {"status": "OPTIMAL", "objective": 0, "share": None, "total": 0, "curve": [], "pains": 0}
    }


async def test_a_scope_chooses_options_and_all_they_answer_counts(asking: Asking) -> None:
    plan = await ask(asking, scope={"propositions": ["PR2"]})
    # Both that it answers, and what is on its trace beside.
    assert plan["objective"] >= 5.285
    assert keys(plan["choices"])[0] == "PR2"


async def test_other_requests_are_answered_meanwhile(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    answered, working = threading.Event(), threading.Event()

    def answer(*_: Any) -> None:
        working.set()
        # It would wait in vain, did its work stand in the way of all others.
        assert answered.wait(30)

    monkeypatch.setattr(PlanQuestion, "answer", answer)
    long = asyncio.create_task(asking.service.ask("{ plan { status } }"))
    await asyncio.to_thread(working.wait, 30)
    result = await asking.service.ask("{ __typename }")
    answered.set()
    assert result.data == {"__typename": "Query"}
    assert (await long).data == {"plan": None}


@pytest.fixture
async def shared(asking: Asking) -> Callable[[], Awaitable[None]]:
    """Return what takes back a second proposition that an initiative of PR2 delivers too."""
    change = await asking.change(
        create("Proposition", "second", tags=["demo"], propositionStatus="IDEA"),
        links=(
            LinkChange("ADDRESSED_BY", Ref("Opportunity", "O17"), Ref("Proposition", "second"), {"fit": 1}),
            LinkChange("DELIVERED_BY", Ref("Proposition", "second"), Ref("Initiative", "I06")),
        ),
    )

    async def back() -> None:
        await asking.revert(change)

    return back


async def test_an_initiative_of_two_propositions_is_paid_once(
    asking: Asking, shared: Callable[[], Awaitable[None]]
) -> None:
    try:
        # P41 (6.5 · 0.6) raises O17. With PR2, which holds I06 and needs the register as well, it costs nothing more.
        plan = await ask(asking, budget="430000")
        assert plan["cost"] == "430000.00"
        assert set(keys(plan["choices"])) == {"PR2", "I14", "second"}
        assert of(plan["choices"], "second")["saves"] == "0.00"
    finally:
        await shared()
