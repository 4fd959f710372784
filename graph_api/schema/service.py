"""The schema with its compiler: what the web layer serves and the commands ask."""

from collections import OrderedDict
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, TypeVar, cast

import strawberry
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    OperationType,
    get_operation_ast,
    parse,
    specified_rules,
)
from strawberry.extensions import SchemaExtension
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.schema import StreamResult, validate_document
from strawberry.types import ExecutionContext
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType as Allowed

from graph_api.compile.planner import LINKS_OWN
from graph_api.compile.run import Compiler, Reader
from graph_api.errors import UserInputError
from graph_api.model import MODEL
from graph_api.questions.changes import FOLLOW, HISTORY
from graph_api.schema import made, types
from graph_api.schema.asked import QUESTION_FIELDS, ROOT_QUESTIONS
from graph_api.schema.changer import Caller, Changes
from graph_api.schema.feed import Feed
from graph_api.schema.following import Following, not_streamed
from graph_api.schema.history import Subscription
from graph_api.schema.mutation import mutation_type
from graph_api.schema.query import query_type
from graph_api.store.connection import Store

ONE_OF = "directive @oneOf on INPUT_OBJECT\n"
DOCUMENTS = 512
"""How many parsed and validated documents are kept."""


@dataclass(frozen=True)
class Service:
    """What a request is answered with: the compiler and where its statements go. The GraphQL context."""

    schema: strawberry.Schema
    compiler: Compiler
    reader: Reader
    following: Following
    store: Callable[[], Store] | None = None
    """Returns where changes go, or raises while that is not open yet; none where only reading is possible."""
    caller: Caller = field(default_factory=Caller)

    def called_by(self, caller: Caller) -> "Service":
        """Return the same service for the requests of one caller."""
        return replace(self, caller=caller)

    def changer(self, text: str, operation: str | None, variables: Mapping[str, Any] | None) -> Changes:
        """Return who makes the changes of one request."""
        if self.store is None:
            message = "This service can only be read."
            raise UserInputError(message)
        return Changes(self.store(), self.caller, (text, operation, dict(variables or {})), self.following.feed.wake)

    async def ask(self, query: str, variables: Mapping[str, Any] | None = None, operation: str | None = None) -> Any:
        """Answer a query from within, through the same code as any request."""
        return await self.schema.execute(
            query, variable_values=dict(variables or {}), context_value=self, operation_name=operation
        )


class Compiled(SchemaExtension):
    """Answers queries and mutations by their plans instead of field by field."""

    async def on_execute(self) -> AsyncIterator[None]:
        """Put the result in place before graphql-core would start."""
        context = self.execution_context
        document = context.graphql_document
        operation = get_operation_ast(document, context.operation_name) if document else None
        if operation and operation.operation is OperationType.SUBSCRIPTION:
            context.result = ExecutionResult(data=None, errors=[not_streamed()])
        elif document and operation:
            service: Service = context.context
            text, changer = context.query or "", None
            if operation.operation is OperationType.MUTATION:
                name = operation.name.value if operation.name else None
                changer = service.changer(text, name, context.variables)
            context.result = await service.compiler.execute(
                text, document, operation, context.variables, service.reader, changer
            )
        yield


class Documents:
    """What was parsed and validated before, by the document's text, at most `DOCUMENTS` of them."""

    def __init__(self) -> None:
        self.parsed: OrderedDict[str, DocumentNode] = OrderedDict()
        self.faults: OrderedDict[str, list[GraphQLError]] = OrderedDict()

    def parse(self, text: str) -> DocumentNode | None:
        """Parse a document, unless it was before; none where it cannot be parsed."""
        if text not in self.parsed:
            try:
                _keep(self.parsed, text, parse(text))
            except (GraphQLError, RecursionError):
                return None
        return self.parsed[text]

    def validate(self, schema: strawberry.Schema, text: str, document: DocumentNode) -> list[GraphQLError]:
        """Return the faults of a document; finds them, unless they were found before."""
        if text not in self.faults:
            _keep(self.faults, text, validate_document(schema._schema, document, tuple(specified_rules)))  # noqa: SLF001 - see build_service
        return self.faults[text]


