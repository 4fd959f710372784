"""Portfolio: the real study and the demo, worked by hand from their files; ranks, orders, and what a scope chooses."""

from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.change.changeset import LinkChange, Ref
from graph_api.questions.portfolios.method import ScoringMethodName
from graph_api.questions.portfolios.reach import last_day
from graph_api.questions.portfolios.review import PortfolioOrderField
from tests.questions.asking import Asking, create, update

QUERY = """query($of: PortfolioKind!, $scope: Scope, $method: ScoringMethodName, $weights: ScoringWeights,
  $painWeight: PainWeight, $renewalDays: Int, $on: Date = "2026-11-01", $orderBy: PortfolioOrder,
  $ended: Boolean = false, $keys: [String!], $first: Int = 200, $after: String) {
  portfolio(of: $of, scope: $scope, method: $method, weights: $weights, painWeight: $painWeight, on: $on,
    renewalDays: $renewalDays, ended: $ended, keys: $keys, orderBy: $orderBy, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      item { __typename key }
      status
      score {
        method { name terms formula source }
        value low high missing
        terms { term value low high weight }
        parts(first: 200) { totalCount nodes { of { key } value low high terms { term value weight } } }
      }
      rank
      rankRange { best worst byWeights { best worst } byInputs { best worst } }
      pains {
        total typeUnknown highestSupport momentsOfTruth
        list(first: 200) { nodes { insight { key } certain fit severity reach support moments restsOn } }
      }
      reached {
        personas { key } segments { key }
        accounts(first: 200) { nodes { account { key } annualValue currency renewalOn } }
        customers customersUnknown annualValue knownAnnualValue currency valueUnknown
        renewals { accounts annualValue currency unknown }
      }
      evidence { pieces studies onAssumption contested severalStudies assumedShare hypotheses untested refuted }
    }
  }
}"""
DEMO = {"tags": ["demo"]}
STUDY = {"tags": ["veteran-transition"]}


async def ask(asking: Asking, of: str = "PROPOSITION", **variables: Any) -> list[dict[str, Any]]:
    given = {"of": of, "scope": DEMO, "method": "EVIDENCE_COUNT", "painWeight": "NONE", "renewalDays": 365}
    result = await asking.service.ask(QUERY, given | variables)
    assert result.errors is None
    return list(result.data["portfolio"]["nodes"])


async def of(asking: Asking, key: str, **variables: Any) -> dict[str, Any]:
    (found,) = [one for one in await ask(asking, **variables) if one["item"]["key"] == key]
    return found


async def refused(asking: Asking, **variables: Any) -> str:
    given = {"of": "PROPOSITION", "method": "EVIDENCE_COUNT", "painWeight": "NONE", "renewalDays": 365}
    result = await asking.service.ask(QUERY, given | variables)
    ((message, code),) = [(error.message, (error.extensions or {})["code"]) for error in result.errors or ()]
    assert code == "BAD_USER_INPUT"
    return str(message)


async def test_the_veterans_study_by_its_evidence(asking: Asking) -> None:
    # Pains of each recommendation and the highest number of those who said so, as the study tells them.
    found = await ask(asking, "OPPORTUNITY", scope=STUDY)
    assert [(one["item"]["key"], one["score"]["value"], one["pains"]["highestSupport"]) for one in found] == [
        ("R2", 4, 21),
        ("R1", 2, 21),
        ("R7", 2, 17),
        ("R8", 2, 6),
        ("R4", 2, 3),
        ("R3", 1, 13),
        ("R9", 1, 3),
        ("R5", 1, None),
        ("R6", 0, None),
    ]
    assert [one["rank"] for one in found] == list(range(1, 10))


async def test_the_veterans_study_says_what_is_missing_for_coverage(asking: Asking) -> None:
    found = await ask(asking, "OPPORTUNITY", scope=STUDY, method="PAIN_COVERAGE")
    known = {one["item"]["key"]: one["score"]["value"] for one in found if one["score"]["value"] is not None}
    assert known == {"R6": 0}
    assert all(
        one["score"]["missing"] == ["SEVERITY", "PAIN_REACH"] and one["rank"] is None
        for one in found
        if one["item"]["key"] != "R6"
    )
    # Of four pains nothing is known: from nothing to ten each.
    assert [(one["score"]["low"], one["score"]["high"]) for one in found if one["item"]["key"] == "R2"] == [(0, 40)]


async def test_cost_of_delay_of_back_in_24(asking: Asking) -> None:
    # O01 29 · 0.8 = 23.2, O02 29 · 0.5 = 14.5, O03 20 · 0.4 = 8, O06 26 · 0.7 = 18.2: 63.9 over 260 days. By hand.
    found = await of(asking, "PR1", method="COST_OF_DELAY")
    assert found["score"]["value"] == pytest.approx(63.9 / 260)
    assert {part["of"]["key"]: part["value"] for part in found["score"]["parts"]["nodes"]} == {
        "O01": 23.2,
        "O06": 18.2,
        "O02": 14.5,
        "O03": 8.0,
    }
    assert [(term["term"], term["value"], term["weight"]) for term in found["score"]["terms"]] == [
        ("CUSTOMER_VALUE", 19.3, 1),
        ("BUSINESS_VALUE", 15.8, 1),
        ("URGENCY", 17.4, 1),
        ("RISK_REDUCTION", 11.4, 1),
        ("EFFORT", 260, None),
    ]


