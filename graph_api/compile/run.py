"""One operation from document to response: plan it once, then a statement for each root field.

Plans are kept by document, operation and the values of the variables that decide on `@skip` and `@include`, at most
`PLANS` of them. A root field is one statement; a question is one more, which hydrates the entities of its answer.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    VariableNode,
    Visitor,
    execute,
    visit,
)
from graphql.execution.values import VariableValues, get_variable_values
from graphql.language import DirectiveNode

from graph_api.compile import render
from graph_api.compile.plan import Ask, Entities, Introspection, Lookup, Plan, TypeName
from graph_api.compile.planner import Planner, Questions, fragments
from graph_api.compile.shape import Json, Open, Shaper, answer_shaper, entity_shaper
from graph_api.errors import Code, GraphApiError, UserInputError
from graph_api.model import Model

PLANS = 512
ROOT_TYPE = "Query"

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Reader(Protocol):
    """Where statements go: `Store.read`."""

    async def read(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> list[Any]:
        """Run a statement that gives one record and return its values."""


@dataclass(frozen=True)
class Root:
    """A root field of a plan, the function that shapes its answer, and the statements it has sent, by their variant."""

    plan: TypeName | Lookup | Ask | Introspection
    shaper: Shaper | None
    _texts: dict[str, str] = field(default_factory=dict)

    def statement(self, variables: VariableValues, model: Model) -> tuple[str, dict[str, Any]]:
        """Return the statement that the field sends first, and its parameters; the text never depends on these."""
        if isinstance(self.plan, Lookup):
            arguments = self.plan.arguments.values(variables)
            given = {name: arguments[name] for name in ("key", "id") if arguments.get(name) is not None}
            if len(given) != 1:
                message = f"{self.plan.key} takes exactly one of `key` and `id`; give one of them."
                raise UserInputError(message)
            entity = self.plan.entity
            ((by, value),) = given.items()
            return self._text(by, lambda: render.lookup(entity, by)), {by: value}
        if isinstance(self.plan, Ask):
            arguments, facts = self.plan.arguments.values(variables), self.plan.question.facts
            # The kind is one of a closed set; its label is the one thing of the text that an argument decides.
            kind = model.kinds[arguments["kind"]].name
            return self._text(kind, lambda: render.ask(facts, kind)), {"key": arguments["key"]}
        message = "A field about the schema sends no statement."
        raise TypeError(message)

    def _text(self, variant: str, make: Callable[[], str]) -> str:
        if variant not in self._texts:
            self._texts[variant] = make()
        return self._texts[variant]


@dataclass(frozen=True)
class Prepared:
    """A planned operation, ready to be answered for any values of its variables."""

    plan: Plan
    roots: tuple[Root, ...]
    statements: dict[tuple[Entities, ...], str] = field(default_factory=dict)
    """The statements that hydrate its answers, by the selections they fill in."""


class Compiler:
    """Answers operations on one schema. Its only state is its bounded caches; made for one event loop."""

    def __init__(self, schema: GraphQLSchema, model: Model, questions: Questions) -> None:
        self._schema = schema
        self._model = model
        self._questions = questions
        self._plans: OrderedDict[Hashable, Prepared] = OrderedDict()
        self._deciding: OrderedDict[Hashable, frozenset[str]] = OrderedDict()

    def prepare(
        self, text: str, document: DocumentNode, operation: OperationDefinitionNode, variables: VariableValues
    ) -> Prepared:
        """Return the plan of a validated operation, made now or before."""
        deciding = _cached(self._deciding, text, lambda: _deciding_variables(document))
        decided = tuple(sorted((name, bool(variables.coerced.get(name))) for name in deciding))
        key = (text, operation.name.value if operation.name else None, decided)
        return _cached(self._plans, key, lambda: self._prepare(document, operation, variables))

    async def execute(
        self,
        text: str,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        inputs: Mapping[str, Any] | None,
        reader: Reader,
    ) -> ExecutionResult:
        """Answer a validated query. A fault of one root field is an error with its path; the others are answered."""
        variables = self.variables(operation, inputs)
        if isinstance(variables, list):
            return ExecutionResult(data=None, errors=[coded(error) for error in variables])
        try:
            prepared = self.prepare(text, document, operation, variables)
        except GraphApiError as error:
            return ExecutionResult(
                data=None, errors=[GraphQLError(error.message, extensions={"code": error.code.value})]
            )
        answers = await asyncio.gather(
            *(self._answer(root, prepared, variables, reader) for root in prepared.roots), return_exceptions=True
        )
        schema_data = self._introspect(prepared.plan, document, operation, inputs)
        data: dict[str, Json] = {}
        errors: list[GraphQLError] = []
        for root, answer in zip(prepared.plan.roots, answers, strict=True):
            if isinstance(answer, BaseException):
                data[root.key] = None
                errors.append(located(answer, root.key, operation))
            else:
                data[root.key] = schema_data[root.key] if isinstance(root, Introspection) else answer
        return ExecutionResult(data=data, errors=errors or None)

    def variables(
        self, operation: OperationDefinitionNode, inputs: Mapping[str, Any] | None
    ) -> VariableValues | list[GraphQLError]:
        """Coerce a request's variables, or say what is wrong with them."""
        return get_variable_values(self._schema, operation.variable_definitions or (), dict(inputs or {}))

    def _prepare(
        self, document: DocumentNode, operation: OperationDefinitionNode, variables: VariableValues
    ) -> Prepared:
        planner = Planner(self._schema, self._model, self._questions, operation, fragments(document), variables)
        plan = planner.plan()
        return Prepared(plan, tuple(Root(root, _shaper(root)) for root in plan.roots))

    async def _answer(self, root: Root, prepared: Prepared, variables: VariableValues, reader: Reader) -> Json:
        if isinstance(root.plan, TypeName):
            return ROOT_TYPE
        if root.shaper is None:
            return None
        text, parameters = root.statement(variables, self._model)
        (record,) = await reader.read(text, parameters)
        left_open = Open(variables)
        answer = root.shaper(record, left_open)
        while wanted := left_open.take():
            groups = tuple(group.entity for group in wanted)
            if groups not in prepared.statements:
                prepared.statements[groups] = render.hydrate(groups)
            text = prepared.statements[groups]
            (rows,) = await reader.read(text, {f"ids{n}": list(group.places) for n, group in enumerate(wanted)})
            for group, found in zip(wanted, rows, strict=True):
                group.fill(found, left_open)
        return answer

    def _introspect(
        self, plan: Plan, document: DocumentNode, operation: OperationDefinitionNode, inputs: Mapping[str, Any] | None
    ) -> Mapping[str, Json]:
        """Let graphql-core answer root fields about the schema; those of the graph resolve to nothing there."""
        if not any(isinstance(root, Introspection) for root in plan.roots):
            return {}
        name = operation.name.value if operation.name else None
        result = execute(self._schema, document, variable_values=dict(inputs or {}), operation_name=name)
        if isinstance(result, ExecutionResult) and result.data is not None:
            return result.data
        message = "The schema could not be read."
        raise TypeError(message)


