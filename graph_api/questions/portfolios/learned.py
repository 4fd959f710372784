"""What was learned behind a portfolio: the answer of cypher/portfolio/learned.cypher, read once. Pure.

A pain is an insight of type PAIN or UNMET_NEED that is not REFUTED and raises an opportunity. One without a type may be
a pain: it counts in no sum, and makes none smaller either, so that each answer says how many there are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from graph_api.compile.question import Found
from graph_api.model.choices import AccountStatus
from graph_api.questions.evidence.insight_health import Piece, highest_support
from graph_api.questions.portfolios.bounds import Bounds, best
from graph_api.questions.portfolios.item import Item, Items
from graph_api.questions.thread.scope import Number

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Pain:
    """An insight that is a pain or unmet need, or may be one."""

    number: Number
    id: str
    key: str
    type: str | None
    """Null is unknown: it may be a pain."""
    status: str | None
    severity: float | None
    """How much it matters, 0 to 10."""
    reach: float | None
    """Whom it concerns, as a share of the population, 0 to 1."""

    @property
    def insight(self) -> Found:
        """The insight, for hydration."""
        return Found(self.id, "Insight")


@dataclass(frozen=True, slots=True)
class Voice:
    """A persona, segment or account that voices a pain, or a persona that meets one on its journey."""

    number: Number
    id: str
    kind: str
    key: str
    segments: Sequence[Number]
    """Those that it is in; a segment itself."""

    @property
    def found(self) -> Found:
        """The entity, for hydration."""
        return Found(self.id, self.kind)


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the market."""

    number: Number
    id: str
    key: str
    size: int | None
    """How many customers it has."""
    annual_value: int | None
    """Money as it is stored, see figures.money."""
    currency: str | None
    accounts: Sequence[Number]

    @property
    def found(self) -> Found:
        """The entity, for hydration."""
        return Found(self.id, "Segment")


@dataclass(frozen=True, slots=True)
class Account:
    """A firm."""

    number: Number
    id: str
    key: str
    annual_value: int | None
    """Money as it is stored, see figures.money."""
    currency: str | None
    status: str | None
    renewal_on: str | None
    """ISO 8601."""

    @property
    def found(self) -> Found:
        """The entity, for hydration."""
        return Found(self.id, "Account")

    @property
    def lost(self) -> bool:
        """Whether it is no customer any more, and will not be one."""
        return self.status == AccountStatus.LOST


@dataclass(frozen=True, slots=True)
class Moment:
    """A step or touchpoint where a pain was observed, and that is a moment of truth to a persona, or may be."""

    insight: Number
    place: Number
    persona: Number
    known: bool | None
    """Whether it is one; null where nobody says."""


@dataclass(frozen=True)
class Learned:
    """See cypher/portfolio/learned.cypher for each of the lists."""

    pains: Mapping[Number, Pain]
    raised: Mapping[Number, Sequence[Number]]
    """For each opportunity, the insights that raise it."""
    evidence: Mapping[Number, Sequence[Piece]]
    """For each insight, what backs it."""
    hypotheses: Sequence[tuple[Number, str | None, Number]]
    """Each a hypothesis, its verdict, and the opportunity or proposition that it is about."""
    voiced: Mapping[Number, Collection[Number]]
    """For each insight, who voices it."""
    walked: Mapping[Number, Collection[Number]]
    """For each insight or opportunity, the personas on whose journeys it was observed, or whose needs underlie it."""
    voices: Mapping[Number, Voice]
    segments: Mapping[Number, Segment]
    accounts: Mapping[Number, Account]
    moments: Mapping[Number, Sequence[Moment]]
    """For each insight, the moments of truth where it was observed, and what may be some."""

    @cached_property
    def certain(self) -> frozenset[Number]:
        """The insights that are known to be pains."""
        return frozenset(number for number, pain in self.pains.items() if pain.type is not None)

    @cached_property
    def supports(self) -> Mapping[Number, int]:
        """The highest known support of the evidence for each pain for which one is known."""
        found = ((number, highest_support(pieces)) for number, pieces in self.evidence.items())
        return {number: support for number, support in found if support is not None and number in self.certain}

    def behind(self, items: Items, item: Item) -> dict[Number, Bounds]:
        """Return the insights that an item answers, pains or perhaps pains, with the fit of the best path to each."""
        opportunities = items.opportunities(item)
        if len(opportunities) == 1:
            ((opportunity, fit),) = opportunities.items()
            return dict.fromkeys(self.raised.get(opportunity, ()), fit)
        found: dict[Number, list[Bounds]] = defaultdict(list)
        for opportunity, fit in opportunities.items():
            for insight in self.raised.get(opportunity, ()):
                found[insight].append(fit)
        return {insight: fits[0] if len(fits) == 1 else best(fits) for insight, fits in found.items()}

    def personas(self, insight: Number) -> Collection[Number]:
        """Return the personas that a pain concerns: who voice it, or meet it on their journeys or by their needs.

        As on a trace, one who meets it counts where that persona, a segment of it, or nobody voices the pain.
        """
        speaking = self.voiced.get(insight, ())
        voicing = {one for one in speaking if self.voices[one].kind == "Persona"}
        met = self.walked.get(insight, ())
        return voicing.union(
            one for one in met if not speaking or not set(speaking).isdisjoint(self.voices[one].segments)
        )

    def voicing(self, insights: Iterable[Number]) -> set[Number]:
        """Return the numbers of all who voice one of several insights."""
        return {voice for insight in insights for voice in self.voiced.get(insight, ())}


def read_learned(facts: Any) -> Learned:
    """Turn the facts into their names."""
    raised, pains, evidence, hypotheses, voiced, walked, voices, segments, accounts, moments = facts
    return Learned(
        pains={row[0]: Pain(*row) for row in pains},
        raised=_gathered((opportunity, insight) for insight, opportunity in raised),
        evidence=_gathered((row[0], Piece(*row)) for row in evidence),
        hypotheses=[tuple(row) for row in hypotheses],
        voiced=_gathered(voiced),
        walked=_gathered(walked),
        voices={row[0]: Voice(*row) for row in voices},
        segments={row[0]: Segment(*row) for row in segments},
        accounts={row[0]: Account(*row) for row in accounts},
        moments=_gathered((row[0], Moment(*row)) for row in moments),
    )


def _gathered(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    groups: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)
