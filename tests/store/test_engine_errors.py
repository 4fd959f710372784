"""Each thing that keeps the embedded engine from starting, brought about by real means."""

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from graph_api.errors import EngineError
from graph_api.settings import Settings
from graph_api.store import engine
from graph_api.store.engine.jars import ensure_jars, jar_folder
from graph_api.store.engine.lock import locked_jars

NOBODY = 65534


def start(settings: Settings) -> str:
    """Try to start, and return the sentence in which it failed."""
    with pytest.raises(EngineError) as failed, engine.running(settings, print):
        pass
    return failed.value.message


@contextmanager
def without_privileges() -> Iterator[None]:
    """Let the kernel check permissions, which it does not for root."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadingHTTPServer]:
    """Yield a Maven repository on loopback that has every file, each of them damaged, and is the one that jgo uses."""

    class Damaged(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", "7")
            self.end_headers()
            self.wfile.write(b"damaged")

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Damaged) as server:
        (tmp_path / "jgo.conf").write_text(f"[repositories]\nlocal = http://127.0.0.1:{server.server_port}\n")
        monkeypatch.setenv("JGO_CONFIG_FILE", str(tmp_path / "jgo.conf"))
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_a_damaged_download_is_refused_and_not_kept(tmp_path: Path, repository: ThreadingHTTPServer) -> None:
    assert repository.server_port
    message = start(Settings(data_dir=tmp_path / "data", cache_dir=tmp_path / "cache"))
    assert "arrived damaged 3 times: its SHA-256 is not the locked one" in message
    assert list(jar_folder(tmp_path / "cache").iterdir()) == []
    assert [path.name for path in (tmp_path / "cache").glob("fetching-*")] == []


def test_a_missing_network_is_named_when_nothing_is_cached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        closed = f"http://127.0.0.1:{server.getsockname()[1]}"
    monkeypatch.setenv("HTTPS_PROXY", closed)
    message = start(Settings(data_dir=tmp_path / "data", cache_dir=tmp_path / "cache"))
    assert (
        "cannot be fetched: the Maven repository does not answer. Connect to the network for the first start" in message
    )


def test_a_damaged_file_in_the_cache_is_found_and_removed(tmp_path: Path) -> None:
    jars = ensure_jars(Settings().cache_dir, print)
    folder = jar_folder(tmp_path / "cache")
    folder.mkdir(parents=True)
    for jar in jars:
        (folder / jar.name).symlink_to(jar)
    (server,) = [jar for jar in locked_jars() if jar.coordinate.startswith("org.neo4j.app:neo4j-server:")]
    damaged = folder / server.file_name
    damaged.unlink()
    damaged.write_bytes(bytes(server.size))

    message = start(Settings(data_dir=tmp_path / "data", cache_dir=tmp_path / "cache"))
    assert f"1 of its files in {folder} were damaged ({damaged.name}). They have been removed" in message
    assert not damaged.exists()


def test_a_read_only_data_or_cache_directory_is_named(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    for parent in tmp_path.parents[:3]:
        parent.chmod(0o755)  # pytest keeps its own for the user alone
    for name in ("read-only", "readable"):
        (tmp_path / name).mkdir()
    (tmp_path / "read-only").chmod(0o555)
    (tmp_path / "readable").chmod(0o777)
    with without_privileges():
        data = start(Settings(data_dir=tmp_path / "read-only"))
        deeper = start(Settings(data_dir=tmp_path / "read-only" / "data"))
        cache = start(Settings(data_dir=tmp_path / "readable" / "data", cache_dir=tmp_path / "read-only"))
    assert data == (
        f"The embedded Neo4j cannot use its data directory {tmp_path / 'read-only'} (Permission denied);"
        " make that folder and what is in it writable, or name another one by DATA_DIR."
    )
    assert f"its data directory {tmp_path / 'read-only' / 'data'} (Permission denied)" in deeper
    assert f"cannot be kept in {tmp_path / 'read-only'} (Permission denied); make that folder writable" in cache


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    ensure_jars(Settings().cache_dir, print)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        message = start(Settings(data_dir=tmp_path, engine_port=port))
    assert message == (
        f"Port {port} on 127.0.0.1, wanted for the embedded Neo4j, is taken by another program;"
        " set ENGINE_PORT to another one, or to 0 for any that is free."
    )


def test_what_java_said_last_is_shown_when_it_does_not_start(tmp_path: Path) -> None:
    message = start(Settings(data_dir=tmp_path, engine_heap="1k"))
    assert f"did not start. Its whole log is {tmp_path / 'logs' / 'console.log'}; its last words:\n" in message
    assert "Too small maximum heap" in message
