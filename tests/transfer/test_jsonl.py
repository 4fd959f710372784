"""JSON Lines: what a line may hold, and what people are told of lines that hold something else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from graph_api.store.connection import Store
from graph_api.transfer import ImportRefusedError, import_paths
from graph_api.transfer import importing as importing_module
from graph_api.transfer.jsonl_file import column

Write = Callable[[str, bytes], Path]
GOOD = b'{"kind": "insight", "key": "F1", "name": "Good"}\n'
HOSTILE = {
    b"insight\n": "2:1: This line is not JSON (expecting value): a line is one object in braces.",
    b'{"kind": "insight", "key": "F2" "name": 1}\n': (
        "2:33: This line is not JSON (expecting ',' delimiter): a line is one object in braces."
    ),
    b'{"kind": "insight"} {"kind": "insight"}\n': (
        "2:21: This line is not JSON (extra data): a line is one object in braces."
    ),
    b'[{"kind": "insight"}]\n': ('2:1: A line is an object that begins with its kind, such as {"kind": "insight", …}.'),
    b'"insight"\n': '2:1: A line is an object that begins with its kind, such as {"kind": "insight", …}.',
    b"\xef\xbb\xbf" + GOOD: (
        "2:1: This line is not JSON (unexpected UTF-8 BOM (decode using utf-8-sig)): a line is one object in braces."
    ),
    b'{"kind": "insight", "key": "F2", "key": "F3", "name": "x"}\n': (
        "2:1: `key` is twice in an object of this line: keep one of them."
    ),
    b'{"kind": "insight", "key": "F2", "name": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n": (
        "2:1: Lists and maps are nested too deep here: nothing needs that."
    ),
    b'{"kind": "insight", "key": "F2", "name": "x", "severity": ' + b"9" * 5_000 + b"}\n": (
        "2:1: A number in this line is too long: no field holds it."
    ),
    b'{"kind": "insight", "key": "F2", "name": "x", "severity": 1e999}\n': (
        "2:59: insight/F2: severity must be a finite number, not Infinity."
    ),
    b'{"kind": "insight", "key": "F2", "name": "x", "severity": NaN}\n': (
        "2:1: NaN is no number that JSON has: write null where a value is unknown."
    ),
    b'{"kind": "insight", "key": "F2", "name": "caf\xe9"}\n': (
        "2:46: This byte is not UTF-8: save the file in the encoding UTF-8."
    ),
    b'{"kind": "insight", "key": "F2", "name": "\\ud800"}\n': '2:42: insight/F2: name must be text, not "?".',
    b'{"key": "F2", "name": "x"}\n': ('2:1: This object has no `kind`: begin with it, as in {"kind": "insight", …}.'),
    b'{"kind": "insigth", "key": "F2", "name": "x"}\n': "2:10: There is no kind `insigth`; did you mean insight?",
    b'{"kind": 7, "key": "F2", "name": "x"}\n': "2:10: There is no kind `7`.",
    b'{"kind": "insight", "name": "x"}\n': "2:1: An insight needs its `key` here: only YAML and tables make keys.",
    b'{"kind": "insight", "key": 7, "name": "x"}\n': "2:28: `key` is text: put it in quotes.",
    b'{"kind": "insight", "key": "a b", "name": "x"}\n': (
        "2:28: insight/a b: the key must be letters a to z, digits, dots, dashes and _, and begin with a letter or "
        'digit, not "a b".'
    ),
    b'{"kind": "insight", "id": "a b", "key": "F2", "name": "x"}\n': (
        "2:27: insight/F2: the id must be 1 to 64 letters, digits, dashes and underscores."
    ),
    b'{"kind": "insight", "key": "F2"}\n': "2:1: insight/F2 is new, and an Insight needs a name; give one.",
    b'{"kind": "insight", "key": "F2", "name": "x", "severity": "7"}\n': None,
    b'{"kind": "insight", "key": "F2", "name": "x", "severity": true}\n': (
        "2:59: insight/F2: severity must be a number, not true or false, not true."
    ),
    b'{"kind": "insight", "key": "F2", "name": "x", "createdAt": null}\n': (
        "2:60: insight/F2: createdAt is set by the service and cannot be written; leave it out."
    ),
    b'{"kind": "insight", "key": "F2", "name": "x", "severty": 7}\n': (
        "2:58: insight/F2: Insight has no field 'severty'; did you mean severity?"
    ),
    b'{"kind": "insight", "key": "F2", "name": "x", "opportunities": [7]}\n': (
        "2:65: Under `opportunities` stand keys, or objects that begin with `key`."
    ),
    b'{"kind": "insight", "key": "F2", "name": "x", "observedAt": "J"}\n': (
        "2:61: `observedAt` leads to a journey, stage, step or touchpoint, so the key needs its kind: write "
        "`journey/J` or `stage/J` or `step/J`."
    ),
    b'{"kind": "insight", "key": "F2", "name": "x", "opportunities": ["R1"]}\n': (
        "2:65: insight/F2 RAISES opportunity/R1: there is no opportunity/R1, neither here nor in the graph."
    ),
    b'{"kind": "measurement", "key": "k", "value": 7}\n': (
        "2:32: A measurement has no key: it is told apart by `kpi`, `measuredOn`, `measurementSubject`, `competitor`, "
        "`respondentSide`, `measuredFor`. Leave `key` out."
    ),
    b'{"kind": "measurement", "value": 7}\n': "2:1: A measurement needs `kpi`: add the key of a kpi.",
    b'{"kind": "stage", "key": "S", "name": "S", "steps": [{"key": "s", "position": 1}]}\n': (
        "2:79: The place in the list `steps` is the position: leave `position` out."
    ),
}


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a file into the folder in which the test works."""
    monkeypatch.chdir(tmp_path)

    def write(name: str, content: bytes) -> Path:
        Path(name).write_bytes(content)
        return Path(name)

    return write


