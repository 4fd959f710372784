"""A portfolio in the terminal: a table of its main figures, and in a narrow one under it what there is no room for."""

from rich.console import Console, RenderableType
from rich.table import Table

from graph_api.cli.ask.page import tell_rest
from graph_api.cli.bar import Bar, percent
from graph_api.cli.folding import Folding
from graph_api.cli.report.items import Node, annual_value, cost_of, effort_of, ranks, shortly
from graph_api.cli.report.sheet import between, in_words, number
from graph_api.cli.table import NARROW, table
from graph_api.cli.table import show as print_table
from graph_api.cli.terminal import console, plain

BAR = 6
"""The width of the widest bar."""


def show(found: Node, kind: str) -> None:
    """Print a page of a portfolio, of a kind in words."""
    out, nodes = console(), found["nodes"]
    if not nodes:
        out.print(f"There are no {kind}" + (" after this place." if found["totalCount"] else " here."))
        return
    method = nodes[0]["score"]["method"]
    out.print(f"{found['totalCount']} {kind} by {method['name']}: {method['formula']}.\n")
    narrow = out.width < NARROW
    print_table(out, _table(nodes, narrow=narrow))
    if narrow:
        _tell_names(out, nodes)
    if any(text.endswith("+") for node in nodes for text in (_score(node), _pains(node), *_amounts(node))):
        out.print("\nWith a + it is at least so much: the rest is unknown.")
    tell_rest(out, found, kind)


def _table(nodes: list[Node], *, narrow: bool) -> Table:
    value, cost = _currency(nodes, "reached"), _currency(nodes, "cost")
    in_value, in_cost = (f"{name}\n{known or ''}".rstrip() for name, known in (("value", value), ("cost", cost)))
    numbers = ("score", "pains", "customers", in_value, "days", in_cost, "assumed")
    names = ("rank", "item", "score", "", "pains", "customers", in_value, "days", in_cost, "assumed", "decision")
    columns = names if narrow else (*names, "missing")
    shown = table(*columns, numbers=numbers, fixed=("rank", "score", in_value, in_cost))
    most = max((bound for node in nodes for bound in _bounds(node)), default=0.0)
    for node in nodes:
        key, name = plain(node["item"]["key"]), plain(node["item"]["name"])
        row: list[RenderableType] = [
            ranks(node),
            Folding(key, "bold") if narrow else Folding.assemble((key, "bold"), " ", name),
            _score(node),
            _bar(node["score"], most),
            _pains(node),
            number(node["reached"]["customers"]),
            *_amounts(node, value, cost),
            percent(node["evidence"]["assumedShare"]),
            in_words((node["decision"] or {}).get("decisionVerdict")) or "",
            shortly(node),
        ]
        shown.add_row(*row[: len(columns)])
    return shown


def _score(node: Node) -> str:
    return between(*(node["score"][name] for name in ("value", "low", "high")))


def _pains(node: Node) -> str:
    return f"{node['pains']['total']}{'+' if node['pains']['typeUnknown'] else ''}"


def _amounts(node: Node, value: str | None = None, cost: str | None = None) -> tuple[str, str, str]:
    return annual_value(node, value), effort_of(node), cost_of(node, cost)


def _currency(nodes: list[Node], part: str) -> str | None:
    """Return the currency of all amounts of a column, for its heading; None where there are several."""
    found = {node[part]["currency"] for node in nodes} - {None}
    return found.pop() if len(found) == 1 else None


def _bounds(node: Node) -> list[float]:
    return [node["score"][name] for name in ("value", "low", "high") if node["score"][name] is not None]


def _bar(score: Node, most: float) -> Bar | str:
    """Draw a score beside the largest of all, and where it is unknown between what it lies."""
    value, low = score["value"], score["low"]
    if most <= 0 or (value if value is not None else low or 0) < 0:
        return ""
    if value is not None:
        return Bar((value / most, 0, 1 - value / most), BAR)
    known, high = (low or 0) / most, (most if score["high"] is None else score["high"]) / most
    return Bar((known, high - known, 1 - high), BAR)


def _tell_names(out: Console, nodes: list[Node]) -> None:
    """Say under a narrow table what it has no room for: names, and what is unknown."""
    out.print()
    for node in nodes:
        missing = shortly(node)
        line = f"{plain(node['item']['key'])}: {plain(node['item']['name'])}" + (
            f"; missing: {missing}" if missing else ""
        )
        out.print(line, markup=False, highlight=False)
