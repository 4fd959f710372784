"""What becomes of the items of a portfolio: the demo, worked by hand from its files, and with values taken away."""

from collections.abc import Mapping
from typing import Any

import pytest

from graph_api.change.changeset import EntityChange, LinkChange, Mode, Ref
from graph_api.questions.portfolios.work import WORK_FIGURES
from tests.questions.asking import TODAY, Asking, create, update

QUERY = """query($of: PortfolioKind!, $on: Date!, $orderBy: PortfolioOrder, $first: Int = 200, $after: String) {
  portfolio(of: $of, scope: {tags: ["demo"]}, on: $on, ended: true, orderBy: $orderBy, first: $first, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes {
      item { key }
      parties {
        party { key } through { key } role contribution effort
        load { known unknown involvements byKind { kind known unknown involvements } }
      }
      stakeholders {
        ambassadors neutral opponents unknown list { nodes { stakeholder { key } stance why through { key } } }
      }
      enablers {
        total readiness readinessHigh unknown notReady cost costLow currency missing
        list { nodes { enabler { key } readiness cost currency through { key } } }
      }
      cost { cost costLow costHigh currency costFrom effort effortLow effortHigh effortFrom missing }
      claims {
        total reached unknown share knownShare medianRatio
        realism { party { key } known unknown notDue medianRatio }
        list { nodes {
          kpi { key } gap reached missing claimed { change share } claims { claimant { key } state share by }
        } }
      }
      promises {
        total broken uncertain unmeasured kept notDue list { nodes { promise { key } state } }
      }
      realises { total list { nodes { place { key } journeys { key } through { key } } } }
      decision { decisionVerdict decidedOn byRole expected }
    }
  }
}"""
ACCOUNTABILITY = """query($key: String!) {
  accountability(of: {kind: DEPARTMENT, key: $key}, on: "2026-11-01") {
    load { known unknown involvements byKind { kind known unknown involvements } }
  }
}"""
REALISM = """{ forecastRealism(scope: {tags: ["demo"]}, on: "2026-11-01", first: 200) {
  nodes { party { key } known unknown notDue medianRatio }
} }"""
PROMISES = """{ promiseStates(scope: {tags: ["demo"]}, on: "2026-11-01", first: 200) {
  nodes { promise { key } state }
} }"""


async def answer(asking: Asking, query: str, **variables: Any) -> Any:
    result = await asking.service.ask(query, variables)
    assert result.errors is None
    return next(iter(result.data.values()))


async def ask(asking: Asking, of: str = "PROPOSITION", **variables: Any) -> Mapping[str, Any]:
    """Return what becomes of each item of the demo, by key."""
    found = await answer(asking, QUERY, **{"of": of, "on": TODAY.isoformat(), **variables})
    return {one["item"]["key"]: one for one in found["nodes"]}


def key(entity: Mapping[str, str]) -> str:
    return entity["key"]


def moves(claimant: str, kpi: str, **fields: Any) -> LinkChange:
    return LinkChange("MOVES", Ref("Proposition", claimant), Ref("KPI", kpi), fields)


async def test_who_works_on_back_in_24(asking: Asking) -> None:
    parties = (await ask(asking))["PR1"]["parties"]
    # As action.yaml has them, of the proposition, its three initiatives and its two promises.
    assert [(key(one["party"]), key(one["through"]), one["role"], one["effort"]) for one in parties] == [
        ("field-service", "PR1", "ACCOUNTABLE", None),
        ("service-desk", "PR1", "RESPONSIBLE", 80.0),
        ("sales", "PR1", "CONSULTED", 15.0),
        ("keldon", "PR1", "INFORMED", None),
        ("field-service", "I01", "ACCOUNTABLE", None),
        ("it-data", "I01", "RESPONSIBLE", 35.0),
        ("service-desk", "I01", "RESPONSIBLE", 40.0),
        ("works-council", "I01", "CONSULTED", None),
        ("field-service", "I02", "ACCOUNTABLE", None),
        ("service-desk", "I02", "RESPONSIBLE", 60.0),
        ("works-council", "I02", "CONSULTED", None),
        ("finance", "I02", "INFORMED", None),
        ("service-desk", "I11", "ACCOUNTABLE", None),
        ("field-service", "I11", "CONSULTED", 20.0),
        ("field-service", "PM1", "ACCOUNTABLE", None),
        ("service-desk", "PM1", "RESPONSIBLE", None),
        ("service-desk", "PM2", "ACCOUNTABLE", None),
    ]


