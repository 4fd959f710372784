"""Portfolios made by hand, for tests of what is pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from graph_api.questions.portfolios.asked import weights_of
from graph_api.questions.portfolios.item import Item, Items, PortfolioKind
from graph_api.questions.portfolios.learned import Learned, Pain
from graph_api.questions.portfolios.method import METHODS, ScoringMethodName
from graph_api.questions.portfolios.reach import PainWeight
from graph_api.questions.portfolios.scoring import ClaimedShare, PortfolioScore, Scorer

FIELDS = (
    "status",
    "customer_value",
    "business_value",
    "urgency",
    "risk_reduction",
    "impact",
    "reach",
    "effort",
    "confidence",
    "cost",
    "currency",
)


def item(number: int, kind: PortfolioKind = PortfolioKind.OPPORTUNITY, **fields: Any) -> Item:
    return Item(number, f"id{number}", kind, f"k{number}", *(fields.get(name) for name in FIELDS))


def pain(number: int, kind: str | None = "PAIN", severity: float | None = None, reach: float | None = None) -> Pain:
    return Pain(number, f"id{number}", f"k{number}", kind, None, severity, reach)


def learned(pains: Sequence[Pain] = (), raised: Mapping[int, Sequence[int]] | None = None, **others: Any) -> Learned:
    fields = ("evidence", "voiced", "walked", "voices", "segments", "accounts", "moments")
    return Learned(
        pains={one.number: one for one in pains},
        raised=raised or {},
        hypotheses=(),
        **{name: others.get(name, {}) for name in fields},
    )


def items(
    *chosen: Item,
    others: Sequence[Item] = (),
    addressed: Sequence[tuple[int, int, float | None]] = (),
    delivered: Sequence[tuple[int, int]] = (),
) -> Items:
    return Items(chosen, {one.number: one for one in (*chosen, *others)}, addressed, delivered)


def scored(
    method: ScoringMethodName,
    all_items: Items,
    known: Learned | None = None,
    claims: Sequence[ClaimedShare] = (),
    pain_weight: PainWeight = PainWeight.NONE,
    **weights: float,
) -> list[PortfolioScore]:
    """Score the chosen items."""
    how = METHODS[method]
    scorer = Scorer(how, all_items, known or learned(), lambda _: claims, weights_of(how, weights), pain_weight)
    return [scorer.score(one) for one in all_items.chosen]
