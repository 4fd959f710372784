"""A whole journey in its order: stages, steps and touchpoints by position. Pure.

Facts: the placeholder `journey_row`, see store/mapped.py. Entities are numbers here, as everywhere in `questions`. In
the order of the journey a stage's own touchpoints come before its steps, and a touchpoint that several steps share
comes as often as it is met.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found
from graph_api.errors import UserInputError
from graph_api.model.choices import TouchpointControl
from graph_api.questions.thread.facts import Party
from graph_api.questions.thread.scope import Number


@dataclass(frozen=True, slots=True)
class ChannelUse:
    """A channel on which a touchpoint happens."""

    id: str
    key: str
    share: float | None
    """The share of contacts on it, 0 to 1."""

    @property
    def channel(self) -> Found:
        """The channel."""
        return Found(self.id, "Channel")


@dataclass(frozen=True, slots=True)
class Touchpoint:
    """A contact on the way."""

    number: Number
    id: str
    key: str
    control: str | None
    party: Party | None
    """Who runs it."""
    channels: Sequence[ChannelUse]

    kind = "Touchpoint"

    @property
    def run_by(self) -> Found | None:
        """Who runs it; null is nobody."""
        return Found(self.party.id, self.party.kind) if self.party else None

    @property
    def outside(self) -> bool:
        """Whether somebody else is known to control it."""
        return self.control in {TouchpointControl.PARTNER, TouchpointControl.EXTERNAL}


@dataclass(frozen=True, slots=True)
class Step:
    """What a persona does within a stage."""

    number: Number
    id: str
    key: str
    emotion: float | None
    """How it feels when no persona says otherwise, -2 to +2."""
    duration: str | None
    waiting: str | None
    """ISO 8601, as the duration."""
    touchpoints: Sequence[Touchpoint]

    kind = "Step"


@dataclass(frozen=True, slots=True)
class Stage:
    """A part of the journey."""

    number: Number
    id: str
    key: str
    duration: str | None
    waiting: str | None
    touchpoints: Sequence[Touchpoint]
    """Its own, beside those of its steps."""
    steps: Sequence[Step]

    kind = "Stage"


@dataclass(frozen=True)
class Journey:
    """The journey."""

    number: Number
    id: str
    key: str
    state: str | None
    stages: Sequence[Stage]

    kind = "Journey"

    @property
    def journey(self) -> Found:
        """The journey, for hydration."""
        return Found(self.id, self.kind)

    @cached_property
    def steps(self) -> Sequence[Step]:
        """Its steps, in order."""
        return [step for stage in self.stages for step in stage.steps]

    @cached_property
    def contacts(self) -> Sequence[Touchpoint]:
        """Its touchpoints in order, each as often as it is met."""
        return list(self._contacts())

    def _contacts(self) -> Iterator[Touchpoint]:
        for stage in self.stages:
            yield from stage.touchpoints
            for step in stage.steps:
                yield from step.touchpoints

    @cached_property
    def touchpoints(self) -> Sequence[Touchpoint]:
        """Its touchpoints in order, each once, where it is met first."""
        return list({touchpoint.number: touchpoint for touchpoint in self.contacts}.values())

    @cached_property
    def parties(self) -> Mapping[Party, Sequence[Touchpoint]]:
        """Who runs something on it, in the order in which they are met, each with the touchpoints run."""
        run: dict[Party, list[Touchpoint]] = {}
        for touchpoint in self.touchpoints:
            if touchpoint.party:
                run.setdefault(touchpoint.party, []).append(touchpoint)
        return run


Element = Journey | Stage | Step | Touchpoint


def found(element: Element) -> Found:
    """Say which entity an element of a journey is, for hydration."""
    return Found(element.id, element.kind)


def read_journey(row: Sequence[Any]) -> Journey:
    """Turn a row `journey_row` into its names."""
    *own, stages = row
    return Journey(*(*own, [_stage(stage) for stage in stages]))


def _stage(row: Sequence[Any]) -> Stage:
    *own, touchpoints, steps = row
    return Stage(*(*own, _touchpoints(touchpoints), [_step(step) for step in steps]))


def _step(row: Sequence[Any]) -> Step:
    *own, touchpoints = row
    return Step(*(*own, _touchpoints(touchpoints)))


def _touchpoints(rows: Sequence[Sequence[Any]]) -> list[Touchpoint]:
    return [
        Touchpoint(*(*own, Party(*party) if party else None, [ChannelUse(*channel) for channel in channels]))
        for *own, party, channels in rows
    ]


def lost_journey(key: str, *, argument: str) -> UserInputError:
    """Return the error that there is no journey with the key given as an argument."""
    return UserInputError(f"{argument}: there is no journey with the key {key!r}.")
