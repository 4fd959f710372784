"""Time the picture of the demo's largest journey, as docs/questions/journey-map.md asks for it.

    python -m bench.journey_map

Starts an embedded Neo4j of its own, loads the demo, and starts the service as `graph-api serve` does. Tells how many of
the links that one operation may select the query takes, and how long its answer takes: the very first time, when Neo4j
and the service have never seen it, and when both know it.
"""

import argparse
import asyncio
import json
import re
from pathlib import Path
from statistics import median
from typing import Any

from graphql import OperationDefinitionNode, parse
from rich.table import Table

from bench.measuring import arguments_of, own_engine, tell
from bench.queries import Query
from bench.reads import FIRST_SEEN, WARMING
from bench.sides import SERVE, Asked, running
from graph_api.cli.terminal import console, report, told
from graph_api.errors import UserInputError
from graph_api.schema.service import build_service
from graph_api.settings import Limits
from graph_api.store.connection import Store
from graph_api.store.endpoint import Endpoint
from graph_api.store.migrations import prepare
from graph_api.transfer import import_paths, seed_paths

PAGE = Path(__file__).parents[1] / "docs" / "questions" / "journey-map.md"
LARGEST = """
MATCH (j:Journey)
RETURN j.key
ORDER BY count { (j)-[:HAS_STAGE]->()-[:HAS_STEP]->() } DESC, j.key
LIMIT 1
"""


def shown_query() -> str:
    """Return the query that the page shows first; raises UserInputError where it shows none."""
    found = re.search(r"^```graphql[^\n]*\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    if found is None:
        message = f"{PAGE.name} shows no query."
        raise UserInputError(message)
    return found[1]


async def loaded(endpoint: Endpoint) -> tuple[str, int]:
    """Load the demo; return the key of its largest journey, and how many links the query selects."""
    store = await Store.open(endpoint)
    try:
        await prepare(store)
        report("Loading the demo …")
        await import_paths(store, seed_paths("demo"), actor="bench")
        (key,) = await store.read(LARGEST)
        compiler, text = build_service(store).compiler, shown_query()
        document = parse(text)
        (operation,) = (one for one in document.definitions if isinstance(one, OperationDefinitionNode))
        variables = compiler.variables(operation, {"key": key})
        if isinstance(variables, list):
            raise variables[0]
        return key, compiler.prepare(text, document, operation, variables).plan.links
    finally:
        await store.close()


async def first_seen(endpoint: Endpoint, service: Asked, query: Query, key: str) -> list[float]:
    """Ask again and again what nobody has asked before: plans are thrown away, and a remark makes a new document."""
    store = await Store.open(endpoint)
    times = []
    try:
        for number in range(FIRST_SEEN):
            async with store.transaction() as tx:
                await tx.run("CALL db.clearQueryCaches()")
            times.append(service.ask(query, key, f"\n# {number}")[0])
    finally:
        await store.close()
    return times


def measured(endpoint: Endpoint, service: Asked) -> dict[str, Any]:
    """Measure everything; return the report for programs."""
    key, links = asyncio.run(loaded(endpoint))
    query = Query("journeyMap", "the picture of a journey", graphql=shown_query(), cypher="")
    very_first, answer = service.ask(query, key)
    if "errors" in json.loads(answer):
        message = f"The picture of {key} cannot be had: {answer!r}"
        raise UserInputError(message)
    warm = [service.ask(query, key)[0] for _ in range(WARMING)]
    return {
        "journey": key,
        "links": links,
        "linksAllowed": Limits().links,
        "depthAllowed": Limits().link_depth,
        "answerBytes": len(answer),
        "veryFirstMs": round(very_first, 1),
        "firstSeenMs": round(median(asyncio.run(first_seen(endpoint, service, query, key))), 1),
        "knownMs": round(median(warm[WARMING // 2 :]), 2),
    }


def show(facts: dict[str, Any]) -> None:
    """Show the figures to people."""
    table = Table(title=f"The picture of the journey {facts['journey']!r}")
    for name in ("links selected", "allowed", "very first ms", "first seen ms", "known ms", "bytes"):
        table.add_column(name, justify="right")
    names = ("links", "linksAllowed", "veryFirstMs", "firstSeenMs", "knownMs", "answerBytes")
    table.add_row(*(str(facts[name]) for name in names))
    console().print(table)


def main() -> None:
    """Run the measurement."""
    parser = argparse.ArgumentParser(prog="bench.journey_map", description="Time the picture of a journey.")
    given = arguments_of(parser)
    with told(), own_engine() as endpoint, running(SERVE, endpoint) as connection:
        tell(measured(endpoint, Asked(connection, graphql=True)), given, show)


if __name__ == "__main__":
    main()
