"""Text that folds within keys: after a hyphen or a slash as well as at spaces, where a column is too narrow for a key.

Rich breaks a word that is too long wherever the column ends, and a key is one word: `touchpoint/dealer-emergency-call`.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len, chop_cells
from rich.containers import Lines
from rich.measure import Measurement
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions

_PIECE = re.compile(r"(?:\S*?\w[-/](?=\w)|\S+)\s*|\s+")
"""What is not divided, with what ends it: a hyphen or a slash within a word, or spaces. A minus begins a number."""


class Folding(Text):
    """Text that also folds after hyphens and slashes."""

    def __rich_measure__(self, console: "Console", options: "ConsoleOptions") -> Measurement:
        """Say how narrow and how wide it can be, in columns."""
        least = max((cell_len(piece.rstrip()) for piece in _PIECE.findall(self.plain)), default=0)
        return Measurement(least, max(map(cell_len, self.plain.splitlines()), default=0))

    def wrap(self, console: "Console", width: int, **options: Any) -> Lines:  # noqa: ARG002
        """Divide it into lines of at most so many columns; how else they are to be set makes no difference here."""
        lines = Lines()
        for line in self.split(allow_blank=True):
            lines.extend(line.divide(folds(line.plain, width)))
        for line in lines:
            line.rstrip()
        return lines


def folds(text: str, width: int) -> Iterator[int]:
    """Say before which characters a line begins, so that none has more than `width` columns."""
    used = 0
    for piece in _PIECE.finditer(text):
        place = piece.start()
        if used and used + cell_len(piece[0].rstrip()) > width:
            yield place
            used = 0
        first, *others = chop_cells(piece[0].rstrip(), width) or [""]
        for chopped in others:
            place += len(first)
            yield place
            first, used = chopped, 0
        used += cell_len(first) + len(piece[0]) - len(piece[0].rstrip())
