"""The GraphQL types of the plan. Their fields mirror `questions/plan.py` and `questions/portfolios/`, by name."""

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.questions.portfolios.wishes import (
    DRAWS,
    MOST_DRAWS,
    MOST_POINTS,
    MOST_SECONDS,
    POINTS,
    SECONDS,
)
from graph_api.schema.enums import NotChosenReason, PainWeight, PlanStatus, PlanTerm, Stability
from graph_api.schema.pages import Connection, page
from graph_api.schema.scope import EntityKeyInput, OnArgument, ScopeArgument

if TYPE_CHECKING:
    # Made at run time, from the model.
    Entity: TypeAlias = Any
    Insight: TypeAlias = Any
    Owner: TypeAlias = Any
    Voice: TypeAlias = Any

TYPES = "graph_api.schema.made"

_ENTITY = Annotated["Entity", strawberry.lazy(TYPES)]


@strawberry.input(description="How much time a party has.")
class CapacityInput:
    """See questions.portfolios.wishes.Wishes."""

    party: EntityKeyInput = strawberry.field(description="A department, a partner or a stakeholder.")
    effort: float = strawberry.field(description="In person-days.")


@strawberry.input(description="What counts where nobody knows a value. What is left out stays unknown.")
class PlanAssumptionInput:
    """See questions.portfolios.wishes.Wishes."""

    severity: float | None = strawberry.field(default=strawberry.UNSET, description="Of a pain, 0 to 10.")
    reach: float | None = strawberry.field(default=strawberry.UNSET, description="Of a pain, 0 to 1.")
    fit: float | None = strawberry.field(
        default=strawberry.UNSET, description="Of a link from an opportunity to what addresses it, 0 to 1."
    )
    cost: Decimal | None = strawberry.field(
        default=strawberry.UNSET, description="Of an initiative or enabler, or a proposition without initiatives to do."
    )
    effort: float | None = strawberry.field(
        default=strawberry.UNSET, description="Of a party's part in something, in person-days."
    )


@strawberry.type(description="How much of a party's time is taken.")
class PlanEffort:
    """See questions.portfolios.planned.PlanEffort."""

    party: Annotated["Owner", strawberry.lazy(TYPES)] = strawberry.field(
        description="The department, partner or stakeholder."
    )
    effort: float | None = strawberry.field(description="In person-days; null where a part is unknown.")
    unknown: int = strawberry.field(description="Of how many propositions, initiatives and enablers it is unknown.")
    capacity: float | None = strawberry.field(description="How many person-days there are.")
    load: float | None = strawberry.field(
        description="Effort as a share of the capacity; null where the effort is unknown or there is no capacity."
    )


@strawberry.type(description="A proposition, initiative or enabler of a plan.")
class PlanPlace:
    """See questions.portfolios.planned.PlanPlace."""

    item: _ENTITY = strawberry.field(description="The entity.")


@strawberry.type(description="Something that a plan pays beside its choices, since one of them needs it.")
class PlanWork:
    """See questions.portfolios.planned.PlanWork."""

    item: _ENTITY = strawberry.field(description="The initiative or enabler.")
    cost: Decimal | None = strawberry.field(
        description="What is paid for it, once for all that need it; null where nobody knows."
    )
    efforts: list[PlanEffort] = strawberry.field(description="What it takes of the parties' time.")
    needed_by: Connection[PlanPlace] = strawberry.field(
        resolver=page, description="The choices that cannot be without it; by key."
    )


@strawberry.type(description="A proposition or initiative that is in the plan.")
class PlanChoice:
    """See questions.portfolios.planned.PlanChoice."""

    item: _ENTITY = strawberry.field(description="The proposition or initiative.")
    marginal_value: float | None = strawberry.field(
        description="What the plan would answer less without it and what cannot be without it, all other choices as "
        "they are. What two choices answer, neither loses alone."
    )
    cost: Decimal | None = strawberry.field(
        description="What is paid for it: nothing where its initiatives are paid instead, or a proposition in the plan "
        "holds its cost; null where nobody knows."
    )
    saves: Decimal | None = strawberry.field(
        description="What the plan would cost less without it and what cannot be without it; null where nobody knows."
    )
    efforts: list[PlanEffort] = strawberry.field(description="What it takes itself of the parties' time.")
    beside: Connection[PlanWork] = strawberry.field(
        resolver=page, description="What it needs that is paid beside it, perhaps for others as well; by key."
    )
    needed_by: Connection[PlanPlace] = strawberry.field(
        resolver=page, description="The choices that cannot be without it; by key."
    )
    stability: Stability | None = strawberry.field(
        description="Whether it stays where the inputs are somewhat different; null where no draw was solved."
    )
    share_of_draws: float | None = strawberry.field(
        description="In which share of the plans of the draws it is; null where no draw was solved."
    )


