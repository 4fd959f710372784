"""Workbooks opened by LibreOffice, which is too large to fetch for every test run: `make office` runs this file."""

import csv
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from graph_api.cli.report.summary import write_workbook
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from graph_api.transfer import import_paths, seed_paths
from tests.cli.commands import Commands
from tests.cli.reports import HOSTILE, hostile_report

SILENT = "Warning: failed to launch javaldx - java may not function correctly"
"""LibreOffice without Java says so; workbooks need none."""
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,true,false,false,-1"


class Office:
    """LibreOffice without a window, with settings of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def convert(self, workbook: Path, form: str) -> Path:
        """Convert a workbook without a word of complaint, and return the folder with what came of it."""
        program = shutil.which("soffice")
        assert program, "There is no LibreOffice here; `make office` installs it on Debian."
        settings = f"UserInstallation={(self.folder / 'settings').as_uri()}"
        made = self.folder / form.partition(":")[0]
        ran = subprocess.run(  # noqa: S603 our own workbook
            [program, f"-env:{settings}", "--headless", "--convert-to", form, "--outdir", made, workbook],
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        assert [line for line in ran.stderr.splitlines() if line and line != SILENT] == []
        return made


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return Office(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
async def demo(graph: Store) -> Store:
    """Return the store with the demo in its graph."""
    await prepare(graph)
    await import_paths(graph, seed_paths("demo"), actor="test")
    return graph


@pytest.fixture(scope="module")
def board(demo: Store, commands: Commands, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: ARG001
    """Return the workbook of the demo's portfolio."""
    path = tmp_path_factory.mktemp("board") / "board.xlsx"
    ran = commands.call("portfolio", "--tag", "demo", "--on", "2026-11-01", "--method", "RICE", "--xlsx", path)
    assert ran.status == 0, ran.err
    return path


def test_a_board_can_print_its_workbook(office: Office, board: Path) -> None:
    (printed,) = office.convert(board, "pdf").iterdir()
    assert printed.read_bytes().startswith(b"%PDF")


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # LibreOffice's own, in what it writes
def test_office_reads_the_same_figures_as_were_written(office: Office, board: Path) -> None:
    (again,) = office.convert(board, "xlsx").iterdir()
    for sheet in load_workbook(board):
        read = load_workbook(again)[sheet.title]
        for row in sheet.iter_rows():
            for cell in row:
                value = pytest.approx(cell.value) if isinstance(cell.value, float) else cell.value
                assert read[cell.coordinate].value == value, f"{sheet.title} {cell.coordinate}"


def test_text_that_looks_like_a_formula_is_shown_as_it_stands(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "hostile.xlsx"
    with path.open("wb") as stream:
        write_workbook(hostile_report(), stream)
    shown = {made.stem.partition("-")[2]: made for made in office.convert(path, EVERY_SHEET).iterdir()}
    with shown["Items"].open(newline="", encoding="utf-8") as stream:
        rows = list(csv.reader(stream))
    assert [row[0] for row in rows[-len(HOSTILE) :]] == list(HOSTILE)
    assert rows[-1][1] == "1,234.50 EUR"
    with shown["Summary"].open(newline="", encoding="utf-8") as stream:
        assert [row[1] for row in csv.reader(stream) if row[0] == "@fact"] == list(HOSTILE)
