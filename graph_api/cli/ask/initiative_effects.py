"""`graph-api ask initiative-effects`: whether the numbers that initiatives were to move did move."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli.answer import answer
from graph_api.cli.ask.page import MOST, After, Limit, tell_rest
from graph_api.cli.ask.scope import On, Tag, Within, asked_of
from graph_api.cli.terminal import Json, console, echo_json, plain, told

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

QUERY = """
query InitiativeEffects(
  $scope: Scope, $on: Date, $window: Int, $minimumSample: Int, $first: Int, $after: String, $points: Int
) {
  initiativeEffects(
    scope: $scope, on: $on, window: $window, minimumSample: $minimumSample, first: $first, after: $after
  ) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      initiative { __typename key name }
      kpi { __typename key name unit }
      verdict
      method
      course
      change { change low high }
      missing
      claims { claimant { __typename key name } expectedChange by }
      aims { __typename key name }
      wentLive
      liveBy
      windowFrom
      windowTo
      pointsBefore
      pointsAfter
      pointsLeftOut
      means { before after difference { change low high } }
      trend {
        effect { change low high }
        level { change low high }
        slopeBefore { change low high }
        slope { change low high }
        errors
        durbinWatson
      }
      comparison {
        reached { __typename key name }
        others { __typename key name }
        leftOut { __typename key name }
        against {
          reached { before after }
          others { before after }
          effect { change low high }
          apart { change low high }
          parallel
          before
          after
        }
      }
      points(last: $points) { nodes { on value sampleSize phase } }
      alongside(first: $points) { nodes { initiative { __typename key name } reasons atWork accounts } }
    }
  }
}
"""
COLOURS = {
    "NOT_MEASURABLE": "yellow",
    "NO_CHANGE": "dim",
    "CHANGED_ALONGSIDE": "yellow",
    "CHANGED_VS_TREND": "green",
    "CHANGED_VS_COMPARISON": "green",
}
WORSENED = "red"

Window = Annotated[
    int | None,
    typer.Option("--window", help="How many days before and after going live count; 365 when absent.", metavar="DAYS"),
]
MinimumSample = Annotated[
    int | None,
    typer.Option(
        "--minimum-sample",
        help="How large a sample must be, where its size is known; 20 when absent.",
        metavar="N",
    ),
]


def initiative_effects(
    *,
    window: Window = None,
    minimum_sample: MinimumSample = None,
    within: Within = None,
    tag: Tag = None,
    on: On = None,
    limit: Limit = 25,
    after: After = None,
    as_json: Json = False,
) -> None:
    """Tell whether numbers moved after initiatives went live: against their trend, and against others."""
    with told():
        asked = {"window": window, "minimumSample": minimum_sample, "first": limit, "after": after, "points": MOST}
        found = answer(QUERY, {**asked_of(within, tag, on), **asked})["initiativeEffects"]
        if as_json:
            echo_json(found)
        else:
            _show(found)


def _show(found: dict[str, Any]) -> None:
    from graph_api.cli.table import show

    out = console()
    if not found["nodes"]:
        out.print("There are no initiatives" + (" after this place." if found["totalCount"] else " here."))
        return
    show(out, _table(found["nodes"], out))
    _show_more(out, found["nodes"])
    tell_rest(out, found, "effects")


def _table(nodes: list[dict[str, Any]], out: "Console") -> "Table":
    from graph_api.cli.table import NARROW, UNKNOWN, table

    columns = [
        *("verdict", "initiative", "kpi", "", "change", "95 %", "claimed"),
        *("live", "before", "after", "missing", "beside it"),
    ]
    shown_columns = columns[:7] if out.width < NARROW else columns
    numbers = ("before", "after", "change", "claimed")
    fixed = ("initiative", "kpi", "", "change", "95 %", "live", "before", "after")
    shown = table(*shown_columns, numbers=numbers, fixed=fixed, leading=int(out.is_terminal))
    for node in nodes:
        change, means = node["change"], _means(node)
        row = (
            _verdict(node),
            plain(node["initiative"]["key"]),
            plain(node["kpi"]["key"]) if node["kpi"] else UNKNOWN,
            _plot(node),
            UNKNOWN if change is None else f"{change['change']:+.3g}",
            UNKNOWN if change is None else f"{change['low']:+.3g} to {change['high']:+.3g}",
            _claimed(node),
            _live(node),
            UNKNOWN if means is None else _figure(means["before"]),
            UNKNOWN if means is None else _figure(means["after"]),
            _missing(node),
            _beside(node),
        )
        shown.add_row(*row[: len(shown_columns)])
    return shown


def _show_more(out: "Console", nodes: list[dict[str, Any]]) -> None:
    """Say in a narrow terminal what the table has no room for."""
    from graph_api.cli.table import NARROW

    if out.width >= NARROW:
        return
    out.print()
    for node in nodes:
        means = _means(node)
        said = [
            *([f"live {_live(node)}"] if node["wentLive"] else []),
            *([f"{_figure(means['before'])} before, {_figure(means['after'])} after"] if means else []),
            *([f"missing: {_missing(node)}"] if node["missing"] else []),
            *([_beside(node)] if _beside(node) else []),
        ]
        what = " ".join(plain(node[name]["key"]) for name in ("initiative", "kpi") if node[name])
        out.print(f"{what}: {'; '.join(said)}", markup=False, highlight=False)


def _verdict(node: dict[str, Any]) -> "Text":
    """Say it, and where it is for the worse."""
    from rich.text import Text

    worse = node["course"] == "WORSENED"
    said = Text(_words(node["verdict"]), WORSENED if worse else COLOURS[node["verdict"]])
    return said.append(" (for the worse)") if worse else said


def _missing(node: dict[str, Any]) -> str:
    return ", ".join(map(_words, node["missing"]))


def _words(name: str) -> str:
    return name.lower().replace("_", " ").replace("kpi", "KPI")


def _means(node: dict[str, Any]) -> dict[str, Any] | None:
    """Return the means that the change is of: in a comparison, of those reached."""
    if node["method"] == "COMPARISON":
        return node["comparison"]["against"]["reached"]  # type: ignore[no-any-return] # the answer of a query
    return node["means"]  # type: ignore[no-any-return] # likewise


def _figure(value: float) -> str:
    return f"{value:.4g}"


def _live(node: dict[str, Any]) -> str:
    from graph_api.cli.table import UNKNOWN

    return (node["wentLive"] or UNKNOWN) + (" (running)" if node["liveBy"] == "STARTED" else "")


def _plot(node: dict[str, Any]) -> "RenderableType":
    from graph_api.cli.sparkline import Sparkline
    from graph_api.cli.table import UNKNOWN

    points = node["points"]["nodes"]
    before, after = ([point["value"] for point in points if point["phase"] == phase] for phase in ("BEFORE", "AFTER"))
    return Sparkline([*before, *after], len(before)) if before or after else UNKNOWN


def _claimed(node: dict[str, Any]) -> str:
    from graph_api.cli.table import UNKNOWN

    changes = [claim["expectedChange"] for claim in node["claims"]]
    return ", ".join(UNKNOWN if change is None else f"{change:+.3g}" for change in changes) or "nothing"


def _beside(node: dict[str, Any]) -> str:
    """Name those compared with, and what else could account for a change."""
    others = [one["key"] for one in node["comparison"]["others"]] if node["comparison"] else []
    rivals = [one["initiative"]["key"] for one in node["alongside"]["nodes"] if one["accounts"] is not False]
    said = {"against": others, "also": rivals}
    return "; ".join(f"{word} {', '.join(map(plain, keys))}" for word, keys in said.items() if keys)
