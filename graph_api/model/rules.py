"""The rules of coverage: what is expected of a graph that leads from insight to action, and how to mend it.

A rule that names links in `expects` is *scored*: it holds where the entity has one of them. One without is *hygiene*:
`questions/thread/expectations.py` says when it holds; it is listed, never scored. Whether a rule applies to an entity
rests on the entity's own fields alone, so that removing a link can never raise a score.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graph_api.model.catalogue import Direction
from graph_api.model.choices import (
    DecisionVerdict,
    HypothesisVerdict,
    InitiativeStatus,
    InsightStatus,
    InsightType,
    InvolvementRole,
    JourneyState,
    OpportunityStatus,
    PropositionStatus,
    RuleName,
    Severity,
)

WEIGHTS = {Severity.HIGH: 3.0, Severity.MEDIUM: 2.0, Severity.LOW: 1.0}
"""How much a scored rule counts for each entity it applies to, unless settings say otherwise."""

PAINS = (InsightType.PAIN, InsightType.UNMET_NEED)
"""The types of insight that ask for action. Counts of *pains* mean both."""

DECIDED_NO = DecisionVerdict.DECIDED_NO

Values = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ExpectedLink:
    """A link that satisfies a rule: its type, and which way it leads from the entity."""

    type: str
    direction: Direction
    role: InvolvementRole | None = None
    """Only where the link gives this role."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One expectation of the entities of some kinds."""

    name: RuleName
    kinds: tuple[str, ...]
    severity: Severity
    mending: str
    """How to mend it, in words that begin with what to do."""
    expects: tuple[ExpectedLink, ...] = ()
    """Links of which one is enough; none for hygiene."""
    only: Values = field(default_factory=dict)
    """Own fields that must have one of these values for the rule to apply."""
    unless: Values = field(default_factory=dict)
    """Own fields that must have none of these values for the rule to apply; unknown is none of them."""
    reads: tuple[str, ...] = ()
    """Other own fields that decide whether a hygiene rule holds."""

    @property
    def scored(self) -> bool:
        """Whether it counts in scores."""
        return bool(self.expects)

    @property
    def fields(self) -> tuple[str, ...]:
        """All own fields that it looks at."""
        return (*self.only, *self.unless, *self.reads)


def _links(*arrows: str, role: InvolvementRole | None = None) -> tuple[ExpectedLink, ...]:
    """Read links as Cypher draws them: `-RAISES->` leaves the entity, `<-BACKS-` arrives at it."""
    return tuple(
        ExpectedLink(arrow.strip("<->"), Direction.OUT if arrow.endswith(">") else Direction.IN, role)
        for arrow in arrows
    )


_NOT_REFUTED = {"insightStatus": (InsightStatus.REFUTED,)}
_OPEN_OPPORTUNITY = {"opportunityStatus": (OpportunityStatus.CLOSED, OpportunityStatus.PARKED)}
_NOT_RETIRED = {"propositionStatus": (PropositionStatus.RETIRED,)}
_NOT_STOPPED = {"initiativeStatus": (InitiativeStatus.STOPPED,)}
_OPEN_INITIATIVE = {"initiativeStatus": (InitiativeStatus.STOPPED, InitiativeStatus.DONE)}
_MOMENTS = ("Step", "Touchpoint")

