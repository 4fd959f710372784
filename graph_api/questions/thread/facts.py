"""What coverage, gaps and impact are worked out from: the answer of cypher/coverage.cypher, read once. Pure.

Entities are numbers here. They are Neo4j's own and good for this one answer only; a row leads from a number to the
entity's id, key, own fields and numbers of links (see store/judged.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found
from graph_api.model import MODEL
from graph_api.model.rules import RULES_OF, ExpectedLink
from graph_api.questions.thread.scope import (
    Number,
    ThreadFacts,
    day,
    is_part,
    parameters,
    read_thread_facts,
    statement,
    statement_about,
)
from graph_api.store.judged import COUNTS, FIELDS, FIRST, JUDGED
from graph_api.store.statements import Statement

Row = Sequence[Any]

PLACE, NUMBER, ID, KEY, DAY = range(FIRST)
"""The places of what every row has."""

_EPOCH = date(1970, 1, 1).toordinal()


def column(kind: str, name: str) -> int:
    """Say at which place the rows of a kind have an own field."""
    return FIRST + FIELDS[kind].index(name)


def counted(kind: str, link: ExpectedLink) -> int:
    """Say at which place the rows of a kind have the number of their links of a sort."""
    return FIRST + len(FIELDS[kind]) + COUNTS[kind].index(link)


def kind_of(row: Row) -> str:
    """Name the kind of a row."""
    return JUDGED[row[PLACE]]


def found(row: Row) -> Found:
    """Say which entity a row is, for hydration."""
    return Found(row[ID], kind_of(row))


@dataclass(frozen=True, slots=True)
class OwnLink:
    """A link of the entity that the question is about."""

    type: str
    start: Number
    finish: Number
    role: str | None


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who owns, runs or is responsible for something."""

    id: str
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A piece of evidence that backs an insight, its day, and that of its study: as ISO 8601 texts."""

    insight: Number
    evidence: Number
    day: str | None
    study: Number | None
    fielded: str | None

    @property
    def since(self) -> str | None:
        """The day it counts from."""
        return self.day or self.fielded


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of truth: how a persona experiences a step or touchpoint that makes or breaks the relationship."""

    number: Number
    persona: Number
    satisfaction: float | None
    measured: Sequence[Sequence[Number]]
    """Each a place and a KPI that measures it: the touchpoint itself; a step's stage and touchpoints."""
    run: Sequence[Sequence[Number]]
    """Each a place and the party that runs it, likewise."""


@dataclass(frozen=True, slots=True)
class Live:
    """A live proposition that requires an enabler, itself or by a promise that it makes."""

    enabler: Number
    proposition: Number
    promise: Number | None


@dataclass(frozen=True, slots=True)
class Stance:
    """How a stakeholder stands on a proposition."""

    proposition: Number
    stakeholder: Number
    stance: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """A rule that need not hold for an entity, up to a last day (ISO 8601; null is for ever)."""

    number: Number
    rule: str | None
    expires: str | None
    id: str


@dataclass(frozen=True)
class Facts:
    """See cypher/coverage.cypher for each of the lists."""

    on: date
    """The day they are about."""
    thread: ThreadFacts
    """How entities hang together; its links are also those beside the spine to owners, to those who run and who do."""
    rows: Mapping[str, Sequence[Row]]
    """The rows by kind."""
    own: Sequence[OwnLink]
    parties: Mapping[Number, Party]
    """Who owns, runs or is responsible for something."""
    evidence: Sequence[Dated]
    measured: Mapping[Number, str]
    """The day of each KPI's latest measurement, ISO 8601."""
    late: Sequence[Sequence[Number]]
    """Each a KPI and a journey that is older."""
    drives: Sequence[Sequence[Number]]
    """Each a KPI and one that it drives."""
    moments: Sequence[Moment]
    live: Sequence[Live]
    stances: Sequence[Stance]
    ended: Sequence[Sequence[Number]]
    """Each an entity and what it rests on and has ended."""
    verdicts: Mapping[Number, str | None]
    """The verdict of the latest decision about an insight."""
    waivers: Sequence[Waiver]

    @cached_property
    def by_number(self) -> Mapping[Number, Row]:
        """Every row by its number."""
        return {row[NUMBER]: row for rows in self.rows.values() for row in rows}

    def out(self, link: str, number: Number) -> Sequence[Number]:
        """Give the finishes of the links of a type from an entity."""
        return self.thread.out(link, number)

    def trace_of(self, row: Row) -> set[Number]:
        """Return all that is on the trace through an entity, as far as the facts reach."""
        if kind_of(row) in MODEL.spine_kinds:
            return self.thread.trace(row[NUMBER], (row[NUMBER],))
        near = (self.by_number.get(one) for one in self.thread.attached_to(row[NUMBER]))
        roots = (one[NUMBER] for one in near if one is not None and kind_of(one) in MODEL.spine_kinds)
        return self.thread.trace(row[NUMBER], roots)

    def since(self, row: Row) -> date:
        """Tell since when an entity is known: an insight since its earliest evidence, else since it was written."""
        day = self._earliest.get(row[NUMBER])
        return date.fromisoformat(day) if day else date.fromordinal(_EPOCH + row[DAY])

    @cached_property
    def _earliest(self) -> Mapping[Number, str]:
        days: dict[Number, str] = {}
        for item in self.evidence:
            if item.since:
                days[item.insight] = min(item.since, days.get(item.insight, item.since))
        return days


def read_facts(facts: Any) -> Facts:
    """Turn the facts of cypher/coverage.cypher into their names."""
    on, thread, rows, links, own, parties, *others = facts
    evidence, measured, late, drives, moments, live, stances, ended, verdicts, waivers = others
    known = read_thread_facts(thread)
    by_kind: dict[str, list[Row]] = {kind: [] for kind in JUDGED}
    places = [by_kind[kind] for kind in JUDGED]
    for row in rows:
        places[row[PLACE]].append(row)
    return Facts(
        on=date.fromisoformat(on),
        thread=replace(known, links={**known.links, **{name: (froms, tos) for name, froms, tos in links}}),
        rows=by_kind,
        own=[OwnLink(*item) for item in own],
        parties={number: Party(*item) for number, *item in parties},
        evidence=[Dated(*item) for item in evidence],
        measured=dict(measured),
        late=late,
        drives=drives,
        moments=[Moment(*item) for item in moments],
        live=[Live(*item) for item in live],
        stances=[Stance(*item) for item in stances],
        ended=ended,
        verdicts=dict(verdicts),
        waivers=[Waiver(*item) for item in waivers],
    )


def facts_statement(arguments: Mapping[str, Any], *, about: bool = False) -> Statement:
    """Return the statement that reads the facts: about an entity, of a scope if one is given, else of everything."""
    return statement_about("coverage") if about else statement(arguments, "coverage", _WHOLE)


def facts_parameters(arguments: Mapping[str, Any], *wanted: str, about: bool = False) -> Mapping[str, Any]:
    """Give the parameters of the statement; raises UserInputError where the scope cannot be used.

    `wanted` names what is to be read, see cypher/coverage.cypher: `threaded`, `identified`, `own`.
    """
    given = parameters(arguments, about=about, walked="threaded" in wanted)
    return {
        **given,
        "beyond": is_part(arguments, about=about),
        "identified": "identified" in wanted,
        "threaded": given["walked"],
        "own": "own" in wanted,
        "on": day(arguments),
    }


_WHOLE = tuple(kind for kind in MODEL.kinds if kind in RULES_OF or kind in MODEL.spine_kinds)
"""The kinds that a rule can apply to, or that the thread leads through."""
