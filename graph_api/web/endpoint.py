"""The GraphQL endpoint over HTTP: who asks, what, and the answer, as the draft of GraphQL over HTTP has it.

https://graphql.github.io/graphql-over-http/draft/: what never became an operation has the status of its fault. Of an
operation that is refused as a whole the status tells too, but only to clients that take the media type of GraphQL over
HTTP: to others plain JSON says it with 200, unless the service is to blame and not the operation. An operation that ran
has 200, whatever became of its fields.
"""

import asyncio
import hashlib
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from time import perf_counter
from typing import Protocol, Self

import orjson
from graphql import ExecutionResult, OperationType
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from graph_api.compile.admission import Executed
from graph_api.errors import Code, GraphApiError
from graph_api.schema.changer import Caller
from graph_api.schema.documents import Asked, Chosen, DocumentRefusedError, OperationForbiddenError
from graph_api.web.access.identity import Identity
from graph_api.web.entry import Entry
from graph_api.web.faults import (
    INTERNAL_MESSAGE,
    headers_of_error,
    headers_of_status,
    refuse,
    status_of,
    status_of_refusal,
)
from graph_api.web.finished import CANCELLED, Finished
from graph_api.web.negotiation import GRAPHQL_RESPONSE, JSON, response_media_type, wants_page
from graph_api.web.observation import Observation
from graph_api.web.reading import RequestRefusedError, read_operation
from graph_api.web.response import Response as ResponseMap
from graph_api.web.response import codes_of, is_refused, refusal, response_of

IDEMPOTENCY_HEADER = "idempotency-key"
READING = frozenset({"GET", "HEAD"})
VARY = {"vary": "accept, authorization"}
CLIENT_CLOSED_REQUEST = 499
"""As nginx logs it; nobody gets it."""
PATIENCE = 0.25
"""Seconds after which it is worth looking whether somebody still waits for the answer."""

_log = logging.getLogger(__name__)


class Answering(Protocol):
    """Answers operations for one caller: `Service`."""

    def called_by(self, caller: Caller) -> Self:
        """Return the same for the requests of one caller."""

    def choose(self, asked: Asked) -> Chosen:
        """Find the operation that is asked for; raises what `Service.choose` raises."""

    async def run(self, chosen: Chosen) -> Executed:
        """Answer a query or a mutation."""

    def follow(self, chosen: Chosen) -> AsyncGenerator[ExecutionResult, None]:
        """Answer a subscription for as long as somebody asks for the next result."""


@dataclass
class _Exchange:
    """One request, and what is known of it so far."""

    request: Request
    media_type: str = JSON
    identity: Identity | None = None
    asked: Asked | None = None
    chosen: Chosen | None = None
    cost: float | None = None
    codes: tuple[str, ...] = ()
    begun: float = field(default_factory=perf_counter)

    def refuse(
        self, message: str, code: Code, status: HTTPStatus, headers: Mapping[str, str] | None = None
    ) -> Response:
        self.codes = (code.value,)
        return refuse(message, status, code=code, media_type=self.media_type, headers={**VARY, **(headers or {})})

    def respond(self, body: ResponseMap, *, refused: bool) -> Response:
        self.codes = codes_of(body)
        status = status_of_refusal(body.get("errors") or []) if refused else HTTPStatus.OK
        if self.media_type != GRAPHQL_RESPONSE and status < HTTPStatus.INTERNAL_SERVER_ERROR:
            status = HTTPStatus.OK
        headers = dict(VARY)
        if refused:
            headers |= headers_of_status(status)
        content = orjson.dumps(body)
        if self.request.method in READING and status is HTTPStatus.OK and not self.codes:
            headers |= {"etag": f'"{hashlib.sha256(content).hexdigest()[:32]}"', "cache-control": "private, no-cache"}
            if _has(self.request, headers["etag"]):
                return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
        headers["content-type"] = f"{self.media_type}; charset=utf-8"
        return Response(content, status_code=status, headers=headers)

    def failed(self, error: Exception) -> Response:
        match error:
            case RequestRefusedError():
                return self.refuse(error.message, error.code, error.status, error.headers)
            case GraphApiError():
                if isinstance(error, OperationForbiddenError):
                    self.chosen = error.chosen
                seen = error.seen_from_outside()
                return self.refuse(seen.message, seen.code, status_of(seen.code), headers_of_error(seen))
            case DocumentRefusedError():
                return self.respond(refusal(error.errors), refused=True)
            case _:
                _log.error("An operation met a fault of the service.", exc_info=error)
                return self.refuse(INTERNAL_MESSAGE, Code.INTERNAL, HTTPStatus.INTERNAL_SERVER_ERROR)

    def finished(self, status: int) -> Finished:
        identity, chosen = self.identity, self.chosen
        return Finished(
            surface="http",
            seconds=perf_counter() - self.begun,
            codes=self.codes,
            status=status,
            sort=chosen.sort.value if chosen else None,
            name=chosen.name if chosen else None,
            document=self.asked.text if self.asked else None,
            actor=identity.actor if identity else None,
            role=identity.role.value if identity else None,
            cost=self.cost,
        )


