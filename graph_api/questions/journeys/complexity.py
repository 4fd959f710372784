"""Complexity of a journey: its terms, each a count or a share that anybody can check. There is no score of them. Pure.

    waiting share = Σ waiting / Σ duration over the stages, 0 to 1

A stage's own duration and waiting count, else the sum of its steps' where all of these are known. Where a stage's
waiting is unknown there is no share, but an interval as long as all durations are known: that waiting lies between what
is known of the stage's steps and the stage's duration. Waiting that is longer than the duration, the stage's own or
that of its steps, cannot be right: it is not credible and counts as unknown, and lies between none and the duration.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph_api.questions.figures.duration import hours
from graph_api.questions.figures.exact import share, total
from graph_api.questions.journeys.journey import Journey, Stage
from graph_api.questions.parties.handoff import Handoffs, HandoffState
from graph_api.questions.thread.scope import Number

Limits = Mapping[Number, Sequence[bool]]
"""By step or touchpoint: for each persona or segment that it is for, whether that says how they are treated."""


@dataclass(frozen=True)
class Spell:
    """How long a stage takes, and how much of that is waiting: in hours, null where unknown."""

    duration: float | None
    waiting: float | None
    waiting_least: float = 0.0
    """The same at least, where it is unknown: what is known of the steps."""
    credible: bool = True
    """Whether what is known of waiting fits into the duration."""


def _time(own: str | None, of_steps: Sequence[str | None]) -> float | None:
    if own is not None:
        return hours(own)
    known = [hours(one) for one in of_steps if one is not None]
    return total(known) if known and len(known) == len(of_steps) else None


def spell(stage: Stage) -> Spell:
    """Say how long a stage takes, and how much of that is waiting; see above."""
    duration = _time(stage.duration, [step.duration for step in stage.steps])
    waiting = _time(stage.waiting, [step.waiting for step in stage.steps])
    least = (
        total(hours(step.waiting) for step in stage.steps if step.waiting is not None) if waiting is None else waiting
    )
    if duration is not None and (least is None or least > duration):
        return Spell(duration, None, credible=False)
    return Spell(duration, waiting, least or 0.0)


@dataclass(frozen=True)
class Complexity:
    """The terms."""

    of: Journey
    limits: Limits

    @property
    def stages(self) -> int:
        """How many stages."""
        return len(self.of.stages)

    @property
    def steps(self) -> int:
        """How many steps."""
        return len(self.of.steps)

    @property
    def steps_without_touchpoints(self) -> int:
        """At how many of them nobody is met."""
        return sum(not step.touchpoints for step in self.of.steps)

    @property
    def touchpoints(self) -> int:
        """How many distinct touchpoints."""
        return len(self.of.touchpoints)

    @property
    def outside_control(self) -> int:
        """How many of them a partner or somebody outside is known to control."""
        return sum(touchpoint.outside for touchpoint in self.of.touchpoints)

    @property
    def control_unknown(self) -> int:
        """Of how many of them nobody says who controls them."""
        return sum(touchpoint.control is None for touchpoint in self.of.touchpoints)

    @property
    def channels(self) -> int:
        """How many distinct channels."""
        return len({use.id for touchpoint in self.of.touchpoints for use in touchpoint.channels})

    @property
    def touchpoints_without_channel(self) -> int:
        """Of how many touchpoints no channel is known."""
        return sum(not touchpoint.channels for touchpoint in self.of.touchpoints)

    @property
    def parties(self) -> int:
        """How many distinct departments and partners run something."""
        return len(self.of.parties)

    @property
    def touchpoints_without_party(self) -> int:
        """How many touchpoints nobody runs."""
        return sum(touchpoint.party is None for touchpoint in self.of.touchpoints)

    @cached_property
    def _handoffs(self) -> Handoffs:
        return Handoffs(self.of)

    @property
    def handoffs(self) -> int:
        """How often the party changes from step to step; see handoff."""
        return self._handoffs.count(HandoffState.PASSED, within_step=False)

    @property
    def handoffs_within_step(self) -> int:
        """How often it changes within a step, whose touchpoints may be alternatives."""
        return self._handoffs.count(HandoffState.PASSED, within_step=True)

    @property
    def breaks(self) -> int:
        """How often it changes to or from nobody, within steps too: what nobody runs serves nobody."""
        return self._handoffs.count(HandoffState.BROKEN)

    @property
    def variants(self) -> int:
        """How many special treatments of a persona or segment its steps and touchpoints have."""
        places = {step.number for step in self.of.steps} | {one.number for one in self.of.touchpoints}
        return sum(treated for place in places for treated in self.limits.get(place, ()))

    @cached_property
    def _spells(self) -> list[Spell]:
        return [spell(stage) for stage in self.of.stages]

    @property
    def durations_unknown(self) -> int:
        """Of how many stages the duration is unknown."""
        return sum(one.duration is None for one in self._spells)

    @property
    def waitings_unknown(self) -> int:
        """Of how many stages the waiting is unknown."""
        return sum(one.waiting is None for one in self._spells)

    @property
    def waitings_not_credible(self) -> int:
        """Of how many of these it is known, but longer than the duration."""
        return sum(not one.credible for one in self._spells)

    @property
    def duration_hours(self) -> float | None:
        """How long it takes; null where a stage's duration is unknown."""
        known = [one.duration for one in self._spells if one.duration is not None]
        return total(known) if known and not self.durations_unknown else None

    def _waiting_share(self, *, most: bool) -> float | None:
        whole = self.duration_hours
        if not whole:
            return None
        waiting = total(
            one.waiting if one.waiting is not None else (one.duration or 0.0) if most else one.waiting_least
            for one in self._spells
        )
        return None if waiting is None else share(waiting, whole)

    @property
    def waiting_share(self) -> float | None:
        """Which share of it is waiting; null where a stage's duration or waiting is unknown."""
        return None if self.waitings_unknown else self.waiting_share_low

    @property
    def waiting_share_low(self) -> float | None:
        """That share at least."""
        return self._waiting_share(most=False)

    @property
    def waiting_share_high(self) -> float | None:
        """That share at most."""
        return self._waiting_share(most=True)


def read_limits(rows: Sequence[Sequence[Number | bool]]) -> dict[Number, list[bool]]:
    """Turn rows [step or touchpoint, whom, whether that says how they are treated] into their names."""
    limits: dict[Number, list[bool]] = {}
    for place, _, treated in rows:
        limits.setdefault(place, []).append(bool(treated))
    return limits
