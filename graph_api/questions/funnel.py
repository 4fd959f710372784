"""The funnel: from pains to opportunities, propositions, initiatives and known effects, and where things stop.

Facts: `cypher/funnel/` and `cypher/initiative_effects.cypher` after `cypher/scope/`. Pure. What counts as getting
further is told in `portfolio/stages`.

The scope chooses pains and entities, never what becomes of them: a pain in scope is followed wherever it leads. At
each stage stand the entities to which walks from the scope lead, whether a pain leads to them or not, and the pains
that get at least that far.
A share of the stage before, and of the first, is null where there is nothing that it could be a share of. The effect of
an initiative is known where `initiative_effects` has a verdict on one of its KPIs other than NOT_MEASURABLE.

Pains that were decided against are outside: no share has them, and each stage tells how many got that far.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found, Selected, WorksLong
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.figures.effect_verdict import EffectVerdict
from graph_api.questions.initiative_effects import InitiativeEffectsQuestion
from graph_api.questions.portfolios.stages import OF_KIND, STAGES, STATUSES, FunnelStageName, Passage, Staged
from graph_api.questions.thread.scope import (
    NO_THREAD,
    Number,
    day,
    is_part,
    parameters,
    read_thread_facts,
    statement,
)
from graph_api.store.statements import Statement, chained, load

KINDS = tuple(OF_KIND)

_VERDICTS = tuple(verdict for verdict in EffectVerdict if verdict is not EffectVerdict.NOT_MEASURABLE)


@dataclass(frozen=True, slots=True)
class FunnelStatusCount:
    """The entities of one status at a stage."""

    status: str | None
    entities: int
    ended: bool
    """Whether nobody goes on with them, so that no pain gets further by them."""
    pains: int
    """How many pains lead to one of them."""


@dataclass(frozen=True, slots=True)
class FunnelVerdict:
    """The initiatives whose effect is known, by what is known."""

    verdict: EffectVerdict
    initiatives: int
    pains: int


@dataclass(frozen=True, slots=True)
class FunnelStop:
    """An entity at a stage that leads no further."""

    staged: Staged
    pains: int
    """How many pains lead to it."""
    stopped: int
    """Of these, those that end here, since they lead no further anywhere."""

    @property
    def entity(self) -> Found:
        """The entity."""
        return self.staged.found

    @property
    def status(self) -> str | None:
        """Where it stands."""
        return self.staged.status


STOP_ORDER: Sorting[FunnelStop] = Sorting(
    (term("stopped", int, descending=True), term("pains", int, descending=True), term("key", str)),
    lambda stop: [stop.stopped, stop.pains, stop.staged.key],
)


@dataclass(frozen=True)
class FunnelStage:
    """One stage, and what of the scope stands there."""

    stage: FunnelStageName
    all_entities: Sequence[Staged]
    """Those in scope, what has ended too; of insights, pains that are not decided against."""
    passage: Passage
    pains_in: Collection[Number]
    """The pains that are not decided against."""
    untyped: Collection[Number]
    decided: Collection[Number]
    """The pains that are."""
    before: "FunnelStage | None"
    first: "FunnelStage | None"
    last: bool
    """Whether nothing comes after it."""

    @property
    def _place(self) -> int:
        return STAGES.index(self.stage)

    def _as_far(self, insights: Collection[Number]) -> int:
        return sum(STAGES.index(self.passage.furthest[number]) >= self._place for number in insights)

    @property
    def entities(self) -> int:
        """How many entities stand here."""
        return len(self.all_entities)

    @property
    def ended(self) -> int:
        """How many of them have ended."""
        return sum(one.ended for one in self.all_entities)

    @property
    def status_unknown(self) -> int:
        """Of how many of them the status is unknown."""
        return sum(one.status is None for one in self.all_entities)

    @property
    def entities_of_before(self) -> float | None:
        """How many they are to one of the stage before."""
        return self.entities / self.before.entities if self.before and self.before.entities else None

    @cached_property
    def pains(self) -> int:
        """How many pains get at least this far."""
        return self._as_far(self.pains_in)

    @property
    def type_unknown(self) -> int:
        """How many insights without a type do."""
        return self._as_far(self.untyped)

    @property
    def pains_of_before(self) -> float | None:
        """Which share these pains are of those at the stage before."""
        return self.pains / self.before.pains if self.before and self.before.pains else None

    @property
    def pains_of_first(self) -> float | None:
        """Which share they are of all."""
        return self.pains / self.first.pains if self.first and self.first.pains else None

    def _ends_here(self, insights: Collection[Number]) -> int:
        return sum(self.passage.furthest[number] is self.stage for number in insights)

    @property
    def stopped(self) -> int:
        """How many of them get no further; at the last stage none stops."""
        return 0 if self.last else self._ends_here(self.pains_in)

    @property
    def decided_no(self) -> int:
        """How many pains got this far, no further, and were decided against."""
        return self._ends_here(self.decided)

    @property
    def passed_by(self) -> int:
        """How many of them lead to nothing here, and yet to something further on."""
        return self.pains - len(self.passage.at(self.stage).intersection(self.pains_in))

    def leading_to(self, some: Iterable[Staged]) -> frozenset[Number]:
        """Return the pains that lead to any of some entities."""
        found = (self.passage.leading_to.get(one.number, frozenset()) for one in some)
        return frozenset().union(*found).intersection(self.pains_in)

    @property
    def without_pain(self) -> int:
        """To how many of them nothing leads that is or may be a pain, not even one that was decided against."""
        return sum(not self.passage.leading_to.get(one.number) for one in self.all_entities)

    @property
    def by_status(self) -> list[FunnelStatusCount]:
        """Count them by status, in the order of the statuses; last, those of which it is unknown."""
        statuses = list(STATUSES.values())[: self._place + 1][-1]
        counts = []
        for status in (*statuses, None):
            of = [one for one in self.all_entities if one.status == status]
            if of:
                counts.append(FunnelStatusCount(status, len(of), of[0].ended, len(self.leading_to(of))))
        return counts

    def without_next(self, **arguments: Any) -> Connection[FunnelStop]:
        """List those that go on and lead no further, those first at which most pains end."""
        return Connection(STOP_ORDER.sort(self._stops), STOP_ORDER, arguments)

    @cached_property
    def _stops(self) -> list[FunnelStop]:
        going = [one for one in self.all_entities if not one.ended and not self.passage.goes_on(one.number)]
        found = []
        for one in () if self.last else going:
            pains = self.leading_to([one])
            ends = sum(self.passage.furthest[number] is self.stage for number in pains)
            found.append(FunnelStop(one, len(pains), ends))
        return found


@dataclass(frozen=True)
class Funnel:
    """From pains to known effects."""

    stages: Sequence[FunnelStage]
    strongest: Mapping[Number, EffectVerdict]
    """The strongest verdict on each initiative, where one is known."""

    @property
    def _first(self) -> FunnelStage:
        return self.stages[0]

    @property
    def decided_no(self) -> int:
        """How many pains were decided against, and are outside."""
        return len(self._first.decided)

    @property
    def type_unknown(self) -> int:
        """How many insights have no known type."""
        return len(self._first.untyped)

    @property
    def verdicts(self) -> list[FunnelVerdict]:
        """Count the initiatives whose effect is known by the strongest verdict on each; weakest first."""
        (*_, last) = self.stages
        if last.stage is not FunnelStageName.EFFECTS:
            return []
        counts = []
        for verdict in _VERDICTS:
            of = [one for one in last.all_entities if self.strongest[one.number] is verdict]
            if of:
                counts.append(FunnelVerdict(verdict, len(of), len(last.leading_to(of))))
        return counts


def funnel(
    entities: Mapping[Number, Staged],
    links: Sequence[tuple[Number, Number]],
    verdicts: Mapping[Number, str | None],
    strongest: Mapping[Number, EffectVerdict] | None,
    scope: Collection[Number] | None = None,
) -> Funnel:
    """Work the funnel out; without `strongest` it ends at initiatives.

    `verdicts` has that of the latest decision about each insight, `strongest` the strongest known one on the effect of
    each initiative. Of the entities those in scope are chosen, or all.
    """
    chosen = [one for number, one in entities.items() if scope is None or number in scope]
    pains = {one.number for one in chosen if one.is_pain}
    untyped = {one.number for one in chosen if one.may_be_pain}
    passage = Passage(entities, links, pains | untyped, strongest or {})
    outside = passage.outside(verdicts)
    decided, pains, untyped = pains & outside, pains - outside, untyped - outside
    stages: list[FunnelStage] = []
    wanted = STAGES if strongest is not None else STAGES[:-1]
    for stage in wanted:
        here = [one for one in chosen if OF_KIND[one.kind] is stage]
        if stage is FunnelStageName.PAINS:
            here = [one for one in here if one.number in pains]
        elif stage is FunnelStageName.EFFECTS:
            here = [one for one in chosen if one.number in (strongest or {}) and not one.ended]
        stages.append(
            FunnelStage(
                stage,
                here,
                passage,
                pains,
                untyped,
                decided,
                before=stages[-1] if stages else None,
                first=stages[0] if stages else None,
                last=stage is wanted[-1],
            )
        )
    return Funnel(stages, strongest or {})


@dataclass(frozen=True)
class FunnelQuestion(WorksLong):
    """The question, for the planner: of the graph or of a scope."""

    name: str = "funnel"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts."""
        reached = statement(arguments, "funnel/reached", KINDS)
        effects = chained(load("initiative_effects"), load("funnel"), given="candidates, thread")
        return chained(reached, effects)

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give those of the scope, and what is wanted."""
        return {
            **parameters(arguments),
            "on": day(arguments),
            "beyond": is_part(arguments),
            "effects": arguments.get("effects") is not False,
            "identified": "without_next" in selected,
        }

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> Funnel:
        """Work it out."""
        thread, (rows, (starts, finishes), verdicts), effects = facts
        known = read_thread_facts(thread)
        return funnel(
            {row[0]: Staged(*row) for row in rows},
            list(zip(starts, finishes, strict=True)),
            dict(verdicts),
            _strongest(effects) if effects is not None else None,
            known.walked(known.scope(arguments)),
        )


def _strongest(facts: Any) -> dict[Number, EffectVerdict]:
    on, _, *others = facts
    found: dict[Number, EffectVerdict] = {}
    ranks = {verdict: rank for rank, verdict in enumerate(EffectVerdict)}
    for effect in InitiativeEffectsQuestion().answer((on, NO_THREAD, *others), {}).items:
        if effect.verdict in _VERDICTS:
            number = effect.row.number
            found[number] = max(effect.verdict, found.get(number, effect.verdict), key=ranks.__getitem__)
    return found
