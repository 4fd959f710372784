"""The feed where Neo4j shows a commit piece by piece, fails, or has lost something."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import pytest

from graph_api.change.apply import apply
from graph_api.change.changeset import ChangeSet, EntityChange, Mode
from graph_api.errors import ServiceUnavailableError
from graph_api.questions.changes import Change, Wanted
from graph_api.schema import feed as feeds
from graph_api.schema.feed import Feed
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare

ALL = Wanted.by({})


class Veiled:
    """Reads, and for some time neither shows the changes that are `hidden` nor, when it is `away`, anything."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.hidden: set[int] = set()
        self.away = False
        self.asked = asyncio.Event()

    async def read(self, cypher: str, parameters: Any = None) -> list[Any]:
        self.asked.set()
        if self.away:
            message = "Neo4j does not answer."
            raise ServiceUnavailableError(message)
        ((first, *rest),) = await self.store.read(cypher, parameters)
        if isinstance(first, list):
            return [[[row for row in first if row[0] not in self.hidden], *rest]]
        return [[first, rest[0] and not self.hidden]]

    async def looked(self) -> None:
        """Wait until it was asked again, twice: what was shown the first time has then been told."""
        for _ in range(2):
            self.asked.clear()
            await self.asked.wait()


@pytest.fixture(scope="module")
async def reader(graph: Store) -> Veiled:
    await prepare(graph)
    return Veiled(graph)


async def put(reader: Veiled, *keys: str) -> None:
    entities = tuple(EntityChange(Mode.PUT, "Goal", key, {"name": key}) for key in keys)
    await apply(reader.store, ChangeSet(entities, (), "ann", "test"))


async def heard(changes: AsyncGenerator[Change, None], count: int) -> list[int]:
    async with asyncio.timeout(30):
        return [(await anext(changes)).seq for _ in range(count)]


async def test_a_change_that_cannot_be_seen_yet_is_waited_for(reader: Veiled) -> None:
    feed = Feed(reader)
    last = await feed.last()
    async with aclosing(feed.follow(last, ALL)) as changes:
        first = asyncio.create_task(heard(changes, 1))
        await reader.looked()
        reader.hidden = {last + 2}
        await put(reader, "a", "b", "c")
        assert await first == [last + 1]
        rest = asyncio.create_task(heard(changes, 2))
        await reader.looked()
        assert not rest.done()
        reader.hidden = set()
        assert await rest == [last + 2, last + 3]


async def test_it_does_not_begin_before_all_that_was_written_can_be_seen(reader: Veiled) -> None:
    feed = Feed(reader)
    last = await feed.last()
    await put(reader, "d", "e")
    reader.hidden = {last + 1}
    async with aclosing(feed.follow(last, ALL)) as changes:
        both = asyncio.create_task(heard(changes, 2))
        await reader.looked()
        assert not both.done()
        reader.hidden = set()
        assert await both == [last + 1, last + 2]


async def test_what_was_lost_for_good_holds_nobody_up(reader: Veiled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "HOLE", 0.5)
    feed = Feed(reader)
    last = await feed.last()
    async with aclosing(feed.follow(last, ALL)) as changes:
        one = asyncio.create_task(heard(changes, 1))
        await reader.looked()
        reader.hidden = {last + 1}
        await put(reader, "f", "g")
        assert await one == [last + 2]
        reader.hidden = set()


async def test_it_goes_on_where_it_was_once_neo4j_answers(reader: Veiled) -> None:
    feed = Feed(reader)
    last = await feed.last()
    async with aclosing(feed.follow(last, ALL)) as changes:
        two = asyncio.create_task(heard(changes, 2))
        await reader.looked()
        reader.away = True
        await put(reader, "h", "i")
        await reader.looked()
        reader.away = False
        assert await two == [last + 1, last + 2]


async def test_nobody_polls_once_nobody_follows(reader: Veiled) -> None:
    feed = Feed(reader)
    last = await feed.last()
    followers = [feed.follow(last, ALL) for _ in range(2)]
    tasks = [asyncio.create_task(heard(follower, 1)) for follower in followers]
    await reader.looked()
    (poller,) = [task for task in asyncio.all_tasks() if task.get_name() == "feed"]
    await put(reader, "j")
    assert await asyncio.gather(*tasks) == [[last + 1], [last + 1]]
    await followers[0].aclose()
    assert not poller.cancelling()
    await followers[1].aclose()
    assert poller.cancelling()
    # And somebody who comes later is told again.
    async with aclosing(feed.follow(last, ALL)) as changes:
        assert await heard(changes, 1) == [last + 1]
    feed.wake()
