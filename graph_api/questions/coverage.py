"""Coverage: how much of the thread from insight to action is there, where it is not, and what became of each pain.

Facts: `cypher/coverage/` (`whole` or `scope`, then `facts`). What is judged is every entity in the scope; counts come
first, shares last. A score is the sum of the weights of the rules satisfied over that of the rules that apply: scored
rules only, HIGH 3, MEDIUM 2, LOW 1 unless settings say otherwise; null where none applies.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.model import MODEL
from graph_api.model.choices import RuleName, Severity
from graph_api.questions.thread.depth import Depth, is_pain, may_be_pain
from graph_api.questions.thread.expectations import Expectations, Held, Settings
from graph_api.questions.thread.facts import (
    KEY,
    NUMBER,
    Facts,
    Row,
    facts_parameters,
    facts_statement,
    found,
    read_facts,
)
from graph_api.questions.thread.pain_coverage import PainCoverage
from graph_api.questions.thread.scope import Number
from graph_api.store.statements import Statement

GROUPS = frozenset({"personas", "journeys", "departments"})
"""The parts of the answer that tell the same of each entity of a kind."""


@dataclass(frozen=True)
class RuleCoverage:
    """What a rule finds."""

    held: Held
    settings: Settings

    @property
    def rule(self) -> RuleName:
        """Its name."""
        return self.held.rule.name

    @property
    def kinds(self) -> list[str]:
        """The kinds it is about, as the enum names them."""
        return [MODEL.kinds[kind].enum_name for kind in self.held.rule.kinds]

    @property
    def severity(self) -> Severity:
        """How bad it is where it does not hold."""
        return self.settings.severity(self.held.rule)

    @property
    def scored(self) -> bool:
        """Whether it counts in scores."""
        return self.held.rule.scored

    @property
    def weight(self) -> float | None:
        """How much it counts for each entity; null where it is not scored."""
        return self.settings.weight(self.held.rule) if self.scored else None

    @property
    def expectation(self) -> str:
        """What it expects."""
        return self.held.rule.name.description

    @property
    def mending(self) -> str:
        """How to mend it."""
        return self.held.rule.mending

    @property
    def applicable(self) -> int | None:
        """To how many entities it applies; null where it is not scored."""
        return self.held.applicable if self.scored else None

    @property
    def satisfied(self) -> int | None:
        """For how many of them it holds; null where it is not scored."""
        return len(self.held.satisfied) if self.scored else None

    @property
    def missing(self) -> int:
        """For how many it does not hold."""
        return len(self.held.missing)

    @property
    def waived(self) -> int:
        """For how many it need not hold."""
        return len(self.held.waived)

    @property
    def share(self) -> float | None:
        """Satisfied over applicable; null where it is not scored or applies to none."""
        return len(self.held.satisfied) / self.held.applicable if self.scored and self.held.applicable else None


def score(held: Iterable[Held], settings: Settings) -> float | None:
    """Work the score out, 0 to 1; null where no scored rule applies to anything."""
    satisfied = possible = 0.0
    for one in held:
        if one.rule.scored:
            weight = settings.weight(one.rule)
            satisfied += weight * len(one.satisfied)
            possible += weight * one.applicable
    return satisfied / possible if possible else None


@dataclass(frozen=True)
class ThreadDepth:
    """How far the thread leads from the entities of a kind."""

    kind: str
    total: int
    shallow: int
    deep: int


@dataclass(frozen=True)
class GroupCoverage:
    """The same of all that is on the trace through one entity, within the scope."""

    entity: Found
    score: float | None
    gaps: int
    high: int
    waived: int
    pains: PainCoverage


@dataclass(frozen=True)
class Coverage:
    """The answer."""

    facts: Facts
    on_day: date
    settings: Settings
    scope: frozenset[Number] | None

    @property
    def on(self) -> str:
        """The day it is about."""
        return self.on_day.isoformat()

    @cached_property
    def held(self) -> list[Held]:
        """The rules as they were found."""
        return Expectations(self.facts, self.on_day, self.settings, self.scope).held()

    @cached_property
    def depth(self) -> Depth:
        """How deep the thread is."""
        return Depth(self.facts)

    @property
    def entities(self) -> int:
        """How many entities were judged."""
        if self.scope is None:
            return sum(len(rows) for rows in self.facts.rows.values())
        return len(self.scope & self.facts.by_number.keys())

    def _gaps(self, severity: Severity | None = None) -> int:
        return sum(len(one.missing) for one in self.held if severity in {None, self.settings.severity(one.rule)})

    @property
    def gaps(self) -> int:
        """How many gaps there are."""
        return self._gaps()

    @property
    def high(self) -> int:
        """How many of them are severe."""
        return self._gaps(Severity.HIGH)

    @property
    def medium(self) -> int:
        """How many of them are of medium severity."""
        return self._gaps(Severity.MEDIUM)

    @property
    def low(self) -> int:
        """How many of them are of low severity."""
        return self._gaps(Severity.LOW)

    @property
    def waived(self) -> int:
        """How many more there would be, had nobody waived them or decided against."""
        return sum(len(one.waived) for one in self.held)

    @property
    def score(self) -> float | None:
        """The score, 0 to 1."""
        return score(self.held, self.settings)

    @property
    def rules(self) -> list[RuleCoverage]:
        """What each rule finds."""
        return [RuleCoverage(one, self.settings) for one in self.held]

    @cached_property
    def pains(self) -> PainCoverage:
        """What became of the pains."""
        pains = [self.depth.pain(row, self.on_day) for row in self._rows("Insight") if is_pain(row)]
        return PainCoverage(pains, self.depth, sum(may_be_pain(row) for row in self._rows("Insight")))

    def _rows(self, kind: str) -> list[Row]:
        return [row for row in self.facts.rows[kind] if self.scope is None or row[NUMBER] in self.scope]

    @property
    def thread(self) -> list[ThreadDepth]:
        """How far it leads, for each kind from insight to action."""
        depth, facts = self.depth, self.facts
        kinds: Mapping[str, tuple[Callable[[Number], bool], Callable[[Number], bool]]] = {
            "Insight": (lambda number: bool(facts.out("RAISES", number)), depth.insight),
            "Opportunity": (lambda number: bool(facts.out("ADDRESSED_BY", number)), depth.opportunities.__contains__),
            "Proposition": (lambda number: bool(facts.out("DELIVERED_BY", number)), depth.propositions.__contains__),
            "Initiative": (depth.owned.__contains__, depth.initiatives.__contains__),
        }
        found = []
        for kind, (onward, deep) in kinds.items():
            numbers = [row[NUMBER] for row in self._rows(kind) if kind != "Insight" or is_pain(row)]
            name = MODEL.kinds[kind].enum_name
            found.append(ThreadDepth(name, len(numbers), sum(map(onward, numbers)), sum(map(deep, numbers))))
        return found

    @cached_property
    def _weighed(self) -> Mapping[Number, "_Weighed"]:
        """What counts for each entity."""
        weighed: dict[Number, _Weighed] = defaultdict(_Weighed)
        for one in self.held:
            weight = self.settings.weight(one.rule) if one.rule.scored else 0.0
            severe = self.settings.severity(one.rule) is Severity.HIGH
            for row in one.satisfied if weight else ():
                weighed[row[NUMBER]].satisfied += weight
            for row in one.missing:
                weighed[row[NUMBER]].missing += weight
                weighed[row[NUMBER]].gaps += 1
                weighed[row[NUMBER]].high += severe
            for row in one.waived:
                weighed[row[NUMBER]].waived += 1
        return weighed

    def _grouped(self, kind: str) -> list[GroupCoverage]:
        pains = {pain.row[NUMBER]: pain for pain in self.pains.pains}
        untyped = {row[NUMBER] for row in self._rows("Insight") if may_be_pain(row)}
        groups = []
        for row in sorted(self._rows(kind), key=lambda row: row[KEY]):
            trace = self.facts.trace_of(row)
            inside = trace if self.scope is None else trace & self.scope
            counted = [weighed for number in inside if (weighed := self._weighed.get(number))]
            satisfied = sum(one.satisfied for one in counted)
            possible = satisfied + sum(one.missing for one in counted)
            groups.append(
                GroupCoverage(
                    found(row),
                    satisfied / possible if possible else None,
                    sum(one.gaps for one in counted),
                    sum(one.high for one in counted),
                    sum(one.waived for one in counted),
                    PainCoverage(
                        [pains[number] for number in inside if number in pains], self.depth, len(inside & untyped)
                    ),
                )
            )
        return groups

    @cached_property
    def personas(self) -> list[GroupCoverage]:
        """The same for each persona."""
        return self._grouped("Persona")

    @cached_property
    def journeys(self) -> list[GroupCoverage]:
        """The same for each journey."""
        return self._grouped("Journey")

    @cached_property
    def departments(self) -> list[GroupCoverage]:
        """The same for each department."""
        return self._grouped("Department")


@dataclass(slots=True)
class _Weighed:
    """What counts for one entity: weights of scored rules, and numbers of gaps."""

    satisfied: float = 0.0
    missing: float = 0.0
    gaps: int = 0
    high: int = 0
    waived: int = 0


@dataclass(frozen=True)
class CoverageQuestion:
    """The question, for the planner: of the graph or of a scope, or about one entity."""

    name: str = "coverage"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts."""
        return facts_statement(arguments, about=self.about_entity)

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Say what is wanted; links and keys are read only where the answer tells of groups, or names entities."""
        if not GROUPS.isdisjoint(selected):
            return facts_parameters(arguments, "threaded", "identified", about=self.about_entity)
        return facts_parameters(arguments, *(("identified",) if "list" in selected else ()), about=self.about_entity)

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> Coverage:
        """Hold the rules against the facts."""
        known = read_facts(facts)
        return Coverage(known, known.on, Settings.given(arguments), known.thread.scope(arguments))
