"""Who may start, use and end the engine on a data directory: decided by locks of the kernel, never by process numbers.

The supervisor and the Java process hold `engine.lock` for as long as either lives, so the lock tells the truth about a
running engine even after a kill -9 or a reboot; the state file only adds where the engine listens.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl


def try_lock(path: Path) -> int | None:
    """Take the lock without waiting: an open descriptor that holds it until every copy of it is closed, or None."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def is_locked(path: Path) -> bool:
    """Tell whether some process holds the lock; creates nothing."""
    if not path.exists():
        return False
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


@contextmanager
def exclusively(path: Path) -> Iterator[None]:
    """Wait for the lock and hold it."""
    while (descriptor := try_lock(path)) is None:
        time.sleep(0.1)
    try:
        yield
    finally:
        os.close(descriptor)
