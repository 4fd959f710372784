"""A page of a list whose order was worked out in Python: the same arguments, cursors and errors as lists of Neo4j.

A cursor holds the values by which its element was sorted, so that it stays right while elements come and go.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, total_ordering
from typing import Any, Generic, TypeVar

from graph_api.compile.condition import On
from graph_api.compile.page import Page, Term
from graph_api.model.values import value_type

T = TypeVar("T")

SortKey = tuple[Any, ...]


def term(name: str, annotation: Any, *, descending: bool = False, nullable: bool = False) -> Term:
    """Describe one of the values by which a list is sorted; what is unknown comes last, either way."""
    return Term(On.NODE, name, descending, nullable, value_type(annotation))


@total_ordering
@dataclass(frozen=True, slots=True)
class _Descending:
    """A value that comes before those that are less."""

    value: Any

    def __lt__(self, other: "_Descending") -> bool:
        return bool(other.value < self.value)


@dataclass(frozen=True)
class Sorting(Generic[T]):
    """An order of elements: the values that decide, the most important first."""

    terms: tuple[Term, ...]
    values: Callable[[T], list[Any]]

    def key(self, values: Sequence[Any]) -> SortKey:
        """Turn the values into what Python sorts by."""
        return tuple(
            (value is None, 0 if value is None else _Descending(value) if term.descending else value)
            for term, value in zip(self.terms, values, strict=True)
        )

    def sort(self, items: list[T]) -> list[T]:
        """Return the elements in this order."""
        return sorted(items, key=lambda item: self.key(self.values(item)))


@dataclass(frozen=True)
class Edge(Generic[T]):
    """An element and its cursor."""

    node: T
    cursor: str


@dataclass(frozen=True)
class PageInfo:
    """Where a page stands in its list."""

    has_next_page: bool
    has_previous_page: bool
    start_cursor: str | None
    end_cursor: str | None


@dataclass(frozen=True)
class Connection(Generic[T]):
    """A page of sorted elements; raises UserInputError and TooCostlyError as any list does."""

    items: Sequence[T]
    """All of them, sorted."""
    sorting: Sorting[T]
    arguments: Mapping[str, Any]
    """`first` or `last`, `after` and `before`, as the client gave them."""

    def __post_init__(self) -> None:
        """Look at the arguments, also where nothing of the page is selected."""
        _ = self._bounds

    @cached_property
    def _page(self) -> Page:
        return Page(
            terms=self.sorting.terms,
            backward=self.arguments.get("last") is not None,
            after=self.arguments.get("after") is not None,
            before=self.arguments.get("before") is not None,
            more=True,
        )

    @cached_property
    def _bounds(self) -> tuple[int, int]:
        """The place of the page's first element, and the place behind its last."""
        page, size = self._page, self._page.size(self.arguments)
        key = lambda item: self.sorting.key(self.sorting.values(item))  # noqa: E731 - bisect wants a function
        low, high = 0, len(self.items)
        if page.after:
            low = bisect_right(self.items, self.sorting.key(page.values(self.arguments, "after")), key=key)
        if page.before:
            high = max(low, bisect_left(self.items, self.sorting.key(page.values(self.arguments, "before")), key=key))
        return (max(low, high - size), high) if page.backward else (low, min(high, low + size))

    @cached_property
    def nodes(self) -> Sequence[T]:
        """The elements of the page."""
        low, high = self._bounds
        return self.items[low:high]

    @property
    def edges(self) -> list[Edge[T]]:
        """The elements of the page with their cursors."""
        return [Edge(item, self._cursor(item)) for item in self.nodes]

    @property
    def total_count(self) -> int:
        """How many elements the whole list has."""
        return len(self.items)

    @property
    def page_info(self) -> PageInfo:
        """Where the page stands."""
        low, high = self._bounds
        first, last = (self._cursor(self.nodes[0]), self._cursor(self.nodes[-1])) if self.nodes else (None, None)
        return PageInfo(high < len(self.items), low > 0, first, last)

    def _cursor(self, item: T) -> str:
        return self._page.cursor(self.sorting.values(item))
