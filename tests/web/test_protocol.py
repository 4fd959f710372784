"""graphql-transport-ws, word by word: each message, each code that closes a connection, and what is left behind."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from follower import PROTOCOL, is_alive, nothing_is_left, opened, operation
from sample import NOTED, SECRET, Sample, Seen, make_app

from graph_api.compile.admission import Executed
from graph_api.schema.documents import Chosen
from graph_api.settings import Limits
from graph_api.web import conversation
from tests.served import served

COUNT = "subscription { count }"
SILENCE = "subscription { silence }"
WAIT = "{ wait(seconds: 600) }"


@pytest.fixture(scope="module")
async def address() -> AsyncIterator[str]:
    async with served(make_app()) as address:
        yield address


TYPE = "A message must have a `type` of the protocol graphql-transport-ws"
JSON = "WebSocket message must be valid JSON"
WRONG: tuple[object, ...] = (7, "x", [], True)
NONSENSE: tuple[tuple[object, str], ...] = (
    ("", JSON),
    ("{", JSON),
    ("NaN", JSON),
    ("[" * 5_000, JSON),
    ("9" * 5_000, JSON),
    (r'{"type": "ping", "payload": {"half": "\ud83d"}}', JSON),
    (b"{}", "WebSocket message type must be text"),
    (b'{"type": "ping"}', "WebSocket message type must be text"),
    (7, "A message must be a JSON object"),
    ([], "A message must be a JSON object"),
    ({}, TYPE),
    ({"type": 7}, TYPE),
    ({"type": None}, TYPE),
    ({"type": "x" * 500}, TYPE),
    ({"type": "connection_ack"}, TYPE),
    ({"type": "next", "id": "1", "payload": {}}, TYPE),
    ({"type": "error", "id": "1", "payload": []}, TYPE),
    ({"type": "start", "id": "1", "payload": {"query": COUNT}}, TYPE),
    *(
        (
            {"type": kind, "payload": payload},
            f"Invalid message of type {kind}: `payload` is missing or of another JSON type",
        )
        for kind in ("connection_init", "ping", "pong")
        for payload in WRONG
    ),
    ({"type": "complete"}, "Invalid message of type complete: `id` is missing or of another JSON type"),
    ({"type": "complete", "id": []}, "Invalid message of type complete: `id` is missing or of another JSON type"),
    ({"type": "complete", "id": ""}, "Invalid message of type complete: `id` must not be empty"),
    (operation(COUNT, ""), "Invalid message of type subscribe: `id` must not be empty"),
    *(
        (message, f"Invalid message of type subscribe: `{member}` is missing or of another JSON type")
        for message, member in (
            ({"type": "subscribe", "id": "1"}, "payload"),
            ({"type": "subscribe", "id": "1", "payload": None}, "payload"),
            ({"type": "subscribe", "id": "1", "payload": COUNT}, "payload"),
            ({"type": "subscribe", "id": 1, "payload": {"query": COUNT}}, "id"),
            ({"type": "subscribe", "payload": {"query": COUNT}}, "id"),
            ({"type": "subscribe", "id": "1", "payload": {}}, "query"),
            ({"type": "subscribe", "id": "1", "payload": {"query": None}}, "query"),
            (operation(COUNT, variables=[]), "variables"),
            (operation(COUNT, operationName=1), "operationName"),
            (operation(COUNT, extensions="x"), "extensions"),
        )
    ),
)


@pytest.mark.parametrize(("message", "reason"), NONSENSE, ids=lambda value: str(value)[:40])
@pytest.mark.parametrize("begun", [True, False])
async def test_a_malformed_message_closes_the_connection_and_says_why(
    address: str, message: object, reason: str, *, begun: bool
) -> None:
    async with opened(address, begun=begun) as socket:
        await socket.send(message)
        assert await socket.closed() == (4400, reason)


async def test_who_says_nothing_is_not_waited_for(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert conversation.INIT_TIMEOUT == 5
    monkeypatch.setattr(conversation, "INIT_TIMEOUT", 0.05)
    async with opened(address, begun=False) as socket:
        assert await socket.closed() == (4408, "Connection initialisation timeout")
    async with opened(address, begun=False) as socket:
        await socket.send({"type": "ping"})
        assert await socket.receive() == {"type": "pong"}
        assert await socket.closed() == (4408, "Connection initialisation timeout")


async def test_who_has_begun_is_not_timed_out(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversation, "INIT_TIMEOUT", 0.05)
    async with opened(address, begun=False) as socket:
        async with asyncio.timeout(30):
            await socket.begin()
            await asyncio.sleep(0.2)
            await is_alive(socket)


async def test_an_operation_before_the_acknowledgement_is_unauthorized(address: str) -> None:
    async with opened(address, begun=False) as socket:
        await socket.send(operation(COUNT))
        assert await socket.closed() == (4401, "Unauthorized")


async def test_two_operations_of_one_id_are_one_too_many(address: str) -> None:
    async with opened(address) as socket:
        await socket.send(operation(SILENCE))
        await socket.send(operation("{ __typename }"))
        assert await socket.closed() == (4409, "Subscriber for 1 already exists")


async def test_a_reason_is_as_long_as_a_close_frame_may_have_it(address: str) -> None:
    async with opened(address) as socket:
        for _ in range(2):
            await socket.send(operation(SILENCE, "ü" * 500))
        code, reason = await socket.closed()
    assert (code, reason) == (4409, f"Subscriber for {'ü' * 54}")


async def test_a_second_initialisation_is_one_too_many(address: str) -> None:
    async with opened(address) as socket:
        await socket.send({"type": "connection_init", "payload": {}})
        assert await socket.closed() == (4429, "Too many initialisation requests")


@pytest.mark.parametrize(
    "payload", [{}, {"payload": None}, {"payload": {}}, {"payload": {"authorization": 7, "x": []}}]
)
async def test_an_initialisation_is_acknowledged_with_nothing_more(address: str, payload: dict[str, Any]) -> None:
    async with opened(address, begun=False) as socket:
        await socket.send({"type": "connection_init", **payload})
        assert await socket.receive() == {"type": "connection_ack"}


@pytest.mark.parametrize("begun", [True, False])
async def test_a_ping_is_answered_whatever_it_holds_and_a_pong_is_not(address: str, *, begun: bool) -> None:
    nested = '{"a": ' * 300 + "1" + "}" * 300
    async with opened(address, begun=begun) as socket:
        for payload in ("null", "{}", '{"deep": {"é": [null]}}', '{"x": 1%s}' % ("0" * 30), '{"x": 1e999}', nested):
            await socket.send(f'{{"type": "pong", "payload": {payload}}}')
            await socket.send(f'{{"type": "ping", "payload": {payload}}}')
            assert await socket.receive() == {"type": "pong"}
        await is_alive(socket)


@pytest.mark.parametrize("protocols", [None, ["graphql-ws"]])
async def test_another_protocol_is_not_spoken(address: str, protocols: list[str] | None) -> None:
    async with opened(address, begun=False, subprotocols=protocols) as socket:
        assert socket.connection.subprotocol is None
        assert await socket.closed() == (4406, "Subprotocol not acceptable: use graphql-transport-ws")


async def test_of_several_protocols_ours_is_spoken(address: str) -> None:
    async with opened(address, subprotocols=["graphql-ws", PROTOCOL]) as socket:
        assert socket.connection.subprotocol == PROTOCOL
        await is_alive(socket)


@pytest.mark.parametrize("compression", [None, "deflate"])
async def test_a_message_may_be_as_long_as_a_body_and_not_longer(compression: str | None) -> None:
    async with served(make_app(), body=1_000) as address, opened(address, compression=compression) as socket:
        message = json.dumps({"type": "ping", "payload": {"x": ""}})
        fitting = message.replace('""', f'"{"y" * (1_000 - len(message))}"')
        assert len(fitting) == 1_000
        await socket.send(fitting)
        assert (await socket.receive())["type"] == "pong"
        await socket.send(fitting.replace("y", "yy", 1))
        assert (await socket.closed())[0] == 1009


async def test_text_that_is_no_text_closes_the_connection_with_the_code_for_it(address: str) -> None:
    async with opened(address) as socket:
        socket.connection.protocol.send_text(b"\xff\xfe")
        await socket.connection.send(b"")  # takes along what the line before left to be sent
        assert (await socket.closed())[0] == 1007


async def test_a_query_is_answered_once_and_completed(address: str) -> None:
    async with opened(address) as socket:
        payload = {"operationName": "A", "variables": {"t": "hi"}, "extensions": None}
        await socket.send(operation("query A($t: String) { echo(text: $t) } query B { fault }", "q", **payload))
        assert await socket.receive() == {"id": "q", "type": "next", "payload": {"data": {"echo": "hi"}}}
        assert await socket.receive() == {"id": "q", "type": "complete"}
        await is_alive(socket)


async def test_a_change_is_made_for_who_opened_the_connection(address: str) -> None:
    async with opened(address, additional_headers={"X-Actor": "ann"}) as socket:
        await socket.send(operation('mutation { shout(text: "x") }'))
        assert (await socket.receive())["payload"] == {"data": {"shout": "X"}}
        assert await socket.receive() == {"id": "1", "type": "complete"}
        await socket.send(operation("{ context }"))
        assert (await socket.receive())["payload"] == {"data": {"context": "hello ann"}}


async def test_an_error_of_a_field_comes_with_the_data_beside_it(address: str) -> None:
    async with opened(address) as socket:
        await socket.send(operation("{ outage context }"))
        error = {
            "message": "Neo4j does not answer.",
            "locations": [{"line": 1, "column": 3}],
            "path": ["outage"],
            "extensions": {"code": "SERVICE_UNAVAILABLE"},
        }
        payload = {"errors": [error], "data": {"outage": None, "context": "hello anonymous"}}
        assert await socket.receive() == {"id": "1", "type": "next", "payload": payload}
        assert await socket.receive() == {"id": "1", "type": "complete"}


async def test_what_cannot_be_read_as_an_operation_is_an_error_of_that_operation_alone(address: str) -> None:
    async with opened(address) as socket:
        await socket.send(operation(SILENCE, "good"))
        await socket.send(operation("{ echo(", "bad"))
        message = {
            "message": "Syntax Error: Expected Name, found <EOF>.",
            "locations": [{"line": 1, "column": 8}],
            "extensions": {"code": "GRAPHQL_PARSE_FAILED"},
        }
        assert await socket.receive() == {"id": "bad", "type": "error", "payload": [message]}
        await socket.send(operation("{ __typename }", "bad"))
        assert (await socket.receive())["payload"] == {"data": {"__typename": "Query"}}
        assert await socket.receive() == {"id": "bad", "type": "complete"}
        await is_alive(socket)


async def test_a_fault_of_ours_is_an_error_that_names_the_connection_and_the_others_go_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    class Broken(Sample):
        async def run(self, chosen: Chosen) -> Executed:  # noqa: ARG002 the signature is the service's
            raise ValueError(SECRET)

    headers = {"X-Request-Id": "connection-7"}
    async with served(make_app(service=Broken())) as address, opened(address, additional_headers=headers) as socket:
        assert socket.connection.response
        assert socket.connection.response.headers["x-request-id"] == "connection-7"
        fault = {
            "message": "The service failed to answer this. The fault is in the service; its log says more.",
            "extensions": {"code": "INTERNAL", "requestId": "connection-7"},
        }
        await socket.send(operation("{ __typename }"))
        assert await socket.receive() == {"id": "1", "type": "error", "payload": [fault]}
        await socket.send(operation("subscription { fault }"))
        assert await socket.receive() == {"id": "1", "type": "next", "payload": {"data": {"fault": 0}}}
        assert await socket.receive() == {"id": "1", "type": "error", "payload": [fault]}
        await is_alive(socket)
    logged = [str(record.exc_info[1]) for record in caplog.records if record.exc_info and record.levelname == "ERROR"]
    assert logged == [SECRET] * 2


async def test_several_operations_run_at_once(address: str) -> None:
    async with opened(address) as socket:
        for name in "abc":
            await socket.send(operation("{ wait(seconds: 0.05) }", name))
        told = [await socket.receive() for _ in range(6)]
    assert sorted((each["id"], each["type"]) for each in told) == [(n, t) for n in "abc" for t in ("complete", "next")]


@pytest.mark.parametrize("query", [SILENCE, COUNT, WAIT])
async def test_what_is_completed_is_heard_of_no_more_and_its_id_is_free(address: str, query: str) -> None:
    async with opened(address) as socket:
        await socket.send(operation(query))
        await socket.send({"type": "complete", "id": "1"})
        await socket.send({"type": "ping"})
        while (message := await socket.receive()) != {"type": "pong"}:
            assert message["type"] == "next"  # it was on its way
        await socket.send(operation("{ __typename }"))
        assert await socket.receive() == {"id": "1", "type": "next", "payload": {"data": {"__typename": "Query"}}}
        assert await socket.receive() == {"id": "1", "type": "complete"}
        await is_alive(socket)


@pytest.mark.parametrize("way", ["it is completed", "the connection is closed", "the connection breaks off"])
async def test_a_change_that_has_begun_is_made_to_its_end(address: str, way: str) -> None:
    noted: list[str] = []
    NOTED.append(noted)
    async with opened(address) as socket:
        await socket.send(operation("mutation { note(seconds: 0.2) }"))
        while not noted:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.01)
        if way == "it is completed":
            await socket.send({"type": "complete", "id": "1"})
            # Its id is free, and nothing more is heard of it.
            await socket.send(operation("{ wait(seconds: 0.4) }"))
            assert await socket.receive() == {"id": "1", "type": "next", "payload": {"data": {"wait": "done"}}}
        elif way == "the connection breaks off":
            socket.connection.transport.abort()
    await nothing_is_left()
    assert noted == ["begun", "made"]


async def test_a_change_that_was_completed_keeps_its_place_until_it_is_made() -> None:
    async with served(make_app(limits=Limits(subscriptions=1))) as address, opened(address) as socket:
        noted: list[str] = []
        NOTED.append(noted)
        await socket.send(operation("mutation { note(seconds: 0.2) }"))
        while not noted:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.01)
        await socket.send({"type": "complete", "id": "1"})
        await socket.send(operation("{ __typename }", "2"))
        assert (await socket.receive())["type"] == "error"


@pytest.mark.parametrize(("query", "codes"), [(WAIT, ("CANCELLED",)), (COUNT, ())])
async def test_what_a_client_completes_is_cancelled_unless_it_lasts_as_long_as_the_client_likes(
    query: str, codes: tuple[str, ...]
) -> None:
    seen = Seen()
    async with served(make_app(observation=seen)) as address, opened(address) as socket:
        await socket.send(operation(query))
        await socket.send(operation("{ __typename }", "2"))
        while (await socket.receive()).get("type") != "complete":
            pass
        await socket.send({"type": "complete", "id": "1"})
    await nothing_is_left()
    assert [each.codes for each in seen.operations if each.document == query] == [codes]


async def test_what_is_not_known_can_be_completed_and_nothing_happens(address: str) -> None:
    async with opened(address) as socket:
        await socket.send(operation("{ __typename }"))
        assert [(await socket.receive())["type"] for _ in range(2)] == ["next", "complete"]
        for name in ("1", "never heard of"):
            await socket.send({"type": "complete", "id": name})
        await is_alive(socket)


async def test_of_more_operations_than_may_be_the_last_is_an_error_until_another_ends() -> None:
    async with served(make_app(limits=Limits(subscriptions=2))) as address, opened(address) as socket:
        for name in "abc":
            await socket.send(operation(SILENCE, name))
        message = (
            "This connection has 2 operations already, as many as it may (LIMIT_SUBSCRIPTIONS). Complete one first."
        )
        error = {"message": message, "extensions": {"code": "TOO_COSTLY"}}
        assert await socket.receive() == {"id": "c", "type": "error", "payload": [error]}
        await socket.send({"type": "complete", "id": "a"})
        await socket.send(operation("{ __typename }", "c"))
        assert (await socket.receive())["payload"] == {"data": {"__typename": "Query"}}


async def test_of_more_operations_in_a_short_time_than_may_be_each_is_an_error() -> None:
    async with served(make_app(limits=Limits(requests="3/hour"))) as address, opened(address) as socket:
        answers = []
        for _ in range(3):
            await socket.send(operation("{ __typename }"))
            answers.append(await socket.receive())
            if answers[-1]["type"] == "next":
                await socket.receive()
    assert [each["type"] for each in answers] == ["next", "next", "error"]  # the connection itself was the first
    assert answers[-1]["payload"][0]["extensions"] == {"code": "RATE_LIMITED"}


@pytest.mark.parametrize("query", [SILENCE, COUNT, WAIT])
@pytest.mark.parametrize("way", ["politely", "abruptly"])
async def test_a_client_that_leaves_leaves_nothing_behind(address: str, query: str, way: str) -> None:
    async with opened(address) as socket:
        await socket.send(operation(query))
        await socket.send(operation("{ __typename }", "2"))
        while (await socket.receive()).get("id") != "2":
            pass
        if way == "abruptly":
            socket.connection.transport.abort()
    await nothing_is_left()
