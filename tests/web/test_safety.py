"""What the service refuses to be served with."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from graph_api.errors import UserInputError
from graph_api.settings import Method, Oidc, Settings
from graph_api.web.safety import doubtful, is_loopback, is_origin, require_safe, unsafe

TOKEN = frozenset({Method.TOKEN})
OIDC = frozenset({Method.OIDC})
EVERYWHERE = "0.0.0.0"  # noqa: S104 nothing listens there


def settings(**chosen: Any) -> Settings:
    return Settings(**chosen)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a certificate and its key."""
    folder = tmp_path_factory.mktemp("tls")
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    options = ["-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=localhost"]
    subprocess.run(  # noqa: S603 a file of the test's own
        ["openssl", "req", *options, "-out", str(certificate), "-keyout", str(key)],  # noqa: S607
        check=True,
        capture_output=True,
    )
    return certificate, key


def test_on_this_machine_alone_nobody_needs_to_prove_anything() -> None:
    for host in ("127.0.0.1", "localhost", "::1", "127.0.0.5"):
        require_safe(settings(host=host))


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "192.0.2.1"])
def test_elsewhere_callers_must_prove_who_they_are_and_their_tokens_must_be_private(host: str) -> None:
    naked = unsafe(settings(host=host))
    assert len(naked) == 2
    assert ("AUTHENTICATION=token" in naked[0], "TLS_CERTIFICATE" in naked[1]) == (True, True)
    (exposed,) = unsafe(settings(host=host, authentication=TOKEN))
    assert "TRUSTED_PROXIES" in exposed
    assert unsafe(settings(host=host, authentication=TOKEN, trusted_proxies=("10.0.0.0/24",))) == ()
    with pytest.raises(UserInputError, match=r"can be reached from other machines.*Use HOST=127\.0\.0\.1"):
        require_safe(settings(host=host))


def test_a_host_that_nobody_knows_is_left_to_whoever_listens_there() -> None:
    assert is_loopback("no-such-host.invalid")


def test_a_certificate_and_its_key_are_enough(pair: tuple[Path, Path]) -> None:
    certificate, key = pair
    require_safe(settings(host=EVERYWHERE, authentication=TOKEN, tls_certificate=certificate, tls_key=key))


def test_tls_that_cannot_be_used_is_refused(pair: tuple[Path, Path], tmp_path: Path) -> None:
    certificate, key = pair
    locked = tmp_path / "locked.pem"
    subprocess.run(  # noqa: S603 a file of the test's own
        ["openssl", "rsa", "-aes256", "-passout", "pass:x", "-in", str(key), "-out", str(locked)],  # noqa: S607
        check=True,
        capture_output=True,
    )
    said = [
        unsafe(settings(tls_certificate=one, tls_key=other))
        for one, other in (
            (certificate, None),
            (None, key),
            (tmp_path / "absent.pem", key),
            (certificate, tmp_path),
            (certificate, certificate),
            (certificate, locked),
        )
    ]
    pem = "both must be PEM, the key must be the certificate's and not be encrypted."
    assert [each[0].replace(str(tmp_path), "") for each in said] == [
        "TLS_CERTIFICATE is set without TLS_KEY; TLS needs both.",
        "TLS_KEY is set without TLS_CERTIFICATE; TLS needs both.",
        "TLS_CERTIFICATE /absent.pem cannot be read: No such file or directory. Mend its name or its rights.",
        "TLS_KEY  cannot be read: Is a directory. Mend its name or its rights.",
        f"TLS_CERTIFICATE {certificate} and TLS_KEY {certificate} are no pair that can be used; {pem}",
        f"TLS_CERTIFICATE {certificate} and TLS_KEY /locked.pem are no pair that can be used; {pem}",
    ]


