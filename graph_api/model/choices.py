"""The closed sets: every enum of the model, its members with what they mean."""

from graph_api.model.values import Choice


class GoalLevel(Choice):
    """How far a goal reaches."""

    VISION = "VISION", "Where the organisation wants to be one day."
    GOAL = "GOAL", "What it wants to reach on the way."
    OBJECTIVE = "OBJECTIVE", "A step towards a goal that can be checked."


class KPIMethod(Choice):
    """How a KPI's value is found."""

    NPS = "NPS", "Net promoter score: percentage of promoters less percentage of detractors, -100 to 100."
    CSAT = "CSAT", "Customer satisfaction."
    CES = "CES", "Customer effort score."
    RETENTION = "RETENTION", "The share of customers or revenue kept over a period."
    RATE = "RATE", "A share of occasions."
    COUNT = "COUNT", "A number of things."
    CURRENCY = "CURRENCY", "An amount of money."
    DURATION = "DURATION", "A length of time."
    OTHER = "OTHER", "Anything else; the unit says what."


class KPIVariant(Choice):
    """What exactly a method measures: the relationship or one transaction; accounts or revenue kept."""

    RELATIONSHIP = "RELATIONSHIP", "The relationship as a whole."
    TRANSACTIONAL = "TRANSACTIONAL", "One transaction."
    LOGO = "LOGO", "Accounts kept, each counted once."
    GROSS_REVENUE = "GROSS_REVENUE", "Revenue kept, without growth of those who stay."
    NET_REVENUE = "NET_REVENUE", "Revenue kept, growth of those who stay included."


class KPIDirection(Choice):
    """Which way a KPI should go."""

    UP = "UP", "Higher is better."
    DOWN = "DOWN", "Lower is better."
    HOLD = "HOLD", "It should stay within a band of its target."


class KPIAggregate(Choice):
    """How answers become one value."""

    MEAN = "MEAN", "The mean of the answers."
    TOP_BOX = "TOP_BOX", "The share of answers that are good."
    NET = "NET", "The share of good answers less the share of bad ones."


class CountedBy(Choice):
    """What is counted in a measurement."""

    RESPONSE = "RESPONSE", "Each response counts once."
    ACCOUNT = "ACCOUNT", "Each account counts once."
    REVENUE = "REVENUE", "Each response counts with its account's revenue."


class MeasurementSubject(Choice):
    """Whose value was measured."""

    OWN = "OWN", "Our own."
    COMPETITOR = "COMPETITOR", "A competitor's, named in `competitor`."


class AccountStatus(Choice):
    """Where an account stands with us."""

    CUSTOMER = "CUSTOMER", "Buys from us."
    PROSPECT = "PROSPECT", "Might buy from us."
    LOST = "LOST", "Bought from us and left."


class PersonaSide(Choice):
    """On which side of the counter a persona, or a respondent, stands."""

    CUSTOMER = "CUSTOMER", "Buys or uses."
    PARTNER = "PARTNER", "Belongs to an outside organisation that serves the journey."
    EMPLOYEE = "EMPLOYEE", "Belongs to our own organisation."


class BuyingRole(Choice):
    """A part in a buying decision."""

    USER = "USER", "Uses what is bought."
    INFLUENCER = "INFLUENCER", "Shapes the decision."
    DECIDER = "DECIDER", "Takes the decision."
    APPROVER = "APPROVER", "Must agree to it."
    BUYER = "BUYER", "Handles the purchase."
    GATEKEEPER = "GATEKEEPER", "Decides who and what gets through."
    INITIATOR = "INITIATOR", "Starts the purchase."


class NeedSort(Choice):
    """What sort of need it is."""

    JOB = "JOB", "Something to get done."
    NEED = "NEED", "Something that is wanting."
    EXPECTATION = "EXPECTATION", "Something taken for granted."


class NeedNature(Choice):
    """What a need touches."""

    FUNCTIONAL = "FUNCTIONAL", "Getting a task done."
    EMOTIONAL = "EMOTIONAL", "How one feels."
    SOCIAL = "SOCIAL", "How one is seen by others."


