"""Hand-offs of a journey: from whom to whom the responsibility passes along it, and where it breaks off.

Facts: `cypher/handoffs.cypher`. What a hand-off is stands in `handoff`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.questions.connection import Connection
from graph_api.questions.journeys.journey import read_journey
from graph_api.questions.parties.handoff import HANDOFF_ORDER, Handoff, Handoffs, HandoffState
from graph_api.store.statements import Statement, load


@dataclass(frozen=True)
class JourneyHandoffs(Connection[Handoff]):
    """The answer: a page of hand-offs, and what is told of all of them."""

    known: Handoffs

    @property
    def journey(self) -> Found:
        """The journey."""
        return self.known.of.journey

    @property
    def touchpoints(self) -> int:
        """How many touchpoints it meets, each as often as it is met."""
        return len(self.known.of.contacts)

    @property
    def parties(self) -> list[Found]:
        """Who runs something on it, in the order in which they are met."""
        return [Found(party.id, party.kind) for party in self.known.of.parties]

    @property
    def passed(self) -> int:
        """How many hand-offs from party to party there are."""
        return self.known.count(HandoffState.PASSED)

    @property
    def passed_within_step(self) -> int:
        """How many of these are within a step, whose touchpoints may be alternatives."""
        return self.known.count(HandoffState.PASSED, within_step=True)

    @property
    def broken(self) -> int:
        """How many breaks."""
        return self.known.count(HandoffState.BROKEN)

    @property
    def outside(self) -> int:
        """How many go to or come from what is nobody's to run."""
        return self.known.count(HandoffState.OUTSIDE)

    @property
    def skipped(self) -> list[Found]:
        """The steps, and stages without steps, that have no touchpoint."""
        return [place.element for place in self.known.places if place.met is None]


@dataclass(frozen=True)
class HandoffsQuestion:
    """The question, for the planner."""

    name: str = "handoffs"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the journey."""
        return load("handoffs")

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give the journey's key."""
        return {"journey": arguments["journey"]}

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> JourneyHandoffs | None:
        """List the hand-offs in the order of the journey; null where there is no such journey."""
        if facts is None:
            return None
        known = Handoffs(read_journey(facts))
        return JourneyHandoffs(known.all, HANDOFF_ORDER, arguments, known)
