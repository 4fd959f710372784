"""Impact: what would break elsewhere if an entity were removed or came to its end.

Facts: as for coverage, of the scope of that one entity, with its own links. The rules are held against the facts as
they are, and against the facts as they would be; the difference is what coverage would say after doing it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.errors import UserInputError
from graph_api.model import MODEL, Direction
from graph_api.model.choices import InitiativeStatus, InsightStatus, OpportunityStatus, PropositionStatus
from graph_api.model.values import Choice
from graph_api.questions.gaps import GAP_ORDER, Gap, find
from graph_api.questions.thread.depth import Depth, Disposition, is_pain
from graph_api.questions.thread.expectations import Settings
from graph_api.questions.thread.facts import (
    KEY,
    NUMBER,
    Facts,
    OwnLink,
    Row,
    column,
    facts_parameters,
    facts_statement,
    found,
    kind_of,
    read_facts,
)
from graph_api.questions.thread.scope import Number
from graph_api.store.judged import COUNTS, FIELDS, FIRST
from graph_api.store.statements import Statement


class ImpactChange(Choice):
    """What is thought of doing with an entity."""

    REMOVE = "REMOVE", "It is deleted, with all its links."
    END = (
        "END",
        "It ends: an initiative is STOPPED, a proposition RETIRED, an opportunity CLOSED, an insight REFUTED.",
    )


ENDS: Mapping[str, tuple[str, Choice]] = {
    "Initiative": ("initiativeStatus", InitiativeStatus.STOPPED),
    "Proposition": ("propositionStatus", PropositionStatus.RETIRED),
    "Opportunity": ("opportunityStatus", OpportunityStatus.CLOSED),
    "Insight": ("insightStatus", InsightStatus.REFUTED),
}
"""The own field, and its value, by which an entity of a kind has come to its end."""

_RESTING = frozenset({"ADDRESSED_BY", "DELIVERED_BY", "DEPENDS_ON"})
"""Links whose start rests on their finish."""


def without(facts: Facts, gone: Number) -> Facts:
    """Return the facts as they would be if an entity were not there."""

    def left(pairs: Iterable[Sequence[Number]]) -> list[Sequence[Number]]:
        return [pair for pair in pairs if gone not in pair]

    links = {}
    for name, (starts, finishes) in facts.thread.links.items():
        kept = left(zip(starts, finishes, strict=True))
        links[name] = [start for start, _ in kept], [finish for _, finish in kept]
    return replace(
        facts,
        rows=_fewer_links(facts, gone),
        thread=replace(facts.thread, links=links),
        evidence=[
            replace(dated, study=None, fielded=None) if dated.study == gone else dated
            for dated in facts.evidence
            if gone not in {dated.insight, dated.evidence}
        ],
        late=left(facts.late),
        drives=left(facts.drives),
        moments=[
            replace(moment, measured=left(moment.measured), run=left(moment.run))
            for moment in facts.moments
            if gone not in {moment.number, moment.persona}
        ],
        live=[live for live in facts.live if gone not in {live.enabler, live.proposition, live.promise}],
        stances=[stance for stance in facts.stances if gone not in {stance.proposition, stance.stakeholder}],
        ended=left(facts.ended),
    )


def _fewer_links(facts: Facts, gone: Number) -> dict[str, list[Row]]:
    """Return the rows without that of an entity, and with as many links fewer as lead to it."""
    changed: dict[Number, list[Any]] = {}
    for link in facts.own:
        far, direction = (link.finish, Direction.IN) if link.start == gone else (link.start, Direction.OUT)
        row = changed.get(far) or facts.by_number.get(far)
        if row is not None:
            changed[far] = _one_less(row, link, direction)
    return {
        kind: [changed.get(row[NUMBER], row) for row in rows if row[NUMBER] != gone]
        for kind, rows in facts.rows.items()
    }


def _one_less(row: Row, link: OwnLink, direction: Direction) -> list[Any]:
    kind, fewer = kind_of(row), list(row)
    for place, counted in enumerate(COUNTS[kind], start=FIRST + len(FIELDS[kind])):
        if (counted.type, counted.direction) == (link.type, direction) and counted.role in {None, link.role}:
            fewer[place] -= 1
    return fewer


def at_its_end(facts: Facts, number: Number) -> Facts:
    """Return the facts as they would be if an entity had come to its end; raises UserInputError where it has none."""
    row = facts.by_number.get(number)
    if row is None or kind_of(row) not in ENDS:
        message = f"change: only {', '.join(ENDS)} can come to an END. Ask what it would be to REMOVE it."
        raise UserInputError(message)
    kind = kind_of(row)
    name, value = ENDS[kind]
    over = list(row)
    over[column(kind, name)] = value.value
    resting = (
        [(link.start, number) for link in facts.own if link.finish == number and link.type in _RESTING]
        if kind in {"Initiative", "Proposition"}
        else []
    )
    return replace(
        facts,
        rows={**facts.rows, kind: [over if one[NUMBER] == number else one for one in facts.rows[kind]]},
        live=[live for live in facts.live if live.proposition != number],
        ended=[*facts.ended, *resting],
    )


_CHANGES: Mapping[ImpactChange, Callable[[Facts, Number], Facts]] = {
    ImpactChange.REMOVE: without,
    ImpactChange.END: at_its_end,
}


@dataclass(frozen=True)
class PainImpact:
    """A pain of which something else would become."""

    row: Row
    before: Disposition
    after: Disposition

    @property
    def insight(self) -> Found:
        """The insight."""
        return found(self.row)


@dataclass(frozen=True)
class Impact:
    """The answer."""

    number: Number
    entity: Found
    change: ImpactChange
    before: Facts
    after: Facts
    settings: Settings

    def _gaps(self, facts: Facts) -> dict[tuple[Number, str], Gap]:
        gaps = find(facts, self.settings, None)
        return {(gap.row[NUMBER], gap.rule): gap for gap in gaps if gap.row[NUMBER] != self.number}

    @cached_property
    def _differing(self) -> tuple[list[Gap], list[Gap]]:
        before, after = self._gaps(self.before), self._gaps(self.after)
        opened = [gap for place, gap in after.items() if place not in before]
        closed = [gap for place, gap in before.items() if place not in after]
        return GAP_ORDER.sort(opened), GAP_ORDER.sort(closed)

    @property
    def opened(self) -> list[Gap]:
        """The gaps that there would be elsewhere and are not now."""
        return self._differing[0]

    @property
    def closed(self) -> list[Gap]:
        """The gaps elsewhere that there would no longer be."""
        return self._differing[1]

    @cached_property
    def pains(self) -> list[PainImpact]:
        """The pains of which something else would become, by key; one that would be gone is none of them."""
        before, after = Depth(self.before), Depth(self.after)
        then = {row[NUMBER]: row for row in self.after.rows["Insight"] if is_pain(row)}
        found = []
        for row in self.before.rows["Insight"]:
            if is_pain(row) and row[NUMBER] in then and row[NUMBER] != self.number:
                now = before.pain(row, self.before.on).disposition
                later = after.pain(then[row[NUMBER]], self.after.on).disposition
                if now is not later:
                    found.append(PainImpact(row, now, later))
        return sorted(found, key=lambda pain: pain.row[KEY])

    @cached_property
    def _lost(self) -> list[Row]:
        before, after = Depth(self.before), Depth(self.after)
        lost = (
            (before.opportunities | before.propositions | before.initiatives)
            - (after.opportunities | after.propositions | after.initiatives)
            - {self.number}
        )
        rows = [self.before.by_number[number] for number in lost]
        return sorted(rows, key=lambda row: (kind_of(row), row[KEY]))

    @property
    def no_longer_deep(self) -> list[Found]:
        """The opportunities, propositions and initiatives from which the thread would no longer lead all the way."""
        return [found(row) for row in self._lost]

    @cached_property
    def _near(self) -> Sequence[Row]:
        """What is linked to the entity, to what would lose something, or to the work that this leads to."""
        losing = {self.number, *(gap.row[NUMBER] for gap in self.opened), *(row[NUMBER] for row in self._lost)}
        losing.update(pain.row[NUMBER] for pain in self.pains)
        for link in ("ADDRESSED_BY", "DELIVERED_BY"):
            losing.update([there for here in losing for there in self.before.out(link, here)])
        near = {link.finish if link.start == self.number else link.start for link in self.before.own}
        starts, finishes = self.before.thread.attached
        near |= {finish for start, finish in zip(starts, finishes, strict=True) if start in losing}
        near = (near | losing) - {self.number}
        rows = [self.before.by_number[number] for number in near if number in self.before.by_number]
        return sorted(rows, key=lambda row: row[KEY])

    def _touched(self, kind: str) -> list[Found]:
        return [found(row) for row in self._near if kind_of(row) == kind]

    @property
    def departments(self) -> list[Found]:
        """The departments with a part in the entity, in what would lose something, or in the work on that; by key."""
        return self._touched("Department")

    @property
    def promises(self) -> list[Found]:
        """The promises, likewise."""
        return self._touched("Promise")

    @property
    def kpis(self) -> list[Found]:
        """The KPIs, likewise."""
        return self._touched("KPI")

    @property
    def goals(self) -> list[Found]:
        """The goals, likewise."""
        return self._touched("Goal")


@dataclass(frozen=True)
class ImpactQuestion:
    """The question, for the planner."""

    name: str = "impact"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts of the scope of one entity."""
        return facts_statement(_scope(arguments))

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Say what is wanted: everything, and the links of the entity."""
        return facts_parameters(_scope(arguments), "threaded", "identified", "own")

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> Impact | None:
        """Hold the rules against the facts as they are and as they would be; null where there is no such entity."""
        before = read_facts(facts)
        if not before.thread.starts:
            return None
        (start,) = before.thread.starts
        change = ImpactChange[arguments["change"]]
        entity = Found(start.id, arguments["of"]["kind"])
        after = _CHANGES[change](before, start.number)
        return Impact(start.number, entity, change, before, after, Settings.given(arguments))


def _scope(arguments: Mapping[str, Any]) -> dict[str, Any]:
    of = arguments["of"]
    return {**arguments, "scope": {MODEL.kinds[of["kind"]].plural: [of["key"]]}}
