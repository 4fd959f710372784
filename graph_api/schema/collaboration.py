"""The GraphQL types of collaboration. Their fields mirror the answer in `questions/collaboration.py`, name by name."""

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.schema.enums import ActingRole, PairSort
from graph_api.schema.handoffs import Handoff
from graph_api.schema.pages import Connection, page, page_of_scope_on_day

if TYPE_CHECKING:
    # Made at run time, from the model.
    Entity: TypeAlias = Any
    Party: TypeAlias = Any
    Stakeholder: TypeAlias = Any

TYPES = "graph_api.schema.made"


@strawberry.type(description="A part that a party has in an entity.")
class PartyRole:
    """See questions.parties.raci.PartyRole."""

    role: ActingRole | None = strawberry.field(description="The role; null where it is involved, and nobody said how.")
    through: Annotated["Stakeholder", strawberry.lazy(TYPES)] | None = strawberry.field(
        description="The stakeholder who has it, a member of the party; null where the party itself does."
    )
    contribution: str | None = strawberry.field(description="What it contributes.")
    effort: float | None = strawberry.field(description="What that takes, in person-days; null is unknown.")


@strawberry.type(description="A proposition or initiative in which both of a pair act.")
class SharedWork:
    """See questions.collaboration.SharedWork."""

    entity: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(description="The proposition or initiative.")
    party_roles: list[PartyRole] = strawberry.field(description="What `party` does in it, the accountable first.")
    other_roles: list[PartyRole] = strawberry.field(description="What `other` does in it.")


@strawberry.type(description="Two departments or partners that must work together, and on what.")
class PartyPair:
    """See questions.collaboration.PartyPair."""

    party: Annotated["Party", strawberry.lazy(TYPES)] = strawberry.field(
        description="One of the two: the first by key; in `worksWith` the one that was asked about."
    )
    other: Annotated["Party", strawberry.lazy(TYPES)] = strawberry.field(description="The other.")
    sort: PairSort = strawberry.field(description="Whether a partner is one of them.")
    shared: int = strawberry.field(
        description="How much they share: the number of propositions, initiatives and hand-offs from step to step, "
        "each counted once."
    )

    propositions: Connection[SharedWork] = strawberry.field(
        resolver=page,
        description="The propositions, none of them RETIRED, in which both act: own them or are involved in them, "
        "themselves or by a stakeholder who is their member. By key.",
    )
    initiatives: Connection[SharedWork] = strawberry.field(
        resolver=page,
        description="The initiatives in which both act, neither STOPPED nor DONE by the day asked for; those that "
        "start only later too. By key.",
    )
    handoffs: Connection[Handoff] = strawberry.field(
        resolver=page,
        description="Where along journeys the responsibility passes from one of the two to the other, either way. By "
        "journey, in its order.",
    )
    handoffs_within_step: int = strawberry.field(
        description="How many of these are within a step, whose touchpoints are as often alternatives as a sequence: "
        "they are not in `shared`, and where that is 0 nothing else is."
    )


COLLABORATION = strawberry.field(
    name="collaboration",
    resolver=page_of_scope_on_day,
    graphql_type=Connection[PartyPair],
    description="Which departments and partners must work together, and on what: shared propositions and initiatives, "
    "and hand-offs along journeys. Those that share most come first, then by key.",
)
