"""YAML (and so JSON) into nodes that know their place.

The nodes are put together from the parser's events rather than by ruamel's own composer: that takes half the time,
keeps every value as it is written, and can refuse what would only do harm here: aliases, tags, endless nesting.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.reader import ReaderError

from graph_api.transfer.nodes import Mapping, Node, Scalar, Sequence
from graph_api.transfer.places import Faults, Place

MAX_DEPTH = 20
"""No file of ours is nested deeper than six levels."""

# What the parser says, by a part of its words, and what people can do about it.
_MENDINGS = (
    (
        "mapping values are not allowed",
        "there is a colon where none can stand. Quote text with a colon in it; indent fields like their neighbours.",
    ),
    ("'\\t'", "a tab is used for indentation. Indent with spaces."),
    ("that cannot start any token", "a value begins with a sign that means something in YAML. Put quotes around it."),
    ("end of stream", "a quote is opened and never closed. Close it."),
    ("stream end", "a bracket or brace is opened and never closed. Close it."),
    ("found ','", "there is a comma too many, or a value is missing before it."),
    ("expected ',' or", "a comma, bracket or brace is missing in a list or map written on one line."),
    ("expected <block end>", "the indentation differs from that of the lines above it. Indent them alike."),
    ("could not find expected ':'", "a colon and a space are missing after the name of a field."),
    ("special characters", "there is a control character. Remove it."),
)


class _UnreadableError(Exception):
    """Reading cannot go on; the fault is noted."""


@dataclass(slots=True)
class _Open:
    """A list or map whose end has not been read yet."""

    place: Place
    entries: list[tuple[Scalar, Node]] | None
    items: list[Node]
    key: Scalar | None = None
    lines: dict[str, int] = field(default_factory=dict)
    """Where each key of a map stands."""


def decode(data: bytes, file: str, faults: Faults) -> str | None:
    """Return the text of a file, or none where it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        faults.add(Place(file, line, column), "This byte is not UTF-8: save the file in the encoding UTF-8.")
        return None


def read_yaml(text: str, file: str, faults: Faults) -> Node | None:
    """Return what a YAML text says, or none where it cannot be read; the faults then say why."""
    try:
        return _compose(YAML(typ="safe", pure=True).parse(StringIO(text)), file, faults)
    except _UnreadableError:
        return None
    except MarkedYAMLError as error:
        problem = str(error.problem)
        # What is never closed is noticed at the end of the file; people look for where it was opened.
        unclosed = "end of stream" in problem or "stream end" in problem
        marks = (error.context_mark, error.problem_mark) if unclosed else (error.problem_mark, error.context_mark)
        faults.add(_place(file, marks[0] or marks[1]), _sentence(problem))
    except ReaderError as error:
        before = text[: error.position]
        place = Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
        faults.add(place, _sentence(str(error.reason)))
    except YAMLError as error:
        faults.add(Place(file), _sentence(str(error)))
    return None


def _compose(events: Iterator[Any], file: str, faults: Faults) -> Node | None:
    root: Node | None = None
    stack: list[_Open] = []
    documents = 0
    for event in events:
        made: Node
        if isinstance(event, ScalarEvent):
            made = _scalar(event, file, stack)
        elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            _open(event, file, stack, faults)
            continue
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            ended = stack.pop()
            made = (
                Sequence(tuple(ended.items), ended.place)
                if ended.entries is None
                else Mapping(tuple(ended.entries), ended.place)
            )
        elif isinstance(event, AliasEvent):
            place = _place(file, event.start_mark)
            faults.add(place, f"Aliases such as *{event.anchor} are not read: write the value out.")
            made = Scalar("", place)
        else:
            documents += isinstance(event, DocumentStartEvent)
            if documents > 1:
                faults.add(
                    _place(file, event.start_mark), "A file is one document: put the rest into a file of its own."
                )
                raise _UnreadableError
            continue
        _refuse_tag(event, file, faults)
        if stack:
            _place_in(stack[-1], made, faults)
        else:
            root = made
    return root


def _scalar(event: ScalarEvent, file: str, stack: list[_Open]) -> Scalar:
    quoted = bool(event.style)
    key = stack[-1].key if stack else None
    # An absent value has no place of its own; its key's is where people look.
    place = key.place if key and not quoted and not event.value else _place(file, event.start_mark)
    # A block of text ends with a line break that nobody means.
    return Scalar(event.value.rstrip("\n") if event.style in {"|", ">"} else event.value, place, quoted)


def _open(event: MappingStartEvent | SequenceStartEvent, file: str, stack: list[_Open], faults: Faults) -> None:
    place = _place(file, event.start_mark)
    if len(stack) == MAX_DEPTH:
        faults.add(place, f"Lists and maps are nested more than {MAX_DEPTH} deep here: nothing needs that.")
        raise _UnreadableError
    _refuse_tag(event, file, faults)
    stack.append(_Open(place, [] if isinstance(event, MappingStartEvent) else None, []))


def _place_in(parent: _Open, node: Node, faults: Faults) -> None:
    if parent.entries is None:
        parent.items.append(node)
    elif parent.key is None:
        if not isinstance(node, Scalar):
            faults.add(node.place, "The name of a field is a word, not a list or map: write a word before the colon.")
            node = Scalar("", node.place)
        parent.key = node
    else:
        key, parent.key = parent.key, None
        line = parent.lines.setdefault(key.text, key.place.line)
        if len(parent.lines) > len(parent.entries):
            parent.entries.append((key, node))
        elif key.text:
            faults.add(key.place, f"`{key.text}` is here a second time, after line {line}: keep one of them.")


def _refuse_tag(event: Any, file: str, faults: Faults) -> None:
    if getattr(event, "tag", None):
        faults.add(_place(file, event.start_mark), f"Tags such as {event.tag} are not read: write the plain value.")


def _place(file: str, mark: Any) -> Place:
    return Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)


def _sentence(problem: str) -> str:
    known = next((mending for part, mending in _MENDINGS if part in problem), None)
    return f"This is not YAML: {known or f'the parser says “{problem}”. Mend the line.'}"
