"""Decisions, and what became of each since: about insights, opportunities, propositions and initiatives.

Facts: `cypher/decision_outcomes.cypher` after `cypher/scope/`. Pure. Days are ISO 8601 texts.

The decisions are those about what walks from the scope lead to. One holds until a later one about the same entity
replaces it: the next by day, on the same day the next that was recorded. What was done is told of the days from the
decision up to that, or to the day asked for: which initiatives below the entity began, were done, or were at work (see
`portfolio/since`). Whether the entity is deep is told of now (see `thread/depth`).

Of what is claimed of a KPI by the entity and all below it, each change once (see `claims`), it is told how much came:

    share = (value now - value at the decision) / change claimed

as of a claim in `forecast_realism`: a value is the last measured up to the day and not more than 92 days before, at the
decision else the baseline. Whatever else moved the KPI is in it too.

Where it was decided to wait, to end or to do nothing, work *went on* if in these days an initiative was at work that
serves nothing else, or a proposition that should wait or end is still LIVE. What cannot be told is null, never false.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.model.choices import DecisionVerdict, PropositionStatus
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.figures.claims import OwnedClaim, counted, read_claim, together
from graph_api.questions.figures.initiative import Initiative
from graph_api.questions.forecast_realism import ForecastClaim, Scale, read_scales
from graph_api.questions.portfolios.moved import MOVED_ORDER, DecisionKPI
from graph_api.questions.portfolios.since import Since, Work, went_on
from graph_api.questions.thread.depth import Depth
from graph_api.questions.thread.facts import ID, KEY, NUMBER, Row, column, found, kind_of, read_facts
from graph_api.questions.thread.scope import NO_THREAD, Number, day, parameters, read_thread_facts, statement
from graph_api.store.statements import Statement, load

STATUS: Mapping[str, int] = {
    "Insight": column("Insight", "insightStatus"),
    "Opportunity": column("Opportunity", "opportunityStatus"),
    "Proposition": column("Proposition", "propositionStatus"),
    "Initiative": column("Initiative", "initiativeStatus"),
}
"""At which place the rows of a kind have their status."""

AGAINST: Collection[str] = frozenset({DecisionVerdict.DECIDED_NO, DecisionVerdict.HOLD, DecisionVerdict.STOP})
"""The verdicts after which nothing should be done."""


def _status(row: Row) -> str | None:
    return row[STATUS[kind_of(row)]]  # type: ignore[no-any-return] # a row is what Neo4j gave


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision, as it was recorded."""

    about: Number
    id: str
    verdict: str | None
    reason: str | None
    by_role: str | None
    on: str
    expected: str | None
    recorded: int
    """Microseconds from 1970."""


WORK_ORDER: Sorting[Since] = Sorting((term("key", str),), lambda one: [one.row.key])


@dataclass(frozen=True)
class Told:
    """What the facts say, for all decisions alike."""

    today: str
    rows: Mapping[Number, Row]
    depth: Depth
    work: Work
    claims: Mapping[Number, Sequence[OwnedClaim]]
    """By what claims it."""
    scales: Mapping[Number, Scale]

    def deep(self, number: Number) -> bool:
        """Tell whether an entity leads to work that is owned and measured."""
        match kind_of(self.rows[number]):
            case "Insight":
                return self.depth.insight(number)
            case "Opportunity":
                return number in self.depth.opportunities
            case "Proposition":
                return number in self.depth.propositions
            case _:
                return number in self.depth.initiatives

    def moved(self, number: Number, key: str, since: str) -> list[DecisionKPI]:
        """Say what came of what an entity and all below it claim, since a day; by the KPI's key."""
        by_kpi: dict[Number, list[OwnedClaim]] = defaultdict(list)
        for one in self.work.below(number):
            for claim in self.claims.get(one, ()):
                by_kpi[claim.kpi].append(claim)
        told = []
        for kpi, claims in by_kpi.items():
            delivered = {one.claim.number: one.delivered_by for one in claims}
            if counting := counted([one.claim for one in claims], delivered):
                change = together(counting).change
                about = found(self.rows[number])
                whole = ForecastClaim(self.today, about, key, since, change, self.today, self.scales[kpi])
                told.append(DecisionKPI(counting, whole))
        return MOVED_ORDER.sort(told)


