"""Overlap: which opportunities, propositions or initiatives answer the same pains, and how much of their pains that is.

Facts: those of `portfolio`. Pure. An item answers the pains that raise its opportunities, however well; see
`portfolios/overlapping` for the figures, and for what becomes of insights without a type.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph_api.compile.question import Found, Selected, WorksLong
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.portfolios.asked import portfolio_parameters, portfolio_statement
from graph_api.questions.portfolios.bounds import Bounds, best
from graph_api.questions.portfolios.item import Item, read_items
from graph_api.questions.portfolios.knowledge import PortfolioPain, pains_of
from graph_api.questions.portfolios.learned import Learned, read_learned
from graph_api.questions.portfolios.overlapping import Overlap, overlaps
from graph_api.questions.thread.scope import Number, read_thread_facts
from graph_api.store.statements import Statement

Answered = Mapping[Number, Mapping[Number, Bounds]]
"""For each item, the insights that it answers, pains or perhaps pains, with the fit of the best path to each."""


@dataclass(frozen=True)
class PortfolioOverlap:
    """Two items that answer the same pains, or may."""

    first: Item
    second: Item
    figures: Overlap
    answered: Answered
    learned: Learned

    @property
    def one(self) -> Found:
        """The first by key."""
        return self.first.found

    @property
    def other(self) -> Found:
        """The other."""
        return self.second.found

    @property
    def share(self) -> float | None:
        """Shared over united; null where insights without a type leave it open."""
        return self.figures.share

    @property
    def low(self) -> float:
        """What it is at least."""
        return self.figures.low

    @property
    def high(self) -> float:
        """What it is at most."""
        return self.figures.high

    @property
    def shared(self) -> int:
        """How many pains both answer."""
        return self.figures.shared

    @property
    def united(self) -> int:
        """How many either answers."""
        return self.figures.united

    @property
    def type_unknown(self) -> int:
        """How many insights without a type either answers."""
        return self.figures.unknown_united

    @property
    def one_within(self) -> bool | None:
        """Whether the other answers all that the one does."""
        return self.figures.first_within

    @property
    def other_within(self) -> bool | None:
        """Whether the one answers all that the other does."""
        return self.figures.second_within

    def pains(self, **arguments: Any) -> Connection[PortfolioPain]:
        """List what both answer, each with the better fit of the two."""
        one, other = self.answered[self.first.number], self.answered[self.second.number]
        both = {number: best((fit, other[number])) for number, fit in one.items() if number in other}
        return pains_of(self.learned, both).list(**arguments)


OVERLAP_ORDER: Sorting[PortfolioOverlap] = Sorting(
    (
        term("low", float, descending=True),
        term("high", float, descending=True),
        term("shared", int, descending=True),
        term("one", str),
        term("other", str),
    ),
    lambda pair: [pair.low, pair.high, pair.shared, pair.first.key, pair.second.key],
)


def pairs(items: Sequence[Item], answered: Answered, learned: Learned) -> list[PortfolioOverlap]:
    """Return every two items, which come by key, that share a pain, or may."""
    insights = [answered[item.number].keys() for item in items]
    # As the items are numbered here, the first of each pair is that of the smaller key.
    found = overlaps(
        {place: of & learned.certain for place, of in enumerate(insights)},
        {place: of - learned.certain for place, of in enumerate(insights)},
    )
    return [PortfolioOverlap(items[one.first], items[one.second], one, answered, learned) for one in found]


@dataclass(frozen=True)
class OverlapQuestion(WorksLong):
    """The question, for the planner: of the graph or of a scope."""

    name: str = "overlap"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts."""
        return portfolio_statement(arguments, selected)

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give those of a portfolio."""
        return portfolio_parameters(arguments, selected)

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> Connection[PortfolioOverlap]:
        """List the pairs, those that overlap most first."""
        _, thread, reached, learned_facts, _ = facts
        scope = read_thread_facts(thread).scope(arguments)
        items = read_items(reached, scope, keys=arguments.get("keys"), ended=bool(arguments.get("ended")))
        learned = read_learned(learned_facts)
        answered = {item.number: learned.behind(items, item) for item in items.chosen}
        return Connection(OVERLAP_ORDER.sort(pairs(items.chosen, answered, learned)), OVERLAP_ORDER, arguments)
