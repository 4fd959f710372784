"""An OpenID Connect provider on this machine: real HTTP, keys that change, and faults at will."""

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, OKPKey, RSAKey

Key = RSAKey | ECKey | OKPKey
DISCOVERY = "/.well-known/openid-configuration"
KEYS = "/keys"


class Issuer:
    """What it publishes, and how often it was asked for it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.keys: list[Key] = [rsa("first")]
        self.document: dict[str, Any] = {"issuer": url, "jwks_uri": url + KEYS}
        self.asked: list[str] = []
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        """By path: what is answered instead."""

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        self.asked.append(path)
        if path in self.answers:
            return self.answers[path]
        if path == DISCOVERY:
            return 200, {}, json.dumps(self.document).encode()
        if path == KEYS:
            return 200, {}, json.dumps({"keys": [key.as_dict(private=False) for key in self.keys]}).encode()
        return 404, {}, b""

    def break_off(self) -> None:
        """Answer nothing that is of use, as in an outage."""
        self.answers = {DISCOVERY: (503, {}, b""), KEYS: (503, {}, b"")}

    def token(self, claims: Mapping[str, Any], *, key: Key | None = None, alg: str = "RS256", **header: Any) -> str:
        """Sign claims with one of the keys, the first where none is given."""
        key = key or self.keys[0]
        return jwt.encode({"alg": alg, "kid": key.kid, **header}, dict(claims), key, algorithms=[alg])


@cache
def rsa(kid: str, size: int = 2048) -> RSAKey:
    """Make a key, which takes long, once for all tests."""
    return RSAKey.generate_key(size, {"kid": kid, "use": "sig"})


@contextmanager
def issuing() -> Iterator[Issuer]:
    """Run an issuer on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = issuer.answer(self.path)
            self.send_response(status)
            for name, value in {"content-length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    issuer = Issuer(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Clock:
    """Both clocks of a test: they move when it says so."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self.time = now

    def now(self) -> float:
        return self.time

    def advance(self, seconds: float) -> None:
        self.time += seconds
