"""What the work of an item costs and takes, as far as that is known. Pure.

An item's own figure stands for all the work within it. A proposition without one costs what its initiatives cost
together, and an opportunity what addresses it costs: of a proposition its own figure, else that of its initiatives, and
each initiative once. So what hangs below says more only where the own figure is unknown.

Where two propositions with figures of their own share an initiative, nobody can say how much of it is in each: their
sum is the most that it can be, and the larger of them the least.

Effort is reckoned the same way, in person-days. An opportunity has an effort of its own, and no cost.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph_api.model.values import Choice
from graph_api.questions.figures.exact import difference, total
from graph_api.questions.figures.money import MoneySum, Units, together, written
from graph_api.questions.portfolios.below import addressing, delivering
from graph_api.questions.portfolios.item import Item, Items, PortfolioKind


class PortfolioCostFrom(Choice):
    """Where a cost or an effort comes from."""

    OWN = "OWN", "It is the item's own, and stands for all the work within."
    INITIATIVES = "INITIATIVES", "Of a proposition: it is that of the initiatives that deliver it, together."
    ADDRESSED_BY = (
        "ADDRESSED_BY",
        (
            "Of an opportunity: it is that of what addresses it, together: of a proposition its own, else that of its "
            "initiatives, and of each initiative once."
        ),
    )


class PortfolioCostTerm(Choice):
    """What must be known to say what something costs and takes."""

    COST = "COST", "The cost of each that counts; or anything that would cost."
    CURRENCY = "CURRENCY", "One currency of all costs."
    EFFORT = "EFFORT", "The effort of each that counts."
    SHARED_INITIATIVE = (
        "SHARED_INITIATIVE",
        "Which part of the figure of each proposition is for an initiative that delivers several of them.",
    )
    TOO_LARGE = "TOO_LARGE", "Nothing: a number is too large to work with."


@dataclass(frozen=True, slots=True)
class Bearers:
    """Whose figures, put together, are that of an item."""

    whence: PortfolioCostFrom | None
    """Null where there is nothing below that could have one."""
    items: Sequence[Item]
    overlapping: Sequence[Item] = ()
    """Those of them that share an initiative with another one, so that their figures may tell of the same work."""


Figure = Callable[[Item], float | None]
"""A figure of an item itself; null is unknown."""


def bearers(items: Items, item: Item, figure: Figure) -> Bearers:
    """Say whose figures count for an item: its own, else those of what hangs below it and goes on."""
    if figure(item) is not None:
        return Bearers(PortfolioCostFrom.OWN, [item])
    if item.kind == PortfolioKind.PROPOSITION:
        below = delivering(items, item)
        return Bearers(PortfolioCostFrom.INITIATIVES, below) if below else Bearers(None, [item])
    first = addressing(items, item) if item.kind == PortfolioKind.OPPORTUNITY else []
    if not first:
        return Bearers(None, [item])
    whole = [one for one in first if one.kind == PortfolioKind.PROPOSITION and figure(one) is not None]
    within = Counter(initiative.number for one in whole for initiative in delivering(items, one))
    others: dict[int, Item] = {}
    for one in first:
        if one not in whole:
            parts = delivering(items, one) if one.kind == PortfolioKind.PROPOSITION else []
            others |= {part.number: part for part in parts or [one]}
    shared = {number for number, times in within.items() if times > 1}
    return Bearers(
        PortfolioCostFrom.ADDRESSED_BY,
        [*whole, *(one for number, one in others.items() if number not in within)],
        [one for one in whole if not shared.isdisjoint(part.number for part in delivering(items, one))],
    )


@dataclass(frozen=True)
class PortfolioCost:
    """What the work of an item costs and takes."""

    costing: Bearers
    taking: Bearers

    @cached_property
    def _money(self) -> MoneySum:
        return together((one.cost, one.currency) for one in self.costing.items)

    @property
    def _costs_twice(self) -> Units:
        """How much of the sum may be told twice, at most."""
        costs = [one.cost or 0 for one in self.costing.overlapping]
        return sum(costs) - max(costs, default=0)

    @property
    def _cost_is_known(self) -> bool:
        return self._money.unknown < len(self.costing.items) and not self._money.mixed

    @property
    def cost(self) -> str | None:
        """The cost, as a decimal text; null where that of any part is unknown."""
        return None if self._costs_twice else written(self._money.units)

    @property
    def cost_low(self) -> str | None:
        """What it costs at least: what is known of it, if nothing costs less than nothing; null where nothing is."""
        known = self._money.known_units
        return written(known - self._costs_twice) if known is not None and self._cost_is_known else None

    @property
    def cost_high(self) -> str | None:
        """What it costs at most; null where nobody can say."""
        return written(self._money.units)

    @property
    def units(self) -> Units | None:
        """The cost, to sort by."""
        return None if self._costs_twice else self._money.units

    @property
    def currency(self) -> str | None:
        """The currency of all known costs; null where there are several."""
        return self._money.currency

    @property
    def cost_from(self) -> PortfolioCostFrom | None:
        """Where it comes from."""
        return self.costing.whence

    @cached_property
    def _efforts(self) -> list[float]:
        return [one.effort for one in self.taking.items if one.effort is not None]

    @property
    def _effort_unknown(self) -> bool:
        return len(self._efforts) < len(self.taking.items)

    @property
    def _effort_twice(self) -> float | None:
        efforts = [one.effort or 0.0 for one in self.taking.overlapping]
        together = total(efforts)
        return None if together is None else difference(together, max(efforts, default=0.0))

    @property
    def effort(self) -> float | None:
        """The effort in person-days; null where that of any part is unknown."""
        return None if self._effort_twice else self.effort_high

    @property
    def effort_low(self) -> float | None:
        """What it takes at least: what is known of it; null where nothing is."""
        known, twice = total(self._efforts), self._effort_twice
        return None if known is None or twice is None or not self._efforts else difference(known, twice)

    @property
    def effort_high(self) -> float | None:
        """What it takes at most; null where nobody can say."""
        return None if self._effort_unknown else total(self._efforts)

    @property
    def effort_from(self) -> PortfolioCostFrom | None:
        """Where it comes from."""
        return self.taking.whence

    @property
    def missing(self) -> list[PortfolioCostTerm]:
        """What is unknown and would have to be known."""
        lacking = {
            PortfolioCostTerm.COST: self._money.unknown > 0,
            PortfolioCostTerm.CURRENCY: lacks_currency(self._money),
            PortfolioCostTerm.EFFORT: self._effort_unknown,
            PortfolioCostTerm.SHARED_INITIATIVE: bool(self._costs_twice or self._effort_twice),
            PortfolioCostTerm.TOO_LARGE: total(self._efforts) is None,
        }
        return [name for name, lacks in lacking.items() if lacks]


def lacks_currency(money: MoneySum) -> bool:
    """Tell whether several currencies stand in the way, or that of what is known is unknown itself."""
    return money.mixed or (money.currency is None and money.unknown < len(money.amounts))


def cost_of(items: Items, item: Item) -> PortfolioCost:
    """Put together what the work of an item costs and takes."""
    return PortfolioCost(
        bearers(items, item, lambda one: one.cost),
        bearers(items, item, lambda one: one.effort),
    )
