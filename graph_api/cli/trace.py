"""`graph-api trace`: everything on the thread through one entity, as a tree."""

import asyncio
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.tree import Tree

from graph_api.cli.terminal import Json, echo_json, report, told
from graph_api.errors import UserInputError
from graph_api.model import MODEL
from graph_api.settings import Settings

if TYPE_CHECKING:
    from graph_api.schema.service import Service

QUERY = """
query Trace($kind: Kind!, $key: String!, $direction: TraceDirection!, $to: [Kind!]) {
  trace(kind: $kind, key: $key, direction: $direction) {
    start { __typename key name }
    direction
    nodes(kinds: $to) {
      kind
      onSpine
      entity { key name }
      paths {
        length
        weakestConfidence
        unknownConfidences
        steps { forwards link { type basis } entity { __typename key name } }
      }
    }
    breaks { entity { __typename key name } direction missing mending }
  }
}
"""

Of = Annotated[str, typer.Argument(help="The entity to start from, as `opportunity/R2`.", metavar="KIND/KEY")]
To = Annotated[list[str] | None, typer.Option("--to", help="Only what is of this kind; may be given several times.")]
Direction = Annotated[str, typer.Option(help="`action`, `insight` or `both`.", metavar="WAY")]

_DIRECTIONS = {"action": "TOWARDS_ACTION", "insight": "TOWARDS_INSIGHT", "both": "BOTH"}


def trace(of: Of, *, to: To = None, direction: Direction = "both", as_json: Json = False) -> None:
    """Show what hangs together with one entity, from insight to action, by which paths, and where the thread breaks."""
    with told():
        kind, key = _entity(of)
        found = asyncio.run(_trace(kind, key, [_kind(name) for name in to or ()], _direction(direction)))
        if as_json:
            echo_json(found)
        else:
            show(found)


async def ask(
    service: "Service", kind: str, key: str, *, to: list[str] | None = None, direction: str = "BOTH"
) -> dict[str, Any]:
    """Ask the question over GraphQL, as any client would; raises UserInputError where there is no such entity."""
    variables = {
        "kind": MODEL.kinds[kind].enum_name,
        "key": key,
        "direction": direction,
        "to": [MODEL.kinds[name].enum_name for name in to] if to else None,
    }
    result = await service.ask(QUERY, variables)
    if result.errors:
        raise UserInputError(result.errors[0].message)
    if result.data["trace"] is None:
        message = f"There is no {kind} with the key {key!r} in the graph. Keys are case-sensitive."
        raise UserInputError(message)
    answer: dict[str, Any] = result.data["trace"]
    return answer


async def _trace(kind: str, key: str, to: list[str], direction: str) -> dict[str, Any]:
    from graph_api.schema.service import build_service
    from graph_api.store.connection import Store
    from graph_api.store.endpoint import open_endpoint

    with open_endpoint(Settings(), report) as endpoint:
        store = await Store.open(endpoint)
        try:
            return await ask(build_service(store), kind, key, to=to, direction=direction)
        finally:
            await store.close()


def show(found: dict[str, Any]) -> None:
    """Print a trace: a tree of the paths from the start, then where the thread breaks."""
    console = Console(highlight=False)
    root = Tree(_named(found["start"]), guide_style="dim")
    branches: dict[tuple[Any, ...], Tree] = {(): root}
    for node in sorted(found["nodes"], key=lambda node: node["paths"][0]["length"]):
        for path in node["paths"][: None if len(found["nodes"]) == 1 else 1]:
            _grow(branches, path["steps"])
    console.print(root)
    if not found["nodes"]:
        console.print("Nothing of that kind is on the thread.")
    for place in found["breaks"]:
        console.print(
            f"[yellow]The thread breaks[/] at {_named(place['entity'])}: {place['missing']} {place['mending']}"
        )


def _grow(branches: dict[tuple[Any, ...], Tree], steps: list[dict[str, Any]]) -> None:
    """Add a path to the tree, sharing the part that an earlier path has in common with it."""
    way: tuple[Any, ...] = ()
    for step in steps:
        verb = step["link"]["type"].lower().replace("_", " ")
        longer = (*way, (verb, step["entity"]["__typename"], step["entity"]["key"]))
        if longer not in branches:
            arrow = f"{verb} →" if step["forwards"] else f"← {verb}"
            inferred = " [dim](inferred)[/]" if step["link"]["basis"] == "INFERRED" else ""
            branches[longer] = branches[way].add(f"[cyan]{arrow}[/] {_named(step['entity'])}{inferred}")
        way = longer


def _named(entity: dict[str, Any]) -> str:
    return f"{entity['__typename']} [bold]{escape(entity['key'])}[/] {escape(entity['name'])}"


def _entity(text: str) -> tuple[str, str]:
    kind, slash, key = text.partition("/")
    if not slash or not key:
        message = f"{text!r} names no entity. Write kind and key, as opportunity/R2."
        raise UserInputError(message)
    return _kind(kind), key


def _kind(name: str) -> str:
    kind = MODEL.kind(name)
    if kind is None or not kind.keyed:
        known = ", ".join(MODEL.kinds[known].field_name for known in MODEL.keyed)
        message = f"There is no kind {name!r}. The kinds are {known}."
        raise UserInputError(message)
    return kind.name


def _direction(way: str) -> str:
    if way not in _DIRECTIONS:
        message = f"There is no direction {way!r}. Write action, insight or both."
        raise UserInputError(message)
    return _DIRECTIONS[way]
