"""A service that must be shown tokens: who is let in where, what they may do, under which name it is recorded."""

import asyncio
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from follower import FOLLOW, opened
from websockets.exceptions import InvalidStatus

from graph_api.model.roles import Role
from graph_api.questions.changes import cursor
from graph_api.store import tokens
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from graph_api.web.access.credential import mint
from graph_api.web.access.refusal import REFUSED
from tests.cli.commands import Commands, Service

SMALL = "{ goals { totalCount } }"
CREATE = 'mutation { createGoal(input: {name: "Grow"}) { goal { key createdBy } userErrors { code } } }'
MISSING = "Send a token: `Authorization: Bearer …`."
CHALLENGE = 'Bearer realm="graph_api"'


def error(message: str, code: str) -> dict[str, Any]:
    return {"errors": [{"message": message, "extensions": {"code": code}}]}


@dataclass
class Guarded:
    """A service with tokens for each role."""

    service: Service
    address: str
    viewer: str
    editor: str

    def ask(self, query: str, token: str | None, **headers: str) -> httpx.Response:
        shown = {"authorization": f"Bearer {token}"} if token else {}
        return httpx.post(f"{self.address}/graphql", json={"query": query}, headers=shown | headers, timeout=60)


@pytest.fixture(scope="module")
async def prepared(graph: Store) -> Store:
    await prepare(graph)
    return graph


@pytest.fixture(scope="module")
def commands(prepared: Store) -> Commands:
    return Commands(prepared.endpoint)


@pytest.fixture(scope="module")
def guarded(commands: Commands) -> Iterator[Guarded]:
    made = [
        json.loads(commands.run("token", "create", name, "--role", role, "--json").out)["token"]
        for name, role in (("reader", "viewer"), ("planner", "editor"))
    ]
    with commands.serving("serve", "--port", "0", AUTHENTICATION="token", LOG_FORMAT="json") as service:
        address = service.wait_for("Serving at ").removesuffix("/graphql")
        service.wait_for("Ready.")
        yield Guarded(service, address, *made)


def altered(token: str) -> str:
    """Return a token of the same id with another secret."""
    return token[:-1] + ("a" if token[-1] != "a" else "b")


def test_without_a_token_nothing_is_answered_and_the_way_in_is_told(guarded: Guarded) -> None:
    for query in (SMALL, CREATE, "{ __typename }", "{", "{ nonsense }"):
        response = guarded.ask(query, None)
        assert (response.status_code, response.json()) == (401, error(MISSING, "UNAUTHENTICATED"))
        assert response.headers["www-authenticate"] == CHALLENGE


def test_of_a_token_that_is_wrong_nobody_learns_what_is_wrong_with_it(guarded: Guarded) -> None:
    answers = []
    for token in (altered(guarded.viewer), mint()[0], "gapi_short", "a.b.c", "x"):
        response = guarded.ask(SMALL, token)
        told = {name: value for name, value in response.headers.items() if name not in {"x-request-id", "date"}}
        answers.append((response.status_code, told, response.json()))
    assert answers == [answers[0]] * len(answers)
    assert (answers[0][0], answers[0][2]) == (401, error(REFUSED, "UNAUTHENTICATED"))
    assert answers[0][1]["www-authenticate"] == CHALLENGE


@pytest.mark.parametrize("header", ["Basic YTpi", "Bearer", "Bearer a b", "gapi_x", "Bearer ü"])
def test_what_is_no_bearer_token_is_told_how_to_be_one(guarded: Guarded, header: str) -> None:
    answer = httpx.post(
        f"{guarded.address}/graphql", json={"query": SMALL}, headers=[(b"authorization", header.encode())]
    )
    ((told,),) = answer.json().values()
    assert (answer.status_code, told["extensions"]) == (401, {"code": "UNAUTHENTICATED"})
    assert told["message"].endswith("`Authorization: Bearer …`.")


def test_a_viewer_may_ask_and_not_change(guarded: Guarded) -> None:
    assert "errors" not in guarded.ask(SMALL, guarded.viewer).json()
    before = guarded.ask(SMALL, guarded.viewer).json()
    response = guarded.ask(CREATE, guarded.viewer)
    message = (
        "A VIEWER may not send a mutation: that needs the permission CHANGE."
        " Ask whoever runs this service for another role."
    )
    assert (response.status_code, response.json()) == (403, error(message, "FORBIDDEN"))
    assert guarded.ask(SMALL, guarded.viewer).json() == before


async def test_the_history_names_the_token_and_not_who_its_client_says_to_be(guarded: Guarded, prepared: Store) -> None:
    response = await asyncio.to_thread(guarded.ask, CREATE, guarded.editor, **{"x-actor": "the chief"})
    assert response.json()["data"]["createGoal"]["goal"]["createdBy"] == "token:planner"
    rows = await prepared.run("MATCH (c:Change) RETURN DISTINCT c.actor AS actor")
    assert [row["actor"] for row in rows] == ["token:planner"]


def test_the_log_names_the_token_and_never_shows_it(guarded: Guarded) -> None:
    guarded.ask("query Mine { goals { totalCount } }", guarded.viewer)
    guarded.service.wait_for('"operationName":"Mine"')
    (line,) = [line for line in guarded.service.said.splitlines() if '"operationName":"Mine"' in line]
    assert (json.loads(line)["actor"], json.loads(line)["role"]) == ("token:reader", "VIEWER")
    for token in (guarded.viewer, guarded.editor):
        assert token.rpartition("_")[2] not in guarded.service.said


