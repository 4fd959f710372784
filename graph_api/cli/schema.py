"""`graph-api schema`: the schema's text, and whether the snapshot in the repository still is that."""

from difflib import unified_diff
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

SNAPSHOT = Path("schema.graphql")
SHOWN = 40

Check = Annotated[bool, typer.Option("--check", help="Compare with schema.graphql here; status 1 where it differs.")]


def schema(*, check: Check = False) -> None:
    """Print the GraphQL schema."""
    from graph_api.schema.service import schema_text

    text = schema_text()
    if not check:
        typer.echo(text, nl=False)
        return
    kept = SNAPSHOT.read_text(encoding="utf-8") if SNAPSHOT.exists() else ""
    if kept == text:
        typer.echo("schema.graphql is the schema.")
        return
    difference = unified_diff(kept.splitlines(), text.splitlines(), "schema.graphql", "the schema", lineterm="", n=1)
    for line in islice(difference, SHOWN):
        typer.echo(line, err=True)
    typer.echo("schema.graphql is not the schema any more. Look at the difference and run `make schema`.", err=True)
    raise typer.Exit(1)
