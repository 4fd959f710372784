"""The golden cases: each folder here is a test. See CONTRIBUTING.md."""

from collections.abc import AsyncIterator

import pytest

from graph_api.schema.service import Service, build_service
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from graph_api.transfer import REAL_SEEDS, import_paths, seed_paths
from tests.cases.case import CASES, Case


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-cases", action="store_true", help="Write the golden cases anew, never answers by hand.")


@pytest.fixture(params=CASES, ids=lambda path: path.name)
def case(request: pytest.FixtureRequest) -> Case:
    return Case(request.param, request.config.getoption("--update-cases"))


@pytest.fixture(scope="module")
async def service(graph: Store) -> AsyncIterator[Service]:
    """Yield the service over both seeds and the graphs that cases bring along; their keys are disjoint."""
    await prepare(graph)
    graphs = [path for folder in CASES if (path := folder / "graph.yaml").exists()]
    await import_paths(graph, [*seed_paths(*REAL_SEEDS), *graphs], actor="test")
    yield build_service(graph)
    graph.on_statement = None
