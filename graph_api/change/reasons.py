"""Why a value is not one of its type, in plain words: pydantic's reasons, translated for people who do not program."""

import json
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from graph_api.change.faults import near
from graph_api.model import Property
from graph_api.model.values import MONEY_PLACES

_SHOWN_CHARACTERS = 60

_WORDS = {
    "bool": "must be true or false",
    "date": "must be a day such as 2026-03-31",
    "datetime": "must be a time such as 2026-03-31T09:30:00Z",
    "decimal": f"must be an amount such as 1250.50, with at most {MONEY_PLACES} decimal places",
    "finite_number": "must be a finite number",
    "float": "must be a number",
    "greater_than_equal": "must be {ge} or more",
    "int": "must be a whole number",
    "less_than_equal": "must be {le} or less",
    "list": "must be a list",
    "missing": "is missing",
    "extra_forbidden": "is not a part of it",
    "model": "must be an object with named parts",
    "string_too_long": "must have at most {max_length} characters",
    "string_too_short": "must not be empty",
    "string": "must be text",
    "url": "must be a web address such as https://example.org/page",
}


def reasons(prop: Property, error: ValidationError) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield each reason with its place within the value: `((), "must be 10 or less, not 11")`."""
    for detail in error.errors(include_url=False):
        place = tuple(detail["loc"])
        words = _words(prop, detail)
        shown = "" if detail["type"] == "missing" else f", not {_shown(detail['input'])}"
        yield place, f"{words}{shown}{_meant(prop, detail['input'])}"


def _words(prop: Property, detail: ErrorDetails) -> str:
    sort, context = detail["type"], detail.get("ctx", {})
    if sort == "enum" and prop.type.choice:
        return f"must be one of {', '.join(prop.type.choice)}"
    if sort == "value_error":
        return str(context["error"])
    # The longest word that the reason's name begins with: `date_from_datetime_parsing` is a matter of a date.
    for key in sorted(_WORDS, key=len, reverse=True):
        if sort == key or sort.startswith(f"{key}_"):
            bounds = {name: f"{bound:g}" if isinstance(bound, float) else bound for name, bound in context.items()}
            return _WORDS[key].format_map(bounds)
    return detail["msg"][0].lower() + detail["msg"][1:]


def _meant(prop: Property, value: object) -> str:
    if prop.type.choice is None or not isinstance(value, str):
        return ""
    nearest = near(value, tuple(prop.type.choice))
    return f"; did you mean {nearest}?" if nearest else ""


def _shown(value: Any) -> str:
    # Half a character, as broken encodings leave it, could not be sent to anybody.
    text = json.dumps(value, ensure_ascii=False, default=str).encode(errors="replace").decode()
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}…"
