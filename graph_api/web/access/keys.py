"""The public keys of an OpenID Connect provider, fetched where its discovery document says, and kept.

What a token claims of itself leads nowhere: neither `jwk`, `jku` nor `x5u` is looked at. An id of a key that is not
known lets the keys be fetched anew, since providers change them, but whatever is sent, at most once in half a minute.
"""

import asyncio
import logging
import time
import warnings
from collections.abc import Awaitable, Callable
from typing import Any

from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import ECKey, JWKRegistry, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

from graph_api.errors import ServiceUnavailableError
from graph_api.settings import Oidc
from graph_api.web.access.fetch import FetchError, fetch, is_loopback, is_usable

FRESH = 3600.0
"""Seconds after which keys are fetched anew."""
PAUSE = 30.0
"""Seconds between two attempts, at least."""
MOST = 100
"""Keys of a provider beyond which the rest is not looked at."""
SMALLEST_RSA = 2048
"""Bits."""

UNAVAILABLE = "The issuer of tokens cannot be asked at the moment; try again shortly."

_DISCOVERY = "/.well-known/openid-configuration"
log = logging.getLogger(__name__)

PublicKey = RSAKey | ECKey | OKPKey
Fetch = Callable[[str], Awaitable[dict[str, Any]]]


class IssuerKeys:
    """The keys of one issuer. Those that are known stay while it is away."""

    def __init__(self, oidc: Oidc, *, fetch: Fetch = fetch, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._oidc = oidc
        self._fetch = fetch
        self._monotonic = monotonic
        self._keys: list[PublicKey] | None = None
        self._fetched = 0.0
        self._attempted: float | None = None
        self._failed = False
        self._refreshing: asyncio.Task[None] | None = None

    async def find(self, identity: str | None, algorithm: str) -> PublicKey | None:
        """Return the key with an id that serves an algorithm; without an id, the one key that does.

        None where the issuer has none; raises ServiceUnavailableError where it cannot be asked whether it has.
        """
        if self._keys is None:
            await self._refresh_unless_just_done()
        elif self._monotonic() - self._fetched >= FRESH:
            await self._renew()
        if not self._has(identity):
            await self._refresh_unless_just_done()
        if self._failed and not self._has(identity):
            raise ServiceUnavailableError(UNAVAILABLE)
        fitting = [key for key in self._keys or () if identity in {None, key.kid} and _serves(key, algorithm)]
        return fitting[0] if len(fitting) == 1 else None

    def start(self) -> None:
        """Begin to fetch the keys, so that a fault is in the log before anybody comes."""
        self._refresh()

    async def close(self) -> None:
        """Give up what is being fetched."""
        if self._refreshing:
            self._refreshing.cancel()
            await asyncio.gather(self._refreshing, return_exceptions=True)

    def _has(self, identity: str | None) -> bool:
        return any(identity in {None, key.kid} for key in self._keys or ())

    async def _renew(self) -> None:
        """Fetch keys that have grown old: beside the requests, unless nobody has asked for long."""
        idle = self._attempted is None or self._monotonic() - self._attempted >= 2 * FRESH
        if idle:
            await self._refresh_unless_just_done()
        elif self._may_ask():
            self._refresh()

    async def _refresh_unless_just_done(self) -> None:
        if self._refreshing or self._may_ask():
            # Whoever goes away meanwhile takes the answer from nobody.
            await asyncio.shield(self._refresh())

    def _may_ask(self) -> bool:
        return self._attempted is None or self._monotonic() - self._attempted >= PAUSE

    def _refresh(self) -> "asyncio.Task[None]":
        if self._refreshing is None:
            self._attempted = self._monotonic()
            self._refreshing = asyncio.create_task(self._fetch_keys())
            self._refreshing.add_done_callback(self._refreshed)
        return self._refreshing

    def _refreshed(self, _: "asyncio.Task[None]") -> None:
        self._refreshing = None

    async def _fetch_keys(self) -> None:
        """Fetch the keys; what hinders it is logged."""
        moment = self._monotonic()
        try:
            keys = await fetch_keys(self._oidc, self._fetch)
        except FetchError as error:
            self._failed = True
            kept = "; the ones known stay" if self._keys else ""
            log.warning("The keys of the issuer %s cannot be had: %s%s.", self._oidc.issuer, error, kept)
        except Exception:
            self._failed = True
            log.exception("The keys of the issuer %s cannot be had.", self._oidc.issuer)
        else:
            self._failed = False
            self._keys, self._fetched = keys, moment


async def fetch_keys(oidc: Oidc, fetch: Fetch = fetch) -> list[PublicKey]:
    """Fetch the keys of an issuer that can be used, of which there is one at least; raises FetchError."""
    return _keys(await fetch(oidc.jwks_url or await _discover(oidc.issuer or "", fetch)))


async def _discover(issuer: str, fetch: Fetch) -> str:
    """Return the address of an issuer's keys, as its discovery document says it."""
    document = await fetch(issuer.rstrip("/") + _DISCOVERY)
    if (named := document.get("issuer")) != issuer:
        message = (
            f"its discovery document names another issuer than OIDC_ISSUER, {str(named)[:200]!r}; "
            "they must be the same to the letter"
        )
        raise FetchError(message)
    url = document.get("jwks_uri")
    if not isinstance(url, str) or not is_usable(url) or (is_loopback(url) and not is_loopback(issuer)):
        message = "its discovery document names no address of its keys (`jwks_uri`) that could be trusted"
        raise FetchError(message)
    return url


def _keys(document: dict[str, Any]) -> list[PublicKey]:
    """Read a set of keys; what is no public key for signatures, or a weak one, is left out."""
    listed = document.get("keys")
    if not isinstance(listed, list):
        message = "it publishes no set of keys"
        raise FetchError(message)
    keys = [key for key in map(_key, listed[:MOST]) if key]
    if not keys:
        message = "it publishes no key that could be used"
        raise FetchError(message)
    return keys


def _key(value: Any) -> PublicKey | None:
    if not isinstance(value, dict):
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SecurityWarning)  # of small keys, which are refused below
            key = JWKRegistry.import_key(value)
        if not isinstance(key, PublicKey) or key.is_private:
            return None
        if isinstance(key, RSAKey) and key.public_key.key_size < SMALLEST_RSA:
            return None
        key.check_use("sig")
        key.check_key_op("verify")
    except (JoseError, ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return None
    else:
        return key


def _serves(key: PublicKey, algorithm: str) -> bool:
    """Say whether a key is one for an algorithm: of its type and curve, and not meant for another."""
    try:
        JWSRegistry.algorithms[algorithm].check_key(key)
    except JoseError:
        return False
    return True
