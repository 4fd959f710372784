"""`graph-api ask accountability`: in what a department or partner acts, and how, as a RACI matrix."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli.answer import answer
from graph_api.cli.ask.page import After, Limit, tell_rest
from graph_api.cli.ask.roles import COLUMNS, LEGEND, whom
from graph_api.cli.ask.rules import in_words
from graph_api.cli.ask.scope import On, day
from graph_api.cli.entity import lost, named, read_entity
from graph_api.cli.terminal import Json, console, echo_json, plain, told
from graph_api.errors import UserInputError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

QUERY = """
query Accountability($of: EntityKeyInput!, $on: Date, $first: Int, $after: String) {
  accountability(of: $of, on: $on) {
    party { __typename key name }
    on
    load { byKind { kind involvements known unknown tooLarge } involvements known unknown tooLarge }
    promisesToKeepCount
    kpis(first: 200) { totalCount nodes { entity { __typename key name } } }
    ownedPains(first: 200) { totalCount nodes { node { __typename key name } } }
    painsAtTouchpoints(first: 200) { totalCount nodes { node { __typename key name } } }
    worksWith(first: 200) { totalCount nodes { other { __typename key name } sort shared } }
    parts(first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        entity { __typename key name }
        kind
        over
        roles { role through { __typename key name } contribution effort }
        findings
      }
    }
  }
}
"""

OfParty = Annotated[
    str, typer.Argument(help="The department or partner, as `department/field-service`.", metavar="KIND/KEY")
]


def accountability(
    of: OfParty, *, on: On = None, limit: Limit = 100, after: After = None, as_json: Json = False
) -> None:
    """Tell in what a department or partner acts, and how; what it owes, and with whom it works."""
    from graph_api.model import MODEL

    with told():
        kind, key = read_entity(of)
        if kind not in MODEL.interfaces["Party"].members:
            message = f"{of!r} is neither a department nor a partner. Name one, as department/field-service."
            raise UserInputError(message)
        named_by = {"kind": MODEL.kinds[kind].enum_name, "key": key}
        found = answer(QUERY, {"of": named_by, "on": day(on), "first": limit, "after": after})["accountability"]
        if found is None:
            raise lost(kind, key)
        if as_json:
            echo_json(found)
        else:
            _show(found)


def _show(found: dict[str, Any]) -> None:
    from rich.text import Text

    from graph_api.cli.table import show

    out = console()
    out.print(Text.assemble(named(found["party"]), f" on {found['on']}"))
    if found["parts"]["nodes"]:
        out.print()
        through = _stakeholders(found["parts"]["nodes"])
        show(out, _matrix(found["parts"]["nodes"], list(through)))
        out.print(f"\n{LEGEND}.", soft_wrap=True)
        for number, stakeholder in enumerate(through.values(), start=1):
            show(out, Text.assemble(f"{number} through ", named(stakeholder)))
        tell_rest(out, found["parts"], "entities")
    else:
        out.print("It acts in nothing" + (" after this place." if found["parts"]["totalCount"] else "."))
    out.print()
    _show_rest(out, found)


def _stakeholders(parts: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Find those through whom the party acts, by key, in the order in which they are met."""
    return {one["through"]["key"]: one["through"] for part in parts for one in part["roles"] if one["through"]}


def _matrix(parts: list[dict[str, Any]], through: list[str]) -> "Table":
    """Show a row for each entity and a column for each role; columns with nothing in them are left out."""
    from graph_api.cli.table import cell, table

    rows = []
    for part in parts:
        row = {}
        for role, heading in COLUMNS.items():
            held = [one["through"] for one in part["roles"] if one["role"] == role]
            row[heading] = ", ".join(str(through.index(one["key"]) + 1) if one else "x" for one in held)
        involved = [one for one in part["roles"] if one["role"] not in {"ACCOUNTABLE", "RUNS"}]
        row["contribution"] = "; ".join(plain(one["contribution"]) for one in involved if one["contribution"])
        row["days"] = " + ".join(cell(one["effort"]) for one in involved)
        row["finding"] = "over" if part["over"] else ", ".join(in_words(finding) for finding in part["findings"])
        rows.append(row)
    headings = [heading for heading in rows[0] if any(row[heading] for row in rows)]
    shown = table("entity", *headings, numbers=("days",))
    for part, row in zip(parts, rows, strict=True):
        shown.add_row(named(part["entity"]), *(row[heading] for heading in headings))
    return shown


def _show_rest(out: "Console", found: dict[str, Any]) -> None:
    _show_load(out, found["load"])
    out.print(f"Promises to keep: {found['promisesToKeepCount']}")
    for heading, name, entity in (
        ("KPIs", "kpis", "entity"),
        ("Pains owned", "ownedPains", "node"),
        ("Pains at its touchpoints", "painsAtTouchpoints", "node"),
    ):
        keys = ", ".join(plain(one[entity]["key"]) for one in found[name]["nodes"])
        out.print(f"{heading}: {found[name]['totalCount']}" + (f" ({keys})" if keys else ""), soft_wrap=True)
    others = ", ".join(
        f"{whom(one['other'])} {one['shared'] or '(within steps only)'}" for one in found["worksWith"]["nodes"]
    )
    out.print(f"Works with: {others or 'nobody'}", soft_wrap=True)


def _show_load(out: "Console", load: dict[str, Any]) -> None:
    """Tell it by kind: over kinds the same work may be stated twice."""
    if not load["byKind"]:
        out.print("Load: it is involved in nothing that is not over")
        return
    out.print("Load in person-days:")
    for one in load["byKind"]:
        least = "at least " if one["unknown"] and one["known"] is not None else ""
        out.print(f"  {in_words(one['kind']).lower()}: {least}{_days(one)}")
    if len(load["byKind"]) > 1:
        out.print(
            f"  known of all kinds: {_days(load)}; work on a proposition may be that on its initiatives", soft_wrap=True
        )


def _days(load: dict[str, Any]) -> str:
    if load["tooLarge"]:
        return "too large for a number"
    known = "unknown" if load["known"] is None else f"{load['known']:g}"
    return known + (f", {load['unknown']} of {load['involvements']} efforts unknown" if load["unknown"] else "")
