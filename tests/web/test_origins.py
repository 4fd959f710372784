"""From which pages requests may come, over which connection, and whose word counts on where somebody is."""

import datetime as dt
import ipaddress
import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from follower import opened
from sample import client, make_app, running

NAME = '{ opportunity(key: "R2") { name } }'
NAMED = {"data": {"opportunity": {"name": "Bills that explain themselves"}}}
TOOL = "https://tool.example"
REFUSED = {
    "errors": [
        {
            "message": "A page of another origin may not ask here. Open the address of this service, or allow the"
            " origin (ALLOWED_ORIGINS).",
            "extensions": {"code": "FORBIDDEN"},
        }
    ]
}


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    ("headers", "allowed"),
    [
        ({}, True),
        ({"origin": "http://localhost"}, True),
        ({"origin": "http://localhost:80"}, True),
        ({"origin": TOOL}, True),
        ({"origin": TOOL, "sec-fetch-site": "cross-site"}, True),
        ({"sec-fetch-site": "same-origin"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"origin": "null"}, False),
        ({"origin": ""}, False),
        ({"origin": "https://localhost"}, False),
        ({"origin": "http://localhost:8000"}, False),
        ({"origin": "http://localhost.example"}, False),
        ({"origin": f"{TOOL}.example"}, False),
        ({"origin": "http://[", "sec-fetch-mode": "navigate"}, False),
        ({"origin": "https://other.example", "sec-fetch-site": "same-origin"}, False),
    ],
)
async def test_only_pages_of_this_service_and_of_allowed_origins_may_ask(
    method: str, headers: dict[str, str], *, allowed: bool
) -> None:
    async with client(make_app(origins=[TOOL])) as http:
        if method == "GET":
            response = await http.get("/graphql", params={"query": NAME}, headers=headers)
        else:
            response = await http.post("/graphql", json={"query": NAME}, headers=headers)
    assert (response.status_code, response.json()) == ((200, NAMED) if allowed else (403, REFUSED))


