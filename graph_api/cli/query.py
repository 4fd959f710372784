"""`graph-api query`: any question in GraphQL, answered in the terminal."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from graph_api.cli.answer import service_over
from graph_api.cli.graph import with_graph
from graph_api.cli.terminal import Json, console, echo_json, report, told, user
from graph_api.errors import UserInputError

if TYPE_CHECKING:
    from graph_api.store.connection import Store
    from graph_api.web.response import Response

STANDARD_INPUT = "-"
TYPED = "query"
"""What a query is called in errors that did not come from a file."""

Asked = Annotated[
    str, typer.Argument(help="A file with a query, the query itself, or `-` for standard input.", metavar="FILE|QUERY")
]
Given = Annotated[
    list[str] | None,
    typer.Option("--var", "-v", help="The value of a variable, as `key=R2`; may be given again.", metavar="NAME=VALUE"),
]
Many = Annotated[
    Path | None, typer.Option("--variables", help="A JSON file with values of variables, by name.", metavar="FILE")
]
Operation = Annotated[str | None, typer.Option(help="Which operation to run, where there are several.", metavar="NAME")]


class Source(NamedTuple):
    """The text of a query, and what it is called where something is wrong in it."""

    name: str
    text: str


def query(
    asked: Asked, *, given: Given = None, many: Many = None, operation: Operation = None, as_json: Json = False
) -> None:
    """Ask a question in GraphQL. On a terminal an answer that holds one list is a table; all else is JSON."""
    from graph_api.cli.variables import from_file, one_by_one

    with told():
        source = _source(asked)
        response = _answer(source.text, operation, one_by_one(given or []), from_file(many) if many else {})
        if as_json or not sys.stdout.isatty():
            echo_json(response)
        else:
            _show(response)
        _tell_errors(source.name, response)


def _source(asked: str) -> Source:
    """Find the text. A query has a brace in it, and a file's name has none."""
    if "{" in asked:
        return Source(TYPED, asked)
    typed = asked == STANDARD_INPUT
    try:
        read = sys.stdin.buffer.read() if typed else Path(asked).read_bytes()
        return Source(TYPED if typed else asked, read.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        message = f"{'Standard input' if typed else asked} is not UTF-8."
        raise UserInputError(message) from error
    except OSError as error:
        message = (
            f"{asked!r} cannot be read: {error.strerror}. Name a file, or write the query itself, as "
            "'{ opportunities { nodes { key name } } }'."
        )
        raise UserInputError(message) from error


def _answer(text: str, name: str | None, texts: dict[str, str], values: dict[str, Any]) -> "Response":
    """Answer through the same code as any request. What can be refused without Neo4j is refused before it starts.

    `texts` are values of variables as somebody typed them, `values` those that are JSON already.
    """
    from graphql import GraphQLError

    from graph_api.cli.operation import find_operation
    from graph_api.cli.variables import fit
    from graph_api.web.response import refusal

    try:
        operation = find_operation(text, name)
    except GraphQLError as fault:
        return refusal([fault])
    variables, faults = fit(operation, texts, values)
    if faults:
        return refusal(faults)

    async def answer(store: "Store") -> "Response":
        from graph_api.schema.changer import Caller
        from graph_api.web.response import response_of

        service = service_over(store).called_by(Caller(user(), "command"))
        return response_of(await service.ask(text, variables, name), inside=True)

    return with_graph(answer)


def _show(response: "Response") -> None:
    """Print what there is of an answer, for people."""
    from graph_api.cli.table import tabulate

    data = response.get("data")
    if data is None:
        return
    tabulated = tabulate(data)
    if tabulated is None:
        echo_json(response)
        return
    out = console()
    for part in tabulated:
        out.print(part)


def _tell_errors(source: str, response: "Response") -> None:
    """Say each error with its line and column, and end with status 1 if there is any."""
    errors: list[Any] = response.get("errors") or []
    for error in errors:
        place = "".join(f":{at['line']}:{at['column']}" for at in error.get("locations", [])[:1])
        report(f"{source}{place}: {error['message']}")
    if errors:
        sys.exit(1)
