"""What the work of an item requires, how ready that is and what it costs. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.figures.money import MoneySum, Units, together, written
from graph_api.questions.portfolios.cost import PortfolioCostTerm, lacks_currency


@dataclass(frozen=True, slots=True)
class PortfolioEnabler:
    """An enabler that something of the work requires."""

    id: str
    key: str
    readiness: float | None
    """0 to 1."""
    units: Units | None
    currency: str | None
    through: Sequence[Found]
    """What requires it: the item, something that hangs below it, or a promise."""

    @property
    def enabler(self) -> Found:
        """The enabler."""
        return Found(self.id, "Enabler")

    @property
    def cost(self) -> str | None:
        """What it costs, as a decimal text."""
        return written(self.units)


ENABLER_ORDER: Sorting[PortfolioEnabler] = Sorting(
    (term("readiness", float, nullable=True), term("key", str)), lambda one: [one.readiness, one.key]
)


@dataclass(frozen=True)
class PortfolioEnablers:
    """What the work of an item requires: each enabler once."""

    all: Sequence[PortfolioEnabler]

    @cached_property
    def _known(self) -> Sequence[float]:
        return [one.readiness for one in self.all if one.readiness is not None]

    @property
    def total(self) -> int:
        """How many enablers there are."""
        return len(self.all)

    @property
    def unknown(self) -> int:
        """Of how many of them nobody knows how ready they are."""
        return len(self.all) - len(self._known)

    @property
    def not_ready(self) -> int:
        """How many are known not to be ready."""
        return sum(readiness < 1 for readiness in self._known)

    @property
    def readiness_high(self) -> float | None:
        """How ready the least ready one is at most: the least that is known; null where none is."""
        return min(self._known, default=None)

    @property
    def readiness(self) -> float | None:
        """How ready the least ready one is; null where there is none, or one that is unknown may be less ready."""
        return None if self.unknown and self.readiness_high != 0 else self.readiness_high

    @cached_property
    def _money(self) -> MoneySum:
        return together((one.units, one.currency) for one in self.all)

    @property
    def cost(self) -> str | None:
        """What they cost together, as a decimal text; null where one is unknown, and where there are none."""
        return written(self._money.units) if self.all else None

    @property
    def cost_low(self) -> str | None:
        """What they cost at least: what is known of it, if none costs less than nothing."""
        return written(self._money.known_units) if self._money.unknown < self.total else None

    @property
    def currency(self) -> str | None:
        """The currency of all known costs; null where there are several."""
        return self._money.currency

    @property
    def missing(self) -> Sequence[PortfolioCostTerm]:
        """What is unknown of their costs and would have to be known."""
        lacking = {
            PortfolioCostTerm.COST: self._money.unknown > 0,
            PortfolioCostTerm.CURRENCY: lacks_currency(self._money),
        }
        return [name for name, lacks in lacking.items() if lacks]

    def list(self, **arguments: Any) -> Connection[PortfolioEnabler]:
        """List the enablers: the least ready first, those that are unknown last; then by key."""
        return Connection(ENABLER_ORDER.sort([*self.all]), ENABLER_ORDER, arguments)
