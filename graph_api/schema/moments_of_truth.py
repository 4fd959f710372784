"""The GraphQL types of moments of truth. Their fields mirror the answer in `questions/moments_of_truth.py`."""

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.schema.enums import ExperienceGrounds
from graph_api.schema.importance_satisfaction import GroundsArgument
from graph_api.schema.pages import After, Before, Connection, First, Last
from graph_api.schema.scope import ScopeArgument

if TYPE_CHECKING:
    # Made at run time, from the model.
    Journey: TypeAlias = Any
    JourneyElement: TypeAlias = Any
    KPI: TypeAlias = Any
    Party: TypeAlias = Any
    Persona: TypeAlias = Any
    Touchpoint: TypeAlias = Any

TYPES = "graph_api.schema.made"


@strawberry.type(description="A party that runs a moment of truth.")
class MomentParty:
    """See questions.moments_of_truth.MomentParty."""

    party: Annotated["Party", strawberry.lazy(TYPES)] = strawberry.field(description="Who.")
    touchpoint: Annotated["Touchpoint", strawberry.lazy(TYPES)] = strawberry.field(
        description="By which touchpoint: the moment of truth itself, or one of the step's."
    )


@strawberry.type(description="A KPI that measures a moment of truth.")
class MomentKPI:
    """See questions.moments_of_truth.MomentKPI."""

    kpi: Annotated["KPI", strawberry.lazy(TYPES)] = strawberry.field(description="The KPI.")
    through: Annotated["JourneyElement", strawberry.lazy(TYPES)] = strawberry.field(
        description="What it measures: the touchpoint itself, or the step's stage or one of its touchpoints."
    )


@strawberry.type(description="How a persona experiences a moment of truth, and who said so.")
class MomentOfTruth:
    """See questions.moments_of_truth.MomentOfTruth."""

    persona: Annotated["Persona", strawberry.lazy(TYPES)] = strawberry.field(description="Who experiences it.")
    element: Annotated["JourneyElement", strawberry.lazy(TYPES)] = strawberry.field(
        description="The step or touchpoint."
    )
    journeys: list[Annotated["Journey", strawberry.lazy(TYPES)]] = strawberry.field(
        description="The journeys it belongs to, by key."
    )
    emotion: float | None = strawberry.field(description="How it feels, -2 (terrible) to +2 (delightful).")
    feeling: str | None = strawberry.field(description="The feeling in a word.")
    thought: str | None = strawberry.field(description="What goes through the persona's mind.")
    importance: float | None = strawberry.field(description="How important it is to the persona, 0 to 10.")
    satisfaction: float | None = strawberry.field(description="How satisfied the persona is, 0 to 10.")
    gap: float | None = strawberry.field(
        description="Importance less satisfaction, -10 to 10; null where one is unknown."
    )
    why: str | None = strawberry.field(description="Why it feels so.")
    grounds: ExperienceGrounds | None = strawberry.field(description="What the statement rests on.")
    respondents: int | None = strawberry.field(description="How many said so; null where nobody counted.")
    run_by: list[MomentParty] = strawberry.field(
        description="Who runs it, by key: a step's are those who run its touchpoints."
    )
    measured_by: list[MomentKPI] = strawberry.field(
        description="What measures it, by key: a step's are the KPIs of its stage and its touchpoints."
    )


def _moments_of_truth(
    scope: ScopeArgument = strawberry.UNSET,
    grounds: GroundsArgument = strawberry.UNSET,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> Connection[MomentOfTruth]:
    """Declare the arguments; operations are compiled, so that no field is ever resolved."""
    raise NotImplementedError


MOMENTS_OF_TRUTH = strawberry.field(
    name="momentsOfTruth",
    resolver=_moments_of_truth,
    description="Where a relationship is made or broken, by persona, and who said so. What falls shortest of its "
    "importance comes first, that of which this is unknown last.",
)
