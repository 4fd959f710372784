"""What can go wrong, in words for the person who can mend it.

Every error that this service raises on purpose is a `GraphApiError`: its message is a whole sentence that names the
place and the mending, and its code is one of the codes that the API promises. Anything else that is raised is a fault
of ours.
"""

from enum import StrEnum

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
