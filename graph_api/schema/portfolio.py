"""The GraphQL types of a portfolio: items with their scores. Their fields mirror `questions/portfolio.py`, by name."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.questions.portfolios.asked import RENEWAL_DAYS
from graph_api.schema.enums import (
    PainWeight,
    PortfolioKind,
    PortfolioOrderField,
    RestsOn,
    ScoringMethodName,
    ScoringTerm,
)
from graph_api.schema.inputs import OrderDirection
from graph_api.schema.pages import After, Before, Connection, First, Last, page
from graph_api.schema.portfolio_work import (
    PortfolioClaims,
    PortfolioCost,
    PortfolioEnablers,
    PortfolioParty,
    PortfolioPromises,
    PortfolioRealises,
    PortfolioStances,
)
from graph_api.schema.scope import OnArgument, ScopeArgument

if TYPE_CHECKING:
    # Made at run time, from the model.
    Account: TypeAlias = Any
    Decision: TypeAlias = Any
    Entity: TypeAlias = Any
    Insight: TypeAlias = Any
    Persona: TypeAlias = Any
    Segment: TypeAlias = Any

TYPES = "graph_api.schema.made"


@strawberry.input(description="How much each term counts that is added up; the usual weight where none is given.")
class ScoringWeights:
    """See questions.portfolios.asked.weights_of."""

    customer_value: float | None = strawberry.field(default=strawberry.UNSET, description="Of CUSTOMER_VALUE.")
    business_value: float | None = strawberry.field(default=strawberry.UNSET, description="Of BUSINESS_VALUE.")
    urgency: float | None = strawberry.field(default=strawberry.UNSET, description="Of URGENCY; COST_OF_DELAY alone.")
    risk_reduction: float | None = strawberry.field(
        default=strawberry.UNSET, description="Of RISK_REDUCTION; COST_OF_DELAY alone."
    )


@strawberry.input(description="By what the items of a portfolio are sorted. What is unknown comes last either way.")
class PortfolioOrder:
    """See questions.portfolios.review.ORDERS."""

    by: PortfolioOrderField = strawberry.field(description="By what.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.DESC, description="Which way.")


@strawberry.type(description="A method by which items are scored.")
class ScoringMethod:
    """See questions.portfolios.method.ScoringMethod."""

    name: ScoringMethodName = strawberry.field(description="Its name.")
    terms: list[ScoringTerm] = strawberry.field(description="What it is made of, in the order of the formula.")
    formula: str = strawberry.field(description="How they are put together.")
    source: str = strawberry.field(description="Where that comes from.")


@strawberry.type(description="A term of a score, or of a part of it.")
class ScoreTerm:
    """See questions.portfolios.scoring.ScoreTerm."""

    term: ScoringTerm = strawberry.field(description="Which one.")
    value: float | None = strawberry.field(description="Its value, on the scale that the term names; null is unknown.")
    low: float | None = strawberry.field(description="The least it can be; null where there is no end.")
    high: float | None = strawberry.field(description="The most it can be; null where there is no end.")
    weight: float | None = strawberry.field(
        description="By how much it is multiplied before it is added to others; null where it is not added."
    )


@strawberry.type(description="What a score is summed over: a pain, an opportunity or a claim of a KPI.")
class ScorePart:
    """See questions.portfolios.scoring.ScorePart."""

    of: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(
        description="The pain, the opportunity or the KPI."
    )
    value: float | None = strawberry.field(description="What it adds; null where that is unknown.")
    low: float | None = strawberry.field(description="The least it adds; null where there is no end.")
    high: float | None = strawberry.field(description="The most it adds; null where there is no end.")
    terms: list[ScoreTerm] = strawberry.field(description="Its terms.")


@strawberry.type(description="The score of an item. It is absolute: no other item is in it.")
class PortfolioScore:
    """See questions.portfolios.scoring.PortfolioScore."""

    method: ScoringMethod = strawberry.field(description="How it was scored.")
    value: float | None = strawberry.field(description="The score; null where a term is unknown that it depends on.")
    low: float | None = strawberry.field(description="The least it can be; null where there is no end.")
    high: float | None = strawberry.field(description="The most it can be; null where there is no end.")
    missing: list[ScoringTerm] = strawberry.field(
        description="The terms that are unknown; none where the score is known all the same."
    )
    terms: list[ScoreTerm] = strawberry.field(
        description="Its terms: those with a weight, as the sum of fit · term over the opportunities it answers, then "
        "those of the item itself. What it is summed over stands in `parts`."
    )
    parts: Connection[ScorePart] = strawberry.field(
        resolver=page, description="What it is summed over, what adds most first."
    )


@strawberry.type(description="The ranks that something can have.")
class RankRange:
    """See questions.portfolios.ranking.RankRange."""

    best: int = strawberry.field(description="The best: 1 is the first.")
    worst: int = strawberry.field(description="The worst.")


@strawberry.type(description="The ranks that an item has or can have, all together and by what makes them differ.")
class PortfolioRanks:
    """See questions.portfolios.review.Ranks."""

    best: int = strawberry.field(description="The best of all: 1 is the first.")
    worst: int = strawberry.field(description="The worst of all.")
    by_weights: RankRange | None = strawberry.field(
        description="With each weight alone a fifth less or more; null where the method has none."
    )
    by_inputs: RankRange = strawberry.field(
        description="With each score anywhere within what is known of it, and, but for EVIDENCE_COUNT, within its "
        "item's confidence c: from c times to 2 - c times; where that is unknown, 0.5 counts."
    )


@strawberry.type(description="A pain or unmet need that an item answers, or an insight without a type that may be one.")
class PortfolioPain:
    """See questions.portfolios.knowledge.PortfolioPain."""

    insight: Annotated["Insight", strawberry.lazy(TYPES)] = strawberry.field(description="The insight.")
    certain: bool = strawberry.field(description="Whether it is known to be a pain; otherwise its type is unknown.")
    fit: float | None = strawberry.field(
        description="How well it is answered on the best path, 0 to 1; an opportunity answers what raises it wholly."
    )
    severity: float | None = strawberry.field(description="How much it matters, 0 to 10; null is unknown.")
    reach: float | None = strawberry.field(description="Whom it concerns, as a share of the population, 0 to 1.")
    support: int | None = strawberry.field(
        description="The highest known support of evidence that does not contradict it."
    )
    moments: int = strawberry.field(
        description="How many moments of truth it was observed at: steps and touchpoints, for each persona."
    )
    moments_unknown: int = strawberry.field(
        description="At how many others, of which nobody says whether they are moments of truth."
    )
    rests_on: RestsOn = strawberry.field(description="What it rests on.")


@strawberry.type(description="The pains and unmet needs that an item answers, each once; none that is refuted.")
class PortfolioPains:
    """See questions.portfolios.knowledge.PortfolioPains."""

    total: int = strawberry.field(description="How many they are.")
    type_unknown: int = strawberry.field(
        description="How many insights beside these have no type and may be pains; they are listed and not counted."
    )
    highest_support: int | None = strawberry.field(description="The highest known support of the evidence for them.")
    moments_of_truth: int = strawberry.field(description="How many of them were observed at a moment of truth.")
    moments_unknown: int = strawberry.field(
        description="How many others were observed only where nobody says whether it is one."
    )
    list: Connection[PortfolioPain] = strawberry.field(
        resolver=page, description="All of them, the severest first; last what may be one."
    )


@strawberry.type(description="An account that pains concern.")
class ReachedAccount:
    """See questions.portfolios.reach.ReachedAccount."""

    account: Annotated["Account", strawberry.lazy(TYPES)] = strawberry.field(description="The account.")
    annual_value: Decimal | None = strawberry.field(description="Its annual value, in `currency`; null is unknown.")
    currency: str | None = strawberry.field(description="ISO 4217 code.")
    renewal_on: date | None = strawberry.field(description="When its contract is renewed; null is unknown.")


@strawberry.type(description="The accounts whose contracts are renewed within the window.")
class Renewals:
    """See questions.portfolios.reach.Renewals."""

    accounts: int = strawberry.field(description="How many they are.")
    annual_value: Decimal | None = strawberry.field(
        description="Their annual value, in `currency`; null where one is unknown or currencies differ."
    )
    currency: str | None = strawberry.field(description="ISO 4217 code.")
    unknown: int = strawberry.field(description="Of how many accounts nobody knows when.")


@strawberry.type(
    description="Whom an item's pains concern: who voices them, and the personas that meet them on their journeys or "
    "by their needs; with these their segments, and the accounts in those. Each counts once; an account LOST does not."
)
class PortfolioReach:
    """See questions.portfolios.reach.PortfolioReach."""

    personas: list[Annotated["Persona", strawberry.lazy(TYPES)]] = strawberry.field(description="Personas; by key.")
    segments: list[Annotated["Segment", strawberry.lazy(TYPES)]] = strawberry.field(description="Segments; by key.")
    accounts: Connection[ReachedAccount] = strawberry.field(
        resolver=page, description="Accounts, the most valuable first."
    )
    customers: int | None = strawberry.field(
        description="How many customers these are: the sizes of the segments, and accounts in none of them; null where "
        "one is unknown."
    )
    customers_unknown: int = strawberry.field(
        description="Of how many segments, and personas in no segment, nobody knows how many customers they are."
    )
    annual_value: Decimal | None = strawberry.field(
        description="Their annual value, in `currency`: that of the accounts, and of segments without accounts their "
        "own; null where one is unknown or currencies differ."
    )
    known_annual_value: Decimal | None = strawberry.field(
        description="The same of those whose value is known; null where currencies differ."
    )
    currency: str | None = strawberry.field(description="ISO 4217 code.")
    value_unknown: int = strawberry.field(
        description="Of how many accounts, segments, and personas in no segment, nobody knows the value."
    )
    renewals: Renewals = strawberry.field(description="Whose contracts are renewed from the day on.")


@strawberry.type(description="What an item rests on.")
class PortfolioEvidence:
    """See questions.portfolios.knowledge.PortfolioEvidence."""

    pieces: int = strawberry.field(description="How many pieces of evidence back its pains, each once.")
    studies: int = strawberry.field(description="From how many studies they come.")
    on_assumption: int = strawberry.field(
        description="How many of its pains rest on assumption alone: on nothing, or assumed and supported by no study."
    )
    contested: int = strawberry.field(description="How many of them some evidence contradicts.")
    several_studies: int = strawberry.field(
        description="How many of them two studies or more support and nothing contradicts."
    )
    assumed_share: float | None = strawberry.field(
        description="The share that rests on assumption alone, 0 to 1; null where it has no pains."
    )
    hypotheses: int = strawberry.field(
        description="How many hypotheses are about it or the opportunities that it answers."
    )
    untested: int = strawberry.field(description="How many of them are untested, or nobody says whether they are.")
    refuted: int = strawberry.field(description="How many of them are refuted or unlikely.")


@strawberry.type(description="An opportunity, proposition or initiative, and all that a board asks of it.")
class PortfolioItem:
    """See questions.portfolios.review.PortfolioItem."""

    item: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(
        description="The opportunity, proposition or initiative."
    )
    status: str | None = strawberry.field(
        description="Where it stands: its opportunityStatus, propositionStatus or initiativeStatus."
    )
    score: PortfolioScore = strawberry.field(description="Its score.")
    rank: int | None = strawberry.field(
        description="1 + how many known scores are better, so that equals share a rank; null where its own is unknown."
    )
    rank_range: PortfolioRanks = strawberry.field(description="The ranks that it can have.")
    pains: PortfolioPains = strawberry.field(description="The pains that it answers.")
    reached: PortfolioReach = strawberry.field(description="Whom these concern.")
    evidence: PortfolioEvidence = strawberry.field(description="What it rests on.")
    parties: list[PortfolioParty] = strawberry.field(
        description="Who has a part in its work: in itself, in what hangs below it and in the promises of these."
    )
    stakeholders: PortfolioStances = strawberry.field(description="Who is for it and who against, and why.")
    enablers: PortfolioEnablers = strawberry.field(description="What it requires, and how ready that is.")
    cost: PortfolioCost = strawberry.field(description="What it costs and takes.")
    claims: PortfolioClaims = strawberry.field(
        description="What it claims of KPIs, as shares of their gaps, and how realistic such claims have been."
    )
    promises: PortfolioPromises = strawberry.field(description="What it promises, and whether that is kept.")
    realises: PortfolioRealises = strawberry.field(description="What it brings about of journeys as they should be.")
    decision: Annotated["Decision", strawberry.lazy(TYPES)] | None = strawberry.field(
        description="The latest decision about the item itself; null where there is none."
    )


OfArgument = Annotated[PortfolioKind, strawberry.argument(description="What it is of.")]
MethodArgument = Annotated[
    ScoringMethodName, strawberry.argument(description="How items are scored; each method says what it needs.")
]
WeightsArgument = Annotated[
    ScoringWeights | None, strawberry.argument(description="How much terms count, of a method that adds them up.")
]
RenewalDaysArgument = Annotated[
    int, strawberry.argument(description="For how many days from the day on renewals are looked at.")
]
KeysArgument = Annotated[
    list[str] | None,
    strawberry.argument(description="Only these, by their keys, also where they have ended; ranks are among them."),
]
EndedArgument = Annotated[
    bool,
    strawberry.argument(description="Whether what has ended is told of too: what is CLOSED, RETIRED or STOPPED."),
]
PainWeightArgument = Annotated[
    PainWeight, strawberry.argument(description="By what pains count beside, with PAIN_COVERAGE.")
]


def _items(
    of: OfArgument,
    scope: ScopeArgument = strawberry.UNSET,
    method: MethodArgument = ScoringMethodName.EVIDENCE_COUNT,
    weights: WeightsArgument = strawberry.UNSET,
    pain_weight: PainWeightArgument = PainWeight.NONE,
    renewal_days: RenewalDaysArgument = RENEWAL_DAYS,
    on: OnArgument = strawberry.UNSET,
    keys: KeysArgument = strawberry.UNSET,
    ended: EndedArgument = False,
    order_by: Annotated[
        PortfolioOrder | None, strawberry.argument(description="The order; the best score first where none is given.")
    ] = strawberry.UNSET,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> Any:
    """Declare the arguments; operations are compiled, so that no root field is ever resolved."""


PORTFOLIO = strawberry.field(
    resolver=_items,
    graphql_type=Connection[PortfolioItem],
    description="Opportunities, propositions or initiatives side by side: scores with all their terms, ranks, the "
    "pains behind them, whom these concern, what they rest on, what they take and what they promise. The scope chooses "
    "items, never what is said of them.",
)
