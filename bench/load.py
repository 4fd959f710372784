"""Load a generated graph with the importer, part by part.

    python -m bench.load OUT

OUT is what `bench.generate` wrote. The graph is that of the settings, as for `graph-api import`: take a DATA_DIR of
your own for it. Loading the same files again changes nothing, so an interrupted load is simply begun anew.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from graph_api.cli.graph import with_graph
from graph_api.cli.terminal import told
from graph_api.errors import UserInputError
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from graph_api.transfer import import_paths


async def load(store: Store, folders: Sequence[Path]) -> None:
    """Import the parts in their order. Shows how far it is on a terminal, and nothing in a pipe."""
    await prepare(store)
    console = Console(stderr=True)
    columns = (TextColumn("Loading"), BarColumn(), MofNCompleteColumn(), TextColumn("parts"), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        for folder in progress.track(folders):
            await import_paths(store, [folder], actor="bench")


def folders_in(out: Path) -> list[Path]:
    """Return the parts that a folder holds, in their order."""
    found = sorted(out.glob("part-*"))
    if not found:
        message = f"There are no parts in {out}: write them with `python -m bench.generate {out}`."
        raise UserInputError(message)
    return found


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bench.load", description="Load a generated graph with the importer.")
    parser.add_argument("out", type=Path, help="the folder that bench.generate wrote")
    given = parser.parse_args()
    with told():
        folders = folders_in(given.out)
        with_graph(lambda store: load(store, folders))


if __name__ == "__main__":
    main()
