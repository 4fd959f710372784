"""The GraphQL types of what is claimed of KPIs and drives them. Their fields mirror `questions/kpi_drivers.py`."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.schema.enums import ClaimState, DriverGrounds, KPIGapFrom, KPIGapTerm
from graph_api.schema.made import Duration
from graph_api.schema.pages import Connection, page, page_of_scope_on_day
from graph_api.schema.scope import OnArgument

if TYPE_CHECKING:
    # Made at run time, from the model.
    Entity: TypeAlias = Any
    KPI: TypeAlias = Any
    Opportunity: TypeAlias = Any

TYPES = "graph_api.schema.made"


@strawberry.type(description="What several claims on one KPI are together.")
class ClaimTotal:
    """See questions.kpi_drivers.ClaimTotal."""

    change: float | None = strawberry.field(
        description="Their sum, in the KPI's unit; null where one of them has no number. Zero where nothing is claimed."
    )
    known: float | None = strawberry.field(description="The sum of those that have a number.")
    unknown: int = strawberry.field(description="How many have none.")
    share: float | None = strawberry.field(
        description="Their sum as a share of the gap: 1 is all of it. Null where the sum or the gap is unknown, or "
        "nothing is left."
    )
    known_share: float | None = strawberry.field(
        description="The same of those that have a number: all claims are more, unless those without one go the wrong "
        "way."
    )


@strawberry.type(description="That a proposition or initiative will change a KPI.")
class KPIClaim:
    """See questions.kpi_drivers.KPIClaim."""

    claimant: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(
        description="The proposition or initiative."
    )
    state: ClaimState = strawberry.field(description="Whether it counts.")
    expected_change: float | None = strawberry.field(
        description="The change, in the KPI's unit, with its sign; null where the claim has no number."
    )
    by: date | None = strawberry.field(description="The day by which it is claimed.")
    confidence: float | None = strawberry.field(description="How sure it is, 0 to 1; null is unknown.")
    share: float | None = strawberry.field(
        description="The change as a share of the gap, below 0 where it goes the wrong way; null where either is "
        "unknown, or nothing is left."
    )
    wrong_direction: bool | None = strawberry.field(
        description="Whether it goes the wrong way; null where the change or the KPI's way is unknown."
    )
    late: bool | None = strawberry.field(
        description="Whether its day is after that of the target; null where either is unknown."
    )
    passed: bool | None = strawberry.field(
        description="Whether its day had come when the value was measured, so that what it brought is in the value "
        "already; null where nothing was measured or a day is unknown."
    )
    within: list[Annotated["Entity", strawberry.lazy(TYPES)]] = strawberry.field(
        description="Of an initiative: the propositions it delivers that claim the same change; by key."
    )
    initiatives: ClaimTotal | None = strawberry.field(
        description="Of a proposition: what the initiatives that deliver it claim of the KPI together, which should be "
        "what it claims itself; null where none claims anything."
    )


@strawberry.type(description="An opportunity that aims at a KPI.")
class AimingOpportunity:
    """See questions.kpi_drivers.AimingOpportunity."""

    opportunity: Annotated["Opportunity", strawberry.lazy(TYPES)] = strawberry.field(description="The opportunity.")
    claimed_by: list[Annotated["Entity", strawberry.lazy(TYPES)]] = strawberry.field(
        description="What addresses it, or delivers that, and claims a change of the KPI; by kind and key. Where there "
        "is nothing, the opportunity only aims."
    )


@strawberry.type(description="A KPI that drives another.")
class DrivingKPI:
    """See questions.kpi_drivers.DrivingKPI."""

    kpi: Annotated["KPI", strawberry.lazy(TYPES)] = strawberry.field(description="The KPI that drives.")
    effect: float | None = strawberry.field(
        description="Change of the driven KPI for one unit of this one, each in its own unit."
    )
    grounds: DriverGrounds | None = strawberry.field(description="What that rests on.")
    lag: Duration | None = strawberry.field(description="How long the effect takes.")
    source: str | None = strawberry.field(description="Where that comes from.")
    confidence: float | None = strawberry.field(description="How sure it is, 0 to 1; null is unknown.")


@strawberry.type(description="A KPI: what is claimed of it against the gap to its target, and what drives it.")
class KPIDrivers:
    """See questions.kpi_drivers.KPIDrivers."""

    kpi: Annotated["KPI", strawberry.lazy(TYPES)] = strawberry.field(description="The KPI.")
    unit: str | None = strawberry.field(description="Its unit, in which gap and changes are.")
    value: float | None = strawberry.field(
        description="The value from which the gap is measured: the latest on the day that is our own and for "
        "everybody, or the baseline where nothing was measured."
    )
    value_on: date | None = strawberry.field(description="The day of that value.")
    gap_from: KPIGapFrom | None = strawberry.field(description="Whether that value was measured or is the baseline.")
    target: float | None = strawberry.field(description="The value it should reach.")
    target_by: date | None = strawberry.field(description="The day by which it should.")
    gap: float | None = strawberry.field(description="Target less value: negative where it must fall.")
    reached: bool | None = strawberry.field(
        description="Whether nothing is left, in its direction or within its band: by the value alone, while the "
        "status of `kpiStates` is REACHED only with the whole interval. Null where nobody can tell."
    )
    claimed: ClaimTotal = strawberry.field(description="What the claims that count are together.")
    claimed_twice: int = strawberry.field(
        description="How many initiatives claim what a proposition that they deliver claims too; these do not count."
    )
    overclaimed: bool | None = strawberry.field(
        description="Whether claims that count, two at least, together promise more than is left; null where nobody "
        "can tell."
    )
    wrong_direction: int = strawberry.field(description="How many claims that count go the wrong way.")
    late: int = strawberry.field(description="How many claims that count are for a day after that of the target.")
    passed: int = strawberry.field(
        description="Of how many claims that count the day had come when the value was measured."
    )
    missing: list[KPIGapTerm] = strawberry.field(description="What is unknown and would have to be known.")

    claims: Connection[KPIClaim] = strawberry.field(
        resolver=page,
        description="The claims: those that count first, then those claimed twice and those of what has ended; each "
        "the largest first, those without a number last.",
    )

    aimed_at_by: Connection[AimingOpportunity] = strawberry.field(
        resolver=page, description="The opportunities that aim at it, by key: they claim nothing."
    )

    driven_by: Connection[DrivingKPI] = strawberry.field(resolver=page, description="The KPIs that drive it, by key.")


def _drivers(on: OnArgument = strawberry.UNSET) -> KPIDrivers:
    """Declare the argument; operations are compiled, so that no field is ever resolved."""
    raise NotImplementedError


KPI_DRIVERS = strawberry.field(
    name="kpiDrivers",
    resolver=page_of_scope_on_day,
    graphql_type=Connection[KPIDrivers],
    description="KPIs: what propositions and initiatives claim of each against the gap to its target, who aims at it, "
    "and what drives it. Those first of whose gap most is claimed; each by key.",
)
DRIVERS_OF_KPI = strawberry.field(
    name="drivers",
    resolver=_drivers,
    description="What propositions and initiatives claim of it against the gap to its target, who aims at it, and what "
    "drives it.",
)
