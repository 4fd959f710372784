"""A graph that is ready to be written to, and empty again for each test that asks for it so."""

from pathlib import Path

import pytest

from graph_api.store.connection import Store
from graph_api.store.migrations import prepare

CASES = Path(__file__).parent / "cases"


@pytest.fixture(scope="module")
async def prepared(graph: Store) -> Store:
    await prepare(graph)
    return graph


@pytest.fixture
def cases(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in the folder of the cases, so that places read the same on every machine."""
    monkeypatch.chdir(CASES)
    return Path()
