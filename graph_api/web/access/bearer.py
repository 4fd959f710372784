"""The header `Authorization`: who sends it, by which of the methods that the settings allow."""

import re
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Self

from graph_api.errors import UnauthenticatedError, UserInputError
from graph_api.model.roles import Role
from graph_api.schema.changer import ANYBODY
from graph_api.settings import Method
from graph_api.web.access.credential import PREFIX
from graph_api.web.access.identity import Identity
from graph_api.web.access.refusal import refuse
from graph_api.web.access.tokens import ACTOR_PREFIX, ApiTokens

if TYPE_CHECKING:
    from graph_api.web.access.oidc import OidcTokens

LARGEST = 8_192
"""Characters of the header."""
LONGEST_ACTOR = 200
"""Characters of the header `X-Actor`."""

MISSING = "Send a token: `Authorization: Bearer …`."
OTHER_SCHEME = "Only bearer tokens are known here; send one: `Authorization: Bearer …`."
NOT_ONE = "Send one token and nothing else: `Authorization: Bearer …`."
TOO_LONG = f"The header Authorization may have {LARGEST} characters; send a shorter token: `Authorization: Bearer …`."
BAD_ACTOR = (
    f"The header X-Actor may have {LONGEST_ACTOR} characters, all of them printable, and not begin with"
    f" `{ACTOR_PREFIX}`, as API tokens do in the history."
)

_SIGNED = re.compile(r"[\w-]+\.[\w-]+\.[\w-]*", re.ASCII)
_CREDENTIAL = re.compile(r"[A-Za-z0-9._~+/-]+=*")


class Bearer:
    """Tells who asks from a bearer token; its shape decides which method it is shown to.

    An asynchronous context, to be entered before the first request and left while the store is still open.
    """

    def __init__(self, tokens: ApiTokens | None, oidc: "OidcTokens | None") -> None:
        self._tokens = tokens
        self._oidc = oidc
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        if self._tokens:
            self._tokens.usage.start()
            self._open.push_async_callback(self._tokens.usage.close)
        if self._oidc:
            self._oidc.keys.start()
            self._open.push_async_callback(self._oidc.keys.close)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._open.aclose()

    async def identify(self, authorization: str | None, actor: str | None = None) -> Identity:  # noqa: ARG002
        """Tell who sends an `Authorization` header; `actor` is not believed here, the proof names it.

        Raises UnauthenticatedError, ForbiddenError and ServiceUnavailableError; nothing of what was sent is in them.
        """
        credential = _credential(authorization)
        method = _method(credential)
        knows = self._tokens if method is Method.TOKEN else self._oidc if method is Method.OIDC else None
        if knows is None:
            refuse("it has not the shape of any token that AUTHENTICATION allows")
        return await knows.identify(credential)


class Anyone:
    """Lets everybody do everything, by the name that they give themselves: where there is no authentication."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        return

    async def identify(self, authorization: str | None = None, actor: str | None = None) -> Identity:  # noqa: ARG002
        """Take the name in the header `X-Actor`, if there is one; raises UserInputError for one that cannot be used."""
        name = _decoded(actor or "").strip()
        if len(name) > LONGEST_ACTOR or not name.isprintable() or name.startswith(ACTOR_PREFIX):
            raise UserInputError(BAD_ACTOR)
        return Identity(name or ANYBODY, Role.ADMIN)


def only(headers: Sequence[str]) -> str | None:
    """Return the one `Authorization` header of a request, none where there is none; raises where there are several."""
    if len(headers) > 1:
        raise UnauthenticatedError(NOT_ONE)
    return headers[0] if headers else None


def method_of(authorization: str | None) -> Method | None:
    """Tell by its shape how somebody tries to prove who asks; none where the header holds no token of a known shape."""
    try:
        return _method(_credential(authorization))
    except UnauthenticatedError:
        return None


def _method(credential: str) -> Method | None:
    if credential.startswith(PREFIX):
        return Method.TOKEN
    return Method.OIDC if _SIGNED.fullmatch(credential) else None


def _credential(authorization: str | None) -> str:
    if authorization is None:
        raise UnauthenticatedError(MISSING)
    if len(authorization) > LARGEST:
        raise UnauthenticatedError(TOO_LONG)
    scheme, _, rest = authorization.strip(" \t").partition(" ")
    if scheme.lower() != "bearer":
        raise UnauthenticatedError(OTHER_SCHEME if scheme else MISSING)
    credential = rest.strip(" ")
    if not _CREDENTIAL.fullmatch(credential):
        raise UnauthenticatedError(NOT_ONE)
    return credential


def _decoded(header: str) -> str:
    """Read a header as UTF-8, which is what people type, where it can be that: it comes as Latin-1."""
    try:
        return header.encode("latin-1").decode()
    except UnicodeError:
        return header
