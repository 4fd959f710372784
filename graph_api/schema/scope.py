"""What questions are asked of: a scope, a day, an entity, and how the rules are to count."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.questions.thread.expectations import ASSUMPTION_DAYS, SATISFACTION, STALE_DAYS
from graph_api.schema.enums import Kind, RuleName, Severity
from graph_api.schema.inputs import publish_scope

if TYPE_CHECKING:
    # Made at run time, from the model.
    Scope: TypeAlias = Any

TYPES = "graph_api.schema.made"

publish_scope()


@strawberry.input(description="How one rule is to count.")
class RuleSettingInput:
    """See questions.thread.expectations.Settings."""

    rule: RuleName = strawberry.field(description="The rule.")
    off: bool | None = strawberry.field(default=strawberry.UNSET, description="Whether it is left out.")
    severity: Severity | None = strawberry.field(
        default=strawberry.UNSET, description="How bad it is where it does not hold, instead of what is usual."
    )
    weight: float | None = strawberry.field(
        default=strawberry.UNSET,
        description="For a scored rule: how much it counts for each entity, instead of 3, 2 or 1 for its severity.",
    )


@strawberry.input(description="Which rules count, how much, and from where on something is too old or too low.")
class RuleSettingsInput:
    """See questions.thread.expectations.Settings."""

    rules: list[RuleSettingInput] | None = strawberry.field(
        default=strawberry.UNSET, description="Rules that are to count otherwise than usual."
    )
    assumption_days: int | None = strawberry.field(
        default=strawberry.UNSET,
        description=f"For ASSUMPTION_OLD: the days for which something may be merely assumed; {ASSUMPTION_DAYS}.",
    )
    stale_days: int | None = strawberry.field(
        default=strawberry.UNSET,
        description=f"For KPI_STALE: the days for which a measurement is good; {STALE_DAYS}.",
    )
    satisfaction: float | None = strawberry.field(
        default=strawberry.UNSET,
        description=f"For MOMENT_OF_TRUTH_DISAPPOINTS: the least satisfaction, 0 to 10; {SATISFACTION:g}.",
    )


@strawberry.input(description="An entity, by kind and key.")
class EntityKeyInput:
    """See questions.gaps.GapsQuestion and questions.impact.ImpactQuestion."""

    kind: Kind = strawberry.field(description="Its kind.")
    key: str = strawberry.field(description="Its key.")


ScopeArgument = Annotated[
    Annotated["Scope", strawberry.lazy(TYPES)] | None,
    strawberry.argument(description="Of what it is asked; without it, of the whole graph."),
]
SettingsArgument = Annotated[
    RuleSettingsInput | None, strawberry.argument(description="How the rules are to count, if not as usual.")
]
OnArgument = Annotated[
    date | None, strawberry.argument(description="The day it is asked for: today (UTC) if none is given.")
]
