"""Pages of lists whose order is worked out in Python, and the arguments of all lists but those of the model."""

from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeAlias, TypeVar

import strawberry

from graph_api.schema.inputs import MOST, PAGE

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
