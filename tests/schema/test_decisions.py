"""What is decided about work: that an opportunity, a proposition or an initiative goes ahead, waits or ends."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest

from graph_api.schema.service import Service, build_service
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from tests.schema.test_mutations import do, standing, told

RECORDED = """changeSet entity { __typename key } decision { id decisionVerdict reason byRole decidedOn expected }
    changes { action kind linkType }"""


@pytest.fixture(scope="module")
async def service(graph: Store) -> AsyncIterator[Service]:
    await prepare(graph)
    made = build_service(graph)
    for kind in ("Opportunity", "Proposition", "Initiative", "Insight"):
        await do(made, f"create{kind}", {"key": kind.lower(), "name": kind})
    yield made
    graph.on_statement = None


def said(kind: str = "PROPOSITION", **fields: Any) -> dict[str, Any]:
    return {"entity": {"kind": kind, "key": kind.lower()}, "verdict": "APPROVE", "reason": "It pays.", **fields}


async def verdicts(service: Service, kind: str) -> list[tuple[str, str]]:
    """Return the decisions about an entity in the order of their recording."""
    text = f"""{{ {kind}(key: "{kind}") {{ decisions(orderBy: [{{by: CREATED_AT}}]) {{
        nodes {{ decisionVerdict reason }} }} }} }}"""
    nodes = (await service.ask(text)).data[kind]["decisions"]["nodes"]
    return [(node["decisionVerdict"], node["reason"]) for node in nodes]


@pytest.mark.parametrize("kind", ["OPPORTUNITY", "PROPOSITION", "INITIATIVE"])
@pytest.mark.parametrize("verdict", ["APPROVE", "HOLD", "STOP"])
async def test_work_goes_ahead_waits_or_ends(service: Service, kind: str, verdict: str) -> None:
    given = said(kind, verdict=verdict, byRole="Board", on="2026-03-01", expected="Fewer calls.")
    payload = await do(service, "recordDecision", given, RECORDED)
    assert payload.pop("changeSet")
    assert payload["decision"].pop("id")
    assert payload == {
        "entity": {"__typename": kind.capitalize(), "key": kind.lower()},
        "decision": {
            "decisionVerdict": verdict,
            "reason": "It pays.",
            "byRole": "Board",
            "decidedOn": "2026-03-01",
            "expected": "Fewer calls.",
        },
        "changes": [
            {"action": "CREATE", "kind": "DECISION", "linkType": None},
            {"action": "CREATE", "kind": None, "linkType": "DECIDES"},
        ],
        "userErrors": [],
    }


async def test_the_same_again_on_the_same_day_corrects_what_was_said(service: Service) -> None:
    first = await do(service, "recordDecision", said(on="2026-04-01", byRole="Board"), RECORDED)
    again = await do(service, "recordDecision", said(on="2026-04-01", reason="It pays twice."), RECORDED)
    assert again["decision"] == first["decision"] | {"reason": "It pays twice.", "byRole": None}
    assert again["changes"] == [{"action": "UPDATE", "kind": "DECISION", "linkType": None}]
    same = await do(service, "recordDecision", said(on="2026-04-01", reason="It pays twice."), RECORDED)
    assert (same["changeSet"], same["decision"]) == (None, again["decision"])


async def test_a_mind_that_changes_within_a_day_ends_at_its_last_word(service: Service) -> None:
    today = datetime.now(UTC).date().isoformat()
    for step, verdict in enumerate(["APPROVE", "HOLD", "APPROVE"]):
        payload = await do(service, "recordDecision", said("INITIATIVE", verdict=verdict, reason=f"{step}."), RECORDED)
        # Without a day it is today's.
        assert payload["decision"]["decidedOn"] == today
    assert (await verdicts(service, "initiative"))[-2:] == [("HOLD", "1."), ("APPROVE", "2.")]


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        (said("INSIGHT"), [("input.entity.kind", "WRONG_ENDS")]),
        (said(entity={"kind": "PROPOSITION", "key": "nobody"}), [("input.entity", "NOT_FOUND")]),
        (said(entity={"id": "nobody"}), [("input.entity.id", "NOT_FOUND")]),
        (said(entity={"key": "proposition"}), [("input.entity.kind", "REQUIRED")]),
        (said(reason=" \n"), [("input.reason", "REQUIRED")]),
        (said(byRole="x" * 2_000), [("input.byRole", "INVALID_VALUE")]),
        (said(expectedRevision=7), [("input.expectedRevision", "CONFLICT")]),
        (said("OPPORTUNITY", reason="", expectedRevision=7), [("input.reason", "REQUIRED")]),
    ],
)
async def test_what_cannot_be_recorded_is_told_and_nothing_is(
    service: Service, graph: Store, given: dict[str, Any], errors: list[tuple[str, str]]
) -> None:
    before = await standing(graph)
    assert await told(service, "recordDecision", given) == errors
    assert await standing(graph) == before


async def test_it_may_be_tried_repeated_and_taken_back(service: Service, graph: Store) -> None:
    before = await standing(graph)
    given = said(on="2026-05-01", expectedRevision=1)
    tried = await do(service, "recordDecision", {**given, "dryRun": True}, RECORDED)
    assert (tried["changeSet"], tried["decision"]["decisionVerdict"]) == (None, "APPROVE")
    assert await standing(graph) == before
    once = {**given, "idempotencyKey": "recorded once"}
    first = await do(service, "recordDecision", once, RECORDED)
    assert await do(service, "recordDecision", once, RECORDED) == first
    # The proposition itself has not changed.
    assert first["changes"] == [
        {"action": "CREATE", "kind": "DECISION", "linkType": None},
        {"action": "CREATE", "kind": None, "linkType": "DECIDES"},
    ]
    taken = await do(service, "revert", {"changeSet": first["changeSet"]}, "changes { action }")
    assert (taken["userErrors"], len(taken["changes"])) == ([], 2)


async def test_it_may_be_recorded_with_what_it_is_about(service: Service) -> None:
    changes = [
        {"createInitiative": {"temporary": "new", "key": "begun-at-once", "name": "Begun at once"}},
        {"recordDecision": said(entity={"temporary": "new"}, on="2026-06-01")},
        {"recordDecision": said("OPPORTUNITY", verdict="HOLD", on="2026-06-01")},
    ]
    payload = await do(service, "applyChanges", {"changes": changes}, "entities { __typename }")
    assert payload["userErrors"] == []
    assert [one["__typename"] for one in payload["entities"]] == ["Initiative", "Decision", "Decision"]
    changes[1]["recordDecision"]["reason"] = " "
    assert await told(service, "applyChanges", {"changes": changes}) == [
        ("input.changes.1.recordDecision.reason", "REQUIRED"),
    ]
