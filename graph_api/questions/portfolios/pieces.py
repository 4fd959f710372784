"""What a plan can be made of, in the graph: options, what they need, what that costs and whose time it takes. Pure.

- *Options* are propositions, but for those RETIRED, and initiatives that address an opportunity directly, but for those
  STOPPED; and whatever initiative must be in the plan.
- A proposition needs the initiatives that deliver it, but for those STOPPED, and the enablers that it and its promises
  require; an initiative needs those that it depends on, also a stopped one, and the enablers that it requires.
- Initiatives that are DONE and enablers whose readiness is 1 are there already: they cost nothing and need nothing.
- The cost of a proposition is its own, which holds that of the initiatives that deliver it; else it is that of those
  still to be done. Whatever else is needed is paid beside, once for all that need it. What was paid in the past is not
  known: a cost counts whole.
- A party's time is the effort on its links INVOLVES, a stakeholder's also that of the parties it is a member of. That
  which a proposition takes is on its own links with the party, and holds that of its initiatives; else it is on theirs.
- What is unknown is never nothing: while there is a limit it cannot be paid.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found
from graph_api.model.choices import InitiativeStatus, PropositionStatus
from graph_api.model.values import Choice
from graph_api.questions.figures.exact import written
from graph_api.questions.figures.money import Units
from graph_api.questions.portfolios.item import Item, Items
from graph_api.questions.portfolios.problem import Piece, Pieces
from graph_api.questions.thread.scope import Number


class PlanTerm(Choice):
    """What may be unknown that a plan needs."""

    COST = "COST", "What it costs."
    CURRENCY = "CURRENCY", "In which currency that is, or it is in another than that of the plan."
    EFFORT = "EFFORT", "How much of a party's time it takes."
    FIT = "FIT", "How well it answers the opportunity."
    SEVERITY = "SEVERITY", "How much the pain matters."
    REACH = "REACH", "Whom it concerns."
    CUSTOMERS = "CUSTOMERS", "How many customers those are who voice it."
    ANNUAL_VALUE = "ANNUAL_VALUE", "The annual value of those who voice it."


@dataclass(frozen=True, slots=True)
class Work:
    """A proposition, an initiative or an enabler."""

    number: Number
    id: str
    kind: str
    key: str
    status: str | None
    cost: Units | None
    """Money as it is stored, see figures.money."""
    currency: str | None
    confidence: float | None
    """0 to 1."""
    there: bool
    """Whether it is there already."""

    @property
    def found(self) -> Found:
        """The entity, for hydration."""
        return Found(self.id, self.kind)

    @property
    def place(self) -> tuple[str, str]:
        """By what works are sorted."""
        return self.key, self.kind

    def __str__(self) -> str:
        """Name it in a sentence."""
        return f"{self.kind} {self.key}"


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody whose time is short."""

    number: Number
    id: str
    kind: str
    key: str

    @property
    def found(self) -> Found:
        """The entity, for hydration."""
        return Found(self.id, self.kind)


@dataclass(frozen=True, slots=True)
class Price:
    """What a piece takes of the money or of a party's time; see problem.Charge."""

    piece: Piece
    amount: Fraction | None
    missing: PlanTerm | None = None
    """Why it is unknown."""
    within: tuple[Piece, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True)
class PlanFacts:
    """The last part of cypher/plan.cypher, read once; see there for each of the lists."""

    works: Mapping[Number, Work]
    depends: Sequence[tuple[Number, Number]]
    requires: Sequence[tuple[Number, Number]]
    parties: Sequence[Party]
    involved: Sequence[tuple[Number, Number, float | None]]
    fits: Mapping[tuple[Number, Number], float | None]
    raises: Mapping[tuple[Number, Number], float | None]


def read_plan_facts(rows: Sequence[Any]) -> PlanFacts:
    """Turn the facts into their names."""
    initiatives, enablers, depends, requires, parties, involved, fits, raises = rows
    return PlanFacts(
        works={row[0]: Work(*row) for row in (*initiatives, *enablers)},
        depends=[tuple(row) for row in depends],
        requires=[tuple(row) for row in requires],
        parties=[Party(*row) for row in parties],
        involved=[tuple(row) for row in involved],
        fits={(row[0], row[1]): row[2] for row in fits},
        raises={(row[0], row[1]): row[2] for row in raises},
    )


def proposition(item: Item) -> Work:
    """Return a proposition as a work."""
    confidence, status = item.confidence, item.status
    return Work(item.number, item.id, item.kind, item.key, status, item.cost, item.currency, confidence, there=False)


def ended(work: Work) -> bool:
    """Tell whether nobody works on it any more, so that it is no option."""
    return work.status in {PropositionStatus.RETIRED, InitiativeStatus.STOPPED}


