"""Evidence health: what the insights rest on, what rests on assumption alone, and what research should test next.

Facts: `cypher/evidence_health.cypher` after `cypher/scope/`. Distinct studies count, not pieces of evidence: ten quotes
from one study are one look. Evidence from no study is a source of its own, and is counted apart.

What to test next is a product of two terms, each of which is shown:

    score          = value at stake · ignorance
    value at stake = Σ known severity (0 to 10 each) · (1 + propositions and initiatives that rest on it)
    ignorance      = 0 to 1, by `IGNORANCE` for insights and by `UNSETTLED` for hypotheses

It follows from the value of information (R. A. Howard, Information Value Theory, 1966): a look is worth most where much
hangs on the answer and little is known. The weights are stated, not measured. Unknown is never zero: where no severity
is known there is no score, and `score_at_most` takes each unknown severity as 10.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.model.choices import EvidenceSort, EvidenceStance, HypothesisVerdict, InsightStatus
from graph_api.model.values import Choice
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.scope import Number, day, grouped, parameters, read_thread_facts, statement
from graph_api.store.statements import Statement

MOST_SEVERE = 10.0
"""The upper end of the scale of severities."""

_WHOLE = ("Insight", "Hypothesis", "Opportunity")


class RestsOn(Choice):
    """What an insight rests on, the weakest first."""

    NOTHING = "NOTHING", "There is no evidence at all."
    ASSUMPTION = "ASSUMPTION", "It is ASSUMED and there is evidence, but no study is known to support it."
    NO_STUDY = "NO_STUDY", "It is not merely ASSUMED and there is evidence, but no study is known to support it."
    CONTESTED = "CONTESTED", "Some evidence contradicts it, whatever else supports it."
    ONE_STUDY = "ONE_STUDY", "One study supports it and nothing contradicts it."
    SEVERAL_STUDIES = "SEVERAL_STUDIES", "Two studies or more support it and nothing contradicts it."


IGNORANCE: Mapping[RestsOn, float] = {
    RestsOn.NOTHING: 1.0,
    RestsOn.ASSUMPTION: 0.75,
    RestsOn.NO_STUDY: 0.75,
    RestsOn.CONTESTED: 0.75,
    RestsOn.ONE_STUDY: 0.5,
    RestsOn.SEVERAL_STUDIES: 0.25,
}
"""How little is known of an insight, 0 to 1."""

UNSETTLED: Mapping[str | None, float] = {
    None: 1.0,
    HypothesisVerdict.UNTESTED: 1.0,
    HypothesisVerdict.UNDECIDED: 0.75,
}
"""How little is known of a hypothesis that no verdict settles, 0 to 1; no recorded verdict is no knowledge."""

ON_ASSUMPTION = frozenset({RestsOn.NOTHING, RestsOn.ASSUMPTION})
"""What counts as resting on assumption alone."""

_WEAKNESS = {rests_on: rank for rank, rests_on in enumerate(RestsOn)}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence that backs an insight."""

    insight: Number
    number: Number
    id: str
    key: str
    stance: str | None
    support: int | None
    """How many of those asked said so, or of the cases counted."""
    of: int | None
    sort: str | None
    day: str | None
    """The day it was collected, else the first day of its study, else the last; ISO 8601."""
    study: Number | None

    @property
    def evidence(self) -> Found:
        """The evidence."""
        return Found(self.id, "Evidence")

    @property
    def share(self) -> float | None:
        """Support over of, 0 to 1; null where one of them is unknown."""
        return None if self.support is None or not self.of else self.support / self.of


def strongest(pieces: Iterable[Piece]) -> Piece | None:
    """Return the piece with the highest known share, the first by key among equals; null where no share is known."""
    known = [piece for piece in pieces if piece.share is not None]
    return min(known, key=lambda piece: (-(piece.share or 0.0), piece.key), default=None)


