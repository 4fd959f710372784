"""One connection of graphql-transport-ws: its messages, its operations, and who is at its other end."""

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from enum import IntEnum
from time import perf_counter
from typing import Any

import orjson
from graphql import OperationType
from starlette.websockets import WebSocket, WebSocketDisconnect

from graph_api.compile.told import told
from graph_api.errors import (
    Code,
    ForbiddenError,
    GraphApiError,
    RateLimitedError,
    ServiceUnavailableError,
    TooCostlyError,
    UnauthenticatedError,
)
from graph_api.schema.changer import Caller
from graph_api.schema.documents import Asked, Chosen, DocumentRefusedError, OperationForbiddenError
from graph_api.web.access.identity import Identity
from graph_api.web.endpoint import Answering
from graph_api.web.entry import Entry
from graph_api.web.faults import fault
from graph_api.web.finished import CANCELLED, Finished
from graph_api.web.observation import Observation
from graph_api.web.reading import RequestRefusedError, read_json
from graph_api.web.response import Response, codes_of, refusal, response_of

PROTOCOL = "graphql-transport-ws"
INIT_TIMEOUT = 5.0
"""Seconds within which a client must say that it speaks the protocol, once a connection is open."""
LOOK = 1.0
"""Seconds after which it is looked again whether a client's proof still holds; who judges it remembers for longer."""
FULL = "This connection has {most} operations already, as many as it may (LIMIT_SUBSCRIPTIONS). Complete one first."
REASON_BYTES = 123
"""How long the reason in a close frame may be (RFC 6455)."""

_Types = type | tuple[type, ...]
# What each message of a client must hold: its member, the types that it may have, and whether it may be left out.
_MEMBERS: Mapping[str, tuple[tuple[str, _Types, bool], ...]] = {
    "connection_init": (("payload", (dict, type(None)), True),),
    "ping": (("payload", (dict, type(None)), True),),
    "pong": (("payload", (dict, type(None)), True),),
    "subscribe": (("id", str, False), ("payload", dict, False)),
    "complete": (("id", str, False),),
}
_OPERATION: tuple[tuple[str, _Types, bool], ...] = (
    ("query", str, False),
    ("operationName", (str, type(None)), True),
    ("variables", (dict, type(None)), True),
    ("extensions", (dict, type(None)), True),
)

_log = logging.getLogger(__name__)


class CloseCode(IntEnum):
    """Why a connection is closed, as the protocol has it."""

    NORMAL = 1000
    TRY_AGAIN_LATER = 1013  # of WebSocket itself: the protocol has none, and its clients come back after this one
    BAD_REQUEST = 4400
    UNAUTHORIZED = 4401
    FORBIDDEN = 4403
    SUBPROTOCOL_NOT_ACCEPTABLE = 4406
    INITIALISATION_TIMEOUT = 4408
    SUBSCRIBER_EXISTS = 4409
    TOO_MANY_INITIALISATIONS = 4429
    INTERNAL = 4500


async def close(socket: WebSocket, code: CloseCode, reason: str) -> None:
    """Close a connection, unless the other side has."""
    with suppress(RuntimeError, WebSocketDisconnect):
        await socket.close(code, reason.encode()[:REASON_BYTES].decode(errors="ignore"))


