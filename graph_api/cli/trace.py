"""`graph-api trace`: everything on the thread through one entity, as a tree."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli import answer
from graph_api.cli.entity import lost, read_entity, read_kind
from graph_api.cli.graph import with_graph
from graph_api.cli.terminal import Json, console, echo_json, plain, told
from graph_api.errors import UserInputError

if TYPE_CHECKING:
    from rich.text import Text
    from rich.tree import Tree

    from graph_api.schema.service import Service
    from graph_api.store.connection import Store

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
To = Annotated[
    list[str] | None,
    typer.Option("--to", help="Only what is of this kind, by all its paths; may be given again.", metavar="KIND"),
]
Direction = Annotated[str, typer.Option(help="`action`, `insight` or `both`.", metavar="WAY")]

_DIRECTIONS = {"action": "TOWARDS_ACTION", "insight": "TOWARDS_INSIGHT", "both": "BOTH"}


def trace(of: Of, *, to: To = None, direction: Direction = "both", as_json: Json = False) -> None:
    """Show what hangs together with one entity, from insight to action, by which paths, and where the thread breaks."""
    with told():
        kind, key = read_entity(of)
        kinds, way = [read_kind(name) for name in to or ()], _direction(direction)

        async def asked(store: "Store") -> dict[str, Any]:
            return await ask(answer.service_over(store), kind, key, to=kinds, direction=way)

        found = with_graph(asked)
        if as_json:
            echo_json(found)
        else:
            show(found, every_path=bool(kinds))


async def ask(
    service: "Service", kind: str, key: str, *, to: list[str] | None = None, direction: str = "BOTH"
) -> dict[str, Any]:
    """Ask the question over GraphQL, as any client would; raises UserInputError where there is no such entity."""
    from graph_api.model import MODEL

    variables = {
        "kind": MODEL.kinds[kind].enum_name,
        "key": key,
        "direction": direction,
        "to": [MODEL.kinds[name].enum_name for name in to] if to else None,
    }
    found: dict[str, Any] | None = (await answer.ask(service, QUERY, variables))["trace"]
    if found is None:
        raise lost(kind, key)
    return found


def show(found: dict[str, Any], *, every_path: bool = False) -> None:
    """Print a trace: a tree of the paths from the start, then where the thread breaks.

    Without `every_path` each entity stands once, on the first of its shortest paths.
    """
    from rich.text import Text
    from rich.tree import Tree

    out = console()
    root = Tree(_named(found["start"]), guide_style="dim")
    branches: dict[tuple[Any, ...], Tree] = {(): root}
    for node in sorted(found["nodes"], key=lambda node: node["paths"][0]["length"]):
        for path in node["paths"] if every_path else node["paths"][:1]:
            _grow(branches, path["steps"])
    out.print(root)
    if not found["nodes"]:
        out.print("Nothing of that kind is on the thread." if every_path else "The thread leads nowhere from here.")
    for place in found["breaks"]:
        breaks = Text.assemble(("The thread breaks", "yellow"), " at ", _named(place["entity"]))
        out.print(breaks.append(f": {place['missing']} {place['mending']}"))


def _grow(branches: "dict[tuple[Any, ...], Tree]", steps: list[dict[str, Any]]) -> None:
    """Add a path to the tree, sharing the part that an earlier path has in common with it."""
    from rich.text import Text

    way: tuple[Any, ...] = ()
    for step in steps:
        verb = step["link"]["type"].lower().replace("_", " ")
        longer = (*way, (verb, step["entity"]["__typename"], step["entity"]["key"]))
        if longer not in branches:
            arrow = f"{verb} →" if step["forwards"] else f"← {verb}"
            inferred = (" (inferred)", "dim") if step["link"]["basis"] == "INFERRED" else ""
            branches[longer] = branches[way].add(Text.assemble((arrow, "cyan"), " ", _named(step["entity"]), inferred))
        way = longer


def _named(entity: dict[str, Any]) -> "Text":
    from rich.text import Text

    return Text.assemble(entity["__typename"], " ", (plain(entity["key"]), "bold"), " ", plain(entity["name"]))


def _direction(way: str) -> str:
    if way not in _DIRECTIONS:
        message = f"There is no direction {way!r}. Write action, insight or both."
        raise UserInputError(message)
    return _DIRECTIONS[way]
