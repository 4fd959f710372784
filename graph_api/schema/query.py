"""The root fields: one for each kind, `node`, and the questions."""

from collections.abc import Callable
from typing import Annotated, Any, Optional

import strawberry
from pydantic.alias_generators import to_snake

from graph_api.model import MODEL, Kind
from graph_api.schema import made
from graph_api.schema.accountability import ACCOUNTABILITY
from graph_api.schema.business_value import BUSINESS_VALUE
from graph_api.schema.collaboration import COLLABORATION
from graph_api.schema.compare_journeys import COMPARE_JOURNEYS
from graph_api.schema.coverage import COVERAGE
from graph_api.schema.decision_outcomes import DECISION_OUTCOMES
from graph_api.schema.enums import Kind as KindName
from graph_api.schema.enums import TraceDirection
from graph_api.schema.evidence_health import EVIDENCE_HEALTH
from graph_api.schema.forecast_realism import FORECAST_REALISM
from graph_api.schema.fronts import FRONTS
from graph_api.schema.funnel import FUNNEL
from graph_api.schema.gaps import GAPS
from graph_api.schema.goal_states import GOAL_STATES
from graph_api.schema.handoffs import HANDOFFS
from graph_api.schema.history import changes_field
from graph_api.schema.impact import IMPACT
from graph_api.schema.importance_satisfaction import IMPORTANCE_SATISFACTION
from graph_api.schema.initiative_effects import INITIATIVE_EFFECTS
from graph_api.schema.journey_complexity import JOURNEY_COMPLEXITY
from graph_api.schema.journey_map import JOURNEY_MAP
from graph_api.schema.kpi_drivers import KPI_DRIVERS
from graph_api.schema.kpi_states import KPI_STATES
from graph_api.schema.moments_of_truth import MOMENTS_OF_TRUTH
from graph_api.schema.need_scores import NEED_SCORES
from graph_api.schema.needs_review import NEEDS_REVIEW
from graph_api.schema.overlap import OVERLAP
from graph_api.schema.plan import PLAN
from graph_api.schema.portfolio import PORTFOLIO
from graph_api.schema.promises import PROMISE_STATES
from graph_api.schema.search import SEARCH
from graph_api.schema.thread import Trace
from graph_api.schema.types import root_connection
from graph_api.schema.unowned import UNOWNED

KEY = strawberry.argument(description="Its key, such as `R2`.")
ID = strawberry.argument(description="Its id.")


def _by_key_or_id(
    key: Annotated[str | None, KEY] = strawberry.UNSET,
    id: Annotated[strawberry.ID | None, ID] = strawberry.UNSET,  # noqa: A002 - the argument's name in the API
) -> Any:
    """Declare the arguments; operations are compiled, so that no root field is ever resolved."""


def _by_id(id: Annotated[strawberry.ID, ID]) -> Any:  # noqa: A002 - see _by_key_or_id
    """Declare the argument; see _by_key_or_id."""


def _by_ids(
    ids: Annotated[list[strawberry.ID], strawberry.argument(description="Their ids, 200 at most.")],
) -> Any:
    """Declare the argument; see _by_key_or_id."""


def _by_kind_and_key(
    kind: Annotated[KindName, strawberry.argument(description="The kind of the entity to start from.")],
    key: Annotated[str, KEY],
    direction: Annotated[TraceDirection, strawberry.argument(description="Which way to walk.")] = TraceDirection.BOTH,
) -> Any:
    """Declare the arguments; see _by_key_or_id."""


def _root(name: str, resolver: Callable[..., Any], target: Any, description: str) -> Any:
    return strawberry.field(name=name, resolver=resolver, graphql_type=Optional[target], description=description)  # noqa: UP045 - the target is a value


def _one(kind: Kind) -> Any:
    target = getattr(made, kind.name)
    if not kind.keyed:
        return _root(kind.field_name, _by_id, target, f"One {kind.name} by its id, or null.")
    return _root(
        kind.field_name, _by_key_or_id, target, f"One {kind.name} by its key or its id (exactly one of them), or null."
    )


def query_type() -> type:
    """Make the type of the root."""
    fields = {kind.field_name: _one(kind) for kind in MODEL.kinds.values()}
    fields |= {to_snake(kind.list_name): root_connection(kind) for kind in MODEL.kinds.values()}
    fields["node"] = _root("node", _by_id, made.Node, "Anything by its id, or null.")
    fields["nodes"] = strawberry.field(
        name="nodes",
        resolver=_by_ids,
        graphql_type=list[made.Node | None],
        description="Several by their ids, in the order of these, null where there is none.",
    )
    fields["trace"] = _root(
        "trace",
        _by_kind_and_key,
        Trace,
        "Everything on the thread through one entity, from insight to action, and where it breaks. Null where there is "
        "no such entity.",
    )
    fields["changes"] = changes_field()
    fields |= {
        "accountability": ACCOUNTABILITY,
        "collaboration": COLLABORATION,
        "handoffs": HANDOFFS,
        "unowned": UNOWNED,
        "coverage": COVERAGE,
        "gaps": GAPS,
        "impact": IMPACT,
        "needs_review": NEEDS_REVIEW,
        "search": SEARCH,
        "promise_states": PROMISE_STATES,
        "moments_of_truth": MOMENTS_OF_TRUTH,
        "importance_satisfaction": IMPORTANCE_SATISFACTION,
        "need_scores": NEED_SCORES,
        "evidence_health": EVIDENCE_HEALTH,
        "initiative_effects": INITIATIVE_EFFECTS,
        "forecast_realism": FORECAST_REALISM,
        "journey_map": JOURNEY_MAP,
        "compare_journeys": COMPARE_JOURNEYS,
        "journey_complexity": JOURNEY_COMPLEXITY,
        "kpi_states": KPI_STATES,
        "kpi_drivers": KPI_DRIVERS,
        "business_value": BUSINESS_VALUE,
        "goal_states": GOAL_STATES,
        "plan": PLAN,
        "portfolio": PORTFOLIO,
        "fronts": FRONTS,
        "overlap": OVERLAP,
        "funnel": FUNNEL,
        "decision_outcomes": DECISION_OUTCOMES,
    }
    query = type("Query", (), {"__module__": __name__, "__annotations__": {}, **fields})
    return strawberry.type(query, description="What can be asked.")
