"""The process between an owner and its Java process: it ends Java when the owner is gone, however the owner went.

Run as a script by path, on the standard library alone, so that it starts in milliseconds and stays small:

    supervisor.py STATE_FILE STOP_FILE LOCK_DESCRIPTOR OWNER GRACE JAVA ARGUMENT...

OWNER is the owner's process number, or 0 for a detached engine. An owner's end is seen twice over: its pipe, which is
standard input here, reaches its end; and this process gets another parent. STOP_FILE's appearance ends the engine too.
"""

import ctypes
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

POLL = 0.2  # seconds
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


def main(arguments: list[str]) -> int:
    """Run Java until it ends by itself or somebody wants it ended."""
    state_file, stop_file = Path(arguments[0]), Path(arguments[1])
    lock, owner, grace, command = int(arguments[2]), int(arguments[3]), float(arguments[4]), arguments[5:]
    os.umask(0o077)  # the graph is for its owner's eyes, wherever the data directory lies
    if not owner and os.fork():
        os._exit(0)  # detached: nobody has to wait for what stays
    ending = False

    def end(_signal: int, _frame: object) -> None:
        nonlocal ending
        ending = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    # Java inherits the lock too, so that nobody takes the data directory while it still writes.
    java = subprocess.Popen(  # noqa: S603 -- the command is the engine's own, built by its parent
        command,
        stdin=subprocess.DEVNULL,
        pass_fds=[lock],
        preexec_fn=_die_with(os.getpid()),  # noqa: PLW1509 -- this process has one thread
    )
    while java.poll() is None and not (ending or stop_file.exists()):
        if not owner:
            time.sleep(POLL)
        elif os.getppid() != owner or select.select([0], [], [], POLL)[0]:
            break
    state_file.unlink(missing_ok=True)  # nobody may join an engine that is about to end
    java.terminate()
    try:
        return java.wait(grace)
    except subprocess.TimeoutExpired:
        java.kill()  # the transaction log holds every committed write; the next start recovers from it
        return java.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
