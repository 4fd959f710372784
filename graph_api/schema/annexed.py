"""The process in which heavy operations are answered; see `annex`, which starts it."""

import asyncio
import contextlib
import gc
import logging
import os
import signal
import sys
from typing import Any

import orjson
from graphql import GraphQLError
from pydantic import SecretStr

from graph_api.compile.run import told
from graph_api.errors import GraphApiError
from graph_api.schema.annex import READY, error_facts, frame, read_frame
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


async def main() -> None:
    """Answer until the input ends."""
    reader = asyncio.StreamReader(limit=LARGEST_FRAME)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin.buffer)
    first = await read_frame(reader)
    if first is None:
        return
    given, _ = first
    logging.basicConfig(level=given["level"])
    where = given["endpoint"]
    endpoint = Endpoint(where["uri"], where["user"], SecretStr(where["password"]), where["database"])
    limits = Limits(**given["limits"]).model_copy(update={"cost": UNBOUNDED})
    store = await Store.open(endpoint)
    pulse = asyncio.create_task(Pulse(store).run())
    try:
        service = build_service(store, limits=limits)
        # What is there by now stays; large answers need not have it looked at again.
        gc.freeze()
        _write(frame({READY: True}))
        await _serve(service, reader)
    finally:
        pulse.cancel()
        await store.close()


async def _serve(service: Service, reader: asyncio.StreamReader) -> None:
    tasks: dict[int, asyncio.Task[None]] = {}
    while (read := await read_frame(reader)) is not None:
        head, _ = read
        if "cancel" in head:
            if task := tasks.get(head["cancel"]):
                task.cancel()
            continue
        number: int = head["id"]
        task = tasks[number] = asyncio.create_task(_answer(service, head))
        task.add_done_callback(lambda _, number=number: tasks.pop(number, None))  # type: ignore[misc] # mypy knows no defaults of lambdas


async def _answer(service: Service, head: dict[str, Any]) -> None:
    result = await service.ask(head["text"], head["variables"], head["operation"])
    body = b"" if result.data is None else orjson.dumps(result.data)
    errors = [error_facts(_outside(error)) for error in result.errors or ()]
    _write(frame({"id": head["id"], "errors": errors}, body))


def _outside(error: GraphQLError) -> GraphQLError:
    """Return an error as clients may see it: only text leaves this process, which would not tell who may."""
    cause = error.original_error
    if isinstance(cause, GraphApiError) and cause.outside is not None:
        logging.getLogger(__name__).warning("%s", cause.message)
        seen = told(cause.seen_from_outside())
        return GraphQLError(seen.message, error.nodes, path=error.path, extensions=seen.extensions)
    return error


def _stand_back() -> None:
    """Let others go first where processors are scarce; still take a tenth of one that everybody wants."""
    os.nice(NICE)
    if hasattr(os, "SCHED_BATCH"):  # Linux: who is woken for something short need not wait for its turn to end
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def _write(data: bytes) -> None:
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    # Signals of a terminal go to all its processes; this one ends when its input does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _stand_back()
    with contextlib.suppress(BrokenPipeError, GraphApiError):
        asyncio.run(main())
    # Threads may still work something out that nobody will read.
    os._exit(0)
