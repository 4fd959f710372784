"""Journey complexity: the terms of each journey, and how it ranks by each of them among those asked for.

Facts: `cypher/journey_complexity.cypher` after `cypher/scope/`. What the terms are stands in `complexity`. Of a scope
it is the journeys that walks reach: a journey is not held against the one that it should become.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.model.values import Choice
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.journeys.complexity import Complexity, read_limits
from graph_api.questions.journeys.journey import read_journey
from graph_api.questions.thread.scope import parameters, read_thread_facts, statement
from graph_api.store.statements import Statement


class ComplexityTerm(Choice):
    """What makes a journey complex; more is more complex."""

    STAGES = "STAGES", "Stages."
    STEPS = "STEPS", "Steps."
    STEPS_WITHOUT_TOUCHPOINTS = "STEPS_WITHOUT_TOUCHPOINTS", "Steps at which nobody is met."
    TOUCHPOINTS = "TOUCHPOINTS", "Distinct touchpoints."
    OUTSIDE_CONTROL = "OUTSIDE_CONTROL", "Touchpoints known to be controlled by a partner or from outside."
    CHANNELS = "CHANNELS", "Distinct channels."
    PARTIES = "PARTIES", "Distinct departments and partners that run a touchpoint."
    HANDOFFS = (
        "HANDOFFS",
        "Hand-offs PASSED from step to step: changes of the party that runs, from one party to another.",
    )
    HANDOFFS_WITHIN_STEP = (
        "HANDOFFS_WITHIN_STEP",
        "Hand-offs PASSED within a step, whose touchpoints are as often alternatives as a sequence.",
    )
    BREAKS = (
        "BREAKS",
        "Hand-offs BROKEN, within steps too: to or from a touchpoint that nobody runs and that is not EXTERNAL.",
    )
    VARIANTS = "VARIANTS", "Special treatments of a persona or segment."
    DURATION_HOURS = "DURATION_HOURS", "How long it takes."
    WAITING_SHARE = "WAITING_SHARE", "Which share of it is waiting."

    def of(self, complexity: Complexity) -> float | None:
        """Give its value for a journey; null is unknown."""
        value: float | None = getattr(complexity, self.name.lower())
        return value


@dataclass(frozen=True, slots=True)
class TermRank:
    """How a journey ranks by a term."""

    term: ComplexityTerm
    value: float | None
    rank: int | None
    """1 is the highest; equal ones rank alike, and the next after all of these. Null where the value is unknown."""
    among: int
    """How many journeys have a known value."""


@dataclass(frozen=True)
class JourneyComplexity:
    """A journey with its terms, among others."""

    terms: Complexity
    known: Mapping[ComplexityTerm, Sequence[float]]
    """The known values of all journeys asked for, each turned round and sorted: the highest first."""

    @property
    def journey(self) -> Found:
        """The journey."""
        return self.terms.of.journey

    @property
    def ranks(self) -> list[TermRank]:
        """How it ranks by each term."""
        found = []
        for one, turned in self.known.items():
            value = one.of(self.terms)
            rank = None if value is None else bisect_left(turned, -value) + 1
            found.append(TermRank(one, value, rank, len(turned)))
        return found


COMPLEXITY_ORDER: Sorting[JourneyComplexity] = Sorting(
    (term("touchpoints", int, descending=True), term("steps", int, descending=True), term("key", str)),
    lambda one: [one.terms.touchpoints, one.terms.steps, one.terms.of.key],
)


def ranked(journeys: Sequence[Complexity]) -> list[JourneyComplexity]:
    """Rank journeys among each other."""
    known = {one: sorted(-value for value in map(one.of, journeys) if value is not None) for one in ComplexityTerm}
    return [JourneyComplexity(terms, known) for terms in journeys]


@dataclass(frozen=True)
class JourneyComplexityQuestion:
    """The question, for the planner."""

    name: str = "journey_complexity"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts, of a scope or of the whole graph."""
        return statement(arguments, "journey_complexity", ("Journey",))

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give those of the scope."""
        return parameters(arguments)

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> Connection[JourneyComplexity]:
        """List the journeys, those with most touchpoints first."""
        thread, rows, limits = facts
        treated, known = read_limits(limits), read_thread_facts(thread)
        walked = known.walked(known.scope(arguments))
        journeys = [journey for journey in map(read_journey, rows) if walked is None or journey.number in walked]
        listed = ranked([Complexity(journey, treated) for journey in journeys])
        return Connection(COMPLEXITY_ORDER.sort(listed), COMPLEXITY_ORDER, arguments)
