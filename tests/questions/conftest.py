"""The demo company and one public data set, in a real graph."""

from collections.abc import Awaitable, Callable

import pytest

from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from graph_api.transfer import import_paths, seed_paths
from tests.questions.asking import Asking

LAST = "MATCH (c:Change) RETURN c.changeSet ORDER BY c.seq DESC LIMIT 1"


@pytest.fixture(scope="session")
def imported() -> set[str]:
    """Return the change sets that filled the graph: while one of them is the last, nothing has been changed since."""
    return set()


@pytest.fixture(scope="module")
async def asking(store: Store, empty: Callable[[Store], Awaitable[None]], imported: set[str]) -> Asking:
    # The import takes longer than most modules: one that leaves the graph as it was leaves it to the next.
    if not imported.intersection(await _last(store)):
        await empty(store)
        await prepare(store)
        await import_paths(store, seed_paths("demo", "veteran-transition"), actor="test")
        imported.update(await _last(store))
    return Asking(store)


async def _last(store: Store) -> set[str]:
    return {row["c.changeSet"] for row in await store.run(LAST)}
