"""Pages of lists whose order is worked out in Python, and the arguments of all lists but those of the model.

The functions declare arguments; operations are compiled, so that none is ever called. The field says what a list
is of: by `graphql_type`, or by its annotation in a type.
"""

from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeAlias, TypeVar

import strawberry

from graph_api.schema.inputs import MOST, PAGE
from graph_api.schema.scope import OnArgument, ScopeArgument

if TYPE_CHECKING:
    # Made at run time, from the model.
    PageInfo: TypeAlias = Any

TYPES = "graph_api.schema.made"

T = TypeVar("T")

First = Annotated[
    int | None,
    strawberry.argument(description=f"The first so many after `after`; {PAGE} where neither is given, {MOST} at most."),
]
After = Annotated[str | None, strawberry.argument(description="A cursor: only what comes after it.")]
Last = Annotated[int | None, strawberry.argument(description=f"The last so many before `before`; {MOST} at most.")]
Before = Annotated[str | None, strawberry.argument(description="A cursor: only what comes before it.")]


@strawberry.type(description="An element of a list.")
class Edge(Generic[T]):
    """See questions.connection.Edge."""

    node: T = strawberry.field(description="The element.")
    cursor: str = strawberry.field(description="Where it stands in the list: opaque, for `after` and `before`.")


@strawberry.type(description="A page of a list.")
class Connection(Generic[T]):
    """See questions.connection.Connection."""

    nodes: list[T] = strawberry.field(description="What is on the page.")
    edges: list[Edge[T]] = strawberry.field(description="The same, each with its cursor.")
    page_info: Annotated["PageInfo", strawberry.lazy(TYPES)] = strawberry.field(
        description="Where the page stands in the list."
    )
    total_count: int = strawberry.field(description="How many the whole list has, all pages together.")


def page(
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> Any:
    """Declare the arguments of a list."""
    raise NotImplementedError


def page_on_day(
    on: OnArgument = strawberry.UNSET,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> Any:
    """Declare the arguments of a list on a day."""
    raise NotImplementedError


def page_of_scope(
    scope: ScopeArgument = strawberry.UNSET,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> Any:
    """Declare the arguments of a list of what is in a scope."""
    raise NotImplementedError


def page_of_scope_on_day(
    scope: ScopeArgument = strawberry.UNSET,
    on: OnArgument = strawberry.UNSET,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> Any:
    """Declare the arguments of a list of what is in a scope on a day."""
    raise NotImplementedError
