"""What becomes of an item: who works on it, what it takes, requires, claims, promises and brings about. Pure.

Facts: `cypher/portfolio/work.cypher`, of which only what is wanted is read. All is told of the work of an item: of the
item itself and of what hangs below it (see `below`), each with what it comes through. Nothing depends on which other
items there are. Where nothing is recorded yet lists are empty and figures null.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.figures.claims import OwnedClaim, read_claim
from graph_api.questions.figures.money import amount
from graph_api.questions.forecast_realism import read_scales
from graph_api.questions.parties.raci import Part, read_parts
from graph_api.questions.portfolios.below import work_of
from graph_api.questions.portfolios.claimed import Foreseen, PortfolioClaims, claims_of
from graph_api.questions.portfolios.cost import PortfolioCost, cost_of
from graph_api.questions.portfolios.enablers import PortfolioEnabler, PortfolioEnablers
from graph_api.questions.portfolios.item import Item, Items
from graph_api.questions.portfolios.party import PortfolioParty, PortfolioStance, PortfolioStances, read_load
from graph_api.questions.promises import PROMISE_ORDER, PromiseStanding, PromiseState, read_standing
from graph_api.questions.thread.scope import Number

WANTS: Mapping[str, tuple[str, ...]] = {
    "parties": ("parties",),
    "load": ("parties", "load"),
    "stakeholders": ("stances",),
    "enablers": ("enablers",),
    "claims": ("claims",),
    "realism": ("claims", "realism"),
    "median_ratio": ("claims", "realism"),
    "promises": ("promises",),
    "realises": ("realises",),
    "decision": ("decision",),
}
"""What must be read for each attribute of an answer, by the names that cypher/portfolio/work.cypher has for it."""
READS_WORK = frozenset(name for names in WANTS.values() for name in names)
"""All of these names."""


@dataclass(frozen=True)
class PortfolioPromises:
    """The promises that the propositions of the work make, and their state."""

    all: Sequence[PromiseStanding]

    def _count(self, state: PromiseState) -> int:
        return sum(one.state is state for one in self.all)

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.all)

    @property
    def broken(self) -> int:
        """How many are broken."""
        return self._count(PromiseState.BROKEN)

    @property
    def uncertain(self) -> int:
        """Of how many nobody can say."""
        return self._count(PromiseState.UNCERTAIN)

    @property
    def unmeasured(self) -> int:
        """How many were not measured."""
        return self._count(PromiseState.UNMEASURED)

    @property
    def kept(self) -> int:
        """How many are kept."""
        return self._count(PromiseState.KEPT)

    @property
    def not_due(self) -> int:
        """How many are not due."""
        return self._count(PromiseState.NOT_DUE)

    def list(self, **arguments: Any) -> Connection[PromiseStanding]:
        """List the promises, those broken first."""
        return Connection(PROMISE_ORDER.sort([*self.all]), PROMISE_ORDER, arguments)


@dataclass(frozen=True, slots=True)
class PortfolioPlace:
    """A part of a journey as it should be that the work brings about."""

    place: Found
    key: str
    journeys: Sequence[Found]
    """Those that it is a part of, by key."""
    through: Sequence[Found]
    """What brings it about."""


PLACE_ORDER: Sorting[PortfolioPlace] = Sorting(
    (term("kind", str), term("key", str)), lambda one: [one.place.kind or "", one.key]
)


@dataclass(frozen=True)
class PortfolioRealises:
    """What the work of an item brings about of journeys as they should be."""

    all: Sequence[PortfolioPlace]

    @property
    def total(self) -> int:
        """How many stages, steps and touchpoints there are."""
        return len(self.all)

    def list(self, **arguments: Any) -> Connection[PortfolioPlace]:
        """List them, by kind and key."""
        return Connection(PLACE_ORDER.sort([*self.all]), PLACE_ORDER, arguments)


@dataclass(frozen=True, slots=True)
class _Place:
    """A row of the list `realised`."""

    id: str
    kind: str
    key: str
    journeys: Sequence[tuple[str, str]]
    through: Sequence[Number]


@dataclass(frozen=True)
class WorkFacts:
    """See cypher/portfolio/work.cypher for each of the lists."""

    on: str
    """The day, ISO 8601."""
    makes: Mapping[Number, Sequence[Number]]
    """For each proposition, the promises it makes, by key."""
    promises: Mapping[Number, Found]
    parts: Mapping[Number, Sequence[Part]]
    efforts: Mapping[str, Sequence[Sequence[Any]]]
    """For the id of each owner or party, its involvements, each a kind and an effort."""
    stances: Mapping[Number, Sequence[Sequence[Any]]]
    """Each a stakeholder's id and key, a stance and why."""
    enablers: Sequence[Sequence[Any]]
    """Each an id, key, readiness, cost and currency, and what requires it."""
    claims: Mapping[Number, Sequence[OwnedClaim]]
    foreseen: Foreseen
    standings: Mapping[Number, PromiseStanding]
    realised: Sequence[_Place]
    decisions: Mapping[Number, Found]


