"""The items of a portfolio and how they hang together: the answer of cypher/portfolio/reached.cypher, read once. Pure.

A path from an opportunity to an item has one link ADDRESSED_BY, and that has a fit of 0 to 1: how well it answers. An
opportunity answers itself: its fit is 1. Of several paths the best counts, and of what is unknown the best that it can
be is 1. Entities are numbers here, Neo4j's own and good for this one answer only.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found
from graph_api.errors import UserInputError
from graph_api.model.choices import InitiativeStatus, OpportunityStatus, PropositionStatus
from graph_api.model.values import Choice
from graph_api.questions.portfolios.bounds import Bounds, best, known
from graph_api.questions.thread.scope import Number

_ENDED: Collection[str] = frozenset({OpportunityStatus.CLOSED, PropositionStatus.RETIRED, InitiativeStatus.STOPPED})
UNKNOWN_FIT = Bounds(0.0, 1.0)
_WHOLE = Bounds(1.0, 1.0)


class PortfolioKind(Choice):
    """What a portfolio is of."""

    OPPORTUNITY = "Opportunity", "Opportunities: what could be done about pains and needs."
    PROPOSITION = "Proposition", "Propositions: what customers are offered."
    INITIATIVE = "Initiative", "Initiatives: the work that is done."


@dataclass(frozen=True, slots=True)
class Item:
    """An opportunity, proposition or initiative, with the own fields that figures are made of. Null is unknown.

    Which fields a kind has is declared in model.kinds.action; of what it has not, the value is null.
    """

    number: Number
    id: str
    kind: str
    key: str
    status: str | None
    customer_value: float | None
    """0 to 10, as the next three."""
    business_value: float | None
    urgency: float | None
    risk_reduction: float | None
    impact: float | None
    """0.25 to 3."""
    reach: float | None
    """In customers a period."""
    effort: float | None
    """In person-days."""
    confidence: float | None
    """0 to 1."""
    cost: int | None
    """Money as it is stored, see figures.money."""
    currency: str | None

    @property
    def found(self) -> Found:
        """The entity, for hydration."""
        return Found(self.id, self.kind)

    @property
    def ended(self) -> bool:
        """Whether nobody goes on with it; what is parked may go on, and what is done was gone on with."""
        return self.status in _ENDED


@dataclass(frozen=True)
class Items:
    """Items, and the links from opportunities on to them."""

    chosen: Sequence[Item]
    """Those that were asked for."""
    by_number: Mapping[Number, Item]
    """These, all that leads to them, and all they lead on to."""
    addressed: Sequence[tuple[Number, Number, float | None]]
    """Each an opportunity, what addresses it, and the fit."""
    delivered: Sequence[tuple[Number, Number]]
    """Each a proposition and an initiative that delivers it."""

    @cached_property
    def _fits(self) -> Mapping[Number, Mapping[Number, Bounds]]:
        """For each proposition or initiative, the opportunities that it addresses itself."""
        fits: dict[Number, dict[Number, Bounds]] = defaultdict(dict)
        for opportunity, number, fit in self.addressed:
            if opportunity in self.by_number:
                fits[number][opportunity] = known(fit, UNKNOWN_FIT)
        return fits

    @cached_property
    def delivers(self) -> Mapping[Number, Sequence[Number]]:
        """For each initiative, the propositions that it delivers."""
        return _grouped((initiative, proposition) for proposition, initiative in self.delivered)

    @cached_property
    def delivered_by(self) -> Mapping[Number, Sequence[Number]]:
        """For each proposition, the initiatives that deliver it."""
        return _grouped(self.delivered)

    @cached_property
    def addressed_by(self) -> Mapping[Number, Sequence[Number]]:
        """For each opportunity, the propositions and initiatives that address it."""
        return _grouped((opportunity, number) for opportunity, number, _ in self.addressed)

    @cached_property
    def _answered(self) -> dict[Number, Mapping[Number, Bounds]]:
        """What was found before: every figure of an item asks for it."""
        return {}

    def opportunities(self, item: Item) -> Mapping[Number, Bounds]:
        """Return the opportunities that an item answers, each with the fit of the best path."""
        if item.number not in self._answered:
            self._answered[item.number] = self._opportunities(item)
        return self._answered[item.number]

    def _opportunities(self, item: Item) -> Mapping[Number, Bounds]:
        if item.kind == PortfolioKind.OPPORTUNITY:
            return {item.number: _WHOLE}
        own = self._fits.get(item.number, {})
        if item.kind == PortfolioKind.PROPOSITION:
            return own
        ways = [own, *(self._fits.get(one, {}) for one in self.delivers.get(item.number, ()))]
        found: dict[Number, list[Bounds]] = defaultdict(list)
        for way in ways:
            for opportunity, fit in way.items():
                found[opportunity].append(fit)
        return {opportunity: best(fits) for opportunity, fits in found.items()}


def read_items(
    facts: Any, scope: frozenset[Number] | None, *, keys: Collection[str] | None = None, ended: bool = True
) -> Items:
    """Turn the facts into items; those outside of the scope are not asked for, nor unless wanted those that ended.

    Where items are named by `keys` these are asked for, whether they ended or not; raises UserInputError where one is
    not in the scope.
    """
    numbers, rows, addressed, delivered = facts
    by_number = {row[0]: Item(*row) for row in rows}
    there = [by_number[number] for number in numbers if scope is None or number in scope]
    if keys is not None:
        if not keys:
            message = "keys: is empty, so that nothing could be told of. Name an item, or leave it out."
            raise UserInputError(message)
        for key in sorted({*keys} - {item.key for item in there}):
            message = f"keys: {key!r} is not among the {len(there)} that there are in the scope; look at it again."
            raise UserInputError(message)
        there = [item for item in there if item.key in keys]
    elif not ended:
        there = [item for item in there if not item.ended]
    return Items(
        sorted(there, key=lambda item: item.key),
        by_number,
        [tuple(row) for row in addressed],
        [tuple(row) for row in delivered],
    )


def _grouped(pairs: Iterable[tuple[Number, Number]]) -> Mapping[Number, Sequence[Number]]:
    groups: dict[Number, list[Number]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups
