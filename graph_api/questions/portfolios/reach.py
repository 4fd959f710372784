"""Whom pains concern: the personas, segments and accounts behind them, and what these are worth. Pure.

Who voices a pain counts, and of personas also who meets it on a journey or by a need (see `learned`); with a persona
the segments that it is in; with a segment its accounts. Each counts once, however many pains lead to it. An account
that is LOST is worth nothing and counts nowhere; one whose status is unknown counts.

- *Customers* are the sizes of the segments, and each account that is in none of them.
- *Annual value* is that of the accounts, and of segments whose accounts nobody names their own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found
from graph_api.model.choices import AccountStatus
from graph_api.model.values import Choice
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.figures.exact import within_int
from graph_api.questions.figures.money import MoneySum, amount, together, written
from graph_api.questions.portfolios.bounds import AMOUNT, Bounds, known
from graph_api.questions.portfolios.learned import Account, Learned, Segment, Voice
from graph_api.questions.thread.scope import Number


class PainWeight(Choice):
    """By what a pain counts, beside its severity and whom it reaches."""

    NONE = "NONE", "By nothing else: all customers are alike."
    CUSTOMERS = "CUSTOMERS", "By how many customers those who voice it are."
    REVENUE = "REVENUE", "By the annual value of those who voice it."


@dataclass(frozen=True)
class Audience:
    """Several personas, segments and accounts, each once."""

    learned: Learned
    numbers: frozenset[Number]
    """Those that are named; a persona or segment stands for more, see above."""

    @cached_property
    def _voices(self) -> list[Voice]:
        return sorted((self.learned.voices[number] for number in self.numbers), key=lambda voice: voice.key)

    @cached_property
    def segments(self) -> list[Segment]:
        """The segments named, and those of the personas named; by key."""
        numbers = {one for voice in self._voices if voice.kind != "Account" for one in voice.segments}
        return sorted((self.learned.segments[one] for one in numbers), key=lambda segment: segment.key)

    @cached_property
    def accounts(self) -> list[Account]:
        """The accounts named, and those of the segments; none that is lost; by key."""
        numbers = {voice.number for voice in self._voices if voice.kind == "Account"}
        numbers.update(one for segment in self.segments for one in segment.accounts)
        found = (self.learned.accounts[number] for number in numbers)
        return sorted((account for account in found if not account.lost), key=lambda account: account.key)

    @cached_property
    def personas(self) -> list[Voice]:
        """The personas named; by key."""
        return [voice for voice in self._voices if voice.kind == "Persona"]

    @cached_property
    def _sizes(self) -> list[int | None]:
        inside = {one for segment in self.segments for one in segment.accounts}
        alone = sum(account.number not in inside for account in self.accounts)
        return [*(segment.size for segment in self.segments), alone]

    @property
    def customers(self) -> int | None:
        """How many customers these are; null where a segment's size is unknown, or personas alone are named."""
        return None if None in self._sizes or self._unplaced else self.known_customers

    @property
    def known_customers(self) -> int | None:
        """How many they are at least."""
        return within_int(sum(size for size in self._sizes if size is not None))

    @property
    def _unplaced(self) -> int:
        """How many personas are in no segment, so that nobody knows how many customers they stand for."""
        return sum(not persona.segments for persona in self.personas)

    @property
    def customers_unknown(self) -> int:
        """Of how many segments, and personas without a segment, nobody knows how many customers they are."""
        return self._sizes.count(None) + self._unplaced

    @cached_property
    def value(self) -> MoneySum:
        """Their annual value."""
        whole = [segment for segment in self.segments if not segment.accounts]
        return together(
            [
                *((one.annual_value, one.currency) for one in self.accounts),
                *((one.annual_value, one.currency) for one in whole),
                *((None, None) for _ in range(self._unplaced)),
            ]
        )

    def weight(self, by: PainWeight) -> Bounds:
        """Return by what a pain counts that these voice; where nobody is named, nobody knows."""
        if by is PainWeight.NONE:
            return Bounds(1.0, 1.0)
        if not self.numbers:
            return AMOUNT
        if by is PainWeight.CUSTOMERS:
            return known(self.customers, Bounds(float(self.known_customers or 0), AMOUNT.high))
        units, least = self.value.units, self.value.known_units
        return known(None if units is None else amount(units), Bounds(max(0.0, amount(least or 0)), AMOUNT.high))


