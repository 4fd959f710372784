"""The GraphQL types of suspect links. Their fields mirror the answer in `questions/needs_review.py`, name by name."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.schema.enums import LinkType
from graph_api.schema.pages import Connection, page_of_scope

if TYPE_CHECKING:
    # Made at run time, from the model.
    Entity: TypeAlias = Any

TYPES = "graph_api.schema.made"


@strawberry.type(description="A link that rests on something that has changed since it was reviewed, or made.")
class SuspectLink:
    """See questions.needs_review.SuspectLink."""

    id: strawberry.ID = strawberry.field(description="The link's identity, for `reviewLinks`.")
    type: LinkType = strawberry.field(description="Its type.")
    start: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(description="The entity it leads from.")
    finish: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(description="The entity it leads to.")
    changed: list[Annotated["Entity", strawberry.lazy(TYPES)]] = strawberry.field(
        description="The ends whose substance changed: one or both. Their `history` says how."
    )
    since: datetime = strawberry.field(description="When the first of them changed last.")
    reviewed_at: datetime | None = strawberry.field(description="When it was last reviewed; null where it never was.")


NEEDS_REVIEW = strawberry.field(
    name="needsReview",
    resolver=page_of_scope,
    graphql_type=Connection[SuspectLink],
    description="Suspect links: the substance of one of their ends changed after they were reviewed, or made. Those "
    "that have waited longest come first. Mark them by `reviewLinks`.",
)