def _shaper(root: TypeName | Lookup | Ask | Introspection) -> Shaper | None:
    match root:
        case Lookup(entity=entity):
            return entity_shaper(entity)
        case Ask():
            return answer_shaper(root)
        case _:
            return None


def located(error: BaseException, key: str, operation: OperationDefinitionNode) -> GraphQLError:
    """Turn what went wrong in a root field into an error of the response. Nothing from inside is told."""
    if not isinstance(error, Exception):
        raise error  # cancellation and the like are not answers
    nodes = [
        node
        for node in operation.selection_set.selections
        if isinstance(node, FieldNode) and (node.alias or node.name).value == key
    ]
    if isinstance(error, GraphQLError):
        return coded(GraphQLError(error.message, error.nodes or nodes, path=[key], extensions=error.extensions))
    if isinstance(error, GraphApiError):
        return GraphQLError(error.message, nodes, path=[key], extensions={"code": error.code.value})
    _log.error("A root field failed.", exc_info=error)
    message = "Something went wrong on our side. The server's log says more."
    return GraphQLError(message, nodes, path=[key], extensions={"code": Code.INTERNAL.value})


def coded(error: GraphQLError) -> GraphQLError:
    """Give an error about the request's input its code."""
    error.extensions = {"code": Code.BAD_USER_INPUT.value, **(error.extensions or {})}
    return error


def _cached(cache: OrderedDict[Hashable, T], key: Hashable, make: Callable[[], T]) -> T:
    """Return what is kept under a key, or make and keep it, dropping what was used longest ago."""
    if key in cache:
        cache.move_to_end(key)
        return cache[key]
    made = cache[key] = make()
    if len(cache) > PLANS:
        cache.popitem(last=False)
    return made


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


def _deciding_variables(document: DocumentNode) -> frozenset[str]:
    visitor = _Deciding()
    visit(document, visitor)
    return frozenset(visitor.names)
