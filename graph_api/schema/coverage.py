"""The GraphQL types of coverage. Their fields mirror the answer in `questions/coverage.py`, name by name."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.schema.enums import Disposition, Kind, RuleName, Severity
from graph_api.schema.pages import After, Before, Connection, First, Last
from graph_api.schema.scope import OnArgument, ScopeArgument, SettingsArgument

if TYPE_CHECKING:
    # Made at run time, from the model.
    Entity: TypeAlias = Any
    Insight: TypeAlias = Any

TYPES = "graph_api.schema.made"


@strawberry.type(description="What one rule finds.")
class RuleCoverage:
    """See questions.coverage.RuleCoverage."""

    rule: RuleName = strawberry.field(description="The rule.")
    kinds: list[Kind] = strawberry.field(description="The kinds it is about.")
    expectation: str = strawberry.field(description="What it expects.")
    mending: str = strawberry.field(description="How to mend it where it does not hold.")
    severity: Severity = strawberry.field(description="How bad it is where it does not hold.")
    scored: bool = strawberry.field(description="Whether it counts in scores; otherwise it is hygiene, only listed.")
    weight: float | None = strawberry.field(description="How much it counts for each entity; null unless scored.")
    applicable: int | None = strawberry.field(
        description="To how many entities it applies, those apart for which it was waived; null unless scored."
    )
    satisfied: int | None = strawberry.field(description="For how many of them it holds; null unless scored.")
    missing: int = strawberry.field(description="For how many entities it does not hold.")
    waived: int = strawberry.field(
        description="For how many more it need not hold: somebody waived it, or decided against a pain."
    )
    share: float | None = strawberry.field(
        description="Satisfied over applicable, 0 to 1; null unless scored, and where it applies to none."
    )


@strawberry.type(description="A pain or unmet need, and what became of it.")
class ListedPain:
    """See questions.thread.pain_coverage.ListedPain."""

    insight: Annotated["Insight", strawberry.lazy(TYPES)] = strawberry.field(description="The pain or unmet need.")
    disposition: Disposition = strawberry.field(description="What became of it.")
    since: date = strawberry.field(description="The day of its earliest evidence, else the day it was written.")
    age: int = strawberry.field(description="Days from then to the day asked for; negative where that came before.")
    new: bool = strawberry.field(description="Whether it is under 30 days old, so that it counts in no share.")


@strawberry.type(
    description="What became of the pains and unmet needs that are not refuted: counts first. Shares are of those that "
    "are at least 30 days old, since a new pain must not look like a failure to listen; null where there are none."
)
class PainCoverage:
    """See questions.thread.pain_coverage.PainCoverage."""

    total: int = strawberry.field(description="How many there are, new ones included.")
    new: int = strawberry.field(description="How many are under 30 days old.")
    type_unknown: int = strawberry.field(
        description="How many insights besides have no known type: each may be a pain, and none is counted."
    )
    with_opportunity: int = strawberry.field(description="How many raise an opportunity (shallow).")
    with_owned_initiative: int = strawberry.field(
        description="How many lead to an initiative that is not stopped and that somebody owns."
    )
    acted: int = strawberry.field(
        description="How many lead, besides, over a KPI: at the initiative, its proposition or the opportunity (deep)."
    )
    decided_no: int = strawberry.field(description="Of the others, how many by their latest decision need no action.")
    undecided: int = strawberry.field(description="How many are neither.")
    acted_share: float | None = strawberry.field(description="The share acted on, 0 to 1.")
    decided_no_share: float | None = strawberry.field(description="The share decided against, 0 to 1.")
    undecided_share: float | None = strawberry.field(description="The share undecided, 0 to 1.")

    @strawberry.field(description="The pains, the most severe and oldest first.")  # type: ignore[untyped-decorator] # Strawberry's own
    def list(
        self,
        disposition: Annotated[
            list[Disposition] | None, strawberry.argument(description="Only those of which this became.")
        ] = strawberry.UNSET,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[ListedPain]:
        """Declare the arguments; the answer is worked out in `questions`."""
        raise NotImplementedError


@strawberry.type(description="How far the thread leads from the entities of a kind.")
class ThreadDepth:
    """See questions.coverage.ThreadDepth."""

    kind: Kind = strawberry.field(description="The kind; of insights only pains and unmet needs that are not refuted.")
    total: int = strawberry.field(description="How many there are.")
    shallow: int = strawberry.field(
        description="How many lead on by one link; of initiatives, how many are owned and not stopped."
    )
    deep: int = strawberry.field(
        description="How many lead to an initiative that is not stopped, that somebody owns and that a KPI measures: "
        "one linked from it, its proposition or the opportunity on that path."
    )


@strawberry.type(description="Coverage of what is on the trace through one entity, as far as that lies in the scope.")
class GroupCoverage:
    """See questions.coverage.GroupCoverage."""

    entity: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(description="The entity.")
    gaps: int = strawberry.field(description="How many gaps there are.")
    high: int = strawberry.field(description="How many of them are of severity HIGH.")
    waived: int = strawberry.field(description="How many more there would be, had nobody waived or decided them.")
    pains: PainCoverage = strawberry.field(description="What became of its pains.")
    score: float | None = strawberry.field(description="The score, 0 to 1; null where no scored rule applies.")


@strawberry.type(
    description="How much of what is expected from insight to action is there, rule by rule; and what became of pains."
)
class Coverage:
    """See questions.coverage.Coverage."""

    on: date = strawberry.field(description="The day it is about. It moves dates only: the graph is that of today.")
    entities: int = strawberry.field(description="How many entities of kinds that have rules were looked at.")
    gaps: int = strawberry.field(description="In how many places a rule does not hold.")
    high: int = strawberry.field(description="How many of them are of severity HIGH.")
    medium: int = strawberry.field(description="How many of them are of severity MEDIUM.")
    low: int = strawberry.field(description="How many of them are of severity LOW.")
    waived: int = strawberry.field(description="How many more there would be, had nobody waived or decided them.")
    pains: PainCoverage = strawberry.field(description="What became of the pains and unmet needs.")
    thread: list[ThreadDepth] = strawberry.field(description="How far the thread leads, from insight to action.")
    rules: list[RuleCoverage] = strawberry.field(description="What each rule finds, in the order of the thread.")
    personas: list[GroupCoverage] = strawberry.field(description="The same for each persona in scope, by key.")
    journeys: list[GroupCoverage] = strawberry.field(description="The same for each journey in scope, by key.")
    departments: list[GroupCoverage] = strawberry.field(description="The same for each department in scope, by key.")
    score: float | None = strawberry.field(
        description="Σ weight of scored rules satisfied / Σ weight of those that apply: 0 to 1; null where none does."
    )


def _coverage(
    scope: ScopeArgument = strawberry.UNSET,
    on: OnArgument = strawberry.UNSET,
    settings: SettingsArgument = strawberry.UNSET,
) -> Coverage:
    """Declare the arguments; operations are compiled, so that no field is ever resolved."""
    raise NotImplementedError


def _coverage_about(on: OnArgument = strawberry.UNSET, settings: SettingsArgument = strawberry.UNSET) -> Coverage:
    """Declare the arguments; operations are compiled, so that no field is ever resolved."""
    raise NotImplementedError


COVERAGE = strawberry.field(
    name="coverage",
    resolver=_coverage,
    description="How much of what is expected from insight to action is there, and what became of each pain.",
)
COVERAGE_OF_ENTITY = strawberry.field(
    name="coverage",
    resolver=_coverage_about,
    description="How much of what is expected from insight to action is there, of all on the trace through it.",
)
