"""Hand-offs: where along a journey the responsibility passes from one party to another. Pure.

In the order of the journey (stages and steps by position, a stage's own touchpoints before its steps', touchpoints of
one place by position) each touchpoint is held against the one before it. Where another party runs it, responsibility
passes: between steps, and within a step whose touchpoints several parties run. Where nobody runs one of the two it does
not pass but breaks; unless that one is EXTERNAL, which is nobody's to run. From nobody to nobody nothing passes.

The touchpoints of one step are as often alternatives (one calls the hotline or the dealer) as a sequence, and the graph
does not say which. So a hand-off within a step is told apart everywhere: it may be that nobody is ever handed on there.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from graph_api.compile.question import Found
from graph_api.model.choices import TouchpointControl
from graph_api.model.values import Choice
from graph_api.questions.connection import Sorting, term
from graph_api.questions.journeys import journey as journeys
from graph_api.questions.journeys.journey import Journey, Stage, Step, Touchpoint
from graph_api.questions.thread.facts import Party


class HandoffState(Choice):
    """Whether responsibility passes from one party to another."""

    PASSED = "PASSED", "It passes from one party to another."
    BROKEN = (
        "BROKEN",
        "It breaks off: nobody runs one of the two touchpoints, which is ours, a partner's or of unknown control.",
    )
    OUTSIDE = (
        "OUTSIDE",
        "It leaves, or comes from, an EXTERNAL touchpoint that nobody runs, since it is nobody's to run.",
    )


@dataclass(frozen=True, slots=True)
class Place:
    """A touchpoint where it is met; or a step, or a stage without steps, that has none."""

    number: int
    """Which place of the journey it is, from 0."""
    at_stage: Stage
    at_step: Step | None
    met: Touchpoint | None

    @property
    def stage(self) -> Found:
        """The stage."""
        return journeys.found(self.at_stage)

    @property
    def step(self) -> Found | None:
        """The step; null where the touchpoint is the stage's own."""
        return None if self.at_step is None else journeys.found(self.at_step)

    @property
    def touchpoint(self) -> Found | None:
        """The touchpoint."""
        return None if self.met is None else journeys.found(self.met)

    @property
    def party(self) -> Found | None:
        """Who runs it; null where nobody does."""
        return None if self.met is None else self.met.run_by

    @property
    def run_by(self) -> Party | None:
        """The same, to compare by."""
        return None if self.met is None else self.met.party

    @property
    def element(self) -> Found:
        """The step, or the stage itself."""
        return self.step or self.stage


def places(journey: Journey) -> list[Place]:
    """List the places of a journey in its order."""
    found: list[tuple[Stage, Step | None, Touchpoint | None]] = []
    for stage in journey.stages:
        found += [(stage, None, touchpoint) for touchpoint in stage.touchpoints]
        for step in stage.steps:
            found += [(stage, step, touchpoint) for touchpoint in step.touchpoints or (None,)]
        if not stage.steps and not stage.touchpoints:
            found.append((stage, None, None))
    return [Place(number, *place) for number, place in enumerate(found)]


@dataclass(frozen=True)
class Handoff:
    """A place where the responsibility passes, or breaks."""

    of: Journey
    start: Place
    finish: Place
    passed_by: tuple[Place, ...]
    """What lies between the two and has no touchpoint."""
    among: Counter["Between"]
    """How often it passes between whom in the journey."""

    @property
    def journey(self) -> Found:
        """The journey."""
        return self.of.journey

    @property
    def state(self) -> HandoffState:
        """Whether it passes; see above."""
        nobodys = [end.met for end in (self.start, self.finish) if end.met is not None and end.met.party is None]
        if not nobodys:
            return HandoffState.PASSED
        outside = all(touchpoint.control == TouchpointControl.EXTERNAL for touchpoint in nobodys)
        return HandoffState.OUTSIDE if outside else HandoffState.BROKEN

    @property
    def within_step(self) -> bool:
        """Whether both touchpoints are of one step."""
        return self.start.at_step is not None and self.start.at_step is self.finish.at_step

    @property
    def skipped(self) -> list[Found]:
        """The steps, and stages without steps, between the two that have no touchpoint."""
        return [place.element for place in self.passed_by]

    @property
    def between(self) -> "Between":
        """From whom to whom."""
        return Between(self.start.run_by, self.finish.run_by, self.state)

    @property
    def times(self) -> int:
        """How often it passes from this one to that one in the journey."""
        return self.among[self.between]

    @property
    def times_back(self) -> int:
        """How often it passes the other way."""
        return self.among[Between(self.finish.run_by, self.start.run_by, self.state)]


@dataclass(frozen=True, slots=True)
class Between:
    """From whom to whom responsibility passes, null being nobody, and whether it does."""

    start: Party | None
    finish: Party | None
    state: HandoffState


HANDOFF_ORDER: Sorting[Handoff] = Sorting(
    (term("journey", str), term("place", int)), lambda handoff: [handoff.of.key, handoff.finish.number]
)


@dataclass(frozen=True)
class Handoffs:
    """The hand-offs of one journey."""

    of: Journey

    @cached_property
    def places(self) -> list[Place]:
        """Its places, in order."""
        return places(self.of)

    @cached_property
    def all(self) -> list[Handoff]:
        """The hand-offs, in order; breaks too."""
        among: Counter[Between] = Counter()
        found = [Handoff(self.of, start, finish, between, among) for start, finish, between in self._changes()]
        among.update(handoff.between for handoff in found)
        return found

    def _changes(self) -> Iterator[tuple[Place, Place, tuple[Place, ...]]]:
        before: Place | None = None
        skipped: tuple[Place, ...] = ()
        for place in self.places:
            if place.met is None:
                skipped = (*skipped, place)
                continue
            if before is not None and before.run_by != place.run_by:
                yield before, place, skipped
            before, skipped = place, ()

    def count(self, state: HandoffState, *, within_step: bool | None = None) -> int:
        """Count those of a state: within steps, or between them, or all."""
        return sum(handoff.state is state and within_step in {None, handoff.within_step} for handoff in self.all)
