"""The peer: what one would write by hand for one query, and no more.

A bare Starlette route for each query, on the same server as the service, with the service's driver settings. It reads
the key from the body, sends one auto-commit statement and answers with its one record as JSON. It has no schema, no
checks, no time limits, no retries and no error messages.

Started by `bench.reads`; which Neo4j it asks, the settings say.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase, NotificationMinimumSeverity
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from bench.queries import QUERIES, Query
from graph_api.cli.terminal import report, settings, told
from graph_api.settings import Settings
from graph_api.store.connection import ACQUIRING, CONNECTING
from graph_api.store.endpoint import Endpoint, open_endpoint
from graph_api.web.server import serve


def path_of(query: Query) -> str:
    """Return the path of a query's route."""
    return f"/{query.name.replace(' ', '-')}"


def create_app(endpoint: Endpoint) -> Starlette:
    """Make the application."""
    driver: AsyncDriver = AsyncGraphDatabase.driver(
        endpoint.uri,
        auth=(endpoint.user, endpoint.password.get_secret_value()),
        connection_timeout=CONNECTING,
        connection_acquisition_timeout=ACQUIRING,
        notifications_min_severity=NotificationMinimumSeverity.OFF,
        telemetry_disabled=True,
    )

    @asynccontextmanager
    async def lifespan(_: object) -> AsyncIterator[None]:
        async with driver:
            yield

    def answering(query: Query) -> Callable[[Request], Awaitable[JSONResponse]]:
        async def answer(request: Request) -> JSONResponse:
            parameters = await request.json()
            async with driver.session(database=endpoint.database, default_access_mode=READ_ACCESS) as session:
                result = await session.run(query.cypher, parameters)
                record = await result.single(strict=True)
            return JSONResponse({"data": record["data"]})

        return answer

    routes = [Route(path_of(query), answering(query), methods=["POST"]) for query in QUERIES]
    return Starlette(routes=routes, lifespan=lifespan)


def main() -> None:
    """Serve until told to end."""
    with told(), open_endpoint(settings(), report) as endpoint:
        here = Settings(host="127.0.0.1", port=0)
        serve(create_app(endpoint), here, started=lambda address: report(f"Ready at {address}."))


if __name__ == "__main__":
    main()
