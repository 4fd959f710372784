"""The GraphQL types of the funnel. Their fields mirror those of `questions/funnel.py`, name by name."""

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.schema.enums import EffectVerdict, FunnelStageName, ThreadStatus
from graph_api.schema.pages import Connection, page
from graph_api.schema.scope import OnArgument, ScopeArgument

if TYPE_CHECKING:
    # Made at run time, from the model.
    Entity: TypeAlias = Any

TYPES = "graph_api.schema.made"


@strawberry.type(description="The entities of one status at a stage.")
class FunnelStatusCount:
    """See questions.funnel.FunnelStatusCount."""

    status: ThreadStatus | None = strawberry.field(description="The status; null where it is unknown.")
    entities: int = strawberry.field(description="How many entities have it.")
    ended: bool = strawberry.field(
        description="Whether nobody goes on with them, so that no pain gets further by them: RETIRED and STOPPED."
    )
    pains: int = strawberry.field(description="How many pains lead to one of them.")


@strawberry.type(description="The initiatives of which one thing is known.")
class FunnelVerdict:
    """See questions.funnel.FunnelVerdict."""

    verdict: EffectVerdict = strawberry.field(
        description="What is known: of several KPIs, the strongest verdict on any."
    )
    initiatives: int = strawberry.field(description="Of how many initiatives.")
    pains: int = strawberry.field(description="How many pains lead to one of them.")


@strawberry.type(description="An entity that goes on and leads no further.")
class FunnelStop:
    """See questions.funnel.FunnelStop."""

    entity: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(description="The entity.")
    status: ThreadStatus | None = strawberry.field(description="Its status; null where it is unknown.")
    pains: int = strawberry.field(description="How many pains lead to it.")
    stopped: int = strawberry.field(
        description="How many of these end here: nothing else that they lead to gets further."
    )


@strawberry.type(description="A stage on the way from what was learned to a known effect.")
class FunnelStage:
    """See questions.funnel.FunnelStage."""

    stage: FunnelStageName = strawberry.field(description="Which stage.")
    entities: int = strawberry.field(
        description="How many entities of the scope stand here, whether a pain leads to them or not, and what has "
        "ended too; of insights, the pains."
    )
    ended: int = strawberry.field(description="How many of them are RETIRED or STOPPED.")
    status_unknown: int = strawberry.field(
        description="Of how many of them nobody says the status. They count as going on."
    )
    by_status: list[FunnelStatusCount] = strawberry.field(
        description="The same by status, in the order of the statuses; unknown last. Those without any are left out."
    )
    entities_of_before: float | None = strawberry.field(
        description="How many entities there are to one of the stage before; null at the first, and where none was."
    )
    pains: int = strawberry.field(
        description="How many distinct pains get this far or further, over what goes on. Those that were decided "
        "against are outside."
    )
    pains_of_before: float | None = strawberry.field(
        description="Which share that is of the stage before, 0 to 1; null at the first, and where none was."
    )
    pains_of_first: float | None = strawberry.field(
        description="Which share that is of all pains; null at the first, and where there are none."
    )
    type_unknown: int = strawberry.field(
        description="How many insights without a type get this far: each may be a pain, and none is counted."
    )
    stopped: int = strawberry.field(description="How many of the pains end here; at the last stage none does.")
    decided_no: int = strawberry.field(
        description="How many pains ended here, and by the latest decision nothing will be done about them."
    )
    passed_by: int = strawberry.field(
        description="How many of the pains lead to nothing here, but to something further on: an initiative that "
        "addresses an opportunity directly."
    )
    without_pain: int = strawberry.field(
        description="To how many of the entities nothing leads that is or may be a pain."
    )
    without_next: Connection[FunnelStop] = strawberry.field(
        resolver=page,
        description="The entities that have not ended and lead no further: of the next stage nothing that goes on, of "
        "an initiative no known effect. Those first at which most pains end, then those to which most lead, then by "
        "key; none at the last stage.",
    )


@strawberry.type(
    description="How far pains get on the way to opportunities, propositions, initiatives and known effects."
)
class Funnel:
    """See questions.funnel.Funnel."""

    stages: list[FunnelStage] = strawberry.field(
        description="From pains to known effects, each with what gets that far; at each at most as many pains as at "
        "the one before."
    )
    decided_no: int = strawberry.field(
        description="How many pains are outside: by the latest decision nothing will be done about them, and they lead "
        "to no initiative."
    )
    type_unknown: int = strawberry.field(description="How many insights have no known type.")
    verdicts: list[FunnelVerdict] = strawberry.field(
        description="The initiatives with a known effect by what is known, the weakest verdict first. No cause is ever "
        "claimed."
    )


WithEffects = Annotated[
    bool,
    strawberry.argument(
        description="Whether the last stage is worked out, which takes by far the longest in a large graph."
    ),
]


def _funnel(
    scope: ScopeArgument = strawberry.UNSET,
    on: OnArgument = strawberry.UNSET,
    effects: WithEffects = True,
) -> Funnel:
    """Declare the arguments; operations are compiled, so that no root field is ever resolved."""
    raise NotImplementedError


FUNNEL = strawberry.field(
    name="funnel",
    resolver=_funnel,
    description="From pains to opportunities, propositions, initiatives and known effects: how many get how far, and "
    "where they stop.",
)
