"""Who may run, and when: what an operation is expected to cost decides whether, and heavy ones wait for their turn."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from graphql import ExecutionResult
from graphql.execution.values import VariableValues

from graph_api.compile.cost import Estimate, Statistics
from graph_api.compile.gate import Gate
from graph_api.compile.prepared import Prepared
from graph_api.errors import Code, GraphApiError, TooCostlyError
from graph_api.settings import Limits

TOO_LATE = "It took longer than the {seconds:g} seconds that one operation has (LIMIT_SECONDS). Ask for less at a time."
SLACK = 0.5
"""Seconds by which who waits for an answer from elsewhere is more patient than who works on it."""


class OperationTimeoutError(GraphApiError):
    """An operation took longer than it may."""

    code = Code.TIMEOUT


@dataclass(frozen=True, slots=True)
class Executed:
    """What became of an operation, and what it was expected to cost; none where it was not planned."""

    result: ExecutionResult
    cost: float | None = None


class Elsewhere(Protocol):
    """Where heavy operations can be answered instead, so that nothing here waits for them."""

    @property
    def ready(self) -> bool:
        """Whether it takes operations now."""

    def expect(self) -> None:
        """Be told that something heavy has come, so that it is ready for the next."""

    async def execute(self, text: str, operation: str | None, inputs: Mapping[str, Any] | None) -> Executed:
        """Answer a valid query; raises ServiceUnavailableError where it is lost on the way."""


class Admission:
    """Lets operations run within the limits. Made for one event loop."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.gate = Gate(limits.heavy, limits.waiting)
        self.statistics = Statistics()
        """How large the graph is, as far as somebody has counted it; what operations cost is reckoned with it."""
        self.elsewhere: Elsewhere | None = None

    def expected(self, prepared: Prepared, variables: VariableValues) -> Estimate:
        """Estimate what an operation takes."""
        return prepared.estimate(variables, self.statistics)

    def excess(self, expected: Estimate) -> TooCostlyError | None:
        """Say what an operation asks for too much of, if anything."""
        if expected.page > self.limits.page:
            return TooCostlyError(
                f"A page of {expected.page} elements is asked for; it may have {self.limits.page} at most (LIMIT_PAGE)."
                " Ask for the next page with a cursor."
            )
        if expected.cost > self.limits.cost:
            return TooCostlyError(
                f"The operation is expected to read {expected.cost:,.0f} entities; at most {self.limits.cost:,} are"
                " read at once (LIMIT_COST). Ask for smaller pages, or for fewer lists in lists."
            )
        return None

    def is_heavy(self, prepared: Prepared, expected: Estimate) -> bool:
        """Tell whether an operation has to wait for its turn."""
        return prepared.solves or expected.cost >= self.limits.heavy_cost

    async def in_turn(
        self,
        text: str,
        name: str | None,
        inputs: Mapping[str, Any] | None,
        here: Callable[[], Awaitable[Executed]],
    ) -> Executed:
        """Have a heavy operation answered when it is its turn: elsewhere, or here where that cannot be.

        Raises CrowdedError where too many wait, and OperationTimeoutError.
        """
        try:
            async with asyncio.timeout_at(self.deadline() + SLACK), self.gate.turn():
                if self.elsewhere and self.elsewhere.ready:
                    return await self.elsewhere.execute(text, name, inputs)
                if self.elsewhere:
                    self.elsewhere.expect()
                return await here()
        except TimeoutError:
            raise self.too_late() from None

    def deadline(self) -> float:
        """Return when an operation that begins now must have its answer, by the event loop's clock."""
        return asyncio.get_running_loop().time() + self.limits.seconds

    def too_late(self) -> OperationTimeoutError:
        """Say that an operation has taken too long."""
        return OperationTimeoutError(TOO_LATE.format(seconds=self.limits.seconds))
