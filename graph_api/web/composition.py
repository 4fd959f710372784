"""The service put together as the settings say: what answers, whom it lets in, and what it tells of itself."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from starlette.applications import Starlette

from graph_api.schema.annex import Annex
from graph_api.schema.counting import counting
from graph_api.schema.service import build_service, schema_text
from graph_api.settings import Settings
from graph_api.web.access.choice import authenticator
from graph_api.web.app import LOOPBACK_HOSTS, create_app
from graph_api.web.entry import Entry
from graph_api.web.lifecycle import Graph
from graph_api.web.observation import Observation
from graph_api.web.rates import Rates
from graph_api.web.static import GRAPHIQL_PAGE

ANNEX_PATIENCE = 30.0
"""Seconds after the start in which there is no annex unless something heavy comes."""


def compose(settings: Settings, graph: Graph, own_names: Sequence[str]) -> Starlette:
    """Return the application over a graph; raises UserInputError for settings that cannot be used.

    `own_names` are the names by which the service knows that it is called, beside those of the settings.
    """
    service = build_service(
        graph,
        graph.store,
        settings.limit,
        introspection=settings.introspection,
        suggestions=settings.suggestions,
    )
    knows = authenticator(settings, graph.store)
    observation = Observation(gate=service.compiler.admission.gate, up=lambda: not graph.lost)
    entry = Entry(
        knows,
        bool(settings.authentication),
        settings.limit,
        Rates(settings.limit.requests),
        settings.allowed_origins,
        observation.metrics,
    )

    annex = Annex(graph.endpoint, settings.limit, patience=ANNEX_PATIENCE)

    @asynccontextmanager
    async def lifespan(app: object) -> AsyncIterator[None]:
        async with graph.lifespan(app), knows, counting(service.compiler, graph), annex.running(graph.prepared):
            service.compiler.admission.elsewhere = annex
            yield

    return create_app(
        service,
        entry=entry,
        sdl=schema_text(service.schema) if settings.introspection else None,
        ready=graph.ready,
        page=GRAPHIQL_PAGE.read_text(encoding="utf-8") if settings.graphiql else None,
        observation=observation,
        metrics=settings.metrics,
        lifespan=lifespan,
        allowed_hosts=(*LOOPBACK_HOSTS, *own_names, *settings.allowed_hosts),
    )
