"""API tokens in Neo4j, so that all servers of one graph know the same: `(:ApiToken)`.

They are no entities: no history, no export, no search and no revision knows of them. Of a token's text only a hash is
kept. A token whose name is taken bears it a second time as `activeName`, which a uniqueness constraint guards; revoked
tokens stay, without it, so that the list can tell of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from graph_api.errors import UserInputError
from graph_api.model.roles import Role
from graph_api.store.connection import Runner, Store
from graph_api.store.faults import TakenError
from graph_api.store.statements import load


class State(StrEnum):
    """Whether a token serves."""

    ACTIVE = "active"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class ApiToken:
    """What is known of a token; never the token itself. All moments are in UTC."""

    id: str
    name: str
    role: Role
    created_at: datetime
    created_by: str
    expires_at: datetime | None
    """From when on it is refused; none where it never is."""
    hash: str = field(repr=False)
    """SHA-256 of the whole text, in hexadecimal digits."""
    last_used_at: datetime | None = None
    revoked_at: datetime | None = None

    def state(self, now: datetime) -> State:
        """Say whether it serves at a moment."""
        if self.revoked_at:
            return State.REVOKED
        return State.EXPIRED if self.expires_at and self.expires_at <= now else State.ACTIVE


async def create(store: Store, token: ApiToken) -> None:
    """Keep a new token; raises UserInputError where another that serves has its name."""
    properties = {
        "id": token.id,
        "name": token.name,
        "activeName": token.name,
        "hash": token.hash,
        "role": token.role.value,
        "createdAt": token.created_at,
        "createdBy": token.created_by,
        "expiresAt": token.expires_at,
    }
    try:
        async with store.transaction() as tx:
            await tx.run(load("tokens/create").text, {"token": properties})
    except TakenError as error:
        message = f"There is a token {token.name!r} already; choose another name, or revoke that one first."
        raise UserInputError(message) from error


async def by_id(runner: Runner, identity: str) -> ApiToken | None:
    """Return the token with an id, also one that serves no more; none where there is none. One indexed statement."""
    rows = await runner.run(load("tokens/by_id").text, {"id": identity})
    return _token(rows[0]["token"]) if rows else None


async def every(runner: Runner) -> list[ApiToken]:
    """Return all tokens by name, the newest of a name first."""
    return [_token(row["token"]) for row in await runner.run(load("tokens/every").text)]


async def revoke(store: Store, name: str) -> ApiToken:
    """Revoke the token that has a name; raises UserInputError where none has it."""
    async with store.transaction() as tx:
        rows = await tx.run(load("tokens/revoke").text, {"name": name, "at": datetime.now(UTC)})
    if not rows:
        message = f"There is no token {name!r} that could be revoked; `graph-api token list` names all."
        raise UserInputError(message)
    return _token(rows[0]["token"])


async def used(store: Store, uses: Mapping[str, datetime]) -> None:
    """Note when tokens were last used, by id."""
    async with store.transaction() as tx:
        rows = [{"id": identity, "at": at} for identity, at in sorted(uses.items())]
        await tx.run(load("tokens/used").text, {"uses": rows})


def _token(properties: Mapping[str, Any]) -> ApiToken:
    return ApiToken(
        id=properties["id"],
        name=properties["name"],
        role=Role(properties["role"]),
        created_at=properties["createdAt"].to_native(),
        created_by=properties["createdBy"],
        expires_at=_moment(properties.get("expiresAt")),
        hash=properties["hash"],
        last_used_at=_moment(properties.get("lastUsedAt")),
        revoked_at=_moment(properties.get("revokedAt")),
    )


def _moment(value: Any) -> datetime | None:
    moment: datetime | None = None if value is None else value.to_native()
    return moment
