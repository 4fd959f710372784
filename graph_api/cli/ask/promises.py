"""`graph-api ask promises`: who makes which, who must keep them, and whether they are kept."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli.answer import answer
from graph_api.cli.ask.page import After, Limit, tell_rest
from graph_api.cli.ask.scope import On, Tag, Within, asked_of, day
from graph_api.cli.entity import lost, named, read_entity
from graph_api.cli.terminal import Json, console, echo_json, plain, told
from graph_api.errors import UserInputError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

PAGE = """{
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      promise { __typename key name }
      state
      due
      withdrawn
      level
      share
      kpi { __typename key name unit }
      value
      measuredOn
      kept
      made
      keptShare
      low
      high
      missing
      targets { target { __typename key name } state kept made keptShare low high missing }
      madeBy { __typename key name }
      madeAt { touchpoint { __typename key name } party { __typename key name } }
      keptAt { touchpoint { __typename key name } party { __typename key name } }
      owner { __typename key name }
      othersPromise
    }
  }"""
QUERY = f"""
query Promises($scope: Scope, $on: Date, $first: Int, $after: String) {{
  promiseStates(scope: $scope, on: $on, first: $first, after: $after) {PAGE}
}}
"""
QUERY_KEEPER = f"""
query PromisesToKeep($key: String!, $on: Date, $first: Int, $after: String) {{
  keeper: KIND(key: $key) {{ promisesToKeep(on: $on, first: $first, after: $after) {PAGE} }}
}}
"""
KEEPERS = {"Department": "department", "Partner": "partner"}
COLOURS = {"BROKEN": "red", "UNCERTAIN": "yellow", "UNMEASURED": "yellow", "KEPT": "green", "NOT_DUE": "dim"}

Keeper = Annotated[
    str | None,
    typer.Option(
        "--keeper", help="Only what this department or partner must keep, as `department/sales`.", metavar="KIND/KEY"
    ),
]


def promises(
    *,
    keeper: Keeper = None,
    within: Within = None,
    tag: Tag = None,
    on: On = None,
    limit: Limit = 25,
    after: After = None,
    as_json: Json = False,
) -> None:
    """List promises with who makes them, who must keep them, and whether they are kept: those broken first."""
    with told():
        page = {"first": limit, "after": after}
        if keeper is None:
            found = answer(QUERY, {**asked_of(within, tag, on), **page})["promiseStates"]
        else:
            found = _to_keep(keeper, {"on": day(on), **page}, chosen=bool(within or tag))
        if as_json:
            echo_json(found)
        else:
            _show(found)


def _to_keep(keeper: str, variables: dict[str, Any], *, chosen: bool) -> dict[str, Any]:
    kind, key = read_entity(keeper, "--keeper")
    if kind not in KEEPERS:
        message = "--keeper: Only departments and partners keep promises. Name one, as department/sales."
        raise UserInputError(message)
    if chosen:
        message = "--keeper: Goes with neither --scope nor --tag. Leave these out."
        raise UserInputError(message)
    found = answer(QUERY_KEEPER.replace("KIND", KEEPERS[kind]), {"key": key, **variables})["keeper"]
    if found is None:
        raise lost(kind, key, "--keeper")
    return found["promisesToKeep"]  # type: ignore[no-any-return] # the answer of a query


def _show(found: dict[str, Any]) -> None:
    from graph_api.cli.table import show

    out = console()
    if not found["nodes"]:
        out.print("There are no promises" + (" after this place." if found["totalCount"] else " here."))
        return
    show(out, _table(found["nodes"], out))
    tell_rest(out, found, "promises")


def _table(nodes: list[dict[str, Any]], out: "Console") -> "Table":
    from graph_api.cli.bar import of_share, percent
    from graph_api.cli.table import UNKNOWN, table

    columns = ("state", "promise", "", "kept", "95 %", "agreed", "made by", "must keep", "others'", "missing")
    shown = table(*columns, numbers=("kept", "agreed"), leading=int(out.is_terminal))
    for node in nodes:
        shown.add_row(
            _coloured(node["state"]),
            named(node["promise"]),
            of_share(node["keptShare"]),
            UNKNOWN if node["kept"] is None else f"{node['kept']}/{node['made']}",
            UNKNOWN if node["low"] is None else f"{percent(node['low'])}-{percent(node['high'])}",
            percent(node["share"]),
            _parties(node["madeAt"]),
            _parties(node["keptAt"]),
            {True: "yes", False: "no", None: UNKNOWN}[node["othersPromise"]],
            ", ".join(term.lower().replace("_", " ") for term in node["missing"]),
        )
    return shown


def _coloured(state: str) -> "Text":
    from rich.text import Text

    return Text(state.replace("_", " "), COLOURS[state])


def _parties(places: list[dict[str, Any]]) -> str:
    from graph_api.cli.table import UNKNOWN

    names = dict.fromkeys(plain(place["party"]["name"]) if place["party"] else "nobody" for place in places)
    return ", ".join(names) or UNKNOWN
