"""The GraphQL types of the journey map. Their fields mirror the answer in `questions/journey_map.py`, name by name."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.schema.enums import EvidenceStance, ExperienceBasis, PersonaSide
from graph_api.schema.scope import OnArgument

if TYPE_CHECKING:
    # Made at run time, from the model.
    Channel: TypeAlias = Any
    Enabler: TypeAlias = Any
    Evidence: TypeAlias = Any
    Insight: TypeAlias = Any
    Journey: TypeAlias = Any
    KPI: TypeAlias = Any
    Opportunity: TypeAlias = Any
    Party: TypeAlias = Any
    Persona: TypeAlias = Any
    Principle: TypeAlias = Any
    Promise: TypeAlias = Any
    Segment: TypeAlias = Any
    Stage: TypeAlias = Any
    Step: TypeAlias = Any
    Touchpoint: TypeAlias = Any
    Voice: TypeAlias = Any

TYPES = "graph_api.schema.made"

_APPLIES = (
    "Whether it is for any of the personas and segments looked at: itself, and the step where it is met. True where "
    "neither personas nor segments were asked for. What does not apply stays on the map."
)
_BASIS = "What that rests on; null where nobody says."


@strawberry.type(description="A point of a persona's line of emotions.")
class EmotionPoint:
    """See questions.journeys.mapped.EmotionPoint."""

    step: Annotated["Step", strawberry.lazy(TYPES)] = strawberry.field(description="The step.")
    number: int = strawberry.field(description="The step's place in the journey, from 1.")
    applies: bool = strawberry.field(description="Whether the step is for this persona.")
    emotion: float | None = strawberry.field(
        description="How it feels, -2 (terrible) to +2 (delightful); null where nobody knows, which is no 0."
    )
    basis: ExperienceBasis | None = strawberry.field(description=_BASIS)
    respondents: int | None = strawberry.field(description="How many said so; null where nobody counted.")


@strawberry.type(description="A persona of a journey map.")
class MappedPersona:
    """See questions.journeys.mapped.MappedPersona."""

    persona: Annotated["Persona", strawberry.lazy(TYPES)] = strawberry.field(description="The persona.")
    takes: bool = strawberry.field(
        description="Whether it takes the journey; else it was asked for all the same, and the steps' own emotions, "
        "which are those of who takes it, do not stand for it."
    )
    segments: list[Annotated["Segment", strawberry.lazy(TYPES)]] = strawberry.field(
        description="Those of the segments looked at that it is in, by key."
    )
    line: list[EmotionPoint] = strawberry.field(description="How it feels, step by step: a point for each.")
    unknown: int = strawberry.field(description="At how many of the steps that are for it nobody knows how it feels.")


@strawberry.type(description="How a persona experiences a step or touchpoint.")
class MappedExperience:
    """See questions.journeys.mapped.MappedExperience."""

    persona: Annotated["Persona", strawberry.lazy(TYPES)] = strawberry.field(description="Who.")
    emotion: float | None = strawberry.field(description="How it feels, -2 (terrible) to +2 (delightful).")
    feeling: str | None = strawberry.field(description="The feeling in a word.")
    thought: str | None = strawberry.field(description="What goes through the persona's mind.")
    importance: float | None = strawberry.field(description="How important it is to the persona, 0 to 10.")
    satisfaction: float | None = strawberry.field(description="How satisfied the persona is, 0 to 10.")
    moment_of_truth: bool | None = strawberry.field(description="Whether it makes or breaks the relationship.")
    why: str | None = strawberry.field(description="Why it feels so.")
    basis: ExperienceBasis | None = strawberry.field(description=_BASIS)
    respondents: int | None = strawberry.field(description="How many said so; null where nobody counted.")
    counts: bool = strawberry.field(
        description="Whether it is the one that tells how the persona feels there. Of those with an emotion, research "
        "counts before assumption, and both before what nobody says the grounds of; a target counts before all on a "
        "journey as it should be, and never on any other."
    )


@strawberry.type(description="For whom a step or touchpoint is, and how they are treated.")
class Treatment:
    """See questions.journeys.audience.Limit."""

    whom: Annotated["Voice", strawberry.lazy(TYPES)] = strawberry.field(description="A segment or persona.")
    treatment: str | None = strawberry.field(description="How they are treated differently.")


@strawberry.type(description="A channel on which a touchpoint happens.")
class ChannelShare:
    """See questions.journeys.journey.ChannelUse."""

    channel: Annotated["Channel", strawberry.lazy(TYPES)] = strawberry.field(description="The channel.")
    share: float | None = strawberry.field(description="The share of contacts on it, 0 to 1.")


@strawberry.type(description="A piece of evidence that backs an insight.")
class MappedEvidence:
    """See questions.journeys.mapped.MappedEvidence."""

    evidence: Annotated["Evidence", strawberry.lazy(TYPES)] = strawberry.field(
        description="The evidence; its `quote` holds the words as they were said."
    )
    stance: EvidenceStance | None = strawberry.field(description="Which way it points.")
    support: int | None = strawberry.field(description="How many of those asked it counts.")
    of: int | None = strawberry.field(description="How many were asked.")


@strawberry.type(description="An insight that was observed on a journey.")
class MappedInsight:
    """See questions.journeys.mapped.MappedInsight."""

    insight: Annotated["Insight", strawberry.lazy(TYPES)] = strawberry.field(description="The insight.")
    voices: list[Annotated["Voice", strawberry.lazy(TYPES)]] = strawberry.field(
        description="Who voices it, by kind and key."
    )
    counts_for: list[Annotated["Persona", strawberry.lazy(TYPES)]] = strawberry.field(
        description="The map's personas for whom it counts: they, a segment of theirs, or nobody voices it."
    )
    evidence: list[MappedEvidence] = strawberry.field(description="What backs it, by key.")
    opportunities: list[Annotated["Opportunity", strawberry.lazy(TYPES)]] = strawberry.field(
        description="What it raises, by key."
    )


@strawberry.type(description="The latest value of a KPI for somebody.")
class MappedValue:
    """See questions.journeys.mapped_kpi.MappedValue."""

    measured_for: Annotated["Voice", strawberry.lazy(TYPES)] | None = strawberry.field(
        description="For which persona or segment alone; null is everybody."
    )
    value: float | None = strawberry.field(description="The value, in the KPI's unit.")
    measured_on: date | None = strawberry.field(description="The day it was measured.")
    sample_size: int | None = strawberry.field(description="Of how many.")
    respondent_side: PersonaSide | None = strawberry.field(
        description="Who answered: customers, where any did; else partners, else employees. Null where nobody says."
    )


@strawberry.type(description="A KPI that measures a place of a journey, or the journey itself.")
class MappedKPI:
    """See questions.journeys.mapped_kpi.MappedKPI."""

    kpi: Annotated["KPI", strawberry.lazy(TYPES)] = strawberry.field(description="The KPI.")
    values: list[MappedValue] = strawberry.field(
        description="Its latest values up to the day: for each persona and segment looked at that has one, else for "
        "everybody. Where neither was asked for, for everybody, else for each that has one."
    )


@strawberry.type(description="A touchpoint where it is met.")
class MappedTouchpoint:
    """See questions.journeys.mapped.MappedTouchpoint."""

    touchpoint: Annotated["Touchpoint", strawberry.lazy(TYPES)] = strawberry.field(description="The touchpoint.")
    applies: bool = strawberry.field(description=_APPLIES)
    treatments: list[Treatment] = strawberry.field(description="For whom it is; empty is for all.")
    channels: list[ChannelShare] = strawberry.field(description="Where it happens: the largest share first.")
    run_by: Annotated["Party", strawberry.lazy(TYPES)] | None = strawberry.field(
        description="Who runs it; null is nobody."
    )
    enablers: list[Annotated["Enabler", strawberry.lazy(TYPES)]] = strawberry.field(
        description="What it does not work without, by key; `readiness` says how ready each is."
    )
    experiences: list[MappedExperience] = strawberry.field(description="How personas experience it, by persona.")
    insights: list[MappedInsight] = strawberry.field(description="What was observed at it, by key.")
    promises_kept: list[Annotated["Promise", strawberry.lazy(TYPES)]] = strawberry.field(
        description="Promises that must be kept at it, by key."
    )
    promises_made: list[Annotated["Promise", strawberry.lazy(TYPES)]] = strawberry.field(
        description="Promises that are made at it, by key."
    )
    kpis: list[MappedKPI] = strawberry.field(description="What measures it, by key.")
    principles: list[Annotated["Principle", strawberry.lazy(TYPES)]] = strawberry.field(
        description="What it follows, by key."
    )


@strawberry.type(description="A step of a journey map.")
class MappedStep:
    """See questions.journeys.mapped.MappedStep."""

    step: Annotated["Step", strawberry.lazy(TYPES)] = strawberry.field(description="The step.")
    number: int = strawberry.field(description="Its place in the journey, from 1.")
    applies: bool = strawberry.field(description=_APPLIES)
    treatments: list[Treatment] = strawberry.field(description="For whom it is; empty is for all.")
    touchpoints: list[MappedTouchpoint] = strawberry.field(description="Its touchpoints, in order.")
    enablers: list[Annotated["Enabler", strawberry.lazy(TYPES)]] = strawberry.field(
        description="What the step itself does not work without, by key."
    )
    experiences: list[MappedExperience] = strawberry.field(description="How personas experience it, by persona.")
    insights: list[MappedInsight] = strawberry.field(description="What was observed at the step itself, by key.")


@strawberry.type(description="A stage of a journey map.")
class MappedStage:
    """See questions.journeys.mapped.MappedStage."""

    stage: Annotated["Stage", strawberry.lazy(TYPES)] = strawberry.field(description="The stage.")
    number: int = strawberry.field(description="Its place in the journey, from 1.")
    touchpoints: list[MappedTouchpoint] = strawberry.field(
        description="Its own touchpoints, beside those of its steps; in order."
    )
    steps: list[MappedStep] = strawberry.field(description="Its steps, in order.")
    insights: list[MappedInsight] = strawberry.field(description="What was observed at the stage itself, by key.")
    kpis: list[MappedKPI] = strawberry.field(description="What measures it, by key.")


@strawberry.type(description="A party that runs touchpoints of a journey.")
class FrontlineParty:
    """See questions.journey_map.FrontlineParty."""

    party: Annotated["Party", strawberry.lazy(TYPES)] = strawberry.field(description="Who.")
    touchpoints: list[Annotated["Touchpoint", strawberry.lazy(TYPES)]] = strawberry.field(
        description="Its touchpoints, in the order in which they are met."
    )


@strawberry.type(
    description="Everything that a picture or a service blueprint of a journey shows, in the journey's order."
)
class JourneyMap:
    """See questions.journey_map.JourneyMap."""

    journey: Annotated["Journey", strawberry.lazy(TYPES)] = strawberry.field(description="The journey.")
    on: date = strawberry.field(description="The day after which no measurement counts.")
    personas: list[MappedPersona] = strawberry.field(
        description="Who is looked at: those asked for in that order, else customers, partners and employees, by key."
    )
    segments: list[Annotated["Segment", strawberry.lazy(TYPES)]] = strawberry.field(
        description="The segments looked at: those asked for in that order, else the personas', by key."
    )
    stages: list[MappedStage] = strawberry.field(description="The stages, in order.")
    insights: list[MappedInsight] = strawberry.field(description="What was observed of the journey as a whole, by key.")
    insights_left_out: int = strawberry.field(
        description="How many insights of the journey are left out everywhere, since only others than the personas and "
        "segments asked for voice them."
    )
    opportunities: list[Annotated["Opportunity", strawberry.lazy(TYPES)]] = strawberry.field(
        description="All that the insights of the map raise, each once, by key."
    )
    kpis: list[MappedKPI] = strawberry.field(description="What measures the journey as a whole, by key.")
    principles: list[Annotated["Principle", strawberry.lazy(TYPES)]] = strawberry.field(
        description="What the journey follows, by key."
    )
    frontline: list[FrontlineParty] = strawberry.field(
        description="Who runs its touchpoints, in the order in which they are met."
    )


Personas = Annotated[
    list[str] | None,
    strawberry.argument(
        description="Keys of the personas to look at; those who take the journey where none are given, and of these, "
        "where segments are given, those in one of them or of whom no segment is known."
    ),
]
Segments = Annotated[
    list[str] | None,
    strawberry.argument(description="Keys of the segments to look at; those of the personas where none are given."),
]


def _journey_map(
    key: Annotated[str, strawberry.argument(description="The journey's key.")],
    personas: Personas = strawberry.UNSET,
    segments: Segments = strawberry.UNSET,
    on: OnArgument = strawberry.UNSET,
) -> JourneyMap | None:
    """Declare the arguments; operations are compiled, so that no field is ever resolved."""
    raise NotImplementedError


def _map_of_journey(
    personas: Personas = strawberry.UNSET, segments: Segments = strawberry.UNSET, on: OnArgument = strawberry.UNSET
) -> JourneyMap:
    """Declare the arguments; see _journey_map."""
    raise NotImplementedError


JOURNEY_MAP = strawberry.field(
    name="journeyMap",
    resolver=_journey_map,
    description="Everything that a picture or a service blueprint of a journey shows, in one answer: stages, steps and "
    "touchpoints in order, what personas feel, who runs what and what stands behind it. Null where there is no such "
    "journey; with an error where there is no such persona or segment.",
)
MAP_OF_JOURNEY = strawberry.field(
    name="map",
    resolver=_map_of_journey,
    description="Everything that a picture or a service blueprint of it shows: see the root's `journeyMap`.",
)