@pytest.mark.parametrize(
    ("network", "good"),
    [
        ("10.0.0.7", True),
        ("10.0.0.0/24", True),
        ("2001:db8::/32", True),
        ("10.0.0.7/24", False),
        ("proxy", False),
        ("*", False),
        ("0.0.0.0/0", False),
        ("::/0", False),
    ],
)
def test_a_trusted_proxy_is_an_address_or_a_network_and_not_everybody(network: str, *, good: bool) -> None:
    faults = unsafe(settings(trusted_proxies=(network,), authentication=TOKEN))
    assert (faults == ()) is good
    assert all(f"TRUSTED_PROXIES has {network!r}" in fault for fault in faults)


@pytest.mark.parametrize("origin", ["https://tool.example", "http://localhost:3000", "https://[2001:db8::1]:8443"])
def test_an_origin_is_a_scheme_a_host_and_perhaps_a_port(origin: str) -> None:
    assert is_origin(origin)
    assert unsafe(settings(allowed_origins=(origin,))) == ()


@pytest.mark.parametrize(
    "text",
    [
        *("*", "null", "tool.example", "ftp://tool.example", "https://", "https://[::1", "https://a@tool.example"),
        *("https://tool.example/", "https://tool.example/x", "https://tool.example?", "https://tool.example#"),
        *("https://Tool.example", "https://tool.example:", "https://tool.example:0", "https://tool.example:99999"),
    ],
)
def test_whatever_else_is_no_origin(text: str) -> None:
    assert not is_origin(text)
    (fault,) = unsafe(settings(allowed_origins=(text,)))
    assert fault.startswith(f"ALLOWED_ORIGINS has {text!r}, which is no origin;")


@pytest.mark.parametrize(
    ("name", "good"),
    [("graph.example", True), ("*.example", True), ("[::1]", True), ("https://graph.example", False), ("a:80", False)],
)
def test_an_allowed_host_is_a_name_without_scheme_and_port(name: str, *, good: bool) -> None:
    assert (unsafe(settings(allowed_hosts=(name,), authentication=TOKEN)) == ()) is good


@pytest.mark.parametrize(
    ("setting", "value"),
    [("trusted_proxies", "127.0.0.1"), ("allowed_hosts", "graph.example"), ("allowed_hosts", "*")],
)
def test_others_are_let_in_by_a_loopback_address_only_where_they_prove_who_they_are(setting: str, value: str) -> None:
    (fault,) = unsafe(settings(**{setting: (value,)}))
    assert fault == (
        f"{setting.upper()} is for others than this machine, and callers need not prove who they are: whoever comes "
        f"that way could read and change everything. Set AUTHENTICATION=token, or leave {setting.upper()} out."
    )
    assert unsafe(settings(**{setting: (value,)}, authentication=TOKEN)) == ()


def test_openid_connect_needs_an_issuer_and_an_audience_and_roles_that_there_are() -> None:
    said = " ".join(unsafe(settings(authentication=OIDC)))
    assert ("OIDC_ISSUER" in said, "OIDC_AUDIENCE" in said) == (True, True)
    good = Oidc(issuer="https://id.example", audience="graph-api", roles={"a": "editor"})
    assert unsafe(settings(authentication=OIDC, oidc=good)) == ()
    plain = Oidc(issuer="http://id.example", audience="graph-api", roles={"a": "KING"})
    said = " ".join(unsafe(settings(authentication=OIDC, oidc=plain)))
    assert ("OIDC_ISSUER must be an https address" in said, "KING" in said) == (True, True)


def test_what_is_often_not_meant_is_told_to_those_who_ask_and_refused_to_nobody() -> None:
    issuer = Oidc(issuer="https://id.example")
    proxied = settings(trusted_proxies=("10.0.0.7",), authentication=TOKEN, oidc=issuer)
    assert [each.partition(" ")[0] for each in doubtful(proxied)] == ["OIDC_ISSUER", "ALLOWED_HOSTS"]
    require_safe(proxied)
    assert doubtful(settings()) == ()
