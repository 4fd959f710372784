"""A line to Neo4j that a test can cut and mend, or make silent: what a killed Neo4j and a hung one look like."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit

from graph_api.store.endpoint import Endpoint


class Line:
    """Passes on what comes, both ways. `endpoint` is Neo4j at the near end of the line."""

    def __init__(self, far: Endpoint) -> None:
        address = urlsplit(far.uri)
        self._far = (address.hostname, address.port)
        self._server: asyncio.Server | None = None
        self._port = 0
        self._passing = asyncio.Event()
        self._passing.set()
        self._ends: set[asyncio.StreamWriter] = set()
        self._template = far

    @property
    def endpoint(self) -> Endpoint:
        uri, far = f"bolt://127.0.0.1:{self._port}", self._template
        return Endpoint(uri, far.user, far.password, far.database)

    def fall_silent(self) -> None:
        """Keep connections, take new ones, and pass nothing on."""
        self._passing.clear()

    def speak(self) -> None:
        """Pass on again, also what came meanwhile."""
        self._passing.set()

    def cut(self) -> None:
        """Break all connections off, and refuse new ones."""
        if self._server:
            self._server.close()
        for end in self._ends:
            end.transport.abort()

    async def mend(self) -> None:
        """Take connections (again)."""
        self._server = await asyncio.start_server(self._pass_on, "127.0.0.1", self._port)
        self._port = self._server.sockets[0].getsockname()[1]

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(*self._far)
        ends = {writer, far_writer}
        self._ends |= ends
        with suppress(OSError):
            await asyncio.gather(self._copy(reader, far_writer), self._copy(far_reader, writer))
        for end in ends:
            end.transport.abort()
        self._ends -= ends

    async def _copy(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while block := await reader.read(65536):
            await self._passing.wait()
            writer.write(block)
            await writer.drain()
        writer.transport.abort()


@asynccontextmanager
async def line_to(endpoint: Endpoint) -> AsyncIterator[Line]:
    """Yield a line to a Neo4j."""
    line = Line(endpoint)
    await line.mend()
    try:
        yield line
    finally:
        line.speak()
        line.cut()