@dataclass(frozen=True)
class Side:
    """The evidence for an insight, or that against it."""

    pieces: Sequence[Piece]

    @property
    def evidence(self) -> int:
        """How many pieces there are."""
        return len(self.pieces)

    @property
    def studies(self) -> int:
        """From how many distinct studies they come."""
        return len({piece.study for piece in self.pieces} - {None})

    @property
    def without_study(self) -> int:
        """How many come from no study: each is a source of its own."""
        return sum(piece.study is None for piece in self.pieces)

    @property
    def strongest(self) -> Piece | None:
        """The piece with the highest known share."""
        return strongest(self.pieces)

    @property
    def shares_unknown(self) -> int:
        """Of how many pieces the share is not known."""
        return sum(piece.share is None for piece in self.pieces)


def rests_on(status: str | None, supporting: Side, contradicting: Side, evidence: int) -> RestsOn:
    """Say what an insight rests on, by its status and the evidence there is; see `RestsOn`."""
    if contradicting.pieces:
        return RestsOn.CONTESTED
    if supporting.studies:
        return RestsOn.ONE_STUDY if supporting.studies == 1 else RestsOn.SEVERAL_STUDIES
    if not evidence:
        return RestsOn.NOTHING
    return RestsOn.ASSUMPTION if status == InsightStatus.ASSUMED else RestsOn.NO_STUDY


@dataclass(frozen=True)
class InsightHealth:
    """What an insight rests on."""

    number: Number
    id: str
    key: str
    insight_status: str | None
    severity: float | None
    """How much it matters, 0 to 10."""
    pieces: Sequence[Piece]
    on_day: date

    @property
    def insight(self) -> Found:
        """The insight."""
        return Found(self.id, "Insight")

    def _side(self, stance: EvidenceStance) -> Side:
        return Side([piece for piece in self.pieces if piece.stance == stance])

    @cached_property
    def supporting(self) -> Side:
        """The evidence for it."""
        return self._side(EvidenceStance.SUPPORTS)

    @cached_property
    def contradicting(self) -> Side:
        """The evidence against it."""
        return self._side(EvidenceStance.CONTRADICTS)

    @property
    def stance_unknown(self) -> int:
        """Of how many pieces nobody said which way they point."""
        return sum(piece.stance is None for piece in self.pieces)

    @cached_property
    def rests_on(self) -> RestsOn:
        """What it rests on."""
        return rests_on(self.insight_status, self.supporting, self.contradicting, len(self.pieces))

    @property
    def sorts(self) -> list[str]:
        """The distinct known sorts of its evidence, in the order of the set."""
        known = {piece.sort for piece in self.pieces}
        return [sort.value for sort in EvidenceSort if sort.value in known]

    @property
    def studies(self) -> int:
        """From how many distinct studies its evidence comes, either way."""
        return Side(self.pieces).studies

    def _days(self) -> list[str]:
        return [piece.day for piece in self.pieces if piece.day is not None]

    @property
    def earliest(self) -> str | None:
        """The day of its earliest evidence."""
        return min(self._days(), default=None)

    @property
    def latest(self) -> str | None:
        """The day of its latest evidence."""
        return max(self._days(), default=None)

    @property
    def days_unknown(self) -> int:
        """Of how many pieces no day is known."""
        return len(self.pieces) - len(self._days())

    @property
    def age(self) -> int | None:
        """Days from its latest evidence to the day asked for; negative where that comes after."""
        return None if self.latest is None else (self.on_day - date.fromisoformat(self.latest)).days