@strawberry.type(description="A proposition or initiative that could be in the plan and is not.")
class PlanRest:
    """See questions.portfolios.planned.PlanRest."""

    item: _ENTITY = strawberry.field(description="The proposition or initiative.")
    reason: NotChosenReason = strawberry.field(description="Why it is not.")
    adds: float | None = strawberry.field(
        description="What the plan would answer more with it and what it needs, whatever that took."
    )
    would_cost: Decimal | None = strawberry.field(description="What the plan would cost more; null where nobody knows.")
    fits_unknown: int = strawberry.field(description="Of how many opportunities nobody knows how well it answers them.")
    stability: Stability | None = strawberry.field(
        description="Whether it stays out where the inputs are somewhat different; null where no draw was solved."
    )
    share_of_draws: float | None = strawberry.field(
        description="In which share of the plans of the draws it is; null where no draw was solved."
    )


@strawberry.type(description="Something unknown for which no plan can hold an option.")
class PlanMissing:
    """See questions.portfolios.planned.PlanMissing."""

    term: PlanTerm = strawberry.field(description="What is unknown.")
    of: _ENTITY = strawberry.field(description="Of what: of the option itself, or of something that it needs.")
    party: Annotated["Owner", strawberry.lazy(TYPES)] | None = strawberry.field(
        description="Whose time, where it is that."
    )


@strawberry.type(description="A proposition or initiative that no plan can hold, since something is unknown.")
class PlanAside:
    """See questions.portfolios.planned.PlanAside."""

    item: _ENTITY = strawberry.field(description="The proposition or initiative.")
    missing: list[PlanMissing] = strawberry.field(description="What is unknown.")


@strawberry.type(description="A persona, segment or account that voices a pain.")
class PlanVoice:
    """See questions.portfolios.planned.PlanVoice."""

    who: Annotated["Voice", strawberry.lazy(TYPES)] = strawberry.field(description="The persona, segment or account.")


@strawberry.type(description="A pain or unmet need, and what the plan does about it.")
class PlanPain:
    """See questions.portfolios.planned.PlanPain."""

    insight: Annotated["Insight", strawberry.lazy(TYPES)] = strawberry.field(description="The pain or unmet need.")
    weight: float | None = strawberry.field(
        description="What it counts: severity times reach, times what it is weighted by; null where one is unknown."
    )
    severity: float | None = strawberry.field(description="How much it matters, 0 to 10; null is unknown.")
    reach: float | None = strawberry.field(description="Whom it concerns, 0 to 1; null is unknown.")
    missing: list[PlanTerm] = strawberry.field(description="What is unknown of it and was not assumed.")
    fit: float = strawberry.field(description="How well the plan answers it, 0 to 1.")
    best_fit: float = strawberry.field(description="How well any option could answer it, 0 to 1.")
    voiced_by: Connection[PlanVoice] = strawberry.field(
        resolver=page, description="Who voices it: personas, segments and accounts; by kind and key."
    )


@strawberry.type(description="The best plan for a budget.")
class PlanPoint:
    """See questions.portfolios.alternatives.PlanPoint."""

    budget: Decimal = strawberry.field(description="The budget.")
    status: PlanStatus = strawberry.field(description="How sure it is that the plan is the best.")
    gap: float | None = strawberry.field(description="As that of the plan.")
    objective: float | None = strawberry.field(description="What it answers; null where there is none.")
    cost: Decimal | None = strawberry.field(description="What it costs.")
    choices: int | None = strawberry.field(description="How many propositions and initiatives are in it.")


