"""How much of a long list is shown, and how to go on: the options of questions that answer with one."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

MOST = 200
"""So many elements a page has at most, as everywhere."""

Limit = Annotated[int, typer.Option("--limit", help="How many to show.", min=1, max=MOST, metavar="N")]
After = Annotated[
    str | None, typer.Option("--after", help="Go on after this place in the list, as it was told.", metavar="CURSOR")
]


def tell_rest(out: "Console", found: dict[str, Any], things: str) -> None:
    """Say how much is not shown, if anything, and how to go on."""
    if found["pageInfo"]["hasNextPage"]:
        shown, cursor = len(found["nodes"]), found["pageInfo"]["endCursor"]
        out.print(f"\n{shown} of {found['totalCount']} {things} shown. Go on with --after {cursor}", soft_wrap=True)
