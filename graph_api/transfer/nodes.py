"""What a file says, whatever its format: text, lists and maps, each with its place.

A value stays text until the field that it is for is known. So a key `007` keeps its zeros, an amount its cents, and a
name may be `1984` or `No` without quotes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graph_api.model.values import Choice, ValueType, value_type
from graph_api.transfer.places import Faults, Place

_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_DIGITS = 40  # longer numbers stay text: Python refuses to read very long ones, and no field holds them
_NUMBERS = frozenset({"Int", "Float", "Boolean"})


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value, as it is written."""

    text: str
    place: Place
    quoted: bool = False
    """Quoted, or the cell of a table: never null, however it reads."""

    @property
    def null(self) -> bool:
        """Whether it says that the value is unknown."""
        return not self.quoted and self.text in _NULL


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """A map; its keys are distinct."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    place: Place

    def __iter__(self) -> Iterator[tuple[Scalar, "Node"]]:
        return iter(self.entries)

    def get(self, name: str) -> "Node | None":
        """Return what stands under a key."""
        return next((value for key, value in self.entries if key.text == name), None)


Node = Scalar | Sequence | Mapping


def is_null(node: Node) -> bool:
    """Whether the node says nothing: the value is unknown, or the list empty."""
    return isinstance(node, Scalar) and node.null


def items(node: Node) -> tuple[Node, ...]:
    """Return the items of a list; a single value counts as a list of one."""
    if isinstance(node, Sequence):
        return node.items
    return () if is_null(node) else (node,)


def within(node: Node, path: tuple[str | int, ...]) -> Place:
    """Return the place of a part of the node, as near as the path can be followed."""
    for part in path:
        inner: Node | None = None
        if isinstance(node, Mapping):
            inner = node.get(str(part))
        elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node.items):
            inner = node.items[part]
        if inner is None:
            break
        node = inner
    return node.place


def value_of(node: Node, kind: ValueType, name: str, faults: Faults) -> Any:
    """Return the value for a field of this type. Only its shape is checked here; the model checks the rest."""
    if kind.many:
        return [_item(item, kind, name, faults) for item in items(node)]
    if isinstance(node, Sequence):
        faults.add(node.place, f"`{name}` takes one value, and this is a list: keep one of them.")
        return None
    return None if is_null(node) else _item(node, kind, name, faults)


def _item(node: Node, kind: ValueType, name: str, faults: Faults) -> Any:
    if kind.struct:
        parts = {part: value_type(info.rebuild_annotation()) for part, info in kind.struct.model_fields.items()}
        if not isinstance(node, Mapping):
            shape = ", ".join(f"{part}: …" for part in parts)
            faults.add(node.place, f"`{name}` is made of parts: write {{{shape}}}.")
            return None
        return {
            key.text: value_of(value, parts[key.text], key.text, faults) if key.text in parts else None
            for key, value in node
        }
    if not isinstance(node, Scalar):
        shape = "a map" if isinstance(node, Mapping) else "a list in a list"
        faults.add(node.place, f"`{name}` takes plain values, and this is {shape}: write one value.")
        return None
    if kind.choice:
        return _choice(node.text, kind.choice)
    if kind.graphql in _NUMBERS and not node.quoted:
        return _number(node.text)
    return node.text


def _choice(text: str, choice: type[Choice]) -> str:
    """Return the member that is meant: people may write `unmet need` for UNMET_NEED."""
    name = re.sub(r"[\s_-]+", "_", text.strip()).upper()
    return name if name in choice.__members__ else text


def _number(text: str) -> bool | int | float | str:
    """Read a number or truth value as YAML 1.2's core schema does; the rest stays text, for the model to refuse."""
    if text in _BOOL:
        return _BOOL[text]
    if len(text) > _DIGITS:
        return text
    if _INT.fullmatch(text):
        return int(text)
    return float(text) if _FLOAT.fullmatch(text) else text
