"""The GraphQL types of what becomes of a portfolio's items. Their fields mirror `questions/portfolios/`, by name."""

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.schema.accountability import PartyLoad
from graph_api.schema.enums import ActingRole, KPIGapTerm, PortfolioCostFrom, PortfolioCostTerm, StakeholderStance
from graph_api.schema.forecast_realism import PartyRealism
from graph_api.schema.kpi_drivers import ClaimTotal, KPIClaim
from graph_api.schema.pages import Connection, page
from graph_api.schema.promises import PromiseStanding

if TYPE_CHECKING:
    # Made at run time, from the model.
    Decision: TypeAlias = Any
    Enabler: TypeAlias = Any
    Entity: TypeAlias = Any
    Journey: TypeAlias = Any
    JourneyElement: TypeAlias = Any
    KPI: TypeAlias = Any
    Owner: TypeAlias = Any
    Stakeholder: TypeAlias = Any

TYPES = "graph_api.schema.made"


@strawberry.type(description="A part that a department, partner or stakeholder has in the work of an item.")
class PortfolioParty:
    """See questions.portfolios.party.PortfolioParty."""

    party: Annotated["Owner", strawberry.lazy(TYPES)] = strawberry.field(description="Who has it.")
    role: ActingRole | None = strawberry.field(description="The role; null where it is involved, and nobody said how.")
    contribution: str | None = strawberry.field(description="What it contributes.")
    effort: float | None = strawberry.field(description="What that takes, in person-days; null is unknown.")
    through: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(
        description="In what it has it: the item, a proposition or initiative below it, or a promise of these."
    )
    load: PartyLoad = strawberry.field(
        description="What all its involvements in what is not over take, in the whole graph; of a department or "
        "partner, with those of its members."
    )


@strawberry.type(description="How a stakeholder stands to an item, or to something below it.")
class PortfolioStance:
    """See questions.portfolios.party.PortfolioStance."""

    stakeholder: Annotated["Stakeholder", strawberry.lazy(TYPES)] = strawberry.field(description="Who.")
    stance: StakeholderStance | None = strawberry.field(description="For it, neutral or against it; null is unknown.")
    why: str | None = strawberry.field(description="Why.")
    through: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(
        description="To what: the item, or a proposition or initiative below it."
    )


@strawberry.type(
    description="Who is for an item and who against: stakeholders, each counted once for each stance. One who is for a "
    "part of the work and against another counts as both."
)
class PortfolioStances:
    """See questions.portfolios.party.PortfolioStances."""

    ambassadors: int = strawberry.field(description="How many are for it, or for a part of it.")
    neutral: int = strawberry.field(description="How many are neutral to it, or to a part of it.")
    opponents: int = strawberry.field(description="How many are against it, or against a part of it.")
    unknown: int = strawberry.field(description="Of how many nobody said how they stand.")
    list: Connection[PortfolioStance] = strawberry.field(
        resolver=page, description="The stances: those for it first; then by key."
    )


@strawberry.type(description="An enabler that the work of an item requires.")
class PortfolioEnabler:
    """See questions.portfolios.enablers.PortfolioEnabler."""

    enabler: Annotated["Enabler", strawberry.lazy(TYPES)] = strawberry.field(description="The enabler.")
    readiness: float | None = strawberry.field(description="How ready it is, 0 to 1; null is unknown.")
    cost: Decimal | None = strawberry.field(description="What it costs, in `currency`.")
    currency: str | None = strawberry.field(description="ISO 4217 code of the cost.")
    through: list[Annotated["Entity", strawberry.lazy(TYPES)]] = strawberry.field(
        description="What requires it: the item, a proposition or initiative below it, or a promise of these."
    )


@strawberry.type(description="The enablers that the work of an item requires, each once.")
class PortfolioEnablers:
    """See questions.portfolios.enablers.PortfolioEnablers."""

    total: int = strawberry.field(description="How many there are.")
    readiness: float | None = strawberry.field(
        description="How ready the least ready one is, 0 to 1. Null where there is none, and where one that is unknown "
        "may be less ready."
    )
    readiness_high: float | None = strawberry.field(
        description="How ready the least ready one is at most: the least known readiness; null where none is known."
    )
    unknown: int = strawberry.field(description="Of how many nobody knows how ready they are.")
    not_ready: int = strawberry.field(description="How many are known not to be ready.")
    cost: Decimal | None = strawberry.field(
        description="What they cost together, in `currency`. Null where there are none, one is unknown, or there are "
        "several currencies. It is beside the cost of the item, and may be told in that too."
    )
    cost_low: Decimal | None = strawberry.field(description="What is known of that cost; null where nothing is.")
    currency: str | None = strawberry.field(description="ISO 4217 code of the costs; null where there are several.")
    missing: list[PortfolioCostTerm] = strawberry.field(
        description="What is unknown of the cost and would have to be known."
    )
    list: Connection[PortfolioEnabler] = strawberry.field(
        resolver=page,
        description="The enablers: the least ready first, those that are unknown last; then by key.",
    )


