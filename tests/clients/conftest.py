"""What the tools make, made once, and a service to send it to."""

import json
import shutil
from collections.abc import Iterator

import pytest

from graph_api.store.connection import Store
from graph_api.store.endpoint import Endpoint
from graph_api.store.migrations import prepare
from graph_api.transfer import REAL_SEEDS, import_paths, seed_paths
from tests.cli.commands import Commands
from tests.clients.tools import BUILT, run


@pytest.fixture(scope="session")
def relay_operations() -> dict[str, str]:
    """Compile what is in relay/, and return the operations that Relay would send, by name."""
    shutil.rmtree(BUILT / "relay", ignore_errors=True)
    (BUILT / "relay").mkdir(parents=True)
    sent = BUILT / "relay-operations.json"
    sent.write_text("{}", encoding="utf-8")
    said = run("relay-compiler", "--noWatchman", "relay.config.json")
    assert "Compilation completed." in said
    texts = json.loads(sent.read_text(encoding="utf-8")).values()
    return {text.removeprefix("query ").partition("(")[0]: text for text in texts}


@pytest.fixture(scope="session")
def generated() -> list[str]:
    """Generate TypeScript for operations/ and for the whole schema, and return the names of the files."""
    shutil.rmtree(BUILT / "codegen", ignore_errors=True)
    run("node", "codegen.js", "build/codegen")
    return sorted(str(path.relative_to(BUILT)) for path in (BUILT / "codegen").rglob("*.ts"))


@pytest.fixture(scope="module")
async def seeded(graph: Store, endpoint: Endpoint) -> Endpoint:
    """Return the Neo4j with both seeds in its graph, and nothing else."""
    await prepare(graph)
    await import_paths(graph, seed_paths(*REAL_SEEDS), actor="test")
    return endpoint


@pytest.fixture(scope="module")
def address(seeded: Endpoint) -> Iterator[str]:
    """Serve both seeds, and return where."""
    with Commands(seeded).serving("serve", "--port", "0") as service:
        address = service.wait_for("Serving at ")
        service.wait_for("Ready.")
        yield address
