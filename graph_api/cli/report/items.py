"""The items of a portfolio as rows: one with every figure for a workbook, one with the main figures for a page."""

from collections.abc import Iterator, Sequence
from typing import Any

from graph_api.cli.bar import percent
from graph_api.cli.report.sheet import (
    Cell,
    Column,
    Form,
    Money,
    Sheet,
    between,
    day,
    in_words,
    money,
    number,
    shortened,
)
from graph_api.cli.table import UNKNOWN

Node = dict[str, Any]

ABOUT = (
    "Empty is unknown; the last column says what is missing. Where a figure is unknown, what is known of it stands in "
    "the column after it, as the least that it can be."
)

_COLUMNS = (
    Column("rank", Form.WHOLE, 6),
    Column("best rank", Form.WHOLE, 6),
    Column("worst rank", Form.WHOLE, 6),
    Column("key", width=14),
    Column("name", width=36),
    Column("status", width=13),
    Column("score", Form.NUMBER, 10, bars=True),
    Column("score at least", Form.NUMBER, 10),
    Column("score at most", Form.NUMBER, 10),
    Column("pains", Form.WHOLE, 8, bars=True),
    Column("insights without a type", Form.WHOLE, 10),
    Column("pains at moments of truth", Form.WHOLE, 10),
    Column("highest support", Form.WHOLE, 9),
    Column("personas", Form.WHOLE, 9),
    Column("segments", Form.WHOLE, 9),
    Column("accounts", Form.WHOLE, 9),
    Column("customers", Form.WHOLE, 10),
    Column("annual value", Form.MONEY, 16),
    Column("annual value at least", Form.MONEY, 16),
    Column("renewals", Form.WHOLE, 9),
    Column("value of renewals", Form.MONEY, 16),
    Column("evidence", Form.WHOLE, 9),
    Column("studies", Form.WHOLE, 8),
    Column("on assumption alone", Form.SHARE, 11),
    Column("contested pains", Form.WHOLE, 10),
    Column("untested hypotheses", Form.WHOLE, 11),
    Column("cost", Form.MONEY, 15),
    Column("cost at least", Form.MONEY, 15),
    Column("effort in person-days", Form.NUMBER, 10),
    Column("effort at least", Form.NUMBER, 10),
    Column("parties", Form.WHOLE, 8),
    Column("ambassadors", Form.WHOLE, 12),
    Column("opponents", Form.WHOLE, 10),
    Column("enablers", Form.WHOLE, 9),
    Column("enablers not ready", Form.WHOLE, 9),
    Column("least readiness", Form.SHARE, 10),
    Column("KPIs claimed", Form.WHOLE, 9),
    Column("gaps claimed", Form.SHARE, 9),
    Column("of past claims came", Form.NUMBER, 10),
    Column("promises", Form.WHOLE, 9),
    Column("promises broken", Form.WHOLE, 9),
    Column("parts of journeys realised", Form.WHOLE, 10),
    Column("decision", width=12),
    Column("decided on", Form.DATE, 12),
    Column("decided by", width=20),
    Column("missing", width=60),
)


def items(nodes: Sequence[Node]) -> Sheet:
    """Return all items with all their figures, in the order of the answer."""
    return Sheet("Items", ABOUT, _COLUMNS, [_row(node) for node in nodes], kept=5)


def _row(node: Node) -> list[Cell]:
    score, pains, reached, evidence = node["score"], node["pains"], node["reached"], node["evidence"]
    renewals, cost, claims, promises = reached["renewals"], node["cost"], node["claims"], node["promises"]
    enablers, stances, decision = node["enablers"], node["stakeholders"], node["decision"] or {}
    return [
        node["rank"],
        node["rankRange"]["best"],
        node["rankRange"]["worst"],
        node["item"]["key"],
        node["item"]["name"],
        in_words(node["status"]),
        score["value"],
        score["low"],
        score["high"],
        pains["total"],
        pains["typeUnknown"],
        pains["momentsOfTruth"],
        pains["highestSupport"],
        len(reached["personas"]),
        len(reached["segments"]),
        reached["accounts"]["totalCount"],
        reached["customers"],
        money(reached["annualValue"], reached["currency"]),
        value_at_least(reached),
        renewals["accounts"],
        money(renewals["annualValue"], renewals["currency"]),
        evidence["pieces"],
        evidence["studies"],
        evidence["assumedShare"],
        evidence["contested"],
        evidence["untested"],
        money(cost["cost"], cost["currency"]),
        money(cost["costLow"], cost["currency"]),
        cost["effort"],
        cost["effortLow"],
        len({(one["party"]["__typename"], one["party"]["key"]) for one in node["parties"]}),
        stances["ambassadors"],
        stances["opponents"],
        enablers["total"],
        enablers["notReady"],
        enablers["readiness"],
        claims["total"],
        claims["share"],
        claims["medianRatio"],
        promises["total"],
        promises["broken"],
        node["realises"]["total"],
        in_words(decision.get("decisionVerdict")),
        day(decision.get("decidedOn")),
        decision.get("byRole"),
        "; ".join(missing(node)),
    ]


def value_at_least(reached: Node) -> Money | None:
    """Return what is known of the annual value; None where that says nothing."""
    nothing = reached["valueUnknown"] and not float(reached["knownAnnualValue"] or 0)
    return None if nothing else money(reached["knownAnnualValue"], reached["currency"])


