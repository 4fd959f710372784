"""Who asks, once that is proved."""

from dataclasses import dataclass
from typing import Protocol

from graph_api.model.roles import Role


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks, what they are to this service, and until when that is known."""

    actor: str
    """The name in the history and in the log."""
    role: Role
    expires: float | None = None
    """When the proof loses its force, in seconds since 1970; none where it never does."""


class Authenticator(Protocol):
    """Tells who asks from what they show."""

    async def identify(self, authorization: str | None, actor: str | None = None) -> Identity:
        """Tell who sends an `Authorization` header, the whole of it, or none, and calls itself `actor`.

        Raises UnauthenticatedError and ForbiddenError, whose sentence says how to mend it and nothing of what was sent,
        UserInputError for a name that cannot be used, and ServiceUnavailableError where it cannot be told now.
        """
