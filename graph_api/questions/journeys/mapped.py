"""The parts of a journey map: its places, and what personas feel, what was learned and what was promised there. Pure.

Facts: `cypher/journey_map.cypher`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

from graph_api.compile.question import Found
from graph_api.model.choices import JourneyState
from graph_api.questions.figures.kpi import KPI, Measurement, Part
from graph_api.questions.journeys.audience import Audience, Limit, Person
from graph_api.questions.journeys.experience import Experience, Experiences, own_emotion
from graph_api.questions.journeys.journey import ChannelUse, Journey, Stage, Step, Touchpoint, found
from graph_api.questions.journeys.mapped_kpi import MappedKPI, kpi_values
from graph_api.questions.thread.scope import Number

P = TypeVar("P", Step, Touchpoint)


@dataclass(frozen=True)
class MappedExperience(Experience):
    """How a persona experiences a step or touchpoint."""

    person: Person = field(kw_only=True)
    counts: bool = field(kw_only=True)
    """Whether it is the one that tells how the persona feels there; the line of emotions takes its point from it."""

    @property
    def persona(self) -> Found:
        """Who."""
        return self.person.persona


@dataclass(frozen=True, slots=True)
class EmotionPoint:
    """A point of a persona's line of emotions."""

    of: Step
    number: int
    """The step's place in the journey, from 1."""
    applies: bool
    told: Experience | None

    @property
    def step(self) -> Found:
        """The step."""
        return found(self.of)

    @property
    def emotion(self) -> float | None:
        """-2 (terrible) to +2 (delightful); null where nobody knows."""
        return self.told.emotion if self.told else None

    @property
    def basis(self) -> str | None:
        """What that rests on."""
        return self.told.basis if self.told else None

    @property
    def respondents(self) -> int | None:
        """How many said so."""
        return self.told.respondents if self.told else None


@dataclass(frozen=True)
class MappedPersona:
    """A persona of the map, and how it feels on the way."""

    person: Person
    line: Sequence[EmotionPoint]

    @property
    def persona(self) -> Found:
        """Who."""
        return self.person.persona

    @property
    def segments(self) -> list[Found]:
        """Those of the segments looked at that it is in."""
        return self.person.segments

    @property
    def takes(self) -> bool:
        """Whether it takes the journey."""
        return self.person.takes

    @property
    def unknown(self) -> int:
        """At how many of the steps that apply nobody knows how it feels."""
        return sum(point.emotion is None for point in self.line if point.applies)


@dataclass(frozen=True, slots=True)
class MappedEvidence:
    """A piece of evidence that backs an insight."""

    id: str
    key: str
    stance: str | None
    support: int | None
    of: int | None

    @property
    def evidence(self) -> Found:
        """The evidence."""
        return Found(self.id, "Evidence")


@dataclass(frozen=True)
class MappedInsight:
    """An insight that was observed somewhere on the journey."""

    id: str
    key: str
    voiced: Sequence[Part]
    evidence: Sequence[MappedEvidence]
    raised: Sequence[Sequence[str]]
    hearing: Sequence[Person]

    @property
    def insight(self) -> Found:
        """The insight."""
        return Found(self.id, "Insight")

    @property
    def voices(self) -> list[Found]:
        """Who voices it."""
        return [Found(voice.id, voice.kind) for voice in self.voiced]

    @property
    def counts_for(self) -> list[Found]:
        """The map's personas for whom it counts."""
        return [person.persona for person in self.hearing]

    @property
    def opportunities(self) -> list[Found]:
        """What it raises."""
        return [Found(identity, "Opportunity") for identity, _ in self.raised]


