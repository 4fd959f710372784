"""Using the embedded engine: for as long as a command lasts, or until it is told to stop."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from neo4j.exceptions import AuthError, DriverError, Neo4jError
from pydantic import SecretStr

from graph_api.errors import EngineError
from graph_api.settings import Settings
from graph_api.store.endpoint import Endpoint
from graph_api.store.engine.directory import DataDirectory, State
from graph_api.store.engine.jars import missing_jars
from graph_api.store.engine.launch import (
    GRACE,
    PAUSE,
    PortLostError,
    Report,
    Supervisor,
    end,
    launch,
)
from graph_api.store.engine.login import DATABASE, USER, answer, refused
from graph_api.store.engine.ownership import is_locked, try_lock

PORT_ATTEMPTS = 3
STOP_PATIENCE = GRACE + 48  # seconds; an engine that is just starting must come up before it can be told to stop
NEWS_AFTER = 5.0  # seconds of waiting for another command before saying so


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine in use, which may end under its users.

    `process` is its supervisor where it was started for this use, None where it was joined.
    """

    directory: DataDirectory
    uri: str
    process: Supervisor | None

    def failure(self) -> EngineError | None:
        """Say that the engine has ended for good; None as long as it runs or is being started again."""
        with self.directory.guarded():
            if not self._has_ended():
                return None
        message = (
            f"The embedded Neo4j on {self.directory.path} has ended, and is not started again;"
            f" {self.directory.console_log} says why. Mend that, then run the command again."
        )
        return EngineError(message)

    def _has_ended(self) -> bool:
        if self.process is not None:
            return self.process.poll() is not None
        if not is_locked(self.directory.lock_file):
            return True
        # Somebody may have started another since; it listens elsewhere.
        state = self.directory.state()
        return state is not None and state.uri != self.uri


@dataclass(frozen=True, slots=True)
class Session:
    """An engine in use: where it is, and whether it was started for this use or was running already."""

    endpoint: Endpoint
    started: bool


class Phase(StrEnum):
    """What an engine is doing."""

    STOPPED = "STOPPED"
    CHANGING = "CHANGING"  # starting, for the first time or again, or ending
    RUNNING = "RUNNING"


@dataclass(frozen=True, slots=True)
class Status:
    """What can be said about the engine of a data directory without touching it.

    `owner` is the process number of the command that the engine lives for, None when it is detached. `fetched` tells
    whether a start would need no network.
    """

    phase: Phase
    data_dir: Path
    uri: str | None
    version: str | None
    owner: int | None
    fetched: bool


@contextmanager
def running(settings: Settings, report: Report) -> Iterator[Session]:
    """Join the engine on the data directory, or start one that ends with this context and with this process."""
    directory = DataDirectory(settings.data_dir.absolute())
    with directory.guarded():
        state, process = _join_or_start(directory, settings, os.getpid(), report)
        session = Session(_endpoint(directory, state, process), started=process is not None)
    try:
        yield session
    finally:
        if process is not None:
            end(directory, process)


def start_detached(settings: Settings, report: Report) -> Session:
    """Start an engine that lives until `stop`, or join the one that runs."""
    directory = DataDirectory(settings.data_dir.absolute())
    with directory.guarded():
        state, process = _join_or_start(directory, settings, None, report)
        # What is left of the process here is its first half, which has ended; the engine goes on without it.
        return Session(_endpoint(directory, state, None), started=process is not None)


def stop(settings: Settings) -> bool:
    """End a detached engine and wait until it is gone; False when none was running."""
    directory = DataDirectory(settings.data_dir.absolute())
    with directory.guarded():
        return _stop(directory)


def status(settings: Settings) -> Status:
    """Look at the engine of the data directory."""
    directory = DataDirectory(settings.data_dir.absolute())
    fetched = not missing_jars(settings.cache_dir)
    with directory.guarded():
        if not is_locked(directory.lock_file):
            return Status(Phase.STOPPED, directory.path, None, None, None, fetched)
        state = directory.state()
    if state is None:
        return Status(Phase.CHANGING, directory.path, None, None, None, fetched)
    return Status(Phase.RUNNING, directory.path, state.uri, state.version, state.owner, fetched)


def _stop(directory: DataDirectory) -> bool:
    stopped = False
    deadline = time.monotonic() + STOP_PATIENCE
    while is_locked(directory.lock_file):
        stopped = True
        state = directory.state()
        if state and state.owner:
            message = (
                f"The engine on {directory.path} belongs to the running command with process number {state.owner};"
                " end that command, and the engine ends with it."
            )
            raise EngineError(message)
        if state:  # otherwise it is starting or ending; what is starting could miss the request
            directory.stop_file.touch()
        if time.monotonic() > deadline:
            message = (
                f"The engine on {directory.path} did not end in {STOP_PATIENCE:.0f} s; see {directory.console_log}."
            )
            raise EngineError(message)
        time.sleep(PAUSE)
    return stopped


def _join_or_start(
    directory: DataDirectory, settings: Settings, owner: int | None, report: Report
) -> tuple[State, Supervisor | None]:
    if sys.platform == "win32":
        message = "The embedded Neo4j runs on Linux and macOS; name a running Neo4j by NEO4J_URI."
        raise EngineError(message)
    directory.prepare()
    lost_ports = 0
    while True:
        lock = try_lock(directory.lock_file)
        if lock is None:
            if state := _join(directory, report):
                return state, None
            continue  # it ended meanwhile: start one
        try:
            process = launch(directory, settings, lock, owner, report)
        except PortLostError:
            lost_ports += 1
            if lost_ports == PORT_ATTEMPTS or settings.engine_port:
                raise
            continue
        state = directory.state()
        if state is None:
            end(directory, process)
            message = (
                f"The embedded Neo4j on {directory.path} ended right after its start; see {directory.console_log}."
            )
            raise EngineError(message)
        report(f"Neo4j {state.version} answers at {state.uri}.")
        return state, process


def _join(directory: DataDirectory, report: Report) -> State | None:
    """Wait until the engine that somebody else started answers; None when it ended instead."""
    waiting_since = time.monotonic()
    told = False
    while is_locked(directory.lock_file):
        state = directory.state()
        if state and _answers(directory, state):
            report(f"Joined Neo4j {state.version}, which was already running at {state.uri} on {directory.path}.")
            return state
        if not told and time.monotonic() - waiting_since > NEWS_AFTER:
            report(f"Waiting for another command that starts or ends the engine on {directory.path} …")
            told = True
        time.sleep(PAUSE)
    return None


def _answers(directory: DataDirectory, state: State) -> bool:
    try:
        answer(state.uri, directory.password(), patience=0)
    except AuthError as error:
        raise refused(directory) from error
    except (DriverError, Neo4jError):
        return False
    return True


def _endpoint(directory: DataDirectory, state: State, process: Supervisor | None) -> Endpoint:
    engine = Engine(directory, state.uri, process)
    return Endpoint(state.uri, USER, SecretStr(directory.password()), DATABASE, engine)
