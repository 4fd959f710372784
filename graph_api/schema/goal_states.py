"""The GraphQL types of goals' states. Their fields mirror the answer in `questions/goal_states.py`, by name."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.schema.kpi_states import KPIState
from graph_api.schema.pages import Connection, page, page_of_scope_on_day
from graph_api.schema.scope import OnArgument

if TYPE_CHECKING:
    # Made at run time, from the model.
    Goal: TypeAlias = Any

TYPES = "graph_api.schema.made"

_PROGRESS = (
    "Σ weight·attained / Σ weight over the KPIs of which it is known, 0 to 1; null where it is of none. Nothing "
    "unknown counts as zero."
)
_LOW = "What it would be if all that is unknown were 0."
_HIGH = "What it would be if all that is unknown were 1."
_KNOWN = "Of how many KPIs it is known."
_UNKNOWN = "Of how many KPIs it is not."


@strawberry.type(description="The progress of several KPIs together.")
class GoalRollUp:
    """See questions.goal_states.RollUp."""

    progress: float | None = strawberry.field(description=_PROGRESS)
    low: float | None = strawberry.field(description=_LOW)
    high: float | None = strawberry.field(description=_HIGH)
    known: int = strawberry.field(description=_KNOWN)
    unknown: int = strawberry.field(description=_UNKNOWN)


@strawberry.type(description="A KPI of a goal, and what it adds.")
class GoalKPI:
    """See questions.goal_states.GoalKPI."""

    state: KPIState = strawberry.field(description="Where it stands.")
    weight: float = strawberry.field(description="How much it counts: its weight, 1 where it has none.")
    attained: float | None = strawberry.field(
        description="What it adds, 0 to 1: its progress, cut there; 1 where it reached its target; of one that should "
        "HOLD, 1 within its band and 0 outside. Null where that is unknown."
    )


@strawberry.type(description="How far a goal has come on a day, by its own KPIs.")
class GoalState:
    """See questions.goal_states.GoalState."""

    goal: Annotated["Goal", strawberry.lazy(TYPES)] = strawberry.field(description="The goal.")
    horizon: date | None = strawberry.field(description="When it should be reached.")
    days_left: int | None = strawberry.field(description="How many days until then; negative where it has passed.")
    progress: float | None = strawberry.field(description=_PROGRESS)
    low: float | None = strawberry.field(description=_LOW)
    high: float | None = strawberry.field(description=_HIGH)
    known: int = strawberry.field(description=_KNOWN)
    unknown: int = strawberry.field(description=_UNKNOWN)
    below: GoalRollUp = strawberry.field(
        description="The same over all KPIs of the goals that support it, at any distance, each counted once. It adds "
        "nothing to the goal's own."
    )

    kpis: Connection[GoalKPI] = strawberry.field(
        resolver=page, description="Its own KPIs: those behind first, then the uncertain, the unknown, the others."
    )

    supporting_goals: Connection["GoalState"] = strawberry.field(
        resolver=page, description="The goals that support it directly, each by its own KPIs."
    )


def _state(on: OnArgument = strawberry.UNSET) -> GoalState:
    """Declare the argument; operations are compiled, so that no field is ever resolved."""
    raise NotImplementedError


GOAL_STATES = strawberry.field(
    name="goalStates",
    resolver=page_of_scope_on_day,
    graphql_type=Connection[GoalState],
    description="How far goals have come, over those of their KPIs of which that is known: visions first, then goals, "
    "then objectives; each by key.",
)
STATE_OF_GOAL = strawberry.field(name="goalState", resolver=_state, description="How far it has come on a day.")
