"""`graph-api serve`: the graph that is there, over GraphQL."""

from typing import TYPE_CHECKING, Annotated

import typer

from graph_api.cli.terminal import report, told
from graph_api.settings import Settings

if TYPE_CHECKING:
    from graph_api.web.lifecycle import Fill

Port = Annotated[int | None, typer.Option(help="The port to listen on; 0 takes a free one.", envvar="PORT")]
Host = Annotated[str | None, typer.Option(help="The address to listen on, a loopback one.", envvar="HOST")]


def serve(*, host: Host = None, port: Port = None) -> None:
    """Serve the graph over GraphQL until interrupted."""
    with told():
        run(host, port)


def run(host: str | None, port: int | None, fill: "Fill | None" = None) -> None:
    """Open the graph and serve it until interrupted; `fill` runs once the database is prepared."""
    from graph_api.schema.service import build_service, schema_text
    from graph_api.store.endpoint import open_endpoint
    from graph_api.web.app import create_app
    from graph_api.web.lifecycle import Graph
    from graph_api.web.server import listen
    from graph_api.web.server import serve as serve_app

    settings = Settings()
    host, port = host or settings.host, settings.port if port is None else port
    # An address that cannot be had is said before an engine is started for it.
    listen(host, port).close()
    with open_endpoint(settings, report) as endpoint:
        graph = Graph(endpoint, fill)
        service = build_service(graph)
        app = create_app(
            service.schema,
            sdl=schema_text(service.schema),
            context=service,
            ready=graph.ready,
            lifespan=graph.lifespan,
        )
        serve_app(app, host=host, port=port, started=lambda address: report(f"Serving at {address}/graphql"))