async def test_the_load_is_that_of_accountability(asking: Asking) -> None:
    loads = {key(one["party"]): one["load"] for one in (await ask(asking))["PR1"]["parties"]}
    # The field service: 100 for PR5, 10 for PR7, 50 for I04, 90 for I06, 20 for I11, 10 for I14 and 90 for EN3.
    assert loads["field-service"]["known"] == 370.0
    for department in ("field-service", "service-desk", "finance", "it-data"):
        assert (await answer(asking, ACCOUNTABILITY, key=department))["load"] == loads[department]
    # Of a stakeholder only its own part: in I02, since I01 is done.
    assert (loads["works-council"]["known"], loads["works-council"]["unknown"]) == (None, 1)


async def test_an_effort_that_nobody_knows_is_named_and_makes_no_load_zero(asking: Asking) -> None:
    desk = Ref("Department", "service-desk")
    fields = {"involvementRole": "RESPONSIBLE", "effort": None}
    taken = await asking.change(links=(LinkChange("INVOLVES", Ref("Proposition", "PR1"), desk, fields),))
    parties = (await ask(asking))["PR1"]["parties"]
    await asking.revert(taken)
    (part,) = [one for one in parties if one["contribution"] == "Answers and plans"]
    # 80 fewer than 200 are known, of one involvement more nothing is.
    assert (part["effort"], part["load"]["known"], part["load"]["unknown"]) == (None, 120.0, 4)


async def test_who_is_for_the_contract_on_one_page_and_who_against(asking: Asking) -> None:
    def counts(stances: Mapping[str, Any]) -> list[int]:
        return [stances[name] for name in ("ambassadors", "neutral", "opponents", "unknown")]

    found = await ask(asking)
    assert counts(found["PR4"]["stakeholders"]) == [0, 0, 2, 0]
    # The works council is neutral to the queue and against weekends, and counts as both.
    back = found["PR1"]["stakeholders"]
    assert counts(back) == [4, 3, 1, 0]
    assert [(key(one["stakeholder"]), one["stance"], key(one["through"])) for one in back["list"]["nodes"]][-2:] == [
        ("works-council", "NEUTRAL", "I01"),
        ("works-council", "OPPONENT", "I02"),
    ]
    head, contract = Ref("Stakeholder", "head-of-finance"), Ref("Proposition", "PR4")
    taken = await asking.change(links=(LinkChange("STANDS_ON", head, contract, {"stakeholderStance": None}),))
    without = (await ask(asking))["PR4"]["stakeholders"]
    await asking.revert(taken)
    assert counts(without) == [0, 0, 1, 1]


async def test_what_fixed_the_first_time_requires(asking: Asking) -> None:
    enablers = (await ask(asking))["PR2"]["enablers"]
    listed = [
        (key(one["enabler"]), one["readiness"], one["cost"], [key(through) for through in one["through"]])
        for one in enablers["list"]["nodes"]
    ]
    assert listed == [
        ("EN3", 0.55, "160000.00", ["PR2", "I04", "I06"]),
        ("EN4", 1.0, "95000.00", ["PR2", "I03", "PM3"]),
    ]
    assert (enablers["readiness"], enablers["notReady"], enablers["cost"]) == (0.55, 1, "255000.00")
    taken = await asking.change(update("Enabler", "EN3", readiness=None, cost=None))
    enablers = (await ask(asking))["PR2"]["enablers"]
    await asking.revert(taken)
    assert [enablers[name] for name in ("readiness", "readinessHigh", "unknown", "notReady")] == [None, 1.0, 1, 0]
    assert [enablers[name] for name in ("cost", "costLow", "missing")] == [None, "95000.00", ["COST"]]


async def test_what_back_in_24_costs_also_where_nobody_says_so(asking: Asking) -> None:
    def told(cost: Mapping[str, Any]) -> list[Any]:
        return [cost[name] for name in ("cost", "costLow", "costHigh", "costFrom", "effort", "missing")]

    cost = (await ask(asking))["PR1"]["cost"]
    assert told(cost) == ["310000.00", "310000.00", "310000.00", "OWN", 260.0, []]
    taken = await asking.change(update("Proposition", "PR1", cost=None, effort=None))
    cost = (await ask(asking))["PR1"]["cost"]
    # 48,000 for the queue, 210,000 for weekends and 35,000 for the video; 95, 120 and 55 days.
    assert told(cost) == ["293000.00", "293000.00", "293000.00", "INITIATIVES", 270.0, []]
    also = await asking.change(update("Initiative", "I02", cost=None))
    cost = (await ask(asking))["PR1"]["cost"]
    await asking.revert(also)
    await asking.revert(taken)
    assert told(cost) == [None, "83000.00", None, "INITIATIVES", 270.0, ["COST"]]