@dataclass(frozen=True)
class Workshop:
    """All pieces: the options in the order of their keys, then what they need and what is there already."""

    items: Items
    facts: PlanFacts
    named: frozenset[Number]
    """Initiatives that must be in the plan."""

    @cached_property
    def _asked(self) -> list[Work]:
        """The propositions and initiatives that were asked for; by key."""
        found = []
        for item in self.items.chosen:
            if item.kind == "Proposition":
                found.append(proposition(item))
            elif item.number in self.facts.works:
                found.append(self.facts.works[item.number])
        return sorted(found, key=lambda work: work.place)

    @cached_property
    def asked(self) -> Mapping[tuple[str, str], Work]:
        """The propositions and initiatives that were asked for, by kind and key."""
        return {(work.kind, work.key): work for work in self._asked}

    @cached_property
    def _addressing(self) -> frozenset[Number]:
        return frozenset(number for _, number, _ in self.items.addressed)

    @cached_property
    def works(self) -> Sequence[Work]:
        """Each piece at its place."""
        wanted = self._addressing | self.named
        able = [one for one in self._asked if not ended(one) and (one.kind == "Proposition" or one.number in wanted)]
        options = {one.number: one for one in able if not one.there}
        others = {one.number: one for one in able if one.there}
        waiting = list(options.values())
        while waiting:
            for number in self._needs(waiting.pop()):
                if number not in options and number not in others:
                    others[number] = self.facts.works[number]
                    waiting.append(others[number])
        return [*options.values(), *sorted(others.values(), key=lambda work: work.place)]

    @cached_property
    def options(self) -> Sequence[Piece]:
        """The pieces that can be chosen."""
        wanted = {work.number for work in self._asked if work.kind == "Proposition" or work.number in self.named}
        wanted |= {work.number for work in self._asked if work.number in self._addressing}
        return [
            piece
            for piece, work in enumerate(self.works)
            if work.number in wanted and not work.there and not ended(work)
        ]

    @cached_property
    def piece(self) -> Mapping[Number, Piece]:
        """The place of each."""
        return {work.number: piece for piece, work in enumerate(self.works)}

    @cached_property
    def named_piece(self) -> Mapping[tuple[str, str], Piece]:
        """The place of each, by kind and key."""
        return {(work.kind, work.key): piece for piece, work in enumerate(self.works)}

    @cached_property
    def there(self) -> Pieces:
        """What is there already."""
        return frozenset(piece for piece, work in enumerate(self.works) if work.there)

    @cached_property
    def needs(self) -> Sequence[Sequence[Piece]]:
        """What each piece needs."""
        return [sorted({self.piece[number] for number in self._needs(work)}) for work in self.works]

    def _needs(self, work: Work) -> list[Number]:
        if work.there:
            return []
        return [*self._delivering(work), *self._depends.get(work.number, ()), *self._requires.get(work.number, ())]

    def _to_do(self, work: Work) -> list[Piece]:
        """Return the initiatives that deliver a proposition and are not there yet."""
        return [self.piece[one] for one in self._delivering(work) if not self.facts.works[one].there]

    def _delivering(self, work: Work) -> list[Number]:
        """Return the initiatives that deliver a proposition."""
        numbers = self.items.delivered_by.get(work.number, ()) if work.kind == "Proposition" else ()
        works = self.facts.works
        return [one for one in numbers if one in works and works[one].status != InitiativeStatus.STOPPED]

    @cached_property
    def _depends(self) -> Mapping[Number, Sequence[Number]]:
        return _grouped(self.facts.depends)

    @cached_property
    def _requires(self) -> Mapping[Number, Sequence[Number]]:
        return _grouped(self.facts.requires)

    @cached_property
    def _paying(self) -> list[tuple[Piece, Work]]:
        return [(piece, work) for piece, work in enumerate(self.works) if not work.there]

    @cached_property
    def currencies(self) -> frozenset[str]:
        """The currencies that costs are in."""
        return frozenset(work.currency for _, work in self._paying if work.cost and work.currency)

    def prices(self, currency: str | None, assumed: Units | None) -> list[Price]:
        """Return what each piece costs, in a currency, and with what is assumed where nobody knows."""
        own, missing = dict[Piece, Fraction](), dict[Piece, PlanTerm]()
        for piece, work in self._paying:
            if work.cost is None:
                missing[piece] = PlanTerm.COST
            elif work.cost and (work.currency is None or work.currency != currency):
                missing[piece] = PlanTerm.CURRENCY
            else:
                own[piece] = Fraction(work.cost)
        for piece, work in self._paying:
            if missing.get(piece) is PlanTerm.COST and self._to_do(work):
                del missing[piece]
        found = []
        for piece, work in self._paying:
            amount, term = own.get(piece), missing.get(piece)
            if term is PlanTerm.COST and assumed is not None:
                amount = Fraction(assumed)
            if amount is not None or term is not None:
                found.append(Price(piece, amount, term, self._holding(work, own), work.confidence))
        return found

    def times(self, party: Party, assumed: float | None) -> list[Price]:
        """Return how many person-days of a party each piece takes, and what is assumed where nobody knows."""
        efforts: dict[Piece, list[float | None]] = defaultdict(list)
        for number, whose, effort in self.facts.involved:
            if whose == party.number and number in self.piece:
                efforts[self.piece[number]].append(effort)
        own: dict[Piece, Fraction] = {}
        for piece, parts in efforts.items():
            known = [written(effort) for effort in parts if effort is not None]
            if len(known) == len(parts):
                own[piece] = sum(known, Fraction())
        found = []
        for piece, work in self._paying:
            if piece not in efforts or (piece not in own and any(one in efforts for one in self._to_do(work))):
                continue
            amount, term = own.get(piece), None if piece in own else PlanTerm.EFFORT
            if term is not None and assumed is not None:
                amount = written(assumed)
            found.append(Price(piece, amount, term, self._holding(work, own), work.confidence))
        return found

    def _holding(self, work: Work, own: Collection[Piece]) -> tuple[Piece, ...]:
        """Return the propositions whose own figure holds that of an initiative."""
        above = self.items.delivers.get(work.number, ()) if work.kind == "Initiative" else ()
        pieces = (self.piece[number] for number in above if number in self.piece)
        return tuple(sorted(piece for piece in pieces if piece in own))


def _grouped(pairs: Iterable[tuple[Number, Number]]) -> Mapping[Number, Sequence[Number]]:
    groups: dict[Number, list[Number]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups
