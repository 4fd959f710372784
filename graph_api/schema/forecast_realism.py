"""The GraphQL types of forecast realism. Their fields mirror those of `questions/forecast_realism.py`, name by name."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.schema.enums import ForecastState, ForecastTerm, StartFrom
from graph_api.schema.pages import After, Before, Connection, First, Last, page_of_scope_on_day
from graph_api.schema.scope import OnArgument

if TYPE_CHECKING:
    # Made at run time, from the model.
    Entity: TypeAlias = Any
    KPI: TypeAlias = Any
    Party: TypeAlias = Any

TYPES = "graph_api.schema.made"


@strawberry.type(description="A claim to move a KPI, and what became of it.")
class ForecastClaim:
    """See questions.forecast_realism.ForecastClaim."""

    claimant: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(
        description="The initiative or proposition that claims it."
    )
    kpi: Annotated["KPI", strawberry.lazy(TYPES)] = strawberry.field(description="The KPI that it should move.")
    state: ForecastState = strawberry.field(description="What became of it.")
    expected_change: float | None = strawberry.field(description="By how much it should move, in the KPI's unit.")
    by: date | None = strawberry.field(description="By when.")
    start: date | None = strawberry.field(
        description="The first day of the initiative; of a proposition, the earliest of those that deliver it. Null "
        "where one of these is unknown."
    )
    start_on: date | None = strawberry.field(description="The day of the value at the start.")
    start_value: float | None = strawberry.field(
        description="The KPI's value at the start: the last measured up to it, at most 92 days before, else its "
        "baseline, if that is of these days. Null where the first day is unknown."
    )
    start_from: StartFrom | None = strawberry.field(description="Where that value comes from.")
    end_on: date | None = strawberry.field(description="The day of the value by its day.")
    end_value: float | None = strawberry.field(
        description="The KPI's value by its day: the last measured up to it, at most 92 days before."
    )
    came: float | None = strawberry.field(description="By how much the KPI moved, whatever moved it.")
    ratio: float | None = strawberry.field(
        description="What came over what was claimed: 1 is as claimed, 0 nothing, below 0 the other way. Null where it "
        "is unknown."
    )
    missing: list[ForecastTerm] = strawberry.field(description="What is unknown and would have to be known.")


@strawberry.type(description="How realistic the claims of a party have been.")
class PartyRealism:
    """See questions.forecast_realism.PartyRealism."""

    party: Annotated["Party", strawberry.lazy(TYPES)] | None = strawberry.field(
        description="The department or partner that owns what claims, or of which the owner is a member: of several, "
        "each has the claim. Null for claims that no party answers for."
    )
    known: int = strawberry.field(description="Of how many claims that are due it is known what came.")
    unknown: int = strawberry.field(
        description="Of how many it is not known, or not when they are due. They are in no figure."
    )
    not_due: int = strawberry.field(description="How many claims are not due.")
    claimed_twice: int = strawberry.field(
        description="How many claims of initiatives are the same change as one of a proposition of theirs that they "
        "deliver, and that is due too. They are in no figure."
    )
    ended: int = strawberry.field(
        description="How many claims are of propositions that are retired and initiatives that were stopped. They are "
        "in no figure."
    )
    median_ratio: float | None = strawberry.field(
        description="The median of the known ratios of what came over what was claimed; null where none is known."
    )
    low: float | None = strawberry.field(
        description="The lower end of the 95 % interval of that median, free of assumptions on how ratios spread; null "
        "with fewer than six known."
    )
    high: float | None = strawberry.field(description="The upper end.")

    @strawberry.field(description="The claims, by the keys of claimant and KPI.")  # type: ignore[untyped-decorator] # Strawberry's own
    def claims(
        self,
        states: Annotated[
            list[ForecastState] | None, strawberry.argument(description="Only those of which this became.")
        ] = strawberry.UNSET,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[ForecastClaim]:
        """Declare the arguments; the answer is worked out in `questions`."""
        raise NotImplementedError


def _forecast_realism_about(on: OnArgument = strawberry.UNSET) -> PartyRealism:
    """Declare the argument; operations are compiled, so that no field is ever resolved."""
    raise NotImplementedError


FORECAST_REALISM = strawberry.field(
    name="forecastRealism",
    resolver=page_of_scope_on_day,
    graphql_type=Connection[PartyRealism],
    description="How realistic claims have been, party by party: of those whose day has come, how much of what was "
    "claimed came. By key; claims that no party answers for come last.",
)
REALISM_OF_PARTY = strawberry.field(
    name="forecastRealism",
    resolver=_forecast_realism_about,
    description="How realistic its claims have been: of those whose day has come, how much of what was claimed came.",
)
