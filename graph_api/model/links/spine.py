"""The spine: links that carry the thread from persona and trigger to the initiative that acts. Acyclic by kind."""

from graph_api.model.choices import NeedFigures, Relationship
from graph_api.model.declare import Ends, Link, own
from graph_api.model.kinds.action import Initiative, Opportunity, Proposition
from graph_api.model.kinds.customer import Account, Need, Persona, Segment, Trigger
from graph_api.model.kinds.insight import Insight
from graph_api.model.kinds.journey import Journey, Stage, Step, Touchpoint
from graph_api.model.values import Count, Position, Score, Share


class Prompts(Link):
    """The trigger sets the persona off."""

    ends = Ends((Trigger,), (Persona,), "personas", "triggers", spine=True)


class Starts(Link):
    """The trigger starts the journey."""

    ends = Ends((Trigger,), (Journey,), "journeys", "triggers", spine=True)


class Takes(Link):
    """The persona takes the journey."""

    ends = Ends((Persona,), (Journey,), "journeys", "personas", spine=True, distinguished_by="relationship")

    relationship: Relationship | None = own("How the persona then stands to the organisation.")
    share: Share | None = own("The share of the journey's customers that this persona stands for, 0 to 1.")


class HasNeed(Link):
    """The persona has the need. Importance and satisfaction follow from counts, or are marked estimates."""

    ends = Ends((Persona,), (Need,), "needs", "personas", spine=True)

    respondents: Count | None = own("How many were asked.")
    important: Count | None = own("How many of them rated its importance 4 or 5 of 5.")
    satisfied: Count | None = own("How many of them rated their satisfaction 4 or 5 of 5.")
    importance: Score | None = own("Importance 0 to 10, where nobody counted.")
    satisfaction: Score | None = own("Satisfaction 0 to 10, where nobody counted.")
    figures: NeedFigures | None = own("ESTIMATE where importance and satisfaction were typed in.")


class HasStage(Link):
    """The journey has the stage; a stage belongs to one journey."""

    ends = Ends((Journey,), (Stage,), "stages", "journey", spine=True, one_parent=True, positioned=True)

    position: Position | None = own("Its place among the journey's stages, from 1.")


class HasStep(Link):
    """The stage has the step; a step belongs to one stage."""

    ends = Ends((Stage,), (Step,), "steps", "stage", spine=True, one_parent=True, positioned=True)

    position: Position | None = own("Its place among the stage's steps, from 1.")


class HasTouchpoint(Link):
    """The stage or step has the touchpoint; several may share one."""

    ends = Ends((Stage, Step), (Touchpoint,), "touchpoints", "{}", spine=True, positioned=True)

    position: Position | None = own("Its place among the touchpoints there, from 1.")


class Reveals(Link):
    """The insight was observed there."""

    ends = Ends(
        (Journey, Stage, Step, Touchpoint),
        (Insight,),
        "insights",
        "observedAt",
        spine=True,
        backward_interface="JourneyElement",
    )


class Voices(Link):
    """The persona, segment or account voices the insight."""

    ends = Ends((Persona, Segment, Account), (Insight,), "insights", "voicedBy", spine=True, backward_interface="Voice")


class Underlies(Link):
    """The need lies behind the insight."""

    ends = Ends((Need,), (Insight,), "insights", "needs", spine=True)


class Raises(Link):
    """The insight or need raises the opportunity."""

    ends = Ends((Insight, Need), (Opportunity,), "opportunities", "{}", spine=True)


class AddressedBy(Link):
    """The proposition, or directly an initiative as a quick fix, addresses the opportunity."""

    ends = Ends((Opportunity,), (Proposition, Initiative), "{}", "opportunities", spine=True)

    fit: Share | None = own("How far it would resolve the opportunity, 0 to 1.")


class DeliveredBy(Link):
    """The initiative delivers the proposition."""

    ends = Ends((Proposition,), (Initiative,), "initiatives", "propositions", spine=True)
