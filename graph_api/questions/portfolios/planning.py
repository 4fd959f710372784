"""From the graph to a problem in plain numbers, and back to the graph's own units. Pure but for the clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from graph_api.errors import UserInputError
from graph_api.questions.figures.exact import written
from graph_api.questions.portfolios.answered import Answered
from graph_api.questions.portfolios.item import Items
from graph_api.questions.portfolios.learned import Learned
from graph_api.questions.portfolios.optimise import Solution, solve
from graph_api.questions.portfolios.patience import Patience
from graph_api.questions.portfolios.pieces import Party, PlanFacts, PlanTerm, Price, Work, Workshop, ended
from graph_api.questions.portfolios.problem import NONE, Charge, Pain, Piece, Pieces, Problem, Resource, paid, whole
from graph_api.questions.portfolios.varied import Draws, Sureness, draw
from graph_api.questions.portfolios.wishes import Name, Wishes


@dataclass(frozen=True, slots=True)
class Scarce:
    """Something of which there may be only so much."""

    party: Party | None
    """Null is money."""
    prices: Sequence[Price]
    limit: Fraction | None
    resource: Resource
    unit: Fraction


@dataclass(frozen=True)
class Planning:
    """Everything that a plan is worked out from."""

    wishes: Wishes
    items: Items
    learned: Learned
    facts: PlanFacts

    @cached_property
    def _patience(self) -> Patience:
        """The time for the plan, from the moment when its problem is put."""
        return Patience(self.wishes.seconds)

    @cached_property
    def patience(self) -> Patience:
        """The time for all that comes after that, which is as much."""
        return Patience(self.wishes.seconds)

    @cached_property
    def shop(self) -> Workshop:
        """The pieces."""
        plain = Workshop(self.items, self.facts, frozenset())
        named = frozenset(self._asked(plain, "mustInclude", name).number for name in self.wishes.must)
        return Workshop(self.items, self.facts, named)

    @staticmethod
    def _asked(shop: Workshop, argument: str, name: Name) -> Work:
        work = shop.asked.get(name)
        if work is None:
            message = f"{argument}: there is no {' '.join(name)} to choose in scope; name a proposition or initiative."
            raise UserInputError(message)
        if ended(work):
            message = f"{argument}: {work} is {work.status}, so that nobody can choose it."
            raise UserInputError(message)
        return work

    def piece(self, argument: str, name: Name) -> Piece:
        """Return the option of that name; raises UserInputError."""
        work = self._asked(self.shop, argument, name)
        piece = self.shop.piece.get(work.number)
        if piece is None or piece not in self.shop.options:
            why = "it is there already" if work.there else "it addresses no opportunity directly"
            message = f"{argument}: {work} is no option, since {why}."
            raise UserInputError(message)
        return piece

    @cached_property
    def currency(self) -> str | None:
        """The currency of all costs; raises UserInputError where nobody can tell which that should be."""
        given, found = self.wishes.currency, sorted(self.shop.currencies)
        if given is not None and given not in found and found:
            message = f"currency: no cost is in {given!r}; there are costs in {', '.join(found)}."
            raise UserInputError(message)
        if given is None and len(found) > 1 and self.wishes.budget is not None:
            message = f"currency: costs are in {', '.join(found)}; say in which of these the budget is."
            raise UserInputError(message)
        return given or (found[0] if len(found) == 1 else None)

    @cached_property
    def answered(self) -> Answered:
        """The pains."""
        wishes = self.wishes
        return Answered(self.items, self.learned, self.shop.piece, wishes.weight, wishes.currency, wishes.assumed)

    @cached_property
    def scarce(self) -> Sequence[Scarce]:
        """The money, then the time of the parties."""
        wishes, shop = self.wishes, self.shop
        budget = None if wishes.budget is None else Fraction(wishes.budget)
        found = [_scarce(None, shop.prices(self.currency, wishes.cost), budget)]
        known = {(party.kind, party.key): party for party in self.facts.parties}
        for place, (name, effort) in enumerate(wishes.capacities.items()):
            if name not in known:
                message = f"capacities.{place}.party: there is no {name[0]} with the key {name[1]!r}."
                raise UserInputError(message)
            party = known[name]
            found.append(_scarce(party, shop.times(party, wishes.effort), written(effort)))
        return found

    @cached_property
    def _pains(self) -> tuple[list[int], Fraction]:
        return whole(pain.weight or Fraction() for pain in self.answered.pains)

    @cached_property
    def _fits(self) -> tuple[list[int], Fraction]:
        """The fits of all paths, and last a whole fit."""
        return whole([*(path.fit for path in self.answered.paths), Fraction(1)])

    @property
    def whole_fit(self) -> int:
        """A fit of 1, in the problem's unit."""
        return self._fits[0][-1]

    @cached_property
    def unit(self) -> Fraction:
        """Of what the objective is a multiple."""
        return self._pains[1] * self._fits[1]

    @cached_property
    def problem(self) -> Problem:
        """The problem, in whole numbers."""
        _ = self._patience
        shop, answered = self.shop, self.answered
        pieces = [path.piece for path in answered.paths]
        pains = [
            Pain(weight, tuple((pieces[place], place) for place in answered.paths_of(pain.row)))
            for pain, weight in zip(answered.pains, self._pains[0], strict=True)
        ]
        must = (shop.named_piece[name] for name in self.wishes.must)
        return Problem(
            options=shop.options,
            needs=shop.needs,
            pains=pains,
            fits=self._fits[0][:-1],
            resources=[one.resource for one in self.scarce],
            there=shop.there,
            must=frozenset(must) - shop.there,
            barred=self._barred,
        )

    @cached_property
    def _barred(self) -> Pieces:
        known = self.shop.asked
        for name in self.wishes.exclude:
            if name not in known and name not in self.shop.named_piece:
                message = f"exclude: there is no {' '.join(name)} that a plan in scope could hold."
                raise UserInputError(message)
        found = (self.shop.named_piece.get(name) for name in self.wishes.exclude)
        return frozenset(piece for piece in found if piece is not None)

    @cached_property
    def solution(self) -> Solution:
        """The best plan."""
        return solve(self.problem, self._patience)

    @cached_property
    def sureness(self) -> Sureness:
        """How sure the inputs are."""
        facts, answered = self.facts, self.answered
        weights = [
            _surest(facts.raises.get((pain.row.number, one)) for one in answered.raising[pain.row.number])
            for pain in answered.pains
        ]
        works = self.shop.works
        fits = [facts.fits.get((path.opportunity, works[path.piece].number)) for path in answered.paths]
        amounts = [[price.confidence for price in one.prices] for one in self.scarce]
        return Sureness(weights, fits, amounts, self.whole_fit)

    @cached_property
    def draws(self) -> Draws:
        """What becomes of the choices where the inputs are somewhat different."""
        wishes = self.wishes
        return draw(self.problem, self.sureness, wishes.draws, wishes.seed, self.patience)

    @cached_property
    def missing(self) -> Mapping[Piece, Sequence[tuple[PlanTerm, Piece, Party | None]]]:
        """For each option that no plan can hold: what is unknown, of which piece and of whose time."""
        unknown = [
            (one, price) for one in self.scarce if one.limit is not None for price in one.prices if price.amount is None
        ]
        impossible: Pieces = NONE
        while True:
            # What a piece holds that no plan can hold is not held.
            found = [(one, price) for one, price in unknown if impossible.issuperset(price.within)]
            more = self.problem.needing(price.piece for _, price in found)
            if more == impossible:
                break
            impossible = more
        missing: dict[Piece, list[tuple[PlanTerm, Piece, Party | None]]] = {}
        for one, price in found:
            for piece in self.problem.needing([price.piece]) & self._options:
                if price.missing is not None:
                    missing.setdefault(piece, []).append((price.missing, price.piece, one.party))
        return missing

    @cached_property
    def _options(self) -> Pieces:
        return frozenset(self.shop.options)

    def objective(self, value: int | Fraction) -> float | None:
        """Return what the problem's unit says in that of the pains; null where no number can hold it."""
        return real(value * self.unit)

    def load(self, one: Scarce, plan: Pieces) -> Fraction | None:
        """Return what a plan takes; null where nobody knows."""
        found = self.problem.load(one.resource, plan)
        return None if found is None else found * one.unit

    def known_load(self, one: Scarce, plan: Pieces) -> tuple[Fraction, int]:
        """Return what a plan takes as far as that is known, and of how many pieces it is not."""
        amounts = [charge.amount for charge in paid(one.resource, plan)]
        return sum(amount for amount in amounts if amount is not None) * one.unit, amounts.count(None)

    def cost(self, plan: Pieces) -> int | None:
        """Return what a plan costs, as money is stored; null where nobody knows."""
        found = self.load(self.scarce[0], plan)
        return None if found is None else int(found)


def _scarce(party: Party | None, prices: Sequence[Price], limit: Fraction | None) -> Scarce:
    known = [price.amount for price in prices if price.amount is not None]
    numbers, unit = whole([*known, *([] if limit is None else [limit])])
    amounts = iter(numbers)
    charges = [Charge(price.piece, None if price.amount is None else next(amounts), price.within) for price in prices]
    return Scarce(party, prices, limit, Resource(charges, None if limit is None else numbers[-1]), unit)


def _surest(confidences: Iterable[float | None]) -> float | None:
    return max((one for one in confidences if one is not None), default=None)


def real(value: Fraction) -> float | None:
    """Return a number; null where it is too large for one."""
    try:
        return float(value)
    except OverflowError:
        return None
