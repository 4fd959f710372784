"""Scores of items, each with all its terms, whatever of them is unknown. Pure.

See `method` for the formulas. A term that is unknown lies anywhere on its scale, and the score anywhere between what
that makes of it (see `bounds`); it is null unless both are the same.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.portfolios.bounds import AMOUNT, ANYTHING, Bounded, Bounds, clean, known, total
from graph_api.questions.portfolios.item import UNKNOWN_FIT, Item, Items, PortfolioKind
from graph_api.questions.portfolios.learned import Learned, Pain
from graph_api.questions.portfolios.method import PartSort, ScoringMethod, ScoringMethodName, ScoringTerm
from graph_api.questions.portfolios.reach import Audience, PainWeight
from graph_api.questions.thread.scope import Number

_SCORE, _SHARE = Bounds(0.0, 10.0), Bounds(0.0, 1.0)
_UNKNOWN: Mapping[ScoringTerm, Bounds] = {
    ScoringTerm.SEVERITY: _SCORE,
    ScoringTerm.PAIN_REACH: _SHARE,
    ScoringTerm.FIT: UNKNOWN_FIT,
    ScoringTerm.CUSTOMER_VALUE: _SCORE,
    ScoringTerm.BUSINESS_VALUE: _SCORE,
    ScoringTerm.URGENCY: _SCORE,
    ScoringTerm.RISK_REDUCTION: _SCORE,
    ScoringTerm.REACH: AMOUNT,
    ScoringTerm.IMPACT: Bounds(0.25, 3.0),
    ScoringTerm.KPI_WEIGHT: AMOUNT,
    ScoringTerm.KPI_SHARE: ANYTHING,
    ScoringTerm.CONFIDENCE: _SHARE,
    ScoringTerm.EFFORT: AMOUNT,
}
"""What each term can be where nothing is known of it."""

_OF_ITEM: Mapping[ScoringTerm, str] = {
    ScoringTerm.CUSTOMER_VALUE: "customer_value",
    ScoringTerm.BUSINESS_VALUE: "business_value",
    ScoringTerm.URGENCY: "urgency",
    ScoringTerm.RISK_REDUCTION: "risk_reduction",
    ScoringTerm.REACH: "reach",
    ScoringTerm.IMPACT: "impact",
    ScoringTerm.CONFIDENCE: "confidence",
    ScoringTerm.EFFORT: "effort",
}
_WEIGHED_BY = {PainWeight.CUSTOMERS: ScoringTerm.CUSTOMERS, PainWeight.REVENUE: ScoringTerm.REVENUE}
_PLACES = {one: place for place, one in enumerate(ScoringTerm)}
_ONE = Bounds(1.0, 1.0)


@dataclass(frozen=True, slots=True)
class ScoreTerm(Bounded):
    """A term of a score, or of a part of it."""

    term: ScoringTerm
    bounds: Bounds
    weight: float | None = None
    """By how much it is multiplied before it is added to others; null where it is not."""


@dataclass(frozen=True, slots=True)
class ClaimedShare:
    """A claim of a KPI that counts."""

    kpi: Found
    key: str
    weight: float | None
    share: float | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class ScorePart(Bounded):
    """A pain, an opportunity or a claim of a KPI, and what it adds to a score."""

    of: Found
    key: str
    terms: Sequence[ScoreTerm]

    @property
    def bounds(self) -> Bounds:
        """What it adds."""
        weighed = [one.bounds.times(Bounds(one.weight, one.weight)) for one in self.terms if one.weight is not None]
        made = total(weighed) if weighed else _ONE
        for one in self.terms:
            if one.weight is None:
                made = made.times(one.bounds)
        return Bounds(clean(made.low), clean(made.high))


PART_ORDER: Sorting[ScorePart] = Sorting(
    (term("high", float, descending=True), term("low", float, descending=True), term("key", str)),
    lambda part: [min(part.bounds.high, 1e308), max(part.bounds.low, -1e308), part.key],
)


@dataclass(frozen=True)
class PortfolioScore(Bounded):
    """The score of an item."""

    scorer: "Scorer"
    item: Item

    @property
    def method(self) -> ScoringMethod:
        """How it was scored."""
        return self.scorer.method

    @cached_property
    def sum(self) -> Bounds:
        """What its parts add up to."""
        return self.scorer.sum(self.item)

    @cached_property
    def bounds(self) -> Bounds:
        """What the score is at least and at most."""
        return self.scorer.whole(self.item, self.sum)

    @cached_property
    def missing(self) -> list[ScoringTerm]:
        """The terms that are unknown and on which the score depends."""
        if self.bounds.value is not None:
            return []
        return sorted(self.scorer.missing(self.item), key=_PLACES.__getitem__)

    @property
    def terms(self) -> list[ScoreTerm]:
        """Its terms: those with a weight as sums of fit · term over the opportunities, then those of the item."""
        return self.scorer.terms(self.item)

    def parts(self, **arguments: Any) -> Connection[ScorePart]:
        """List what it is summed over, what adds most first."""
        return Connection(PART_ORDER.sort(self.scorer.parts(self.item)), PART_ORDER, arguments)


@dataclass(frozen=True)
class Scorer:
    """A method over the items of a portfolio."""

    method: ScoringMethod
    items: Items
    learned: Learned
    claims: Callable[[Item], Sequence[ClaimedShare]]
    """The claims of KPIs that count for an item."""
    weights: Mapping[ScoringTerm, float]
    pain_weight: PainWeight = PainWeight.NONE
    kpi_factors: Mapping[str, float] | None = None
    """By what the weights of KPIs are multiplied, by key."""
    summed: dict[Number, Sequence[Bounds]] = field(default_factory=dict, repr=False, compare=False)
    """What was added up before; it is the same whatever the weights are, so that `variants` share it."""

    @cached_property
    def _pains(self) -> Mapping[Number, Bounds]:
        """What each pain adds, but for the fit."""
        counted = self.method.name is ScoringMethodName.EVIDENCE_COUNT
        found = {}
        for number, pain in self.learned.pains.items():
            made = _ONE
            for one in () if counted else self._pain_terms(pain):
                made = made.times(one.bounds)
            found[number] = made if pain.type is not None else Bounds(0.0, made.high)
        return found

    def _pain_terms(self, pain: Pain) -> Iterable[ScoreTerm]:
        yield _term(ScoringTerm.SEVERITY, pain.severity)
        yield _term(ScoringTerm.PAIN_REACH, pain.reach)
        if self.pain_weight is not PainWeight.NONE:
            yield ScoreTerm(_WEIGHED_BY[self.pain_weight], self.weight_of(pain.number))

    def weight_of(self, pain: Number) -> Bounds:
        """Return by what a pain counts, by who voices it."""
        if self.pain_weight is PainWeight.NONE:
            return _ONE
        return Audience(self.learned, frozenset(self.learned.voiced.get(pain, ()))).weight(self.pain_weight)

    @cached_property
    def _opportunities(self) -> Mapping[Number, Bounds]:
        """What each opportunity adds by a method that multiplies its terms, but for the fit."""
        multiplied = [one for one in self.method.product if one is not ScoringTerm.FIT]
        found = {}
        for number, item in self.items.by_number.items():
            if item.kind == PortfolioKind.OPPORTUNITY:
                made = _ONE
                for one in multiplied:
                    made = made.times(_own(item, one))
                found[number] = made
        return found

    def _summed(self, item: Item) -> Sequence[Bounds]:
        """Return each weighed term of an item, without its weight: Σ fit · term over its opportunities."""
        if item.number not in self.summed:
            answered = self.items.opportunities(item).items()
            opportunities = [(self.items.by_number[number], fit) for number, fit in answered]
            self.summed[item.number] = [
                total(fit.times(_own(one, name)) for one, fit in opportunities) for name in self.method.weighed
            ]
        return self.summed[item.number]

    @cached_property
    def _behind(self) -> dict[Number, Mapping[Number, Bounds]]:
        """What was found before: every figure of an item asks for it."""
        return {}

    def behind(self, item: Item) -> Mapping[Number, Bounds]:
        """Return the insights that an item answers, pains or perhaps pains, with the fit of the best path to each."""
        if item.number not in self._behind:
            self._behind[item.number] = self.learned.behind(self.items, item)
        return self._behind[item.number]

    def _opportunity_terms(self, item: Item) -> Iterable[ScoreTerm]:
        for one in self.method.weighed:
            yield _term(one, getattr(item, _OF_ITEM[one]), self.weights[one])
        for one in self.method.product:
            if one is not ScoringTerm.FIT:
                yield _term(one, getattr(item, _OF_ITEM[one]))

    def _claim_terms(self, claim: ClaimedShare) -> list[ScoreTerm]:
        factor = (self.kpi_factors or {}).get(claim.key, 1.0)
        weight = None if claim.weight is None else claim.weight * factor
        return [
            _term(ScoringTerm.KPI_WEIGHT, weight),
            _term(ScoringTerm.KPI_SHARE, claim.share),
            _term(ScoringTerm.CONFIDENCE, claim.confidence),
        ]

    def score(self, item: Item) -> PortfolioScore:
        """Score an item."""
        return PortfolioScore(self, item)

    def sum(self, item: Item) -> Bounds:
        """Return what the parts of an item add up to."""
        match self.method.parts:
            case PartSort.PAINS if self.method.name is ScoringMethodName.EVIDENCE_COUNT:
                return total(self._pains[number] for number in self.behind(item))
            case PartSort.PAINS:
                return total(self._pains[number].times(fit) for number, fit in self.behind(item).items())
            case PartSort.OPPORTUNITIES if self.method.weighed:
                summed = zip(self._summed(item), self.weights.values(), strict=True)
                return total(one.times(Bounds(weight, weight)) for one, weight in summed)
            case PartSort.OPPORTUNITIES:
                answered = self.items.opportunities(item)
                return total(self._opportunities[number].times(fit) for number, fit in answered.items())
            case PartSort.CLAIMS:
                return total(part.bounds for part in self.parts(item))

    def whole(self, item: Item, sum_of_parts: Bounds) -> Bounds:
        """Return the score of which the sum is known."""
        made = sum_of_parts
        if self.method.factor:
            made = made.times(_own(item, self.method.factor))
        if self.method.divisor:
            made = made.over(_own(item, self.method.divisor))
        return Bounds(clean(made.low), clean(made.high))

    def bounds(self, item: Item) -> Bounds:
        """Return what the score of an item is at least and at most."""
        return self.whole(item, self.sum(item))

    def parts(self, item: Item) -> list[ScorePart]:
        """Return what the score of an item is summed over."""
        match self.method.parts:
            case PartSort.PAINS:
                return [self._pain_part(number, fit) for number, fit in self.behind(item).items()]
            case PartSort.OPPORTUNITIES:
                found = ((self.items.by_number[one], fit) for one, fit in self.items.opportunities(item).items())
                return [
                    ScorePart(one.found, one.key, [*self._opportunity_terms(one), ScoreTerm(ScoringTerm.FIT, fit)])
                    for one, fit in found
                ]
            case PartSort.CLAIMS:
                return [ScorePart(one.kpi, one.key, self._claim_terms(one)) for one in self.claims(item)]

    def _pain_part(self, number: Number, fit: Bounds) -> ScorePart:
        pain = self.learned.pains[number]
        untyped = [ScoreTerm(ScoringTerm.TYPE, Bounds(0.0, 1.0))] if pain.type is None else []
        if self.method.name is ScoringMethodName.EVIDENCE_COUNT:
            return ScorePart(pain.insight, pain.key, untyped)
        return ScorePart(pain.insight, pain.key, [*untyped, *self._pain_terms(pain), ScoreTerm(ScoringTerm.FIT, fit)])

    def terms(self, item: Item) -> list[ScoreTerm]:
        """Return the terms of an item: sums over its opportunities of those that have a weight, and its own."""
        summed = [
            ScoreTerm(one, bounds, self.weights[one])
            for one, bounds in zip(self.method.weighed, self._summed(item), strict=True)
        ]
        own = (one for one in (self.method.factor, self.method.divisor) if one is not None)
        return [*summed, *(ScoreTerm(one, _own(item, one)) for one in own)]

    def missing(self, item: Item) -> set[ScoringTerm]:
        """Return the terms that are unknown, whether or not the score depends on them."""
        found = {one.term for part in self.parts(item) for one in part.terms if one.value is None}
        own = (one for one in (self.method.factor, self.method.divisor) if one is not None)
        found |= {one for one in own if _own(item, one).value is None}
        if self.method.divisor and item.effort == 0:
            found.add(ScoringTerm.EFFORT)
        return found

    def variants(self, items: Sequence[Item]) -> Iterable["Scorer"]:
        """Return the same with each weight alone a fifth less, then a fifth more; without weights nothing."""
        for one, weight in self.weights.items():
            yield from (replace(self, weights={**self.weights, one: weight * by}) for by in _NUDGES)
        if self.method.parts is PartSort.CLAIMS:
            for key in sorted({claim.key for item in items for claim in self.claims(item)}):
                yield from (replace(self, kpi_factors={key: by}) for by in _NUDGES)


_NUDGES = (0.8, 1.2)


def _term(name: ScoringTerm, value: float | None, weight: float | None = None) -> ScoreTerm:
    return ScoreTerm(name, known(value, _UNKNOWN[name]), weight)


def _own(item: Item, name: ScoringTerm) -> Bounds:
    return known(getattr(item, _OF_ITEM[name]), _UNKNOWN[name])
