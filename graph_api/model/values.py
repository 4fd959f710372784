"""The types that a field's value can have: how each is checked, stored in Neo4j and shown in JSON.

A declaration names one of these by its Python annotation (`Score | None`, `list[BuyingRole]`); `value_type` reads the
annotation once and yields the `ValueType` that every other layer uses.
"""

import json
import re
import types
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Protocol, Self, TypeVar, Union, get_args, get_origin

from pydantic import (
    AfterValidator,
    AnyUrl,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)


class Choice(StrEnum):
    """A closed set whose members say what they mean."""

    description: str

    def __new__(cls, value: str, description: str) -> Self:
        """Attach the description to the member."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.description = description
        return member


class OrderChoice(Choice):
    """A closed set that decides on the order of a list, and so on the shape of a statement."""


class Struct(BaseModel):
    """A small value with named parts that belongs to one field. Stored as JSON text: Neo4j properties hold no maps."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True)
class ScalarName:
    """Marks an annotation that has a GraphQL scalar of its own."""

    name: str


@dataclass(frozen=True, slots=True)
class Searched:
    """Marks an annotation of texts in which people look for words."""


_DURATION = re.compile(
    r"P(?=\d|T\d)(?:\d+(?:\.\d+)?Y)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?W)?(?:\d+(?:\.\d+)?D)?"
    r"(?:T(?=\d)(?:\d+(?:\.\d+)?H)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?S)?)?",
    re.ASCII,
)
_ANY_ADDRESS = TypeAdapter(AnyUrl)
IMPACTS = (0.25, 0.5, 1, 2, 3)


def _iso_duration(text: str) -> str:
    if not _DURATION.fullmatch(text):
        message = "must be an ISO 8601 duration such as P14D, P3M or PT30M"
        raise ValueError(message)
    return text


def _iso_currency(text: str) -> str:
    if not re.fullmatch(r"[A-Z]{3}", text):
        message = "must be an ISO 4217 currency code of three capital letters such as EUR"
        raise ValueError(message)
    return text


def _iso_day(value: object) -> object:
    # pydantic would also read a bare number as seconds or milliseconds since 1970: 20240101 is never meant so.
    if type(value) is date or (isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII)):
        return value
    message = "must be a day as year, month and day, such as 2026-03-31"
    raise ValueError(message)


def _iso_moment(value: object) -> object:
    # As above; and without its distance from UTC a moment cannot be told.
    if isinstance(value, datetime):
        known = value.tzinfo is not None
    else:
        known = isinstance(value, str) and bool(
            re.fullmatch(r"\d{4}-\d{2}-\d{2}[Tt ][\d:.]+([Zz]|[+-]\d{2}:?\d{2})", value, re.ASCII)
        )
    if not known:
        message = "must be a moment with its distance from UTC, such as 2026-03-31T12:00:00Z"
        raise ValueError(message)
    return value


def _number(value: object) -> object:
    # Python counts true as 1; whoever writes it where a number belongs has mistaken the field.
    if isinstance(value, bool):
        message = "must be a number, not true or false"
        raise ValueError(message)  # noqa: TRY004 - pydantic turns ValueError alone into a validation error
    return value


def _impact(value: float) -> float:
    if value not in IMPACTS:
        message = "must be one of 0.25, 0.5, 1, 2 and 3"
        raise ValueError(message)
    return value


def _key(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", text):
        message = "must be letters a to z, digits, dots, dashes and _, and begin with a letter or digit"
        raise ValueError(message)
    return text


def _web_address(text: str) -> str:
    try:
        scheme = None if re.search(r"[\s\x00-\x1f\x7f]", text) else _ANY_ADDRESS.validate_python(text).scheme
    except ValidationError:
        scheme = None
    if scheme not in {"http", "https", "mailto"}:
        message = "must be a whole address that begins with https:, http: or mailto:"
        raise ValueError(message)
    return text


# Decimal places kept for money. Neo4j has no decimal type and floats lose cents: amounts are stored as whole
# ten-thousandths in a 64-bit integer, which is exact, sorts, sums and can be indexed.
MONEY_PLACES = 4
MAX_MONEY = Decimal(10) ** 14
MAX_WORD = 120
MAX_NAME = 1_000
MAX_TEXT = 100_000

Name = Annotated[str, StringConstraints(min_length=1, max_length=MAX_NAME, strip_whitespace=True), Searched()]
Key = Annotated[str, StringConstraints(max_length=MAX_WORD), AfterValidator(_key), Searched()]
Text = Annotated[str, StringConstraints(max_length=MAX_TEXT), Searched()]
Word = Annotated[str, StringConstraints(min_length=1, max_length=MAX_WORD, strip_whitespace=True), Searched()]
Url = Annotated[str, StringConstraints(max_length=MAX_TEXT), AfterValidator(_web_address)]
Score = Annotated[float, Field(ge=0, le=10, allow_inf_nan=False), BeforeValidator(_number)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False), BeforeValidator(_number)]
Emotion = Annotated[float, Field(ge=-2, le=2, allow_inf_nan=False), BeforeValidator(_number)]
Impact = Annotated[
    float, AfterValidator(_impact), Field(json_schema_extra={"enum": list(IMPACTS)}), BeforeValidator(_number)
]
Real = Annotated[float, Field(allow_inf_nan=False), BeforeValidator(_number)]
Amount = Annotated[float, Field(ge=0, allow_inf_nan=False), BeforeValidator(_number)]
Count = Annotated[int, Field(ge=0, le=2**31 - 1), BeforeValidator(_number)]
JourneyLevel = Annotated[int, Field(ge=0, le=2), BeforeValidator(_number)]
Position = Annotated[int, Field(ge=1, le=2**31 - 1), BeforeValidator(_number)]
Money = Annotated[Decimal, Field(ge=-MAX_MONEY, le=MAX_MONEY, decimal_places=MONEY_PLACES)]
Currency = Annotated[str, AfterValidator(_iso_currency), Field(json_schema_extra={"format": "ISO 4217"})]
Duration = Annotated[
    str,
    StringConstraints(max_length=MAX_WORD),
    AfterValidator(_iso_duration),
    ScalarName("Duration"),
    Field(json_schema_extra={"format": "ISO 8601"}),
]
Day = Annotated[date, BeforeValidator(_iso_day)]
Moment = Annotated[datetime, BeforeValidator(_iso_moment)]


