"""The GraphQL types of KPIs' states. Their fields mirror the answer in `questions/kpi_states.py`, by name."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.schema.enums import CountedBy, IntervalMethod, KPIStatus, KPITerm, PersonaSide, TrendDirection
from graph_api.schema.pages import Connection, page, page_of_scope_on_day
from graph_api.schema.scope import OnArgument

if TYPE_CHECKING:
    # Made at run time, from the model.
    Entity: TypeAlias = Any
    KPI: TypeAlias = Any

TYPES = "graph_api.schema.made"

_VALUE = "The value, in the KPI's unit: what its counts give, else as it was typed in."
_LOW = "The lower end of the interval in which the value of all lies with 95 % confidence."
_HIGH = "The upper end."
_INTERVAL_METHOD = "How the interval was found; null where there is none."
_MEASURED_ON = "The day that the value stands for."
_SAMPLE_SIZE = (
    "How many were asked; where nobody says, how many answered. Null too where these are more than an Int can hold."
)
_COUNTED_BY = "What was counted."
_SIDE = "On which side of the counter those stand who answered."
_HEARD = (
    "Which share was heard, 0 to 1: answers counted of those asked; where revenue was counted, revenue that answered "
    "of the annual value of those measured: of everybody, that of all segments for which the KPI was ever measured by "
    "revenue, or where there are none, accounts. Others are not in it."
)
_MISSING = "What is unknown and would have to be known."
_OF_WHOM = "Of whom, by kind and key."


@strawberry.type(description="A value of a KPI for everybody, on a day.")
class KPIPoint:
    """See questions.figures.estimate.Estimate."""

    measured_on: date = strawberry.field(description=_MEASURED_ON)
    value: float | None = strawberry.field(description=_VALUE)
    low: float | None = strawberry.field(description=_LOW)
    high: float | None = strawberry.field(description=_HIGH)


@strawberry.type(description="The latest value of a KPI for a part of everybody: a segment, say, or a channel.")
class KPIPart:
    """See questions.figures.perception.KPIPart."""

    parts: list[Annotated["Entity", strawberry.lazy(TYPES)]] = strawberry.field(description=_OF_WHOM)
    respondent_side: PersonaSide | None = strawberry.field(description=_SIDE)
    value: float | None = strawberry.field(description=_VALUE)
    low: float | None = strawberry.field(description=_LOW)
    high: float | None = strawberry.field(description=_HIGH)
    interval_method: IntervalMethod | None = strawberry.field(description=_INTERVAL_METHOD)
    measured_on: date | None = strawberry.field(description=_MEASURED_ON)
    sample_size: int | None = strawberry.field(description=_SAMPLE_SIZE)
    counted_by: CountedBy | None = strawberry.field(description=_COUNTED_BY)
    share_heard: float | None = strawberry.field(description=_HEARD)
    missing: list[KPITerm] = strawberry.field(description=_MISSING)


@strawberry.type(description="How differently those on two sides of the counter see a KPI.")
class PerceptionGap:
    """See questions.figures.perception.PerceptionGap."""

    parts: list[Annotated["Entity", strawberry.lazy(TYPES)]] = strawberry.field(
        description="Of whom both spoke, by kind and key; empty for everybody."
    )
    one: KPIPart = strawberry.field(description="Customers, or where they are not one of the two, partners.")
    other: KPIPart = strawberry.field(description="The other side.")
    difference: float | None = strawberry.field(description="How much higher the other side sees it, in its unit.")
    low: float | None = strawberry.field(
        description="The lower end of the difference's interval with 95 % confidence, of shares (Newcombe's) and of "
        "net scores (adjusted Wald); null of other values."
    )
    high: float | None = strawberry.field(description=_HIGH)


@strawberry.type(description="The latest value of a competitor, for everybody.")
class KPICompetitor:
    """See questions.figures.perception.KPICompetitor."""

    name: str | None = strawberry.field(description="Which competitor; null where nobody says.")
    value: float | None = strawberry.field(description=_VALUE)
    low: float | None = strawberry.field(description=_LOW)
    high: float | None = strawberry.field(description=_HIGH)
    interval_method: IntervalMethod | None = strawberry.field(description=_INTERVAL_METHOD)
    measured_on: date | None = strawberry.field(description=_MEASURED_ON)
    sample_size: int | None = strawberry.field(description=_SAMPLE_SIZE)
    difference: float | None = strawberry.field(description="How much higher ours is, in its unit.")
    difference_low: float | None = strawberry.field(
        description="The lower end of the difference's interval; see `PerceptionGap.low`."
    )
    difference_high: float | None = strawberry.field(description=_HIGH)
    missing: list[KPITerm] = strawberry.field(description=_MISSING)


@strawberry.type(description="Where the values of a KPI go: a line of least squares through all of them.")
class KPITrend:
    """See questions.figures.trend.Trend."""

    direction: TrendDirection = strawberry.field(description="Where it goes, seen from where it should.")
    slope: float | None = strawberry.field(description="Its change in a month, in its unit.")
    low: float | None = strawberry.field(description="The lower end of the slope's interval with 95 % confidence.")
    high: float | None = strawberry.field(description=_HIGH)
    points: int = strawberry.field(description="Through how many values the line goes.")
    since: date | None = strawberry.field(description="The day of the first of them.")


@strawberry.type(description="Where a KPI stands on a day, how sure that is, and where it goes.")
class KPIState:
    """See questions.kpi_states.KPIState."""

    kpi: Annotated["KPI", strawberry.lazy(TYPES)] = strawberry.field(description="The KPI.")
    status: KPIStatus = strawberry.field(
        description="Whether it is where it should be: progress against an even pace on the day it was measured, with "
        "both ends of the interval; UNKNOWN where the value is more than 92 days old."
    )
    value: float | None = strawberry.field(
        description="The latest value of our own for everybody, in its unit: what its counts give, else as typed in."
    )
    low: float | None = strawberry.field(description=_LOW)
    high: float | None = strawberry.field(description=_HIGH)
    interval_method: IntervalMethod | None = strawberry.field(description=_INTERVAL_METHOD)
    measured_on: date | None = strawberry.field(description=_MEASURED_ON)
    age_days: int | None = strawberry.field(description="How old it is, in days.")
    sample_size: int | None = strawberry.field(description=_SAMPLE_SIZE)
    counted_by: CountedBy | None = strawberry.field(description=_COUNTED_BY)
    respondent_side: PersonaSide | None = strawberry.field(description=_SIDE)
    share_heard: float | None = strawberry.field(description=_HEARD)
    gap: float | None = strawberry.field(description="What is still wanting: the target less the value, in its unit.")
    progress: float | None = strawberry.field(
        description="(value - baseline)/(target - baseline): 0 at the baseline, 1 at the target, below 0 the wrong "
        "way. Null where they are equal, where one is unknown, and of a KPI that should HOLD."
    )
    progress_low: float | None = strawberry.field(description="The progress at the worse end of the interval.")
    progress_high: float | None = strawberry.field(description="The progress at the better end.")
    elapsed: float | None = strawberry.field(
        description="Which share of the time from the day of the baseline to that of the target has passed by the day "
        "asked for, 0 to 1. `status` takes that of the day of the value."
    )
    held: bool | None = strawberry.field(
        description="Whether the value of a KPI that should HOLD is within its band; null of any other."
    )
    trend: KPITrend = strawberry.field(description="Where its values go.")
    missing: list[KPITerm] = strawberry.field(description=_MISSING)

    series: Connection[KPIPoint] = strawberry.field(
        resolver=page, description="Its values of our own for everybody, the oldest first."
    )

    parts: Connection[KPIPart] = strawberry.field(
        resolver=page,
        description="Its latest value for each part of everybody and side of the counter, by kind and key.",
    )

    perception_gaps: Connection[PerceptionGap] = strawberry.field(
        resolver=page, description="How differently two sides of the counter see it: of everybody first, then by parts."
    )

    competitors: Connection[KPICompetitor] = strawberry.field(
        resolver=page, description="The latest value of each competitor, by name."
    )


def _state(on: OnArgument = strawberry.UNSET) -> KPIState:
    """Declare the argument; operations are compiled, so that no field is ever resolved."""
    raise NotImplementedError


KPI_STATES = strawberry.field(
    name="kpiStates",
    resolver=page_of_scope_on_day,
    graphql_type=Connection[KPIState],
    description="Where KPIs stand: value with interval, progress against elapsed time, trend, and who sees it "
    "otherwise. Those behind come first, then the uncertain, the unknown, those on track and those that reached their "
    "target; each by key.",
)
STATE_OF_KPI = strawberry.field(name="kpiState", resolver=_state, description="Where it stands on a day.")
