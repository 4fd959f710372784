"""The vocabulary, listed by hand: what the model must hold whoever changes a declaration."""

import pytest

from graph_api.model import MODEL

SHARED = {"createdAt", "createdBy", "updatedAt", "updatedBy", "revision"}
NAMED = {"key", "name", "description", "tags", "externalLinks", "externalKey", "substanceAt"}
KINDS = {
    "Goal": "goalLevel goalHorizon",
    "Principle": "behaviour",
    "KPI": "kpiMethod variant unit direction scaleMin scaleMax goodFrom badTo aggregate baseline baselineOn target "
    "targetBy holdBand weight",
    "Measurement": "measuredOn value sampleSize counts countedBy measurementSubject competitor source respondentSide",
    "Segment": "size annualValue currency",
    "Account": "annualValue currency renewalOn accountStatus",
    "Persona": "side role buyingRoles goals frustrations quote",
    "Need": "needSort nature",
    "Trigger": "origin frequency",
    "Journey": "journeyState journeyForm journeyLevel rhythm purposes journeyEvidence good",
    "Stage": "customerGoal good duration waiting",
    "Step": "activity emotion duration waiting",
    "Touchpoint": "control initiator good",
    "Channel": "channelSort",
    "Insight": "type insightSubject statement severity insightStatus reach",
    "Evidence": "evidenceSort quote url collectedOn",
    "Study": "studyMethod fieldedFrom fieldedTo participants source",
    "Hypothesis": "assumption hypothesisVerdict",
    "Opportunity": "customerValue businessValue urgency riskReduction impact reach effort confidence opportunityStatus",
    "Proposition": "propositionStatus effort cost currency confidence propositionHorizon",
    "Promise": "statement promiseLevel share due",
    "Initiative": "initiativeStatus start due finished effort cost currency",
    "Enabler": "enablerSort readiness cost currency",
    "Department": "mission headcount",
    "Partner": "mission",
    "Stakeholder": "title lead",
    "Decision": "decisionVerdict reason byRole decidedOn expected",
    "Waiver": "rule reason byRole waivedOn expires",
}
KEYLESS = {"Measurement", "Decision", "Waiver"}

