import json
import re

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from graph_api.web.request_id import RequestIdMiddleware, request_id


async def tell(request: Request) -> Response:
    return JSONResponse([request.state.request_id, request_id()])


async def converse(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_json([socket.state.request_id, request_id()])
    await socket.close()


APP = RequestIdMiddleware(Starlette(routes=[Route("/", tell), WebSocketRoute("/", converse)]))


async def asked(*names: bytes) -> httpx.Response:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(APP), base_url="http://localhost") as client:
        return await client.get("/", headers=[(b"x-request-id", name) for name in names])


async def test_a_request_keeps_the_name_that_its_client_gave_it() -> None:
    response = await asked(b"from-the-proxy_0123")
    assert (response.json(), response.headers["x-request-id"]) == (["from-the-proxy_0123"] * 2, "from-the-proxy_0123")
    assert request_id() is None


@pytest.mark.parametrize(
    "sent",
    [
        [],
        [b""],
        [b"short"],
        [b"x" * 65],
        [b"with blank"],
        [b"line\tbreak-123"],
        [b"na\xefve-na\xefve"],
        [b"12345678"] * 2,
    ],
)
async def test_any_other_gets_a_new_one(sent: list[bytes]) -> None:
    one, other = await asked(*sent), await asked(*sent)
    assert re.fullmatch(r"[0-9a-f]{32}", one.headers["x-request-id"])
    assert one.json() == [one.headers["x-request-id"]] * 2
    assert one.headers["x-request-id"] != other.headers["x-request-id"]


async def test_a_websocket_connection_has_one_name_for_as_long_as_it_lasts() -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "websocket", "path": "/", "headers": [(b"x-request-id", b"connection-1")], "subprotocols": []}
    await APP(scope, receive, send)
    accepted, told, _ = sent
    assert (b"x-request-id", b"connection-1") in accepted["headers"]
    assert json.loads(told["text"]) == ["connection-1"] * 2


async def test_the_lifespan_has_no_name() -> None:
    seen: list[Scope] = []

    async def application(scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG001 ASGI's signature
        seen.append(scope)

    async def receive() -> Message:
        return {}

    async def send(message: Message) -> None:
        """Take what nobody sends."""

    await RequestIdMiddleware(application)({"type": "lifespan"}, receive, send)
    assert seen == [{"type": "lifespan"}]
