"""The plan: what is to be read, free of GraphQL's syntax and of Cypher's.

Frozen, comparable and printable. Two selections that mean the same have equal plans; `str(plan)` is what golden cases
hold. The order of fields is the order of the response.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph_api.compile.question import Question
from graph_api.model import Direction
from graph_api.model.values import ValueType

INDENT = "  "


@dataclass(frozen=True, slots=True)
class TypeName:
    """`__typename`."""

    key: str

    def lines(self, depth: int) -> Iterator[str]:
        """Print the field."""
        yield f"{INDENT * depth}{self.key}: the type's name"


@dataclass(frozen=True, slots=True)
class Own:
    """A property of an entity or a link."""

    key: str
    name: str
    type: ValueType = field(compare=False, repr=False)
    parts: tuple[tuple[str, str], ...] = ()
    """Of a value with named parts: those wanted, each the name in the response and its own."""

    def lines(self, depth: int) -> Iterator[str]:
        """Print the field."""
        parts = ", ".join(key if key == name else f"{key}: {name}" for key, name in self.parts)
        yield f"{INDENT * depth}{self.key}: .{self.name}{f' ({parts})' if parts else ''}"


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

    def lines(self, depth: int) -> Iterator[str]:
        """Print the fields, under the kinds they are for where these differ."""
        for branch in self.branches:
            inner = depth
            if len(self.branches) > 1:
                yield f"{INDENT * depth}on {', '.join(branch.kinds)}"
                inner += 1
            for entry in branch.fields:
                yield from entry.lines(inner)


@dataclass(frozen=True, slots=True)
class NodeView:
    """`node` of an edge: the far entity."""

    key: str
    entity: Entities

    def lines(self, depth: int) -> Iterator[str]:
        """Print the view."""
        yield f"{INDENT * depth}{self.key}: the entity"
        yield from self.entity.lines(depth + 1)


EdgeField = TypeName | Own | NodeView


@dataclass(frozen=True, slots=True)
class NodesView:
    """`nodes` of a connection: the far entities."""

    key: str
    entity: Entities

    def lines(self, depth: int) -> Iterator[str]:
        """Print the view."""
        yield f"{INDENT * depth}{self.key}: the entities"
        yield from self.entity.lines(depth + 1)


@dataclass(frozen=True, slots=True)
class EdgesView:
    """`edges` of a connection: the links with their own fields."""

    key: str
    type_name: str
    fields: tuple[EdgeField, ...]

    def lines(self, depth: int) -> Iterator[str]:
        """Print the view."""
        yield f"{INDENT * depth}{self.key}: the links"
        for entry in self.fields:
            yield from entry.lines(depth + 1)


@dataclass(frozen=True, slots=True)
class Hop:
    """One step along a link type, to far kinds."""

    link: str
    direction: Direction
    far: tuple[str, ...]
    positioned: bool
    """Whether the far entities stand in the order of the link's position."""

    def __str__(self) -> str:
        """Draw the hop as Cypher would."""
        left, right = ("-", "->") if self.direction is Direction.OUT else ("<-", "-")
        return f"{left}[:{self.link}]{right} {'|'.join(self.far)}"


@dataclass(frozen=True, slots=True)
class Connection:
    """All links of a type, in order."""

    key: str
    hop: Hop
    type_name: str
    views: tuple[TypeName | NodesView | EdgesView, ...]

    def lines(self, depth: int) -> Iterator[str]:
        """Print the hop and what is read beyond it."""
        yield f"{INDENT * depth}{self.key}: {self.hop}"
        for view in self.views:
            yield from view.lines(depth + 1)


@dataclass(frozen=True, slots=True)
class Single:
    """The one entity at the end of a link of which there is at most one, or null."""

    key: str
    hop: Hop
    entity: Entities

    def lines(self, depth: int) -> Iterator[str]:
        """Print the hop and what is read beyond it."""
        yield f"{INDENT * depth}{self.key}: {self.hop}, at most one"
        yield from self.entity.lines(depth + 1)