class ExternalLink(Struct):
    """A page elsewhere that says more."""

    label: Name = Field(description="What the page is, for people.")
    url: Url = Field(description="Its address.")


class AnswerCount(Struct):
    """How many gave one answer."""

    answer: Real = Field(description="The answer, a value on the KPI's scale.")
    count: Count = Field(description="How many gave it.")


class _Temporal(Protocol):
    """What Neo4j's driver gives for dates and times."""

    def iso_format(self) -> str:
        """Return the value as ISO 8601 text."""


_Value = TypeVar("_Value")


def _float_to_store(value: float) -> float:
    # Neo4j holds -0.0 and 0.0 equal but sorts one before the other: a list would not know where a cursor stands.
    return float(value) + 0.0


def _same(value: _Value) -> _Value:
    return value


def _money_to_store(value: Decimal) -> int:
    return int(value.scaleb(MONEY_PLACES))


def _money_to_json(value: int) -> str:
    amount = Decimal(value).scaleb(-MONEY_PLACES)
    return str(amount.quantize(Decimal("0.01")) if amount == amount.quantize(Decimal("0.01")) else amount.normalize())


def _temporal_to_json(value: _Temporal | date) -> str:
    # What was just written has Python's types, what was read has the driver's.
    return value.isoformat() if isinstance(value, date) else value.iso_format()


def _datetime_to_json(value: _Temporal | datetime) -> str:
    text = _temporal_to_json(value)
    # RFC 3339 with Z, and microseconds where there are any: the driver gives nanoseconds and +00:00.
    text = re.sub(r"(\.\d{6})\d*", r"\1", text).replace(".000000", "")
    return text.removesuffix("+00:00") + ("Z" if text.endswith("+00:00") else "")


def _choice_to_store(value: StrEnum) -> str:
    return value.value


def _struct_to_store(value: Struct) -> str:
    return json.dumps(value.model_dump(mode="json"), ensure_ascii=False, sort_keys=True)


@dataclass(frozen=True)
class ValueType:
    """What a value is: its GraphQL name, whether it is a list, and its three forms (input, stored, JSON)."""

    graphql: str
    many: bool
    adapter: TypeAdapter[Any]
    item_to_store: Callable[[Any], Any]
    item_to_json: Callable[[Any], Any]
    choice: type[Choice] | None = None
    struct: type[Struct] | None = None
    searched: bool = False
    """Whether people look for words in it."""

    def parse(self, value: object) -> Any:
        """Check an input value and return it in Python's form; raises pydantic's ValidationError."""
        return self.adapter.validate_python(value)

    def to_store(self, value: Any) -> Any:
        """Turn a parsed value into what Neo4j keeps; null stays null."""
        if value is None:
            return None
        return [self.item_to_store(item) for item in value] if self.many else self.item_to_store(value)

    def to_json(self, value: Any) -> Any:
        """Turn what Neo4j keeps into the value of a GraphQL response; an absent list is an empty one."""
        if self.many:
            return [self.item_to_json(item) for item in value or ()]
        return None if value is None else self.item_to_json(value)

    @property
    def plain(self) -> bool:
        """Whether the stored form already is the JSON form."""
        return not self.many and self.item_to_json is _same


_SCALARS: dict[type, tuple[str, Callable[[Any], Any], Callable[[Any], Any]]] = {
    str: ("String", _same, _same),
    bool: ("Boolean", _same, _same),
    int: ("Int", _same, _same),
    float: ("Float", _float_to_store, _same),
    date: ("Date", _same, _temporal_to_json),
    datetime: ("DateTime", _same, _datetime_to_json),
    Decimal: ("Decimal", _money_to_store, _money_to_json),
}


def value_type(annotation: Any) -> ValueType:
    """Read a declaration's annotation: `T`, `T | None`, `list[T]`, any of them inside `Annotated`."""
    adapter: TypeAdapter[Any] = TypeAdapter(annotation, config=ConfigDict(strict=False))
    many, named, searched = False, None, False
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            base, *metadata = get_args(annotation)
            named = next((mark.name for mark in metadata if isinstance(mark, ScalarName)), named)
            searched = searched or any(isinstance(mark, Searched) for mark in metadata)
            annotation = base
        elif origin in (Union, types.UnionType):
            (annotation,) = [part for part in get_args(annotation) if part is not type(None)]
        elif origin is list:
            many, (annotation,) = True, get_args(annotation)
        else:
            break
    if issubclass(annotation, Choice):
        return ValueType(annotation.__name__, many, adapter, _choice_to_store, _same, choice=annotation)
    if issubclass(annotation, Struct):
        return ValueType(annotation.__name__, many, adapter, _struct_to_store, json.loads, struct=annotation)
    graphql, to_store, to_json = _SCALARS[annotation]
    return ValueType(named or graphql, many, adapter, to_store, to_json, searched=searched)
