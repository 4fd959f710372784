"""From a locked data directory to an engine that answers, and back."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from neo4j.exceptions import DriverError, Neo4jError

from graph_api.errors import EngineError
from graph_api.settings import Settings
from graph_api.store.engine import supervisor
from graph_api.store.engine.configuration import LOOPBACK, free_port, is_taken, java_command
from graph_api.store.engine.directory import DataDirectory, State
from graph_api.store.engine.jars import damaged_jars, ensure_jars
from graph_api.store.engine.login import log_in
from graph_api.store.engine.ownership import is_locked

Report = Callable[[str], None]
Supervisor = subprocess.Popen[bytes]

GRACE = 12.0  # seconds between the polite and the hard end; below the 15 within which an owner's engine must be gone
PATIENCE = 600.0  # seconds for a start: a large graph may have a long transaction log to recover from
PAUSE = 0.05  # seconds between two looks


class PortLostError(EngineError):
    """Another program took the free port before the engine did; another try will find another port."""


def launch(directory: DataDirectory, settings: Settings, lock: int, owner: int | None, report: Report) -> Supervisor:
    """Start the engine on the directory whose lock the caller holds, wait until it answers, then let others join.

    The lock passes to the engine: the caller's descriptor `lock` is closed here, whatever happens.
    """
    try:
        jars = ensure_jars(settings.cache_dir, report)
        port = _port(settings)
        for stale in (directory.state_file, directory.stop_file):
            stale.unlink(missing_ok=True)
        command = java_command(jars, directory, settings, port)
        report(f"Starting the embedded Neo4j on {directory.path} …")
        process = _spawn(directory, command, lock, owner)
    finally:
        os.close(lock)
    try:
        _wait_for_port(directory, port, settings.cache_dir)
        uri = f"bolt://{LOOPBACK}:{port}"
        try:
            version = log_in(uri, directory)
        except (DriverError, Neo4jError) as error:
            raise _failed_start(directory, settings.cache_dir) from error
        directory.publish(State(uri, version, owner))
    except BaseException:
        end(directory, process)
        raise
    return process


def end(directory: DataDirectory, process: Supervisor) -> None:
    """End an engine that this process started and wait until it is gone."""
    if process.stdin is None:
        directory.stop_file.touch()
        wait_until_free(directory, GRACE + 2)
        return
    process.stdin.close()  # the supervisor takes it from here, even if this process is interrupted now
    try:
        process.wait(GRACE + 2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_until_free(directory: DataDirectory, patience: float) -> bool:
    """Wait until no engine is on the directory; tell whether that came about in `patience` seconds."""
    deadline = time.monotonic() + patience
    while is_locked(directory.lock_file):
        if time.monotonic() > deadline:
            return False
        time.sleep(PAUSE)
    return True


def _port(settings: Settings) -> int:
    port = settings.engine_port
    if port and is_taken(port):
        message = (
            f"Port {port} on {LOOPBACK}, wanted for the embedded Neo4j, is taken by another program;"
            " set ENGINE_PORT to another one, or to 0 for any that is free."
        )
        raise EngineError(message)
    return port or free_port()


def _spawn(directory: DataDirectory, command: Sequence[str], lock: int, owner: int | None) -> Supervisor:
    files = [str(directory.state_file), str(directory.stop_file)]
    with directory.console_log.open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 -- our own interpreter, our own script
            [sys.executable, "-I", "-S", supervisor.__file__, *files, str(lock), str(owner or 0), str(GRACE), *command],
            stdin=subprocess.DEVNULL if owner is None else subprocess.PIPE,
            stdout=log,
            stderr=log,
            pass_fds=[lock],
            cwd=directory.path,
            start_new_session=True,  # an interrupt typed at the owner reaches it alone; it then ends the engine
        )
    if owner is None:
        process.wait()  # a detached supervisor leaves its first process at once
    return process


def _wait_for_port(directory: DataDirectory, port: int, cache_dir: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and is_locked(directory.lock_file):
        try:
            socket.create_connection((LOOPBACK, port), timeout=1).close()
        except OSError:
            time.sleep(PAUSE)
        else:
            return
    raise _failed_start(directory, cache_dir)


def _failed_start(directory: DataDirectory, cache_dir: Path) -> EngineError:
    """Find out why the engine did not come up, as far as can be told from outside."""
    if damaged := damaged_jars(cache_dir):
        for path in damaged:
            path.unlink()
        names = ", ".join(path.name for path in damaged[:3])
        message = (
            f"The embedded Neo4j did not start because {len(damaged)} of its files in {damaged[0].parent} were damaged"
            f" ({names}). They have been removed; run the command again to fetch them anew."
        )
        return EngineError(message)
    words = directory.log_tail()
    if "Address already in use" in words:
        return PortLostError("The embedded Neo4j lost its port to another program; run the command again.")
    message = (
        f"The embedded Neo4j on {directory.path} did not start. Its whole log is {directory.console_log};"
        f" its last words:\n{words or '(none)'}"
    )
    return EngineError(message)
