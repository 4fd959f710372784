"""The application: routes, middleware and lifespan as data."""

from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.types import Lifespan

from graph_api.errors import Code, GraphApiError
from graph_api.web.endpoint import Answering, GraphQLEndpoint
from graph_api.web.entry import Entry
from graph_api.web.faults import FaultsMiddleware, refuse, refuse_for
from graph_api.web.headers import SecurityHeadersMiddleware
from graph_api.web.health import Readiness, ReadinessRoute, live
from graph_api.web.hosts import HostsMiddleware
from graph_api.web.observation import Observation
from graph_api.web.request_id import RequestIdMiddleware
from graph_api.web.socket import SocketEndpoint
from graph_api.web.static import Assets

# A page of some other site may make its name resolve to 127.0.0.1 and so talk to us from a browser; it cannot choose
# the Host header, which then bears its name. Hence only these.
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")


def create_app(  # noqa: PLR0913 - what the application is made of, each by its name
    service: Answering,
    *,
    entry: Entry,
    ready: Callable[[], Awaitable[Readiness]],
    observation: Observation | None = None,
    sdl: str | None = None,
    page: str | None = None,
    metrics: bool = True,
    lifespan: Lifespan[Starlette] | None = None,
    allowed_hosts: Sequence[str] = LOOPBACK_HOSTS,
) -> Starlette:
    """Return the service as an ASGI application.

    `service` answers the operations of those whom `entry` lets in. `sdl` is the schema's text, served as it is, and
    `page` what browsers see of GraphQL: none of either, and no `metrics`, where that is switched off. `ready` says
    whether operations can be answered, `observation` is told of each, `allowed_hosts` are the names, without port, that
    a request's Host header may bear.
    """
    observation = observation or Observation(entry.metrics)

    async def show_sdl(request: Request) -> Response:
        try:
            await entry.identify(request)
        except GraphApiError as error:
            return refuse_for(error)
        return PlainTextResponse(sdl, headers={"cache-control": "no-cache"})

    async def show_metrics(request: Request) -> Response:
        return await observation.show(request, entry)

    async def go_to_graphql(request: Request) -> Response:  # noqa: ARG001 Starlette's signature
        return RedirectResponse("/graphql")

    endpoint = GraphQLEndpoint(service, entry, page=page, observation=observation)
    conversations = SocketEndpoint(service, entry, observation)
    return Starlette(
        routes=[
            Route("/", go_to_graphql),
            Route("/graphql", endpoint.answer, methods=["GET", "POST"]),
            WebSocketRoute("/graphql", conversations.converse),
            *([Route("/schema.graphql", show_sdl)] if sdl is not None else []),
            *([Route("/metrics", show_metrics)] if metrics else []),
            Route("/healthz", live),
            Route("/readyz", ReadinessRoute(ready).answer),
            *([Mount("/assets", Assets())] if page is not None else []),
        ],
        middleware=[
            Middleware(RequestIdMiddleware),
            Middleware(SecurityHeadersMiddleware),
            Middleware(FaultsMiddleware),
            Middleware(HostsMiddleware, allowed_hosts=allowed_hosts),
            *_cross_origin(entry.origins),
        ],
        exception_handlers={HTTPException: _refuse_request},
        lifespan=lifespan,
    )


def _cross_origin(origins: Sequence[str]) -> list[Middleware]:
    """Tell browsers which pages of other origins may read answers, where there are any."""
    if not origins:
        return []
    headers = ("authorization", "content-type", "idempotency-key", "x-request-id")
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=tuple(origins),
            allow_methods=("GET", "POST"),
            allow_headers=headers,
            expose_headers=("etag", "retry-after", "x-request-id"),
        )
    ]


async def _refuse_request(request: Request, error: Exception) -> Response:
    """Answer what no route answers: an unknown path, a method that a route does not know."""
    status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.BAD_REQUEST
    headers = error.headers if isinstance(error, HTTPException) else None
    code = Code.NOT_FOUND if status == HTTPStatus.NOT_FOUND else Code.BAD_USER_INPUT
    message = f"{HTTPStatus(status).phrase}: {request.method} {request.url.path}"
    return refuse(message, status, code=code, headers=headers)