@strawberry.type(description="The best plan where one choice is turned round.")
class PlanReverse:
    """See questions.portfolios.alternatives.PlanReverse."""

    item: _ENTITY = strawberry.field(description="The choice.")
    chosen: bool = strawberry.field(
        description="Whether it is in the plan, so that this is the best one without it; else this is the best with it."
    )
    status: PlanStatus = strawberry.field(description="How sure it is that this is the best.")
    gap: float | None = strawberry.field(description="As that of the plan.")
    why: list[str] = strawberry.field(description="Why there is no such plan.")
    objective: float | None = strawberry.field(description="What it answers; null where there is none.")
    difference: float | None = strawberry.field(description="How much that is more than the plan; less below zero.")
    cost: Decimal | None = strawberry.field(description="What it costs; null where nobody knows.")
    enters: Connection[PlanPlace] = strawberry.field(resolver=page, description="What is chosen instead; by key.")
    leaves: Connection[PlanPlace] = strawberry.field(resolver=page, description="What is chosen no more; by key.")


@strawberry.type(
    description="How firm the choices are. In each draw every input v lies somewhere between c times and 2 - c times "
    "v, for its confidence c, each by itself: what pains count by that of RAISES, fits by that of ADDRESSED_BY, costs "
    "and person-days of a proposition by its own; where it is unknown, 0.5 counts."
)
class PlanDraws:
    """See questions.plan.PlanDraws."""

    wanted: int = strawberry.field(description="How many draws were wanted.")
    solved: int = strawberry.field(
        description="For how many the best plan was found, up to a ten-thousandth of what it answers; of more than a "
        "hundred options, up to a hundredth."
    )
    infeasible: int = strawberry.field(description="In how many of the others what must be in the plan did not fit.")
    seed: int = strawberry.field(description="The seed: the same gives the same draws.")
    confidence_unknown: int = strawberry.field(description="Of how many inputs the confidence is unknown.")


@strawberry.type(description="How many values were assumed that nobody knows.")
class PlanAssumption:
    """See questions.plan.PlanAssumption."""

    term: PlanTerm = strawberry.field(description="Of what.")
    values: int = strawberry.field(description="How many.")


def _curve(
    points: Annotated[
        int, strawberry.argument(description=f"How many budgets, 2 to {MOST_POINTS}, beside the one asked for.")
    ] = POINTS,
) -> Any:
    """Declare the argument; operations are compiled, so that no field is ever resolved."""
    raise NotImplementedError


def _reverse(
    item: Annotated[EntityKeyInput, strawberry.argument(description="A proposition or initiative to choose from.")],
) -> Any:
    """Declare the argument; see _curve."""
    raise NotImplementedError


