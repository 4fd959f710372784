"""What is exported comes back as it was: into an empty graph byte by byte, into the same graph without a trace."""

import json
import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from graph_api.change.apply import apply
from graph_api.change.changeset import ChangeSet, EntityChange, LinkChange, Mode, Ref
from graph_api.errors import UserInputError
from graph_api.model import MODEL
from graph_api.store.connection import Reading, Store
from graph_api.store.faults import ConflictError
from graph_api.store.migrations import prepare
from graph_api.transfer import REAL_SEEDS, Format, export, import_paths, seed_paths
from tests.reference.random_graph import write_random_graph

KINDS = list(MODEL.kinds.values())
FORMS = list(Format)
UNUSUAL = (
    "No",
    "~",
    "null",
    "007",
    "1e5",
    "2026-01-31",
    "- dash",
    "# hash",
    "key: value",
    "a \"quoted\" \\ 'path'",
    "line\nbreak\n\nand\ttab",
    "  spaces  ",
    "trailing\n",
    "\r\n",
    "\u0001\u0085\u2028\ufeff\ufffe",
    "\U0001f600 \U0001d4d0",
    "e\u0301 \u00e9 \u05e9\u05dc\u05d5\u05dd",
    "{a: [b, *c, &d, !e, |, >, %, @, `]}",
    "",
)


async def emptied(store: Store) -> None:
    async with store.transaction() as tx:
        await tx.run("MATCH (n) WHERE NOT n:TestGraph DETACH DELETE n")
    await prepare(store)


async def exported(store: Store, form: Format = Format.JSONL, *kinds: str) -> bytes:
    stream = BytesIO()
    await export(store, stream, [kind for kind in KINDS if not kinds or kind.name in kinds], form)
    return stream.getvalue()


async def everything(store: Store) -> list[Any]:
    return await store.read(
        "MATCH (g:Graph) OPTIONAL MATCH (c:Change) WITH g.revision AS revision, count(c) AS changes "
        "OPTIONAL MATCH (i:Import) RETURN revision, changes, count(i)"
    )


async def round_trip(store: Store, form: Format, tmp_path: Path) -> bytes:
    """Export, import into the same graph and into an empty one, and export again."""
    first = await exported(store, form)
    path = tmp_path / f"graph.{form}"
    path.write_bytes(first)
    before = await everything(store)
    again = await import_paths(store, [path], actor="tester")
    assert not again.changed, list(again.sentences())
    assert await everything(store) == before
    await emptied(store)
    await import_paths(store, [path], actor="tester")
    assert await exported(store, form) == first
    return first


@pytest.mark.parametrize("form", FORMS)
async def test_the_seeds_come_back_as_they_were(form: Format, prepared: Store, tmp_path: Path) -> None:
    await emptied(prepared)
    await import_paths(prepared, seed_paths(), actor="tester")
    first = await round_trip(prepared, form, tmp_path)
    assert len(first) > 200_000


@pytest.mark.parametrize("form", FORMS)
async def test_a_random_awkward_graph_comes_back_as_it_was(form: Format, prepared: Store, tmp_path: Path) -> None:
    await emptied(prepared)
    await write_random_graph(prepared, 3)
    # Its measurements got their KPI later than their counts; imported together, the value would follow from these.
    async with prepared.transaction() as tx:
        await tx.run("MATCH (m:Measurement) WHERE m.value IS NULL REMOVE m.counts")
    await round_trip(prepared, form, tmp_path)


