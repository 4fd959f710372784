"""`graph-api ask importance-satisfaction`: what to concentrate on, keep up, let be, and where too much is done."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli.answer import answer
from graph_api.cli.ask.moments_of_truth import Grounds, read_grounds, who_said
from graph_api.cli.ask.page import After, Limit, tell_rest
from graph_api.cli.ask.scope import Tag, Within, scope_of
from graph_api.cli.entity import named, reference
from graph_api.cli.terminal import Json, console, echo_json, told

if TYPE_CHECKING:
    from rich.table import Table

QUERY = """
query ImportanceSatisfaction(
  $scope: Scope
  $importanceCut: Float
  $satisfactionCut: Float
  $momentsOnly: Boolean
  $grounds: [ExperienceGrounds!]
  $first: Int
  $after: String
) {
  importanceSatisfaction(
    scope: $scope
    importanceCut: $importanceCut
    satisfactionCut: $satisfactionCut
    momentsOnly: $momentsOnly
    grounds: $grounds
  ) {
    importanceCut
    satisfactionCut
    total
    placed
    unplaced
    withoutImportance
    withoutSatisfaction
    quadrants { quadrant count }
    experiences(first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        persona { __typename key name }
        element { __typename key name }
        quadrant
        importance
        satisfaction
        gap
        momentOfTruth
        grounds
        respondents
      }
    }
  }
}
"""

ImportanceCut = Annotated[
    float | None,
    typer.Option(
        "--importance-cut", help="From where on something is important, 0 to 10; else the mean.", min=0, max=10
    ),
]
SatisfactionCut = Annotated[
    float | None,
    typer.Option(
        "--satisfaction-cut", help="From where on people are satisfied, 0 to 10; else the mean.", min=0, max=10
    ),
]
MomentsOnly = Annotated[bool, typer.Option("--moments-only", help="Look at moments of truth alone.")]


def importance_satisfaction(
    *,
    importance_cut: ImportanceCut = None,
    satisfaction_cut: SatisfactionCut = None,
    moments_only: MomentsOnly = False,
    grounds: Grounds = None,
    within: Within = None,
    tag: Tag = None,
    limit: Limit = 25,
    after: After = None,
    as_json: Json = False,
) -> None:
    """Hold how important steps and touchpoints are against how satisfied people are, in four quadrants."""
    with told():
        variables = {
            "scope": scope_of(within, tag),
            "importanceCut": importance_cut,
            "satisfactionCut": satisfaction_cut,
            "momentsOnly": moments_only,
            "grounds": read_grounds(grounds),
            "first": limit,
            "after": after,
        }
        found = answer(QUERY, variables)["importanceSatisfaction"]
        if as_json:
            echo_json(found)
        else:
            _show(found)


def _show(found: dict[str, Any]) -> None:
    from graph_api.cli.table import show

    out = console()
    out.print(
        f"{found['placed']} of {found['total']} experiences have a quadrant: the importance of "
        f"{found['withoutImportance']} and the satisfaction of {found['withoutSatisfaction']} are unknown."
    )
    if not found["placed"]:
        return
    cuts = found["importanceCut"], found["satisfactionCut"]
    out.print("Important is from {:.3g} on, satisfied from {:.3g} on.\n".format(*cuts))
    show(out, _counts(found))
    if found["experiences"]["nodes"]:
        out.print()
        show(out, _table(found["experiences"]["nodes"]))
    tell_rest(out, found["experiences"], "experiences")


def _counts(found: dict[str, Any]) -> "Table":
    from graph_api.cli.bar import of_share
    from graph_api.cli.table import table

    shown = table("quadrant", "count", "", numbers=("count",))
    for one in found["quadrants"]:
        shown.add_row(one["quadrant"], str(one["count"]), of_share(one["count"] / found["placed"]))
    return shown


def _table(found: list[dict[str, Any]]) -> "Table":
    from graph_api.cli.table import cell, table

    numbers = ("importance", "satisfaction", "gap")
    shown = table("quadrant", "persona", "step or touchpoint", *numbers, "who said so", numbers=numbers)
    for one in found:
        shown.add_row(
            one["quadrant"],
            reference(one["persona"]).partition("/")[2],
            named(one["element"]),
            *(cell(one[name]) for name in numbers),
            who_said(one),
        )
    return shown