class GraphQLEndpoint:
    """Answers GraphQL operations over HTTP, and shows a page to browsers that ask for one.

    `page` is the HTML of GraphiQL, none where it is switched off; `observation` is told of each request once it is
    answered.
    """

    def __init__(self, service: Answering, entry: Entry, *, page: str | None, observation: Observation) -> None:
        self._service = service
        self._entry = entry
        self._page = page
        self._observation = observation

    async def answer(self, request: Request) -> Response:
        """Answer one request."""
        accept = request.headers.get("accept", "")
        if self._page is not None and request.method in READING and wants_page(accept):
            # It names its files by their content, so the page itself is always asked for anew.
            return HTMLResponse(self._page, headers={"cache-control": "no-cache", **VARY})
        exchange = _Exchange(request)
        try:
            response = await self._answer(exchange, accept)
        except asyncio.CancelledError:
            # The service is being stopped, and `running` answers in its place.
            exchange.codes = (Code.SERVICE_UNAVAILABLE.value,)
            self._observation.finished(exchange.finished(HTTPStatus.SERVICE_UNAVAILABLE))
            raise
        # Nobody waits for the log.
        response.background = BackgroundTask(self._tell, exchange.finished(response.status_code))
        return response

    async def _tell(self, finished: Finished) -> None:  # Starlette would give a thread to what is not a coroutine
        self._observation.finished(finished)

    async def _answer(self, exchange: _Exchange, accept: str) -> Response:
        media_type = response_media_type(accept)
        if media_type is None:
            message = f"Answers are `{GRAPHQL_RESPONSE}` or `{JSON}`; accept one of these."
            return exchange.refuse(message, Code.BAD_USER_INPUT, HTTPStatus.NOT_ACCEPTABLE)
        exchange.media_type = media_type
        try:
            return await self._operate(exchange)
        except ClientGoneError:
            exchange.codes = (CANCELLED,)
            return Response(status_code=CLIENT_CLOSED_REQUEST)
        except Exception as error:  # noqa: BLE001 - whatever it is becomes an answer
            return exchange.failed(error)

    async def _operate(self, exchange: _Exchange) -> Response:
        """Let the client in, read what it asks for, and do that."""
        request = exchange.request
        self._entry.check_origin(request)
        exchange.identity = identity = await self._entry.identify(request)
        exchange.asked = await read_operation(request, self._entry.limits)
        key = request.headers.get(IDEMPOTENCY_HEADER)
        service = self._service.called_by(Caller(actor=identity.actor, role=identity.role, idempotency_key=key))
        exchange.chosen = chosen = service.choose(exchange.asked)
        if chosen.sort is OperationType.MUTATION and request.method in READING:
            message = "A mutation is sent by POST: an address can be followed by anybody, at any time."
            raise RequestRefusedError(message, HTTPStatus.METHOD_NOT_ALLOWED, headers={"allow": "POST"})
        with self._observation.metrics.operation_in_flight():
            executed = await self._run(service, chosen, request)
        exchange.cost = executed.cost
        return exchange.respond(response_of(executed.result), refused=is_refused(executed.result))

    async def _run(self, service: Answering, chosen: Chosen, request: Request) -> Executed:
        """Run an operation. A query whose client has gone is not answered to its end; a change is."""
        if chosen.sort is not OperationType.QUERY:
            return await service.run(chosen)
        async with _while_waited_for(request):
            return await service.run(chosen)


class ClientGoneError(Exception):
    """Nobody waits for the answer any more."""


@asynccontextmanager
async def _while_waited_for(request: Request) -> AsyncIterator[None]:
    """End what runs inside, Neo4j's part of it too, once the client has gone; raises ClientGoneError then.

    What is answered at once is not watched.
    """
    running, watching = asyncio.current_task(), None
    gone = False

    async def look() -> None:
        nonlocal gone
        while (await request.receive())["type"] != "http.disconnect":
            pass
        gone = True
        if running:
            running.cancel()

    def watch() -> None:
        nonlocal watching
        watching = asyncio.ensure_future(look())

    timer = asyncio.get_running_loop().call_later(PATIENCE, watch)
    try:
        yield
    except asyncio.CancelledError:
        if not gone or not running or running.uncancel():
            raise  # somebody else's, on its way through
        raise ClientGoneError from None
    finally:
        timer.cancel()
        if watching:
            watching.cancel()


def _has(request: Request, etag: str) -> bool:
    """Tell whether the client has this very answer already."""
    known = request.headers.get("if-none-match", "")
    return known.strip() == "*" or etag in (each.strip().removeprefix("W/") for each in known.split(","))
