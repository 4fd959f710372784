"""Whether the service may be served as it is set: everything that would let in more than its owner means to let in.

What is refused here is each setting by itself well written; together they would be a door left open.
"""

import ipaddress
import re
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from graph_api.errors import UserInputError
from graph_api.settings import Method, Settings
from graph_api.web.access.choice import unusable

_PORTS = range(1, 65536)
_HOST_NAME = re.compile(r"(\*\.)?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")


def require_safe(settings: Settings) -> None:
    """Raise UserInputError where settings would leave a door open: a sentence for each, with the mending.

    Asks the system's resolver for the address of HOST, and reads the files of TLS; nothing else is touched.
    """
    if faults := unsafe(settings):
        raise UserInputError(" ".join(faults))


def unsafe(settings: Settings) -> tuple[str, ...]:
    """Say what `require_safe` refuses, a sentence for each."""
    checks = (_exposure, _others, _tls, _proxies, _origins, _hosts, _oidc)
    return tuple(fault for check in checks for fault in check(settings))


def doubtful(settings: Settings) -> tuple[str, ...]:
    """Say what may be meant so, and often is not: for those who ask, never a reason to refuse."""
    checks = (_unused_issuer, _unnamed)
    return tuple(doubt for check in checks for doubt in check(settings))


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach an address to listen on; one that nobody knows reaches nobody."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError):
        return True  # listening there fails, and says so
    return all(ipaddress.ip_address(str(address[0]).partition("%")[0]).is_loopback for *_, address in found)


def is_origin(text: str) -> bool:
    """Tell whether a text is an origin as browsers send it: scheme, host and, where it is not the usual one, port."""
    try:
        parts = urlsplit(text)
        rest = (parts.path, parts.query, parts.fragment, parts.username, parts.password)
        fits = parts.scheme in {"http", "https"} and bool(parts.hostname) and not any(rest)
        return fits and text == text.lower() and (parts.port is None or parts.port in _PORTS) and text[-1] not in ":?#"
    except ValueError:
        return False


def _exposure(settings: Settings) -> Iterator[str]:
    if is_loopback(settings.host):
        return
    if not settings.authentication:
        yield (
            f"The host {settings.host!r} can be reached from other machines, and callers need not prove who they are: "
            "whoever reaches it could read and change everything. Use HOST=127.0.0.1, or set AUTHENTICATION=token "
            "and make tokens with `graph-api token create`."
        )
    if not settings.tls_certificate and not settings.trusted_proxies:
        yield (
            f"The host {settings.host!r} can be reached from other machines, and tokens would travel there in clear "
            "text. Name a certificate by TLS_CERTIFICATE and TLS_KEY, or the proxy that has one by TRUSTED_PROXIES."
        )


def _others(settings: Settings) -> Iterator[str]:
    """Look at what lets others in by a loopback address too: a proxy, and names that any page can make lead here."""
    for name, given in (("TRUSTED_PROXIES", settings.trusted_proxies), ("ALLOWED_HOSTS", settings.allowed_hosts)):
        if given and not settings.authentication:
            yield (
                f"{name} is for others than this machine, and callers need not prove who they are: whoever comes that "
                f"way could read and change everything. Set AUTHENTICATION=token, or leave {name} out."
            )


def _tls(settings: Settings) -> Iterator[str]:
    certificate, key = settings.tls_certificate, settings.tls_key
    if certificate is None and key is None:
        return
    if certificate is None or key is None:
        given, absent = ("TLS_KEY", "TLS_CERTIFICATE") if certificate is None else ("TLS_CERTIFICATE", "TLS_KEY")
        yield f"{given} is set without {absent}; TLS needs both."
        return
    for name, path in (("TLS_CERTIFICATE", certificate), ("TLS_KEY", key)):
        if fault := _unreadable(path):
            yield f"{name} {path} cannot be read: {fault}. Mend its name or its rights."
            return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, key, password=_no_password)
    except (ssl.SSLError, ValueError):
        yield (
            f"TLS_CERTIFICATE {certificate} and TLS_KEY {key} are no pair that can be used; both must be PEM, "
            "the key must be the certificate's and not be encrypted."
        )


def _no_password() -> str:
    """Stand where OpenSSL would ask on the terminal."""
    return ""


def _unreadable(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        return error.strerror or type(error).__name__
    return None


def _proxies(settings: Settings) -> Iterator[str]:
    for text in settings.trusted_proxies:
        try:
            network = ipaddress.ip_network(text)
        except ValueError:
            yield f"TRUSTED_PROXIES has {text!r}, which is no address or network; write 10.0.0.7 or 10.0.0.0/24."
            continue
        if network.prefixlen == 0:
            yield f"TRUSTED_PROXIES has {text!r}: everybody could say who they are. Name the proxy's own network."


def _origins(settings: Settings) -> Iterator[str]:
    for text in settings.allowed_origins:
        if not is_origin(text):
            yield (
                f"ALLOWED_ORIGINS has {text!r}, which is no origin; write scheme and host in small letters, "
                "without a path, as https://tool.example."
            )


def _hosts(settings: Settings) -> Iterator[str]:
    for text in settings.allowed_hosts:
        if text != "*" and not _HOST_NAME.fullmatch(text):
            yield f"ALLOWED_HOSTS has {text!r}, which is no name of a host; write it without scheme and port."


def _oidc(settings: Settings) -> Iterator[str]:
    if Method.OIDC in settings.authentication:
        yield from unusable(settings.oidc)


def _unused_issuer(settings: Settings) -> Iterator[str]:
    if settings.oidc.issuer and Method.OIDC not in settings.authentication:
        yield "OIDC_ISSUER is set, and AUTHENTICATION has no oidc: its tokens are not believed. Add oidc."


def _unnamed(settings: Settings) -> Iterator[str]:
    if not settings.allowed_hosts and (settings.trusted_proxies or not is_loopback(settings.host)):
        yield (
            "ALLOWED_HOSTS is not set: requests by any name but this machine's own are refused. "
            "Name the host that people call, as ALLOWED_HOSTS=graph.example."
        )
