"""`graph-api ask decisions`: what was decided, and what became of it since."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli.answer import answer
from graph_api.cli.ask.kpis import number
from graph_api.cli.ask.page import MOST, After, Limit, tell_rest
from graph_api.cli.ask.rules import read_choice
from graph_api.cli.ask.scope import On, Tag, Within, asked_of
from graph_api.cli.entity import named
from graph_api.cli.terminal import Json, console, echo_json, plain, told

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

QUERY = """
query Decisions(
  $scope: Scope
  $on: Date
  $verdicts: [DecisionVerdict!]
  $current: Boolean
  $first: Int
  $after: String
  $kpis: Int
) {
  decisionOutcomes(
    scope: $scope, on: $on, verdicts: $verdicts, current: $current, first: $first, after: $after
  ) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      on
      verdict
      byRole
      reason
      expected
      entity { __typename key name }
      status
      until
      deep
      begun
      done
      unknown
      wentOn
      kpis(first: $kpis) {
        totalCount
        nodes {
          kpi { __typename key }
          unit
          expectedChange
          by
          due
          valueThen
          valueNow
          change
          share
          missing
        }
      }
    }
  }
}
"""
_MISSING = {"START_VALUE": "value then", "VALUE_AT_BY": "value now", "BY": "a day since"}
"""What terms of a claim are here."""

Verdict = Annotated[
    list[str] | None,
    typer.Option("--verdict", help="Only by this: APPROVE, HOLD, STOP, DECIDED_NO or REOPENED; may be given again."),
]
Current = Annotated[bool, typer.Option("--current", help="Only what no later decision replaced.")]


def decisions(
    *,
    verdict: Verdict = None,
    current: Current = False,
    within: Within = None,
    tag: Tag = None,
    on: On = None,
    limit: Limit = 25,
    after: After = None,
    as_json: Json = False,
) -> None:
    """List what was decided, the newest first, with what became of it since."""
    with told():
        conditions = {"verdicts": _read_verdicts(verdict), "current": True if current else None}
        asked = {**asked_of(within, tag, on), **conditions, "first": limit, "after": after, "kpis": MOST}
        found = answer(QUERY, asked)["decisionOutcomes"]
        if as_json:
            echo_json(found)
        else:
            _show(found)


def _read_verdicts(names: list[str] | None) -> list[str] | None:
    from graph_api.model.choices import DecisionVerdict

    known = f"Write {', '.join(list(DecisionVerdict)[:-1])} or {list(DecisionVerdict)[-1]}."
    lead = "--verdict: There is no verdict"
    return [read_choice(name, DecisionVerdict, lead, known) for name in names or ()] or None


def _show(found: dict[str, Any]) -> None:
    from graph_api.cli.table import NARROW, show

    out = console()
    if not found["nodes"]:
        out.print("There are no decisions" + (" after this place." if found["totalCount"] else " here."))
        return
    show(out, _decisions(found["nodes"]))
    tell_rest(out, found, "decisions")
    if any(node["kpis"]["nodes"] for node in found["nodes"]):
        out.print("\nWhat numbers did since:\n")
        show(out, _kpis(found["nodes"], wide=out.width >= NARROW))
        if out.width < NARROW:
            _tell_missing(out, found["nodes"])


def _decisions(nodes: list[dict[str, Any]]) -> "Table":
    from graph_api.cli.table import UNKNOWN, table

    shown = table("on", "verdict", "about", "by", "status now", "since then", fixed=("on", "verdict"))
    for node in nodes:
        shown.add_row(
            node["on"],
            node["verdict"] or UNKNOWN,
            named(node["entity"]),
            plain(node["byRole"]) if node["byRole"] else UNKNOWN,
            (node["status"] or UNKNOWN).lower(),
            ", ".join(_since(node)),
        )
    return shown


def _since(node: dict[str, Any]) -> list[str]:
    """Say what became of it, in few words."""
    words = [f"replaced on {node['until']}"] if node["until"] else []
    words += [f"{node[name]} {name}" for name in ("begun", "done") if node[name]]
    words += [f"{node['unknown']} unknown"] if node["unknown"] else []
    if node["verdict"] in {"DECIDED_NO", "HOLD", "STOP"}:
        words.append({True: "work went on", False: "no work", None: "unknown whether work went on"}[node["wentOn"]])
    words.append("deep" if node["deep"] else "not deep")
    return words


def _kpis(nodes: list[dict[str, Any]], *, wide: bool) -> "Table":
    from graph_api.cli.table import UNKNOWN, table

    numbers = ("then", "now", "change", "claimed", "share")
    more = ("due", "missing") if wide else ()
    shown = table("about", "since", "kpi", *numbers, *more, numbers=numbers, fixed=("about", "since", "due"))
    for node in nodes:
        for kpi in node["kpis"]["nodes"]:
            changes = (_change(kpi["change"]), _change(kpi["expectedChange"]))
            beside = (kpi["by"] or UNKNOWN, _missing(kpi))
            shown.add_row(
                plain(node["entity"]["key"]),
                node["on"],
                plain(kpi["kpi"]["key"]),
                *(number(kpi["valueThen"]), number(kpi["valueNow"]), *changes),
                UNKNOWN if kpi["share"] is None else f"{kpi['share']:.2f}",
                *(beside if wide else ()),
            )
    return shown


def _tell_missing(out: "Console", nodes: list[dict[str, Any]]) -> None:
    for node in nodes:
        for kpi in node["kpis"]["nodes"]:
            if kpi["missing"]:
                out.print(f"{plain(node['entity']['key'])}, {plain(kpi['kpi']['key'])}: missing {_missing(kpi)}")


def _missing(kpi: dict[str, Any]) -> str:
    return ", ".join(_MISSING.get(term, term.lower().replace("_", " ")) for term in kpi["missing"])


def _change(change: float | None) -> str:
    return f"{'+' if change is not None and change >= 0 else ''}{number(change)}"
