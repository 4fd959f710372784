"""Importance against satisfaction: what to concentrate on, keep up, let be, and where too much is done.

Facts: `cypher/importance_satisfaction.cypher` after `cypher/scope/`. Each experience of a step or touchpoint by a
persona of which both are known, 0 to 10 each, is placed in one of four quadrants: J. A. Martilla and J. C. James,
"Importance-Performance Analysis", Journal of Marketing 41(1), 1977, pp. 77-79. The lines between them are the means of
what is placed, or where the client puts them. What lies on a line counts as high.

Whose experiences, and of what: within a persona or a segment, those of that persona or of the segment's; within
anything else, those of the steps and touchpoints that walks from it reach. What a persona experiences elsewhere is
attached to it too, and would otherwise come along with every journey that it takes.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from statistics import mean
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.errors import UserInputError
from graph_api.model.choices import ExperienceGrounds
from graph_api.model.values import Choice
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.thread.scope import Number, ThreadFacts, parameters, read_thread_facts, statement
from graph_api.store.statements import Statement

KINDS = ("Persona", "Step", "Touchpoint")
"""What is looked at where the scope names no entity: both ends of an experience."""
_MOST = 10.0
_PEOPLE = frozenset({"personas", "segments"})
"""The fields of the scope that say whose experiences are asked for, and not of what."""


class Quadrant(Choice):
    """Where something stands by how important it is and how satisfied people are with it."""

    CONCENTRATE_HERE = "CONCENTRATE_HERE", "Important, and people are not satisfied."
    KEEP_UP = "KEEP_UP", "Important, and people are satisfied."
    LOW_PRIORITY = "LOW_PRIORITY", "Of less importance, and people are not satisfied."
    POSSIBLE_OVERKILL = "POSSIBLE_OVERKILL", "Of less importance, and people are satisfied: perhaps too much is done."


def gap(importance: float | None, satisfaction: float | None) -> float | None:
    """Subtract satisfaction from importance, -10 to 10, as exactly as they were written; null where one is unknown."""
    if importance is None or satisfaction is None:
        return None
    return float(exactly(importance) - exactly(satisfaction))


def exactly(value: float) -> Fraction:
    """Return the number that was written: 9.4 and not what a computer makes of it."""
    return Fraction(str(value))


def is_wanted(grounds: str | None, wanted: Collection[str] | None) -> bool:
    """Tell whether a statement with these grounds is asked for: if nothing is said, all that is not a target."""
    return grounds != ExperienceGrounds.TARGET if wanted is None else grounds in wanted


def experiences_in_scope(thread: ThreadFacts, arguments: Mapping[str, Any]) -> Callable[[Number, Number], bool]:
    """Return what tells, of a persona and a step or touchpoint, whether the experience is in scope; see the module.

    Raises UserInputError where the scope names an entity that is not there.
    """
    thread.scope(arguments)
    within: dict[str | None, set[Number]] = defaultdict(set)
    for start in thread.starts:
        if start.kinds in _PEOPLE:
            within[start.kinds].update((start.number, *thread.into("IN_SEGMENT", start.number)))
        else:
            within[start.kinds] |= thread.reached(start.roots, forwards=True)
            within[start.kinds] |= thread.reached(start.roots, forwards=False)

    def is_in_scope(persona: Number, element: Number) -> bool:
        if thread.tagged is not None and not thread.tagged.issuperset((persona, element)):
            return False
        return all((persona if kinds in _PEOPLE else element) in numbers for kinds, numbers in within.items())

    return is_in_scope


def quadrant(importance: float, satisfaction: float, *, importance_cut: float, satisfaction_cut: float) -> Quadrant:
    """Place something; see the module."""
    if importance >= importance_cut:
        return Quadrant.KEEP_UP if satisfaction >= satisfaction_cut else Quadrant.CONCENTRATE_HERE
    return Quadrant.POSSIBLE_OVERKILL if satisfaction >= satisfaction_cut else Quadrant.LOW_PRIORITY


@dataclass(frozen=True)
class Experience:
    """How a persona experiences a step or touchpoint, as far as this question goes."""

    element: Found
    persona: Found
    keys: tuple[str, str]
    """Those of the persona and of the element."""
    importance: float | None
    satisfaction: float | None
    moment_of_truth: bool | None
    grounds: str | None
    respondents: int | None


@dataclass(frozen=True)
class PlacedExperience:
    """An experience in its quadrant."""

    experience: Experience
    importance: float
    satisfaction: float
    quadrant: Quadrant

    @property
    def persona(self) -> Found:
        """Who experiences it."""
        return self.experience.persona

    @property
    def element(self) -> Found:
        """The step or touchpoint."""
        return self.experience.element

    @property
    def moment_of_truth(self) -> bool | None:
        """Whether it makes or breaks the relationship."""
        return self.experience.moment_of_truth

    @property
    def grounds(self) -> str | None:
        """What the statement rests on."""
        return self.experience.grounds

    @property
    def respondents(self) -> int | None:
        """How many said so."""
        return self.experience.respondents

    @property
    def gap(self) -> float:
        """Importance less satisfaction."""
        return float(exactly(self.importance) - exactly(self.satisfaction))


PLACED_ORDER: Sorting[PlacedExperience] = Sorting(
    (
        term("gap", float, descending=True),
        term("importance", float, descending=True),
        *(term(name, str) for name in ("persona", "element", "kind", "grounds")),
    ),
    lambda placed: [
        placed.gap,
        placed.importance,
        *placed.experience.keys,
        placed.element.kind,
        placed.grounds or "",
    ],
)


@dataclass(frozen=True)
class QuadrantCount:
    """How many experiences stand in a quadrant."""

    quadrant: Quadrant
    count: int


@dataclass(frozen=True)
class ImportanceSatisfaction:
    """The answer."""

    asked: Sequence[Experience]
    importance_given: float | None = None
    satisfaction_given: float | None = None

    @cached_property
    def _known(self) -> list[tuple[Experience, float, float]]:
        return [
            (one, one.importance, one.satisfaction)
            for one in self.asked
            if one.importance is not None and one.satisfaction is not None
        ]

    @cached_property
    def importance_cut(self) -> float | None:
        """From where on something is important; null where nothing is placed and nobody said."""
        return _cut(self.importance_given, [importance for _, importance, _ in self._known])

    @cached_property
    def satisfaction_cut(self) -> float | None:
        """From where on people are satisfied; null where nothing is placed and nobody said."""
        return _cut(self.satisfaction_given, [satisfaction for _, _, satisfaction in self._known])

    @property
    def total(self) -> int:
        """How many experiences were looked at."""
        return len(self.asked)

    @property
    def placed(self) -> int:
        """How many of them have a quadrant."""
        return len(self._known)

    @property
    def unplaced(self) -> int:
        """How many have none, since one term is unknown, or both."""
        return len(self.asked) - len(self._known)

    @property
    def without_importance(self) -> int:
        """Of how many the importance is unknown."""
        return sum(one.importance is None for one in self.asked)

    @property
    def without_satisfaction(self) -> int:
        """Of how many the satisfaction is unknown."""
        return sum(one.satisfaction is None for one in self.asked)

    @cached_property
    def _placed(self) -> list[PlacedExperience]:
        if self.importance_cut is None or self.satisfaction_cut is None:
            return []
        cuts = {"importance_cut": self.importance_cut, "satisfaction_cut": self.satisfaction_cut}
        return PLACED_ORDER.sort(
            [
                PlacedExperience(one, importance, satisfaction, quadrant(importance, satisfaction, **cuts))
                for one, importance, satisfaction in self._known
            ]
        )

    @property
    def quadrants(self) -> list[QuadrantCount]:
        """How many stand in each."""
        return [QuadrantCount(one, sum(placed.quadrant is one for placed in self._placed)) for one in Quadrant]

    def experiences(self, quadrants: Collection[str] | None = None, **arguments: Any) -> Connection[PlacedExperience]:
        """List them, those with the widest gap first."""
        wanted = [placed for placed in self._placed if quadrants is None or placed.quadrant in quadrants]
        return Connection(wanted, PLACED_ORDER, arguments)


def _cut(given: float | None, values: Sequence[float]) -> float | None:
    if given is not None:
        return given
    return float(mean(map(exactly, values))) if values else None


@dataclass(frozen=True)
class ImportanceSatisfactionQuestion:
    """The question, for the planner."""

    name: str = "importance_satisfaction"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts, of a scope or of the whole graph."""
        return statement(arguments, "importance_satisfaction", KINDS)

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give those of the scope; raises UserInputError where a line lies off the scale."""
        for name in ("importanceCut", "satisfactionCut"):
            cut = arguments.get(name)
            if cut is not None and not 0 <= cut <= _MOST:
                message = f"{name}: {cut:g} is off the scale. Give a number from 0 to 10, or leave it out for the mean."
                raise UserInputError(message)
        return parameters(arguments)

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> ImportanceSatisfaction:
        """Place what was asked for."""
        thread, rows = facts
        is_in_scope = experiences_in_scope(read_thread_facts(thread), arguments)
        experiences = [
            Experience(Found(element[1], element[2]), Found(persona[1], persona[2]), (persona[3], element[3]), *terms)
            for element, persona, *terms in rows
            if is_in_scope(persona[0], element[0])
        ]
        moments_only = arguments.get("momentsOnly")
        return ImportanceSatisfaction(
            [
                one
                for one in experiences
                if is_wanted(one.grounds, arguments.get("grounds")) and (one.moment_of_truth or not moments_only)
            ],
            arguments.get("importanceCut"),
            arguments.get("satisfactionCut"),
        )