async def test_coverage_of_a_start_on_the_first_day(asking: Asking) -> None:
    # PR7 answers O15 with 0.8 and O16 with 0.5. P36 7 · 0.4 · 0.8 = 2.24, P32 6 · 0.5 · 0.5 = 1.5, and one more.
    found = await of(asking, "PR7", method="PAIN_COVERAGE")
    parts = {part["of"]["key"]: part["value"] for part in found["score"]["parts"]["nodes"]}
    assert (parts["P36"], parts["P32"]) == (2.24, 1.5)
    assert found["score"]["value"] == pytest.approx(sum(parts.values()))
    assert {one["insight"]["key"]: one["fit"] for one in found["pains"]["list"]["nodes"]}.items() >= {
        ("P36", 0.8),
        ("P32", 0.5),
    }


async def test_whom_parts_in_the_night_concern(asking: Asking) -> None:
    found = (await of(asking, "PR8", ended=True))["reached"]
    assert [one["key"] for one in found["segments"]] == ["food-dairy", "process-industry", "water-utilities"]
    accounts = found["accounts"]["nodes"]
    values = [float(one["annualValue"]) for one in accounts if one["annualValue"] is not None]
    assert float(found["knownAnnualValue"]) == sum(values)
    assert values == sorted(values, reverse=True)
    assert found["annualValue"] is None
    assert found["valueUnknown"] == len(accounts) - len(values) == 1
    # Within a year of the day.
    renewed = [one for one in accounts if one["renewalOn"] and "2026-11-01" <= one["renewalOn"] <= "2027-11-01"]
    assert found["renewals"]["accounts"] == len(renewed)
    none = (await of(asking, "PR8", renewalDays=0, ended=True))["reached"]["renewals"]
    assert (none["accounts"], none["annualValue"]) == (0, "0.00")


async def test_what_rests_on_guesses(asking: Asking) -> None:
    found = (await of(asking, "PR8", ended=True))["evidence"]
    # P17 alone, assumed, with one piece from no study.
    assert (found["pieces"], found["studies"], found["onAssumption"], found["assumedShare"]) == (1, 0, 1, 1.0)


@pytest.mark.parametrize("method", list(ScoringMethodName))
@pytest.mark.parametrize("kind", ["OPPORTUNITY", "PROPOSITION", "INITIATIVE"])
async def test_every_method_answers_for_every_kind_and_names_what_it_lacks(
    asking: Asking, method: str, kind: str
) -> None:
    for one in await ask(asking, kind, scope=None, method=method):
        score = one["score"]
        assert (score["value"] is None) == bool(score["missing"])
        assert (one["rank"] is None) == (score["value"] is None)
        ranks = one["rankRange"]
        assert ranks["best"] <= (one["rank"] or ranks["best"]) <= ranks["worst"]
        if score["value"] is not None:
            assert score["low"] == score["value"] == score["high"]


async def test_the_scope_chooses_items_and_never_what_is_said_of_them(asking: Asking) -> None:
    everything = {one["item"]["key"]: one for one in await ask(asking, scope=None)}
    some = await ask(asking, scope={"personas": ["dealer-rep"]})
    assert 0 < len(some) < len(everything)
    for one in some:
        other = everything[one["item"]["key"]]
        ranked = {"rank", "rankRange"}
        assert {name: one[name] for name in one.keys() - ranked} == {
            name: other[name] for name in other.keys() - ranked
        }


@pytest.mark.parametrize(
    ("kind", "ended"),
    # By the files of the demo: closed, retired and stopped.
    [("OPPORTUNITY", {"O23", "O25"}), ("PROPOSITION", {"PR8"}), ("INITIATIVE", {"I12", "I16"})],
)
async def test_what_has_ended_is_told_of_where_that_is_wanted(asking: Asking, kind: str, ended: set[str]) -> None:
    usual = {one["item"]["key"] for one in await ask(asking, kind)}
    assert {one["item"]["key"] for one in await ask(asking, kind, ended=True)} - usual == ended


async def test_items_can_be_named(asking: Asking) -> None:
    found = await ask(asking, keys=["PR8", "PR1"])
    # Also one that has ended; ranks are among them.
    assert [(one["item"]["key"], one["rank"]) for one in found] == [("PR1", 1), ("PR8", 2)]


