"""The items of a portfolio, and all that a board asks of them: one answer, which several questions are asked of. Pure.

An item's rank is 1 + how many known scores are strictly better. The range of its ranks is what they can be

- with each weight alone a fifth less or more, of a method that has weights;
- with every score anywhere within what is known of it, and within the confidence of its item (see `bounds`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from graph_api.compile.question import Found
from graph_api.model.values import OrderChoice
from graph_api.questions.figures.money import Units, amount
from graph_api.questions.portfolios.bounds import Bounds
from graph_api.questions.portfolios.claimed import PortfolioClaims
from graph_api.questions.portfolios.cost import PortfolioCost
from graph_api.questions.portfolios.enablers import PortfolioEnablers
from graph_api.questions.portfolios.item import Item, Items
from graph_api.questions.portfolios.knowledge import PortfolioEvidence, PortfolioPains, evidence_of, pains_of
from graph_api.questions.portfolios.learned import Learned
from graph_api.questions.portfolios.method import ScoringMethodName
from graph_api.questions.portfolios.party import PortfolioParty, PortfolioStances
from graph_api.questions.portfolios.ranking import RankRange, rank_ranges, ranks
from graph_api.questions.portfolios.reach import PortfolioReach, audience
from graph_api.questions.portfolios.scoring import PortfolioScore, Scorer
from graph_api.questions.portfolios.work import WORK_FIGURES, PortfolioPromises, PortfolioRealises, Work
from graph_api.questions.thread.scope import Number

_SUPPORT = -1.0
"""As what an unknown support ranks: after all that are known."""


class PortfolioOrderField(OrderChoice):
    """By what the items of a portfolio can be sorted."""

    SCORE = "SCORE", "The score; of EVIDENCE_COUNT then the highest known support."
    KEY = "KEY", "The key."
    PAINS = "PAINS", "How many pains it answers."
    HIGHEST_SUPPORT = "HIGHEST_SUPPORT", "The highest known support of the evidence for them."
    MOMENTS_OF_TRUTH = "MOMENTS_OF_TRUTH", "How many of them were observed at a moment of truth."
    PERSONAS = "PERSONAS", "How many personas they concern."
    ACCOUNTS = "ACCOUNTS", "How many accounts they concern."
    CUSTOMERS = "CUSTOMERS", "How many customers they concern."
    ANNUAL_VALUE = "ANNUAL_VALUE", "The annual value of these."
    RENEWALS = "RENEWALS", "How many of these renew within the window."
    EVIDENCE = "EVIDENCE", "How many pieces of evidence there are."
    ASSUMED_SHARE = "ASSUMED_SHARE", "Which share of its pains rests on assumption alone."

    # What the work of an item gives, as it is declared there.
    _ignore_ = "name figure"
    for name, figure in WORK_FIGURES.items():
        vars()[name] = name, figure.description


@dataclass(frozen=True)
class Ranks:
    """The ranks that an item has or can have, and from what they differ."""

    given: int | None
    by_weights: RankRange | None
    by_inputs: RankRange

    @cached_property
    def _whole(self) -> RankRange:
        others = [self.by_weights] if self.by_weights else []
        return self.by_inputs.with_others([*others, *([RankRange(self.given, self.given)] if self.given else [])])

    @property
    def best(self) -> int:
        """The best of them."""
        return self._whole.best

    @property
    def worst(self) -> int:
        """The worst of them."""
        return self._whole.worst


@dataclass(frozen=True)
class PortfolioItem:
    """An item, and all that a board asks of it."""

    portfolio: "Portfolio"
    row: Item

    @property
    def item(self) -> Found:
        """The opportunity, proposition or initiative."""
        return self.row.found

    @property
    def status(self) -> str | None:
        """Where it stands."""
        return self.row.status

    @cached_property
    def score(self) -> PortfolioScore:
        """Its score."""
        return self.portfolio.scorer.score(self.row)

    @property
    def rank(self) -> int | None:
        """Its rank; null where its score is unknown."""
        return self.portfolio.ranks[self.row.number]

    @property
    def rank_range(self) -> Ranks:
        """The ranks that it can have."""
        return self.portfolio.rank_range(self.row.number)

    @cached_property
    def _behind(self) -> Mapping[Number, Bounds]:
        return self.portfolio.scorer.behind(self.row)

    @cached_property
    def pains(self) -> PortfolioPains:
        """The pains that it answers."""
        return pains_of(self.portfolio.learned, self._behind)

    @cached_property
    def reached(self) -> PortfolioReach:
        """Whom these concern."""
        learned = self.portfolio.learned
        pains = learned.certain.intersection(self._behind)
        needs = self.portfolio.items.opportunities(self.row)
        named = learned.voicing(pains).union(*map(learned.personas, (*pains, *needs)))
        return PortfolioReach(audience(learned, named), self.portfolio.on, self.portfolio.renewal_days)

    @cached_property
    def evidence(self) -> PortfolioEvidence:
        """What it rests on."""
        return evidence_of(self.portfolio.learned, self.portfolio.items, self.row, self.pains)

    @property
    def work(self) -> Work:
        """What becomes of it."""
        return self.portfolio.work[self.row.number]

    @property
    def parties(self) -> list[PortfolioParty]:
        """Who has a part in the work."""
        return self.work.parties

    @property
    def stakeholders(self) -> PortfolioStances:
        """Who is for it and who against."""
        return self.work.stakeholders

    @property
    def enablers(self) -> PortfolioEnablers:
        """What it requires."""
        return self.work.enablers

    @property
    def cost(self) -> PortfolioCost:
        """What it costs and takes."""
        return self.work.cost

    @property
    def claims(self) -> PortfolioClaims:
        """What it claims of KPIs."""
        return self.work.claims

    @property
    def promises(self) -> PortfolioPromises:
        """What it promises."""
        return self.work.promises

    @property
    def realises(self) -> PortfolioRealises:
        """What it brings about."""
        return self.work.realises

    @property
    def decision(self) -> Found | None:
        """The latest decision about it."""
        return self.work.decision

    @cached_property
    def place(self) -> tuple[float, ...] | None:
        """By what it is ranked, larger is better: its score, and of equals what decides; null where it is unknown."""
        value = self.score.value
        return None if value is None else (value, *self._ties)

    @property
    def _ties(self) -> tuple[float, ...]:
        if self.score.method.name is not ScoringMethodName.EVIDENCE_COUNT:
            return ()
        supports = self.portfolio.learned.supports
        known = (supports[pain] for pain in self._behind if pain in supports)
        return (float(max(known, default=_SUPPORT)),)

    def within(self, *, varied: bool) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Return the least and the most that it can be ranked by, also with its inputs varied within its confidence."""
        bounds = self.score.bounds
        if varied and self.score.method.name is not ScoringMethodName.EVIDENCE_COUNT:
            bounds = bounds.varied(self.row.confidence)
        return (bounds.low, *self._ties), (bounds.high, *self._ties)


