"""API tokens over a real Neo4j: who they belong to, for how long, and what that costs."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st
from neo4j.exceptions import Neo4jError

from graph_api.errors import ServiceUnavailableError, UnauthenticatedError, UserInputError
from graph_api.model.roles import Role
from graph_api.store import tokens as stored
from graph_api.store.connection import Store
from graph_api.store.faults import ConflictError, translated
from graph_api.store.migrations import prepare
from graph_api.store.tokens import ApiToken, State
from graph_api.web.access import usage
from graph_api.web.access.credential import mint, read
from graph_api.web.access.identity import Identity
from graph_api.web.access.refusal import REFUSED
from graph_api.web.access.tokens import BELIEVED, MISSED, ApiTokens
from tests.issuer import Clock

NOW = datetime(2027, 1, 15, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
async def ready(graph: Store) -> Store:
    await prepare(graph)
    return graph


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW.timestamp())


@pytest.fixture
async def tokens(ready: Store, clock: Clock) -> ApiTokens:
    async with ready.transaction() as tx:
        await tx.run("MATCH (t:ApiToken) DELETE t")
    return ApiTokens(lambda: ready, now=clock.now, monotonic=clock.now)


async def make(
    store: Store, name: str, role: Role = Role.EDITOR, *, expires: datetime | None = None, created: datetime = NOW
) -> str:
    text, credential = mint()
    await stored.create(store, ApiToken(credential.id, name, role, created, "ada", expires, credential.hash))
    return text


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    asked: list[str] = []
    store.on_statement = lambda text, _: asked.append(text)
    try:
        yield asked
    finally:
        store.on_statement = None


async def refused(tokens: ApiTokens, text: str) -> None:
    with pytest.raises(UnauthenticatedError) as caught:
        await tokens.identify(text)
    assert caught.value.message == REFUSED


async def test_a_token_tells_who_it_is_what_they_may_and_until_when(ready: Store, tokens: ApiTokens) -> None:
    lasting = await make(ready, "ci", Role.VIEWER)
    ending = await make(ready, "sync", Role.ADMIN, expires=NOW + timedelta(hours=1))
    assert await tokens.identify(lasting) == Identity("token:ci", Role.VIEWER)
    assert await tokens.identify(ending) == Identity("token:sync", Role.ADMIN, NOW.timestamp() + 3600)


async def test_only_a_hash_is_stored(ready: Store, tokens: ApiTokens) -> None:
    text = await make(ready, "ci")
    await tokens.identify(text)
    ((node,),) = [row.values() for row in await ready.run("MATCH (t:ApiToken) RETURN properties(t) AS node")]
    secret = text.rpartition("_")[2]
    assert all(secret not in str(value) for value in node.values())
    assert sorted(node) == ["activeName", "createdAt", "createdBy", "hash", "id", "name", "role"]
    (token,) = await stored.every(ready)
    assert token.hash not in repr(token)


async def test_a_token_is_no_entity_and_leaves_the_revision_as_it_is(ready: Store, tokens: ApiTokens) -> None:
    before = await ready.read("MATCH (g:Graph) RETURN g.revision, g.seq")
    await tokens.identify(await make(ready, "ci"))
    await stored.revoke(ready, "ci")
    assert await ready.read("MATCH (g:Graph) RETURN g.revision, g.seq") == before
    assert await ready.read("RETURN EXISTS { MATCH (:ApiToken:Entity) }, EXISTS { MATCH (:Change) }") == [False, False]


async def test_a_token_is_found_by_an_index(ready: Store) -> None:
    plan = await ready.explain("MATCH (t:ApiToken {id: $id}) RETURN properties(t) AS token", {"id": "x"})
    assert "NodeUniqueIndexSeek" in str(plan)


async def test_a_token_that_is_known_costs_no_statement(ready: Store, tokens: ApiTokens, clock: Clock) -> None:
    text = await make(ready, "ci")
    with statements(ready) as asked:
        for _ in range(100):
            await tokens.identify(text)
        assert len(asked) == 1
        clock.advance(BELIEVED)
        await tokens.identify(text)
        assert len(asked) == 2


async def test_those_who_come_at_once_share_one_statement_and_who_goes_away_takes_it_from_nobody(
    ready: Store, tokens: ApiTokens
) -> None:
    text = await make(ready, "ci")
    with statements(ready) as asked:
        waiting = [asyncio.create_task(tokens.identify(text)) for _ in range(50)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        answers = await asyncio.gather(*waiting, return_exceptions=True)
    assert isinstance(answers[0], asyncio.CancelledError)
    assert set(answers[1:]) == {Identity("token:ci", Role.EDITOR)}
    assert len(asked) == 1


async def test_a_revoked_token_is_refused_within_ten_seconds(ready: Store, tokens: ApiTokens, clock: Clock) -> None:
    text = await make(ready, "ci")
    await tokens.identify(text)
    await stored.revoke(ready, "ci")
    clock.advance(9.9)
    await tokens.identify(text)
    clock.advance(0.1)
    await refused(tokens, text)


async def test_a_token_that_expires_while_it_is_known_is_refused_from_then_on(
    ready: Store, tokens: ApiTokens, clock: Clock
) -> None:
    text = await make(ready, "ci", expires=NOW + timedelta(seconds=3))
    clock.advance(2.9)
    await tokens.identify(text)
    clock.advance(0.1)
    await refused(tokens, text)


async def test_all_that_is_wrong_with_a_token_is_told_alike(
    ready: Store, tokens: ApiTokens, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    text = await make(ready, "ci")
    other, _ = mint()
    digit = "a" if text[-1] != "a" else "b"
    await refused(tokens, text[:-1] + digit)
    await refused(tokens, other)
    for odd in ("gapi_", "gapi_x", text + "a", text[:-1], text.upper(), f"{text}\n", text.replace("gapi", "GAPI")):
        await refused(tokens, odd)
    assert text not in caplog.text
    assert other not in caplog.text
    assert "its secret is wrong" in caplog.text


async def test_what_is_tried_at_random_is_kept_bounded_and_drives_nobody_out(
    ready: Store, tokens: ApiTokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = await make(ready, "ci")
    await tokens.identify(text)
    wrong, _ = mint()
    with statements(ready) as asked:
        await refused(tokens, wrong)
        await refused(tokens, wrong)
    assert len(asked) == 1

    async def nothing(*_: object) -> None:
        return None

    monkeypatch.setattr("graph_api.web.access.tokens.by_id", nothing)
    for _ in range(MISSED + 50):
        await refused(tokens, mint()[0])
    assert len(tokens._missed) == MISSED
    await tokens.identify(text)


async def test_where_neo4j_is_away_it_cannot_be_told(clock: Clock) -> None:
    def away() -> Store:
        message = "Neo4j does not answer."
        raise ServiceUnavailableError(message)

    tokens = ApiTokens(away, now=clock.now, monotonic=clock.now)
    for _ in range(2):
        with pytest.raises(ServiceUnavailableError):
            await tokens.identify(mint()[0])


async def test_a_name_belongs_to_one_token_that_serves(ready: Store, tokens: ApiTokens) -> None:
    old = await make(ready, "ci")
    with pytest.raises(UserInputError, match="There is a token 'ci' already"):
        await make(ready, "ci")
    await stored.revoke(ready, "ci")
    new = await make(ready, "ci", created=NOW + timedelta(seconds=1))
    await refused(tokens, old)
    await tokens.identify(new)
    assert [token.state(NOW) for token in await stored.every(ready)] == [State.ACTIVE, State.REVOKED]


async def test_a_write_that_was_in_the_way_is_not_told_as_a_name_that_is_taken(
    ready: Store, tokens: ApiTokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "Neo.TransientError.Transaction.DeadlockDetected"

    def transaction() -> NoReturn:
        raise translated(Neo4jError._hydrate_neo4j(code=code), ready.endpoint)

    with monkeypatch.context() as contended:
        contended.setattr(ready, "transaction", transaction)
        with pytest.raises(ConflictError, match="send this one again"):
            await make(ready, "ci")
    await tokens.identify(await make(ready, "ci"))


async def test_a_token_that_has_expired_gives_its_name_up(ready: Store, tokens: ApiTokens, clock: Clock) -> None:
    await make(ready, "ci", expires=NOW + timedelta(days=1))
    with pytest.raises(UserInputError):
        await make(ready, "ci")
    new = await make(ready, "ci", created=NOW + timedelta(days=1))
    clock.advance(86_400)
    await tokens.identify(new)
    await stored.revoke(ready, "ci")
    await asyncio.sleep(0)
    clock.advance(BELIEVED)
    await refused(tokens, new)


async def test_of_two_that_take_a_name_at_once_one_has_it(ready: Store, tokens: ApiTokens) -> None:
    outcomes = await asyncio.gather(*(make(ready, "ci") for _ in range(5)), return_exceptions=True)
    (text,) = [outcome for outcome in outcomes if isinstance(outcome, str)]
    await tokens.identify(text)


@pytest.mark.usefixtures("tokens")
async def test_revoking_what_there_is_not_says_so(ready: Store) -> None:
    await make(ready, "ci")
    await stored.revoke(ready, "ci")
    for name in ("ci", "other"):
        with pytest.raises(UserInputError, match=f"There is no token '{name}' that could be revoked"):
            await stored.revoke(ready, name)


async def _last_used(store: Store) -> list[datetime | None]:
    return [token.last_used_at for token in await stored.every(store)]


async def test_when_a_token_was_last_used_is_written_beside_the_requests_once_a_minute(
    ready: Store, tokens: ApiTokens, clock: Clock
) -> None:
    text = await make(ready, "ci")
    with statements(ready) as asked:
        for _ in range(12):
            await tokens.identify(text)
            await tokens.usage.write()
            clock.advance(usage.LOOK)
        assert len([each for each in asked if "lastUsedAt = " in each]) == 1
    assert await _last_used(ready) == [NOW]
    await tokens.identify(text)
    await tokens.usage.write()
    assert await _last_used(ready) == [NOW + timedelta(minutes=1)]


async def test_what_is_not_yet_written_is_written_at_the_end_and_never_goes_back(
    ready: Store, tokens: ApiTokens, clock: Clock
) -> None:
    text = await make(ready, "ci")
    tokens.usage.start()
    await tokens.identify(text)
    await tokens.usage.write()
    clock.advance(7)
    await tokens.identify(text)
    await tokens.usage.close()
    assert await _last_used(ready) == [NOW + timedelta(seconds=7)]
    behind = ApiTokens(lambda: ready, now=Clock(NOW.timestamp()).now)
    await behind.identify(text)
    await behind.usage.close()
    assert await _last_used(ready) == [NOW + timedelta(seconds=7)]


@pytest.mark.parametrize("fault", [ServiceUnavailableError("Neo4j does not answer."), RuntimeError("a fault")])
async def test_a_fault_while_writing_is_logged_and_written_next_time(
    ready: Store, tokens: ApiTokens, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, fault: Exception
) -> None:
    text = await make(ready, "ci")

    async def fail(*_: object) -> None:
        raise fault

    with monkeypatch.context() as broken:
        broken.setattr(stored, "used", fail)
        await tokens.identify(text)
        await tokens.usage.write()
    assert "When tokens were last used could not be written" in caplog.text
    assert await _last_used(ready) == [None]
    await tokens.usage.write()
    assert await _last_used(ready) == [NOW]


def test_no_two_tokens_are_alike_and_each_can_be_read_again() -> None:
    made = [mint() for _ in range(1_000)]
    assert len({text for text, _ in made}) == len({credential.id for _, credential in made}) == 1_000
    assert all(read(text) == credential for text, credential in made)


@given(st.text() | st.from_regex(r"gapi_[0-9a-f]{15,17}_[0-9A-Za-z_]{42,44}", fullmatch=True))
def test_what_cannot_be_a_token_is_not_read_as_one(text: str) -> None:
    credential = read(text)
    assert (credential is not None) == bool(re.fullmatch(r"gapi_[0-9a-f]{16}_[0-9A-Za-z]{43}", text))
