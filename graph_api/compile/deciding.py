"""Which variables decide what an operation reads, so that plans are kept by them."""

from graphql import DocumentNode, VariableNode, Visitor, visit
from graphql.language import DirectiveNode


class _Deciding(Visitor):
    """Finds the variables that decide which fields are read."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_directive(self, node: DirectiveNode, *_: object) -> None:
        """Note the variables among a directive's arguments."""
        self.names.update(
            argument.value.name.value for argument in node.arguments or () if isinstance(argument.value, VariableNode)
        )


def deciding_variables(document: DocumentNode) -> frozenset[str]:
    """Return the names of the variables that `@skip`, `@include` and the like are given."""
    visitor = _Deciding()
    visit(document, visitor)
    return frozenset(visitor.names)
