"""Portfolio: opportunities, propositions or initiatives side by side, each with its score and all that a board asks.

Facts: `cypher/portfolio/` after `cypher/scope/`, then `cypher/portfolio.cypher`. The scope chooses items, never what is
said of them: a score is absolute, and stays what it is whatever stands beside it. What is unknown makes no score
smaller; it is null, with the least and the most that it can be and the terms that are missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_api.compile.question import Selected, WorksLong
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.portfolios.asked import portfolio_parameters, portfolio_statement, read_portfolio
from graph_api.questions.portfolios.review import ORDERS, PortfolioItem, PortfolioOrderField
from graph_api.store.statements import Statement


def sorting(by: PortfolioOrderField, *, descending: bool) -> Sorting[PortfolioItem]:
    """Return the order of a list of items; ties by the highest known support, as EVIDENCE_COUNT has it, then by key."""
    if by is PortfolioOrderField.KEY:
        return Sorting((term("key", str, descending=descending),), lambda one: [one.row.key])
    value = ORDERS[by]
    terms = [term(by.name, float, descending=descending, nullable=True)]
    if by is PortfolioOrderField.SCORE:
        terms.append(term("support", float, descending=descending))
        return Sorting((*terms, term("key", str)), lambda one: [value(one), (one.place or (0, 0))[-1], one.row.key])
    return Sorting((*terms, term("key", str)), lambda one: [value(one), one.row.key])


def _order(arguments: Mapping[str, Any]) -> tuple[PortfolioOrderField, bool]:
    given = arguments.get("orderBy") or {}
    by = PortfolioOrderField[given.get("by") or PortfolioOrderField.SCORE]
    return by, given.get("direction") != "ASC"


@dataclass(frozen=True)
class PortfolioQuestion(WorksLong):
    """The question, for the planner."""

    name: str = "portfolio"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts, of a scope or of the whole graph."""
        return portfolio_statement(arguments, selected, _order(arguments)[0])

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give those of the scope, the day, the kind, and what is wanted; raises UserInputError."""
        by, _ = _order(arguments)
        return portfolio_parameters(arguments, selected, by)

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> Connection[PortfolioItem]:
        """List the items, the best first unless another order is wanted."""
        by, descending = _order(arguments)
        order = sorting(by, descending=descending)
        return Connection(order.sort([*read_portfolio(facts, arguments).all]), order, arguments)
