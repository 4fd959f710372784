"""What a plan is asked for: the arguments of the question, read and checked. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import isfinite
from typing import Any

from graph_api.errors import UserInputError
from graph_api.model import MODEL
from graph_api.model.values import MAX_MONEY, MONEY_PLACES
from graph_api.questions.figures.money import Units
from graph_api.questions.portfolios.answered import Assumed
from graph_api.questions.portfolios.pieces import PlanTerm
from graph_api.questions.portfolios.reach import PainWeight

SECONDS, MOST_SECONDS = 6.0, 30.0
DRAWS, MOST_DRAWS = 20, 200
POINTS, MOST_POINTS = 10, 50
PARTIES = ("Department", "Partner", "Stakeholder")

Name = tuple[str, str]
"""Kind and key."""


@dataclass(frozen=True)
class Wishes:
    """See the arguments in schema/plan.py."""

    budget: Units | None
    currency: str | None
    capacities: Mapping[Name, float]
    must: Sequence[Name]
    exclude: Sequence[Name]
    weight: PainWeight
    assumed: Assumed
    cost: Units | None
    """What is assumed of a cost that nobody knows."""
    effort: float | None
    """What is assumed of a party's time that nobody knows."""
    seconds: float
    draws: int
    seed: int

    @property
    def assuming(self) -> dict[PlanTerm, bool]:
        """Say for each term whether something is assumed."""
        return {
            PlanTerm.SEVERITY: self.assumed.severity is not None,
            PlanTerm.REACH: self.assumed.reach is not None,
            PlanTerm.FIT: self.assumed.fit is not None,
            PlanTerm.COST: self.cost is not None,
            PlanTerm.EFFORT: self.effort is not None,
        }


def read_wishes(arguments: Mapping[str, Any]) -> Wishes:
    """Read the arguments; raises UserInputError."""
    assuming = arguments.get("assuming") or {}
    must, exclude = (_names(arguments, name) for name in ("mustInclude", "exclude"))
    for kind, key in must:
        if (kind, key) in exclude:
            message = f"mustInclude: {kind} {key} is in `exclude` as well; take it out of one of them."
            raise UserInputError(message)
    return Wishes(
        budget=_money(arguments.get("budget"), "budget"),
        currency=arguments.get("currency"),
        capacities=_capacities(arguments),
        must=must,
        exclude=exclude,
        weight=PainWeight[arguments.get("weight") or PainWeight.NONE],
        assumed=Assumed(
            _between(assuming, "severity", 10), _between(assuming, "reach", 1), _between(assuming, "fit", 1)
        ),
        cost=_money(assuming.get("cost"), "assuming.cost"),
        effort=_amount(assuming.get("effort"), "assuming.effort"),
        seconds=_seconds(arguments),
        draws=whole(arguments.get("draws"), "draws", DRAWS, 0, MOST_DRAWS),
        seed=whole(arguments.get("seed"), "seed", 1, -(2**31), 2**31 - 1),
    )


def parties_wanted(wishes: Wishes) -> dict[str, list[str]]:
    """Return the keys of the parties whose time is short, by the plural of their kind."""
    return {MODEL.kinds[kind].plural: sorted(key for of, key in wishes.capacities if of == kind) for kind in PARTIES}


def whole(value: int | None, name: str, usual: int, low: int, high: int) -> int:
    """Read a number; raises UserInputError."""
    if value is None:
        return usual
    if not low <= value <= high:
        message = f"{name}: {value} is not between {low} and {high}."
        raise UserInputError(message)
    return value


def read_name(given: Mapping[str, Any]) -> Name:
    """Read which entity is meant."""
    return str(given["kind"]), str(given["key"])


def _names(arguments: Mapping[str, Any], name: str) -> list[Name]:
    return list(dict.fromkeys(map(read_name, arguments.get(name) or ())))


def _capacities(arguments: Mapping[str, Any]) -> dict[Name, float]:
    found: dict[Name, float] = {}
    for place, one in enumerate(arguments.get("capacities") or ()):
        where = f"capacities.{place}"
        party = read_name(one["party"])
        if party[0] not in PARTIES:
            message = f"{where}.party: a {party[0]} has no time of its own; name a department, partner or stakeholder."
            raise UserInputError(message)
        if party in found:
            message = f"{where}.party: {party[0]} {party[1]} is named twice; name it once."
            raise UserInputError(message)
        effort = _amount(one["effort"], f"{where}.effort")
        found[party] = 0.0 if effort is None else effort
    return found


def _amount(value: float | None, name: str) -> float | None:
    if value is not None and (not isfinite(value) or value < 0):
        message = f"{name}: {value} is no amount; give a number that is not below 0."
        raise UserInputError(message)
    return value


def _between(given: Mapping[str, Any], name: str, most: float) -> float | None:
    value: float | None = given.get(name)
    if value is not None and not 0 <= value <= most:
        message = f"assuming.{name}: {value} is not between 0 and {most:g}."
        raise UserInputError(message)
    return value


def _seconds(arguments: Mapping[str, Any]) -> float:
    value = arguments.get("timeLimit")
    if value is None:
        return SECONDS
    if not 0 < value <= MOST_SECONDS:
        message = f"timeLimit: {value} is not between 0 and {MOST_SECONDS:g} seconds."
        raise UserInputError(message)
    return float(value)


def _money(value: Decimal | None, name: str) -> Units | None:
    if value is None:
        return None
    if not value.is_finite() or not 0 <= value <= MAX_MONEY or value != round(value, MONEY_PLACES):
        message = (
            f"{name}: {value} is no amount; give one between 0 and {MAX_MONEY:,} with {MONEY_PLACES} decimal places at "
            "most."
        )
        raise UserInputError(message)
    return int(value.scaleb(MONEY_PLACES))
