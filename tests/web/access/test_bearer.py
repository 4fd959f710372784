"""The header `Authorization`, and which authentication the settings lead to."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.errors import GraphApiError, ServiceUnavailableError, UnauthenticatedError, UserInputError
from graph_api.model.roles import Role
from graph_api.settings import Oidc, Settings
from graph_api.store.connection import Store
from graph_api.web.access.bearer import LARGEST, MISSING, NOT_ONE, OTHER_SCHEME, TOO_LONG, Anyone, Bearer, only
from graph_api.web.access.choice import authenticator
from graph_api.web.access.credential import mint
from graph_api.web.access.identity import Authenticator, Identity
from graph_api.web.access.refusal import REFUSED
from tests.issuer import Issuer, issuing


def away() -> Store:
    message = "The graph is not open yet; try again in a moment."
    raise ServiceUnavailableError(message)


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with issuing() as issuer:
        yield issuer


def chosen(*methods: str, **oidc: Any) -> Bearer | Anyone:
    return authenticator(Settings(authentication=frozenset(methods), oidc=Oidc(**oidc)), away)


async def said(authenticator: Authenticator, authorization: str | None) -> str:
    with pytest.raises(UnauthenticatedError) as caught:
        await authenticator.identify(authorization)
    return caught.value.message


@pytest.mark.parametrize(
    ("authorization", "sentence"),
    [
        (None, MISSING),
        ("", MISSING),
        ("   ", MISSING),
        ("Basic YTpi", OTHER_SCHEME),
        ("Bearerx y", OTHER_SCHEME),
        ("gapi_token", OTHER_SCHEME),
        ("Bearer", NOT_ONE),
        ("Bearer ", NOT_ONE),
        ("Bearer one two", NOT_ONE),
        ("Bearer one, Bearer two", NOT_ONE),
        ("Bearer one,two", NOT_ONE),
        ("Bearer tökén", NOT_ONE),
        ("Bearer one\ttwo", NOT_ONE),
        ("Bearer a\x00b", NOT_ONE),
        ("Bearer " + "a" * LARGEST, TOO_LONG),
        ("Bearer other", REFUSED),
        ("Bearer gapi_0", REFUSED),
        ("bearer a.b.c", REFUSED),
    ],
)
async def test_what_is_no_bearer_token_is_refused_with_its_mending(authorization: str | None, sentence: str) -> None:
    assert await said(chosen("token"), authorization) == sentence


async def test_a_token_of_a_method_that_is_not_allowed_is_refused_as_any_other(issuer: Issuer) -> None:
    signed = issuer.token({"sub": "ada"})
    assert await said(chosen("token"), f"Bearer {signed}") == REFUSED
    only_oidc = chosen("oidc", issuer=issuer.url, audience="graph")
    assert await said(only_oidc, f"Bearer {mint()[0]}") == REFUSED
    assert issuer.asked == []


async def test_the_shape_of_a_token_decides_which_method_it_is_shown_to(issuer: Issuer) -> None:
    both = chosen("token", "oidc", issuer=issuer.url, audience="graph")
    claims = {"iss": issuer.url, "aud": "graph", "sub": "ada", "exp": 4_000_000_000, "roles": "admin"}
    async with both:
        for scheme in ("Bearer", "bearer", "BEARER  "):
            identity = await both.identify(f"{scheme} {issuer.token(claims)}", "somebody else")
            assert identity == Identity("ada", Role.ADMIN, 4_000_000_030)
        with pytest.raises(ServiceUnavailableError, match="not open yet"):
            await both.identify(f"Bearer {mint()[0]}")


async def test_the_keys_of_the_issuer_are_fetched_before_anybody_comes(issuer: Issuer) -> None:
    async with chosen("oidc", issuer=issuer.url, audience="graph") as bearer:
        assert isinstance(bearer, Bearer)
        assert bearer._oidc
        assert bearer._oidc.keys._refreshing
        await bearer._oidc.keys._refreshing
    assert len(issuer.asked) == 2


def test_several_headers_are_none() -> None:
    assert only([]) is None
    assert only(["Bearer x"]) == "Bearer x"
    with pytest.raises(UnauthenticatedError, match="one token and nothing else"):
        only(["Bearer x", "Bearer x"])


@given(st.text(max_size=100) | st.text(max_size=100).map("Bearer {}".format))
async def test_no_header_is_believed_or_breaks_anything(header: str) -> None:
    with pytest.raises(GraphApiError) as caught:
        await chosen("token").identify(header)
    assert caught.value.message in {MISSING, OTHER_SCHEME, NOT_ONE, REFUSED}


async def test_without_authentication_anyone_may_do_everything_by_the_name_they_give() -> None:
    anyone = chosen()
    async with anyone:
        assert await anyone.identify("Bearer whatever") == Identity("anonymous", Role.ADMIN)
        assert await anyone.identify(None, "") == Identity("anonymous", Role.ADMIN)
        assert await anyone.identify(None, " ada ") == Identity("ada", Role.ADMIN)
        assert await anyone.identify(None, "Łukasz".encode().decode("latin-1")) == Identity("Łukasz", Role.ADMIN)
        assert await anyone.identify(None, "Zoë") == Identity("Zoë", Role.ADMIN)


@pytest.mark.parametrize("name", ["a\nb", "a\x00", "x" * 201, "\u202eada", "token:reporting", " token:x"])
async def test_a_name_that_the_history_cannot_hold_is_refused(name: str) -> None:
    with pytest.raises(UserInputError, match="The header X-Actor"):
        await chosen().identify(None, name)


@pytest.mark.parametrize(
    ("oidc", "sentence"),
    [
        ({"audience": "graph"}, "OIDC_ISSUER must say the address of the provider"),
        ({"issuer": "https://id.example"}, "OIDC_AUDIENCE must say"),
        ({"issuer": "http://id.example", "audience": "graph"}, "OIDC_ISSUER must be an https address"),
        ({"issuer": "https://u:p@id.example", "audience": "graph"}, "OIDC_ISSUER must be an https address"),
        ({"issuer": "https://[", "audience": "graph"}, "OIDC_ISSUER must be an https address"),
        (
            {"issuer": "https://id.example", "audience": "graph", "jwks_url": "ftp://id.example"},
            "OIDC_JWKS_URL must be an https address",
        ),
        ({"issuer": "https://id.example", "audience": "graph", "role_claim": ""}, "OIDC_ROLE_CLAIM must say"),
        (
            {"issuer": "https://id.example", "audience": "graph", "roles": {"board": "OWNER"}},
            "OIDC_ROLES leads to OWNER, which is no role; roles are VIEWER, EDITOR, ADMIN",
        ),
    ],
)
def test_settings_that_cannot_be_used_are_refused_with_their_mending(oidc: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UserInputError, match=sentence):
        chosen("oidc", **oidc)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9", "http://localhost", "http://[::1]:8", "https://id.example/realm"]
)
def test_an_issuer_may_be_on_this_machine_or_behind_https(url: str) -> None:
    assert isinstance(chosen("oidc", issuer=url, audience="graph"), Bearer)
