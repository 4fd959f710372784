"""`graph-api funnel`: how many pains get how far from insight to a known effect, and where they stop."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli.answer import answer
from graph_api.cli.ask.page import MOST
from graph_api.cli.ask.scope import On, Tag, Within, asked_of
from graph_api.cli.entity import named
from graph_api.cli.terminal import Json, console, echo_json, told

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

QUERY = """
query Funnel($scope: Scope, $on: Date, $effects: Boolean!, $first: Int) {
  funnel(scope: $scope, on: $on, effects: $effects) {
    stages {
      stage
      entities
      ended
      byStatus { status entities ended pains }
      entitiesOfBefore
      pains
      painsOfBefore
      painsOfFirst
      typeUnknown
      stopped
      decidedNo
      passedBy
      withoutPain
      withoutNext(first: $first) {
        totalCount
        nodes { entity { __typename key name } status pains stopped }
      }
    }
    decidedNo
    typeUnknown
    verdicts { verdict initiatives pains }
  }
}
"""
BAR = 24
"""The width of the widest bar."""
FEW = 3
"""So many places where pains stop are shown of each stage, if nobody asks for more."""

Places = Annotated[
    int, typer.Option("--places", help="How many places where pains stop to show of each stage.", min=0, max=MOST)
]
NoEffects = Annotated[
    bool, typer.Option("--no-effects", help="End at initiatives: whether a number moved takes longest to tell.")
]


def funnel(
    *,
    places: Places = FEW,
    no_effects: NoEffects = False,
    within: Within = None,
    tag: Tag = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Tell how many pains become opportunities, propositions, initiatives and known effects, and where they stop."""
    with told():
        variables = {**asked_of(within, tag, on), "effects": not no_effects, "first": places}
        found = answer(QUERY, variables)["funnel"]
        if as_json:
            echo_json(found)
        else:
            _show(found)


def _show(found: dict[str, Any]) -> None:
    from graph_api.cli.table import NARROW, show

    out = console()
    first = found["stages"][0]
    if not any(stage["entities"] for stage in found["stages"]) and not found["typeUnknown"]:
        out.print("There is nothing here that a pain could become.")
        return
    show(out, _stages(found["stages"], first["pains"], wide=out.width >= NARROW))
    if out.width < NARROW:
        for stage in found["stages"]:
            out.print(f"{_in_words(stage['stage'])}: {_statuses(stage)}")
    if found["decidedNo"]:
        out.print(f"\nNot among them: pains decided against, {found['decidedNo']}.")
    if found["typeUnknown"]:
        out.print(f"\nInsights without a type, any of which may be a pain: {found['typeUnknown']}.")
    if any(stage["withoutNext"]["nodes"] for stage in found["stages"]):
        out.print("\nWhere it goes no further:\n")
        show(out, _stops(found["stages"]))
        _tell_rest(out, found["stages"])
    if found["verdicts"]:
        counts = ", ".join(f"{one['initiatives']} {_in_words(one['verdict'])}" for one in found["verdicts"])
        out.print(f"\nEffects of initiatives: {counts}.")


def _stages(stages: list[dict[str, Any]], whole: int, *, wide: bool) -> "Table":
    from rich.text import Text

    from graph_api.cli.bar import Bar, percent
    from graph_api.cli.table import UNKNOWN, table

    numbers = ("pains", "of before", "of all", "entities")
    more = ["by status"] if wide else []
    shown = table("stage", "pains", "", "of before", "of all", "entities", *more, numbers=numbers)
    for stage in stages:
        pains = stage["pains"]
        shown.add_row(
            _in_words(stage["stage"]),
            str(pains),
            Bar((pains, whole - pains), BAR) if whole else Text(UNKNOWN),
            percent(stage["painsOfBefore"]),
            percent(stage["painsOfFirst"]),
            str(stage["entities"]),
            *([_statuses(stage)] if wide else []),
        )
    return shown


def _statuses(stage: dict[str, Any]) -> str:
    return ", ".join(f"{one['entities']} {_in_words(one['status'] or 'unknown')}" for one in stage["byStatus"])


def _stops(stages: list[dict[str, Any]]) -> "Table":
    from graph_api.cli.table import UNKNOWN, table

    shown = table("stage", "entity", "status", "pains", "end here", numbers=("pains", "end here"))
    for stage in stages:
        for stop in stage["withoutNext"]["nodes"]:
            shown.add_row(
                _in_words(stage["stage"]),
                named(stop["entity"]),
                _in_words(stop["status"]) if stop["status"] else UNKNOWN,
                str(stop["pains"]),
                str(stop["stopped"]),
            )
    return shown


def _tell_rest(out: "Console", stages: list[dict[str, Any]]) -> None:
    more = [
        f"{stage['withoutNext']['totalCount'] - len(stage['withoutNext']['nodes'])} {_in_words(stage['stage'])}"
        for stage in stages
        if stage["withoutNext"]["totalCount"] > len(stage["withoutNext"]["nodes"])
    ]
    if more:
        out.print(f"\nNot shown: {', '.join(more)}. Give --places to see more.")


def _in_words(name: str) -> str:
    return name.lower().replace("_", " ")
