import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator

import pytest

from graph_api.errors import EngineError
from graph_api.settings import Settings
from graph_api.store import engine
from graph_api.store.connection import Store
from graph_api.store.engine.directory import DataDirectory
from graph_api.store.engine.ownership import is_locked
from tests.store.processes import OWNER, engine_processes, seconds_until, supervisors

ENGINE_COMMAND = [sys.executable, "-c", "from graph_api.cli.engine import app; app()"]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """Yield settings for a data directory of this module, in whose engine the tests below follow each other."""
    yield (settings := Settings(neo4j_uri=None, data_dir=tmp_path_factory.mktemp("engine") / "data"))
    assert engine_processes(settings) == []


@pytest.fixture
def owner(settings: Settings) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(OWNER), str(settings.data_dir)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 -- this interpreter
        yield process
        process.kill()


async def test_a_killed_owner_takes_its_engine_along_and_loses_no_committed_write(
    settings: Settings, owner: subprocess.Popen[str]
) -> None:
    assert owner.stdout
    committed = [int(owner.stdout.readline()) for _ in range(20)]

    said: list[str] = []
    with engine.running(settings, said.append) as session:
        assert not session.started
        assert said == [
            f"Joined Neo4j 2026.09.0, which was already running at {session.endpoint.uri} on {settings.data_dir}."
        ]
        assert engine.status(settings).owner == owner.pid
        with pytest.raises(EngineError, match=f"belongs to the running command with process number {owner.pid}"):
            engine.stop(settings)
        store = await Store.open(session.endpoint)
        assert await store.read("MATCH (n:Written) RETURN count(n) >= 20") == [True]
        await store.close()
    assert engine.status(settings).phase is engine.Phase.RUNNING  # who joined does not end it

    owner.send_signal(signal.SIGKILL)
    seconds_until(lambda: engine_processes(settings) == [])
    committed += [int(line) for line in owner.stdout]
    # What an engine leaves behind that had no time to tidy up: a state file that speaks of nobody.
    stale = {"uri": "bolt://127.0.0.1:1", "version": "2026.09.0", "owner": os.getpid()}
    DataDirectory(settings.data_dir).state_file.write_text(json.dumps(stale))
    assert engine.status(settings).phase is engine.Phase.STOPPED

    with engine.running(settings, said.append) as session:
        assert session.started
        store = await Store.open(session.endpoint)
        (numbers,) = await store.read("MATCH (n:Written) RETURN collect(n.number)")
        await store.close()
        assert set(committed) <= set(numbers)
        # The last write may have been committed while its owner was killed before it could say so.
        assert len(numbers) - len(committed) in {0, 1}

        (supervisor,) = supervisors(settings)
        os.kill(supervisor, signal.SIGKILL)
        seconds_until(lambda: not is_locked(settings.data_dir / "engine.lock"))
    assert engine_processes(settings) == []


def test_a_detached_engine_stays_until_it_is_told_to_stop(settings: Settings) -> None:
    def command(name: str) -> subprocess.CompletedProcess[str]:
        arguments = [*ENGINE_COMMAND, name, "--data-dir", str(settings.data_dir), "--json"]
        return subprocess.run(arguments, capture_output=True, text=True, check=False)  # noqa: S603 -- this interpreter

    started = command("start")
    uri = json.loads(started.stdout)["uri"]
    assert json.loads(started.stdout) == {"uri": uri, "started": True}
    assert json.loads(command("start").stdout) == {"uri": uri, "started": False}
    assert json.loads(command("status").stdout) == {
        "phase": "RUNNING",
        "data_dir": str(settings.data_dir),
        "uri": uri,
        "version": "2026.09.0",
        "owner": None,
        "fetched": True,
    }
    with engine.running(settings, print) as session:
        assert (session.started, session.endpoint.uri) == (False, uri)
    password_file = DataDirectory(settings.data_dir).password_file
    kept = password_file.read_text()
    password_file.write_text("something-else")
    with pytest.raises(EngineError, match="does not accept the password"), engine.running(settings, print):
        pass
    password_file.write_text(kept)
    assert json.loads(command("path").stdout)["data_dir"] == str(settings.data_dir)
    assert json.loads(command("stop").stdout) == {"stopped": True}
    assert engine_processes(settings) == []
    assert json.loads(command("stop").stdout) == {"stopped": False}
    assert command("status").returncode == 3


def test_nobody_else_may_read_the_graph_or_its_password(settings: Settings) -> None:
    directory = DataDirectory(settings.data_dir)
    assert stat.S_IMODE(directory.path.stat().st_mode) == 0o700
    assert stat.S_IMODE((directory.path / "data").stat().st_mode) == 0o700
    assert stat.S_IMODE(directory.password_file.stat().st_mode) == 0o600
    assert len(directory.password()) >= 32


def test_a_lost_password_is_named(settings: Settings) -> None:
    directory = DataDirectory(settings.data_dir)
    kept = directory.password()
    directory.password_file.write_text("something-else")
    with pytest.raises(EngineError, match=f"does not accept the password in {directory.password_file}") as refused:
        engine.start_detached(settings, print)
    assert "something-else" not in refused.value.message
    assert engine_processes(settings) == []
    directory.password_file.write_text(kept)
