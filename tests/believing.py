"""Tokens of an issuer, and who believes them."""

from typing import Any

import pytest

from graph_api.errors import UnauthenticatedError
from graph_api.settings import Oidc
from graph_api.web.access.oidc import OidcTokens
from graph_api.web.access.refusal import REFUSED
from tests.issuer import Clock, Issuer

NOW = 1_800_000_000
AUDIENCE = "graph"


def claims(issuer: Issuer, **changed: Any) -> dict[str, Any]:
    told = {"iss": issuer.url, "aud": AUDIENCE, "sub": "ada", "exp": NOW + 300, "roles": ["editor"]} | changed
    return {name: value for name, value in told.items() if value is not None}


def believing(issuer: Issuer, clock: Clock, **settings: Any) -> OidcTokens:
    oidc = Oidc(**{"issuer": issuer.url, "audience": AUDIENCE, **settings})
    return OidcTokens(oidc, now=clock.now, monotonic=clock.now)


async def refused(tokens: OidcTokens, text: str) -> None:
    with pytest.raises(UnauthenticatedError) as caught:
        await tokens.identify(text)
    assert caught.value.message == REFUSED
