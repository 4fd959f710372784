"""How a command that serves ends: in an orderly way, and within ten seconds of a signal, whatever still runs."""

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from graph_api.cli.terminal import report

SECONDS = 9.5
"""From a signal to the end of the process, at the latest."""

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def at_the_latest() -> Iterator[Callable[[], None]]:
    """End this process `SECONDS` after a signal, however far it has got with ending by itself.

    Yield what is to be called by those who take the signals over. An embedded Neo4j may take longer: it waits for what
    others do in it. It is left to its supervisor, which ends it once this process has ended.
    """
    timer = threading.Timer(SECONDS, _give_up)
    timer.daemon = True

    def begin() -> None:
        with suppress(RuntimeError):  # told twice
            timer.start()

    previous = {number: signal.getsignal(number) for number in _SIGNALS}

    def interrupt(number: int, frame: FrameType | None) -> None:
        begin()
        handler = previous[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    for number in _SIGNALS:
        signal.signal(number, interrupt)
    try:
        yield begin
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
        timer.cancel()


@contextmanager
def left() -> Iterator[None]:
    """Leave at the end without waiting for threads that still work something out that nobody will read."""
    status = 0
    try:
        yield
    except SystemExit as ended:
        if not _busy():
            raise
        status = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    if _busy():
        _leave(status)


def _busy() -> bool:
    """Tell whether Python would wait for some thread."""
    return any(not thread.daemon for thread in threading.enumerate() if thread is not threading.main_thread())


def _give_up() -> None:
    report(f"Not everything has ended in {SECONDS:g} seconds; this does. An embedded Neo4j goes on ending by itself.")
    _leave(0)


def _leave(status: int) -> None:
    logging.shutdown()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(status)
