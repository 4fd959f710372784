"""What is done about it: opportunities, propositions with their promises, initiatives and what they need."""

from graph_api.model.choices import (
    DecisionVerdict,
    EnablerSort,
    InitiativeStatus,
    OpportunityStatus,
    PropositionHorizon,
    PropositionStatus,
    RuleName,
)
from graph_api.model.declare import Entity, Record, own
from graph_api.model.values import Amount, Currency, Day, Impact, Money, Real, Score, Share, Text, Word


class Opportunity(Entity):
    """Something that would be worth doing, raised by insights and needs."""

    plural = "opportunities"

    customer_value: Score | None = own("What it is worth to customers, 0 to 10.", ordered=True, substance=True)
    business_value: Score | None = own("What it is worth to the business, 0 to 10.", ordered=True, substance=True)
    urgency: Score | None = own("How much waiting costs, 0 to 10.", ordered=True, substance=True)
    risk_reduction: Score | None = own("How much risk it takes away, 0 to 10.", ordered=True, substance=True)
    impact: Impact | None = own(
        "RICE's impact on each customer reached: 0.25 minimal, 0.5 low, 1 medium, 2 high, 3 massive.",
        ordered=True,
        substance=True,
    )
    reach: Amount | None = own("RICE's reach: customers in a period, a number and not a share.", substance=True)
    effort: Amount | None = own("What it takes, in person-days.", ordered=True, substance=True)
    confidence: Share | None = own("How sure these figures are, 0 to 1.", ordered=True, substance=True)
    opportunity_status: OpportunityStatus | None = own("Where it stands.", ordered=True, substance=True)


class Proposition(Entity):
    """An offer to customers that takes up opportunities."""

    proposition_status: PropositionStatus | None = own("Where it stands.", ordered=True, substance=True)
    effort: Amount | None = own("What it takes, in person-days.", ordered=True, substance=True)
    cost: Money | None = own("What it costs, in `currency`.", ordered=True, substance=True)
    currency: Currency | None = own("ISO 4217 code of the cost.")
    confidence: Share | None = own("How sure these figures are, 0 to 1.", ordered=True, substance=True)
    proposition_horizon: PropositionHorizon | None = own("When it is due to matter.", ordered=True)


class Promise(Entity):
    """Something that a proposition promises and somebody must keep."""

    statement: Text | None = own("The promise in the customer's words.", substance=True)
    promise_level: Real | None = own("The level promised, on the scale of its KPI.", substance=True)
    share: Share | None = own("The share of occasions that must keep it, 0 to 1.", substance=True)
    due: Day | None = own("From when on it must be kept.", ordered=True, substance=True)


class Initiative(Entity):
    """Work with a beginning and an end that delivers a proposition or answers an opportunity directly."""

    initiative_status: InitiativeStatus | None = own("Where it stands.", ordered=True, substance=True)
    start: Day | None = own("The day it starts.", ordered=True, substance=True)
    due: Day | None = own("The day it should be finished.", ordered=True, substance=True)
    finished: Day | None = own("The day it was finished.", ordered=True, substance=True)
    effort: Amount | None = own("What it takes, in person-days.", ordered=True, substance=True)
    cost: Money | None = own("What it costs, in `currency`.", ordered=True, substance=True)
    currency: Currency | None = own("ISO 4217 code of the cost.")


class Enabler(Entity):
    """A process, people or a technology that stands behind the experience at the front of house."""

    enabler_sort: EnablerSort | None = own("What sort it is.", ordered=True, substance=True)
    readiness: Share | None = own("How ready it is, 0 to 1.", ordered=True, substance=True)
    cost: Money | None = own("What it costs, in `currency`.", ordered=True, substance=True)
    currency: Currency | None = own("ISO 4217 code of the cost.")


class Decision(Record):
    """What was decided about an insight, an opportunity, a proposition or an initiative, by whom and why."""

    natural_key = ("decides", "decided_on", "decision_verdict")

    decision_verdict: DecisionVerdict | None = own("What was decided.", ordered=True)
    reason: Text | None = own("Why.")
    by_role: Word | None = own("The role that decided; no person's name.")
    decided_on: Day | None = own("The day of the decision.", ordered=True)
    expected: Text | None = own("What is expected to come of it.")


class Waiver(Record):
    """A rule that need not hold for one entity: decided not to, with a reason and an end."""

    natural_key = ("waives", "rule", "waived_on")

    rule: RuleName | None = own("The rule.", ordered=True)
    reason: Text | None = own("Why it need not hold here.")
    by_role: Word | None = own("The role that decided; no person's name.")
    waived_on: Day | None = own("The day of the waiver.", ordered=True)
    expires: Day | None = own("The last day it holds.", ordered=True)
