"""Compare the import with bare `UNWIND` of the same properties, under the same constraints, without a history.

    python -m bench.imports --items 20000

Generates a graph and has `graph-api import` read it as JSON Lines into an embedded Neo4j of its own, while hand-written
statements write the same into a second, equal Neo4j, as fast as they can. The two take turns: see README.md.
"""

import argparse
import asyncio
import os
import pickle
import platform
import resource
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from signal import SIGCONT, SIGSTOP
from subprocess import DEVNULL, Popen
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from uuid import uuid4

from bench.files import write_lines
from bench.generate import FEWEST, Draw, Generator
from bench.measuring import arguments_of, own_engine, tell
from graph_api.change.changeset import Ref
from graph_api.change.effects import link_id
from graph_api.change.validate import CheckedEntity, CheckedLink, check
from graph_api.change.write import create_entities, create_links
from graph_api.cli.terminal import console, told
from graph_api.errors import UserInputError
from graph_api.store.connection import Store
from graph_api.store.endpoint import Endpoint
from graph_api.store.migrations import prepare
from graph_api.transfer import import_paths
from graph_api.transfer.batches import BATCH, WHOLE
from graph_api.transfer.drafting import Part
from graph_api.transfer.jsonl_file import Lines
from graph_api.transfer.places import Faults

AIM = 2.0
LINKS_EACH = 2.35
"""Links for each entity, about, in what the generator makes."""
WARMING = 2_000
"""Entities that are written first, and deleted, so that the engine's code is warm."""
COMMAND = ("-c", "from graph_api.cli import app; app()", "import")

SLICE = 5.0
"""Seconds for which the import runs before the other side catches up."""

Rows = list[dict[str, Any]]


async def warm(store: Store, file: Path) -> None:
    """Set the database up, write something and delete it again."""
    await prepare(store)
    await import_paths(store, [file], actor="bench")
    left = 1
    while left:
        async with store.transaction() as tx:
            (row,) = await tx.run(
                "MATCH (n) WHERE n:Entity OR n:Change OR n:Import WITH n LIMIT 10000 DETACH DELETE n "
                "RETURN count(*) AS deleted"
            )
            left = row["deleted"]


def prepare_rows(source: Path, file: Path) -> int:
    """Write what the import will put into the graph into a file, as batches of statements; return how many items."""
    lines, items = Lines((str(source),), "bench", "bench"), 0
    ids: dict[Ref, str] = defaultdict(lambda: uuid4().hex)
    now = datetime.now(UTC)
    with file.open("wb") as stream:
        for part in (Part.KEYED, Part.REST):
            for piece in lines.pieces(BATCH, part, Faults()):
                checked = check(piece.changes)
                by_statement: dict[str, Rows] = {}
                for entity in checked.entities:
                    properties = _entity(entity, ids, now)
                    by_statement.setdefault(create_entities(entity.kind.name), []).append({"properties": properties})
                for link in checked.links:
                    by_statement.setdefault(create_links(link.type.name), []).append(_link(link, ids, now))
                items += len(checked.entities) + len(checked.links)
                pickle.dump(by_statement, stream)
    return items


def _entity(entity: CheckedEntity, ids: dict[Ref, str], now: datetime) -> dict[str, Any]:
    stamps = {"createdAt": now, "createdBy": "bench", "updatedAt": now, "updatedBy": "bench", "revision": 1}
    identity = ids[Ref(entity.kind.name, entity.key or "")]
    return {"id": identity, "key": entity.key, **_known(entity.values), **stamps}


def _link(link: CheckedLink, ids: dict[Ref, str], now: datetime) -> dict[str, Any]:
    start, finish = ids[link.start], ids[link.finish]
    properties = {"id": link_id(link.type, start, finish, link.distinguished), **_known(link.values)}
    properties |= {"createdAt": now, "createdBy": "bench"}
    properties |= {"only": start} if link.start.kind in link.type.one else {}
    properties |= {"parent": finish} if link.type.one_parent else {}
    return {"start": start, "finish": finish, "properties": properties}


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def batches(file: Path) -> Iterator[dict[str, Rows]]:
    """Read the batches that were prepared."""
    with file.open("rb") as stream, suppress(EOFError):
        while True:
            yield pickle.load(stream)  # noqa: S301 - written just now, by us


