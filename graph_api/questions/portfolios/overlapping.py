"""Overlap: which of several things share pains, and how much of what both reach that is. Pure.

    overlap = pains of both / pains of either        (Jaccard's index)

Of an insight without a type nobody can say whether it is a pain. Where both reach s such, and either reaches u, the
overlap lies between S/(U + u - s) and (S + s)/(U + s), with S pains of both and U of either: at least, where those of
both are none and those of only one are, and at most, where it is the other way about.

Only what shares anything is ever looked at: each pain leads to whatever reaches it.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import combinations

Item = int
Pain = int


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two things share."""

    first: Item
    second: Item
    shared: int
    """How many pains both reach."""
    united: int
    """How many either reaches."""
    unknown_shared: int
    """How many insights without a type both reach."""
    unknown_united: int
    """How many either reaches."""
    first_within: bool | None
    """Whether all pains of the first are the second's too; null where only an insight without a type may be another."""
    second_within: bool | None
    """The same the other way about."""

    @property
    def low(self) -> float:
        """What the overlap is at least, 0 to 1."""
        most = self.united + self.unknown_united - self.unknown_shared
        return self.shared / most if most else 0.0  # nothing but insights without a type, which both reach

    @property
    def high(self) -> float:
        """What it is at most."""
        return (self.shared + self.unknown_shared) / (self.united + self.unknown_shared)

    @property
    def share(self) -> float | None:
        """The overlap; null where insights without a type leave it open."""
        return self.low if self.low == self.high else None


def overlaps(
    pains: Mapping[Item, AbstractSet[Pain]], unknown: Mapping[Item, AbstractSet[Pain]] | None = None
) -> list[Overlap]:
    """Return the overlap of every two that share a pain, or may; the smaller number is the first.

    `pains` has those that each reaches, `unknown` the insights without a type.
    """
    untyped = unknown or {}
    shared, unknown_shared = _shared(pains), _shared(untyped)
    found = []
    for pair in sorted(shared.keys() | unknown_shared.keys()):
        both, both_unknown = shared[pair], unknown_shared[pair]
        known_of, unknown_of = ([len(of.get(item, ())) for item in pair] for of in (pains, untyped))
        found.append(
            Overlap(
                *pair,
                shared=both,
                united=sum(known_of) - both,
                unknown_shared=both_unknown,
                unknown_united=sum(unknown_of) - both_unknown,
                first_within=_within(known_of[0] - both, unknown_of[0] - both_unknown),
                second_within=_within(known_of[1] - both, unknown_of[1] - both_unknown),
            )
        )
    return found


def _within(beyond: int, unknown_beyond: int) -> bool | None:
    return False if beyond else None if unknown_beyond else True


def _shared(reached: Mapping[Item, AbstractSet[Pain]]) -> Counter[tuple[Item, Item]]:
    by_pain: dict[Pain, list[Item]] = defaultdict(list)
    for item in sorted(reached):
        for pain in reached[item]:
            by_pain[pain].append(item)
    counted: Counter[tuple[Item, Item]] = Counter()
    for items in by_pain.values():
        counted.update(combinations(items, 2))
    return counted
