"""How long work may take: an answer is bounded, whatever it is asked of."""

from dataclasses import dataclass, field
from time import monotonic


@dataclass(frozen=True)
class Patience:
    """Some seconds from now on."""

    seconds: float
    _until: float = field(init=False)

    def __post_init__(self) -> None:
        """Start."""
        object.__setattr__(self, "_until", monotonic() + self.seconds)

    @property
    def left(self) -> float:
        """How many seconds are left; zero where none are."""
        return max(0.0, self._until - monotonic())
