"""Of what, and for which day, a question is asked: the options that questions share."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import typer

from graph_api.cli.entity import read_entity
from graph_api.errors import UserInputError

Within = Annotated[
    list[str] | None,
    typer.Option(
        "--scope",
        help="Only what is on a trace through this entity, as `journey/veteran-transition`; may be given again: of one "
        "kind any will do, of several kinds it must be on a trace through one of each.",
        metavar="KIND/KEY",
    ),
]
Tag = Annotated[
    list[str] | None, typer.Option("--tag", help="Only what has this tag; may be given again.", metavar="TAG")
]
On = Annotated[
    str | None, typer.Option("--on", help="The day it is asked for; today (UTC) when absent.", metavar="YYYY-MM-DD")
]


def scope_of(within: Sequence[str] | None, tags: Sequence[str] | None) -> dict[str, list[str]] | None:
    """Return the scope as GraphQL takes it, none where nothing was named; raises UserInputError."""
    from graph_api.model import MODEL

    scope: dict[str, list[str]] = {}
    for text in within or ():
        kind, key = read_entity(text, "--scope")
        scope.setdefault(MODEL.kinds[kind].plural, []).append(key)
    if not all(tags or ()):
        message = "--tag: A tag has a name. Write one, or leave the option out."
        raise UserInputError(message)
    if tags:
        scope["tags"] = list(tags)
    return scope or None


def day(on: str | None) -> str | None:
    """Return the day as GraphQL takes it; raises UserInputError where it is none."""
    if on is None:
        return None
    try:
        found = date.fromisoformat(on).isoformat()
    except ValueError:
        found = None
    if found != on:
        message = f"--on: {on!r} is no day. Write year, month and day, as 2026-11-01."
        raise UserInputError(message)
    return found


def asked_of(within: Sequence[str] | None, tags: Sequence[str] | None, on: str | None = None) -> dict[str, Any]:
    """Return the variables `scope` and `on`; raises UserInputError."""
    return {"scope": scope_of(within, tags), "on": day(on)}
