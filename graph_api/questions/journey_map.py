"""The journey map: everything that a picture or a service blueprint of one journey shows, in the journey's order.

Facts: `cypher/journey_map.cypher` after `cypher/journey/`. The lanes are those of a service blueprint (G. L. Shostack,
Designing Services That Deliver, Harvard Business Review 62(1), 1984): what the persona does and feels, the contacts,
who runs them, and what stands behind them. What is unknown stays a gap in the line of emotions; it is never drawn as 0.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.questions.figures.kpi import KPI, Measurement, Part, read_kpi, read_measurement
from graph_api.questions.journeys.audience import Audience, check_audience, read_audience, read_limits
from graph_api.questions.journeys.experience import read_experiences
from graph_api.questions.journeys.journey import read_journey
from graph_api.questions.journeys.mapped import (
    EmotionPoint,
    MapFacts,
    MappedEvidence,
    MappedInsight,
    MappedPersona,
    MappedStage,
    MappedStep,
)
from graph_api.questions.journeys.mapped_kpi import MappedKPI
from graph_api.questions.thread.scope import Number, day
from graph_api.store.statements import Statement, chained, load


@dataclass(frozen=True, slots=True)
class FrontlineParty:
    """A party that runs touchpoints of the journey."""

    party: Found
    touchpoints: Sequence[Found]
    """Those, in order."""


@dataclass(frozen=True)
class JourneyMap:
    """The answer."""

    facts: MapFacts

    @property
    def journey(self) -> Found:
        """The journey."""
        return self.facts.journey.journey

    @property
    def on(self) -> str:
        """The day after which no measurement counts, ISO 8601."""
        return self.facts.on

    @property
    def segments(self) -> list[Found]:
        """The segments looked at."""
        return [Found(part.id, part.kind) for part in self.facts.audience.parts]

    @cached_property
    def stages(self) -> list[MappedStage]:
        """The stages, in order."""
        numbers, facts = count(1), self.facts
        return [
            MappedStage(
                facts,
                stage,
                number,
                [MappedStep(facts, step, within=True, number=next(numbers)) for step in stage.steps],
            )
            for number, stage in enumerate(facts.journey.stages, start=1)
        ]

    @cached_property
    def personas(self) -> list[MappedPersona]:
        """The personas looked at, each with its line of emotions."""
        steps = [step for stage in self.stages for step in stage.steps]
        return [
            MappedPersona(
                person,
                [
                    EmotionPoint(
                        step.at,
                        step.number,
                        self.facts.audience.applies_to(step.at.number, person),
                        self.facts.told(step.at, person),
                    )
                    for step in steps
                ],
            )
            for person in self.facts.audience.people
        ]

    @property
    def insights(self) -> Sequence[MappedInsight]:
        """What was observed of the journey as a whole, by key."""
        return self.facts.insights.get(self.facts.journey.number, ())

    @property
    def insights_left_out(self) -> int:
        """How many more there are, which only others voice."""
        return self.facts.left_out

    @property
    def opportunities(self) -> list[Found]:
        """All that the insights of the map raise, each once, by key."""
        raised = {
            identity: key
            for insights in self.facts.insights.values()
            for one in insights
            for identity, key in one.raised
        }
        return [Found(identity, "Opportunity") for identity in sorted(raised, key=lambda identity: raised[identity])]

    @property
    def kpis(self) -> list[MappedKPI]:
        """What measures the journey as a whole, by key."""
        return self.facts.kpis(self.facts.journey.number)

    @property
    def principles(self) -> Sequence[Found]:
        """What the journey follows, by key."""
        return self.facts.principles.get(self.facts.journey.number, ())

    @property
    def frontline(self) -> list[FrontlineParty]:
        """Who runs its touchpoints, in the order in which they are met."""
        return [
            FrontlineParty(Found(party.id, party.kind), [Found(touchpoint.id, touchpoint.kind) for touchpoint in run])
            for party, run in self.facts.journey.parties.items()
        ]


def _at_places(rows: Iterable[Sequence[Any]], kind: str) -> dict[Number, list[Found]]:
    """Gather rows [place, id, key] by place, by key."""
    places: dict[Number, list[Found]] = {}
    for place, identity, _ in sorted(rows, key=lambda row: row[2]):
        places.setdefault(place, []).append(Found(identity, kind))
    return places


def _insights(rows: Sequence[Sequence[Any]], audience: Audience) -> tuple[dict[Number, list[MappedInsight]], int]:
    """Gather the insights that count by place, by key; and count the others."""
    places: dict[Number, list[MappedInsight]] = {}
    left_out = 0
    for where, identity, key, voices, evidence, raised in sorted(rows, key=lambda row: row[2]):
        voiced = sorted((Part(*voice) for voice in voices), key=lambda part: (part.kind, part.key))
        numbers = [part.number for part in voiced]
        if not audience.hears(numbers):
            left_out += 1
            continue
        backed = [MappedEvidence(*one) for one in evidence]
        insight = MappedInsight(identity, key, voiced, backed, raised, audience.hearing(numbers))
        for place in where:
            places.setdefault(place, []).append(insight)
    return places, left_out


def _kpis(rows: Iterable[Sequence[Any]]) -> dict[Number, list[tuple[KPI, list[Measurement]]]]:
    places: dict[Number, list[tuple[KPI, list[Measurement]]]] = {}
    for where, kpi, measurements in rows:
        known = read_kpi(kpi), [read_measurement(one) for one in measurements]
        for place in where:
            places.setdefault(place, []).append(known)
    return places


@dataclass(frozen=True)
class JourneyMapQuestion:
    """The question, for the planner: of a journey by its key, or about one."""

    name: str = "journey_map"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts."""
        if self.about_entity:
            return chained(load("journey/about"), load("journey/experienced"), load("journey_map"), given="start")
        return chained(load("journey/named"), load("journey/experienced"), load("journey_map"))

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give the day, who is looked at, and the journey's key; raises UserInputError."""
        check_audience(arguments)
        asked = {name: arguments.get(name) for name in ("personas", "segments")}
        return {**asked, "on": day(arguments), "journeys": [arguments.get("key")]}

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> JourneyMap | None:
        """Draw the map; null where there is no such journey. Raises UserInputError for who is not there."""
        on, journeys, experiences, takers, personas, segments, limits, insights, enablers, *others = facts
        promises, principles, kpis = others
        if not journeys:
            return None
        audience = read_audience(frozenset(takers), personas, segments, read_limits(limits), arguments)
        by_place, left_out = _insights(insights, audience)
        return JourneyMap(
            MapFacts(
                on=on,
                journey=read_journey(journeys[0]),
                audience=audience,
                experiences=read_experiences(experiences),
                insights=by_place,
                left_out=left_out,
                enablers=_at_places(enablers, "Enabler"),
                kept=_at_places((row for *row, kept in promises if kept), "Promise"),
                made=_at_places((row for *row, kept in promises if not kept), "Promise"),
                principles=_at_places(principles, "Principle"),
                measured=_kpis(kpis),
            )
        )
