"""A GraphQL operation becomes a Plan.

The caller guarantees a validated document and coerced variables. The plan then holds exactly the fields that
graphql-core would execute (fragments spread, `@skip` and `@include` applied, fields of one name merged), in its order;
values of arguments stay outside, so that one plan serves every value.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLEnumType,
    GraphQLError,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    get_named_type,
    is_non_null_type,
    print_ast,
)
from graphql.execution.collect_fields import FieldDetails, FragmentDetails, collect_fields, collect_subfields
from graphql.execution.values import VariableValues, get_argument_values
from pydantic.alias_generators import to_snake

from graph_api.compile.condition import Condition, Conditions, On
from graph_api.compile.hop import Hop
from graph_api.compile.page import TEXT, Page, Term
from graph_api.compile.plan import (
    Answer,
    Arguments,
    Ask,
    Asked,
    Branch,
    ByIds,
    Connection,
    Cursor,
    EdgeField,
    EdgesView,
    Entities,
    EntityField,
    Hydrated,
    Introspection,
    Leaf,
    Listed,
    Listing,
    Lookup,
    NodesView,
    NodeView,
    Own,
    PageInfoView,
    Part,
    Plan,
    Refused,
    RootField,
    Single,
    SingleEdge,
    TotalCount,
    TypeName,
    View,
    Write,
)
from graph_api.compile.question import Question, Selected
from graph_api.errors import GraphApiError, TooCostlyError, UserInputError
from graph_api.model import LinkField, Model
from graph_api.model.values import ValueType, value_type
from graph_api.settings import Limits
from graph_api.store.statements import Statement

TYPE_NAME = "__typename"
LINK_SUFFIX = "Link"
LINKS_OWN = "Link"
"""Stands for the type of any edge in the questions that can be asked about a link."""
ID = value_type(str)

SCOPE = "scope"
"""The argument of questions about the graph that says which part of it they are about."""

Fields = Mapping[str, list[FieldDetails]]
Questions = Mapping[tuple[str, str], Question]
"""Questions by the GraphQL type and field where they are asked."""


@dataclass(frozen=True)
class _List:
    """What a list is of: a kind, or a link's far end."""

    target: str
    kinds: tuple[str, ...]
    link_field: LinkField | None = None

    @classmethod
    def linked(cls, link_field: LinkField) -> "_List":
        """Describe the list at a link field."""
        return cls(link_field.target, link_field.far, link_field)

    def terms(self, model: Model, wanted: Sequence[Mapping[str, Any]]) -> tuple[Term, ...]:
        """Work the whole order out: what was asked for, else the links' own positions; at last key and id."""
        kind = model.kinds[self.kinds[0]]
        terms: list[Term] = []
        for one in wanted:
            on, _, name = str(one["by"]).rpartition(".")
            properties = self.link_field.link.properties if on and self.link_field else kind.properties
            prop = properties[name]
            nullable = not prop.always or bool(on)
            terms.append(Term(On.LINK if on else On.NODE, name, one["direction"] == "DESC", nullable, prop.type))
            if name == "key" and not self.link_field:
                # All of a kind have different keys: nothing behind the key decides anything.
                break
        if not terms and self.link_field and Hop.along(self.link_field).positioned:
            position = self.link_field.link.properties["position"].type
            terms.append(Term(On.LINK, "position", descending=False, nullable=True, type=position))
        descending = terms[-1].descending if terms else False
        if not any(term.on is On.NODE and term.name == "key" for term in terms):
            terms.append(Term(On.NODE, "key", descending, nullable=False, type=TEXT))
        if self.link_field:
            # Several links may lead to one entity, and to entities of several kinds with one key.
            terms.append(Term(On.LINK, "id", descending, nullable=False, type=TEXT))
        return tuple(terms)


@dataclass
class _Bounds:
    """How much of what one operation may ask for it has asked for."""

    links: int = 0
    depth: int = 0
    field: FieldNode | None = None
    """The field that is being planned."""


