"""What an item rests on: its pains, the evidence for them, and what is assumed. Pure.

Facts: `learned`. What an insight rests on is told as by `evidence_health`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found
from graph_api.model.choices import EvidenceStance, HypothesisVerdict
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.evidence.insight_health import ON_ASSUMPTION, Piece, RestsOn, Side, highest_support, rests_on
from graph_api.questions.portfolios.bounds import Bounds
from graph_api.questions.portfolios.item import Item, Items
from graph_api.questions.portfolios.learned import Learned, Pain
from graph_api.questions.thread.scope import Number


@dataclass(frozen=True)
class PortfolioPain:
    """A pain that an item answers, or what may be one."""

    row: Pain
    fit_bounds: Bounds
    pieces: Sequence[Piece]
    moments: int
    """How many moments of truth it was observed at: places, each for one persona."""
    moments_unknown: int
    """How many others may be some."""

    @property
    def insight(self) -> Found:
        """The insight."""
        return self.row.insight

    @property
    def certain(self) -> bool:
        """Whether it is known to be a pain."""
        return self.row.type is not None

    @property
    def fit(self) -> float | None:
        """How well it is answered, on the best path, 0 to 1."""
        return self.fit_bounds.value

    @property
    def severity(self) -> float | None:
        """How much it matters, 0 to 10."""
        return self.row.severity

    @property
    def reach(self) -> float | None:
        """Whom it concerns, as a share of the population."""
        return self.row.reach

    @property
    def support(self) -> int | None:
        """The highest known support of a piece of evidence for it."""
        return highest_support(self.pieces)

    @cached_property
    def rests_on(self) -> RestsOn:
        """What it rests on."""
        supporting = [one for one in self.pieces if one.stance == EvidenceStance.SUPPORTS]
        contradicting = [one for one in self.pieces if one.stance == EvidenceStance.CONTRADICTS]
        return rests_on(self.row.status, Side(supporting), Side(contradicting), len(self.pieces))


PAIN_ORDER: Sorting[PortfolioPain] = Sorting(
    (
        term("certain", int, descending=True),
        term("severity", float, descending=True, nullable=True),
        term("support", int, descending=True, nullable=True),
        term("key", str),
    ),
    lambda pain: [int(pain.certain), pain.severity, pain.support, pain.row.key],
)


@dataclass(frozen=True)
class PortfolioPains:
    """The pains and unmet needs that an item answers, each once."""

    all: Sequence[PortfolioPain]

    @cached_property
    def _certain(self) -> list[PortfolioPain]:
        return [pain for pain in self.all if pain.certain]

    @property
    def total(self) -> int:
        """How many they are."""
        return len(self._certain)

    @property
    def type_unknown(self) -> int:
        """How many insights beside these have no type, and may be pains."""
        return len(self.all) - self.total

    @property
    def highest_support(self) -> int | None:
        """The highest known support of the evidence for them."""
        known = (pain.support for pain in self._certain)
        return max((support for support in known if support is not None), default=None)

    @property
    def moments_of_truth(self) -> int:
        """How many of them were observed at a moment of truth."""
        return sum(pain.moments > 0 for pain in self._certain)

    @property
    def moments_unknown(self) -> int:
        """How many others may have been."""
        return sum(not pain.moments and pain.moments_unknown > 0 for pain in self._certain)

    def list(self, **arguments: Any) -> Connection[PortfolioPain]:
        """List them, the severest first, and last what may be one."""
        return Connection(PAIN_ORDER.sort([*self.all]), PAIN_ORDER, arguments)


@dataclass(frozen=True)
class PortfolioEvidence:
    """What an item rests on."""

    pains: Sequence[PortfolioPain]
    verdicts: Mapping[Number, str | None]
    """Of each hypothesis about it, the verdict."""

    @cached_property
    def _pieces(self) -> list[Piece]:
        return list({piece.number: piece for pain in self.pains for piece in pain.pieces}.values())

    @property
    def pieces(self) -> int:
        """How many pieces of evidence back its pains, each once."""
        return len(self._pieces)

    @property
    def studies(self) -> int:
        """From how many studies they come."""
        return len({piece.study for piece in self._pieces} - {None})

    def _resting(self, *on: RestsOn) -> int:
        return sum(pain.rests_on in on for pain in self.pains)

    @property
    def on_assumption(self) -> int:
        """How many of its pains rest on assumption alone."""
        return self._resting(*ON_ASSUMPTION)

    @property
    def contested(self) -> int:
        """How many of them some evidence contradicts."""
        return self._resting(RestsOn.CONTESTED)

    @property
    def several_studies(self) -> int:
        """How many of them several studies support, and nothing contradicts."""
        return self._resting(RestsOn.SEVERAL_STUDIES)

    @property
    def assumed_share(self) -> float | None:
        """The share that rests on assumption alone; null where it has no pains."""
        return self.on_assumption / len(self.pains) if self.pains else None

    @property
    def hypotheses(self) -> int:
        """How many hypotheses are about it, or the opportunities that it answers."""
        return len(self.verdicts)

    @property
    def untested(self) -> int:
        """How many of them nobody has tested, or nobody has said so."""
        return sum(verdict in {None, HypothesisVerdict.UNTESTED} for verdict in self.verdicts.values())

    @property
    def refuted(self) -> int:
        """How many of them turned out wrong, or are likely to."""
        wrong = {HypothesisVerdict.REFUTED, HypothesisVerdict.UNLIKELY}
        return sum(verdict in wrong for verdict in self.verdicts.values())


def pains_of(learned: Learned, behind: Mapping[Number, Bounds]) -> PortfolioPains:
    """Tell of the pains behind an item, each with its fit."""
    return PortfolioPains([_pain(learned, number, fit) for number, fit in behind.items()])


def _pain(learned: Learned, number: Number, fit: Bounds) -> PortfolioPain:
    seen = learned.moments.get(number, ())
    moments = {(one.place, one.persona) for one in seen if one.known}
    others = {(one.place, one.persona) for one in seen} - moments
    return PortfolioPain(learned.pains[number], fit, learned.evidence.get(number, ()), len(moments), len(others))


def evidence_of(learned: Learned, items: Items, item: Item, pains: PortfolioPains) -> PortfolioEvidence:
    """Tell what an item rests on."""
    about = {item.number, *items.opportunities(item)}
    return PortfolioEvidence(
        [pain for pain in pains.all if pain.certain],
        {number: verdict for number, verdict, of in learned.hypotheses if of in about},
    )
