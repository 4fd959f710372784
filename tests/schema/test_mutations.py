"""What is changed through the API: everything in an input or nothing, and every fault told in the payload."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest

from graph_api.schema.changer import OPERATIONS, Caller
from graph_api.schema.service import Service, build_service
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from graph_api.transfer import REAL_SEEDS, import_paths, seed_paths

ERRORS = "userErrors { path code message }"


@pytest.fixture(scope="module")
async def service(graph: Store) -> AsyncIterator[Service]:
    await prepare(graph)
    await import_paths(graph, seed_paths(*REAL_SEEDS), actor="test")
    yield build_service(graph)
    graph.on_statement = None


async def ask(service: Service, text: str, **variables: Any) -> Any:
    result = await service.ask(text, variables)
    assert result.errors is None
    return result.data


async def do(service: Service, name: str, given: dict[str, Any], selection: str = "changeSet") -> Any:
    text = (
        f"mutation Do($input: {name[0].upper()}{name[1:]}Input!) {{ {name}(input: $input) {{ {selection} {ERRORS} }} }}"
    )
    return (await ask(service, text, input=given))[name]


async def told(service: Service, name: str, given: dict[str, Any]) -> list[tuple[str, str]]:
    payload = await do(service, name, given)
    assert payload["changeSet"] is None
    return [(".".join(error["path"]), error["code"]) for error in payload["userErrors"]]


async def standing(store: Store) -> tuple[int, int, int, int]:
    return tuple(
        await store.read(
            "MATCH (g:Graph) RETURN g.revision, g.seq, COUNT { MATCH (:Entity) }, COUNT { MATCH (:Entity)-->(:Entity) }"
        )
    )


def test_there_is_an_operation_for_every_field_of_the_root(service: Service) -> None:
    mutation = service.schema._schema.mutation_type
    assert mutation
    assert set(mutation.fields) == set(OPERATIONS)


async def test_what_is_created_is_answered_in_any_selection_with_its_links(service: Service) -> None:
    given = {
        "name": "Quotes in a day",
        "urgency": 7,
        "externalLinks": [{"label": "board", "url": "https://example.org/1"}],
        "ownedBy": {"kind": "DEPARTMENT", "key": "askva", "basis": "INFERRED"},
        "insights": [{"key": "F2a", "confidence": 0.5}, {"key": "F2b"}],
    }
    payload = await do(
        service,
        "createOpportunity",
        given,
        "changeSet opportunity { key revision createdBy externalLinks { label } ownedByLink { basis node { key } } "
        "insights { edges { confidence node { key } } } history { nodes { action actor surface } } }",
    )
    assert payload.pop("changeSet")
    assert payload == {
        "opportunity": {
            "key": "quotes-in-a-day",
            "revision": 1,
            "createdBy": "anonymous",
            "externalLinks": [{"label": "board"}],
            "ownedByLink": {"basis": "INFERRED", "node": {"key": "askva"}},
            "insights": {
                "edges": [
                    {"confidence": 0.5, "node": {"key": "F2a"}},
                    {"confidence": None, "node": {"key": "F2b"}},
                ]
            },
            "history": {"nodes": [{"action": "CREATE", "actor": "anonymous", "surface": "graphql"}] * 4},
        },
        "userErrors": [],
    }


@pytest.mark.parametrize(
    ("name", "given", "errors"),
    [
        ("createOpportunity", {"name": ""}, [("input.name", "INVALID_VALUE")]),
        ("createOpportunity", {"name": "x", "key": "R2"}, [("input.key", "TAKEN")]),
        (
            "createOpportunity",
            {"name": "x", "urgency": 11, "insights": [{"key": "F2a"}, {"key": "F"}, {"id": "1"}, {}]},
            [
                ("input.insights.2.id", "NOT_FOUND"),
                ("input.insights.3", "REQUIRED"),
                ("input.urgency", "INVALID_VALUE"),
            ],
        ),
        ("createOpportunity", {"name": "x", "ownedBy": {"key": "askva"}}, [("input.ownedBy.kind", "REQUIRED")]),
        ("updateOpportunity", {"urgency": 1}, [("input", "REQUIRED")]),
        ("updateOpportunity", {"key": "nothing"}, [("input.key", "NOT_FOUND")]),
        ("updateOpportunity", {"key": "R2", "name": None}, [("input.name", "REQUIRED")]),
        ("updateOpportunity", {"key": "R2", "expectedRevision": 9}, [("input.expectedRevision", "CONFLICT")]),
        (
            "linkRaises",
            {"from": {"kind": "GOAL", "key": "x"}, "to": [{"key": "R2"}]},
            [("input.from.kind", "WRONG_ENDS")],
        ),
        ("linkRaises", {"from": {"kind": "INSIGHT", "key": "x"}, "to": [{"key": "R2"}]}, [("input.from", "NOT_FOUND")]),
        (
            "linkOwnedBy",
            {"from": {"kind": "INITIATIVE", "key": "A2"}, "to": [{"kind": "DEPARTMENT", "key": "askva"}]},
            [("input.to.0", "ONLY_ONE")],
        ),
        (
            "linkPartOf",
            {"from": {"kind": "OPPORTUNITY", "key": "R2"}, "to": [{"kind": "OPPORTUNITY", "key": "R2"}]},
            [("input.to.0", "CYCLE")],
        ),
        (
            "unlinkRaises",
            {"from": {"kind": "INSIGHT", "key": "F1a"}, "to": [{"kind": "OPPORTUNITY", "key": "R9"}]},
            [("input.to.0", "NOT_FOUND")],
        ),
        ("linkRaises", {"from": {"kind": "INSIGHT", "key": "none"}, "to": []}, [("input", "NOT_FOUND")]),
        ("deleteEntities", {"entities": [{"kind": "GOAL", "key": "x"}]}, [("input.entities.0", "NOT_FOUND")]),
        ("restoreEntities", {"ids": ["x"]}, [("input.ids.0", "NOT_FOUND")]),
        ("revert", {"changeSet": "x"}, [("input.changeSet", "NOT_FOUND")]),
        (
            "reorder",
            {"from": {"kind": "INSIGHT", "key": "F1a"}, "linkType": "RAISES", "to": []},
            [("input.linkType", "INVALID_VALUE")],
        ),
        ("createDecision", {"decisionVerdict": "APPROVE"}, [("input.decides", "REQUIRED")]),
        (
            "recordMeasurements",
            {"kpi": {"key": "none"}, "measurements": [{"measuredOn": "2026-01-01", "value": 1}]},
            [("input.measurements.0.kpi", "NOT_FOUND")],
        ),
        ("createGoal", {"name": "x", "idempotencyKey": ""}, [("input.idempotencyKey", "INVALID_VALUE")]),
        (
            "applyChanges",
            {
                "changes": [
                    {"createGoal": {"temporary": "a", "name": "one"}},
                    {"createGoal": {"temporary": "a", "name": "two", "dryRun": True}},
                    {"linkSupports": {"from": {"temporary": "b"}, "to": [{"temporary": "a"}]}},
                ]
            },
            [
                ("input.changes.1.createGoal.dryRun", "NOT_WRITABLE"),
                ("input.changes.1.createGoal.temporary", "CONFLICTING"),
                ("input.changes.2.linkSupports.from.temporary", "NOT_FOUND"),
            ],
        ),
    ],
)
async def test_what_is_wrong_is_told_with_its_place_and_nothing_is_done(
    service: Service, graph: Store, name: str, given: dict[str, Any], errors: list[tuple[str, str]]
) -> None:
    before = await standing(graph)
    assert sorted(await told(service, name, given)) == errors
    assert await standing(graph) == before


async def test_a_stale_update_is_refused_with_the_present_state(service: Service) -> None:
    await do(service, "createGoal", {"key": "stale", "name": "Grow"})
    await do(service, "updateGoal", {"key": "stale", "name": "Grow more", "expectedRevision": 1})
    late = await do(
        service, "updateGoal", {"key": "stale", "name": "Shrink", "expectedRevision": 1}, "goal { name revision }"
    )
    assert late["goal"] == {"name": "Grow more", "revision": 2}
    assert [error["code"] for error in late["userErrors"]] == ["CONFLICT"]


async def test_an_absent_field_stays_and_a_null_one_is_cleared(service: Service) -> None:
    await do(service, "createGoal", {"key": "patch", "name": "Grow", "description": "d", "tags": ["a"]})
    updated = await do(service, "updateGoal", {"key": "patch", "description": None}, "goal { name description tags }")
    assert updated["goal"] == {"name": "Grow", "description": None, "tags": ["a"]}


async def test_an_update_that_changes_nothing_leaves_no_trace(service: Service, graph: Store) -> None:
    await do(service, "createGoal", {"key": "same", "name": "Grow"})
    before = await standing(graph)
    updated = await do(service, "updateGoal", {"key": "same", "name": "Grow"}, "changeSet goal { revision }")
    assert (updated["changeSet"], updated["goal"]) == (None, {"revision": 1})
    assert await standing(graph) == before


async def test_a_dry_run_answers_as_if_it_were_done_and_keeps_nothing(service: Service, graph: Store) -> None:
    before = await standing(graph)
    payload = await do(
        service,
        "createGoal",
        {"name": "Never there", "dryRun": True, "idempotencyKey": "dry"},
        "changeSet goal { key name } changes { action kind key }",
    )
    assert payload == {
        "changeSet": None,
        "goal": {"key": "never-there", "name": "Never there"},
        "changes": [{"action": "CREATE", "kind": "GOAL", "key": "never-there"}],
        "userErrors": [],
    }
    assert await standing(graph) == before


async def test_links_are_made_patched_and_removed_by_what_tells_them_apart(service: Service) -> None:
    start, owner = {"kind": "INITIATIVE", "key": "A3"}, {"kind": "DEPARTMENT", "key": "askva"}
    selection = "from { ... on Initiative { involves { edges { involvementRole effort node { key } } } } }"
    both = [{**owner, "involvementRole": "CONSULTED", "effort": 3}, {**owner, "involvementRole": "INFORMED"}]
    await do(service, "linkInvolves", {"from": start, "to": both})
    patched = [{**owner, "involvementRole": "INFORMED", "effort": 1}]
    await do(service, "linkInvolves", {"from": start, "to": patched})
    left = await do(
        service, "unlinkInvolves", {"from": start, "to": [{**owner, "involvementRole": "CONSULTED"}]}, selection
    )
    edges = left["from"]["involves"]["edges"]
    assert edges == [{"involvementRole": "INFORMED", "effort": 1.0, "node": {"key": "askva"}}]


async def test_a_batch_links_what_it_creates_and_replaces_an_owner(service: Service) -> None:
    await do(service, "createGoal", {"key": "owned", "name": "g", "ownedBy": {"kind": "DEPARTMENT", "key": "askva"}})
    changes = [
        {"linkOwnedBy": {"from": {"kind": "GOAL", "key": "owned"}, "to": [{"temporary": "new"}]}},
        {"createDepartment": {"temporary": "new", "name": "New department"}},
        {
            "unlinkOwnedBy": {
                "from": {"kind": "GOAL", "key": "owned"},
                "to": [{"kind": "DEPARTMENT", "key": "askva"}],
            }
        },
        {"updateGoal": {"key": "owned", "name": "Owned"}},
    ]
    payload = await do(
        service,
        "applyChanges",
        {"changes": changes},
        "entities { ... on Entity { name } ... on Goal { ownedBy { name } } }",
    )
    assert payload["entities"] == [
        {"name": "New department"},
        {"name": "Owned", "ownedBy": {"name": "New department"}},
    ]


async def test_a_batch_is_done_wholly_or_not_at_all(service: Service, graph: Store) -> None:
    before = await standing(graph)
    changes = [{"createGoal": {"name": f"Goal {number}"}} for number in range(20)]
    changes.append({"createGoal": {"name": "x" * 2_000}})
    assert await told(service, "applyChanges", {"changes": changes}) == [
        ("input.changes.20.createGoal.name", "INVALID_VALUE")
    ]
    assert await standing(graph) == before


async def test_the_same_request_again_is_answered_as_it_was_also_by_another_server(
    service: Service, graph: Store
) -> None:
    given = {"name": "Only once", "idempotencyKey": "once"}
    first = await do(service, "createGoal", given, "changeSet goal { id key }")
    after = await standing(graph)
    await do(service, "updateGoal", {"key": "only-once", "name": "Changed since"})
    other = build_service(graph)
    assert await do(other, "createGoal", given, "changeSet goal { id key }") == first
    assert after[0] + 1 == (await standing(graph))[0]
    assert await told(other, "createGoal", given | {"name": "Another"}) == [("input.idempotencyKey", "CONFLICT")]


async def test_a_request_that_was_refused_may_be_mended_under_its_key(service: Service) -> None:
    assert await told(service, "createGoal", {"name": "", "idempotencyKey": "mended"})
    mended = await do(service, "createGoal", {"name": "Mended", "idempotencyKey": "mended"}, "goal { key }")
    assert mended == {"goal": {"key": "mended"}, "userErrors": []}


async def test_of_many_equal_requests_at_once_one_is_done(service: Service) -> None:
    given = {"name": "At once", "idempotencyKey": "at once"}
    answers = await asyncio.gather(*(do(service, "createGoal", given, "changeSet goal { id key }") for _ in range(20)))
    assert {str(answer) for answer in answers} == {str(answers[0])}
    assert answers[0]["goal"]["key"] == "at-once"


async def test_a_request_that_changes_nothing_is_remembered_without_a_revision(service: Service, graph: Store) -> None:
    await do(service, "createGoal", {"key": "calm", "name": "Calm"})
    before = await standing(graph)
    given = {"key": "calm", "name": "Calm", "idempotencyKey": "calm"}
    first = await do(service, "updateGoal", given, "goal { name }")
    assert await standing(graph) == before
    await do(service, "updateGoal", {"key": "calm", "name": "Stormy"})
    assert await do(service, "updateGoal", given, "goal { name }") == first


async def test_keys_of_different_actors_have_nothing_to_do_with_each_other(service: Service) -> None:
    for actor in ("anna", "ben"):
        payload = await do(
            replace(service, caller=Caller(actor, "graphql", "tuesday")),
            "createGoal",
            {"name": actor},
            "goal { createdBy }",
        )
        assert payload["goal"] == {"createdBy": actor}


async def test_a_header_s_key_serves_each_field_of_a_request(service: Service, graph: Store) -> None:
    text = f"""mutation {{
        one: createGoal(input: {{name: "Header one"}}) {{ goal {{ key }} {ERRORS} }}
        two: createGoal(input: {{name: "Header two"}}) {{ goal {{ key }} {ERRORS} }}
    }}"""
    called = replace(service, caller=Caller(idempotency_key="header"))
    first = await ask(called, text)
    after = await standing(graph)
    assert [answer["goal"]["key"] for answer in first.values()] == ["header-one", "header-two"]
    assert await ask(called, text) == first
    assert await standing(graph) == after


async def test_fields_of_one_request_are_done_one_after_the_other(service: Service) -> None:
    data = await ask(
        service,
        f"""mutation {{
            __typename
            make: createGoal(input: {{key: "serial", name: "One"}}) {{ goal {{ revision }} }}
            then: updateGoal(input: {{key: "serial", name: "Two", expectedRevision: 1}}) {{ goal {{ name }} {ERRORS} }}
            again: updateGoal(input: {{key: "serial", name: "Three", expectedRevision: 1}}) {{ goal {{ name }} }}
        }}""",
    )
    assert data == {
        "__typename": "Mutation",
        "make": {"goal": {"revision": 1}},
        "then": {"goal": {"name": "Two"}, "userErrors": []},
        "again": {"goal": {"name": "Two"}},
    }


async def test_deleted_and_restored_by_id_and_taken_back(service: Service) -> None:
    goal = (
        await do(
            service, "createGoal", {"name": "Back", "ownedBy": {"kind": "DEPARTMENT", "key": "askva"}}, "goal { id }"
        )
    )["goal"]
    gone = await do(
        service, "deleteEntities", {"entities": [{"id": goal["id"]}]}, "changeSet changes { action linkType }"
    )
    assert gone["changes"] == [{"action": "DELETE", "linkType": "OWNED_BY"}, {"action": "DELETE", "linkType": None}]
    back = await do(
        service, "restoreEntities", {"ids": [goal["id"]]}, "changeSet entities { id ... on Goal { ownedBy { name } } }"
    )
    assert back["entities"] == [{"id": goal["id"], "ownedBy": {"name": "AskVA"}}]
    assert await told(service, "revert", {"changeSet": gone["changeSet"]})
    taken = await do(service, "revert", {"changeSet": back["changeSet"]}, "changes { action kind reverts }")
    assert {change["reverts"] for change in taken["changes"]} == {back["changeSet"]}
    assert await ask(service, "query($id: ID!) { node(id: $id) { id } }", id=goal["id"]) == {"node": None}


async def test_measurements_are_corrected_and_their_value_follows_from_counts(service: Service) -> None:
    await do(service, "createKPI", {"key": "nps", "name": "NPS", "kpiMethod": "NPS"})
    selection = "entities { ... on Measurement { measuredOn value kpi { key } measuredForSegments { nodes { key } } } }"
    await do(service, "createSegment", {"key": "large", "name": "Large"})
    day = {"measuredOn": "2026-01-01"}
    counted = {**day, "counts": [{"answer": 10, "count": 3}, {"answer": 1, "count": 1}]}
    part = {**day, "value": 12, "measuredForSegments": [{"key": "large"}]}
    given = {"kpi": {"key": "nps"}, "measurements": [counted, part]}
    payload = await do(service, "recordMeasurements", given, selection)
    assert [(one["value"], one["measuredForSegments"]["nodes"]) for one in payload["entities"]] == [
        (50.0, []),
        (12.0, [{"key": "large"}]),
    ]
    corrected = await do(service, "recordMeasurements", {**given, "measurements": [{**part, "value": 13}]}, selection)
    assert [one["value"] for one in corrected["entities"]] == [13.0]
    found = await ask(service, '{ kpi(key: "nps") { measurements { totalCount } } }')
    assert found["kpi"]["measurements"]["totalCount"] == 2
    wrong = {**given, "measurements": [{**counted, "value": 7}]}
    assert await told(service, "recordMeasurements", wrong) == [("input.measurements.0.value", "INVALID_VALUE")]


async def test_a_change_takes_few_statements_however_much_is_selected(service: Service, graph: Store) -> None:
    sent: list[int] = []
    graph.on_statement = lambda _, records: sent.append(records)
    selection = "goal { key ownedBy { name } supports { nodes { key supportedByGoals { nodes { key } } } } }"
    await do(service, "createGoal", {"name": "Few", "ownedBy": {"kind": "DEPARTMENT", "key": "askva"}}, selection)
    graph.on_statement = None
    # The lock, what is there (keys, entities, links), what is written, the history, and the payload in one.
    assert len(sent) <= 12


SUSPECT = """query($key: String!) { insight(key: $key) { substanceAt opportunities { edges {
    createdAt reviewedAt reviewedBy history { nodes { action actor entityId fields { name } } } } } } }"""


async def link_of(service: Service, insight: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the one link from an insight to an opportunity, with its history."""
    (edge,) = (await ask(service, SUSPECT, key=insight))["insight"]["opportunities"]["edges"]
    return edge, edge.pop("history")["nodes"]


