"""`graph-api import`: files into the graph."""

import asyncio
import getpass
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from graph_api.errors import GraphApiError
from graph_api.settings import Settings
from graph_api.store.connection import Store
from graph_api.store.endpoint import open_endpoint
from graph_api.store.migrations import prepare
from graph_api.transfer import FileFault, ImportRefusedError, ImportReport, import_paths

Paths = Annotated[
    list[Path],
    typer.Argument(help="YAML or JSON files, or folders of them. CSV files are named by a YAML file.", metavar="PATH…"),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and write nothing.")]
Json = Annotated[bool, typer.Option("--json", help="Answer as JSON, for tools.")]


def import_(paths: Paths, *, dry_run: DryRun = False, as_json: Json = False) -> None:
    """Import files: all of them or, when anything is wrong, nothing. The same files again change nothing."""
    with _told(as_json=as_json):
        report = asyncio.run(_import(paths, dry_run=dry_run))
        _answer(report, as_json=as_json)


async def _import(paths: list[Path], *, dry_run: bool) -> ImportReport:
    with open_endpoint(Settings(), _progress) as endpoint:
        store = await Store.open(endpoint)
        try:
            await prepare(store)
            return await import_paths(store, paths, actor=getpass.getuser(), dry_run=dry_run)
        finally:
            await store.close()


def _answer(report: ImportReport, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
        return
    out = Console(highlight=False)
    for sentence in report.sentences():
        out.print(escape(sentence), soft_wrap=True)


@contextmanager
def _told(*, as_json: bool) -> Iterator[None]:
    """Turn errors raised on purpose into what a command says: to stderr, with exit status 1."""
    try:
        yield
    except ImportRefusedError as error:
        if as_json:
            typer.echo(json.dumps({"faults": [_fault(fault) for fault in error.faults]}, ensure_ascii=False, indent=2))
        else:
            err = Console(stderr=True, highlight=False)
            for fault in error.faults:
                place = str(fault.place)
                err.print(f"[bold]{escape(place)}[/]{escape(str(fault)[len(place) :])}", soft_wrap=True)
        typer.echo(error.message, err=True)
        raise typer.Exit(1) from error
    except GraphApiError as error:
        typer.echo(error.message, err=True)
        raise typer.Exit(1) from error


def _fault(fault: FileFault) -> dict[str, Any]:
    place = fault.place
    return {
        "file": place.file,
        "line": place.line or None,
        "column": place.column or None,
        "heading": place.heading,
        "code": fault.code,
        "message": fault.message,
    }


def _progress(sentence: str) -> None:
    typer.echo(sentence, err=True)
