"""The GraphQL endpoint: Strawberry's Starlette view, mended where it strays from GraphQL over HTTP.

What a client sends and gets wrong is answered with status 400 and a JSON error, never 500; `Accept` chooses between
`application/graphql-response+json`, whose status tells whether the operation ran, and `application/json`.
"""

import json
from datetime import timedelta
from http import HTTPStatus
from typing import Any, NoReturn, TypeVar, cast

import strawberry
from cross_web import AsyncHTTPRequestAdapter, HTTPException
from graphql import GraphQLError, OperationDefinitionNode, parse
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.http.base import BaseRequestProtocol
from strawberry.http.parse_content_type import parse_content_type
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.types import ExecutionResult

from graph_api.schema.changer import ANYBODY, Caller
from graph_api.schema.service import Service
from graph_api.web.faults import refuse, status_of_refusal
from graph_api.web.response import response_of
from graph_api.web.socket import SocketAdapter, SocketHandler

JSON = "application/json"
GRAPHQL_RESPONSE = "application/graphql-response+json"
HTML = "text/html"
ACTOR_HEADER = "x-actor"
"""Who makes a change, as long as nobody has to prove it."""
IDEMPOTENCY_HEADER = "idempotency-key"

INIT_TIMEOUT = timedelta(seconds=5)
"""Within which a client must say that it speaks the protocol, once a WebSocket connection is open."""

WRONG_ORIGIN = "A page of another origin may not connect; open it from the address of this service."

_OPERATION_KEYWORDS = ("query", "mutation", "subscription")
_JSON_NAMES: dict[type, str] = {str: "a string", dict: "an object"}
_Kind = TypeVar("_Kind", str, dict[str, Any])


class GraphQLEndpoint(GraphQL[object, None]):
    """An ASGI application that answers GraphQL operations, and shows a page to browsers that ask for one.

    It answers over HTTP, and over WebSocket (see `socket`) unless a page of another origin opens that.

    `context` is handed to every operation as it is; `page` is the HTML of GraphiQL; `body_limit` is how many bytes of a
    request's body are read at most.
    """

    websocket_adapter_class = SocketAdapter
    graphql_transport_ws_handler_class = SocketHandler

    def __init__(self, schema: strawberry.Schema, *, context: object, page: str, body_limit: int) -> None:
        super().__init__(
            schema,
            subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
            connection_init_wait_timeout=INIT_TIMEOUT,
        )
        self._context = context
        self._page = page
        self._body_limit = body_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request, or the messages of one WebSocket connection."""
        if scope["type"] == "websocket":
            await self._converse(WebSocket(scope, receive, send))
            return
        request = Request(scope, _at_most(self._body_limit, receive))
        try:
            response = await self.run(request)
        except HTTPException as refusal:
            media_type = _response_media_type(request)
            response = refuse(refusal.reason, refusal.status_code, media_type=media_type, headers={"vary": "accept"})
            if refusal.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
                response.headers["connection"] = "close"  # or the rest would have to be read before the next request
        await response(scope, receive, send)

    async def _converse(self, socket: WebSocket) -> None:
        if self._check_websocket_origin(socket):
            await self.run(socket)
        else:
            await refuse(WRONG_ORIGIN, HTTPStatus.FORBIDDEN)(socket.scope, socket.receive, socket.send)

    async def get_context(self, request: object, response: object) -> object:  # noqa: ARG002 Strawberry's signature
        """Return what the application was made with; where that is the service, for who asks."""
        if not isinstance(self._context, Service):
            return self._context
        headers = cast("HTTPConnection", request).headers
        return self._context.called_by(
            Caller(actor=headers.get(ACTOR_HEADER) or ANYBODY, idempotency_key=headers.get(IDEMPOTENCY_HEADER))
        )

    def should_render_graphql_ide(self, request: BaseRequestProtocol) -> bool:
        """Tell browsers, which ask for HTML, from clients, whose `*/*` must not fetch a page."""
        accept = request.headers.get("accept", "")
        return request.method == "GET" and _quality(accept, HTML) > max(
            _quality(accept, JSON), _quality(accept, GRAPHQL_RESPONSE)
        )

    async def render_graphql_ide(self, request: Request) -> Response:  # noqa: ARG002 Strawberry's signature
        """Return GraphiQL. It names its files by their content, so the page itself is always asked for anew."""
        return HTMLResponse(self._page, headers={"cache-control": "no-cache", "vary": "accept"})

    def decode_json(self, data: str | bytes) -> object:
        """Return the value that JSON text stands for, or refuse with 400 what cannot be read."""
        try:
            text = data.decode("utf-8") if isinstance(data, bytes) else data
            return json.loads(text, parse_constant=_refuse_constant)
        except RecursionError:
            _refuse("The JSON is nested too deeply.")
        except UnicodeDecodeError:
            _refuse("The body is not UTF-8.")
        except ValueError:  # not JSON, or an integer of thousands of digits
            _refuse("The request's JSON cannot be read.")

    async def parse_http_body(self, request: AsyncHTTPRequestAdapter) -> GraphQLRequestData:
        """Return the operation that a request asks for; one request is one operation."""
        if request.method == "GET":
            data: object = self.parse_query_params(request.query_params)
        elif parse_content_type(request.content_type or "")[0].lower() == JSON:
            data = self.parse_json(await request.get_body())
        else:
            _refuse(f"Send the operation as `{JSON}`.", HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        if not isinstance(data, dict):
            _refuse("The body must be one JSON object with a `query`.")
        query = _member(data, "query", str)
        if not query:
            _refuse("`query` must hold a GraphQL document.")
        operation_name = _member(data, "operationName", str)
        if operation_name is None and _has_several_operations(query):
            _refuse("The document holds several operations; say in `operationName` which one to run.")
        return GraphQLRequestData(
            query=query,
            variables=_member(data, "variables", dict),
            operation_name=operation_name,
            extensions=_member(data, "extensions", dict),
        )

    async def process_result(self, request: Request, result: ExecutionResult) -> GraphQLHTTPResponse:  # noqa: ARG002
        """Return the response map."""
        return response_of(result)

    async def get_sub_response(self, request: Request) -> Response:  # type: ignore[override]
        """Return the response that an operation may put headers on, with the media type the client asked for."""
        response = await super().get_sub_response(request)
        response.media_type = _response_media_type(request)
        response.headers["vary"] = "accept"
        return response

    def create_response(
        self, response_data: GraphQLHTTPResponse | list[GraphQLHTTPResponse], sub_response: Response
    ) -> Response:
        """Return the HTTP response; its status tells of refusal only to clients that know GraphQL over HTTP."""
        response = super().create_response(response_data, sub_response)
        response.headers["content-type"] = f"{sub_response.media_type}; charset=utf-8"
        if sub_response.media_type == GRAPHQL_RESPONSE and "data" not in response_data:
            response.status_code = status_of_refusal(cast("Any", response_data)["errors"])
        return response


def _at_most(limit: int, receive: Receive) -> Receive:
    """Pass a request's body on as it arrives, and refuse it with 413 as soon as it is longer than `limit` bytes."""
    read = 0

    async def receive_within() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > limit:
            _refuse(
                f"The body has more than {limit} bytes; send less at once. LIMIT_BODY sets the limit.",
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            )
        return message

    return receive_within


