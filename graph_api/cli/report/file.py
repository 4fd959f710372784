"""The files of a report: all of them are written whole, or none is."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Self

from graph_api.cli.terminal import report
from graph_api.errors import UserInputError

if TYPE_CHECKING:
    from graph_api.cli.report.report import Report

Write = Callable[["Report", IO[bytes]], None]


class Files:
    """The files that are wanted, opened before anything is asked: what cannot be written is told at once."""

    def __init__(self, xlsx: Path | None, html: Path | None, *, force: bool) -> None:
        given = (("--xlsx", xlsx, _write_workbook), ("--html", html, _write_page))
        self._wanted = [(option, path, write) for option, path, write in given if path is not None]
        self._force = force
        self._open = ExitStack()
        self._streams: list[tuple[Write, IO[bytes]]] = []

    @property
    def wanted(self) -> Sequence[Path]:
        """The files."""
        return [path for _, path, _ in self._wanted]

    def __enter__(self) -> Self:
        """Open them; raises UserInputError where one cannot be written or is there already."""
        from graph_api.transfer.output import whole_file

        if len({path.resolve() for path in self.wanted}) < len(self.wanted):
            message = f"--html: {self.wanted[0]} is to be the workbook. Name another file."
            raise UserInputError(message)
        with ExitStack() as opened:
            for option, path, write in self._wanted:
                self._check(option, path)
                self._streams.append((write, opened.enter_context(whole_file(path))))
            self._open = opened.pop_all()
        return self

    def _check(self, option: str, path: Path) -> None:
        if path.is_dir():
            message = f"{option}: {path} is a folder. Name a file."
            raise UserInputError(message)
        if path.exists() and not self._force:
            message = f"{option}: {path} is there already. Name another file, or give --force to write over it."
            raise UserInputError(message)

    def write(self, report: "Report") -> None:
        """Write the report into each."""
        for write, stream in self._streams:
            write(report, stream)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Put them in their places, or leave nothing behind where anything went wrong."""
        self._open.__exit__(kind, error, traceback)


def write_files(make: Callable[[], "Report"], xlsx: Path | None, html: Path | None, *, force: bool) -> bool:
    """Make a report and write it into the files that are wanted, and tell whether any was; see Files for errors."""
    if xlsx is None and html is None:
        return False
    with Files(xlsx, html, force=force) as files:
        made = make()
        files.write(made)
    for path in files.wanted:
        report(f"{made.total} {made.kind} written to {path}.")
    return True


def _write_workbook(report: "Report", stream: IO[bytes]) -> None:
    from graph_api.cli.report.summary import write_workbook

    write_workbook(report, stream)


def _write_page(report: "Report", stream: IO[bytes]) -> None:
    from graph_api.cli.report.page import write_page

    write_page(report, stream)
