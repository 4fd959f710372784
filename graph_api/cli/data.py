"""`graph-api import`: files into the graph."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, Self

import typer

from graph_api.cli.graph import with_graph
from graph_api.cli.terminal import Json, console, echo_json, report, told, user
from graph_api.errors import UserInputError

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from graph_api.store.connection import Store
    from graph_api.transfer import FileFault, Import, ImportRefusedError, ImportReport, Stage

INTERRUPTED = 130  # the exit status of a shell's command that Ctrl-C ended

Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        help="YAML, JSON or JSON Lines files, or folders of them. CSV files are named by a YAML file.", metavar="PATH"
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen, and write nothing.")]
Resume = Annotated[
    str | None, typer.Option("--resume", help="Go on with this unfinished import of the same files.", metavar="ID")
]
Revert = Annotated[
    str | None, typer.Option("--revert", help="Take back an import that was made in batches.", metavar="ID")
]
List = Annotated[bool, typer.Option("--list", help="List the imports that were made in batches.")]


def import_(
    paths: Paths = None,
    *,
    dry_run: DryRun = False,
    resume: Resume = None,
    revert: Revert = None,
    list_: List = False,
    as_json: Json = False,
) -> None:
    """Import files: all of them or, when anything is wrong, nothing. The same files again change nothing."""
    with told():
        if sum(map(bool, (paths, revert, list_))) != 1 or (resume and not paths):
            message = "Name the files to import, or say --revert or --list."
            raise UserInputError(message)
        if list_:
            _list(as_json=as_json)
        elif revert:
            _revert(revert, as_json=as_json)
        else:
            _import(paths or [], dry_run=dry_run, resume=resume, as_json=as_json)


def _import(paths: list[Path], *, dry_run: bool, resume: str | None, as_json: bool) -> None:
    from graph_api.transfer import ImportRefusedError

    with _Progress() as progress:

        async def work(store: "Store") -> "ImportReport":
            from graph_api.store.migrations import prepare
            from graph_api.transfer import import_paths

            await prepare(store)
            return await import_paths(
                store, paths, actor=user(), dry_run=dry_run, resume=resume, progress=progress.show
            )

        try:
            done = with_graph(work)
        except KeyboardInterrupt:
            progress.interrupted()
        except ImportRefusedError as error:
            _tell_faults(error, as_json=as_json)
            sys.exit(1)
        if as_json:
            echo_json(done.as_json())
        else:
            out = console()
            for sentence in done.sentences():
                out.print(sentence, soft_wrap=True)


def _revert(identity: str, *, as_json: bool) -> None:
    with _Progress() as progress:

        async def work(store: "Store") -> "Import":
            from graph_api.store.migrations import prepare
            from graph_api.transfer import revert_import

            await prepare(store)
            return await revert_import(store, identity, actor=user(), step=progress.back)

        done = with_graph(work)
    if as_json:
        echo_json(done.as_json() | {"state": "REVERTED", "changeSets": []})
    else:
        typer.echo(f"Import {done.id} of {', '.join(done.files)} is taken back.")


def _list(*, as_json: bool) -> None:
    async def work(store: "Store") -> "list[Import]":
        from graph_api.transfer import imports

        return await imports(store)

    found = with_graph(work)
    if as_json:
        echo_json([each.as_json() for each in found])
    for each in found if not as_json else ():
        state = each.state.value.lower()
        typer.echo(f"{each.id} {state:<8} {each.at[:19]} {each.actor}: {each.items} items of {', '.join(each.files)}")
    if not found and not as_json:
        typer.echo("No import was made in batches.")


class _Progress:
    """Shows on a terminal how far an import in batches is; keeps quiet in a pipe."""

    def __init__(self) -> None:
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._id: str | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def show(self, stage: "Stage") -> None:
        """Show how far it is."""
        self._id = stage.id
        self._update("Writing" if stage.total is not None else "Checking", stage.done, stage.total)

    def back(self, done: int, total: int) -> None:
        """Show how much is taken back."""
        self._update("Taking back", done, total)

    def interrupted(self) -> NoReturn:
        """Say how to go on with what was interrupted."""
        from graph_api.transfer.batches import how_to_go_on

        self.__exit__()
        report(how_to_go_on(self._id) if self._id else "Interrupted before anything was written.")
        sys.exit(INTERRUPTED)

    def _update(self, words: str, done: int, total: int | None) -> None:
        if not sys.stderr.isatty():
            return
        if self._bar is None:
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
            self._bar = Progress(*columns, console=console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task(words)
        if self._task is not None:
            self._bar.update(self._task, description=words, completed=done, total=total)


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
