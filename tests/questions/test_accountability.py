"""Accountability: by hand on the demo, held against other questions, and properties of loads and findings."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.change.changeset import LinkChange, Ref
from graph_api.questions.accountability import Load
from graph_api.questions.parties.raci import Part, RaciFinding, findings
from graph_api.questions.thread.facts import Party
from tests.questions.asking import Asking

QUERY = """query($of: EntityKeyInput!, $on: Date, $kinds: [Kind!], $roles: [ActingRole!], $findings: [RaciFinding!]) {
  accountability(of: $of, on: $on) {
    party { key } on promisesToKeepCount
    load { involvements known unknown tooLarge byKind { kind involvements known unknown } }
    kpis(first: 200) { nodes { entity { key } roles { role through { key } } } }
    ownedPains(first: 200) { nodes { node { key } through { key } } }
    painsAtTouchpoints(first: 200) { nodes { node { key } through { key } } }
    worksWith(first: 200) { nodes { party { key } other { key } shared } }
    parts(first: 200, kinds: $kinds, roles: $roles, findings: $findings) {
      totalCount
      nodes { entity { __typename key } kind over findings roles { role through { key } contribution effort } }
    }
  }
}"""
ON = "2026-11-01"
PARTIES = [
    *(("DEPARTMENT", key) for key in (
        "sales", "dealer-management", "marketing", "field-service", "service-desk", "parts-logistics", "finance",
        "it-data", "quality",
    )),
    *(("PARTNER", key) for key in ("keldon", "marrow-pike", "ostrel-freight")),
]  # fmt: skip


async def ask(asking: Asking, key: str, kind: str = "DEPARTMENT", **variables: Any) -> Any:
    result = await asking.service.ask(QUERY, {"of": {"kind": kind, "key": key}, "on": ON, **variables})
    assert result.errors is None
    return result.data["accountability"]


def entities(found: Any) -> list[str]:
    return [one["entity"]["key"] for one in found["parts"]["nodes"]]


async def test_finance_by_hand(asking: Asking) -> None:
    found = await ask(asking, "finance")
    # Read off organisation.yaml, the journeys and action.yaml; by kind in the order of the answer. The head of finance
    # owns OB4. I03 and I13 are over.
    assert entities(found) == [
        "service-contract",
        "renewal-letter", "repair-invoice", "value-page", "yearly-invoice",
        "O10", "O11",
        "PR4",
        "PM7",
        "I02", "I03", "I08", "I13",
        "EN10",
        "invoice-disputes", "service-margin",
        "OB4",
    ]  # fmt: skip
    parts = {one["entity"]["key"]: one for one in found["parts"]["nodes"]}
    assert parts["OB4"]["roles"][0]["through"] == {"key": "head-of-finance"}
    assert parts["PR4"]["findings"] == ["NO_ACCOUNTABLE"]
    assert parts["I03"]["over"]
    assert not parts["I02"]["over"]
    # PR4: 60 days; what it takes to be informed of I02 nobody said. I03, with 3 days, is done.
    assert found["load"] == {
        "involvements": 2,
        "known": 60.0,
        "unknown": 1,
        "tooLarge": False,
        "byKind": [
            {"kind": "PROPOSITION", "involvements": 1, "known": 60.0, "unknown": 0},
            {"kind": "INITIATIVE", "involvements": 1, "known": None, "unknown": 1},
        ],
    }
    assert [one["entity"]["key"] for one in found["kpis"]["nodes"]] == ["invoice-disputes", "service-margin"]


async def test_what_was_done_only_later_was_work_then(asking: Asking) -> None:
    # The kits were finished on 24 April: the day before, finance had its 3 days still to give.
    before = await ask(asking, "finance", on="2026-04-23")
    assert (before["load"]["known"], before["load"]["involvements"]) == (63.0, 3)
    assert (await ask(asking, "finance", on="2026-04-24"))["load"]["known"] == 60.0
    assert (await ask(asking, "finance", on="0001-01-01"))["on"] == "0001-01-01"
    assert (await ask(asking, "finance", on="9999-12-31"))["load"]["known"] == 60.0


@pytest.mark.parametrize(("kind", "key"), PARTIES, ids=[key for _, key in PARTIES])
async def test_it_works_with_those_of_collaboration(asking: Asking, kind: str, key: str) -> None:
    query = """query($on: Date) {
      collaboration(first: 200, on: $on) { nodes { party { key } other { key } shared } }
    }"""
    # The day before the kits were finished they were work still, here and there.
    for on in (ON, "2026-04-23"):
        pairs = (await asking.service.ask(query, {"on": on})).data["collaboration"]["nodes"]
        expected = {
            (({pair["party"]["key"], pair["other"]["key"]} - {key}).pop(), pair["shared"])
            for pair in pairs
            if key in {pair["party"]["key"], pair["other"]["key"]}
        }
        found = (await ask(asking, key, kind, on=on))["worksWith"]["nodes"]
        assert {(pair["other"]["key"], pair["shared"]) for pair in found} == expected
        assert all(pair["party"]["key"] == key for pair in found)


@pytest.mark.parametrize("key", [key for kind, key in PARTIES if kind == "DEPARTMENT"])
async def test_its_pains_and_promises_are_those_of_the_department(asking: Asking, key: str) -> None:
    query = """query($key: String!) { department(key: $key) {
      pains { owned { edges { ...acting } } atTouchpoints { edges { ...acting } } } promisesToKeep { totalCount }
      accountability(on: "2026-11-01") {
        ownedPains(first: 200) { nodes { ...acting } } painsAtTouchpoints(first: 200) { nodes { ...acting } }
        parts { totalCount }
      }
    } }
    fragment acting on ActingPain {
      node { key } role through { key } paths { length steps { link { type } entity { key } forwards }
      unknownConfidences }
    }"""
    department = (await asking.service.ask(query, {"key": key})).data["department"]
    found = await ask(asking, key)
    for ours, theirs in (("ownedPains", "owned"), ("painsAtTouchpoints", "atTouchpoints")):
        edges = sorted(department["pains"][theirs]["edges"], key=lambda one: one["node"]["key"])
        assert department["accountability"][ours]["nodes"] == edges
        assert [one["node"] for one in found[ours]["nodes"]] == [one["node"] for one in edges]
    assert found["promisesToKeepCount"] == department["promisesToKeep"]["totalCount"]
    assert found["parts"]["totalCount"] == department["accountability"]["parts"]["totalCount"]


async def test_a_part_can_be_asked_for_by_kind_role_and_finding(asking: Asking) -> None:
    assert entities(await ask(asking, "field-service", kinds=["KPI", "GOAL"])) == [
        "csat-repair", "first-time-fix", "start-up-score", "time-to-site", "G2", "OB1", "OB2",
    ]  # fmt: skip
    assert entities(await ask(asking, "field-service", roles=["CONSULTED"], kinds=["INITIATIVE"])) == [
        "I01", "I02", "I10", "I11",
    ]  # fmt: skip
    assert entities(await ask(asking, "field-service", findings=["NO_ACCOUNTABLE"])) == ["first-run"]
    assert entities(await ask(asking, "quality")) == []


async def test_a_partner_is_asked_too_and_a_stakeholder_is_not(asking: Asking) -> None:
    found = await ask(asking, "keldon", "PARTNER")
    # Four touchpoints it runs; it is consulted or informed in the rest.
    assert entities(found) == [
        "buy-a-pump",
        "dealer-emergency-call", "dealer-first-call", "dealer-visit", "dealer-workshop",
        "PR1", "I06", "I07", "EN3",
    ]  # fmt: skip
    assert await ask(asking, "none", "PARTNER") is None
    result = await asking.service.ask(QUERY, {"of": {"kind": "STAKEHOLDER", "key": "works-council"}})
    assert result.errors[0].message.startswith("of.kind: only a DEPARTMENT or a PARTNER is asked.")


async def test_efforts_too_large_for_a_number_end_in_an_answer(asking: Asking) -> None:
    involved = tuple(
        LinkChange(
            "INVOLVES", Ref(kind, key), Ref("Department", "quality"), {"involvementRole": "CONSULTED", "effort": 1e308}
        )
        for kind, key in (("Initiative", "I08"), ("Proposition", "PR4"))
    )
    change_set = await asking.change(links=involved)
    load = (await ask(asking, "quality"))["load"]
    await asking.revert(change_set)
    assert (load["known"], load["unknown"], load["tooLarge"]) == (None, 0, True)
    assert [one["known"] for one in load["byKind"]] == [1e308, 1e308]


EFFORTS = st.lists(st.none() | st.floats(0, 1e308), max_size=6)


@given(EFFORTS)
def test_what_is_unknown_makes_no_load_smaller(efforts: list[float | None]) -> None:
    known = [effort for effort in efforts if effort is not None]
    load = Load(efforts)
    assert load.unknown == len(efforts) - len(known)
    assert load.known == Load(known).known
    assert (load.known is None) == (not known or load.too_large)
    if load.known is not None:
        assert load.known >= max(known)


def test_a_sum_that_no_number_holds_is_told() -> None:
    load = Load([1e308, 1e308, None])
    assert (load.known, load.unknown, load.too_large) == (None, 1, True)


DESK = Party("d", "Department", "d")
ROLES = st.lists(st.none() | st.sampled_from(["ACCOUNTABLE", "RESPONSIBLE", "CONSULTED", "INFORMED"]))


@given(ROLES)
def test_one_answers_and_somebody_works(roles: list[str | None]) -> None:
    found = findings("Initiative", [Part(role, None, None, DESK, (DESK,)) for role in roles])
    assert (RaciFinding.NO_ACCOUNTABLE in found) == ("ACCOUNTABLE" not in roles)
    assert (RaciFinding.NO_RESPONSIBLE in found) == ("RESPONSIBLE" not in roles and None not in roles)
    assert (RaciFinding.RESPONSIBLE_UNKNOWN in found) == ("RESPONSIBLE" not in roles and None in roles)


def test_who_runs_a_touchpoint_answers_for_it_and_nobody_is_responsible_for_a_kpi() -> None:
    assert findings("Touchpoint", [Part("RUNS", None, None, DESK, (DESK,))]) == []
    assert findings("Touchpoint", []) == [RaciFinding.NO_ACCOUNTABLE, RaciFinding.NO_RESPONSIBLE]
    assert findings("KPI", []) == [RaciFinding.NO_ACCOUNTABLE]
