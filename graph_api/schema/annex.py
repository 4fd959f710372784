"""A process beside the service, in which heavy operations are answered, so that small ones stay quick.

What is read for a heavy operation, and what is worked out from it, takes Python whole tenths of a second, in which it
does nothing else: threads would not help, as they take turns. So the service hands such an operation over and passes
the answer on as it comes, text that it need not read. The process ends when the service does, whichever way that is;
when it ends by itself, what it worked on is told to be unavailable and the next heavy operation starts another.

It gets its requests on standard input and answers on standard output, each a frame: the lengths of a head and of a
body, the head as JSON, and the body as it is. The first frame says where Neo4j is, since command lines and environments
can be seen by others. What it logs comes as frames, too, and is logged here: as the settings of the service say, and
under the name of the request that it belongs to.
"""

import asyncio
import json
import logging
import os
import struct
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import orjson
from graphql import ExecutionResult, GraphQLError, Source

from graph_api.compile.admission import Executed
from graph_api.errors import OWN, ServiceUnavailableError, trace
from graph_api.settings import SECRETS, Limits
from graph_api.store.endpoint import Endpoint

LENGTHS = struct.Struct("!IQ")
READY = "ready"
LOG = "log"
STOPPING = 2.0
"""Seconds that the process has to end by itself."""
PAUSES = (1.0, 5.0, 60.0)
"""Seconds before another is started: the first after one that was ready, the last again and again."""
GONE = "The operation was lost on its way; ask for it again, or for less at a time."

_log = logging.getLogger(__name__)


@dataclass
class _Asked:
    """An operation that is worked on."""

    text: str
    answer: "asyncio.Future[Executed]"
    context: Context = field(default_factory=copy_context)
    """That of its request, whose name the log tells."""


@dataclass
class Annex:
    """The process, as the service sees it. Made for one event loop; see `running`."""

    endpoint: Endpoint
    limits: Limits
    patience: float = 0.0
    """Seconds after which it is started though nothing heavy has come: it takes seconds of a processor, and memory."""
    ready: bool = False
    """Whether it takes operations now; as long as it does not, they are answered in the service itself."""
    _expected: asyncio.Event = field(default_factory=asyncio.Event)
    _process: Process | None = None
    _waiting: dict[int, _Asked] = field(default_factory=dict)
    _ids: "count[int]" = field(default_factory=count)

    @asynccontextmanager
    async def running(self, prepared: asyncio.Event) -> AsyncIterator[None]:
        """Keep the process inside the context: started once the graph is prepared and something heavy has come.

        It is started again when it has ended.
        """
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
        asked = self._waiting[number] = _Asked(text, asyncio.get_running_loop().create_future())
        try:
            self._send({"id": number, "text": text, "operation": operation, "variables": dict(inputs or {})})
            return await asked.answer
        except asyncio.CancelledError:
            with suppress(ServiceUnavailableError):
                self._send({"cancel": number})
            raise
        finally:
            del self._waiting[number]

    def expect(self) -> None:
        """Start the process now: something heavy has come."""
        self._expected.set()

    def _send(self, head: dict[str, Any]) -> None:
        writer = self._process.stdin if self._process else None
        if not self.ready or writer is None or writer.is_closing():
            raise ServiceUnavailableError(GONE)
        writer.write(frame(head))

    async def _run(self, prepared: asyncio.Event) -> None:
        await prepared.wait()
        with suppress(TimeoutError):
            async with asyncio.timeout(self.patience):
                await self._expected.wait()
        in_vain = 0
        while True:
            try:
                in_vain = 0 if await self._once() else in_vain + 1
            except OSError:
                _log.exception("The process for heavy operations cannot be started; they are answered here.")
                return
            _log.warning("The process for heavy operations has ended; another is started.")
            await asyncio.sleep(PAUSES[min(in_vain, len(PAUSES) - 1)])

    async def _once(self) -> bool:
        """Run the process to its end; tell whether it was ready before."""
        environment = {name: value for name, value in os.environ.items() if name.lower() not in SECRETS}
        process = self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "graph_api.schema.annexed", stdin=PIPE, stdout=PIPE, env=environment
        )
        assert process.stdin and process.stdout  # noqa: S101, PT018 - opened as pipes
        endpoint = self.endpoint
        where = {"uri": endpoint.uri, "user": endpoint.user, "database": endpoint.database}
        where["password"] = endpoint.password.get_secret_value()
        levels = {name: logging.getLogger(name).getEffectiveLevel() for name in ("", OWN)}
        try:
            process.stdin.write(frame({"endpoint": where, "limits": self.limits.model_dump(), "levels": levels}))
            while (read := await read_frame(process.stdout)) is not None:
                self._take(*read)
            return self.ready
        finally:
            self.ready = False
            for asked in self._waiting.values():
                if not asked.answer.done():
                    asked.answer.set_exception(ServiceUnavailableError(GONE))
            process.stdin.close()
            await _end(process)

    def _take(self, head: dict[str, Any], body: bytes) -> None:
        if READY in head:
            self.ready = True
            return
        asked = self._waiting.get(head["id"])
        if LOG in head:
            (asked.context if asked else copy_context()).run(_log_again, head[LOG])
        elif asked and not asked.answer.done():
            errors = [_error(error, asked.text) for error in head["errors"]]
            # A fragment is text that is put into the response as it is.
            data: Any = orjson.Fragment(body) if body else None
            asked.answer.set_result(Executed(ExecutionResult(data=data, errors=errors or None), None))


def frame(head: dict[str, Any], body: bytes = b"") -> bytes:
    """Write a frame."""
    # Not by orjson, which has neither the large integers nor the infinities that the JSON of a request may hold.
    written = json.dumps(head).encode()
    return LENGTHS.pack(len(written), len(body)) + written + body


async def read_frame(reader: asyncio.StreamReader) -> tuple[dict[str, Any], bytes] | None:
    """Read a frame; none where there are no more."""
    try:
        head, body = LENGTHS.unpack(await reader.readexactly(LENGTHS.size))
        return json.loads(await reader.readexactly(head)), await reader.readexactly(body)
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


def record_facts(record: logging.LogRecord, *, words: bool) -> dict[str, Any]:
    """Return what is sent of a line of the log.

    Of an exception that was not raised on purpose only type and places, unless its `words` may be told.
    """
    error = record.exc_info[1] if record.exc_info else None
    message = record.getMessage()
    return {
        "logger": record.name,
        "level": record.levelno,
        # Others add an exception's words in the lines below.
        "text": message.partition("\n")[0] if error else message,
        "traceback": "\n".join(trace(error, words=words)) if error else None,
    }


def _log_again(facts: dict[str, Any]) -> None:
    """Log here what was logged there."""
    logger = logging.getLogger(facts["logger"])
    if logger.isEnabledFor(facts["level"]):
        fields = {"logger": logger.name, "process": "annex", "traceback": facts["traceback"]}
        level = facts["level"]
        made = {"name": logger.name, "levelno": level, "levelname": logging.getLevelName(level), "msg": facts["text"]}
        logger.handle(logging.makeLogRecord(made | {"fields": fields}))


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
