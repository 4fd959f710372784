"""The GraphQL types of fronts. Their fields mirror `questions/fronts.py`, by name."""

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.questions.fronts import MOST
from graph_api.questions.portfolios.asked import RENEWAL_DAYS
from graph_api.schema.enums import PainWeight, PortfolioOrderField, ScoringMethodName
from graph_api.schema.inputs import OrderDirection
from graph_api.schema.pages import Connection, page
from graph_api.schema.portfolio import (
    EndedArgument,
    KeysArgument,
    MethodArgument,
    OfArgument,
    PainWeightArgument,
    RenewalDaysArgument,
    WeightsArgument,
)
from graph_api.schema.scope import OnArgument, ScopeArgument

if TYPE_CHECKING:
    # Made at run time, from the model.
    Entity: TypeAlias = Any

TYPES = "graph_api.schema.made"


@strawberry.input(description="By what items are compared.")
class FrontCriterionInput:
    """See questions.fronts.criteria_of."""

    by: PortfolioOrderField = strawberry.field(description="By what; not by KEY.")
    direction: OrderDirection | None = strawberry.field(
        default=strawberry.UNSET,
        description="Which way is better: DESC is more, ASC is less. Where none is given, less is better of COST, "
        "EFFORT, LOAD, OPPONENTS, PARTIES, PROMISES_BROKEN and ASSUMED_SHARE, and more of all others.",
    )


@strawberry.type(description="By what items are compared.")
class FrontCriterion:
    """See questions.fronts.Criterion."""

    by: PortfolioOrderField = strawberry.field(description="By what.")
    direction: OrderDirection = strawberry.field(description="Which way is better: DESC is more, ASC is less.")


@strawberry.type(description="What an item has by a criterion.")
class CriterionValue:
    """See questions.fronts.CriterionValue."""

    by: PortfolioOrderField = strawberry.field(description="Which criterion.")
    value: float | None = strawberry.field(description="The value; null is unknown.")


@strawberry.type(description="An item among the others.")
class FrontItem:
    """See questions.fronts.FrontItem."""

    item: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(
        description="The opportunity, proposition or initiative."
    )
    values: list[CriterionValue] = strawberry.field(description="What it has by each criterion, in their order.")
    missing: list[PortfolioOrderField] = strawberry.field(
        description="The criteria that are unknown; none where it is compared."
    )


@strawberry.type(description="Items none of which beats another, beaten only by those of the fronts before.")
class Front:
    """See questions.fronts.Front."""

    place: int = strawberry.field(description="Which front: of the first nothing beats anything.")
    items: Connection[FrontItem] = strawberry.field(resolver=page, description="Its items, by key.")


@strawberry.type(description="Items sorted into fronts.")
class Fronts:
    """See questions.fronts.Fronts."""

    criteria: list[FrontCriterion] = strawberry.field(description="By what they were compared.")
    fronts: Connection[Front] = strawberry.field(resolver=page, description="The fronts, the best first.")
    uncompared: Connection[FrontItem] = strawberry.field(
        resolver=page, description="What is compared with none, since a criterion is unknown; by key."
    )


def _fronts(
    of: OfArgument,
    scope: ScopeArgument = strawberry.UNSET,
    criteria: Annotated[
        list[FrontCriterionInput] | None,
        strawberry.argument(description=f"By what items are compared, {MOST} at most; SCORE and EFFORT if not given."),
    ] = strawberry.UNSET,
    method: MethodArgument = ScoringMethodName.EVIDENCE_COUNT,
    weights: WeightsArgument = strawberry.UNSET,
    pain_weight: PainWeightArgument = PainWeight.NONE,
    renewal_days: RenewalDaysArgument = RENEWAL_DAYS,
    on: OnArgument = strawberry.UNSET,
    keys: KeysArgument = strawberry.UNSET,
    ended: EndedArgument = False,
) -> Any:
    """Declare the arguments; operations are compiled, so that no root field is ever resolved."""


FRONTS = strawberry.field(
    resolver=_fronts,
    graphql_type=Fronts,
    description="What of a portfolio nothing beats by several criteria at once, without weights between them; then "
    "what is beaten by these alone, and so on.",
)
