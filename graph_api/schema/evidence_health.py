"""The GraphQL types of evidence health. Their fields mirror those of `questions/evidence_health.py`, name by name."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.model.choices import EvidenceSort, HypothesisVerdict, InsightStatus
from graph_api.schema.enums import RestsOn
from graph_api.schema.pages import After, Before, Connection, First, Last, page
from graph_api.schema.scope import OnArgument, ScopeArgument

if TYPE_CHECKING:
    # Made at run time, from the model.
    Entity: TypeAlias = Any
    Evidence: TypeAlias = Any
    Insight: TypeAlias = Any
    Opportunity: TypeAlias = Any

TYPES = "graph_api.schema.made"


@strawberry.type(description="How many insights have a status.")
class InsightStatusCount:
    """See questions.evidence_health.StatusCount."""

    insight_status: InsightStatus | None = strawberry.field(description="The status; null where it is unknown.")
    count: int = strawberry.field(description="How many have it.")


@strawberry.type(description="How many insights rest on something.")
class RestsOnCount:
    """See questions.evidence_health.RestsOnCount."""

    rests_on: RestsOn = strawberry.field(description="What they rest on.")
    count: int = strawberry.field(description="How many do.")


@strawberry.type(description="How many pieces of evidence are of a sort.")
class EvidenceSortCount:
    """See questions.evidence_health.SortCount."""

    evidence_sort: EvidenceSort | None = strawberry.field(description="The sort; null where it is unknown.")
    count: int = strawberry.field(description="How many are of it.")


@strawberry.type(description="How many hypotheses have a verdict.")
class HypothesisVerdictCount:
    """See questions.evidence_health.VerdictCount."""

    hypothesis_verdict: HypothesisVerdict | None = strawberry.field(
        description="The verdict; null where none is recorded."
    )
    count: int = strawberry.field(description="How many have it.")


@strawberry.type(description="A piece of evidence with the share that it found.")
class EvidenceShare:
    """See questions.evidence_health.Piece."""

    evidence: Annotated["Evidence", strawberry.lazy(TYPES)] = strawberry.field(description="The piece of evidence.")
    support: int | None = strawberry.field(description="How many of those asked, or of the cases counted, said so.")
    of: int | None = strawberry.field(description="How many were asked, or counted.")
    share: float | None = strawberry.field(description="Support over of, 0 to 1: a share of a study, of no population.")


@strawberry.type(description="The evidence for an insight, or that against it.")
class EvidenceSide:
    """See questions.evidence_health.Side."""

    evidence: int = strawberry.field(description="How many pieces there are.")
    studies: int = strawberry.field(description="From how many distinct studies they come.")
    without_study: int = strawberry.field(
        description="How many pieces come from no study: each is a source of its own, and none counts as a study."
    )
    strongest: EvidenceShare | None = strawberry.field(
        description="The piece with the highest known share; null where no share is known. Shares are never summed: "
        "two pieces may have asked the same people."
    )
    shares_unknown: int = strawberry.field(description="Of how many pieces the share is not known.")


@strawberry.type(description="What an insight rests on.")
class InsightHealth:
    """See questions.evidence_health.InsightHealth."""

    insight: Annotated["Insight", strawberry.lazy(TYPES)] = strawberry.field(description="The insight.")
    rests_on: RestsOn = strawberry.field(description="What it rests on.")
    supporting: EvidenceSide = strawberry.field(description="The evidence for it.")
    contradicting: EvidenceSide = strawberry.field(description="The evidence against it.")
    stance_unknown: int = strawberry.field(
        description="Of how many pieces nobody said which way they point: they count on neither side."
    )
    studies: int = strawberry.field(description="From how many distinct studies its evidence comes, either way.")
    sorts: list[EvidenceSort] = strawberry.field(description="The distinct known sorts of its evidence.")
    earliest: date | None = strawberry.field(
        description="The day of its earliest evidence: that it was collected on, else the first day of its study in "
        "the field, else the last; null where none is known."
    )
    latest: date | None = strawberry.field(description="The day of its latest evidence, likewise.")
    days_unknown: int = strawberry.field(description="Of how many pieces no day is known.")
    age: int | None = strawberry.field(
        description="Days from its latest evidence to the day asked for; negative where it came later."
    )


@strawberry.type(description="An opportunity of which every insight rests on nothing or on assumption.")
class OpportunityOnAssumption:
    """See questions.evidence_health.OpportunityOnAssumption."""

    opportunity: Annotated["Opportunity", strawberry.lazy(TYPES)] = strawberry.field(description="The opportunity.")
    insights: list[Annotated["Insight", strawberry.lazy(TYPES)]] = strawberry.field(
        description="All insights that raise it, by key."
    )
    severity: float | None = strawberry.field(
        description="The sum of their known severities, 0 to 10 each; null where none is known."
    )
    severity_unknown: list[Annotated["Insight", strawberry.lazy(TYPES)]] = strawberry.field(
        description="Those of which the severity is not known."
    )


@strawberry.type(
    description="Something that research could test, with all terms of its score: score = valueAtStake · ignorance; "
    "valueAtStake = severity · (1 + propositions + initiatives)."
)
class ResearchCandidate:
    """See questions.evidence_health.ResearchCandidate."""

    subject: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(description="The insight or hypothesis.")
    score: float | None = strawberry.field(
        description="Value at stake times ignorance, on the known severities; null where none is known."
    )
    score_at_most: float | None = strawberry.field(
        description="The same with each unknown severity at 10; null where it bears on no insight."
    )
    value_at_stake: float | None = strawberry.field(
        description="Severity times what rests on it; null where no severity is known."
    )
    severity: float | None = strawberry.field(
        description="The sum of the known severities of what it bears on, 0 to 10 each; null where none is known."
    )
    severity_unknown: list[Annotated["Insight", strawberry.lazy(TYPES)]] = strawberry.field(
        description="The insights of which it is not known: the terms that are missing."
    )
    insights: list[Annotated["Insight", strawberry.lazy(TYPES)]] = strawberry.field(
        description="What it bears on. An insight: itself. A hypothesis: insights that are not refuted and settle it, "
        "belong to a need, stage, step or touchpoint that it is about, or raise an opportunity that it is about, or "
        "that a proposition addresses that it is about."
    )
    propositions: int = strawberry.field(description="How many propositions that are not RETIRED rest on it.")
    initiatives: int = strawberry.field(description="How many initiatives that are not STOPPED rest on it.")
    ignorance: float = strawberry.field(
        description="How little is known, 0 to 1. An insight: NOTHING 1; ASSUMPTION, NO_STUDY and CONTESTED 0.75; "
        "ONE_STUDY 0.5; SEVERAL_STUDIES 0.25. A hypothesis: UNDECIDED 0.75, UNTESTED or without a verdict 1."
    )
    rests_on: RestsOn | None = strawberry.field(description="What an insight rests on; null for a hypothesis.")
    hypothesis_verdict: HypothesisVerdict | None = strawberry.field(
        description="The verdict on a hypothesis; null where none is recorded, and for an insight."
    )
    studies: int = strawberry.field(
        description="From how many distinct studies the insight's evidence comes; how many test the hypothesis, those "
        "that have not begun included."
    )


@strawberry.type(description="What the insights rest on: counts first; then the weakest, and what to test next.")
class EvidenceHealth:
    """See questions.evidence_health.EvidenceHealth."""

    on: date = strawberry.field(description="The day it is about. It moves ages only: the graph is that of today.")
    insights_by_status: list[InsightStatusCount] = strawberry.field(
        description="How many insights have each status, and of how many it is unknown."
    )
    insights_by_rests_on: list[RestsOnCount] = strawberry.field(
        description="How many insights rest on what, the weakest first."
    )
    with_evidence: int = strawberry.field(description="How many insights have evidence, for or against.")
    without_evidence: int = strawberry.field(description="How many have none.")
    contradicted: int = strawberry.field(description="How many have evidence against them.")
    evidence: int = strawberry.field(
        description="How many distinct pieces of evidence back the insights, for or against."
    )
    evidence_by_sort: list[EvidenceSortCount] = strawberry.field(
        description="How many of these are of each sort, and of how many it is unknown."
    )
    evidence_without_study: int = strawberry.field(description="How many of these come from no study.")
    studies: int = strawberry.field(description="From how many distinct studies the others come.")
    participants: int | None = strawberry.field(
        description="How many took part in those studies of which it is known; null where it is known of none."
    )
    participants_unknown: int = strawberry.field(description="Of how many studies that is not known.")
    hypotheses_by_verdict: list[HypothesisVerdictCount] = strawberry.field(
        description="How many hypotheses have each verdict, and how many none."
    )

    @strawberry.field(description="The insights: the weakest first, of these the most severe.")  # type: ignore[untyped-decorator] # Strawberry's own
    def insights(
        self,
        rests_on: Annotated[
            list[RestsOn] | None, strawberry.argument(description="Only those that rest on this.")
        ] = strawberry.UNSET,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
    ) -> Connection[InsightHealth]:
        """Declare the arguments; the answer is worked out in `questions`."""
        raise NotImplementedError

    opportunities_on_assumption: Connection[OpportunityOnAssumption] = strawberry.field(
        resolver=page,
        description="The opportunities all of whose insights rest on NOTHING or on ASSUMPTION, the most severe first.",
    )

    test_next: Connection[ResearchCandidate] = strawberry.field(
        resolver=page,
        description="What research should test next: insights that are not REFUTED, and hypotheses without a verdict, "
        "UNTESTED or UNDECIDED. The highest score first, what has none last.",
    )


def _evidence_health(scope: ScopeArgument = strawberry.UNSET, on: OnArgument = strawberry.UNSET) -> EvidenceHealth:
    """Declare the arguments; operations are compiled, so that no field is ever resolved."""
    raise NotImplementedError


EVIDENCE_HEALTH = strawberry.field(
    name="evidenceHealth",
    resolver=_evidence_health,
    description="What the insights rest on: for and against by distinct studies, how old and from how many sides; what "
    "rests on assumption alone; and what research should test next.",
)
