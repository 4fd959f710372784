"""What research should test next: what is at stake, and how little is known. Pure.

    score          = value at stake · ignorance
    value at stake = Σ known severity (0 to 10 each) · (1 + propositions and initiatives that rest on it)
    ignorance      = 0 to 1, by `IGNORANCE` for insights (see `insight_health`) and by `UNSETTLED` for hypotheses

It follows from the value of information (R. A. Howard, Information Value Theory, 1966): a look is worth most where much
hangs on the answer and little is known. The weights are stated, not measured. Unknown is never zero: where no severity
is known there is no score, and `score_at_most` takes each unknown severity as 10.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph_api.compile.question import Found
from graph_api.model.choices import HypothesisVerdict
from graph_api.questions.connection import Sorting, term
from graph_api.questions.evidence.insight_health import InsightHealth, RestsOn, total_severity
from graph_api.questions.thread.scope import Number

MOST_SEVERE = 10.0
"""The upper end of the scale of severities."""

UNSETTLED: Mapping[str | None, float] = {
    None: 1.0,
    HypothesisVerdict.UNTESTED: 1.0,
    HypothesisVerdict.UNDECIDED: 0.75,
}
"""How little is known of a hypothesis that no verdict settles, 0 to 1; no recorded verdict is no knowledge."""


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
        return total_severity(self.bears_on)

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