async def test_a_link_on_another_site_leads_to_the_page_that_asks_nothing_by_itself() -> None:
    followed = {"accept": "text/html,*/*;q=0.8", "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
    async with client() as http:
        response = await http.get("/graphql", params={"query": NAME}, headers=followed)
    assert (response.status_code, "<title>GraphiQL" in response.text) == (200, True)


async def test_pages_of_allowed_origins_may_read_the_answer_and_others_not() -> None:
    async with client(make_app(origins=[TOOL])) as http:
        allowed = await http.post("/graphql", json={"query": NAME}, headers={"origin": TOOL})
        other = await http.post("/graphql", json={"query": NAME}, headers={"origin": "https://other.example"})
    assert allowed.headers["access-control-allow-origin"] == TOOL
    assert {each.strip().lower() for each in allowed.headers["vary"].split(",")} == {
        "accept",
        "authorization",
        "origin",
    }
    exposed = {each.strip().lower() for each in allowed.headers["access-control-expose-headers"].split(",")}
    assert exposed == {"etag", "retry-after", "x-request-id"}
    assert "access-control-allow-credentials" not in allowed.headers
    assert "access-control-allow-origin" not in other.headers


async def test_browsers_are_told_beforehand_what_pages_of_allowed_origins_may_send() -> None:
    wish = {"access-control-request-method": "POST", "access-control-request-headers": "authorization,content-type"}
    async with client(make_app(origins=[TOOL])) as http:
        yes = await http.options("/graphql", headers={"origin": TOOL, **wish})
        no = await http.options("/graphql", headers={"origin": "https://other.example", **wish})
        odd = await http.options("/graphql", headers={"origin": TOOL, **wish, "access-control-request-method": "PUT"})
    assert (yes.status_code, yes.headers["access-control-allow-origin"]) == (200, TOOL)
    for header in ("authorization", "content-type", "idempotency-key", "x-request-id"):
        assert header in yes.headers["access-control-allow-headers"].lower()
    assert (no.status_code, "access-control-allow-origin" in no.headers, odd.status_code) == (400, False, 400)


async def test_where_no_other_origin_is_allowed_browsers_are_told_nothing() -> None:
    async with client() as http:
        wish = {"origin": TOOL, "access-control-request-method": "POST"}
        response = await http.options("/graphql", headers=wish)
    assert response.status_code == 405
    assert not [name for name in response.headers if name.startswith("access-control")]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Make a certificate for this machine's own address; return its file and that of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    names = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    (folder / "chain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )
    return folder / "chain.pem", folder / "key.pem"


async def test_with_a_certificate_all_of_it_is_served_over_tls(certificate: tuple[Path, Path]) -> None:
    chain, key = certificate
    trusting = ssl.create_default_context(cafile=chain)
    with running(TLS_CERTIFICATE=str(chain), TLS_KEY=str(key)) as server:
        address = server.wait_for("listening ")
        assert address.startswith("https://127.0.0.1:")
        async with httpx.AsyncClient(verify=trusting, base_url=address) as http:
            own = await http.post("/graphql", json={"query": NAME}, headers={"origin": address})
            assert (own.status_code, own.json()) == (200, NAMED)
            insecure = await http.post("/graphql", json={"query": NAME}, headers={"origin": f"http{address[5:]}"})
            assert insecure.status_code == 403
        async with opened(address, ssl=trusting, origin=address) as socket:
            await socket.send({"type": "ping"})
            assert await socket.receive() == {"type": "pong"}
        async with httpx.AsyncClient() as stranger:
            with pytest.raises(httpx.ConnectError):  # nobody has told it to trust the certificate
                await stranger.get(f"{address}/healthz")
            with pytest.raises(httpx.TransportError):
                await stranger.get(f"http{address[5:]}/healthz")


@pytest.fixture(scope="module", params=["127.0.0.1", "127.0.0.0/8"])
def proxied(request: pytest.FixtureRequest) -> Iterator[str]:
    with running(TRUSTED_PROXIES=request.param, LIMIT_REQUESTS="2/hour") as server:
        yield server.wait_for("listening ")


def ask(address: str, **headers: str) -> int:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.post(f"{address}/graphql", json={"query": NAME}, headers=sent).status_code


def test_behind_a_trusted_proxy_clients_are_told_apart_by_the_address_that_it_tells(proxied: str) -> None:
    for client_ in ("192.0.2.1", "192.0.2.2", "2001:db8::1"):
        # What a client claims itself stands before what the proxy adds, and counts for nothing.
        told = [ask(proxied, x_forwarded_for=f"10.9.9.{number}, {client_}") for number in range(3)]
        assert told == [200, 200, 429], client_
    # Of IPv6 a client has the whole network.
    assert ask(proxied, x_forwarded_for="2001:db8::2") == 429


def test_behind_a_trusted_proxy_its_word_counts_on_how_the_client_came(proxied: str) -> None:
    own = {"origin": proxied.replace("http", "https"), "x_forwarded_for": "192.0.2.9"}
    assert [ask(proxied, **own, x_forwarded_proto=scheme) for scheme in ("https", "http")] == [200, 403]


async def test_behind_a_trusted_proxy_a_page_served_over_tls_can_connect(proxied: str) -> None:
    headers = {"X-Forwarded-For": "192.0.2.10", "X-Forwarded-Proto": "https"}
    origin = proxied.replace("http", "https")
    async with opened(proxied, origin=origin, additional_headers=headers) as socket:
        await socket.send({"type": "ping"})
        assert await socket.receive() == {"type": "pong"}


def test_nobody_elses_word_counts() -> None:
    for trusted in ({}, {"TRUSTED_PROXIES": "192.0.2.7"}):
        with running(LIMIT_REQUESTS="3/hour", **trusted) as server:
            address = server.wait_for("listening ")
            own = {"origin": address.replace("http", "https"), "x_forwarded_proto": "https"}
            assert ask(address, **own) == 403
            told = [ask(address, x_forwarded_for=f"192.0.2.{number}") for number in range(4)]
        assert told == [200, 200, 200, 429]