OWNER = "Department Partner Stakeholder"
PLACES = "Journey Stage Step Touchpoint"
# Type: from, to, fields at the start, fields at the finish, own fields. `{}` is the far kind's plural.
SPINE = {
    "PROMPTS": ("Trigger", "Persona", "personas", "triggers", ""),
    "STARTS": ("Trigger", "Journey", "journeys", "triggers", ""),
    "TAKES": ("Persona", "Journey", "journeys", "personas", "relationship share"),
    "HAS_NEED": (
        "Persona",
        "Need",
        "needs",
        "personas",
        "respondents important satisfied importance satisfaction figures",
    ),
    "HAS_STAGE": ("Journey", "Stage", "stages", "journey", "position"),
    "HAS_STEP": ("Stage", "Step", "steps", "stage", "position"),
    "HAS_TOUCHPOINT": ("Stage Step", "Touchpoint", "touchpoints", "stages steps", "position"),
    "REVEALS": (PLACES, "Insight", "insights", "observedAt", ""),
    "VOICES": ("Persona Segment Account", "Insight", "insights", "voicedBy", ""),
    "UNDERLIES": ("Need", "Insight", "insights", "needs", ""),
    "RAISES": ("Insight Need", "Opportunity", "opportunities", "insights needs", ""),
    "ADDRESSED_BY": ("Opportunity", "Proposition Initiative", "propositions initiatives", "opportunities", "fit"),
    "DELIVERED_BY": ("Proposition", "Initiative", "initiatives", "propositions", ""),
}
ATTACHED = {
    "PART_OF": (
        "Journey Opportunity Department",
        "Journey Opportunity Department",
        "partOfJourney partOfOpportunity partOfDepartment",
        "subJourneys subOpportunities subDepartments",
        "",
    ),
    "IN_SEGMENT": ("Persona Account", "Segment", "segments", "personas accounts", ""),
    "EXPERIENCES": (
        "Persona",
        "Step Touchpoint",
        "experiencedSteps experiencedTouchpoints",
        "experiencedBy",
        "emotion feeling thought importance satisfaction momentOfTruth why experienceGrounds respondents",
    ),
    "APPLIES_TO": (
        "Step Touchpoint",
        "Persona Segment",
        "appliesToPersonas appliesToSegments",
        "applicableSteps applicableTouchpoints",
        "treatment",
    ),
    "ON_CHANNEL": ("Touchpoint", "Channel", "channels", "touchpoints", "share"),
    "RUN_BY": ("Touchpoint", "Department Partner", "runBy", "runs", ""),
    "MATTERS_AT": ("Need", "Stage Step", "mattersAtStages mattersAtSteps", "needs", ""),
    "EVOLVES_TO": (
        PLACES,
        PLACES,
        "evolvesToJourneys evolvesToStages evolvesToSteps evolvesToTouchpoints",
        "evolvesFromJourneys evolvesFromStages evolvesFromSteps evolvesFromTouchpoints",
        "",
    ),
    "REALISES": (
        "Proposition Initiative",
        "Stage Step Touchpoint",
        "realisesStages realisesSteps realisesTouchpoints",
        "realisedByPropositions realisedByInitiatives",
        "",
    ),
    "BACKS": ("Evidence", "Insight", "backs", "evidence", "evidenceStance support of"),
    "FROM_STUDY": ("Evidence", "Study", "fromStudy", "evidence", ""),
    "TESTS": ("Study", "Hypothesis", "tests", "testedBy", ""),
    "SETTLES": ("Insight", "Hypothesis", "settles", "settledBy", ""),
    "ABOUT": (
        "Hypothesis",
        f"Persona Need {PLACES} Opportunity Proposition",
        (
            "aboutPersonas aboutNeeds aboutJourneys aboutStages aboutSteps aboutTouchpoints aboutOpportunities "
            "aboutPropositions"
        ),
        "hypotheses",
        "",
    ),
    "TARGETS": (
        "Proposition",
        "Persona Segment Account",
        "targetPersonas targetSegments targetAccounts",
        "targetedBy",
        "",
    ),
    "MAKES": ("Proposition", "Promise", "promises", "madeBy", ""),
    "MADE_AT": ("Promise", "Touchpoint", "madeAt", "promisesMade", ""),
    "MADE_TO": (
        "Promise",
        "Persona Segment Account",
        "madeToPersonas madeToSegments madeToAccounts",
        "promisesReceived",
        "",
    ),
    "KEPT_AT": ("Promise", "Touchpoint", "keptAt", "promisesKept", ""),
    "REQUIRES": (
        "Step Touchpoint Promise Proposition Initiative",
        "Enabler",
        "requires",
        "requiredBySteps requiredByTouchpoints requiredByPromises requiredByPropositions requiredByInitiatives",
        "",
    ),
    "DEPENDS_ON": ("Initiative", "Initiative", "dependsOn", "dependedOnBy", ""),
    "OWNED_BY": (
        "Goal Journey Opportunity Proposition Promise Initiative Enabler KPI",
        OWNER,
        "ownedBy",
        (
            "ownedGoals ownedJourneys ownedOpportunities ownedPropositions ownedPromises ownedInitiatives "
            "ownedEnablers ownedKpis"
        ),
        "",
    ),
    "INVOLVES": (
        "Journey Touchpoint Opportunity Proposition Promise Initiative Enabler",
        OWNER,
        "involves",
        (
            "involvedInJourneys involvedInTouchpoints involvedInOpportunities involvedInPropositions "
            "involvedInPromises involvedInInitiatives involvedInEnablers"
        ),
        "involvementRole contribution effort",
    ),
    "MEMBER_OF": ("Stakeholder", "Department Partner", "memberOf", "members", ""),
    "STANDS_ON": (
        "Stakeholder",
        "Journey Opportunity Proposition Initiative",
        "standsOnJourneys standsOnOpportunities standsOnPropositions standsOnInitiatives",
        "stakeholders",
        "stakeholderStance why",
    ),
    "MEASURED_BY": (
        "Goal Journey Stage Touchpoint Promise",
        "KPI",
        "measuredBy",
        "measuresGoals measuresJourneys measuresStages measuresTouchpoints measuresPromises",
        "",
    ),
    "AIMS_AT": ("Opportunity", "KPI", "aimsAt", "aimedAtBy", ""),
    "MOVES": ("Proposition Initiative", "KPI", "moves", "movedByPropositions movedByInitiatives", "expectedChange by"),
    "DRIVES": ("KPI", "KPI", "drives", "drivenBy", "driverGrounds effect lag source"),
    "HAS_MEASUREMENT": ("KPI", "Measurement", "measurements", "kpi", ""),
    "MEASURED_FOR": (
        "Measurement",
        "Persona Segment Account Channel Journey Touchpoint",
        (
            "measuredForPersonas measuredForSegments measuredForAccounts measuredForChannels measuredForJourneys "
            "measuredForTouchpoints"
        ),
        "measurements",
        "",
    ),
    "SUPPORTS": (
        "Opportunity Proposition Journey Goal",
        "Goal",
        "supports",
        "supportedByOpportunities supportedByPropositions supportedByJourneys supportedByGoals",
        "",
    ),
    "FOLLOWS": (
        "Journey Touchpoint Proposition",
        "Principle",
        "follows",
        "followedByJourneys followedByTouchpoints followedByPropositions",
        "",
    ),
    "DECIDES": ("Decision", "Insight Opportunity Proposition Initiative", "decides", "decisions", ""),
    "WAIVES": ("Waiver", " ".join(kind for kind in KINDS if kind not in KEYLESS), "waives", "waivers", ""),
}
LINKED = {"rationale", "basis", "confidence", "createdAt", "createdBy", "reviewedAt", "reviewedBy"}

