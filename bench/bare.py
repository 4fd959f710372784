"""The bare peer: a Starlette route that sends the very statements that the service sends, and gives their records back.

What it leaves out is all that the service does around them: who asks, limits, parsing, planning, shaping, the log.
What each query sends for each key is taken down before it serves, from the service's own code.

Started by `bench.serving`; which Neo4j it asks, the settings say.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from neo4j import READ_ACCESS, AsyncDriver
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bench.peer import path_of
from bench.queries import QUERIES, Query
from bench.sides import keys_of
from graph_api.cli.terminal import report, settings, told
from graph_api.schema.service import build_service
from graph_api.settings import Settings
from graph_api.store.connection import Store, driver_for
from graph_api.store.endpoint import Endpoint, open_endpoint
from graph_api.web.server import serve

Statements = list[tuple[str, Mapping[str, Any]]]


class _Writing:
    """Reads from the store, and takes down what was asked."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.statements: Statements = []

    async def read(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> list[Any]:
        self.statements.append((cypher, dict(parameters or {})))
        return await self._store.read(cypher, parameters)


async def sent(endpoint: Endpoint) -> dict[str, dict[str | None, Statements]]:
    """Take down what the service sends for each query and each key."""
    store = await Store.open(endpoint)
    try:
        writing = _Writing(store)
        service = build_service(writing)
        found: dict[str, dict[str | None, Statements]] = {}
        for query in QUERIES:
            found[query.name] = {}
            for key in await keys_of(store, query):
                writing.statements = []
                await service.ask(query.graphql, {} if key is None else {"key": key})
                found[query.name][key] = writing.statements
        return found
    finally:
        await store.close()


def create_app(endpoint: Endpoint, statements: Mapping[str, Mapping[str | None, Statements]]) -> Starlette:
    """Make the application."""
    driver: AsyncDriver = driver_for(endpoint)

    @asynccontextmanager
    async def lifespan(_: object) -> AsyncIterator[None]:
        async with driver:
            yield

    def answering(query: Query) -> Callable[[Request], Awaitable[JSONResponse]]:
        async def answer(request: Request) -> JSONResponse:
            given = await request.json()
            records = []
            for text, parameters in statements[query.name][given["variables"].get("key")]:
                async with driver.session(database=endpoint.database, default_access_mode=READ_ACCESS) as session:
                    result = await session.run(text, dict(parameters))
                    records.append(list((await result.single(strict=True)).values()))
            return JSONResponse({"data": records})

        return answer

    return Starlette(
        routes=[Route(path_of(query), answering(query), methods=["POST"]) for query in QUERIES], lifespan=lifespan
    )


def main() -> None:
    """Serve until told to end."""
    with told(), open_endpoint(settings(), report) as endpoint:
        app = create_app(endpoint, asyncio.run(sent(endpoint)))
        serve(app, Settings(host="127.0.0.1", port=0), started=lambda address: report(f"Ready at {address}."))


if __name__ == "__main__":
    main()
