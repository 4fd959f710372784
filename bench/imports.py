"""Compare the import with bare `UNWIND` of the same properties, under the same constraints, without a history.

    python -m bench.imports --items 20000

Generates a graph, has `graph-api import` read it as JSON Lines into an embedded Neo4j of its own, copies what is then
there into memory, and writes it into a second, equal Neo4j as fast as hand-written statements can. See README.md.
"""

import argparse
import asyncio
import json
import os
import pickle
import platform
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from bench.files import write_lines
from bench.generate import FEWEST, Draw, Generator
from graph_api.change.write import BATCH as ROWS
from graph_api.change.write import create_entities, create_links
from graph_api.cli.terminal import console, report, told
from graph_api.model import MODEL
from graph_api.settings import Settings
from graph_api.store.connection import Store
from graph_api.store.endpoint import Endpoint, open_endpoint
from graph_api.store.migrations import prepare
from graph_api.transfer import import_paths
from graph_api.transfer.batches import BATCH

RESULTS = Path(__file__).parent / "results"
AIM = 2.0
LINKS_EACH = 2.35
"""Links for each entity, about, in what the generator makes."""
WARMING = 2_000
"""Entities that are written first, and deleted, so that the engine's code is warm."""
COMMAND = ("-c", "from graph_api.cli import app; app()", "import")

Rows = list[tuple[str, list[dict[str, Any]]]]
"""A statement with its rows."""


@contextmanager
def engine(folder: Path) -> Iterator[Endpoint]:
    """Run an embedded Neo4j of our own, whatever the settings name."""
    with open_endpoint(Settings(data_dir=folder, neo4j_uri=None), report) as endpoint:
        yield endpoint


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


def imported(endpoint: Endpoint, file: Path) -> tuple[float, int]:
    """Import the file as people do; return the seconds it took and the most memory it had, in MB."""
    reached = {
        "NEO4J_URI": endpoint.uri,
        "NEO4J_USER": endpoint.user,
        "NEO4J_PASSWORD": endpoint.password.get_secret_value(),
        "NEO4J_DATABASE": endpoint.database,
    }
    before = perf_counter()
    subprocess.run(  # noqa: S603 - our own command
        [sys.executable, *COMMAND, file], env=os.environ | reached, check=True, stdout=subprocess.DEVNULL
    )
    seconds = perf_counter() - before
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


async def copied(store: Store, file: Path) -> int:
    """Copy what is there into a file, as the batches that will be written; return how many items there are."""
    items = 0
    with file.open("wb") as stream:
        async with store.reading(within=600) as reading:
            for kind in MODEL.kinds:
                rows = [
                    {"properties": row[0]} async for row in reading.stream(f"MATCH (n:{kind}) RETURN properties(n)")
                ]
                items += len(rows)
                _dump(stream, create_entities(kind), rows)
            for link in MODEL.links:
                question = f"MATCH (a)-[r:{link}]->(b) RETURN a.id, b.id, properties(r)"
                names = ("start", "finish", "properties")
                rows = [dict(zip(names, row, strict=True)) async for row in reading.stream(question)]
                items += len(rows)
                _dump(stream, create_links(link), rows)
    return items


def _dump(stream: Any, statement: str, rows: list[dict[str, Any]]) -> None:
    left = iter(rows)
    while some := list(islice(left, ROWS)):
        pickle.dump((statement, some), stream)


def _batches(file: Path) -> Iterator[Rows]:
    """Put as many rows together as a batch of the import has; those of links have other statements than entities."""
    batch: Rows = []
    size = 0
    with file.open("rb") as stream:
        while True:
            try:
                statement, rows = pickle.load(stream)  # noqa: S301 - written just now, by us
            except EOFError:
                break
            if size + len(rows) > BATCH:
                yield batch
                batch, size = [], 0
            batch.append((statement, rows))
            size += len(rows)
    yield batch


async def bare(store: Store, file: Path) -> float:
    """Write the batches, each in one transaction; return how many seconds that took, without reading them."""
    seconds = 0.0
    for batch in _batches(file):
        before = perf_counter()
        async with store.transaction() as tx:
            for statement, rows in batch:
                await tx.run(statement, {"rows": rows})
        seconds += perf_counter() - before
    return seconds


async def _with_store(endpoint: Endpoint, file: Path, warming: Path, *, first: bool) -> Any:
    store = await Store.open(endpoint)
    try:
        if first:
            return await copied(store, file)
        await warm(store, warming)
        return await bare(store, file)
    finally:
        await store.close()


async def _warmed(endpoint: Endpoint, warming: Path) -> None:
    store = await Store.open(endpoint)
    try:
        await warm(store, warming)
    finally:
        await store.close()


def measured(given: argparse.Namespace, temporary: Path) -> dict[str, Any]:
    """Measure both sides."""
    file, warming, rows = temporary / "graph.jsonl", temporary / "warm.jsonl", temporary / "rows"
    entities = max(int(given.items / (1 + LINKS_EACH)), FEWEST)
    write_lines(Generator(entities, Draw(given.seed)).groups(), file)
    write_lines(Generator(WARMING, Draw(given.seed + 1)).groups(), warming)
    with engine(temporary / "import") as endpoint:
        asyncio.run(_warmed(endpoint, warming))
        seconds, memory = imported(endpoint, file)
        items = asyncio.run(_with_store(endpoint, rows, warming, first=True))
    with engine(temporary / "bare") as endpoint:
        plain = asyncio.run(_with_store(endpoint, rows, warming, first=False))
    return {
        "entities": entities,
        "items": items,
        "importSeconds": round(seconds, 1),
        "bareSeconds": round(plain, 1),
        "ratio": round(seconds / plain, 2),
        "importPerSecond": round(items / seconds),
        "barePerSecond": round(items / plain),
        "clientMemoryMb": memory,
        "load": given.load,
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}",
    }


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bench.imports", description="Compare the import with bare UNWIND.")
    parser.add_argument("--items", type=int, default=20_000, help="entities and links, about (default: 20000)")
    parser.add_argument("--seed", type=int, default=1, help="of the graph (default: 1)")
    given = parser.parse_args()
    given.load = round(os.getloadavg()[0], 1)
    return given


def main() -> None:
    """Run the comparison."""
    given = arguments()
    with told(), TemporaryDirectory(prefix="graph-api-bench-") as temporary:
        facts = measured(given, Path(temporary))
        RESULTS.mkdir(exist_ok=True)
        text = f"{json.dumps(facts, indent=1)}\n"
        (RESULTS / f"imports-{given.items}.json").write_text(text, encoding="utf-8")
        console().print(
            f"{facts['items']} items: import {facts['importSeconds']} s ({facts['importPerSecond']} a second, "
            f"{facts['clientMemoryMb']} MB), bare UNWIND {facts['bareSeconds']} s ({facts['barePerSecond']} a second): "
            f"ratio {facts['ratio']} (aim: {AIM:g} or less)"
        )


if __name__ == "__main__":
    main()
