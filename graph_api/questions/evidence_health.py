"""Evidence health: what the insights rest on, what rests on assumption alone, and what research should test next.

Facts: `cypher/evidence_health.cypher` after `cypher/scope/`. What one insight rests on is in `insight_health`, and what
makes something worth testing in `research`.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.model.choices import EvidenceSort, HypothesisVerdict, InsightStatus
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.evidence.insight_health import (
    HEALTH_ORDER,
    IGNORANCE,
    ON_ASSUMPTION,
    InsightHealth,
    Piece,
    RestsOn,
    total_severity,
)
from graph_api.questions.evidence.research import TEST_ORDER, UNSETTLED, Hypothesis, Onward, ResearchCandidate
from graph_api.questions.thread.scope import Number, day, grouped, parameters, read_thread_facts, statement
from graph_api.store.statements import Statement

_WHOLE = ("Insight", "Hypothesis", "Opportunity")


@dataclass(frozen=True, slots=True)
class Opportunity:
    """An opportunity and the insights that raise it."""

    number: Number
    id: str
    key: str
    insights: Sequence[Number]


@dataclass(frozen=True)
class OpportunityOnAssumption:
    """An opportunity of which every insight rests on nothing or on assumption."""

    declared: Opportunity
    healths: Sequence[InsightHealth]

    @property
    def opportunity(self) -> Found:
        """The opportunity."""
        return Found(self.declared.id, "Opportunity")

    @property
    def insights(self) -> list[Found]:
        """The insights that raise it."""
        return [health.insight for health in self.healths]

    @property
    def severity(self) -> float | None:
        """The sum of their known severities; null where none is known."""
        return total_severity(self.healths)

    @property
    def severity_unknown(self) -> list[Found]:
        """The insights among them of which it is not known."""
        return [health.insight for health in self.healths if health.severity is None]


OPPORTUNITY_ORDER: Sorting[OpportunityOnAssumption] = Sorting(
    (term("severity", float, descending=True, nullable=True), term("key", str)),
    lambda one: [one.severity, one.declared.key],
)


@dataclass(frozen=True)
class StatusCount:
    """How many insights have a status."""

    insight_status: str | None
    count: int


@dataclass(frozen=True)
class RestsOnCount:
    """How many insights rest on something."""

    rests_on: RestsOn
    count: int


@dataclass(frozen=True)
class SortCount:
    """How many pieces of evidence are of a sort."""

    evidence_sort: str | None
    count: int


@dataclass(frozen=True)
class VerdictCount:
    """How many hypotheses have a verdict."""

    hypothesis_verdict: str | None
    count: int


def counted(choices: Iterable[str], values: Iterable[str | None]) -> list[tuple[str | None, int]]:
    """Count each member of a closed set, in its order, those that nobody has too; and last what is unknown."""
    counts = Counter(values)
    return [(choice, counts[choice]) for choice in (*map(str, choices), None)]


@dataclass(frozen=True)
class EvidenceHealth:
    """The answer."""

    on_day: date
    healths: Mapping[Number, InsightHealth]
    """Every insight that was looked at, also beyond the scope."""
    hypotheses: Sequence[Hypothesis]
    opportunities: Sequence[Opportunity]
    """The hypotheses and the opportunities in scope."""
    participants_of: Mapping[Number, int | None]
    onward: Onward
    scope: frozenset[Number] | None

    @property
    def on(self) -> str:
        """The day it is about."""
        return self.on_day.isoformat()

    @cached_property
    def _inside(self) -> list[InsightHealth]:
        return [one for one in self.healths.values() if self.scope is None or one.number in self.scope]

    @cached_property
    def _pieces(self) -> Mapping[Number, Piece]:
        """The distinct pieces of evidence that back an insight in scope."""
        return {piece.number: piece for health in self._inside for piece in health.pieces}

    @cached_property
    def _studies(self) -> frozenset[Number]:
        return frozenset(piece.study for piece in self._pieces.values() if piece.study is not None)

    @property
    def insights_by_status(self) -> list[StatusCount]:
        """How many insights have each status."""
        return [StatusCount(*one) for one in counted(InsightStatus, (one.insight_status for one in self._inside))]

    @property
    def insights_by_rests_on(self) -> list[RestsOnCount]:
        """How many insights rest on what."""
        counts = Counter(health.rests_on for health in self._inside)
        return [RestsOnCount(one, counts[one]) for one in RestsOn]

    @property
    def with_evidence(self) -> int:
        """How many insights have evidence, either way."""
        return sum(bool(health.pieces) for health in self._inside)

    @property
    def without_evidence(self) -> int:
        """How many have none."""
        return len(self._inside) - self.with_evidence

    @property
    def contradicted(self) -> int:
        """How many have evidence against them."""
        return sum(bool(health.contradicting.pieces) for health in self._inside)

    @property
    def evidence(self) -> int:
        """How many distinct pieces back them, either way."""
        return len(self._pieces)

    @property
    def evidence_by_sort(self) -> list[SortCount]:
        """How many of these are of each sort."""
        return [SortCount(*one) for one in counted(EvidenceSort, (piece.sort for piece in self._pieces.values()))]

    @property
    def evidence_without_study(self) -> int:
        """How many of these come from no study."""
        return sum(piece.study is None for piece in self._pieces.values())

    @property
    def studies(self) -> int:
        """From how many distinct studies the others come."""
        return len(self._studies)

    @property
    def _participants(self) -> list[int]:
        found = (self.participants_of.get(study) for study in self._studies)
        return [one for one in found if one is not None]

    @property
    def participants(self) -> int | None:
        """How many took part in those studies of which that is known; null where it is known of none."""
        return sum(self._participants) if self._participants else None

    @property
    def participants_unknown(self) -> int:
        """Of how many studies that is not known."""
        return self.studies - len(self._participants)

    @property
    def hypotheses_by_verdict(self) -> list[VerdictCount]:
        """How many hypotheses have each verdict."""
        return [VerdictCount(*one) for one in counted(HypothesisVerdict, (one.verdict for one in self.hypotheses))]

    def insights(self, **arguments: Any) -> Connection[InsightHealth]:
        """List the insights, those that rest on what is wanted (`restsOn`): the weakest first, then the most severe."""
        rests_on: Collection[str] | None = arguments.get("restsOn")
        wanted = [health for health in self._inside if rests_on is None or health.rests_on in rests_on]
        return Connection(HEALTH_ORDER.sort(wanted), HEALTH_ORDER, arguments)

    def opportunities_on_assumption(self, **arguments: Any) -> Connection[OpportunityOnAssumption]:
        """List the opportunities all of whose insights rest on assumption alone, the most severe first."""
        found = [OpportunityOnAssumption(one, self._of(one.insights)) for one in self.opportunities]
        wanted = [one for one in found if one.healths and all(it.rests_on in ON_ASSUMPTION for it in one.healths)]
        return Connection(OPPORTUNITY_ORDER.sort(wanted), OPPORTUNITY_ORDER, arguments)

    def _of(self, numbers: Iterable[Number]) -> list[InsightHealth]:
        return sorted((self.healths[number] for number in set(numbers)), key=lambda health: health.key)

    def test_next(self, **arguments: Any) -> Connection[ResearchCandidate]:
        """List what research could test, by value at stake times ignorance, what is unknown last."""
        found = [*self._insights_to_test(), *self._hypotheses_to_test()]
        return Connection(TEST_ORDER.sort(found), TEST_ORDER, arguments)

    def _insights_to_test(self) -> Iterator[ResearchCandidate]:
        for one in self._inside:
            if one.insight_status != InsightStatus.REFUTED:
                yield ResearchCandidate(
                    one.insight,
                    one.key,
                    [one],
                    one.studies,
                    IGNORANCE[one.rests_on],
                    *self.onward.resting((one.number,)),
                    rests_on=one.rests_on,
                )

    def _hypotheses_to_test(self) -> Iterator[ResearchCandidate]:
        refuted = {health.number for health in self.healths.values() if health.insight_status == InsightStatus.REFUTED}
        for one in self.hypotheses:
            if one.verdict in UNSETTLED:
                yield ResearchCandidate(
                    Found(one.id, "Hypothesis"),
                    one.key,
                    self._of(number for number in one.insights if number not in refuted),
                    one.studies,
                    UNSETTLED[one.verdict],
                    *self.onward.resting(number for number in one.starts if number not in refuted),
                    hypothesis_verdict=one.verdict,
                )


def read_health(facts: Sequence[Any], arguments: Mapping[str, Any]) -> EvidenceHealth:
    """Turn the facts of cypher/evidence_health.cypher into an answer; raises UserInputError as every scope does."""
    thread, day_text, insights, hypotheses, opportunities, evidence, studies, (starts, finishes), work = facts
    on = date.fromisoformat(day_text)
    scope = read_thread_facts(thread).scope(arguments)
    pieces = [Piece(*row) for row in evidence]
    backing: dict[Number, list[Piece]] = {}
    for piece in pieces:
        backing.setdefault(piece.insight, []).append(piece)
    return EvidenceHealth(
        on_day=on,
        healths={row[0]: InsightHealth(*(*row, backing.get(row[0], []), on)) for row in insights},
        hypotheses=[Hypothesis(*row) for row in hypotheses if scope is None or row[0] in scope],
        opportunities=[Opportunity(*row) for row in opportunities if scope is None or row[0] in scope],
        participants_of=dict(studies),
        onward=Onward(
            grouped(starts, finishes),
            {number: initiative for number, initiative, _ in work},
            frozenset(number for number, _, ended in work if ended),
        ),
        scope=scope,
    )


@dataclass(frozen=True)
class EvidenceHealthQuestion:
    """The question, for the planner."""

    name: str = "evidence_health"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts."""
        return statement(arguments, "evidence_health", _WHOLE)

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give those of the scope, and the day."""
        return {**parameters(arguments), "on": day(arguments)}

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> EvidenceHealth:
        """Weigh the evidence."""
        return read_health(facts, arguments)
