"""The GraphQL types of two journeys compared. Their fields mirror `questions/compare_journeys.py`, name by name."""

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.schema.enums import ExperienceBasis, JourneyChange
from graph_api.schema.journey_complexity import Complexity

if TYPE_CHECKING:
    # Made at run time, from the model.
    Channel: TypeAlias = Any
    Entity: TypeAlias = Any
    Journey: TypeAlias = Any
    JourneyElement: TypeAlias = Any
    Party: TypeAlias = Any
    Persona: TypeAlias = Any

TYPES = "graph_api.schema.made"


@strawberry.type(description="An own field that differs, or that is known on one side only.")
class FieldDifference:
    """See questions.journeys.difference.FieldDifference."""

    field: str = strawberry.field(description="The field's name, as in the API.")
    before: str | None = strawberry.field(description="Its value as it is, as a text; null is unknown.")
    after: str | None = strawberry.field(description="Its value as it should be, as a text; null is unknown.")


@strawberry.type(description="How a persona feels before and after. It is told only where both are known.")
class EmotionDifference:
    """See questions.journeys.difference.EmotionDifference."""

    persona: Annotated["Persona", strawberry.lazy(TYPES)] | None = strawberry.field(
        description="Who; null is the steps' own emotion, for all who say nothing of either."
    )
    before: float = strawberry.field(description="How it feels as it is, -2 (terrible) to +2 (delightful).")
    before_basis: ExperienceBasis | None = strawberry.field(
        description="What that rests on: never a target. Null where nobody says."
    )
    after: float = strawberry.field(description="How it feels as it should be, -2 to +2.")
    after_basis: ExperienceBasis | None = strawberry.field(
        description="What that rests on: TARGET before all. Null where nobody says."
    )


@strawberry.type(description="A part of a journey as it is, and one that it becomes.")
class ElementPair:
    """See questions.journeys.difference.ElementPair."""

    before: Annotated["JourneyElement", strawberry.lazy(TYPES)] = strawberry.field(description="The part as it is.")
    after: Annotated["JourneyElement", strawberry.lazy(TYPES)] = strawberry.field(
        description="The part as it should be; the same where both journeys share it."
    )
    fields: list[FieldDifference] = strawberry.field(
        description="The own fields of substance that are known on both sides and differ."
    )
    unknown_fields: list[FieldDifference] = strawberry.field(
        description="Those known on one side only: whether they differ nobody can tell, and they make nothing CHANGED."
    )
    channels_unknown: bool = strawberry.field(
        description="Whether channels of a touchpoint are known on one side only, so that nobody can tell whether they "
        "differ: none is then added or dropped."
    )
    channels_dropped: list[Annotated["Channel", strawberry.lazy(TYPES)]] = strawberry.field(
        description="Channels that a touchpoint no longer has, by key."
    )
    channels_added: list[Annotated["Channel", strawberry.lazy(TYPES)]] = strawberry.field(
        description="Channels that a touchpoint has besides, by key."
    )
    party_dropped: Annotated["Party", strawberry.lazy(TYPES)] | None = strawberry.field(
        description="Who no longer runs the touchpoint."
    )
    party_added: Annotated["Party", strawberry.lazy(TYPES)] | None = strawberry.field(
        description="Who runs the touchpoint instead."
    )
    emotions: list[EmotionDifference] = strawberry.field(
        description="How it feels before and after: each persona of whom both is known and who says one of them, by "
        "key; then the steps' own emotion, which also stands for a persona where it says nothing and the step is for "
        "it. Of a touchpoint that both journeys share, only personas with a target."
    )


@strawberry.type(description="A proposition or initiative that brings a difference about.")
class RealisedBy:
    """See questions.journeys.difference.RealisedBy."""

    work: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(
        description="The proposition or initiative, with its status."
    )
    ended: bool = strawberry.field(description="Whether it is RETIRED or STOPPED, so that it brings nothing about.")
    through: Annotated["JourneyElement", strawberry.lazy(TYPES)] = strawberry.field(
        description="What it brings about: the part itself, or one of the steps or touchpoints that it is made of."
    )


