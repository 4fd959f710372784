"""The GraphQL types of the complexity of journeys. Their fields mirror `questions/journeys/complexity.py`, by name."""

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.schema.enums import ComplexityTerm
from graph_api.schema.pages import Connection, page_of_scope

if TYPE_CHECKING:
    # Made at run time, from the model.
    Journey: TypeAlias = Any

TYPES = "graph_api.schema.made"


@strawberry.type(description="What makes a journey complex: terms that anybody can check, and no score of them.")
class Complexity:
    """See questions.journeys.complexity.Complexity."""

    stages: int = strawberry.field(description="How many stages.")
    steps: int = strawberry.field(description="How many steps.")
    steps_without_touchpoints: int = strawberry.field(description="At how many of the steps nobody is met.")
    touchpoints: int = strawberry.field(description="How many distinct touchpoints.")
    outside_control: int = strawberry.field(
        description="How many of the touchpoints are known to be controlled by a PARTNER or EXTERNAL."
    )
    control_unknown: int = strawberry.field(description="Of how many of the touchpoints nobody says who controls them.")
    channels: int = strawberry.field(description="How many distinct channels.")
    touchpoints_without_channel: int = strawberry.field(description="Of how many touchpoints no channel is known.")
    parties: int = strawberry.field(description="How many distinct departments and partners run a touchpoint.")
    touchpoints_without_party: int = strawberry.field(description="How many touchpoints nobody runs.")
    handoffs: int = strawberry.field(
        description="How often the party that runs changes from step to step: the hand-offs of the journey that are "
        "PASSED and not `withinStep`."
    )
    handoffs_within_step: int = strawberry.field(
        description="How often it changes within a step, whose touchpoints are as often alternatives as a sequence: "
        "those PASSED and `withinStep`."
    )
    breaks: int = strawberry.field(
        description="How often responsibility passes to or from nobody, within steps too: the hand-offs that are "
        "BROKEN. To or from an EXTERNAL touchpoint that nobody runs is none."
    )
    variants: int = strawberry.field(
        description="How many special treatments of a persona or segment its steps and touchpoints have."
    )
    duration_hours: float | None = strawberry.field(
        description="How long it takes, in hours: the sum of its stages. A month counts 30.436875 days, a year "
        "365.2425. Null where a stage's duration is unknown."
    )
    durations_unknown: int = strawberry.field(
        description="Of how many stages the duration is unknown: neither its own nor that of all its steps is known."
    )
    waiting_share: float | None = strawberry.field(
        description="Which share of the duration is waiting, 0 to 1; null where a stage's duration or waiting is "
        "unknown."
    )
    waiting_share_low: float | None = strawberry.field(
        description="That share at least: of a stage whose waiting is unknown, what is known of its steps' counts. "
        "Null where a stage's duration is unknown."
    )
    waiting_share_high: float | None = strawberry.field(
        description="That share at most: unknown waiting taken as the stage's whole duration."
    )
    waitings_unknown: int = strawberry.field(description="Of how many stages the waiting is unknown, or not credible.")
    waitings_not_credible: int = strawberry.field(
        description="Of how many of these it is known, the stage's own or that of some of its steps, but longer than "
        "the stage's duration: it then lies between none and all of that."
    )


@strawberry.type(description="How a journey ranks by a term of complexity.")
class TermRank:
    """See questions.journey_complexity.TermRank."""

    term: ComplexityTerm = strawberry.field(description="The term.")
    value: float | None = strawberry.field(description="Its value; null is unknown.")
    rank: int | None = strawberry.field(
        description="1 is the highest of the journeys in scope; equal ones rank alike, and the next after all of "
        "these. Null where the value is unknown."
    )
    among: int = strawberry.field(description="How many of the journeys in scope have a known value.")


@strawberry.type(description="A journey and what makes it complex.")
class JourneyComplexity:
    """See questions.journey_complexity.JourneyComplexity."""

    journey: Annotated["Journey", strawberry.lazy(TYPES)] = strawberry.field(description="The journey.")
    terms: Complexity = strawberry.field(description="The terms.")
    ranks: list[TermRank] = strawberry.field(description="How it ranks by each term among the journeys in scope.")


JOURNEY_COMPLEXITY = strawberry.field(
    name="journeyComplexity",
    resolver=page_of_scope,
    graphql_type=Connection[JourneyComplexity],
    description="What makes journeys complex, term by term, and how they rank by each. Those with most touchpoints "
    "come first, then those with most steps. Of a scope it is the journeys that walks from it reach: not those that "
    "they should become.",
)