async def pain(service: Service, key: str) -> str:
    """Make an insight that raises an opportunity, and return the id of the link."""
    given = {"key": key, "name": key, "type": "PAIN", "opportunities": [{"key": "R2"}]}
    await do(service, "createInsight", given)
    _, ((made),) = await link_of(service, key)
    return str(made["entityId"])


async def test_a_link_is_confirmed_after_an_end_of_it_changed(service: Service) -> None:
    link = await pain(service, "suspect")
    found = await do(service, "updateInsight", {"key": "suspect", "tags": ["x"]}, "insight { substanceAt updatedAt }")
    assert found["insight"]["substanceAt"] is None
    found = await do(service, "updateInsight", {"key": "suspect", "severity": 3}, "insight { substanceAt updatedAt }")
    assert found["insight"]["substanceAt"] == found["insight"]["updatedAt"]
    edge, _ = await link_of(service, "suspect")
    assert edge["createdAt"] < found["insight"]["substanceAt"]
    anna = replace(service, caller=Caller("anna", "graphql"))
    selection = "reviewed changeSet changes { action actor linkType at start { ... on Insight { key } } }"
    done = await do(anna, "reviewLinks", {"links": [link, link]}, selection)
    (change,) = done["changes"]
    assert (done["reviewed"], done["userErrors"]) == (1, [])
    edge, history = await link_of(service, "suspect")
    assert (edge["reviewedAt"], edge["reviewedBy"]) == (change.pop("at"), "anna")
    assert change == {"action": "UPDATE", "actor": "anna", "linkType": "RAISES", "start": {"key": "suspect"}}
    assert [(one["action"], one["actor"]) for one in history] == [("CREATE", "anonymous"), ("UPDATE", "anna")]
    assert edge["reviewedAt"] > found["insight"]["substanceAt"]
    await do(service, "revert", {"changeSet": done["changeSet"]})
    edge, _ = await link_of(service, "suspect")
    assert (edge["reviewedAt"], edge["reviewedBy"]) == (None, None)


