"""Gaps: every place where a rule of coverage does not hold, the most severe first, with how to mend it and who could.

Facts: as for coverage. The *value* of a gap is the sum of the known severities (0 to 10 each) of the distinct pains and
unmet needs on the thread of its entity, as far as the facts reach: those that lead to it, or that it leads to; of what
is not on the spine, those of what it is attached to, personas apart. It is null where none is known: unknown is never
zero. Its *age* is that of its entity, in days.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.model import MODEL
from graph_api.model.choices import RuleName, Severity
from graph_api.model.rules import Rule
from graph_api.questions.acting import ActingRole
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.thread.depth import is_pain, may_be_pain
from graph_api.questions.thread.expectations import Expectations, Settings
from graph_api.questions.thread.facts import (
    KEY,
    NUMBER,
    Facts,
    Row,
    facts_parameters,
    facts_statement,
    found,
    kind_of,
    read_facts,
)
from graph_api.questions.thread.pain_coverage import severity_of
from graph_api.questions.thread.scope import Number
from graph_api.store.statements import Statement

_RANKS = {severity: rank for rank, severity in enumerate(Severity)}
_NEAR = 4
"""How many links away from a gap's entity somebody who could mend it is looked for."""
_ROLES = {"OWNED_BY": ActingRole.ACCOUNTABLE, "RUN_BY": ActingRole.RUNS, "INVOLVES": ActingRole.RESPONSIBLE}
_PLACES = {role: place for place, role in enumerate(ActingRole)}
_FORWARDS = frozenset({"Trigger", "Persona", "Need", "Journey", "Stage", "Step", "Touchpoint"})
"""Kinds from which the thread leads on to pains; to the others of the spine pains lead."""


@dataclass(frozen=True)
class Mender:
    """Somebody who could mend a gap: whoever owns, runs or is responsible for the entity, or for what is nearest."""

    ref: tuple[str, str]
    """The kind and key of the party."""
    party: Found
    role: ActingRole
    through: Found
    """The entity for which it has that role."""


@dataclass(frozen=True)
class Gap:
    """A place where a rule does not hold."""

    row: Row
    declared: Rule
    severity: Severity
    age: int
    around: "Around" = field(repr=False)

    @property
    def entity(self) -> Found:
        """The entity that falls short."""
        return found(self.row)

    @property
    def kind(self) -> str:
        """Its kind, as the enum names it."""
        return MODEL.kinds[kind_of(self.row)].enum_name

    @property
    def rule(self) -> RuleName:
        """The rule."""
        return self.declared.name

    @property
    def scored(self) -> bool:
        """Whether the rule counts in scores."""
        return self.declared.scored

    @property
    def expectation(self) -> str:
        """What the rule expects."""
        return self.declared.name.description

    @property
    def mending(self) -> str:
        """How to mend it."""
        return self.declared.mending

    @property
    def pains(self) -> int:
        """How many pains and unmet needs are on its thread."""
        return len(self.around.pains(self.row))

    @property
    def value(self) -> float | None:
        """The sum of their known severities; null where none is known."""
        return self.around.value(self.row)

    @property
    def unknown(self) -> int:
        """How many pains on its thread have no known severity, and how many insights no known type."""
        return self.around.unknown(self.row)

    @property
    def could_mend(self) -> Sequence[Mender]:
        """Who could mend it, by role and key; none where nobody near has a part."""
        return self.around.menders(self.row)


GAP_ORDER: Sorting[Gap] = Sorting(
    (
        term("severity", int),
        term("value", float, descending=True, nullable=True),
        term("age", int, descending=True),
        term("kind", str),
        term("key", str),
        term("rule", str),
    ),
    lambda gap: [_RANKS[gap.severity], gap.value, gap.age, gap.kind, gap.row[KEY], gap.rule.value],
)