@dataclass(frozen=True, slots=True)
class SingleEdge:
    """The one link, with its own fields, or null."""

    key: str
    hop: Hop
    type_name: str
    fields: tuple[EdgeField, ...]

    def lines(self, depth: int) -> Iterator[str]:
        """Print the hop and what is read of it."""
        yield f"{INDENT * depth}{self.key}: {self.hop}, at most one, the link"
        for entry in self.fields:
            yield from entry.lines(depth + 1)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A plain value of an answer."""

    key: str
    attribute: str
    arguments: "Arguments"

    def lines(self, depth: int) -> Iterator[str]:
        """Print the field."""
        yield f"{INDENT * depth}{self.key}: .{self.attribute}{self.arguments}"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an answer that has fields itself, or a list of such parts."""

    key: str
    attribute: str
    arguments: "Arguments"
    answer: "Answer"

    def lines(self, depth: int) -> Iterator[str]:
        """Print the part and its fields."""
        yield f"{INDENT * depth}{self.key}: .{self.attribute}{self.arguments}"
        yield from self.answer.lines(depth + 1)


@dataclass(frozen=True, slots=True)
class Hydrated:
    """An entity of an answer, or a list of them, filled in by a second statement."""

    key: str
    attribute: str
    arguments: "Arguments"
    entity: Entities

    def lines(self, depth: int) -> Iterator[str]:
        """Print the entity's fields."""
        yield f"{INDENT * depth}{self.key}: .{self.attribute}{self.arguments}, hydrated"
        yield from self.entity.lines(depth + 1)


@dataclass(frozen=True, slots=True)
class Answer:
    """The fields wanted of an answer or of a part of it."""

    type_name: str
    fields: tuple[TypeName | Leaf | Part | Hydrated, ...]

    def lines(self, depth: int) -> Iterator[str]:
        """Print the fields."""
        for entry in self.fields:
            yield from entry.lines(depth)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question asked about the entity whose fields these are."""

    key: str
    question: Question = field(compare=False, repr=False)
    name: str
    arguments: "Arguments"
    answer: Answer

    def lines(self, depth: int) -> Iterator[str]:
        """Print the question and what is wanted of its answer."""
        yield f"{INDENT * depth}{self.key}: ask {self.name}{self.arguments}"
        yield from self.answer.lines(depth + 1)


EntityField = TypeName | Own | Connection | Single | SingleEdge | Asked


@dataclass(frozen=True, slots=True)
class Arguments:
    """A field's arguments as they were written, and how their values are found once variables have values."""

    text: str
    values: Callable[[Any], Mapping[str, Any]] = field(compare=False, repr=False)

    def __str__(self) -> str:
        """Print them as they were written, or nothing where there are none."""
        return f"({self.text})" if self.text else ""


@dataclass(frozen=True, slots=True)
class Lookup:
    """A root field that gets one entity by its key or its id."""

    key: str
    arguments: Arguments
    entity: Entities

    def lines(self, depth: int) -> Iterator[str]:
        """Print the look-up and what is read."""
        yield f"{INDENT * depth}{self.key}: one {'|'.join(self.entity.kinds)}{self.arguments}"
        yield from self.entity.lines(depth + 1)


@dataclass(frozen=True, slots=True)
class Ask:
    """A root field that asks a question about one entity, given by its kind and key."""

    key: str
    question: Question = field(compare=False, repr=False)
    name: str
    arguments: Arguments
    answer: Answer

    def lines(self, depth: int) -> Iterator[str]:
        """Print the question and what is wanted of its answer."""
        yield f"{INDENT * depth}{self.key}: ask {self.name}{self.arguments}"
        yield from self.answer.lines(depth + 1)


@dataclass(frozen=True, slots=True)
class Introspection:
    """A root field about the schema itself, which graphql-core answers."""

    key: str

    def lines(self, depth: int) -> Iterator[str]:
        """Print the field."""
        yield f"{INDENT * depth}{self.key}: the schema"


@dataclass(frozen=True, slots=True)
class Plan:
    """What one operation reads, a statement for each root field."""

    roots: tuple[TypeName | Lookup | Ask | Introspection, ...]

    def __str__(self) -> str:
        """Print the whole plan, one field a line."""
        return "\n".join(line for root in self.roots for line in root.lines(0)) + "\n"
