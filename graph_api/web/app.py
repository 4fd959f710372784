"""The application: routes, middleware and lifespan as data."""

from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus

import strawberry
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.types import Lifespan

from graph_api.errors import Code
from graph_api.settings import Settings
from graph_api.web.endpoint import GraphQLEndpoint
from graph_api.web.faults import INTERNAL_MESSAGE, refuse
from graph_api.web.headers import SecurityHeadersMiddleware
from graph_api.web.health import Readiness, ReadinessRoute, live
from graph_api.web.hosts import HostsMiddleware
from graph_api.web.static import GRAPHIQL_PAGE, Assets

# A page of some other site may make its name resolve to 127.0.0.1 and so talk to us from a browser; it cannot choose
# the Host header, which then bears its name. Hence only these.
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")


def create_app(  # noqa: PLR0913 what the application is made of, each by its name
    schema: strawberry.Schema,
    *,
    sdl: str,
    context: object,
    ready: Callable[[], Awaitable[Readiness]],
    lifespan: Lifespan[Starlette] | None = None,
    allowed_hosts: Sequence[str] = LOOPBACK_HOSTS,
    body_limit: int | None = None,
) -> Starlette:
    """Return the service as an ASGI application.

    `sdl` is the schema's text, served as it is; `context` is handed to every GraphQL operation; `ready` says whether
    operations can be answered; `allowed_hosts` are the names, without port, that a request's Host header may bear;
    `body_limit` is how many bytes a request's body may have, by default what the settings say.
    """

    async def show_sdl(request: Request) -> Response:  # noqa: ARG001 Starlette's signature
        return PlainTextResponse(sdl, headers={"cache-control": "no-cache"})

    async def go_to_graphql(request: Request) -> Response:  # noqa: ARG001 Starlette's signature
        return RedirectResponse("/graphql")

    endpoint = GraphQLEndpoint(
        schema,
        context=context,
        page=GRAPHIQL_PAGE.read_text(encoding="utf-8"),
        body_limit=Settings().limit.body if body_limit is None else body_limit,
    )
    return Starlette(
        routes=[
            Route("/", go_to_graphql),
            Route("/graphql", endpoint, methods=["GET", "POST"]),
            WebSocketRoute("/graphql", endpoint),
            Route("/schema.graphql", show_sdl),
            Route("/healthz", live),
            Route("/readyz", ReadinessRoute(ready).answer),
            Mount("/assets", Assets()),
        ],
        middleware=[
            Middleware(SecurityHeadersMiddleware),
            Middleware(HostsMiddleware, allowed_hosts=allowed_hosts),
        ],
        exception_handlers={HTTPException: _refuse_request, Exception: _admit_fault},
        lifespan=lifespan,
    )


async def _refuse_request(request: Request, error: Exception) -> Response:
    """Answer what no route answers: an unknown path, a method that a route does not know."""
    status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.BAD_REQUEST
    headers = error.headers if isinstance(error, HTTPException) else None
    code = Code.NOT_FOUND if status == HTTPStatus.NOT_FOUND else Code.BAD_USER_INPUT
    message = f"{HTTPStatus(status).phrase}: {request.method} {request.url.path}"
    return refuse(message, status, code=code, headers=headers)


async def _admit_fault(request: Request, error: Exception) -> Response:  # noqa: ARG001 Starlette's signature
    """Answer for a fault of ours; Starlette raises it again for the server's log."""
    return refuse(INTERNAL_MESSAGE, HTTPStatus.INTERNAL_SERVER_ERROR, code=Code.INTERNAL)
