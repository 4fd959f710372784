"""The requests that run when the service is told to stop: they are answered, whatever they wait for."""

import asyncio
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph_api.errors import Code
from graph_api.web.faults import refuse
from graph_api.web.headers import SECURITY_HEADERS

STOPPING = "The service is being stopped; try again shortly."


class RunningRequests:
    """An ASGI application around another, which knows what requests that one is answering."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._running: set[asyncio.Task[object]] = set()
        self._ended: set[asyncio.Task[object]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; one that is ended is told so, unless its answer has begun."""
        task = asyncio.current_task()
        if scope["type"] != "http" or task is None:  # what runs over WebSocket ends with its connection
            await self._app(scope, receive, send)
            return
        begun = False

        async def answer(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        self._running.add(task)
        try:
            await self._app(scope, receive, answer)
        except asyncio.CancelledError:
            if task not in self._ended or task.uncancel() or begun:
                raise
            headers = {**SECURITY_HEADERS, "connection": "close"}
            code = Code.SERVICE_UNAVAILABLE
            await refuse(STOPPING, HTTPStatus.SERVICE_UNAVAILABLE, code=code, headers=headers)(scope, receive, send)
        finally:
            self._running.discard(task)
            self._ended.discard(task)

    def end(self) -> None:
        """End all requests that run, once: each is cancelled, and with it what it waits for, in Neo4j too."""
        for task in self._running - self._ended:
            self._ended.add(task)
            task.cancel()
