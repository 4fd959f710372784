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
from typing import Annotated, Any, Protocol, Self, Union, get_args, get_origin

from pydantic import AfterValidator, AnyUrl, BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter


class Choice(StrEnum):
    """A closed set whose members say what they mean."""

    description: str

    def __new__(cls, value: str, description: str) -> Self:
        """Attach the description to the member."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.description = description
        return member


class Struct(BaseModel):
    """A small value with named parts that belongs to one field. Stored as JSON text: Neo4j properties hold no maps."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True)
class ScalarName:
    """Marks an annotation that has a GraphQL scalar of its own."""

    name: str


_DURATION = re.compile(
    r"P(?=\d|T\d)(?:\d+(?:\.\d+)?Y)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?W)?(?:\d+(?:\.\d+)?D)?"
    r"(?:T(?=\d)(?:\d+(?:\.\d+)?H)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?S)?)?"
)


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


def _impact(value: float) -> float:
    if value not in {0.25, 0.5, 1.0, 2.0, 3.0}:
        message = "must be one of 0.25, 0.5, 1, 2 and 3"
        raise ValueError(message)
    return value


def _web_address(text: str) -> str:
    url = TypeAdapter(AnyUrl).validate_python(text)
    if url.scheme not in {"http", "https", "mailto"}:
        message = "must be an address that begins with https:, http: or mailto:"
        raise ValueError(message)
    return text


# Decimal places kept for money. Neo4j has no decimal type and floats lose cents: amounts are stored as whole
# ten-thousandths in a 64-bit integer, which is exact, sorts, sums and can be indexed.
MONEY_PLACES = 4
MAX_MONEY = Decimal(10) ** 14
MAX_NAME = 1_000
MAX_TEXT = 100_000

Name = Annotated[str, StringConstraints(min_length=1, max_length=MAX_NAME, strip_whitespace=True)]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=120)]
Text = Annotated[str, StringConstraints(max_length=MAX_TEXT)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=120, strip_whitespace=True)]
Url = Annotated[str, AfterValidator(_web_address)]
Score = Annotated[float, Field(ge=0, le=10, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Emotion = Annotated[float, Field(ge=-2, le=2, allow_inf_nan=False)]
Impact = Annotated[float, AfterValidator(_impact)]
Real = Annotated[float, Field(allow_inf_nan=False)]
Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=2**31 - 1)]
JourneyLevel = Annotated[int, Field(ge=0, le=2)]
Position = Annotated[int, Field(ge=1, le=2**31 - 1)]
Money = Annotated[Decimal, Field(ge=-MAX_MONEY, le=MAX_MONEY, decimal_places=MONEY_PLACES)]
Currency = Annotated[str, AfterValidator(_iso_currency)]
Duration = Annotated[str, AfterValidator(_iso_duration), ScalarName("Duration")]


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


def _same(value: Any) -> Any:
    return value


def _money_to_store(value: Decimal) -> int:
    return int(value.scaleb(MONEY_PLACES))


def _money_to_json(value: int) -> str:
    amount = Decimal(value).scaleb(-MONEY_PLACES)
    return str(amount.quantize(Decimal("0.01")) if amount == amount.quantize(Decimal("0.01")) else amount.normalize())


def _temporal_to_json(value: _Temporal) -> str:
    return value.iso_format()


def _datetime_to_json(value: _Temporal) -> str:
    text = value.iso_format()
    # RFC 3339 with Z, and at most microseconds: the driver gives nanoseconds and +00:00.
    return re.sub(r"(\.\d{6})\d*", r"\1", text).removesuffix("+00:00") + ("Z" if text.endswith("+00:00") else "")


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

    def parse(self, value: object) -> Any:  # noqa: ANN401 - the parsed value's type is the annotation's, known to the adapter alone
        """Check an input value and return it in Python's form; raises pydantic's ValidationError."""
        return self.adapter.validate_python(value)

    def to_store(self, value: Any) -> Any:  # noqa: ANN401 - see parse
        """Turn a parsed value into what Neo4j keeps; null stays null."""
        if value is None:
            return None
        return [self.item_to_store(item) for item in value] if self.many else self.item_to_store(value)

    def to_json(self, value: Any) -> Any:  # noqa: ANN401 - see parse
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
    float: ("Float", _same, _same),
    date: ("Date", _same, _temporal_to_json),
    datetime: ("DateTime", _same, _datetime_to_json),
    Decimal: ("Decimal", _money_to_store, _money_to_json),
}


def value_type(annotation: Any) -> ValueType:  # noqa: ANN401 - annotations have no common type
    """Read a declaration's annotation: `T`, `T | None`, `list[T]`, any of them inside `Annotated`."""
    adapter: TypeAdapter[Any] = TypeAdapter(annotation, config=ConfigDict(strict=False))
    many, named = False, None
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            base, *metadata = get_args(annotation)
            named = next((mark.name for mark in metadata if isinstance(mark, ScalarName)), named)
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
    return ValueType(named or graphql, many, adapter, to_store, to_json)
