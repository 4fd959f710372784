"""The response to a GraphQL operation, as clients get it: over HTTP and in the terminal."""

import logging
from collections.abc import Sequence

from graphql import GraphQLError
from strawberry.http import GraphQLHTTPResponse
from strawberry.types import ExecutionResult

from graph_api.web.faults import describe, fault_behind

Response = GraphQLHTTPResponse

logger = logging.getLogger(__name__)


def response_of(result: ExecutionResult) -> Response:
    """Return the response map: errors first, as clients may see them, and no `data` when nothing was run.

    What clients may not see, because it is a fault of ours, is logged: nobody else would.
    """
    for error in result.errors or ():
        if fault := fault_behind(error):
            logger.error("An operation met a fault of the service.", exc_info=fault)
    response = refusal(result.errors) if result.errors else Response()
    if not is_refused(result):
        response["data"] = result.data
    if result.extensions:
        response["extensions"] = result.extensions
    return response


def refusal(errors: Sequence[GraphQLError]) -> Response:
    """Return the response map of an operation that is not run."""
    return Response(errors=[describe(error) for error in errors])


def is_refused(result: ExecutionResult) -> bool:
    """Tell an operation that was never run: errors that stand at no path of the answer, and no answer."""
    return result.data is None and all(error.path is None for error in result.errors or ())
