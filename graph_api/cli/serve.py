"""`graph-api serve`: the graph that is there, over GraphQL."""

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from graph_api.cli.terminal import Terminated, report, settings, told

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from graph_api.store.connection import Store

Port = Annotated[
    int | None, typer.Option(help="The port to listen on; 0 takes a free one.", envvar="PORT", min=0, max=65535)
]
Host = Annotated[str | None, typer.Option(help="The address to listen on, a loopback one.", envvar="HOST")]


def serve(*, host: Host = None, port: Port = None) -> None:
    """Serve the graph over GraphQL until interrupted."""
    with told():
        run(host, port, _is_ready)


async def _is_ready(_: "Store", address: str) -> None:
    report(f"Ready. Ask questions at {address}/graphql; end with Ctrl-C.")


def run(host: str | None, port: int | None, prepared: "Callable[[Store, str], Awaitable[None]]") -> None:
    """Open the graph and serve it until told to end, be it by SIGINT or SIGTERM and while it starts or later.

    `prepared` runs while the service answers already, once the database is prepared; it gets the service's address, as
    `http://127.0.0.1:8000`.
    """
    from graph_api.schema.service import build_service, schema_text
    from graph_api.store.endpoint import open_endpoint
    from graph_api.web.app import LOOPBACK_HOSTS, create_app
    from graph_api.web.lifecycle import Graph
    from graph_api.web.server import listen
    from graph_api.web.server import serve as serve_app

    chosen = settings()
    host, port = host or chosen.host, chosen.port if port is None else port
    # An address that cannot be had is said before an engine is started for it.
    with listen(host, port) as listener:
        own_names = (_in_url(host), _in_url(listener.getsockname()[0]))
    address = _Address()

    async def fill(store: "Store") -> None:
        await prepared(store, await address.known())

    with suppress(KeyboardInterrupt, Terminated), open_endpoint(chosen, report) as endpoint:
        graph = Graph(endpoint, fill)
        service = build_service(graph, graph.store)
        app = create_app(
            service.schema,
            sdl=schema_text(service.schema),
            context=service,
            ready=graph.ready,
            lifespan=graph.lifespan,
            allowed_hosts=(*LOOPBACK_HOSTS, *own_names),
        )
        serve_app(app, host=host, port=port, started=address.tell)


class _Address:
    """Where the service answers, once it does."""

    def __init__(self) -> None:
        self._told = asyncio.Event()
        self._text = ""

    def tell(self, text: str) -> None:
        report(f"Serving at {text}/graphql")
        self._text = text
        self._told.set()

    async def known(self) -> str:
        await self._told.wait()
        return self._text


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
