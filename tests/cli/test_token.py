"""`graph-api token`: what people type, and what becomes of it."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from graph_api.model.roles import Role
from graph_api.store import tokens as stored
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from graph_api.web.access.tokens import ApiTokens
from tests.cli.commands import Commands, Ran

TEXT = re.compile(r"gapi_[0-9a-f]{16}_[0-9A-Za-z]{43}")


@pytest.fixture
async def empty(graph: Store) -> Store:
    await prepare(graph)
    async with graph.transaction() as tx:
        await tx.run("MATCH (t:ApiToken) DELETE t")
    return graph


@pytest.fixture
async def taken(empty: Store) -> None:
    """Keep a token of this name."""
    one = stored.ApiToken("1" * 16, "taken", Role.VIEWER, datetime.now(UTC), "ada", None, "f" * 64)
    await stored.create(empty, one)


def token(commands: Commands, *arguments: str) -> Ran:
    return commands.run("token", *arguments)


async def test_a_token_is_printed_once_and_serves(commands: Commands, empty: Store) -> None:
    made = token(commands, "create", "ci")
    assert made.status == 0
    assert TEXT.fullmatch(made.out.removesuffix("\n"))
    assert re.fullmatch(
        r"The token ci serves as VIEWER until \d{4}-\d\d-\d\d \d\d:\d\d UTC\. "
        r"Keep it now: it is not shown again\.\n",
        made.err,
    )
    identity = await ApiTokens(lambda: empty).identify(made.out.strip())
    assert (identity.actor, identity.role) == ("token:ci", Role.VIEWER)
    assert identity.expires
    assert abs(identity.expires - (datetime.now(UTC) + timedelta(days=90)).timestamp()) < 300
    for again in (token(commands, "list"), token(commands, "list", "--json")):
        assert made.out.strip().rpartition("_")[2] not in again.out + again.err


async def test_json_has_the_token_and_its_facts(commands: Commands, empty: Store) -> None:
    # A role may be typed as everything else writes it.
    ran = token(commands, "create", "sync", "--role", "ADMIN", "--expires", "never", "--json")
    made = json.loads(ran.out)
    assert ran.err == ""
    assert (await ApiTokens(lambda: empty).identify(made.pop("token"))).role is Role.ADMIN
    facts = ("name", "role", "state", "expiresAt", "lastUsedAt", "revokedAt")
    assert [made[name] for name in facts] == ["sync", "ADMIN", "active", None, None, None]
    (listed,) = json.loads(token(commands, "list", "--json").out)
    assert listed == made


async def test_the_list_tells_the_state_of_each(commands: Commands, empty: Store) -> None:
    assert token(commands, "list") == (0, "", "There are no tokens; `graph-api token create NAME` makes one.\n")
    past = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
    await stored.create(
        empty,
        stored.ApiToken("0" * 16, "old", Role.EDITOR, past, "ada", past + timedelta(days=1), "f" * 64),
    )
    token(commands, "create", "ci", "--expires", "never")
    token(commands, "create", "lost", "--expires", "2999-01-01", "--role", "editor")
    await stored.used(empty, {"0" * 16: past + timedelta(hours=1)})
    assert token(commands, "revoke", "lost").status == 0
    heading, _, *rows = token(commands, "list").out.splitlines()
    assert heading.split() == ["name", "role", "created", "by", "expires", "last", "used", "state"]
    cells = [re.split(r"  +", row) for row in rows]
    assert [(name, role, until, used, state) for name, role, _, _, until, used, state in cells] == [
        ("ci", "VIEWER", "never", "-", "active"),
        ("lost", "EDITOR", "2999-01-01 00:00 UTC", "-", "revoked"),
        ("old", "EDITOR", "2026-01-03 03:04 UTC", "2026-01-02 04:04 UTC", "expired"),
    ]
    assert cells[2][2:4] == ["2026-01-02 03:04 UTC", "ada"]


async def test_a_revoked_token_is_told_and_its_name_is_free(commands: Commands, empty: Store) -> None:
    token(commands, "create", "ci")
    sentence = "The token ci is revoked: within ten seconds no server accepts it any more.\n"
    assert token(commands, "revoke", "ci") == (0, "", sentence)
    assert token(commands, "create", "ci").status == 0
    assert [one.state(datetime.now(UTC)) for one in await stored.every(empty)].count(stored.State.ACTIVE) == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("create", "taken"), "There is a token 'taken' already; choose another name, or revoke that one first."),
        (("create", "x", "--expires", "2020-01-01"), "--expires 2020-01-01 is past already; name a later day, or a "),
        (("create", "x", "--expires", "0d"), "--expires 0d is past already"),
        (("create", "x", "--expires", "soon"), "--expires is a number of days as 90d, a day as 2027-01-01, or never."),
        (("create", "x", "--expires", "99999999d"), "--expires is a number of days"),
        (("create", "x", "--expires", "9999999d"), "--expires is a number of days"),
        (("create", "x", "--expires", "2027-02-30"), "--expires is a number of days"),
        (("create", "x y"), "A token's name has 1 to 100 letters, digits, dots, dashes and underscores"),
        (("create", "ü"), "A token's name has 1 to 100 letters"),
        (("create", "x" * 101), "A token's name has 1 to 100 letters"),
        (("revoke", "nobody"), "There is no token 'nobody' that could be revoked; `graph-api token list` names all."),
    ],
    ids=str,
)
@pytest.mark.usefixtures("taken")
def test_what_cannot_be_done_is_said_in_a_sentence(
    commands: Commands, arguments: tuple[str, ...], sentence: str
) -> None:
    ran = commands.call("token", *arguments)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith(sentence)


async def test_an_unknown_role_is_refused_with_those_that_there_are(commands: Commands, empty: Store) -> None:
    ran = token(commands, "create", "x", "--role", "owner")
    assert ran.status == 2
    assert "viewer" in ran.err
    assert await stored.every(empty) == []
