"""The GraphQL types of importance against satisfaction; they mirror `questions/importance_satisfaction.py`."""

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.schema.enums import ExperienceGrounds, Quadrant
from graph_api.schema.pages import After, Before, Connection, First, Last
from graph_api.schema.scope import ScopeArgument

if TYPE_CHECKING:
    # Made at run time, from the model.
    JourneyElement: TypeAlias = Any
    Persona: TypeAlias = Any

TYPES = "graph_api.schema.made"

GroundsArgument = Annotated[
    list[ExperienceGrounds] | None,
    strawberry.argument(
        description="Only what rests on one of these. Without it all but TARGET, also what rests on nothing known."
    ),
]


@strawberry.type(description="A persona's experience of a step or touchpoint, in its quadrant.")
class PlacedExperience:
    """See questions.importance_satisfaction.PlacedExperience."""

    persona: Annotated["Persona", strawberry.lazy(TYPES)] = strawberry.field(description="Who experiences it.")
    element: Annotated["JourneyElement", strawberry.lazy(TYPES)] = strawberry.field(
        description="The step or touchpoint."
    )
    quadrant: Quadrant = strawberry.field(description="Where it stands.")
    importance: float = strawberry.field(description="How important it is to the persona, 0 to 10.")
    satisfaction: float = strawberry.field(description="How satisfied the persona is, 0 to 10.")
    gap: float = strawberry.field(description="Importance less satisfaction, -10 to 10.")
    moment_of_truth: bool | None = strawberry.field(description="Whether it makes or breaks the relationship.")
    grounds: ExperienceGrounds | None = strawberry.field(description="What the statement rests on.")
    respondents: int | None = strawberry.field(description="How many said so; null where nobody counted.")


@strawberry.type(description="How many experiences stand in a quadrant.")
class QuadrantCount:
    """See questions.importance_satisfaction.QuadrantCount."""

    quadrant: Quadrant = strawberry.field(description="The quadrant.")
    count: int = strawberry.field(description="How many.")


@strawberry.type(
    description="Experiences of steps and touchpoints by importance and satisfaction (Martilla and James 1977)."
)
class ImportanceSatisfaction:
    """See questions.importance_satisfaction.ImportanceSatisfaction."""

    importance_cut: float | None = strawberry.field(
        description="From where on something counts as important, 0 to 10: as given, else the mean of what is placed; "
        "null where that is nothing."
    )
    satisfaction_cut: float | None = strawberry.field(description="From where on people count as satisfied, likewise.")
    total: int = strawberry.field(description="How many experiences were looked at.")
    placed: int = strawberry.field(description="How many of them have a quadrant.")
    unplaced: int = strawberry.field(
        description="How many have none, since importance, satisfaction or both are unknown."
    )
    without_importance: int = strawberry.field(description="Of how many the importance is unknown.")
    without_satisfaction: int = strawberry.field(description="Of how many the satisfaction is unknown.")
    quadrants: list[QuadrantCount] = strawberry.field(description="How many stand in each of the four.")

    @strawberry.field(description="What is placed: the widest gap first, then the most important.")  # type: ignore[untyped-decorator] # Strawberry's own
    def experiences(
        self,
        quadrants: Annotated[
            list[Quadrant] | None, strawberry.argument(description="Only what stands in one of these.")
        ] = strawberry.UNSET,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[PlacedExperience]:
        """Declare the arguments; the answer is worked out in `questions`."""
        raise NotImplementedError


def _importance_satisfaction(
    scope: ScopeArgument = strawberry.UNSET,
    importance_cut: Annotated[
        float | None, strawberry.argument(description="From where on something is important, 0 to 10; else the mean.")
    ] = strawberry.UNSET,
    satisfaction_cut: Annotated[
        float | None, strawberry.argument(description="From where on people are satisfied, 0 to 10; else the mean.")
    ] = strawberry.UNSET,
    moments_only: Annotated[
        bool | None, strawberry.argument(description="Whether only moments of truth are looked at.")
    ] = strawberry.UNSET,
    grounds: GroundsArgument = strawberry.UNSET,
) -> ImportanceSatisfaction:
    """Declare the arguments; operations are compiled, so that no field is ever resolved."""
    raise NotImplementedError


IMPORTANCE_SATISFACTION = strawberry.field(
    name="importanceSatisfaction",
    resolver=_importance_satisfaction,
    description="Importance against satisfaction, in four quadrants: what to concentrate on, what to keep up, what has "
    "low priority, and where perhaps too much is done.",
)
