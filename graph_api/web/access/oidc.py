"""OpenID Connect: from a signed token of the one issuer that is believed to who it is.

Signatures, headers and times are joserfc's to judge, see docs/decisions; which keys, algorithms, issuer and audience is
said by the settings alone.
"""

import json
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from joserfc.errors import ExpiredTokenError, JoseError, SecurityWarning
from joserfc.jws import CompactSignature, JWSRegistry, extract_compact, validate_compact
from joserfc.jwt import JWTClaimsRegistry

from graph_api.errors import ForbiddenError
from graph_api.model.roles import Role
from graph_api.settings import Oidc
from graph_api.web.access.identity import Identity
from graph_api.web.access.keys import IssuerKeys
from graph_api.web.access.known import Known
from graph_api.web.access.refusal import refuse
from graph_api.web.access.tokens import ACTOR_PREFIX

TYPES = frozenset({"jwt", "at+jwt", "application/at+jwt"})
"""What a token's header may say it is, where it says so; others, as of a sign-out, prove nothing here."""
LONGEST_NAME = 200
"""Characters of a name in the history."""
BELIEVED = 10.0
"""Seconds for which a signature that was checked need not be checked again."""
KNOWN = 10_000

_MALFORMED = (JoseError, ValueError, TypeError, KeyError, OverflowError, RecursionError)


class _Registry(JWSRegistry):
    # Some providers put certificates there. What comes is bounded as a whole, see bearer.
    max_header_length = 8_192


class OidcTokens:
    """Knows the tokens of the one issuer that the settings name."""

    def __init__(
        self,
        oidc: Oidc,
        keys: IssuerKeys | None = None,
        *,
        now: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._oidc = oidc
        self.keys = keys or IssuerKeys(oidc, monotonic=monotonic)
        self._now = now
        self._monotonic = monotonic
        # Headers that the registry does not know are let be: they change nothing, or stand in `crit`.
        self._registry = _Registry(algorithms=oidc.algorithms, strict_check_header=False)
        self._claims = JWTClaimsRegistry(
            now=lambda: int(self._now()),
            leeway=oidc.leeway,
            iss={"essential": True, "value": oidc.issuer or ""},
            aud={"essential": True, "value": oidc.audience or ""},
            exp={"essential": True},
        )
        self._roles = {value: Role(role.upper()) for value, role in oidc.roles.items()}
        self._known: Known[Identity] = Known(KNOWN, BELIEVED, monotonic)

    async def identify(self, text: str) -> Identity:
        """Tell who the issuer says it is.

        Raises UnauthenticatedError, ForbiddenError for somebody without a role or a usable name, and
        ServiceUnavailableError where the issuer's keys are not known and cannot be had.
        """
        key = sha256(text.encode()).hexdigest()
        identity = self._known.get(key)
        if identity is None:
            moment = self._monotonic()
            identity = self._identity(await self._verified(text))
            self._known.keep(key, identity, of=moment)
        if identity.expires is not None and self._now() >= identity.expires:
            refuse("it has expired")
        return identity

    async def _verified(self, text: str) -> Mapping[str, Any]:
        """Return the claims of a token whose signature and times are right."""
        token, algorithm = self._unverified(text)
        identity = token.protected.get("kid")
        key = await self.keys.find(identity, algorithm)
        if key is None:
            refuse("its issuer has no key for it")
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", SecurityWarning)  # of the name EdDSA, which is older than Ed25519
                sound = validate_compact(token, key, registry=self._registry)
        except _MALFORMED:
            refuse("its signature cannot be checked")
        if not sound:
            refuse("its signature is wrong")
        try:
            claims = json.loads(token.payload)
            if not isinstance(claims, dict):
                refuse("it holds no claims")
            self._claims.validate(claims)
        except ExpiredTokenError:
            refuse("it has expired")
        except _MALFORMED as error:
            # The name of a claim is one of those asked for above.
            claim = getattr(error, "claim", "a claim")
            refuse(f"{claim} is missing or not as it must be")
        return claims

    def _unverified(self, text: str) -> tuple[CompactSignature, str]:
        """Take a token apart, and return it with its algorithm, which is one of those that are believed."""
        try:
            token = extract_compact(text.encode(), registry=self._registry)
            header = token.protected
            if not isinstance(header, dict):
                refuse("its header is no object")
            self._registry.check_header(header)
        except _MALFORMED:
            refuse("it cannot be read")
        algorithm, type_ = header["alg"], header.get("typ", "JWT")
        if algorithm not in self._oidc.algorithms:
            refuse("its algorithm is not one of OIDC_ALGORITHMS")
        if "crit" in header or "b64" in header:
            refuse("it wants something understood that is not understood here")
        if type_.lower() not in TYPES:
            refuse("it is a token for something else")
        return token, algorithm

    def _identity(self, claims: Mapping[str, Any]) -> Identity:
        try:
            expires = float(claims["exp"]) + self._oidc.leeway
        except OverflowError:
            refuse("exp is not as it must be")
        return Identity(self._actor(claims), self._role(claims), expires)

    def _actor(self, claims: Mapping[str, Any]) -> str:
        actor = next(_at(claims, self._oidc.actor_claim), None)
        if (
            not isinstance(actor, str)
            or not actor.strip()
            or len(actor) > LONGEST_NAME
            or not actor.isprintable()
            or actor.startswith(ACTOR_PREFIX)
        ):
            message = (
                f"Your token gives no name that the history could hold: the claim `{self._oidc.actor_claim}` must be "
                f"1 to {LONGEST_NAME} printable characters that do not begin with `{ACTOR_PREFIX}`."
            )
            raise ForbiddenError(message)
        return actor

    def _role(self, claims: Mapping[str, Any]) -> Role:
        values = [value for found in _at(claims, self._oidc.role_claim) for value in _listed(found)]
        roles = {role for value in values if (role := self._named(value))}
        for role in reversed(Role):
            if role in roles:
                return role
        message = (
            f"You are known, but have no role here; ask for one, in the claim `{self._oidc.role_claim}` of your token."
        )
        raise ForbiddenError(message)

    def _named(self, value: Any) -> Role | None:
        if not isinstance(value, str):
            return None
        if self._roles:
            return self._roles.get(value)
        return next((role for role in Role if role == value.upper()), None)


def _at(claims: Any, path: str) -> Iterator[Any]:
    """Yield what stands at a path: a claim of that name first, else what a dot leads to, as names may hold dots."""
    if not isinstance(claims, dict):
        return
    if path in claims:
        yield claims[path]
        return
    for place, sign in enumerate(path):
        if sign == "." and path[:place] in claims:
            yield from _at(claims[path[:place]], path[place + 1 :])


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
