"""The GraphQL types of accountability. Their fields mirror those of `questions/accountability.py`, by name."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.schema.collaboration import PartyPair, PartyRole
from graph_api.schema.enums import ActingRole, Kind, RaciFinding
from graph_api.schema.pages import After, Before, Connection, First, Last, page
from graph_api.schema.scope import EntityKeyInput, OnArgument
from graph_api.schema.thread import ActingPain

if TYPE_CHECKING:
    # Made at run time, from the model.
    Entity: TypeAlias = Any
    Party: TypeAlias = Any

TYPES = "graph_api.schema.made"

_INVOLVEMENTS = "How many involvements there are, each RESPONSIBLE, CONSULTED, INFORMED or unknown."
_KNOWN = (
    "The sum of the known efforts, in person-days: at least so much of this kind, where others are unknown. Null where "
    "none is known."
)
_KNOWN_OF_ALL = (
    "The sum of the known efforts of all kinds, in person-days: neither a least nor a most, since what is stated of a "
    "proposition and of the initiatives that deliver it may be the same work. Null where none is known."
)
_UNKNOWN = "Of how many involvements the effort is unknown."
_TOO_LARGE = "Whether the sum is null since it is too large for a number."


@strawberry.type(description="An entity in which a party acts.")
class AccountablePart:
    """See questions.accountability.AccountablePart."""

    entity: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(description="The entity.")
    kind: Kind = strawberry.field(description="Its kind.")
    over: bool = strawberry.field(
        description="Whether it is no work any more: an initiative STOPPED, or DONE by the day asked for; a "
        "proposition RETIRED, or a promise that only such make; an opportunity CLOSED or PARKED. The day moves nothing "
        "but what is DONE; what starts only after it is work all the same."
    )
    roles: list[PartyRole] = strawberry.field(
        description="What the party does in it, itself or through a stakeholder; the accountable first."
    )
    findings: list[RaciFinding] = strawberry.field(
        description="What is wrong with who acts in it, all parties considered; nothing where it is over."
    )


@strawberry.type(description="What the involvements of a party take in what is not over and of one kind.")
class KindLoad:
    """See questions.accountability.Load."""

    kind: Kind = strawberry.field(description="The kind.")
    involvements: int = strawberry.field(description=_INVOLVEMENTS)
    known: float | None = strawberry.field(description=_KNOWN)
    unknown: int = strawberry.field(description=_UNKNOWN)
    too_large: bool = strawberry.field(description=_TOO_LARGE)


@strawberry.type(
    description="What the involvements of a party take in what is not over: read it by kind. Efforts stated of a "
    "proposition and of the initiatives that deliver it may be the same work."
)
class PartyLoad:
    """See questions.accountability.PartyLoad."""

    by_kind: list[KindLoad] = strawberry.field(description="The load by kind of what it is involved in.")
    involvements: int = strawberry.field(description=_INVOLVEMENTS)
    known: float | None = strawberry.field(description=_KNOWN_OF_ALL)
    unknown: int = strawberry.field(description=_UNKNOWN)
    too_large: bool = strawberry.field(description=_TOO_LARGE)


def _parts(
    kinds: Annotated[list[Kind] | None, strawberry.argument(description="Only of these kinds.")] = strawberry.UNSET,
    roles: Annotated[
        list[ActingRole] | None, strawberry.argument(description="Only where it has one of these roles.")
    ] = strawberry.UNSET,
    findings: Annotated[
        list[RaciFinding] | None, strawberry.argument(description="Only with one of these findings.")
    ] = strawberry.UNSET,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> Connection[AccountablePart]:
    """Declare the arguments; operations are compiled, so that no field is ever resolved."""
    raise NotImplementedError


@strawberry.type(description="In what a department or partner acts, and how; what it owes, and with whom it works.")
class Accountability:
    """See questions.accountability.Accountability."""

    party: Annotated["Party", strawberry.lazy(TYPES)] = strawberry.field(description="The department or partner.")
    on: date = strawberry.field(description="The day it is about.")

    parts: Connection[AccountablePart] = strawberry.field(
        resolver=_parts,
        description="What it owns, runs or is involved in, itself or by a stakeholder who is its member: journeys, "
        "touchpoints, opportunities, propositions, promises, initiatives, enablers, KPIs and goals, in this order; "
        "then by key.",
    )
    kpis: Connection[AccountablePart] = strawberry.field(resolver=page, description="The KPIs it owns, by key.")
    owned_pains: Connection[ActingPain] = strawberry.field(
        resolver=page,
        description="The pains and unmet needs whose opportunity the department or partner owns itself, as in "
        "`department.pains`; by key.",
    )
    pains_at_touchpoints: Connection[ActingPain] = strawberry.field(
        resolver=page,
        description="The pains and unmet needs observed at the touchpoints it runs, as in `department.pains`; by key.",
    )
    load: PartyLoad = strawberry.field(description="What its involvements in what is not over take.")
    promises_to_keep_count: int = strawberry.field(
        description="How many promises are kept at touchpoints that it runs, so that it must keep them: "
        "`promisesToKeep` of the department or partner lists them with their state."
    )
    works_with: Connection[PartyPair] = strawberry.field(
        resolver=page,
        description="With whom it works: the pairs of `collaboration` on the same day in which it is, those that share "
        "most first.",
    )


def _accountability(
    of: Annotated[EntityKeyInput, strawberry.argument(description="The department or partner.")],
    on: OnArgument = strawberry.UNSET,
) -> Accountability | None:
    """Declare the arguments; operations are compiled, so that no field is ever resolved."""
    raise NotImplementedError


def _accountability_about(on: OnArgument = strawberry.UNSET) -> Accountability:
    """Declare the argument; see above."""
    raise NotImplementedError


ACCOUNTABILITY = strawberry.field(
    name="accountability",
    resolver=_accountability,
    description="In what a department or partner acts, and how (RACI); its pains, promises, KPIs and load, and with "
    "whom it works. Null where there is none such.",
)
ACCOUNTABILITY_OF_ENTITY = strawberry.field(
    name="accountability",
    resolver=_accountability_about,
    description="In what it acts, and how (RACI); its pains, promises, KPIs and load, and with whom it works.",
)
