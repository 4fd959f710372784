"""`graph-api ask goals`: how far the goals have come, over what is known."""

from typing import TYPE_CHECKING, Any

from graph_api.cli.answer import answer
from graph_api.cli.ask.page import After, Limit, tell_rest
from graph_api.cli.ask.scope import On, Tag, Within, asked_of
from graph_api.cli.entity import named
from graph_api.cli.terminal import Json, console, echo_json, plain, told

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

QUERY = """
query GoalStates($scope: Scope, $on: Date, $first: Int, $after: String) {
  goalStates(scope: $scope, on: $on, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      goal { __typename key name goalLevel }
      horizon
      daysLeft
      progress
      low
      high
      known
      unknown
      below { progress low high known unknown }
      kpis(first: 10) { totalCount nodes { state { kpi { __typename key name } status } weight attained } }
      supportingGoals(first: 10) { totalCount nodes { goal { __typename key name } progress known unknown } }
    }
  }
}
"""


def goals(
    *,
    within: Within = None,
    tag: Tag = None,
    on: On = None,
    limit: Limit = 25,
    after: After = None,
    as_json: Json = False,
) -> None:
    """List goals with how far their KPIs have come and of how many that is unknown: visions first."""
    with told():
        variables = {**asked_of(within, tag, on), "first": limit, "after": after}
        found = answer(QUERY, variables)["goalStates"]
        if as_json:
            echo_json(found)
        else:
            _show(found)


def _show(found: dict[str, Any]) -> None:
    from graph_api.cli.table import show

    out = console()
    if not found["nodes"]:
        out.print("There are no goals" + (" after this place." if found["totalCount"] else " here."))
        return
    show(out, _table(found["nodes"], out))
    tell_rest(out, found, "goals")


def _table(nodes: list[dict[str, Any]], out: "Console") -> "Table":
    from graph_api.cli.bar import of_share, percent
    from graph_api.cli.table import UNKNOWN, table

    columns = ("level", "goal", "", "progress", "if all were known", "KPIs", "horizon", "goals that support it")
    shown = table(*columns, numbers=("progress",), leading=int(out.is_terminal))
    for node in nodes:
        open_ = node["unknown"] and node["low"] is not None
        shown.add_row(
            (node["goal"]["goalLevel"] or UNKNOWN).lower(),
            named(node["goal"]),
            of_share(node["progress"]),
            percent(node["progress"]),
            f"{percent(node['low'])} to {percent(node['high'])}" if open_ else "",
            _counted(node),
            UNKNOWN if node["horizon"] is None else f"{node['horizon']}, {_left(node['daysLeft'])}",
            _below(node),
        )
    return shown


def _counted(node: dict[str, Any]) -> str:
    """Say what its KPIs are, and of how many it is not known how far they came."""
    names = [
        f"{plain(one['state']['kpi']['name'])} ({one['state']['status'].lower().replace('_', ' ')})"
        for one in node["kpis"]["nodes"]
    ]
    rest = node["kpis"]["totalCount"] - len(names)
    names += [f"{rest} more"] if rest else []
    unknown = f"; {node['unknown']} unknown" if node["unknown"] else ""
    return (", ".join(names) or "none") + unknown


def _left(days: int) -> str:
    return f"{days} days left" if days >= 0 else f"{-days} days ago"


def _below(node: dict[str, Any]) -> str:
    from graph_api.cli.bar import percent

    below = node["below"]
    if not node["supportingGoals"]["totalCount"]:
        return ""
    unknown = f", {below['unknown']} unknown" if below["unknown"] else ""
    return f"{percent(below['progress'])} over {below['known']} known{unknown}"
