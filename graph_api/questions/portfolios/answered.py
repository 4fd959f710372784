"""The pains that a plan could answer: what each counts, and which pieces answer it how well. Pure.

A pain counts severity · reach · what those who voice it are weighted by (see `reach.PainWeight`); below zero is zero. A
piece answers it by the fit on the link ADDRESSED_BY from an opportunity that it raises, the best one. A pain of which a
term is unknown counts nothing and is told, unless something is assumed instead, and so is a fit.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import prod

from graph_api.questions.figures.exact import written
from graph_api.questions.portfolios.item import Items
from graph_api.questions.portfolios.learned import Learned, Pain
from graph_api.questions.portfolios.pieces import PlanTerm
from graph_api.questions.portfolios.problem import Piece
from graph_api.questions.portfolios.reach import Audience, PainWeight, audience
from graph_api.questions.thread.scope import Number


@dataclass(frozen=True)
class Assumed:
    """What is assumed where nobody knows; null is nothing, so that it stays unknown."""

    severity: float | None = None
    """0 to 10."""
    reach: float | None = None
    """0 to 1."""
    fit: float | None = None
    """0 to 1."""


@dataclass(frozen=True)
class Weighed:
    """A pain, and what it counts."""

    row: Pain
    audience: Audience
    weight: Fraction | None
    missing: tuple[PlanTerm, ...]
    """What is unknown."""
    assumed: tuple[PlanTerm, ...]
    """What was assumed instead."""


@dataclass(frozen=True, slots=True)
class Path:
    """An opportunity that pains raise, and a piece that addresses it."""

    opportunity: Number
    piece: Piece
    fit: Fraction
    assumed: bool


@dataclass(frozen=True)
class Answered:
    """All pains behind the options, or behind the opportunities asked for."""

    items: Items
    learned: Learned
    piece: Mapping[Number, Piece]
    by: PainWeight
    currency: str | None
    """What annual values are in; null is whatever all of them are in."""
    assumed: Assumed = field(default_factory=Assumed)

    @cached_property
    def opportunities(self) -> Collection[Number]:
        """Those asked for, and those that a piece addresses."""
        asked = {item.number for item in self.items.chosen if item.kind == "Opportunity"}
        return asked.union(one for one, number, _ in self.items.addressed if number in self.piece)

    @cached_property
    def _numbers(self) -> set[Number]:
        return {insight for one in self.opportunities for insight in self.learned.raised.get(one, ())}

    @property
    def type_unknown(self) -> int:
        """How many insights have no type and may be pains."""
        return len(self._numbers - self.learned.certain)

    @cached_property
    def pains(self) -> list[Weighed]:
        """The pains; by key."""
        rows = sorted(
            (self.learned.pains[one] for one in self._numbers & self.learned.certain), key=lambda row: row.key
        )
        return [self._weighed(row) for row in rows]

    def _weighed(self, row: Pain) -> Weighed:
        who = audience(self.learned, self.learned.voicing([row.number]))
        given = {PlanTerm.SEVERITY: row.severity, PlanTerm.REACH: row.reach}
        instead = {PlanTerm.SEVERITY: self.assumed.severity, PlanTerm.REACH: self.assumed.reach}
        assumed = tuple(term for term, value in given.items() if value is None and instead[term] is not None)
        terms = {term: instead[term] if term in assumed else value for term, value in given.items()} | self._by(who)
        missing = tuple(term for term, value in terms.items() if value is None)
        known = [written(value) for value in terms.values() if value is not None]
        if 0 in known:
            # Whatever the others are.
            return Weighed(row, who, Fraction(), (), ())
        return Weighed(row, who, None if missing else max(Fraction(), prod(known, start=Fraction(1))), missing, assumed)

    def _by(self, who: Audience) -> dict[PlanTerm, float | None]:
        if self.by is PainWeight.NONE:
            return {}
        found = who.weight(self.by).value
        if self.by is PainWeight.CUSTOMERS:
            return {PlanTerm.CUSTOMERS: found}
        strange = who.value.currency is None or who.value.currency != self._currency
        return {PlanTerm.ANNUAL_VALUE: found, **({PlanTerm.CURRENCY: None} if found is not None and strange else {})}

    @cached_property
    def _currency(self) -> str | None:
        """The currency that annual values are in; null where there are several and none was named."""
        if self.currency is not None:
            return self.currency
        found = {account.currency for account in self.learned.accounts.values() if account.annual_value is not None}
        found |= {one.currency for one in self.learned.segments.values() if one.annual_value is not None}
        return found.pop() if len(found) == 1 else None

    @cached_property
    def paths(self) -> list[Path]:
        """From opportunities to what addresses them, where the fit is known or assumed and above zero; by keys."""
        found = []
        for opportunity, number, fit in self.items.addressed:
            value = self.assumed.fit if fit is None else fit
            if opportunity in self.opportunities and number in self.piece and value:
                found.append(Path(opportunity, self.piece[number], written(value), fit is None))
        by_number = self.items.by_number
        return sorted(found, key=lambda path: (by_number[path.opportunity].key, path.piece))

    @cached_property
    def fits_unknown(self) -> Counter[Piece]:
        """How many fits of each piece nobody knows."""
        links = [(one, number) for one, number, fit in self.items.addressed if fit is None]
        return Counter(self.piece[number] for one, number in links if number in self.piece)

    @cached_property
    def raising(self) -> Mapping[Number, Collection[Number]]:
        """For each insight, the opportunities that it raises."""
        found: dict[Number, list[Number]] = {}
        for opportunity in self.opportunities:
            for insight in self.learned.raised.get(opportunity, ()):
                found.setdefault(insight, []).append(opportunity)
        return found

    @cached_property
    def places(self) -> Mapping[Number, list[int]]:
        """For each opportunity, the places of its paths."""
        found: dict[Number, list[int]] = {}
        for place, path in enumerate(self.paths):
            found.setdefault(path.opportunity, []).append(place)
        return found

    def paths_of(self, row: Pain) -> list[int]:
        """Return the places of the paths that answer a pain."""
        return sorted(place for one in self.raising[row.number] for place in self.places.get(one, ()))


def count_assumed(pains: Iterable[Weighed], paths: Iterable[Path]) -> Counter[PlanTerm]:
    """Return how many values of each sort were assumed."""
    found = Counter(term for pain in pains for term in pain.assumed)
    found[PlanTerm.FIT] = sum(path.assumed for path in paths)
    return found