@strawberry.type(
    description="What the work of an item costs and takes: its own figure, else that of what hangs below it and goes "
    "on. An opportunity has an effort of its own, and no cost."
)
class PortfolioCost:
    """See questions.portfolios.cost.PortfolioCost."""

    cost: Decimal | None = strawberry.field(
        description="What it costs, in `currency`; null where that is not known of every part."
    )
    cost_low: Decimal | None = strawberry.field(
        description="What it costs at least: what is known of it. Null where nothing is, and where there are several "
        "currencies."
    )
    cost_high: Decimal | None = strawberry.field(description="What it costs at most; null where nobody can say.")
    currency: str | None = strawberry.field(description="ISO 4217 code of the costs; null where there are several.")
    cost_from: PortfolioCostFrom | None = strawberry.field(
        description="Where the cost comes from; null where neither the item nor anything below it could have one."
    )
    effort: float | None = strawberry.field(
        description="What it takes, in person-days; null where that is not known of every part."
    )
    effort_low: float | None = strawberry.field(
        description="What it takes at least: what is known of it. Null where nothing is."
    )
    effort_high: float | None = strawberry.field(description="What it takes at most; null where nobody can say.")
    effort_from: PortfolioCostFrom | None = strawberry.field(description="Where the effort comes from.")
    missing: list[PortfolioCostTerm] = strawberry.field(description="What is unknown and would have to be known.")


@strawberry.type(description="What the work of an item claims of one KPI, and which part of the KPI's gap that is.")
class PortfolioClaim:
    """See questions.portfolios.claimed.PortfolioClaim."""

    kpi: Annotated["KPI", strawberry.lazy(TYPES)] = strawberry.field(description="The KPI.")
    unit: str | None = strawberry.field(description="Its unit, in which gap and changes are.")
    gap: float | None = strawberry.field(
        description="What it lacks of its target on the day: target less the latest value, or less the baseline where "
        "nothing was measured; negative where it must fall."
    )
    reached: bool | None = strawberry.field(
        description="Whether nothing is left, by the value alone; null where nobody can tell."
    )
    claimed: ClaimTotal = strawberry.field(description="What the claims that count are together.")
    claims: list[KPIClaim] = strawberry.field(
        description="The claims: those that count first, then those of initiatives that are part of a proposition's; "
        "each the largest first."
    )
    missing: list[KPIGapTerm] = strawberry.field(description="What is unknown and would have to be known.")


@strawberry.type(description="What the work of an item claims of KPIs, and how realistic such claims have been.")
class PortfolioClaims:
    """See questions.portfolios.claimed.PortfolioClaims."""

    total: int = strawberry.field(description="Of how many KPIs a change is claimed.")
    reached: int = strawberry.field(description="How many of these have reached their target, so that no gap is left.")
    unknown: int = strawberry.field(
        description="Of how many of the others nobody can say which share of the gap is claimed."
    )
    share: float | None = strawberry.field(
        description="The shares of the gaps that are claimed, added up over KPIs: 1 is a whole gap. Null where one is "
        "unknown, and where nothing is claimed of a KPI that has a gap."
    )
    known_share: float | None = strawberry.field(description="The same of what is known; null where nothing is.")
    realism: list[PartyRealism] = strawberry.field(
        description="How realistic the claims have been of the departments and partners that own what claims (or of "
        "which the owner is a member); by key."
    )
    median_ratio: float | None = strawberry.field(
        description="The median of the known ratios of what came over what was claimed, of all these parties together: "
        "1 is as claimed. Null where none is known."
    )
    list: Connection[PortfolioClaim] = strawberry.field(
        resolver=page, description="What is claimed of each KPI; by its key."
    )


@strawberry.type(description="The promises that the propositions of the work of an item make, and their state.")
class PortfolioPromises:
    """See questions.portfolios.work.PortfolioPromises."""

    total: int = strawberry.field(description="How many there are.")
    broken: int = strawberry.field(description="How many are BROKEN.")
    uncertain: int = strawberry.field(description="How many are UNCERTAIN.")
    unmeasured: int = strawberry.field(description="How many are UNMEASURED.")
    kept: int = strawberry.field(description="How many are KEPT.")
    not_due: int = strawberry.field(description="How many are NOT_DUE.")
    list: Connection[PromiseStanding] = strawberry.field(
        resolver=page,
        description="The promises, in the order of `promiseStates`: those broken first.",
    )


@strawberry.type(description="A part of a journey that the work of an item brings about.")
class PortfolioPlace:
    """See questions.portfolios.work.PortfolioPlace."""

    place: Annotated["JourneyElement", strawberry.lazy(TYPES)] = strawberry.field(
        description="The stage, step or touchpoint."
    )
    journeys: list[Annotated["Journey", strawberry.lazy(TYPES)]] = strawberry.field(
        description="The journeys that it is a part of, by key."
    )
    through: list[Annotated["Entity", strawberry.lazy(TYPES)]] = strawberry.field(
        description="What brings it about: the item, or a proposition or initiative below it."
    )


@strawberry.type(description="What the work of an item brings about of journeys as they should be.")
class PortfolioRealises:
    """See questions.portfolios.work.PortfolioRealises."""

    total: int = strawberry.field(description="How many stages, steps and touchpoints there are.")
    list: Connection[PortfolioPlace] = strawberry.field(resolver=page, description="They, by kind and key.")
