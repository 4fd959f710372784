"""What coverage, gaps and impact are worked out from: the answer of cypher/coverage/facts.cypher, read once. Pure.

Entities are numbers here. They are Neo4j's own and good for this one answer only; a row leads from a number to the
entity's id, key, own fields and numbers of links (see store/judged.py).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found
from graph_api.model import Direction
from graph_api.model.rules import ExpectedLink
from graph_api.store.judged import COUNTS, FIELDS, FIRST, JUDGED

Number = int
Row = Sequence[Any]
Adjacency = Mapping[Number, list[Number]]

PLACE, NUMBER, ID, KEY, TAGGED, DAY = range(FIRST)
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
class Start:
    """An entity that the scope names, and where walks from it begin."""

    kinds: str | None
    """The plural of its kind, which is the field of the scope that names it; null where the question is about it."""
    key: str
    id: str
    number: Number
    roots: Sequence[Number]


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
    """See cypher/coverage/facts.cypher for each of the lists."""

    on: date
    """The day they are about."""
    starts: Sequence[Start]
    rows: Mapping[str, Sequence[Row]]
    """The rows by kind."""
    links: Mapping[str, tuple[Sequence[Number], Sequence[Number]]]
    """The starts and finishes of the links, by type."""
    attached: tuple[Sequence[Number], Sequence[Number]]
    """What is reached, and for each an attached neighbour at the same place."""
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
    suspects: Sequence[Sequence[Any]]
    """Suspect links, as rows of cypher/needs_review.cypher."""

    @cached_property
    def by_number(self) -> Mapping[Number, Row]:
        """Every row by its number."""
        return {row[NUMBER]: row for rows in self.rows.values() for row in rows}

    @cached_property
    def _adjacent(self) -> dict[tuple[str, Direction], Adjacency]:
        """What was gathered before: of a large graph only some types are ever asked for."""
        return {}

    def adjacent(self, link: str, direction: Direction) -> Adjacency:
        """Return the far ends of the links of a type, for each entity that has any."""
        key = link, direction
        if key not in self._adjacent:
            starts, finishes = self.links.get(link, ((), ()))
            near, far = (starts, finishes) if direction is Direction.OUT else (finishes, starts)
            self._adjacent[key] = grouped(near, far)
        return self._adjacent[key]

    @cached_property
    def beside(self) -> Adjacency:
        """For each of what is reached, its attached neighbours."""
        return grouped(*self.attached)

    def out(self, link: str, number: Number) -> Sequence[Number]:
        """Give the finishes of the links of a type from an entity."""
        return self.adjacent(link, Direction.OUT).get(number, ())

    def into(self, link: str, number: Number) -> Sequence[Number]:
        """Give the starts of the links of a type to an entity."""
        return self.adjacent(link, Direction.IN).get(number, ())

    def value(self, number: Number, name: str) -> Any:
        """Return an own field of an entity; null where the entity is none that rules judge."""
        row = self.by_number.get(number)
        return None if row is None else row[column(kind_of(row), name)]

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


def grouped(keys: Iterable[Number], values: Iterable[Number]) -> dict[Number, list[Number]]:
    """Gather the values of each key."""
    groups: dict[Number, list[Number]] = defaultdict(list)
    for key, value in zip(keys, values, strict=True):
        groups[key].append(value)
    return dict(groups)


def read_facts(facts: Any) -> Facts:
    """Turn the facts of cypher/coverage/facts.cypher into their names."""
    on, starts, rows, links, attached, own, parties, *others = facts
    evidence, measured, late, drives, moments, live, stances, ended, verdicts, waivers, suspects = others
    by_kind: dict[str, list[Row]] = {kind: [] for kind in JUDGED}
    places = [by_kind[kind] for kind in JUDGED]
    for row in rows:
        places[row[PLACE]].append(row)
    return Facts(
        on=date.fromisoformat(on),
        starts=[Start(*item) for item in starts],
        rows=by_kind,
        links={name: (froms, tos) for name, froms, tos in links},
        attached=(attached[0], attached[1]),
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
        suspects=suspects,
    )
