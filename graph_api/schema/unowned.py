"""The GraphQL types of what nobody answers for. Their fields mirror the answer in `questions/unowned.py`, by name."""

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.schema.enums import ActingRole, Kind, UnownedReason
from graph_api.schema.pages import Connection, page_of_scope_on_day

if TYPE_CHECKING:
    # Made at run time, from the model.
    Entity: TypeAlias = Any
    Owner: TypeAlias = Any
    Stakeholder: TypeAlias = Any

TYPES = "graph_api.schema.made"


@strawberry.type(description="Somebody who could own something, having a part in it already.")
class OwnerCandidate:
    """See questions.unowned.OwnerCandidate."""

    party: Annotated["Owner", strawberry.lazy(TYPES)] = strawberry.field(description="Who.")
    role: ActingRole | None = strawberry.field(
        description="By which part: RUNS a touchpoint of it, or is involved in it; null where nobody said how."
    )
    contribution: str | None = strawberry.field(description="What that part contributes, where it is involved.")
    through: list[Annotated["Entity", strawberry.lazy(TYPES)]] = strawberry.field(
        description="In what: the entity itself, or the touchpoints of it that the party runs; by key."
    )


@strawberry.type(description="Work or service that nobody answers for.")
class Unowned:
    """See questions.unowned.Unowned."""

    entity: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(description="What nobody answers for.")
    kind: Kind = strawberry.field(description="Its kind.")
    reason: UnownedReason = strawberry.field(description="Why nobody does.")
    owner: Annotated["Stakeholder", strawberry.lazy(TYPES)] | None = strawberry.field(
        description="The owner who is a member of nothing, for OWNER_IN_NO_PARTY; else null."
    )
    pains: int = strawberry.field(
        description="How many pains and unmet needs are on its thread: they lead to it, or it leads to them."
    )
    value: float | None = strawberry.field(
        description="The sum of their known severities, each 0 to 10; null where none is known."
    )
    unknown: int = strawberry.field(
        description="How many of them have no known severity, and how many insights there no known type: the value "
        "that they would add is in no figure."
    )
    candidates: list[OwnerCandidate] = strawberry.field(
        description="Who could own it: those involved in it, by role; then those who run its touchpoints (a journey's; "
        "those at which a promise is kept, that a proposition or initiative realises, that an enabler is required by, "
        "that a KPI measures, that an opportunity's insights were observed at); by key."
    )


UNOWNED = strawberry.field(
    name="unowned",
    resolver=page_of_scope_on_day,
    graphql_type=Connection[Unowned],
    description="Work and service that nobody answers for: where the most is at stake first, then by kind and key. "
    "What is over on the day is none; nor is a touchpoint that is EXTERNAL or a PARTNER's. Of a scope it is what is on "
    "a trace through it; of journeys and touchpoints those that walks from it reach.",
)
