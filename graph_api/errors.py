"""What can go wrong, in words for the person who can mend it.

Every error that this service raises on purpose is a `GraphApiError`: its message is a whole sentence that names the
place and the mending, and its code is one of the codes that the API promises. Anything else that is raised is a fault
of ours.
"""

from collections.abc import Iterator
from enum import StrEnum
from traceback import walk_tb

OWN = "graph_api"
"""The logger above all of this project's."""
CHAIN = 10
"""Exceptions that are told of where one led to the other."""
FRAMES = 40
"""Places that are told of each, the last ones."""
WORDS = 4_000
"""Characters that the log tells of an event, of each of its fields, and of an exception."""
AWAY = "The graph does not answer at the moment; try again shortly."
"""What clients are told whatever is amiss with Neo4j, which they cannot mend."""


class Code(StrEnum):
    """The closed set of error codes that people and programs may rely on (`extensions.code` in GraphQL)."""

    BAD_USER_INPUT = "BAD_USER_INPUT"
    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    NOT_FOUND = "NOT_FOUND"
    CONFLICT = "CONFLICT"
    TOO_COSTLY = "TOO_COSTLY"
    RATE_LIMITED = "RATE_LIMITED"
    TIMEOUT = "TIMEOUT"
    SLOW_READER = "SLOW_READER"
    SERVICE_UNAVAILABLE = "SERVICE_UNAVAILABLE"
    INTERNAL = "INTERNAL"


class GraphApiError(Exception):
    """An error with a sentence for people and a code for programs. Never carries a secret."""

    code: Code = Code.INTERNAL
    outside: str | None = None
    """What clients of the service are told where the sentence is for those who run it, as it names what is inside."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def seen_from_outside(self) -> "GraphApiError":
        """Return the error for clients of the service: SERVICE_UNAVAILABLE where only who runs it can mend anything."""
        return self if self.outside is None else ServiceUnavailableError(self.outside)


class UserInputError(GraphApiError):
    """What was asked cannot be done as it was asked."""

    code = Code.BAD_USER_INPUT


class TooCostlyError(GraphApiError):
    """More is asked than one request may have."""

    code = Code.TOO_COSTLY


class UnauthenticatedError(GraphApiError):
    """Nobody has proved who asks, or not so that it can be believed."""

    code = Code.UNAUTHENTICATED


class ForbiddenError(GraphApiError):
    """Who asks is known, and may not do this."""

    code = Code.FORBIDDEN


class RateLimitedError(GraphApiError):
    """More was asked in a short time than one client may ask."""

    code = Code.RATE_LIMITED

    def __init__(self, message: str, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        """Seconds after which another attempt may be answered."""


class ServiceUnavailableError(GraphApiError):
    """Neo4j, or something else that this service stands on, does not answer."""

    code = Code.SERVICE_UNAVAILABLE


class EngineError(ServiceUnavailableError):
    """The embedded Neo4j cannot be fetched, started, joined or stopped."""

    outside = AWAY


def trace(error: BaseException, *, words: bool) -> Iterator[str]:
    """Yield lines for the log: an exception's type and places, and those that led to it, the last one first.

    The words of what was not raised on purpose may quote what was sent, and are told only with `words`.
    """
    seen: BaseException | None = error
    for _ in range(CHAIN):
        if seen is None:
            return
        said = f": {str(seen)[:WORDS]}" if words or isinstance(seen, GraphApiError) else ""
        yield f"{type(seen).__module__}.{type(seen).__qualname__}{said}"
        if isinstance(seen, BaseExceptionGroup):
            yield from (f"  with {type(each).__qualname__}" for each in seen.exceptions[:CHAIN])
        frames = list(walk_tb(seen.__traceback__))
        if len(frames) > FRAMES:
            yield f"  … {len(frames) - FRAMES} more"
        for frame, line in frames[-FRAMES:]:
            yield f"  {frame.f_code.co_filename}:{line} in {frame.f_code.co_qualname}"
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
        if seen is not None:
            yield "after"
