"""Whatever somebody sends who means no good has an answer in our own words, and the next request has its own.

The service runs in a process of its own, as people run it. No time is held against it here but that each answer comes.
"""

import asyncio
import json
import socket as sockets
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

import hostile
import httpx
import pytest
from follower import Socket, opened
from graphql import GraphQLInputObjectType
from websockets.exceptions import ConnectionClosed

from graph_api.schema.service import build_schema
from graph_api.settings import Limits
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from graph_api.web.negotiation import GRAPHQL_RESPONSE, JSON
from tests.cli.commands import Commands, Service

PATIENCE = 60.0  # seconds
LIMITS = Limits()
VERBS = ("create", "delete", "restore", "revert")
SCALARS: Mapping[str, tuple[str, ...]] = {
    "String": tuple(map(json.dumps, hostile.TEXTS)) + hostile.HALVES + hostile.NUMBERS,
    "ID": tuple(map(json.dumps, hostile.TEXTS)) + hostile.HALVES + hostile.NUMBERS,
    "Int": hostile.NUMBERS,
    "Float": hostile.NUMBERS,
    "Date": tuple(map(json.dumps, hostile.DAYS)) + hostile.NUMBERS,
    "DateTime": tuple(map(json.dumps, hostile.MOMENTS)) + hostile.NUMBERS,
    "Decimal": tuple(map(json.dumps, hostile.AMOUNTS)) + hostile.NUMBERS,
    "Duration": tuple(map(json.dumps, hostile.SPANS)) + hostile.NUMBERS,
}
"""What is written, as JSON, where a value of a scalar belongs."""

FILTERED: Mapping[str, str] = {
    "String": "goals name",
    "ID": "goals id",
    "Int": "goals revision",
    "Float": "insights severity",
    "Date": "goals goalHorizon",
    "DateTime": "goals createdAt",
    "Decimal": "initiatives cost",
    "Duration": "stages duration",
}
"""A list and a field of each scalar, by which the list can be filtered."""


@pytest.fixture(scope="module")
async def running(graph: Store) -> AsyncIterator[Service]:
    await prepare(graph)
    with Commands(graph.endpoint).serving("serve", "--port", "0", LIMIT_REQUESTS="off") as service:
        await asyncio.to_thread(service.wait_for, "Ready.")
        yield service


@pytest.fixture(scope="module")
def address(running: Service) -> str:
    return running.wait_for("Serving at ").removesuffix("/graphql")


@pytest.fixture(scope="module")
async def client(address: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE, trust_env=False) as client:
        yield client


@pytest.fixture(autouse=True)
async def nothing_is_broken(client: httpx.AsyncClient, running: Service) -> AsyncIterator[None]:
    """See after each test that the service answers, and that its log has no fault of its own."""
    yield
    await usual(client)
    assert "Traceback" not in running.said


async def usual(client: httpx.AsyncClient) -> None:
    response = await client.post("/graphql", json={"query": "{ goals { totalCount } }"})
    assert (response.status_code, list(response.json())) == (200, ["data"])


async def post(client: httpx.AsyncClient, body: bytes, accept: str = JSON) -> list[str]:
    """Send a body, and return what is wrong with the answer."""
    headers = {"content-type": JSON, "accept": accept}
    try:
        response = await client.post("/graphql", content=body, headers=headers)
    except httpx.TransportError:
        # Who is still sending when the refusal comes may lose it with the connection.
        return [] if len(body) > LIMITS.body else ["there is no answer"]
    return hostile.faults(response.status_code, response.content, body.decode(errors="replace"))


@pytest.mark.parametrize("accept", [JSON, GRAPHQL_RESPONSE])
@pytest.mark.parametrize("name", hostile.BODIES)
async def test_a_body(client: httpx.AsyncClient, name: str, accept: str) -> None:
    assert await post(client, hostile.BODIES[name], accept) == []


@pytest.mark.parametrize("name", hostile.DOCUMENTS)
async def test_a_document(client: httpx.AsyncClient, name: str) -> None:
    assert await post(client, json.dumps({"query": hostile.DOCUMENTS[name]}).encode()) == []


@pytest.mark.parametrize("name", hostile.DOCUMENTS)
async def test_a_document_in_the_address(client: httpx.AsyncClient, name: str) -> None:
    document = hostile.DOCUMENTS[name][:15_000]
    response = await client.get("/graphql", params={"query": document})
    assert response.status_code < 500
    if response.headers["content-type"].startswith("text/plain"):  # the server itself: the address is too long
        assert response.status_code in {400, 414, 431}
    else:
        assert hostile.faults(response.status_code, response.content, document) == []


