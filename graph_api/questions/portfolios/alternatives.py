"""Other plans beside the best: for other budgets, and with or without one choice. Pure but for the clock."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found
from graph_api.model.values import MONEY_PLACES
from graph_api.questions.connection import Connection
from graph_api.questions.figures.money import written
from graph_api.questions.portfolios.optimise import PlanStatus, Solution, least, solve
from graph_api.questions.portfolios.planned import PlanPlace, places
from graph_api.questions.portfolios.planning import Planning, Scarce, real
from graph_api.questions.portfolios.problem import NONE, Piece, Pieces, Problem, Resource

_ROUND_TO: int = 10**MONEY_PLACES


@dataclass(frozen=True)
class PlanPoint:
    """The best plan for a budget."""

    planning: Planning
    units: int
    """The budget, as money is stored."""
    solution: Solution

    @property
    def budget(self) -> str | None:
        """The budget."""
        return written(self.units)

    @property
    def status(self) -> PlanStatus:
        """How sure it is that the plan is the best."""
        return self.solution.status

    @property
    def gap(self) -> float | None:
        """How much more the best could answer, as a share."""
        return gap_of(self.solution)

    @property
    def objective(self) -> float | None:
        """What it answers."""
        found = self.solution
        return None if found.plan is None else self.planning.objective(found.objective)

    @property
    def cost(self) -> str | None:
        """What it costs."""
        return None if self.solution.plan is None else written(self.planning.cost(self.solution.plan))

    @property
    def choices(self) -> int | None:
        """How many options are in it."""
        return None if self.solution.plan is None else len(self.planning.problem.chosen(self.solution.plan))


def gap_of(solution: Solution) -> float | None:
    """Return the gap; null where there is no plan, or it answers nothing."""
    return None if solution.plan is None or solution.gap is None else real(solution.gap)


def curve(planning: Planning, points: int) -> list[PlanPoint]:
    """Return the best plan for several budgets: evenly from what must be in it to what all costs that adds anything.

    The budget asked for is among them. Where the time ends, the rest is left out.
    """
    problem, money = planning.problem, planning.scarce[0]
    if planning.currency is None:
        return []
    everything = sum(max(0, charge.amount or 0) for charge in money.resource.charges)
    whole = solve(_limited(problem, everything), planning.patience)
    if whole.plan is None:
        return []
    low = least(problem, problem.money, planning.patience) or 0
    high = problem.load(problem.money, whole.plan) or 0
    budgets = {_rounded(int((low + (high - low) * place / (points - 1)) * money.unit)) for place in range(points)}
    if planning.wishes.budget is not None:
        budgets.add(planning.wishes.budget)
    found: list[PlanPoint] = []
    for budget in sorted(budgets):
        if not planning.patience.left:
            break
        found.append(PlanPoint(planning, budget, _at(planning, budget)))
    return found


def _at(planning: Planning, budget: int) -> Solution:
    if budget == planning.wishes.budget:
        return planning.solution
    return solve(_limited(planning.problem, int(budget // planning.scarce[0].unit)), planning.patience)


def _limited(problem: Problem, limit: int) -> Problem:
    """Return the problem with another budget, in the unit of its money."""
    money, *others = problem.resources
    return replace(problem, resources=[Resource(money.charges, limit), *others])


def _rounded(units: int) -> int:
    """Return money up to the next whole unit of its currency."""
    return -(-units // _ROUND_TO) * _ROUND_TO


@dataclass(frozen=True)
class PlanReverse:
    """The best plan where one choice is turned round."""

    planning: Planning
    piece: Piece

    @property
    def item(self) -> Found:
        """What is turned round."""
        return self.planning.shop.works[self.piece].found

    @property
    def chosen(self) -> bool:
        """Whether it is in the plan, so that this is the best one without it; else it is the best one with it."""
        return self.piece in self._plan

    @property
    def _plan(self) -> Pieces:
        return self.planning.solution.plan or NONE

    @cached_property
    def problem(self) -> Problem:
        """The problem so turned."""
        problem, this = self.planning.problem, frozenset({self.piece})
        if self.chosen:
            return replace(problem, must=problem.must - this, barred=problem.barred | this)
        return replace(problem, must=problem.must | this, barred=problem.barred - this)

    @cached_property
    def _solution(self) -> Solution:
        return solve(self.problem, self.planning.patience)

    @property
    def status(self) -> PlanStatus:
        """How sure it is that the plan is the best."""
        return self._solution.status

    @property
    def gap(self) -> float | None:
        """How much more the best could answer, as a share."""
        return gap_of(self._solution)

    @cached_property
    def why(self) -> Sequence[str]:
        """Why there is no such plan."""
        return reasons(self.planning, self.problem) if self.status is PlanStatus.INFEASIBLE else []

    @property
    def objective(self) -> float | None:
        """What it answers."""
        found = self._solution
        return None if found.plan is None else self.planning.objective(found.objective)

    @property
    def difference(self) -> float | None:
        """What it answers more than the plan; less where it is below zero."""
        if self._solution.plan is None or self.planning.solution.plan is None:
            return None
        return self.planning.objective(self._solution.objective - self.planning.solution.objective)

    @property
    def cost(self) -> str | None:
        """What it costs."""
        return None if self._solution.plan is None else written(self.planning.cost(self._solution.plan))

    def enters(self, **arguments: Any) -> Connection[PlanPlace]:
        """List what is chosen instead."""
        return self._changed((self._solution.plan or self._plan) - self._plan, arguments)

    def leaves(self, **arguments: Any) -> Connection[PlanPlace]:
        """List what is chosen no more."""
        return self._changed(
            self._plan - (self._plan if self._solution.plan is None else self._solution.plan), arguments
        )

    def _changed(self, pieces: Pieces, arguments: Any) -> Connection[PlanPlace]:
        return places(self.planning, self.problem.chosen(pieces), arguments)


def reasons(planning: Planning, problem: Problem) -> list[str]:
    """Say why there is no plan: each thing that cannot hold."""
    works = planning.shop.works
    found = []
    for piece in problem.chosen(problem.must):
        needed = problem.closed([piece]) & problem.barred
        found += [
            f"{works[piece]} must be in the plan and needs {works[one]}, which is excluded." for one in sorted(needed)
        ]
        for what, of, party in planning.missing.get(piece, ()):
            whose = f" of {party.kind} {party.key} for" if party else " of"
            found.append(f"{works[piece]} must be in the plan, and the {what.lower()}{whose} {works[of]} is unknown.")
    if found:
        return found
    for one, resource in zip(planning.scarce, problem.resources, strict=True):
        need = None if resource.limit is None else least(problem, resource, planning.patience)
        if need is not None and resource.limit is not None and need > resource.limit:
            found.append(_short(planning, one, need, resource.limit))
    return found or ["Each limit alone can be kept with what must be in the plan, but not all of them together."]


def _short(planning: Planning, one: Scarce, need: int, limit: int) -> str:
    takes, there = need * one.unit, limit * one.unit
    if one.party is None:
        costs = f"costs {planning.currency} {written(int(takes))} at least, and the budget is {written(int(there))}."
        return f"What must be in the plan {costs}"
    days = f"takes {real(takes):,.12g} person-days of {one.party.kind} {one.party.key} at least"
    return f"What must be in the plan {days}, and there are {real(there):,.12g}."
