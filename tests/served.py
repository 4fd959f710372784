"""An application on a real socket, in the process of the test, so that this can look inside while a client talks."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from starlette.applications import Starlette

from graph_api.settings import Limits, Settings
from graph_api.web.server import configuration, listen


@asynccontextmanager
async def served(app: Starlette, *, body: int = 2**20) -> AsyncIterator[str]:
    """Serve an application; yield its address, as `http://127.0.0.1:8000`. `body` is the most bytes of a message."""
    server = uvicorn.Server(configuration(app, Settings(limit=Limits(body=body))))
    with listen("127.0.0.1", 0) as listener:
        task = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = server.force_exit = True
            await task
