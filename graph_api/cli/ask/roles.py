"""Roles of parties as commands show them: by their first letters, as RACI has them."""

from collections.abc import Sequence
from typing import Any

from graph_api.cli.terminal import plain

COLUMNS = {"ACCOUNTABLE": "A", "RESPONSIBLE": "R", "CONSULTED": "C", "INFORMED": "I", "RUNS": "runs", None: "?"}
"""The heading of each role; that of an unknown one is a question mark."""
LEGEND = "A accountable, R responsible, C consulted, I informed, ? a part that nobody named"


def letters(roles: Sequence[dict[str, Any]]) -> str:
    """Name roles by their letters, each once."""
    return "".join(dict.fromkeys(COLUMNS[one["role"]] for one in roles))


def whom(party: dict[str, Any] | None) -> str:
    """Name a party, or nobody."""
    return "nobody" if party is None else plain(party["name"])
