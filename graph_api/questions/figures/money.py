"""Sums of money, exact and of one currency. Pure.

Money is here as it is stored: whole ten-thousandths of its currency (see model.values). Amounts of two currencies are
never added, nor is one without a currency to one that has it; of what is unknown the sum is null, and what is known of
it is told beside.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from graph_api.model.values import MONEY_PLACES, Money, value_type

_MONEY = value_type(Money)

Units = int
"""Ten-thousandths of a currency."""


def amount(units: Units) -> float:
    """Return money as a number, for figures that are none of money alone: to compare and to multiply."""
    return float(units / 10**MONEY_PLACES)


def written(units: Units | None) -> str | None:
    """Return money as the API writes it: a decimal number in a text."""
    text: str | None = _MONEY.to_json(units)
    return text


@dataclass(frozen=True)
class MoneySum:
    """What several amounts are together."""

    amounts: tuple[tuple[Units | None, str | None], ...]
    """Each with its currency; null is unknown."""

    @cached_property
    def _currencies(self) -> frozenset[str | None]:
        return frozenset(currency for units, currency in self.amounts if units is not None)

    @property
    def mixed(self) -> bool:
        """Whether the known ones are of several currencies."""
        return len(self._currencies) > 1

    @property
    def currency(self) -> str | None:
        """Their currency; null where there is none, or several."""
        return None if self.mixed else next(iter(self._currencies), None)

    @property
    def unknown(self) -> int:
        """How many are unknown."""
        return sum(units is None for units, _ in self.amounts)

    @property
    def known_units(self) -> Units | None:
        """The sum of the known ones; null where they are of several currencies."""
        return None if self.mixed else sum(units for units, _ in self.amounts if units is not None)

    @property
    def units(self) -> Units | None:
        """The sum; null where one is unknown."""
        return None if self.unknown else self.known_units


def together(amounts: Iterable[tuple[Units | None, str | None]]) -> MoneySum:
    """Add amounts up; of none the sum is zero."""
    return MoneySum(tuple(amounts))
