"""What comes before a body, and after it, is bounded before anybody is asked who sends it."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress

import httpx
import pytest
from sample import make_app

from graph_api.web.head import MOST, TOO_LONG
from tests.served import served

BEGUN = b"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
LONG = b"x" * (2 * MOST)
ENDLESS: Mapping[str, bytes] = {
    "address": b"GET /graphql?query=%b HTTP/1.1\r\nHost: localhost\r\n\r\n" % LONG,
    "address without end": b"GET /graphql?query=" + LONG,
    "header": BEGUN + b"X: " + LONG + b"\r\n\r\n",
    "header without end": BEGUN + b"X: " + LONG,
    "headers": BEGUN + b"X: y\r\n" * MOST,
    "trailer": BEGUN + b"Transfer-Encoding: chunked\r\n\r\n0\r\nX: " + LONG + b"\r\n\r\n",
    "trailer without end": BEGUN + b"Transfer-Encoding: chunked\r\n\r\n0\r\nX: " + LONG,
    "chunk's size": BEGUN + b"Transfer-Encoding: chunked\r\n\r\n1;x=" + LONG,
}


@pytest.fixture(scope="module")
async def address() -> AsyncIterator[str]:
    async with served(make_app()) as address:
        yield address


async def talk(address: str, said: bytes, pause: float) -> bytes:
    """Say something in pieces, and return what is answered until the connection closes."""
    url = httpx.URL(address)
    reader, writer = await asyncio.open_connection(url.host, url.port)
    with suppress(ConnectionError):
        for place in range(0, len(said), 10_000):
            writer.write(said[place : place + 10_000])
            await writer.drain()
            await asyncio.sleep(pause)

    async with asyncio.timeout(10):
        received = await reader.read()
    writer.close()
    return received


@pytest.mark.parametrize("name", ENDLESS)
@pytest.mark.parametrize("pause", [0, 0.005])
async def test_too_long_it_is_refused_and_the_connection_closed(address: str, name: str, pause: float) -> None:
    received = await talk(address, ENDLESS[name], pause)
    assert received.startswith(b"HTTP/1.1 431 ")
    _, _, body = received.partition(b"\r\n\r\n")
    assert json.loads(body) == {"errors": [{"message": TOO_LONG, "extensions": {"code": "BAD_USER_INPUT"}}]}
    assert received.count(b"HTTP/1.1") == 1


async def test_a_long_body_and_many_requests_over_one_connection_are_none_of_it(address: str) -> None:
    query = "{ __typename } #"
    async with httpx.AsyncClient(base_url=address) as http:
        for _ in range(3):
            for length in (60_000, 900_000):
                response = await http.post("/graphql", json={"query": query + "x" * length})
                assert response.json() == {"data": {"__typename": "Query"}}
            response = await http.get("/graphql", params={"query": query + "x" * 60_000})
            assert response.json() == {"data": {"__typename": "Query"}}
