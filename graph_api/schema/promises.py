"""The GraphQL types of promises kept and broken. Their fields mirror the answer in `questions/promises.py`, by name."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.schema.enums import PromiseState, PromiseTerm
from graph_api.schema.pages import Connection, page_of_scope_on_day, page_on_day

if TYPE_CHECKING:
    # Made at run time, from the model.
    Entity: TypeAlias = Any
    KPI: TypeAlias = Any
    Owner: TypeAlias = Any
    Party: TypeAlias = Any
    Promise: TypeAlias = Any
    Proposition: TypeAlias = Any
    Touchpoint: TypeAlias = Any

TYPES = "graph_api.schema.made"

_STATE = "Whether it is kept: the interval of the share kept against the share agreed."
_VALUE = "The value measured, in the KPI's unit; null where nothing was."
_MEASURED_ON = "The day that the measurement stands for."
_KEPT = (
    "How many occasions kept it: answers at or beyond the level promised; of a rate, the nearest whole number. Null "
    "where a term is unknown."
)
_MADE = "Of how many occasions."
_KEPT_SHARE = (
    "Which share of occasions kept it, 0 to 1; of a rate, that rate, or what it leaves where it should go DOWN."
)
_LOW = "The lower end of the interval in which the share lies with 95 % confidence (Wilson's), 0 to 1."
_HIGH = "The upper end."
_MISSING = "What is unknown and would have to be known."


@strawberry.type(description="A touchpoint at which a promise is made or kept.")
class PromisePlace:
    """See questions.promises.PromisePlace."""

    touchpoint: Annotated["Touchpoint", strawberry.lazy(TYPES)] = strawberry.field(description="The touchpoint.")
    party: Annotated["Party", strawberry.lazy(TYPES)] | None = strawberry.field(
        description="Who runs it; null where nobody does."
    )


@strawberry.type(description="What was measured of those alone to whom a promise is made.")
class PromiseTarget:
    """See questions.promises.PromiseTarget."""

    target: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(
        description="The persona, segment or account."
    )
    state: PromiseState = strawberry.field(description=_STATE)
    value: float | None = strawberry.field(description=_VALUE)
    measured_on: date | None = strawberry.field(description=_MEASURED_ON)
    kept: int | None = strawberry.field(description=_KEPT)
    made: int | None = strawberry.field(description=_MADE)
    kept_share: float | None = strawberry.field(description=_KEPT_SHARE)
    low: float | None = strawberry.field(description=_LOW)
    high: float | None = strawberry.field(description=_HIGH)
    missing: list[PromiseTerm] = strawberry.field(description=_MISSING)


@strawberry.type(description="A promise on a day: who makes it, who must keep it, and whether it is kept.")
class PromiseStanding:
    """See questions.promises.PromiseStanding."""

    promise: Annotated["Promise", strawberry.lazy(TYPES)] = strawberry.field(description="The promise.")
    state: PromiseState = strawberry.field(description=_STATE)
    due: date | None = strawberry.field(description="From when on it must be kept.")
    withdrawn: bool = strawberry.field(description="Whether only retired propositions make it.")
    level: float | None = strawberry.field(description="The level promised, on its KPI's scale.")
    share: float | None = strawberry.field(description="The share of occasions that must keep it, 0 to 1.")
    kpi: Annotated["KPI", strawberry.lazy(TYPES)] | None = strawberry.field(description="Its KPI.")
    value: float | None = strawberry.field(description=_VALUE)
    measured_on: date | None = strawberry.field(description=_MEASURED_ON)
    kept: int | None = strawberry.field(description=_KEPT)
    made: int | None = strawberry.field(description=_MADE)
    kept_share: float | None = strawberry.field(description=_KEPT_SHARE)
    low: float | None = strawberry.field(description=_LOW)
    high: float | None = strawberry.field(description=_HIGH)
    missing: list[PromiseTerm] = strawberry.field(description=_MISSING)
    targets: list[PromiseTarget] = strawberry.field(
        description="The same of those to whom it is made, where anything was measured of them alone; by kind and key."
    )
    made_by: list[Annotated["Proposition", strawberry.lazy(TYPES)]] = strawberry.field(
        description="The propositions that make it, by key."
    )
    made_at: list[PromisePlace] = strawberry.field(description="Where it is made, by key.")
    kept_at: list[PromisePlace] = strawberry.field(
        description="Where it is kept or broken, by key: whoever runs a place must keep it there."
    )
    owner: Annotated["Owner", strawberry.lazy(TYPES)] | None = strawberry.field(description="Who answers for it.")
    others_promise: bool | None = strawberry.field(
        description="Whether others made it: none of those who must keep it runs a touchpoint where it is made, or "
        "owns (itself or by a member) a proposition that makes it. In `promisesToKeep`, whether others than that "
        "department or partner did. Null where it is not known who made it or who must keep it."
    )


PROMISE_STATES = strawberry.field(
    name="promiseStates",
    resolver=page_of_scope_on_day,
    graphql_type=Connection[PromiseStanding],
    description="Promises: who makes which where, who must keep them where, and whether they are kept. Those broken "
    "come first, then the uncertain, the unmeasured, those kept and those not due; each by key.",
)
PROMISES_TO_KEEP = strawberry.field(
    name="promisesToKeep",
    resolver=page_on_day,
    graphql_type=Connection[PromiseStanding],
    description="The promises that it must keep, since it runs a touchpoint where they are kept: those broken come "
    "first.",
)
