"""What is wrong with a change set: the codes, how the right name is suggested, and the error that carries faults."""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from enum import StrEnum

from graph_api.change.changeset import Fault
from graph_api.errors import UserInputError

_COUNTED = re.compile(r"^(?:Entity|Link|Item) \d+(?: to \w+)? ?(?:\((?P<name>.*?)\))?: ")
# More than this in one message helps nobody; the error carries them all.
SHOWN = 10


class FaultCode(StrEnum):
    """The closed set of `Fault.code`."""

    UNKNOWN_KIND = "UNKNOWN_KIND"
    UNKNOWN_FIELD = "UNKNOWN_FIELD"
    UNKNOWN_LINK = "UNKNOWN_LINK"
    INVALID_VALUE = "INVALID_VALUE"
    INVALID_KEY = "INVALID_KEY"
    REQUIRED = "REQUIRED"
    NOT_WRITABLE = "NOT_WRITABLE"
    WRONG_ENDS = "WRONG_ENDS"
    CONFLICTING = "CONFLICTING"
    """The set says two different things about the same entity or link."""
    TAKEN = "TAKEN"
    """To be created, but already there."""
    NOT_FOUND = "NOT_FOUND"
    ONLY_ONE = "ONLY_ONE"
    """At most one such link leaves this start, or arrives at this finish, and there is another."""
    CYCLE = "CYCLE"
    CONFLICT = "CONFLICT"
    """Somebody else has changed it since: it has another revision than the one expected, or newer changes."""


class ChangeRefused(UserInputError):  # noqa: N818 - it is said of the change set: refused, with its faults
    """A change set that cannot be applied. Nothing was written; `faults` has everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(_summary(self.faults))


def _summary(faults: tuple[Fault, ...]) -> str:
    lines = [fault.message for fault in faults[:SHOWN]]
    if len(faults) > SHOWN:
        lines.append(f"and {len(faults) - SHOWN} more.")
    count = "one fault" if len(faults) == 1 else f"{len(faults)} faults"
    return "\n".join((f"Nothing was changed; {count}:", *lines))


def uncounted(message: str) -> str:
    """Leave out of a fault's message which part of the set it is about, for people who see its path."""
    return _COUNTED.sub(lambda match: f"{match['name']}: " if match["name"] else "", message)


def suggestion(wrong: str, known: Iterable[str]) -> str:
    """Return `; did you mean x?` for the nearest of the known names, or a full stop where none is near."""
    nearest = near(wrong, tuple(known))
    return f"; did you mean {nearest}?" if nearest else "."


def near(wrong: str, known: Sequence[str]) -> str | None:
    """Find the known name that a wrong one was probably meant to be, whatever its capitals, dashes and underscores."""
    plain = {_plain(name): name for name in reversed(known)}
    found = get_close_matches(_plain(wrong), plain, n=1, cutoff=0.6)
    return plain[found[0]] if found else None


def _plain(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "").replace(" ", "")
