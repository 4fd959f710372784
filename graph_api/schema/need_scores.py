"""The GraphQL types of need scores. Their fields mirror the answer in `questions/need_scores.py`, name by name."""

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.schema.enums import NeedTerm, OpportunityBand
from graph_api.schema.pages import Connection, page
from graph_api.schema.scope import ScopeArgument

if TYPE_CHECKING:
    # Made at run time, from the model.
    Need: TypeAlias = Any
    Persona: TypeAlias = Any
    Segment: TypeAlias = Any

TYPES = "graph_api.schema.made"


@strawberry.type(description="The score of a need, with its terms.")
class NeedScore:
    """See questions.need_scores.NeedScore."""

    need: Annotated["Need", strawberry.lazy(TYPES)] = strawberry.field(description="The need.")
    respondents: int | None = strawberry.field(description="How many were asked; null where that is unknown.")
    important: int | None = strawberry.field(description="How many of them rated its importance 4 or 5 of 5.")
    satisfied: int | None = strawberry.field(description="How many of them rated their satisfaction 4 or 5 of 5.")
    importance: float | None = strawberry.field(
        description="10 · important / respondents; an estimate where nobody counted; else null."
    )
    satisfaction: float | None = strawberry.field(
        description="10 · satisfied / respondents; an estimate where nobody counted; else null."
    )
    estimate: bool = strawberry.field(description="Whether a term was typed in, and not counted.")
    score: float | None = strawberry.field(
        description="Importance + max(importance - satisfaction, 0), 0 to 20 (Ulwick 2002); null if a term is unknown."
    )
    band: OpportunityBand | None = strawberry.field(description="How much that is; null where it is unknown.")
    overserved: bool | None = strawberry.field(
        description="Whether satisfaction exceeds importance; null where one is unknown."
    )
    missing: list[NeedTerm] = strawberry.field(description="The terms that are unknown.")


@strawberry.type(description="The score of a need to a persona.")
class PersonaNeedScore(NeedScore):
    """See questions.need_scores.PersonaNeedScore."""

    persona: Annotated["Persona", strawberry.lazy(TYPES)] = strawberry.field(description="The persona.")


@strawberry.type(
    description="The score of a need within a segment: the counts of its personas in scope that have it, added up. "
    "Estimates are never added to counts. A persona in several segments counts in each, with all its respondents."
)
class SegmentNeedScore(NeedScore):
    """See questions.need_scores.SegmentNeedScore."""

    segment: Annotated["Segment", strawberry.lazy(TYPES)] = strawberry.field(description="The segment.")
    personas: list[Annotated["Persona", strawberry.lazy(TYPES)]] = strawberry.field(
        description="The personas whose counts were added up, by key."
    )
    left_out: list[PersonaNeedScore] = strawberry.field(
        description="Those of its personas of which a term was not counted, by key: they are not in the figures."
    )


@strawberry.type(description="How important needs are and how badly they are served, by persona and by segment.")
class NeedScores:
    """See questions.need_scores.NeedScores."""

    by_persona: Connection[PersonaNeedScore] = strawberry.field(
        resolver=page, description="Each need of each persona: the highest score first, unknown ones last."
    )

    by_segment: Connection[SegmentNeedScore] = strawberry.field(
        resolver=page, description="Each need within each segment: the highest score first, unknown ones last."
    )


def _need_scores(
    scope: ScopeArgument = strawberry.UNSET,
    segments: Annotated[
        list[str] | None,
        strawberry.argument(description="Only these segments, by key, and only personas in one of them."),
    ] = strawberry.UNSET,
) -> NeedScores:
    """Declare the arguments; operations are compiled, so that no field is ever resolved."""
    raise NotImplementedError


NEED_SCORES = strawberry.field(
    name="needScores",
    resolver=_need_scores,
    description="Which needs are important and badly served (Ulwick's opportunity score), by persona and by segment.",
)