class _ClosedError(Exception):
    """The connection is to be closed, for a reason."""

    def __init__(self, code: CloseCode, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Conversation:
    """Holds one connection that is open; `shown` is what its request had in `Authorization`, if anything."""

    def __init__(
        self, socket: WebSocket, service: Answering, entry: Entry, observation: Observation, shown: str | None
    ) -> None:
        self._socket = socket
        self._service = service
        self._entry = entry
        self._observation = observation
        self._shown = shown
        self._identity: Identity | None = None
        self._begun = asyncio.Event()
        self._acknowledged = asyncio.Event()
        self._operations: dict[str, asyncio.Task[None]] = {}
        """Those that the client may not name another operation like."""
        self._tasks: dict[asyncio.Task[None], _Operation] = {}
        """Also those that the client has completed, until they have ended."""

    async def hold(self) -> None:
        """Answer messages until either side closes the connection."""
        reading = asyncio.create_task(self._read(), name="websocket: messages")
        guarding = asyncio.create_task(self._guard(), name="websocket: who is there")
        try:
            await asyncio.wait({reading, guarding}, return_when=asyncio.FIRST_COMPLETED)
            await self._end(reading if reading.done() else guarding)
        finally:
            for task in (reading, guarding):
                task.cancel()
            for task in self._tasks:
                self._leave(task)
            await asyncio.gather(reading, guarding, *self._tasks, return_exceptions=True)

    def _leave(self, task: "asyncio.Task[None]") -> None:
        """End an operation that nobody waits for any more; a change is made to its end, as over HTTP."""
        if not self._tasks[task].changes:
            task.cancel()

    async def _end(self, task: "asyncio.Task[None]") -> None:
        error = task.exception()
        if isinstance(error, _ClosedError):
            await close(self._socket, error.code, error.reason)
        elif error and not isinstance(error, WebSocketDisconnect):
            _log.error("A WebSocket connection failed.", exc_info=error)
            await close(self._socket, CloseCode.INTERNAL, "Internal server error")

    async def _guard(self) -> None:
        """Wait for the first message, then see to it that the client's proof holds as long as the connection does."""
        try:
            async with asyncio.timeout(INIT_TIMEOUT):
                await self._begun.wait()
        except TimeoutError:
            raise _ClosedError(CloseCode.INITIALISATION_TIMEOUT, "Connection initialisation timeout") from None
        await self._acknowledged.wait()
        while True:
            await asyncio.sleep(_until(self._identity))
            try:
                self._identity = await self._entry.prove(self._socket, self._shown)
            except (UnauthenticatedError, ForbiddenError) as error:
                raise _refusal(error) from error
            except GraphApiError as error:
                # It cannot be told now: what was believed a moment ago is believed a moment longer, not beyond its end.
                if self._identity and self._identity.expires and self._identity.expires <= time.time():
                    raise _refusal(error) from error

    async def _read(self) -> None:
        async for message in self._messages():
            match message["type"]:
                case "connection_init":
                    await self._begin(message.get("payload") or {})
                case "ping":
                    await self._send({"type": "pong"})
                case "subscribe":
                    await self._subscribe(message["id"], message["payload"])
                case "complete":
                    if task := self._operations.pop(message["id"], None):
                        self._leave(task)
                case _:  # a pong needs no answer
                    pass

    async def _messages(self) -> AsyncIterator[dict[str, Any]]:
        """Yield the messages of the client, each of the shape that the protocol gives it."""
        while True:
            received = await self._socket.receive()
            if received["type"] == "websocket.disconnect":
                raise WebSocketDisconnect(received.get("code", CloseCode.NORMAL))
            text = received.get("text")
            if text is None:
                raise _ClosedError(CloseCode.BAD_REQUEST, "WebSocket message type must be text")
            try:
                message = read_json(text)
            except RequestRefusedError as error:
                raise _ClosedError(CloseCode.BAD_REQUEST, "WebSocket message must be valid JSON") from error
            if wrong := _wrong(message):
                raise _ClosedError(CloseCode.BAD_REQUEST, wrong)
            yield message  # type: ignore[misc] # _wrong() has seen to it that it is an object

    async def _begin(self, payload: Mapping[str, Any]) -> None:
        if self._begun.is_set():
            raise _ClosedError(CloseCode.TOO_MANY_INITIALISATIONS, "Too many initialisation requests")
        self._begun.set()
        given = next((value for name, value in payload.items() if name.lower() == "authorization"), None)
        self._shown = given if isinstance(given, str) else self._shown
        try:
            self._identity = await self._entry.identify(self._socket, self._shown)
        except GraphApiError as error:
            raise _refusal(error) from error
        self._acknowledged.set()
        await self._send({"type": "connection_ack"})

    async def _subscribe(self, name: str, payload: Mapping[str, Any]) -> None:
        if self._identity is None:
            raise _ClosedError(CloseCode.UNAUTHORIZED, "Unauthorized")
        if name in self._operations:
            raise _ClosedError(CloseCode.SUBSCRIBER_EXISTS, f"Subscriber for {name} already exists")
        # Changes that the client has completed still run, and count; what was cancelled is as good as ended.
        running = sum(not task.cancelling() for task in self._tasks)
        if running >= (most := self._entry.limits.subscriptions):
            error = TooCostlyError(FULL.format(most=most))
            await self._send({"id": name, "type": "error", "payload": refusal([told(error)])["errors"]})
            return
        asked = Asked(payload["query"], payload.get("operationName"), payload.get("variables"))
        operation = _Operation(asked, self._identity)
        task = asyncio.create_task(self._operate(name, operation), name="websocket: operation")
        self._operations[name] = task
        self._tasks[task] = operation
        task.add_done_callback(self._tasks.pop)

    async def _operate(self, name: str, operation: "_Operation") -> None:
        """Answer one operation, to its end."""
        try:
            last = await self._answer(name, operation)
            # From now on the client may use the name again.
            if self._forget(name):
                await self._send(last)
        except WebSocketDisconnect:
            pass  # `_read` hears of it as well
        except asyncio.CancelledError:
            if not operation.lasts:
                operation.codes = (CANCELLED,)
            raise
        finally:
            self._forget(name)
            self._observation.finished(operation.finished())

    async def _answer(self, name: str, operation: "_Operation") -> Mapping[str, Any]:
        """Send what is answered, and return the message that ends the operation."""
        try:
            async with aclosing(self._responses(operation)) as responses:
                async for response in responses:
                    operation.codes = codes_of(response)
                    if "data" not in response:
                        return {"id": name, "type": "error", "payload": response["errors"]}
                    if self._is_awaited(name):
                        await self._send({"id": name, "type": "next", "payload": response})
        except WebSocketDisconnect:
            raise
        except Exception:  # noqa: BLE001 - whatever it is becomes an answer
            _log.exception("An operation met a fault of the service.")
            operation.codes = (Code.INTERNAL.value,)
            return {"id": name, "type": "error", "payload": [fault()]}
        return {"id": name, "type": "complete"}

    async def _responses(self, operation: "_Operation") -> AsyncGenerator[Response, None]:
        """Yield what is answered; a response without data is the last, since the operation was refused."""
        try:
            await self._entry.count(self._socket, operation.identity)
            service = self._service.called_by(Caller(actor=operation.identity.actor, role=operation.identity.role))
            chosen = operation.chosen = service.choose(operation.asked)
        except DocumentRefusedError as refused:
            yield refusal(refused.errors)
            return
        except GraphApiError as error:
            if isinstance(error, OperationForbiddenError):
                operation.chosen = error.chosen
            yield refusal([told(error)])
            return
        if chosen.sort is not OperationType.SUBSCRIPTION:
            with self._observation.metrics.operation_in_flight():
                executed = await service.run(chosen)
            operation.cost = executed.cost
            yield response_of(executed.result)
            return
        with self._observation.metrics.subscription():
            async with aclosing(service.follow(chosen)) as results:
                async for result in results:
                    yield response_of(result)

    def _is_awaited(self, name: str) -> bool:
        """Tell whether the client waits for the operation that runs here: it has not completed it."""
        return self._operations.get(name) is asyncio.current_task()

    def _forget(self, name: str) -> bool:
        """Make an operation's name free, if that is still its own; tell whether it was."""
        if awaited := self._is_awaited(name):
            del self._operations[name]
        return awaited

    async def _send(self, message: Mapping[str, Any]) -> None:
        try:
            await self._socket.send_text(orjson.dumps(message).decode())
        except RuntimeError as error:  # the connection is being closed
            raise WebSocketDisconnect(CloseCode.NORMAL) from error


@dataclass
class _Operation:
    """One operation, and what is known of it so far."""

    asked: Asked
    identity: Identity
    chosen: Chosen | None = None
    cost: float | None = None
    codes: tuple[str, ...] = ()
    begun: float = field(default_factory=perf_counter)

    @property
    def changes(self) -> bool:
        """Whether it may have begun to change something."""
        return self.chosen is not None and self.chosen.sort is OperationType.MUTATION

    @property
    def lasts(self) -> bool:
        """Whether it is followed until its client has enough, so that this is no failure."""
        return self.chosen is not None and self.chosen.sort is OperationType.SUBSCRIPTION

    def finished(self) -> Finished:
        return Finished(
            surface="websocket",
            seconds=perf_counter() - self.begun,
            codes=self.codes,
            sort=self.chosen.sort.value if self.chosen else None,
            name=self.chosen.name if self.chosen else None,
            document=self.asked.text,
            actor=self.identity.actor,
            role=self.identity.role.value,
            cost=self.cost,
        )


def _until(identity: Identity | None) -> float:
    """Return the seconds until it must be looked again whether a proof holds."""
    if identity is None or identity.expires is None:
        return LOOK
    return max(0.0, min(LOOK, identity.expires - time.time()))


def _refusal(error: GraphApiError) -> _ClosedError:
    """Say with which code a connection is refused: clients give up for good after some."""
    seen = error.seen_from_outside()
    if isinstance(seen, RateLimitedError | ServiceUnavailableError):
        return _ClosedError(CloseCode.TRY_AGAIN_LATER, seen.message)
    return _ClosedError(CloseCode.FORBIDDEN, f"Forbidden: {seen.message}")


def _wrong(message: object) -> str | None:
    """Say what is wrong with a client's message, if anything."""
    if not isinstance(message, dict):
        return "A message must be a JSON object"
    kind = message.get("type")
    if not isinstance(kind, str) or kind not in _MEMBERS:
        return "A message must have a `type` of the protocol graphql-transport-ws"
    wrong = _missing(message, _MEMBERS[kind])
    if not wrong and "id" in message and not message["id"]:
        wrong = "`id` must not be empty"
    if not wrong and kind == "subscribe":
        wrong = _missing(message["payload"], _OPERATION)
    return f"Invalid message of type {kind}: {wrong}" if wrong else None


def _missing(holder: Mapping[str, object], members: tuple[tuple[str, _Types, bool], ...]) -> str | None:
    for name, types, optional in members:
        if name not in holder and optional:
            continue
        if not isinstance(holder.get(name), types):
            return f"`{name}` is missing or of another JSON type"
    return None
