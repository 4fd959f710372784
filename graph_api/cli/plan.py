"""`graph-api plan`: which propositions and initiatives answer most, within a budget and the time of the parties."""

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli.answer import answer
from graph_api.cli.ask.page import MOST
from graph_api.cli.ask.scope import On, Tag, Within, asked_of
from graph_api.cli.ask.scoring import scope_in_words
from graph_api.cli.entity import read_entity
from graph_api.cli.planned import show_plan
from graph_api.cli.report.file import write_files
from graph_api.cli.report.option import Force, Html, Xlsx
from graph_api.cli.terminal import Json, echo_json, told
from graph_api.errors import GraphApiError, UserInputError

if TYPE_CHECKING:
    from graph_api.cli.report.report import Report

QUERY = f"""
query Plan(
  $scope: Scope, $on: Date, $budget: Decimal, $currency: String, $capacities: [CapacityInput!], $must: [EntityKeyInput!]
  $exclude: [EntityKeyInput!], $weight: PainWeight, $assuming: PlanAssumptionInput, $draws: Int, $seed: Int
  $timeLimit: Float, $points: Int!, $uncovered: Int!, $turned: EntityKeyInput!, $turn: Boolean!
) {{
  plan(
    scope: $scope, on: $on, budget: $budget, currency: $currency, capacities: $capacities, mustInclude: $must
    exclude: $exclude, weight: $weight, assuming: $assuming, draws: $draws, seed: $seed, timeLimit: $timeLimit
  ) {{
    status
    why
    objective
    bound
    gap
    total
    share
    reachable
    already
    budget
    currency
    cost
    knownCost
    costUnknown
    efforts {{ party {{ ...named }} effort unknown capacity load }}
    choices(first: {MOST}) {{
      totalCount
      nodes {{ item {{ ...named }} marginalValue cost saves stability shareOfDraws }}
    }}
    works(first: {MOST}) {{
      totalCount
      nodes {{ item {{ ...named }} cost neededBy {{ nodes {{ item {{ ...named }} }} }} }}
    }}
    notChosen(first: {MOST}) {{
      totalCount
      nodes {{ item {{ ...named }} reason adds wouldCost stability shareOfDraws }}
    }}
    setAside(first: {MOST}) {{
      totalCount
      nodes {{ item {{ ...named }} missing {{ term of {{ ...named }} party {{ ...named }} }} }}
    }}
    pains
    uncovered(first: $uncovered) {{
      totalCount
      nodes {{ insight {{ ...named }} weight bestFit voicedBy {{ nodes {{ who {{ ...named }} }} }} }}
    }}
    unknownPains {{ totalCount }}
    typeUnknown
    fitsUnknown
    assumptions {{ term values }}
    draws {{ wanted solved infeasible seed confidenceUnknown }}
    curve(points: $points) {{ budget status gap objective cost choices }}
    reverse(item: $turned) @include(if: $turn) {{
      chosen
      status
      why
      objective
      difference
      cost
      enters {{ nodes {{ item {{ ...named }} }} }}
      leaves {{ nodes {{ item {{ ...named }} }} }}
    }}
  }}
}}
fragment named on Entity {{ __typename key name }}
"""
FEW = 5
"""So many uncovered pains are shown, if nobody asks for more."""

Budget = Annotated[str | None, typer.Option("--budget", help="How much it may cost.", metavar="AMOUNT")]
Currency = Annotated[
    str | None, typer.Option("--currency", help="What that is in; that of all costs when absent.", metavar="ISO")
]
Capacity = Annotated[
    list[str] | None,
    typer.Option(
        "--capacity",
        help="How many person-days a party has, as `department/it-data=120`; may be given again.",
        metavar="KIND/KEY=DAYS",
    ),
]
Must = Annotated[
    list[str] | None,
    typer.Option(
        "--must", help="What must be in it, as `PR1` or `initiative/I14`; may be given again.", metavar="ITEM"
    ),
]
Exclude = Annotated[
    list[str] | None, typer.Option("--exclude", help="What must not be in it; may be given again.", metavar="ITEM")
]
Weight = Annotated[
    str | None,
    typer.Option("--weight", help="By what pains count more: `customers` or `revenue`.", metavar="WEIGHT"),
]
Assume = Annotated[
    list[str] | None,
    typer.Option(
        "--assume",
        help="What counts where nobody knows, as `cost=50000`; also severity, reach, fit, effort; may be given again.",
        metavar="NAME=VALUE",
    ),
]
Draws = Annotated[int | None, typer.Option("--draws", help="How often inputs are drawn anew.", metavar="N")]
Seed = Annotated[int | None, typer.Option("--seed", help="The seed of the draws.", metavar="N")]
TimeLimit = Annotated[float | None, typer.Option("--time-limit", help="How long the plan may take.", metavar="SECONDS")]
Points = Annotated[int, typer.Option("--points", help="How many other budgets to try.", min=2, metavar="N")]
Uncovered = Annotated[
    int, typer.Option("--uncovered", help="How many uncovered pains to show.", min=0, max=MOST, metavar="N")
]
Reverse = Annotated[
    str | None,
    typer.Option("--reverse", help="Also the best plan without this, or with it if it is not in.", metavar="ITEM"),
]

