"""Plan: the choice of propositions and initiatives that answers most, within a budget and the time of the parties.

Facts: `cypher/portfolio/` after `cypher/scope/`, then `cypher/plan.cypher`. What can be chosen, and what is paid for
it, stands in `portfolios.pieces`; what pains count, in `portfolios.answered`; how the best plan is found, in
`portfolios.optimise`. The scope chooses options, never what is said of them.

Nothing is worked out that is not selected. The plan has the time limit for itself, and all beside it (other budgets,
draws, reasons, one choice turned round) has as much together: what it is too short for is left out, and that is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph_api.compile.question import Selected, Solves
from graph_api.questions.connection import Connection
from graph_api.questions.figures.money import written
from graph_api.questions.portfolios.alternatives import PlanPoint, PlanReverse, curve, gap_of, reasons
from graph_api.questions.portfolios.answered import count_assumed
from graph_api.questions.portfolios.item import read_items
from graph_api.questions.portfolios.learned import read_learned
from graph_api.questions.portfolios.optimise import PlanStatus
from graph_api.questions.portfolios.pieces import PlanTerm, read_plan_facts
from graph_api.questions.portfolios.planned import (
    ASIDE_ORDER,
    CHOICE_ORDER,
    PAIN_ORDER,
    REST_ORDER,
    PlanAside,
    PlanChoice,
    PlanEffort,
    PlanPain,
    PlanPlace,
    PlanRest,
    PlanWork,
    efforts,
    places,
    works,
)
from graph_api.questions.portfolios.planning import Planning
from graph_api.questions.portfolios.problem import NONE, Pieces
from graph_api.questions.portfolios.reach import PainWeight
from graph_api.questions.portfolios.wishes import MOST_POINTS, POINTS, parties_wanted, read_name, read_wishes, whole
from graph_api.questions.thread.scope import day, parameters, read_thread_facts, statement
from graph_api.store.statements import Statement

WHOLE = ("Opportunity", "Proposition", "Initiative")
FILES = ("portfolio/reached", "portfolio/learned", "plan")

_CONFIDENCE = frozenset({"stability", "share_of_draws", "draws"})


@dataclass(frozen=True)
class PlanDraws:
    """What was drawn to see which choices are firm."""

    planning: Planning

    @property
    def wanted(self) -> int:
        """How many draws were wanted."""
        return self.planning.wishes.draws

    @property
    def solved(self) -> int:
        """For how many a plan was found."""
        return self.planning.draws.solved

    @property
    def infeasible(self) -> int:
        """In how many what must be in the plan did not fit."""
        return self.planning.draws.infeasible

    @property
    def seed(self) -> int:
        """The seed of the draws."""
        return self.planning.wishes.seed

    @property
    def confidence_unknown(self) -> int:
        """Of how many inputs the confidence is unknown."""
        return self.planning.sureness.unknown


@dataclass(frozen=True)
class PlanAssumption:
    """How many values were assumed that nobody knows."""

    term: PlanTerm
    values: int


@dataclass(frozen=True)
class Plan:
    """The best plan."""

    planning: Planning

    def __post_init__(self) -> None:
        """Look at the arguments, also where nothing that they decide is selected."""
        _ = self.planning.problem

    @property
    def status(self) -> PlanStatus:
        """How sure it is that it is the best."""
        return self.planning.solution.status

    @property
    def _pieces(self) -> Pieces:
        return self.planning.solution.plan or NONE

    @property
    def _there(self) -> bool:
        return self.planning.solution.plan is not None

    @cached_property
    def why(self) -> Sequence[str]:
        """Why there is no plan."""
        return reasons(self.planning, self.planning.problem) if self.status is PlanStatus.INFEASIBLE else []

    @property
    def objective(self) -> float | None:
        """What it answers; null where there is none."""
        return self.planning.objective(self.planning.solution.objective) if self._there else None

    @property
    def bound(self) -> float | None:
        """No plan answers more."""
        solution = self.planning.solution
        return None if solution.status is PlanStatus.INFEASIBLE else self.planning.objective(solution.bound)

    @property
    def gap(self) -> float | None:
        """How much more the best could answer, as a share of what this does."""
        return gap_of(self.planning.solution)

    @cached_property
    def _total(self) -> int:
        return sum(pain.weight for pain in self.planning.problem.pains) * self.planning.whole_fit

    @property
    def total(self) -> float | None:
        """What all pains count."""
        return self.planning.objective(self._total)

    @property
    def share(self) -> float | None:
        """The objective as a share of that; null where it is nothing."""
        if not self._there or not self._total:
            return None
        return self.planning.solution.objective / self._total

    @property
    def reachable(self) -> float | None:
        """What all options together would answer."""
        problem = self.planning.problem
        return self.planning.objective(problem.objective(problem.closed(problem.options)))

    @property
    def already(self) -> float | None:
        """What is answered by what is there."""
        return self.planning.objective(self.planning.problem.objective(self.planning.problem.there))

    @property
    def budget(self) -> str | None:
        """The budget."""
        return written(self.planning.wishes.budget)

    @property
    def currency(self) -> str | None:
        """The currency of all costs."""
        return self.planning.currency

    @property
    def cost(self) -> str | None:
        """What it costs; null where nobody knows, or there is no plan."""
        return written(self.planning.cost(self._pieces)) if self._there else None

    @property
    def known_cost(self) -> str | None:
        """What it costs as far as that is known."""
        known, _ = self.planning.known_load(self.planning.scarce[0], self._pieces)
        return written(int(known)) if self._there else None

    @property
    def cost_unknown(self) -> int:
        """Of how much in it nobody knows the cost."""
        return self.planning.known_load(self.planning.scarce[0], self._pieces)[1]

    @property
    def efforts(self) -> list[PlanEffort]:
        """What it takes of the parties' time."""
        return efforts(self.planning, self._pieces)

    def choices(self, **arguments: Any) -> Connection[PlanChoice]:
        """List the options in it, those first without which it would answer least."""
        planning, plan = self.planning, self._pieces
        found = [PlanChoice(planning, plan, piece) for piece in planning.problem.chosen(plan)]
        return Connection(CHOICE_ORDER.sort(found), CHOICE_ORDER, arguments)

    def works(self, **arguments: Any) -> Connection[PlanWork]:
        """List what is paid beside these."""
        return works(self.planning, self._pieces, self._pieces, arguments)

    def there(self, **arguments: Any) -> Connection[PlanPlace]:
        """List what is there already."""
        return places(self.planning, self.planning.shop.there, arguments)

    def not_chosen(self, **arguments: Any) -> Connection[PlanRest]:
        """List the options that are not in it, those first that would add most."""
        planning, plan = self.planning, self._pieces
        left = (piece for piece in planning.shop.options if piece not in plan and piece not in planning.missing)
        found = [PlanRest(planning, plan, piece) for piece in left]
        return Connection(REST_ORDER.sort(found), REST_ORDER, arguments)

    def set_aside(self, **arguments: Any) -> Connection[PlanAside]:
        """List the options that no plan can hold."""
        planning, plan = self.planning, self._pieces
        found = [PlanAside(planning, plan, piece) for piece in planning.missing if piece not in plan]
        return Connection(ASIDE_ORDER.sort(found), ASIDE_ORDER, arguments)

    @cached_property
    def _pains(self) -> list[PlanPain]:
        return [PlanPain(self.planning, self._pieces, pain) for pain in self.planning.answered.pains]

    @property
    def pains(self) -> int:
        """How many pains there are."""
        return len(self._pains)

    def uncovered(self, **arguments: Any) -> Connection[PlanPain]:
        """List the pains that nothing in it answers, those first that count most."""
        found = [pain for pain in self._pains if not pain.fit and (pain.missing or pain.weighed.weight)]
        return Connection(PAIN_ORDER.sort(found), PAIN_ORDER, arguments)

    def unknown_pains(self, **arguments: Any) -> Connection[PlanPain]:
        """List the pains of which nobody knows what they count."""
        found = [pain for pain in self._pains if pain.missing]
        return Connection(PAIN_ORDER.sort(found), PAIN_ORDER, arguments)

    @property
    def type_unknown(self) -> int:
        """How many insights may be pains."""
        return self.planning.answered.type_unknown

    @property
    def fits_unknown(self) -> int:
        """Of how many links nobody knows how well the one answers the other."""
        return self.planning.answered.fits_unknown.total()

    @property
    def assumptions(self) -> list[PlanAssumption]:
        """How many values were assumed."""
        answered, wishes = self.planning.answered, self.planning.wishes
        found = count_assumed(answered.pains, answered.paths)
        for one in self.planning.scarce:
            found.update(price.missing for price in one.prices if price.missing and price.amount is not None)
        return [PlanAssumption(term, found[term]) for term, given in wishes.assuming.items() if given]

    @property
    def draws(self) -> PlanDraws:
        """What was drawn to see which choices are firm."""
        return PlanDraws(self.planning)

    def curve(self, points: int | None = None) -> list[PlanPoint]:
        """Return the best plan for several budgets."""
        return curve(self.planning, whole(points, "points", POINTS, 2, MOST_POINTS))

    def reverse(self, item: Mapping[str, Any]) -> PlanReverse:
        """Turn one choice round."""
        return PlanReverse(self.planning, self.planning.piece("item", read_name(item)))


@dataclass(frozen=True)
class PlanQuestion(Solves):
    """The question, for the planner."""

    name: str = "plan"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts, of a scope or of the whole graph."""
        return statement(arguments, FILES, WHOLE)

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give those of the scope, the day, the parties, and what is wanted; raises UserInputError."""
        wishes = read_wishes(arguments)
        wants = {
            "voices": "voiced_by" in selected or wishes.weight is not PainWeight.NONE,
            "confidence": not _CONFIDENCE.isdisjoint(selected),
        }
        return {
            **parameters(arguments),
            "of": list(WHOLE),
            "on": day(arguments),
            "parties": parties_wanted(wishes),
            "wants": [name for name, wanted in wants.items() if wanted],
        }

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> Plan:
        """Find the plan."""
        _, thread, reached, learned, *rest = facts
        items = read_items(reached, read_thread_facts(thread).scope(arguments))
        return Plan(Planning(read_wishes(arguments), items, read_learned(learned), read_plan_facts(rest)))
