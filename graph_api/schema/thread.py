"""The GraphQL types of the trace and its short forms. Their fields mirror the answers in `questions/`, name by name."""

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry

from graph_api.schema.enums import ActingRole, Basis, Kind, LinkType, TraceDirection

if TYPE_CHECKING:
    # Made at run time, from the model.
    Department: TypeAlias = Any
    Entity: TypeAlias = Any
    Insight: TypeAlias = Any
    Opportunity: TypeAlias = Any

TYPES = "graph_api.schema.made"


@strawberry.type(description="A link on the trace.")
class TracedLink:
    """See questions.trace.TracedLink."""

    type: LinkType = strawberry.field(description="The type of the link.")
    start: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(description="The entity it leads from.")
    finish: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(description="The entity it leads to.")
    on_spine: bool = strawberry.field(description="Whether it carries the thread, or is attached to it.")
    basis: Basis | None = strawberry.field(description="Whether a source states it or somebody inferred it.")
    confidence: float | None = strawberry.field(description="How sure it is, 0 to 1; null is unknown.")
    rationale: str | None = strawberry.field(description="Why the two belong together.")


@strawberry.type(description="One link of a path, and the entity it leads to.")
class PathStep:
    """See questions.trace.PathStep."""

    link: TracedLink = strawberry.field(description="The link taken.")
    entity: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(description="The entity it leads to here.")
    forwards: bool = strawberry.field(description="Whether the link is taken from its start to its finish.")


@strawberry.type(description="A way from the start of a trace to an entity.")
class TracePath:
    """See questions.trace.TracePath."""

    length: int = strawberry.field(description="How many links it takes.")
    steps: list[PathStep] = strawberry.field(description="Its links in order, each with the entity it leads to.")
    weakest_confidence: float | None = strawberry.field(
        description="The lowest known confidence of its links, 0 to 1; null where none is known."
    )
    unknown_confidences: int = strawberry.field(description="How many of its links have no known confidence.")


@strawberry.type(description="An entity on a trace.")
class TracedNode:
    """See questions.trace.TracedNode."""

    entity: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(description="The entity.")
    kind: Kind = strawberry.field(description="Its kind.")
    on_spine: bool = strawberry.field(
        description="Whether the walk itself reaches it, or it is only attached to what the walk reaches."
    )
    distance: int = strawberry.field(description="How many links the shortest path takes.")
    paths: list[TracePath] = strawberry.field(
        description="At most three shortest paths to it; those of equal length in the order of their keys."
    )


@strawberry.type(description="The entities of one kind on a trace.")
class TracedKind:
    """See questions.trace.TracedKind."""

    kind: Kind = strawberry.field(description="The kind.")
    count: int = strawberry.field(description="How many there are.")
    nodes: list[TracedNode] = strawberry.field(description="The entities, by key.")


@strawberry.type(description="A place where the thread ends too early.")
class ThreadBreak:
    """See questions.trace.ThreadBreak."""

    entity: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(description="The entity where it ends.")
    direction: TraceDirection = strawberry.field(description="The way in which it ends.")
    missing: str = strawberry.field(description="What is missing.")
    mending: str = strawberry.field(description="How to mend it.")


@strawberry.type(description="Everything on the thread through one entity, and where the thread breaks.")
class Trace:
    """See questions.trace.Trace."""

    start: Annotated["Entity", strawberry.lazy(TYPES)] = strawberry.field(description="The entity it is about.")
    direction: TraceDirection = strawberry.field(description="Which way was walked.")
    kinds: list[TracedKind] = strawberry.field(description="What is on it, by kind in the order of the thread.")

    @strawberry.field(description="What is on it in the order of the thread, the start left out.")  # type: ignore[untyped-decorator] # Strawberry's own
    def nodes(
        self,
        kinds: Annotated[list[Kind] | None, strawberry.argument(description="Only these kinds.")] = strawberry.UNSET,
    ) -> list[TracedNode]:
        """Declare the arguments; the answer is worked out in `questions`."""
        raise NotImplementedError

    links: list[TracedLink] = strawberry.field(
        description="The spine links that the walks take, on any path that counts, and the attached links of what they "
        "reach."
    )
    breaks: list[ThreadBreak] = strawberry.field(
        description="Where the thread ends too early. What delights or merely is so need not lead to action, nor what "
        "was decided against."
    )


@strawberry.type(description="A department that acts somewhere on an opportunity's thread, in one role.")
class ActingDepartment:
    """See questions.acting.ActingEdge."""

    node: Annotated["Department", strawberry.lazy(TYPES)] = strawberry.field(description="The department.")
    role: ActingRole | None = strawberry.field(description="Its part; null where it is involved in an unknown one.")
    through: list[Annotated["Entity", strawberry.lazy(TYPES)]] = strawberry.field(
        description="What on the thread it owns, runs or is involved in, in this role: on any path, by key."
    )
    paths: list[TracePath] = strawberry.field(description="At most three shortest paths from the opportunity to it.")


@strawberry.type(description="The departments that act somewhere on an opportunity's thread.")
class ActingDepartments:
    """See questions.acting.ActingConnection."""

    nodes: list[Annotated["Department", strawberry.lazy(TYPES)]] = strawberry.field(
        description="The departments, each once."
    )
    edges: list[ActingDepartment] = strawberry.field(description="Each department once for each of its roles.")


@strawberry.type(description="An opportunity on a department's thread, by one role of the department.")
class ActingOpportunity:
    """See questions.acting.ActingEdge."""

    node: Annotated["Opportunity", strawberry.lazy(TYPES)] = strawberry.field(description="The opportunity.")
    role: ActingRole | None = strawberry.field(description="The department's part; null where it is an unknown one.")
    through: list[Annotated["Entity", strawberry.lazy(TYPES)]] = strawberry.field(
        description="What it is that the department owns, runs or is involved in, in this role; by key."
    )
    paths: list[TracePath] = strawberry.field(description="At most three shortest paths from the department to it.")


@strawberry.type(description="The opportunities on the thread of what a department owns, runs or is involved in.")
class ActingOpportunities:
    """See questions.acting.ActingConnection."""

    nodes: list[Annotated["Opportunity", strawberry.lazy(TYPES)]] = strawberry.field(
        description="The opportunities, each once."
    )
    edges: list[ActingOpportunity] = strawberry.field(description="Each once for each role of the department.")


@strawberry.type(description="A pain of a department.")
class ActingPain:
    """See questions.acting.ActingEdge."""

    node: Annotated["Insight", strawberry.lazy(TYPES)] = strawberry.field(description="The pain or unmet need.")
    role: ActingRole | None = strawberry.field(description="The party's part; null where it is an unknown one.")
    through: list[Annotated["Entity", strawberry.lazy(TYPES)]] = strawberry.field(
        description="What it is that the department or partner owns, runs or is involved in, in this role; by key."
    )
    paths: list[TracePath] = strawberry.field(
        description="At most three shortest paths from the department or partner to it."
    )


@strawberry.type(description="Pains of a department.")
class ActingPains:
    """See questions.acting.ActingConnection."""

    nodes: list[Annotated["Insight", strawberry.lazy(TYPES)]] = strawberry.field(description="The pains, each once.")
    edges: list[ActingPain] = strawberry.field(description="The pains with their paths.")


@strawberry.type(description="A department's pains and unmet needs: those it owns apart from those at its touchpoints.")
class DepartmentPains:
    """See questions.acting.DepartmentPains."""

    owned: ActingPains = strawberry.field(description="Those whose opportunity it owns.")
    at_touchpoints: ActingPains = strawberry.field(description="Those observed at the touchpoints it runs.")
