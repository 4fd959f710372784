"""A condition becomes Cypher."""

from graph_api.compile.condition import Compare, Condition, Group, Links, Not, OfKind, On, conjuncts
from graph_api.compile.names import Names, kind_of, pattern
from graph_api.compile.plan import Arguments

_OPERATORS = {
    "eq": "{0} = {1}",
    "ne": "{0} <> {1}",
    "in": "{0} IN {1}",
    # Of an unknown value Cypher says that it is not in an empty list.
    "notIn": "({0} IS NOT NULL AND NOT {0} IN {1})",
    "gt": "{0} > {1}",
    "gte": "{0} >= {1}",
    "lt": "{0} < {1}",
    "lte": "{0} <= {1}",
    "contains": "toLower({0}) CONTAINS toLower({1})",
    "startsWith": "toLower({0}) STARTS WITH toLower({1})",
    "endsWith": "toLower({0}) ENDS WITH toLower({1})",
    "isNull": "({0} IS NULL) = {1}",
    "isEmpty": "(size(coalesce({0}, [])) = 0) = {1}",
    "has": "{1} IN coalesce({0}, [])",
    "hasAny": "any(one IN {1} WHERE one IN coalesce({0}, []))",
    "hasAll": "all(one IN {1} WHERE one IN coalesce({0}, []))",
}


def where(condition: Condition, node: str, link: str, names: Names, arguments: Arguments) -> list[str]:
    """Write a condition on an entity and the link to it: an expression for each of its conjuncts, in their order."""
    return [_one(part, node, link, names, arguments) for part in conjuncts(condition)]


def _one(condition: Condition, node: str, link: str, names: Names, arguments: Arguments) -> str:
    match condition:
        case Compare(on=on, name=name, operator=operator, parameter=parameter, moment=moment):
            column = f"{link if on is On.LINK else node}.{name}"
            value = names.parameter(arguments, parameter.value)
            return _OPERATORS[operator].format(f"date({column})" if moment else column, value)
        case OfKind(operator=operator, parameter=parameter):
            return _OPERATORS[operator].format(kind_of(node), names.parameter(arguments, parameter.value))
        case Group(every=every, parts=parts):
            texts = [_one(part, node, link, names, arguments) for part in parts]
            if not texts:
                return "true" if every else "false"
            return "(" + (" AND " if every else " OR ").join(texts) + ")"
        case Not(part=part):
            # Of what is unknown Cypher says neither yes nor no; a filter says no, and its opposite yes.
            return f"NOT coalesce({_one(part, node, link, names, arguments)}, false)"
        case Links(quantifier=quantifier, hop=hop, condition=inner):
            far, along, _ = names.hop()
            text = _one(inner, far, along, names, arguments)
            if quantifier == "every":
                text = f"NOT coalesce({text}, false)"
            found = f"EXISTS {{ MATCH {pattern(hop, node, along, far)} WHERE {text} }}"
            return found if quantifier == "some" else f"NOT {found}"
