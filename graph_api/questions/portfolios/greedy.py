"""A good plan in a moment, and a plan without what it does not need. Pure.

Always the option that answers most for what it takes, among those that still fit, as in S. Khuller, A. Moss, J. Naor:
The budgeted maximum coverage problem, Information Processing Letters 70, 1999. It stands in where there is no time for
better, and nothing is promised of it.
"""

from fractions import Fraction
from functools import partial
from heapq import heapify, heappop, heappush

from graph_api.questions.portfolios.problem import Piece, Pieces, Problem, paid

_LEAST = Fraction(1, 10**9)
"""What an option takes at least, so that it can be divided by."""


def greedy(problem: Problem) -> Pieces | None:
    """Return a plan, or null where what must be in it does not fit by itself."""
    plan = problem.closed(problem.must)
    if not problem.holds(plan):
        return None
    out = problem.needing(problem.barred) | plan
    waiting = [(_rate(problem, plan, option), option) for option in problem.options if option not in out]
    heapify(waiting)
    while waiting:
        # What an option adds only falls while the plan grows: one that still comes first is the best.
        rate, option = heappop(waiting)
        now = Fraction() if option in plan else _rate(problem, plan, option)
        if now == 0:
            continue
        if now > rate and waiting and (now, option) > waiting[0]:
            heappush(waiting, (now, option))
            continue
        larger = plan | problem.closed([option])
        if problem.holds(larger):
            plan = larger
    return plan


def _rate(problem: Problem, plan: Pieces, option: Piece) -> Fraction:
    """Return what an option adds for what it takes of the scarcest resource, below zero: the least is the best.

    Exact: weights and amounts are whole numbers of any size, which a float may not hold.
    """
    new = problem.closed([option]) - plan
    gain = problem.lost(plan | new, plan)
    takes = [
        Fraction(sum(one.amount or 0 for one in paid(resource, new)), resource.limit)
        for resource in problem.resources
        if resource.limit
    ]
    return -gain / max(_LEAST, *takes) if takes else Fraction(-gain)


def repaired(problem: Problem, plan: Pieces) -> Pieces | None:
    """Return what is left of a choice that breaks limits, without the options that it loses least by; null for none."""
    while not problem.holds(plan):
        smaller = {problem.without(plan, option) for option in problem.chosen(plan)}
        left = [one for one in smaller if one < plan and problem.must <= one]
        if not left:
            return None
        left.sort(key=partial(_by_loss, problem, plan))
        plan = next(filter(problem.holds, left), left[0])
    return plan


def pruned(problem: Problem, plan: Pieces) -> Pieces:
    """Return a plan without options that answer nothing in it, the dearest first, and without what only these need."""
    plan = problem.closed([*problem.chosen(plan), *problem.must])
    costs = {charge.piece: charge.amount or 0 for charge in problem.money.charges}
    for option in sorted(problem.chosen(plan), key=lambda option: (-costs.get(option, 0), -option)):
        if option in plan:
            smaller = problem.without(plan, option)
            if not problem.lost(plan, smaller) and _costs(problem, smaller) <= _costs(problem, plan):
                plan = smaller if problem.holds(smaller) else plan
    return plan


def _by_loss(problem: Problem, plan: Pieces, smaller: Pieces) -> tuple[int, list[Piece]]:
    return problem.lost(plan, smaller), sorted(smaller)


def _costs(problem: Problem, plan: Pieces) -> int:
    """Return what a plan costs as far as that is known; one may hold what another would cost."""
    return sum(charge.amount or 0 for charge in paid(problem.money, plan))
