"""What goes wrong, as JSON that clients may rely on: a sentence and a promised code, never Python's own words.

Masking happens here and nowhere else in `web`. What is masked because it is a fault of ours is logged once, with its
traceback, by whoever masks it; `compile.run` logs the faults that it answers for itself, which arrive here without
their cause.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from graphql import GraphQLError, GraphQLFormattedError
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph_api.errors import Code, GraphApiError, RateLimitedError
from graph_api.web.request_id import request_id

INTERNAL_MESSAGE = "The service failed to answer this. The fault is in the service; its log says more."
UNREADABLE_MESSAGE = "The operation holds a value that cannot be read as the type expected here."

_STATUS = {
    Code.UNAUTHENTICATED: HTTPStatus.UNAUTHORIZED,
    Code.FORBIDDEN: HTTPStatus.FORBIDDEN,
    Code.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Code.RATE_LIMITED: HTTPStatus.TOO_MANY_REQUESTS,
    Code.TIMEOUT: HTTPStatus.SERVICE_UNAVAILABLE,
    Code.SERVICE_UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
    Code.INTERNAL: HTTPStatus.INTERNAL_SERVER_ERROR,
}
RETRY_AFTER = 2
"""Seconds after which another attempt is worth it where something does not answer, or too many wait."""
CHALLENGE = 'Bearer realm="graph_api"'

_log = logging.getLogger(__name__)


def refuse(
    message: str,
    status: int,
    *,
    code: Code = Code.BAD_USER_INPUT,
    media_type: str = "application/json",
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return the JSON response for a request that never became a GraphQL operation, in GraphQL's own shape."""
    extensions: dict[str, str] = {"code": code}
    if code is Code.INTERNAL and (name := request_id()):
        extensions["requestId"] = name
    body = {"errors": [{"message": message, "extensions": extensions}]}
    return Response(json.dumps(body), status_code=status, media_type=f"{media_type}; charset=utf-8", headers=headers)


def refuse_for(error: GraphApiError, *, media_type: str = "application/json") -> Response:
    """Return the JSON response for a request that fails with an error, as its client may see that."""
    seen = error.seen_from_outside()
    headers = headers_of_error(seen)
    return refuse(seen.message, status_of(seen.code), code=seen.code, media_type=media_type, headers=headers)


def describe(error: GraphQLError, *, inside: bool = False) -> GraphQLFormattedError:
    """Return an error as clients see it; `inside`: as those do who run the service.

    Errors raised on purpose keep their sentence and code. GraphQL's own keep their sentence, with BAD_USER_INPUT
    when the operation as a whole is refused. Anything else is ours to mend, and says no more than that.
    """
    described = error.formatted
    extensions = dict(described.get("extensions") or {})
    cause = _root_cause(error)
    if isinstance(cause, GraphApiError):
        seen = cause if inside else cause.seen_from_outside()
        described["message"] = seen.message
        extensions = {**extensions, "code": seen.code}
    elif cause is None:
        if error.path is None:
            extensions.setdefault("code", Code.BAD_USER_INPUT)
    elif fault_behind(error) is None:
        # graphql-core would quote the exception.
        described["message"] = UNREADABLE_MESSAGE
        extensions = {"code": Code.BAD_USER_INPUT}
    else:
        described["message"] = INTERNAL_MESSAGE
        extensions = {"code": Code.INTERNAL}
    if extensions.get("code") == Code.INTERNAL and (name := request_id()):
        # So that whoever complains of it names the line of the log.
        extensions["requestId"] = name
    if extensions:
        described["extensions"] = extensions
    return described


def fault() -> GraphQLFormattedError:
    """Return the error that stands for a fault of ours which is not that of any field."""
    return describe(GraphQLError(INTERNAL_MESSAGE, extensions={"code": Code.INTERNAL.value}))


def fault_behind(error: GraphQLError) -> Exception | None:
    """Return the exception behind an error where it is a fault of ours, with its traceback; else None.

    No fault is what was raised on purpose, what GraphQL says of an operation, and a literal that a scalar cannot read:
    validation meets it, so it stands at no path, and values raise ValueError or ArithmeticError.
    """
    cause = _root_cause(error)
    if cause is None or isinstance(cause, GraphApiError):
        return None
    unreadable = error.path is None and error.nodes and isinstance(cause, ValueError | ArithmeticError)
    return None if unreadable else cause


def status_of(code: Code) -> HTTPStatus:
    """Return the HTTP status of a request that fails with a code."""
    return _STATUS.get(code, HTTPStatus.BAD_REQUEST)


def status_of_refusal(errors: Sequence[GraphQLFormattedError]) -> HTTPStatus:
    """Return the HTTP status of an operation that was refused as a whole: that of its first error."""
    code = (errors[0].get("extensions") or {}).get("code") if errors else None
    return next((status for known, status in _STATUS.items() if known == code), HTTPStatus.BAD_REQUEST)


def headers_of_status(status: HTTPStatus) -> dict[str, str]:
    """Return what a client must be told beside a status."""
    if status is HTTPStatus.UNAUTHORIZED:
        return {"www-authenticate": CHALLENGE}
    return {"retry-after": str(RETRY_AFTER)} if status is HTTPStatus.SERVICE_UNAVAILABLE else {}


def headers_of_error(error: GraphApiError) -> dict[str, str]:
    """Return what a client must be told beside an error."""
    if isinstance(error, RateLimitedError):
        return {"retry-after": str(int(error.retry_after))}
    return headers_of_status(status_of(error.code))


class FaultsMiddleware:
    """Answers for faults of ours, and logs them: where the request still has its name, which Starlette's own has not.

    An answer that has begun cannot be taken back; the server breaks it off, and logs why.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        begun = False

        async def answer(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, answer)
        except Exception as error:
            if begun:
                raise
            _log.error("A request met a fault of the service.", exc_info=error)
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            await refuse(INTERNAL_MESSAGE, status, code=Code.INTERNAL)(scope, receive, send)


def _root_cause(error: GraphQLError) -> Exception | None:
    """Return the exception an error stands for; none if it is GraphQL's own, however often it was located again."""
    cause: Exception | None = error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return cause