@strawberry.type(
    description="The choice of propositions and initiatives that answers most: the sum over pains of what each counts, "
    "times the best fit of what is chosen."
)
class Plan:
    """See questions.plan.Plan."""

    status: PlanStatus = strawberry.field(description="How sure it is that it is the best.")
    why: list[str] = strawberry.field(description="Where there is no plan: each thing that cannot hold.")
    objective: float | None = strawberry.field(description="What it answers; null where there is no plan.")
    bound: float | None = strawberry.field(
        description="No plan answers more: the objective itself where it is OPTIMAL."
    )
    gap: float | None = strawberry.field(
        description="How much more the best could answer at most, as a share of what this one does; 0 where it is "
        "OPTIMAL, null where there is none or it answers nothing."
    )
    total: float | None = strawberry.field(description="What all pains count whose weight is known.")
    share: float | None = strawberry.field(description="The objective as a share of that; null where it is nothing.")
    reachable: float | None = strawberry.field(description="What all options together would answer.")
    already: float | None = strawberry.field(
        description="What initiatives that are done answer already; it is in the objective."
    )
    budget: Decimal | None = strawberry.field(description="The budget; null where none was given.")
    currency: str | None = strawberry.field(
        description="What all amounts are in, ISO 4217: that asked for, or that of all costs; null where they are in "
        "several."
    )
    cost: Decimal | None = strawberry.field(description="What it costs; null where a part is unknown.")
    known_cost: Decimal | None = strawberry.field(description="What the parts cost that are known.")
    cost_unknown: int = strawberry.field(description="Of how many parts nobody knows the cost.")
    efforts: list[PlanEffort] = strawberry.field(
        description="What it takes of the time of each party that a capacity was given for."
    )
    choices: Connection[PlanChoice] = strawberry.field(
        resolver=page, description="What is chosen, those first that are worth most, ties by key."
    )
    works: Connection[PlanWork] = strawberry.field(
        resolver=page, description="What is paid beside the choices, since they need it; by key."
    )
    there: Connection[PlanPlace] = strawberry.field(
        resolver=page,
        description="What is there already: initiatives that are done, and enablers that are ready; by key.",
    )
    not_chosen: Connection[PlanRest] = strawberry.field(
        resolver=page, description="What could be chosen and is not, those first that would add most, ties by key."
    )
    set_aside: Connection[PlanAside] = strawberry.field(
        resolver=page, description="What no plan can hold, since something is unknown while there is a limit; by key."
    )
    pains: int = strawberry.field(description="How many pains and unmet needs there are.")
    uncovered: Connection[PlanPain] = strawberry.field(
        resolver=page,
        description="The pains that nothing in the plan answers, those first that count most, unknown last.",
    )
    unknown_pains: Connection[PlanPain] = strawberry.field(
        resolver=page, description="The pains of which nobody knows what they count: they count nothing here; by key."
    )
    type_unknown: int = strawberry.field(
        description="How many insights beside these have no type and may be pains; they count nothing here."
    )
    fits_unknown: int = strawberry.field(
        description="Of how many links from an opportunity to an option nobody knows the fit; they count nothing here."
    )
    assumptions: list[PlanAssumption] = strawberry.field(
        description="What was assumed as `assuming` says, and for how many values."
    )
    draws: PlanDraws = strawberry.field(description="How firm the choices are.")
    curve: list[PlanPoint] = strawberry.field(
        resolver=_curve,
        description="The best plan for other budgets: evenly from what must be in it to all that adds anything. Those "
        "left out for which the time was too short.",
    )
    reverse: PlanReverse = strawberry.field(
        resolver=_reverse, description="What the best plan would be without a choice, or with one that is not in it."
    )


def _plan(
    scope: ScopeArgument = strawberry.UNSET,
    budget: Annotated[
        Decimal | None, strawberry.argument(description="How much it may cost; without it, cost is no matter.")
    ] = strawberry.UNSET,
    currency: Annotated[
        str | None,
        strawberry.argument(description="What that is in, ISO 4217; that of all costs where it is not given."),
    ] = strawberry.UNSET,
    capacities: Annotated[
        list[CapacityInput] | None, strawberry.argument(description="Whose time is short; that of others is no matter.")
    ] = strawberry.UNSET,
    must_include: Annotated[
        list[EntityKeyInput] | None,
        strawberry.argument(description="Propositions and initiatives that must be in it, whatever they answer."),
    ] = strawberry.UNSET,
    exclude: Annotated[
        list[EntityKeyInput] | None,
        strawberry.argument(description="Propositions, initiatives and enablers that must not, nor what needs them."),
    ] = strawberry.UNSET,
    weight: Annotated[
        PainWeight | None, strawberry.argument(description="By what pains count beside severity and reach; NONE.")
    ] = strawberry.UNSET,
    assuming: Annotated[
        PlanAssumptionInput | None, strawberry.argument(description="What counts where nobody knows.")
    ] = strawberry.UNSET,
    draws: Annotated[
        int | None,
        strawberry.argument(description=f"How often inputs are drawn anew, 0 to {MOST_DRAWS}; {DRAWS} times."),
    ] = strawberry.UNSET,
    seed: Annotated[int | None, strawberry.argument(description="The seed of the draws; 1.")] = strawberry.UNSET,
    time_limit: Annotated[
        float | None,
        strawberry.argument(
            description=f"How many seconds may go into the plan, {MOST_SECONDS:g} at most; {SECONDS:g}. All beside it "
            "has as many together."
        ),
    ] = strawberry.UNSET,
    on: OnArgument = strawberry.UNSET,
) -> Any:
    """Declare the arguments; see _curve."""
    raise NotImplementedError


PLAN = strawberry.field(
    name="plan",
    resolver=_plan,
    graphql_type=Plan,
    description="Which propositions and initiatives to choose: the exact best under a budget and capacities, with what "
    "depends on what and what is needed paid once; what stays uncovered and for whom, what each choice is worth, what "
    "another budget would bring, and which choices are firm.",
)
