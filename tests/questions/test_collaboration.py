"""Collaboration: by hand on the demo, in scopes, and properties of pairs."""

from itertools import combinations
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph_api.compile.question import Found
from graph_api.questions.collaboration import Work, pairs
from graph_api.questions.parties.raci import Part
from graph_api.questions.thread.facts import Party
from tests.questions.asking import Asking, update

QUERY = """query($scope: Scope, $on: Date, $first: Int, $after: String) {
  collaboration(scope: $scope, on: $on, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      party { key } other { key } sort shared handoffsWithinStep
      propositions { totalCount nodes { entity { key } partyRoles { ...Role } otherRoles { ...Role } } }
      initiatives { totalCount nodes { entity { key } partyRoles { ...Role } otherRoles { ...Role } } }
      handoffs { totalCount nodes { journey { key } state withinStep start { touchpoint { key } } finish { touchpoint {
      key } } } }
    }
  }
}
fragment Role on PartyRole { role through { key } contribution effort }"""
DEMO = {"tags": ["demo"]}


async def ask(asking: Asking, **variables: Any) -> list[dict[str, Any]]:
    result = await asking.service.ask(QUERY, {"first": 200, **variables})
    assert result.errors is None
    nodes: list[dict[str, Any]] = result.data["collaboration"]["nodes"]
    assert len(nodes) == result.data["collaboration"]["totalCount"]
    return nodes


def keys(pair: dict[str, Any]) -> tuple[str, str]:
    return pair["party"]["key"], pair["other"]["key"]


def work(pair: dict[str, Any], of: str) -> list[str]:
    return [one["entity"]["key"] for one in pair[of]["nodes"]]


async def test_service_and_its_desk_share_most(asking: Asking) -> None:
    # Of action.yaml: both act in PR1, and in the initiatives I02, I11 and I14, which are not done (I01 is). Of the
    # journeys: from mailbox to diagnosis and from diagnosis to message in the breakdown; from protocol to registration
    # and from there to the briefing in the first month, of which the first is within a step: 1 + 3 + 3.
    pair = (await ask(asking, scope=DEMO))[0]
    assert (keys(pair), pair["sort"], pair["shared"]) == (("field-service", "service-desk"), "DEPARTMENTS", 7)
    assert work(pair, "propositions") == ["PR1"]
    assert work(pair, "initiatives") == ["I02", "I11", "I14"]
    assert [one["journey"]["key"] for one in pair["handoffs"]["nodes"]] == [
        "breakdown", "breakdown", "first-run", "first-run",
    ]  # fmt: skip
    (first,) = pair["propositions"]["nodes"]
    assert first["partyRoles"] == [{"role": "ACCOUNTABLE", "through": None, "contribution": None, "effort": None}]
    assert first["otherRoles"] == [
        {"role": "RESPONSIBLE", "through": None, "contribution": "Answers and plans", "effort": 80.0}
    ]
    # The works council is a member of field service.
    assert pair["initiatives"]["nodes"][0]["partyRoles"][1] == {
        "role": "CONSULTED",
        "through": {"key": "works-council"},
        "contribution": "Signs the agreement",
        "effort": None,
    }


async def test_partners_are_told_apart_and_what_they_do(asking: Asking) -> None:
    found = {keys(pair): pair for pair in await ask(asking, scope=DEMO)}
    assert found["field-service", "keldon"]["sort"] == "WITH_PARTNER"
    assert found["keldon", "marrow-pike"]["sort"] == "PARTNERS"
    freight = found["ostrel-freight", "parts-logistics"]
    (roles,) = [one["partyRoles"] for one in freight["propositions"]["nodes"]]
    assert (work(freight, "propositions"), roles[0]["contribution"]) == (["PR3"], "Night run to the dealers")
    # The night taxi and its initiative are over, and the late shift is done.
    assert work(freight, "initiatives") == []


async def test_nobody_is_no_party_and_quality_works_with_none(asking: Asking) -> None:
    found = await ask(asking, scope=DEMO)
    assert not any("quality" in keys(pair) for pair in found)
    assert all(one["state"] == "PASSED" for pair in found for one in pair["handoffs"]["nodes"])


async def test_it_is_sorted_by_how_much_is_shared_then_by_key(asking: Asking) -> None:
    found = await ask(asking, scope=DEMO)
    order = [(-pair["shared"], *keys(pair)) for pair in found]
    assert order == sorted(order)
    for pair in found:
        listed = sum(pair[of]["totalCount"] for of in ("propositions", "initiatives", "handoffs"))
        assert pair["shared"] == listed - pair["handoffsWithinStep"]
        assert pair["handoffsWithinStep"] == sum(one["withinStep"] for one in pair["handoffs"]["nodes"])
        assert keys(pair)[0] < keys(pair)[1]
    paged, after = [], None
    while True:
        answer = (await asking.service.ask(QUERY, {"scope": DEMO, "first": 10, "after": after})).data["collaboration"]
        paged += answer["nodes"]
        if not answer["pageInfo"]["hasNextPage"]:
            break
        after = answer["pageInfo"]["endCursor"]
    assert paged == found


