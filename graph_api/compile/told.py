"""What goes wrong, as an error of the response: with its code and its place, and nothing from inside."""

import logging

from graphql import FieldNode, GraphQLError

from graph_api.errors import Code, GraphApiError

_log = logging.getLogger(__name__)


def told(error: BaseException, key: str | None = None, nodes: tuple[FieldNode, ...] = ()) -> GraphQLError:
    """Turn what went wrong in a root field, or before any, into an error of the response; tell nothing from inside."""
    if not isinstance(error, Exception):
        raise error  # cancellation and the like are not answers
    path = None if key is None else [key]
    if isinstance(error, GraphQLError):
        return coded(GraphQLError(error.message, error.nodes or list(nodes), path=path, extensions=error.extensions))
    if isinstance(error, GraphApiError):
        code = {"code": error.code.value}
        return GraphQLError(error.message, list(nodes), path=path, original_error=error, extensions=code)
    _log.error("An operation failed.", exc_info=error)
    message = "Something went wrong on our side. The server's log says more."
    return GraphQLError(message, list(nodes), path=path, extensions={"code": Code.INTERNAL.value})


def coded(error: GraphQLError) -> GraphQLError:
    """Give an error about the request's input its code."""
    error.extensions = {"code": Code.BAD_USER_INPUT.value, **(error.extensions or {})}
    return error