_RULES = (
    Rule(
        RuleName.PAIN_WITHOUT_OPPORTUNITY,
        ("Insight",),
        Severity.HIGH,
        "Link it to an opportunity that it raises, or decide that nothing will be done about it, and why.",
        _links("-RAISES->"),
        only={"type": PAINS},
        unless=_NOT_REFUTED,
    ),
    Rule(
        RuleName.INSIGHT_WITHOUT_EVIDENCE,
        ("Insight",),
        Severity.MEDIUM,
        "Link the evidence that backs it, or plan research that would find some.",
        _links("<-BACKS-"),
        unless=_NOT_REFUTED,
    ),
    Rule(
        RuleName.ASSUMPTION_OLD,
        ("Insight",),
        Severity.MEDIUM,
        "Test it: observe or validate it, or give it up as refuted.",
        only={"insightStatus": (InsightStatus.ASSUMED,)},
    ),
    Rule(
        RuleName.HYPOTHESIS_UNTESTED,
        ("Hypothesis",),
        Severity.LOW,
        "Plan a study that tests it, or link the insight that settles it.",
        _links("<-TESTS-", "<-SETTLES-"),
        unless={
            "hypothesisVerdict": tuple(
                verdict
                for verdict in HypothesisVerdict
                if verdict not in {HypothesisVerdict.UNTESTED, HypothesisVerdict.UNDECIDED}
            )
        },
    ),
    Rule(
        RuleName.OPPORTUNITY_WITHOUT_ORIGIN,
        ("Opportunity",),
        Severity.HIGH,
        "Link the insight or need that raises it; without one it is an idea looking for a customer.",
        _links("<-RAISES-"),
    ),
    Rule(
        RuleName.OPPORTUNITY_WITHOUT_ACTION,
        ("Opportunity",),
        Severity.HIGH,
        "Link the proposition or initiative that addresses it, or park or close it.",
        _links("-ADDRESSED_BY->"),
        unless=_OPEN_OPPORTUNITY,
    ),
    Rule(
        RuleName.OPPORTUNITY_WITHOUT_KPI,
        ("Opportunity",),
        Severity.MEDIUM,
        "Link the KPI that it should move.",
        _links("-AIMS_AT->"),
        unless=_OPEN_OPPORTUNITY,
    ),
    Rule(
        RuleName.PROPOSITION_WITHOUT_OPPORTUNITY,
        ("Proposition",),
        Severity.HIGH,
        "Link the opportunities that it addresses.",
        _links("<-ADDRESSED_BY-"),
        unless=_NOT_RETIRED,
    ),
    Rule(
        RuleName.PROPOSITION_WITHOUT_INITIATIVE,
        ("Proposition",),
        Severity.HIGH,
        "Link the initiative that delivers it, or start one.",
        _links("-DELIVERED_BY->"),
        unless=_NOT_RETIRED,
    ),
    Rule(
        RuleName.PROPOSITION_WITHOUT_OWNER,
        ("Proposition",),
        Severity.HIGH,
        "Name the one department, partner or stakeholder that is accountable for it.",
        _links("-OWNED_BY->"),
        unless=_NOT_RETIRED,
    ),
    Rule(
        RuleName.PROPOSITION_WITHOUT_RESPONSIBLE,
        ("Proposition",),
        Severity.MEDIUM,
        "Say who is responsible for the work on it: a link INVOLVES with the role RESPONSIBLE.",
        _links("-INVOLVES->", role=InvolvementRole.RESPONSIBLE),
        unless=_NOT_RETIRED,
    ),
    Rule(
        RuleName.PROPOSITION_WITHOUT_KPI,
        ("Proposition",),
        Severity.MEDIUM,
        "Link the KPI that it is claimed to move, and how far.",
        _links("-MOVES->"),
        unless=_NOT_RETIRED,
    ),
    Rule(
        RuleName.PROPOSITION_WITHOUT_PROMISE,
        ("Proposition",),
        Severity.MEDIUM,
        "Write down what it promises to whom.",
        _links("-MAKES->"),
        unless=_NOT_RETIRED,
    ),
    Rule(
        RuleName.PROPOSITION_WITHOUT_TARGET,
        ("Proposition",),
        Severity.MEDIUM,
        "Link the personas, segments or accounts that it is made for.",
        _links("-TARGETS->"),
        unless=_NOT_RETIRED,
    ),
    Rule(
        RuleName.PROPOSITION_WITHOUT_GOAL,
        ("Proposition",),
        Severity.MEDIUM,
        "Link the goal that it supports.",
        _links("-SUPPORTS->"),
        unless=_NOT_RETIRED,
    ),
    Rule(
        RuleName.PROPOSITION_OPPOSED,
        ("Proposition",),
        Severity.MEDIUM,
        "Win an ambassador for it, or take the opponents' reasons up.",
        unless=_NOT_RETIRED,
    ),
    Rule(
        RuleName.PROMISE_WITHOUT_PLACE_KEPT,
        ("Promise",),
        Severity.HIGH,
        "Link the touchpoint at which it is kept or broken.",
        _links("-KEPT_AT->"),
    ),
    Rule(
        RuleName.PROMISE_WITHOUT_KPI,
        ("Promise",),
        Severity.MEDIUM,
        "Link the KPI that tells whether it is kept.",
        _links("-MEASURED_BY->"),
    ),
    Rule(
        RuleName.PROMISE_WITHOUT_SHARE,
        ("Promise",),
        Severity.LOW,
        "Say which share of the occasions must keep it.",
        reads=("share",),
    ),
    Rule(
        RuleName.INITIATIVE_WITHOUT_PURPOSE,
        ("Initiative",),
        Severity.MEDIUM,
        "Link the proposition that it delivers or the opportunity that it addresses, or stop it.",
        _links("<-ADDRESSED_BY-", "<-DELIVERED_BY-"),
        unless=_NOT_STOPPED,
    ),
    Rule(
        RuleName.INITIATIVE_WITHOUT_OWNER,
        ("Initiative",),
        Severity.HIGH,
        "Name the one department, partner or stakeholder that is accountable for it.",
        _links("-OWNED_BY->"),
        unless=_NOT_STOPPED,
    ),
    Rule(
        RuleName.INITIATIVE_WITHOUT_DUE,
        ("Initiative",),
        Severity.MEDIUM,
        "Say when it is due.",
        unless=_OPEN_INITIATIVE,
        reads=("due",),
    ),
    Rule(
        RuleName.INITIATIVE_PAST_DUE,
        ("Initiative",),
        Severity.HIGH,
        "Finish it, stop it, or agree on a new day with those who wait for it.",
        unless=_OPEN_INITIATIVE,
        reads=("due", "finished"),
    ),
    Rule(
        RuleName.ENABLER_WITHOUT_OWNER,
        ("Enabler",),
        Severity.MEDIUM,
        "Name the one department, partner or stakeholder that is accountable for it.",
        _links("-OWNED_BY->"),
    ),
    Rule(
        RuleName.ENABLER_NOT_READY,
        ("Enabler",),
        Severity.HIGH,
        "Make it ready, or take back what is live and cannot work without it.",
        reads=("readiness",),
    ),
    Rule(
        RuleName.TOUCHPOINT_WITHOUT_PARTY,
        ("Touchpoint",),
        Severity.MEDIUM,
        "Say which department or partner runs it.",
        _links("-RUN_BY->"),
    ),
    Rule(
        RuleName.MOMENT_OF_TRUTH_WITHOUT_KPI,
        _MOMENTS,
        Severity.HIGH,
        "Link the KPI that measures it: a touchpoint's own, or that of the step's stage.",
    ),
    Rule(
        RuleName.MOMENT_OF_TRUTH_UNOWNED,
        _MOMENTS,
        Severity.HIGH,
        "Say which department or partner runs it, or a touchpoint of the step.",
    ),
    Rule(
        RuleName.MOMENT_OF_TRUTH_DISAPPOINTS,
        _MOMENTS,
        Severity.HIGH,
        "Find out what disappoints there, and act on it first.",
    ),
    Rule(
        RuleName.KPI_WITHOUT_TARGET,
        ("KPI",),
        Severity.MEDIUM,
        "Agree on a target and a day.",
        reads=("target",),
    ),
    Rule(
        RuleName.KPI_WITHOUT_OWNER,
        ("KPI",),
        Severity.MEDIUM,
        "Name the one department, partner or stakeholder that is accountable for it.",
        _links("-OWNED_BY->"),
    ),
    Rule(
        RuleName.KPI_WITHOUT_MEASUREMENT,
        ("KPI",),
        Severity.MEDIUM,
        "Measure it, or take it off the list.",
        _links("-HAS_MEASUREMENT->"),
    ),
    Rule(RuleName.KPI_STALE, ("KPI",), Severity.MEDIUM, "Measure it again."),
    Rule(
        RuleName.KPI_SET_UP_LATE,
        ("KPI",),
        Severity.LOW,
        "Say where its baseline comes from: what it was before the journey was mapped is not known.",
        reads=("baselineOn",),
    ),
    Rule(
        RuleName.KPI_DRIVES_ITSELF,
        ("KPI",),
        Severity.MEDIUM,
        "Take back the weakest link DRIVES of the circle.",
    ),
    Rule(
        RuleName.GOAL_WITHOUT_KPI,
        ("Goal",),
        Severity.MEDIUM,
        "Link the KPI that tells whether it is reached.",
        _links("-MEASURED_BY->"),
    ),
    Rule(
        RuleName.GOAL_WITHOUT_SUPPORT,
        ("Goal",),
        Severity.MEDIUM,
        "Link what supports it: an opportunity, a proposition, a journey or a lower goal.",
        _links("<-SUPPORTS-"),
    ),
    Rule(
        RuleName.JOURNEY_WITHOUT_PERSONA,
        ("Journey",),
        Severity.HIGH,
        "Link the personas who take it.",
        _links("<-TAKES-"),
    ),
    Rule(
        RuleName.JOURNEY_WITHOUT_TRIGGER,
        ("Journey",),
        Severity.LOW,
        "Link what sets it off.",
        _links("<-STARTS-"),
    ),
    Rule(
        RuleName.JOURNEY_WITHOUT_OWNER,
        ("Journey",),
        Severity.HIGH,
        "Name the one department, partner or stakeholder that is accountable for it.",
        _links("-OWNED_BY->"),
    ),
    Rule(
        RuleName.JOURNEY_WITHOUT_KPI,
        ("Journey",),
        Severity.MEDIUM,
        "Link the KPI that tells how well it goes.",
        _links("-MEASURED_BY->"),
    ),
    Rule(
        RuleName.JOURNEY_WITHOUT_TO_BE,
        ("Journey",),
        Severity.LOW,
        "Draw the journey as it should be, and link it.",
        _links("-EVOLVES_TO->"),
        unless={"journeyState": (JourneyState.ASPIRATIONAL,)},
    ),
    Rule(
        RuleName.STAGE_EMPTY,
        ("Stage",),
        Severity.MEDIUM,
        "Map what happens in it: steps or touchpoints.",
        _links("-HAS_STEP->", "-HAS_TOUCHPOINT->"),
    ),
    Rule(
        RuleName.PERSONA_WITHOUT_NEED,
        ("Persona",),
        Severity.MEDIUM,
        "Link what the persona needs.",
        _links("-HAS_NEED->"),
    ),
    Rule(
        RuleName.PERSONA_WITHOUT_JOURNEY,
        ("Persona",),
        Severity.MEDIUM,
        "Link the journey that the persona takes.",
        _links("-TAKES->"),
    ),
    Rule(
        RuleName.DEPARTMENT_WITHOUT_PART,
        ("Department",),
        Severity.LOW,
        "Say what it owns, runs or is involved in; or the thread does not need it.",
        _links("<-OWNED_BY-", "<-RUN_BY-", "<-INVOLVES-"),
    ),
    Rule(
        RuleName.LINKED_TO_ENDED,
        ("Opportunity", "Proposition", "Initiative"),
        Severity.LOW,
        "Unlink what has ended, or replace it.",
        unless={**_OPEN_OPPORTUNITY, **_NOT_RETIRED, **_OPEN_INITIATIVE},
    ),
)

RULES: Mapping[RuleName, Rule] = {rule.name: rule for rule in _RULES}
"""Every rule, in the order of the thread."""


def _by_kind(rules: Iterable[Rule]) -> dict[str, tuple[Rule, ...]]:
    kinds = dict.fromkeys(kind for rule in rules for kind in rule.kinds)
    return {kind: tuple(rule for rule in rules if kind in rule.kinds) for kind in kinds}


RULES_OF: Mapping[str, tuple[Rule, ...]] = _by_kind(_RULES)
"""The rules of each kind that has any."""

DEEP: Mapping[str, tuple[ExpectedLink, ...]] = {
    "Opportunity": _links("-AIMS_AT->"),
    "Proposition": _links("-MOVES->"),
    "Initiative": _links("-OWNED_BY->", "-MOVES->"),
}
"""The links beside the spine that decide whether the thread is deep: an owner at its end, a KPI on its way."""
