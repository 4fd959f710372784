"""How lists are read: by indexes that give their order, from wherever a cursor stands."""

from typing import Any

import pytest

from graph_api.schema.service import Service, build_service
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from graph_api.transfer import REAL_SEEDS, import_paths, seed_paths
from tests.recording import Recording


@pytest.fixture(scope="module")
async def recording(graph: Store) -> Recording:
    await prepare(graph)
    await import_paths(graph, seed_paths(*REAL_SEEDS), actor="test")
    return Recording(graph)


@pytest.fixture(scope="module")
def service(recording: Recording) -> Service:
    return build_service(recording)


async def _operators(recording: Recording, service: Service, arguments: str, **variables: Any) -> list[str]:
    recording.sent.clear()
    declared = "($c: String)" if variables else ""
    selection = "{ pageInfo { endCursor startCursor } nodes { key } }"
    query = f"query Q{declared} {{ initiatives({arguments}) {selection} }}"
    result = await service.ask(query, variables)
    assert result.errors is None
    ((text, parameters),) = recording.sent
    return [operator.name for operator in (await recording.store.explain(text, parameters)).walk()]


@pytest.mark.parametrize(
    "order", ["", "orderBy: {by: KEY}", "orderBy: {by: NAME, direction: DESC}", "orderBy: {by: DUE}"]
)
@pytest.mark.parametrize("cut", ["first: 2", "last: 2"])
async def test_the_first_page_comes_from_an_index_in_order(
    recording: Recording, service: Service, order: str, cut: str
) -> None:
    operators = await _operators(recording, service, f"{order} {cut}")
    assert any("Index" in name for name in operators)
    assert not {"NodeByLabelScan", "AllNodesScan", "Sort", "Top", "PartialTop"}.intersection(operators)


@pytest.mark.parametrize(
    "order", ["", "orderBy: {by: NAME, direction: DESC}", "orderBy: {by: DUE}", "orderBy: {by: FINISHED}"]
)
@pytest.mark.parametrize("way", ["after: $c", "before: $c, last: 2"])
async def test_a_later_page_is_sought_in_an_index_where_the_cursor_stands(
    recording: Recording, service: Service, order: str, way: str
) -> None:
    page = await service.ask(f"{{ initiatives({order} first: 3) {{ pageInfo {{ endCursor }} }} }}")
    cursor = page.data["initiatives"]["pageInfo"]["endCursor"]
    operators = await _operators(recording, service, f"{order} {way}", c=cursor)
    assert any("Index" in name for name in operators)
    assert not {"NodeByLabelScan", "AllNodesScan", "Sort", "Top", "PartialTop"}.intersection(operators)


async def test_a_page_filtered_by_an_indexed_equality_uses_an_index(recording: Recording, service: Service) -> None:
    operators = await _operators(
        recording, service, 'filter: {name: {eq: "Explore joining AskVA"}}, orderBy: {by: DUE}'
    )
    assert any("IndexSeek" in name for name in operators)
    assert "NodeByLabelScan" not in operators