_Value = Callable[[PortfolioItem], float | None]


def _amount(units: Units | None) -> float | None:
    return None if units is None else amount(units)


def _of_work(figure: Callable[[Work], float | None]) -> _Value:
    return lambda one: figure(one.work)


ORDERS: Mapping[PortfolioOrderField, _Value] = {
    PortfolioOrderField.SCORE: lambda one: one.score.value,
    PortfolioOrderField.PAINS: lambda one: one.pains.total,
    PortfolioOrderField.HIGHEST_SUPPORT: lambda one: one.pains.highest_support,
    PortfolioOrderField.MOMENTS_OF_TRUTH: lambda one: one.pains.moments_of_truth,
    PortfolioOrderField.PERSONAS: lambda one: len(one.reached.audience.personas),
    PortfolioOrderField.ACCOUNTS: lambda one: len(one.reached.audience.accounts),
    PortfolioOrderField.CUSTOMERS: lambda one: one.reached.customers,
    PortfolioOrderField.ANNUAL_VALUE: lambda one: _amount(one.reached.audience.value.units),
    PortfolioOrderField.RENEWALS: lambda one: one.reached.renewals.accounts,
    PortfolioOrderField.EVIDENCE: lambda one: one.evidence.pieces,
    PortfolioOrderField.ASSUMED_SHARE: lambda one: one.evidence.assumed_share,
    **{PortfolioOrderField[name]: _of_work(figure.of) for name, figure in WORK_FIGURES.items()},
}
"""By which value of an item each order sorts; KEY sorts by the key alone."""


@dataclass(frozen=True)
class Portfolio:
    """All items, as one answer holds them."""

    items: Items
    learned: Learned
    work: Mapping[Number, Work]
    scorer: Scorer
    on: date
    renewal_days: int

    @cached_property
    def all(self) -> Sequence[PortfolioItem]:
        """The items; by key."""
        return [PortfolioItem(self, item) for item in self.items.chosen]

    @cached_property
    def ranks(self) -> Mapping[Number, int | None]:
        """The rank of each."""
        return dict(zip(self._numbers, ranks([one.place for one in self.all]), strict=True))

    @property
    def _numbers(self) -> Iterable[Number]:
        return (item.number for item in self.items.chosen)

    @cached_property
    def _by_inputs(self) -> Mapping[Number, RankRange]:
        ranges = rank_ranges([one.within(varied=True) for one in self.all])
        return dict(zip(self._numbers, ranges, strict=True))

    @cached_property
    def _by_weights(self) -> Mapping[Number, RankRange] | None:
        found: list[list[RankRange]] | None = None
        for scorer in self.scorer.variants(self.items.chosen):
            ranges = rank_ranges([(bounds.low, bounds.high) for bounds in map(scorer.bounds, self.items.chosen)])
            found = (
                [[one] for one in ranges] if found is None else [[*a, b] for a, b in zip(found, ranges, strict=True)]
            )
        if found is None:
            return None
        widest = [ranges[0].with_others(ranges[1:]) for ranges in found]
        return dict(zip(self._numbers, widest, strict=True))

    def rank_range(self, number: Number) -> Ranks:
        """Return the ranks that an item can have."""
        by_weights = None if self._by_weights is None else self._by_weights[number]
        return Ranks(self.ranks[number], by_weights, self._by_inputs[number])
