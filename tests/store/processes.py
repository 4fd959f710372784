"""The processes of embedded engines, for tests that look at them and kill them."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from graph_api.settings import Settings

OWNER = Path(__file__).with_name("owner.py")
GONE_WITHIN = 15.0  # seconds; what the product promises


def engine_processes(settings: Settings) -> list[int]:
    """List the Java processes and supervisors on the data directory."""
    return sorted(supervisors(settings) + javas(settings))


def supervisors(settings: Settings) -> list[int]:
    return [pid for pid, words in _on(settings) if any(b"supervisor.py" in word for word in words)]


def javas(settings: Settings) -> list[int]:
    return [pid for pid, words in _on(settings) if words[0].endswith(b"java")]


def _on(settings: Settings) -> list[tuple[int, list[bytes]]]:
    found = []
    for entry in Path("/proc").iterdir():
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0") if entry.name.isdigit() else []
        except OSError:
            continue
        if any(os.fsencode(settings.data_dir) in word for word in words):
            found.append((int(entry.name), words))
    return found


def seconds_until(condition: Callable[[], bool], patience: float = GONE_WITHIN) -> float:
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < patience
        time.sleep(0.05)
    return time.monotonic() - started
