"""Two journeys compared: what becomes of a journey as it is in the journey as it should be, and who brings it about.

Facts: `cypher/compare_journeys.cypher` after `cypher/journey/`. Stages, steps and touchpoints are held against what
they evolve to there (EVOLVES_TO); what belongs to both journeys is what it was. What evolves to something in a third
journey only is dropped here, and its difference names that.

Two of them are the same where all own fields that are substance (name, and what the model marks so) are equal, and of
touchpoints also the channels and who runs them. Which share each channel has is not compared. What is known on one side
only (a field, or any channel at all) makes no difference, since nobody can tell; it is listed. Nobody running a
touchpoint is no such unknown: it is known to be run by nobody.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.questions.figures.kpi import Part
from graph_api.questions.journeys.audience import Audience, Person, read_limits
from graph_api.questions.journeys.complexity import Complexity
from graph_api.questions.journeys.difference import (
    SUBSTANCE,
    ElementPair,
    FieldDifference,
    JourneyChange,
    JourneyDifference,
    RealisedBy,
    Sides,
    Work,
    groups,
)
from graph_api.questions.journeys.experience import read_experiences
from graph_api.questions.journeys.journey import Element, Journey, Stage, Step, lost_journey, read_journey
from graph_api.questions.thread.scope import Number
from graph_api.store.statements import Statement, chained, load


@dataclass(frozen=True)
class LevelComparison:
    """The differences between the stages, steps or touchpoints of two journeys."""

    before: int
    """How many the journey as it is has."""
    after: int
    """How many the journey as it should be has."""
    differences: Sequence[JourneyDifference]

    def _elements(self, change: JourneyChange, *, after: bool = False) -> int:
        return sum(len(one.finishes if after else one.starts) for one in self.differences if one.change is change)

    @property
    def kept(self) -> int:
        """How many of the journey as it is stay the same."""
        return self._elements(JourneyChange.KEPT)

    @property
    def changed(self) -> int:
        """How many of the journey as it is become something else."""
        return self._elements(JourneyChange.CHANGED)

    @property
    def dropped(self) -> int:
        """How many of the journey as it is become nothing."""
        return self._elements(JourneyChange.DROPPED)

    @property
    def added(self) -> int:
        """How many of the journey as it should be come from nothing."""
        return self._elements(JourneyChange.ADDED, after=True)

    @property
    def splits(self) -> int:
        """How many of the journey as it is become several."""
        return sum(one.splits for one in self.differences)

    @property
    def merges(self) -> int:
        """How many of the journey as it should be come from several."""
        return sum(one.merges for one in self.differences)


@dataclass(frozen=True, slots=True)
class ComplexityOfBoth:
    """The complexity of both journeys."""

    as_is: Complexity
    to_be: Complexity


@dataclass(frozen=True)
class JourneyComparison:
    """The answer."""

    before: Journey
    after: Journey
    sides: Sides
    complexity: ComplexityOfBoth

    @property
    def as_is(self) -> Found:
        """The journey as it is."""
        return self.before.journey

    @property
    def to_be(self) -> Found:
        """The journey as it should be."""
        return self.after.journey

    @property
    def linked(self) -> bool:
        """Whether the one is said to evolve to the other."""
        return (self.before.number, self.after.number) in self.sides.evolved

    @property
    def fields(self) -> list[FieldDifference]:
        """Which own fields of the journeys themselves differ."""
        return ElementPair(self.before, self.after, self.sides).fields

    @property
    def unknown_fields(self) -> list[FieldDifference]:
        """Which are known of one of them only."""
        return ElementPair(self.before, self.after, self.sides).unknown_fields

    def _level(self, before: Sequence[Element], after: Sequence[Element]) -> LevelComparison:
        return LevelComparison(
            len(before),
            len(after),
            [
                JourneyDifference(starts, finishes, self.sides, [work for one in finishes for work in self._works(one)])
                for starts, finishes in groups(before, after, self.sides.evolved)
            ],
        )

    def _works(self, element: Element) -> Iterator[RealisedBy]:
        """List what brings a part about: itself, or what it is made of."""
        inner: list[Element] = [element]
        if isinstance(element, Stage):
            inner += [
                *element.touchpoints,
                *element.steps,
                *(one for step in element.steps for one in step.touchpoints),
            ]
        elif isinstance(element, Step):
            inner += element.touchpoints
        for one in {one.number: one for one in inner}.values():
            for work in self.sides.works.get(one.number, ()):
                yield RealisedBy(work, one)

    @cached_property
    def stages(self) -> LevelComparison:
        """What becomes of the stages."""
        return self._level(self.before.stages, self.after.stages)

    @cached_property
    def steps(self) -> LevelComparison:
        """What becomes of the steps."""
        return self._level(self.before.steps, self.after.steps)

    @cached_property
    def touchpoints(self) -> LevelComparison:
        """What becomes of the touchpoints."""
        return self._level(self.before.touchpoints, self.after.touchpoints)

    @property
    def unrealised(self) -> list[JourneyDifference]:
        """What is changed or added and nobody brings about: stages, then steps, then touchpoints."""
        return [
            one
            for level in (self.stages, self.steps, self.touchpoints)
            for one in level.differences
            if one.realised is False
        ]


def _read_sides(facts: Sequence[Any], held: frozenset[Number]) -> Sides:
    """Turn the lists of cypher/compare_journeys.cypher into their names; `held` is all that the journeys hold."""
    experiences, personas, fields, evolves, works, limits = facts
    takers = [
        Person(
            number, identity, key, side, takes=True, parts=[Part(one, part, "Segment", name) for one, part, name in of]
        )
        for number, identity, key, side, of in sorted(personas, key=lambda row: row[2])
    ]
    elsewhere: dict[Number, list[Found]] = defaultdict(list)
    for start, finish, identity, kind, _ in sorted(evolves, key=lambda row: row[4]):
        if finish not in held:
            elsewhere[start].append(Found(identity, kind))
    realising: dict[Number, list[Work]] = defaultdict(list)
    for number, *work in sorted(works, key=lambda row: (row[2], row[3])):
        realising[number].append(Work(*work))
    return Sides(
        audience=Audience(takers, (), asked=False, limits=read_limits(limits)),
        experiences=read_experiences(experiences),
        substance=dict(fields),
        evolved=frozenset((start, finish) for start, finish, *_ in evolves),
        elsewhere=elsewhere,
        works=realising,
    )


@dataclass(frozen=True)
class CompareJourneysQuestion:
    """The question, for the planner."""

    name: str = "compare_journeys"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts."""
        return chained(load("journey/named"), load("journey/experienced"), load("compare_journeys"))

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give the keys of both, and which fields count."""
        return {"journeys": sorted({arguments["asIs"], arguments["toBe"]}), "substance": SUBSTANCE}

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> JourneyComparison:
        """Hold the one against the other; raises UserInputError where one of them is not there."""
        rows, *known = facts
        journeys = {journey.key: journey for journey in map(read_journey, rows)}
        for argument in ("asIs", "toBe"):
            if arguments[argument] not in journeys:
                raise lost_journey(arguments[argument], argument=argument)
        before, after = journeys[arguments["asIs"]], journeys[arguments["toBe"]]
        sides = _read_sides(known, frozenset(number for number, _ in known[2]))
        treated = {
            place: [one.treatment is not None for one in limits] for place, limits in sides.audience.limits.items()
        }
        return JourneyComparison(
            before,
            after,
            sides,
            ComplexityOfBoth(Complexity(before, treated), Complexity(after, treated)),
        )
