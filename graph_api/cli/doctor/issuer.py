"""The OpenID Connect provider: whether it is there, and is who it should be."""

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING

from graph_api.cli.doctor.finding import Finding, failure, fine

if TYPE_CHECKING:
    from graph_api.settings import Oidc, Settings

DISCOVERY = "/.well-known/openid-configuration"


def issuer(settings: "Settings") -> Iterator[Finding]:
    """Fetch the provider's discovery document and its keys, as the service would; nothing where it is not asked."""
    from graph_api.settings import Method
    from graph_api.web.access.fetch import FetchError

    oidc = settings.oidc
    if Method.OIDC not in settings.authentication or not oidc.issuer:
        return
    try:
        fault = asyncio.run(_fault(oidc))
    except FetchError as error:
        fault = str(error)
    if fault:
        mending = "Correct OIDC_ISSUER, or let this machine reach it: until then no token of its can be checked."
        yield failure("issuer", f"{oidc.issuer} cannot be used: {fault}.", mending)
    else:
        yield fine("issuer", f"{oidc.issuer} answers, and publishes its keys.")


async def _fault(oidc: "Oidc") -> str:
    from graph_api.web.access.fetch import fetch, is_usable

    issuer = str(oidc.issuer)
    document = await fetch(issuer.rstrip("/") + DISCOVERY)
    if document.get("issuer") != issuer:
        return f"its discovery document says that it is {str(document.get('issuer'))[:200]!r}"
    address = oidc.jwks_url or str(document.get("jwks_uri"))
    if not is_usable(address):
        return "its discovery document names no address of its keys (`jwks_uri`) that could be trusted"
    keys = (await fetch(address)).get("keys")
    return "" if isinstance(keys, list) and keys else "it publishes no keys"