@dataclass(frozen=True)
class DecisionOutcome:
    """A decision, and what became of it."""

    decided: Decision
    next: Decision | None
    """The one that replaced it."""
    told: Told

    @property
    def decision(self) -> Found:
        """The decision."""
        return Found(self.decided.id, "Decision")

    @property
    def verdict(self) -> str | None:
        """What was decided."""
        return self.decided.verdict

    @property
    def reason(self) -> str | None:
        """Why."""
        return self.decided.reason

    @property
    def by_role(self) -> str | None:
        """The role that decided."""
        return self.decided.by_role

    @property
    def on(self) -> str:
        """The day."""
        return self.decided.on

    @property
    def expected(self) -> str | None:
        """What was expected to come of it."""
        return self.decided.expected

    @property
    def age(self) -> int:
        """How many days ago it was."""
        return (date.fromisoformat(self.told.today) - date.fromisoformat(self.on)).days

    @property
    def _row(self) -> Row:
        return self.told.rows[self.decided.about]

    @property
    def entity(self) -> Found:
        """What it is about."""
        return found(self._row)

    @property
    def key(self) -> str:
        """Its key."""
        return self._row[KEY]  # type: ignore[no-any-return] # see _status

    @property
    def status(self) -> str | None:
        """The status of that now."""
        return _status(self._row)

    @property
    def replaced_by(self) -> Found | None:
        """The decision that took its place."""
        return None if self.next is None else Found(self.next.id, "Decision")

    @property
    def until(self) -> str | None:
        """The day of that."""
        return None if self.next is None else self.next.on

    @property
    def deep(self) -> bool:
        """Whether the entity leads to work that is owned and measured, now."""
        return self.told.deep(self.decided.about)

    @cached_property
    def _work(self) -> list[Since]:
        last = self.told.today if self.next is None else self.next.on
        return self.told.work.since(self.decided.about, self.on, last, self.told.today)

    @property
    def begun(self) -> int:
        """How many initiatives began since."""
        return sum(one.begun is True for one in self._work)

    @property
    def done(self) -> int:
        """How many were done since."""
        return sum(one.done is True for one in self._work)

    @property
    def unknown(self) -> int:
        """Of how many nobody can say one of the two."""
        return sum(one.begun is None or one.done is None for one in self._work)

    @property
    def went_on(self) -> bool | None:
        """Whether work went on all the same; null too where it should."""
        if self.verdict not in AGAINST:
            return None
        if self.next is None and self.verdict != DecisionVerdict.DECIDED_NO and self.status == PropositionStatus.LIVE:
            return True
        return went_on(self._work)

    def initiatives(self, **arguments: Any) -> Connection[Since]:
        """List the initiatives below the entity, by key."""
        return Connection(self._work, WORK_ORDER, arguments)

    def kpis(self, **arguments: Any) -> Connection[DecisionKPI]:
        """List the KPIs that are to move, by key."""
        about = self.decided.about
        return Connection(self.told.moved(about, self.key, self.on), MOVED_ORDER, arguments)


OUTCOME_ORDER: Sorting[DecisionOutcome] = Sorting(
    (
        term("on", str, descending=True),
        term("recorded", int, descending=True),
        term("key", str),
        term("kind", str),
        term("id", str),
    ),
    lambda outcome: [
        outcome.on,
        outcome.decided.recorded,
        outcome.key,
        outcome.entity.kind,
        outcome.decided.id,
    ],
)


def _read(facts: Sequence[Any]) -> Told:
    on, rows, links, claims, kpis = facts
    judged = [row for row, _, _ in rows]
    statuses: dict[Number, str | None] = {start: status for _, start, _, status in links}
    by_type: dict[str, tuple[list[Number], list[Number]]] = defaultdict(lambda: ([], []))
    for name, start, finish, _ in links:
        starts, finishes = by_type[name]
        starts.append(start)
        finishes.append(finish)
    spine = [(name, *ends) for name, ends in by_type.items()]
    initiatives = {
        row[NUMBER]: Initiative(
            row[NUMBER], row[ID], row[KEY], _status(row), start, finished, (), (), None, frozenset(), frozenset()
        )
        for row, start, finished in rows
        if kind_of(row) == "Initiative"
    }
    by_claimant: dict[Number, list[OwnedClaim]] = defaultdict(list)
    for claim in map(read_claim, claims):
        by_claimant[claim.claim.number].append(claim)
    return Told(
        on,
        {row[NUMBER]: row for row in judged},
        Depth(read_facts([on, NO_THREAD, judged, spine, *([] for _ in range(12))])),
        Work(initiatives, [(start, finish) for _, start, finish, _ in links], statuses),
        by_claimant,
        read_scales(kpis, on),
    )


def outcomes(decisions: Sequence[Decision], told: Told) -> list[DecisionOutcome]:
    """Tell of each decision what became of it, the newest first."""
    by_entity: dict[Number, list[Decision]] = defaultdict(list)
    for one in decisions:
        by_entity[one.about].append(one)
    made = []
    for about in by_entity.values():
        # Of two at the same moment that of the smaller id counts as the later one, as everywhere.
        ordered = sorted(sorted(about, key=lambda one: one.id, reverse=True), key=lambda one: (one.on, one.recorded))
        made += [DecisionOutcome(one, after, told) for one, after in zip(ordered, [*ordered[1:], None], strict=True)]
    return OUTCOME_ORDER.sort(made)


@dataclass(frozen=True)
class DecisionOutcomesQuestion:
    """The question, for the planner: of the graph or of a scope."""

    name: str = "decision_outcomes"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts."""
        return statement(arguments, "decision_outcomes", load("scope/decided"))

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give those of the scope, and the day."""
        return {**parameters(arguments), "on": day(arguments), "identified": True}

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> Connection[DecisionOutcome]:
        """List the decisions, the newest first."""
        on, thread, rows, *others = facts
        known = read_thread_facts(thread)
        scope = known.walked(known.scope(arguments))
        verdicts, current = arguments.get("verdicts"), arguments.get("current")
        decisions = [Decision(*row) for row in rows if scope is None or row[0] in scope]
        wanted = [
            one
            for one in outcomes(decisions, _read([on, *others]))
            if (verdicts is None or one.verdict in verdicts) and (current is None or current is (one.next is None))
        ]
        return Connection(wanted, OUTCOME_ORDER, arguments)
