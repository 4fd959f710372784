"""Differences between a journey as it is and one as it should be: what belongs together, and what differs. Pure.

See compare_journeys for what counts as the same.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found
from graph_api.model import MODEL
from graph_api.model.choices import InitiativeStatus, PropositionStatus
from graph_api.model.values import Choice
from graph_api.questions.journeys.audience import Audience, Person
from graph_api.questions.journeys.experience import Experience, ExperienceBasis, Experiences, own_emotion
from graph_api.questions.journeys.journey import ChannelUse, Element, Step, Touchpoint, found
from graph_api.questions.thread.scope import Number

SUBSTANCE: Mapping[str, list[str]] = {
    kind: [name for name, prop in MODEL.kinds[kind].properties.items() if prop.substance]
    for kind in ("Journey", "Stage", "Step", "Touchpoint")
}
"""The own fields by which two of a kind are the same."""

_ENDED = frozenset({PropositionStatus.RETIRED, InitiativeStatus.STOPPED})


class JourneyChange(Choice):
    """What becomes of a part of a journey."""

    KEPT = "KEPT", "It stays the same, as far as both sides are known."
    CHANGED = "CHANGED", "It becomes something else, or several; or several become one."
    ADDED = "ADDED", "It comes from nothing of the journey as it is."
    DROPPED = "DROPPED", "It becomes nothing of the journey as it should be."


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """An own field that differs, or of which nobody can tell since it is known on one side only."""

    field: str
    before: str | None
    after: str | None
    """The values as texts; null is unknown."""


@dataclass(frozen=True, slots=True)
class EmotionDifference:
    """How a persona feels before and after."""

    person: Person | None
    start: Experience
    finish: Experience

    @property
    def persona(self) -> Found | None:
        """Who; null where it is the steps' own emotion."""
        return self.person.persona if self.person else None

    @property
    def before(self) -> float | None:
        """How it feels, -2 to +2."""
        return self.start.emotion

    @property
    def before_basis(self) -> str | None:
        """What that rests on."""
        return self.start.basis

    @property
    def after(self) -> float | None:
        """How it should feel."""
        return self.finish.emotion

    @property
    def after_basis(self) -> str | None:
        """What that rests on."""
        return self.finish.basis


@dataclass(frozen=True, slots=True)
class Work:
    """A proposition or initiative that brings something about."""

    id: str
    kind: str
    key: str
    status: str | None

    @property
    def ended(self) -> bool:
        """Whether it has come to its end, so that it brings nothing about any more."""
        return self.status in _ENDED


@dataclass(frozen=True, slots=True)
class RealisedBy:
    """What brings a difference about."""

    by: Work
    at: Element

    @property
    def work(self) -> Found:
        """The proposition or initiative."""
        return Found(self.by.id, self.by.kind)

    @property
    def ended(self) -> bool:
        """Whether it is retired or stopped."""
        return self.by.ended

    @property
    def through(self) -> Found:
        """What it brings about: the part itself, or something that the part is made of."""
        return found(self.at)


@dataclass(frozen=True)
class Sides:
    """What is known of the parts of both journeys."""

    audience: Audience
    """The personas who take one of them, by key."""
    experiences: Experiences
    substance: Mapping[Number, Sequence[Any]]
    """The values of the fields `SUBSTANCE` of each."""
    evolved: frozenset[tuple[Number, Number]]
    """What becomes what."""
    elsewhere: Mapping[Number, Sequence[Found]]
    """What evolves to something that belongs to neither journey."""
    works: Mapping[Number, Sequence[Work]]
    """What brings each about."""