HEALTH_ORDER: Sorting[InsightHealth] = Sorting(
    (term("rests", int), term("severity", float, descending=True, nullable=True), term("key", str)),
    lambda health: [_WEAKNESS[health.rests_on], health.severity, health.key],
)


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A hypothesis, what it bears on, and where what rests on it begins."""

    number: Number
    id: str
    key: str
    verdict: str | None
    studies: int
    insights: Sequence[Number]
    starts: Sequence[Number]


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
        return _total(self.healths)

    @property
    def severity_unknown(self) -> list[Found]:
        """The insights among them of which it is not known."""
        return [health.insight for health in self.healths if health.severity is None]


OPPORTUNITY_ORDER: Sorting[OpportunityOnAssumption] = Sorting(
    (term("severity", float, descending=True, nullable=True), term("key", str)),
    lambda one: [one.severity, one.declared.key],
)


def _total(healths: Iterable[InsightHealth]) -> float | None:
    known = [health.severity for health in healths if health.severity is not None]
    return sum(known) if known else None


@dataclass(frozen=True)
class ResearchCandidate:
    """Something that research could test: what is at stake and how little is known."""

    subject: Found
    key: str
    bears_on: Sequence[InsightHealth]
    """The insight itself; of a hypothesis the insights that it bears on and that are not refuted."""
    studies: int
    """How many distinct studies have backed or contradicted the insight, or test the hypothesis."""
    ignorance: float
    propositions: int
    initiatives: int
    rests_on: RestsOn | None = None
    hypothesis_verdict: str | None = None

    @property
    def insights(self) -> list[Found]:
        """What it bears on."""
        return [health.insight for health in self.bears_on]

    @property
    def severity(self) -> float | None:
        """The sum of the known severities of what it bears on; null where none is known."""
        return _total(self.bears_on)

    @property
    def severity_unknown(self) -> list[Found]:
        """The insights of which the severity is not known: the terms that are missing."""
        return [health.insight for health in self.bears_on if health.severity is None]

    @property
    def _resting(self) -> int:
        return 1 + self.propositions + self.initiatives

    @property
    def value_at_stake(self) -> float | None:
        """Severity times what rests on it; null where no severity is known."""
        return None if self.severity is None else self.severity * self._resting

    @property
    def score(self) -> float | None:
        """Value at stake times ignorance; null where no severity is known."""
        return None if self.value_at_stake is None else self.value_at_stake * self.ignorance

    @property
    def score_at_most(self) -> float | None:
        """The same with each unknown severity at its most; null where it bears on nothing that is known."""
        if not self.bears_on:
            return None
        most = sum(MOST_SEVERE if health.severity is None else health.severity for health in self.bears_on)
        return most * self._resting * self.ignorance


TEST_ORDER: Sorting[ResearchCandidate] = Sorting(
    (
        term("score", float, descending=True, nullable=True),
        term("most", float, descending=True, nullable=True),
        term("kind", str),
        term("key", str),
    ),
    lambda test: [test.score, test.score_at_most, str(test.subject.kind), test.key],
)


@dataclass(frozen=True)
class Onward:
    """How the thread leads on to propositions and initiatives that have not ended."""

    links: Mapping[Number, Sequence[Number]]
    work: Mapping[Number, bool]
    """The propositions and initiatives: whether each is an initiative."""
    ended: frozenset[Number]

    def resting(self, starts: Iterable[Number]) -> tuple[int, int]:
        """Count the distinct propositions and the distinct initiatives that rest on any of the starts.

        A start may be one itself. What has ended is not counted, and nothing is reached through it.
        """
        waiting = [start for start in starts if start not in self.ended]
        seen = set(waiting)
        while waiting:
            for there in self.links.get(waiting.pop(), ()):
                if there not in seen and there not in self.ended:
                    seen.add(there)
                    waiting.append(there)
        found = [self.work[number] for number in seen if number in self.work]
        return len(found) - sum(found), sum(found)


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

    def facts(self, arguments: Mapping[str, Any]) -> Statement:
        """Return the statement that reads the facts."""
        return statement(arguments, "evidence_health", _WHOLE)

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:  # noqa: ARG002
        """Give those of the scope, and the day."""
        return {**parameters(arguments), "on": day(arguments)}

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> EvidenceHealth:
        """Weigh the evidence."""
        return read_health(facts, arguments)
