"""Requests that run when the service is told to stop."""

import asyncio
import json
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from graph_api.web.running import STOPPING, RunningRequests

GET: Scope = {"type": "http", "method": "GET", "path": "/", "headers": []}


class Client:
    """The other end of one request, with what it gets."""

    def __init__(self) -> None:
        self.got: list[Message] = []

    async def receive(self) -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(self, message: Message) -> None:
        self.got.append(message)

    def asks(self, requests: RunningRequests) -> "asyncio.Task[None]":
        return asyncio.ensure_future(requests(GET, self.receive, self.send))


class Endless:
    """An application that never answers, and says what became of it."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.outcome = ""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 an application's
        self.begun.set()
        try:
            await asyncio.sleep(600)
        except asyncio.CancelledError:
            self.outcome = "cancelled"
            raise


async def test_requests_that_run_when_the_service_is_stopped_are_answered() -> None:
    app = Endless()
    requests, client = RunningRequests(app), Client()
    asking = client.asks(requests)
    await app.begun.wait()
    requests.end()
    requests.end()
    await asking
    start, body = client.got
    assert (app.outcome, start["status"]) == ("cancelled", 503)
    assert (b"connection", b"close") in start["headers"]
    assert b"content-security-policy" in dict(start["headers"])
    error = {"message": STOPPING, "extensions": {"code": "SERVICE_UNAVAILABLE"}}
    assert json.loads(body["body"]) == {"errors": [error]}


async def test_who_is_cancelled_by_somebody_else_is_not_answered() -> None:
    app = Endless()
    client = Client()
    asking = client.asks(RunningRequests(app))
    await app.begun.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert client.got == []


async def test_an_answer_that_has_begun_is_broken_off() -> None:
    begun = asyncio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 an application's
        await send({"type": "http.response.start", "status": 200, "headers": []})
        begun.set()
        await asyncio.sleep(600)

    requests, client = RunningRequests(app), Client()
    asking = client.asks(requests)
    await begun.wait()
    requests.end()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert [message["type"] for message in client.got] == ["http.response.start"]


async def test_what_is_answered_is_forgotten() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 an application's
        await send({"type": "http.response.start", "status": 200, "headers": []})

    requests, client = RunningRequests(app), Client()
    await requests(GET, client.receive, client.send)
    requests.end()
    await asyncio.sleep(0)  # where a cancellation would arrive


async def test_other_connections_than_requests_are_passed_on() -> None:
    seen: list[Any] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append((scope, receive, send))

    client = Client()
    scope: Scope = {"type": "websocket"}
    await RunningRequests(app)(scope, client.receive, client.send)
    assert seen == [(scope, client.receive, client.send)]