@dataclass(frozen=True)
class ReachedAccount:
    """An account that pains concern."""

    row: Account

    @property
    def account(self) -> Found:
        """The account."""
        return self.row.found

    @property
    def annual_value(self) -> str | None:
        """Its annual value."""
        return written(self.row.annual_value)

    @property
    def currency(self) -> str | None:
        """The currency of that."""
        return self.row.currency

    @property
    def renewal_on(self) -> str | None:
        """When its contract is renewed."""
        return self.row.renewal_on


ACCOUNT_ORDER: Sorting[ReachedAccount] = Sorting(
    (term("annualValue", int, descending=True, nullable=True), term("key", str)),
    lambda one: [one.row.annual_value, one.row.key],
)


@dataclass(frozen=True)
class Renewals:
    """The accounts whose contracts are renewed within some days."""

    rows: Sequence[Account]
    unknown: int
    """Of how many customers nobody knows when."""

    @property
    def accounts(self) -> int:
        """How many they are."""
        return len(self.rows)

    @cached_property
    def value(self) -> MoneySum:
        """Their annual value."""
        return together((one.annual_value, one.currency) for one in self.rows)

    @property
    def annual_value(self) -> str | None:
        """Their annual value; null where one is unknown."""
        return written(self.value.units)

    @property
    def currency(self) -> str | None:
        """The currency of that."""
        return self.value.currency


@dataclass(frozen=True)
class PortfolioReach:
    """Whom an item's pains concern."""

    audience: Audience
    on: date
    days: int
    """For how many days renewals are looked at."""

    @property
    def personas(self) -> list[Found]:
        """The personas; by key."""
        return [persona.found for persona in self.audience.personas]

    @property
    def segments(self) -> list[Found]:
        """The segments; by key."""
        return [segment.found for segment in self.audience.segments]

    def accounts(self, **arguments: Any) -> Connection[ReachedAccount]:
        """List the accounts, the most valuable first."""
        rows = [ReachedAccount(row) for row in self.audience.accounts]
        return Connection(ACCOUNT_ORDER.sort(rows), ACCOUNT_ORDER, arguments)

    @property
    def customers(self) -> int | None:
        """How many customers these are."""
        return self.audience.customers

    @property
    def customers_unknown(self) -> int:
        """Of how many segments and personas nobody knows."""
        return self.audience.customers_unknown

    @property
    def annual_value(self) -> str | None:
        """Their annual value; null where one is unknown, or currencies differ."""
        return written(self.audience.value.units)

    @property
    def known_annual_value(self) -> str | None:
        """The annual value of those whose value is known."""
        return written(self.audience.value.known_units)

    @property
    def currency(self) -> str | None:
        """The currency of these."""
        return self.audience.value.currency

    @property
    def value_unknown(self) -> int:
        """Of how many accounts, segments and personas nobody knows the value."""
        return self.audience.value.unknown

    @cached_property
    def renewals(self) -> Renewals:
        """Whose contracts are renewed from the day on."""
        customers = [one for one in self.audience.accounts if one.status != AccountStatus.PROSPECT]
        first, last = self.on.isoformat(), last_day(self.on, self.days)
        rows = [one for one in customers if one.renewal_on is not None and first <= one.renewal_on <= last]
        return Renewals(rows, sum(one.renewal_on is None for one in customers))


def last_day(on: date, days: int) -> str:
    """Return the last of some days, ISO 8601; no day comes after the year 9999."""
    return date.fromordinal(min(date.max.toordinal(), on.toordinal() + days)).isoformat()


def audience(learned: Learned, numbers: Iterable[Number]) -> Audience:
    """Gather those who are named."""
    return Audience(learned, frozenset(numbers))