@dataclass(frozen=True)
class Work:
    """What becomes of an item. Its attributes are fields of the answer."""

    item: Item
    items: Items
    facts: WorkFacts

    @cached_property
    def _work(self) -> Sequence[Item]:
        return work_of(self.items, self.item)

    @cached_property
    def _promises(self) -> Sequence[Number]:
        return list(dict.fromkeys(promise for one in self._work for promise in self.facts.makes.get(one.number, ())))

    @cached_property
    def _through(self) -> Mapping[Number, Found]:
        """All that the work is made of, in its order: the item, what hangs below it, promises."""
        named = {one.number: one.found for one in self._work}
        return named | {number: self.facts.promises[number] for number in self._promises}

    def _named(self, numbers: Iterable[Number]) -> list[Found]:
        given = set(numbers)
        return [found for number, found in self._through.items() if number in given]

    @cached_property
    def parties(self) -> list[PortfolioParty]:
        """Who has a part in the work: by what it is in, the accountable first."""
        return [
            PortfolioParty(part, through, read_load(self.facts.efforts.get(part.actor.id, ())))
            for number, through in self._through.items()
            for part in self.facts.parts.get(number, ())
        ]

    @cached_property
    def stakeholders(self) -> PortfolioStances:
        """Who is for it and who against."""
        return PortfolioStances(
            [
                PortfolioStance(identity, key, stance, why, through, place)
                for place, (number, through) in enumerate(self._through.items())
                for identity, key, stance, why in self.facts.stances.get(number, ())
            ]
        )

    @cached_property
    def enablers(self) -> PortfolioEnablers:
        """What it requires."""
        return PortfolioEnablers(
            [
                PortfolioEnabler(identity, key, readiness, units, currency, through)
                for identity, key, readiness, units, currency, numbers in self.facts.enablers
                if (through := self._named(numbers))
            ]
        )

    @cached_property
    def cost(self) -> PortfolioCost:
        """What it costs and takes."""
        return cost_of(self.items, self.item)

    @cached_property
    def claims(self) -> PortfolioClaims:
        """What it claims of KPIs."""
        found = [claim for one in self._work for claim in self.facts.claims.get(one.number, ())]
        return claims_of(self.item.number, found, self.facts.foreseen)

    @cached_property
    def promises(self) -> PortfolioPromises:
        """What it promises."""
        return PortfolioPromises([self.facts.standings[number] for number in self._promises])

    @cached_property
    def realises(self) -> PortfolioRealises:
        """What it brings about."""
        found = [
            PortfolioPlace(
                Found(row.id, row.kind),
                row.key,
                [Found(identity, "Journey") for identity, _ in sorted(row.journeys, key=lambda one: one[1])],
                through,
            )
            for row in self.facts.realised
            if (through := self._named(row.through))
        ]
        return PortfolioRealises(found)

    @property
    def decision(self) -> Found | None:
        """The latest decision about the item itself; null where there is none."""
        return self.facts.decisions.get(self.item.number)


