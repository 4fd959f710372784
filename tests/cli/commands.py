"""The commands as people run them: in a process of their own, against the Neo4j of the test run."""

import io
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple, TextIO
from unittest.mock import patch

from graph_api.cli import app
from graph_api.store.endpoint import Endpoint

FOLDER = Path(sys.executable).parent
PATIENCE = 120.0  # seconds


class Ran(NamedTuple):
    """What a command that has ended left behind."""

    status: int
    out: str
    err: str


class Service:
    """A command that serves, with all that it has said so far."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.said = ""
        # Read all the time, so that the command never waits for a reader.
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait_for(self, words: str) -> str:
        """Return the rest of the line in which the words stand, once it is there."""
        deadline = time.monotonic() + PATIENCE
        while words not in self.said or "\n" not in self.said.partition(words)[2]:
            assert self._reader.is_alive(), f"It ended without saying {words!r}: {self.said}"
            assert time.monotonic() < deadline, f"It has not said {words!r}: {self.said}"
            time.sleep(0.02)
        return self.said.partition(words)[2].partition("\n")[0]

    def end(self, number: int) -> float:
        """Send a signal, wait until the command has ended, and return how many seconds that took."""
        started = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)
        return time.monotonic() - started

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said += line


class Commands:
    """The installed `graph-api`, with the settings that it finds this run's Neo4j by and none of the caller's own."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "ENGINE_"))
        }
        for name in ("HOST", "PORT", "DATA_DIR", "COLUMNS", "FORCE_COLOR"):
            self.environment.pop(name, None)
        self.environment |= {
            "PATH": f"{FOLDER}{os.pathsep}{os.environ['PATH']}",
            "NEO4J_URI": endpoint.uri,
            "NEO4J_USER": endpoint.user,
            "NEO4J_PASSWORD": endpoint.password.get_secret_value(),
            "NEO4J_DATABASE": endpoint.database,
        }

    def run(self, *arguments: str | Path, cwd: Path | None = None, typed: str | None = None, **settings: str) -> Ran:
        """Run a command to its end; other settings are given by name, what it reads is `typed`."""
        ran = subprocess.run(  # noqa: S603 our own command
            [FOLDER / "graph-api", *arguments],
            env=self.environment | settings,
            cwd=cwd,
            input=typed,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return Ran(ran.returncode, ran.stdout, ran.stderr)

    def call(self, *arguments: str | Path, cwd: Path | None = None, **settings: str) -> Ran:
        """Run a command as `run` does, but in this process, where the schema is made already: that is seconds less."""
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out):
            status = self._called(*arguments, err=err, cwd=cwd, **settings)
        return Ran(status, out.getvalue(), err.getvalue())

    def call_on_terminal(self, *arguments: str | Path, columns: int = 80) -> Ran:
        """Run a command in this process with a terminal for its answer, which stands in `out` with its colours."""
        master, terminal = os.openpty()
        err, shown = io.StringIO(), bytearray()
        reader = threading.Thread(target=lambda: shown.extend(b"".join(_read_all(master))))
        reader.start()
        with os.fdopen(terminal, "w", encoding="utf-8") as out, redirect_stdout(out):
            status = self._called(*arguments, err=err, COLUMNS=str(columns), TERM="xterm")
        reader.join(PATIENCE)
        os.close(master)
        return Ran(status, shown.decode().replace("\r\n", "\n"), err.getvalue())

    def _called(self, *arguments: str | Path, err: TextIO, cwd: Path | None = None, **settings: str) -> int:
        with (
            patch.dict(os.environ, self.environment | settings, clear=True),
            chdir(cwd or Path.cwd()),
            redirect_stderr(err),
        ):
            try:
                app([str(argument) for argument in arguments], prog_name="graph-api")
            except SystemExit as ended:
                return ended.code if isinstance(ended.code, int) else 0
        return 0

    @contextmanager
    def serving(self, *arguments: str, **settings: str) -> Iterator[Service]:
        """Start a command that serves, and end it if it has not been ended."""
        with subprocess.Popen(  # noqa: S603 our own command
            [FOLDER / "graph-api", *arguments],
            env=self.environment | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            try:
                yield Service(process)
            finally:
                process.kill()


def without_colours(shown: str) -> list[str]:
    """Return the lines that a terminal shows, without colours and without the spaces at their ends."""
    return [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", shown).splitlines()]


def _read_all(master: int) -> Iterator[bytes]:
    while True:
        try:
            block = os.read(master, 10_000)
        except OSError:  # Linux, once nobody holds the terminal any more
            return
        if not block:
            return
        yield block
