"""Which operation of a query is run."""

from difflib import get_close_matches

from graphql import GraphQLError, OperationDefinitionNode, parse


def find_operation(text: str, name: str | None) -> OperationDefinitionNode:
    """Return the operation of this name, or the one there is; raise GraphQLError where that is none, or not clear."""
    operations = [each for each in parse(text).definitions if isinstance(each, OperationDefinitionNode)]
    if not operations:
        message = "There is no operation here. One begins with `query`, or simply with `{`."
        raise GraphQLError(message)
    names = [each.name.value for each in operations if each.name]
    if name is not None:
        if name not in names:
            message = f"There is no operation {name!r}{_meant(name, names)}"
            raise GraphQLError(message, operations)
        return operations[names.index(name)]
    if len(names) == len(operations) > 1:
        message = f"There are several operations: {', '.join(names)}. Say with --operation which one to run."
        raise GraphQLError(message, operations)
    # Where some have no name, validation says what is wrong.
    return operations[0]


def _meant(name: str, names: list[str]) -> str:
    near = get_close_matches(name, names, 1)
    if near:
        return f"; did you mean {near[0]}?"
    return f". The operations are {', '.join(names)}." if names else "; the operation here has no name."
