"""Links beside the spine: structure, experience, evidence, ownership, measurement and strategy."""

from graph_api.model.choices import (
    DriverGrounds,
    EvidenceStance,
    ExperienceGrounds,
    InvolvementRole,
    StakeholderStance,
)
from graph_api.model.declare import Ends, Entity, Link, own
from graph_api.model.kinds.action import Decision, Enabler, Initiative, Opportunity, Promise, Proposition, Waiver
from graph_api.model.kinds.customer import Account, Need, Persona, Segment
from graph_api.model.kinds.insight import Evidence, Hypothesis, Insight, Study
from graph_api.model.kinds.journey import Channel, Journey, Stage, Step, Touchpoint
from graph_api.model.kinds.organisation import Department, Partner, Stakeholder
from graph_api.model.kinds.strategy import KPI, Goal, Measurement, Principle
from graph_api.model.values import Amount, Count, Day, Duration, Emotion, Real, Score, Share, Text, Word

PARTY = (Department, Partner)
OWNER = (Department, Partner, Stakeholder)


class PartOf(Link):
    """The first is a part of the second, of the same kind."""

    ends = Ends(
        (Journey, Opportunity, Department),
        (Journey, Opportunity, Department),
        "partOf{one}",
        "sub{}",
        one=True,
        same_kind=True,
        acyclic=True,
    )


class InSegment(Link):
    """The persona or account belongs to the segment."""

    ends = Ends((Persona, Account), (Segment,), "segments", "{}")


class Experiences(Link):
    """How the persona experiences the step or touchpoint, and what that statement rests on."""

    ends = Ends((Persona,), (Step, Touchpoint), "experienced{}", "experiencedBy", distinguished_by="experience_grounds")

    emotion: Emotion | None = own("How it feels, -2 (terrible) to +2 (delightful).")
    feeling: Word | None = own("The feeling in a word.")
    thought: Text | None = own("What goes through the persona's mind.")
    importance: Score | None = own("How important it is to the persona, 0 to 10.")
    satisfaction: Score | None = own("How satisfied the persona is, 0 to 10.")
    moment_of_truth: bool | None = own("Whether it makes or breaks the relationship.")
    why: Text | None = own("Why it feels so.")
    experience_grounds: ExperienceGrounds | None = own("What the statement rests on.")
    respondents: Count | None = own("How many said so.")


class AppliesTo(Link):
    """The step or touchpoint is for this persona or segment; without any such link it is for all."""

    ends = Ends((Step, Touchpoint), (Persona, Segment), "appliesTo{}", "applicable{}")

    treatment: Text | None = own("How they are treated differently.")


class OnChannel(Link):
    """The touchpoint happens on the channel."""

    ends = Ends((Touchpoint,), (Channel,), "channels", "touchpoints")

    share: Share | None = own("The share of contacts on this channel, 0 to 1.")


class RunBy(Link):
    """The department or partner runs the touchpoint."""

    ends = Ends((Touchpoint,), PARTY, "runBy", "runs", one=True, forward_interface="Party")


class MattersAt(Link):
    """The need matters at the stage or step."""

    ends = Ends((Need,), (Stage, Step), "mattersAt{}", "needs")


class EvolvesTo(Link):
    """The first, as it is, becomes the second, as it should be."""

    ends = Ends(
        (Journey, Stage, Step, Touchpoint),
        (Journey, Stage, Step, Touchpoint),
        "evolvesTo{}",
        "evolvesFrom{}",
        same_kind=True,
    )


class Realises(Link):
    """The proposition or initiative brings this part of a to-be journey about."""

    ends = Ends((Proposition, Initiative), (Stage, Step, Touchpoint), "realises{}", "realisedBy{}")


class Backs(Link):
    """The evidence speaks for or against the insight."""

    ends = Ends((Evidence,), (Insight,), "backs", "evidence")

    evidence_stance: EvidenceStance | None = own("Which way it points.")
    support: Count | None = own("How many of those asked it counts.")
    of: Count | None = own("How many were asked.")


class FromStudy(Link):
    """The evidence comes from the study."""

    ends = Ends((Evidence,), (Study,), "fromStudy", "evidence", one=True)


class Tests(Link):
    """The study tests the hypothesis."""

    ends = Ends((Study,), (Hypothesis,), "tests", "testedBy")


class Settles(Link):
    """The insight settles the hypothesis."""

    ends = Ends((Insight,), (Hypothesis,), "settles", "settledBy")


class About(Link):
    """The hypothesis is about this."""

    ends = Ends(
        (Hypothesis,),
        (Persona, Need, Journey, Stage, Step, Touchpoint, Opportunity, Proposition),
        "about{}",
        "hypotheses",
    )


class Targets(Link):
    """The proposition is made for this persona, segment or account."""

    ends = Ends((Proposition,), (Persona, Segment, Account), "target{}", "targetedBy")


