"""The methods by which a portfolio is scored, as data: which terms, how they are put together, and who says so.

    score = sum over parts of (product of their terms) · (sum of weighted terms) · factor / divisor

as far as a method has each of these. Its parts are the pains behind an item, the opportunities that it answers, or the
claims that it makes of KPIs. A score is absolute: no other item is in it. Sources were quoted from memory where a page
is named without a test beside it; tests/questions/test_scoring.py works each method by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from graph_api.model.values import Choice, OrderChoice


class ScoringTerm(Choice):
    """What a score is made of."""

    TYPE = "TYPE", "Whether an insight is a pain or unmet need."
    SEVERITY = "SEVERITY", "How much a pain matters, 0 to 10."
    PAIN_REACH = "PAIN_REACH", "Whom a pain concerns, as a share of the population, 0 to 1."
    FIT = "FIT", "How well an opportunity is answered, on the best path, 0 to 1; an opportunity answers itself wholly."
    CUSTOMERS = "CUSTOMERS", "How many customers those who voice a pain are."
    REVENUE = "REVENUE", "The annual value of those who voice a pain, in one currency."
    CUSTOMER_VALUE = "CUSTOMER_VALUE", "What an opportunity is worth to customers, 0 to 10."
    BUSINESS_VALUE = "BUSINESS_VALUE", "What it is worth to the business, 0 to 10."
    URGENCY = "URGENCY", "How much waiting costs, 0 to 10."
    RISK_REDUCTION = "RISK_REDUCTION", "How much risk it takes away or what it makes possible, 0 to 10."
    REACH = "REACH", "How many customers it reaches in a period."
    IMPACT = "IMPACT", "How much it changes for each of them: 0.25, 0.5, 1, 2 or 3."
    KPI_WEIGHT = "KPI_WEIGHT", "How much a KPI counts."
    KPI_SHARE = "KPI_SHARE", "Which share of a KPI's gap to its target is claimed; 1 is all of it."
    CONFIDENCE = "CONFIDENCE", "How sure it is, 0 to 1: of the item, or of a claim of a KPI. Initiatives have none."
    EFFORT = "EFFORT", "What the item takes, in person-days; more than nothing."


class ScoringMethodName(OrderChoice):
    """How items are scored."""

    EVIDENCE_COUNT = (
        "EVIDENCE_COUNT",
        "How many distinct pains it answers; of equals first whose evidence has the highest known support.",
    )
    VALUE_EFFORT = "VALUE_EFFORT", "Value for customers and the business, for each person-day."
    RICE = "RICE", "Reach · impact · confidence / effort."
    COST_OF_DELAY = "COST_OF_DELAY", "What waiting costs, for each person-day: WSJF's terms."
    CUSTOMER_AND_BUSINESS = "CUSTOMER_AND_BUSINESS", "Value for customers and the business, halves unless weighted."
    PAIN_COVERAGE = "PAIN_COVERAGE", "Severity · reach · fit over the distinct pains it answers."
    KPI_WEIGHTED = "KPI_WEIGHTED", "KPI's weight · share of its gap claimed · confidence, over the claims that count."


class PartSort(Enum):
    """What a score is summed over."""

    PAINS = auto()
    OPPORTUNITIES = auto()
    CLAIMS = auto()


@dataclass(frozen=True)
class ScoringMethod:
    """A method."""

    name: ScoringMethodName
    parts: PartSort
    formula: str
    source: str
    product: tuple[ScoringTerm, ...] = ()
    """What is multiplied in each part."""
    weighed: Mapping[ScoringTerm, float] = field(default_factory=dict)
    """What is added up in each part, each with its usual weight."""
    factor: ScoringTerm | None = None
    """What of the item itself the sum is multiplied by."""
    divisor: ScoringTerm | None = None
    """And divided by."""

    @property
    def terms(self) -> tuple[ScoringTerm, ...]:
        """All of them, in the order of the formula."""
        others = (one for one in (self.factor, self.divisor) if one is not None)
        return (*self.weighed, *self.product, *others)


_HALVES = {ScoringTerm.CUSTOMER_VALUE: 0.5, ScoringTerm.BUSINESS_VALUE: 0.5}

METHODS: Mapping[ScoringMethodName, ScoringMethod] = {
    method.name: method
    for method in (
        ScoringMethod(
            ScoringMethodName.EVIDENCE_COUNT,
            PartSort.PAINS,
            "number of distinct pains and unmet needs that raise it, or the opportunities that it answers; ties by the "
            "highest known support of the evidence for them, unknown last",
            "Counting the voices behind an idea, as in an affinity diagram: H. Beyer and K. Holtzblatt, Contextual "
            "Design, 1998.",
        ),
        ScoringMethod(
            ScoringMethodName.VALUE_EFFORT,
            PartSort.OPPORTUNITIES,
            "Σ fit · (weight · customer value + weight · business value) / effort",
            "The value and effort matrix of product management; as a ratio it is return on effort.",
            product=(ScoringTerm.FIT,),
            weighed=_HALVES,
            divisor=ScoringTerm.EFFORT,
        ),
        ScoringMethod(
            ScoringMethodName.RICE,
            PartSort.OPPORTUNITIES,
            "Σ fit · reach · impact · confidence / effort",
            "S. McBride, RICE: Simple prioritization for product managers, Intercom, 2016. Effort is there in "
            "person-months, here in person-days: scores are smaller by as much and rank the same.",
            product=(ScoringTerm.FIT, ScoringTerm.REACH, ScoringTerm.IMPACT),
            factor=ScoringTerm.CONFIDENCE,
            divisor=ScoringTerm.EFFORT,
        ),
        ScoringMethod(
            ScoringMethodName.COST_OF_DELAY,
            PartSort.OPPORTUNITIES,
            "Σ fit · (weight · customer value + weight · business value + weight · urgency + weight · risk reduction) "
            "/ effort",
            "Weighted shortest job first: D. G. Reinertsen, The Principles of Product Development Flow, 2009; its "
            "terms as in SAFe, where customer and business value are one of three.",
            product=(ScoringTerm.FIT,),
            weighed={
                ScoringTerm.CUSTOMER_VALUE: 1.0,
                ScoringTerm.BUSINESS_VALUE: 1.0,
                ScoringTerm.URGENCY: 1.0,
                ScoringTerm.RISK_REDUCTION: 1.0,
            },
            divisor=ScoringTerm.EFFORT,
        ),
        ScoringMethod(
            ScoringMethodName.CUSTOMER_AND_BUSINESS,
            PartSort.OPPORTUNITIES,
            "Σ fit · (weight · customer value + weight · business value)",
            "A weighted scoring model of two criteria: R. L. Keeney and H. Raiffa, Decisions with Multiple Objectives, "
            "1976.",
            product=(ScoringTerm.FIT,),
            weighed=_HALVES,
        ),
        ScoringMethod(
            ScoringMethodName.PAIN_COVERAGE,
            PartSort.PAINS,
            "Σ severity · reach · fit of the best path, over distinct pains; with painWeight also · customers, or · "
            "revenue, of those who voice the pain, each account once",
            "Severity and reach as in failure mode and effects analysis, IEC 60812, without its detection.",
            product=(ScoringTerm.SEVERITY, ScoringTerm.PAIN_REACH, ScoringTerm.FIT),
        ),
        ScoringMethod(
            ScoringMethodName.KPI_WEIGHTED,
            PartSort.CLAIMS,
            "Σ weight of the KPI · share of its gap claimed · confidence of the claim; a proposition's own claims, "
            "else the sum of its initiatives'; of an opportunity what addresses it claims, each change once",
            "A weighted sum of contributions to objectives, as in the additive value model of Keeney and Raiffa, 1976.",
            product=(ScoringTerm.KPI_WEIGHT, ScoringTerm.KPI_SHARE, ScoringTerm.CONFIDENCE),
        ),
    )
}
