"""`graph-api ask moments-of-truth`: where a relationship is made or broken, by persona, and who said so."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli.answer import answer
from graph_api.cli.ask.page import After, Limit, tell_rest
from graph_api.cli.ask.scope import Tag, Within, scope_of
from graph_api.cli.entity import named, reference
from graph_api.cli.terminal import Json, console, echo_json, plain, told
from graph_api.errors import UserInputError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

QUERY = """
query MomentsOfTruth($scope: Scope, $grounds: [ExperienceGrounds!], $first: Int, $after: String) {
  momentsOfTruth(scope: $scope, grounds: $grounds, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      persona { __typename key name }
      element { __typename key name }
      journeys { __typename key name }
      emotion
      feeling
      thought
      importance
      satisfaction
      gap
      why
      grounds
      respondents
      runBy { party { __typename key name } touchpoint { __typename key name } }
      measuredBy { kpi { __typename key name } through { __typename key name } }
    }
  }
}
"""

Grounds = Annotated[
    list[str] | None,
    typer.Option(
        "--grounds",
        help="Only what rests on this: ASSUMED, RESEARCHED or TARGET; may be given again. All but TARGET when absent.",
        metavar="NAME",
    ),
]


def moments_of_truth(
    *,
    grounds: Grounds = None,
    within: Within = None,
    tag: Tag = None,
    limit: Limit = 25,
    after: After = None,
    as_json: Json = False,
) -> None:
    """List where a relationship is made or broken: what falls shortest of its importance first."""
    with told():
        variables = {"scope": scope_of(within, tag), "grounds": read_grounds(grounds), "first": limit, "after": after}
        found = answer(QUERY, variables)["momentsOfTruth"]
        if as_json:
            echo_json(found)
        else:
            _show(found, chosen=bool(variables["scope"] or grounds))


def read_grounds(names: list[str] | None) -> list[str] | None:
    """Return the grounds as GraphQL takes them; raises UserInputError where there are no such grounds."""
    from graph_api.model.choices import ExperienceGrounds

    read = [name.upper() for name in names or ()]
    for name in read:
        if name not in ExperienceGrounds.__members__:
            message = f"--grounds: There is no {name!r}. Name ASSUMED, RESEARCHED or TARGET."
            raise UserInputError(message)
    return read or None


def who_said(found: dict[str, Any]) -> str:
    """Say what a statement rests on, and how many said so."""
    from graph_api.cli.table import UNKNOWN

    grounds = found["grounds"].lower() if found["grounds"] else UNKNOWN
    return grounds if found["respondents"] is None else f"{grounds}, {found['respondents']} said so"


def _show(found: dict[str, Any], *, chosen: bool) -> None:
    from graph_api.cli.table import show

    out = console()
    if not found["nodes"]:
        where = " after this place" if found["totalCount"] else " here" if chosen else ""
        out.print(f"There are no moments of truth{where}.")
        return
    show(out, _table(found["nodes"], out))
    tell_rest(out, found, "moments of truth")


def _table(found: list[dict[str, Any]], out: "Console") -> "Table":
    from graph_api.cli.table import UNKNOWN, cell, table

    numbers = ("importance", "satisfaction", "gap", "emotion")
    shown = table(
        "persona", "moment of truth", *numbers, "who said so", "run by", "KPI", numbers=numbers,
        leading=int(out.is_terminal),
    )  # fmt: skip
    for moment in found:
        runners = dict.fromkeys(plain(one["party"]["name"]) for one in moment["runBy"])
        kpis = dict.fromkeys(plain(one["kpi"]["key"]) for one in moment["measuredBy"])
        shown.add_row(
            reference(moment["persona"]).partition("/")[2],
            named(moment["element"]),
            *(cell(moment[name]) for name in numbers),
            who_said(moment),
            ", ".join(runners) or UNKNOWN,
            ", ".join(kpis) or UNKNOWN,
        )
    return shown
