"""The process between an owner and its Java process: it keeps Java running, and ends it when the owner is gone.

Run as a script by path, on the standard library alone, so that it starts in milliseconds and stays small:

    supervisor.py STATE_FILE STOP_FILE LOCK_DESCRIPTOR OWNER GRACE JAVA ARGUMENT...

OWNER is the owner's process number, or 0 for a detached engine. An owner's end is seen twice over: its pipe, which is
standard input here, reaches its end; and this process gets another parent. STOP_FILE's appearance ends the engine too.

Java may end without having been asked: for want of memory, or killed by the system. An engine that had come up is then
started again, with the same command and so on the same port; one that keeps ending is given up.
"""

import ctypes
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

POLL = 0.2  # seconds
PAUSE = 1.0  # seconds before Java is started again
RESTARTS = 3  # so many within WINDOW seconds; what ends more often than that will not be mended by starting it
WINDOW = 300.0
PR_SET_PDEATHSIG = 1


def _die_with(parent: int) -> Callable[[], None] | None:
    """Prepare a hook that makes the kernel end the child when its parent is gone (Linux only)."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # the parent went before the kernel was asked
            os.kill(os.getpid(), signal.SIGKILL)

    return ask


class Supervisor:
    """Runs Java for as long as it is wanted. `owner` is 0 for a detached engine."""

    def __init__(self, state_file: Path, stop_file: Path, lock: int, owner: int, grace: float) -> None:
        self._state_file = state_file
        self._stop_file = stop_file
        self._lock = lock
        self._owner = owner
        self._grace = grace
        self._ending = False
        self._hidden: str | None = None
        """What the state file says, while the engine that it speaks of is being started again."""

    def end(self, _signal: int, _frame: object) -> None:
        """Take note that the engine is no longer wanted; for signals."""
        self._ending = True

    def run(self, command: list[str]) -> int:
        """Run Java until it is no longer wanted, or ends too often, or ends before it ever came up."""
        ends: list[float] = []
        while True:
            java = self._start(command)
            while java.poll() is None and self._wanted():
                self._show(java)
            if java.poll() is None:
                return self._end(java)
            self._hide()
            if self._hidden is None:  # whoever started it waits for its first answer, and says why there is none
                return java.wait()
            now = time.monotonic()
            ends = [each for each in ends if now - each < WINDOW] + [now]
            _say(f"Neo4j ended without having been asked to, with status {java.returncode}.")
            if len(ends) > RESTARTS:
                _say(f"It ended {len(ends)} times within {WINDOW / 60:.0f} minutes and is given up.")
                return 1
            _say(f"It is started again: {len(ends)} of at most {RESTARTS} times within {WINDOW / 60:.0f} minutes.")
            while time.monotonic() - now < PAUSE:
                if not self._wanted():
                    return 0

    def _start(self, command: list[str]) -> "subprocess.Popen[bytes]":
        # Java inherits the lock too, so that nobody takes the data directory while it still writes.
        return subprocess.Popen(  # noqa: S603 -- the command is the engine's own, built by the parent
            command,
            stdin=subprocess.DEVNULL,
            pass_fds=[self._lock],
            preexec_fn=_die_with(os.getpid()),  # noqa: PLW1509 -- this process has one thread
        )

    def _wanted(self) -> bool:
        """Wait for a moment, and tell whether the engine is still wanted."""
        if self._ending or self._stop_file.exists():
            return False
        if not self._owner:
            time.sleep(POLL)
            return True
        return os.getppid() == self._owner and not select.select([0], [], [], POLL)[0]

    def _end(self, java: "subprocess.Popen[bytes]") -> int:
        self._state_file.unlink(missing_ok=True)  # nobody may join an engine that is about to end
        java.terminate()
        try:
            return java.wait(self._grace)
        except subprocess.TimeoutExpired:
            java.kill()  # the transaction log holds every committed write; the next start recovers from it
            return java.wait()

    def _hide(self) -> None:
        """Keep others from joining an engine that does not run."""
        try:
            self._hidden = self._state_file.read_text(encoding="utf-8")
            self._state_file.unlink()
        except FileNotFoundError:
            pass  # it never came up, or was not up again

    def _show(self, java: "subprocess.Popen[bytes]") -> None:
        """Let others join again, once an engine that was started again listens."""
        if self._hidden is None:
            return
        address = urlsplit(json.loads(self._hidden)["uri"])
        try:
            socket.create_connection((address.hostname, address.port), timeout=POLL).close()
        except OSError:
            return
        if java.poll() is None:  # otherwise it was somebody else who took the port and listens
            draft = self._state_file.with_name(f"{self._state_file.name}.{os.getpid()}")
            draft.write_text(self._hidden, encoding="utf-8")
            draft.replace(self._state_file)
            self._hidden = None


def _say(sentence: str) -> None:
    """Say it in the engine's log, among Java's own words."""
    print(sentence, flush=True)  # noqa: T201 -- standard output is that log


def main(arguments: list[str]) -> int:
    """Keep Java running until it is no longer wanted."""
    state_file, stop_file = Path(arguments[0]), Path(arguments[1])
    lock, owner, grace, command = int(arguments[2]), int(arguments[3]), float(arguments[4]), arguments[5:]
    os.umask(0o077)  # the graph is for its owner's eyes, wherever the data directory lies
    if not owner and os.fork():
        os._exit(0)  # detached: nobody has to wait for what stays
    supervisor = Supervisor(state_file, stop_file, lock, owner, grace)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, supervisor.end)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    return supervisor.run(command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
