"""`graph-api ask impact`: what would break if something were removed, or came to its end."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli.answer import answer
from graph_api.cli.ask.rules import coloured, in_words
from graph_api.cli.ask.scope import On, day
from graph_api.cli.entity import lost, named, read_entity
from graph_api.cli.terminal import Json, console, echo_json, told
from graph_api.errors import UserInputError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

QUERY = """
query Impact($of: EntityKeyInput!, $change: ImpactChange!, $on: Date) {
  impact(of: $of, change: $change, on: $on) {
    entity { __typename key name }
    change
    opened { severity entity { __typename key name } rule mending }
    closed { severity entity { __typename key name } rule }
    pains { insight { __typename key name } before after }
    noLongerDeep { __typename key name }
    departments { __typename key name }
    promises { __typename key name }
    kpis { __typename key name }
    goals { __typename key name }
  }
}
"""
_CHANGED = {"REMOVE": "were removed", "END": "came to its end"}
_TOUCHED = {"departments": "Departments", "promises": "Promises", "kpis": "KPIs", "goals": "Goals"}

Of = Annotated[str, typer.Argument(help="The entity, as `initiative/A2`.", metavar="KIND/KEY")]
End = Annotated[
    bool,
    typer.Option("--end", help="It would not be removed, but stopped, retired, closed or refuted."),
]


def impact(of: Of, *, end: End = False, on: On = None, as_json: Json = False) -> None:
    """Tell what would break elsewhere if an entity were removed: what would lose its only support."""
    from graph_api.model import MODEL

    with told():
        kind, key = read_entity(of)
        if end:
            _can_end(kind)
        variables = {
            "of": {"kind": MODEL.kinds[kind].enum_name, "key": key},
            "change": "END" if end else "REMOVE",
            "on": day(on),
        }
        found = answer(QUERY, variables)["impact"]
        if found is None:
            raise lost(kind, key)
        if as_json:
            echo_json(found)
        else:
            _show(found)


def _can_end(kind: str) -> None:
    from graph_api.model import MODEL
    from graph_api.questions.impact import ENDS

    if kind not in ENDS:
        *names, last = (MODEL.kinds[name].plural for name in ENDS)
        message = (
            f"--end: Only {', '.join(names)} and {last} come to an end. Leave it out, and ask what it would be to "
            "remove this."
        )
        raise UserInputError(message)


def _show(found: dict[str, Any]) -> None:
    from rich.text import Text

    from graph_api.cli.table import show

    out = console()
    out.print(Text.assemble("If ", named(found["entity"]), f" {_CHANGED[found['change']]}:"))
    if found["opened"]:
        out.print("\nGaps that would open:")
        show(out, _gaps(found["opened"]))
    if found["pains"]:
        out.print("\nPains of which something else would become:")
        show(out, _pains(found["pains"]))
    if found["noLongerDeep"]:
        out.print("\nNo longer leading to work that is owned and measured:")
        _list(out, found["noLongerDeep"])
    if not (found["opened"] or found["pains"] or found["noLongerDeep"]):
        out.print("\nNothing would lose its only support.")
    if found["closed"]:
        out.print("\nGaps that would be no more:")
        show(out, _gaps(found["closed"]))
    for name, heading in _TOUCHED.items():
        if found[name]:
            out.print(f"\n{heading} touched:")
            _list(out, found[name])


def _list(out: "Console", entities: Sequence[dict[str, Any]]) -> None:
    from rich.padding import Padding

    from graph_api.cli.table import show

    for entity in entities:
        show(out, Padding(named(entity), (0, 0, 0, 2)))


def _gaps(gaps: Sequence[dict[str, Any]]) -> "Table":
    from graph_api.cli.table import table

    shown = table("severity", "entity", "missing")
    for gap in gaps:
        shown.add_row(coloured(gap["severity"]), named(gap["entity"]), in_words(gap["rule"]))
    return shown


def _pains(pains: Sequence[dict[str, Any]]) -> "Table":
    from graph_api.cli.table import table

    shown = table("pain", "before", "after")
    for pain in pains:
        shown.add_row(named(pain["insight"]), _disposition(pain["before"]), _disposition(pain["after"]))
    return shown


def _disposition(name: str) -> "Text":
    from rich.text import Text

    styles = {"ACTED": "green", "DECIDED_NO": "yellow"}
    return Text(name.replace("_", " ").lower(), styles.get(name, "red"))