def _has_several_operations(document: str) -> bool:
    """Tell whether a name is needed; Strawberry would run the first. Parses only documents that may hold several."""
    if sum(document.count(keyword) for keyword in _OPERATION_KEYWORDS) <= 1:
        return False
    try:
        definitions = parse(document, no_location=True).definitions
    except (GraphQLError, RecursionError):
        return False  # Strawberry says what is wrong with it, and where.
    operations = [each for each in definitions if isinstance(each, OperationDefinitionNode)]
    return len(operations) > 1 and all(each.name for each in operations)


def _member(data: dict[str, Any], name: str, kind: type[_Kind]) -> _Kind | None:
    """Return a member of the request, or refuse one that is of another JSON type."""
    value = data.get(name)
    if value is not None and not isinstance(value, kind):
        _refuse(f"`{name}` must be {_JSON_NAMES[kind]} or null.")
    return value


def _response_media_type(request: Request) -> str:
    """Return the media type of GraphQL over HTTP where the client prefers it, else plain JSON."""
    accept = request.headers.get("accept", "")
    weight = _quality(accept, GRAPHQL_RESPONSE)
    return GRAPHQL_RESPONSE if weight > 0 and weight >= _quality(accept, JSON) else JSON


def _quality(accept: str, media_type: str) -> float:
    """Return the weight, 0…1, that an Accept header gives to a media type by name; 0 where it does not name it."""
    for entry in accept.lower().split(","):
        name, *parameters = (part.strip() for part in entry.split(";"))
        if name == media_type:
            weight = next((value for key, _, value in (each.partition("=") for each in parameters) if key == "q"), "1")
            return float(weight) if weight.replace(".", "", 1).isdecimal() else 0.0
    return 0.0


def _refuse_constant(name: str) -> NoReturn:
    """Refuse NaN and Infinity, which Python reads and JSON does not have."""
    _refuse(f"JSON has no {name}.")


def _refuse(reason: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> NoReturn:
    raise HTTPException(status, reason)
