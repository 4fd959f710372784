"""Where the types that follow from the model are made, and known by name, so that each can refer to any other.

Only `types` and `inputs` make any. All of them are attributes of this module, where Strawberry looks up names.
"""

import contextlib
import dataclasses
import re
import sys
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, NewType, Optional

import strawberry
from graphql import GraphQLError
from pydantic.alias_generators import to_snake
from strawberry.types.lazy_type import LazyType

from graph_api.model import MODEL
from graph_api.model.values import ValueType
from graph_api.schema import enums  # noqa: F401 - makes the closed sets known to Strawberry

Duration = NewType("Duration", str)
DURATION = strawberry.scalar(
    name="Duration",
    description="A length of time as ISO 8601 writes it: `P14D`, `P3M`, `PT30M`.",
    serialize=str,
    parse_value=str,
)


def _day(value: object) -> date:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        with contextlib.suppress(ValueError):
            return date.fromisoformat(value)
    message = f"{value!r} is no day; write it as 2026-03-31."
    raise GraphQLError(message)


def _moment(value: object) -> datetime:
    if isinstance(value, str):
        with contextlib.suppress(ValueError):
            return datetime.fromisoformat(value)
    message = f"{value!r} is no moment; write it as 2026-03-31T08:00:00Z."
    raise GraphQLError(message)


def _number(value: object) -> Decimal:
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        with contextlib.suppress(InvalidOperation):
            return Decimal(str(value))
    message = f'{value!r} is no number; write it as a text, such as "12.50".'
    raise GraphQLError(message)


SCALAR_MAP: dict[object, Any] = {
    Duration: DURATION,
    date: strawberry.scalar(
        name="Date",
        description="A day as ISO 8601 writes it: `2026-03-31`.",
        serialize=date.isoformat,
        parse_value=_day,
    ),
    datetime: strawberry.scalar(
        name="DateTime",
        description="A moment with its offset from UTC, as RFC 3339 writes it: `2026-03-31T08:00:00Z`.",
        serialize=datetime.isoformat,
        parse_value=_moment,
    ),
    Decimal: strawberry.scalar(
        name="Decimal",
        description='An exact number, written as a text: `"12.50"`.',
        serialize=str,
        parse_value=_number,
    ),
}

SCALARS: dict[str, Any] = {
    "String": str,
    "Int": int,
    "Float": float,
    "Boolean": bool,
    "Date": date,
    "DateTime": datetime,
    "Decimal": Decimal,
    "Duration": Duration,
}


@cache
def annotation(text: str) -> Any:
    """Turn a type written by name, `Optional[list[OpportunityOrder]]`, into an annotation that is resolved later.

    Strawberry would take the text as it is, but compile it each of the many times it looks at it.
    """
    if inner := re.fullmatch(r"Optional\[(.*)\]", text):
        return maybe(annotation(inner[1]))
    if inner := re.fullmatch(r"list\[(.*)\]", text):
        return list[annotation(inner[1])]  # type: ignore[misc] # the item's type is a value here
    return LazyType(text, __name__)


def _resolved(made: Any) -> Any:
    return annotation(made) if isinstance(made, str) else made


Described = tuple[Any, str]
"""A field's annotation, which may name a type that is made later, and its description."""

if TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Tell the type checker that the types made here are attributes of this module."""


def publish(name: str, made: Any) -> None:
    """Make a type known by name."""
    setattr(sys.modules[__name__], name, made)


def known(name: str) -> bool:
    """Tell whether a type of this name was made already."""
    return hasattr(sys.modules[__name__], name)


def named(value: ValueType) -> Any:
    """Return the scalar, enum or object type of a single value."""
    return SCALARS.get(value.graphql) or getattr(sys.modules[__name__], value.graphql)


def object_type(
    name: str, description: str, fields: Mapping[str, Described | Any], bases: tuple[type, ...] = ()
) -> type:
    """Make an object type."""
    made = strawberry.type(_class(name, bases, fields), description=description)
    publish(name, made)
    return made


def interface_type(
    name: str, description: str, fields: Mapping[str, Described | Any], bases: tuple[type, ...] = ()
) -> type:
    """Make an interface."""
    made = strawberry.interface(_class(name, bases, fields), description=description)
    publish(name, made)
    return made


def input_type(
    name: str,
    description: str,
    fields: Mapping[str, Described],
    defaults: Mapping[str, Any] | None = None,
    *,
    one_of: bool = False,
) -> None:
    """Make an input type; each of its fields may be absent unless its annotation says otherwise.

    With `one_of` exactly one of them is given.
    """
    attributes: dict[str, Any] = {}
    for field, (given, text) in fields.items():
        default = (defaults or {}).get(field, strawberry.UNSET if optional(_resolved(given)) else dataclasses.MISSING)
        attributes[python_name(field)] = strawberry.field(name=field, description=text, default=default)
    annotations = {python_name(field): _resolved(given) for field, (given, _) in fields.items()}
    made = type(name, (), {"__module__": __name__, "__annotations__": annotations, **attributes})
    publish(name, strawberry.input(made, description=description, one_of=one_of))


def maybe(given: Any) -> Any:
    """Allow null. The union operator does not take what is only known by value here, such as a NewType."""
    return Optional[given]  # noqa: UP045 - see above


def optional(given: Any) -> bool:
    """Tell whether an annotation allows null."""
    return type(None) in getattr(given, "__args__", ())


def python_name(field: str) -> str:
    """Name a field in Python: snake case, and no keyword."""
    snake = to_snake(field)
    return f"{snake}_" if snake in {"and", "or", "not", "in", "from"} else snake


def connection_field(name: str, description: str, target: str, arguments: Mapping[str, Described]) -> Any:
    """Make a field with the arguments of a connection. Operations are compiled: it has no work to do."""

    def resolver(
        filter: Any = strawberry.UNSET,  # noqa: A002 - the argument's name in the API
        order_by: Any = strawberry.UNSET,
        first: Any = strawberry.UNSET,
        after: Any = strawberry.UNSET,
        last: Any = strawberry.UNSET,
        before: Any = strawberry.UNSET,
    ) -> None:
        pass

    resolver.__module__ = __name__
    resolver.__annotations__ = {
        python_name(argument): Annotated[_resolved(given), strawberry.argument(name=argument, description=text)]
        for argument, (given, text) in arguments.items()
    } | {"return": annotation(target)}
    return strawberry.field(name=name, resolver=resolver, description=description)


def _class(name: str, bases: tuple[type, ...], fields: Mapping[str, Described | Any]) -> type:
    """Make a class as Strawberry's decorators expect it."""
    # Python's names are snake case as everywhere; `name` keeps the model's spelling whatever Strawberry would make.
    attributes: dict[str, Any] = {}
    annotations: dict[str, Any] = {}
    for field, made in fields.items():
        if isinstance(made, tuple):
            annotations[python_name(field)] = _resolved(made[0])
            attributes[python_name(field)] = strawberry.field(name=field, description=made[1])
        else:
            attributes[python_name(field)] = made
    return type(name, bases, {"__module__": __name__, "__annotations__": annotations, **attributes})


for _name, _choice in MODEL.choices.items():
    publish(_name, _choice)
