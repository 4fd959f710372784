"""A subscription: planned as a query is, and answered once for each change that the feed tells of."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from graphql import DocumentNode, ExecutionResult, GraphQLError, OperationDefinitionNode
from graphql.execution.values import VariableValues

from graph_api.compile.plan import Ask, Refused
from graph_api.compile.prepared import Prepared
from graph_api.compile.run import Compiler, Reader
from graph_api.compile.shape import ChangedMeanwhileError
from graph_api.compile.told import coded, told
from graph_api.errors import Code, ServiceUnavailableError, UserInputError
from graph_api.questions.changes import Change, Wanted, after
from graph_api.schema.feed import Feed, SlowReaderError

NO_STREAM = "A subscription is answered over WebSocket, by the protocol graphql-transport-ws."
PAUSE = 0.5
"""Seconds before an event is filled in again where Neo4j did not answer."""

AGAIN = 3
"""How often an event is filled in anew where the graph changed meanwhile."""


def not_streamed() -> GraphQLError:
    """Say where subscriptions are answered."""
    return GraphQLError(NO_STREAM, extensions={"code": Code.BAD_USER_INPUT.value})


@dataclass(frozen=True)
class Followed:
    """A subscription that is ready to be answered."""

    prepared: Prepared
    variables: VariableValues
    position: int
    wanted: Wanted


@dataclass(frozen=True)
class Following:
    """Answers subscriptions."""

    compiler: Compiler
    reader: Reader
    feed: Feed

    async def results(
        self,
        text: str,
        document: DocumentNode,
        operation: OperationDefinitionNode,
        inputs: Mapping[str, Any] | None,
    ) -> AsyncGenerator[ExecutionResult, None]:
        """Answer a validated subscription for as long as somebody asks for the next result.

        What is wrong with it before it begins is the one result, without data and without a path. A follower that is
        too slow gets a last result that says so; its error's extensions hold the cursor of what it was given last.
        """
        variables = self.compiler.variables(operation, inputs)
        if isinstance(variables, list):
            yield ExecutionResult(data=None, errors=[coded(error) for error in variables])
            return
        try:
            followed = await self._prepared(text, document, operation, variables)
        except Exception as error:  # noqa: BLE001 - told() tells nothing from inside
            yield ExecutionResult(data=None, errors=[told(error)])
            return
        try:
            async with aclosing(self.feed.follow(followed.position, followed.wanted)) as changes:
                async for change in changes:
                    yield await self._event(followed, change)
        except SlowReaderError as error:
            extensions = {"code": error.code.value, "cursor": error.cursor}
            yield ExecutionResult(data=None, errors=[GraphQLError(error.message, extensions=extensions)])

    async def _prepared(
        self, text: str, document: DocumentNode, operation: OperationDefinitionNode, variables: VariableValues
    ) -> Followed:
        prepared = self.compiler.prepare(text, document, operation, variables)
        (root,) = prepared.roots if len(prepared.roots) == 1 else (None,)
        if root and isinstance(root.plan, Refused):
            raise root.plan.error
        if not root or not isinstance(root.plan, Ask):
            message = "A subscription selects one field to follow."
            raise UserInputError(message)
        admission = self.compiler.admission
        if excess := admission.excess(admission.expected(prepared, variables)):
            raise excess
        arguments = root.plan.arguments.values(variables)
        position, wanted = after(arguments), Wanted.by(arguments)
        return Followed(prepared, variables, await self.feed.last() if position is None else position, wanted)

    async def _event(self, followed: Followed, change: Change) -> ExecutionResult:
        """Fill in what was selected of a change; waits until Neo4j answers, since the change is not told again."""
        changed = 0
        while True:
            try:
                data = await self.compiler.event(followed.prepared, change, followed.variables, self.reader)
                return ExecutionResult(data=data, errors=None)
            except ServiceUnavailableError:
                await asyncio.sleep(PAUSE)
            except ChangedMeanwhileError as error:
                changed += 1
                if changed == AGAIN:
                    return self._failed(followed, error)
            except Exception as error:  # noqa: BLE001 - told() tells nothing from inside
                return self._failed(followed, error)

    def _failed(self, followed: Followed, error: Exception) -> ExecutionResult:
        (root,) = followed.prepared.roots
        return ExecutionResult(data=None, errors=[told(error, root.plan.key, root.nodes)])