SOME = pytest.mark.parametrize("step", [3, pytest.param(1, marks=pytest.mark.long)], ids=["some", "all"])


def some(values: Sequence[str], place: int, step: int) -> Sequence[str]:
    """Choose one value in so many: of several places, each gets others."""
    return values[place % step :: step]


def written(sort: str, type_: str, selection: str, value: str) -> bytes:
    """Write a body whose one variable holds a value, given as JSON."""
    query = json.dumps(f"{sort} A($v: {type_}) {{ {selection} }}")
    return f'{{"query": {query}, "variables": {{"v": {value}}}}}'.encode()


@SOME
@pytest.mark.parametrize("place", hostile.PLACES)
async def test_a_text(client: httpx.AsyncClient, place: str, step: int) -> None:
    type_, selection = hostile.PLACES[place]
    sort = "mutation" if selection.startswith(VERBS) else "query"
    wrong = {
        value[:100]: found
        for value in some(SCALARS["String"], list(hostile.PLACES).index(place), step)
        if (found := await post(client, written(sort, type_, selection, value)))
    }
    assert wrong == {}


@pytest.mark.parametrize("end", ["after", "before"])
async def test_a_cursor(client: httpx.AsyncClient, end: str) -> None:
    lists = ("goals", "changes", 'search(text: "a"', "gaps", "kpiStates", "portfolio(of: OPPORTUNITY")
    wrong = {}
    values = tuple(map(json.dumps, hostile.CURSORS))
    for name, value in (*product(lists, values), *product(lists[:1], SCALARS["String"])):
        opening = f"{name}, " if "(" in name else f"{name}("
        body = written("query", "String", f"{opening}{end}: $v) {{ __typename }}", value)
        if found := await post(client, body):
            wrong[name, value[:100]] = found
    assert wrong == {}


async def test_a_cursor_that_was_meddled_with(client: httpx.AsyncClient) -> None:
    for name in ("One", "Two"):
        await client.post(
            "/graphql", json={"query": f'mutation {{ createGoal(input: {{name: "{name}"}}) {{ changeSet }} }}'}
        )
    orders = ("", "orderBy: [{by: NAME}], ", "orderBy: [{by: GOAL_HORIZON, direction: DESC}], ")
    for order in orders:
        query = f"query A($v: String) {{ goals({order}first: 1, after: $v) {{ pageInfo {{ endCursor }} }} }}"
        answer = (await client.post("/graphql", json={"query": query})).json()
        cursor = answer["data"]["goals"]["pageInfo"]["endCursor"]
        spoilt = [cursor[:end] for end in range(len(cursor))]
        spoilt += [f"{cursor[:at]}{letter}{cursor[at + 1 :]}" for at in range(len(cursor)) for letter in "A9_="]
        for each in spoilt:
            body = json.dumps({"query": query, "variables": {"v": each}}).encode()
            assert await post(client, body) == [], each


def operators() -> Iterator[tuple[str, str, str]]:
    """Yield scalar, operator and its type, of each operator of each scalar's filter."""
    core = build_schema()._schema
    for scalar in FILTERED:
        for suffix in ("Filter", "ListFilter"):
            filter_ = core.type_map.get(f"{scalar}{suffix}")
            if isinstance(filter_, GraphQLInputObjectType):
                for name, each in filter_.fields.items():
                    yield scalar, name, str(each.type)


