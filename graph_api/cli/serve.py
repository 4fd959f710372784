"""`graph-api serve`: the graph that is there, over GraphQL."""

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from graph_api.cli.ending import at_the_latest, left
from graph_api.cli.settings import Config, Set, read
from graph_api.cli.terminal import Terminated, report, told

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from graph_api.settings import Settings
    from graph_api.store.connection import Store

Port = Annotated[int | None, typer.Option(help="The port to listen on; 0 takes a free one.", min=0, max=65535)]
Host = Annotated[str | None, typer.Option(help="The address to listen on.")]


def serve(*, host: Host = None, port: Port = None, config: Config = None, chosen: Set = None) -> None:
    """Serve the graph over GraphQL until interrupted."""
    with left(), told():
        run(read(config, chosen, host=host, port=port), _is_ready)


async def _is_ready(_: "Store", address: str) -> None:
    report(f"Ready. Ask questions at {address}/graphql; end with Ctrl-C.")


def run(settings: "Settings", prepared: "Callable[[Store, str], Awaitable[None]]") -> None:
    """Open the graph and serve it until told to end, be it by SIGINT or SIGTERM and while it starts or later.

    `prepared` runs while the service answers already, once the database is prepared; it gets the service's address, as
    `http://127.0.0.1:8000`.
    """
    from graph_api.store.endpoint import open_endpoint
    from graph_api.web.composition import compose
    from graph_api.web.lifecycle import Graph
    from graph_api.web.logs import configure
    from graph_api.web.safety import require_safe
    from graph_api.web.server import in_url, listen
    from graph_api.web.server import serve as serve_app

    require_safe(settings)
    # An address that cannot be had is said before an engine is started for it.
    with listen(settings.host, settings.port) as listener:
        own_names = (in_url(settings.host), in_url(listener.getsockname()[0]))
    configure(settings)
    address = _Address()

    async def fill(store: "Store") -> None:
        await prepared(store, await address.known())

    with (
        at_the_latest() as stopping,
        suppress(KeyboardInterrupt, Terminated),
        open_endpoint(settings, report) as endpoint,
    ):
        app = compose(settings, Graph(endpoint, fill, settings.limit.seconds), own_names)
        serve_app(app, settings, started=address.tell, stopping=stopping)


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
