"""`graph-api ask unowned`: work and service that nobody answers for, and who could."""

from typing import TYPE_CHECKING, Any

from graph_api.cli.answer import answer
from graph_api.cli.ask.page import After, Limit, tell_rest
from graph_api.cli.ask.rules import in_words
from graph_api.cli.ask.scope import On, Tag, Within, asked_of
from graph_api.cli.entity import named
from graph_api.cli.terminal import Json, console, echo_json, plain, told

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

QUERY = """
query Unowned($scope: Scope, $on: Date, $first: Int, $after: String) {
  unowned(scope: $scope, on: $on, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      entity { __typename key name }
      kind
      reason
      owner { __typename key name }
      pains
      value
      candidates { party { __typename key name } role contribution through { __typename key name } }
    }
  }
}
"""


def unowned(
    *,
    within: Within = None,
    tag: Tag = None,
    on: On = None,
    limit: Limit = 25,
    after: After = None,
    as_json: Json = False,
) -> None:
    """List work and service that nobody answers for: where the most is at stake first."""
    with told():
        variables = {**asked_of(within, tag, on), "first": limit, "after": after}
        found = answer(QUERY, variables)["unowned"]
        if as_json:
            echo_json(found)
        else:
            _show(found)


def _show(found: dict[str, Any]) -> None:
    from graph_api.cli.table import show

    out = console()
    if not found["nodes"]:
        out.print("Somebody answers for everything" + (" after this place." if found["totalCount"] else " here."))
        return
    show(out, _table(found["nodes"], out))
    tell_rest(out, found, "of these")


def _table(nodes: list[dict[str, Any]], out: "Console") -> "Table":
    from graph_api.cli.table import UNKNOWN, cell, table

    numbers = ("value", "pains")
    shown = table("unowned", "why", *numbers, "could own it", numbers=numbers, leading=int(out.is_terminal))
    for node in nodes:
        owner = f": {plain(node['owner']['name'])}" if node["owner"] else ""
        shown.add_row(
            named(node["entity"]),
            in_words(node["reason"]) + owner,
            cell(node["value"]),
            str(node["pains"]),
            ", ".join(_candidate(one) for one in node["candidates"]) or UNKNOWN,
        )
    return shown


def _candidate(found: dict[str, Any]) -> str:
    role = (found["role"] or "involved").lower()
    what = f" {len(found['through'])}" if found["role"] == "RUNS" else ""
    return f"{plain(found['party']['name'])} ({role}{what})"