async def test_reviews_are_done_wholly_or_not_at_all(service: Service, graph: Store) -> None:
    link = await pain(service, "whole")
    before = await standing(graph)
    refused = await do(service, "reviewLinks", {"links": [link, link, link, "nobody"]}, "changeSet reviewed")
    (error,) = refused["userErrors"]
    assert (refused["changeSet"], refused["reviewed"]) == (None, 0)
    assert (list(error["path"]), error["code"]) == (["input", "links", "3"], "NOT_FOUND")
    assert error["message"] == "nobody: there is no such link; leave it out."
    assert await told(service, "reviewLinks", {"links": [link] * 201}) == [("input.links", "INVALID_VALUE")]
    tried = await do(service, "reviewLinks", {"links": [link], "dryRun": True}, "changeSet reviewed changes { action }")
    assert tried == {"changeSet": None, "reviewed": 1, "changes": [{"action": "UPDATE"}], "userErrors": []}
    assert await standing(graph) == before
    given = {"links": [link], "idempotencyKey": "reviewed once"}
    assert await do(service, "reviewLinks", given) == await do(service, "reviewLinks", given)
    assert (await standing(graph))[0] == before[0] + 1


async def test_links_are_reviewed_with_what_else_is_done(service: Service) -> None:
    link = await pain(service, "batch")
    changes = [{"updateInsight": {"key": "batch", "severity": 9}}, {"reviewLinks": {"links": [link]}}]
    await do(service, "applyChanges", {"changes": changes})
    found = (await ask(service, SUSPECT, key="batch"))["insight"]
    assert found["substanceAt"] == found["opportunities"]["edges"][0]["reviewedAt"]
    changes = [{"reviewLinks": {"links": [link]}}, {"reviewLinks": {"links": ["nobody"]}}]
    assert await told(service, "applyChanges", {"changes": changes}) == [
        ("input.changes.1.reviewLinks.links.0", "NOT_FOUND")
    ]


