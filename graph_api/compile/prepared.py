"""A planned operation: its root fields with their statements and shapers, ready for any values of its variables."""

from collections.abc import Callable, Hashable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from graphql import FieldNode
from graphql.execution.values import VariableValues

from graph_api.compile import render
from graph_api.compile.cost import Estimate, Statistics, estimate
from graph_api.compile.names import Rendered
from graph_api.compile.page import MOST
from graph_api.compile.plan import (
    Ask,
    ByIds,
    Listed,
    Listing,
    Lookup,
    Plan,
    Refused,
    RootField,
)
from graph_api.compile.question import Solves, WorksLong
from graph_api.compile.shape import Json, Shaper
from graph_api.errors import TooCostlyError, UserInputError
from graph_api.model import Model

ESTIMATES = 8
"""How many estimates are kept of one plan."""

_BESIDE = ThreadPoolExecutor(max_workers=8, thread_name_prefix="answers")
"""Where long answers are worked out."""
_SOLVING = ThreadPoolExecutor(max_workers=2, thread_name_prefix="solving")
"""Where those are that take a processor and memory to themselves: few at a time, and in nobody else's way."""


@dataclass(frozen=True)
class Root:
    """A root field of a plan, the function that shapes its answer, and its statements, by their variant."""

    plan: RootField
    shaper: Shaper | None
    nodes: tuple[FieldNode, ...]
    """Where it stands in the document."""
    _statements: dict[Hashable, Rendered] = field(default_factory=dict)

    @property
    def beside(self) -> Executor | None:
        """Where its answer is worked out beside all other requests; null where that takes no time."""
        question: object = self.plan.question if isinstance(self.plan, Ask) else None
        if isinstance(question, Solves):
            return _SOLVING
        return _BESIDE if isinstance(question, WorksLong) else None

    @property
    def required(self) -> bool:
        """Whether its type allows no null, so that without it there is no answer at all."""
        if isinstance(self.plan, Refused | Ask):
            return self.plan.required
        return isinstance(self.plan, Listing | ByIds)

    def statement(self, variables: VariableValues, model: Model) -> tuple[str, dict[str, Any]]:
        """Return the statement that the field sends first, and its parameters; the text never depends on these."""
        rendered = self._rendered(variables, model)
        return rendered.text, rendered.parameters(variables)

    def _rendered(self, variables: VariableValues, model: Model) -> Rendered:
        match self.plan:
            case Lookup(arguments=arguments, entity=entity):
                values = arguments.values(variables)
                given = [by for by in ("key", "id") if values.get(by) is not None]
                if len(given) != 1:
                    name = self.nodes[0].name.value
                    message = f"{name} takes exactly one of `key` and `id`; give one of them."
                    raise UserInputError(message)
                (by,) = given
                return self._once(by, lambda: render.lookup(entity, arguments, by))
            case Ask(arguments=arguments, question=question) as ask:
                if not question.about_entity:
                    return self._once(None, lambda: render.ask(ask, None))
                # The kind is one of a closed set; its label is the one thing of the text that an argument decides.
                kind = model.kinds[arguments.values(variables)["kind"]].name
                return self._once(kind, lambda: render.ask(ask, kind))
            case Listing(listed=listed) as listing:
                unknown, plain = _at_cursor(listed, variables)
                return self._once((unknown, plain), lambda: render.listing(listing, unknown=unknown, plain=plain))
            case ByIds(arguments=arguments) as by_ids:
                if len(arguments.values(variables)["ids"]) > MOST:
                    message = f"nodes takes {MOST} ids at most. Ask for the others in a second request."
                    raise TooCostlyError(message)
                return self._once(None, lambda: render.by_ids(by_ids))
            case _:
                message = "A field about the schema sends no statement."
                raise TypeError(message)

    def _once(self, variant: Hashable, make: Callable[[], Rendered]) -> Rendered:
        if variant not in self._statements:
            self._statements[variant] = make()
        return self._statements[variant]


def _at_cursor(listed: Listed, variables: VariableValues) -> tuple[bool, bool]:
    """Say of the one cursor of a page whether the field the list is sorted by is null there, and whether it is plain.

    A plain text sorts the same by code point as by UTF-16 unit beside any other.
    """
    page = listed.page
    if page.after == page.before:
        return False, not page.after
    values = page.values(listed.arguments.values(variables), "after" if page.after else "before")
    plain = all(char < "\ud800" for value in values if isinstance(value, str) for char in value)
    return values[0] is None, plain


@dataclass(frozen=True)
class Prepared:
    """A planned operation, ready to be answered for any values of its variables."""

    plan: Plan
    roots: tuple[Root, ...]
    statements: dict[tuple[int, ...], Rendered] = field(default_factory=dict)
    """The statements that hydrate its answers, by the identities of the selections (which the plan holds) they fill."""
    about_schema: dict[str, Json] = field(default_factory=dict)
    """What the schema says of itself, once that was asked."""
    estimates: dict[Hashable, Estimate] = field(default_factory=dict)

    @property
    def solves(self) -> bool:
        """Whether a root field takes a processor to itself."""
        return any(root.beside is _SOLVING for root in self.roots)

    def estimate(self, variables: VariableValues, statistics: Statistics) -> Estimate:
        """Estimate what it takes; only numbers and lengths among the variables decide on it, and the graph's size."""
        key = (statistics, *map(_size_of, variables.coerced.values()))
        if key not in self.estimates:
            if len(self.estimates) >= ESTIMATES:
                self.estimates.clear()
            self.estimates[key] = estimate(self.plan, variables, statistics)
        return self.estimates[key]


def _size_of(value: Any) -> Hashable:
    """Say what of a variable decides on a cost: a number, the length of a list, or that it is there at all."""
    match value:
        case bool() | None:
            return value is not None
        case int():
            return value
        case list():
            return (len(value),)
        case _:
            return True
