"""Following the history over WebSocket: what a client sees that reads every message."""

import asyncio
import socket as sockets
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from follower import FOLLOW, SEQ, end, opened, put

from graph_api.change.apply import apply
from graph_api.change.changeset import ChangeSet, EntityChange, LinkChange, Mode, Ref
from graph_api.questions.changes import cursor
from graph_api.schema.feed import WAITING
from graph_api.schema.service import build_service
from graph_api.settings import Limits
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from graph_api.web.access.bearer import Anyone
from graph_api.web.app import create_app
from graph_api.web.entry import Entry
from graph_api.web.health import Readiness
from graph_api.web.rates import Rates
from tests.cli.commands import Commands
from tests.dense import COUNTING, fill, until_running
from tests.served import served


@pytest.fixture(scope="module")
async def prepared(graph: Store) -> Store:
    await prepare(graph)
    return graph


@pytest.fixture(scope="module")
def commands(prepared: Store) -> Commands:
    return Commands(prepared.endpoint)


@pytest.fixture(scope="module")
def address(commands: Commands) -> Iterator[str]:
    with commands.serving("serve", "--port", "0") as service:
        address = service.wait_for("Serving at ").removesuffix("/graphql")
        service.wait_for("Ready.")
        yield address


async def test_a_change_is_told_with_all_that_is_selected(prepared: Store, address: str) -> None:
    after = cursor(await end(prepared))
    query = """
    subscription Follow($after: String) {
      changes(after: $after) {
        cursor
        change {
          action actor surface kind linkType key name
          fields { name before after }
          entity { __typename ... on Opportunity { customerValue initiatives { nodes { key } } } }
          start { ... on Entity { key } }
          finish { ... on Entity { key } }
        }
      }
    }
    """
    async with opened(address) as socket:
        await socket.subscribe(query, after=after)
        link = LinkChange("ADDRESSED_BY", Ref("Opportunity", "O"), Ref("Initiative", "I"), {"fit": 0.5})
        await put(prepared, "I", kind="Initiative", cost="12.50", currency="EUR")
        await apply(
            prepared,
            ChangeSet(
                (EntityChange(Mode.PUT, "Opportunity", "O", {"name": "O", "customerValue": 7}),), (link,), "bob", "x"
            ),
        )
        told = [event["change"] for event in await socket.events(3)]
    assert told == [
        {
            "action": "CREATE",
            "actor": "ann",
            "surface": "test",
            "kind": "INITIATIVE",
            "linkType": None,
            "key": "I",
            "name": "I",
            "fields": [
                {"name": "key", "before": None, "after": "I"},
                {"name": "name", "before": None, "after": "I"},
                {"name": "cost", "before": None, "after": "12.50"},
                {"name": "currency", "before": None, "after": "EUR"},
            ],
            "entity": {"__typename": "Initiative"},
            "start": None,
            "finish": None,
        },
        {
            "action": "CREATE",
            "actor": "bob",
            "surface": "x",
            "kind": "OPPORTUNITY",
            "linkType": None,
            "key": "O",
            "name": "O",
            "fields": [
                {"name": "key", "before": None, "after": "O"},
                {"name": "name", "before": None, "after": "O"},
                {"name": "customerValue", "before": None, "after": 7.0},
            ],
            "entity": {
                "__typename": "Opportunity",
                "customerValue": 7.0,
                "initiatives": {"nodes": [{"key": "I"}]},
            },
            "start": None,
            "finish": None,
        },
        {
            "action": "CREATE",
            "actor": "bob",
            "surface": "x",
            "kind": None,
            "linkType": "ADDRESSED_BY",
            "key": None,
            "name": None,
            "fields": [{"name": "fit", "before": None, "after": 0.5}],
            "entity": None,
            "start": {"key": "O"},
            "finish": {"key": "I"},
        },
    ]


