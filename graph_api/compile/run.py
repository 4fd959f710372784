"""One operation from document to response: plan it once, then a statement for each root field.

Plans are kept by document, operation and the values of the variables that decide on `@skip` and `@include`, within the
bounds of `kept`. A root field is one statement; a question is one more, which hydrates the entities of its answer.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    execute,
)
from graphql.execution.values import VariableValues, get_variable_values

from graph_api.compile import render
from graph_api.compile.admission import Admission, Executed
from graph_api.compile.deciding import deciding_variables
from graph_api.compile.gate import CrowdedError
from graph_api.compile.kept import Kept
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
from graph_api.compile.told import coded, told
from graph_api.errors import GraphApiError
from graph_api.model import Model
from graph_api.model.values import OrderChoice
from graph_api.settings import Limits


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
        self.admission = Admission(limits or Limits())
        self._schema = schema
        self._model = model
        self._questions = questions
        self._suggests = suggests
        self._plans: Kept[Prepared] = Kept()
        self._deciding: Kept[frozenset[str]] = Kept()

    def prepare(
        self, text: str, document: DocumentNode, operation: OperationDefinitionNode, variables: VariableValues
    ) -> Prepared:
        """Return the plan of a validated operation, made now or before."""
        deciding = self._deciding.get(text, None, lambda: deciding_variables(document))
        decided = tuple(sorted((name, bool(variables.coerced.get(name))) for name in deciding))
        # A change is planned the same whatever is in its input.
        shape = shape_of(variables.coerced) if operation.operation is not OperationType.MUTATION else None
        key = (operation.name.value if operation.name else None, decided, shape)
        return self._plans.get(text, key, lambda: self._prepare(document, operation, variables))

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
        before anything is read or changed; a query has `limits.seconds`, and what is not there by then is an error.
        """
        variables = self.variables(operation, inputs)
        if isinstance(variables, list):
            return _refused(*map(coded, variables))
        try:
            prepared = self.prepare(text, document, operation, variables)
        except Exception as error:  # noqa: BLE001 - told() tells nothing from inside
            return _refused(told(error))
        together = partial(self._together, prepared, document, operation, inputs)

        async def here() -> Executed:
            return together(await self._answers(prepared, variables, reader))

        expected = self.admission.expected(prepared, variables)
        try:
            if excess := self.admission.excess(expected):
                executed = _refused(told(excess))
            elif changer:
                changed = [await self._changed(root, prepared, variables, changer) for root in prepared.roots]
                executed = together(changed)
            elif self.admission.is_heavy(prepared, expected):
                name = operation.name.value if operation.name else None
                executed = await self.admission.in_turn(text, name, inputs, here)
            else:
                executed = await here()
        except CrowdedError as error:
            executed = _refused(told(error))  # as a whole: nothing of it has begun
        except GraphApiError as error:
            executed = together([error] * len(prepared.roots))
        return replace(executed, cost=expected.cost)

    def _together(
        self,
        prepared: Prepared,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        inputs: Mapping[str, Any] | None,
        answers: Sequence[Json | BaseException],
    ) -> Executed:
        """Put the answers of all root fields together; an error stands for a field that has none."""
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
        return Executed(ExecutionResult(data=data, errors=errors or None))

    async def _answers(
        self, prepared: Prepared, variables: VariableValues, reader: Reader
    ) -> list[Json | BaseException]:
        """Answer all root fields at once."""
        deadline = self.admission.deadline()

        async def answer(root: Root) -> Json | BaseException:
            try:
                async with asyncio.timeout_at(deadline):
                    return await self._answer(root, prepared, variables, reader)
            except TimeoutError:
                return self.admission.too_late()
            except Exception as error:  # noqa: BLE001 - whatever it is becomes an error of this field
                return error

        if len(prepared.roots) == 1:
            return [await answer(prepared.roots[0])]
        return await asyncio.gather(*map(answer, prepared.roots))

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
            self._schema, self._model, self._questions, operation, fragments(document), variables, self.admission.limits
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
