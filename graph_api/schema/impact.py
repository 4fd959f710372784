"""The GraphQL types of impact. Their fields mirror the answer in `questions/impact.py`, name by name."""

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.schema.enums import Disposition, ImpactChange
from graph_api.schema.gaps import Gap
from graph_api.schema.scope import EntityKeyInput, OnArgument, SettingsArgument

if TYPE_CHECKING:
    # Made at run time, from the model.
    Department: TypeAlias = Any
    Entity: TypeAlias = Any
    Goal: TypeAlias = Any
    Insight: TypeAlias = Any
    KPI: TypeAlias = Any
    Promise: TypeAlias = Any

TYPES = "graph_api.schema.made"


@strawberry.type(description="A pain or unmet need of which something else would become.")
class PainImpact:
    """See questions.impact.PainImpact."""

    insight: Annotated["Insight", strawberry.lazy(TYPES)] = strawberry.field(description="The pain or unmet need.")
    before: Disposition = strawberry.field(description="What became of it now.")
    after: Disposition = strawberry.field(description="What would become of it.")


@strawberry.type(
    description="What would break elsewhere if an entity were removed or came to its end: what coverage would say then "
    "and does not now. The entity's own gaps are left out."
)
class Impact:
    """See questions.impact.Impact."""

    entity: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(description="The entity.")
    change: ImpactChange = strawberry.field(description="What would be done with it.")
    opened: list[Gap] = strawberry.field(description="Gaps that there would be: who would lose its only support.")
    closed: list[Gap] = strawberry.field(description="Gaps that there would no longer be.")
    pains: list[PainImpact] = strawberry.field(description="Pains of which something else would become, by key.")
    no_longer_deep: list[Annotated["Entity", strawberry.lazy(TYPES)]] = strawberry.field(
        description="Opportunities, propositions and initiatives from which the thread would no longer lead to work "
        "that is owned and measured."
    )
    departments: list[Annotated["Department", strawberry.lazy(TYPES)]] = strawberry.field(
        description="Departments with a part in it, in what would lose something, or in the work on that; by key."
    )
    promises: list[Annotated["Promise", strawberry.lazy(TYPES)]] = strawberry.field(
        description="Promises linked to it, to what would lose something, or to the work on that; by key."
    )
    kpis: list[Annotated["KPI", strawberry.lazy(TYPES)]] = strawberry.field(
        description="KPIs linked to it, to what would lose something, or to the work on that; by key."
    )
    goals: list[Annotated["Goal", strawberry.lazy(TYPES)]] = strawberry.field(
        description="Goals linked to it, to what would lose something, or to the work on that; by key."
    )


def _impact(
    of: Annotated[EntityKeyInput, strawberry.argument(description="The entity.")],
    change: Annotated[
        ImpactChange, strawberry.argument(description="What would be done with it.")
    ] = ImpactChange.REMOVE,
    on: OnArgument = strawberry.UNSET,
    settings: SettingsArgument = strawberry.UNSET,
) -> Impact | None:
    """Declare the arguments; operations are compiled, so that no field is ever resolved."""
    raise NotImplementedError


IMPACT = strawberry.field(
    name="impact",
    resolver=_impact,
    description="What would break if an entity were removed or came to its end. Null where there is none such.",
)
