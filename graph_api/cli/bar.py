"""Shares as bars and as percentages. A full bar and 100% mean all of it, never nearly all."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions
from rich.measure import Measurement
from rich.text import Text

from graph_api.cli.table import UNKNOWN

_SIGNS, _PLAIN_SIGNS = "█▒░", "#=."
_STYLES = ("green", "yellow", "dim")


@dataclass(frozen=True)
class Bar:
    """Parts of a whole beside each other, told apart by their signs; the last part is what is left to do."""

    parts: Sequence[float]
    """How large each is, of at most three."""
    width: int = 10

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> Iterator[Text]:
        """Draw it, without signs that the terminal may not have."""
        signs = _PLAIN_SIGNS if options.ascii_only else _SIGNS
        last = len(signs) - 1
        places = [*range(len(self.parts) - 1), last]
        lengths = self.lengths()
        yield Text.assemble(
            *((signs[place] * length, _STYLES[place]) for place, length in zip(places, lengths, strict=True)), end=""
        )

    def __rich_measure__(self, _: Console, __: ConsoleOptions) -> Measurement:
        """Tell how wide it is: always as wide."""
        return Measurement(self.width, self.width)

    def lengths(self) -> list[int]:
        """Tell how long each part is drawn: every part that is there at least one sign, where there is room."""
        whole = sum(self.parts)
        if not whole:
            return [0] * len(self.parts)
        lengths = [max(1, round(part / whole * self.width)) if part else 0 for part in self.parts]
        while sum(lengths) != self.width:
            step = 1 if sum(lengths) < self.width else -1
            lengths[lengths.index(max(lengths))] += step
        return lengths


def of_share(share: float | None) -> Bar | Text:
    """Return the bar of a share, 0 to 1."""
    return Text(UNKNOWN) if share is None else Bar((share, 1 - share))


def percent(share: float | None) -> str:
    """Write a share as a percentage with a tenth: up to all of it cut, so that 100% is all, and beyond it rounded."""
    if share is None:
        return UNKNOWN
    cut = math.copysign(tenths(abs(share) * 100), share) + 0.0  # which leaves no zero with a sign
    return f"{cut if share <= 1 else share * 100:.1f}%"


def tenths(value: float) -> float:
    """Round down to a tenth; what differs from a tenth only by the computer's own rounding is that tenth."""
    return math.floor(value * 10 + 1e-9) / 10