class TriggerOrigin(Choice):
    """Where a trigger comes from."""

    CUSTOMER = "CUSTOMER", "From the customer."
    COMPANY = "COMPANY", "From us."
    PARTNER = "PARTNER", "From a partner."
    EXTERNAL = "EXTERNAL", "From outside: law, market, weather."


class JourneyState(Choice):
    """Whether a journey is as it is or as it should be."""

    CURRENT = "CURRENT", "As it is today."
    ASPIRATIONAL = "ASPIRATIONAL", "As it should be."


class JourneyForm(Choice):
    """How a journey is mapped."""

    EXPERIENCE = "EXPERIENCE", "By what the persona goes through, whoever serves it."
    TOUCHPOINT = "TOUCHPOINT", "By the contacts with the organisation."
    BLUEPRINT = "BLUEPRINT", "With what stands behind each contact."


class JourneyRhythm(Choice):
    """How often a journey is taken."""

    ONE_OFF = "ONE_OFF", "Once."
    RECURRING = "RECURRING", "Again and again."
    ONGOING = "ONGOING", "Without an end."


class JourneyPurpose(Choice):
    """What a map is made for."""

    INSIGHT = "INSIGHT", "To understand customers."
    ENGAGING = "ENGAGING", "To win colleagues over."
    INNOVATION = "INNOVATION", "To find something new."
    PRIORITISING = "PRIORITISING", "To choose what comes first."
    REALISATION = "REALISATION", "To carry it out."


class JourneyEvidence(Choice):
    """How far a journey rests on research."""

    ASSUMED = "ASSUMED", "On what the team believes."
    PARTLY = "PARTLY", "Partly on research."
    VALIDATED = "VALIDATED", "On research throughout."


class TouchpointControl(Choice):
    """Who controls a touchpoint."""

    OWN = "OWN", "We do."
    PARTNER = "PARTNER", "A partner does."
    EXTERNAL = "EXTERNAL", "Neither we nor a partner."


class TouchpointInitiator(Choice):
    """Who starts the contact."""

    CUSTOMER = "CUSTOMER", "The customer."
    COMPANY = "COMPANY", "We."
    PARTNER = "PARTNER", "A partner."


class ChannelSort(Choice):
    """What sort of channel it is."""

    DIGITAL = "DIGITAL", "Web, app, e-mail and the like."
    HUMAN = "HUMAN", "A person face to face."
    PHYSICAL = "PHYSICAL", "A place or a thing."
    PRINT = "PRINT", "On paper."
    VOICE = "VOICE", "By telephone or a voice assistant."


class InsightType(Choice):
    """What an insight says. Counts of pains include unmet needs."""

    PAIN = "PAIN", "Something hurts."
    GAIN = "GAIN", "Something delights."
    UNMET_NEED = "UNMET_NEED", "Something is wanting."
    OBSERVATION = "OBSERVATION", "Something is so."


class InsightSubject(Choice):
    """Whom an insight is about."""

    CUSTOMER = "CUSTOMER", "Customers."
    MARKET = "MARKET", "The market."
    COMPETITOR = "COMPETITOR", "A competitor."


class InsightStatus(Choice):
    """How sure an insight is."""

    ASSUMED = "ASSUMED", "Believed, not observed."
    OBSERVED = "OBSERVED", "Observed, not yet validated."
    VALIDATED = "VALIDATED", "Validated by research."
    REFUTED = "REFUTED", "Shown to be wrong."


class EvidenceSort(Choice):
    """Where evidence comes from."""

    INTERVIEW = "INTERVIEW", "A conversation."
    SURVEY = "SURVEY", "A questionnaire."
    ANALYTICS = "ANALYTICS", "Figures of use."
    TICKET = "TICKET", "A complaint or a request for help."
    OBSERVATION = "OBSERVATION", "Watching."
    DOCUMENT = "DOCUMENT", "Something written."