def missing(node: Node) -> Iterator[str]:
    """Say what is unknown of an item, and of which figure it is missing."""
    reached, cost, enablers, claims = node["reached"], node["cost"], node["enablers"], node["claims"]
    if node["status"] is None:
        yield "status"
    terms = {
        "score": score_missing(node),
        "cost": list(filter(None, map(in_words, cost["missing"]))),
        "enablers": list(filter(None, map(in_words, enablers["missing"]))),
    }
    yield from (f"{name}: {', '.join(words)}" for name, words in terms.items() if words)
    counts = {
        "insights without a type": node["pains"]["typeUnknown"],
        "segments and personas without a number of customers": reached["customersUnknown"],
        "accounts and segments without a value": reached["valueUnknown"],
        "accounts without a day of renewal": reached["renewals"]["unknown"],
        "enablers without a readiness": enablers["unknown"],
        "KPIs of which nobody can say which share of the gap is claimed": claims["unknown"],
        "stakeholders without a stance": node["stakeholders"]["unknown"],
        "promises unmeasured": node["promises"]["unmeasured"],
    }
    yield from (f"{words}: {count}" for words, count in counts.items() if count)


def unknown(node: Node) -> Iterator[str]:
    """Name what is unknown of an item, beside its score."""
    kinds = {
        "status": node["status"] is None,
        "number of customers": node["reached"]["customers"] is None,
        "annual value": node["reached"]["annualValue"] is None,
        "cost": node["cost"]["cost"] is None,
        "effort": node["cost"]["effort"] is None,
        "readiness of an enabler": node["enablers"]["unknown"] > 0,
        "share of a gap claimed": node["claims"]["unknown"] > 0,
        "whether a promise is kept": node["promises"]["unmeasured"] > 0,
        "who does it": not node["parties"],
        "decision": node["decision"] is None,
    }
    yield from (name for name, is_unknown in kinds.items() if is_unknown)


def shortly(node: Node) -> str:
    """Name what is unknown of an item, of its score too."""
    terms = score_missing(node)
    score = [f"score ({', '.join(terms)})"] if terms else []
    return ", ".join([*score, *(name for name in unknown(node) if name not in _SHOWN)])


def score_missing(node: Node) -> list[str]:
    """Return the terms that a score lacks."""
    return [term.lower().replace("_", " ") for term in node["score"]["missing"]]


_MAIN = (
    Column("rank", Form.WHOLE),
    Column("item", width=36),
    Column("status", folds=False),
    Column("score", Form.NUMBER, folds=False),
    Column("pains", Form.WHOLE),
    Column("customers", Form.WHOLE),
    Column("annual value", Form.MONEY),
    Column("cost", Form.MONEY),
    Column("person-days", Form.NUMBER),
    Column("on assumption", Form.SHARE),
    Column("gaps claimed", Form.SHARE),
    Column("broken promises", Form.WHOLE),
    Column("decision", folds=False),
    Column("missing", width=60),
)


def main_figures(nodes: Sequence[Node]) -> Sheet:
    """Return all items with what fits on a page."""
    about = "A + after a figure means at least: the rest is unknown, and the last column says what it is."
    return Sheet("Items", about, _MAIN, [_main_row(node) for node in nodes])


_SHOWN = frozenset({"status", "decision"})
"""What is seen to be missing where it should stand."""


def _main_row(node: Node) -> list[Cell]:
    score, promises = node["score"], node["promises"]
    return [
        node["rank"],
        f"{node['item']['key']} {node['item']['name']}",
        in_words(node["status"]) or UNKNOWN,
        between(score["value"], score["low"], score["high"]),
        str(node["pains"]["total"]) + ("+" if node["pains"]["typeUnknown"] else ""),
        number(node["reached"]["customers"]),
        annual_value(node),
        cost_of(node),
        effort_of(node),
        percent(node["evidence"]["assumedShare"]),
        percent(node["claims"]["share"]),
        f"{promises['broken']} of {promises['total']}" if promises["total"] else "",
        decided(node),
        shortly(node),
    ]


def ranks(node: Node) -> str:
    """Write a rank, with the range of ranks that it can be where that is more than one."""
    rank, best, worst = node["rank"], node["rankRange"]["best"], node["rankRange"]["worst"]
    known = UNKNOWN if rank is None else str(rank)
    return known if best == worst == rank else f"{known} ({best}-{worst})" if best != worst else f"{known} ({best})"


def annual_value(node: Node, currency: str | None = None) -> str:
    """Write the annual value that an item concerns, or how much it is at least; a known currency is left out."""
    reached = node["reached"]
    return _at_least(money(reached["annualValue"], reached["currency"]), value_at_least(reached), currency)


def cost_of(node: Node, currency: str | None = None) -> str:
    """Write what an item costs, or how much it is at least; a known currency is left out."""
    cost = node["cost"]
    return _at_least(money(cost["cost"], cost["currency"]), money(cost["costLow"], cost["currency"]), currency)


def effort_of(node: Node) -> str:
    """Write what an item takes in person-days, or how much it is at least."""
    effort, low = node["cost"]["effort"], node["cost"]["effortLow"]
    return number(effort) if effort is not None else f"{number(low)}+" if low else UNKNOWN


def _at_least(value: Money | None, low: Money | None, known: str | None) -> str:
    shown = value if value is not None else low
    if shown is None or (value is None and not shown.amount):
        return UNKNOWN
    figure = shortened(shown.amount) + ("" if value is not None else "+")
    return figure if shown.currency in {None, known} else f"{figure} {shown.currency}"


def decided(node: Node) -> str:
    """Write the latest decision with its day; empty where there is none."""
    decision = node["decision"]
    if decision is None:
        return ""
    return " ".join(filter(None, (in_words(decision["decisionVerdict"]) or UNKNOWN, decision["decidedOn"])))
