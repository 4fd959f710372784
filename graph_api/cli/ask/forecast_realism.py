"""`graph-api ask forecast-realism`: of what was claimed, how much came."""

from typing import TYPE_CHECKING, Any

from graph_api.cli.answer import answer
from graph_api.cli.ask.page import MOST, After, Limit, tell_rest
from graph_api.cli.ask.scope import On, Tag, Within, asked_of
from graph_api.cli.entity import named, reference
from graph_api.cli.terminal import Json, console, echo_json, told

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

QUERY = """
query ForecastRealism($scope: Scope, $on: Date, $first: Int, $after: String, $claims: Int) {
  forecastRealism(scope: $scope, on: $on, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      party { __typename key name }
      known
      unknown
      notDue
      medianRatio
      low
      high
      claims(states: [KNOWN, UNKNOWN], first: $claims) {
        totalCount
        nodes {
          claimant { __typename key name }
          kpi { __typename key name unit }
          state
          expectedChange
          by
          startOn
          startValue
          startFrom
          endOn
          endValue
          came
          ratio
          missing
        }
      }
    }
  }
}
"""


def forecast_realism(
    *,
    within: Within = None,
    tag: Tag = None,
    on: On = None,
    limit: Limit = 25,
    after: After = None,
    as_json: Json = False,
) -> None:
    """Tell, party by party, how much of what was claimed came by the day it was claimed for."""
    with told():
        asked = {"first": limit, "after": after, "claims": MOST}
        found = answer(QUERY, {**asked_of(within, tag, on), **asked})["forecastRealism"]
        if as_json:
            echo_json(found)
        else:
            _show(found)


def _show(found: dict[str, Any]) -> None:
    from graph_api.cli.table import show

    out = console()
    if not found["nodes"]:
        out.print("There are no claims" + (" after this place." if found["totalCount"] else " here."))
        return
    show(out, _parties(found["nodes"]))
    tell_rest(out, found, "parties")
    if any(node["claims"]["nodes"] for node in found["nodes"]):
        out.print("\nWhat should have come by now:\n")
        show(out, _claims(found["nodes"]))


def _parties(nodes: list[dict[str, Any]]) -> "Table":
    from graph_api.cli.table import UNKNOWN, table

    numbers = ("came of claimed", "known", "unknown", "not due")
    shown = table("party", "came of claimed", "95 %", "known", "unknown", "not due", numbers=numbers)
    for node in nodes:
        shown.add_row(
            _party(node),
            _ratio(node["medianRatio"]),
            UNKNOWN if node["low"] is None else f"{_ratio(node['low'])} to {_ratio(node['high'])}",
            str(node["known"]),
            str(node["unknown"]),
            str(node["notDue"]),
        )
    return shown


def _claims(nodes: list[dict[str, Any]]) -> "Table":
    from graph_api.cli.table import UNKNOWN, table

    numbers = ("claimed", "came", "ratio")
    shown = table("party", "who claims it", "kpi", "by", "claimed", "came", "ratio", "missing", numbers=numbers)
    for node in nodes:
        for claim in node["claims"]["nodes"]:
            shown.add_row(
                _party(node),
                reference(claim["claimant"]),
                reference(claim["kpi"]),
                claim["by"] or UNKNOWN,
                _change(claim["expectedChange"]),
                _change(claim["came"]),
                _ratio(claim["ratio"]),
                ", ".join(term.lower().replace("_", " ") for term in claim["missing"]),
            )
    return shown


def _party(node: dict[str, Any]) -> "Text | str":
    return named(node["party"]) if node["party"] else "nobody"


def _change(change: float | None) -> str:
    from graph_api.cli.table import UNKNOWN

    return UNKNOWN if change is None else f"{change:+.3g}"


def _ratio(ratio: float | None) -> str:
    from graph_api.cli.table import UNKNOWN

    return UNKNOWN if ratio is None else f"{ratio:.2f}"
