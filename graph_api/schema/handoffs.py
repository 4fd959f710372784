"""The GraphQL types of hand-offs. Their fields mirror the answer in `questions/handoffs.py`, name by name."""

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.schema.enums import HandoffState
from graph_api.schema.pages import After, Before, Connection, First, Last

if TYPE_CHECKING:
    # Made at run time, from the model.
    Journey: TypeAlias = Any
    JourneyElement: TypeAlias = Any
    Party: TypeAlias = Any
    Stage: TypeAlias = Any
    Step: TypeAlias = Any
    Touchpoint: TypeAlias = Any

TYPES = "graph_api.schema.made"


@strawberry.type(description="One side of a hand-off: a touchpoint where a journey meets it, and who runs it.")
class HandoffEnd:
    """See questions.parties.handoff.Place."""

    stage: Annotated["Stage", strawberry.lazy(TYPES)] = strawberry.field(description="The stage.")
    step: Annotated["Step", strawberry.lazy(TYPES)] | None = strawberry.field(
        description="The step; null where the touchpoint is the stage's own."
    )
    touchpoint: Annotated["Touchpoint", strawberry.lazy(TYPES)] = strawberry.field(description="The touchpoint.")
    party: Annotated["Party", strawberry.lazy(TYPES)] | None = strawberry.field(
        description="Who runs it; null where nobody does."
    )


@strawberry.type(
    description="A place of a journey where the responsibility passes from one party to another, or breaks."
)
class Handoff:
    """See questions.parties.handoff.Handoff."""

    journey: Annotated["Journey", strawberry.lazy(TYPES)] = strawberry.field(description="The journey.")
    start: HandoffEnd = strawberry.field(description="From where, and whom, it passes.")
    finish: HandoffEnd = strawberry.field(description="To where, and whom: the next touchpoint of the journey.")
    state: HandoffState = strawberry.field(description="Whether it passes, breaks, or is nobody's to pass.")
    within_step: bool = strawberry.field(
        description="Whether both touchpoints are of one step. These are as often alternatives as a sequence: it may "
        "be that nobody is handed on."
    )
    skipped: list[Annotated["JourneyElement", strawberry.lazy(TYPES)]] = strawberry.field(
        description="The steps, and stages without steps, that lie between the two and have no touchpoint."
    )
    times: int = strawberry.field(
        description="How often it passes from this one to that one in the journey, this time included."
    )
    times_back: int = strawberry.field(description="How often it passes the other way in the journey.")


@strawberry.type(
    name="JourneyHandoffsConnection",
    description="The hand-offs of a journey in its order: a page of them, and what is told of them all.",
)
class JourneyHandoffs(Connection[Handoff]):
    """See questions.handoffs.JourneyHandoffs."""

    journey: Annotated["Journey", strawberry.lazy(TYPES)] = strawberry.field(description="The journey.")
    touchpoints: int = strawberry.field(description="How many touchpoints it meets, each as often as it is met.")
    parties: list[Annotated["Party", strawberry.lazy(TYPES)]] = strawberry.field(
        description="Who runs something on it, in the order in which they are met."
    )
    passed: int = strawberry.field(description="How many of its hand-offs are PASSED, within steps too.")
    passed_within_step: int = strawberry.field(
        description="How many of these are within a step, whose touchpoints are as often alternatives as a sequence."
    )
    broken: int = strawberry.field(description="How many are BROKEN.")
    outside: int = strawberry.field(description="How many are OUTSIDE.")
    skipped: list[Annotated["JourneyElement", strawberry.lazy(TYPES)]] = strawberry.field(
        description="The steps, and stages without steps, that have no touchpoint: nobody is known to serve them."
    )


def _handoffs(
    journey: Annotated[str, strawberry.argument(description="The journey's key.")],
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> JourneyHandoffs | None:
    """Declare the arguments; operations are compiled, so that no field is ever resolved."""
    raise NotImplementedError


HANDOFFS = strawberry.field(
    name="handoffs",
    resolver=_handoffs,
    description="Where along a journey the responsibility passes from one party to another, and where it breaks off "
    "since nobody runs a touchpoint; in the order of the journey. Null where there is no such journey.",
)