DECIDED = """changeSet entity { __typename key } decision { decisionVerdict reason byRole decidedOn expected }
    waivers { rule reason byRole waivedOn expires } changes { action kind linkType }"""
LATEST = """query($key: String!) { insight(key: $key) { decisions(orderBy: [{by: CREATED_AT}]) {
    nodes { decisionVerdict reason } } } }"""


def about(key: str, kind: str = "INSIGHT") -> dict[str, Any]:
    return {"entity": {"kind": kind, "key": key}, "reason": "Because."}


async def verdicts(service: Service, key: str) -> list[tuple[str, str]]:
    """Return the decisions about an insight, the latest of a day last."""
    nodes = (await ask(service, LATEST, key=key))["insight"]["decisions"]["nodes"]
    return [(node["decisionVerdict"], node["reason"]) for node in nodes]


async def test_nothing_will_be_done_about_an_insight(service: Service) -> None:
    await pain(service, "no")
    given = {
        **about("no"),
        "action": "DECIDED_NO",
        "byRole": "Product board",
        "on": "2026-03-01",
        "expected": "Fewer calls.",
    }
    payload = await do(service, "decide", given, DECIDED)
    assert payload.pop("changeSet")
    assert payload == {
        "entity": {"__typename": "Insight", "key": "no"},
        "decision": {
            "decisionVerdict": "DECIDED_NO",
            "reason": "Because.",
            "byRole": "Product board",
            "decidedOn": "2026-03-01",
            "expected": "Fewer calls.",
        },
        "waivers": [],
        "changes": [
            {"action": "CREATE", "kind": "DECISION", "linkType": None},
            {"action": "CREATE", "kind": None, "linkType": "DECIDES"},
        ],
        "userErrors": [],
    }
    again = await do(service, "decide", {**about("no"), "action": "DECIDED_NO", "on": "2026-03-01"}, DECIDED)
    assert again["changes"] == [{"action": "UPDATE", "kind": "DECISION", "linkType": None}]
    assert again["decision"]["byRole"] is None
    same = await do(service, "decide", {**about("no"), "action": "DECIDED_NO", "on": "2026-03-01"}, DECIDED)
    assert (same["changeSet"], same["decision"]) == (None, again["decision"])


