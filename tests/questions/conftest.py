"""The demo company and one public data set, in a real graph."""

import pytest

from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from graph_api.transfer import import_paths, seed_paths
from tests.questions.asking import Asking


@pytest.fixture(scope="module")
async def asking(graph: Store) -> Asking:
    await prepare(graph)
    await import_paths(graph, seed_paths("demo", "veteran-transition"), actor="test")
    return Asking(graph)
