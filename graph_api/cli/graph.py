"""The graph, open for as long as a command works on it."""

import asyncio
from typing import TYPE_CHECKING, TypeVar

from graph_api.cli.terminal import report, settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from graph_api.store.connection import Store
    from graph_api.store.endpoint import Endpoint

T = TypeVar("T")


def with_graph(work: "Callable[[Store], Awaitable[T]]") -> T:
    """Open the Neo4j that the settings choose, do the work on it, close what was opened, and return the outcome."""
    from graph_api.store.endpoint import open_endpoint

    # Outside the event loop, which would hold back an interrupt until the engine has started.
    with open_endpoint(settings(), report) as endpoint:
        return asyncio.run(_with_store(endpoint, work))


async def _with_store(endpoint: "Endpoint", work: "Callable[[Store], Awaitable[T]]") -> T:
    from graph_api.store.connection import Store

    store = await Store.open(endpoint, settings().limit.seconds)
    try:
        return await work(store)
    finally:
        await store.close()