class HypothesisVerdict(Choice):
    """What became of an assumption."""

    UNTESTED = "UNTESTED", "Nobody has looked."
    UNDECIDED = "UNDECIDED", "Looked at, not settled."
    LIKELY = "LIKELY", "Probably true."
    UNLIKELY = "UNLIKELY", "Probably false."
    CONFIRMED = "CONFIRMED", "True."
    REFUTED = "REFUTED", "False."


class OpportunityStatus(Choice):
    """Where an opportunity stands."""

    OPEN = "OPEN", "Nobody works on it."
    SHAPED = "SHAPED", "It went into a proposition or an initiative."
    CLOSED = "CLOSED", "Done with."
    PARKED = "PARKED", "Put aside."


class PropositionStatus(Choice):
    """Where a proposition stands."""

    IDEA = "IDEA", "An idea."
    SHAPING = "SHAPING", "Being worked out."
    APPROVED = "APPROVED", "Decided, not yet live."
    LIVE = "LIVE", "Offered to customers."
    RETIRED = "RETIRED", "No longer offered."


class PropositionHorizon(Choice):
    """When a proposition is due to matter."""

    NOW = "NOW", "Now."
    NEXT = "NEXT", "After that."
    LATER = "LATER", "Some day."


class InitiativeStatus(Choice):
    """Where an initiative stands."""

    PLANNED = "PLANNED", "Not begun."
    RUNNING = "RUNNING", "Under way."
    DONE = "DONE", "Finished."
    STOPPED = "STOPPED", "Given up."


class EnablerSort(Choice):
    """What sort of enabler stands behind the experience."""

    PROCESS = "PROCESS", "A way of working."
    PEOPLE = "PEOPLE", "Skills and numbers of people."
    TECHNOLOGY = "TECHNOLOGY", "A system or a tool."


class DecisionVerdict(Choice):
    """What was decided."""

    DECIDED_NO = "DECIDED_NO", "Not to act on it."
    REOPENED = "REOPENED", "An earlier no no longer holds."
    APPROVE = "APPROVE", "To go ahead."
    HOLD = "HOLD", "To wait."
    STOP = "STOP", "To end it."


class Basis(Choice):
    """What a link rests on."""

    STATED = "STATED", "A source states it."
    INFERRED = "INFERRED", "Somebody inferred it."


class Relationship(Choice):
    """How a persona stands to the organisation when it takes a journey."""

    PROSPECT = "PROSPECT", "Not yet a customer."
    NEW = "NEW", "A new customer."
    EXISTING = "EXISTING", "An existing customer."
    LAPSED = "LAPSED", "A former customer."


class NeedFigures(Choice):
    """Where figures of importance and satisfaction come from."""

    ESTIMATE = "ESTIMATE", "Typed in by somebody, not counted."


class ExperienceGrounds(Choice):
    """What a statement about an experience rests on."""

    ASSUMED = "ASSUMED", "On what the team believes."
    RESEARCHED = "RESEARCHED", "On research."
    TARGET = "TARGET", "It is what should be."


class EvidenceStance(Choice):
    """Which way evidence points."""

    SUPPORTS = "SUPPORTS", "For the insight."
    CONTRADICTS = "CONTRADICTS", "Against it."


class InvolvementRole(Choice):
    """A part in the work; the accountable one is the owner (`ownedBy`)."""

    RESPONSIBLE = "RESPONSIBLE", "Does the work."
    CONSULTED = "CONSULTED", "Is asked before."
    INFORMED = "INFORMED", "Is told after."


class StakeholderStance(Choice):
    """How a stakeholder stands to something."""

    AMBASSADOR = "AMBASSADOR", "For it."
    NEUTRAL = "NEUTRAL", "Neither for nor against."
    OPPONENT = "OPPONENT", "Against it."


class DriverGrounds(Choice):
    """What the claim that one KPI drives another rests on."""

    ASSUMED = "ASSUMED", "On what the team believes."
    CORRELATED = "CORRELATED", "The two move together."
    PROVEN = "PROVEN", "An experiment showed it."


