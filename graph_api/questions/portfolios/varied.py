"""How firm a choice is: what becomes of it where the inputs are somewhat different. Pure but for the clock.

In each draw every input v is drawn anew, evenly between v·c and v·(2 - c) for its confidence c, each by itself: what a
pain counts, how well it is answered (never better than wholly), costs and person-days. Then the best plan is looked for
again.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from graph_api.model.values import Choice
from graph_api.questions.portfolios.bounds import UNKNOWN_CONFIDENCE
from graph_api.questions.portfolios.optimise import PlanStatus, solve
from graph_api.questions.portfolios.patience import Patience
from graph_api.questions.portfolios.problem import Pain, Piece, Pieces, Problem, Resource

_STEPS = 1000
_FEW = 100
_GAP, _GAP_OF_MANY = 0.0001, 0.01
"""By which share of the objective a plan of a draw may miss the best; the latter for more than a hundred options."""

Confidences = Sequence[float | None]


class Stability(Choice):
    """Whether a choice stays where the inputs are somewhat different."""

    ALWAYS = "ALWAYS", "It is in the plan, and in that of every draw."
    NEVER = "NEVER", "It is not in the plan, nor in that of any draw."
    TOSS_UP = "TOSS_UP", "It is in some of them and not in others."


@dataclass(frozen=True)
class Sureness:
    """The confidence of each input, 0 to 1; null is unknown."""

    weights: Confidences
    fits: Confidences
    amounts: Sequence[Confidences]
    """For each resource."""
    whole_fit: int
    """A fit of 1, in the problem's unit."""

    @property
    def unknown(self) -> int:
        """Of how many inputs the confidence is unknown."""
        return sum(one is None for part in (self.weights, self.fits, *self.amounts) for one in part)


@dataclass(frozen=True)
class Draws:
    """What came of them."""

    solved: int
    infeasible: int
    """In how many of the others what must be in the plan did not fit."""
    chosen: Counter[Piece]
    """In how many plans each option is."""

    def share(self, piece: Piece) -> float | None:
        """Return the share of the plans that an option is in; null where there are none."""
        return self.chosen[piece] / self.solved if self.solved else None

    def stability(self, piece: Piece, plan: Pieces) -> Stability | None:
        """Tell whether a choice stays; null where nothing was drawn."""
        if not self.solved:
            return None
        if (piece in plan) and self.chosen[piece] == self.solved:
            return Stability.ALWAYS
        return Stability.TOSS_UP if piece in plan or self.chosen[piece] else Stability.NEVER


def draw(problem: Problem, sure: Sureness, count: int, seed: int, patience: Patience) -> Draws:
    """Draw so many times, as long as patience lasts; a seed gives the same each time."""
    random, chosen = Random(seed), Counter[Piece]()  # noqa: S311 - it is to be repeatable, and keeps no secret
    solved = infeasible = 0
    gap = _GAP if len(problem.options) <= _FEW else _GAP_OF_MANY
    for _ in range(count):
        if not patience.left:
            break
        found = solve(varied(problem, sure, random), patience, gap)
        if found.status is PlanStatus.INFEASIBLE:
            infeasible += 1
        elif found.plan is not None and found.status is PlanStatus.OPTIMAL:
            solved += 1
            chosen.update(problem.chosen(found.plan))
    return Draws(solved, infeasible, chosen)


def varied(problem: Problem, sure: Sureness, random: Random) -> Problem:
    """Return the problem with each of its inputs drawn anew, in thousandths of its unit."""
    most = sure.whole_fit * _STEPS
    weights = _drawn([pain.weight for pain in problem.pains], sure.weights, random)
    fits = [min(most, fit) for fit in _drawn(problem.fits, sure.fits, random)]
    resources = []
    for resource, confidences in zip(problem.resources, sure.amounts, strict=True):
        known = _drawn([charge.amount or 0 for charge in resource.charges], confidences, random)
        charges = [
            charge if charge.amount is None else charge._replace(amount=amount)
            for charge, amount in zip(resource.charges, known, strict=True)
        ]
        resources.append(Resource(charges, None if resource.limit is None else resource.limit * _STEPS))
    pains = [Pain(weight, pain.paths) for weight, pain in zip(weights, problem.pains, strict=True)]
    return replace(problem, pains=pains, fits=fits, resources=resources)


def _drawn(values: Sequence[int], confidences: Confidences, random: Random) -> list[int]:
    found = []
    for value, given in zip(values, confidences, strict=True):
        sure = UNKNOWN_CONFIDENCE if given is None else given
        found.append(value * round(_STEPS * (sure + 2 * (1 - sure) * random.random())))
    return found
