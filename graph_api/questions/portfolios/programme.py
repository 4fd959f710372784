"""A mixed-integer programme, row by row, and HiGHS to solve it.

HiGHS comes with scipy (Q. Huangfu, J. A. J. Hall: Parallelizing the dual revised simplex method, Mathematical
Programming Computation 10, 2018). While it works it lets other threads go on. scipy takes its time to import, and is
imported where a programme is solved.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple

from graph_api.questions.portfolios.patience import Patience

Column = int
Term = tuple[Column, float]
_LEAST_SECONDS = 0.01
_PUNCTUAL = 0.9
"""The solver looks at its clock now and then only: it is given so much of the time."""


class End(Enum):
    """How the solver ended."""

    SOLVED = auto()
    STOPPED = auto()
    IMPOSSIBLE = auto()


_ENDS = {0: End.SOLVED, 2: End.IMPOSSIBLE}
"""By scipy's status; any other is that it stopped."""


class Outcome(NamedTuple):
    """What the solver says."""

    end: End
    ones: frozenset[Column] | None
    """The whole columns that are 1; null where it found nothing."""
    bound: float | None
    """What is to be minimised is no less than that."""


@dataclass
class Programme:
    """Columns between 0 and 1, of which the first so many are whole, and rows that bound sums of them."""

    width: int
    whole: int
    ones: frozenset[Column]
    """Columns that are 1."""
    zeros: frozenset[Column]
    """Columns that are 0."""
    _row: list[int] = field(default_factory=list)
    _column: list[Column] = field(default_factory=list)
    _value: list[float] = field(default_factory=list)
    _most: list[float] = field(default_factory=list)

    def add(self, terms: Iterable[Term], most: float = 0.0) -> None:
        """Add a row: the sum of some columns, each times a number, is so much at most."""
        row = len(self._most)
        self._most.append(most)
        for column, value in terms:
            self._row.append(row)
            self._column.append(column)
            self._value.append(value)

    def minimise(self, costs: Mapping[Column, float], patience: Patience, gap: float) -> Outcome:
        """Minimise the sum of the columns, each times its cost, up to a share of that, the gap."""
        if not self.width:
            return Outcome(End.SOLVED, frozenset(), 0.0)
        import numpy as np  # noqa: PLC0415 - see above
        from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped] # noqa: PLC0415 - no types
        from scipy.sparse import csc_array  # type: ignore[import-untyped] # noqa: PLC0415 - likewise

        each, low, high = np.zeros(self.width), np.zeros(self.width), np.ones(self.width)
        each[list(costs)] = list(costs.values())
        low[list(self.ones)] = 1
        high[list(self.zeros)] = 0
        places = (np.array(self._row, dtype=int), np.array(self._column, dtype=int))
        matrix = csc_array((np.array(self._value, dtype=float), places), shape=(len(self._most), self.width))
        found = milp(
            each,
            integrality=np.arange(self.width) < self.whole,
            bounds=Bounds(low, high),
            constraints=LinearConstraint(matrix, ub=np.array(self._most)) if self._most else (),
            options={"time_limit": max(patience.left * _PUNCTUAL, _LEAST_SECONDS), "mip_rel_gap": gap},
        )
        ones = None if found.x is None else frozenset(map(int, np.flatnonzero(found.x[: self.whole] > 0.5)))  # noqa: PLR2004 - 0 or 1
        bound = found.mip_dual_bound
        return Outcome(
            _ENDS.get(found.status, End.STOPPED),
            ones,
            None if bound is None or not np.isfinite(bound) else float(bound),
        )
