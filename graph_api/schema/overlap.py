"""The GraphQL types of overlap. Their fields mirror `questions/overlap.py`, by name."""

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.schema.pages import After, Before, Connection, First, Last, page
from graph_api.schema.portfolio import EndedArgument, KeysArgument, OfArgument, PortfolioPain
from graph_api.schema.scope import ScopeArgument

if TYPE_CHECKING:
    # Made at run time, from the model.
    Entity: TypeAlias = Any

TYPES = "graph_api.schema.made"


@strawberry.type(description="Two items of a portfolio that answer the same pains, or may.")
class PortfolioOverlap:
    """See questions.overlap.PortfolioOverlap."""

    one: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(description="One of the two: the first by key.")
    other: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(description="The other.")
    share: float | None = strawberry.field(
        description="How many pains both answer over how many either does, 0 to 1; null where insights without a type "
        "leave it open."
    )
    low: float = strawberry.field(description="The least it can be.")
    high: float = strawberry.field(description="The most it can be.")
    shared: int = strawberry.field(description="How many pains both answer.")
    united: int = strawberry.field(description="How many either answers.")
    type_unknown: int = strawberry.field(description="How many insights without a type either answers.")
    one_within: bool | None = strawberry.field(
        description="Whether the other answers all that the one does; null where insights without a type leave it open."
    )
    other_within: bool | None = strawberry.field(description="Whether the one answers all that the other does.")
    pains: Connection[PortfolioPain] = strawberry.field(
        resolver=page,
        description="The pains that both answer, each with the better fit of the two; the severest first.",
    )


def _overlap(
    of: OfArgument,
    scope: ScopeArgument = strawberry.UNSET,
    keys: KeysArgument = strawberry.UNSET,
    ended: EndedArgument = False,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> Any:
    """Declare the arguments; operations are compiled, so that no root field is ever resolved."""


OVERLAP = strawberry.field(
    resolver=_overlap,
    graphql_type=Connection[PortfolioOverlap],
    description="Which items of a portfolio answer the same pains: every two that share one, those that overlap most "
    "first.",
)
