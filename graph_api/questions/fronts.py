"""Fronts: which opportunities, propositions or initiatives are beaten by none at several things at once.

Facts: those of `portfolio`. Pure. A criterion is anything by which a portfolio can be sorted, but for the key, and
which way of it is better; see `portfolios/front` for what beats what. No weights are needed, and nothing is added up.

What is unknown by a criterion is compared with nothing, and stands apart. So does all money where it is of several
currencies: which of two amounts is more nobody can say then.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found, Selected, WorksLong
from graph_api.errors import UserInputError
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.portfolios.asked import portfolio_parameters, portfolio_statement, read_portfolio
from graph_api.questions.portfolios.front import Fronts as Sorted
from graph_api.questions.portfolios.front import Place, sort_into_fronts
from graph_api.questions.portfolios.review import ORDERS, PortfolioItem, PortfolioOrderField
from graph_api.store.statements import Statement

MOST = 8
"""By so many criteria items can be compared, at most."""

MORE, LESS = "DESC", "ASC"
"""Which way of a criterion is better."""

USUAL = ("SCORE", "EFFORT")
"""The criteria where none are given."""

LESS_IS_BETTER = frozenset({"COST", "EFFORT", "LOAD", "OPPONENTS", "PARTIES", "PROMISES_BROKEN", "ASSUMED_SHARE"})
"""Of which the smaller is better, if nobody says otherwise."""

_CURRENCY: Mapping[str, Callable[[PortfolioItem], str | None]] = {
    "COST": lambda one: one.cost.currency,
    "ANNUAL_VALUE": lambda one: one.reached.currency,
}
"""The criteria that are money, each with its currency."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """By what items are compared, and which way is better."""

    by: PortfolioOrderField
    direction: str


@dataclass(frozen=True, slots=True)
class CriterionValue:
    """What an item has by a criterion."""

    by: PortfolioOrderField
    value: float | None


@dataclass(frozen=True)
class FrontItem:
    """An item among the others."""

    comparison: "Fronts"
    place: Place

    @property
    def _item(self) -> PortfolioItem:
        return self.comparison.all[self.place]

    @property
    def item(self) -> Found:
        """The opportunity, proposition or initiative."""
        return self._item.item

    @property
    def key(self) -> str:
        """Its key."""
        return self._item.row.key

    @property
    def values(self) -> list[CriterionValue]:
        """What it has by each criterion, money in whatever currency."""
        row = self.comparison.values[self.place]
        return [CriterionValue(one.by, value) for one, value in zip(self.comparison.criteria, row, strict=True)]

    @property
    def missing(self) -> list[PortfolioOrderField]:
        """The criteria by which it cannot be compared."""
        row = self.comparison.comparable[self.place]
        return [one.by for one, value in zip(self.comparison.criteria, row, strict=True) if value is None]


MEMBER_ORDER: Sorting[FrontItem] = Sorting((term("key", str),), lambda one: [one.key])


@dataclass(frozen=True)
class Front:
    """Items of which none beats another."""

    place: int
    """1 is beaten by none."""
    members: Sequence[FrontItem]

    def items(self, **arguments: Any) -> Connection[FrontItem]:
        """List them, by key."""
        return Connection(MEMBER_ORDER.sort([*self.members]), MEMBER_ORDER, arguments)


FRONT_ORDER: Sorting[Front] = Sorting((term("place", int),), lambda front: [front.place])


@dataclass(frozen=True)
class Fronts:
    """All items, compared by some criteria."""

    all: Sequence[PortfolioItem]
    criteria: Sequence[Criterion]

    @cached_property
    def values(self) -> Sequence[Sequence[float | None]]:
        """What each item has by each criterion."""
        return [[ORDERS[one.by](item) for one in self.criteria] for item in self.all]

    @cached_property
    def comparable(self) -> Sequence[Sequence[float | None]]:
        """The same as far as it can be compared: where money is of several currencies, it is as good as unknown."""
        lost = {place for place, one in enumerate(self.criteria) if len(self._currencies(place, one.by)) > 1}
        return [[None if place in lost else value for place, value in enumerate(row)] for row in self.values]

    def _currencies(self, place: int, by: PortfolioOrderField) -> set[str | None]:
        if by.name not in _CURRENCY:
            return set()
        known = (item for item, row in zip(self.all, self.values, strict=True) if row[place] is not None)
        return {_CURRENCY[by.name](item) for item in known}

    @cached_property
    def _sorted(self) -> Sorted:
        return sort_into_fronts(self.comparable, [one.direction == MORE for one in self.criteria])

    def fronts(self, **arguments: Any) -> Connection[Front]:
        """List the fronts, first what is beaten by none."""
        found = [
            Front(number, [FrontItem(self, place) for place in places])
            for number, places in enumerate(self._sorted.fronts, start=1)
        ]
        return Connection(found, FRONT_ORDER, arguments)

    def uncompared(self, **arguments: Any) -> Connection[FrontItem]:
        """List what is compared with none, by key."""
        found = [FrontItem(self, place) for place, _ in self._sorted.apart]
        return Connection(MEMBER_ORDER.sort(found), MEMBER_ORDER, arguments)


def criteria_of(arguments: Mapping[str, Any]) -> list[Criterion]:
    """Read the argument `criteria`; raises UserInputError where nothing can be compared by them."""
    given = arguments.get("criteria")
    if given is None:
        given = [{"by": name} for name in USUAL]
    if not 1 <= len(given) <= MOST:
        message = f"criteria: {len(given)} are given; give 1 to {MOST}, or leave it out."
        raise UserInputError(message)
    found: dict[PortfolioOrderField, Criterion] = {}
    for place, one in enumerate(given):
        by = PortfolioOrderField[one["by"]]
        if by is PortfolioOrderField.KEY:
            message = f"criteria.{place}.by: No key is better than another; compare by something else."
            raise UserInputError(message)
        if by in found:
            message = f"criteria.{place}.by: {by.name} is there already; name it once."
            raise UserInputError(message)
        found[by] = Criterion(by, str(one.get("direction") or (LESS if by.name in LESS_IS_BETTER else MORE)))
    return list(found.values())


@dataclass(frozen=True)
class FrontsQuestion(WorksLong):
    """The question, for the planner: of the graph or of a scope."""

    name: str = "fronts"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts."""
        # Whether they can be used is looked at with the other arguments, so that the error has the field's path.
        given = [one["by"] for one in arguments.get("criteria") or ()] or USUAL
        return portfolio_statement(arguments, selected, *(PortfolioOrderField[name] for name in given))

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give those of a portfolio, with what is compared."""
        return portfolio_parameters(arguments, selected, *(one.by for one in criteria_of(arguments)))

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> Fronts:
        """Compare the items."""
        return Fronts(read_portfolio(facts, arguments).all, criteria_of(arguments))