async def test_what_an_opportunity_costs(asking: Asking) -> None:
    costs = {name: one["cost"] for name, one in (await ask(asking, "OPPORTUNITY")).items()}
    # Invoices that match the contract: 60,000 for PR4, and 4,000 for I13, which addresses them itself.
    assert [costs["O10"][name] for name in ("cost", "costFrom")] == ["64000.00", "ADDRESSED_BY"]
    assert [costs["O10"][name] for name in ("effort", "effortFrom")] == [80.0, "OWN"]
    # Nobody says what the page on the contract's worth takes but its one initiative.
    assert [costs["O12"][name] for name in ("effort", "effortFrom")] == [45.0, "ADDRESSED_BY"]
    # Parts in the night: the taxi is withdrawn, and nothing else addresses them.
    assert [costs["O19"][name] for name in ("cost", "costLow", "costFrom")] == [None, None, None]
    assert costs["O17"]["missing"] == ["COST"]


async def test_what_back_in_24_claims(asking: Asking) -> None:
    claims = (await ask(asking))["PR1"]["claims"]
    listed = {key(one["kpi"]): one for one in claims["list"]["nodes"]}
    # From 74.5 to 85, from 91.9 to 95, and from 30.3 to 24 hours: 6 of 10.5, 1.5 of 3.1 and 12 of 6.3.
    assert {name: (one["gap"], one["claimed"]["share"]) for name, one in listed.items()} == {
        "csat-repair": (10.5, pytest.approx(6 / 10.5)),
        "retention-revenue": (3.1, pytest.approx(1.5 / 3.1)),
        "time-to-site": (-6.3, pytest.approx(12 / 6.3)),
    }
    assert [(key(one["claimant"]), one["state"]) for one in listed["time-to-site"]["claims"]] == [
        ("PR1", "COUNTED"),
        ("I01", "CLAIMED_TWICE"),
        ("I02", "CLAIMED_TWICE"),
    ]
    assert claims["share"] == pytest.approx(6 / 10.5 + 1.5 / 3.1 + 12 / 6.3)
    taken = await asking.change(links=(moves("PR1", "csat-repair", expectedChange=None),))
    claims = (await ask(asking))["PR1"]["claims"]
    await asking.revert(taken)
    assert (claims["share"], claims["unknown"]) == (None, 1)
    assert claims["knownShare"] == pytest.approx(1.5 / 3.1 + 12 / 6.3)


async def test_how_realistic_claims_of_the_same_parties_have_been(asking: Asking) -> None:
    found = await ask(asking, "OPPORTUNITY")
    everybody = (await answer(asking, REALISM))["nodes"]
    assert all(one in everybody for work in found.values() for one in work["claims"]["realism"])
    # The field service claimed eight hours less by the queue, and ten came: 40.3 to 30.3.
    claims = found["O01"]["claims"]
    assert [(key(one["party"]), one["medianRatio"]) for one in claims["realism"]] == [("field-service", 1.25)]
    assert claims["medianRatio"] == 1.25
    taken = await asking.change(update("Initiative", "I01", start=None))
    claims = (await ask(asking, "OPPORTUNITY"))["O01"]["claims"]
    await asking.revert(taken)
    (service,) = claims["realism"]
    assert (claims["medianRatio"], service["known"], service["unknown"]) == (None, 0, 1)


async def test_the_promises_and_their_state(asking: Asking) -> None:
    def counts(promises: Mapping[str, Any]) -> list[int]:
        return [promises[name] for name in ("total", "broken", "uncertain", "unmeasured", "kept", "notDue")]

    found = await ask(asking)
    told = [one for work in found.values() for one in work["promises"]["list"]["nodes"]]
    assert sorted(map(str, told)) == sorted(map(str, (await answer(asking, PROMISES))["nodes"]))
    assert [counts(found[name]["promises"]) for name in ("PR1", "PR2", "PR3")] == [
        [2, 0, 1, 1, 0, 0],
        [2, 1, 1, 0, 0, 0],
        [2, 0, 0, 0, 0, 2],
    ]
    taken = await asking.change(update("Promise", "PM3", share=None))
    promises = (await ask(asking))["PR2"]["promises"]
    await asking.revert(taken)
    assert counts(promises) == [2, 0, 2, 0, 0, 0]


async def test_what_it_brings_about_of_journeys_as_they_should_be(asking: Asking) -> None:
    realises = (await ask(asking))["PR2"]["realises"]
    assert realises["total"] == 5
    listed = [
        (key(one["place"]), [*map(key, one["journeys"])], [*map(key, one["through"])])
        for one in realises["list"]["nodes"]
    ]
    assert listed == [
        ("btb-repair", ["breakdown-to-be"], ["PR2"]),
        ("btb-fix", ["breakdown-to-be"], ["PR2", "I03", "I04"]),
        ("btb-report", ["breakdown-to-be"], ["I04"]),
        ("ctb-find-part", ["contract-to-be"], ["I04"]),
        ("pump-passport-view", ["breakdown-to-be", "contract-to-be"], ["I04"]),
    ]


async def test_the_latest_decision_up_to_the_day(asking: Asking) -> None:
    async def verdict(on: str) -> str | None:
        decision = (await ask(asking, on=on))["PR4"]["decision"]
        return decision and str(decision["decisionVerdict"])

    assert await verdict("2026-11-01") == "HOLD"
    assert await verdict("2026-09-21") is None
    fields = {"decisionVerdict": "APPROVE", "decidedOn": "2026-10-20"}
    later = EntityChange(Mode.CREATE, "Decision", "later", fields)
    link = LinkChange("DECIDES", Ref("Decision", "later"), Ref("Proposition", "PR4"))
    taken = await asking.change(later, links=(link,))
    verdicts = [await verdict("2026-11-01"), await verdict("2026-10-19")]
    await asking.revert(taken)
    assert verdicts == ["APPROVE", "HOLD"]


async def test_on_the_first_day_there_are_only_opportunities_and_nothing_unknown_is_zero(asking: Asking) -> None:
    taken = await asking.change(create("Opportunity", "first", tags=["demo"]))
    work = (await ask(asking, "OPPORTUNITY"))["first"]
    await asking.revert(taken)
    assert (work["parties"], work["decision"]) == ([], None)
    assert {name: work[name]["total"] for name in ("enablers", "claims", "promises", "realises")} == {
        "enablers": 0,
        "claims": 0,
        "promises": 0,
        "realises": 0,
    }
    assert work["cost"]["missing"] == ["COST", "EFFORT"]
    figures = (
        work["enablers"]["readiness"],
        work["enablers"]["cost"],
        work["cost"]["cost"],
        work["cost"]["effort"],
        work["claims"]["share"],
        work["claims"]["medianRatio"],
    )
    assert figures == (None,) * 6


@pytest.mark.parametrize(
    ("by", "first", "last"),
    [
        # Seven departments, partners and stakeholders; and two, as for PR5, which comes before by its key.
        ("PARTIES", "PR1", "PR8"),
        # The field service has 370 days, of those who act in PR8 parts and logistics the most, 260.
        ("LOAD", "PR1", "PR8"),
        ("OPPONENTS", "PR3", "PR8"),
        # PR1 requires what nobody knows how ready it is, and PR8 nothing.
        ("READINESS", "PR2", "PR8"),
        # Nobody says what PR5 costs.
        ("COST", "PR3", "PR5"),
        ("EFFORT", "PR3", "PR5"),
        # What PR7's initiative claims has no value to start from.
        ("CLAIMED_SHARE", "PR1", "PR7"),
        ("REALISM", "PR1", "PR7"),
        ("PROMISES_BROKEN", "PR2", "PR8"),
        ("REALISED", "PR2", "PR8"),
    ],
)
async def test_items_are_sorted_by_what_the_work_gives(asking: Asking, by: str, first: str, last: str) -> None:
    assert by in WORK_FIGURES
    listed = [*await ask(asking, orderBy={"by": by, "direction": "DESC"})]
    assert (listed[0], listed[-1]) == (first, last)


async def test_pages_of_items_sorted_by_what_may_be_unknown_hold_each_once(asking: Asking) -> None:
    order = {"by": "READINESS", "direction": "ASC"}
    found: list[str] = []
    after = None
    while len(found) <= 8:
        page = await answer(asking, QUERY, of="PROPOSITION", on=TODAY.isoformat(), orderBy=order, first=3, after=after)
        found += [key(one["item"]) for one in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    # 0.1, 0.2, 0.4, 0.5 twice, 0.55; then what is unknown.
    assert found == ["PR5", "PR4", "PR3", "PR6", "PR7", "PR2", "PR1", "PR8"]