async def test_a_journey_has_all_of_its_handoffs_and_a_touchpoint_its_own(asking: Asking) -> None:
    found = await ask(asking, scope={"journeys": ["breakdown"]})
    told = [one for pair in found for one in pair["handoffs"]["nodes"]]
    assert {one["journey"]["key"] for one in told} == {"breakdown"}
    assert len(told) == 13
    # Before the check for the part is the repair, after it the dealer's workshop.
    found = await ask(asking, scope={"touchpoints": ["part-check"]})
    told = [
        (one["start"]["touchpoint"]["key"], one["finish"]["touchpoint"]["key"])
        for pair in found
        for one in pair["handoffs"]["nodes"]
    ]
    assert sorted(told) == [("part-check", "dealer-workshop"), ("repair-visit", "part-check")]


async def test_of_a_proposition_it_is_who_acts_on_it_and_on_what_delivers_it(asking: Asking) -> None:
    found = await ask(asking, scope={"propositions": ["PR7"], "tags": ["demo"]})
    # I10, which delivers it, is done.
    assert not any("I10" in work(pair, "initiatives") for pair in found)
    assert {keys(pair) for pair in found if "PR7" in work(pair, "propositions")} == set(
        combinations(["dealer-management", "field-service", "marrow-pike"], 2)
    )


async def test_what_comes_to_its_end_is_shared_no_more(asking: Asking) -> None:
    change_set = await asking.change(update("Proposition", "PR1", propositionStatus="RETIRED"))
    pair = next(pair for pair in await ask(asking, scope=DEMO) if keys(pair) == ("field-service", "service-desk"))
    await asking.revert(change_set)
    assert (work(pair, "propositions"), pair["shared"]) == ([], 6)


async def test_who_merely_stands_at_the_same_step_comes_last(asking: Asking) -> None:
    # The part comes by Ostrel's express, and field service repairs: the same step, one after the other or not.
    pair = (await ask(asking, scope=DEMO))[-1]
    assert (keys(pair), pair["shared"], pair["handoffsWithinStep"]) == (("field-service", "ostrel-freight"), 0, 1)


async def test_what_was_done_only_later_was_shared_then_and_what_is_to_come_is_shared_too(asking: Asking) -> None:
    async def shared(on: str) -> list[str]:
        found = {keys(pair): pair for pair in await ask(asking, scope=DEMO, on=on)}
        return work(found["field-service", "finance"], "initiatives")

    # The kits were finished on 24 April; stand-by at weekends starts whenever it does.
    assert await shared("2026-04-23") == ["I02", "I03"]
    assert await shared("2026-04-24") == ["I02"]
    assert await shared("0001-01-01") == ["I02", "I03"]
    assert await shared("9999-12-31") == ["I02"]


async def test_a_graph_without_parties_has_no_pairs(asking: Asking) -> None:
    assert await ask(asking, scope={"tags": ["veteran-transition"]}) == []
    result = await asking.service.ask(QUERY, {"scope": {"journeys": ["none"]}})
    assert "scope.journeys: there is no journey with the key 'none'." in result.errors[0].message


PARTIES = [Party(key, kind, key) for key, kind in zip("abc", ("Department", "Partner", "Department"), strict=True)]
HEAD = Party("h", "Stakeholder", "h")
PARTS = st.sampled_from(PARTIES).map(lambda party: Part("RESPONSIBLE", None, None, party, (party,))) | st.lists(
    st.sampled_from(PARTIES), unique=True
).map(lambda of: Part("CONSULTED", None, 1.0, HEAD, tuple(of)))
WORK = st.lists(
    st.builds(
        Work,
        st.builds(Found, st.just("w"), st.sampled_from(["Proposition", "Initiative"])),
        st.just("w"),
        st.lists(PARTS),
    ),
    max_size=5,
)


@given(WORK)
def test_two_share_what_both_act_in_themselves_or_by_a_member(work: list[Work]) -> None:
    counted = {}
    for one, two in combinations(PARTIES, 2):
        acting = [{party for part in each.parts for party in part.parties} for each in work]
        if many := sum({one, two} <= parties for parties in acting):
            counted[one, two] = many
    assert {(pair.one, pair.two): pair.shared for pair in pairs(work, [])} == counted


@given(WORK, st.sampled_from(PARTIES))
def test_the_pairs_of_one_party_are_those_of_all_in_which_it_is(work: list[Work], about: Party) -> None:
    of_all = {frozenset((pair.one, pair.two)): pair.shared for pair in pairs(work, []) if about in {pair.one, pair.two}}
    of_one = pairs(work, [], about)
    assert all(pair.one == about for pair in of_one)
    assert {frozenset((pair.one, pair.two)): pair.shared for pair in of_one} == of_all