async def test_the_word_of_the_moment_is_the_latest_however_often_it_changes_in_a_day(service: Service) -> None:
    await pain(service, "wavering")
    said = []
    for step, action in enumerate(["DECIDED_NO", "REOPEN", "DECIDED_NO", "DECIDED_NO", "REOPEN", "DECIDED_NO"]):
        given = {**about("wavering"), "action": action, "reason": f"Reason {step}."}
        payload = await do(service, "decide", given, "decision { decisionVerdict reason } entity { id }")
        assert payload["userErrors"] == []
        said.append((payload["decision"]["decisionVerdict"], f"Reason {step}."))
        assert (await verdicts(service, "wavering"))[-1] == said[-1]
        assert await latest(service, payload["entity"]["id"]) == said[-1][0]
    assert await verdicts(service, "wavering") == said[-2:]


async def latest(service: Service, insight: str) -> str:
    """Return the verdict that the thread goes by, as `cypher/trace.cypher` orders them."""
    (found,) = await service.reader.read(
        "MATCH (n:Insight {id: $id})<-[:DECIDES]-(decision) WITH decision "
        "ORDER BY coalesce(decision.decidedOn, date(decision.createdAt)) DESC, decision.createdAt DESC, decision.id "
        "RETURN head(collect(decision.decisionVerdict))",
        {"id": insight},
    )
    return str(found)


