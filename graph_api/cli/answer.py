"""What commands ask for: over GraphQL, through the same code as any client's request."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from graph_api.cli.graph import with_graph
from graph_api.cli.terminal import settings
from graph_api.errors import GraphApiError

if TYPE_CHECKING:
    from graph_api.schema.service import Service
    from graph_api.store.connection import Store

_ARGUMENTS = (
    (re.compile(r"^scope\.\w+: there"), "--scope: There"),
    (re.compile(r"^after (?=is )"), "--after "),
    (re.compile(r"^renewalDays: "), "--renewal-days: "),
    (re.compile(r"^weights(?:\.\w+)?: "), "--weight: "),
    (re.compile(r"^(?:key|asIs|toBe): t"), "T"),
    (re.compile(r"^(persona|segment)s: t"), r"--\1: T"),
)
"""What errors call arguments of the question, and what they are here."""


def answer(query: str, variables: Mapping[str, Any]) -> dict[str, Any]:
    """Open the graph, ask, and return the data; raises GraphApiError where the question cannot be answered."""

    async def work(store: "Store") -> dict[str, Any]:
        return await ask(service_over(store), query, variables)

    return with_graph(work)


def service_over(store: "Store") -> "Service":
    """Return what answers commands: the service, with the limits of the settings."""
    from graph_api.schema.service import build_service

    return build_service(store, limits=settings().limit)


async def ask(service: "Service", query: str, variables: Mapping[str, Any]) -> dict[str, Any]:
    """Ask a service and return the data; raises GraphApiError where the question cannot be answered."""
    from graph_api.web.response import response_of

    response = response_of(await service.ask(query, variables), inside=True)
    errors: list[Any] = response.get("errors") or []
    if errors:
        message = errors[0]["message"]
        for argument, option in _ARGUMENTS:
            message = argument.sub(option, message)
        raise GraphApiError(message)
    data: dict[str, Any] = response["data"]  # type: ignore[assignment] # it is there where nothing is wrong
    return data
