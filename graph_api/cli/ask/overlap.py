"""`graph-api ask overlap`: which items of a portfolio answer the same pains."""

from typing import TYPE_CHECKING, Any

from graph_api.cli.answer import answer
from graph_api.cli.ask.page import MOST, After, Limit, tell_rest
from graph_api.cli.ask.portfolio_of import Ended, Of, kind_of
from graph_api.cli.ask.scope import Tag, Within, scope_of
from graph_api.cli.entity import named, reference
from graph_api.cli.terminal import Json, console, echo_json, told

if TYPE_CHECKING:
    from rich.table import Table

QUERY = f"""
query Overlap($of: PortfolioKind!, $scope: Scope, $ended: Boolean!, $first: Int, $after: String) {{
  overlap(of: $of, scope: $scope, ended: $ended, first: $first, after: $after) {{
    totalCount
    pageInfo {{ hasNextPage endCursor }}
    nodes {{
      one {{ __typename key name }}
      other {{ __typename key name }}
      share
      low
      high
      shared
      united
      typeUnknown
      oneWithin
      otherWithin
      pains(first: {MOST}) {{ nodes {{ insight {{ __typename key name }} fit certain }} }}
    }}
  }}
}}
"""


def overlap(
    *,
    of: Of = "proposition",
    within: Within = None,
    tag: Tag = None,
    ended: Ended = False,
    limit: Limit = 25,
    after: After = None,
    as_json: Json = False,
) -> None:
    """List which opportunities, propositions or initiatives answer the same pains: those that overlap most first."""
    with told():
        variables = {"of": kind_of(of), "scope": scope_of(within, tag), "ended": ended, "first": limit, "after": after}
        found = answer(QUERY, variables)["overlap"]
        if as_json:
            echo_json(found)
        else:
            _show(found)


def _show(found: dict[str, Any]) -> None:
    from graph_api.cli.table import show

    out = console()
    if not found["nodes"]:
        out.print("No two answer the same pain" + (" after this place." if found["totalCount"] else " here."))
        return
    show(out, _table(found["nodes"]))
    tell_rest(out, found, "pairs")


def _table(nodes: list[dict[str, Any]]) -> "Table":
    from graph_api.cli.bar import of_share
    from graph_api.cli.table import table

    shown = table("one", "other", "overlap", "", "pains", "", numbers=("pains",))
    for node in nodes:
        shown.add_row(
            named(node["one"]),
            named(node["other"]),
            of_share(node["share"]),
            _percent(node),
            f"{node['shared']} of {node['united']}",
            "; ".join(_about(node)),
        )
    return shown


def _percent(node: dict[str, Any]) -> str:
    from graph_api.cli.bar import percent

    if node["share"] is None:
        return f"{percent(node['low'])} to {percent(node['high'])}"
    return percent(node["share"])


def _about(node: dict[str, Any]) -> list[str]:
    found = []
    if node["oneWithin"] and node["otherWithin"]:
        found.append("the same pains")
    elif node["oneWithin"] or node["otherWithin"]:
        inner, outer = ("one", "other") if node["oneWithin"] else ("other", "one")
        found.append(f"all of {reference(node[inner])} is in {reference(node[outer])}")
    if node["typeUnknown"]:
        found.append(f"{node['typeUnknown']} insights without a type")
    found.append(", ".join(reference(pain["insight"]) for pain in node["pains"]["nodes"]))
    return found
