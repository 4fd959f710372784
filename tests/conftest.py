"""The Neo4j of a test run: the one that NEO4J_URI names, one in a container, or the embedded one."""

import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from pydantic import SecretStr
from testcontainers.community.neo4j import Neo4jContainer

from graph_api.settings import Settings
from graph_api.store.connection import Store
from graph_api.store.endpoint import Endpoint, open_endpoint

IMAGE = "neo4j:2026-community"


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("graph"))
    chosen = _container() if not settings.neo4j_uri and _docker_answers() else open_endpoint(settings, print)
    with chosen as endpoint:
        yield endpoint


@pytest.fixture(scope="session")
async def store(endpoint: Endpoint) -> AsyncIterator[Store]:
    store = await Store.open(endpoint)
    yield store
    await store.close()


@pytest.fixture(scope="module")
async def graph(store: Store) -> Store:
    """Yield the store with an emptied graph; constraints and indexes stay."""
    while (await _delete_some(store)) > 0:
        pass
    return store


async def _delete_some(store: Store) -> int:
    async with store.transaction() as tx:
        (row,) = await tx.run("MATCH (n) WITH n LIMIT 10000 DETACH DELETE n RETURN count(*) AS deleted")
    return int(row["deleted"])


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