class Makes(Link):
    """The proposition makes the promise."""

    ends = Ends((Proposition,), (Promise,), "promises", "madeBy")


class MadeAt(Link):
    """The promise is made at the touchpoint: in sales, in a brochure, in a contract."""

    ends = Ends((Promise,), (Touchpoint,), "madeAt", "promisesMade")


class MadeTo(Link):
    """The promise is made to this persona, segment or account."""

    ends = Ends((Promise,), (Persona, Segment, Account), "madeTo{}", "promisesReceived")


class KeptAt(Link):
    """The promise is kept, or broken, at the touchpoint."""

    ends = Ends((Promise,), (Touchpoint,), "keptAt", "promisesKept")


class Requires(Link):
    """The first does not work without the enabler."""

    ends = Ends((Step, Touchpoint, Promise, Proposition, Initiative), (Enabler,), "requires", "requiredBy{}")


class DependsOn(Link):
    """The first initiative needs the second."""

    ends = Ends((Initiative,), (Initiative,), "dependsOn", "dependedOnBy", acyclic=True)


class OwnedBy(Link):
    """The owner is accountable: the one who answers for it."""

    ends = Ends(
        (Goal, Journey, Opportunity, Proposition, Promise, Initiative, Enabler, KPI),
        OWNER,
        "ownedBy",
        "owned{}",
        one=True,
        forward_interface="Owner",
    )


class Involves(Link):
    """The department, partner or stakeholder has a part in it."""

    ends = Ends(
        (Journey, Touchpoint, Opportunity, Proposition, Promise, Initiative, Enabler),
        OWNER,
        "involves",
        "involvedIn{}",
        distinguished_by="involvement_role",
        forward_interface="Owner",
    )

    involvement_role: InvolvementRole | None = own("The part.")
    contribution: Text | None = own("What it contributes.")
    effort: Amount | None = own("What that takes, in person-days.")


class MemberOf(Link):
    """The stakeholder belongs to the department or partner."""

    ends = Ends((Stakeholder,), PARTY, "memberOf", "members", forward_interface="Party")


class StandsOn(Link):
    """How the stakeholder stands to it."""

    ends = Ends((Stakeholder,), (Journey, Opportunity, Proposition, Initiative), "standsOn{}", "stakeholders")

    stakeholder_stance: StakeholderStance | None = own("For, neutral or against.")
    why: Text | None = own("Why.")


class MeasuredBy(Link):
    """The KPI tells how well it goes."""

    ends = Ends((Goal, Journey, Stage, Touchpoint, Promise), (KPI,), "measuredBy", "measures{}", one_for=(Promise,))


class AimsAt(Link):
    """The opportunity should move the KPI; no claim of how far."""

    ends = Ends((Opportunity,), (KPI,), "aimsAt", "aimedAtBy")


class Moves(Link):
    """The proposition or initiative is claimed to move the KPI."""

    ends = Ends((Proposition, Initiative), (KPI,), "moves", "movedBy{}")

    expected_change: Real | None = own("The change claimed, in the KPI's unit.")
    by: Day | None = own("The day by which it is claimed.")


class Drives(Link):
    """The first KPI drives the second."""

    ends = Ends((KPI,), (KPI,), "drives", "drivenBy")

    driver_grounds: DriverGrounds | None = own("What the claim rests on.")
    effect: Real | None = own("Change of the second for one unit of the first, each in its own unit.")
    lag: Duration | None = own("How long the effect takes, ISO 8601.")
    source: Text | None = own("Where the claim comes from.")


class HasMeasurement(Link):
    """The measurement is one of the KPI's."""

    ends = Ends((KPI,), (Measurement,), "measurements", "kpi", one_parent=True)


class MeasuredFor(Link):
    """The measurement is for this part only; without any such link it is for all."""

    ends = Ends(
        (Measurement,), (Persona, Segment, Account, Channel, Journey, Touchpoint), "measuredFor{}", "measurements"
    )


class Supports(Link):
    """The first supports the goal."""

    ends = Ends((Opportunity, Proposition, Journey, Goal), (Goal,), "supports", "supportedBy{}", acyclic=True)


class Follows(Link):
    """The first follows the principle."""

    ends = Ends((Journey, Touchpoint, Proposition), (Principle,), "follows", "followedBy{}")


class Decides(Link):
    """What the decision is about."""

    ends = Ends(
        (Decision,),
        (Insight, Opportunity, Proposition, Initiative),
        "decides",
        "decisions",
        one=True,
        forward_interface="Decidable",
    )


class Waives(Link):
    """The rule of the waiver need not hold for the entity."""

    # Any kind that has a key: the catalogue fills them in.
    ends = Ends((Waiver,), (Entity,), "waives", "waivers", one=True, forward_interface="Entity")
