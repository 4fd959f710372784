"""Fetches what an OpenID Connect provider publishes: a small JSON object, from exactly the address that is named.

Bounded in size and in time as a whole, whatever the other side does; redirects are not followed, and what comes back
encoded is refused, since it could be large once decoded.
"""

import asyncio
import ipaddress
import json
import ssl
from functools import cache
from typing import Any
from urllib.parse import urlsplit

SECONDS = 5.0
LARGEST = 524_288
"""Bytes of an answer."""


class FetchError(Exception):
    """What is asked for cannot be had; the message is a clause that says why, for the log."""


def is_loopback(url: str) -> bool:
    """Say whether an address is of this machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_usable(url: str) -> bool:
    """Say whether an address may be asked: https, or http on this machine; nothing but host, path and query."""
    try:
        parts = urlsplit(url)
        _ = parts.port
        secure = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(url))
    except ValueError:
        return False
    return bool(secure and parts.hostname and parts.username is None and not parts.fragment and url.isprintable())


async def fetch(url: str) -> dict[str, Any]:
    """Return the JSON object at an address; raises FetchError."""
    import httpx  # noqa: PLC0415 - only where there is such a provider

    try:
        return _object(await _body(url))
    except FetchError:
        raise
    except (TimeoutError, httpx.TimeoutException) as error:
        message = f"it does not answer within {SECONDS:g} seconds"
        raise FetchError(message) from error
    except Exception as error:  # a proxy of the environment that cannot be used raises more than errors of HTTP
        message = f"it cannot be reached ({type(error).__name__})"
        raise FetchError(message) from error


async def _body(url: str) -> bytes:
    import httpx  # noqa: PLC0415

    # A proxy leads out of this machine, and what is on it is asked directly.
    direct = is_loopback(url)
    verify = await asyncio.to_thread(_trust)
    async with (
        asyncio.timeout(SECONDS),
        httpx.AsyncClient(verify=verify, trust_env=not direct, timeout=SECONDS) as client,
        client.stream("GET", url, headers=_HEADERS) as response,
    ):
        if response.status_code != httpx.codes.OK:
            message = f"it answers with status {response.status_code}"
            raise FetchError(message)
        if response.headers.get("content-encoding", "identity") != "identity":
            message = "its answer is encoded"
            raise FetchError(message)
        body = bytearray()
        async for part in response.aiter_raw():
            body += part
            if len(body) > LARGEST:
                message = f"its answer has more than {LARGEST} bytes"
                raise FetchError(message)
    return bytes(body)


_HEADERS = {"accept": "application/json", "accept-encoding": "identity", "user-agent": "graph-api"}


@cache
def _trust() -> ssl.SSLContext:
    """Return whom the machine trusts, or what SSL_CERT_FILE names: a company's own authority, perhaps."""
    return ssl.create_default_context()


def _object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        message = "its answer is not JSON"
        raise FetchError(message) from error
    if not isinstance(value, dict):
        message = "its answer is not a JSON object"
        raise FetchError(message)
    return value
