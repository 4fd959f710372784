"""The GraphQL types of initiative effects. Their fields mirror those in `questions/`, name by name."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.model.choices import PersonaSide
from graph_api.questions.figures.observation import LONGEST, MINIMUM_SAMPLE, WINDOW
from graph_api.schema.enums import (
    AlongsideReason,
    EffectCourse,
    EffectMethod,
    EffectPhase,
    EffectTerm,
    EffectVerdict,
    ErrorsAssumed,
    LiveBy,
)
from graph_api.schema.pages import After, Before, Connection, First, Last, page
from graph_api.schema.scope import OnArgument, ScopeArgument

if TYPE_CHECKING:
    # Made at run time, from the model.
    Entity: TypeAlias = Any
    Initiative: TypeAlias = Any
    KPI: TypeAlias = Any
    Opportunity: TypeAlias = Any

TYPES = "graph_api.schema.made"


@strawberry.type(description="A change with both ends of its 95 % interval, in the KPI's unit.")
class EstimatedChange:
    """See questions.figures.interruption.Estimate."""

    change: float = strawberry.field(description="The change, to nine digits, as are both ends.")
    low: float = strawberry.field(description="The lower end of the interval.")
    high: float = strawberry.field(description="The upper end.")


@strawberry.type(description="The mean after against the mean before.")
class EffectMeans:
    """See questions.figures.interruption.Means."""

    before: float = strawberry.field(description="The mean of the values before.")
    after: float = strawberry.field(description="The mean of the values after.")
    difference: EstimatedChange = strawberry.field(
        description="After less before. Nobody says that it would have stayed where it was."
    )


@strawberry.type(
    description="Segmented regression, as for interrupted time series: one line before and one after, by least "
    "squares. A month is a twelfth of 365.25 days."
)
class EffectTrend:
    """See questions.figures.interruption.Trend."""

    effect: EstimatedChange = strawberry.field(
        description="What was measured after, less what the line before leads to, on average over the points after."
    )
    level: EstimatedChange = strawberry.field(description="The change of level on the day.")
    slope_before: EstimatedChange = strawberry.field(description="How it moved before, a month.")
    slope: EstimatedChange = strawberry.field(description="By how much that changed, a month.")
    errors: ErrorsAssumed = strawberry.field(description="What is taken for granted of the errors.")
    durbin_watson: float | None = strawberry.field(
        description="Durbin and Watson's statistic of the errors: about 2 where neighbours have nothing to do with "
        "each other, near 0 where they are alike, so that the intervals are too narrow. Null where the line fits "
        "exactly."
    )


@strawberry.type(description="The values of some parts of everybody on the days on which all of them were measured.")
class EffectAgainst:
    """See questions.figures.interruption.Against."""

    reached: EffectMeans = strawberry.field(description="Those reached: the mean of them, each counting alike.")
    others: EffectMeans = strawberry.field(description="The others, likewise.")
    effect: EstimatedChange = strawberry.field(
        description="The difference in differences: by how much those reached moved more than the others."
    )
    apart: EstimatedChange = strawberry.field(
        description="By how much those reached gained on the others before, a month."
    )
    parallel: bool = strawberry.field(
        description="Whether they showed no sign of parting before: the interval of `apart` holds zero. With few days "
        "that is easily so. If it does not, no verdict rests on this."
    )
    errors: ErrorsAssumed = strawberry.field(description="What is taken for granted of the errors.")
    durbin_watson: float | None = strawberry.field(description="As of a trend; see `EffectTrend.durbinWatson`.")
    before: int = strawberry.field(description="How many days before count.")
    after: int = strawberry.field(description="How many days after count.")


@strawberry.type(description="Those whom an initiative reached against others.")
class EffectComparison:
    """See questions.figures.comparison.Comparison."""

    reached: list[Annotated["Entity", strawberry.lazy(TYPES)]] = strawberry.field(
        description="Those whom its propositions are for and of whom enough was measured, by key."
    )
    others: list[Annotated["Entity", strawberry.lazy(TYPES)]] = strawberry.field(
        description="Those of the same kind whom they are not for, by key."
    )
    left_out: list[Annotated["Entity", strawberry.lazy(TYPES)]] = strawberry.field(
        description="Those that count as neither, by key: too little was measured, or they were reached in part."
    )
    against: EffectAgainst = strawberry.field(description="The figures.")


@strawberry.type(description="A claim to move a KPI.")
class EffectClaim:
    """See questions.figures.initiative.EffectClaim."""

    claimant: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(
        description="The initiative, or a proposition that it delivers."
    )
    expected_change: float | None = strawberry.field(description="By how much it should move, in the KPI's unit.")
    by: date | None = strawberry.field(description="By when.")


@strawberry.type(description="A measurement of everybody in the window.")
class EffectPoint:
    """See questions.figures.observation.EffectPoint."""

    on: date = strawberry.field(description="The day that it stands for.")
    value: float = strawberry.field(description="The value.")
    sample_size: int | None = strawberry.field(
        description="How many answered, else how many were asked; null where that is unknown."
    )
    phase: EffectPhase = strawberry.field(description="On which side it counts.")


@strawberry.type(description="Another initiative that was at work in the window.")
class Alongside:
    """See questions.figures.alongside.Alongside."""

    initiative: Annotated["Initiative", strawberry.lazy(TYPES)] = strawberry.field(description="The other one.")
    reasons: list[AlongsideReason] = strawberry.field(description="What both have in common.")
    at_work: bool | None = strawberry.field(
        description="Whether it was at work in the window; null where its days do not say."
    )
    accounts: bool | None = strawberry.field(
        description="Whether it could account for a change as well: it was to move the same KPI or brings about the "
        "same touchpoint, and went live or was stopped in the window: finished, or begun where it is still running. In "
        "a comparison only if it reached some of those compared and not all. Null where nobody knows when it came or "
        "went."
    )


@strawberry.type(description="Whether a number moved after an initiative went live. No cause is ever claimed.")
class InitiativeEffect:
    """See questions.initiative_effects.InitiativeEffect."""

    initiative: Annotated["Initiative", strawberry.lazy(TYPES)] = strawberry.field(description="The initiative.")
    kpi: Annotated["KPI", strawberry.lazy(TYPES)] | None = strawberry.field(
        description="The KPI that it was to move; null where there is none."
    )
    verdict: EffectVerdict = strawberry.field(description="Whether it moved, and how sure that is.")
    method: EffectMethod | None = strawberry.field(
        description="What the verdict rests on: the strongest that there is. Null where nothing can be compared."
    )
    change: EstimatedChange | None = strawberry.field(description="By how much it moved, by that method.")
    course: EffectCourse | None = strawberry.field(
        description="Whether a change is for the better; null where there is none, or nobody knows."
    )
    missing: list[EffectTerm] = strawberry.field(description="What is unknown and would have to be known.")
    claims: list[EffectClaim] = strawberry.field(
        description="The claims to move the KPI: the initiative's own, then its propositions'. None: nobody claimed it."
    )
    aims: list[Annotated["Opportunity", strawberry.lazy(TYPES)]] = strawberry.field(
        description="The opportunities that aim at the KPI and that it or its proposition answers, by key."
    )
    went_live: date | None = strawberry.field(
        description="The day it went live; null where that is unknown, later than the day asked for, or never to be."
    )
    live_by: LiveBy | None = strawberry.field(description="By which of its days it went live.")
    window_from: date | None = strawberry.field(description="The first day that counts.")
    window_to: date | None = strawberry.field(description="The last day that counts.")
    respondent_side: PersonaSide | None = strawberry.field(
        description="Who answered what was measured of everybody; null where nobody says."
    )
    points_before: int = strawberry.field(description="How many measurements of everybody count before.")
    points_after: int = strawberry.field(description="How many count after.")
    points_left_out: int = strawberry.field(description="How many do not count for their sample or their size.")
    means: EffectMeans | None = strawberry.field(
        description="The mean after against the mean before; null with fewer than three points on a side."
    )
    trend: EffectTrend | None = strawberry.field(
        description="The series against its own trend; null with fewer than four points on a side."
    )
    comparison: EffectComparison | None = strawberry.field(
        description="Those reached against others; null where it was for everybody, or they were not measured alike."
    )

    points: Connection[EffectPoint] = strawberry.field(
        resolver=page, description="What was measured of everybody in the window, by day."
    )

    alongside: Connection[Alongside] = strawberry.field(
        resolver=page,
        description="Other initiatives at work in the window that were to move the same KPI, or bring about something "
        "at the same touchpoints or in the same journeys; by key.",
    )


Window = Annotated[
    int | None,
    strawberry.argument(
        description=f"How many days before and after going live count: 1 to {LONGEST}; {WINDOW} if none is given."
    ),
]
MinimumSample = Annotated[
    int | None,
    strawberry.argument(
        description="How many must have answered, or else have been asked, for a measurement to count, where that is "
        f"known; {MINIMUM_SAMPLE} if none is given."
    ),
]


def _effects(
    on: OnArgument = strawberry.UNSET,
    window: Window = strawberry.UNSET,
    minimum_sample: MinimumSample = strawberry.UNSET,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> Connection[InitiativeEffect]:
    """Declare the arguments; operations are compiled, so that no field is ever resolved."""
    raise NotImplementedError


def _initiative_effects(
    scope: ScopeArgument = strawberry.UNSET,
    on: OnArgument = strawberry.UNSET,
    window: Window = strawberry.UNSET,
    minimum_sample: MinimumSample = strawberry.UNSET,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> Connection[InitiativeEffect]:
    """Declare the arguments; operations are compiled, so that no field is ever resolved."""
    raise NotImplementedError


INITIATIVE_EFFECTS = strawberry.field(
    name="initiativeEffects",
    resolver=_initiative_effects,
    description="Whether the numbers that initiatives were to move did move after they went live, against their own "
    "trend and against others whom they did not reach. By the keys of initiative and KPI; an initiative without a KPI "
    "is listed once.",
)
EFFECTS_OF_INITIATIVE = strawberry.field(
    name="effects",
    resolver=_effects,
    description="Whether the numbers that it was to move did move after it went live, by the KPIs' keys; one without a "
    "KPI has one effect that says so.",
)
