"""Which authentication the settings ask for; what cannot be used is refused before anything listens."""

from collections.abc import Callable, Iterator

from graph_api.errors import UserInputError
from graph_api.model.roles import Role
from graph_api.settings import Method, Oidc, Settings
from graph_api.store.connection import Store
from graph_api.web.access.bearer import Anyone, Bearer
from graph_api.web.access.fetch import is_usable
from graph_api.web.access.tokens import ApiTokens


def authenticator(settings: Settings, store: Callable[[], Store]) -> Bearer | Anyone:
    """Return who tells who asks; raises UserInputError where the settings cannot be used.

    `store` returns where API tokens are kept, or raises while that is not open. Enter what is returned as a context
    inside that of the store: what it notes of tokens is written when it is left.
    """
    if not settings.authentication:
        return Anyone()
    oidc = None
    if Method.OIDC in settings.authentication:
        if faults := list(unusable(settings.oidc)):
            raise UserInputError(" ".join(faults))
        # With its library only where it is used.
        from graph_api.web.access.oidc import OidcTokens  # noqa: PLC0415

        oidc = OidcTokens(settings.oidc)
    tokens = ApiTokens(store) if Method.TOKEN in settings.authentication else None
    return Bearer(tokens, oidc)


def unusable(oidc: Oidc) -> Iterator[str]:
    """Say why the tokens of a provider could not be checked, a sentence for each fault."""
    for name, value, mending in (
        ("OIDC_ISSUER", oidc.issuer, "the address of the provider, as its tokens say it in `iss`"),
        ("OIDC_AUDIENCE", oidc.audience, "what tokens for this service say in `aud`"),
        ("OIDC_ROLE_CLAIM", oidc.role_claim, "the claim that holds roles"),
        ("OIDC_ACTOR_CLAIM", oidc.actor_claim, "the claim that names people"),
    ):
        if not value:
            yield f"With oidc in AUTHENTICATION {name} must say {mending}."
    for name, url in (("OIDC_ISSUER", oidc.issuer), ("OIDC_JWKS_URL", oidc.jwks_url)):
        if url and not is_usable(url):
            yield f"{name} must be an https address (http only on this machine), without a user or a fragment."
    if strange := sorted({role for role in oidc.roles.values() if role.upper() not in Role.__members__}):
        yield f"OIDC_ROLES leads to {', '.join(strange)}, which is no role; roles are {', '.join(Role)}."