@pytest.mark.parametrize("path", ["/schema.graphql", "/metrics"])
def test_the_schema_and_the_metrics_are_for_those_who_may_read(guarded: Guarded, path: str) -> None:
    def status(token: str | None) -> tuple[int, str | None]:
        shown = {"authorization": f"Bearer {token}"} if token else {}
        response = httpx.get(f"{guarded.address}{path}", headers=shown)
        return response.status_code, response.headers.get("www-authenticate")

    assert [status(token) for token in (None, altered(guarded.viewer))] == [(401, CHALLENGE)] * 2
    assert status(guarded.viewer) == (200, None)


def test_health_and_the_page_for_browsers_need_no_token(guarded: Guarded) -> None:
    for path in ("/healthz", "/readyz", "/assets/graphiql/LICENCES.txt"):
        assert httpx.get(f"{guarded.address}{path}").status_code == 200
    page = httpx.get(f"{guarded.address}/graphql", headers={"accept": "text/html"})
    assert (page.status_code, "<title>GraphiQL" in page.text) == (200, True)
    assert "token" not in re.sub(r"<script.*?</script>", "", page.text, flags=re.DOTALL).lower()


@pytest.mark.parametrize("way", ["message", "header"])
async def test_a_change_is_followed_with_a_token_and_made_with_its_name(guarded: Guarded, way: str) -> None:
    shown = {"authorization": f"Bearer {guarded.editor}"}
    options: dict[str, Any] = {"additional_headers": shown} if way == "header" else {}
    async with opened(guarded.address, begun=False, **options) as socket:
        await socket.send({"type": "connection_init", "payload": shown if way == "message" else {}})
        assert await socket.receive() == {"type": "connection_ack"}
        await socket.subscribe(CREATE)
        assert (await socket.receive())["payload"]["data"]["createGoal"]["goal"]["createdBy"] == "token:planner"


async def test_without_a_good_token_there_is_no_conversation(guarded: Guarded) -> None:
    for shown, reason in ((None, MISSING), (altered(guarded.viewer), REFUSED)):
        payload = {"authorization": f"Bearer {shown}"} if shown else {}
        async with opened(guarded.address, begun=False) as socket:
            await socket.send({"type": "connection_init", "payload": payload})
            code, told = await socket.closed()
        assert (code, told) == (4403, f"Forbidden: {reason}"[:123])
    with pytest.raises(InvalidStatus) as refused:
        async with opened(guarded.address, additional_headers={"authorization": f"Bearer {altered(guarded.viewer)}"}):
            raise AssertionError
    assert refused.value.response.status_code == 401


async def test_a_viewer_may_follow_and_not_change(guarded: Guarded, prepared: Store) -> None:
    (last,) = await prepared.read("MATCH (g:Graph) RETURN g.seq")
    async with opened(guarded.address, begun=False) as socket:
        await socket.send({"type": "connection_init", "payload": {"authorization": f"Bearer {guarded.viewer}"}})
        assert await socket.receive() == {"type": "connection_ack"}
        await socket.subscribe(FOLLOW, "follow", after=cursor(last))
        await socket.subscribe(CREATE, "change")
        refused = await socket.receive()
        assert (refused["id"], refused["type"]) == ("change", "error")
        assert refused["payload"][0]["extensions"] == {"code": "FORBIDDEN"}
        await asyncio.to_thread(guarded.ask, CREATE, guarded.editor)
        while (told := await socket.receive())["id"] != "follow":
            pass
        assert told["payload"]["data"]["changes"]["change"]["action"] == "CREATE"


async def made(store: Store, name: str, expires: datetime | None) -> str:
    text, credential = mint()
    one = tokens.ApiToken(credential.id, name, Role.VIEWER, datetime.now(UTC), "ann", expires, credential.hash)
    await tokens.create(store, one)
    return text


async def test_a_subscription_ends_when_its_token_expires(guarded: Guarded, prepared: Store) -> None:
    token = await made(prepared, "short", datetime.now(UTC) + timedelta(seconds=3))
    async with opened(guarded.address, begun=False) as socket:
        await socket.send({"type": "connection_init", "payload": {"authorization": f"Bearer {token}"}})
        assert await socket.receive() == {"type": "connection_ack"}
        await socket.subscribe()
        code, reason = await socket.closed()
    assert (code, reason) == (4403, f"Forbidden: {REFUSED}")
    assert (await asyncio.to_thread(guarded.ask, SMALL, token)).status_code == 401


async def test_a_subscription_ends_when_its_token_is_revoked(
    guarded: Guarded, prepared: Store, commands: Commands
) -> None:
    token = await made(prepared, "lost", None)
    async with opened(guarded.address, begun=False) as socket:
        await socket.send({"type": "connection_init", "payload": {"authorization": f"Bearer {token}"}})
        assert await socket.receive() == {"type": "connection_ack"}
        await socket.subscribe()
        revoked = await asyncio.to_thread(commands.run, "token", "revoke", "lost")
        assert revoked.status == 0
        code, reason = await socket.closed()  # it is believed for ten seconds
    assert (code, reason) == (4403, f"Forbidden: {REFUSED}")
