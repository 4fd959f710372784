"""Those that are measured, each in a process of its own, and how they are asked."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from re import search
from subprocess import PIPE, Popen
from threading import Thread
from time import perf_counter

from bench.peer import path_of
from bench.queries import Query
from graph_api.errors import UserInputError
from graph_api.store.connection import Store
from graph_api.store.endpoint import Endpoint

SERVE = ("-c", "from graph_api.cli import app; app()", "serve", "--port", "0")
KEYS = 60
"""So many entities are asked for in turn by the queries that take a key."""


@dataclass
class Asked:
    """One of the two sides: where it answers, and how it is asked."""

    connection: HTTPConnection
    graphql: bool

    def ask(self, query: Query, key: str | None, remark: str = "") -> tuple[float, bytes]:
        """Send one request; return the milliseconds until the whole answer was there, and the answer."""
        given = {} if key is None else {"key": key}
        body = json.dumps({"query": query.graphql + remark, "variables": given} if self.graphql else given)
        path = "/graphql" if self.graphql else path_of(query)
        return timed(self.connection, path, body)


def timed(connection: HTTPConnection, path: str, body: str) -> tuple[float, bytes]:
    """Send one request; return the milliseconds until the whole answer was there, and the answer.

    Raises UserInputError where the answer is an error: what it took would tell nothing.
    """
    try:
        return _timed(connection, path, body)
    except (ConnectionError, HTTPException):
        # A server closes a connection that was idle for some seconds, as while the other side was slow.
        connection.close()
        return _timed(connection, path, body)


def _timed(connection: HTTPConnection, path: str, body: str) -> tuple[float, bytes]:
    begun = perf_counter()
    connection.request("POST", path, body, {"content-type": "application/json"})
    response = connection.getresponse()
    answer = response.read()
    took = (perf_counter() - begun) * 1000
    # A refusal would be quick; errors come first in a response.
    if response.status != HTTPStatus.OK or answer.startswith(b'{"errors"'):
        message = f"{path} gave {response.status} to {body[:200]}: {answer[:500]!r}"
        raise UserInputError(message)
    return took, answer


async def keys_of(store: Store, query: Query) -> list[str | None]:
    """Choose the entities to ask for, from all over the graph, the same each time."""
    if query.keys is None:
        return [None]
    (keys,) = await store.read(f"MATCH (n:{query.keys}) WITH n.key AS key ORDER BY key RETURN collect(key)")
    step = max(len(keys) // KEYS, 1)
    return list(keys[::step][:KEYS])


async def known_keys(endpoint: Endpoint, *queries: Query) -> dict[str, list[str | None]]:
    """Choose the entities to ask for, by the name of the query."""
    store = await Store.open(endpoint)
    try:
        return {query.name: await keys_of(store, query) for query in queries}
    finally:
        await store.close()


@contextmanager
def running(
    command: tuple[str, ...], endpoint: Endpoint, environment: Mapping[str, str] | None = None
) -> Iterator[HTTPConnection]:
    """Run one side in a process of its own, connected to the Neo4j; yield a connection to it."""
    reached = {
        **(environment or {}),
        "LIMIT_REQUESTS": "off",
        "NEO4J_URI": endpoint.uri,
        "NEO4J_USER": endpoint.user,
        "NEO4J_PASSWORD": endpoint.password.get_secret_value(),
        "NEO4J_DATABASE": endpoint.database,
    }
    with Popen([sys.executable, *command], stderr=PIPE, text=True, env=os.environ | reached) as process:  # noqa: S603 - our own
        try:
            host, port = _address(process)
            connection = HTTPConnection(host, port, timeout=60)
            yield connection
            connection.close()
        finally:
            process.terminate()


def _address(process: "Popen[str]") -> tuple[str, int]:
    """Wait until the process says that it is ready; read on what it says, so that it never has to wait for us."""
    assert process.stderr  # noqa: S101 - opened as a pipe
    said: list[str] = []
    for line in process.stderr:
        said.append(line)
        if found := search(r"^Ready.* http://([\d.]+):(\d+)", line):
            Thread(target=process.stderr.read, daemon=True).start()
            return found[1], int(found[2])
    message = f"It did not start: {''.join(said)}"
    raise UserInputError(message)