async def test_a_changed_mind_can_be_taken_back(service: Service) -> None:
    await pain(service, "taken-back")
    for action in ("DECIDED_NO", "REOPEN"):
        await do(service, "decide", {**about("taken-back"), "action": action, "reason": action})
    given = {**about("taken-back"), "action": "DECIDED_NO", "reason": "Again."}
    done = await do(service, "decide", given)
    assert await verdicts(service, "taken-back") == [("REOPENED", "REOPEN"), ("DECIDED_NO", "Again.")]
    assert (await do(service, "revert", {"changeSet": done["changeSet"]}))["userErrors"] == []
    assert await verdicts(service, "taken-back") == [("DECIDED_NO", "DECIDED_NO"), ("REOPENED", "REOPEN")]


async def test_a_rule_is_waived_and_holds_again(service: Service) -> None:
    rule = {"rule": "KPI_WITHOUT_TARGET"}
    given = {**about("K2", "KPI"), **rule, "action": "WAIVE", "on": "2026-03-01", "expires": "2026-12-31"}
    payload = await do(service, "decide", given, DECIDED)
    waiver = {
        "rule": "KPI_WITHOUT_TARGET",
        "reason": "Because.",
        "byRole": None,
        "waivedOn": "2026-03-01",
        "expires": "2026-12-31",
    }
    assert (payload["entity"]["key"], payload["decision"], payload["waivers"]) == ("K2", None, [waiver])
    reopen = {**about("K2", "KPI"), **rule, "action": "REOPEN"}
    assert await told(service, "decide", {**reopen, "on": "2026-02-28"}) == [("input.rule", "NOT_FOUND")]
    assert await told(service, "decide", {**reopen, "on": "2027-01-01"}) == [("input.rule", "NOT_FOUND")]
    ended = await do(
        service, "decide", {**reopen, "on": "2026-05-01", "byRole": "Board", "reason": "It has one."}, DECIDED
    )
    reason = "Because.\n\nReopened on 2026-05-01 by Board: It has one."
    assert ended["waivers"] == [waiver | {"expires": "2026-04-30", "reason": reason}]
    assert (ended["decision"], ended["changes"]) == (None, [{"action": "UPDATE", "kind": "WAIVER", "linkType": None}])
    assert await told(service, "decide", {**reopen, "on": "2026-05-01"}) == [("input.rule", "NOT_FOUND")]
    anew = await do(service, "decide", {**given, "expires": None}, DECIDED)
    assert anew["waivers"] == [waiver | {"expires": None}]