async def test_without_a_cursor_it_begins_now(prepared: Store, address: str) -> None:
    await put(prepared, "before")
    async with opened(address) as socket:
        await socket.subscribe()
        # Nothing says that a subscription has begun; so there is another change until one is told.
        number = 0
        event = asyncio.create_task(socket.event())
        while not event.done():
            number += 1
            await put(prepared, f"now-{number}")
            await asyncio.wait([event], timeout=0.2)
        first = await event
        assert first["change"]["key"].startswith("now-")


async def test_a_filter_tells_only_what_it_asks_for_earlier_and_later_ones(prepared: Store, address: str) -> None:
    after = cursor(await end(prepared))
    await put(prepared, "f1", actor="eve")
    await put(prepared, "f2", actor="ann")
    await put(prepared, "f3", kind="Principle", actor="eve")
    async with opened(address) as socket:
        await socket.subscribe(after=after, filter={"by": "eve", "kind": "GOAL"})
        assert (await socket.event())["change"]["key"] == "f1"
        await put(prepared, "f4", actor="ann")
        await put(prepared, "f5", kind="Principle", actor="eve")
        await put(prepared, "f6", actor="eve")
        assert (await socket.event())["change"]["key"] == "f6"
        await put(prepared, "f6", actor="eve", description="Anew.")
        assert (await socket.event())["change"] == {"action": "UPDATE", "key": "f6", "seq": await end(prepared)}


async def test_many_follow_at_once_over_one_connection(prepared: Store, address: str) -> None:
    begin = await end(prepared)
    async with opened(address) as socket:
        for name in "abc":
            await socket.subscribe(SEQ, name, after=cursor(begin))
        await put(prepared, "many")
        told = [await socket.receive() for _ in "abc"]
        assert sorted(message["id"] for message in told) == ["a", "b", "c"]
        await socket.send({"type": "complete", "id": "b"})
        await put(prepared, "more")
        told = [await socket.receive() for _ in "ac"]
        assert sorted(message["id"] for message in told) == ["a", "c"]


async def test_a_slow_reader_is_told_from_where_to_go_on(prepared: Store, address: str) -> None:
    text = "x" * 50_000
    query = "subscription Follow($after: String) { changes(after: $after) { cursor change { seq fields { after } } } }"
    begin = await end(prepared)
    # A small window, and a client that reads ahead no further than one message.
    narrow = sockets.socket()
    narrow.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
    host, _, port = address.removeprefix("http://").partition(":")
    narrow.connect((host, int(port)))
    narrow.setblocking(False)  # noqa: FBT003 - its only form
    options: dict[str, Any] = {"sock": narrow, "max_queue": 1, "compression": None, "max_size": None}
    async with opened(address, **options) as socket:
        await socket.subscribe(query, after=cursor(begin))
        await put(prepared, "slow-0", description=text)
        first = await socket.event()
        for number in range(1, 400):
            await put(prepared, f"slow-{number}", description=text)
        await put(prepared, *(f"quick-{number}" for number in range(WAITING + 1)))
        # Once another has heard of the last, this one was offered it as well.
        async with opened(address) as prompt:
            await prompt.subscribe(SEQ, after=cursor(await end(prepared) - 1))
            await prompt.event()
        heard = [first["change"]["seq"]]
        while (message := await socket.receive())["type"] == "next":
            heard.append(message["payload"]["data"]["changes"]["change"]["seq"])
        (error,) = message["payload"]
        assert (message["type"], error["extensions"]["code"]) == ("error", "SLOW_READER")
        assert f"More than {WAITING} changes waited" in error["message"]
        assert error["extensions"]["cursor"] == cursor(heard[-1])
        await socket.subscribe(SEQ, after=error["extensions"]["cursor"])
        last = await end(prepared)
        heard += [event["change"]["seq"] for event in await socket.events(last - heard[-1])]
    assert heard == list(range(begin + 1, last + 1))


