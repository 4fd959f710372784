"""What clients send to a running service: Relay what its compiler wrote, Python's gql what it has checked itself."""

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from gql import Client, GraphQLRequest
from gql.transport.httpx import HTTPXAsyncTransport
from graphql import GraphQLError, build_schema, lexicographic_sort_schema, print_schema

from graph_api.schema.service import schema_text

PATIENCE = 60.0  # seconds: the machine may have other things to do
OPERATIONS = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent / "operations").glob("*.graphql"))
)


@pytest.fixture(scope="module")
async def relay(address: str, relay_operations: dict[str, str]) -> "Relay":
    return Relay(address, relay_operations)


class Relay:
    """Sends what Relay sends."""

    def __init__(self, address: str, operations: dict[str, str]) -> None:
        self.address = address
        self.operations = operations

    async def send(self, name: str, **variables: Any) -> Any:
        async with httpx.AsyncClient(timeout=PATIENCE) as client:
            sent = {"query": self.operations[name], "variables": variables}
            answer = (await client.post(self.address, json=sent)).json()
        assert "errors" not in answer, answer
        return answer["data"]


async def test_relay_loads_a_list_page_by_page(relay: Relay) -> None:
    first = (await relay.send("OpportunityListQuery", count=2))["opportunities"]
    assert first["pageInfo"]["hasNextPage"]
    found = [edge["node"]["key"] for edge in first["edges"]]
    page = first
    while page["pageInfo"]["hasNextPage"]:
        page = (await relay.send("OpportunityListPage", count=2, cursor=page["pageInfo"]["endCursor"]))["opportunities"]
        found += [edge["node"]["key"] for edge in page["edges"]]
    assert len(found) == len(set(found)) == first["totalCount"]


async def test_relay_loads_a_nested_list_forwards_and_backwards_from_its_owner(relay: Relay) -> None:
    listed = await relay.send("OpportunityListQuery", count=1, filter={"key": {"eq": "R2"}})
    owner = listed["opportunities"]["edges"][0]["node"]["id"]

    async def page(**asked: int | str) -> Any:
        # Relay sends null for the direction in which it does not go.
        variables = {"first": None, "after": None, "last": None, "before": None} | asked
        node = (await relay.send("OpportunityInsightsPage", id=owner, **variables))["node"]
        assert node["__typename"] == "Opportunity"
        return node["insights"]

    whole = (await page(first=10))["edges"]
    assert len(whole) > 1
    start = await page(first=1)
    rest = await page(first=10, after=start["pageInfo"]["endCursor"])
    assert start["edges"] + rest["edges"] == whole
    back = await page(last=10, before=rest["pageInfo"]["startCursor"])
    assert back["edges"] == start["edges"]


async def test_relay_fetches_an_entity_again_by_its_id(relay: Relay) -> None:
    (edge,) = (await relay.send("OpportunityListQuery", count=1))["opportunities"]["edges"]
    node = (await relay.send("OpportunityCardAgain", id=edge["node"]["id"]))["node"]
    assert node == {"__typename": "Opportunity"} | {
        name: edge["node"][name] for name in ("id", "key", "name", "customerValue", "opportunityStatus", "ownedBy")
    }
    assert (await relay.send("AnythingQuery", id=edge["node"]["id"]))["node"]["name"] == node["name"]


def gql_client(address: str) -> Client:
    transport = HTTPXAsyncTransport(url=address, timeout=PATIENCE)
    return Client(transport=transport, fetch_schema_from_transport=True, execute_timeout=PATIENCE)


async def test_gql_fetches_the_schema_and_asks_with_variables(address: str) -> None:
    client = gql_client(address)
    async with client as session:
        assert client.schema
        served = print_schema(lexicographic_sort_schema(client.schema))
        # gql does not ask which inputs are @oneOf, nor where a scalar is specified.
        own = print_schema(lexicographic_sort_schema(build_schema(schema_text())))
        assert served == re.sub(r" @oneOf| @specifiedBy\(.*?\)", "", own)

        wanted = {"first": 2, "filter": {"key": {"in": ["R2", "R3"]}}, "orderBy": [{"by": "KEY", "direction": "DESC"}]}
        asked = GraphQLRequest(OPERATIONS, variable_values=wanted, operation_name="Opportunities")
        opportunities = (await session.execute(asked))["opportunities"]
        assert [edge["node"]["key"] for edge in opportunities["edges"]] == ["R3", "R2"]
        assert opportunities["totalCount"] == 2

        node = opportunities["edges"][1]["node"]
        asked = GraphQLRequest(
            OPERATIONS, variable_values={"id": node["id"], "ids": [node["id"]]}, operation_name="Anything"
        )
        anything = await session.execute(asked)
        assert [anything["node"]["name"], anything["nodes"][0]["name"]] == [node["name"], node["name"]]

        asked = GraphQLRequest(OPERATIONS, variable_values={"kind": "OPPORTUNITY", "key": "R2"}, operation_name="Trace")
        assert (await session.execute(asked))["trace"]["start"] == {"key": "R2", "name": node["name"]}


async def test_gql_does_not_send_what_does_not_fit_the_schema(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    async with gql_client(address) as session:
        monkeypatch.setattr(httpx.AsyncClient, "post", None)
        with pytest.raises(GraphQLError, match="Cannot query field 'nome' on type 'Opportunity'"):
            await session.execute(GraphQLRequest("{ opportunities { nodes { nome } } }"))