async def test_a_rule_of_an_insight_holds_again_and_only_its_own_rule_reopens_it(service: Service) -> None:
    await pain(service, "both")
    for rule in ("INSIGHT_WITHOUT_EVIDENCE", "PAIN_WITHOUT_OPPORTUNITY"):
        await do(service, "decide", {**about("both"), "action": "WAIVE", "rule": rule})
    reopen = {**about("both"), "action": "REOPEN", "on": "2099-01-01"}
    selection = "decision { decisionVerdict } waivers { rule expires }"
    evidence = await do(service, "decide", {**reopen, "rule": "INSIGHT_WITHOUT_EVIDENCE"}, selection)
    assert evidence == {
        "decision": None,
        "waivers": [{"rule": "INSIGHT_WITHOUT_EVIDENCE", "expires": "2098-12-31"}],
        "userErrors": [],
    }
    whole = await do(service, "decide", {**reopen, "rule": "PAIN_WITHOUT_OPPORTUNITY"}, selection)
    assert whole == {
        "decision": {"decisionVerdict": "REOPENED"},
        "waivers": [{"rule": "PAIN_WITHOUT_OPPORTUNITY", "expires": "2098-12-31"}],
        "userErrors": [],
    }
    alone = await do(service, "decide", reopen, selection)
    assert (alone["decision"], alone["waivers"]) == ({"decisionVerdict": "REOPENED"}, [])


