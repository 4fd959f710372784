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
    load { involvements known unknown byKind { kind involvements known unknown } }
    promisesToKeep
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
        show(out, _matrix(found["parts"]["nodes"]))
        out.print(f"\n{LEGEND}.")
        tell_rest(out, found["parts"], "entities")
    else:
        out.print("It acts in nothing" + (" after this place." if found["parts"]["totalCount"] else "."))
    out.print()
    _show_rest(out, found)


def _matrix(parts: list[dict[str, Any]]) -> "Table":
    from graph_api.cli.table import cell, table

    shown = table("entity", *COLUMNS.values(), "person-days", "finding", numbers=("person-days",))
    for part in parts:
        roles = {role: [one for one in part["roles"] if one["role"] == role] for role in COLUMNS}
        efforts = [cell(one["effort"]) for one in part["roles"] if one["role"] not in {"ACCOUNTABLE", "RUNS"}]
        shown.add_row(
            named(part["entity"]),
            *(
                ", ".join(plain(one["through"]["key"]) if one["through"] else "x" for one in roles[role])
                for role in COLUMNS
            ),
            " + ".join(efforts),
            "over" if part["over"] else ", ".join(in_words(finding) for finding in part["findings"]),
        )
    return shown


def _show_rest(out: "Console", found: dict[str, Any]) -> None:
    load = found["load"]
    known = "no effort is known" if load["known"] is None else f"at least {load['known']:g} person-days"
    out.print(f"Load: {known}, and {load['unknown']} of {load['involvements']} efforts unknown", soft_wrap=True)
    for one in load["byKind"]:
        known = "none known" if one["known"] is None else f"{one['known']:g}"
        out.print(f"  {in_words(one['kind']).lower()}: {known}, {one['unknown']} of {one['involvements']} unknown")
    out.print(f"Promises to keep: {found['promisesToKeep']}")
    for heading, name, entity in (
        ("KPIs", "kpis", "entity"),
        ("Pains owned", "ownedPains", "node"),
        ("Pains at its touchpoints", "painsAtTouchpoints", "node"),
    ):
        keys = ", ".join(plain(one[entity]["key"]) for one in found[name]["nodes"])
        out.print(f"{heading}: {found[name]['totalCount']}" + (f" ({keys})" if keys else ""), soft_wrap=True)
    others = ", ".join(f"{whom(one['other'])} {one['shared']}" for one in found["worksWith"]["nodes"])
    out.print(f"Works with: {others or 'nobody'}", soft_wrap=True)
