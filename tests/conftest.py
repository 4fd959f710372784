"""The Neo4j of a test run: the one that NEO4J_URI names, one in a container, or the embedded one.

The tests empty its graph again and again. The same variable names the Neo4j that people serve from; so the tests mark a
graph that they find empty with a node `(:TestGraph)`, which they keep, and touch none that is neither empty nor marked.
"""

import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from pydantic import SecretStr
from testcontainers.community.neo4j import Neo4jContainer
from xdist.remote import Producer  # type: ignore[import-untyped]
from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]
from xdist.workermanage import WorkerController  # type: ignore[import-untyped]

from graph_api.settings import Settings
from graph_api.store.connection import Store
from graph_api.store.endpoint import Endpoint, open_endpoint

IMAGE = "neo4j:2026-community"
CLIENTS = "tests/clients/"
QUESTIONS = "tests/questions/"
FEW_BUT_LONG = (
    "web/test_fuzz",
    "store/test_restart",
    "transfer/test_batches",
    "reference/test_reference",
    "store/test_engine",
)
"""Files of few tests that take a minute or two: they come first, not last, where all but one worker would wait."""

Claim = Callable[[Store], Awaitable[None]]


@pytest.fixture(scope="session")
def claim() -> Claim:
    """Return the function that makes a graph the tests' own, or ends the test run before anything is touched."""
    return _claim


@pytest.fixture(scope="session")
async def endpoint(tmp_path_factory: pytest.TempPathFactory, claim: Claim) -> AsyncIterator[Endpoint]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("graph"))
    chosen = _container() if not settings.neo4j_uri and _docker_answers() else open_endpoint(settings, print)
    with chosen as endpoint:
        store = await Store.open(endpoint)
        try:
            await claim(store)
        finally:
            await store.close()
        yield endpoint


@pytest.fixture(scope="session")
async def store(endpoint: Endpoint) -> AsyncIterator[Store]:
    store = await Store.open(endpoint)
    yield store
    await store.close()


@pytest.fixture(scope="session")
def empty() -> Claim:
    """Return the function that empties a graph; constraints and indexes stay, and the tests' mark."""
    return _empty


@pytest.fixture(scope="module")
async def graph(store: Store) -> Store:
    """Yield the store with an emptied graph."""
    await _empty(store)
    return store


async def _claim(store: Store) -> None:
    filled, marked = await store.read("RETURN EXISTS { MATCH (n) }, EXISTS { MATCH (n:TestGraph) }")
    if filled and not marked:
        pytest.exit(
            f"The tests would delete the graph in database {store.endpoint.database!r} at {store.endpoint.uri}, which"
            " holds nodes that no test made. Nothing was touched. Name an empty database by NEO4J_URI and"
            " NEO4J_DATABASE, or none: the tests then start a Neo4j of their own.",
            returncode=pytest.ExitCode.USAGE_ERROR,
        )
    if not marked:
        async with store.transaction() as tx:
            await tx.run("CREATE (:TestGraph)")


async def _empty(store: Store) -> None:
    while (await _delete_some(store)) > 0:
        pass


async def _delete_some(store: Store) -> int:
    # Few at a time: Neo4j holds in memory what a transaction deletes, and some texts are as long as they may be.
    async with store.transaction() as tx:
        (row,) = await tx.run(
            "MATCH (n) WHERE NOT n:TestGraph WITH n LIMIT 500 DETACH DELETE n RETURN count(*) AS deleted"
        )
    return int(row["deleted"])


class ByFile(LoadFileScheduling):  # type: ignore[misc] # xdist has no types
    """Gives the tests of a file to one worker, whose Neo4j they share, and those of the clients, who share a folder.

    The questions are two groups of files: each leaves its graph to the next, see questions/conftest.py.
    """

    def _assign_work_unit(self, node: WorkerController) -> None:
        for file in FEW_BUT_LONG:
            if (scope := f"tests/{file}.py") in self.workqueue:
                self.workqueue.move_to_end(scope, last=False)
        super()._assign_work_unit(node)

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        if file.startswith(QUESTIONS):
            return f"{QUESTIONS}{sum(file.encode()) % 2}"
        return CLIENTS if file.startswith(CLIENTS) else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    """Say how several workers share the tests."""
    return ByFile(config, log)


def _docker_answers() -> bool:
    address = urlsplit(os.environ.get("DOCKER_HOST", "unix:///var/run/docker.sock"))
    family = socket.AF_UNIX if address.scheme == "unix" else socket.AF_INET
    with socket.socket(family) as probe:
        try:
            probe.connect(address.path if address.scheme == "unix" else (address.hostname or "", address.port or 0))
        except OSError:
            return False
    return True


@contextmanager
def _container() -> Iterator[Endpoint]:
    with Neo4jContainer(IMAGE) as neo4j:
        yield Endpoint(neo4j.get_connection_url(), neo4j.username, SecretStr(neo4j.password), "neo4j")
