"""The choice of a portfolio, as plain numbers: what can be chosen, what that needs, costs and answers. Pure.

*Pieces* are what a plan is made of: options, and works that they need. A plan is a set of pieces with all that these
need. A *pain* is answered by the best fit of the pieces that reach it, once. A *charge* is what a piece takes of the
money or of a party's time: it is paid once, and not at all where another piece of the plan holds it already.

All is in whole numbers of some unit, so that sums are exact and quick whatever anybody wrote; see `whole`.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from math import gcd, lcm
from typing import NamedTuple

Piece = int
"""Its place among the pieces."""
Pieces = frozenset[Piece]
NONE: Pieces = frozenset()


class Charge(NamedTuple):
    """What a piece takes of something of which there is only so much."""

    piece: Piece
    amount: int | None
    """Null is unknown: it cannot be paid while there is a limit."""
    within: tuple[Piece, ...] = ()
    """Pieces whose own charge holds this one: where one of them is in the plan, nothing is paid."""


@dataclass(frozen=True, slots=True)
class Resource:
    """Money, or the time of a party."""

    charges: Sequence[Charge]
    limit: int | None = None
    """How much there is; null is no end."""


class Pain(NamedTuple):
    """What a pain counts, and by what it can be answered."""

    weight: int
    paths: tuple[tuple[Piece, int], ...]
    """Each a piece, and the place of a fit."""


class Gain(NamedTuple):
    """What is won where at least one of some pieces is in the plan."""

    value: int
    by: tuple[Piece, ...]


@dataclass(frozen=True)
class Problem:
    """What is chosen from; see above."""

    options: Sequence[Piece]
    """What can be chosen, in the order of their keys."""
    needs: Sequence[Collection[Piece]]
    """For each piece, those without which it cannot be."""
    pains: Sequence[Pain]
    fits: Sequence[int]
    """Above zero; a whole fit is as much as the unit says."""
    resources: Sequence[Resource]
    """The money first, then the time of the parties."""
    there: Pieces = NONE
    """What there is already: it needs nothing more."""
    must: Pieces = NONE
    barred: Pieces = NONE

    @property
    def money(self) -> Resource:
        """The money."""
        return self.resources[0]

    @cached_property
    def gains(self) -> Sequence[Gain]:
        """What is won by which pieces.

        A pain of weight w with the fits f1 > f2 > … is answered with w·(f1 - f2) where a piece with the first fit is in
        the plan, and with w·(f2 - f3) where one with the first or second is, and so on: together w times the best fit.
        Pains that the same pieces answer are one gain.
        """
        found: dict[tuple[Piece, ...], int] = defaultdict(int)
        for weight, paths in self.pains:
            levels: dict[int, set[Piece]] = defaultdict(set)
            for piece, place in paths:
                levels[self.fits[place]].add(piece)
            by: set[Piece] = set()
            for fit, below in pairwise((*sorted(levels, reverse=True), 0)):
                by |= levels[fit]
                found[tuple(sorted(by))] += weight * (fit - below)
        return [Gain(value, by) for by, value in sorted(found.items()) if value]

    @cached_property
    def gains_of(self) -> Mapping[Piece, Sequence[Gain]]:
        """What each piece can win."""
        found: dict[Piece, list[Gain]] = defaultdict(list)
        for gain in self.gains:
            for piece in gain.by:
                found[piece].append(gain)
        return found

    @cached_property
    def needed_by(self) -> Mapping[Piece, Sequence[Piece]]:
        """What cannot be without each piece."""
        found: dict[Piece, list[Piece]] = defaultdict(list)
        for piece, needs in enumerate(self.needs):
            for needed in needs if piece not in self.there else ():
                found[needed].append(piece)
        return found

    def closed(self, pieces: Iterable[Piece]) -> Pieces:
        """Return pieces with all that they need, and what is there already."""
        return self.there.union(*map(self._with_needs, pieces))

    def _with_needs(self, piece: Piece) -> Pieces:
        if piece not in self._needed:
            self._needed[piece] = _reached([piece], lambda one: () if one in self.there else self.needs[one])
        return self._needed[piece]

    @cached_property
    def _needed(self) -> dict[Piece, Pieces]:
        """All that some pieces need, themselves included: asked for again and again."""
        return {}

    def needing(self, pieces: Iterable[Piece]) -> Pieces:
        """Return pieces and all that cannot be without them."""
        return _reached(pieces, lambda piece: self.needed_by.get(piece, ()))

    def chosen(self, plan: Pieces) -> list[Piece]:
        """Return the options in a plan, in their order."""
        return [option for option in self.options if option in plan]

    def without(self, plan: Pieces, option: Piece) -> Pieces:
        """Return a plan without an option and what cannot be without it: all other choices stay."""
        gone = self.needing([option])
        return self.closed(one for one in self.chosen(plan) if one not in gone)

    def objective(self, plan: Pieces) -> int:
        """Return what a plan answers: the weight of each pain times the best fit."""
        return sum(value for value, by in self.gains if not plan.isdisjoint(by))

    def lost(self, plan: Pieces, smaller: Pieces) -> int:
        """Return what a plan answers more than a part of it."""
        gains = {gain for piece in plan - smaller for gain in self.gains_of.get(piece, ())}
        return sum(value for value, by in gains if smaller.isdisjoint(by))

    def load(self, resource: Resource, plan: Pieces) -> int | None:
        """Return what a plan takes of a resource; null where nobody knows."""
        amounts = [charge.amount for charge in paid(resource, plan)]
        return None if None in amounts else sum(amount for amount in amounts if amount is not None)

    def over(self, plan: Pieces) -> list[Resource]:
        """Return the resources of which a plan takes more than there is, or nobody knows how much."""
        found = []
        for resource in self.resources:
            if resource.limit is not None:
                load = self.load(resource, plan)
                if load is None or load > resource.limit:
                    found.append(resource)
        return found

    def holds(self, plan: Pieces) -> bool:
        """Tell whether it is a plan: options with what they need alone, what must be, nothing barred, within limits."""
        whole = self.must <= plan and plan == self.closed([*self.chosen(plan), *self.must])
        return whole and plan.isdisjoint(self.barred) and not self.over(plan)


def paid(resource: Resource, plan: Pieces) -> list[Charge]:
    """Return what a plan pays of a resource."""
    return [charge for charge in resource.charges if charge.piece in plan and plan.isdisjoint(charge.within)]


def whole(values: Iterable[Fraction]) -> tuple[list[int], Fraction]:
    """Return numbers as whole numbers of the largest unit in which all of them are whole, and that unit."""
    fractions = list(values)
    below = lcm(*(value.denominator for value in fractions))
    numbers = [value.numerator * (below // value.denominator) for value in fractions]
    common = gcd(*numbers) or 1
    return [number // common for number in numbers], Fraction(common, below)


def _reached(pieces: Iterable[Piece], on: Callable[[Piece], Iterable[Piece]]) -> Pieces:
    waiting = list(pieces)
    seen = set(waiting)
    while waiting:
        for piece in on(waiting.pop()):
            if piece not in seen:
                seen.add(piece)
                waiting.append(piece)
    return frozenset(seen)
