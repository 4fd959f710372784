"""A Neo4j that dies under its users: it comes back by itself, and where it cannot, everybody learns of it."""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from graph_api.errors import Code, EngineError, ServiceUnavailableError
from graph_api.settings import Settings
from graph_api.store import engine
from graph_api.store.connection import Store
from graph_api.store.engine import Phase
from tests.store.processes import GONE_WITHIN, engine_processes, javas, seconds_until

BACK_WITHIN = 90.0  # seconds, on a slow machine; ten on a quick one
PATIENCE = 60.0  # seconds for one answer; how quick it is on a quiet machine is measured, not tested
# An owner that does not notice what becomes of its engine.
IDLE_OWNER = """
import sys, time
from pathlib import Path
from graph_api.settings import Settings
from graph_api.store import engine
with engine.running(Settings(neo4j_uri=None, data_dir=Path(sys.argv[1])), lambda _: None):
    print("running", flush=True)
    time.sleep(600)
"""
GRAPH_API = Path(sys.executable).with_name("graph-api")


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    yield (settings := Settings(neo4j_uri=None, data_dir=tmp_path / "data"))
    assert engine_processes(settings) == []


def kill_java(settings: Settings) -> int:
    """Kill the Java process as the kernel does when memory runs out, as soon as there is one; return which it was."""
    seconds_until(lambda: len(javas(settings)) == 1)
    (java,) = javas(settings)
    os.kill(java, signal.SIGKILL)
    seconds_until(lambda: java not in javas(settings))
    return java


def given_up(settings: Settings) -> str:
    return (
        f"The embedded Neo4j on {settings.data_dir} has ended, and is not started again;"
        f" {settings.data_dir / 'logs' / 'console.log'} says why. Mend that, then run the command again."
    )


async def answered(store: Store) -> list[object]:
    """Ask until there is an answer; each refusal on the way says what happens."""
    answer: list[object] | BaseException
    deadline = time.monotonic() + BACK_WITHIN
    while time.monotonic() < deadline:
        (answer,) = await asyncio.gather(store.read("MATCH (n:Kept) RETURN count(n)"), return_exceptions=True)
        if isinstance(answer, list):
            return answer
        assert isinstance(answer, ServiceUnavailableError)
        assert answer.code is Code.SERVICE_UNAVAILABLE
        assert "NEO4J_URI" not in answer.message
        await asyncio.sleep(0.2)
    pytest.fail("It does not answer again.")


async def test_a_neo4j_that_is_killed_under_its_owner_answers_again_to_whoever_is_connected(settings: Settings) -> None:
    with engine.running(settings, print) as session:
        store = await Store.open(session.endpoint)
        async with store.transaction() as tx:
            await tx.run("CREATE (:Kept)")
        killed = kill_java(settings)
        with pytest.raises(
            ServiceUnavailableError, match="The embedded Neo4j does not answer; when it ended, it is st"
        ):
            await store.read("RETURN 1")
        with engine.running(settings, print) as joined:  # waits until it is back
            assert (joined.started, joined.endpoint) == (False, session.endpoint)
        assert await answered(store) == [1]
        async with store.transaction() as tx:
            await tx.run("CREATE (:Kept)")
        assert await answered(store) == [2]
        await store.close()
        assert javas(settings) != [killed]
        assert session.endpoint.engine
        assert session.endpoint.engine.failure() is None
    log = (settings.data_dir / "logs" / "console.log").read_text()
    assert "Neo4j ended without having been asked to, with status -9.\nIt is started again: 1 of at most 3 times" in log


def test_an_owner_that_ends_while_its_neo4j_is_started_again_leaves_nothing_behind(settings: Settings) -> None:
    command = [sys.executable, "-c", IDLE_OWNER, str(settings.data_dir)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as owner:  # noqa: S603 -- this interpreter
        assert owner.stdout
        assert owner.stdout.readline() == "running\n"
        killed = kill_java(settings)
        seconds_until(lambda: javas(settings) not in ([], [killed]))
        owner.send_signal(signal.SIGKILL)
        assert seconds_until(lambda: engine_processes(settings) == []) < GONE_WITHIN


def test_a_detached_neo4j_comes_back_and_its_status_tells_the_truth(settings: Settings) -> None:
    endpoint = engine.start_detached(settings, print).endpoint
    assert endpoint.engine
    try:
        kill_java(settings)
        seconds_until(lambda: engine.status(settings).phase is Phase.CHANGING)
        assert endpoint.engine.failure() is None
        seconds_until(lambda: engine.status(settings).phase is Phase.RUNNING, BACK_WITHIN)
        assert engine.status(settings).uri == endpoint.uri
        for _ in range(3):
            kill_java(settings)
        seconds_until(lambda: engine.status(settings).phase is Phase.STOPPED)
        failure = endpoint.engine.failure()
        assert isinstance(failure, EngineError)
        assert failure.message == given_up(settings)
        assert engine.stop(settings) is False
        log = (settings.data_dir / "logs" / "console.log").read_text()
        assert log.endswith("It ended 4 times within 5 minutes and is given up.\n")
    finally:
        engine.stop(settings)


@contextmanager
def serving(settings: Settings, said: Path) -> Iterator["subprocess.Popen[str]"]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "ENGINE_"))}
    environment |= {"DATA_DIR": str(settings.data_dir), "PORT": "0"}
    with (
        said.open("w") as log,
        subprocess.Popen([GRAPH_API, "serve"], env=environment, stderr=log, text=True) as process,  # noqa: S603 -- our own
    ):
        try:
            yield process
        finally:
            process.terminate()


@pytest.mark.long
def test_a_service_outlives_its_neo4j_three_times_and_then_ends_with_a_sentence(
    settings: Settings, tmp_path: Path
) -> None:
    said = tmp_path / "said"
    with serving(settings, said) as service:
        seconds_until(lambda: "Ready." in said.read_text(), BACK_WITHIN)
        found = re.search(r"Serving at (\S+)/graphql", said.read_text())
        assert found
        with httpx.Client(base_url=found[1], timeout=PATIENCE) as http:
            kill_java(settings)
            assert http.get("/readyz").status_code == 503
            response = http.post("/graphql", json={"query": '{ persona(key: "nobody") { key } }'})
            assert response.json()["errors"][0]["extensions"] == {"code": "SERVICE_UNAVAILABLE"}
            seconds_until(lambda: http.get("/readyz").status_code == 200, BACK_WITHIN)
            response = http.post("/graphql", json={"query": '{ persona(key: "nobody") { key } }'})
            assert response.json() == {"data": {"persona": None}}
        for _ in range(3):
            assert service.poll() is None
            kill_java(settings)
        assert service.wait(BACK_WITHIN) == 1
        assert said.read_text().splitlines()[-1] == given_up(settings)
        assert "Traceback" not in said.read_text()
