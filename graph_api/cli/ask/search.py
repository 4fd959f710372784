"""`graph-api ask search`: in which entities words stand, the best first."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli.answer import answer
from graph_api.cli.ask.page import After, Limit, tell_rest
from graph_api.cli.ask.scope import Tag, Within, scope_of
from graph_api.cli.entity import read_kind, reference
from graph_api.cli.terminal import Json, console, echo_json, plain, told

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

QUERY = """
query Search($text: String!, $kinds: [Kind!], $scope: Scope, $first: Int, $after: String) {
  search(text: $text, kinds: $kinds, scope: $scope, first: $first, after: $after) {
    totalCount
    more
    pageInfo { hasNextPage endCursor }
    nodes {
      entity { __typename key name }
      score
      highlights { field parts { text matched } }
    }
  }
}
"""
FOUND = "bold yellow"

Words = Annotated[list[str], typer.Argument(help="The words to look for: all must be found.", metavar="WORD...")]
Of = Annotated[
    list[str] | None, typer.Option("--kind", help="Only entities of this kind; may be given again.", metavar="KIND")
]


def search(
    words: Words,
    *,
    kind: Of = None,
    within: Within = None,
    tag: Tag = None,
    limit: Limit = 10,
    after: After = None,
    as_json: Json = False,
) -> None:
    """Find entities by words in any of their texts; beginnings of words and typing errors are found too."""
    with told():
        variables = {"text": " ".join(words), "kinds": _kinds(kind), "scope": scope_of(within, tag)}
        found = answer(QUERY, {**variables, "first": limit, "after": after})["search"]
        if as_json:
            echo_json(found)
        else:
            _show(found)


def _kinds(names: list[str] | None) -> list[str] | None:
    from graph_api.model import MODEL

    return [MODEL.kinds[read_kind(name, "--kind")].enum_name for name in names] if names else None


def _show(found: dict[str, Any]) -> None:
    out = console()
    if not found["nodes"]:
        where = " after this place" if found["totalCount"] else ""
        out.print(f"Nothing was found{where}.")
        return
    for hit in found["nodes"]:
        _show_hit(out, hit)
    tell_rest(out, found, "finds")
    if found["more"]:
        out.print("There are more: say more closely what you are looking for.")


def _show_hit(out: "Console", hit: dict[str, Any]) -> None:
    from rich.text import Text

    highlights = {one["field"]: one for one in reversed(hit["highlights"])}
    name = _marked(highlights["name"]) if "name" in highlights else Text(plain(hit["entity"]["name"]))
    out.print(Text.assemble((reference(hit["entity"]), "bold"), "  ", name))
    for one in hit["highlights"]:
        if one["field"] not in {"name", "key"}:
            out.print(Text.assemble((f"    {one['field']}: ", "dim"), _marked(one)))


def _marked(highlight: dict[str, Any]) -> "Text":
    from rich.text import Text

    return Text.assemble(*((_piece(part["text"]), FOUND if part["matched"] else "") for part in highlight["parts"]))


def _piece(text: str) -> str:
    """Return a piece of a line; the spaces that part it from its neighbours stay."""
    # A sign on either side keeps them at the ends from being taken off.
    return plain(f".{text}.")[1:-1]
