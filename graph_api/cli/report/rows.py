"""Rows of items: how an item is named in them, and what several items share told once."""

from collections.abc import Callable, Sequence
from typing import Any

from graph_api.cli.report.sheet import Cell, Column

Node = dict[str, Any]

ITEM = (Column("item", width=14, folds=False), Column("name of the item", width=32))


def item_cells(node: Node) -> list[Cell]:
    """Return the cells of these."""
    return [node["item"]["key"], node["item"]["name"]]


def cut(nodes: Sequence[Node], *way: str) -> list[str]:
    """Say of which items a list is longer than a page."""
    notes = []
    for node in nodes:
        found = node
        for name in way:
            found = found[name]
        total, listed = found["totalCount"], len(found["nodes"])
        if total > listed:
            notes.append(f"Of {node['item']['key']}, {listed} of {total} are listed.")
    return notes


ITEMS = Column("items", width=24)


def once(
    nodes: Sequence[Node], parts: Callable[[Node], Sequence[Node]], *told_apart: str
) -> list[tuple[Node, list[str]]]:
    """Return what several items share once, with the keys of these; what is told apart by nothing is the same."""
    found: dict[str, tuple[Node, list[str]]] = {}
    for node in nodes:
        for part in parts(node):
            _, keys = found.setdefault(repr([part[name] for name in told_apart]), (part, []))
            keys.append(node["item"]["key"])
    return list(found.values())
