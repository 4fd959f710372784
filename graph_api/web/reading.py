"""What a request asks for, read from its address or its body; what cannot be read is refused with a sentence."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any, NoReturn, TypeVar

from starlette.requests import ClientDisconnect, Request

from graph_api.errors import Code
from graph_api.schema.documents import Asked
from graph_api.settings import Limits
from graph_api.web.negotiation import JSON

REST = 1_048_576
"""Bytes of a body beyond what it may have that are passed over, not kept."""
PASSING = 1.0
"""Seconds for which they are."""

_JSON_NAMES: dict[type, str] = {str: "a string", dict: "an object"}
_SURROGATE = "\\ud"
"""How JSON begins to write half of a character; usually the other half follows."""
_PARAMETERS = ("query", "operationName", "variables", "extensions")
_Kind = TypeVar("_Kind", str, dict[str, Any])


class RequestRefusedError(Exception):
    """A request that never becomes an operation."""

    def __init__(
        self,
        message: str,
        status: HTTPStatus = HTTPStatus.BAD_REQUEST,
        code: Code = Code.BAD_USER_INPUT,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.code = code
        self.headers = dict(headers or {})


async def read_operation(request: Request, limits: Limits) -> Asked:
    """Return the operation that a request asks for; one request is one operation."""
    data = _of_address(request, limits) if request.method in {"GET", "HEAD"} else await _of_body(request, limits)
    query = _member(data, "query", str)
    if not query:
        refuse("`query` must hold a GraphQL document.")
    _member(data, "extensions", dict)
    return Asked(query, _member(data, "operationName", str) or None, _member(data, "variables", dict))


def read_json(data: str | bytes) -> object:
    """Return the value that JSON text stands for, or refuse what cannot be read."""
    try:
        text = data.decode("utf-8") if isinstance(data, bytes) else data
        value: object = _DECODER.decode(text)
        if _SURROGATE in text.lower():
            # Half a character, which can neither be stored nor be answered.
            json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        refuse("The JSON is nested too deeply.")
    except UnicodeDecodeError:
        refuse("The body is not UTF-8.")
    except UnicodeEncodeError:
        refuse("The JSON has half of a surrogate pair where a character should be.")
    except ValueError:  # not JSON, or an integer of thousands of digits
        refuse("The request's JSON cannot be read.")
    return value


def refuse(message: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> NoReturn:
    """Refuse the request."""
    raise RequestRefusedError(message, status)


def _of_address(request: Request, limits: Limits) -> dict[str, object]:
    """Read the parameters of the address; an empty one is as good as none."""
    if len(request.scope["query_string"]) > limits.body:
        message = (
            f"The address has more than {limits.body} bytes; send the operation by POST. LIMIT_BODY sets the limit."
        )
        refuse(message, HTTPStatus.REQUEST_URI_TOO_LONG)
    given = request.query_params
    for name in _PARAMETERS:
        if len(given.getlist(name)) > 1:
            refuse(f"`{name}` stands in the address more than once.")
    data: dict[str, object] = {name: given[name] or None for name in _PARAMETERS if name in given}
    for name in ("variables", "extensions"):
        if text := data.get(name):
            data[name] = read_json(str(text))
    return data


async def _of_body(request: Request, limits: Limits) -> dict[str, Any]:
    media_type, _, parameters = request.headers.get("content-type", "").partition(";")
    if media_type.strip().lower() != JSON:
        refuse(f"Send the operation as `{JSON}`.", HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    charset = parameters.lower().partition("charset=")[2].partition(";")[0].strip(' "')
    if charset not in {"", "utf-8", "utf8"}:
        refuse("Send the operation in UTF-8.", HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if request.headers.get("content-encoding", "identity").strip().lower() not in {"", "identity"}:
        refuse("Send the operation uncompressed: without Content-Encoding.", HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    data = read_json(await _body(request, limits.body))
    if not isinstance(data, dict):
        refuse("The body must be one JSON object with a `query`.")
    return data


async def _body(request: Request, limit: int) -> bytes:
    """Read the body as it arrives, and refuse it as soon as it is longer than it may be."""
    too_long = RequestRefusedError(
        f"The body has more than {limit} bytes; send less at once. LIMIT_BODY sets the limit.",
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        headers={"connection": "close"},  # or the rest would have to be read before the next request
    )
    length = request.headers.get("content-length", "")
    body, chunks = bytearray(), request.stream()
    if not (length.isdecimal() and int(length[:20]) > limit):
        async for chunk in chunks:
            body += chunk
            if len(body) > limit:
                break
        else:
            return bytes(body)
    elif "expect" in request.headers:
        raise too_long  # the client has not begun to send it, and need not
    await _pass_over(chunks)
    raise too_long


async def _pass_over(chunks: AsyncIterator[bytes]) -> None:
    """Let a client send some more than it may: one that is cut off while it sends may lose the answer."""
    left = REST
    with suppress(TimeoutError, ClientDisconnect):
        async with asyncio.timeout(PASSING):
            async for chunk in chunks:
                left -= len(chunk)
                if left < 0:
                    return


def _member(data: Mapping[str, Any], name: str, kind: type[_Kind]) -> _Kind | None:
    """Return a member of the request, or refuse one that is of another JSON type."""
    value = data.get(name)
    if value is not None and not isinstance(value, kind):
        refuse(f"`{name}` must be {_JSON_NAMES[kind]} or null.")
    return value


def _refuse_constant(name: str) -> NoReturn:
    """Refuse NaN and Infinity, which Python reads and JSON does not have."""
    refuse(f"JSON has no {name}.")


# Made once: `json.loads` would make another for each request.
_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)
