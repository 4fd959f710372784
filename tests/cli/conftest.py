import pytest

from graph_api.store.connection import Store
from graph_api.store.endpoint import Endpoint
from graph_api.store.migrations import prepare
from graph_api.transfer import REAL_SEEDS, import_paths, seed_paths
from tests.cli.commands import Commands


@pytest.fixture(scope="session")
def commands(endpoint: Endpoint) -> Commands:
    return Commands(endpoint)


@pytest.fixture(scope="module")
async def seeded(graph: Store) -> Store:
    """Return the store with both seeds in its graph, and nothing else."""
    await prepare(graph)
    await import_paths(graph, seed_paths(*REAL_SEEDS), actor="test")
    return graph
