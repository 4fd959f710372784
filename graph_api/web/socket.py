"""GraphQL over WebSocket: Strawberry's handler of graphql-transport-ws, mended where it strays from the protocol.

What a client sends and gets wrong closes the connection with the protocol's code and a reason, never without a word;
what is wrong with an operation is an `error` message for that operation, and the others go on.
https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
"""

from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress
from typing import Any, cast

from cross_web import HTTPException
from graphql import GraphQLError
from strawberry.asgi import ASGIWebSocketAdapter
from strawberry.http.exceptions import NonJsonMessageReceived
from strawberry.schema.exceptions import CannotGetOperationTypeError
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler, Operation
from strawberry.subscriptions.protocols.graphql_transport_ws.types import (
    ConnectionInitMessage,
    ErrorMessage,
    Message,
    NextMessagePayload,
)
from strawberry.types.execution import PreExecutionError

from graph_api.web.response import is_refused, refusal, response_of

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


class SocketAdapter(ASGIWebSocketAdapter):
    """Reads messages with the endpoint's own JSON reader, and closes with reasons that fit into a close frame."""

    async def iter_json(self, *, ignore_parsing_errors: bool = False) -> AsyncGenerator[object, None]:
        """Yield the messages; raises where one is no JSON text."""
        try:
            async for message in super().iter_json(ignore_parsing_errors=ignore_parsing_errors):
                yield message
        except HTTPException as refused:
            raise NonJsonMessageReceived from refused

    async def close(self, code: int, reason: str) -> None:
        """Close the connection, unless the other side has."""
        with suppress(RuntimeError):
            await super().close(code, reason.encode()[:REASON_BYTES].decode(errors="ignore"))


class SocketHandler(BaseGraphQLTransportWSHandler[object, None]):
    """Handles one connection."""

    async def handle_message(self, message: Message) -> None:
        """Handle a message, or close the connection where it is none of the protocol's."""
        if fault := _fault(message):
            await self.handle_invalid_message(fault)
        else:
            await super().handle_message(message)

    async def handle_connection_init(self, message: ConnectionInitMessage) -> None:
        """Acknowledge the connection; a payload that is null is none."""
        if message.get("payload") is None:
            message = {"type": "connection_init"}
        await super().handle_connection_init(message)

    async def _send_result_stream(
        self, operation: Operation[object, None], result_source: AsyncGenerator[Any, None]
    ) -> None:
        """Send the results as clients may see them. One that was refused ends the operation."""
        async for result in result_source:
            if isinstance(result, PreExecutionError) or is_refused(result):
                errors = refusal([_plain(error) for error in result.errors or ()])["errors"]
                message = ErrorMessage(id=operation.id, type="error", payload=cast("Any", errors))
                await operation.send_operation_message(message)
                return
            payload = cast("NextMessagePayload", response_of(result))
            await operation.send_operation_message({"id": operation.id, "type": "next", "payload": payload})


def _plain(error: GraphQLError) -> GraphQLError:
    """Tell what Strawberry says of a document without such an operation as a fault of the client, which it is."""
    return GraphQLError(error.message) if isinstance(error.original_error, CannotGetOperationTypeError) else error


def _fault(message: object) -> str | None:
    """Say what is wrong with a client's message, if anything."""
    if not isinstance(message, dict):
        return "A message must be a JSON object"
    kind = message.get("type")
    if not isinstance(kind, str) or kind not in _MEMBERS:
        return "A message must have a `type` of the protocol graphql-transport-ws"
    fault = _missing(message, _MEMBERS[kind])
    if not fault and kind == "subscribe":
        fault = "`id` must not be empty" if not message["id"] else _missing(message["payload"], _OPERATION)
    return f"Invalid message of type {kind}: {fault}" if fault else None


def _missing(holder: Mapping[str, object], members: tuple[tuple[str, _Types, bool], ...]) -> str | None:
    for name, types, optional in members:
        if name not in holder and optional:
            continue
        if not isinstance(holder.get(name), types):
            return f"`{name}` is missing or of another JSON type"
    return None
