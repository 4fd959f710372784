import asyncio
import concurrent.futures
import json
import signal
import socket
import time

import httpx
import pytest
from sample import SECRET, make_app, running

from graph_api.errors import UserInputError
from graph_api.settings import Settings
from graph_api.web.running import STOPPING
from graph_api.web.server import configuration, listen
from tests.served import served


def test_a_free_port_is_taken_and_told() -> None:
    with running(PORT="0") as server:
        address = server.wait_for("listening ")
        assert address.startswith("http://127.0.0.1:")
        assert httpx.get(f"{address}/healthz").json() == {"ok": True}


def test_a_signal_ends_the_service_in_an_orderly_way() -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        with running() as server:
            address = server.wait_for("listening ")
            with httpx.Client(base_url=address) as http:  # Kept open: an idle connection must not hold the server.
                http.get("/healthz")
                server.process.send_signal(number)
                server.wait_for("closed")
                assert server.process.wait(5) == 0
        assert "Traceback" not in "".join(server.said)


def test_a_request_that_runs_is_answered_before_the_service_ends() -> None:
    with running() as server, concurrent.futures.ThreadPoolExecutor() as pool:
        address = server.wait_for("listening ")
        query = {"query": "{ wait(seconds: 0.8) }"}
        answer = pool.submit(httpx.post, f"{address}/graphql", json=query)
        time.sleep(0.3)
        server.process.send_signal(signal.SIGTERM)
        assert answer.result(5).json() == {"data": {"wait": "done"}}
        server.wait_for("closed")
        assert server.process.wait(5) == 0


def test_a_request_that_never_ends_is_told_so_and_does_not_hold_the_service() -> None:
    with running() as server, concurrent.futures.ThreadPoolExecutor() as pool:
        address = server.wait_for("listening ")
        answer = pool.submit(httpx.post, f"{address}/graphql", json={"query": "{ wait(seconds: 600) }"}, timeout=60)
        time.sleep(0.3)
        server.process.send_signal(signal.SIGTERM)
        started = time.monotonic()
        (error,) = answer.result(60).json()["errors"]
        assert (error["message"], error["extensions"]) == (STOPPING, {"code": "SERVICE_UNAVAILABLE"})
        server.wait_for("closed")
        assert server.process.wait(30) == 0
        assert time.monotonic() - started < 30  # ten on a quiet machine
    assert "Traceback" not in "".join(server.said)


def test_told_twice_the_service_does_not_wait_for_what_runs() -> None:
    with running() as server, concurrent.futures.ThreadPoolExecutor() as pool:
        address = server.wait_for("listening ")
        pool.submit(httpx.post, f"{address}/graphql", json={"query": "{ wait(seconds: 600) }"}, timeout=60)
        time.sleep(0.3)
        for _ in range(2):
            server.process.send_signal(signal.SIGTERM)
            time.sleep(0.3)
        server.wait_for("closed")
        assert server.process.wait(30) == 0


def test_a_signal_while_it_still_starts_ends_what_was_begun() -> None:
    with running(START_SECONDS="60") as server:
        server.wait_for("starting")
        server.process.send_signal(signal.SIGTERM)
        server.wait_for("closed")
        assert server.process.wait(5) == 0


def test_what_hinders_the_start_reaches_the_caller() -> None:
    with running(START_FAULT="Neo4j does not answer.") as server:
        assert server.wait_for("refused ") == "Neo4j does not answer."
        assert "Traceback" not in "".join(server.said)


def test_the_log_has_a_line_for_each_operation_and_none_for_questions_after_its_health() -> None:
    with running(LOG_FORMAT="json") as server:
        address = server.wait_for("listening ")
        httpx.get(f"{address}/healthz")
        httpx.post(
            f"{address}/graphql", json={"query": "query Seen { __typename }"}, headers={"x-request-id": "seen-here"}
        )
        server.process.send_signal(signal.SIGTERM)
        server.wait_for("closed")
    (line,) = [json.loads(line) for line in server.said if line.startswith("{")]
    assert (line["event"], line["operationName"], line["requestId"]) == ("operation", "Seen", "seen-here")


def test_a_fault_is_one_line_of_the_log_that_does_not_tell_its_words() -> None:
    with running(LOG_FORMAT="json") as server:
        address = server.wait_for("listening ")
        answer = httpx.post(f"{address}/graphql", json={"query": "{ fault }"})
        server.process.send_signal(signal.SIGTERM)
        server.wait_for("closed")
    fault, operation = [json.loads(line) for line in server.said if line.startswith("{")]
    assert fault["requestId"] == operation["requestId"] == answer.json()["errors"][0]["extensions"]["requestId"]
    assert (fault["level"], fault["event"]) == ("error", "An operation met a fault of the service.")
    assert fault["traceback"].startswith("builtins.ValueError\n")
    assert (operation["level"], operation["errorCodes"]) == ("error", ["INTERNAL"])
    assert SECRET not in "".join(server.said) + answer.text


def test_an_address_that_this_machine_has_not_is_refused() -> None:
    with pytest.raises(UserInputError, match=r"Port 0 on 192\.0\.2\.1 cannot be used: .*Choose another HOST or PORT\."):
        listen("192.0.2.1", 0)


@pytest.mark.parametrize("host", ["no such host", ""])
def test_a_name_without_address_is_refused(host: str) -> None:
    with pytest.raises(UserInputError, match=rf"The host '{host}' has no address\. Use HOST=127\.0\.0\.1"):
        listen(host, 0)


def test_a_port_that_is_taken_is_named_with_the_mending() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UserInputError) as refused:
            listen("127.0.0.1", port)
    assert refused.value.message == (
        f"Port {port} on 127.0.0.1 is in use. Choose another, for example PORT={port + 1}, or PORT=0 for a free one."
    )


def test_a_port_can_be_used_again_at_once() -> None:
    with listen("127.0.0.1", 0) as first:
        port = first.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            first.accept()[0].close()
    listen("127.0.0.1", port).close()


UPGRADE = (
    b"GET /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
    b"Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
)
PING, CLOSE = 0x89, 0x88


async def test_a_connection_is_never_silent_and_is_closed_where_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    config = configuration(make_app(), Settings())
    assert (config.ws_ping_interval, config.ws_ping_timeout) == (20, 20)
    monkeypatch.setattr("graph_api.web.server.PING_SECONDS", 0.2)
    async with served(make_app()) as address, asyncio.timeout(4):  # before the protocol asks for its first message
        reader, writer = await asyncio.open_connection("127.0.0.1", int(address.rpartition(":")[2]))
        writer.write(UPGRADE)
        assert b" 101 " in await reader.readuntil(b"\r\n\r\n")
        frames = []
        while head := await reader.read(2):
            frames.append(head[0])
            await reader.readexactly(head[1])
        writer.close()
    assert (frames[0], frames[-1]) == (PING, CLOSE)
