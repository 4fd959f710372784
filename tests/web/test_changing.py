"""Changes over HTTP: who makes them and under which key is said in headers; only POST makes any."""

from collections.abc import AsyncIterator
from http import HTTPStatus

import httpx
import pytest

from graph_api.schema.service import build_service
from graph_api.settings import Limits
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from graph_api.web.access.bearer import Anyone
from graph_api.web.app import create_app
from graph_api.web.entry import Entry
from graph_api.web.health import Readiness
from graph_api.web.rates import Rates

CREATE = 'mutation { createGoal(input: {name: "Grow"}) { goal { key createdBy } userErrors { code } } }'


@pytest.fixture(scope="module")
async def client(graph: Store) -> AsyncIterator[httpx.AsyncClient]:
    async def ready() -> Readiness:
        return Readiness(ok=True, detail="")

    await prepare(graph)
    service = build_service(graph)
    entry = Entry(Anyone(), proved=False, limits=Limits(), rates=Rates("off"))
    app = create_app(service, entry=entry, ready=ready)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
        yield client


async def test_the_headers_say_who_it_is_and_make_it_safe_to_repeat(client: httpx.AsyncClient) -> None:
    headers = {"X-Actor": "anna", "Idempotency-Key": "monday"}
    first = await client.post("/graphql", json={"query": CREATE}, headers=headers)
    assert first.json() == {"data": {"createGoal": {"goal": {"key": "grow", "createdBy": "anna"}, "userErrors": []}}}
    assert (await client.post("/graphql", json={"query": CREATE}, headers=headers)).json() == first.json()
    without = await client.post("/graphql", json={"query": CREATE})
    assert without.json()["data"]["createGoal"]["goal"] == {"key": "grow-2", "createdBy": "anonymous"}


async def test_a_key_that_was_used_for_another_request_is_refused(client: httpx.AsyncClient) -> None:
    headers = {"Idempotency-Key": "tuesday"}
    await client.post("/graphql", json={"query": CREATE}, headers=headers)
    other = await client.post("/graphql", json={"query": CREATE.replace("Grow", "Shrink")}, headers=headers)
    assert other.json()["data"]["createGoal"] == {"goal": None, "userErrors": [{"code": "CONFLICT"}]}


async def test_a_get_request_changes_nothing(client: httpx.AsyncClient) -> None:
    before = (await client.post("/graphql", json={"query": "{ goals { totalCount } }"})).json()
    refused = await client.get("/graphql", params={"query": CREATE})
    assert refused.status_code in {HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.BAD_REQUEST}
    assert (await client.post("/graphql", json={"query": "{ goals { totalCount } }"})).json() == before


async def test_an_input_that_is_not_as_the_schema_has_it_is_an_error_of_the_request(client: httpx.AsyncClient) -> None:
    wrong = CREATE.replace('name: "Grow"', 'nome: "Grow"')
    answer = (await client.post("/graphql", json={"query": wrong})).json()
    assert "nome" in answer["errors"][0]["message"]
