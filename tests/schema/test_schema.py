"""The schema as its users meet it."""

from itertools import product

import pytest
from graphql import GraphQLInterfaceType, GraphQLObjectType, is_leaf_type, parse, validate
from graphql.type import GraphQLList, GraphQLNonNull, GraphQLOutputType

from graph_api.model import MODEL
from graph_api.schema.service import build_schema

SCHEMA = build_schema()
CORE = SCHEMA._schema


def test_every_type_field_argument_and_value_has_a_description() -> None:
    missing = []
    for name, type_ in CORE.type_map.items():
        if name.startswith("__"):
            continue
        if not type_.description:
            missing.append(name)
        for field_name, field in getattr(type_, "fields", {}).items():
            if not field.description:
                missing.append(f"{name}.{field_name}")
            missing += [
                f"{name}.{field_name}({arg})" for arg, a in getattr(field, "args", {}).items() if not a.description
            ]
        missing += [f"{name}.{value}" for value, v in getattr(type_, "values", {}).items() if not v.description]
    assert missing == []


def test_every_kind_is_a_node_and_those_with_a_key_are_entities() -> None:
    for kind in MODEL.kinds.values():
        interfaces = {interface.name for interface in _object(kind.name).interfaces}
        assert "Node" in interfaces
        assert ("Entity" in interfaces) == kind.keyed


def _object(name: str) -> GraphQLObjectType:
    found = CORE.type_map[name]
    assert isinstance(found, GraphQLObjectType)
    return found


def _shape(type_: GraphQLOutputType) -> str:
    """Write a type as far as fragments on several kinds must agree in it: lists, non-nulls and leaves."""
    if isinstance(type_, GraphQLNonNull | GraphQLList):
        return f"{type(type_).__name__}({_shape(type_.of_type)})"
    return type_.name if is_leaf_type(type_) else "{}"


def test_fragments_on_different_kinds_never_conflict() -> None:
    kinds = [_object(name) for name in MODEL.kinds]
    for one, two in product(kinds, kinds):
        for name in one.fields.keys() & two.fields.keys():
            assert _shape(one.fields[name].type) == _shape(two.fields[name].type), (one.name, two.name, name)


def test_one_trace_can_select_every_field_of_every_kind_at_once() -> None:
    def selection(type_: GraphQLObjectType | GraphQLInterfaceType, depth: int) -> str:
        fields = []
        for name, field in type_.fields.items():
            target = field.type
            while isinstance(target, GraphQLNonNull | GraphQLList):
                target = target.of_type
            if is_leaf_type(target):
                fields.append(name)
            elif depth and isinstance(target, GraphQLObjectType | GraphQLInterfaceType):
                inner = selection(target, depth - 1)
                fields.append(f"{name} {{ {inner} }}" if inner else "")
        return " ".join(fields)

    fragments = "\n".join(f"... on {name} {{ {selection(_object(name), 2)} }}" for name in MODEL.keyed)
    query = f'{{ trace(kind: KPI, key: "K2") {{ nodes {{ entity {{ {fragments} }} }} }} }}'
    assert validate(CORE, parse(query)) == []


@pytest.mark.parametrize("kind", MODEL.kinds)
def test_every_kind_can_be_asked_for_by_itself(kind: str) -> None:
    field = CORE.query_type and CORE.query_type.fields[MODEL.kinds[kind].field_name]
    assert field
    assert set(field.args) == ({"key", "id"} if MODEL.kinds[kind].keyed else {"id"})


def test_no_word_of_the_storage_is_in_the_schema() -> None:
    text = SCHEMA.as_str().lower()
    for word in ("neo4j", "cypher", "relationship type", "property graph"):
        assert word not in text
