"""Every sort of fault, with the place and the words that people see: `cases/<case>/` beside `cases/<case>.txt`."""

from pathlib import Path

import pytest

from graph_api.store.connection import Store
from graph_api.transfer import ImportRefusedError, import_paths

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir() if path.is_dir()))
async def test_every_fault_is_told_with_its_place_and_how_to_mend_it(case: str, prepared: Store, cases: Path) -> None:
    with pytest.raises(ImportRefusedError) as refused:
        await import_paths(prepared, [cases / case], actor="tester")
    assert _told(refused.value) == _expected(case)
    assert await _count(prepared) == 0


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("absent.yaml", "absent.yaml: There is no such file or folder: check the path."),
        ("absent.csv", "absent.csv: A CSV file needs a mapping: import the YAML file that names it under `csv`."),
        (
            "unreadable.txt",
            "unreadable.txt: Files end in .yaml, .yml, .json or .jsonl; a CSV file is named by a YAML file.",
        ),
        ("nothing", "nothing: There is no YAML file in this folder: name the file or folder that has them."),
    ],
)
async def test_a_path_that_is_nothing_to_import_is_a_fault(
    name: str, words: str, prepared: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nothing").mkdir()
    (tmp_path / "unreadable.txt").write_text("insights: []\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ImportRefusedError) as refused:
        await import_paths(prepared, [Path(name)], actor="tester")
    assert [str(fault) for fault in refused.value.faults] == [words]


async def test_one_bad_line_among_many_writes_nothing(prepared: Store, tmp_path: Path) -> None:
    lines = [f"  - {{key: F{number}, name: Finding {number}, severity: {number % 10}}}\n" for number in range(500)]
    lines[320] = "  - {key: F320, name: Finding 320, severity: 99}\n"
    path = tmp_path / "many.yaml"
    path.write_text("insights:\n" + "".join(lines), encoding="utf-8")
    with pytest.raises(ImportRefusedError) as refused:
        await import_paths(prepared, [path], actor="tester")
    assert [(fault.place.line, fault.code) for fault in refused.value.faults] == [(322, "INVALID_VALUE")]
    assert await _count(prepared) == 0


def _told(error: ImportRefusedError) -> str:
    return "".join(f"{fault}\n" for fault in error.faults)


def _expected(case: str) -> str:
    return (CASES / f"{case}.txt").read_text(encoding="utf-8")


async def _count(store: Store) -> int:
    (count,) = await store.read("MATCH (n:Entity) RETURN count(n) AS count")
    return int(count)
