"""What all commands share: how they tell errors, progress and answers."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from graph_api.errors import GraphApiError

Json = Annotated[bool, typer.Option("--json", help="Answer as JSON, for tools.")]


@contextmanager
def told() -> Iterator[None]:
    """Tell an error raised on purpose in its one sentence, and end with status 1."""
    try:
        yield
    except GraphApiError as error:
        typer.echo(error.message, err=True)
        sys.exit(1)


def report(sentence: str) -> None:
    """Say it beside the answer, which standard output has to itself."""
    typer.echo(sentence, err=True)


def echo_json(facts: Any) -> None:
    """Answer as JSON."""
    typer.echo(json.dumps(facts, ensure_ascii=False, indent=2))
