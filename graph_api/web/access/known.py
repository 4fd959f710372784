"""What was found out lately: kept for some seconds, and so many of it at most."""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Known(Generic[T]):
    """Values by key, each for `seconds` after the moment that it is true of; of more than `size` the oldest go."""

    def __init__(self, size: int, seconds: float, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._size = size
        self._seconds = seconds
        self._monotonic = monotonic
        self._values: OrderedDict[str, tuple[float, T]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: str) -> T | None:
        """Return what is known; none where nothing is, or no longer."""
        kept = self._values.get(key)
        if kept is None:
            return None
        until, value = kept
        if self._monotonic() >= until:
            del self._values[key]
            return None
        self._values.move_to_end(key)
        return value

    def keep(self, key: str, value: T, *, of: float) -> None:
        """Keep what was true at the moment `of`, by the same clock."""
        self._values[key] = (of + self._seconds, value)
        self._values.move_to_end(key)
        if len(self._values) > self._size:
            self._values.popitem(last=False)
