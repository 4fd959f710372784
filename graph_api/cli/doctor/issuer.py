"""The OpenID Connect provider: whether it is there, and is who it should be."""

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph_api.cli.doctor.finding import Finding, failure, fine

if TYPE_CHECKING:
    from graph_api.settings import Settings


def issuer(settings: "Settings") -> Iterator[Finding]:
    """Fetch the provider's keys as the service does; nothing where it is not asked."""
    from graph_api.settings import Method
    from graph_api.web.access.fetch import FetchError
    from graph_api.web.access.keys import fetch_keys

    oidc = settings.oidc
    if Method.OIDC not in settings.authentication or not oidc.issuer:
        return
    try:
        asyncio.run(fetch_keys(oidc))
    except FetchError as error:
        mending = (
            "Correct the settings OIDC_…, or let this machine reach it: until then no token of its can be checked."
        )
        yield failure("issuer", f"The keys of {oidc.issuer} cannot be had: {error}.", mending)
    else:
        yield fine("issuer", f"The keys of {oidc.issuer} can be had, and used.")
