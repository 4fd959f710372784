"""A GraphQL operation becomes a Plan.

The caller guarantees a validated document and coerced variables. The plan then holds exactly the fields that
graphql-core would execute (fragments spread, `@skip` and `@include` applied, fields of one name merged), in its order;
values of arguments stay outside, so that one plan serves every value.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLEnumType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_named_type,
    print_ast,
)
from graphql.execution.collect_fields import FieldDetails, FragmentDetails, collect_fields, collect_subfields
from graphql.execution.values import VariableValues, get_argument_values
from pydantic.alias_generators import to_snake

from graph_api.compile.plan import (
    Answer,
    Arguments,
    Ask,
    Asked,
    Branch,
    Connection,
    EdgeField,
    EdgesView,
    Entities,
    EntityField,
    Hop,
    Hydrated,
    Introspection,
    Leaf,
    Lookup,
    NodesView,
    NodeView,
    Own,
    Part,
    Plan,
    Single,
    SingleEdge,
    TypeName,
)
from graph_api.compile.question import Question
from graph_api.errors import TooCostlyError
from graph_api.model import Direction, LinkField, LinkType, Model
from graph_api.model.values import ValueType, value_type

LINKS, DEPTH = 40, 10
"""How many links one operation may select, and how deep: links, not braces."""

TYPE_NAME = "__typename"
LINK_SUFFIX = "Link"
ID = value_type(str)

Fields = Mapping[str, list[FieldDetails]]
Questions = Mapping[tuple[str, str], Question]
"""Questions by the GraphQL type and field where they are asked."""


@dataclass
class _Bounds:
    """How much of what one operation may ask for it has asked for."""

    links: int = 0
    depth: int = 0


@dataclass(frozen=True)
class Planner:
    """Makes plans for one operation. Raises TooCostlyError where it asks for more than one operation may."""

    schema: GraphQLSchema
    model: Model
    questions: Questions
    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDetails]
    variables: VariableValues
    bounds: _Bounds = field(default_factory=_Bounds)
    planned: dict[tuple[Hashable, ...], Connection | Single | SingleEdge] = field(default_factory=dict)
    """Links planned already: the kinds behind an interface share theirs."""

    def plan(self) -> Plan:
        """Plan every root field, in the order of the response."""
        query = self._object("Query")
        collected = collect_fields(self.schema, self.fragments, self.variables, query, self.operation)
        return Plan(tuple(self._root(key, details) for key, details in collected.grouped_field_set.items()))

    def _root(self, key: str, details: list[FieldDetails]) -> TypeName | Lookup | Ask | Introspection:
        name = details[0].node.name.value
        if name == TYPE_NAME:
            return TypeName(key)
        if name.startswith("__"):
            return Introspection(key)
        arguments = self._arguments("Query", details)
        target = get_named_type(self._object("Query").fields[name].type).name
        if question := self.questions.get(("Query", name)):
            return Ask(key, question, question.name, arguments, self._answer(target, details))
        return Lookup(key, arguments, self._entities(target, details))

    def _entities(self, type_name: str, details: list[FieldDetails], far: tuple[str, ...] | None = None) -> Entities:
        """Plan an entity of a type that may stand for several kinds; kinds read alike share a branch."""
        shared: dict[tuple[EntityField, ...], list[str]] = {}
        for kind in far or self.model.members(type_name):
            fields = self._subfields(kind, details)
            entity_fields = tuple(self._entity_field(kind, key, inner) for key, inner in fields.items())
            shared.setdefault(entity_fields, []).append(kind)
        return Entities(tuple(Branch(tuple(kinds), fields) for fields, kinds in shared.items()))

    def _entity_field(self, kind_name: str, key: str, details: list[FieldDetails]) -> EntityField:
        kind, name = self.model.kinds[kind_name], details[0].node.name.value
        if name == TYPE_NAME:
            return TypeName(key)
        if name == "id":
            return Own(key, "id", ID)
        if name in kind.properties:
            return Own(key, name, kind.properties[name].type, self._parts(kind.properties[name].type, details))
        if question := self.questions.get((kind_name, name)):
            target = get_named_type(self._object(kind_name).fields[name].type).name
            arguments = self._arguments(kind_name, details)
            return Asked(key, question, question.name, arguments, self._answer(target, details))
        link_field = kind.links[name] if name in kind.links else kind.links[name.removesuffix(LINK_SUFFIX)]
        nodes = tuple(id(detail.node) for detail in details)
        once = (key, link_field.link.name, link_field.direction, link_field.far, nodes)
        if once not in self.planned:
            with self._deeper():
                if name in kind.links:
                    self.planned[once] = self._link(key, link_field, details)
                else:
                    self.planned[once] = self._single_edge(key, link_field, kind_name, details)
        return self.planned[once]

    @contextmanager
    def _deeper(self) -> Iterator[None]:
        """Count a link selection, and how deep it lies, before anything in it is planned."""
        self.bounds.links += 1
        self.bounds.depth += 1
        if self.bounds.depth > DEPTH:
            message = f"The operation follows links more than {DEPTH} deep. Ask for less at a time."
            raise TooCostlyError(message)
        if self.bounds.links > LINKS:
            message = f"The operation selects more than {LINKS} links. Ask for less at a time."
            raise TooCostlyError(message)
        yield
        self.bounds.depth -= 1

    def _parts(self, value: ValueType, details: list[FieldDetails]) -> tuple[tuple[str, str], ...]:
        if value.struct is None:
            return ()
        return tuple((key, inner[0].node.name.value) for key, inner in self._subfields(value.graphql, details).items())

    def _link(self, key: str, link_field: LinkField, details: list[FieldDetails]) -> Connection | Single:
        hop = _hop(link_field)
        if link_field.single:
            return Single(key, hop, self._entities(link_field.target, details, link_field.far))
        type_name = get_named_type(self._object(link_field.kind).fields[link_field.name].type).name
        views: list[TypeName | NodesView | EdgesView] = []
        for inner_key, inner in self._subfields(type_name, details).items():
            name = inner[0].node.name.value
            if name == TYPE_NAME:
                views.append(TypeName(inner_key))
            elif name == "nodes":
                views.append(NodesView(inner_key, self._entities(link_field.target, inner, link_field.far)))
            else:
                edge = get_named_type(self._object(type_name).fields[name].type).name
                views.append(EdgesView(inner_key, edge, self._edge(link_field, edge, inner)))
        return Connection(key, hop, type_name, tuple(views))

    def _single_edge(self, key: str, link_field: LinkField, kind: str, details: list[FieldDetails]) -> SingleEdge:
        type_name = get_named_type(self._object(kind).fields[link_field.name + LINK_SUFFIX].type).name
        return SingleEdge(key, _hop(link_field), type_name, self._edge(link_field, type_name, details))

    def _edge(self, link_field: LinkField, type_name: str, details: list[FieldDetails]) -> tuple[EdgeField, ...]:
        fields: list[EdgeField] = []
        for key, inner in self._subfields(type_name, details).items():
            name = inner[0].node.name.value
            if name == TYPE_NAME:
                fields.append(TypeName(key))
            elif name == "node":
                fields.append(NodeView(key, self._entities(link_field.target, inner, link_field.far)))
            else:
                fields.append(Own(key, name, link_field.link.properties[name].type))
        return tuple(fields)

    def _answer(self, type_name: str, details: list[FieldDetails]) -> Answer:
        fields: list[TypeName | Leaf | Part | Hydrated] = []
        for key, inner in self._subfields(type_name, details).items():
            name = inner[0].node.name.value
            if name == TYPE_NAME:
                fields.append(TypeName(key))
                continue
            target = get_named_type(self._object(type_name).fields[name].type)
            arguments, attribute = self._arguments(type_name, inner), to_snake(name)
            if isinstance(target, GraphQLScalarType | GraphQLEnumType):
                fields.append(Leaf(key, attribute, arguments))
            elif target.name in self.model.kinds or target.name in self.model.interfaces:
                fields.append(Hydrated(key, attribute, arguments, self._entities(target.name, inner)))
            else:
                fields.append(Part(key, attribute, arguments, self._answer(target.name, inner)))
        return Answer(type_name, tuple(fields))

    def _arguments(self, type_name: str, details: list[FieldDetails]) -> Arguments:
        node = details[0].node
        definition = self._object(type_name).fields[node.name.value]
        text = ", ".join(print_ast(argument) for argument in node.arguments or ())
        values: Callable[[Any], Mapping[str, Any]] = lambda variables: get_argument_values(  # noqa: E731 - it closes over the node
            definition, node, variables
        )
        return Arguments(text, values)

    def _subfields(self, type_name: str, details: list[FieldDetails]) -> Fields:
        return collect_subfields(
            self.schema, self.fragments, self.variables, self.operation, self._object(type_name), details
        ).grouped_field_set

    def _object(self, type_name: str) -> GraphQLObjectType:
        found = self.schema.type_map[type_name]
        if not isinstance(found, GraphQLObjectType):
            message = f"{type_name} is not an object type."
            raise TypeError(message)
        return found


def fragments(document: DocumentNode) -> dict[str, FragmentDetails]:
    """Collect the document's fragments by name."""
    return {
        definition.name.value: FragmentDetails(definition)
        for definition in document.definitions
        if isinstance(definition, FragmentDefinitionNode)
    }


def _hop(link_field: LinkField) -> Hop:
    link: LinkType = link_field.link
    return Hop(
        link.name,
        link_field.direction,
        link_field.far,
        positioned=link.positioned and link_field.direction is Direction.OUT,
    )