@pytest.mark.parametrize("in_batches", [False, True], ids=["at once", "in batches"])
@pytest.mark.parametrize("line", HOSTILE, ids=lambda line: repr(line[:60]))
async def test_a_line_that_cannot_be_used_is_told_and_nothing_is_imported(
    line: bytes, prepared: Store, write: Write, monkeypatch: pytest.MonkeyPatch, *, in_batches: bool
) -> None:
    monkeypatch.setattr(importing_module, "WHOLE", 0 if in_batches else 20_000)
    path = write("f.jsonl", GOOD + line)
    words = HOSTILE[line]
    if words is None:  # pydantic reads numbers in quotes, as it does in tables
        await import_paths(prepared, [path], actor="tester", dry_run=True)
        return
    with pytest.raises(ImportRefusedError) as refused:
        await import_paths(prepared, [path], actor="tester")
    assert [str(fault) for fault in refused.value.faults] == [f"f.jsonl:{words}"]
    (count,) = await prepared.read("MATCH (n:Entity) RETURN count(n) AS count")
    assert count == 0


async def test_blank_lines_windows_line_ends_a_mark_at_the_beginning_and_a_missing_last_end_are_read(
    prepared: Store, write: Write
) -> None:
    path = write(
        "f.jsonl",
        b'\xef\xbb\xbf{"kind": "goal", "key": "G1", "name": "One", "supports": "G2"}\r\n\r\n'
        b'{"kind": "GOAL", "key": "G2", "name": "Two\xe2\x80\xa8", "tags": ["b", "a"], "goalHorizon": null}',
    )
    report = await import_paths(prepared, [path], actor="tester")
    assert list(report.sentences()) == ["2 goals created.", "1 link made."]
    assert not (await import_paths(prepared, [path], actor="tester")).changed


async def test_an_empty_file_and_one_beside_other_files_are_faults(prepared: Store, write: Write) -> None:
    path = write("f.jsonl", b"\n")
    with pytest.raises(ImportRefusedError, match=r"f\.jsonl: The file says nothing"):
        await import_paths(prepared, [path], actor="tester")
    write("f.yaml", b"goals: []\n")
    with pytest.raises(ImportRefusedError, match=r"f\.jsonl: JSON Lines are imported by themselves"):
        await import_paths(prepared, [Path()], actor="tester")


def test_a_column_is_where_the_value_begins() -> None:
    line = ' {"a" : [1, {"b": "}]", "é": {}}, 3], "c": "x"}\n'
    assert [column(line, path) for path in ((), ("a",), ("a", 1, "b"), ("a", 2), ("c",), ("absent",))] == [
        line.index(text) + 1 for text in ("{", "[1", '"}]"', "3", '"x"', "{")
    ]
