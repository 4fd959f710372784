"""`graph-api ask journey-complexity`: what makes journeys complex, term by term."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from graph_api.cli.answer import answer
from graph_api.cli.ask.page import After, Limit, tell_rest
from graph_api.cli.ask.scope import Tag, Within, scope_of
from graph_api.cli.entity import named, reference
from graph_api.cli.terminal import Json, console, echo_json, told

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

FIELDS = (
    "stages steps stepsWithoutTouchpoints touchpoints outsideControl controlUnknown channels touchpointsWithoutChannel "
    "parties touchpointsWithoutParty handoffs handoffsWithinStep breaks variants durationHours "
    "durationsUnknown waitingShare waitingShareLow waitingShareHigh waitingsUnknown waitingsNotCredible"
)
QUERY = f"""
query JourneyComplexity($scope: Scope, $first: Int, $after: String) {{
  journeyComplexity(scope: $scope, first: $first, after: $after) {{
    totalCount
    pageInfo {{ hasNextPage endCursor }}
    nodes {{
      journey {{ __typename key name }}
      terms {{ {FIELDS} }}
      ranks {{ term value rank among }}
    }}
  }}
}}
"""
SHOWN = {
    "touchpoints": "touchpoints",
    "steps": "steps",
    "stages": "stages",
    "channels": "channels",
    "parties": "parties",
    "handoffs": "hand-offs",
    "handoffsWithinStep": "in steps",
    "breaks": "breaks",
    "outsideControl": "outside",
    "variants": "variants",
}
"""The fields shown, with their headings."""


def journey_complexity(
    *, within: Within = None, tag: Tag = None, limit: Limit = 25, after: After = None, as_json: Json = False
) -> None:
    """List what makes journeys complex: those with most touchpoints first."""
    with told():
        variables = {"scope": scope_of(within, tag), "first": limit, "after": after}
        found = answer(QUERY, variables)["journeyComplexity"]
        if as_json:
            echo_json(found)
        else:
            _show(found)


def waiting(terms: dict[str, Any]) -> str:
    """Write the share of waiting: the share itself, or where it lies."""
    from graph_api.cli.bar import percent
    from graph_api.cli.table import UNKNOWN

    if terms["waitingShare"] is not None:
        return percent(terms["waitingShare"])
    if terms["waitingShareLow"] is None or terms["waitingShareHigh"] is None:
        return UNKNOWN
    return f"{percent(terms['waitingShareLow'])}-{percent(terms['waitingShareHigh'])}"


def tell_incredible(out: "Console", told: Sequence[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    """Name the journeys with stages where more waiting is known than the stage takes."""
    keys = [f"{reference(journey)} ({many})" for journey, terms in told if (many := terms["waitingsNotCredible"])]
    if keys:
        sentence = "Stages known to wait longer than they take, which is not credible and counts as unknown"
        out.print(f"\n{sentence}: {', '.join(keys)}", soft_wrap=True)


def _show(found: dict[str, Any]) -> None:
    from graph_api.cli.table import show

    out = console()
    if not found["nodes"]:
        out.print("There are no journeys" + (" after this place." if found["totalCount"] else " here."))
        return
    show(out, _table(found["nodes"]))
    tell_incredible(out, [(node["journey"], node["terms"]) for node in found["nodes"]])
    tell_rest(out, found, "journeys")


def _table(nodes: list[dict[str, Any]]) -> "Table":
    from graph_api.cli.table import cell, table

    numbers = (*SHOWN.values(), "waiting")
    shown = table("journey", *numbers, numbers=numbers)
    for node in nodes:
        shown.add_row(named(node["journey"]), *(cell(node["terms"][field]) for field in SHOWN), waiting(node["terms"]))
    return shown
