"""Fronts: the demo by hand, and what cannot be asked."""

from typing import Any

import pytest

from graph_api.change.changeset import LinkChange, Ref
from tests.questions.asking import Asking, create, update

QUERY = """query($of: PortfolioKind = PROPOSITION, $criteria: [FrontCriterionInput!], $first: Int = 200) {
  fronts(of: $of, criteria: $criteria, scope: {tags: ["demo"]}, on: "2026-11-01") {
    criteria { by direction }
    fronts(first: $first) { totalCount nodes { place items { nodes { item { key } values { by value } missing } } } }
    uncompared { nodes { item { key } values { by value } missing } }
  }
}"""


async def ask(asking: Asking, *criteria: dict[str, Any], **variables: Any) -> dict[str, Any]:
    result = await asking.service.ask(QUERY, variables | ({"criteria": list(criteria)} if criteria else {}))
    assert result.errors is None
    return dict(result.data["fronts"])


def fronts(found: dict[str, Any]) -> list[set[str]]:
    return [{one["item"]["key"] for one in front["items"]["nodes"]} for front in found["fronts"]["nodes"]]


async def test_pains_against_cost(asking: Asking) -> None:
    # Pains and cost: PR1 4 for 310,000; PR2 3 for 270,000; PR3 4 for 380,000; PR4 3 for 60,000; PR6 none for 140,000;
    # PR7 3 for 45,000. PR7 beats PR4, PR2 and PR6; PR1 beats PR3; then PR4 beats PR2 and PR6. By hand.
    found = await ask(asking, {"by": "PAINS"}, {"by": "COST"})
    assert fronts(found) == [{"PR1", "PR7"}, {"PR3", "PR4"}, {"PR2", "PR6"}]
    assert found["criteria"] == [{"by": "PAINS", "direction": "DESC"}, {"by": "COST", "direction": "ASC"}]
    assert [(one["item"]["key"], one["missing"]) for one in found["uncompared"]["nodes"]] == [("PR5", ["COST"])]


async def test_which_way_is_better_can_be_said(asking: Asking) -> None:
    found = await ask(asking, {"by": "COST", "direction": "DESC"})
    assert fronts(found)[0] == {"PR3"}
    assert fronts(await ask(asking, {"by": "COST"}))[0] == {"PR7"}


async def test_score_and_effort_are_the_usual_criteria(asking: Asking) -> None:
    assert [one["by"] for one in (await ask(asking))["criteria"]] == ["SCORE", "EFFORT"]


async def test_what_becomes_known_is_compared(asking: Asking) -> None:
    change_set = await asking.change(update("Proposition", "PR5", cost=1, currency="EUR"))
    found = await ask(asking, {"by": "PAINS"}, {"by": "COST"})
    await asking.revert(change_set)
    assert "PR5" in fronts(found)[0]
    assert found["uncompared"]["nodes"] == []


async def test_equals_beat_neither_each_other(asking: Asking) -> None:
    change_set = await asking.change(
        create("Proposition", "twin", cost=45_000, currency="EUR", tags=["demo"]),
        links=tuple(
            LinkChange("ADDRESSED_BY", Ref("Opportunity", key), Ref("Proposition", "twin"), {"fit": 1})
            for key in ("O15", "O16")
        ),
    )
    found = await ask(asking, {"by": "PAINS"}, {"by": "COST"})
    await asking.revert(change_set)
    assert fronts(found)[0] == {"PR1", "PR7", "twin"}


async def test_fronts_come_in_pages(asking: Asking) -> None:
    found = await ask(asking, {"by": "PAINS"}, {"by": "COST"}, first=1)
    assert (found["fronts"]["totalCount"], len(found["fronts"]["nodes"])) == (3, 1)


@pytest.mark.parametrize(
    ("criteria", "message"),
    [
        ([], "criteria: 0 are given; give 1 to 8, or leave it out."),
        ([{"by": "KEY"}], "criteria.0.by: No key is better than another; compare by something else."),
        ([{"by": "COST"}, {"by": "COST"}], "criteria.1.by: COST is there already; name it once."),
    ],
)
async def test_what_cannot_be_compared_is_named(asking: Asking, criteria: list[dict[str, str]], message: str) -> None:
    result = await asking.service.ask(QUERY, {"criteria": criteria})
    assert [(error.message, (error.extensions or {})["code"]) for error in result.errors or ()] == [
        (message, "BAD_USER_INPUT")
    ]


async def test_money_of_several_currencies_is_compared_with_none(asking: Asking) -> None:
    change_set = await asking.change(update("Proposition", "PR7", currency="USD"))
    found = await ask(asking, {"by": "PAINS"}, {"by": "COST"})
    await asking.revert(change_set)
    assert fronts(found) == []
    assert {one["item"]["key"]: one["missing"] for one in found["uncompared"]["nodes"]} == {
        key: ["COST"] for key in ("PR1", "PR2", "PR3", "PR4", "PR5", "PR6", "PR7")
    }
