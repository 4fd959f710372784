"""`graph-api import`: files into the graph."""

import asyncio
import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from graph_api.cli.terminal import Json, echo_json, report, told
from graph_api.settings import Settings

if TYPE_CHECKING:
    from graph_api.transfer import FileFault, ImportRefusedError, ImportReport

Paths = Annotated[
    list[Path],
    typer.Argument(help="YAML or JSON files, or folders of them. CSV files are named by a YAML file.", metavar="PATH"),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and write nothing.")]


def import_(paths: Paths, *, dry_run: DryRun = False, as_json: Json = False) -> None:
    """Import files: all of them or, when anything is wrong, nothing. The same files again change nothing."""
    from graph_api.transfer import ImportRefusedError

    with told():
        try:
            done = asyncio.run(_import(paths, dry_run=dry_run))
        except ImportRefusedError as error:
            _tell_faults(error, as_json=as_json)
            sys.exit(1)
        if as_json:
            echo_json(done.as_json())
        else:
            out = Console(highlight=False)
            for sentence in done.sentences():
                out.print(escape(sentence), soft_wrap=True)


async def _import(paths: list[Path], *, dry_run: bool) -> "ImportReport":
    from graph_api.store.connection import Store
    from graph_api.store.endpoint import open_endpoint
    from graph_api.store.migrations import prepare
    from graph_api.transfer import import_paths

    with open_endpoint(Settings(), report) as endpoint:
        store = await Store.open(endpoint)
        try:
            await prepare(store)
            return await import_paths(store, paths, actor=_actor(), dry_run=dry_run)
        finally:
            await store.close()


def _actor() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # in a container the user may have a number and no name
        return "import"


def _tell_faults(error: "ImportRefusedError", *, as_json: bool) -> None:
    if as_json:
        echo_json({"faults": [_fault(fault) for fault in error.faults]})
    else:
        console = Console(stderr=True, highlight=False)
        for fault in error.faults:
            place = str(fault.place)
            console.print(f"[bold]{escape(place)}[/]{escape(str(fault)[len(place) :])}", soft_wrap=True)
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
