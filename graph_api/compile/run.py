"""One operation from document to response: plan it once, then a statement for each root field.

Plans are kept by document, operation and the values of the variables that decide on `@skip` and `@include`, at most
`PLANS` of them. A root field is one statement; a question is one more, which hydrates the entities of its answer.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
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
from graph_api.compile.cost import Estimate, Statistics
from graph_api.compile.deciding import deciding_variables
from graph_api.compile.gate import CrowdedError, Gate
from graph_api.compile.page import MOST
from graph_api.compile.plan import (
    Ask,
    ByIds,
    Introspection,
    Listing,
    Lookup,
    Refused,
    RootField,
    TypeName,
    Write,
)
from graph_api.compile.planner import Planner, Questions, fragments
from graph_api.compile.prepared import Prepared, Root
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
from graph_api.errors import Code, GraphApiError, TooCostlyError
from graph_api.model import Model
from graph_api.model.values import OrderChoice
from graph_api.settings import Limits

PLANS = 512
TOO_LATE = "It took longer than the {seconds:g} seconds that one operation has (LIMIT_SECONDS). Ask for less at a time."
SLACK = 0.5
"""Seconds by which who waits for an answer from elsewhere is more patient than who works on it."""

T = TypeVar("T")
_log = logging.getLogger(__name__)


class OperationTimeoutError(GraphApiError):
    """An operation took longer than it may."""

    code = Code.TIMEOUT


class Reader(Protocol):
    """Where statements go: `Store.read`."""

    async def read(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> list[Any]:
        """Run a statement that gives one record and return its values."""


Fill = Callable[[object, Reader], Awaitable[Json]]
"""Turns what a change tells of itself (attributes named as the payload's fields) into the response, reading there."""


class Elsewhere(Protocol):
    """Where heavy operations can be answered instead, so that nothing here waits for them."""

    @property
    def ready(self) -> bool:
        """Whether it takes operations now."""

    def expect(self) -> None:
        """Be told that something heavy has come, so that it is ready for the next."""

    async def execute(self, text: str, operation: str | None, inputs: Mapping[str, Any] | None) -> "Executed":
        """Answer a valid query; raises ServiceUnavailableError where it is lost on the way."""


class Changer(Protocol):
    """Who changes the graph for one request."""

    async def change(self, field: str, key: str, arguments: Mapping[str, Any], fill: Fill) -> Json:
        """Do what a root field of a mutation asks, whose name in the response is `key`; return its value there."""


@dataclass(frozen=True, slots=True)
class Executed:
    """What became of an operation, and what it was expected to cost; none where it was not planned."""

    result: ExecutionResult
    cost: float | None = None


class Compiler:
    """Answers operations on one schema. Its only state is its bounded caches; made for one event loop."""

    def __init__(
        self,
        schema: GraphQLSchema,
        model: Model,
        questions: Questions,
        limits: Limits | None = None,
        *,
        suggests: bool = True,
    ) -> None:
        self.limits = limits or Limits()
        self.gate = Gate(self.limits.heavy, self.limits.waiting)
        self.statistics = Statistics()
        """How large the graph is, as far as somebody has counted it; what operations cost is reckoned with it."""
        self.elsewhere: Elsewhere | None = None
        self._schema = schema
        self._model = model
        self._questions = questions
        self._suggests = suggests
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
    ) -> Executed:
        """Answer a validated query or mutation, the latter's fields one after the other by the `changer`.

        A fault of one root field is an error with its path; the others are answered. What costs too much is refused
        before anything is read; a query has `limits.seconds`, and what is not there by then is an error.
        """
        variables = self.variables(operation, inputs)
        if isinstance(variables, list):
            return _refused(*map(coded, variables))
        try:
            prepared = self.prepare(text, document, operation, variables)
        except Exception as error:  # noqa: BLE001 - told() tells nothing from inside
            return _refused(told(error))
        cost: float | None = None
        if changer:
            answers = [await self._changed(root, prepared, variables, changer) for root in prepared.roots]
        else:
            expected = self._expected(prepared, variables)
            cost = expected.cost if expected else None
            if expected and (excess := self._excess(expected)):
                return Executed(_refused(told(excess)).result, cost)
            if expected and (prepared.solves or expected.cost >= self.limits.heavy_cost):
                name = operation.name.value if operation.name else None
                outcome = await self._heavy(text, name, inputs, partial(self._answers, prepared, variables, reader))
                if isinstance(outcome, Executed):
                    return replace(outcome, cost=cost)
                answers = [outcome] * len(prepared.roots) if isinstance(outcome, GraphApiError) else outcome
            else:
                answers = await self._answers(prepared, variables, reader)
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
        return Executed(ExecutionResult(data=data, errors=errors or None), cost)

    def _expected(self, prepared: Prepared, variables: VariableValues) -> Estimate | None:
        """Estimate what an operation takes; none where arguments make no sense, which its root field then tells."""
        try:
            return prepared.estimate(variables, self.statistics)
        except (GraphApiError, GraphQLError):
            return None

    def _excess(self, expected: Estimate) -> TooCostlyError | None:
        if self.limits.page < expected.page <= MOST:  # beyond that it is told where it stands
            return TooCostlyError(
                f"A page of {expected.page} elements is asked for; it may have {self.limits.page} at most (LIMIT_PAGE)."
                " Ask for the next page with a cursor."
            )
        if expected.cost > self.limits.cost:
            return TooCostlyError(
                f"The operation is expected to read {expected.cost:,.0f} entities; at most {self.limits.cost:,} are"
                " read at once (LIMIT_COST). Ask for smaller pages, or for fewer lists in lists."
            )
        return None

    async def _answers(
        self, prepared: Prepared, variables: VariableValues, reader: Reader
    ) -> list[Json | BaseException]:
        """Answer all root fields at once."""
        deadline = self._deadline()

        async def answer(root: Root) -> Json | BaseException:
            try:
                async with asyncio.timeout_at(deadline):
                    return await self._answer(root, prepared, variables, reader)
            except TimeoutError:
                return self._too_late()
            except Exception as error:  # noqa: BLE001 - whatever it is becomes an error of this field
                return error

        if len(prepared.roots) == 1:
            return [await answer(prepared.roots[0])]
        return await asyncio.gather(*map(answer, prepared.roots))

    async def _heavy(
        self,
        text: str,
        name: str | None,
        inputs: Mapping[str, Any] | None,
        here: Callable[[], Awaitable[list[Json | BaseException]]],
    ) -> "Executed | GraphApiError | list[Json | BaseException]":
        """Have a heavy operation answered when it is its turn: elsewhere, or here where that cannot be."""
        try:
            async with asyncio.timeout_at(self._deadline() + SLACK), self.gate.turn():
                if self.elsewhere and self.elsewhere.ready:
                    return await self.elsewhere.execute(text, name, inputs)
                if self.elsewhere:
                    self.elsewhere.expect()
                return await here()
        except TimeoutError:
            return self._too_late()
        except CrowdedError as error:
            return _refused(told(error))  # as a whole: nothing of it has begun
        except GraphApiError as error:
            return error

    def _deadline(self) -> float:
        return asyncio.get_running_loop().time() + self.limits.seconds

    def _too_late(self) -> OperationTimeoutError:
        return OperationTimeoutError(TOO_LATE.format(seconds=self.limits.seconds))

    def variables(
        self, operation: OperationDefinitionNode, inputs: Mapping[str, Any] | None
    ) -> VariableValues | list[GraphQLError]:
        """Coerce a request's variables, or say what is wrong with them."""
        return get_variable_values(
            self._schema,
            operation.variable_definitions or (),
            dict(inputs or {}),
            hide_suggestions=not self._suggests,
        )

    def _prepare(
        self, document: DocumentNode, operation: OperationDefinitionNode, variables: VariableValues
    ) -> Prepared:
        planner = Planner(
            self._schema, self._model, self._questions, operation, fragments(document), variables, self.limits
        )
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


def _refused(*errors: GraphQLError) -> Executed:
    return Executed(ExecutionResult(data=None, errors=list(errors)))


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
        code = {"code": error.code.value}
        return GraphQLError(error.message, list(nodes), path=path, original_error=error, extensions=code)
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