@SOME
@pytest.mark.parametrize(("place", "scalar", "operator", "type_"), [(n, *each) for n, each in enumerate(operators())])
async def test_a_filter(  # noqa: PLR0913, PLR0917 - the cases
    client: httpx.AsyncClient, place: int, scalar: str, operator: str, type_: str, step: int
) -> None:
    many, field = FILTERED[scalar].split()
    if operator in {"has", "hasAny", "hasAll", "isEmpty"}:
        field = "tags"
    selection = f"{many}(filter: {{{field}: {{{operator}: $v}}}}) {{ totalCount nodes {{ {field} }} }}"
    values = SCALARS[scalar] if type_ != "IntFilter" else tuple(f'{{"lt": {value}}}' for value in hostile.NUMBERS)
    listed = tuple(f"[{value}, {value}]" for value in values) if type_.startswith("[") else ()
    wrong = {
        value[:100]: found
        for value in (*some((*values, *listed), place, step), "null", "[]", "[null]", "{}")
        if (found := await post(client, written("query", type_, selection, value)))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("scalar", "selection"),
    [
        ("Int", "goals(first: $v) { nodes { key } }"),
        ("Int", "goals(last: $v) { nodes { key } }"),
        ("Int", 'createSegment(input: {name: "a", size: $v}) { segment { size } userErrors { message } }'),
        ("Date", "coverage(on: $v) { __typename }"),
        ("Date", "kpiStates(on: $v) { nodes { __typename } }"),
        ("Date", "forecastRealism(on: $v) { __typename }"),
        ("Date", "goalStates(on: $v) { nodes { __typename } }"),
        ("Date", 'createGoal(input: {name: "a", goalHorizon: $v}) { goal { goalHorizon } userErrors { message } }'),
        ("DateTime", "changes(filter: {since: $v}) { nodes { key } }"),
        ("DateTime", "changes(filter: {until: $v}) { nodes { key } }"),
        ("Float", 'createInsight(input: {name: "a", severity: $v}) { insight { severity } userErrors { message } }'),
        ("Float", 'createKPI(input: {name: "a", target: $v, baseline: $v}) { kpi { target } userErrors { message } }'),
        ("Float", "plan(of: PROPOSITION, budgetPersonDays: $v) { __typename }"),
        (
            "Decimal",
            'createInitiative(input: {name: "a", cost: $v, currency: "EUR"}) { userErrors { message } }',
        ),
        ("Duration", 'createStage(input: {name: "a", duration: $v}) { stage { duration } userErrors { message } }'),
    ],
)
async def test_a_value(client: httpx.AsyncClient, scalar: str, selection: str) -> None:
    sort = "mutation" if selection.startswith(VERBS) else "query"
    wrong = {}
    for value in (*SCALARS[scalar], "null", "[]", "{}"):
        if found := await post(client, written(sort, scalar, selection, value)):
            wrong[value[:100]] = found
    assert wrong == {}


def talk(address: str, text: bytes) -> bytes:
    """Send bytes as they are, and return what comes back until the other side closes or has no more to say."""
    host, _, port = address.removeprefix("http://").partition(":")
    received = b""
    with sockets.create_connection((host, int(port)), timeout=10) as connection:
        try:
            connection.sendall(text)
            connection.shutdown(sockets.SHUT_WR)
            while block := connection.recv(65_536):
                received += block
        except (ConnectionError, TimeoutError):
            pass  # closed on somebody who sends more than it reads
    return received


def check(received: bytes) -> None:
    """Hold what came against what may come: an answer of ours, the server's short one, or the end of a broken talk."""
    if not received:
        return
    status = int(received.split(b" ", 2)[1])
    assert status < 500, received[:500]
    head, _, body = received.partition(b"\r\n\r\n")
    assert b"set-cookie" not in head.lower()
    assert hostile.leaks(body.decode(errors="replace")) == []


@pytest.mark.parametrize("name", hostile.HEADERS)
async def test_a_header(address: str, name: str) -> None:
    body = b'{"query": "{ __typename }"}'
    usual_ones = b"Host: localhost\r\nConnection: close\r\n"
    if b"Content-Length" not in hostile.HEADERS[name]:
        usual_ones += b"Content-Length: %d\r\n" % len(body)
    if b"Content-Type" not in hostile.HEADERS[name]:
        usual_ones += b"Content-Type: application/json\r\n"
    request = b"POST /graphql HTTP/1.1\r\n" + usual_ones + hostile.HEADERS[name] + b"\r\n" + body
    check(await asyncio.to_thread(talk, address, request))


@pytest.mark.parametrize("name", hostile.LINES)
async def test_a_first_line(address: str, name: str) -> None:
    request = hostile.LINES[name] + b"Host: localhost\r\nConnection: close\r\n\r\n"
    check(await asyncio.to_thread(talk, address, request))


SUBSCRIBE = {"type": "subscribe", "id": "1", "payload": {"query": "{ __typename }"}}
WRONG_VALUES: tuple[object, ...] = (
    None,
    0,
    1e308,
    True,
    "",
    "x",
    "\0",
    "\ud800",
    [],
    [[]],
    {},
    {"a": None},
    hostile.LONG,
)


