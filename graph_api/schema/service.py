"""The schema with its compiler: what the web layer serves and the commands ask."""

from collections import OrderedDict
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import strawberry
from graphql import DocumentNode, GraphQLError, OperationType, get_operation_ast
from strawberry.extensions import SchemaExtension
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from graph_api.compile.run import Compiler, Reader
from graph_api.model import MODEL
from graph_api.schema import made, types
from graph_api.schema.query import query_type
from graph_api.schema.thread import QUESTION_FIELDS, ROOT_QUESTIONS

DOCUMENTS = 512
"""How many parsed and validated documents are kept."""


@dataclass(frozen=True)
class Service:
    """What a request is answered with: the compiler and where its statements go. The GraphQL context."""

    schema: strawberry.Schema
    compiler: Compiler
    reader: Reader

    async def ask(self, query: str, variables: Mapping[str, Any] | None = None, operation: str | None = None) -> Any:
        """Answer a query from within, through the same code as any request."""
        return await self.schema.execute(
            query, variable_values=dict(variables or {}), context_value=self, operation_name=operation
        )


class Compiled(SchemaExtension):
    """Answers queries by their plans instead of field by field."""

    async def on_execute(self) -> AsyncIterator[None]:
        """Put the result in place before graphql-core would start."""
        context = self.execution_context
        document = context.graphql_document
        operation = get_operation_ast(document, context.operation_name) if document else None
        if document and operation and operation.operation is OperationType.QUERY:
            service: Service = context.context
            context.result = await service.compiler.execute(
                context.query or "", document, operation, context.variables, service.reader
            )
        yield


class Documents:
    """What was parsed and validated before, by the document's text, at most `DOCUMENTS` of them."""

    def __init__(self) -> None:
        self.parsed: OrderedDict[str, DocumentNode] = OrderedDict()
        self.faults: OrderedDict[str, list[GraphQLError]] = OrderedDict()


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
    """Strawberry's schema, which leaves the logging of faults to those who know which are ours."""

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Log nothing: `compile.run` logs what goes wrong inside, and a client's mistake is not a fault of ours."""


def build_schema() -> Schema:
    """Build the schema from the model; some tenths of a second, once in a process."""
    documents = Documents()
    return Schema(
        query=query_type(),
        types=types.KINDS,
        config=StrawberryConfig(auto_camel_case=True, scalar_map=made.SCALAR_MAP),
        extensions=[Compiled, lambda: Remembered(documents)],
    )


def build_service(reader: Reader) -> Service:
    """Build the schema and its compiler over a store."""
    schema = build_schema()
    asked = {(kind, name): field.question for kind, fields in QUESTION_FIELDS.items() for name, field in fields.items()}
    asked |= {("Query", name): question for name, question in ROOT_QUESTIONS.items()}
    return Service(schema, Compiler(schema._schema, MODEL, asked), reader)  # noqa: SLF001 - Strawberry offers no public way to graphql-core's schema


def schema_text(schema: strawberry.Schema | None = None) -> str:
    """Return the schema in GraphQL's schema language, as `schema.graphql` keeps it."""
    return (schema or build_schema()).as_str() + "\n"
