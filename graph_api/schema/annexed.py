"""The process in which heavy operations are answered; see `annex`, which starts it."""

import asyncio
import contextlib
import logging
import os
import signal
import sys
from contextvars import ContextVar
from threading import Lock
from typing import Any

import orjson
from graphql import GraphQLError
from pydantic import SecretStr

from graph_api.compile.told import told
from graph_api.errors import GraphApiError
from graph_api.garbage import spare_what_stays
from graph_api.schema.annex import LOG, READY, error_facts, frame, read_frame, record_facts
from graph_api.schema.service import Service, build_service
from graph_api.settings import Limits
from graph_api.store.connection import Store
from graph_api.store.endpoint import Endpoint
from graph_api.store.pulse import Pulse

NICE = 10
"""How far it stands back."""
UNBOUNDED = 10**18
"""A cost that nothing has: what it may cost was judged before."""
LARGEST_FRAME = 2**26
"""Bytes that are read ahead of a frame."""
PULSE = "graph_api.store.pulse"
"""The logger that tells when Neo4j goes and comes back: the service tells that itself."""

_working: ContextVar[int | None] = ContextVar("working", default=None)
"""The number of the operation that is worked on here."""
_log = logging.getLogger("graph_api.schema.annexed")  # it is called __main__ here


async def main() -> None:
    """Answer until the input ends."""
    reader = asyncio.StreamReader(limit=LARGEST_FRAME)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin.buffer)
    first = await read_frame(reader)
    if first is None:
        return
    given, _ = first
    outlet = _Outlet()
    _log_to(outlet, given["levels"])
    where = given["endpoint"]
    endpoint = Endpoint(where["uri"], where["user"], SecretStr(where["password"]), where["database"])
    limits = Limits(**given["limits"]).model_copy(update={"cost": UNBOUNDED})
    store = await Store.open(endpoint, limits.seconds)
    pulse = asyncio.create_task(Pulse(store).run())
    try:
        service = build_service(store, limits=limits)
        spare_what_stays()
        outlet.write(frame({READY: True}))
        await _serve(service, reader, outlet)
    finally:
        pulse.cancel()
        await store.close()


async def _serve(service: Service, reader: asyncio.StreamReader, outlet: "_Outlet") -> None:
    tasks: dict[int, asyncio.Task[None]] = {}
    while (read := await read_frame(reader)) is not None:
        head, _ = read
        if "cancel" in head:
            if task := tasks.get(head["cancel"]):
                task.cancel()
            continue
        number: int = head["id"]
        task = tasks[number] = asyncio.create_task(_answer(service, head, outlet))
        task.add_done_callback(lambda _, number=number: tasks.pop(number, None))  # type: ignore[misc] # mypy knows no defaults of lambdas


async def _answer(service: Service, head: dict[str, Any], outlet: "_Outlet") -> None:
    _working.set(head["id"])
    try:
        result = await service.ask(head["text"], head["variables"], head["operation"])
        body = b"" if result.data is None else orjson.dumps(result.data)
        errors = [error_facts(_outside(error)) for error in result.errors or ()]
    except Exception as error:  # noqa: BLE001 - whoever waits gets an answer; told() logs the fault
        body, errors = b"", [error_facts(told(error))]
    outlet.write(frame({"id": head["id"], "errors": errors}, body))


def _outside(error: GraphQLError) -> GraphQLError:
    """Return an error as clients may see it: only text leaves this process, which would not tell who may."""
    cause = error.original_error
    if isinstance(cause, GraphApiError) and cause.outside is not None:
        _log.warning("%s", cause.message)
        seen = told(cause.seen_from_outside())
        return GraphQLError(seen.message, error.nodes, path=error.path, extensions=seen.extensions)
    return error


def _stand_back() -> None:
    """Let others go first where processors are scarce; still take a tenth of one that everybody wants."""
    os.nice(NICE)
    if hasattr(os, "SCHED_BATCH"):  # Linux: who is woken for something short need not wait for its turn to end
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


class _Outlet:
    """Where frames go: the standard output, which from now on nothing else can write to."""

    def __init__(self) -> None:
        self._file = os.fdopen(os.dup(1), "wb")
        self._lock = Lock()  # other threads may log
        os.dup2(2, 1)

    def write(self, data: bytes) -> None:
        with self._lock:
            self._file.write(data)
            self._file.flush()


class _Telling(logging.Handler):
    """Hands what is logged here to the service, in whose log it belongs."""

    def __init__(self, outlet: _Outlet, *, words: bool) -> None:
        super().__init__()
        self._outlet = outlet
        self._words = words

    def emit(self, record: logging.LogRecord) -> None:
        try:
            facts = record_facts(record, words=self._words)
            self._outlet.write(frame({LOG: facts, "id": _working.get()}))
        except (TypeError, ValueError, OSError):  # arguments that do not fit, or nobody is there any more
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 the name is the library's
        """Say nothing: there is nowhere to say it."""


def _log_to(outlet: _Outlet, levels: dict[str, int]) -> None:
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    logging.getLogger(PULSE).setLevel(logging.ERROR)
    logging.getLogger().addHandler(_Telling(outlet, words=min(levels.values()) <= logging.DEBUG))


if __name__ == "__main__":
    # Terminals, and those that run services, send signals to all of its processes; this one ends when its input does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _stand_back()
    with contextlib.suppress(BrokenPipeError, GraphApiError):
        asyncio.run(main())
    # Threads may still work something out that nobody will read.
    os._exit(0)
