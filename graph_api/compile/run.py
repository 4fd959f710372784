"""One operation from document to response: plan it once, then a statement for each root field.

Plans are kept by document, operation and the values of the variables that decide on `@skip` and `@include`, at most
`PLANS` of them. A root field is one statement; a question is one more, which hydrates the entities of its answer.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Protocol, TypeVar

from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    execute,
)
from graphql.execution.values import VariableValues, get_variable_values

from graph_api.compile import render
from graph_api.compile.deciding import deciding_variables
from graph_api.compile.names import Rendered
from graph_api.compile.page import MOST
from graph_api.compile.plan import (
    Ask,
    ByIds,
    Introspection,
    Listed,
    Listing,
    Lookup,
    Plan,
    Refused,
    RootField,
    TypeName,
    Write,
)
from graph_api.compile.planner import Planner, Questions, fragments
from graph_api.compile.question import Solves, WorksLong
from graph_api.compile.shape import (
    Json,
    Open,
    Shaper,
    answer_shaper,
    entity_shaper,
    ids_shaper,
    list_shaper,
    written_shaper,
)
from graph_api.errors import Code, GraphApiError, TooCostlyError, UserInputError
from graph_api.model import Model
from graph_api.model.values import OrderChoice

PLANS = 512

_BESIDE = ThreadPoolExecutor(max_workers=8, thread_name_prefix="answers")
"""Where long answers are worked out."""
_SOLVING = ThreadPoolExecutor(max_workers=2, thread_name_prefix="solving")
"""Where those are that take a processor and memory to themselves: few at a time, and in nobody else's way."""

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Reader(Protocol):
    """Where statements go: `Store.read`."""

    async def read(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> list[Any]:
        """Run a statement that gives one record and return its values."""


Fill = Callable[[object, Reader], Awaitable[Json]]
"""Turns what a change tells of itself (attributes named as the payload's fields) into the response, reading there."""


class Changer(Protocol):
    """Who changes the graph for one request."""

    async def change(self, field: str, key: str, arguments: Mapping[str, Any], fill: Fill) -> Json:
        """Do what a root field of a mutation asks, whose name in the response is `key`; return its value there."""


@dataclass(frozen=True)
class Root:
    """A root field of a plan, the function that shapes its answer, and its statements, by their variant."""

    plan: RootField
    shaper: Shaper | None
    nodes: tuple[FieldNode, ...]
    """Where it stands in the document."""
    _statements: dict[Hashable, Rendered] = field(default_factory=dict)

    @property
    def beside(self) -> Executor | None:
        """Where its answer is worked out beside all other requests; null where that takes no time."""
        question: object = self.plan.question if isinstance(self.plan, Ask) else None
        if isinstance(question, Solves):
            return _SOLVING
        return _BESIDE if isinstance(question, WorksLong) else None

    @property
    def required(self) -> bool:
        """Whether its type allows no null, so that without it there is no answer at all."""
        if isinstance(self.plan, Refused | Ask):
            return self.plan.required
        return isinstance(self.plan, Listing | ByIds)

    def statement(self, variables: VariableValues, model: Model) -> tuple[str, dict[str, Any]]:
        """Return the statement that the field sends first, and its parameters; the text never depends on these."""
        rendered = self._rendered(variables, model)
        return rendered.text, rendered.parameters(variables)

    def _rendered(self, variables: VariableValues, model: Model) -> Rendered:
        match self.plan:
            case Lookup(arguments=arguments, entity=entity):
                values = arguments.values(variables)
                given = [by for by in ("key", "id") if values.get(by) is not None]
                if len(given) != 1:
                    name = self.nodes[0].name.value
                    message = f"{name} takes exactly one of `key` and `id`; give one of them."
                    raise UserInputError(message)
                (by,) = given
                return self._once(by, lambda: render.lookup(entity, arguments, by))
            case Ask(arguments=arguments, question=question) as ask:
                if not question.about_entity:
                    return self._once(None, lambda: render.ask(ask, None))
                # The kind is one of a closed set; its label is the one thing of the text that an argument decides.
                kind = model.kinds[arguments.values(variables)["kind"]].name
                return self._once(kind, lambda: render.ask(ask, kind))
            case Listing(listed=listed) as listing:
                unknown, plain = _at_cursor(listed, variables)
                return self._once((unknown, plain), lambda: render.listing(listing, unknown=unknown, plain=plain))
            case ByIds(arguments=arguments) as by_ids:
                if len(arguments.values(variables)["ids"]) > MOST:
                    message = f"nodes takes {MOST} ids at most. Ask for the others in a second request."
                    raise TooCostlyError(message)
                return self._once(None, lambda: render.by_ids(by_ids))
            case _:
                message = "A field about the schema sends no statement."
                raise TypeError(message)

    def _once(self, variant: Hashable, make: Callable[[], Rendered]) -> Rendered:
        if variant not in self._statements:
            self._statements[variant] = make()
        return self._statements[variant]


def _at_cursor(listed: Listed, variables: VariableValues) -> tuple[bool, bool]:
    """Say of the one cursor of a page whether the field the list is sorted by is null there, and whether it is plain.

    A plain text sorts the same by code point as by UTF-16 unit beside any other.
    """
    page = listed.page
    if page.after == page.before:
        return False, not page.after
    values = page.values(listed.arguments.values(variables), "after" if page.after else "before")
    plain = all(char < "\ud800" for value in values if isinstance(value, str) for char in value)
    return values[0] is None, plain


@dataclass(frozen=True)
class Prepared:
    """A planned operation, ready to be answered for any values of its variables."""

    plan: Plan
    roots: tuple[Root, ...]
    statements: dict[tuple[int, ...], Rendered] = field(default_factory=dict)
    """The statements that hydrate its answers, by the identities of the selections (which the plan holds) they fill."""
    about_schema: dict[str, Json] = field(default_factory=dict)
    """What the schema says of itself, once that was asked."""


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
        deciding = _cached(self._deciding, text, lambda: deciding_variables(document))
        decided = tuple(sorted((name, bool(variables.coerced.get(name))) for name in deciding))
        # A change is planned the same whatever is in its input.
        shape = shape_of(variables.coerced) if operation.operation is not OperationType.MUTATION else None
        key = (text, operation.name.value if operation.name else None, decided, shape)
        return _cached(self._plans, key, lambda: self._prepare(document, operation, variables))

    async def execute(  # noqa: PLR0913, PLR0917 - a request is made of so much
        self,
        text: str,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        inputs: Mapping[str, Any] | None,
        reader: Reader,
        changer: Changer | None = None,
    ) -> ExecutionResult:
        """Answer a validated query or mutation, the latter's fields one after the other by the `changer`.

        A fault of one root field is an error with its path; the others are answered.
        """
        variables = self.variables(operation, inputs)
        if isinstance(variables, list):
            return ExecutionResult(data=None, errors=[coded(error) for error in variables])
        try:
            prepared = self.prepare(text, document, operation, variables)
        except GraphApiError as error:
            return ExecutionResult(
                data=None, errors=[GraphQLError(error.message, extensions={"code": error.code.value})]
            )
        if changer:
            answers = [await self._changed(root, prepared, variables, changer) for root in prepared.roots]
        else:
            answers = await asyncio.gather(
                *(self._answer(root, prepared, variables, reader) for root in prepared.roots), return_exceptions=True
            )
        schema_data = self._introspect(prepared, document, operation, inputs)
        data: dict[str, Json] | None = {}
        errors: list[GraphQLError] = []
        for root, answer in zip(prepared.roots, answers, strict=True):
            key = root.plan.key
            if isinstance(answer, BaseException):
                errors.append(told(answer, key, root.nodes))
                data = None if data is None or root.required else {**data, key: None}
            elif data is not None:
                data[key] = schema_data[key] if isinstance(root.plan, Introspection) else answer
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
        plan, nodes = planner.plan()
        roots = zip(plan.roots, nodes, strict=True)
        return Prepared(plan, tuple(Root(root, _shaper(root), where) for root, where in roots))

    async def _answer(self, root: Root, prepared: Prepared, variables: VariableValues, reader: Reader) -> Json:
        if isinstance(root.plan, TypeName):
            return self._schema.query_type.name if self._schema.query_type else None
        if isinstance(root.plan, Refused):
            raise root.plan.error
        if root.shaper is None:
            return None
        text, parameters = root.statement(variables, self._model)
        (record,) = await reader.read(text, parameters)
        return await self._shaped(root.shaper, record, prepared, variables, reader, beside=root.beside)

    async def _changed(
        self, root: Root, prepared: Prepared, variables: VariableValues, changer: Changer
    ) -> Json | Exception:
        """Do what one root field of a mutation asks; what goes wrong is returned: the next ones are done as well."""
        if isinstance(root.plan, TypeName):
            return self._schema.mutation_type.name if self._schema.mutation_type else None
        shaper = root.shaper
        if not isinstance(root.plan, Write) or shaper is None:
            return root.plan.error if isinstance(root.plan, Refused) else None

        async def fill(told: object, reader: Reader) -> Json:
            return await self._shaped(shaper, told, prepared, variables, reader)

        try:
            arguments = root.plan.arguments.values(variables)
            return await changer.change(root.plan.name, root.plan.key, arguments, fill)
        except Exception as error:  # noqa: BLE001 - whatever it is becomes an error of this field
            return error

    async def event(self, prepared: Prepared, facts: Any, variables: VariableValues, reader: Reader) -> dict[str, Json]:
        """Answer a subscription's one root field from facts that came by themselves; raises what goes wrong."""
        (root,) = prepared.roots
        if root.shaper is None:
            return {root.plan.key: None}
        return {root.plan.key: await self._shaped(root.shaper, facts, prepared, variables, reader)}

    async def _shaped(  # noqa: PLR0913 - shaping takes so much
        self,
        shaper: Shaper,
        record: Any,
        prepared: Prepared,
        variables: VariableValues,
        reader: Reader,
        *,
        beside: Executor | None = None,
    ) -> Json:
        """Shape what was read, and read what that leaves open; if it takes long, beside all other requests."""
        left_open = Open(variables)
        work = partial(shaper, record, left_open)
        answer = await asyncio.get_running_loop().run_in_executor(beside, work) if beside else work()
        while wanted := left_open.take():
            groups = tuple(id(group.entity) for group in wanted)
            if groups not in prepared.statements:
                prepared.statements[groups] = render.hydrate(tuple(group.entity for group in wanted))
            rendered = prepared.statements[groups]
            ids = {f"ids{n}": list(group.places) for n, group in enumerate(wanted)}
            (rows,) = await reader.read(rendered.text, rendered.parameters(variables) | ids)
            for group, found in zip(wanted, rows, strict=True):
                group.fill(found, left_open)
        return answer

    def _introspect(
        self,
        prepared: Prepared,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        inputs: Mapping[str, Any] | None,
    ) -> Mapping[str, Json]:
        """Let graphql-core answer root fields about the schema; those of the graph resolve to nothing there.

        The answer to the usual introspection query is large and never changes: without variables it is kept.
        """
        if not any(isinstance(root, Introspection) for root in prepared.plan.roots):
            return {}
        if prepared.about_schema:
            return prepared.about_schema
        name = operation.name.value if operation.name else None
        result = execute(self._schema, document, variable_values=dict(inputs or {}), operation_name=name)
        if not isinstance(result, ExecutionResult) or result.data is None:
            message = "The schema could not be read."
            raise TypeError(message)
        if not operation.variable_definitions:
            prepared.about_schema.update(result.data)
        return result.data


def shape_of(value: Any) -> Hashable:
    """Say what a plan takes from variables: which fields of an input are there, booleans and choices of order."""
    match value:
        case dict():
            return tuple(sorted((name, shape_of(inner)) for name, inner in value.items()))
        case list():
            return tuple(shape_of(inner) for inner in value) if any(isinstance(one, dict) for one in value) else "list"
        case OrderChoice() | bool():
            return value
        case _:
            return None if value is None else "value"


def _shaper(root: RootField) -> Shaper | None:
    match root:
        case Listing(listed=listed):
            return list_shaper(listed)
        case ByIds():
            return ids_shaper(root)
        case Lookup(entity=entity):
            return entity_shaper(entity)
        case Ask():
            return answer_shaper(root)
        case Write():
            return written_shaper(root)
        case _:
            return None


def told(error: BaseException, key: str | None = None, nodes: tuple[FieldNode, ...] = ()) -> GraphQLError:
    """Turn what went wrong in a root field, or before any, into an error of the response; tell nothing from inside."""
    if not isinstance(error, Exception):
        raise error  # cancellation and the like are not answers
    path = None if key is None else [key]
    if isinstance(error, GraphQLError):
        return coded(GraphQLError(error.message, error.nodes or list(nodes), path=path, extensions=error.extensions))
    if isinstance(error, GraphApiError):
        return GraphQLError(error.message, list(nodes), path=path, extensions={"code": error.code.value})
    _log.error("An operation failed.", exc_info=error)
    message = "Something went wrong on our side. The server's log says more."
    return GraphQLError(message, list(nodes), path=path, extensions={"code": Code.INTERNAL.value})


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
