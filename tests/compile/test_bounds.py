"""What one operation may ask for: past the bound it is refused before anything is read."""

import asyncio
from typing import Any

import pytest

from graph_api.compile.planner import DEPTH, LINKS
from graph_api.schema.service import DOCUMENTS, Service, build_service
from graph_api.store.connection import Store


class Nobody:
    """Reads nothing: what is refused must be refused before."""

    async def read(self, cypher: str, parameters: Any = None) -> list[Any]:
        raise AssertionError(cypher, parameters)


@pytest.fixture(scope="module")
def service() -> Service:
    return build_service(Nobody())


def nested(depth: int) -> str:
    return '{ opportunity(key: "R2") {' + "partOfOpportunity {" * depth + "key" + "}" * depth + "} }"


def wide(links: int) -> str:
    return '{ opportunity(key: "R2") {' + " ".join(f"a{n}: ownedBy {{ name }}" for n in range(links)) + "} }"


@pytest.mark.parametrize("query", [nested(DEPTH + 1), nested(150), wide(LINKS + 1), wide(1_000)])
async def test_too_many_links_or_too_deep_is_refused_before_anything_is_read(service: Service, query: str) -> None:
    result = await service.ask(query)
    assert result.data is None
    (error,) = result.errors
    assert error.extensions == {"code": "TOO_COSTLY"}
    assert "Ask for less at a time." in error.message


@pytest.mark.parametrize("query", [nested(DEPTH), wide(LINKS)])
async def test_as_much_as_is_allowed_is_answered(graph: Store, query: str) -> None:
    result = await build_service(graph).ask(query)
    assert result.errors is None


async def test_what_is_kept_of_documents_and_plans_is_bounded(graph: Store) -> None:
    service = build_service(graph)
    for number in range(DOCUMENTS + 20):
        await service.ask(f'{{ a{number}: goal(key: "none") {{ key }} }}')
    assert len(service.compiler._plans) == DOCUMENTS
    assert len(service.compiler._deciding) == DOCUMENTS


async def test_requests_at_the_same_time_do_not_take_each_others_documents(graph: Store) -> None:
    service = build_service(graph)
    results = await asyncio.gather(*(service.ask(f'{{ a{n}: goal(key: "none") {{ key }} }}') for n in range(50)))
    assert [result.data for result in results] == [{f"a{n}": None} for n in range(50)]
