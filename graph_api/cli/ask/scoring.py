"""How the items of a portfolio are scored and sorted: options as people write them, and what was asked in words."""

import math
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from graph_api.cli.ask.rules import read_choice
from graph_api.errors import UserInputError

DAYS = 365
"""So many days renewals are looked at, unless it is said otherwise."""
WEIGHTS = ("customer-value", "business-value", "urgency", "risk-reduction")
DIRECTIONS = ("asc", "desc")

Method = Annotated[
    str,
    typer.Option(
        "--method",
        help="EVIDENCE_COUNT, VALUE_EFFORT, RICE, COST_OF_DELAY, CUSTOMER_AND_BUSINESS, PAIN_COVERAGE or KPI_WEIGHTED.",
        metavar="METHOD",
    ),
]
Weight = Annotated[
    list[str] | None,
    typer.Option(
        "--weight", help=f"How much one of {', '.join(WEIGHTS)} counts; may be given again.", metavar="TERM=NUMBER"
    ),
]
PainWeight = Annotated[
    str,
    typer.Option(
        "--pain-weight",
        help="With PAIN_COVERAGE, by what pains count beside: NONE, CUSTOMERS or REVENUE.",
        metavar="WEIGHT",
    ),
]
RenewalDays = Annotated[
    int, typer.Option("--renewal-days", help="For how many days renewals are looked at.", metavar="N")
]
Order = Annotated[
    str | None,
    typer.Option(
        "--order",
        help="By what to sort, as cost:asc; the best score first when absent, and the largest without a direction.",
        metavar="BY[:asc|desc]",
    ),
]


def read_method(name: str) -> str:
    """Return a method as GraphQL takes it; raises UserInputError."""
    from graph_api.questions.portfolios.method import ScoringMethodName

    known = f"The methods are {', '.join(ScoringMethodName)}."
    return read_choice(name, ScoringMethodName, "--method: There is no method", known)


def read_pain_weight(name: str) -> str:
    """Return by what pains count as GraphQL takes it; raises UserInputError."""
    from graph_api.questions.portfolios.reach import PainWeight as Weights

    return read_choice(name, Weights, "--pain-weight: Pains cannot count by", f"Write one of {', '.join(Weights)}.")


def read_weights(given: Sequence[str] | None) -> dict[str, float] | None:
    """Return weights as GraphQL takes them, none where none were given; raises UserInputError."""
    weights: dict[str, float] = {}
    for text in given or ():
        name, _, number = text.partition("=")
        name = name.strip().lower().replace("_", "-")
        if name not in WEIGHTS:
            message = f"--weight: There is no weight {name!r}. The weights are {', '.join(WEIGHTS)}."
            raise UserInputError(message)
        try:
            weight = float(number)
        except ValueError:
            weight = math.nan
        if not math.isfinite(weight):
            message = f"--weight: {text!r} gives no number. Write term and number, as customer-value=0.7."
            raise UserInputError(message)
        first, *others = name.split("-")
        weights["".join([first, *map(str.capitalize, others)])] = weight
    return weights or None


def read_order(text: str | None) -> dict[str, str] | None:
    """Return an order as GraphQL takes it, none where none was given; raises UserInputError."""
    from graph_api.questions.portfolios.review import PortfolioOrderField

    if text is None:
        return None
    name, _, direction = text.partition(":")
    known = f"Write one of {', '.join(PortfolioOrderField)}."
    by = read_choice(name, PortfolioOrderField, "--order: Items cannot be sorted by", known)
    if direction and direction.lower() not in DIRECTIONS:
        message = f"--order: There is no direction {direction!r}. Write asc or desc."
        raise UserInputError(message)
    usual = "ASC" if by == PortfolioOrderField.KEY else "DESC"
    return {"by": by, "direction": direction.upper() or usual}


def in_words(asked: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Say what of this was asked other than usual."""
    pairs = {
        "Weights": ", ".join(f"{name} {weight:g}" for name, weight in (asked["weights"] or {}).items()),
        "Pains count by": "" if asked["painWeight"] == "NONE" else asked["painWeight"],
        "Renewals": f"within {asked['renewalDays']} days",
        "Sorted by": " ".join(asked["orderBy"].values()) if asked["orderBy"] else "",
    }
    return [(label, text) for label, text in pairs.items() if text]


def scope_in_words(scope: Mapping[str, Sequence[str]] | None) -> str:
    """Say what was asked about."""
    if not scope:
        return "the whole graph"
    return "; ".join(f"{name}: {', '.join(keys)}" for name, keys in scope.items())