@pytest.mark.parametrize("form", FORMS)
async def test_unusual_texts_keys_and_amounts_come_back_as_they_were(
    form: Format, prepared: Store, tmp_path: Path
) -> None:
    await emptied(prepared)
    insights = [
        EntityChange(
            Mode.PUT, "Insight", key, {"name": f"x{text.strip()}", "statement": text, "tags": [text.strip() or "-"]}
        )
        for key, text in zip(("null", "007", "No", "1e5", "a.b", *(f"t{n}" for n in range(20))), UNUSUAL, strict=False)
    ]
    segment = EntityChange(
        Mode.PUT, "Segment", "S", {"name": "1984", "annualValue": "12345678901.0001", "currency": "EUR"}
    )
    roles = [
        LinkChange(
            "INVOLVES", Ref("Journey", "J"), Ref("Department", "D"), {"involvementRole": role, "contribution": "~"}
        )
        for role in ("RESPONSIBLE", "INFORMED", None)
    ]
    journey = EntityChange(Mode.PUT, "Journey", "J", {"name": "J"})
    department = EntityChange(Mode.PUT, "Department", "D", {"name": "D"})
    stages = [EntityChange(Mode.PUT, "Stage", f"s{number}", {"name": "S"}) for number in range(12)]
    order = [LinkChange("HAS_STAGE", Ref("Journey", "J"), Ref("Stage", f"s{number}")) for number in (3, 11, 0, 7)]
    changes = ChangeSet((*insights, segment, journey, department, *stages), (*roles, *order), "tester", "test")
    await apply(prepared, changes)
    first = await round_trip(prepared, form, tmp_path)
    if form is Format.JSONL:
        lines = {line["key"]: line for line in map(json.loads, first.decode().splitlines())}
        assert [lines[change.key]["statement"] for change in insights] == list(UNUSUAL)
        assert lines["S"]["annualValue"] == "12345678901.0001"
        assert lines["J"]["stages"] == ["s3", "s11", "s0", "s7"]
        assert [link.get("involvementRole") for link in lines["J"]["involves"]] == [None, "INFORMED", "RESPONSIBLE"]


async def test_records_keep_their_id_and_their_natural_key(prepared: Store, tmp_path: Path) -> None:
    await emptied(prepared)
    file = tmp_path / "records.yaml"
    file.write_text(
        "kpis: [{key: K, name: K}]\n"
        "personas: [{key: P, name: P}]\n"
        "measurements:\n"
        "  - {kpi: K, measuredOn: 2026-01-31, value: 3}\n"
        "  - {kpi: K, measuredOn: 2026-01-31, value: 4, measuredForPersonas: P}\n",
        encoding="utf-8",
    )
    await import_paths(prepared, [file], actor="tester")
    first = await exported(prepared, Format.JSONL, "Measurement", "KPI", "Persona")
    measurements = [line for line in map(json.loads, first.decode().splitlines()) if line["kind"] == "measurement"]
    assert [line["key"] for line in measurements] == [
        "kpi=K&measuredOn=2026-01-31",
        "kpi=K&measuredOn=2026-01-31&measuredFor=persona/P",
    ]
    await round_trip(prepared, Format.JSONL, tmp_path)
    # Written by people, the same records are found again.
    assert not (await import_paths(prepared, [file], actor="tester")).changed


async def test_some_kinds_come_with_the_links_between_them(prepared: Store) -> None:
    await emptied(prepared)
    await import_paths(prepared, seed_paths(*REAL_SEEDS), actor="tester")
    lines = [json.loads(line) for line in (await exported(prepared, Format.JSONL, "Journey", "Stage")).splitlines()]
    assert {line["kind"] for line in lines} == {"journey", "stage"}
    assert {name for line in lines for name in line if name in MODEL.kinds["Journey"].links} == {"stages"}


async def test_an_export_that_breaks_leaves_the_file_that_was_there(
    prepared: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "graph.jsonl"
    path.write_text("as it was")
    stream = Reading.stream

    async def broken(self: Reading, cypher: str) -> Any:
        async for row in stream(self, cypher):
            yield row
        if ":Persona" in cypher:
            raise ConnectionResetError

    monkeypatch.setattr(Reading, "stream", broken)
    with pytest.raises(UserInputError):
        await export(prepared, path, KINDS, Format.JSONL)
    assert path.read_text() == "as it was"
    assert os.listdir(tmp_path) == ["graph.jsonl"]  # noqa: PTH208 - pathlib has none for coroutines


async def test_an_export_during_which_somebody_writes_begins_again(
    prepared: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await emptied(prepared)
    stream = Reading.stream
    left = 1

    def writing_meanwhile(times: int) -> Callable[..., Any]:
        nonlocal left
        left = times

        async def meanwhile(self: Reading, cypher: str) -> Any:
            nonlocal left
            async for row in stream(self, cypher):
                yield row
            if "n:Waiver" in cypher and left:
                left -= 1
                goal = EntityChange(Mode.PUT, "Goal", f"G{left}", {"name": "Goal"})
                await apply(prepared, ChangeSet((goal,), (), "tester", "test"))

        return meanwhile

    monkeypatch.setattr(Reading, "stream", writing_meanwhile(2))
    assert [json.loads(line)["key"] for line in (await exported(prepared)).splitlines()] == ["G0", "G1"]
    monkeypatch.setattr(Reading, "stream", writing_meanwhile(99))
    with pytest.raises(ConflictError):
        await exported(prepared)
