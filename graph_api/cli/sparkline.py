"""A series as a line of signs, the lowest value at the bottom and the highest at the top."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions
from rich.measure import Measurement
from rich.text import Text

_SIGNS, _PLAIN_SIGNS = "▁▂▃▄▅▆▇█", "_.-=+*#@"
_CUT, _PLAIN_CUT = "│", "|"
_TOP = len(_SIGNS) - 1


@dataclass(frozen=True)
class Sparkline:
    """Values beside each other, the oldest first; what is unknown is a gap."""

    values: Sequence[float | None]
    cut: int | None = None
    """After how many of them a line is drawn, between what was before something and what was after; none if null."""

    def __rich_console__(self, _: Console, options: ConsoleOptions) -> Iterator[Text]:
        """Draw it, without signs that the terminal may not have."""
        signs, cut = (_PLAIN_SIGNS, _PLAIN_CUT) if options.ascii_only else (_SIGNS, _CUT)
        drawn = "".join(" " if height is None else signs[height] for height in self.heights())
        yield Text(drawn if self.cut is None else drawn[: self.cut] + cut + drawn[self.cut :], end="")

    def __rich_measure__(self, _: Console, __: ConsoleOptions) -> Measurement:
        """Tell how wide it is: always as wide."""
        width = len(self.values) + (self.cut is not None)
        return Measurement(width, width)

    def heights(self) -> list[int | None]:
        """Tell how high each value stands, 0 to 7; where all are the same, in the middle."""
        # Halves, since a difference of the largest numbers would overflow.
        halves = [value / 2 for value in self.values if value is not None]
        low, high = min(halves, default=0.0), max(halves, default=0.0)
        return [None if value is None else _height(value / 2, low, high) for value in self.values]


def _height(value: float, low: float, high: float) -> int:
    return _TOP // 2 if low == high else round((value - low) / (high - low) * _TOP)
