"""The response to a GraphQL operation, as clients get it: over HTTP and in the terminal."""

import logging
from collections.abc import Sequence
from typing import Any, TypedDict

from graphql import ExecutionResult, GraphQLError, GraphQLFormattedError

from graph_api.web.faults import describe, fault_behind


class Response(TypedDict, total=False):
    """The response map of GraphQL."""

    errors: list[GraphQLFormattedError]
    data: dict[str, Any] | None
    extensions: dict[str, Any]


logger = logging.getLogger(__name__)


def response_of(result: ExecutionResult, *, inside: bool = False) -> Response:
    """Return the response map: errors first, as clients may see them, and no `data` when nothing was run.

    `inside`: for those who run the service, who are told what they can mend.

    What clients may not see, because it is a fault of ours, is logged: nobody else would.
    """
    for error in result.errors or ():
        if fault := fault_behind(error):
            logger.error("An operation met a fault of the service.", exc_info=fault)
    response = refusal(result.errors, inside=inside) if result.errors else Response()
    if not is_refused(result):
        response["data"] = result.data
    if result.extensions:
        response["extensions"] = result.extensions
    return response


def refusal(errors: Sequence[GraphQLError], *, inside: bool = False) -> Response:
    """Return the response map of an operation that is not run."""
    return Response(errors=[describe(error, inside=inside) for error in errors])


def is_refused(result: ExecutionResult) -> bool:
    """Tell an operation that was never run: errors that stand at no path of the answer, and no answer."""
    return result.data is None and all(error.path is None for error in result.errors or ())


def codes_of(response: Response) -> tuple[str, ...]:
    """Return the codes of a response's errors, each once."""
    codes = (str((error.get("extensions") or {}).get("code", "")) for error in response.get("errors") or ())
    return tuple(dict.fromkeys(codes))
