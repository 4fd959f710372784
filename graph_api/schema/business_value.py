"""The GraphQL types of business value along KPIs. Their fields mirror `questions/business_value.py`, by name."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.questions.figures.driving import LONGEST, MOST
from graph_api.schema.enums import ChainOverlap, ChainStop, DriverGrounds, ValueTerm
from graph_api.schema.made import Duration
from graph_api.schema.scope import EntityKeyInput, OnArgument

if TYPE_CHECKING:
    # Made at run time, from the model.
    Entity: TypeAlias = Any
    KPI: TypeAlias = Any

TYPES = "graph_api.schema.made"


@strawberry.type(description="A KPI where chains begin, and what is claimed of it.")
class BusinessValueStart:
    """See questions.figures.value_path.BusinessValueStart."""

    kpi: Annotated["KPI", strawberry.lazy(TYPES)] = strawberry.field(description="The KPI.")
    unit: str | None = strawberry.field(description="Its unit.")
    expected_change: float | None = strawberry.field(
        description="The change claimed, in its unit: a proposition's own claim, else the sum of its initiatives'. "
        "Null where nobody claims anything, as an opportunity never does, or a claim has no number."
    )
    unknown: int = strawberry.field(description="How many claims have no number.")
    claimed_by: list[Annotated["Entity", strawberry.lazy(TYPES)]] = strawberry.field(
        description="Who claims it; by kind and key."
    )


@strawberry.type(description="A link of a chain, and how far the chain has come with it.")
class BusinessValueStep:
    """See questions.figures.value_path.BusinessValueStep."""

    kpi: Annotated["KPI", strawberry.lazy(TYPES)] = strawberry.field(description="The KPI that it leads to.")
    unit: str | None = strawberry.field(description="Its unit.")
    effect: float | None = strawberry.field(description="Its change for one unit of the KPI before, each in its unit.")
    grounds: DriverGrounds | None = strawberry.field(description="What that rests on.")
    lag: Duration | None = strawberry.field(description="How long the effect takes.")
    source: str | None = strawberry.field(description="Where that comes from.")
    confidence: float | None = strawberry.field(description="How sure the link is, 0 to 1; null is unknown.")
    effect_so_far: float | None = strawberry.field(
        description="Its change for one unit of the first KPI: the effects so far, multiplied."
    )
    worth_so_far: float | None = strawberry.field(description="What the change claimed is worth here, in its unit.")


@strawberry.type(description="A chain of KPIs, none twice, and what a change of the first is worth at the last.")
class BusinessValuePath:
    """See questions.figures.value_path.BusinessValuePath."""

    start: Annotated["KPI", strawberry.lazy(TYPES)] = strawberry.field(description="The first KPI.")
    end: Annotated["KPI", strawberry.lazy(TYPES)] = strawberry.field(
        description="The last KPI: the first itself where that is an end already."
    )
    unit: str | None = strawberry.field(description="The last KPI's unit.")
    stop: ChainStop = strawberry.field(description="Why it goes no further.")
    length: int = strawberry.field(description="How many links it has.")
    steps: list[BusinessValueStep] = strawberry.field(description="Its links, in order.")
    effect: float | None = strawberry.field(
        description="Change of the last KPI for one unit of the first: the effects multiplied. Null where one is "
        "unknown."
    )
    expected_change: float | None = strawberry.field(description="The change claimed of the first KPI, in its unit.")
    worth: float | None = strawberry.field(
        description="What that is worth at the last KPI, in its unit: change times effect. Null where either is "
        "unknown."
    )
    lag: Duration | None = strawberry.field(
        description="How long it takes: all lags together. Null where one is unknown."
    )
    weakest_grounds: DriverGrounds | None = strawberry.field(
        description="The weakest of the known grounds of its links; null where none is known."
    )
    unknown_grounds: int = strawberry.field(description="How many of its links have no known grounds.")
    missing: list[ValueTerm] = strawberry.field(
        description="What is unknown and would have to be known; `steps` tell of which link."
    )


@strawberry.type(description="A KPI at which chains end: one in money, or one that drives no other.")
class BusinessValueEnd:
    """See questions.business_value.BusinessValueEnd."""

    kpi: Annotated["KPI", strawberry.lazy(TYPES)] = strawberry.field(description="The KPI.")
    unit: str | None = strawberry.field(description="Its unit.")
    money: bool = strawberry.field(description="Whether it is in money: its method is CURRENCY.")
    paths: list[BusinessValuePath] = strawberry.field(description="The chains that end here, the shortest first.")
    overlaps: list[ChainOverlap] = strawberry.field(
        description="Why these may tell of one change twice, so that they must not be added up; empty where they do "
        "not."
    )
    worth: float | None = strawberry.field(
        description="What all chains bring together, in its unit: their sum, and null where they overlap, where chains "
        "are left out, or where one of them is unknown."
    )
    gap: float | None = strawberry.field(
        description="What it lacks of its target on the day: target less the latest value, or less the baseline where "
        "nothing was measured."
    )
    reached: bool | None = strawberry.field(
        description="Whether nothing is left: by the value alone, while the status of `kpiStates` is REACHED only with "
        "the whole interval. Null where nobody can tell."
    )
    share: float | None = strawberry.field(description="`worth` as a share of that gap; null where nothing is left.")


@strawberry.type(description="KPIs that drive each other in a circle: each drives all others, and itself.")
class KPICircle:
    """See questions.business_value.KPICircle."""

    kpis: list[Annotated["KPI", strawberry.lazy(TYPES)]] = strawberry.field(description="The KPIs, by key.")


@strawberry.type(description="What an entity is worth at the KPIs that its KPIs drive in the end.")
class BusinessValue:
    """See questions.business_value.BusinessValue."""

    entity: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(description="The entity.")
    on: date = strawberry.field(description="The day for which gaps are told.")
    starts: list[BusinessValueStart] = strawberry.field(
        description="The KPIs where chains begin, by key: those that it moves or aims at, or itself."
    )
    ends: list[BusinessValueEnd] = strawberry.field(
        description="The KPIs at which chains end: those in money first, then by key."
    )
    paths: list[BusinessValuePath] = strawberry.field(
        description=f"The chains to ends, and those from KPIs that lead to none: {MOST} at most, those of the fewest "
        "links first, then in the order of their keys."
    )
    circles: list[KPICircle] = strawberry.field(
        description="Circles that chains come by. No chain goes round: it meets each KPI once."
    )
    more: bool = strawberry.field(
        description=f"Whether there are, or may be, other chains of at most {LONGEST} links than those listed."
    )
    longer: bool = strawberry.field(
        description=f"Whether KPIs drive each other, or may, in chains of more than {LONGEST} links, which are left "
        "out."
    )


def _business_value(
    of: Annotated[EntityKeyInput, strawberry.argument(description="An opportunity, proposition, initiative or KPI.")],
    on: OnArgument = strawberry.UNSET,
) -> BusinessValue | None:
    """Declare the arguments; operations are compiled, so that no field is ever resolved."""
    raise NotImplementedError


def _business_value_about(on: OnArgument = strawberry.UNSET) -> BusinessValue:
    """Declare the argument; operations are compiled, so that no field is ever resolved."""
    raise NotImplementedError


BUSINESS_VALUE = strawberry.field(
    name="businessValue",
    resolver=_business_value,
    description="What an entity is worth at the KPIs that its KPIs drive in the end, along all chains of KPIs. Null "
    "where there is none such.",
)
BUSINESS_VALUE_OF_ENTITY = strawberry.field(
    name="valueChains",
    resolver=_business_value_about,
    description="What it is worth at the KPIs that its KPIs drive in the end, along all chains of KPIs.",
)