CHOICES = {
    "GoalLevel": "VISION GOAL OBJECTIVE",
    "KPIMethod": "NPS CSAT CES RETENTION RATE COUNT CURRENCY DURATION OTHER",
    "KPIVariant": "RELATIONSHIP TRANSACTIONAL LOGO GROSS_REVENUE NET_REVENUE",
    "KPIDirection": "UP DOWN HOLD",
    "KPIAggregate": "MEAN TOP_BOX NET",
    "CountedBy": "RESPONSE ACCOUNT REVENUE",
    "MeasurementSubject": "OWN COMPETITOR",
    "AccountStatus": "CUSTOMER PROSPECT LOST",
    "PersonaSide": "CUSTOMER PARTNER EMPLOYEE",
    "BuyingRole": "USER INFLUENCER DECIDER APPROVER BUYER GATEKEEPER INITIATOR",
    "NeedSort": "JOB NEED EXPECTATION",
    "NeedNature": "FUNCTIONAL EMOTIONAL SOCIAL",
    "TriggerOrigin": "CUSTOMER COMPANY PARTNER EXTERNAL",
    "JourneyState": "CURRENT ASPIRATIONAL",
    "JourneyForm": "EXPERIENCE TOUCHPOINT BLUEPRINT",
    "JourneyRhythm": "ONE_OFF RECURRING ONGOING",
    "JourneyPurpose": "INSIGHT ENGAGING INNOVATION PRIORITISING REALISATION",
    "JourneyEvidence": "ASSUMED PARTLY VALIDATED",
    "TouchpointControl": "OWN PARTNER EXTERNAL",
    "TouchpointInitiator": "CUSTOMER COMPANY PARTNER",
    "ChannelSort": "DIGITAL HUMAN PHYSICAL PRINT VOICE",
    "InsightType": "PAIN GAIN UNMET_NEED OBSERVATION",
    "InsightSubject": "CUSTOMER MARKET COMPETITOR",
    "InsightStatus": "ASSUMED OBSERVED VALIDATED REFUTED",
    "EvidenceSort": "INTERVIEW SURVEY ANALYTICS TICKET OBSERVATION DOCUMENT",
    "HypothesisVerdict": "UNTESTED UNDECIDED LIKELY UNLIKELY CONFIRMED REFUTED",
    "OpportunityStatus": "OPEN SHAPED CLOSED PARKED",
    "PropositionStatus": "IDEA SHAPING APPROVED LIVE RETIRED",
    "PropositionHorizon": "NOW NEXT LATER",
    "InitiativeStatus": "PLANNED RUNNING DONE STOPPED",
    "EnablerSort": "PROCESS PEOPLE TECHNOLOGY",
    "DecisionVerdict": "DECIDED_NO REOPENED APPROVE HOLD STOP",
    "Basis": "STATED INFERRED",
    "Relationship": "PROSPECT NEW EXISTING LAPSED",
    "NeedFigures": "ESTIMATE",
    "ExperienceGrounds": "ASSUMED RESEARCHED TARGET",
    "EvidenceStance": "SUPPORTS CONTRADICTS",
    "InvolvementRole": "RESPONSIBLE CONSULTED INFORMED",
    "StakeholderStance": "AMBASSADOR NEUTRAL OPPONENT",
    "DriverGrounds": "ASSUMED CORRELATED PROVEN",
    "RuleName": "PAIN_WITHOUT_OPPORTUNITY INSIGHT_WITHOUT_EVIDENCE ASSUMPTION_OLD HYPOTHESIS_UNTESTED "
    "OPPORTUNITY_WITHOUT_ORIGIN OPPORTUNITY_WITHOUT_ACTION OPPORTUNITY_WITHOUT_KPI PROPOSITION_WITHOUT_OPPORTUNITY "
    "PROPOSITION_WITHOUT_INITIATIVE PROPOSITION_WITHOUT_OWNER PROPOSITION_WITHOUT_RESPONSIBLE PROPOSITION_WITHOUT_KPI "
    "PROPOSITION_WITHOUT_PROMISE PROPOSITION_WITHOUT_TARGET PROPOSITION_WITHOUT_GOAL PROPOSITION_OPPOSED "
    "PROMISE_WITHOUT_PLACE_KEPT PROMISE_WITHOUT_KPI PROMISE_WITHOUT_SHARE INITIATIVE_WITHOUT_PURPOSE "
    "INITIATIVE_WITHOUT_OWNER INITIATIVE_WITHOUT_DUE INITIATIVE_PAST_DUE ENABLER_WITHOUT_OWNER ENABLER_NOT_READY "
    "TOUCHPOINT_WITHOUT_PARTY MOMENT_OF_TRUTH_WITHOUT_KPI MOMENT_OF_TRUTH_UNOWNED MOMENT_OF_TRUTH_DISAPPOINTS "
    "KPI_WITHOUT_TARGET KPI_WITHOUT_OWNER KPI_WITHOUT_MEASUREMENT KPI_STALE KPI_SET_UP_LATE KPI_DRIVES_ITSELF "
    "GOAL_WITHOUT_KPI GOAL_WITHOUT_SUPPORT JOURNEY_WITHOUT_PERSONA JOURNEY_WITHOUT_TRIGGER JOURNEY_WITHOUT_OWNER "
    "JOURNEY_WITHOUT_KPI JOURNEY_WITHOUT_TO_BE STAGE_EMPTY PERSONA_WITHOUT_NEED PERSONA_WITHOUT_JOURNEY "
    "DEPARTMENT_WITHOUT_PART LINKED_TO_ENDED",
}
INTERFACES = {
    "Owner": OWNER,
    "Party": "Department Partner",
    "JourneyElement": PLACES,
    "Voice": "Persona Segment Account",
    "Decidable": "Insight Opportunity Proposition Initiative",
    "Entity": " ".join(kind for kind in KINDS if kind not in KEYLESS),
}


