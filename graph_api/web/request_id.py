"""A name for each request: its lines in the log, its response and whoever complains about it all tell it."""

import re
from contextvars import ContextVar
from uuid import uuid4

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER = "x-request-id"

_current: ContextVar[str | None] = ContextVar("request_id", default=None)
_USABLE = re.compile(r"[A-Za-z0-9_-]{8,64}")
_STARTS = ("http.response.start", "websocket.accept", "websocket.http.response.start")


def request_id() -> str | None:
    """Return the name of the request that is being answered here; none where there is no request."""
    return _current.get()


class RequestIdMiddleware:
    """Gives each request and each WebSocket connection a name: the client's, where it is one, else a new one.

    It stands in `scope["state"]["request_id"]`, in the response's X-Request-Id, and `request_id` returns it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on under its name."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        name = _usable(Headers(scope=scope).getlist(HEADER)) or uuid4().hex
        scope.setdefault("state", {})["request_id"] = name

        async def send_with_name(message: Message) -> None:
            if message["type"] in _STARTS:
                message.setdefault("headers", [])
                MutableHeaders(scope=message)[HEADER] = name
            await send(message)

        token = _current.set(name)
        try:
            await self._app(scope, receive, send_with_name)
        finally:
            _current.reset(token)


def _usable(sent: list[str]) -> str | None:
    """Return the one name that was sent, where it is one that neither a log nor a header can be broken with."""
    return sent[0] if len(sent) == 1 and _USABLE.fullmatch(sent[0]) else None
