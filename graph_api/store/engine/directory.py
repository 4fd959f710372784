"""The data directory of an embedded engine: what lies where, and who may read it."""

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from graph_api.errors import EngineError


@dataclass(frozen=True, slots=True)
class State:
    """What a running engine says of itself, for those who want to join it."""

    uri: str
    version: str
    owner: int | None  # process number of the command it lives for; None: detached


@dataclass(frozen=True, slots=True)
class DataDirectory:
    """Paths below the data directory, and the small files that are read and written there."""

    path: Path

    @property
    def lock_file(self) -> Path:
        """Locked by the engine for as long as it lives."""
        return self.path / "engine.lock"

    @property
    def state_file(self) -> Path:
        """Where a ready engine listens."""
        return self.path / "engine.json"

    @property
    def stop_file(self) -> Path:
        """Its appearance asks the engine to end."""
        return self.path / "engine.stop"

    @property
    def password_file(self) -> Path:
        """The password of the engine's user."""
        return self.path / "password"

    @property
    def configuration(self) -> Path:
        """The folder of `neo4j.conf`."""
        return self.path / "conf"

    @property
    def console_log(self) -> Path:
        """What the engine printed since its last start."""
        return self.path / "logs" / "console.log"

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Say what helps when the directory cannot be used."""
        try:
            yield
        except OSError as error:
            message = (
                f"The embedded Neo4j cannot use its data directory {self.path} ({error.strerror or error});"
                " make that folder and what is in it writable, or name another one by DATA_DIR."
            )
            raise EngineError(message) from error

    def prepare(self) -> None:
        """Make the directory, for its owner alone; one that exists keeps its mode, what is put into it is private."""
        for folder in (self.path, self.configuration, self.console_log.parent):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def state(self) -> State | None:
        """Read what the running engine says; None while it starts or ends."""
        try:
            return State(**json.loads(self.state_file.read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError, TypeError):  # absent, or half written by a version of another kind
            return None

    def publish(self, state: State) -> None:
        """Let others join."""
        self._write_private(self.state_file, json.dumps(asdict(state)))

    def password(self) -> str:
        """Read the password, or choose one at random when there is none yet."""
        if not self.password_file.exists():
            self._write_private(self.password_file, secrets.token_urlsafe(32))
        return self.password_file.read_text(encoding="utf-8").strip()

    def log_tail(self, lines: int = 12) -> str:
        """Return the last lines that the engine printed."""
        try:
            text = self.console_log.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
        return "\n".join(text.splitlines()[-lines:])

    def _write_private(self, path: Path, text: str) -> None:
        """Write at once and whole, readable by nobody else at any moment."""
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
