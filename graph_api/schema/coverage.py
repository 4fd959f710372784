"""The GraphQL types of coverage and gaps. Their fields mirror the answers in `questions/`, name by name."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.questions.expectations import ASSUMPTION_DAYS, SATISFACTION, STALE_DAYS
from graph_api.schema.enums import ActingRole, Disposition, ImpactChange, Kind, LinkType, RuleName, Severity
from graph_api.schema.history import After, Before, First, Last
from graph_api.schema.inputs import publish_scope

if TYPE_CHECKING:
    # Made at run time, from the model.
    Department: TypeAlias = Any
    Entity: TypeAlias = Any
    Goal: TypeAlias = Any
    Insight: TypeAlias = Any
    KPI: TypeAlias = Any
    Owner: TypeAlias = Any
    PageInfo: TypeAlias = Any
    Promise: TypeAlias = Any
    Scope: TypeAlias = Any

TYPES = "graph_api.schema.made"

publish_scope()


@strawberry.input(description="How one rule is to count.")
class RuleSettingInput:
    """See questions.expectations.Settings."""

    rule: RuleName = strawberry.field(description="The rule.")
    off: bool | None = strawberry.field(default=strawberry.UNSET, description="Whether it is left out.")
    severity: Severity | None = strawberry.field(
        default=strawberry.UNSET, description="How bad it is where it does not hold, instead of what is usual."
    )
    weight: float | None = strawberry.field(
        default=strawberry.UNSET,
        description="For a scored rule: how much it counts for each entity, instead of 3, 2 or 1 for its severity.",
    )


@strawberry.input(description="Which rules count, how much, and from where on something is too old or too low.")
class RuleSettingsInput:
    """See questions.expectations.Settings."""

    rules: list[RuleSettingInput] | None = strawberry.field(
        default=strawberry.UNSET, description="Rules that are to count otherwise than usual."
    )
    assumption_days: int | None = strawberry.field(
        default=strawberry.UNSET,
        description=f"For ASSUMPTION_OLD: the days for which something may be merely assumed; {ASSUMPTION_DAYS}.",
    )
    stale_days: int | None = strawberry.field(
        default=strawberry.UNSET,
        description=f"For KPI_STALE: the days for which a measurement is good; {STALE_DAYS}.",
    )
    satisfaction: float | None = strawberry.field(
        default=strawberry.UNSET,
        description=f"For MOMENT_OF_TRUTH_DISAPPOINTS: the least satisfaction, 0 to 10; {SATISFACTION:g}.",
    )


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
    """See questions.coverage.ListedPain."""

    insight: Annotated["Insight", strawberry.lazy(TYPES)] = strawberry.field(description="The pain or unmet need.")
    disposition: Disposition = strawberry.field(description="What became of it.")
    since: date = strawberry.field(description="The day of its earliest evidence, else the day it was written.")
    age: int = strawberry.field(description="Days from then to the day asked for; negative where that came before.")
    new: bool = strawberry.field(description="Whether it is under 30 days old, so that it counts in no share.")


@strawberry.type(description="A pain in a list.")
class ListedPainEdge:
    """See questions.connection.Edge."""

    node: ListedPain = strawberry.field(description="The pain.")
    cursor: str = strawberry.field(description="Where it stands in the list: opaque, for `after` and `before`.")


@strawberry.type(description="A page of pains.")
class ListedPainConnection:
    """See questions.connection.Connection."""

    nodes: list[ListedPain] = strawberry.field(description="The pains of the page.")
    edges: list[ListedPainEdge] = strawberry.field(description="The pains of the page with their cursors.")
    page_info: Annotated["PageInfo", strawberry.lazy(TYPES)] = strawberry.field(description="Where the page stands.")
    total_count: int = strawberry.field(description="How many the whole list has.")


@strawberry.type(
    description="What became of the pains and unmet needs that are not refuted: counts first. Shares are of those that "
    "are at least 30 days old, since a new pain must not look like a failure to listen; null where there are none."
)
class PainCoverage:
    """See questions.coverage.PainCoverage."""

    total: int = strawberry.field(description="How many there are, new ones included.")
    new: int = strawberry.field(description="How many are under 30 days old.")
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
    ) -> ListedPainConnection:
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
    age: int = strawberry.field(
        description="Days since the entity's earliest evidence, else since it was written; negative if `on` was before."
    )
    could_mend: list[Mender] = strawberry.field(
        description="Who owns it, runs it or is responsible for it; else those of what is nearest to it on the thread."
    )


@strawberry.type(description="A gap in a list.")
class GapEdge:
    """See questions.connection.Edge."""

    node: Gap = strawberry.field(description="The gap.")
    cursor: str = strawberry.field(description="Where it stands in the list: opaque, for `after` and `before`.")


@strawberry.type(description="A page of gaps.")
class GapConnection:
    """See questions.connection.Connection."""

    nodes: list[Gap] = strawberry.field(description="The gaps of the page.")
    edges: list[GapEdge] = strawberry.field(description="The gaps of the page with their cursors.")
    page_info: Annotated["PageInfo", strawberry.lazy(TYPES)] = strawberry.field(description="Where the page stands.")
    total_count: int = strawberry.field(description="How many the whole list has.")


@strawberry.input(description="An entity, by kind and key.")
class EntityKeyInput:
    """See questions.gaps.GapsQuestion and questions.impact.ImpactQuestion."""

    kind: Kind = strawberry.field(description="Its kind.")
    key: str = strawberry.field(description="Its key.")


@strawberry.type(description="A pain or unmet need of which something else would become.")
class PainImpact:
    """See questions.impact.PainImpact."""

    insight: Annotated["Insight", strawberry.lazy(TYPES)] = strawberry.field(description="The pain or unmet need.")
    before: Disposition = strawberry.field(description="What became of it now.")
    after: Disposition = strawberry.field(description="What would become of it.")


@strawberry.type(
    description="What would break elsewhere if an entity were removed or came to its end: what coverage would say then "
    "and does not now. The entity's own gaps are left out."
)
class Impact:
    """See questions.impact.Impact."""

    entity: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(description="The entity.")
    change: ImpactChange = strawberry.field(description="What would be done with it.")
    opened: list[Gap] = strawberry.field(description="Gaps that there would be: who would lose its only support.")
    closed: list[Gap] = strawberry.field(description="Gaps that there would no longer be.")
    pains: list[PainImpact] = strawberry.field(description="Pains of which something else would become, by key.")
    no_longer_deep: list[Annotated["Entity", strawberry.lazy(TYPES)]] = strawberry.field(
        description="Opportunities, propositions and initiatives from which the thread would no longer lead to work "
        "that is owned and measured."
    )
    departments: list[Annotated["Department", strawberry.lazy(TYPES)]] = strawberry.field(
        description="Departments with a part in it, in what would lose something, or in the work on that; by key."
    )
    promises: list[Annotated["Promise", strawberry.lazy(TYPES)]] = strawberry.field(
        description="Promises linked to it, to what would lose something, or to the work on that; by key."
    )
    kpis: list[Annotated["KPI", strawberry.lazy(TYPES)]] = strawberry.field(
        description="KPIs linked to it, to what would lose something, or to the work on that; by key."
    )
    goals: list[Annotated["Goal", strawberry.lazy(TYPES)]] = strawberry.field(
        description="Goals linked to it, to what would lose something, or to the work on that; by key."
    )


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


@strawberry.type(description="A suspect link in a list.")
class SuspectLinkEdge:
    """See questions.connection.Edge."""

    node: SuspectLink = strawberry.field(description="The link.")
    cursor: str = strawberry.field(description="Where it stands in the list: opaque, for `after` and `before`.")


@strawberry.type(description="A page of suspect links.")
class SuspectLinkConnection:
    """See questions.connection.Connection."""

    nodes: list[SuspectLink] = strawberry.field(description="The links of the page.")
    edges: list[SuspectLinkEdge] = strawberry.field(description="The links of the page with their cursors.")
    page_info: Annotated["PageInfo", strawberry.lazy(TYPES)] = strawberry.field(description="Where the page stands.")
    total_count: int = strawberry.field(description="How many the whole list has.")


ScopeArgument = Annotated[
    Annotated["Scope", strawberry.lazy(TYPES)] | None,
    strawberry.argument(description="Of what it is asked; without it, of the whole graph."),
]
SettingsArgument = Annotated[
    RuleSettingsInput | None, strawberry.argument(description="How the rules are to count, if not as usual.")
]
RulesArgument = Annotated[list[RuleName] | None, strawberry.argument(description="Only by these rules.")]
SeverityArgument = Annotated[list[Severity] | None, strawberry.argument(description="Only of these severities.")]
OnArgument = Annotated[
    date | None, strawberry.argument(description="The day it is asked for: today (UTC) if none is given.")
]


def _coverage(
    scope: ScopeArgument = strawberry.UNSET,
    on: OnArgument = strawberry.UNSET,
    settings: SettingsArgument = strawberry.UNSET,
) -> Coverage:
    """Declare the arguments; operations are compiled, so that no field is ever resolved."""
    raise NotImplementedError


def _gaps(  # noqa: PLR0913, PLR0917 - the arguments of a connection, and its conditions
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
) -> GapConnection:
    """Declare the arguments; see _coverage."""
    raise NotImplementedError


def _impact(
    of: Annotated[EntityKeyInput, strawberry.argument(description="The entity.")],
    change: Annotated[
        ImpactChange, strawberry.argument(description="What would be done with it.")
    ] = ImpactChange.REMOVE,
    on: OnArgument = strawberry.UNSET,
    settings: SettingsArgument = strawberry.UNSET,
) -> Impact | None:
    """Declare the arguments; see _coverage."""
    raise NotImplementedError


def _needs_review(
    scope: ScopeArgument = strawberry.UNSET,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> SuspectLinkConnection:
    """Declare the arguments; see _coverage."""
    raise NotImplementedError


def _coverage_about(on: OnArgument = strawberry.UNSET, settings: SettingsArgument = strawberry.UNSET) -> Coverage:
    """Declare the arguments; see _coverage."""
    raise NotImplementedError


def _gaps_about(  # noqa: PLR0913, PLR0917 - see _gaps
    rules: RulesArgument = strawberry.UNSET,
    severity: SeverityArgument = strawberry.UNSET,
    on: OnArgument = strawberry.UNSET,
    settings: SettingsArgument = strawberry.UNSET,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> GapConnection:
    """Declare the arguments; see _coverage."""
    raise NotImplementedError


def coverage_fields() -> dict[str, Any]:
    """Make the root fields."""
    return {
        "coverage": strawberry.field(
            name="coverage",
            resolver=_coverage,
            description="How much of what is expected from insight to action is there, and what became of each pain.",
        ),
        "gaps": strawberry.field(
            name="gaps",
            resolver=_gaps,
            description="Where the thread breaks: every place where a rule does not hold, the most severe first, then "
            "by the pains at stake and by age; with how to mend it and who could.",
        ),
        "impact": strawberry.field(
            name="impact",
            resolver=_impact,
            description="What would break if an entity were removed or came to its end. Null where there is none such.",
        ),
        "needs_review": strawberry.field(
            name="needsReview",
            resolver=_needs_review,
            description="Suspect links: the substance of one of their ends changed after they were reviewed, or made. "
            "Those that have waited longest come first. Mark them by `reviewLinks`.",
        ),
    }


COVERAGE_OF_ENTITY = strawberry.field(
    name="coverage",
    resolver=_coverage_about,
    description="How much of what is expected from insight to action is there, of all on the trace through it.",
)
GAPS_OF_ENTITY = strawberry.field(
    name="gaps",
    resolver=_gaps_about,
    description="Where the thread breaks: gaps of all on the trace through it, the most severe first.",
)
