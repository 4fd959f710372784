"""Who may take which change set back: an EDITOR those of their own, an ADMIN any."""

from typing import Any

import pytest
from graphql import ExecutionResult

from graph_api.model.roles import Role
from graph_api.schema.changer import Caller
from graph_api.schema.service import Service, build_service
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare

CREATE = "mutation($name: String!) { createGoal(input: {name: $name}) { changeSet goal { key } } }"
REVERT = """
mutation($input: RevertInput!) { revert(input: $input) { changeSet changes { actor reverts } userErrors { code } } }
"""


@pytest.fixture(scope="module")
async def service(graph: Store) -> Service:
    await prepare(graph)
    return build_service(graph)


def by(service: Service, actor: str, role: Role) -> Service:
    return service.called_by(Caller(actor=actor, role=role))


async def made(service: Service, name: str) -> tuple[str, str]:
    """Make a goal, and return its change set and its key."""
    result = await service.ask(CREATE, {"name": name})
    payload = result.data["createGoal"]
    return payload["changeSet"], payload["goal"]["key"]


async def take_back(service: Service, change_set: str, **control: Any) -> ExecutionResult:
    result = await service.ask(REVERT, {"input": {"changeSet": change_set, **control}})
    assert isinstance(result, ExecutionResult)
    return result


async def standing(store: Store) -> list[int]:
    return await store.read("MATCH (g:Graph) RETURN g.revision, g.seq, COUNT { MATCH (:Goal) }")


async def test_an_editor_takes_back_what_they_did_themselves(service: Service) -> None:
    ann = by(service, "token:ann", Role.EDITOR)
    change_set, _ = await made(ann, "Grow")
    taken = await take_back(ann, change_set)
    assert taken.errors is None
    assert taken.data
    assert taken.data["revert"]["changes"] == [{"actor": "token:ann", "reverts": change_set}]


@pytest.mark.parametrize("control", [{}, {"dryRun": True}, {"idempotencyKey": "monday"}])
async def test_an_editor_does_not_take_back_what_somebody_else_did_and_nothing_is_written(
    service: Service, graph: Store, control: dict[str, Any]
) -> None:
    change_set, key = await made(by(service, "token:ann", Role.EDITOR), "Shrink")
    before = await standing(graph)
    refused = await take_back(by(service, "token:ben", Role.EDITOR), change_set, **control)
    assert refused.data == {"revert": None}
    assert refused.errors
    (error,) = refused.errors
    assert (error.path, (error.extensions or {})["code"]) == (["revert"], "FORBIDDEN")
    assert error.message.startswith("Somebody else made this change set, and you may take back your own only")
    assert await standing(graph) == before
    found = await service.ask("query($key: String) { goal(key: $key) { key } }", {"key": key})
    assert found.data == {"goal": {"key": key}}


async def test_an_editor_does_not_take_back_that_an_admin_took_something_back(service: Service) -> None:
    ann, root = by(service, "token:ann", Role.EDITOR), by(service, "token:root", Role.ADMIN)
    change_set, _ = await made(ann, "Return")
    taken = await take_back(root, change_set)
    assert taken.data
    refused = await take_back(ann, taken.data["revert"]["changeSet"])
    assert refused.errors
    (error,) = refused.errors
    assert (error.extensions or {})["code"] == "FORBIDDEN"


async def test_an_admin_takes_back_what_anybody_did(service: Service) -> None:
    change_set, _ = await made(by(service, "token:ann", Role.EDITOR), "Expand")
    taken = await take_back(by(service, "token:root", Role.ADMIN), change_set)
    assert taken.errors is None
    assert taken.data
    assert taken.data["revert"]["changes"] == [{"actor": "token:root", "reverts": change_set}]


async def test_a_change_set_that_is_not_there_is_nobodys(service: Service) -> None:
    missed = await take_back(by(service, "token:ann", Role.EDITOR), "nothing")
    assert missed.data
    assert missed.data["revert"]["userErrors"] == [{"code": "NOT_FOUND"}]
