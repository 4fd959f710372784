"""`graph-api ask kpi-drivers`: what is claimed of KPIs against the gaps to their targets."""

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from graph_api.cli.answer import answer
from graph_api.cli.ask.page import MOST, After, Limit, tell_rest
from graph_api.cli.ask.scope import On, Tag, Within, asked_of
from graph_api.cli.entity import named, reference
from graph_api.cli.terminal import Json, console, echo_json, plain, told

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from graph_api.cli.bar import Bar

QUERY = f"""
query KPIDrivers($scope: Scope, $on: Date, $first: Int, $after: String) {{
  kpiDrivers(scope: $scope, on: $on, first: $first, after: $after) {{
    totalCount
    pageInfo {{ hasNextPage endCursor }}
    nodes {{
      kpi {{ __typename key name }}
      unit
      value
      valueOn
      gapFrom
      target
      targetBy
      gap
      reached
      claimed {{ change known unknown share knownShare }}
      claimedTwice
      overclaimed
      wrongDirection
      late
      passed
      missing
      claims(first: {MOST}) {{
        totalCount
        nodes {{
          claimant {{ __typename key name }}
          state
          expectedChange
          by
          confidence
          share
          wrongDirection
          late
          passed
          within {{ __typename key name }}
          initiatives {{ change known unknown share knownShare }}
        }}
      }}
      aimedAtBy(first: {MOST}) {{
        totalCount
        nodes {{ opportunity {{ __typename key name }} claimedBy {{ __typename key name }} }}
      }}
      drivenBy(first: {MOST}) {{
        totalCount
        nodes {{ kpi {{ __typename key name }} effect grounds lag source confidence }}
      }}
    }}
  }}
}}
"""


def kpi_drivers(
    *,
    within: Within = None,
    tag: Tag = None,
    on: On = None,
    limit: Limit = 25,
    after: After = None,
    as_json: Json = False,
) -> None:
    """List KPIs with what is claimed of the gap to their targets, and what drives them: most claimed first."""
    with told():
        variables = {**asked_of(within, tag, on), "first": limit, "after": after}
        found = answer(QUERY, variables)["kpiDrivers"]
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
    tell_rest(out, found, "KPIs")


def _table(nodes: list[dict[str, Any]], out: "Console") -> "Table":
    from graph_api.cli.bar import percent
    from graph_api.cli.table import table

    shown = table("kpi and claims", "change", "of the gap", "", "by", "", numbers=("change",))
    for place, node in enumerate(nodes):
        if place and out.is_terminal:
            shown.add_row()
        claimed = node["claimed"]
        shown.add_row(
            named(node["kpi"]),
            signed(claimed["known"]),
            _bar(claimed["knownShare"]),
            percent(claimed["knownShare"]),
            node["targetBy"] or "",
            "; ".join(_about(node)),
        )
        for claim in node["claims"]["nodes"]:
            shown.add_row(
                _indented(claim["claimant"], counts=claim["state"] == "COUNTED"),
                signed(claim["expectedChange"]),
                _bar(claim["share"]),
                percent(claim["share"]),
                claim["by"] or "",
                "; ".join(_about_claim(claim)),
            )
    return shown


def signed(value: float | None, unit: str | None = None) -> str:
    """Write a change with its sign, and its unit if that is known."""
    from graph_api.cli.table import UNKNOWN

    if value is None:
        return UNKNOWN
    rounded = round(value, 2) if abs(value) >= 1 else float(f"{value:.3g}")
    return f"{rounded:+,.15g}{f' {plain(unit)}' if unit else ''}"


def _bar(share: float | None) -> "Bar | Text":
    from graph_api.cli.bar import of_share

    return of_share(None if share is None else min(1.0, max(0.0, share)))


def _indented(claimant: dict[str, Any], *, counts: bool) -> "Text":
    from rich.text import Text

    return Text.assemble("  ", named(claimant), style="" if counts else "dim")


def _about(node: dict[str, Any]) -> Iterator[str]:
    if node["reached"]:
        yield "reached"
    elif node["gap"] is not None:
        yield f"gap {signed(node['gap'], node['unit'])}" + (
            " from the baseline" if node["gapFrom"] == "BASELINE" else ""
        )
    if node["overclaimed"]:
        yield "overclaimed"
    counts = {
        "without a number": node["claimed"]["unknown"],
        "claimed twice": node["claimedTwice"],
        "the wrong way": node["wrongDirection"],
        "after the target": node["late"],
        "passed": node["passed"],
        "not shown": node["claims"]["totalCount"] - len(node["claims"]["nodes"]),
    }
    yield from (f"{count} {words}" for words, count in counts.items() if count)
    lists = {
        "aimed at only": [one["opportunity"] for one in node["aimedAtBy"]["nodes"] if not one["claimedBy"]],
        "driven by": [one["kpi"] for one in node["drivenBy"]["nodes"]],
    }
    yield from (f"{words}: {', '.join(map(reference, found))}" for words, found in lists.items() if found)
    missing = [term.lower().replace("_", " ") for term in node["missing"] if term != "EXPECTED_CHANGE"]
    if missing:
        yield f"missing: {', '.join(missing)}"


def _about_claim(claim: dict[str, Any]) -> Iterator[str]:
    if claim["state"] == "CLAIMED_TWICE":
        yield f"part of {', '.join(map(reference, claim['within']))}"
    if claim["state"] == "ENDED":
        yield "ended"
    for name, words in (("wrongDirection", "the wrong way"), ("late", "after the target"), ("passed", "passed")):
        if claim[name]:
            yield words
    below = claim["initiatives"]
    if below and not _same(below["change"], claim["expectedChange"]):
        yield f"its initiatives claim {signed(below['known'])}" + (
            f" and {below['unknown']} without a number" if below["unknown"] else ""
        )


def _same(one: float | None, other: float | None) -> bool:
    """Tell whether two changes are the same, whatever their binary fractions are."""
    return one == other if one is None or other is None else math.isclose(one, other, rel_tol=1e-9)
