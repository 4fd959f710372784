"""How much a document asks for, before anything is done with it: one walk, linear in the document.

Each definition is looked at once; where a fragment is spread, what was found of it counts again. So a document whose
fragments each spread the next one twice is counted in full, and in no time.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    ListValueNode,
    Node,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
)

from graph_api.errors import Code
from graph_api.settings import Limits


@dataclass(slots=True)
class Extent:
    """How much a selection holds, its fragments spread."""

    root_fields: int = 0
    """Fields of the selection itself, not of what they select."""
    fields: int = 0
    aliases: int = 0
    directives: int = 0
    depth: int = 0
    """Of fields in fields."""

    def add(self, other: "Extent") -> None:
        """Count what another holds beside it."""
        self.root_fields += other.root_fields
        self.fields += other.fields
        self.aliases += other.aliases
        self.directives += other.directives
        self.depth = max(self.depth, other.depth)


BOUNDS: tuple[tuple[str, str], ...] = (
    ("root_fields", "root fields"),
    ("fields", "fields, its fragments spread"),
    ("aliases", "aliases"),
    ("directives", "directives"),
    ("depth", "levels of fields in fields"),
)
"""What of an extent is bounded, and what that is called."""


def exceeding(document: DocumentNode, limits: Limits) -> Iterator[GraphQLError]:
    """Say what a document has too much of, each with the place and the limit."""
    fragments = [each for each in document.definitions if isinstance(each, FragmentDefinitionNode)]
    if len(fragments) > limits.fragments:
        yield too_much("The document", len(fragments), "fragments", "fragments", limits, fragments[limits.fragments])
    walk = _Walk({each.name.value: each for each in fragments}, {})
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            extent = walk.of(definition.selection_set)
            extent.directives += len(definition.directives or ())
        elif isinstance(definition, FragmentDefinitionNode):
            # Also one that nothing spreads: it is validated like any other.
            extent = walk.of_fragment(definition.name.value)
        else:
            continue
        for name, words in BOUNDS:
            if (count := getattr(extent, name)) > getattr(limits, name):
                yield too_much("The operation", count, words, name, limits, definition)
    yield from _values(document, limits)


def too_much(  # noqa: PLR0913, PLR0917 - what the sentence is made of
    what: str, count: int, words: str, name: str, limits: Limits, node: Node
) -> GraphQLError:
    """Say that something has more of a sort than one limit, whose name it is, allows."""
    message = (
        f"{what} has {count:,} {words}; at most {getattr(limits, name):,} are answered at once (LIMIT_{name.upper()})."
        " Ask for less at a time."
    )
    return GraphQLError(message, node, extensions={"code": Code.TOO_COSTLY.value})


@dataclass(frozen=True, slots=True)
class _Walk:
    fragments: Mapping[str, FragmentDefinitionNode]
    known: dict[str, Extent | None]
    """What was found of fragments; none of one that is being looked at: it spreads itself, which validation refuses."""

    def of(self, selections: SelectionSetNode, spread: set[str] | None = None) -> Extent:
        """Measure a selection; `spread` holds the fragments that count in it already: a second time adds nothing."""
        extent, spread = Extent(), set() if spread is None else spread
        for selection in selections.selections:
            extent.directives += len(selection.directives or ())
            match selection:
                case FieldNode(alias=alias, selection_set=inner):
                    below = self.of(inner) if inner else Extent()
                    extent.root_fields += 1
                    extent.fields += 1 + below.fields
                    extent.aliases += (alias is not None) + below.aliases
                    extent.directives += below.directives
                    extent.depth = max(extent.depth, 1 + below.depth)
                case InlineFragmentNode(selection_set=inner):
                    extent.add(self.of(inner, spread))
                case FragmentSpreadNode(name=name) if name.value not in spread:
                    spread.add(name.value)
                    extent.add(self.of_fragment(name.value))
        return extent

    def of_fragment(self, name: str) -> Extent:
        if name not in self.known:
            self.known[name] = None
            definition = self.fragments.get(name)
            self.known[name] = self.of(definition.selection_set) if definition else Extent()
        return self.known[name] or Extent()


def _values(document: DocumentNode, limits: Limits) -> Iterator[GraphQLError]:
    """Look at every value that is written in the document."""
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            for variable in definition.variable_definitions or ():
                if variable.default_value:
                    yield from _value(variable.default_value, limits)
                yield from _arguments(variable.directives or (), limits)
        if isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode):
            yield from _arguments(definition.directives or (), limits)
            yield from _selected(definition.selection_set, limits)


def _selected(selections: SelectionSetNode, limits: Limits) -> Iterator[GraphQLError]:
    waiting = [selections]
    while waiting:
        for selection in waiting.pop().selections:
            yield from _arguments((*(selection.directives or ()), selection), limits)
            if isinstance(selection, FieldNode | InlineFragmentNode) and selection.selection_set:
                waiting.append(selection.selection_set)


def _arguments(holders: Iterable[DirectiveNode | Node], limits: Limits) -> Iterator[GraphQLError]:
    for holder in holders:
        for argument in getattr(holder, "arguments", None) or ():
            yield from _value(argument.value, limits)


def _value(value: ValueNode, limits: Limits) -> Iterator[GraphQLError]:
    level, depth = [value], 0
    while level:
        inner: list[ValueNode] = []
        for each in level:
            if isinstance(each, ListValueNode):
                if len(each.values) > limits.list_length:
                    yield too_much("A list", len(each.values), "elements", "list_length", limits, each)
                inner.extend(each.values)
            elif isinstance(each, ObjectValueNode):
                inner.extend(entry.value for entry in each.fields)
        level, depth = inner, depth + 1
        if depth > limits.nesting:
            yield too_much("A value", depth, "levels", "nesting", limits, value)
            return


def exceeding_variables(variables: Mapping[str, object], limits: Limits) -> str | None:
    """Say what the variables of a request have too much of, if anything."""
    level: list[object] = list(variables.values())
    count = depth = 0
    while level:
        count += len(level)
        depth += 1
        if count > limits.values:
            return f"The variables hold more than {limits.values:,} values (LIMIT_VALUES). Send less at a time."
        if depth > limits.nesting:
            return f"The variables nest more than {limits.nesting} levels (LIMIT_NESTING). Send them flatter."
        inner: list[object] = []
        for each in level:
            if isinstance(each, dict):
                inner.extend(each.values())
            elif isinstance(each, list):
                if len(each) > limits.list_length:
                    return (
                        f"A list in the variables has {len(each):,} elements; at most {limits.list_length:,} are taken"
                        " at once (LIMIT_LIST_LENGTH). Send less at a time."
                    )
                inner.extend(each)
        level = inner
    return None