@pytest.mark.parametrize(
    ("given", "errors"),
    [
        ({**about("R2", "OPPORTUNITY"), "action": "DECIDED_NO"}, [("input.action", "INVALID_VALUE")]),
        ({**about("F1a"), "action": "DECIDED_NO", "reason": " \n"}, [("input.reason", "REQUIRED")]),
        ({**about("F1a"), "action": "DECIDED_NO", "rule": "ASSUMPTION_OLD"}, [("input.rule", "CONFLICTING")]),
        ({**about("F1a"), "action": "DECIDED_NO", "expires": "2027-01-01"}, [("input.expires", "CONFLICTING")]),
        ({**about("nobody"), "action": "DECIDED_NO"}, [("input.entity", "NOT_FOUND")]),
        ({**about("F1a"), "action": "DECIDED_NO", "byRole": "x" * 2_000}, [("input.byRole", "INVALID_VALUE")]),
        ({**about("R2", "OPPORTUNITY"), "action": "REOPEN"}, [("input.rule", "REQUIRED")]),
        ({**about("no", "KPI"), "action": "REOPEN", "rule": "KPI_STALE"}, [("input.entity", "NOT_FOUND")]),
        (
            {**about("R2", "OPPORTUNITY"), "action": "WAIVE", "reason": "", "expected": "More."},
            [("input.reason", "REQUIRED"), ("input.rule", "REQUIRED")],
        ),
        ({**about("K2", "KPI"), "action": "WAIVE", "rule": "GOAL_WITHOUT_KPI"}, [("input.rule", "INVALID_VALUE")]),
        ({**about("no", "KPI"), "action": "WAIVE", "rule": "KPI_STALE"}, [("input.entity", "NOT_FOUND")]),
        (
            {**about("K2", "KPI"), "action": "WAIVE", "rule": "KPI_STALE", "on": "2026-05-01", "expires": "2026-04-30"},
            [("input.expires", "INVALID_VALUE")],
        ),
        (
            {**about("K2", "KPI"), "action": "WAIVE", "rule": "KPI_STALE", "expected": "More."},
            [("input.expected", "CONFLICTING")],
        ),
        ({"entity": {"key": "F1a"}, "reason": "x", "action": "REOPEN"}, [("input.entity.kind", "REQUIRED")]),
        ({"entity": {"id": "nobody"}, "reason": "x", "action": "REOPEN"}, [("input.entity.id", "NOT_FOUND")]),
    ],
)
async def test_what_cannot_be_decided_is_told_and_nothing_is(
    service: Service, graph: Store, given: dict[str, Any], errors: list[tuple[str, str]]
) -> None:
    before = await standing(graph)
    assert sorted(await told(service, "decide", given)) == errors
    assert await standing(graph) == before


async def test_a_decision_may_be_tried_repeated_and_made_with_what_it_is_about(service: Service, graph: Store) -> None:
    await pain(service, "tried")
    before = await standing(graph)
    given = {**about("tried"), "action": "DECIDED_NO"}
    tried = await do(service, "decide", {**given, "dryRun": True}, "changeSet decision { decisionVerdict }")
    assert (tried["changeSet"], tried["decision"]) == (None, {"decisionVerdict": "DECIDED_NO"})
    assert await standing(graph) == before
    once = {**given, "idempotencyKey": "decided once"}
    first = await do(service, "decide", once, "changeSet decision { id }")
    assert await do(service, "decide", once, "changeSet decision { id }") == first
    decided = {"entity": {"temporary": "new"}, "action": "DECIDED_NO", "reason": "Too small."}
    changes = [
        {"createInsight": {"temporary": "new", "name": "Decided at once", "type": "PAIN"}},
        {"decide": decided},
        {"decide": {**about("tried"), "action": "WAIVE", "rule": "ASSUMPTION_OLD"}},
    ]
    await do(service, "applyChanges", {"changes": changes})
    assert await verdicts(service, "decided-at-once") == [("DECIDED_NO", "Too small.")]
    decided["reason"] = " "
    assert await told(service, "applyChanges", {"changes": changes}) == [("input.changes.1.decide.reason", "REQUIRED")]
