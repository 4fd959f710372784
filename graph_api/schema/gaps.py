"""The GraphQL types of gaps. Their fields mirror the answer in `questions/gaps.py`, name by name."""

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.schema.enums import ActingRole, Kind, RuleName, Severity
from graph_api.schema.pages import After, Before, Connection, First, Last
from graph_api.schema.scope import EntityKeyInput, OnArgument, ScopeArgument, SettingsArgument

if TYPE_CHECKING:
    # Made at run time, from the model.
    Entity: TypeAlias = Any
    Owner: TypeAlias = Any

TYPES = "graph_api.schema.made"


@strawberry.type(description="Somebody who could mend a gap.")
class Mender:
    """See questions.gaps.Mender."""

    party: Annotated["Owner", strawberry.lazy(TYPES)] = strawberry.field(description="Who.")
    role: ActingRole = strawberry.field(description="By which part: ACCOUNTABLE, RUNS or RESPONSIBLE.")
    through: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(
        description="In what: the entity itself, or what is nearest to it on the thread."
    )


@strawberry.type(description="A place where a rule does not hold.")
class Gap:
    """See questions.gaps.Gap."""

    entity: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(description="The entity that falls short.")
    kind: Kind = strawberry.field(description="Its kind.")
    rule: RuleName = strawberry.field(description="The rule.")
    severity: Severity = strawberry.field(description="How bad that is.")
    scored: bool = strawberry.field(description="Whether the rule counts in scores.")
    expectation: str = strawberry.field(description="What the rule expects.")
    mending: str = strawberry.field(description="How to mend it.")
    pains: int = strawberry.field(
        description="How many pains and unmet needs are on the entity's thread: they lead to it, or it leads to them."
    )
    value: float | None = strawberry.field(
        description="The sum of their known severities, each 0 to 10; null where none is known."
    )
    unknown: int = strawberry.field(
        description="How many of them have no known severity, and how many insights there no known type: the value "
        "that they would add is in no figure."
    )
    age: int = strawberry.field(
        description="Days since the entity's earliest evidence, else since it was written; negative if `on` was before."
    )
    could_mend: list[Mender] = strawberry.field(
        description="Who owns it, runs it or is responsible for it; else those of what is nearest to it on the thread."
    )


RulesArgument = Annotated[list[RuleName] | None, strawberry.argument(description="Only by these rules.")]
SeverityArgument = Annotated[list[Severity] | None, strawberry.argument(description="Only of these severities.")]


def _gaps(
    scope: ScopeArgument = strawberry.UNSET,
    rules: RulesArgument = strawberry.UNSET,
    severity: SeverityArgument = strawberry.UNSET,
    owner: Annotated[
        EntityKeyInput | None, strawberry.argument(description="Only what this owner could mend.")
    ] = strawberry.UNSET,
    on: OnArgument = strawberry.UNSET,
    settings: SettingsArgument = strawberry.UNSET,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> Connection[Gap]:
    """Declare the arguments; operations are compiled, so that no field is ever resolved."""
    raise NotImplementedError


def _gaps_about(
    rules: RulesArgument = strawberry.UNSET,
    severity: SeverityArgument = strawberry.UNSET,
    on: OnArgument = strawberry.UNSET,
    settings: SettingsArgument = strawberry.UNSET,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> Connection[Gap]:
    """Declare the arguments; operations are compiled, so that no field is ever resolved."""
    raise NotImplementedError


GAPS = strawberry.field(
    name="gaps",
    resolver=_gaps,
    description="Where the thread breaks: every place where a rule does not hold, the most severe first, then by the "
    "pains at stake and by age; with how to mend it and who could.",
)
GAPS_OF_ENTITY = strawberry.field(
    name="gaps",
    resolver=_gaps_about,
    description="Where the thread breaks: gaps of all on the trace through it, the most severe first.",
)