@dataclass
class Turns:
    """The two sides, which take turns, so that what disturbs the machine meets both."""

    importing: "Popen[bytes]"
    imported: Store
    bare: Store
    left: Iterator[dict[str, Rows]]
    items: int
    written: int = 0
    """Items, by the bare statements."""
    import_seconds: float = 0.0
    bare_seconds: float = 0.0
    memory: int = 0
    """The most that the import's process had, in MB."""

    async def take(self) -> None:
        """Let both write everything."""
        if self.items <= WHOLE:
            # One change set says nothing of how far it is: half of the bare batches go before it, half after it.
            self.importing.send_signal(SIGSTOP)
            await self._write(self.items // 2)
            self.importing.send_signal(SIGCONT)
        while self.importing.poll() is None:
            before = perf_counter()
            deadline = before + SLICE
            while self.importing.poll() is None and perf_counter() < deadline:  # noqa: ASYNC110 - no event tells
                await asyncio.sleep(0.02)
            self.import_seconds += perf_counter() - before
            if self.importing.poll() is None and self.items > WHOLE:
                self.importing.send_signal(SIGSTOP)
                (done,) = await self.imported.read("OPTIONAL MATCH (i:Import) RETURN coalesce(max(i.done), 0) AS done")
                await self._write(done * BATCH)
                self.importing.send_signal(SIGCONT)
        await self._write(self.items)

    async def _write(self, until: int) -> None:
        while self.written < until and (batch := next(self.left, None)) is not None:
            before = perf_counter()
            async with self.bare.transaction() as tx:
                for statement, rows in batch.items():
                    await tx.run(statement, {"rows": rows})
            self.bare_seconds += perf_counter() - before
            self.written += sum(map(len, batch.values()))


async def take_turns(imported: Endpoint, bare: Endpoint, files: Path, items: int) -> Turns:
    """Warm both engines, then measure."""
    stores = [await Store.open(imported), await Store.open(bare)]
    try:
        for store in stores:
            await warm(store, files / "warm.jsonl")
        reached = {
            "NEO4J_URI": imported.uri,
            "NEO4J_USER": imported.user,
            "NEO4J_PASSWORD": imported.password.get_secret_value(),
            "NEO4J_DATABASE": imported.database,
        }
        command = [sys.executable, *COMMAND, str(files / "graph.jsonl")]
        with Popen(command, env=os.environ | reached, stdout=DEVNULL) as process:  # noqa: S603, ASYNC220 - our own command
            turns = Turns(process, stores[0], stores[1], batches(files / "rows"), items)
            await turns.take()
        # Before the engines end, which are children as well.
        turns.memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        if process.returncode:
            message = "The import failed, so that there is nothing to compare."
            raise UserInputError(message)
        return turns
    finally:
        for store in stores:
            await store.close()


def measured(given: argparse.Namespace, temporary: Path) -> dict[str, Any]:
    """Measure both sides."""
    entities = max(int(given.items / (1 + LINKS_EACH)), FEWEST)
    write_lines(Generator(entities, Draw(given.seed)).groups(), temporary / "graph.jsonl")
    write_lines(Generator(WARMING, Draw(given.seed + 1)).groups(), temporary / "warm.jsonl")
    items = prepare_rows(temporary / "graph.jsonl", temporary / "rows")
    with own_engine(temporary / "import") as imported, own_engine(temporary / "bare") as bare:
        turns = asyncio.run(take_turns(imported, bare, temporary, items))
    return {
        "entities": entities,
        "items": items,
        "importSeconds": round(turns.import_seconds, 1),
        "bareSeconds": round(turns.bare_seconds, 1),
        "ratio": round(turns.import_seconds / turns.bare_seconds, 2),
        "importPerSecond": round(items / turns.import_seconds),
        "barePerSecond": round(items / turns.bare_seconds),
        "clientMemoryMb": turns.memory,
        "load": [given.load, round(os.getloadavg()[0], 1)],
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
    }


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bench.imports", description="Compare the import with bare UNWIND.")
    parser.add_argument("--items", type=int, default=20_000, help="entities and links, about (default: 20000)")
    parser.add_argument("--seed", type=int, default=1, help="of the graph (default: 1)")
    return arguments_of(parser)


def show(facts: dict[str, Any]) -> None:
    """Show the figures to people."""
    console().print(
        f"{facts['items']} items: import {facts['importSeconds']} s ({facts['importPerSecond']} a second, "
        f"{facts['clientMemoryMb']} MB), bare UNWIND {facts['bareSeconds']} s ({facts['barePerSecond']} a second): "
        f"ratio {facts['ratio']} (aim: {AIM:g} or less)"
    )


def main() -> None:
    """Run the comparison."""
    given = arguments()
    with told(), TemporaryDirectory(prefix="graph-api-bench-") as temporary:
        tell(measured(given, Path(temporary)), given, show, f"imports-{given.items}")


if __name__ == "__main__":
    main()
