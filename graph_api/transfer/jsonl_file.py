"""JSON Lines into changes, line by line: each is an entity as YAML has it, with its `kind` beside its fields.

    {"kind": "insight", "key": "F1", "name": "Nobody calls back", "severity": 7, "opportunities": ["R1"]}

Only what is read at the moment is held. Unlike in YAML, values have JSON's own types, and the key of a link's other end
needs its kind (`department/it`) wherever there are several to choose from.
"""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from graph_api.change.changeset import ChangeSet, EntityChange, LinkChange, Mode, Ref
from graph_api.change.faults import suggestion
from graph_api.change.natural import missing_link, natural_key
from graph_api.model import MODEL, Direction, Kind, LinkField
from graph_api.transfer.document import ID, KEY, POSITION, a, forms, one_of
from graph_api.transfer.drafting import Draft, Part, Unit, cut
from graph_api.transfer.places import Faults, Place

KIND = "kind"
MAX_LINE = 64 * 2**20
"""Bytes: an entity with half a million links."""

_BOM = b"\xef\xbb\xbf"
_DECODER = json.JSONDecoder()
_BLANKS = " \t\r\n"

Steps = tuple[str | int, ...]


class _LineError(Exception):
    """What is wrong with a line, and where in it."""

    def __init__(self, column: int, message: str) -> None:
        super().__init__(message)
        self.column, self.message = column, message


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of a line; the column is looked up in the file when somebody asks."""

    file: str
    line: int
    offset: int
    """Of the line in the file, in bytes."""
    path: Steps

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.place_of(())

    def place_of(self, rest: Steps) -> Place:
        """Return the place of a part of it."""
        if rest and rest[0] == "fields":
            rest = rest[1:]
        with Path(self.file).open("rb") as stream:
            stream.seek(self.offset)
            text = stream.readline(MAX_LINE).removeprefix(_BOM).decode(errors="replace")
        return Place(self.file, self.line, column(text, (*self.path, *rest)))


def column(text: str, path: Steps) -> int:
    """Return in which column of a line of JSON the value at a path begins, as near as the path can be followed."""
    at = _next(text, 0)
    with suppress(ValueError, IndexError, RecursionError):
        for part in path:
            at = _inside(text, at, part)
    return at + 1


def _inside(text: str, at: int, part: str | int) -> int:
    place, number = _next(text, at + 1), 0
    while text[at] in "{[" and text[place] not in "}]":
        name: str | int = number
        if text[at] == "{":
            name, place = _DECODER.raw_decode(text, place)
            place = _next(text, _next(text, place) + 1)
        if name == part:
            return place
        _, place = _DECODER.raw_decode(text, place)
        place = _next(text, place)
        place = _next(text, place + 1) if text[place] == "," else place
        number += 1
    raise ValueError


def _next(text: str, place: int) -> int:
    while place < len(text) and text[place] in _BLANKS:
        place += 1
    return place


@dataclass(slots=True)
class _Item:
    """What a line says."""

    entity: EntityChange
    spot: Spot
    links: list[tuple[LinkChange, Spot]]


@dataclass(frozen=True)
class Lines:
    """Files of JSON Lines, as a source of changes that can be read again and again."""

    files: tuple[str, ...]
    actor: str
    surface: str

    def pieces(self, size: int, part: Part, faults: Faults) -> Iterator[Draft]:
        """Yield what the files say in pieces of at most so many items; what cannot be read is a fault."""
        yield from cut(self._units(part, faults), size, ChangeSet((), (), self.actor, self.surface))

    def _units(self, part: Part, faults: Faults) -> Iterator[Unit]:
        for item in self._items(faults):
            keyed = MODEL.kinds[item.entity.kind].keyed
            if part is Part.ALL or not keyed:
                yield ([(item.entity, item.spot)], [*item.links]) if part is not Part.KEYED else ([], [])
            else:
                yield ([(item.entity, item.spot)], []) if part is Part.KEYED else ([], [*item.links])

    def _items(self, faults: Faults) -> Iterator[_Item]:
        for file in self.files:
            for spot, data in _lines(file, faults):
                try:
                    item = _Reader(spot, _decoded(data)).item()
                except _LineError as error:
                    faults.add(Place(file, spot.line, error.column), error.message)
                else:
                    yield item


def _lines(file: str, faults: Faults) -> Iterator[tuple[Spot, bytes]]:
    offset = number = 0
    with Path(file).open("rb") as stream:
        while data := stream.readline(MAX_LINE + 1):
            number += 1
            spot = Spot(file, number, offset, ())
            offset += len(data)
            if len(data) > MAX_LINE:
                faults.add(Place(file, number, 1), f"This line has more than {MAX_LINE // 2**20} MB: split it.")
                return
            data = data.removeprefix(_BOM) if number == 1 else data
            if not data.isspace():
                yield spot, data


def _decoded(data: bytes) -> dict[str, Any]:
    try:
        found = json.loads(data.decode(), object_pairs_hook=_once, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        before = data[: error.start].decode(errors="replace")
        raise _LineError(len(before) + 1, "This byte is not UTF-8: save the file in the encoding UTF-8.") from error
    except json.JSONDecodeError as error:
        words = f"This line is not JSON ({error.msg[:1].lower()}{error.msg[1:]}): a line is one object in braces."
        raise _LineError(error.colno, words) from error
    except RecursionError as error:
        raise _LineError(1, "Lists and maps are nested too deep here: nothing needs that.") from error
    except ValueError as error:  # a number of thousands of digits
        raise _LineError(1, "A number in this line is too long: no field holds it.") from error
    if not isinstance(found, dict):
        raise _LineError(1, 'A line is an object that begins with its kind, such as {"kind": "insight", …}.')
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for number, name in enumerate(names) if name in names[:number])
        raise _LineError(1, f"`{twice}` is twice in an object of this line: keep one of them.")
    return found


def _no_constant(name: str) -> NoReturn:
    raise _LineError(1, f"{name} is no number that JSON has: write null where a value is unknown.")


@dataclass(slots=True)
class _Reader:
    """Reads one line."""

    spot: Spot
    found: dict[str, Any]

    def item(self) -> _Item:
        kind = self._kind()
        key, identity = self._word(KEY), self._word(ID)
        if key is not None and not kind.keyed and identity is None:
            names = ", ".join(f"`{name}`" for name in kind.natural_key)
            self._fail(f"A {kind.field_name} has no key: it is told apart by {names}. Leave `key` out.", KEY)
        fields: dict[str, Any] = {}
        ends: list[tuple[LinkField, Ref, dict[str, Any], Steps]] = []
        for name, value in self.found.items():
            if name in kind.links:
                ends += self._links(kind.links[name], value)
            elif name not in _BESIDE:
                fields[name] = value
        if key is None and not kind.keyed:
            key = self._natural_key(kind, fields, ends)
        elif key is None:
            # Made from names, keys would depend on where the file is cut into batches.
            self._fail(f"{a(kind.field_name).capitalize()} needs its `key` here: only YAML and tables make keys.")
        entity = EntityChange(Mode.PUT, kind.name, key, fields, id=identity)
        return _Item(entity, self.spot, [self._change(Ref(kind.name, key), *end) for end in ends])

    def _fail(self, message: str, *path: str | int) -> NoReturn:
        raise _LineError(self.spot.place_of(path).column, message)

    def _kind(self) -> Kind:
        name = self.found.get(KIND)
        kind = MODEL.kind(name) if isinstance(name, str) else None
        if name is None:
            self._fail('This object has no `kind`: begin with it, as in {"kind": "insight", …}.')
        if kind is None:
            names = [kind.field_name for kind in MODEL.kinds.values()]
            shown = name if isinstance(name, str) else json.dumps(name)
            self._fail(f"There is no kind `{shown}`{suggestion(shown, names)}", KIND)
        return kind

    def _word(self, name: str) -> str | None:
        word = self.found.get(name)
        if word is not None and not isinstance(word, str):
            self._fail(f"`{name}` is text: put it in quotes.", name)
        return word

    def _natural_key(
        self, kind: Kind, fields: dict[str, Any], ends: list[tuple[LinkField, Ref, dict[str, Any], Steps]]
    ) -> str:
        if missing := missing_link(kind, [at for at, *_ in ends]):
            self._fail(f"A {kind.field_name} needs `{missing.name}`: add the key of {one_of(missing.far)}.")
        key = natural_key(kind, fields, [(at, ref) for at, ref, *_ in ends])
        if key is None:
            names = ", ".join(f"`{name}`" for name in kind.natural_key)
            self._fail(f"A {kind.field_name} is told apart by {names}: give them.")
        return key

    def _links(self, at: LinkField, value: Any) -> Iterable[tuple[LinkField, Ref, dict[str, Any], Steps]]:
        if value is None:
            return
        several = isinstance(value, list)
        if not any(MODEL.kinds[kind].keyed for kind in at.far):
            far = MODEL.kinds[at.far[0]]
            self._fail(f"A {far.field_name} has no key to name it by: write it as a line of its own.", at.name)
        if several and at.single and len(value) > 1:
            self._fail(f"`{at.name}` takes one key, and this is the second: keep one of them.", at.name, 1)
        ordered = at.link.positioned and at.direction is Direction.OUT
        for number, item in enumerate(value if several else [value]):
            path: Steps = (at.name, number) if several else (at.name,)
            own: dict[str, Any] = {}
            key = item
            if isinstance(item, dict):
                own = {name: part for name, part in item.items() if name != KEY}
                key = item.get(KEY)
            if not isinstance(key, str) or not key:
                self._fail(f"Under `{at.name}` stand keys, or objects that begin with `key`.", *path)
            if ordered and POSITION in own:
                self._fail(f"The place in the list `{at.name}` is the position: leave `position` out.", *path, POSITION)
            if ordered:
                own[POSITION] = number + 1
            yield at, self._far(at, key, path), own, path

    def _far(self, at: LinkField, text: str, path: Steps) -> Ref:
        name, slash, key = text.rpartition("/")
        if not slash and len(at.far) == 1:
            return Ref(at.far[0], key)
        kind = MODEL.kind(name) if slash else None
        if kind is None or kind.name not in at.far:
            lead = f"not to a `{name}`" if slash else "so the key needs its kind"
            self._fail(f"`{at.name}` leads to {one_of(at.far)}, {lead}: write {forms(at, key)}.", *path)
        return Ref(kind.name, key)

    def _change(self, near: Ref, at: LinkField, far: Ref, own: dict[str, Any], path: Steps) -> tuple[LinkChange, Spot]:
        start, finish = (near, far) if at.direction is Direction.OUT else (far, near)
        spot = Spot(self.spot.file, self.spot.line, self.spot.offset, path)
        return LinkChange(at.link.name, start, finish, own), spot


_BESIDE = frozenset({KIND, KEY, ID})
