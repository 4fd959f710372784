"""Goal states: how far each goal has come, over those of its KPIs of which that is known.

Facts: `cypher/goal_states.cypher` and `cypher/kpi_states.cypher` after `cypher/scope/`. Pure.

A goal's progress is the mean of what its KPIs attained (see `course`), each 0 to 1, weighted by the KPI's weight, 1
where it has none: Σ weight·attained / Σ weight, over the known ones. More than its target a KPI cannot add, so that one
that shines hides none that fails. What is unknown counts as nothing and as no failure: between `low`, where all that is
unknown were 0, and `high`, where it were 1, the goal's progress lies if everything were known.

Goals that support a goal have progress of their own. It never adds to the goal's: `below` tells that of all KPIs of the
goals that support it, at any distance, each KPI counted once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.model.choices import GoalLevel
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.kpi_states import OTHERS, STATE_ORDER, KPIState, read_states
from graph_api.questions.thread.scope import Number, day, parameters, read_thread_facts, statement
from graph_api.store.statements import Statement, chained, load

WEIGHT = 1.0
"""How much a KPI counts that has no weight."""

_LEVELS = {level: rank for rank, level in enumerate(GoalLevel)}


@dataclass(frozen=True)
class RollUp:
    """The progress of several KPIs together."""

    states: Sequence[KPIState]

    @cached_property
    def _weighted(self) -> list[tuple[float, float | None]]:
        """Each KPI's weight as a part of the greatest, so that sums never overflow, and what it attained."""
        weights = [WEIGHT if state.of.weight is None else state.of.weight for state in self.states]
        greatest = max(weights, default=0)
        return [
            (weight / greatest if greatest else 0.0, state.course.attained)
            for weight, state in zip(weights, self.states, strict=True)
        ]

    def _mean(self, unknown: float | None) -> float | None:
        """Return the mean over the known; with all that is unknown at a value, over all of them."""
        counted = [
            (weight, unknown if attained is None else attained)
            for weight, attained in self._weighted
            if attained is not None or unknown is not None
        ]
        whole = sum(weight for weight, _ in counted)
        if not whole:
            return None
        return min(1.0, sum(weight * attained for weight, attained in counted if attained is not None) / whole)

    @property
    def progress(self) -> float | None:
        """Over the known KPIs, 0 to 1; null where none is known, or none of those known has a weight."""
        return self._mean(None)

    @property
    def low(self) -> float | None:
        """Where all that is unknown were 0; null where there is no KPI with a weight."""
        return self._mean(0.0)

    @property
    def high(self) -> float | None:
        """Where all that is unknown were 1."""
        return self._mean(1.0)

    @property
    def known(self) -> int:
        """Of how many KPIs it is known."""
        return sum(attained is not None for _, attained in self._weighted)

    @property
    def unknown(self) -> int:
        """Of how many it is not."""
        return len(self.states) - self.known


@dataclass(frozen=True, slots=True)
class GoalKPI:
    """A KPI of a goal, and what it adds."""

    state: KPIState

    @property
    def weight(self) -> float:
        """How much it counts."""
        return WEIGHT if self.state.of.weight is None else self.state.of.weight

    @property
    def attained(self) -> float | None:
        """What it attained, 0 to 1."""
        return self.state.course.attained


GOAL_KPI_ORDER: Sorting[GoalKPI] = Sorting(STATE_ORDER.terms, lambda one: STATE_ORDER.values(one.state))


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal as the facts have it."""

    number: Number
    id: str
    key: str
    level: str | None
    horizon: str | None
    kpis: Sequence[Number]
    supporting: Sequence[Number]


@dataclass(frozen=True)
class GoalState(RollUp):
    """How far a goal has come on a day, by its own KPIs."""

    of: Goal
    on: str
    """The day, ISO 8601."""
    graph: "Goals"

    @property
    def goal(self) -> Found:
        """The goal."""
        return Found(self.of.id, "Goal")

    @property
    def key(self) -> str:
        """Its key."""
        return self.of.key

    @property
    def horizon(self) -> str | None:
        """When it should be reached."""
        return self.of.horizon

    @property
    def days_left(self) -> int | None:
        """How many days until then; negative where it has passed."""
        if self.horizon is None:
            return None
        return (date.fromisoformat(self.horizon) - date.fromisoformat(self.on)).days

    @property
    def below(self) -> RollUp:
        """All KPIs of the goals that support it, at any distance, each once."""
        return self.graph.roll_up(self.graph.below(self.of))

    def kpis(self, **arguments: Any) -> Connection[GoalKPI]:
        """List its own KPIs, those behind first."""
        return Connection(GOAL_KPI_ORDER.sort([GoalKPI(state) for state in self.states]), GOAL_KPI_ORDER, arguments)

    def supporting_goals(self, **arguments: Any) -> Connection["GoalState"]:
        """List the goals that support it directly, each by its own KPIs."""
        found = [self.graph.state(number) for number in self.of.supporting]
        return Connection(GOAL_ORDER.sort(found), GOAL_ORDER, arguments)


GOAL_ORDER: Sorting[GoalState] = Sorting(
    (term("level", int), term("key", str)),
    lambda state: [_LEVELS.get(state.of.level or "", len(_LEVELS)), state.key],  # type: ignore[call-overload] # text
)


@dataclass(frozen=True)
class Goals:
    """Goals with whatever supports them, and the states of their KPIs."""

    on: str
    goals: Mapping[Number, Goal]
    states: Mapping[Number, KPIState]

    def below(self, goal: Goal) -> list[Goal]:
        """Return the goals that support one, at any distance, each once."""
        found: dict[Number, Goal] = {}
        waiting = list(goal.supporting)
        while waiting:
            number = waiting.pop()
            if number not in found and number != goal.number:
                found[number] = self.goals[number]
                waiting += found[number].supporting
        return list(found.values())

    def roll_up(self, goals: Iterable[Goal]) -> RollUp:
        """Take the KPIs of several goals together."""
        return RollUp(self._of(number for goal in goals for number in goal.kpis))

    def _of(self, numbers: Iterable[Number]) -> list[KPIState]:
        found = [self.states[number] for number in dict.fromkeys(numbers)]
        return sorted(found, key=lambda state: state.key)

    def state(self, number: Number) -> GoalState:
        """Return how far a goal has come."""
        goal = self.goals[number]
        return GoalState(self._of(goal.kpis), goal, self.on, self)


@dataclass(frozen=True)
class GoalStatesQuestion:
    """The question, for the planner: of the graph or of a scope, or of one goal."""

    name: str = "goal_states"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts."""
        if self.about_entity:
            chain = ("scope/itself", "scope/thread", "goal_states", "kpi_states")
            return chained(*map(load, chain), given="start")
        return chained(statement(arguments, "goal_states", ("Goal",)), load("kpi_states"))

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give those of the scope, the day, and what has to be read."""
        return {**parameters(arguments), "on": day(arguments), "others": bool(selected & OTHERS)}

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> GoalState | Connection[GoalState] | None:
        """Tell how far the goals have come; or how far the one has that was asked about."""
        on, (thread, asked, rows), measured = facts
        states = {state.of.number: state for state in read_states(measured, on)}
        goals = Goals(on, {row[0]: Goal(*row) for row in rows}, states)
        if self.about_entity:
            return goals.state(asked[0]) if asked else None
        scope = read_thread_facts(thread).scope(arguments)
        found = [goals.state(number) for number in asked if scope is None or number in scope]
        return Connection(GOAL_ORDER.sort(found), GOAL_ORDER, arguments)