@dataclass(frozen=True)
class Around:
    """What lies around the entities that fall short."""

    facts: Facts
    _threads: dict[tuple[Number, bool], frozenset[Number]] = field(default_factory=dict)
    """Pains of an entity in a direction, once they were worked out: a walk never turns."""

    @cached_property
    def _severities(self) -> Mapping[Number, float | None]:
        return {row[NUMBER]: severity_of(row) for row in self.facts.rows["Insight"] if is_pain(row)}

    @cached_property
    def _untyped(self) -> frozenset[Number]:
        return frozenset(row[NUMBER] for row in self.facts.rows["Insight"] if may_be_pain(row))

    @cached_property
    def _insights(self) -> frozenset[Number]:
        return frozenset(row[NUMBER] for row in self.facts.rows["Insight"])

    def pains(self, row: Row) -> frozenset[Number]:
        """Return the pains on the thread of an entity, itself included."""
        return self._found(row) - self._untyped

    def _found(self, row: Row) -> frozenset[Number]:
        """Return the pains and what may be one on the thread of an entity."""
        number, kind = row[NUMBER], kind_of(row)
        if kind not in MODEL.spine_kinds:
            near = (self.facts.by_number.get(one) for one in self.facts.thread.attached_to(number))
            return frozenset().union(*(self._found(one) for one in near if one is not None and _passes_on(one)))
        if kind == "Persona":
            # What is revealed on its journeys counts only where it voices that, or nobody does.
            return frozenset(self.facts.thread.reached((number,), forwards=True) & self._sought)
        return self._on_thread(number, forwards=kind in _FORWARDS)

    @cached_property
    def _sought(self) -> frozenset[Number]:
        return self._untyped.union(self._severities)

    def _on_thread(self, number: Number, *, forwards: bool) -> frozenset[Number]:
        key = number, forwards
        if key not in self._threads:
            if number in self._insights:
                self._threads[key] = frozenset((number,)) & self._sought
            else:
                steps = self.facts.thread.steps(number, forwards=forwards)
                self._threads[key] = frozenset().union(
                    *(self._on_thread(there, forwards=forwards) for _, there in steps)
                )
        return self._threads[key]

    def value(self, row: Row) -> float | None:
        """Sum the known severities of the pains on the thread of an entity; null where none is known."""
        known = [severity for pain in self.pains(row) if (severity := self._severities[pain]) is not None]
        return sum(known) if known else None

    def unknown(self, row: Row) -> int:
        """Count what would add to the value of an entity's thread if it were known."""
        return sum(number in self._untyped or self._severities[number] is None for number in self._found(row))

    def menders(self, row: Row) -> Sequence[Mender]:
        """Return those who have a part in an entity, else those in what is nearest to it."""
        ring, seen = [row[NUMBER]], {row[NUMBER]}
        for _ in range(_NEAR):
            best: dict[tuple[Found, ActingRole], Mender] = {}
            for number in ring:
                for mender in self._acting(number):
                    best.setdefault((mender.party, mender.role), mender)
            if best:
                return sorted(best.values(), key=lambda one: (_PLACES[one.role], one.ref[1], one.ref[0]))
            ring = sorted({there for here in ring for there in self._next(here)} - seen)
            seen.update(ring)
        return ()

    def _acting(self, number: Number) -> Iterator[Mender]:
        row = self.facts.by_number.get(number)
        if row is None:
            return
        for link, role in _ROLES.items():
            for party in self.facts.out(link, number):
                known = self.facts.parties[party]
                yield Mender((known.kind, known.key), Found(known.id, known.kind), role, found(row))

    def _next(self, number: Number) -> Iterator[Number]:
        yield from (there for _, there in self.facts.thread.steps(number, forwards=False))
        yield from (there for _, there in self.facts.thread.steps(number, forwards=True))
        row = self.facts.by_number.get(number)
        if row is not None and kind_of(row) not in MODEL.spine_kinds:
            yield from self.facts.thread.attached_to(number)


def _passes_on(row: Row) -> bool:
    """Tell whether the pains on an entity's thread are those of what is attached to it.

    Those of a persona are not: a promise made to somebody is not about all that this person suffers from.
    """
    return kind_of(row) in MODEL.spine_kinds and kind_of(row) != "Persona"


@dataclass(frozen=True)
class GapsQuestion:
    """The question, for the planner: of the graph or of a scope, or about one entity."""

    name: str = "gaps"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts."""
        return facts_statement(arguments, about=self.about_entity)

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Say what is wanted: everything, since gaps are sorted by their value."""
        return facts_parameters(arguments, "threaded", "identified", about=self.about_entity)

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> Connection[Gap]:
        """Hold the rules against the facts, and list where they do not hold."""
        known, settings = read_facts(facts), Settings.given(arguments)
        gaps = find(known, settings, known.thread.scope(arguments))
        wanted = _wanted(gaps, arguments)
        return Connection(GAP_ORDER.sort(wanted), GAP_ORDER, arguments)


def _wanted(gaps: Sequence[Gap], arguments: Mapping[str, Any]) -> list[Gap]:
    """Keep the gaps of the rules and severities asked for, and of them what the owner asked for could mend."""
    rules, severities, owner = (arguments.get(name) for name in ("rules", "severity", "owner"))
    kept = [
        gap
        for gap in gaps
        if (rules is None or gap.rule in rules) and (severities is None or gap.severity in severities)
    ]
    if owner is None:
        return kept
    wanted = (owner["kind"], owner["key"])
    return [gap for gap in kept if any(mender.ref == wanted for mender in gap.could_mend)]


def find(facts: Facts, settings: Settings, scope: frozenset[Number] | None) -> list[Gap]:
    """Find every gap in the scope."""
    around = Around(facts)
    return [
        Gap(row, held.rule, settings.severity(held.rule), (facts.on - facts.since(row)).days, around)
        for held in Expectations(facts, facts.on, settings, scope).held()
        for row in held.missing
    ]