def test_every_kind_is_there_and_no_other() -> None:
    assert set(MODEL.kinds) == set(KINDS)
    assert {name for name, kind in MODEL.kinds.items() if not kind.keyed} == KEYLESS


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_has_the_fields_of_the_vocabulary(name: str) -> None:
    expected = set(KINDS[name].split()) | SHARED | (set() if name in KEYLESS else NAMED)
    assert set(MODEL.kinds[name].properties) == expected


def test_every_link_type_is_there_in_its_place() -> None:
    assert set(MODEL.spine) == set(SPINE)
    assert set(MODEL.attached) == set(ATTACHED)


@pytest.mark.parametrize("name", [*SPINE, *ATTACHED])
def test_a_link_type_joins_what_the_vocabulary_says(name: str) -> None:
    start, finish, forward, backward, own_fields = (SPINE | ATTACHED)[name]
    link = MODEL.links[name]
    seen = [
        (field.direction.value, field.name)
        for kind in MODEL.kinds.values()
        for field in kind.links.values()
        if field.link is link
    ]
    assert set(link.start) == set(start.split())
    assert set(link.finish) == set(finish.split())
    assert {field for way, field in seen if way == "OUT"} == set(forward.split())
    assert {field for way, field in seen if way == "IN"} == set(backward.split())
    assert set(link.own) == set(own_fields.split())
    assert set(link.properties) == set(own_fields.split()) | LINKED


