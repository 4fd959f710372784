"""How personas experience the steps and touchpoints of journeys, and what that rests on. Pure.

Facts: `cypher/journey/experienced.cypher`. A persona may have said several things about one place, told apart by their
grounds. Research counts before what the team assumes, and either before what rests on nobody knows what. A target says
how it should be: it counts for a journey as it should be, there before all else, and for no journey as it is. Where a
persona says nothing that counts, a step's own emotion stands for it, if it takes the journey and the step is for it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph_api.model.choices import ExperienceGrounds
from graph_api.model.values import Choice
from graph_api.questions.journeys.journey import Step, Touchpoint
from graph_api.questions.thread.scope import Number


class ExperienceBasis(Choice):
    """What a statement of how something feels rests on."""

    ASSUMED = ExperienceGrounds.ASSUMED.value, ExperienceGrounds.ASSUMED.description
    RESEARCHED = ExperienceGrounds.RESEARCHED.value, ExperienceGrounds.RESEARCHED.description
    TARGET = ExperienceGrounds.TARGET.value, ExperienceGrounds.TARGET.description
    STEP = "STEP", "The step's own emotion, since the persona says nothing else."


_AS_IS: Sequence[str | None] = (ExperienceBasis.RESEARCHED, ExperienceBasis.ASSUMED, None)
_TO_BE: Sequence[str | None] = (ExperienceBasis.TARGET, *_AS_IS)


@dataclass(frozen=True, slots=True)
class Experience:
    """What a persona says of a step or touchpoint, or what stands for it."""

    emotion: float | None
    """-2 (terrible) to +2 (delightful)."""
    feeling: str | None = None
    thought: str | None = None
    importance: float | None = None
    satisfaction: float | None = None
    moment_of_truth: bool | None = None
    why: str | None = None
    basis: str | None = None
    """See ExperienceBasis; null where nobody says what it rests on."""
    respondents: int | None = None


@dataclass(frozen=True)
class Experiences:
    """What personas say of the places of journeys."""

    said: Mapping[tuple[Number, Number], Sequence[Experience]]
    """By place and persona, what counts most first."""

    def of(self, place: Number, persona: Number) -> Sequence[Experience]:
        """Give all that a persona says of a place."""
        return self.said.get((place, persona), ())

    def telling(self, place: Number, persona: Number, *, to_be: bool) -> Experience | None:
        """Choose the one that tells how a persona feels at a place: of those with an emotion, what counts most."""
        counting = _TO_BE if to_be else _AS_IS
        known = [one for one in self.of(place, persona) if one.emotion is not None and one.basis in counting]
        return min(known, key=lambda one: counting.index(one.basis), default=None)


def own_emotion(place: Step | Touchpoint) -> Experience | None:
    """Return what stands for personas who say nothing of a place: a step's own emotion, where it is known."""
    if isinstance(place, Step) and place.emotion is not None:
        return Experience(place.emotion, basis=ExperienceBasis.STEP)
    return None


def read_experiences(rows: Sequence[Sequence[Any]]) -> Experiences:
    """Turn the column `experiences` of cypher/journey/experienced.cypher into its names."""
    said: dict[tuple[Number, Number], list[Experience]] = defaultdict(list)
    for place, persona, *own in rows:
        said[place, persona].append(Experience(*own))
    return Experiences(
        {place: sorted(several, key=lambda one: _TO_BE.index(one.basis)) for place, several in said.items()}
    )
