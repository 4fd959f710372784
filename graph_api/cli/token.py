"""`graph-api token`: who may use the service with an API token, and as what."""

import re
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli.graph import with_graph
from graph_api.cli.terminal import Json, console, echo_json, report, told, user
from graph_api.errors import UserInputError

if TYPE_CHECKING:
    from graph_api.store.connection import Store
    from graph_api.store.tokens import ApiToken

app = typer.Typer(help="API tokens: make one, list them, revoke one.", no_args_is_help=True)

NEVER = "never"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_DAYS = re.compile(r"([0-9]{1,5})d")


class RoleName(StrEnum):
    """The roles, as one types them."""

    VIEWER = "viewer"
    EDITOR = "editor"
    ADMIN = "admin"


Name = Annotated[str, typer.Argument(help="What it is for: the history will say token:NAME.", show_default=False)]
AsRole = Annotated[
    RoleName,
    typer.Option("--role", help="What it may do: read; change too; take back others' changes.", case_sensitive=False),
]
Expires = Annotated[
    str,
    typer.Option(
        "--expires",
        help="After so many days, as 90d; from the first minute of a day on (UTC); or never.",
        metavar="WHEN",
    ),
]


@app.command()
def create(name: Name, *, role: AsRole = RoleName.VIEWER, expires: Expires = "90d", as_json: Json = False) -> None:
    """Make a token and print it, this once: only a hash of it is kept."""
    with told():
        if not _NAME.fullmatch(name):
            message = (
                "A token's name has 1 to 100 letters, digits, dots, dashes and underscores, a letter or digit first."
            )
            raise UserInputError(message)
        text, token = _mint(name, role, expires)

        async def work(store: "Store") -> None:
            from graph_api.store import tokens
            from graph_api.store.migrations import prepare

            await prepare(store)
            await tokens.create(store, token)

        with_graph(work)
        if as_json:
            echo_json({"token": text, **_facts(token)})
            return
        until = f"until {_moment(token.expires_at)}" if token.expires_at else "until it is revoked"
        report(f"The token {name} serves as {role.upper()} {until}. Keep it now: it is not shown again.")
        typer.echo(text)


@app.command("list")
def list_(*, as_json: Json = False) -> None:
    """List all tokens, also those that have expired or were revoked; never the tokens themselves."""
    with told():

        async def work(store: "Store") -> "list[ApiToken]":
            from graph_api.store.tokens import every

            return await every(store)

        found = with_graph(work)
        if as_json:
            echo_json([_facts(token) for token in found])
        elif found:
            _show(found)
        else:
            report("There are no tokens; `graph-api token create NAME` makes one.")


@app.command()
def revoke(name: Name) -> None:
    """Revoke a token: within ten seconds no server accepts it any more."""
    with told():

        async def work(store: "Store") -> "ApiToken":
            from graph_api.store import tokens

            return await tokens.revoke(store, name)

        with_graph(work)
        report(f"The token {name} is revoked: within ten seconds no server accepts it any more.")


def _mint(name: str, role: RoleName, expires: str) -> "tuple[str, ApiToken]":
    from graph_api.model.roles import Role
    from graph_api.store.tokens import ApiToken
    from graph_api.web.access.credential import mint

    now = datetime.now(UTC).replace(microsecond=0)
    expires_at = _expiry(expires, now)
    text, credential = mint()
    return text, ApiToken(
        id=credential.id,
        name=name,
        role=Role(role.upper()),
        created_at=now,
        created_by=user(),
        expires_at=expires_at,
        hash=credential.hash,
    )


def _expiry(text: str, now: datetime) -> datetime | None:
    """Read when a token expires: none where it never does."""
    if text == NEVER:
        return None
    try:
        if days := _DAYS.fullmatch(text):
            at = now + timedelta(days=int(days[1]))
        else:
            at = datetime.combine(date.fromisoformat(text), time(), UTC)
    except (ValueError, OverflowError) as error:
        message = "--expires is a number of days as 90d, a day as 2027-01-01, or never."
        raise UserInputError(message) from error
    if at <= now:
        message = f"--expires {text} is past already; name a later day, or a number of days as 90d."
        raise UserInputError(message)
    return at


def _show(tokens: "list[ApiToken]") -> None:
    from graph_api.cli.table import UNKNOWN, show, table

    now = datetime.now(UTC)
    headings = ("name", "role", "created", "by", "expires", "last used", "state")
    made = table(*headings, fixed=headings[1:])
    for token in tokens:
        made.add_row(
            token.name,
            token.role,
            _moment(token.created_at),
            token.created_by,
            _moment(token.expires_at) if token.expires_at else NEVER,
            _moment(token.last_used_at) if token.last_used_at else UNKNOWN,
            token.state(now),
        )
    show(console(), made)


def _facts(token: "ApiToken") -> dict[str, Any]:
    def moment(at: datetime | None) -> str | None:
        return at.astimezone(UTC).isoformat(timespec="seconds") if at else None

    return {
        "id": token.id,
        "name": token.name,
        "role": token.role,
        "state": token.state(datetime.now(UTC)),
        "createdAt": moment(token.created_at),
        "createdBy": token.created_by,
        "expiresAt": moment(token.expires_at),
        "lastUsedAt": moment(token.last_used_at),
        "revokedAt": moment(token.revoked_at),
    }


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