@dataclass(frozen=True)
class MapFacts:
    """What is known of one journey, by the places on it."""

    on: str
    journey: Journey
    audience: Audience
    experiences: Experiences
    insights: Mapping[Number, Sequence[MappedInsight]]
    left_out: int
    enablers: Mapping[Number, Sequence[Found]]
    kept: Mapping[Number, Sequence[Found]]
    made: Mapping[Number, Sequence[Found]]
    principles: Mapping[Number, Sequence[Found]]
    measured: Mapping[Number, Sequence[tuple[KPI, Sequence[Measurement]]]]

    @property
    def to_be(self) -> bool:
        """Whether the journey is as it should be, so that targets count."""
        return self.journey.state == JourneyState.ASPIRATIONAL

    def kpis(self, place: Number) -> list[MappedKPI]:
        """List what measures a place, by key."""
        return [
            MappedKPI(kpi, kpi_values(kpi, measurements, (place, self.journey.number), self.audience, self.on))
            for kpi, measurements in sorted(self.measured.get(place, ()), key=lambda one: one[0].key)
        ]

    def told(self, place: Step | Touchpoint, person: Person) -> Experience | None:
        """Say how a persona feels at a place: as it says, else a step's own emotion, if it gets there.

        A step's emotion is that of those who take the journey and whom the step is for; of others it says nothing.
        """
        said = self.experiences.telling(place.number, person.number, to_be=self.to_be)
        there = person.takes and self.audience.applies_to(place.number, person)
        return said or (own_emotion(place) if there else None)

    def experienced(self, place: Step | Touchpoint) -> list[MappedExperience]:
        """List all that personas say of a place, what counts first; and what stands for those who say no emotion."""
        listed = []
        for person in self.audience.people:
            told, said = self.told(place, person), self.experiences.of(place.number, person.number)
            others = [one for one in said if one is not told]
            listed += [
                MappedExperience(*astuple(one), person=person, counts=one is told)
                for one in (*([told] if told else ()), *others)
            ]
        return listed


@dataclass(frozen=True)
class MappedPlace(Generic[P]):
    """A step or touchpoint where it is met."""

    facts: MapFacts
    at: P
    within: bool
    """Whether the step where it is met applies."""

    @property
    def applies(self) -> bool:
        """Whether it is for any of those looked at."""
        return self.within and self.facts.audience.applies(self.at.number)

    @property
    def treatments(self) -> list[Limit]:
        """For whom it is, and how they are treated."""
        return self.facts.audience.treatments(self.at.number)

    @property
    def experiences(self) -> list[MappedExperience]:
        """How personas experience it."""
        return self.facts.experienced(self.at)

    @property
    def enablers(self) -> Sequence[Found]:
        """What it needs, by key."""
        return self.facts.enablers.get(self.at.number, ())

    @property
    def insights(self) -> Sequence[MappedInsight]:
        """What was observed at it, by key."""
        return self.facts.insights.get(self.at.number, ())


@dataclass(frozen=True)
class MappedTouchpoint(MappedPlace[Touchpoint]):
    """A touchpoint where it is met."""

    @property
    def touchpoint(self) -> Found:
        """The touchpoint."""
        return found(self.at)

    @property
    def channels(self) -> Sequence[ChannelUse]:
        """Where it happens."""
        return self.at.channels

    @property
    def run_by(self) -> Found | None:
        """Who runs it."""
        return self.at.run_by

    @property
    def promises_kept(self) -> Sequence[Found]:
        """The promises that must be kept at it."""
        return self.facts.kept.get(self.at.number, ())

    @property
    def promises_made(self) -> Sequence[Found]:
        """The promises that are made at it."""
        return self.facts.made.get(self.at.number, ())

    @property
    def kpis(self) -> list[MappedKPI]:
        """What measures it."""
        return self.facts.kpis(self.at.number)

    @property
    def principles(self) -> Sequence[Found]:
        """What it follows."""
        return self.facts.principles.get(self.at.number, ())


@dataclass(frozen=True)
class MappedStep(MappedPlace[Step]):
    """A step of the map."""

    number: int
    """Its place in the journey, from 1."""

    @property
    def step(self) -> Found:
        """The step."""
        return found(self.at)

    @cached_property
    def touchpoints(self) -> list[MappedTouchpoint]:
        """Its touchpoints, in order."""
        return [MappedTouchpoint(self.facts, touchpoint, self.applies) for touchpoint in self.at.touchpoints]


@dataclass(frozen=True)
class MappedStage:
    """A stage of the map."""

    facts: MapFacts
    at: Stage
    number: int
    """Its place in the journey, from 1."""
    steps: Sequence[MappedStep]

    @property
    def stage(self) -> Found:
        """The stage."""
        return found(self.at)

    @cached_property
    def touchpoints(self) -> list[MappedTouchpoint]:
        """Its own touchpoints, in order."""
        return [MappedTouchpoint(self.facts, touchpoint, within=True) for touchpoint in self.at.touchpoints]

    @property
    def insights(self) -> Sequence[MappedInsight]:
        """What was observed at it, by key."""
        return self.facts.insights.get(self.at.number, ())

    @property
    def kpis(self) -> list[MappedKPI]:
        """What measures it, by key."""
        return self.facts.kpis(self.at.number)
