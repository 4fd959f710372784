"""How large the graph is, counted again every minute, for the compiler that tells what operations cost."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from graph_api.compile.cost import Statistics
from graph_api.compile.run import Compiler, Reader
from graph_api.errors import GraphApiError
from graph_api.store.statements import load

EVERY = 60.0
"""Seconds between two counts."""
SOON = 2.0
"""Seconds before another attempt where Neo4j does not answer, or has not been asked before."""

_log = logging.getLogger(__name__)


async def statistics(reader: Reader) -> Statistics:
    """Count the graph; raises where Neo4j does not tell, for instance because its user may not ask."""
    kinds, links = await reader.read(load("statistics").text)
    return Statistics(dict(kinds), dict(links))


@asynccontextmanager
async def counting(compiler: Compiler, reader: Reader) -> AsyncIterator[None]:
    """Keep the compiler's statistics up to date inside the context. Where they cannot be had, it takes averages."""
    task = asyncio.create_task(_count(compiler, reader), name="statistics")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _count(compiler: Compiler, reader: Reader) -> None:
    told = False
    while True:
        try:
            compiler.admission.statistics = await statistics(reader)
            pause, told = EVERY, False
        except GraphApiError as error:
            pause = SOON
            if not told:
                _log.warning("The graph cannot be counted; what operations cost is estimated without: %s", error)
                told, pause = True, EVERY
        await asyncio.sleep(pause)