async def test_a_client_that_vanishes_leaves_no_follower_and_no_statement(prepared: Store) -> None:
    async def ready() -> Readiness:
        return Readiness(ok=True, detail="")

    await fill(prepared)
    limits = Limits(cost=10**9, seconds=300)
    service = build_service(prepared, limits=limits)
    feed = service.following.feed
    entry = Entry(Anyone(), proved=False, limits=limits, rates=Rates("off"))
    async with served(create_app(service, entry=entry, ready=ready)) as address:
        async with opened(address) as socket:
            await socket.subscribe(SEQ, "follow", after=cursor(await end(prepared) - 1))
            await socket.event()
            await socket.subscribe(COUNTING, "count")
            await until_running(prepared, 1)
            assert len(feed._followers) == 1
            socket.connection.transport.abort()
        await until_running(prepared, 0)
        async with asyncio.timeout(30):
            while feed._followers or feed._poller:  # noqa: ASYNC110 - no event tells
                await asyncio.sleep(0.02)


DEEP = "partOfOpportunity {" * 11 + "key" + "}" * 11
WRONG: tuple[tuple[str, dict[str, Any], str, str], ...] = (
    ("subscription {", {}, "GRAPHQL_PARSE_FAILED", "Syntax Error"),
    ("subscription { nothing }", {}, "GRAPHQL_VALIDATION_FAILED", "Cannot query field 'nothing'"),
    (
        "subscription { changes { cursor } again: changes { cursor } }",
        {},
        "GRAPHQL_VALIDATION_FAILED",
        "must select only one",
    ),
    ("fragment f on Change { seq }", {}, "GRAPHQL_VALIDATION_FAILED", "Fragment 'f' is never used."),
    (FOLLOW, {"after": "nonsense"}, "BAD_USER_INPUT", "after is no cursor"),
    (FOLLOW, {"after": 7}, "BAD_USER_INPUT", "Variable '$after' has invalid value"),
    (
        FOLLOW,
        {"filter": {"since": "2026-01-01T00:00:00"}},
        "BAD_USER_INPUT",
        "filter.since: must say its offset from UTC",
    ),
    (
        f"subscription {{ changes {{ change {{ entity {{ ... on Opportunity {{ {DEEP} }} }} }} }} }}",
        {},
        "TOO_COSTLY",
        "Ask for less at a time.",
    ),
)


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong[3])
async def test_a_fault_of_an_operation_ends_that_operation_alone(
    prepared: Store, address: str, wrong: tuple[str, dict[str, Any], str, str]
) -> None:
    query, variables, code, words = wrong
    async with opened(address) as socket:
        await socket.subscribe(SEQ, "good", after=cursor(await end(prepared)))
        await socket.subscribe(query, "bad", **variables)
        message = await socket.receive()
        assert (message["id"], message["type"]) == ("bad", "error")
        assert message["payload"][0]["extensions"]["code"] == code
        assert words in message["payload"][0]["message"]
        await put(prepared, f"good-{await end(prepared)}")
        assert (await socket.receive())["id"] == "good"


async def test_a_query_is_answered_over_the_same_connection(prepared: Store, address: str) -> None:
    await put(prepared, "asked")
    async with opened(address) as socket:
        await socket.subscribe('{ goal(key: "asked") { key } }')
        assert await socket.receive() == {"type": "next", "id": "1", "payload": {"data": {"goal": {"key": "asked"}}}}
        assert await socket.receive() == {"type": "complete", "id": "1"}


async def test_a_subscription_over_http_is_told_where_to_go(address: str) -> None:
    async with httpx.AsyncClient(base_url=address) as http:
        answer = await http.post("/graphql", json={"query": FOLLOW})
    assert answer.json() == {
        "errors": [
            {
                "message": "A subscription is answered over WebSocket, by the protocol graphql-transport-ws.",
                "extensions": {"code": "BAD_USER_INPUT"},
            }
        ]
    }
