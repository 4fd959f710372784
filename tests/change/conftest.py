"""A graph that is ready to be written to: emptied, migrated, with its constraints."""

import pytest

from graph_api.store.connection import Store
from graph_api.store.migrations import prepare


@pytest.fixture(scope="module")
async def ready(graph: Store) -> Store:
    await prepare(graph)
    return graph
