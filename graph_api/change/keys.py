"""Keys for entities that come without one: made from the name, stable when the same things come again."""

from collections.abc import Container, Iterable, Mapping
from typing import get_args

from pydantic import StringConstraints
from slugify import slugify

from graph_api.model import Kind
from graph_api.model.values import Key

MAX_KEY: int = next(mark.max_length for mark in get_args(Key) if isinstance(mark, StringConstraints)) or 0
# What a slug leaves free of a key's length, for the number that tells equal slugs apart: `-9999999`.
_ROOM = 8


def slug(kind: Kind, name: str) -> str:
    """Make a key from a name: Latin letters, digits and dashes; the kind's own name where nothing of that is left."""
    return slugify(name, max_length=MAX_KEY - _ROOM, word_boundary=True) or slugify(kind.field_name)


def numbered(base: str, number: int) -> str:
    """Return the n-th key of a slug: `pricing`, `pricing-2`, `pricing-3`."""
    return base if number == 1 else f"{base}-{number}"


def number_of(base: str, key: str) -> int | None:
    """Return which key of the slug this is, from 1; none where it is not one of them."""
    if key == base:
        return 1
    tail = key.removeprefix(f"{base}-")
    return int(tail) if tail != key and tail.isascii() and tail.isdecimal() and tail == str(int(tail)) else None


def provisional(entities: Iterable[tuple[int, Kind, str | None, str]]) -> dict[int, str]:
    """Name the entities that come without a key, so that links of the same set can mean them.

    Takes index, kind, key and name of each. The n-th one of a kind with the same slug is `slug-n`, whatever the graph
    holds; keys that the set gives to others are skipped. A link's `Ref` with such a key means that entity, even where
    the graph makes its final key another one.
    """
    entities = tuple(entities)
    given = {(kind.name, key) for _, kind, key, _ in entities if key is not None}
    keys: dict[int, str] = {}
    last: dict[tuple[str, str], int] = {}
    for index, kind, key, name in entities:
        if key is not None:
            continue
        base = slug(kind, name)
        number = last.get((kind.name, base), 0) + 1
        while (kind.name, numbered(base, number)) in given:
            number += 1
        last[kind.name, base] = number
        keys[index] = numbered(base, number)
    return keys


class Series:
    """The keys of one slug in one kind: which the graph has and for which names, and which the set has claimed."""

    def __init__(self, base: str, present: Mapping[str, str | None], given: Container[str]) -> None:
        """Take the present keys of the slug with their names, and the keys that the set gives explicitly."""
        self._base = base
        self._given = given
        numbers = {key: number_of(base, key) for key in present}
        self._present = {number: present[key] for key, number in numbers.items() if number is not None}
        self._claimed: set[int] = set()
        self._last: dict[str, int] = {}

    def take(self, name: str, *, existing: bool) -> str:
        """Claim the key of the next entity with this name.

        Where `existing` is meant too it is, first, that of a present entity of the same name; otherwise a free one,
        beyond those claimed for the name before. So the same set gets the same keys again.
        """
        if existing:
            for number in sorted(self._present):
                if self._present[number] == name and self._free(number):
                    return self._claim(name, number)
        number = self._last.get(name, 0) + 1
        while number in self._present or not self._free(number):
            number += 1
        return self._claim(name, number)

    def _free(self, number: int) -> bool:
        return number not in self._claimed and numbered(self._base, number) not in self._given

    def _claim(self, name: str, number: int) -> str:
        self._claimed.add(number)
        self._last[name] = number
        return numbered(self._base, number)