class Severity(Choice):
    """How bad it is where a rule does not hold."""

    HIGH = "HIGH", "The thread breaks here, or a promise is at stake."
    MEDIUM = "MEDIUM", "Something is missing that a decision will need."
    LOW = "LOW", "It would be better otherwise."


class RuleName(Choice):
    """What is expected of a graph that leads from insight to action, by name; see `rules`."""

    PAIN_WITHOUT_OPPORTUNITY = (
        "PAIN_WITHOUT_OPPORTUNITY",
        "Every pain and unmet need that is not refuted raises an opportunity, or was decided against.",
    )
    INSIGHT_WITHOUT_EVIDENCE = "INSIGHT_WITHOUT_EVIDENCE", "Every insight that is not refuted has evidence."
    ASSUMPTION_OLD = "ASSUMPTION_OLD", "No insight is merely assumed for longer than `assumptionDays`."
    HYPOTHESIS_UNTESTED = (
        "HYPOTHESIS_UNTESTED",
        "Every hypothesis without a verdict has a study that tests it or an insight that settles it.",
    )
    OPPORTUNITY_WITHOUT_ORIGIN = "OPPORTUNITY_WITHOUT_ORIGIN", "Every opportunity is raised by an insight or a need."
    OPPORTUNITY_WITHOUT_ACTION = (
        "OPPORTUNITY_WITHOUT_ACTION",
        "Every opportunity that is neither closed nor parked is addressed by a proposition or an initiative.",
    )
    OPPORTUNITY_WITHOUT_KPI = (
        "OPPORTUNITY_WITHOUT_KPI",
        "Every opportunity that is neither closed nor parked aims at a KPI.",
    )
    PROPOSITION_WITHOUT_OPPORTUNITY = (
        "PROPOSITION_WITHOUT_OPPORTUNITY",
        "Every proposition that is not retired addresses an opportunity.",
    )
    PROPOSITION_WITHOUT_INITIATIVE = (
        "PROPOSITION_WITHOUT_INITIATIVE",
        "Every proposition that is not retired is delivered by an initiative.",
    )
    PROPOSITION_WITHOUT_OWNER = (
        "PROPOSITION_WITHOUT_OWNER",
        "Somebody is accountable for every proposition that is not retired.",
    )
    PROPOSITION_WITHOUT_RESPONSIBLE = (
        "PROPOSITION_WITHOUT_RESPONSIBLE",
        "Somebody is responsible for the work on every proposition that is not retired.",
    )
    PROPOSITION_WITHOUT_KPI = "PROPOSITION_WITHOUT_KPI", "Every proposition that is not retired claims to move a KPI."
    PROPOSITION_WITHOUT_PROMISE = (
        "PROPOSITION_WITHOUT_PROMISE",
        "Every proposition that is not retired makes a promise.",
    )
    PROPOSITION_WITHOUT_TARGET = (
        "PROPOSITION_WITHOUT_TARGET",
        "Every proposition that is not retired is made for a persona, a segment or an account.",
    )
    PROPOSITION_WITHOUT_GOAL = "PROPOSITION_WITHOUT_GOAL", "Every proposition that is not retired supports a goal."
    PROPOSITION_OPPOSED = (
        "PROPOSITION_OPPOSED",
        "No proposition that is not retired has only opponents among its stakeholders.",
    )
    PROMISE_WITHOUT_PLACE_KEPT = "PROMISE_WITHOUT_PLACE_KEPT", "Every promise is kept at a touchpoint."
    PROMISE_WITHOUT_KPI = "PROMISE_WITHOUT_KPI", "Every promise is measured by a KPI."
    PROMISE_WITHOUT_SHARE = (
        "PROMISE_WITHOUT_SHARE",
        "Every promise says which share of the occasions must keep it.",
    )
    INITIATIVE_WITHOUT_PURPOSE = (
        "INITIATIVE_WITHOUT_PURPOSE",
        "Every initiative that is not stopped delivers a proposition or addresses an opportunity.",
    )
    INITIATIVE_WITHOUT_OWNER = (
        "INITIATIVE_WITHOUT_OWNER",
        "Somebody is accountable for every initiative that is not stopped.",
    )
    INITIATIVE_WITHOUT_DUE = (
        "INITIATIVE_WITHOUT_DUE",
        "Every initiative that is neither done nor stopped has a day when it is due.",
    )
    INITIATIVE_PAST_DUE = (
        "INITIATIVE_PAST_DUE",
        "No initiative that is neither done nor stopped is past the day when it was due.",
    )
    ENABLER_WITHOUT_OWNER = "ENABLER_WITHOUT_OWNER", "Somebody is accountable for every enabler."
    ENABLER_NOT_READY = (
        "ENABLER_NOT_READY",
        "What a live proposition, or a promise that it makes, requires is ready, as far as that is known.",
    )
    TOUCHPOINT_WITHOUT_PARTY = "TOUCHPOINT_WITHOUT_PARTY", "A department or partner runs every touchpoint."
    MOMENT_OF_TRUTH_WITHOUT_KPI = (
        "MOMENT_OF_TRUTH_WITHOUT_KPI",
        "A KPI measures every moment of truth: a step's by its stage or one of its touchpoints.",
    )
    MOMENT_OF_TRUTH_UNOWNED = (
        "MOMENT_OF_TRUTH_UNOWNED",
        "Somebody runs every moment of truth: a step's by one of its touchpoints.",
    )
    MOMENT_OF_TRUTH_DISAPPOINTS = (
        "MOMENT_OF_TRUTH_DISAPPOINTS",
        "At no moment of truth is a persona's known satisfaction under `satisfaction`.",
    )
    KPI_WITHOUT_TARGET = "KPI_WITHOUT_TARGET", "Every KPI has a target."
    KPI_WITHOUT_OWNER = "KPI_WITHOUT_OWNER", "Somebody is accountable for every KPI."
    KPI_WITHOUT_MEASUREMENT = "KPI_WITHOUT_MEASUREMENT", "Every KPI was measured."
    KPI_STALE = "KPI_STALE", "Every KPI that was ever measured was measured in the last `staleDays`."
    KPI_SET_UP_LATE = (
        "KPI_SET_UP_LATE",
        "No KPI was set up (its baseline's day, else the day it was written) after a journey that it measures.",
    )
    KPI_DRIVES_ITSELF = "KPI_DRIVES_ITSELF", "No KPI drives itself through others."
    GOAL_WITHOUT_KPI = "GOAL_WITHOUT_KPI", "A KPI measures every goal."
    GOAL_WITHOUT_SUPPORT = "GOAL_WITHOUT_SUPPORT", "Something supports every goal."
    JOURNEY_WITHOUT_PERSONA = "JOURNEY_WITHOUT_PERSONA", "A persona takes every journey."
    JOURNEY_WITHOUT_TRIGGER = "JOURNEY_WITHOUT_TRIGGER", "A trigger starts every journey."
    JOURNEY_WITHOUT_OWNER = "JOURNEY_WITHOUT_OWNER", "Somebody is accountable for every journey."
    JOURNEY_WITHOUT_KPI = "JOURNEY_WITHOUT_KPI", "A KPI measures every journey."
    JOURNEY_WITHOUT_TO_BE = (
        "JOURNEY_WITHOUT_TO_BE",
        "Every journey that is not aspirational itself evolves to one.",
    )
    STAGE_EMPTY = "STAGE_EMPTY", "Every stage has a step or a touchpoint."
    PERSONA_WITHOUT_NEED = "PERSONA_WITHOUT_NEED", "Every persona has a need."
    PERSONA_WITHOUT_JOURNEY = "PERSONA_WITHOUT_JOURNEY", "Every persona takes a journey."
    DEPARTMENT_WITHOUT_PART = (
        "DEPARTMENT_WITHOUT_PART",
        "Every department owns, runs or is involved in something.",
    )
    LINKED_TO_ENDED = (
        "LINKED_TO_ENDED",
        "Nothing that goes on rests on a retired proposition or a stopped initiative.",
    )
