"""What a portfolio is asked with: its method and weights, and what must be read for what is selected. Pure.

The questions of a portfolio share its facts: `cypher/portfolio/` after `cypher/scope/`, then `cypher/portfolio.cypher`.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from math import isfinite
from typing import Any

from pydantic.alias_generators import to_camel, to_snake

from graph_api.compile.question import Selected
from graph_api.errors import UserInputError
from graph_api.questions.portfolios.item import read_items
from graph_api.questions.portfolios.learned import read_learned
from graph_api.questions.portfolios.method import METHODS, PartSort, ScoringMethod, ScoringMethodName, ScoringTerm
from graph_api.questions.portfolios.reach import PainWeight
from graph_api.questions.portfolios.review import Portfolio, PortfolioOrderField
from graph_api.questions.portfolios.scoring import ClaimedShare, Scorer
from graph_api.questions.portfolios.work import READS_WORK, Work, read_work, wants
from graph_api.questions.thread.scope import day, parameters, read_thread_facts, statement
from graph_api.store.statements import Statement

RENEWAL_DAYS = 365
"""For so many days renewals are looked at, where nobody says otherwise."""
MOST_DAYS = 36_525

_WHOLE = ("Opportunity", "Proposition", "Initiative")


def weights_of(method: ScoringMethod, given: Mapping[str, float | None] | None) -> Mapping[ScoringTerm, float]:
    """Return the weights of a method, the usual ones where none are given; raises UserInputError."""
    weights = dict(method.weighed)
    for name, weight in (given or {}).items():
        if weight is None:
            continue
        one = ScoringTerm[to_snake(name).upper()]
        if one not in method.weighed:
            known = ", ".join(to_camel(one.lower()) for one in method.weighed) or "none at all"
            message = f"weights.{name}: {method.name} has no such weight; it has {known}."
            raise UserInputError(message)
        if not isfinite(weight) or weight < 0:
            message = f"weights.{name}: {weight} is no weight; give a number that is not below 0."
            raise UserInputError(message)
        weights[one] = weight
    if weights and not any(weights.values()):
        message = "weights: All are 0, so that every score would be; give one that is above."
        raise UserInputError(message)
    return weights


def days_of(arguments: Mapping[str, Any]) -> int:
    """Read the argument `renewalDays`; raises UserInputError where nobody looks so far ahead."""
    days = arguments.get("renewalDays")
    if days is None:
        return RENEWAL_DAYS
    if not 0 <= days <= MOST_DAYS:
        message = f"renewalDays: {days} is not between 0 and {MOST_DAYS:,}; give fewer days."
        raise UserInputError(message)
    return int(days)


def _method(arguments: Mapping[str, Any]) -> ScoringMethod:
    return METHODS[arguments.get("method") or ScoringMethodName.EVIDENCE_COUNT]


def _pain_weight(arguments: Mapping[str, Any]) -> PainWeight:
    return PainWeight[arguments.get("painWeight") or PainWeight.NONE]


_EVIDENCE = frozenset({"evidence", "support", "highest_support"})
_MOMENTS = frozenset({"moments", "moments_of_truth", "moments_unknown"})
_BY_EVIDENCE = frozenset(
    {PortfolioOrderField.HIGHEST_SUPPORT, PortfolioOrderField.EVIDENCE, PortfolioOrderField.ASSUMED_SHARE}
)
_BY_REACH = frozenset(
    {
        PortfolioOrderField.PERSONAS,
        PortfolioOrderField.ACCOUNTS,
        PortfolioOrderField.CUSTOMERS,
        PortfolioOrderField.ANNUAL_VALUE,
        PortfolioOrderField.RENEWALS,
    }
)


def _wanted(
    arguments: Mapping[str, Any], selected: Selected, sorted_by: Collection[PortfolioOrderField]
) -> Iterator[str]:
    """Say what of cypher/portfolio/ is wanted: what is selected, sorted by, or scored by."""
    method = _method(arguments)
    counted = method.name is ScoringMethodName.EVIDENCE_COUNT
    reached = "reached" in selected or not _BY_REACH.isdisjoint(sorted_by)
    if counted or not _EVIDENCE.isdisjoint(selected) or not _BY_EVIDENCE.isdisjoint(sorted_by):
        yield "evidence"
    if reached or _pain_weight(arguments) is not PainWeight.NONE:
        yield "voices"
    if reached:
        yield "personas"
    if not _MOMENTS.isdisjoint(selected) or PortfolioOrderField.MOMENTS_OF_TRUTH in sorted_by:
        yield "moments"
    claimed = {"claims"} if method.parts is PartSort.CLAIMS else set()
    yield from wants(selected | claimed, *(by.name for by in sorted_by))


def portfolio_statement(arguments: Mapping[str, Any], selected: Selected, *sorted_by: PortfolioOrderField) -> Statement:
    """Return the statement that reads the facts, of a scope or of the whole graph.

    Most of it is about what becomes of items: Neo4j need not plan that where none of it is wanted.
    """
    work = "portfolio/work" if READS_WORK.intersection(_wanted(arguments, selected, sorted_by)) else "portfolio/no_work"
    return statement(arguments, ("portfolio/reached", "portfolio/learned", work, "portfolio"), _WHOLE)


def portfolio_parameters(
    arguments: Mapping[str, Any], selected: Selected, *sorted_by: PortfolioOrderField
) -> Mapping[str, Any]:
    """Give the parameters: those of the scope, the day, the kind, and what is wanted; raises UserInputError."""
    weights_of(_method(arguments), arguments.get("weights"))
    days_of(arguments)
    return {
        **parameters(arguments),
        "wants": list(_wanted(arguments, selected, sorted_by)),
        "of": [str(arguments["of"])],
        "on": day(arguments),
    }


def read_portfolio(facts: Any, arguments: Mapping[str, Any]) -> Portfolio:
    """Turn the facts of cypher/portfolio.cypher into a portfolio, scored as the arguments say."""
    on, thread, reached, learned_facts, work_facts = facts
    scope, keys = read_thread_facts(thread).scope(arguments), arguments.get("keys")
    items = read_items(reached, scope, keys=keys, ended=bool(arguments.get("ended")))
    learned = read_learned(learned_facts)
    method = _method(arguments)
    weights = weights_of(method, arguments.get("weights"))
    work = read_work(work_facts, items)
    scorer = Scorer(method, items, learned, lambda item: _claims(work[item.number]), weights, _pain_weight(arguments))
    return Portfolio(items, learned, work, scorer, date.fromisoformat(on), days_of(arguments))


def _claims(work: Work) -> list[ClaimedShare]:
    """Return the claims that count, of KPIs that are not reached."""
    return [
        ClaimedShare(kpi.kpi, kpi.key, kpi.weight, claim.share, claim.confidence) for kpi, claim in work.claims.counting
    ]
