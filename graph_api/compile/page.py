"""Pages of a list: which order, which way, how many, from which cursor. Cursors are keyset cursors.

A cursor holds the values by which its element was sorted, then its key and its id. What comes after it is decided by
these values alone, so that a cursor stays right while elements come and go, its own included.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from graph_api.compile.condition import On
from graph_api.errors import TooCostlyError, UserInputError
from graph_api.model.values import ValueType, value_type

PAGE, MOST = 25, 200
TEXT = value_type(str)


@dataclass(frozen=True, slots=True)
class Term:
    """A property by which a list is sorted. What is unknown comes last, either way."""

    on: On
    name: str
    descending: bool
    nullable: bool
    type: ValueType = field(compare=False, repr=False)

    def __str__(self) -> str:
        """Write it as Cypher would."""
        return f"{self.on}.{self.name}{' descending' if self.descending else ''}"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list, without the values of its cursors and its size."""

    terms: tuple[Term, ...]
    """The whole order; at its end the key, and for links their id, in the direction of the last one asked for."""
    backward: bool
    """Whether it is cut from the end."""
    after: bool
    before: bool
    more: bool
    """Whether somebody asked if there is more, so that one element more is read."""

    def __str__(self) -> str:
        """Write it on one line."""
        cut = "last" if self.backward else "first"
        cursors = "".join(f" {name} a cursor" for name in ("after", "before") if getattr(self, name))
        return f"{cut}{' and one more' if self.more else ''}{cursors}, by {', '.join(map(str, self.terms))}"

    def size(self, arguments: Mapping[str, Any]) -> int:
        """Say how many elements the page has at most; raises where too many or too few are asked for."""
        if arguments.get("first") is not None and arguments.get("last") is not None:
            message = "first and last cut a page from either end: give one of them."
            raise UserInputError(message)
        name = "last" if self.backward else "first"
        size = arguments.get(name)
        if size is None:
            return PAGE
        if size < 0:
            message = f"{name} is {size}: a page cannot have fewer than 0 elements."
            raise UserInputError(message)
        if size > MOST:
            message = f"{name} is {size}: a page has {MOST} elements at most. Ask for the next page with a cursor."
            raise TooCostlyError(message)
        return int(size)

    def limit(self, arguments: Mapping[str, Any]) -> int:
        """Say how many elements are read."""
        return self.size(arguments) + (1 if self.more else 0)

    @property
    def order(self) -> str:
        """Write the order down, so that a cursor of another one is recognised."""
        return ",".join(f"{'-' if term.descending else ''}{term.on}.{term.name}" for term in self.terms)

    def cursor(self, values: list[Any]) -> str:
        """Make the cursor of an element from the stored values by which it was sorted."""
        known = [term.type.to_json(value) for term, value in zip(self.terms, values, strict=True)]
        text = json.dumps([self.order, *known], ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def values(self, arguments: Mapping[str, Any], name: str) -> list[Any]:
        """Read a cursor back into stored values; raises UserInputError where it is none, or one of another order."""
        cursor = str(arguments[name])
        try:
            text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
            order, *known = json.loads(text)
            parsed = [
                None if value is None else term.type.parse(value) for term, value in zip(self.terms, known, strict=True)
            ]
        except (binascii.Error, UnicodeError, ValueError, TypeError, RecursionError, ValidationError):
            message = f"{name} is no cursor: give one that a page of this list has given."
            raise UserInputError(message) from None
        unknown = [term for term, value in zip(self.terms, parsed, strict=True) if value is None and not term.nullable]
        if order != self.order or unknown:
            message = f"{name} is the cursor of a list in another order: begin anew, or keep orderBy as it was."
            raise UserInputError(message)
        return [term.type.to_store(value) for term, value in zip(self.terms, parsed, strict=True)]
