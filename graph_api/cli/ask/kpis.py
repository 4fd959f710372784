"""`graph-api ask kpis`: where the numbers stand, how sure that is, and where they go."""

from typing import TYPE_CHECKING, Any

from graph_api.cli.answer import answer
from graph_api.cli.ask.page import After, Limit, tell_rest
from graph_api.cli.ask.scope import On, Tag, Within, asked_of
from graph_api.cli.terminal import Json, console, echo_json, plain, told

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

QUERY = """
query KPIStates($scope: Scope, $on: Date, $first: Int, $after: String) {
  kpiStates(scope: $scope, on: $on, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      kpi { __typename key name unit direction baseline target targetBy }
      status
      value
      low
      high
      intervalMethod
      measuredOn
      ageDays
      sampleSize
      countedBy
      shareHeard
      gap
      progress
      progressLow
      progressHigh
      elapsed
      held
      trend { direction slope low high points since }
      series(last: 12) { totalCount nodes { measuredOn value low high } }
      perceptionGaps(first: 10) {
        nodes {
          parts { __typename key name }
          one { respondentSide value measuredOn }
          other { respondentSide value measuredOn }
          difference
          low
          high
        }
      }
      competitors(first: 10) { nodes { name value measuredOn difference } }
      missing
    }
  }
}
"""
COLOURS = {"BEHIND": "red", "UNCERTAIN": "yellow", "UNKNOWN": "yellow", "ON_TRACK": "green", "REACHED": "green"}
TREND_COLOURS = {"IMPROVING": "green", "WORSENING": "red", "FLAT": "", "UNKNOWN": "dim"}


def kpis(
    *,
    within: Within = None,
    tag: Tag = None,
    on: On = None,
    limit: Limit = 25,
    after: After = None,
    as_json: Json = False,
) -> None:
    """List KPIs with value and interval, progress at which share of the time, and trend: those behind first."""
    with told():
        variables = {**asked_of(within, tag, on), "first": limit, "after": after}
        found = answer(QUERY, variables)["kpiStates"]
        if as_json:
            echo_json(found)
        else:
            _show(found)


def _show(found: dict[str, Any]) -> None:
    from graph_api.cli.table import show

    out = console()
    if not found["nodes"]:
        out.print("There are no KPIs" + (" after this place." if found["totalCount"] else " here."))
        return
    show(out, _table(found["nodes"], out))
    _show_missing(out, found["nodes"])
    _show_others(out, found["nodes"])
    tell_rest(out, found, "KPIs")


def _table(nodes: list[dict[str, Any]], out: "Console") -> "Table":
    from graph_api.cli.sparkline import Sparkline
    from graph_api.cli.table import NARROW, UNKNOWN, table

    columns = ["status", "KPI", "value", "95 %", "series", "", "progress", "unit", "trend", "missing"]
    shown_columns = columns[:-3] if out.width < NARROW else columns
    fixed = ("status", "KPI", "value", "95 %", "series", "", "progress", "trend")
    shown = table(*shown_columns, numbers=("value",), fixed=fixed, leading=int(out.is_terminal))
    for node in nodes:
        row = (
            coloured(node["status"], COLOURS),
            plain(node["kpi"]["key"]),
            number(node["value"]),
            UNKNOWN if node["low"] is None else f"{number(node['low'])} to {number(node['high'])}",
            Sparkline(values) if (values := [point["value"] for point in node["series"]["nodes"]]) else UNKNOWN,
            pace(node),
            _progress(node),
            plain(node["kpi"]["unit"] or UNKNOWN),
            coloured(node["trend"]["direction"], TREND_COLOURS),
            _missing(node),
        )
        shown.add_row(*row[: len(shown_columns)])
    return shown


def _missing(node: dict[str, Any]) -> str:
    return ", ".join(term.lower().replace("_", " ") for term in node["missing"])


def _show_missing(out: "Console", nodes: list[dict[str, Any]]) -> None:
    """Say in a narrow terminal what the table has no room for."""
    from graph_api.cli.table import NARROW

    if out.width >= NARROW:
        return
    out.print()
    for node in nodes:
        said = [
            *([plain(node["kpi"]["unit"])] if node["kpi"]["unit"] else []),
            *([node["trend"]["direction"].lower()] if node["trend"]["direction"] != "UNKNOWN" else []),
            *([f"missing: {_missing(node)}"] if node["missing"] else []),
        ]
        out.print(f"{plain(node['kpi']['key'])}: {'; '.join(said)}", markup=False, highlight=False)


def number(value: float | None) -> str:
    """Write a value with no more digits than people read."""
    from graph_api.cli.table import UNKNOWN

    if value is None:
        return UNKNOWN
    return f"{value:,.0f}" if 1_000 <= abs(value) < 1e15 else f"{value:.4g}"  # noqa: PLR2004 - so many digits


def coloured(text: str, colours: dict[str, str]) -> "Text":
    """Write a status in its colour."""
    from rich.text import Text

    return Text(text.replace("_", " "), colours[text])


def pace(node: dict[str, Any]) -> "RenderableType":
    """Draw how far a KPI came, and what is wanting to an even pace."""
    from graph_api.cli.bar import Bar
    from graph_api.cli.table import UNKNOWN

    progress, elapsed = node["progress"], node["elapsed"]
    if progress is None:
        return UNKNOWN
    done = min(1.0, max(0.0, progress))
    behind = 0.0 if elapsed is None else max(0.0, elapsed - done)
    return Bar((done, behind, 1 - done - behind))


def _progress(node: dict[str, Any]) -> str:
    from graph_api.cli.bar import percent
    from graph_api.cli.table import UNKNOWN

    if node["held"] is not None:
        return "held" if node["held"] else "not held"
    if node["progress"] is None:
        return UNKNOWN
    return percent(node["progress"]) + ("" if node["elapsed"] is None else f" at {percent(node['elapsed'])}")


def _show_others(out: "Console", nodes: list[dict[str, Any]]) -> None:
    """Say who sees the numbers otherwise, and what competitors have."""
    lines = []
    for node in nodes:
        name = plain(node["kpi"]["name"])
        for gap in node["perceptionGaps"]["nodes"]:
            whom = "".join(f", of {plain(part['name'])}" for part in gap["parts"])
            sides = [
                f"{gap[which]['respondentSide'].lower()}s say {number(gap[which]['value'])}"
                for which in ("one", "other")
            ]
            lines.append(f"{name}{whom}: {', '.join(sides)}.")
        for one in node["competitors"]["nodes"]:
            other = plain(one["name"] or "a competitor")
            lines.append(f"{name}: {other} has {number(one['value'])}, ours is {number(node['value'])}.")
    if lines:
        out.print()
    for line in lines:
        out.print(line, markup=False, highlight=False)
