"""The golden cases: each folder here is a test. See CONTRIBUTING.md."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from graph_api.schema.service import Service, build_service
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from graph_api.transfer import import_paths, seed_paths

HERE = Path(__file__).parent
CASES = sorted(path.parent for path in HERE.glob("*/query.graphql"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-cases", action="store_true", help="Write the golden cases anew, never answers by hand.")


@dataclass(frozen=True)
class Case:
    """A folder: what is asked, and what must come of it at each stage."""

    folder: Path
    update: bool
    statements: list[tuple[str, int]] = field(default_factory=list)
    """The statements sent, each with the number of its records."""

    @property
    def query(self) -> str:
        return (self.folder / "query.graphql").read_text(encoding="utf-8")

    @property
    def variables(self) -> dict[str, Any]:
        path = self.folder / "variables.json"
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return found

    @property
    def by_hand(self) -> bool:
        """Whether somebody worked the answer out; the file by_hand says how."""
        return (self.folder / "by_hand.md").exists()

    def hold(self, name: str, text: str, *, may_update: bool = True) -> None:
        """Compare with the golden file, or write it."""
        path = self.folder / name
        if self.update and may_update:
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"{path.name} is missing; `make snapshots` writes it."
        assert text == path.read_text(encoding="utf-8")


@pytest.fixture(params=CASES, ids=lambda path: path.name)
def case(request: pytest.FixtureRequest) -> Case:
    return Case(request.param, request.config.getoption("--update-cases"))


@pytest.fixture(scope="module")
async def service(graph: Store) -> AsyncIterator[Service]:
    """Yield the service over both seeds and the graphs that cases bring along; their keys are disjoint."""
    await prepare(graph)
    graphs = [path for folder in CASES if (path := folder / "graph.yaml").exists()]
    await import_paths(graph, [*seed_paths(), *graphs], actor="test")
    yield build_service(graph)
    graph.on_statement = None