async def test_an_unrelated_item_moves_no_score(asking: Asking) -> None:
    before = {one["item"]["key"]: one["score"] for one in await ask(asking, scope=None, method="RICE")}
    change_set = await asking.change(
        create("Opportunity", "new", reach=1000, impact=3),
        create("Proposition", "new", effort=1, confidence=1),
        links=(LinkChange("ADDRESSED_BY", Ref("Opportunity", "new"), Ref("Proposition", "new"), {"fit": 1}),),
    )
    after = {one["item"]["key"]: one["score"] for one in await ask(asking, scope=None, method="RICE")}
    await asking.revert(change_set)
    assert after.pop("new")["value"] == 3000
    assert after == before


async def test_a_pain_that_is_refuted_counts_no_more_and_one_without_a_type_is_named(asking: Asking) -> None:
    before = await of(asking, "PR8", ended=True)
    for fields, total, unknown, value in (
        ({"insightStatus": "REFUTED"}, 0, 0, 0),
        ({"type": None}, 0, 1, None),
    ):
        change_set = await asking.change(update("Insight", "P17", **fields))
        found = await of(asking, "PR8", ended=True)
        await asking.revert(change_set)
        assert (found["pains"]["total"], found["pains"]["typeUnknown"], found["score"]["value"]) == (
            total,
            unknown,
            value,
        )
    assert before["pains"]["total"] == 1


@pytest.mark.parametrize("order", list(PortfolioOrderField))
@pytest.mark.parametrize("direction", ["ASC", "DESC"])
async def test_pages_of_any_order_are_the_whole_list(asking: Asking, order: str, direction: str) -> None:
    given: dict[str, Any] = {"orderBy": {"by": order, "direction": direction}, "scope": None}
    whole = [one["item"]["key"] for one in await ask(asking, **given)]
    found, after = [], None
    while True:
        variables = {"of": "PROPOSITION", "method": "EVIDENCE_COUNT", "painWeight": "NONE", "renewalDays": 365}
        result = await asking.service.ask(QUERY, variables | given | {"first": 3, "after": after})
        page = result.data["portfolio"]
        found += [one["item"]["key"] for one in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert found == whole
    assert len(set(whole)) == len(whole)
    if order == "KEY":
        assert whole == sorted(whole, reverse=direction == "DESC")


@pytest.mark.parametrize(
    ("variables", "message"),
    [
        (
            {"method": "RICE", "weights": {"urgency": 1}},
            "weights.urgency: RICE has no such weight; it has none at all.",
        ),
        (
            {"method": "VALUE_EFFORT", "weights": {"urgency": 1}},
            "weights.urgency: VALUE_EFFORT has no such weight; it has customerValue, businessValue.",
        ),
        (
            {"method": "VALUE_EFFORT", "weights": {"customerValue": -1}},
            "weights.customerValue: -1.0 is no weight; give a number that is not below 0.",
        ),
        (
            {"method": "VALUE_EFFORT", "weights": {"customerValue": 0, "businessValue": 0}},
            "weights: All are 0, so that every score would be; give one that is above.",
        ),
        ({"keys": []}, "keys: is empty, so that nothing could be told of. Name an item, or leave it out."),
        (
            {"keys": ["PR1", "PR99"]},
            "keys: 'PR99' is not among the 8 that there are in the scope; look at it again.",
        ),
        ({"renewalDays": -1}, "renewalDays: -1 is not between 0 and 36,525; give fewer days."),
    ],
)
async def test_what_cannot_be_used_is_named(asking: Asking, variables: dict[str, Any], message: str) -> None:
    assert await refused(asking, **variables) == message


async def test_weights_given_take_the_place_of_the_usual_ones(asking: Asking) -> None:
    # O15 0.8 · 7 and O16 0.5 · 6: 8.6 of customers' value alone.
    weights = {"customerValue": 1, "businessValue": 0}
    found = await of(asking, "PR7", method="CUSTOMER_AND_BUSINESS", weights=weights)
    assert found["score"]["value"] == 8.6


async def test_ranks_by_weights_are_those_of_each_weight_alone(asking: Asking) -> None:
    # By definition: each weight a fifth less and a fifth more, all others as usual, and the ranks that follow.
    names = ("customerValue", "businessValue")
    found: dict[str, list[int]] = {}
    for name, by in [(None, 1.0), *product(names, (0.8, 1.2))]:
        weights = {one: 0.5 * (by if one == name else 1) for one in names}
        for one in await ask(asking, method="VALUE_EFFORT", weights=weights):
            if one["score"]["value"] is not None and name:
                found.setdefault(one["item"]["key"], []).append(one["rank"])
    for one in await ask(asking, method="VALUE_EFFORT"):
        if ranks := found.get(one["item"]["key"]):
            by_weights = one["rankRange"]["byWeights"]
            assert by_weights["best"] <= min(ranks) <= max(ranks) <= by_weights["worst"]


@settings(max_examples=20)
@given(st.data())
def test_days_of_renewals_end_with_the_calendar(data: st.DataObject) -> None:
    on, days = data.draw(st.dates()), data.draw(st.integers(0, 36_525))
    assert last_day(on, days) == date.fromordinal(min(date.max.toordinal(), on.toordinal() + days)).isoformat()
