"""All that can be asked of questions: every field of every one, taken from the schema, and answers laid flat."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from graphql import GraphQLField, GraphQLObjectType, GraphQLSchema, get_named_type, is_leaf_type, is_required_argument

from graph_api.model import MODEL

ENTITIES = {"Node", *MODEL.kinds, *MODEL.interfaces}
MOST = 200

Path = tuple[str, ...]


def query(schema: GraphQLSchema, name: str, arguments: str) -> str:
    """Return the query that asks a root field for all it can tell."""
    assert schema.query_type
    field = schema.query_type.fields[name]
    return f"{{ {name}({arguments}) {_selection(field, ())} }}"


def _selection(field: GraphQLField, above: tuple[str, ...]) -> str:
    target = get_named_type(field.type)
    if is_leaf_type(target):
        return ""
    if target.name in ENTITIES:
        return "{ __typename id }"
    assert isinstance(target, GraphQLObjectType)
    if "edges" in target.fields and "nodes" in target.fields:
        wanted = {"nodes": target.fields["nodes"]}
        wanted |= {name: one for name, one in target.fields.items() if name not in {"nodes", "edges", "pageInfo"}}
    else:
        wanted = dict(target.fields)
    parts = " ".join(_part(name, one, (*above, target.name)) for name, one in wanted.items() if _wanted(one, above))
    return f"{{ {parts} }}"


def _wanted(field: GraphQLField, above: tuple[str, ...]) -> bool:
    if any(is_required_argument(argument) for argument in field.args.values()):
        return False
    return get_named_type(field.type).name not in above


def _part(name: str, field: GraphQLField, above: tuple[str, ...]) -> str:
    return f"{name}{f'(first: {MOST})' if 'first' in field.args else ''} {_selection(field, above)}".strip()


def flat(answer: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Give every value of an answer with the way to it; what is in a list is known by what it speaks of."""
    if isinstance(answer, dict):
        for name, value in answer.items():
            yield from flat(value, (*path, name))
    elif isinstance(answer, list):
        times: Counter[str] = Counter()
        for one in answer:
            name = _identity(one)
            times[name] += 1
            yield from flat(one, (*path, f"[{name}#{times[name]}]"))
    else:
        yield path, answer


def _identity(one: Any) -> str:
    if not isinstance(one, Mapping):
        return str(one)
    known = (value.get("id", value) if isinstance(value, Mapping) else value for value in one.values())
    return " ".join(value for value in known if isinstance(value, str))[:200]
