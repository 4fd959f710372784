"""Whatever files hold, reading them ends in a document with its faults, never in an error of another sort."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from graph_api.change.validate import validate
from graph_api.transfer import load
from graph_api.transfer.drafting import draft, open_ends

SAMPLES = [
    path.read_bytes() for path in (Path(__file__).parent / "cases").glob("*/*") if path.suffix in {".yaml", ".csv"}
]
SIGNS = st.sampled_from(list(b"[]{}:,&*!|>'\"%@`#-? \n\t\x00\xff~0;/"))
EDITS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 20), st.lists(SIGNS, max_size=4).map(bytes)), max_size=8)


@given(st.sampled_from(SAMPLES), st.sampled_from(SAMPLES), EDITS)
def test_damaged_files_are_faults_and_nothing_else(
    document: bytes, table: bytes, edits: list[tuple[float, int, bytes]]
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "mapping.yaml").write_bytes(_damaged(document, edits))
        (folder / "cells.csv").write_bytes(_damaged(table, edits))
        read = load([folder])
        open_ends(read)
        drafted = draft(read, {}, actor="tester", surface="import")
        located = [drafted.located(fault) for fault in validate(drafted.changes)]
    files = {str(folder / "mapping.yaml"), str(folder / "cells.csv")}
    assert {fault.place.file for fault in (*read.faults.in_order(), *located)} <= files


def _damaged(content: bytes, edits: list[tuple[float, int, bytes]]) -> bytes:
    for place, length, signs in edits:
        at = int(place * len(content))
        content = content[:at] + signs + content[at + length :]
    return content
