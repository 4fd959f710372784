"""The plan: what is to be read, free of GraphQL's syntax and of Cypher's.

Frozen and comparable: two selections that mean the same have equal plans. `outline` prints one, which is what golden
cases hold. The order of fields is the order of the response.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph_api.compile.condition import Condition
from graph_api.compile.hop import Hop
from graph_api.compile.page import Page
from graph_api.compile.question import Question, Selected
from graph_api.errors import GraphApiError
from graph_api.model.values import ValueType
from graph_api.store.statements import Statement


@dataclass(frozen=True, slots=True)
class TypeName:
    """`__typename`."""

    key: str


@dataclass(frozen=True, slots=True)
class Own:
    """A property of an entity or a link."""

    key: str
    name: str
    type: ValueType = field(compare=False, repr=False)
    parts: tuple[tuple[str, str], ...] = ()
    """Of a value with named parts: those wanted, each the name in the response and its own."""


@dataclass(frozen=True, slots=True)
class Branch:
    """The fields to read of an entity of any of these kinds."""

    kinds: tuple[str, ...]
    fields: "tuple[EntityField, ...]"


@dataclass(frozen=True, slots=True)
class Entities:
    """The fields to read of an entity whose kind is among those of the branches."""

    branches: tuple[Branch, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """All kinds the entity can be of."""
        return tuple(kind for branch in self.branches for kind in branch.kinds)


@dataclass(frozen=True, slots=True)
class NodeView:
    """`node` of an edge: the far entity."""

    key: str
    entity: Entities


@dataclass(frozen=True, slots=True)
class Cursor:
    """`cursor` of an edge."""

    key: str


@dataclass(frozen=True, slots=True)
class NodesView:
    """`nodes` of a connection: the far entities."""

    key: str
    entity: Entities


@dataclass(frozen=True, slots=True)
class EdgesView:
    """`edges` of a connection: the links with their own fields."""

    key: str
    type_name: str
    fields: "tuple[EdgeField, ...]"


@dataclass(frozen=True, slots=True)
class TotalCount:
    """`totalCount` of a connection: how many the whole list has."""

    key: str


@dataclass(frozen=True, slots=True)
class PageInfoView:
    """`pageInfo` of a connection: where the page stands."""

    key: str
    fields: tuple[tuple[str, str], ...]
    """Each the name in the response and its own."""


View = TypeName | NodesView | EdgesView | TotalCount | PageInfoView


@dataclass(frozen=True, slots=True)
class Listed:
    """What is wanted of a list, and which page of it."""

    type_name: str
    arguments: "Arguments"
    condition: Condition | None
    page: Page
    views: tuple[View, ...]

    def has_cursors(self) -> bool:
        """Tell whether somebody wants the cursors of the page's ends, so that each element brings its own."""
        return any(
            name.endswith("Cursor") for view in self.views if isinstance(view, PageInfoView) for _, name in view.fields
        )

    def counted(self) -> bool:
        """Tell whether the whole list is to be counted."""
        return any(isinstance(view, TotalCount) for view in self.views)

    def looks_back(self) -> bool:
        """Tell whether somebody asks if there is something on the side of the page that its cursor cut off."""
        wanted = "hasNextPage" if self.page.backward else "hasPreviousPage"
        return (self.page.before if self.page.backward else self.page.after) and any(
            name == wanted for view in self.views if isinstance(view, PageInfoView) for _, name in view.fields
        )


@dataclass(frozen=True, slots=True)
class Connection:
    """A page of the links of a type."""

    key: str
    hop: Hop
    listed: Listed


@dataclass(frozen=True, slots=True)
class Single:
    """The one entity at the end of a link of which there is at most one, or null."""

    key: str
    hop: Hop
    entity: Entities


@dataclass(frozen=True, slots=True)
class SingleEdge:
    """The one link, with its own fields, or null."""

    key: str
    hop: Hop
    type_name: str
    fields: "tuple[EdgeField, ...]"


@dataclass(frozen=True, slots=True)
class Leaf:
    """A plain value of an answer."""

    key: str
    attribute: str
    arguments: "Arguments"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an answer that has fields itself, or a list of such parts."""

    key: str
    attribute: str
    arguments: "Arguments"
    answer: "Answer"


@dataclass(frozen=True, slots=True)
class Hydrated:
    """An entity of an answer, or a list of them, filled in by a second statement."""

    key: str
    attribute: str
    arguments: "Arguments"
    entity: Entities


@dataclass(frozen=True, slots=True)
class Answer:
    """The fields wanted of an answer or of a part of it."""

    type_name: str
    fields: tuple[TypeName | Leaf | Part | Hydrated, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question asked about the entity, or the link, whose fields these are."""

    key: str
    question: Question = field(compare=False, repr=False)
    name: str
    arguments: "Arguments"
    answer: Answer
    facts: Statement = field(compare=False, repr=False)
    selected: Selected = field(compare=False, repr=False)


EdgeField = TypeName | Own | NodeView | Cursor | Asked
EntityField = TypeName | Own | Connection | Single | SingleEdge | Asked


@dataclass(frozen=True, slots=True)
class Arguments:
    """A field's arguments as they were written, and how their values are found once variables have values."""

    text: str
    values: Callable[[Any], Mapping[str, Any]] = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Lookup:
    """A root field that gets one entity by its key or its id."""

    key: str
    arguments: Arguments
    entity: Entities


@dataclass(frozen=True, slots=True)
class Ask:
    """A root field that asks a question about one entity, given by its kind and key, or about the graph."""

    key: str
    question: Question = field(compare=False, repr=False)
    name: str
    arguments: Arguments
    answer: Answer
    facts: Statement = field(compare=False, repr=False)
    selected: Selected = field(compare=False, repr=False)
    required: bool
    """Whether its type allows no null, so that without it there is no answer at all."""
    scoped: bool
    """Whether it is about the whole graph, or a scope of it."""


@dataclass(frozen=True, slots=True)
class Write:
    """A root field that changes the graph and then tells what it did."""

    key: str
    name: str
    arguments: Arguments
    answer: Answer


@dataclass(frozen=True, slots=True)
class Listing:
    """A root field that lists all of a kind, in pages."""

    key: str
    kind: str
    listed: Listed


@dataclass(frozen=True, slots=True)
class ByIds:
    """A root field that gets several entities by their ids, in the order of these."""

    key: str
    arguments: Arguments
    entity: Entities


@dataclass(frozen=True, slots=True)
class Introspection:
    """A root field about the schema itself, which graphql-core answers."""

    key: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A root field whose arguments make no sense, whatever the values of the others."""

    key: str
    error: GraphApiError = field(compare=False, repr=False)
    required: bool
    """Whether its type allows no null, so that without it there is no answer at all."""


RootField = TypeName | Lookup | Listing | ByIds | Ask | Write | Introspection | Refused


@dataclass(frozen=True, slots=True)
class Plan:
    """What one operation does, field by field of its root."""

    roots: tuple[RootField, ...]
    links: int = 0
    """How many links it selects, of those that one operation may."""
