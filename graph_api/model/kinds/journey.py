"""What customers go through: journeys of stages, steps and touchpoints, over channels."""

from graph_api.model.choices import (
    ChannelSort,
    JourneyEvidence,
    JourneyForm,
    JourneyPurpose,
    JourneyRhythm,
    JourneyState,
    TouchpointControl,
    TouchpointInitiator,
)
from graph_api.model.declare import Entity, own, several
from graph_api.model.values import Duration, Emotion, JourneyLevel, Text


class Journey(Entity):
    """The way a persona goes to reach something, end to end, whoever serves it."""

    journey_state: JourneyState | None = own("As it is, or as it should be.", ordered=True, substance=True)
    journey_form: JourneyForm | None = own("How it is mapped.")
    journey_level: JourneyLevel | None = own(
        "How near one looks: 0 the whole life, 1 a journey, 2 a part.", ordered=True
    )
    rhythm: JourneyRhythm | None = own("How often it is taken.", substance=True)
    purposes: list[JourneyPurpose] = several("What the map is made for.")
    journey_evidence: JourneyEvidence | None = own("How far it rests on research.", ordered=True, substance=True)
    good: Text | None = own("What good looks like for this business.", substance=True)


class Stage(Entity):
    """A part of a journey with an aim of its own."""

    customer_goal: Text | None = own("What the customer wants to reach here.", substance=True)
    good: Text | None = own("What good looks like here.", substance=True)
    duration: Duration | None = own("How long it takes, ISO 8601.", substance=True)
    waiting: Duration | None = own("How much of it is waiting, ISO 8601.", substance=True)


class Step(Entity):
    """Something a persona does within a stage."""

    activity: Text | None = own("What the persona does.", substance=True)
    emotion: Emotion | None = own(
        "How it feels when no persona says otherwise, -2 (terrible) to +2 (delightful).", substance=True
    )
    duration: Duration | None = own("How long it takes, ISO 8601.", substance=True)
    waiting: Duration | None = own("How much of it is waiting, ISO 8601.", substance=True)


class Touchpoint(Entity):
    """A contact between the persona and whoever serves it; several stages and steps may share one."""

    control: TouchpointControl | None = own("Who controls it.", ordered=True, substance=True)
    initiator: TouchpointInitiator | None = own("Who starts it.", substance=True)
    good: Text | None = own("What good looks like here.", substance=True)


class Channel(Entity):
    """A way in which touchpoints happen."""

    channel_sort: ChannelSort | None = own("What sort of channel it is.", ordered=True, substance=True)
