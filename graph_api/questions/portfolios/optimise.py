"""The best plan: that whose pieces answer most, within money and time. Pure but for the clock that bounds it.

It is the maximum coverage problem with a budget (S. Khuller, A. Moss, J. Naor: The budgeted maximum coverage problem,
Information Processing Letters 70, 1999) with precedence and several limits, as a mixed-integer programme: x is 1 where
a piece is in the plan; z, at most 1 and at most the sum of the x of a gain's pieces, where the gain is won; q, where a
charge is paid that another piece may hold. z and q come out whole by themselves.

The solver reckons with floats, and only its choice is taken from it: objective, cost and limits are reckoned again in
whole numbers. A choice that breaks a limit by a rounding is forbidden, and the programme solved again. Gains are scaled
so that the solver's least gap, 1e-6, is a ten-thousand-millionth of all of them together: plans closer than that are
alike to it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from graph_api.model.values import Choice
from graph_api.questions.portfolios.greedy import greedy, pruned, repaired
from graph_api.questions.portfolios.patience import Patience
from graph_api.questions.portfolios.problem import Charge, Piece, Pieces, Problem, Resource
from graph_api.questions.portfolios.programme import Column, End, Outcome, Programme, Term

_LARGEST = 10**7
"""What all gains together, or a cost, are at most for the solver; what is less is left whole."""
_WHOLE = 10**5
"""The same in a row; what is more is divided by the largest. In between, what the solver takes for kept it takes for
broken when it looks again, and says so on the console."""
_POOR = 2
"""Where a plan may be so many times as good, a greedy one is tried as well."""
_FORBIDDEN = 30
"""So many choices are forbidden one after the other, before a programme counts as not solved."""


class PlanStatus(Choice):
    """How sure it is that a plan is the best."""

    OPTIMAL = "OPTIMAL", "No plan answers more."
    TIME_LIMIT = "TIME_LIMIT", "The time ended first: it is the best plan that was found; `gap` tells how much is open."
    INFEASIBLE = "INFEASIBLE", "There is no plan: what must be in it cannot be in any; `why` tells what does not fit."


@dataclass(frozen=True, slots=True)
class Solution:
    """What came of it."""

    status: PlanStatus
    plan: Pieces | None
    objective: int
    bound: Fraction
    """No plan answers more."""

    @property
    def gap(self) -> Fraction | None:
        """How much more the best plan could answer, as a share of what this one does; null where that is nothing."""
        if self.bound <= self.objective:
            return Fraction()
        return self.bound / self.objective - 1 if self.objective else None


NO_PLAN = Solution(PlanStatus.INFEASIBLE, None, 0, Fraction())


def solve(problem: Problem, patience: Patience, gap: float = 0.0) -> Solution:
    """Return the best plan, up to a gap; of several that are as good, one that costs least, as far as time allows."""
    model = _Model(problem)
    plan, outcome = model.best(patience, gap) if model.possible else (None, None)
    if outcome is None or outcome.end is End.IMPOSSIBLE:
        return NO_PLAN
    if plan is not None and outcome.end is End.SOLVED:
        plan = pruned(problem, plan if gap else model.cheapest(plan, patience))
        objective = problem.objective(plan)
        return Solution(PlanStatus.OPTIMAL, plan, objective, Fraction(objective))
    # Where there was no time to find one at all, or but a poor one.
    found = [one for one in (plan, *model.repaired) if one is not None]
    bound = model.bound(outcome)
    if not found or bound > _POOR * max(map(problem.objective, found)):
        found += [one for one in (greedy(problem),) if one is not None]
    if not found:
        return Solution(PlanStatus.TIME_LIMIT, None, 0, bound)
    plan = pruned(problem, max(found, key=problem.objective))
    objective = problem.objective(plan)
    return Solution(PlanStatus.TIME_LIMIT, plan, objective, max(bound, Fraction(objective)))


def least(problem: Problem, resource: Resource, patience: Patience) -> int | None:
    """Return how much of a resource what must be in the plan takes at least, if nothing else were short.

    Null where nobody knows, or what must be in the plan needs what is barred.
    """
    model = _Model(problem)
    plan = model.least(resource, patience) if model.possible else None
    return None if plan is None else problem.load(resource, plan)


class _Model:
    """A problem as a mixed-integer programme: a column for each piece, shared gain and held charge."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.inside = problem.closed(problem.must)
        self.outside = problem.needing(problem.barred)
        self._pieces = len(problem.needs)
        self.repaired: list[Pieces | None] = []
        """What is left of choices that were forbidden, without what was too much."""

    @property
    def possible(self) -> bool:
        """Whether what must be in the plan can do without what is barred."""
        return self.inside.isdisjoint(self.outside)

    def best(self, patience: Patience, gap: float) -> tuple[Pieces | None, Outcome]:
        """Return the plan that answers most."""
        return self._run({column: -value for column, value in self._worth.items()}, self._programme(), patience, gap)

    def bound(self, outcome: Outcome) -> Fraction:
        """Return what no plan answers more than, by what the solver says."""
        won = Fraction(self._sum)
        if outcome.bound is not None:
            won = min(won, -Fraction(outcome.bound) * won / (min(self._sum, _LARGEST) or 1))
        return self._anyway + won

    def cheapest(self, plan: Pieces, patience: Patience) -> Pieces:
        """Return a plan that answers as much and costs less, if there is one."""
        problem = self.problem
        cost, objective = problem.load(problem.money, plan), problem.objective(plan)
        if not cost or patience.left <= 0:
            return plan
        programme = self._programme()
        unit = self._scaled(self._sum) if self._sum > _WHOLE else 1.0
        programme.add(
            ((column, -value / unit) for column, value in self._worth.items()),
            -self._scaled(objective - self._anyway) / unit,
        )
        other, _ = self._run(self._costs(problem.money), programme, patience, 0.0)
        if other is None or problem.objective(other) < objective:
            return plan
        cheaper = problem.load(problem.money, other)
        return other if cheaper is not None and cheaper < cost else plan

    def least(self, resource: Resource, patience: Patience) -> Pieces | None:
        """Return the plan that takes least of a resource, whatever it takes of others."""
        return self._run(self._costs(resource), self._programme(limited=False), patience, 0.0, limited=False)[0]

    @cached_property
    def _gains(self) -> list[tuple[tuple[Piece, ...], int]]:
        """What can be won beside what is won anyway."""
        found: dict[tuple[Piece, ...], int] = {}
        for value, by in self.problem.gains:
            pieces = tuple(piece for piece in by if piece not in self.outside)
            if pieces and self.inside.isdisjoint(by):
                found[pieces] = found.get(pieces, 0) + value
        return sorted(found.items())

    @cached_property
    def _sum(self) -> int:
        return sum(value for _, value in self._gains)

    @cached_property
    def _anyway(self) -> int:
        """What is won anyway."""
        return self.problem.objective(self.inside)

    @cached_property
    def _shared(self) -> list[tuple[tuple[Piece, ...], int]]:
        """The gains that several pieces have in common: each is a column, after the pieces."""
        return [(by, value) for by, value in self._gains if len(by) > 1]

    @cached_property
    def _held(self) -> list[tuple[Resource, Charge]]:
        """The charges that another piece may hold, or that nobody knows: each is a column, after these."""
        return [
            (resource, charge)
            for resource in self.problem.resources
            for charge in resource.charges
            if charge.within or charge.amount is None
        ]

    @cached_property
    def _worth(self) -> dict[Column, float]:
        """What each column wins, as the solver takes it."""
        alone = {by[0]: self._scaled(value) for by, value in self._gains if len(by) == 1}
        return alone | {column: self._scaled(value) for column, (_, value) in enumerate(self._shared, self._pieces)}

    def _scaled(self, value: int) -> float:
        return float(value) if self._sum <= _LARGEST else value * _LARGEST / self._sum

    def _paying(self, resource: Resource) -> list[tuple[Column, int]]:
        """Return the columns that pay for a resource, and how much."""
        first = self._pieces + len(self._shared)
        plain = [(one.piece, one.amount) for one in resource.charges if not one.within and one.amount is not None]
        held = enumerate(self._held)
        return [*plain, *((first + place, one.amount or 0) for place, (of, one) in held if of is resource)]

    def _costs(self, resource: Resource) -> dict[Column, float]:
        paying = self._paying(resource)
        unit = max(1, max((abs(amount) for _, amount in paying), default=0) // _LARGEST)
        costs: dict[Column, float] = {}
        for column, amount in paying:
            costs[column] = costs.get(column, 0.0) + amount / unit
        return costs

    @cached_property
    def _too_dear(self) -> Pieces:
        """Pieces that take more of a resource than there is, where nothing gives any back or pays for others.

        A solver counts in floats, of which such an amount may be too large for it to tell anything from.
        """
        simple = (
            resource
            for resource in self.problem.resources
            if all((charge.amount or 0) >= 0 and not charge.within for charge in resource.charges)
        )
        return (
            frozenset(
                charge.piece
                for resource in simple
                if resource.limit is not None
                for charge in resource.charges
                if (charge.amount or 0) > resource.limit
            )
            - self.inside
        )

    def _programme(self, *, limited: bool = True) -> Programme:
        shared, held = self._pieces, self._pieces + len(self._shared)
        unknown = frozenset(
            held + place
            for place, (resource, charge) in enumerate(self._held)
            if limited and charge.amount is None and resource.limit is not None
        )
        outside = self.outside | unknown | (self._too_dear if limited else frozenset())
        made = Programme(held + len(self._held), self._pieces, self.inside, outside)
        self._add_needs(made)
        for column, (by, _) in enumerate(self._shared, shared):
            made.add([(column, 1.0), *_minus(by)])
        for column, (_, charge) in enumerate(self._held, held):
            made.add([(charge.piece, 1.0), (column, -1.0), *_minus(charge.within)])
            if charge.amount is not None and charge.amount < 0:
                # What brings something in does so once, and only where it is in the plan.
                made.add([(column, 1.0), (charge.piece, -1.0)])
                for piece in charge.within:
                    made.add([(column, 1.0), (piece, 1.0)], 1.0)
        if limited:
            self._add_limits(made)
        return made

    def _add_needs(self, made: Programme) -> None:
        problem = self.problem
        for piece, needs in enumerate(problem.needs):
            for needed in needs if piece not in problem.there else ():
                made.add([(piece, 1.0), (needed, -1.0)])
        for piece in set(range(self._pieces)) - set(problem.options) - self.inside:
            # Works are in the plan where something needs them, and not for what they answer.
            made.add([(piece, 1.0), *_minus(problem.needed_by.get(piece, ()))])

    def _add_limits(self, made: Programme) -> None:
        for resource in self.problem.resources:
            if resource.limit is not None:
                paying = self._paying(resource)
                # What is more than there can ever be is as good as anything else that is.
                most = resource.limit - sum(min(0, amount) for _, amount in paying) + 1
                unit = most if most > _WHOLE else 1
                made.add(((column, min(amount, most) / unit) for column, amount in paying), resource.limit / unit)

    def _run(
        self, costs: dict[Column, float], programme: Programme, patience: Patience, gap: float, *, limited: bool = True
    ) -> tuple[Pieces | None, Outcome]:
        """Minimise, and forbid what breaks a limit by a rounding, until nothing does."""
        outcome = programme.minimise(costs, patience, gap)
        for _ in range(_FORBIDDEN):
            plan = outcome.ones
            if plan is None or not limited or not self.problem.over(plan):
                return plan, outcome
            self.repaired.append(repaired(self.problem, plan))
            terms = ((piece, 1.0 if piece in plan else -1.0) for piece in range(self._pieces))
            programme.add(terms, len(plan) - 1.0)
            outcome = programme.minimise(costs, patience, gap)
        return None, outcome._replace(end=End.STOPPED)


def _minus(pieces: Iterable[Piece]) -> list[Term]:
    return [(piece, -1.0) for piece in pieces]
