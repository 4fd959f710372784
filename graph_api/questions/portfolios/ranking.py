"""Ranks, and the ranks that something may have where its score is not known exactly. Pure.

A rank is 1 + how many are strictly better, so that those that are equal share one and the next after them is as many
lower. Better is larger. A score may be a number, or a tuple of them where the first alone leaves ties.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, Self, TypeVar


class Ordered(Protocol):
    """Anything by which can be ranked: a number, or a tuple of numbers."""

    def __lt__(self, other: Any, /) -> bool:
        """Tell whether it comes before another."""


S = TypeVar("S", bound=Ordered)

Bound = tuple[S | None, S | None]
"""What a score is at least and at most; None where nothing bounds it on that side."""


@dataclass(frozen=True, slots=True)
class RankRange:
    """The best and the worst rank that something can have."""

    best: int
    worst: int

    def with_others(self, others: Iterable[Self]) -> "RankRange":
        """Return what is best and what is worst in this range and others."""
        ranges = [self, *others]
        return RankRange(min(one.best for one in ranges), max(one.worst for one in ranges))


def ranks(scores: Sequence[S | None]) -> list[int | None]:
    """Return the rank of each score among those that are known; null of one that is unknown."""
    known = sorted(score for score in scores if score is not None)
    return [None if score is None else _above(known, score) + 1 for score in scores]


def rank_ranges(bounds: Sequence[Bound[S]]) -> list[RankRange]:
    """Return the ranks that each can have, where every score lies anywhere within its bounds, whatever the others do.

    Both ends are attained: at best its score is as high as it can be and all others are as low, at worst it is the
    other way about.
    """
    lows = sorted(low for low, _ in bounds if low is not None)
    highs = sorted(high for _, high in bounds if high is not None)
    boundless = len(bounds) - len(highs)
    found = []
    for low, high in bounds:
        better = 0 if high is None else _above(lows, high)
        # It never is better than itself; but here its own high counts wherever that is above its low.
        itself = low is None or high is None or low < high
        maybe_better = boundless + (len(highs) if low is None else _above(highs, low)) - itself
        found.append(RankRange(better + 1, maybe_better + 1))
    return found


def _above(ordered: Sequence[S], score: S) -> int:
    return len(ordered) - bisect_right(ordered, score)
