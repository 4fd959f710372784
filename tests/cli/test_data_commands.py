"""`graph-api export`, and imports in batches as people and machines break them off."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench.files import write_lines
from bench.generate import Draw, Generator
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from tests.cli.commands import PATIENCE, Commands

# The command, but with batches so small that a small graph has many of them.
SMALL = (
    "from graph_api.transfer import batches, importing; importing.WHOLE, batches.BATCH = 150, 100; "
    "from graph_api.cli import app; app()"
)
ENTITIES = 1_200


@pytest.fixture
async def empty(graph: Store) -> Store:
    async with graph.transaction() as tx:
        await tx.run("MATCH (n) WHERE NOT n:TestGraph DETACH DELETE n")
    await prepare(graph)
    return graph


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, int]:
    """Return a file and how many items are in it."""
    path = tmp_path_factory.mktemp("generated") / "graph.jsonl"
    links = write_lines(Generator(ENTITIES, Draw(5)).groups(), path)
    return path, ENTITIES + links


@contextmanager
def importing(commands: Commands, path: Path) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-c", SMALL, "import", str(path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=commands.environment, stdout=pipe, stderr=pipe, text=True) as process:  # noqa: S603 our own command
        yield process
        process.kill()


async def until_batches(store: Store, number: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        (done,) = await store.read("OPTIONAL MATCH (i:Import) RETURN max(i.done) AS done")
        if (done or 0) >= number:
            return
        assert time.monotonic() < deadline, done


async def changed_once(store: Store) -> tuple[int, int, int]:
    """Return how many entities and links there are, how many changes, and how many things were changed twice."""
    there, changes, twice = await store.read(
        "MATCH (n:Entity) WITH count(n) AS entities MATCH (:Entity)-[r]->(:Entity) "
        "WITH entities, count(r) AS links WITH entities + links AS there "
        "MATCH (c:Change) WITH there, c.entity AS entity, count(c) AS changes "
        "RETURN there, sum(changes), sum(CASE WHEN changes > 1 THEN 1 ELSE 0 END)"
    )
    return there, changes, twice


async def test_an_import_that_was_killed_goes_on_and_writes_nothing_twice(
    commands: Commands, empty: Store, generated: tuple[Path, int]
) -> None:
    path, items = generated
    with importing(commands, path) as process:
        await until_batches(empty, 3)
        process.send_signal(signal.SIGKILL)
        process.wait()
    (unfinished,) = json.loads(commands.run("import", "--list", "--json").out)
    assert (unfinished["state"], unfinished["items"]) == ("RUNNING", items)
    ran = commands.run("import", "--resume", unfinished["id"], path)
    assert ran.status == 0, ran.err
    assert re.match(r"[3-9]\d\d|\d{4} items had been written before\.", ran.out)
    (finished,) = json.loads(commands.run("import", "--list", "--json").out)
    assert (finished["id"], finished["state"]) == (unfinished["id"], "DONE")
    assert await changed_once(empty) == (items, items, 0)
    assert commands.run("import", "--resume", unfinished["id"], path).status == 1


async def test_ctrl_c_says_how_to_go_on_and_how_to_take_back(
    commands: Commands, empty: Store, generated: tuple[Path, int]
) -> None:
    path, _ = generated
    with importing(commands, path) as process:
        await until_batches(empty, 2)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == 130
    (unfinished,) = json.loads(commands.run("import", "--list", "--json").out)
    assert err.splitlines()[-1] == (
        f"Import {unfinished['id']} is unfinished: the same command goes on where it stopped, and "
        f"`graph-api import --revert {unfinished['id']}` takes back what is written."
    )
    assert re.fullmatch(
        rf"{unfinished['id']} running  \S+ \S+: \d+ items of .*\n", commands.run("import", "--list").out
    )
    ran = commands.run("import", "--revert", unfinished["id"])
    assert (ran.status, ran.out) == (0, f"Import {unfinished['id']} of {path} is taken back.\n")
    (left,) = await empty.read("MATCH (n:Entity) RETURN count(n) AS left")
    assert left == 0
    again = commands.run("import", "--revert", unfinished["id"])
    assert again == (
        1, "", f"Import {unfinished['id']} is taken back already; `graph-api import --list` shows all.\n",
    )  # fmt: skip


async def test_an_export_goes_to_a_file_or_to_standard_output(
    commands: Commands,
    empty: Store,  # noqa: ARG001 it is emptied
    tmp_path: Path,
) -> None:
    goals = "goals:\n  - key: G1\n    name: Überall\n"
    (tmp_path / "goals.yaml").write_text(goals, encoding="utf-8")
    commands.run("import", tmp_path / "goals.yaml")
    ran = commands.run("export", "--format", "yaml", "goal")
    assert re.sub(r"id: .*\n    ", "", ran.out) == goals
    ran = commands.run("export", "--output", tmp_path / "goals.jsonl")
    assert ran == (0, "", f"1 items and 0 links exported to {tmp_path / 'goals.jsonl'}.\n")
    line = json.loads((tmp_path / "goals.jsonl").read_text(encoding="utf-8"))
    assert list(line) == ["kind", "id", "key", "name"]
    assert commands.run("import", tmp_path / "goals.jsonl").out == "Nothing changed: 1 item was already there.\n"
    assert commands.run("export", "goals", "gols") == (1, "", "There is no kind gols; did you mean goals?\n")
    ran = commands.run("export", "--output", tmp_path / "nowhere" / "goals.jsonl")
    assert ran.status == 1
    assert "cannot be written (No such file or directory); name another file." in ran.err
    assert sorted(os.listdir(tmp_path)) == ["goals.jsonl", "goals.yaml"]  # noqa: PTH208 - pathlib has none for coroutines


def test_an_import_needs_files_or_one_option_that_needs_none(commands: Commands) -> None:
    words = "Name the files to import, or say --revert or --list.\n"
    for arguments in ((), ("--resume", "x"), ("--list", "--revert", "x"), ("--list", "file.yaml")):
        assert commands.run("import", *arguments) == (1, "", words)
