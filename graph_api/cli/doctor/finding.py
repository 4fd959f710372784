"""What a check finds."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's: what was looked at, how it is, and what to do where it should be otherwise."""

    check: str
    status: Status
    detail: str
    mending: str = ""


def fine(check: str, detail: str) -> Finding:
    """Say that all is well."""
    return Finding(check, Status.OK, detail)


def warning(check: str, detail: str, mending: str = "") -> Finding:
    """Say what works and should be otherwise."""
    return Finding(check, Status.WARN, detail, mending)


def failure(check: str, detail: str, mending: str = "") -> Finding:
    """Say what does not work."""
    return Finding(check, Status.FAIL, detail, mending)
