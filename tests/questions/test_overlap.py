"""Overlap: the demo by hand, and what insights without a type leave open."""

from typing import Any

from tests.questions.asking import Asking, update

QUERY = """query($of: PortfolioKind = OPPORTUNITY, $first: Int = 200, $after: String) {
  overlap(of: $of, scope: {tags: ["demo"]}, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      one { key } other { key } share low high shared united typeUnknown oneWithin otherWithin
      pains { nodes { insight { key } fit certain } }
    }
  }
}"""


async def ask(asking: Asking, **variables: Any) -> dict[tuple[str, str], dict[str, Any]]:
    result = await asking.service.ask(QUERY, variables)
    assert result.errors is None
    return {(one["one"]["key"], one["other"]["key"]): one for one in result.data["overlap"]["nodes"]}


async def test_two_opportunities_for_the_same_pains(asking: Asking) -> None:
    found = await ask(asking)
    # O01 and O02 both come from P01 and P06 and nothing else; O15 and O16 share P36 of three. By the files of the demo.
    assert list(found) == [("O01", "O02"), ("O15", "O16"), ("O11", "O12")]
    same = found["O01", "O02"]
    assert (same["share"], same["shared"], same["united"]) == (1, 2, 2)
    assert (same["oneWithin"], same["otherWithin"]) == (True, True)
    assert {one["insight"]["key"] for one in same["pains"]["nodes"]} == {"P01", "P06"}
    assert (found["O15", "O16"]["shared"], found["O15", "O16"]["united"]) == (1, 3)
    assert found["O15", "O16"]["share"] == 1 / 3


async def test_an_insight_without_a_type_leaves_it_open(asking: Asking) -> None:
    change_set = await asking.change(update("Insight", "P36", type=None))
    found = await ask(asking)
    await asking.revert(change_set)
    # Of three one may be no pain: none of two, or one of three.
    one = found["O15", "O16"]
    assert (one["share"], one["low"], one["high"], one["typeUnknown"]) == (None, 0, 1 / 3, 1)
    assert [pain["certain"] for pain in one["pains"]["nodes"]] == [False]


async def test_pages_are_the_whole_list(asking: Asking) -> None:
    found: list[tuple[str, str]] = []
    after = None
    while True:
        result = await asking.service.ask(QUERY, {"first": 1, "after": after})
        page = result.data["overlap"]
        found += [(one["one"]["key"], one["other"]["key"]) for one in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert found == list(await ask(asking))


async def test_propositions_overlap_by_the_pains_of_their_opportunities(asking: Asking) -> None:
    for (one, other), pair in (await ask(asking, of="PROPOSITION")).items():
        assert one < other
        assert pair["shared"] == len([1 for pain in pair["pains"]["nodes"] if pain["certain"]])
        assert pair["share"] == pair["shared"] / pair["united"]
