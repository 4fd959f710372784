"""How far pains get on the way from what was learned to a known effect, and where they stop. Pure.

The stages are insights, opportunities, propositions, initiatives, and initiatives of which the effect is known. A pain
gets as far as the last stage at which it leads to anything that goes on. A proposition that is RETIRED and an
initiative that is STOPPED do not; of an unknown status, it goes on, since nobody ended it. An opportunity that an
initiative addresses directly passes the propositions by: what gets further counts at every stage before, so that each
stage has at most as many as the one before it.

A pain about which it was decided, by the latest decision, that nothing will be done, and that leads to no initiative,
is outside: stopping was meant. Of an insight without a type nobody can say whether it is a pain: it is counted apart,
and so at every stage there are between so many pains and so many more.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph_api.compile.question import Found
from graph_api.model.choices import (
    DecisionVerdict,
    InitiativeStatus,
    InsightStatus,
    OpportunityStatus,
    PropositionStatus,
)
from graph_api.model.rules import PAINS
from graph_api.model.values import Choice
from graph_api.questions.figures.claims import ENDED
from graph_api.questions.thread.scope import Number


class FunnelStageName(Choice):
    """The stages from what was learned to a known effect."""

    PAINS = "PAINS", "Pains and unmet needs that are not refuted."
    OPPORTUNITIES = "OPPORTUNITIES", "Opportunities that they raise."
    PROPOSITIONS = "PROPOSITIONS", "Propositions that address these and are not retired."
    INITIATIVES = "INITIATIVES", "Initiatives that deliver these, or address an opportunity, and were not stopped."
    EFFECTS = "EFFECTS", "Those initiatives of which it is known whether a number moved after they went live."


STAGES = tuple(FunnelStageName)

OF_KIND: Mapping[str, FunnelStageName] = {
    "Insight": FunnelStageName.PAINS,
    "Opportunity": FunnelStageName.OPPORTUNITIES,
    "Proposition": FunnelStageName.PROPOSITIONS,
    "Initiative": FunnelStageName.INITIATIVES,
}
"""At which stage a kind stands; an initiative with a known effect at the next one too."""

STATUSES: Mapping[str, type[Choice]] = {
    "Insight": InsightStatus,
    "Opportunity": OpportunityStatus,
    "Proposition": PropositionStatus,
    "Initiative": InitiativeStatus,
}


class ThreadStatus(Choice):
    """Where an insight, opportunity, proposition or initiative stands; see the status of each."""

    _ignore_ = "choice member"
    for choice in STATUSES.values():
        for member in choice:
            vars()[member.name] = member.value, member.description


@dataclass(frozen=True, slots=True)
class Staged:
    """An insight, opportunity, proposition or initiative."""

    number: Number
    id: str | None
    """Null where nobody asks for it."""
    kind: str
    key: str | None
    status: str | None
    type: str | None = None
    """Of an insight: what it says."""

    @property
    def found(self) -> Found:
        """The entity, for hydration."""
        return Found(self.id or "", self.kind)

    @property
    def ended(self) -> bool:
        """Whether nobody goes on with it."""
        return self.status in ENDED

    @property
    def is_pain(self) -> bool:
        """Whether it is a pain or unmet need that is not refuted."""
        return self.type in PAINS and self.status != InsightStatus.REFUTED

    @property
    def may_be_pain(self) -> bool:
        """Whether nobody knows."""
        return self.kind == "Insight" and self.type is None and self.status != InsightStatus.REFUTED


@dataclass(frozen=True)
class Passage:
    """How some insights pass through the stages."""

    entities: Mapping[Number, Staged]
    """All that they lead to, and they themselves."""
    links: Iterable[tuple[Number, Number]]
    """From each to the next: RAISES, ADDRESSED_BY, DELIVERED_BY."""
    insights: Collection[Number]
    """Those that are asked about: pains, or what may be one."""
    known: Collection[Number]
    """The initiatives of which the effect is known."""

    @cached_property
    def _next(self) -> Mapping[Number, Sequence[Number]]:
        following: dict[Number, list[Number]] = defaultdict(list)
        for start, finish in self.links:
            if finish in self.entities:
                following[start].append(finish)
        return following

    @cached_property
    def leading_to(self) -> Mapping[Number, frozenset[Number]]:
        """For each entity, those of the insights that lead to it, over nothing that has ended."""
        found: dict[Number, set[Number]] = defaultdict(set)
        for insight in self.insights:
            found[insight].add(insight)
        # Each kind leads on to later ones only.
        for kind in OF_KIND:
            for number in [number for number in found if self.entities[number].kind == kind]:
                if not self.entities[number].ended:
                    for following in self._next.get(number, ()):
                        found[following] |= found[number]
        return {number: frozenset(of) for number, of in found.items()}

    def goes_on(self, number: Number) -> bool:
        """Tell whether an entity leads to one further on that goes on; an initiative, whether its effect is known."""
        if self.entities[number].kind == "Initiative":
            return number in self.known
        return any(not self.entities[one].ended for one in self._next.get(number, ()))

    def at(self, stage: FunnelStageName) -> frozenset[Number]:
        """Return the insights that lead to anything at a stage that goes on."""
        return self._at[stage]

    @cached_property
    def _at(self) -> Mapping[FunnelStageName, frozenset[Number]]:
        met: dict[FunnelStageName, set[Number]] = {stage: set() for stage in STAGES}
        for number, insights in self.leading_to.items():
            one = self.entities[number]
            if not one.ended:
                met[OF_KIND[one.kind]] |= insights
                if number in self.known:
                    met[FunnelStageName.EFFECTS] |= insights
        return {stage: frozenset(of) for stage, of in met.items()}

    @cached_property
    def furthest(self) -> Mapping[Number, FunnelStageName]:
        """For each of the insights, the last stage that it gets to."""
        found = dict.fromkeys(self.insights, FunnelStageName.PAINS)
        for stage in STAGES:
            found |= dict.fromkeys(self.at(stage), stage)
        return found

    def outside(self, verdicts: Mapping[Number, str | None]) -> frozenset[Number]:
        """Return the insights about which it was decided that nothing will be done, and for which no initiative is."""
        worked_on = self.at(FunnelStageName.INITIATIVES)
        return frozenset(
            number
            for number in self.insights
            if verdicts.get(number) == DecisionVerdict.DECIDED_NO and number not in worked_on
        )
