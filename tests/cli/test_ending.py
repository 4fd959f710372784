"""The end of a command that serves: nothing that still works holds it."""

import subprocess
import sys

import pytest

PATIENCE = 60.0  # seconds

WORKING = """
import concurrent.futures, sys, time
from graph_api.cli.ending import left
with left():
    concurrent.futures.ThreadPoolExecutor().submit(time.sleep, 600)
    print("said")
    {end}
"""
HANGING = """
import os, signal, time
from graph_api.cli import ending
ending.SECONDS = 0.5
with ending.at_the_latest() as told:
    {first}
    try:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(600)
    except KeyboardInterrupt:
        print("interrupted", flush=True)
        time.sleep(600)
"""


def ran(program: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", program]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)  # noqa: S603 - our own


@pytest.mark.parametrize(
    ("end", "status"), [("pass", 0), ("sys.exit()", 0), ("sys.exit(3)", 3), ("sys.exit('why')", 1)]
)
def test_a_thread_that_works_for_nobody_any_more_does_not_hold_the_end(end: str, status: int) -> None:
    done = ran(WORKING.format(end=end))
    assert (done.returncode, done.stdout) == (status, "said\n")


@pytest.mark.parametrize("first", ["pass", "signal.signal(signal.SIGINT, lambda *_: told())"])
def test_what_cannot_be_ended_is_given_up(first: str) -> None:
    done = ran(HANGING.format(first=first))
    assert done.returncode == 0
    assert done.stdout == ("interrupted\n" if first == "pass" else "")
    assert done.stderr == (
        "Not everything has ended in 0.5 seconds; this does. An embedded Neo4j goes on ending by itself.\n"
    )
