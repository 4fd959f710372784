"""The way in: what those who are refused cost, where they are counted, and that others do not suffer for them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from sample import Sample, make_app

from graph_api.model.roles import Role
from graph_api.settings import Limits
from graph_api.store import tokens
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from graph_api.store.statements import load
from graph_api.web import rates
from graph_api.web.access.bearer import Bearer
from graph_api.web.access.credential import mint
from graph_api.web.access.tokens import BELIEVED, ApiTokens
from graph_api.web.rates import client_of
from tests.issuer import Clock

NAME = {"query": '{ opportunity(key: "R2") { name } }'}


@pytest.fixture(scope="module")
async def ready(graph: Store) -> Store:
    await prepare(graph)
    return graph


@pytest.fixture
async def known(ready: Store) -> str:
    """Return a token that is good."""
    async with ready.transaction() as tx:
        await tx.run("MATCH (t:ApiToken) DELETE t")
    text, credential = mint()
    now = datetime.now(UTC)
    await tokens.create(ready, tokens.ApiToken(credential.id, "ci", Role.VIEWER, now, "ada", None, credential.hash))
    return text


@asynccontextmanager
async def guarded(store: Store, requests: str, clock: Clock | None = None) -> AsyncIterator[httpx.AsyncClient]:
    """Yield a client of a service that wants API tokens."""
    limits = Limits(requests=requests)
    known = ApiTokens(lambda: store, monotonic=(clock or Clock()).now)
    app = make_app(service=Sample(limits=limits), limits=limits, authenticator=Bearer(known, None))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as http:
        yield http


async def ask(http: httpx.AsyncClient, token: str | None) -> int:
    shown = {"authorization": f"Bearer {token}"} if token else {}
    return (await http.post("/graphql", json=NAME, headers=shown)).status_code


async def counted(http: httpx.AsyncClient, token: str) -> dict[str, float]:
    """Return the counts of refusals as `/metrics` has them: by what was shown, and `limited`."""
    text = (await http.get("/metrics", headers={"authorization": f"Bearer {token}"})).text
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    refused = {each.labels["method"]: each.value for each in samples if "authentication_failures" in each.name}
    (limited,) = [each.value for each in samples if each.name == "graph_api_rate_limited_total"]
    return {**refused, "limited": limited}


@pytest.mark.parametrize("at_once", [False, True])
async def test_who_guesses_tokens_costs_no_more_statements_than_requests_are_allowed(
    ready: Store, known: str, *, at_once: bool
) -> None:
    asked: list[str] = []
    clock = Clock()
    async with guarded(ready, "5/day", clock) as http:
        assert await ask(http, known) == 200
        ready.on_statement = lambda text, _: asked.append(text)
        try:
            guesses = [ask(http, mint()[0]) for _ in range(50)]
            told = await asyncio.gather(*guesses) if at_once else [await each for each in guesses]
        finally:
            ready.on_statement = None
        looks = [text for text in asked if text == load("tokens/by_id").text]
        assert (len(looks), sorted(told)) == (5, [401] * 5 + [429] * 45)
        # Who was known before goes on, also when Neo4j has to be asked for the token again.
        clock.advance(BELIEVED)
        assert await ask(http, known) == 200
        assert await counted(http, known) == {"token": 5, "oidc": 0, "none": 0, "limited": 45}


async def test_refusals_are_counted_by_what_was_shown(ready: Store, known: str) -> None:
    async with guarded(ready, "6000/minute") as http:
        for token in (None, "x", "gapi_short", mint()[0], "a.b.c"):
            assert await ask(http, token) == 401
        assert await counted(http, known) == {"token": 2, "oidc": 1, "none": 2, "limited": 0}


async def test_one_request_too_many_is_counted(ready: Store, known: str) -> None:
    async with guarded(ready, "2/day") as http:
        assert [await ask(http, known) for _ in range(3)] == [200, 200, 429]
        assert (await http.get("/schema.graphql")).status_code == 401
        text, credential = mint()
        other = tokens.ApiToken(credential.id, "other", Role.VIEWER, datetime.now(UTC), "ada", None, credential.hash)
        await tokens.create(ready, other)
        assert await counted(http, text) == {"token": 0, "oidc": 0, "none": 1, "limited": 1}


def test_so_many_addresses_are_remembered_and_no_more() -> None:
    assert [client_of(each) for each in ("192.0.2.1", "2001:db8::1", "2001:db8::2", None)] == [
        "192.0.2.1",
        "2001:db8::/64",
        "2001:db8::/64",
        "unknown",
    ]
    assert client_of.cache_info().maxsize == rates.ADDRESSES
