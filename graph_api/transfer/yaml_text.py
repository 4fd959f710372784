"""Entities as YAML that people enjoy reading; `yaml_file` reads back what is written here.

Fields keep their order, a blank line parts entities, and what is short stands on one line.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

WIDTH = 120

# Text that means itself without quotes, wherever it stands: it begins with a letter, or with a number that one follows;
# it holds no sign that YAML reads, and is no word for null or a truth value. The rest is quoted as in JSON.
_PLAIN = re.compile(
    r"(?!(?:null|true|false)$)"
    r"(?:[^\W\d_]|[£€]\d|\d+[ -][\d -]*[^\W\d_])"
    r"(?:[^\W_]|[ _./£€%'()+;!?\u2013\u2019\u201c\u201d-]|:(?=\S)|,(?= ))*",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_FLOW_SIGNS = frozenset(",[]{}:")


def to_yaml(content: Mapping[str, Any], heading: str = "") -> str:
    """Write entities by kind, each a map of fields; `heading` becomes comment lines at the top."""
    lines = [f"# {line}".rstrip() for line in heading.splitlines()]
    for name, value in content.items():
        lines.append("") if lines else None
        if _entities(value):
            lines.append(f"{name}:")
            for number, entity in enumerate(value):
                lines.append("") if number and len(entity) > 1 else None
                lines += entity_lines(entity)
        else:
            lines += _field(name, value, 0)
    return "\n".join(lines) + "\n"


def entity_lines(entity: Mapping[str, Any]) -> Iterator[str]:
    """Write one entity as it stands below the name of its kind."""
    return _item(entity, 2)


def _entities(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, Mapping) for item in value)


def _item(entity: Mapping[str, Any], indent: int) -> Iterator[str]:
    lines = [line for name, value in entity.items() for line in _field(name, value, indent + 2)]
    yield " " * indent + "- " + lines[0].lstrip()
    yield from lines[1:]


def _field(name: str, value: Any, indent: int) -> Iterator[str]:
    start = " " * indent + f"{_scalar(name, flow=False)}:"
    if isinstance(value, str) and "\n" in value.strip("\n") and _blocks(value):
        yield f"{start} |"
        yield from (" " * (indent + 2) + line if line else "" for line in value.split("\n"))
        return
    line = f"{start} {_flow(value)}" if isinstance(value, (Mapping, list)) else f"{start} {_scalar(value, flow=False)}"
    if len(line) <= WIDTH or not isinstance(value, (Mapping, list)):
        yield line.rstrip()
        return
    yield start
    if isinstance(value, Mapping):
        for inner, part in value.items():
            yield from _field(inner, part, indent + 2)
        return
    for item in value:
        flowed = " " * (indent + 2) + "- " + _flow(item)
        yield from _item(item, indent + 2) if isinstance(item, Mapping) and len(flowed) > WIDTH else (flowed,)


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(name, flow=True)}: {_flow(part)}" for name, part in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value, flow=True)


def _scalar(value: Any, *, flow: bool) -> str:
    if not isinstance(value, str):
        return json.dumps(value)
    plain = _DATE.fullmatch(value) or (_PLAIN.fullmatch(value) and not value.endswith((" ", ":")))
    if plain and not (flow and _FLOW_SIGNS & set(value)):
        return value
    # json.dumps escapes what YAML cannot hold; surrogate pairs it would write apart are left as they are.
    text = json.dumps(value, ensure_ascii=False)
    return re.sub(
        r"[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]", lambda sign: f"\\u{ord(sign[0]):04x}", text
    )


def _blocks(value: str) -> bool:
    """Whether text can stand as a block: nothing in it that a block would lose or show wrongly."""
    return (
        not value.startswith((" ", "\n"))
        and not value.endswith("\n")
        and re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]", value) is None
        and not any(line.endswith(" ") or (line.startswith(" ") and not line.strip()) for line in value.split("\n"))
    )
