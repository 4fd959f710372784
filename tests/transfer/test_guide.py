"""Every example of docs/importing.md is imported, section by section, into one graph."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from graph_api.store.connection import Store
from graph_api.transfer import ImportRefusedError, import_paths

GUIDE = Path(__file__).parents[2] / "docs" / "importing.md"
_BLOCK = re.compile(r'^```(?P<language>\w+) title="(?P<title>[^"]+)"\n(?P<text>.*?)^```$', re.MULTILINE | re.DOTALL)


class Section(NamedTuple):
    title: str
    blocks: dict[str, str]


def sections() -> list[Section]:
    parts = re.split(r"^## ", GUIDE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found = [
        Section(part.splitlines()[0], {block["title"]: block["text"] for block in _BLOCK.finditer(part)})
        for part in parts
    ]
    return [section for section in found if section.blocks]


def test_every_example_has_a_title_by_which_this_test_finds_it() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    assert len(re.findall(r"^```\w", text, re.MULTILINE)) == sum(len(section.blocks) for section in sections())


async def test_the_examples_can_be_imported_one_section_after_the_other(
    prepared: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = {}
    for section in sections():
        if "faults" in section.blocks:
            continue
        folder = tmp_path / section.title.replace(" ", "-")
        folder.mkdir()
        monkeypatch.chdir(folder)
        for title, text in section.blocks.items():
            (folder / title).write_text(text, encoding="utf-8")
        report = await import_paths(prepared, [Path()], actor="reader")
        done[section.title] = list(report.sentences())
        again = await import_paths(prepared, [Path()], actor="reader")
        assert not again.changed, (section.title, list(again.sentences()))
    assert done == {
        "Entities by kind": ["1 persona, 2 departments created."],
        "Links by key": ["1 journey, 2 stages, 1 insight, 1 opportunity created.", "7 links made."],
        "Records without a key": [
            "1 kpi, 2 measurements, 1 decision, 1 waiver created.",
            "5 links made.",
        ],
        "Once for a whole file": ["1 need created.", "2 links made."],
        "Tables": ["3 insights, 3 evidence, 1 opportunity created.", "8 links made."],
        "JSON Lines": ["1 measurement, 1 insight created.", "3 links made.", "1 item was already there."],
        "Importing again": ["1 insight updated: insight/no-warning."],
    }


async def test_the_faults_in_the_guide_are_what_people_see(
    prepared: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (section,) = [section for section in sections() if "faults" in section.blocks]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wrong.yaml").write_text(section.blocks["wrong.yaml"], encoding="utf-8")
    with pytest.raises(ImportRefusedError) as refused:
        await import_paths(prepared, [Path("wrong.yaml")], actor="reader")
    assert "".join(f"{fault}\n" for fault in refused.value.faults) == section.blocks["faults"]