@strawberry.type(
    description="What becomes of one part of a journey; or of several that become one, or of one that becomes several."
)
class JourneyDifference:
    """See questions.journeys.difference.JourneyDifference."""

    change: JourneyChange = strawberry.field(description="What becomes of it.")
    before: list[Annotated["JourneyElement", strawberry.lazy(TYPES)]] = strawberry.field(
        description="The parts as they are, in order; none where it is added."
    )
    after: list[Annotated["JourneyElement", strawberry.lazy(TYPES)]] = strawberry.field(
        description="The parts as they should be, in order; none where it is dropped."
    )
    splits: int = strawberry.field(description="How many of the parts become several.")
    merges: int = strawberry.field(description="How many of the parts come from several.")
    pairs: list[ElementPair] = strawberry.field(description="What becomes what, and how it differs.")
    elsewhere: list[Annotated["JourneyElement", strawberry.lazy(TYPES)]] = strawberry.field(
        description="What the parts evolve to that belongs to neither journey, by key."
    )
    realised_by: list[RealisedBy] = strawberry.field(
        description="Who brings the parts as they should be about: propositions and initiatives, those of the part "
        "itself first, then those of the steps and touchpoints that it is made of."
    )
    realised: bool | None = strawberry.field(
        description="Whether any of these has not ended; null where nothing is changed or added."
    )


@strawberry.type(description="The differences between the stages, the steps or the touchpoints of two journeys.")
class LevelComparison:
    """See questions.compare_journeys.LevelComparison."""

    before: int = strawberry.field(description="How many the journey as it is has: kept, changed and dropped.")
    after: int = strawberry.field(description="How many the journey as it should be has.")
    kept: int = strawberry.field(description="How many of the journey as it is stay the same.")
    changed: int = strawberry.field(description="How many of the journey as it is become something else.")
    dropped: int = strawberry.field(description="How many of the journey as it is become nothing.")
    added: int = strawberry.field(description="How many of the journey as it should be come from nothing.")
    splits: int = strawberry.field(description="How many of the journey as it is become several.")
    merges: int = strawberry.field(description="How many of the journey as it should be come from several.")
    differences: list[JourneyDifference] = strawberry.field(
        description="What becomes of each, what stays the same too: in the order of the journey as it is, then what is "
        "added in the order of the journey as it should be."
    )


@strawberry.type(description="The complexity of both journeys beside each other.")
class ComplexityOfBoth:
    """See questions.compare_journeys.ComplexityOfBoth."""

    as_is: Complexity = strawberry.field(description="That of the journey as it is.")
    to_be: Complexity = strawberry.field(description="That of the journey as it should be.")


@strawberry.type(
    description="What becomes of a journey as it is in the journey as it should be, and who brings that about."
)
class JourneyComparison:
    """See questions.compare_journeys.JourneyComparison."""

    as_is: Annotated["Journey", strawberry.lazy(TYPES)] = strawberry.field(description="The journey as it is.")
    to_be: Annotated["Journey", strawberry.lazy(TYPES)] = strawberry.field(description="The journey as it should be.")
    linked: bool = strawberry.field(description="Whether the one is said to evolve to the other.")
    fields: list[FieldDifference] = strawberry.field(description="Which own fields of the journeys themselves differ.")
    unknown_fields: list[FieldDifference] = strawberry.field(
        description="Which of these are known of one of them only, so that nobody can tell."
    )
    stages: LevelComparison = strawberry.field(description="What becomes of the stages.")
    steps: LevelComparison = strawberry.field(description="What becomes of the steps.")
    touchpoints: LevelComparison = strawberry.field(description="What becomes of the distinct touchpoints.")
    unrealised: list[JourneyDifference] = strawberry.field(
        description="What is changed or added and nobody brings about: stages, then steps, then touchpoints."
    )
    complexity: ComplexityOfBoth = strawberry.field(description="How complex both are.")


def _compare_journeys(
    as_is: Annotated[str, strawberry.argument(description="The key of the journey as it is.")],
    to_be: Annotated[str, strawberry.argument(description="The key of the journey as it should be.")],
) -> JourneyComparison | None:
    """Declare the arguments; operations are compiled, so that no field is ever resolved."""
    raise NotImplementedError


COMPARE_JOURNEYS = strawberry.field(
    name="compareJourneys",
    resolver=_compare_journeys,
    description="What becomes of a journey as it is in the journey as it should be, along EVOLVES_TO: kept, changed, "
    "added and dropped, who brings it about, and what nobody does. Null, with an error, where one is not there.",
)