def _most_load(work: Work) -> float | None:
    known = (one.load.known for one in work.parties)
    return max((load for load in known if load is not None), default=None)


def _money(work: Work) -> float | None:
    return None if work.cost.units is None else amount(work.cost.units)


@dataclass(frozen=True, slots=True)
class WorkFigure:
    """A number by which items can be put in order; null is unknown."""

    of: Callable[[Work], float | None]
    description: str
    needs: str | None = None
    """The attribute for which must be read what it takes; see WANTS."""


WORK_FIGURES: Mapping[str, WorkFigure] = {
    "PARTIES": WorkFigure(
        lambda work: len({one.party for one in work.parties}),
        "How many departments, partners and stakeholders have a part in it.",
        "parties",
    ),
    "LOAD": WorkFigure(_most_load, "The largest known load of any of these, in person-days.", "load"),
    "AMBASSADORS": WorkFigure(
        lambda work: work.stakeholders.ambassadors, "How many stakeholders are for it.", "stakeholders"
    ),
    "OPPONENTS": WorkFigure(
        lambda work: work.stakeholders.opponents, "How many stakeholders are against it.", "stakeholders"
    ),
    "READINESS": WorkFigure(
        lambda work: work.enablers.readiness, "How ready the least ready enabler is that it requires.", "enablers"
    ),
    "COST": WorkFigure(_money, "What it costs; amounts are compared as they are, whatever their currency."),
    "EFFORT": WorkFigure(lambda work: work.cost.effort, "What it takes, in person-days."),
    "CLAIMED_SHARE": WorkFigure(
        lambda work: work.claims.known_share, "The known shares of KPIs' gaps that it claims, added up.", "claims"
    ),
    "REALISM": WorkFigure(
        lambda work: work.claims.median_ratio,
        "The median of what came over what was claimed by those who answer for its claims.",
        "realism",
    ),
    "PROMISES_BROKEN": WorkFigure(
        lambda work: work.promises.broken, "How many of its promises are broken.", "promises"
    ),
    "REALISED": WorkFigure(
        lambda work: work.realises.total, "How many places of journeys as they should be it brings about.", "realises"
    ),
}
"""The numbers that the work gives, by the names that an order has for them."""


def wants(selected: Selected, *figures: str) -> list[str]:
    """Say what must be read, the parameter `wants`: for what is selected, and for those of WORK_FIGURES so named."""
    needed = {figure.needs for name in figures if (figure := WORK_FIGURES.get(name)) and figure.needs}
    return sorted({name for attribute in selected | needed for name in WANTS.get(attribute, ())})


def read_work(facts: Any, items: Items) -> Mapping[Number, Work]:
    """Turn the column `work` into what becomes of each item that was chosen."""
    on, makes, parties, load, stances, enablers, claims, past, kpis, standings, realised, decisions = facts
    owned = map(read_claim, claims)
    found = WorkFacts(
        on=on,
        makes=_gathered((row[0], row[1]) for row in sorted(makes, key=lambda row: row[3])),
        promises={number: Found(identity, "Promise") for _, number, identity, _ in makes},
        parts={number: read_parts(rows) for number, rows in parties},
        efforts=dict(load),
        stances=_gathered((number, row) for number, *row in stances),
        enablers=enablers,
        claims=_gathered((one.claim.number, one) for one in owned),
        foreseen=Foreseen([read_claim(row) for row in past], read_scales(kpis, on), on),
        standings={row[0]: read_standing(row, on) for row in standings},
        realised=[_Place(*row) for row in realised],
        decisions={number: Found(identity, "Decision") for number, identity in decisions},
    )
    return {item.number: Work(item, items, found) for item in items.chosen}


def _gathered(pairs: Iterable[tuple[Number, Any]]) -> Mapping[Number, Sequence[Any]]:
    groups: dict[Number, list[Any]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return groups
