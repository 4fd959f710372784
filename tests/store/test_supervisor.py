"""The process that keeps Java running, over a program that comes and goes quicker than Java."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph_api.store.engine import supervisor
from graph_api.store.engine.configuration import free_port
from graph_api.store.engine.ownership import is_locked, try_lock
from tests.store.processes import seconds_until

# Says that it runs, and listens as an engine does.
PROGRAM = """
import os, socket, sys, time
with open(sys.argv[2], "a") as file:
    print(os.getpid(), file=file)
server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
time.sleep(60)
"""


@dataclass(frozen=True)
class Supervised:
    """A program under its supervisor, in a folder."""

    process: "subprocess.Popen[bytes]"
    folder: Path

    @property
    def runs(self) -> list[int]:
        """The process number of each run so far."""
        path = self.folder / "runs"
        return [int(line) for line in path.read_text().splitlines()] if path.exists() else []

    @property
    def state_file(self) -> Path:
        return self.folder / "engine.json"

    def kill(self, number: int) -> None:
        """Kill the run of that number, counted from 1, once it runs."""
        seconds_until(lambda: len(self.runs) == number)
        os.kill(self.runs[-1], signal.SIGKILL)


@contextmanager
def supervised(folder: Path, *, came_up: bool = True) -> Iterator[Supervised]:
    port = free_port()
    lock = try_lock(folder / "engine.lock")
    assert lock
    if came_up:
        (folder / "engine.json").write_text(json.dumps({"uri": f"bolt://127.0.0.1:{port}", "version": "1", "owner": 1}))
    files = [str(folder / name) for name in ("engine.json", "engine.stop")]
    program = [sys.executable, "-c", PROGRAM, str(port), str(folder / "runs")]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(  # noqa: S603 -- this interpreter
            [sys.executable, "-I", "-S", supervisor.__file__, *files, str(lock), str(os.getpid()), "2", *program],
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            pass_fds=[lock],
        ) as process,
    ):
        os.close(lock)
        yield Supervised(process, folder)
        assert process.stdin
        process.stdin.close()
        seconds_until(lambda: not is_locked(folder / "engine.lock"))


def test_what_ends_is_started_again_with_the_same_command_and_found_again_once_it_listens(tmp_path: Path) -> None:
    with supervised(tmp_path) as under:
        state = under.state_file.read_text()
        under.kill(1)
        seconds_until(lambda: not under.state_file.exists())
        seconds_until(lambda: len(under.runs) == 2)
        seconds_until(under.state_file.exists)
        assert under.state_file.read_text() == state
        assert is_locked(tmp_path / "engine.lock")
    assert not under.state_file.exists()


def test_what_ends_four_times_in_five_minutes_is_given_up(tmp_path: Path) -> None:
    with supervised(tmp_path) as under:
        for number in range(1, 5):
            under.kill(number)
        assert under.process.wait(5) == 1
        assert len(under.runs) == 4
        assert not under.state_file.exists()
    assert (tmp_path / "log").read_text().splitlines() == [
        "Neo4j ended without having been asked to, with status -9.",
        "It is started again: 1 of at most 3 times within 5 minutes.",
        "Neo4j ended without having been asked to, with status -9.",
        "It is started again: 2 of at most 3 times within 5 minutes.",
        "Neo4j ended without having been asked to, with status -9.",
        "It is started again: 3 of at most 3 times within 5 minutes.",
        "Neo4j ended without having been asked to, with status -9.",
        "It ended 4 times within 5 minutes and is given up.",
    ]


def test_what_never_came_up_is_not_tried_again(tmp_path: Path) -> None:
    with supervised(tmp_path, came_up=False) as under:
        under.kill(1)
        assert under.process.wait(5) != 0
        assert len(under.runs) == 1


@pytest.mark.parametrize("way", ["the owner's end", "a stop", "a signal"])
@pytest.mark.parametrize("moment", ["before it is started again", "when it was started again"])
def test_whoever_wants_it_ended_while_it_is_started_again_is_heard(tmp_path: Path, way: str, moment: str) -> None:
    with supervised(tmp_path) as under:
        under.kill(1)
        seconds_until(lambda: not under.state_file.exists() if moment.startswith("before") else len(under.runs) == 2)
        if way == "the owner's end":
            assert under.process.stdin
            under.process.stdin.close()
        elif way == "a stop":
            (tmp_path / "engine.stop").touch()
        else:
            under.process.send_signal(signal.SIGTERM)
        under.process.wait(5)
        assert len(under.runs) == (1 if moment.startswith("before") else 2)
        assert not is_locked(tmp_path / "engine.lock")
        assert not under.state_file.exists()
