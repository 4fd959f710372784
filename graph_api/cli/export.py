"""`graph-api export`: the graph into a file."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from graph_api.cli.graph import with_graph
from graph_api.cli.terminal import report, told
from graph_api.errors import UserInputError

if TYPE_CHECKING:
    from graph_api.model import Kind
    from graph_api.store.connection import Store
    from graph_api.transfer import Exported

STDOUT = Path("-")


class Format(StrEnum):
    """How an export is written; `graph_api.transfer` has the same, and is imported when it is needed."""

    YAML = "yaml"
    JSONL = "jsonl"


Kinds = Annotated[
    list[str] | None,
    typer.Argument(help="Kinds, such as insights; with the links between them. All when absent.", metavar="KIND"),
]
Form = Annotated[
    Format | None,
    typer.Option("--format", help="YAML for people, or JSON Lines; told by the file's ending when absent."),
]
Output = Annotated[Path, typer.Option("--output", help="The file to write; - is standard output.", metavar="FILE")]


def export(kinds: Kinds = None, *, form: Form = None, output: Output = STDOUT) -> None:
    """Export entities and links, so that an import puts them back as they are; no history, no stamps."""

    async def work(store: "Store") -> "Exported":
        from graph_api.store.migrations import prepare
        from graph_api.transfer import Format as Written
        from graph_api.transfer import export

        await prepare(store)
        target = sys.stdout.buffer if output == STDOUT else output
        written = form or (Format.JSONL if output.suffix.lower() == ".jsonl" else Format.YAML)
        return await export(store, target, chosen, Written(written.value))

    with told():
        chosen = _chosen(kinds or [])
        done = with_graph(work)
        if output != STDOUT:
            report(f"{done.entities} items and {done.links} links exported to {output}.")


def _chosen(names: list[str]) -> "list[Kind]":
    from graph_api.change.faults import suggestion
    from graph_api.model import MODEL

    known = [kind.plural for kind in MODEL.kinds.values()]
    for name in names:
        if MODEL.kind(name) is None:
            message = f"There is no kind {name}{suggestion(name, known)}"
            raise UserInputError(message)
    wanted = [MODEL.kind(name) for name in names]
    return [kind for kind in MODEL.kinds.values() if not names or kind in wanted]