_OPTIONS = tuple(
    (re.compile(rf"^{argument}: "), option)
    for argument, option in {
        "mustInclude": "--must",
        "exclude": "--exclude",
        "budget": "--budget",
        "currency": "--currency",
        r"capacities\.\d+\.\w+": "--capacity",
        r"assuming\.\w+": "--assume",
        "draws": "--draws",
        "timeLimit": "--time-limit",
        "points": "--points",
        "item": "--reverse",
    }.items()
)
"""What errors call arguments, and what they are here."""
_NOBODY = {"kind": "PROPOSITION", "key": ""}
_AMOUNTS = ("severity", "reach", "fit", "effort")


def plan(
    *,
    budget: Budget = None,
    currency: Currency = None,
    capacity: Capacity = None,
    must: Must = None,
    exclude: Exclude = None,
    weight: Weight = None,
    assume: Assume = None,
    draws: Draws = None,
    seed: Seed = None,
    time_limit: TimeLimit = None,
    points: Points = 10,
    uncovered: Uncovered = FEW,
    reverse: Reverse = None,
    within: Within = None,
    tag: Tag = None,
    on: On = None,
    as_json: Json = False,
    xlsx: Xlsx = None,
    html: Html = None,
    force: Force = False,
) -> None:
    """Find the propositions and initiatives that answer most, and tell what stays, what each is worth, what is firm."""
    with told():
        variables = {
            **asked_of(within, tag, on),
            "budget": budget,
            "currency": currency,
            "capacities": [_capacity(text) for text in capacity or ()],
            "must": [_item(text, "--must") for text in must or ()],
            "exclude": [_item(text, "--exclude") for text in exclude or ()],
            "weight": _weight(weight),
            "assuming": dict(_assumed(text) for text in assume or ()),
            "draws": draws,
            "seed": seed,
            "timeLimit": time_limit,
            "points": points,
            "uncovered": uncovered,
            "turned": _item(reverse, "--reverse") if reverse else _NOBODY,
            "turn": reverse is not None,
        }
        written = write_files(lambda: _report(variables), xlsx, html, force=force)
        if written and not as_json:
            return
        found = _asked(variables)
        if as_json:
            echo_json(found)
        else:
            show_plan(found)


def _report(variables: dict[str, Any]) -> "Report":
    from graph_api.cli.report.plan import plan_report

    words = {
        "Scope": scope_in_words(variables["scope"]),
        "Budget": " ".join(filter(None, (variables["budget"], variables["currency"]))),
        "Time": ", ".join(f"{one['party']['key']} {one['effort']:g} days" for one in variables["capacities"]),
        "Must be in it": ", ".join(one["key"] for one in variables["must"]),
        "Must not": ", ".join(one["key"] for one in variables["exclude"]),
        "Pains count by": (variables["weight"] or "").lower(),
        "Assumed": ", ".join(f"{name} {value}" for name, value in variables["assuming"].items()),
    }
    found = _asked({**variables, "uncovered": MOST})
    on = variables["on"] or datetime.now(UTC).date().isoformat()
    return plan_report(found, on, [(name, text) for name, text in words.items() if text])


def _asked(variables: dict[str, Any]) -> dict[str, Any]:
    """Ask, and call arguments in errors what they are called here."""
    try:
        found: dict[str, Any] = answer(QUERY, variables)["plan"]
    except GraphApiError as error:
        message = error.message
        for argument, option in _OPTIONS:
            if place := argument.match(message):
                message = f"{option}: {message[place.end()].upper()}{message[place.end() + 1 :]}"
        raise GraphApiError(message) from error
    return found


def _item(text: str, option: str) -> dict[str, str]:
    """Read which entity is meant; a key alone is that of a proposition."""
    from graph_api.model import MODEL

    kind, key = read_entity(text, option) if "/" in text else ("Proposition", text)
    return {"kind": MODEL.kinds[kind].enum_name, "key": key}


def _weight(text: str | None) -> str | None:
    if text is None or text.upper() in {"NONE", "CUSTOMERS", "REVENUE"}:
        return text and text.upper()
    message = f"--weight: There is no weight {text!r}. Write customers or revenue."
    raise UserInputError(message)


def _capacity(text: str) -> dict[str, Any]:
    party, sign, days = text.rpartition("=")
    if not sign:
        message = f"--capacity: {text!r} has no person-days. Write them after =, as department/it-data=120."
        raise UserInputError(message)
    return {"party": _item(party, "--capacity"), "effort": _number(days, text, "--capacity")}


def _assumed(text: str) -> tuple[str, Any]:
    name, _, value = text.partition("=")
    if name == "cost":
        return name, value
    if name not in _AMOUNTS:
        message = f"--assume: {name!r} cannot be assumed. Write cost, {', '.join(_AMOUNTS)}, as cost=50000."
        raise UserInputError(message)
    return name, _number(value, text, "--assume")


def _number(text: str, whole: str, option: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        message = f"{option}: {whole!r} ends with no number. Write one after =."
        raise UserInputError(message) from error