@dataclass(frozen=True)
class ElementPair:
    """A part of the journey as it is, and one that it becomes."""

    start: Element
    finish: Element
    sides: Sides

    @property
    def before(self) -> Found:
        """The part as it is."""
        return found(self.start)

    @property
    def after(self) -> Found:
        """The part as it should be."""
        return found(self.finish)

    @cached_property
    def _unlike(self) -> list[FieldDifference]:
        values = (self.sides.substance[one.number] for one in (self.start, self.finish))
        return [
            FieldDifference(name, *(None if value is None else str(value) for value in both))
            for name, *both in zip(SUBSTANCE[self.start.kind], *values, strict=True)
            if both[0] != both[1]
        ]

    @property
    def fields(self) -> list[FieldDifference]:
        """The own fields that differ, with both values."""
        return [one for one in self._unlike if None not in {one.before, one.after}]

    @property
    def unknown_fields(self) -> list[FieldDifference]:
        """The own fields that are known on one side only: whether they differ nobody can tell."""
        return [one for one in self._unlike if None in {one.before, one.after}]

    def _known_channels(self) -> list[dict[str, ChannelUse]]:
        """Give the channels of the touchpoints of which any are known, before and after."""
        ends = [one for one in (self.start, self.finish) if isinstance(one, Touchpoint)]
        return [{use.id: use for use in one.channels} for one in ends if one.channels]

    @property
    def channels_unknown(self) -> bool:
        """Whether channels are known on one side only."""
        return len(self._known_channels()) == 1

    def _channels(self) -> tuple[dict[str, ChannelUse], dict[str, ChannelUse]]:
        match self._known_channels():
            case [before, after]:
                return before, after
            case _:
                return {}, {}

    @property
    def channels_dropped(self) -> list[Found]:
        """The channels that it no longer has, by key."""
        before, after = self._channels()
        return [use.channel for use in sorted(before.values(), key=lambda use: use.key) if use.id not in after]

    @property
    def channels_added(self) -> list[Found]:
        """The channels that it has besides, by key."""
        before, after = self._channels()
        return [use.channel for use in sorted(after.values(), key=lambda use: use.key) if use.id not in before]

    @property
    def party_dropped(self) -> Found | None:
        """Who no longer runs it."""
        return self._party(self.start, self.finish)

    @property
    def party_added(self) -> Found | None:
        """Who runs it instead."""
        return self._party(self.finish, self.start)

    @staticmethod
    def _party(one: Element, other: Element) -> Found | None:
        if isinstance(one, Touchpoint) and isinstance(other, Touchpoint) and one.party != other.party:
            return one.run_by
        return None

    @property
    def same(self) -> bool:
        """Whether nothing differs that counts and is known of both."""
        differing = self.fields or self.channels_added or self.channels_dropped
        return not (differing or self.party_added or self.party_dropped)

    @property
    def emotions(self) -> list[EmotionDifference]:
        """How personas feel before and after, by persona, the steps' own emotion last; only where both are known."""
        start, finish = self.start, self.finish
        if not (isinstance(start, Step | Touchpoint) and isinstance(finish, Step | Touchpoint)):
            return []
        differences = []
        shared, applies = start.number == finish.number, self.sides.audience.applies_to
        for person in self.sides.audience.people:
            before = self.sides.experiences.telling(start.number, person.number, to_be=False)
            after = self.sides.experiences.telling(finish.number, person.number, to_be=True)
            if shared:
                # What is said of one place is said of it as it is, but for a target.
                after = after if after and after.basis == ExperienceBasis.TARGET else None
            elif before or after:
                before = before or (own_emotion(start) if applies(start.number, person) else None)
                after = after or (own_emotion(finish) if applies(finish.number, person) else None)
            if before and after:
                differences.append(EmotionDifference(person, before, after))
        own = own_emotion(start), own_emotion(finish)
        if own[0] and own[1] and not shared:
            differences.append(EmotionDifference(None, own[0], own[1]))
        return differences


@dataclass(frozen=True)
class JourneyDifference:
    """What becomes of one part, or of several that become one, or one that becomes several."""

    starts: Sequence[Element]
    finishes: Sequence[Element]
    sides: Sides
    realised_by: Sequence[RealisedBy]

    @property
    def before(self) -> list[Found]:
        """The parts as they are, in order."""
        return [found(one) for one in self.starts]

    @property
    def after(self) -> list[Found]:
        """The parts as they should be, in order."""
        return [found(one) for one in self.finishes]

    @cached_property
    def pairs(self) -> list[ElementPair]:
        """What becomes what."""
        return [
            ElementPair(start, finish, self.sides)
            for start in self.starts
            for finish in self.finishes
            if start.number == finish.number or (start.number, finish.number) in self.sides.evolved
        ]

    @cached_property
    def change(self) -> JourneyChange:
        """What becomes of it."""
        if not self.starts:
            return JourneyChange.ADDED
        if not self.finishes:
            return JourneyChange.DROPPED
        return JourneyChange.KEPT if len(self.pairs) == 1 and self.pairs[0].same else JourneyChange.CHANGED

    @property
    def splits(self) -> int:
        """How many of the parts become several."""
        return _several(pair.start.number for pair in self.pairs)

    @property
    def merges(self) -> int:
        """How many of the parts come from several."""
        return _several(pair.finish.number for pair in self.pairs)

    @property
    def elsewhere(self) -> list[Found]:
        """What the parts evolve to that belongs to neither journey, by key."""
        return [one for start in self.starts for one in self.sides.elsewhere.get(start.number, ())]

    @property
    def realised(self) -> bool | None:
        """Whether something that has not ended brings it about; null where there is nothing to be brought about."""
        if self.change not in {JourneyChange.CHANGED, JourneyChange.ADDED}:
            return None
        return any(not one.ended for one in self.realised_by)


def _several(numbers: Iterable[Number]) -> int:
    return sum(times > 1 for times in Counter(numbers).values())


def groups(
    before: Sequence[Element], after: Sequence[Element], evolved: Collection[tuple[Number, Number]]
) -> list[tuple[list[Element], list[Element]]]:
    """Put together what becomes what, directly or by way of others; what is on both sides is what it was.

    In the order of the first side, and what has nothing there in the order of the second.
    """
    onward: dict[Number, set[Number]] = defaultdict(set)
    back: dict[Number, set[Number]] = defaultdict(set)
    firsts, seconds = {one.number: one for one in before}, {one.number: one for one in after}
    for start, finish in (*evolved, *((number, number) for number in firsts)):
        if start in firsts and finish in seconds:
            onward[start].add(finish)
            back[finish].add(start)
    found_groups = []
    seen: set[Number] = set()
    for first in firsts:
        if first in seen:
            continue
        starts, waiting = {first}, [first]
        finishes: set[Number] = set()
        while waiting:
            for finish in onward[waiting.pop()] - finishes:
                finishes.add(finish)
                waiting += back[finish] - starts
                starts |= back[finish]
        seen |= starts
        found_groups.append(
            ([one for one in before if one.number in starts], [one for one in after if one.number in finishes])
        )
    return found_groups + [([], [one]) for one in after if not back[one.number]]