class Remembered(SchemaExtension):
    """Parses and validates a document only the first time. Made anew for each request, over what all share."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def on_parse(self) -> Iterator[None]:
        """Put the document in place, or keep it once it is parsed."""
        context, known = self.execution_context, self._documents.parsed
        text = context.query or ""
        if text in known:
            known.move_to_end(text)
            context.graphql_document = known[text]
        yield
        if context.graphql_document:
            _keep(known, text, context.graphql_document)

    def on_validate(self) -> Iterator[None]:
        """Put the faults in place, of which a valid document has none, or keep them once they are found."""
        context, known = self.execution_context, self._documents.faults
        text = context.query or ""
        if text in known:
            known.move_to_end(text)
            context.pre_execution_errors = known[text]
        yield
        _keep(known, text, context.pre_execution_errors or [])


T = TypeVar("T")


def _keep(known: OrderedDict[str, T], text: str, value: T) -> None:
    """Keep a value, dropping what was used longest ago."""
    known[text] = value
    if len(known) > DOCUMENTS:
        known.popitem(last=False)


class Schema(strawberry.Schema):
    """Strawberry's schema, which answers subscriptions from the feed.

    It leaves the logging of faults to those who know which are ours.
    """

    def __init__(self, documents: Documents, **options: Any) -> None:
        super().__init__(**options)
        self._documents = documents

    async def stream(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Any | None = None,
        root_value: Any | None = None,
        operation_name: str | None = None,
        operation_extensions: dict[str, Any] | None = None,
        allowed_operation_types: Iterable[Allowed] | None = None,
    ) -> StreamResult:
        """Answer an operation over a connection that stays: a subscription from the feed, any other as ever."""
        document = self._documents.parse(query or "")
        operation = get_operation_ast(document, operation_name) if document else None
        if not document or not operation or operation.operation is not OperationType.SUBSCRIPTION:
            return await super().stream(
                query,
                variable_values,
                context_value,
                root_value,
                operation_name,
                operation_extensions,
                allowed_operation_types,
            )
        if faults := self._documents.validate(self, query or "", document):
            return _once(PreExecutionError(data=None, errors=faults))
        service = cast("Service", context_value)
        return service.following.results(query or "", document, operation, variable_values)

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Log nothing: `compile.run` logs what goes wrong inside, and a client's mistake is not a fault of ours."""


async def _once(result: PreExecutionError) -> AsyncGenerator[PreExecutionError, None]:
    yield result


@cache
def build_schema() -> Schema:
    """Build the schema from the model; seconds, so that a process does it once and its services share it."""
    documents = Documents()
    return Schema(
        documents,
        query=query_type(),
        mutation=mutation_type(),
        subscription=Subscription,
        types=types.KINDS,
        config=StrawberryConfig(auto_camel_case=True, scalar_map=made.SCALAR_MAP),
        extensions=[Compiled, lambda: Remembered(documents)],
    )


def build_service(reader: Reader, store: Callable[[], Store] | None = None) -> Service:
    """Build the schema and its compiler over a store; where the reader is none itself, `store` returns it."""
    schema = build_schema()
    asked = {(kind, name): field.question for kind, fields in QUESTION_FIELDS.items() for name, field in fields.items()}
    asked |= {("Query", name): question for name, question in ROOT_QUESTIONS.items()}
    asked |= {(kind, "history"): HISTORY for kind in (*MODEL.kinds, LINKS_OWN)}
    asked["Subscription", "changes"] = FOLLOW
    compiler = Compiler(schema._schema, MODEL, asked)  # noqa: SLF001 - Strawberry offers no public way to graphql-core's schema
    if isinstance(reader, Store):
        store = _always(reader)
    return Service(schema, compiler, reader, Following(compiler, reader, Feed(reader)), store)


def _always(store: Store) -> Callable[[], Store]:
    return lambda: store


def schema_text(schema: strawberry.Schema | None = None) -> str:
    """Return the schema in GraphQL's schema language, as `schema.graphql` keeps it."""
    text = (schema or build_schema()).as_str() + "\n"
    # The one directive that has no description of its own.
    return text.replace(ONE_OF, f'"""Exactly one of the fields of this input is given."""\n{ONE_OF}', 1)
