"""Conditions of a filter: what must hold of an entity and of the link that leads to it.

A condition knows its shape and where its values come from, never the values themselves: one condition serves all values
of one shape. Logic is two-valued: an unknown value fulfils no comparison, and `not` turns exactly that round.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from math import isfinite
from typing import Any

from graph_api.compile.hop import Hop
from graph_api.errors import UserInputError
from graph_api.model import LinkField, Model, Property
from graph_api.model.values import MAX_MONEY, MONEY_PLACES, ValueType, value_type

Place = tuple[str | int, ...]
"""Where a value stands in a field's arguments: `("filter", "severity", "gte")`."""


class On(StrEnum):
    """What a comparison is about."""

    NODE = "node"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value from a field's arguments, and how it is brought into the form that Neo4j keeps."""

    place: Place
    encode: Callable[[Any], Any] = field(compare=False, repr=False)

    def __str__(self) -> str:
        """Name the place."""
        return "$" + ".".join(map(str, self.place))

    def value(self, arguments: Mapping[str, Any]) -> Any:
        """Find the value; raises UserInputError where it cannot be brought into form."""
        found: Any = arguments
        for part in self.place:
            found = found[part]
        try:
            return self.encode(found)
        except (ValueError, OverflowError, TypeError) as error:
            message = f"{'.'.join(map(str, self.place))}: {error}."
            raise UserInputError(message) from error


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison of a property with a value."""

    on: On
    name: str
    operator: str
    parameter: Parameter
    moment: bool = False
    """Whether the property is a date and time, of which the date is compared."""

    def __str__(self) -> str:
        """Write it on one line."""
        return f"{self.on}.{self.name} {self.operator} {self.parameter}"


@dataclass(frozen=True, slots=True)
class OfKind:
    """The entity's kind is, or is not, one of some."""

    operator: str
    parameter: Parameter

    def __str__(self) -> str:
        """Write it on one line."""
        return f"node's kind {self.operator} {self.parameter}"


@dataclass(frozen=True, slots=True)
class Group:
    """All of its parts hold (`every`), or at least one does."""

    every: bool
    parts: "tuple[Condition, ...]"

    def __str__(self) -> str:
        """Write it on one line."""
        if not self.parts:
            return "true" if self.every else "false"
        return "(" + (" and " if self.every else " or ").join(map(str, self.parts)) + ")"


@dataclass(frozen=True, slots=True)
class Not:
    """Its part does not hold."""

    part: "Condition"

    def __str__(self) -> str:
        """Write it on one line."""
        return f"not {self.part}"


@dataclass(frozen=True, slots=True)
class Links:
    """Some, every or none of the links fulfil a condition."""

    quantifier: str
    hop: Hop
    condition: "Condition"

    def __str__(self) -> str:
        """Write it on one line."""
        return f"{self.quantifier} {self.hop} ({self.condition})"


Condition = Compare | OfKind | Group | Not | Links


def conjuncts(condition: Condition) -> list[Condition]:
    """Take a condition apart into what must hold all together."""
    if isinstance(condition, Group) and condition.every:
        return [inner for part in condition.parts for inner in conjuncts(part)]
    return [condition]


ID = value_type(str)


@dataclass(frozen=True)
class Conditions:
    """Turns the values of a filter argument into a condition; only their shape goes into it."""

    model: Model

    def of_entity(self, kinds: tuple[str, ...], given: Mapping[str, Any], place: Place) -> Condition:
        """Read a kind's or an interface's filter."""
        kind = self.model.kinds[kinds[0]]
        parts: list[Condition] = []
        for name, inner in _given(given):
            here = (*place, name)
            if name in _CONNECTIVES:
                parts.append(self._connective(name, inner, here, lambda one, at: self.of_entity(kinds, one, at)))
            elif name == "id":
                parts += _comparisons(On.NODE, "id", ID, inner, here)
            elif name == "kind":
                parts += [OfKind(operator, Parameter((*here, operator), _kinds)) for operator, _ in _known(inner, here)]
            elif name in kind.properties:
                parts += _property(On.NODE, kind.properties[name], inner, here)
            else:
                link_field = kind.links[name]
                for quantifier, condition in _given(inner):
                    fulfilled = self.of_link(link_field, condition, (*here, quantifier))
                    parts.append(Links(quantifier, Hop.along(link_field), fulfilled))
        return Group(every=True, parts=tuple(parts))

    def of_link(self, link_field: LinkField, given: Mapping[str, Any], place: Place) -> Condition:
        """Read a link's filter."""
        parts: list[Condition] = []
        for name, inner in _given(given):
            here = (*place, name)
            if name in _CONNECTIVES:
                parts.append(self._connective(name, inner, here, lambda one, at: self.of_link(link_field, one, at)))
            elif name == "node":
                parts.append(self.of_entity(link_field.far, inner, here))
            else:
                parts += _property(On.LINK, link_field.link.properties[name], inner, here)
        return Group(every=True, parts=tuple(parts))

    def _connective(
        self, name: str, given: Any, place: Place, read: Callable[[Mapping[str, Any], Place], Condition]
    ) -> Condition:
        if name == "not":
            return Not(read(given, place))
        return Group(name == "and", tuple(read(one, (*place, index)) for index, one in enumerate(given)))


