"""The GraphQL types of decisions' outcomes. Their fields mirror those of `questions/decision_outcomes.py`."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.model.choices import DecisionVerdict, InitiativeStatus
from graph_api.schema.enums import ForecastTerm, StartFrom, ThreadStatus
from graph_api.schema.pages import After, Before, Connection, First, Last, page
from graph_api.schema.scope import OnArgument, ScopeArgument

if TYPE_CHECKING:
    # Made at run time, from the model.
    Decision: TypeAlias = Any
    Entity: TypeAlias = Any
    Initiative: TypeAlias = Any
    KPI: TypeAlias = Any

TYPES = "graph_api.schema.made"


@strawberry.type(description="An initiative below what was decided about, and what was done of it since.")
class DecisionInitiative:
    """See questions.portfolios.since.Since."""

    initiative: Annotated["Initiative", strawberry.lazy(TYPES)] = strawberry.field(description="The initiative.")
    status: InitiativeStatus | None = strawberry.field(description="Its status now; null where it is unknown.")
    start: date | None = strawberry.field(description="Its first day.")
    finished: date | None = strawberry.field(description="The day it was finished or stopped.")
    begun: bool | None = strawberry.field(
        description="Whether it began from the day of the decision on, while that held; null where its days do not say."
    )
    done: bool | None = strawberry.field(description="Whether it was done in these days; null likewise.")
    at_work: bool | None = strawberry.field(
        description="Whether it was at work after the day of the decision, while that held; null likewise. One that "
        "had begun before and was stopped then was not."
    )
    shared: bool = strawberry.field(
        description="Whether it serves something else too that nobody has given up, so that its work says nothing of "
        "this one thing."
    )


@strawberry.type(description="A KPI that is to move, and what came of that since a decision.")
class DecisionKPI:
    """See questions.portfolios.moved.DecisionKPI."""

    kpi: Annotated["KPI", strawberry.lazy(TYPES)] = strawberry.field(description="The KPI.")
    unit: str | None = strawberry.field(description="Its unit.")
    claimed_by: list[Annotated["Entity", strawberry.lazy(TYPES)]] = strawberry.field(
        description="Who claims to move it, each change once: the entity, or what it leads on to; by kind and key."
    )
    expected_change: float | None = strawberry.field(
        description="The change that they claim together; null where one has no number."
    )
    by: date | None = strawberry.field(
        description="The last day for which any of it is claimed; null where one has none."
    )
    due: bool | None = strawberry.field(description="Whether that day has come.")
    value_then: float | None = strawberry.field(
        description="The value at the decision: the last measured up to it, at most 92 days before, else the baseline, "
        "if that is of these days."
    )
    value_then_on: date | None = strawberry.field(description="The day of that value.")
    value_then_from: StartFrom | None = strawberry.field(description="Where it comes from.")
    value_now: float | None = strawberry.field(
        description="The last value since, measured at most 92 days before the day asked for."
    )
    value_now_on: date | None = strawberry.field(description="The day of that value.")
    change: float | None = strawberry.field(description="By how much it moved, whatever moved it.")
    share: float | None = strawberry.field(
        description="What came over what was claimed: 1 is as claimed, 0 nothing, below 0 the other way. Null where it "
        "is unknown."
    )
    missing: list[ForecastTerm] = strawberry.field(
        description="What is unknown and would have to be known. START_VALUE is the one at the decision, VALUE_AT_BY "
        "the one now, and BY that a day has passed since."
    )


@strawberry.type(description="A decision, and what became of it since.")
class DecisionOutcome:
    """See questions.decision_outcomes.DecisionOutcome."""

    decision: Annotated["Decision", strawberry.lazy(TYPES)] = strawberry.field(description="The decision.")
    verdict: DecisionVerdict | None = strawberry.field(description="What was decided.")
    reason: str | None = strawberry.field(description="Why.")
    by_role: str | None = strawberry.field(description="The role that decided.")
    on: date = strawberry.field(description="The day it was decided, else the day that it was written.")
    expected: str | None = strawberry.field(description="What was expected to come of it.")
    age: int = strawberry.field(description="How many days ago that was.")
    entity: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(description="What it is about.")
    status: ThreadStatus | None = strawberry.field(description="The status of that now; null where it is unknown.")
    replaced_by: Annotated["Decision", strawberry.lazy(TYPES)] | None = strawberry.field(
        description="The next decision about the same; null while this one holds."
    )
    until: date | None = strawberry.field(description="The day of that; null while this one holds.")
    deep: bool = strawberry.field(
        description="Whether the entity leads to work that is owned and measured, now; of a pain, whether it is acted "
        "on."
    )
    begun: int = strawberry.field(description="How many initiatives below the entity began while this one held.")
    done: int = strawberry.field(description="How many of them were done in these days.")
    unknown: int = strawberry.field(description="Of how many nobody can say one of the two.")
    went_on: bool | None = strawberry.field(
        description="After DECIDED_NO, HOLD and STOP: whether work went on all the same while it held: an initiative "
        "was at work that serves nothing else, or a proposition that should wait or end is LIVE. Null where nobody can "
        "tell, and after the other verdicts."
    )
    initiatives: Connection[DecisionInitiative] = strawberry.field(
        resolver=page, description="The initiatives that the entity leads on to, or it itself; by key."
    )
    kpis: Connection[DecisionKPI] = strawberry.field(
        resolver=page, description="The KPIs that it, or what it leads on to, claims to move; by key."
    )


def _decision_outcomes(
    scope: ScopeArgument = strawberry.UNSET,
    on: OnArgument = strawberry.UNSET,
    verdicts: Annotated[
        list[DecisionVerdict] | None, strawberry.argument(description="Only those by which this was decided.")
    ] = strawberry.UNSET,
    current: Annotated[
        bool | None,
        strawberry.argument(description="Only those that hold, or with false only those that were replaced."),
    ] = strawberry.UNSET,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> Any:
    """Declare the arguments; operations are compiled, so that no root field is ever resolved."""
    raise NotImplementedError


DECISION_OUTCOMES = strawberry.field(
    name="decisionOutcomes",
    resolver=_decision_outcomes,
    graphql_type=Connection[DecisionOutcome],
    description="What was decided about insights, opportunities, propositions and initiatives up to a day, and what "
    "became of each since. The newest first.",
)
