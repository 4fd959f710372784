"""Moments of truth: where a relationship is made or broken, by persona, and who said so.

Facts: `cypher/moments_of_truth.cypher` after `cypher/scope/`. A moment of truth is a persona's experience of a step or
touchpoint that is marked as one (the term is Jan Carlzon's, "Moments of Truth", 1987). Who said so is its grounds and
how many said it. A target is no experience, and is listed only where it is asked for.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.importance_satisfaction import KINDS, experiences_in_scope, gap, is_wanted
from graph_api.questions.thread.scope import Number, parameters, read_thread_facts, statement
from graph_api.store.statements import Statement


@dataclass(frozen=True)
class MomentParty:
    """A party that runs a moment of truth."""

    party: Found
    touchpoint: Found
    """By which touchpoint: the moment of truth itself, or one of the step's."""


@dataclass(frozen=True)
class MomentKPI:
    """A KPI that measures a moment of truth."""

    kpi: Found
    through: Found
    """What it measures: the touchpoint itself, or the step's stage or one of its touchpoints."""


@dataclass(frozen=True)
class Place:
    """A step or touchpoint, with what stands around it."""

    element: Found
    key: str
    journeys: Sequence[Found]
    run_by: Sequence[MomentParty]
    measured_by: Sequence[MomentKPI]


@dataclass(frozen=True)
class MomentOfTruth:
    """How a persona experiences a moment of truth."""

    place: Place
    persona: Found
    persona_key: str
    emotion: float | None
    feeling: str | None
    thought: str | None
    importance: float | None
    satisfaction: float | None
    why: str | None
    grounds: str | None
    respondents: int | None

    @property
    def element(self) -> Found:
        """The step or touchpoint."""
        return self.place.element

    @property
    def journeys(self) -> Sequence[Found]:
        """The journeys it belongs to, by key."""
        return self.place.journeys

    @property
    def run_by(self) -> Sequence[MomentParty]:
        """Who runs it, by key."""
        return self.place.run_by

    @property
    def measured_by(self) -> Sequence[MomentKPI]:
        """What measures it, by key."""
        return self.place.measured_by

    @property
    def gap(self) -> float | None:
        """Importance less satisfaction; null where one is unknown."""
        return gap(self.importance, self.satisfaction)


MOMENT_ORDER: Sorting[MomentOfTruth] = Sorting(
    (
        term("gap", float, descending=True, nullable=True),
        term("importance", float, descending=True, nullable=True),
        *(term(name, str) for name in ("persona", "element", "kind", "grounds")),
    ),
    lambda moment: [
        moment.gap,
        moment.importance,
        moment.persona_key,
        moment.place.key,
        moment.element.kind,
        moment.grounds or "",
    ],
)


def read_moments(rows: Sequence[Sequence[Any]], is_in_scope: Callable[[Number, Number], bool]) -> list[MomentOfTruth]:
    """Turn the rows of moments_of_truth.cypher into moments; `is_in_scope` is asked with persona and place."""
    moments = []
    for number, identity, kind, key, journeys, parties, kpis, experiences in rows:
        place = Place(
            Found(identity, kind),
            key,
            [Found(journey, "Journey") for journey in journeys],
            [MomentParty(Found(party, of), Found(touchpoint, "Touchpoint")) for party, of, touchpoint in parties],
            [MomentKPI(Found(kpi, "KPI"), Found(through, of)) for kpi, through, of in kpis],
        )
        moments += [
            MomentOfTruth(place, Found(persona_id, "Persona"), *terms)
            for persona, persona_id, *terms in experiences
            if is_in_scope(persona, number)
        ]
    return moments


@dataclass(frozen=True)
class MomentsOfTruthQuestion:
    """The question, for the planner."""

    name: str = "moments_of_truth"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts, of a scope or of the whole graph."""
        return statement(arguments, "moments_of_truth", KINDS)

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give those of the scope."""
        return parameters(arguments)

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> Connection[MomentOfTruth]:
        """List the moments of truth, those that fall shortest first."""
        thread, rows = facts
        moments = [
            moment
            for moment in read_moments(rows, experiences_in_scope(read_thread_facts(thread), arguments))
            if is_wanted(moment.grounds, arguments.get("grounds"))
        ]
        return Connection(MOMENT_ORDER.sort(moments), MOMENT_ORDER, arguments)