_CONNECTIVES = ("and", "or", "not")


def _given(values: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Leave out what is null: a filter that is not there."""
    return [(name, value) for name, value in values.items() if value is not None]


def _known(values: Mapping[str, Any], place: Place) -> list[tuple[str, Any]]:
    """Refuse a comparison with null, which would hold of nothing or, read otherwise, of everything."""
    for name, value in values.items():
        if value is None:
            message = f"{'.'.join(map(str, (*place, name)))}: nothing compares with null; ask isNull, or leave it out."
            raise UserInputError(message)
    return list(values.items())


def _property(on: On, prop: Property, given: Mapping[str, Any], place: Place) -> list[Condition]:
    return _comparisons(on, prop.name, prop.type, given, place)


def _comparisons(on: On, name: str, value: ValueType, given: Mapping[str, Any], place: Place) -> list[Condition]:
    parts: list[Condition] = []
    for operator, inner in _known(given, place):
        here = (*place, operator)
        if operator == "daysFromToday":
            moment = value.graphql == "DateTime"
            parts += [
                Compare(on, name, days, Parameter((*here, days), _same if days == "isNull" else _days), moment)
                for days, _ in _known(inner, here)
            ]
        elif operator in {"isNull", "isEmpty"}:
            parts.append(Compare(on, name, operator, Parameter(here, _same)))
        else:
            encode = _each(_encoder(value)) if operator in {"in", "notIn", "hasAny", "hasAll"} else _encoder(value)
            parts.append(Compare(on, name, operator, Parameter(here, encode)))
    return parts


def _encoder(value: ValueType) -> Callable[[Any], Any]:
    def encode(item: Any) -> Any:
        if isinstance(item, float) and not isfinite(item):
            message = "must be a finite number"
            raise ValueError(message)
        if isinstance(item, datetime) and item.tzinfo is None:
            message = "must say its offset from UTC, as in 2026-01-31T12:00:00Z"
            raise ValueError(message)
        if isinstance(item, datetime):
            # Moments are kept in UTC, and Neo4j tells one moment in two offsets apart.
            item = item.astimezone(UTC)
        if isinstance(item, Decimal):
            _require_amount(item)
        return value.item_to_store(item)

    return encode


def _require_amount(item: Decimal) -> None:
    """Refuse what no amount in the graph can be; Neo4j could not even be asked for the largest of them."""
    # NaN compares with nothing; what is too large cannot be rounded, and its absolute value may not be had either.
    if not item.is_finite() or not -MAX_MONEY <= item <= MAX_MONEY:
        message = f"must be an amount between {-MAX_MONEY:,} and {MAX_MONEY:,}"
        raise ValueError(message)
    if item != round(item, MONEY_PLACES):
        message = f"must have at most {MONEY_PLACES} decimal places"
        raise ValueError(message)


def _each(encode: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda items: [encode(item) for item in items]


def _same(value: Any) -> Any:
    return value


def _kinds(value: Any) -> Any:
    return [str(one) for one in value] if isinstance(value, list) else str(value)


def _days(value: int | list[int]) -> date | list[date]:
    """Turn days from today into dates. Today is the day in UTC, the same for everybody."""
    if isinstance(value, list):
        return [_day(days) for days in value]
    return _day(value)


def _day(days: int) -> date:
    try:
        return datetime.now(UTC).date() + timedelta(days=days)
    except OverflowError:
        message = "lies too far from today"
        raise ValueError(message) from None
