"""What is told of an operation once it is answered, for the log and the metrics."""

from dataclasses import dataclass

CANCELLED = "CANCELLED"
"""Stands for the code of an operation that ended before its answer, as nobody waited for it any more."""


@dataclass(frozen=True, slots=True)
class Finished:
    """One operation, or one request that never became one."""

    surface: str
    """`http` or `websocket`."""
    seconds: float
    codes: tuple[str, ...] = ()
    """The codes of its errors, each once; none where all is well."""
    status: int | None = None
    """Of the HTTP response."""
    sort: str | None = None
    """`query`, `mutation` or `subscription`."""
    name: str | None = None
    """The operation's name, as the client wrote it."""
    document: str | None = None
    """The document's text, of which only a hash leaves the process."""
    actor: str | None = None
    role: str | None = None
    cost: float | None = None
