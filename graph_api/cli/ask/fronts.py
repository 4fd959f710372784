"""`graph-api ask fronts`: what of a portfolio nothing beats by several criteria at once."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli.answer import answer
from graph_api.cli.ask.page import MOST
from graph_api.cli.ask.portfolio_of import Ended, Of, kind_of
from graph_api.cli.ask.scope import On, Tag, Within, asked_of
from graph_api.cli.ask.scoring import Method, read_method
from graph_api.cli.entity import named
from graph_api.cli.terminal import Json, console, echo_json, told
from graph_api.errors import UserInputError

if TYPE_CHECKING:
    from rich.table import Table

QUERY = f"""
query Fronts($of: PortfolioKind!, $scope: Scope, $criteria: [FrontCriterionInput!], $method: ScoringMethodName!,
  $ended: Boolean!, $on: Date) {{
  fronts(of: $of, scope: $scope, criteria: $criteria, method: $method, ended: $ended, on: $on) {{
    criteria {{ by direction }}
    fronts(first: {MOST}) {{
      totalCount
      nodes {{
        place
        items(first: {MOST}) {{ totalCount nodes {{ item {{ __typename key name }} values {{ by value }} }} }}
      }}
    }}
    uncompared(first: {MOST}) {{ totalCount nodes {{ item {{ __typename key name }} values {{ by value }} missing }} }}
  }}
}}
"""

By = Annotated[
    list[str] | None,
    typer.Option(
        "--by",
        help="A criterion, as `pains` or `cost`, or `cost:desc` where more is better; may be given again. Score and "
        "effort when absent.",
        metavar="CRITERION",
    ),
]


def fronts(
    *,
    of: Of = "proposition",
    by: By = None,
    method: Method = "EVIDENCE_COUNT",
    within: Within = None,
    tag: Tag = None,
    on: On = None,
    ended: Ended = False,
    as_json: Json = False,
) -> None:
    """Sort a portfolio into fronts: what nothing beats by all criteria at once, then what is beaten by these alone."""
    with told():
        variables = {
            **asked_of(within, tag, on),
            "of": kind_of(of),
            "criteria": _criteria(by),
            "method": read_method(method),
            "ended": ended,
        }
        found = answer(QUERY, variables)["fronts"]
        if as_json:
            echo_json(found)
        else:
            _show(found)


def _criteria(texts: Sequence[str] | None) -> list[dict[str, str]] | None:
    from graph_api.questions.portfolios.review import PortfolioOrderField

    found = []
    for text in texts or ():
        by, _, direction = text.upper().replace("-", "_").partition(":")
        if by not in PortfolioOrderField.__members__ or direction not in {"", "ASC", "DESC"}:
            known = ", ".join(one.lower().replace("_", "-") for one in PortfolioOrderField if one.name != "KEY")
            message = (
                f"--by: {text!r} is no criterion. Write one of {known}; `:asc` where less is better, else `:desc`."
            )
            raise UserInputError(message)
        found.append({"by": by} | ({"direction": direction} if direction else {}))
    return found or None


def _show(found: dict[str, Any]) -> None:
    from graph_api.cli.table import show

    out = console()
    if not found["fronts"]["nodes"] and not found["uncompared"]["nodes"]:
        out.print("There is nothing to compare here.")
        return
    show(out, _table(found))
    for front in found["fronts"]["nodes"]:
        _tell_more(front["items"], f"of front {front['place']}")
    _tell_more(found["fronts"], "fronts")
    _tell_more(found["uncompared"], "that are compared with none")


def _tell_more(found: dict[str, Any], things: str) -> None:
    if more := found["totalCount"] - len(found["nodes"]):
        console().print(f"{more} more {things}; --json and the API have pages of all.")


def _table(found: dict[str, Any]) -> "Table":
    from graph_api.cli.table import table

    names = [_heading(one) for one in found["criteria"]]
    shown = table("front", "item", *names, "missing", numbers=names)
    for front in found["fronts"]["nodes"]:
        for place, one in enumerate(front["items"]["nodes"]):
            values = [_number(value["value"]) for value in one["values"]]
            shown.add_row("" if place else str(front["place"]), named(one["item"]), *values, "")
    for one in found["uncompared"]["nodes"]:
        missing = ", ".join(name.lower().replace("_", " ") for name in one["missing"])
        shown.add_row("-", named(one["item"]), *(_number(value["value"]) for value in one["values"]), missing)
    return shown


def _number(value: float | None) -> str:
    from graph_api.cli.table import UNKNOWN

    return UNKNOWN if value is None else f"{round(value, 3):,.15g}"


def _heading(criterion: dict[str, str]) -> str:
    arrow = "more" if criterion["direction"] == "DESC" else "less"
    return f"{criterion['by'].lower().replace('_', ' ')}, {arrow} is better"
