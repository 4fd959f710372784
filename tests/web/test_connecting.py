"""Who may connect by WebSocket and how often, how they say who they are, and how long a connection is theirs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, suppress
from typing import Any

import pytest
from follower import is_alive, nothing_is_left, opened, operation, upgrade
from sample import SECRET, make_app
from websockets.exceptions import InvalidStatus

from graph_api.errors import ForbiddenError, ServiceUnavailableError, UnauthenticatedError
from graph_api.model.roles import Role
from graph_api.settings import Limits
from graph_api.web import conversation
from graph_api.web.access.identity import Identity
from tests.served import served

SILENCE = "subscription { silence }"


@pytest.fixture(scope="module")
async def address() -> AsyncIterator[str]:
    async with served(make_app()) as address:
        yield address


class Doorkeeper:
    """Lets in who shows what is on its list, for as long as it is there."""

    def __init__(self) -> None:
        self.known: dict[str | None, Identity | Exception] = {"Bearer good": Identity("ann", Role.VIEWER)}

    async def identify(self, authorization: str | None, actor: str | None = None) -> Identity:  # noqa: ARG002
        found = self.known.get(authorization, UnauthenticatedError("Show a token that is good."))
        if isinstance(found, Exception):
            raise found
        return found


@pytest.fixture
def doorkeeper() -> Doorkeeper:
    return Doorkeeper()


@pytest.fixture
async def guarded(doorkeeper: Doorkeeper) -> AsyncIterator[str]:
    async with served(make_app(authenticator=doorkeeper)) as address:
        yield address


@pytest.mark.parametrize("name", ["authorization", "Authorization"])
async def test_who_one_is_can_be_said_in_the_first_message(guarded: str, name: str) -> None:
    async with opened(guarded, begun=False) as socket:
        await socket.send({"type": "connection_init", "payload": {name: "Bearer good"}})
        assert await socket.receive() == {"type": "connection_ack"}
        await socket.send(operation("{ context }"))
        assert (await socket.receive())["payload"] == {"data": {"context": "hello ann"}}


async def test_or_in_the_header_of_the_request_that_opens_the_connection(guarded: str) -> None:
    async with opened(guarded, additional_headers={"Authorization": "Bearer good"}) as socket:
        await socket.send(operation("{ context }"))
        assert (await socket.receive())["payload"] == {"data": {"context": "hello ann"}}


async def test_the_first_message_has_the_last_word(guarded: str) -> None:
    async with opened(guarded, begun=False, additional_headers={"Authorization": "Bearer good"}) as socket:
        await socket.send({"type": "connection_init", "payload": {"authorization": "Bearer bad"}})
        assert await socket.closed() == (4403, "Forbidden: Show a token that is good.")


@pytest.mark.parametrize("payload", [None, {}, {"authorization": "Bearer bad"}, {"authorization": ""}])
async def test_without_a_good_token_the_connection_is_closed(guarded: str, payload: object) -> None:
    async with opened(guarded, begun=False) as socket:
        await socket.send({"type": "connection_init", "payload": payload})
        assert await socket.closed() == (4403, "Forbidden: Show a token that is good.")


async def test_a_bad_token_in_the_header_gets_no_connection(guarded: str) -> None:
    refused = await upgrade(guarded, Authorization="Bearer bad")
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, 'Bearer realm="graph_api"')
    error = {"message": "Show a token that is good.", "extensions": {"code": "UNAUTHENTICATED"}}
    assert refused.json() == {"errors": [error]}


async def test_who_may_not_enter_is_told_so(guarded: str, doorkeeper: Doorkeeper) -> None:
    doorkeeper.known["Bearer stranger"] = ForbiddenError("You have no role here.")
    async with opened(guarded, begun=False) as socket:
        await socket.send({"type": "connection_init", "payload": {"authorization": "Bearer stranger"}})
        assert await socket.closed() == (4403, "Forbidden: You have no role here.")


async def test_where_it_cannot_be_told_who_it_is_the_client_may_come_back(guarded: str, doorkeeper: Doorkeeper) -> None:
    class InsideError(ServiceUnavailableError):
        outside = "Try again shortly."

    doorkeeper.known["Bearer good"] = InsideError("bolt://10.0.0.7 refuses the password of neo4j.")
    async with opened(guarded, begun=False) as socket:
        await socket.send({"type": "connection_init", "payload": {"authorization": "Bearer good"}})
        assert await socket.closed() == (1013, "Try again shortly.")


async def test_a_fault_of_ours_closes_the_connection_and_says_nothing_of_itself(
    guarded: str, doorkeeper: Doorkeeper, caplog: pytest.LogCaptureFixture
) -> None:
    doorkeeper.known["Bearer good"] = ValueError(SECRET)
    async with opened(guarded, begun=False) as socket:
        await socket.send({"type": "connection_init", "payload": {"authorization": "Bearer good"}})
        assert await socket.closed() == (4500, "Internal server error")
    assert [str(record.exc_info[1]) for record in caplog.records if record.exc_info] == [SECRET]


async def test_a_subscription_ends_when_the_token_is_taken_away(
    guarded: str, doorkeeper: Doorkeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversation, "LOOK", 0.02)
    async with opened(guarded, begun=False) as socket:
        await socket.send({"type": "connection_init", "payload": {"authorization": "Bearer good"}})
        assert await socket.receive() == {"type": "connection_ack"}
        await socket.send(operation(SILENCE))
        await is_alive(socket)
        doorkeeper.known["Bearer good"] = ServiceUnavailableError("Nobody knows.")
        await asyncio.sleep(0.1)
        await is_alive(socket)  # what was believed is believed a moment longer
        del doorkeeper.known["Bearer good"]
        assert await socket.closed() == (4403, "Forbidden: Show a token that is good.")
    await nothing_is_left()


async def test_a_subscription_ends_at_the_moment_that_its_token_does(
    guarded: str, doorkeeper: Doorkeeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1_000.0
    monkeypatch.setattr("graph_api.web.conversation.time.time", lambda: now)
    doorkeeper.known["Bearer good"] = Identity("ann", Role.VIEWER, expires=now + 0.1)
    async with opened(guarded, begun=False) as socket:
        await socket.send({"type": "connection_init", "payload": {"authorization": "Bearer good"}})
        assert await socket.receive() == {"type": "connection_ack"}
        await socket.send(operation(SILENCE))
        await is_alive(socket)
        now += 1
        # Also where nobody can say so at that moment.
        doorkeeper.known["Bearer good"] = ServiceUnavailableError("Nobody knows.")
        assert await socket.closed() == (1013, "Nobody knows.")


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({"Origin": "https://example.org"}, 403, "FORBIDDEN"),
        ({"Origin": "null"}, 403, "FORBIDDEN"),
        ({"Origin": "http://localhost:1"}, 403, "FORBIDDEN"),
        ({"Sec-Fetch-Site": "cross-site"}, 403, "FORBIDDEN"),
        ({"Host": "example.org", "Origin": "http://example.org"}, 400, "BAD_USER_INPUT"),
        ({"Host": "example.org"}, 400, "BAD_USER_INPUT"),
    ],
)
async def test_a_page_of_another_origin_cannot_connect(
    address: str, headers: dict[str, str], status: int, code: str
) -> None:
    answer = await upgrade(address, **headers)
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]) == (status, {"code": code})


async def test_the_own_page_can_connect(address: str) -> None:
    async with opened(address, origin=address) as socket:
        await is_alive(socket)


async def test_a_page_of_an_origin_that_is_allowed_can_connect() -> None:
    app = make_app(origins=["https://tool.example"])
    async with served(app) as address, opened(address, origin="https://tool.example") as socket:
        await is_alive(socket)


async def test_elsewhere_there_is_nothing_to_connect_to(address: str) -> None:
    with pytest.raises(InvalidStatus):
        async with opened(f"{address}/elsewhere"):
            raise AssertionError


async def test_of_more_connections_than_may_be_the_last_is_refused_until_another_closes() -> None:
    async with served(make_app(limits=Limits(connections=2))) as address, AsyncExitStack() as open_:
        first = await open_.enter_async_context(opened(address))
        await open_.enter_async_context(opened(address))
        refused = await upgrade(address)
        message = "This client has 2 connections open, as many as it may (LIMIT_CONNECTIONS). Close one first."
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "5")
        assert refused.json() == {"errors": [{"message": message, "extensions": {"code": "RATE_LIMITED"}}]}
        await first.connection.close()
        await until_admitted(address)


async def test_connections_that_are_opened_at_the_same_moment_are_counted_too() -> None:
    class Slow:
        async def identify(self, authorization: str | None, actor: str | None = None) -> Identity:  # noqa: ARG002
            await asyncio.sleep(0.05)
            return Identity("ann", Role.VIEWER)

    limits = Limits(connections=3)
    async with served(make_app(limits=limits, authenticator=Slow())) as address, AsyncExitStack() as open_:
        options: dict[str, Any] = {"additional_headers": {"Authorization": "Bearer x"}}
        opening = [open_.enter_async_context(opened(address, **options)) for _ in range(8)]
        came = await asyncio.gather(*opening, return_exceptions=True)
        refused = [each.response.status_code for each in came if isinstance(each, InvalidStatus)]
    assert (refused, len(came) - len(refused)) == ([429] * 5, 3)


async def until_admitted(address: str) -> None:
    async with asyncio.timeout(30):
        while True:
            with suppress(InvalidStatus):
                async with opened(address):
                    return
            await asyncio.sleep(0.02)
