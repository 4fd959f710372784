"""Fronts: of what is good at several things at once, what is beaten by none, then what is beaten only by these, and on.

One beats another where it is as good by every criterion and better by one; those that are equal by all beat neither
each other nor are told apart. The first front is what nothing beats; the next is what nothing beats once the first is
taken away. So every one after the first front is beaten by one of the front before it.

What is unknown by a criterion is compared with nothing: neither is it beaten nor does it beat. It stands apart, with
the criteria that it lacks.

The sorting is that of Zhang, Tian, Cheng and Jin, "An Efficient Approach to Nondominated Sorting for Evolutionary
Multiobjective Optimization", IEEE Transactions on Evolutionary Computation 19 (2015): taken from the best by the first
criterion on, each need be held only against the fronts so far, and is found its own by halving.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

Place = int
"""Where something stands in the list that was given."""

_ROOM = 16


@dataclass(frozen=True, slots=True)
class Fronts:
    """What was sorted into fronts."""

    fronts: Sequence[Sequence[Place]]
    """The best first; within each in the order given."""
    apart: Sequence[tuple[Place, Sequence[int]]]
    """What was compared with nothing, and the places of the criteria that it lacks."""


def sort_into_fronts(values: Sequence[Sequence[float | None]], larger_is_better: Sequence[bool]) -> Fronts:
    """Sort into fronts by some criteria; `values` has for each a value by each criterion."""
    alike: dict[tuple[int, ...], list[Place]] = defaultdict(list)
    apart = []
    ranks = [_ranks((row[at] for row in values), up=up) for at, up in enumerate(larger_is_better)]
    for place, row in enumerate(values):
        if lacking := [at for at, value in enumerate(row) if value is None]:
            apart.append((place, lacking))
        else:
            known = (of[value] for of, value in zip(ranks, row, strict=True) if value is not None)
            alike[tuple(known)].append(place)
    fronts: list[_Front] = []
    found: list[list[Place]] = []
    for best in sorted(alike, reverse=True):
        low, high = 0, len(fronts)
        # What is beaten in one front is beaten in all before it.
        while low < high:
            middle = (low + high) // 2
            if fronts[middle].beats(best):
                low = middle + 1
            else:
                high = middle
        if low == len(fronts):
            fronts.append(_Front(len(best)))
            found.append([])
        fronts[low].add(best)
        found[low] += alike[best]
    return Fronts([sorted(places) for places in found], apart)


def _ranks(values: Iterable[float | None], *, up: bool) -> Mapping[float, int]:
    """Put in the place of each value how many are worse: small numbers, which an array holds exactly."""
    known = sorted({value for value in values if value is not None}, reverse=not up)
    return {value: place for place, value in enumerate(known)}


class _Front:
    """What is in one front so far, as an array that grows."""

    def __init__(self, criteria: int) -> None:
        # Only a question that needs it pays for it.
        import numpy as np  # noqa: PLC0415 - see above

        self._rows = np.empty((_ROOM, criteria), dtype=np.int64)
        self._count = 0

    def beats(self, row: tuple[int, ...]) -> bool:
        """Tell whether any of it beats a row, which is none of them and no better by the first criterion."""
        return bool((self._rows[: self._count, 1:] >= row[1:]).all(axis=1).any())

    def add(self, row: tuple[int, ...]) -> None:
        if self._count == len(self._rows):
            self._rows = self._rows.repeat(2, axis=0)
        self._rows[self._count] = row
        self._count += 1
