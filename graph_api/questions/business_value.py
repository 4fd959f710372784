"""Business value: what a change of some KPIs would be worth at the KPIs that they drive in the end.

Facts: `cypher/business_value.cypher` after `cypher/scope/`. Pure.

It begins at the KPIs that an opportunity aims at, that a proposition or initiative moves, or at a KPI itself, and walks
along DRIVES to ends: KPIs in money (CURRENCY), and those that drive no other. A KPI in money may drive others: chains
end there, and go on too. From a KPI that leads to no end, since its chains turn in a circle, they go as far as they
can. What a chain is worth is worked out in `value_path`.

Chains to one end are listed apart and added up only where they cannot tell of one change twice; see ChainOverlap.

What a proposition claims of a KPI is its own claim, else that of its initiatives (see claims). One that is retired or
stopped is asked about as if it went on.

A term that is unknown makes nothing smaller: what needs it is null, and `missing` names it.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.errors import UserInputError
from graph_api.model import MODEL
from graph_api.model.choices import KPIMethod
from graph_api.model.values import Choice
from graph_api.questions.figures.claims import Claim, counted
from graph_api.questions.figures.driving import Chains, ChainStop, Drive, chains, circles, driven_by
from graph_api.questions.figures.exact import total
from graph_api.questions.figures.kpi import KPI, read_kpi, read_measurement, total_series
from graph_api.questions.figures.remaining import Remaining
from graph_api.questions.figures.value_path import BusinessValuePath, BusinessValueStart
from graph_api.questions.thread.scope import Number, day, read_thread_facts
from graph_api.store.statements import Statement, chained, load, named

KINDS = ("Opportunity", "Proposition", "Initiative", "KPI")
"""What can be asked about."""


class ChainOverlap(Choice):
    """Why chains to one end may tell of the same change twice."""

    PARALLEL = (
        "PARALLEL",
        "Several begin at the same KPI: they add up only if each effect holds while the other chains stand still.",
    )
    SAME_CHANGE = (
        "SAME_CHANGE",
        "One begins at a KPI that the first KPI of another drives: its change may be what arrives from there.",
    )


@dataclass(frozen=True)
class BusinessValueEnd:
    """A KPI at which chains end, and what arrives there."""

    remaining: Remaining
    paths: Sequence[BusinessValuePath]
    driven: Mapping[Number, Collection[Number]]
    """What each KPI where a chain begins drives, at once or through others."""
    more: bool
    """Whether chains may be missing."""

    @property
    def kpi(self) -> Found:
        """The KPI."""
        return self.remaining.kpi.kpi

    @property
    def unit(self) -> str | None:
        """Its unit."""
        return self.remaining.kpi.unit

    @property
    def money(self) -> bool:
        """Whether it is in money."""
        return self.remaining.kpi.method == KPIMethod.CURRENCY

    @cached_property
    def overlaps(self) -> list[ChainOverlap]:
        """Why the chains may tell of the same change twice."""
        found = []
        starts = {path.chain.start for path in self.paths}
        if len(starts) < len(self.paths):
            found.append(ChainOverlap.PARALLEL)
        if any(not (starts - {start}).isdisjoint(self.driven[start]) for start in starts):
            found.append(ChainOverlap.SAME_CHANGE)
        return found

    @cached_property
    def worth(self) -> float | None:
        """What all chains bring together, in its unit; null where they overlap, may be missing, or one is unknown."""
        known = [path.worth for path in self.paths if path.worth is not None]
        return total(known) if len(known) == len(self.paths) and not self.overlaps and not self.more else None

    @property
    def gap(self) -> float | None:
        """What it lacks of its target."""
        return self.remaining.gap

    @property
    def reached(self) -> bool | None:
        """Whether nothing is left."""
        return self.remaining.reached

    @property
    def share(self) -> float | None:
        """Which share of that gap the worth is."""
        return self.remaining.share(self.worth)


@dataclass(frozen=True)
class KPICircle:
    """KPIs of which each drives all others, and itself."""

    kpis: Sequence[Found]


@dataclass(frozen=True)
class BusinessValue:
    """What an entity is worth at the end of the chains that begin at its KPIs."""

    entity: Found
    on: str
    kpis: Mapping[Number, KPI]
    drives: Sequence[Drive]
    beginnings: Mapping[Number, BusinessValueStart]
    remaining: Mapping[Number, Remaining]
    """Of the ends."""

    @property
    def starts(self) -> list[BusinessValueStart]:
        """The KPIs where chains begin, by key."""
        return sorted(self.beginnings.values(), key=lambda start: start.about.key)

    @cached_property
    def _chains(self) -> Chains:
        keys = {number: kpi.key for number, kpi in self.kpis.items()}
        return chains(self.beginnings, self.drives, keys, self.remaining.keys())

    @cached_property
    def paths(self) -> list[BusinessValuePath]:
        """The chains, the shortest first."""
        return [BusinessValuePath(chain, self.beginnings[chain.start], self.kpis) for chain in self._chains.listed]

    @property
    def more(self) -> bool:
        """Whether there are, or may be, others."""
        return self._chains.more

    @property
    def longer(self) -> bool:
        """Whether something goes on beyond the longest chain allowed."""
        return self._chains.longer

    @property
    def ends(self) -> list[BusinessValueEnd]:
        """The KPIs at which chains end: those in money first, then by key."""
        by_end: dict[Number, list[BusinessValuePath]] = defaultdict(list)
        for path in self.paths:
            if path.stop is ChainStop.END:
                by_end[path.chain.end].append(path)
        starts = {path.chain.start for paths in by_end.values() for path in paths}
        driven = {start: driven_by(start, self.drives) for start in starts}
        more = self.more or self.longer
        found = [BusinessValueEnd(self.remaining[number], paths, driven, more) for number, paths in by_end.items()]
        return sorted(found, key=lambda end: (not end.money, end.remaining.kpi.key))

    @property
    def circles(self) -> list[KPICircle]:
        """The circles that chains come by, each by key."""
        groups = [sorted(self.kpis[number].key for number in group) for group in circles(self.drives)]
        by_key = {kpi.key: kpi.kpi for kpi in self.kpis.values()}
        return [KPICircle([by_key[key] for key in group]) for group in sorted(groups)]


def _beginnings(
    entity: Number, kpis: Mapping[Number, KPI], aims: Sequence[Number], rows: Sequence[Sequence[Any]]
) -> dict[Number, BusinessValueStart]:
    """Say where chains begin, and what of the claims on each KPI counts."""
    claims: dict[Number, list[Claim]] = defaultdict(list)
    for number, *row in rows:
        claim = Claim(*row)
        # What is asked about is taken to go on.
        claims[number].append(replace(claim, status=None) if claim.number == entity else claim)
    initiatives = {claim.number for found in claims.values() for claim in found} - {entity}
    settled = {number: counted(found, {entity: initiatives}) for number, found in claims.items()}
    starts = {*aims, *(number for number, found in settled.items() if found)}
    return {number: BusinessValueStart(kpis[number], settled.get(number, ())) for number in starts}


def _read(facts: Sequence[Any]) -> BusinessValue | None:
    on, thread, kind, aims, claims, rows, drives, measured = facts
    starts = read_thread_facts(thread).starts
    if not starts:
        return None
    kpis = {kpi.number: kpi for kpi in map(read_kpi, rows)}
    remaining = {
        number: Remaining(kpis[number], total_series(kpis[number], map(read_measurement, found), on), on)
        for number, found in measured
    }
    beginnings = _beginnings(starts[0].number, kpis, aims, claims)
    return BusinessValue(
        Found(starts[0].id, kind), on, kpis, [Drive(*drive) for drive in drives], beginnings, remaining
    )


@dataclass(frozen=True)
class BusinessValueQuestion:
    """The question, for the planner: of an entity by kind and key, or asked about it."""

    name: str = "business_value"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts."""
        files = map(load, ("scope/alone", "scope/thread", "business_value"))
        if self.about_entity:
            return chained(load("scope/about"), *files, given="start")
        return chained(named(*KINDS), *files)

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Name the entity and the day; raises UserInputError where it is of a kind that has no KPIs to begin at."""
        found = {"walked": False, "tags": None, "on": day(arguments)}
        if self.about_entity:
            return found
        kind, key = arguments["of"]["kind"], arguments["of"]["key"]
        if kind not in KINDS:
            *names, last = (MODEL.kinds[name].plural for name in KINDS)
            message = f"of.kind: only {', '.join(names)} and {last} have business value along KPIs. Name one of these."
            raise UserInputError(message)
        return {**found, "scope": {MODEL.kinds[kind].plural: [key]}}

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> BusinessValue | None:
        """Follow the chains; null where there is no such entity."""
        return _read(facts)
