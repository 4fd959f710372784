"""`graph-api ask need-scores`: which needs are important and badly served, by persona or by segment."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli.answer import answer
from graph_api.cli.ask.page import After, Limit, tell_rest
from graph_api.cli.ask.scope import Tag, Within, scope_of
from graph_api.cli.entity import named, reference
from graph_api.cli.terminal import Json, console, echo_json, told

if TYPE_CHECKING:
    from rich.table import Table

QUERY = """
query NeedScores($scope: Scope, $segments: [String!], $first: Int, $after: String) {
  needScores(scope: $scope, segments: $segments) {
    found: %s(first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        %s { __typename key name }
        need { __typename key name }
        score
        band
        overserved
        importance
        satisfaction
        estimate
        missing
        respondents
        important
        satisfied
        %s
      }
    }
  }
}
"""
POOLED = "personas { __typename key name } leftOut { persona { __typename key name } estimate missing score }"
WIDEST = 20
"""The highest score there is."""


class Whose(StrEnum):
    """Of whom the scores are."""

    PERSONA = "persona"
    SEGMENT = "segment"


By = Annotated[Whose, typer.Option("--by", help="Of whom the scores are.")]
Segments = Annotated[
    list[str] | None,
    typer.Option("--segment", help="Only this segment, and personas in it; may be given again.", metavar="KEY"),
]


def need_scores(
    *,
    by: By = Whose.PERSONA,
    segment: Segments = None,
    within: Within = None,
    tag: Tag = None,
    limit: Limit = 25,
    after: After = None,
    as_json: Json = False,
) -> None:
    """Score needs by how important they are and how badly they are served (Ulwick), the highest first."""
    with told():
        whole = QUERY % (f"by{by.capitalize()}", by, POOLED if by is Whose.SEGMENT else "")
        variables = {"scope": scope_of(within, tag), "segments": segment or None, "first": limit, "after": after}
        found = answer(whole, variables)["needScores"]["found"]
        if as_json:
            echo_json(found)
        else:
            _show(found, by, chosen=bool(variables["scope"] or segment))


def _show(found: dict[str, Any], by: Whose, *, chosen: bool) -> None:
    from graph_api.cli.table import show

    out = console()
    if not found["nodes"]:
        where = " after this place" if found["totalCount"] else " here" if chosen else ""
        out.print(f"There are no needs of a {by}{where}.")
        return
    show(out, _table(found["nodes"], by))
    tell_rest(out, found, "scores")


def _table(found: list[dict[str, Any]], by: Whose) -> "Table":
    from graph_api.cli.bar import of_share, tenths
    from graph_api.cli.table import cell, table

    numbers = ("importance", "satisfaction", "score")
    shown = table(by, "need", *numbers, "", "band", "who said so", numbers=numbers)
    for one in found:
        figures = (None if one[name] is None else tenths(one[name]) for name in numbers)
        shown.add_row(
            reference(one[by]).partition("/")[2],
            named(one["need"]),
            *map(cell, figures),
            of_share(None if one["score"] is None else one["score"] / WIDEST),
            cell(one["band"]) + (", overserved" if one["overserved"] else ""),
            _who_said(one),
        )
    return shown


def _who_said(one: dict[str, Any]) -> str:
    """Say where the figures come from, and what is not in them."""
    if one["estimate"]:
        said = "an estimate"
    elif one["missing"]:
        said = f"unknown: {', '.join(one['missing']).lower()}"
    else:
        said = f"{one['respondents']} counted"
    left_out = [reference(other["persona"]).partition("/")[2] for other in one.get("leftOut", ())]
    return f"{said}, without {', '.join(left_out)}" if left_out else said
