"""A process beside the service, in which heavy operations are answered, so that small ones stay quick.

What is read for a heavy operation, and what is worked out from it, takes Python whole tenths of a second, in which it
does nothing else: threads would not help, as they take turns. So the service hands such an operation over and passes
the answer on as it comes, text that it need not read. The process ends when the service does, whichever way that is;
when it ends by itself, what it worked on is told to be unavailable and the next heavy operation starts another.

It gets its requests on standard input and answers on standard output, each a frame: the lengths of a head and of a
body, the head as JSON, and the body as it is. The first frame says where Neo4j is, since command lines and environments
can be seen by others.
"""

import asyncio
import logging
import struct
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import orjson
from graphql import ExecutionResult, GraphQLError, Source

from graph_api.compile.run import Executed
from graph_api.errors import ServiceUnavailableError
from graph_api.settings import Limits
from graph_api.store.endpoint import Endpoint

LENGTHS = struct.Struct("!IQ")
READY = "ready"
STOPPING = 2.0
"""Seconds that the process has to end by itself."""
GONE = "The operation was lost on its way; ask for it again, or for less at a time."

_log = logging.getLogger(__name__)


@dataclass
class Annex:
    """The process, as the service sees it. Made for one event loop; see `running`."""

    endpoint: Endpoint
    limits: Limits
    ready: bool = False
    """Whether it takes operations now; as long as it does not, they are answered in the service itself."""
    _process: Process | None = None
    _waiting: "dict[int, asyncio.Future[Executed]]" = field(default_factory=dict)
    _texts: dict[int, str] = field(default_factory=dict)
    _ids: "count[int]" = field(default_factory=count)

    @asynccontextmanager
    async def running(self, prepared: asyncio.Event) -> AsyncIterator[None]:
        """Keep the process inside the context: started once the graph is prepared, and again when it has ended."""
        task = asyncio.create_task(self._run(prepared), name="annex")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def execute(self, text: str, operation: str | None, inputs: Mapping[str, Any] | None) -> Executed:
        """Have a valid query answered; raises ServiceUnavailableError where the process ends meanwhile."""
        number = next(self._ids)
        future: asyncio.Future[Executed] = asyncio.get_running_loop().create_future()
        self._waiting[number] = future
        self._texts[number] = text
        try:
            self._send({"id": number, "text": text, "operation": operation, "variables": dict(inputs or {})})
            return await future
        except asyncio.CancelledError:
            with suppress(ServiceUnavailableError):
                self._send({"cancel": number})
            raise
        finally:
            self._waiting.pop(number, None)
            self._texts.pop(number, None)

    def _send(self, head: dict[str, Any]) -> None:
        writer = self._process.stdin if self._process else None
        if not self.ready or writer is None or writer.is_closing():
            raise ServiceUnavailableError(GONE)
        writer.write(frame(head))

    async def _run(self, prepared: asyncio.Event) -> None:
        await prepared.wait()
        while True:
            try:
                await self._once()
            except OSError:
                _log.exception("The process for heavy operations cannot be started; they are answered here.")
                return
            _log.warning("The process for heavy operations has ended; another is started.")
            await asyncio.sleep(1)

    async def _once(self) -> None:
        process = self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "graph_api.schema.annexed", stdin=PIPE, stdout=PIPE
        )
        assert process.stdin and process.stdout  # noqa: S101, PT018 - opened as pipes
        endpoint = self.endpoint
        where = {"uri": endpoint.uri, "user": endpoint.user, "database": endpoint.database}
        password = endpoint.password.get_secret_value()
        level = logging.getLogger().getEffectiveLevel()
        try:
            process.stdin.write(
                frame({"endpoint": where | {"password": password}, "limits": self.limits.model_dump(), "level": level})
            )
            while (read := await read_frame(process.stdout)) is not None:
                self._take(*read)
        finally:
            self.ready = False
            for future in self._waiting.values():
                if not future.done():
                    future.set_exception(ServiceUnavailableError(GONE))
            process.stdin.close()
            await _end(process)

    def _take(self, head: dict[str, Any], body: bytes) -> None:
        if READY in head:
            self.ready = True
            return
        future, text = self._waiting.get(head["id"]), self._texts.get(head["id"], "")
        if future and not future.done():
            errors = [_error(error, text) for error in head["errors"]]
            # A fragment is text that is put into the response as it is.
            data: Any = orjson.Fragment(body) if body else None
            future.set_result(Executed(ExecutionResult(data=data, errors=errors or None), None))


def frame(head: dict[str, Any], body: bytes = b"") -> bytes:
    """Write a frame."""
    written = orjson.dumps(head)
    return LENGTHS.pack(len(written), len(body)) + written + body


async def read_frame(reader: asyncio.StreamReader) -> tuple[dict[str, Any], bytes] | None:
    """Read a frame; none where there are no more."""
    try:
        head, body = LENGTHS.unpack(await reader.readexactly(LENGTHS.size))
        return orjson.loads(await reader.readexactly(head)), await reader.readexactly(body)
    except (asyncio.IncompleteReadError, ConnectionError):
        return None


def error_facts(error: GraphQLError) -> dict[str, Any]:
    """Return what is sent of an error."""
    return {
        "message": error.message,
        "path": error.path,
        "positions": list(error.positions or ()),
        "extensions": error.extensions,
    }


def _error(facts: dict[str, Any], text: str) -> GraphQLError:
    positions = facts["positions"]
    return GraphQLError(
        facts["message"],
        source=Source(text) if positions else None,
        positions=positions or None,
        path=facts["path"],
        extensions=facts["extensions"],
    )


async def _end(process: Process) -> None:
    """Let the process end, which it does when its input ends, and see to it that it does."""
    try:
        async with asyncio.timeout(STOPPING):
            await process.wait()
    except (TimeoutError, asyncio.CancelledError):
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
