"""Where something stands in a file, and what is wrong there."""

from dataclasses import dataclass, field

from graph_api.errors import UserInputError


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a file that a person can go to. Lines and columns count from 1; 0 is the file as a whole."""

    file: str
    line: int = 0
    column: int = 0
    """The character in a YAML line; the number of the cell in a CSV row."""
    heading: str | None = None
    """For a cell of a CSV file, the heading of its column."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class FileFault:
    """One thing wrong in a file: where, which sort, and a sentence that says how to mend it."""

    place: Place
    code: str
    message: str

    def __str__(self) -> str:
        cell = f"[{self.place.heading}] " if self.place.heading else ""
        return f"{self.place}: {cell}{self.message}"


@dataclass(slots=True)
class Faults:
    """Gathers the faults of several files, so that all of them can be told at once."""

    found: list[FileFault] = field(default_factory=list)
    _places: set[Place] = field(default_factory=set)

    def add(self, place: Place, message: str, code: str = "BAD_USER_INPUT") -> None:
        """Note a fault; the second at one spot would only be the first one's echo."""
        if place.line == 0 or place not in self._places:
            self._places.add(place)
            self.found.append(FileFault(place, code, message))

    def __bool__(self) -> bool:
        return bool(self.found)

    def in_order(self) -> tuple[FileFault, ...]:
        """Return each fault once, by file, line and column."""
        return tuple(sorted(set(self.found), key=_position))


class ImportRefusedError(UserInputError):
    """Files that cannot be imported as they are. Nothing was written."""

    def __init__(self, faults: tuple[FileFault, ...], *, more: bool = False) -> None:
        """Take the faults; with `more` there were so many that the rest was not looked for."""
        count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults{', and perhaps more,' if more else ''}"
        self.summary = f"Nothing was imported; {count} must be mended first."
        self.faults = faults
        super().__init__("\n".join([*map(str, faults), self.summary]))


def _position(fault: FileFault) -> tuple[str, int, int, str]:
    return fault.place.file, fault.place.line, fault.place.column, fault.message
