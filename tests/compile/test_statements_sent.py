"""What crosses to Neo4j: one statement and one record for each root field, by indexes, with values as parameters."""

from collections.abc import Iterator
from typing import Any

import pytest

from graph_api.model import MODEL
from graph_api.schema.service import Service, build_service
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from graph_api.transfer import REAL_SEEDS, import_paths, seed_paths

Sent = list[tuple[str, int]]

HOSTILE = (
    "R2",
    "",
    "' OR 1=1 //",
    '"}) DETACH DELETE n0 //',
    "$key",
    "{{spine}}",
    "\\u0027",
    "`",
    "\x00",
    "R2\n",
    "\U0001d57d2",
    "a" * 100_000,
)


@pytest.fixture(scope="module")
async def service(graph: Store) -> Service:
    await prepare(graph)
    await import_paths(graph, seed_paths(*REAL_SEEDS), actor="test")
    return build_service(graph)


@pytest.fixture
def sent(graph: Store) -> Iterator[Sent]:
    seen: Sent = []
    graph.on_statement = lambda text, records: seen.append((text, records))
    yield seen
    graph.on_statement = None


async def test_a_selection_is_one_statement_and_one_record_for_each_root_field(service: Service, sent: Sent) -> None:
    query = """{
      a: opportunity(key: "R2") { insights { nodes { observedAt { nodes { key } } voicedBy { nodes { key } } } } }
      b: department(key: "myva") { ownedInitiatives { nodes { opportunities { nodes { key } } } } }
      none: persona(key: "nobody") { key }
    }"""
    result = await service.ask(query)
    assert result.errors is None
    assert [records for _, records in sent] == [1, 1, 1]


@pytest.mark.parametrize(
    "query",
    [
        '{ trace(kind: KPI, key: "K2") { nodes { entity { key name } } links { start { name } } start { name } } }',
        '{ opportunity(key: "R2") { departments { edges { node { name } paths { steps { entity { name } } } } } } }',
        '{ department(key: "myva") { opportunities { nodes { name } } pains { owned { nodes { name } } } name } }',
    ],
)
async def test_a_question_is_two_statements_of_one_record(service: Service, sent: Sent, query: str) -> None:
    result = await service.ask(query)
    assert result.errors is None
    assert [records for _, records in sent] == [1, 1]


async def test_a_question_whose_answer_names_no_entity_is_one_statement(service: Service, sent: Sent) -> None:
    await service.ask('{ trace(kind: KPI, key: "K2") { kinds { kind count } } }')
    assert [records for _, records in sent] == [1]


async def test_what_is_asked_of_the_schema_sends_nothing(service: Service, sent: Sent) -> None:
    result = await service.ask('{ __schema { queryType { name } } __type(name: "KPI") { name } __typename }')
    assert result.data == {
        "__schema": {"queryType": {"name": "Query"}},
        "__type": {"name": "KPI"},
        "__typename": "Query",
    }
    assert sent == []


@pytest.mark.parametrize("field", ["opportunity", "trace"])
async def test_the_text_of_a_statement_does_not_depend_on_values(service: Service, sent: Sent, field: str) -> None:
    query = {
        "opportunity": "query Q($key: String!) { opportunity(key: $key) { name } }",
        "trace": "query Q($key: String!) { trace(kind: OPPORTUNITY, key: $key) { start { id } } }",
    }[field]
    for value in HOSTILE:
        result = await service.ask(query, {"key": value})
        assert result.errors is None
        assert (result.data[field] is not None) == (value == "R2")
    # The trace that finds something hydrates its start with a second statement.
    assert len({text for text, _ in sent}) == (1 if field == "opportunity" else 2)
    for value in HOSTILE:
        assert not value.strip() or value in {"`", "$key"} or all(value not in text for text, _ in sent)


async def test_literal_values_stay_out_of_the_text_too(service: Service, sent: Sent) -> None:
    await service.ask('{ opportunity(key: "literally-this") { name } }')
    ((text, _),) = sent
    assert "literally-this" not in text


@pytest.mark.parametrize("kind", MODEL.keyed)
async def test_a_look_up_by_key_uses_the_index_of_its_kind(
    service: Service, graph: Store, sent: Sent, kind: str
) -> None:
    await service.ask(f'{{ {MODEL.kinds[kind].field_name}(key: "none") {{ name }} }}')
    await _uses_indexes_only(graph, sent, key="none")


@pytest.mark.parametrize(
    "query",
    [
        '{ node(id: "none") { id ... on Entity { name } ... on Insight { severity } } }',
        '{ insight(id: "none") { name opportunities { nodes { name ownedBy { name } } } } }',
    ],
)
async def test_a_look_up_by_id_uses_the_index_of_all_entities(
    service: Service, graph: Store, sent: Sent, query: str
) -> None:
    await service.ask(query)
    await _uses_indexes_only(graph, sent, id="none")


@pytest.mark.parametrize("kind", MODEL.keyed)
async def test_a_trace_uses_indexes_only(service: Service, graph: Store, sent: Sent, kind: str) -> None:
    await service.ask(f'{{ trace(kind: {MODEL.kinds[kind].enum_name}, key: "none") {{ kinds {{ kind }} }} }}')
    await _uses_indexes_only(graph, sent, key="none")


async def test_hydration_uses_indexes_only(service: Service, graph: Store, sent: Sent) -> None:
    await service.ask('{ trace(kind: KPI, key: "K2") { nodes { entity { key ... on Insight { severity } } } } }')
    await _uses_indexes_only(graph, sent[1:], ids0=["none"])


async def _uses_indexes_only(graph: Store, sent: Sent, **parameters: Any) -> None:
    texts = [text for text, _ in sent]
    assert texts
    for text in texts:
        operators = {operator.name for operator in (await graph.explain(text, parameters)).walk()}
        assert any("IndexSeek" in name for name in operators), operators
        assert not any("Scan" in name for name in operators), operators