def messages() -> Iterator[str | bytes]:
    """Yield messages: each member of each that the protocol knows, taken away or of another type, and what is none."""
    known: list[dict[str, Any]] = [
        {"type": "connection_init", "payload": {}},
        {"type": "ping", "payload": {}},
        {"type": "pong", "payload": {}},
        SUBSCRIBE,
        {"type": "complete", "id": "1"},
        {"type": "next", "id": "1", "payload": {"data": None}},
        {"type": "error", "id": "1", "payload": []},
        {"type": "connection_ack"},
        {"type": "start", "id": "1", "payload": {}},
    ]
    yield from map(json.dumps, known)
    for message in known:
        for member in message:
            yield json.dumps({name: value for name, value in message.items() if name != member})
            yield from (json.dumps(message | {member: value}) for value in WRONG_VALUES)
    for member in ("query", "operationName", "variables", "extensions"):
        for value in WRONG_VALUES:
            yield json.dumps(SUBSCRIBE | {"payload": {"query": "{ __typename }"} | {member: value}})
    yield from ("", " ", "null", "7", "[]", '"x"', "{", "\0", hostile.NESTED, "9" * 5_000, "NaN", '{"type": "\\ud800"}')
    yield from (
        '{"type": "ping", "type": "pong"}',
        '{"type": "ping", "payload": ' + '{"a": ' * 5_000 + "1" + "}" * 5_000 + "}",
    )
    yield from (b"", b"\xff", b'{"type": "ping"}', b"\0" * 100_000)
    yield "x" * 3_000_000


async def heard(socket: Socket) -> list[str]:
    """Read until the service has answered a ping, or has closed the connection; say what is wrong with that."""
    found: list[str] = []
    try:
        await socket.send({"type": "ping"})
        while (message := await socket.receive()) != {"type": "pong"}:
            if message["type"] == "error":
                found += hostile.errors_faults(message["payload"])
            elif message["type"] == "next":
                found += hostile.errors_faults(message["payload"].get("errors", []))
    except ConnectionClosed as closed:
        if closed.rcvd is None:
            return ["closed without a word: 1006"]
        if closed.rcvd.code not in {1000, 1002, 1003, 1007, 1009, *range(4400, 4430)}:
            found.append(f"closed with {closed.rcvd.code}")
        found += hostile.leaks(closed.rcvd.reason)
    return found


@pytest.mark.parametrize("begun", [True, False], ids=["once it has begun", "before it has begun"])
async def test_a_message_over_websocket(address: str, begun: bool) -> None:  # noqa: FBT001 - pytest gives it
    wrong = {}
    for message in messages():
        async with opened(address, begun=begun) as socket:
            await socket.send(message)
            if found := await heard(socket):
                wrong[message[:200]] = found
    assert wrong == {}


async def test_bytes_that_are_no_text_over_websocket(address: str) -> None:
    for spoilt in (b"\xff\xfe", b'{"type": "ping", "payload": {"a": "\xed\xa0\x80"}}', b"\xc0\xaf"):
        async with opened(address) as socket:
            await socket.connection.send(spoilt, text=True)
            assert await heard(socket) == []


@pytest.mark.parametrize("name", hostile.DOCUMENTS)
async def test_a_document_over_websocket(address: str, name: str) -> None:
    document = hostile.DOCUMENTS[name]
    async with opened(address) as socket:
        await socket.send({"type": "subscribe", "id": "1", "payload": {"query": document}})
        if name == "a subscription":
            return
        message = await socket.receive()
        errors = message["payload"] if message["type"] == "error" else message["payload"].get("errors", [])
        assert hostile.errors_faults(errors, document) == []


async def test_a_subscription_from_anywhere(address: str) -> None:
    query = "subscription A($v: String) { changes(after: $v) { cursor } }"
    wrong = {}
    async with opened(address) as socket:
        for number, value in enumerate((*map(json.dumps, hostile.CURSORS), *SCALARS["String"])):
            if len(value) > 100_000:
                continue
            payload = f'{{"query": {json.dumps(query)}, "variables": {{"v": {value}}}}}'
            if value in hostile.HALVES:
                continue  # they close the connection, as any message that is no JSON does
            await socket.send(f'{{"type": "subscribe", "id": "{number}", "payload": {payload}}}')
            await socket.send({"type": "complete", "id": str(number)})
            if found := await heard(socket):
                wrong[value[:100]] = found
    assert wrong == {}