@dataclass(frozen=True)
class Planner:
    """Makes plans for one operation. Raises TooCostlyError where it asks for more than one operation may."""

    schema: GraphQLSchema
    model: Model
    questions: Questions
    operation: OperationDefinitionNode
    fragments: dict[str, FragmentDetails]
    variables: VariableValues
    limits: Limits = field(default_factory=Limits)
    bounds: _Bounds = field(default_factory=_Bounds)
    planned: dict[tuple[Hashable, ...], Connection | Single | SingleEdge] = field(default_factory=dict)
    """Links planned already: the kinds behind an interface share theirs."""
    asked: dict[tuple[Hashable, ...], Asked] = field(default_factory=dict)
    """Questions planned already, likewise."""

    @property
    def root(self) -> str:
        """The type whose fields the operation selects."""
        return self.operation.operation.value.capitalize()

    def plan(self) -> tuple[Plan, tuple[tuple[FieldNode, ...], ...]]:
        """Plan every root field, in the order of the response; return where each stands in the document as well."""
        root = self._object(self.root)
        fields = collect_fields(self.schema, self.fragments, self.variables, root, self.operation).grouped_field_set
        roots = tuple(self._placed(key, details) for key, details in fields.items())
        plan = Plan(roots, self.bounds.links)
        return plan, tuple(tuple(detail.node for detail in details) for details in fields.values())

    def _placed(self, key: str, details: list[FieldDetails]) -> RootField:
        """Plan a root field; say of what cannot be planned where it stands."""
        self.bounds.field = details[0].node
        try:
            return self._root(key, details)
        except UserInputError as error:
            name = details[0].node.name.value
            return Refused(key, error, required=is_non_null_type(self._object(self.root).fields[name].type))
        except GraphApiError as error:
            code = {"code": error.code.value}
            raise GraphQLError(error.message, self.bounds.field, original_error=error, extensions=code) from error

    def _root(self, key: str, details: list[FieldDetails]) -> RootField:  # noqa: PLR0911 - one for each sort of field
        name = details[0].node.name.value
        if name == TYPE_NAME:
            return TypeName(key)
        if name.startswith("__"):
            return Introspection(key)
        arguments = self._arguments(self.root, details)
        target = get_named_type(self._object(self.root).fields[name].type).name
        if question := self.questions.get((self.root, name)):
            definition = self._object(self.root).fields[name]
            required, scoped = is_non_null_type(definition.type), SCOPE in definition.args
            return Ask(key, question, *self._asked(question, arguments, target, details), required, scoped)
        if self.operation.operation is OperationType.MUTATION:
            return Write(key, name, arguments, self._answer(target, details))
        if listed := self.model.listed(name):
            return Listing(key, listed.name, self._listed(_List(listed.name, (listed.name,)), self.root, details))
        if name == "nodes":
            return ByIds(key, arguments, self._entities(target, details))
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
            return self._question(key, question, kind_name, details)
        link_field = kind.links[name] if name in kind.links else kind.links[name.removesuffix(LINK_SUFFIX)]
        nodes = tuple(id(detail.node) for detail in details)
        once = (key, link_field.link.name, link_field.direction, link_field.far, nodes)
        if once not in self.planned:
            if name in kind.links:
                self.planned[once] = self._link(key, link_field, details)
            else:
                self.planned[once] = self._single_edge(key, link_field, kind_name, details)
        return self.planned[once]

    def _question(self, key: str, question: Question, parent: str, details: list[FieldDetails]) -> Asked:
        """Plan a question about an entity or a link, whose field of type `parent` this is; kinds share it as links."""
        once = (key, question.name, tuple(id(detail.node) for detail in details))
        if once not in self.asked:
            target = get_named_type(self._object(parent).fields[details[0].node.name.value].type).name
            with self._deeper(details):
                asked = self._asked(question, self._arguments(parent, details), target, details)
            self.asked[once] = Asked(key, question, *asked)
        return self.asked[once]

    def _asked(
        self, question: Question, arguments: Arguments, target: str, details: list[FieldDetails]
    ) -> tuple[str, Arguments, Answer, Statement, Selected]:
        """Plan what any question needs."""
        answer = self._answer(target, details)
        selected = frozenset(_attributes(answer))
        facts = question.facts(arguments.values(self.variables), selected)
        return question.name, arguments, answer, facts, selected

    @contextmanager
    def _deeper(self, details: list[FieldDetails]) -> Iterator[None]:
        """Count a link selection, and how deep it lies, before anything in it is planned."""
        self.bounds.field = details[0].node
        self.bounds.links += 1
        self.bounds.depth += 1
        if self.bounds.depth > self.limits.link_depth:
            message = (
                f"The operation follows links more than {self.limits.link_depth} deep (LIMIT_LINK_DEPTH)."
                " Ask for less at a time."
            )
            raise TooCostlyError(message)
        if self.bounds.links > self.limits.links:
            message = (
                f"The operation selects more than {self.limits.links} links (LIMIT_LINKS). Ask for less at a time."
            )
            raise TooCostlyError(message)
        yield
        self.bounds.depth -= 1

    def _parts(self, value: ValueType, details: list[FieldDetails]) -> tuple[tuple[str, str], ...]:
        if value.struct is None:
            return ()
        return tuple((key, inner[0].node.name.value) for key, inner in self._subfields(value.graphql, details).items())

    def _link(self, key: str, link_field: LinkField, details: list[FieldDetails]) -> Connection | Single:
        hop = Hop.along(link_field)
        with self._deeper(details):
            if link_field.single:
                return Single(key, hop, self._entities(link_field.target, details, link_field.far))
            return Connection(key, hop, self._listed(_List.linked(link_field), link_field.kind, details))

    def _listed(self, of: "_List", parent: str, details: list[FieldDetails]) -> Listed:
        """Plan a page of a list, which is a field of `parent`."""
        arguments = self._arguments(parent, details)
        given = arguments.values(self.variables)
        type_name = get_named_type(self._object(parent).fields[details[0].node.name.value].type).name
        views: list[View] = []
        for key, inner in self._subfields(type_name, details).items():
            name = inner[0].node.name.value
            target = get_named_type(self._object(type_name).fields[name].type).name if name != TYPE_NAME else ""
            match name:
                case "nodes":
                    views.append(NodesView(key, self._entities(of.target, inner, of.kinds)))
                case "edges":
                    views.append(EdgesView(key, target, self._edge(of, target, inner)))
                case "totalCount":
                    views.append(TotalCount(key))
                case "pageInfo":
                    fields = self._subfields(target, inner).items()
                    views.append(PageInfoView(key, tuple((k, field[0].node.name.value) for k, field in fields)))
                case _:
                    views.append(TypeName(key))
        return Listed(type_name, arguments, self._condition(of, given), self._page(of, given, views), tuple(views))

    def _condition(self, of: "_List", given: Mapping[str, Any]) -> Condition | None:
        if not given.get("filter"):
            return None
        conditions = Conditions(self.model)
        if of.link_field:
            return conditions.of_link(of.link_field, given["filter"], ("filter",))
        return conditions.of_entity(of.kinds, given["filter"], ("filter",))

    def _page(self, of: "_List", given: Mapping[str, Any], views: list[View]) -> Page:
        backward = given.get("last") is not None
        ahead = "hasPreviousPage" if backward else "hasNextPage"
        return Page(
            terms=of.terms(self.model, given.get("orderBy") or ()),
            backward=backward,
            after=given.get("after") is not None,
            before=given.get("before") is not None,
            more=any(name == ahead for view in views if isinstance(view, PageInfoView) for _, name in view.fields),
        )

    def _single_edge(self, key: str, link_field: LinkField, kind: str, details: list[FieldDetails]) -> SingleEdge:
        type_name = get_named_type(self._object(kind).fields[link_field.name + LINK_SUFFIX].type).name
        with self._deeper(details):
            edge = self._edge(_List.linked(link_field), type_name, details)
            return SingleEdge(key, Hop.along(link_field), type_name, edge)

    def _edge(self, of: "_List", type_name: str, details: list[FieldDetails]) -> tuple[EdgeField, ...]:
        fields: list[EdgeField] = []
        for key, inner in self._subfields(type_name, details).items():
            name = inner[0].node.name.value
            if name == TYPE_NAME:
                fields.append(TypeName(key))
            elif name == "node":
                fields.append(NodeView(key, self._entities(of.target, inner, of.kinds)))
            elif name == "cursor":
                fields.append(Cursor(key))
            elif question := self.questions.get((LINKS_OWN, name)):
                fields.append(self._question(key, question, type_name, inner))
            elif of.link_field:
                fields.append(Own(key, name, of.link_field.link.properties[name].type))
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
            elif target.name == "Node" or target.name in self.model.kinds or target.name in self.model.interfaces:
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


def _attributes(answer: Answer) -> Iterator[str]:
    """List the attributes that are selected of an answer and of its parts."""
    for entry in answer.fields:
        if not isinstance(entry, TypeName):
            yield entry.attribute
        if isinstance(entry, Part):
            yield from _attributes(entry.answer)


def fragments(document: DocumentNode) -> dict[str, FragmentDetails]:
    """Collect the document's fragments by name."""
    return {
        definition.name.value: FragmentDetails(definition)
        for definition in document.definitions
        if isinstance(definition, FragmentDefinitionNode)
    }
