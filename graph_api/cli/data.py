"""`graph-api import`: files into the graph."""

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli.graph import with_graph
from graph_api.cli.terminal import Json, console, echo_json, report, told

if TYPE_CHECKING:
    from graph_api.store.connection import Store
    from graph_api.transfer import FileFault, ImportRefusedError, ImportReport

Paths = Annotated[
    list[Path],
    typer.Argument(help="YAML or JSON files, or folders of them. CSV files are named by a YAML file.", metavar="PATH"),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and write nothing.")]


def import_(paths: Paths, *, dry_run: DryRun = False, as_json: Json = False) -> None:
    """Import files: all of them or, when anything is wrong, nothing. The same files again change nothing."""
    from graph_api.transfer import ImportRefusedError

    async def work(store: "Store") -> "ImportReport":
        from graph_api.store.migrations import prepare
        from graph_api.transfer import import_paths

        await prepare(store)
        return await import_paths(store, paths, actor=_actor(), dry_run=dry_run)

    with told():
        try:
            done = with_graph(work)
        except ImportRefusedError as error:
            _tell_faults(error, as_json=as_json)
            sys.exit(1)
        if as_json:
            echo_json(done.as_json())
        else:
            out = console()
            for sentence in done.sentences():
                out.print(sentence, soft_wrap=True)


def _actor() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # in a container the user may have a number and no name
        return "import"


def _tell_faults(error: "ImportRefusedError", *, as_json: bool) -> None:
    if as_json:
        echo_json({"faults": [_fault(fault) for fault in error.faults]})
    else:
        from rich.text import Text

        err = console(stderr=True)
        for fault in error.faults:
            place = str(fault.place)
            err.print(Text.assemble((place, "bold"), str(fault).removeprefix(place)), soft_wrap=True)
    report(error.summary)


def _fault(fault: "FileFault") -> dict[str, Any]:
    place = fault.place
    return {
        "file": place.file,
        "line": place.line or None,
        "column": place.column or None,
        "heading": place.heading,
        "code": fault.code,
        "message": fault.message,
    }
