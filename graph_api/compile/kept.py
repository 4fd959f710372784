"""What is worth keeping of documents, bounded: in number, and by the length of the texts that it belongs to.

What is kept of a document grows with its text: its nodes, and whatever holds them, keep the whole of it.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from typing import Generic, TypeVar

MOST = 512
"""How many values are kept in one place."""
CHARACTERS = 4_000_000
"""How many characters the texts that they belong to may have together, each counted once for every value."""

V = TypeVar("V")


class Kept(Generic[V]):
    """Values by text and a key beside it; what was used longest ago goes first; a text beyond the bound is not kept."""

    def __init__(self, most: int = MOST, characters: int = CHARACTERS) -> None:
        self.characters = 0
        """How many characters the texts have."""
        self._bounds = most, characters
        self._values: OrderedDict[tuple[str, Hashable], V] = OrderedDict()

    def get(self, text: str, key: Hashable, make: Callable[[], V]) -> V:
        """Return what is kept of a text under a key, or make it and keep it."""
        place = text, key
        if place in self._values:
            self._values.move_to_end(place)
            return self._values[place]
        most, characters = self._bounds
        made = make()
        if len(text) > characters:
            return made
        self._values[place] = made
        self.characters += len(text)
        while len(self._values) > most or self.characters > characters:
            (dropped, _), _ = self._values.popitem(last=False)
            self.characters -= len(dropped)
        return made

    def __len__(self) -> int:
        """Say how many values are kept."""
        return len(self._values)

    def __iter__(self) -> Iterator[str]:
        """Yield the texts, one for each value."""
        return (text for text, _ in self._values)
