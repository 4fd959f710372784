"""`graph-api schema`: the schema's text, and whether the snapshot in the repository still is that."""

from difflib import unified_diff
from pathlib import Path
from typing import Annotated

import typer

from graph_api.cli.terminal import report, told
from graph_api.errors import UserInputError

SNAPSHOT = Path("schema.graphql")
SHOWN = 40  # lines of the difference

Check = Annotated[bool, typer.Option("--check", help="Compare with schema.graphql here; status 1 where it differs.")]


def schema(*, check: Check = False) -> None:
    """Print the GraphQL schema."""
    from graph_api.schema.service import schema_text

    with told():
        if check:
            _check(schema_text())
        else:
            typer.echo(schema_text(), nl=False)


def _check(text: str) -> None:
    try:
        kept = SNAPSHOT.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        message = "There is no schema.graphql in this folder to compare with; `make schema` writes it."
        raise UserInputError(message) from error
    if kept == text:
        typer.echo("schema.graphql is the schema.")
        return
    lines = list(unified_diff(kept.splitlines(), text.splitlines(), "schema.graphql", "the schema", lineterm="", n=1))
    for line in lines[:SHOWN]:
        report(line)
    if len(lines) > SHOWN:
        report(f"… and {len(lines) - SHOWN} more lines")
    message = "schema.graphql is not the schema any more. Read the difference; if it is wanted, run `make schema`."
    raise UserInputError(message)
