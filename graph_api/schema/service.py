"""The schema with its compiler: what the web layer serves and the commands ask."""

from collections.abc import AsyncGenerator, Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import strawberry
from graphql import ExecutionResult, OperationType
from strawberry.schema.config import StrawberryConfig

from graph_api.compile.admission import Executed
from graph_api.compile.planner import LINKS_OWN
from graph_api.compile.run import Compiler, Reader
from graph_api.compile.told import told
from graph_api.errors import GraphApiError, UserInputError
from graph_api.model import MODEL
from graph_api.model.roles import MAY, NEEDED
from graph_api.questions.changes import FOLLOW, HISTORY
from graph_api.schema import made, types
from graph_api.schema.asked import QUESTION_FIELDS, ROOT_QUESTIONS
from graph_api.schema.changer import Caller, Changes
from graph_api.schema.documents import Asked, Chosen, DocumentRefusedError, Documents, OperationForbiddenError
from graph_api.schema.feed import Feed
from graph_api.schema.following import Following, not_streamed
from graph_api.schema.history import Subscription
from graph_api.schema.mutation import mutation_type
from graph_api.schema.query import query_type
from graph_api.settings import Limits
from graph_api.store.connection import Store

ONE_OF = "directive @oneOf on INPUT_OBJECT\n"


@dataclass(frozen=True)
class Service:
    """Answers the operations of one caller: what all surfaces ask, over HTTP, over WebSocket and in the terminal."""

    schema: strawberry.Schema
    documents: Documents
    compiler: Compiler
    reader: Reader
    following: Following
    store: Callable[[], Store] | None = None
    """Returns where changes go, or raises while that is not open yet; none where only reading is possible."""
    caller: Caller = field(default_factory=Caller)

    def called_by(self, caller: Caller) -> "Service":
        """Return the same service for the requests of one caller."""
        return replace(self, caller=caller)

    def choose(self, asked: Asked) -> Chosen:
        """Find the operation that is asked for.

        Raises what `Documents.choose` raises, and OperationForbiddenError where this caller may not run it.
        """
        chosen = self.documents.choose(asked)
        needed = NEEDED[chosen.sort.value]
        if needed not in MAY[self.caller.role]:
            message = (
                f"A {self.caller.role} may not send a {chosen.sort.value}: that needs the permission {needed}."
                " Ask whoever runs this service for another role."
            )
            raise OperationForbiddenError(message, chosen)
        return chosen

    async def run(self, chosen: Chosen) -> Executed:
        """Answer a query or a mutation."""
        if chosen.sort is OperationType.SUBSCRIPTION:
            return Executed(ExecutionResult(data=None, errors=[not_streamed()]))
        try:
            changer = self._changer(chosen) if chosen.sort is OperationType.MUTATION else None
        except GraphApiError as error:
            return Executed(ExecutionResult(data=None, errors=[told(error)]))
        asked = chosen.asked
        return await self.compiler.execute(
            asked.text, chosen.document, chosen.operation, asked.variables, self.reader, changer
        )

    def follow(self, chosen: Chosen) -> AsyncGenerator[ExecutionResult, None]:
        """Answer a subscription for as long as somebody asks for the next result."""
        asked = chosen.asked
        return self.following.results(asked.text, chosen.document, chosen.operation, asked.variables)

    async def ask(self, query: str, variables: Mapping[str, Any] | None = None, operation: str | None = None) -> Any:
        """Answer a query or a mutation from within, through the same code as any request."""
        try:
            chosen = self.choose(Asked(query, operation, variables))
        except DocumentRefusedError as refused:
            return ExecutionResult(data=None, errors=refused.errors)
        except GraphApiError as error:
            return ExecutionResult(data=None, errors=[told(error)])
        return (await self.run(chosen)).result

    def _changer(self, chosen: Chosen) -> Changes:
        """Return who makes the changes of one request."""
        if self.store is None:
            message = "This service can only be read."
            raise UserInputError(message)
        asked = chosen.asked
        request = (asked.text, chosen.name, dict(asked.variables or {}))
        return Changes(self.store(), self.caller, request, self.following.feed.wake)


@cache
def build_schema() -> strawberry.Schema:
    """Build the schema from the model; seconds, so that a process does it once and its services share it."""
    return strawberry.Schema(
        query=query_type(),
        mutation=mutation_type(),
        subscription=Subscription,
        types=types.KINDS,
        config=StrawberryConfig(auto_camel_case=True, scalar_map=made.SCALAR_MAP),
    )


def build_service(
    reader: Reader,
    store: Callable[[], Store] | None = None,
    limits: Limits | None = None,
    *,
    introspection: bool = True,
    suggestions: bool = True,
) -> Service:
    """Build the schema and its compiler over a store; where the reader is none itself, `store` returns it."""
    schema, limits = build_schema(), limits or Limits()
    asked = {(kind, name): field.question for kind, fields in QUESTION_FIELDS.items() for name, field in fields.items()}
    asked |= {("Query", name): question for name, question in ROOT_QUESTIONS.items()}
    asked |= {(kind, "history"): HISTORY for kind in (*MODEL.kinds, LINKS_OWN)}
    asked["Subscription", "changes"] = FOLLOW
    core = schema._schema  # noqa: SLF001 - Strawberry offers no public way to graphql-core's schema
    compiler = Compiler(core, MODEL, asked, limits, suggests=suggestions)
    documents = Documents(core, limits, introspection=introspection, suggestions=suggestions)
    if isinstance(reader, Store):
        store = _always(reader)
    return Service(schema, documents, compiler, reader, Following(compiler, reader, Feed(reader)), store)


def _always(store: Store) -> Callable[[], Store]:
    return lambda: store


def schema_text(schema: strawberry.Schema | None = None) -> str:
    """Return the schema in GraphQL's schema language, as `schema.graphql` keeps it."""
    text = (schema or build_schema()).as_str() + "\n"
    # The one directive that has no description of its own.
    return text.replace(ONE_OF, f'"""Exactly one of the fields of this input is given."""\n{ONE_OF}', 1)
