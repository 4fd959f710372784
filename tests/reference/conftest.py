"""A random graph in Neo4j, the service over it, and the reference that has loaded it."""

import pytest

from graph_api.schema.service import build_service
from graph_api.settings import Limits
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from tests.reference.operations import Generator
from tests.reference.proof import OPERATIONS, SEED, Proof
from tests.reference.random_graph import write_random_graph
from tests.reference.reference import Graph, Reference


@pytest.fixture(scope="module")
async def written(graph: Store) -> Store:
    await prepare(graph)
    await write_random_graph(graph, SEED)
    return graph


@pytest.fixture(scope="module")
async def proof(written: Store) -> Proof:
    loaded = await Graph.load(written)
    # What is proved is that answers are right, whatever they cost.
    service = build_service(written, limits=Limits(cost=10**12, heavy_cost=10**12))
    return Proof(service, Reference(loaded), Generator(service.schema._schema, loaded))


def pytest_report_header() -> str:
    return f"reference: SEED={SEED} OPERATIONS={OPERATIONS}"
