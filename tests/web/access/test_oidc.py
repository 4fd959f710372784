"""OpenID Connect tokens, as a provider on this machine signs them and as attackers would like them to be."""

import asyncio
import base64
import hmac
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

from graph_api.errors import ForbiddenError, GraphApiError
from graph_api.model.roles import Role
from graph_api.settings import Oidc
from graph_api.web.access.identity import Identity
from graph_api.web.access.keys import IssuerKeys
from graph_api.web.access.oidc import OidcTokens
from tests.believing import AUDIENCE, NOW, believing, claims, refused
from tests.issuer import DISCOVERY, KEYS, Clock, Issuer, issuing, rsa


def unsigned(header: dict[str, Any], payload: dict[str, Any], signature: bytes = b"") -> str:
    parts = (json.dumps(header).encode(), json.dumps(payload).encode(), signature)
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


async def test_a_token_of_the_issuer_tells_who_it_is_what_they_may_and_until_when(issuer: Issuer, clock: Clock) -> None:
    tokens = believing(issuer, clock)
    assert await tokens.identify(issuer.token(claims(issuer))) == Identity("ada", Role.EDITOR, NOW + 330)
    assert issuer.asked == [DISCOVERY, KEYS]


@pytest.mark.parametrize(
    ("key", "alg"),
    [
        (RSAKey.generate_key(2048, {"kid": "k"}), "RS256"),
        (RSAKey.generate_key(2048, {"kid": "k"}), "PS256"),
        (ECKey.generate_key("P-256", {"kid": "k"}), "ES256"),
        (ECKey.generate_key("P-384", {"kid": "k"}), "ES384"),
        (OKPKey.generate_key("Ed25519", {"kid": "k"}), "EdDSA"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")  # said where the test signs
async def test_the_algorithms_that_can_be_chosen_work(
    issuer: Issuer, clock: Clock, key: RSAKey | ECKey | OKPKey, alg: str
) -> None:
    issuer.keys = [key]
    text = issuer.token(claims(issuer), alg=alg)
    assert (await believing(issuer, clock, algorithms=(alg,)).identify(text)).actor == "ada"
    await refused(believing(issuer, clock, algorithms=("RS512",)), text)


@pytest.mark.parametrize(
    "changed",
    [
        {"exp": NOW - 31},
        {"exp": None},
        {"exp": "tomorrow"},
        {"exp": True},
        {"exp": float("nan")},
        {"exp": float("inf")},
        {"nbf": NOW + 31},
        {"iat": NOW + 31},
        {"aud": "another"},
        {"aud": ["another", "third"]},
        {"aud": None},
        {"aud": {"graph": 1}},
        {"iss": "https://elsewhere.example"},
        {"iss": None},
        {"iss": ["http://127.0.0.1"]},
        {"sub": 7},
    ],
    ids=str,
)
async def test_a_token_with_claims_that_do_not_hold_is_refused(
    issuer: Issuer, clock: Clock, changed: dict[str, Any]
) -> None:
    await refused(believing(issuer, clock), issuer.token(claims(issuer, **changed)))


async def test_a_slash_more_in_iss_is_another_issuer(issuer: Issuer, clock: Clock) -> None:
    await refused(believing(issuer, clock), issuer.token(claims(issuer, iss=issuer.url + "/")))


@pytest.mark.parametrize("changed", [{"exp": NOW - 29}, {"nbf": NOW + 29}, {"iat": NOW + 29}, {"aud": ["x", "graph"]}])
async def test_clocks_may_differ_by_the_leeway_and_a_token_may_be_for_several(
    issuer: Issuer, clock: Clock, changed: dict[str, Any]
) -> None:
    await believing(issuer, clock).identify(issuer.token(claims(issuer, **changed)))


async def test_a_token_that_expires_while_it_is_known_is_refused_from_then_on(issuer: Issuer, clock: Clock) -> None:
    tokens, text = believing(issuer, clock), issuer.token(claims(issuer, exp=NOW + 2))
    await tokens.identify(text)
    clock.advance(31)
    await tokens.identify(text)
    clock.advance(1)
    await refused(tokens, text)


async def test_an_unsigned_token_is_refused(issuer: Issuer, clock: Clock) -> None:
    tokens = believing(issuer, clock)
    for alg in ("none", "None", "NONE", "", None, ["RS256"], 7):
        await refused(tokens, unsigned({"alg": alg, "kid": "first"}, claims(issuer)))
    await refused(tokens, unsigned({"kid": "first"}, claims(issuer)))
    await refused(tokens, unsigned({"alg": "RS256", "kid": "first"}, claims(issuer)))


async def test_the_public_key_is_no_secret_to_sign_with(issuer: Issuer, clock: Clock) -> None:
    key = issuer.keys[0]
    for secret in (key.as_pem(private=False), key.as_der(private=False), json.dumps(key.as_dict()).encode()):
        text = _hmac(secret, {"alg": "HS256", "kid": "first"}, claims(issuer))
        await refused(believing(issuer, clock), text)


async def test_a_key_of_another_type_or_curve_never_serves_an_algorithm(issuer: Issuer, clock: Clock) -> None:
    curve = ECKey.generate_key("P-384", {"kid": "first"})
    issuer.keys = [rsa("rsa"), ECKey.generate_key("P-256", {"kid": "ec"}), curve]
    tokens = believing(issuer, clock, algorithms=("RS256", "ES256", "PS256"))
    good = issuer.token(claims(issuer), key=issuer.keys[1], alg="ES256")
    await tokens.identify(good)
    _, payload, signature = good.split(".")
    for header in ({"alg": "RS256", "kid": "ec"}, {"alg": "ES256", "kid": "rsa"}, {"alg": "ES256", "kid": "first"}):
        await refused(tokens, f"{unsigned(header, {}).split('.')[0]}.{payload}.{signature}")


async def test_a_token_signed_by_one_key_in_the_name_of_another_is_refused(issuer: Issuer, clock: Clock) -> None:
    issuer.keys = [rsa("first"), rsa("second")]
    tokens = believing(issuer, clock)
    await refused(tokens, issuer.token(claims(issuer), key=issuer.keys[1], kid="first"))
    await tokens.identify(issuer.token(claims(issuer), key=issuer.keys[1]))


async def test_a_key_that_is_meant_for_another_algorithm_or_for_encryption_is_not_used(
    issuer: Issuer, clock: Clock
) -> None:
    issuer.keys = [
        RSAKey.generate_key(2048, {"kid": "ps", "alg": "PS256"}),
        RSAKey.generate_key(2048, {"kid": "enc", "use": "enc"}),
        RSAKey.generate_key(2048, {"kid": "ops", "key_ops": ["encrypt"]}),
    ]
    tokens = believing(issuer, clock)
    for key in issuer.keys:
        plain = RSAKey.import_key(key.as_pem(private=True), {"kid": key.kid or ""})
        await refused(tokens, issuer.token(claims(issuer), key=plain))


async def test_small_symmetric_and_broken_keys_are_left_out_and_the_others_serve(issuer: Issuer, clock: Clock) -> None:
    with pytest.warns(match="2048"):
        small = rsa("small", 1024)
    secret = OctKey.generate_key(256, {"kid": "secret"})
    good = issuer.keys[0]
    published = [small.as_dict(), secret.as_dict(private=True), {"kty": "RSA"}, 7, {"kty": ["EC"]}, {}]
    issuer.answers[KEYS] = (200, {}, json.dumps({"keys": [*published, good.as_dict()]}).encode())
    tokens = believing(issuer, clock)
    await tokens.identify(issuer.token(claims(issuer)))
    with pytest.warns(match="2048"):
        weak = RSAKey.import_key(small.as_pem(private=True), {"kid": "small"})
    await refused(tokens, issuer.token(claims(issuer), key=weak))
    await refused(tokens, _hmac(secret.raw_value, {"alg": "HS256", "kid": "secret"}, claims(issuer)))


async def test_a_key_or_an_address_in_the_token_itself_leads_nowhere(issuer: Issuer, clock: Clock) -> None:
    own = rsa("own")
    with issuing() as other:
        other.keys = [own]
        tokens = believing(issuer, clock)
        for header in (
            {"jwk": own.as_dict()},
            {"jku": other.url + KEYS},
            {"x5u": other.url + KEYS},
            {"jwk": own.as_dict(), "kid": "first"},
            {"kid": other.url + KEYS},
            {"kid": "../../../../dev/null"},
        ):
            await refused(tokens, issuer.token(claims(issuer), key=own, **header))
        assert other.asked == []
    assert set(issuer.asked) == {DISCOVERY, KEYS}


@pytest.mark.parametrize(
    "header",
    [
        {"crit": ["exp"], "exp": NOW + 300},
        {"crit": []},
        {"crit": ["b64"], "b64": True},
        {"typ": "logout+jwt"},
        {"typ": "dpop+jwt"},
        {"typ": 7},
        {"kid": 7},
        {"kid": None},
    ],
    ids=str,
)
async def test_a_header_that_asks_for_what_is_not_understood_is_refused(
    issuer: Issuer, clock: Clock, header: dict[str, Any]
) -> None:
    tokens = believing(issuer, clock)
    await tokens.identify(issuer.token(claims(issuer)))
    await refused(tokens, _signed(issuer, {"alg": "RS256", "kid": "first"} | header))


@pytest.mark.parametrize("header", [{"typ": "at+JWT"}, {"typ": "JWT", "nonce": "x", "x5t": "y"}])
async def test_a_header_may_say_more_that_changes_nothing(issuer: Issuer, clock: Clock, header: dict[str, Any]) -> None:
    await believing(issuer, clock).identify(_signed(issuer, {"alg": "RS256", "kid": "first"} | header))


async def test_without_an_id_the_one_fitting_key_serves_and_of_two_none(issuer: Issuer, clock: Clock) -> None:
    issuer.keys = [rsa("first"), ECKey.generate_key("P-256", {"kid": "ec"})]
    text = _signed(issuer, {"alg": "RS256"})
    await believing(issuer, clock).identify(text)
    issuer.keys.append(rsa("second"))
    await refused(believing(issuer, clock), text)


async def test_a_changed_token_is_refused(issuer: Issuer, clock: Clock) -> None:
    tokens, text = believing(issuer, clock), issuer.token(claims(issuer))
    header, _, signature = text.split(".")
    more = unsigned({}, claims(issuer, roles=["admin"])).split(".")[1]
    await refused(tokens, f"{header}.{more}.{signature}")
    await refused(tokens, text + "A")


async def test_deep_and_odd_json_is_refused(issuer: Issuer, clock: Clock) -> None:
    tokens = believing(issuer, clock)
    for payload in (b"[" * 5_000, b"7", b"null", b"\xff", b"", b'{"exp": ' + b"9" * 400 + b"}"):
        registry = JWSRegistry()
        text = jws.serialize_compact({"alg": "RS256", "kid": "first"}, payload, issuer.keys[0], registry=registry)
        await refused(tokens, text)
    deep = base64.urlsafe_b64encode(b'{"alg":' + b"[" * 5_000).rstrip(b"=").decode()
    await refused(tokens, f"{deep}.e30.AA")
    huge = issuer.token(claims(issuer, exp=10**400))
    await refused(tokens, huge)


@pytest.mark.parametrize(
    ("settings", "told", "role"),
    [
        ({}, {"roles": "Viewer"}, Role.VIEWER),
        ({}, {"roles": ["other", "EDITOR", "viewer", 7, None, {"a": 1}]}, Role.EDITOR),
        ({"role_claim": "realm_access.roles"}, {"realm_access": {"roles": ["admin", "viewer"]}}, Role.ADMIN),
        ({"role_claim": "https://graph.example/roles"}, {"https://graph.example/roles": "admin"}, Role.ADMIN),
        (
            {"role_claim": "resource_access.graph.api.roles"},
            {"resource_access": {"graph.api": {"roles": ["editor"]}}},
            Role.EDITOR,
        ),
        ({"roles": {"board": "VIEWER", "cx-team": "editor"}}, {"roles": ["cx-team", "board", "admin"]}, Role.EDITOR),
    ],
)
async def test_the_strongest_role_of_the_claim_wins(
    issuer: Issuer, clock: Clock, settings: dict[str, Any], told: dict[str, Any], role: Role
) -> None:
    text = issuer.token(claims(issuer, **told))
    assert (await believing(issuer, clock, **settings).identify(text)).role is role


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({}, {"roles": None}),
        ({}, {"roles": []}),
        ({}, {"roles": ["superuser", "admin "]}),
        ({}, {"roles": {"admin": True}}),
        ({"roles": {"board": "VIEWER"}}, {"roles": ["admin", "Board"]}),
        ({"role_claim": "realm_access.roles"}, {"realm_access": ["admin"]}),
    ],
)
async def test_somebody_without_a_role_is_known_and_may_do_nothing(
    issuer: Issuer, clock: Clock, settings: dict[str, Any], told: dict[str, Any]
) -> None:
    with pytest.raises(ForbiddenError, match="have no role here"):
        await believing(issuer, clock, **settings).identify(issuer.token(claims(issuer, **told)))


@pytest.mark.parametrize("name", [None, "", "   ", 7, ["ada"], "a\nb", "a\x00", "\u202eada", "x" * 201, "token:ci"])
async def test_a_name_that_the_history_cannot_hold_is_refused(issuer: Issuer, clock: Clock, name: Any) -> None:
    with pytest.raises(ForbiddenError, match="claim `name`"):
        await believing(issuer, clock, actor_claim="name").identify(issuer.token(claims(issuer, name=name)))


async def test_a_name_may_have_any_script(issuer: Issuer, clock: Clock) -> None:
    text = issuer.token(claims(issuer, email="Łukasz 木村"))
    assert (await believing(issuer, clock, actor_claim="email").identify(text)).actor == "Łukasz 木村"


async def test_nothing_of_a_token_is_in_the_log(issuer: Issuer, clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    tokens, text = believing(issuer, clock), issuer.token(claims(issuer, sub="seldom-seen"))
    await tokens.identify(text)
    await refused(tokens, issuer.token(claims(issuer, sub="seldom-seen", exp=1)))
    await refused(tokens, issuer.token(claims(issuer), kid="seldom-seen"))
    assert "A token was refused: it has expired." in caplog.text
    assert "seldom-seen" not in caplog.text
    assert text.rpartition(".")[2] not in caplog.text


@given(st.text(max_size=200) | st.from_regex(r"[\w-]*\.[\w-]*\.[\w-]*", fullmatch=True))
def test_no_text_is_believed_or_breaks_anything(text: str) -> None:
    oidc = Oidc(issuer="https://id.example", audience=AUDIENCE)

    async def no_keys(_: str) -> dict[str, Any]:
        return {"keys": []}

    tokens = OidcTokens(oidc, IssuerKeys(oidc, fetch=no_keys))
    with pytest.raises(GraphApiError):
        asyncio.run(tokens.identify(text.encode(errors="replace").decode()))


def _signed(issuer: Issuer, header: dict[str, Any]) -> str:
    """Sign a header as it is, which no library would."""
    parts = unsigned(header, claims(issuer)).rpartition(".")[0]
    signature = JWSRegistry.algorithms["RS256"].sign(parts.encode(), issuer.keys[0])
    return f"{parts}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


def _hmac(secret: bytes, header: dict[str, Any], payload: dict[str, Any]) -> str:
    parts = unsigned(header, payload).rpartition(".")[0]
    signature = hmac.digest(secret, parts.encode(), "sha256")
    return f"{parts}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"
