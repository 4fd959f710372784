"""From which pages requests may come: those of this service itself, and of the origins that the settings allow.

Browsers send `Origin`, and `Sec-Fetch-Site`, which no page can forge. So no page of another site can ask anything in
the name of who looks at it, not even blindly, by GET or by a link that somebody follows. Programs send neither, and are
not concerned.
"""

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

WRONG_ORIGIN = (
    "A page of another origin may not ask here. Open the address of this service, or allow the origin"
    " (ALLOWED_ORIGINS)."
)
_OWN = {"same-origin", "none"}
"""What `Sec-Fetch-Site` says of requests of the service's own pages, and of those that a person makes."""


def may_ask(connection: HTTPConnection, allowed: Sequence[str]) -> bool:
    """Tell whether a request, or the opening of a WebSocket, comes from nowhere else than it may."""
    headers = connection.headers
    origin = headers.get("origin")
    if origin is not None:
        return origin in allowed or is_own(connection, origin)
    site = headers.get("sec-fetch-site")
    return site is None or site in _OWN


def is_own(connection: HTTPConnection, origin: str) -> bool:
    """Tell whether an origin is this service itself, as the client calls it."""
    try:
        parts = urlsplit(origin)
        named = parts.scheme, parts.hostname, parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return False
    url = connection.url
    scheme = {"ws": "http", "wss": "https"}.get(url.scheme, url.scheme)
    return named == (scheme, url.hostname, url.port or _PORTS.get(scheme))


_PORTS = {"http": 80, "https": 443}