def test_at_most_one_leaves_where_the_vocabulary_says_so() -> None:
    everywhere = {name for name, link in MODEL.links.items() if link.one == link.start}
    assert everywhere == {"PART_OF", "RUN_BY", "FROM_STUDY", "OWNED_BY", "DECIDES", "WAIVES"}
    assert {name: link.one for name, link in MODEL.links.items() if link.one and name not in everywhere} == {
        "MEASURED_BY": ("Promise",)
    }


def test_stages_steps_and_measurements_have_one_parent() -> None:
    assert {name for name, link in MODEL.links.items() if link.one_parent} == {
        "HAS_STAGE",
        "HAS_STEP",
        "HAS_MEASUREMENT",
    }


def test_positions_are_kept_where_links_carry_them() -> None:
    positioned = {name for name, link in MODEL.links.items() if link.positioned}
    assert positioned == {"HAS_STAGE", "HAS_STEP", "HAS_TOUCHPOINT"}
    assert positioned == {name for name, link in MODEL.links.items() if "position" in link.own}


def test_cycles_are_refused_where_the_vocabulary_says_so() -> None:
    assert {name for name, link in MODEL.links.items() if link.acyclic} == {"PART_OF", "DEPENDS_ON", "SUPPORTS"}
    assert {name for name, link in MODEL.links.items() if link.same_kind} == {"PART_OF", "EVOLVES_TO"}


def test_every_closed_set_has_its_members_and_each_says_what_it_means() -> None:
    assert {name: [member.value for member in choice] for name, choice in MODEL.choices.items()} == {
        name: members.split() for name, members in CHOICES.items()
    }
    for choice in MODEL.choices.values():
        assert choice.__doc__
        assert all(member.description.endswith(".") for member in choice)


def test_interfaces_name_kinds_that_stand_together() -> None:
    assert {name: set(one.members) for name, one in MODEL.interfaces.items()} == {
        name: set(members.split()) for name, members in INTERFACES.items()
    }
    assert all(one.description.endswith(".") for one in MODEL.interfaces.values())


def test_only_key_and_name_are_required() -> None:
    for kind in MODEL.kinds.values():
        assert {name for name, prop in kind.properties.items() if prop.required} == {"key", "name"} & set(
            kind.properties
        )
    for link in MODEL.links.values():
        assert not [name for name, prop in link.properties.items() if prop.required]
