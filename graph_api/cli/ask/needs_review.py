"""`graph-api ask needs-review`: links that somebody should look at again, because what they rest on has changed."""

from typing import TYPE_CHECKING, Any

from graph_api.cli.answer import answer
from graph_api.cli.ask.page import After, Limit, tell_rest
from graph_api.cli.ask.scope import Tag, Within, scope_of
from graph_api.cli.entity import reference
from graph_api.cli.terminal import Json, console, echo_json, plain, told

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

QUERY = """
query NeedsReview($scope: Scope, $first: Int, $after: String) {
  needsReview(scope: $scope, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      id
      type
      start { __typename key name }
      finish { __typename key name }
      changed { __typename key name }
      since
      reviewedAt
    }
  }
}
"""
MARKING = (
    "Look at each again. What still holds is marked as reviewed by the mutation `reviewLinks`, with the ids that "
    "--json shows; what no longer does is to be unlinked."
)
DAY = len("2026-11-01")


def needs_review(
    *, within: Within = None, tag: Tag = None, limit: Limit = 25, after: After = None, as_json: Json = False
) -> None:
    """List links of which an end has changed since they were reviewed, or made: longest waiting first."""
    with told():
        scope = scope_of(within, tag)
        found = answer(QUERY, {"scope": scope, "first": limit, "after": after})["needsReview"]
        if as_json:
            echo_json(found)
        else:
            _show(found, chosen=scope is not None)


def _show(found: dict[str, Any], *, chosen: bool) -> None:
    from graph_api.cli.table import show

    out = console()
    if not found["nodes"]:
        where = " after this place" if found["totalCount"] else " here" if chosen else ""
        out.print(f"No link needs review{where}.")
        return
    show(out, _table(found["nodes"], out))
    out.print(f"\n{MARKING}")
    tell_rest(out, found, "links")


def _table(links: list[dict[str, Any]], out: "Console") -> "Table":
    from graph_api.cli.table import table

    shown = table("link", "start → finish", "changed", "since", "reviewed", leading=int(out.is_terminal))
    for link in links:
        shown.add_row(
            link["type"],
            _ends(link),
            _changed(link),
            link["since"][:DAY],
            link["reviewedAt"][:DAY] if link["reviewedAt"] else "never",
        )
    return shown


def _ends(link: dict[str, Any]) -> "Text":
    from rich.text import Text

    return Text.assemble(
        (reference(link["start"]), "bold"),
        f" {plain(link['start']['name'])} → ",
        (reference(link["finish"]), "bold"),
        f" {plain(link['finish']['name'])}",
    )


def _changed(link: dict[str, Any]) -> str:
    """Tell which end changed."""
    changed = [end for end in ("start", "finish") if link[end] in link["changed"]]
    return "both" if len(changed) > 1 else changed[0]
