"""The process beside the service: it answers as the service itself would, and nothing of it outlives what it is for."""

import asyncio
import json
import logging
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from graph_api.errors import AWAY, EngineError
from graph_api.schema.annex import GONE, PAUSES, Annex, frame, read_frame, record_facts
from graph_api.schema.documents import Asked
from graph_api.schema.service import Service, build_service
from graph_api.settings import Limits
from graph_api.store.connection import Store
from graph_api.store.endpoint import Endpoint
from graph_api.store.migrations import prepare
from graph_api.web import request_id
from graph_api.web.access.bearer import Anyone
from graph_api.web.app import create_app
from graph_api.web.entry import Entry
from graph_api.web.health import Readiness
from graph_api.web.rates import Rates
from graph_api.web.response import response_of
from tests.cli.commands import Commands
from tests.dense import COUNTING, fill, until_running
from tests.served import served
from tests.store.line import line_to

LIMITS = Limits(heavy_cost=1, cost=10**9, heavy=4, seconds=300)
SMALL = "{ opportunities(first: 1) { nodes { key } } }"


@pytest.fixture(scope="module")
async def dense(graph: Store) -> Store:
    await prepare(graph)
    await fill(graph)
    return graph


@asynccontextmanager
async def annexed(store: Store, endpoint: Endpoint | None = None) -> AsyncIterator[tuple[Service, Annex]]:
    """Yield a service for which everything is heavy, with an annex that is ready."""
    service = build_service(store, limits=LIMITS)
    annex = service.compiler.admission.elsewhere = Annex(endpoint or store.endpoint, LIMITS)
    prepared = asyncio.Event()
    prepared.set()
    async with annex.running(prepared):
        await until_ready(annex)
        yield service, annex


@pytest.fixture(scope="module")
async def beside(dense: Store) -> AsyncIterator[tuple[Service, Annex]]:
    async with annexed(dense) as both:
        yield both


async def until_ready(annex: Annex) -> None:
    async with asyncio.timeout(60):
        while not annex.ready:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.02)


async def answer(service: Service, query: str, **variables: Any) -> Any:
    """Return the response that clients get."""
    return json.loads(
        orjson.dumps(response_of((await service.run(service.choose(Asked(query, None, variables)))).result))
    )


def pid_of(annex: Annex) -> int:
    assert annex._process
    return annex._process.pid


def children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()]


def told_of(pid: int, file: str) -> str:
    return Path(f"/proc/{pid}/{file}").read_text(encoding="utf-8")


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


async def until_ended(pid: int) -> None:
    async with asyncio.timeout(60):
        while is_running(pid):  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.02)


OPERATIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("query ($n: Int!) { opportunities(first: $n) { totalCount edges { cursor node { id key tags } } } }", {"n": 3}),
    ('{ trace(kind: OPPORTUNITY, key: "O1", direction: TOWARDS_INSIGHT) { start { key } } }', {}),
    ('{ opportunity(key: "none") { key } opportunities(first: 1) { nodes { __typename name createdAt } } }', {}),
    ('{\n  fine: goals { totalCount }\n  wrong: opportunities(after: "nonsense") { nodes { key } }\n}', {}),
    (
        'query ($id: ID!) {\n  node(id: $id) { id }\n  search(text: "O1", first: 1) { nodes { entity { key } } }\n}',
        {"id": "?"},
    ),
    ("{ portfolio(of: OPPORTUNITY, method: RICE, first: 2) { nodes { __typename } } }", {}),
    (
        "query ($n: Int!) { opportunities(first: $n) { totalCount } }",
        {"n": 3, "large": 10**30, "endless": float("inf")},
    ),
)


@pytest.mark.parametrize(("query", "variables"), OPERATIONS, ids=lambda value: str(value)[:50])
async def test_its_answers_are_those_that_the_service_gives(
    beside: tuple[Service, Annex], dense: Store, query: str, variables: dict[str, Any]
) -> None:
    alone = build_service(dense, limits=LIMITS)
    here = await answer(alone, query, **variables)
    assert "data" in here
    assert await answer(beside[0], query, **variables) == here


async def test_a_frame_holds_whatever_json_may_hold() -> None:
    given = {"large": 10**30, "endless": float("inf"), "deep": [[{"half": "\ud800"}]]}
    reader = asyncio.StreamReader()
    reader.feed_data(frame(given, b"body"))
    assert await read_frame(reader) == (given, b"body")


async def test_an_error_keeps_its_place_in_the_answer_and_in_the_document(beside: tuple[Service, Annex]) -> None:
    told = await answer(beside[0], OPERATIONS[3][0])
    (error,) = told["errors"]
    assert (error["path"], error["locations"]) == (["wrong"], [{"line": 3, "column": 3}])
    assert error["extensions"] == {"code": "BAD_USER_INPUT"}


async def test_before_it_is_ready_the_service_answers(dense: Store) -> None:
    service = build_service(dense, limits=LIMITS)
    service.compiler.admission.elsewhere = annex = Annex(dense.endpoint, LIMITS)
    async with annex.running(asyncio.Event()):
        assert len((await answer(service, SMALL))["data"]["opportunities"]["nodes"]) == 1
        assert annex._process is None


async def test_killed_it_is_started_again_and_what_it_worked_on_is_told_to_be_unavailable(
    dense: Store, beside: tuple[Service, Annex], caplog: pytest.LogCaptureFixture
) -> None:
    service, annex = beside
    first = pid_of(annex)
    lost = asyncio.create_task(answer(service, COUNTING))
    await until_running(dense, 1)
    os.kill(first, signal.SIGKILL)
    error = {
        "message": GONE,
        "locations": [{"line": 3, "column": 3}],
        "path": ["opportunities"],
        "extensions": {"code": "SERVICE_UNAVAILABLE"},
    }
    assert (await lost)["errors"] == [error]
    assert (await answer(service, SMALL))["data"]  # meanwhile here
    await until_ready(annex)
    assert "The process for heavy operations has ended; another is started." in caplog.text
    assert pid_of(annex) != first
    assert (await answer(service, SMALL))["data"]
    await until_running(dense, 0)


async def test_one_that_never_gets_ready_is_tried_ever_less_often(
    dense: Store, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert list(PAUSES) == [1, 5, 60]
    monkeypatch.setattr("graph_api.schema.annex.PAUSES", (0.01, 0.01, 600))
    monkeypatch.setattr("sys.executable", "/bin/false")
    annex = Annex(dense.endpoint, LIMITS)
    prepared = asyncio.Event()
    prepared.set()
    async with annex.running(prepared), asyncio.timeout(60):
        while caplog.text.count("another is started") < 2:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.2)
        assert caplog.text.count("another is started") == 2
        assert not annex.ready


async def test_it_ends_with_what_runs_it(dense: Store) -> None:
    async with annexed(dense) as (service, annex):
        pid = pid_of(annex)
        asking = asyncio.create_task(answer(service, COUNTING))
        await until_running(dense, 1)
    await until_ended(pid)
    assert (await asking)["errors"][0]["extensions"] == {"code": "SERVICE_UNAVAILABLE"}
    await until_running(dense, 0)


async def test_who_waits_no_longer_ends_the_statement_in_neo4j(dense: Store, beside: tuple[Service, Annex]) -> None:
    service, annex = beside
    pid = pid_of(annex)
    asking = asyncio.create_task(answer(service, COUNTING))
    await until_running(dense, 1)
    asking.cancel()
    await until_running(dense, 0)
    assert (pid_of(annex), annex.ready, annex._waiting) == (pid, True, {})


async def test_a_client_that_leaves_ends_the_statement_in_neo4j(dense: Store, beside: tuple[Service, Annex]) -> None:
    async def ready() -> Readiness:
        return Readiness(ok=True, detail="")

    entry = Entry(Anyone(), proved=False, limits=LIMITS, rates=Rates("off"))
    async with served(create_app(beside[0], entry=entry, ready=ready)) as address:
        async with httpx.AsyncClient(base_url=address, timeout=300) as http:
            asking = asyncio.create_task(http.post("/graphql", json={"query": COUNTING}))
            await until_running(dense, 1)
            asking.cancel()
        await until_running(dense, 0)


async def test_what_it_logs_stands_in_the_log_of_the_service_under_the_name_of_the_request(
    dense: Store, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    names: list[str | None] = []

    def note(record: logging.LogRecord) -> bool:
        names.append(request_id.request_id())
        return record.name == "graph_api.schema.annexed"

    async with line_to(dense.endpoint) as line, annexed(dense, line.endpoint) as (service, _):
        line.cut()
        monkeypatch.setattr(caplog.handler, "filters", [note])
        token = request_id._current.set("the-request")
        try:
            told = await answer(service, SMALL)
        finally:
            request_id._current.reset(token)
    assert (told["errors"][0]["message"], told["errors"][0]["extensions"]) == (AWAY, {"code": "SERVICE_UNAVAILABLE"})
    (record,) = caplog.records
    assert (record.levelname, "the-request" in names) == ("WARNING", True)
    assert line.endpoint.uri.rpartition(":")[2] in record.getMessage()
    assert vars(record)["fields"] == {"logger": "graph_api.schema.annexed", "process": "annex", "traceback": None}


@pytest.mark.parametrize("words", [True, False])
def test_of_a_fault_there_the_log_tells_the_places_and_not_the_words(*, words: bool) -> None:
    def fail() -> None:
        try:
            int("what was sent")
        except ValueError as error:
            message = "Mend it."
            raise EngineError(message) from error

    with pytest.raises(EngineError) as raised:
        fail()
    record = logging.LogRecord(
        "asyncio", logging.ERROR, "", 0, "Lost\nwhat was %s", ("sent",), (raised.type, raised.value, raised.tb)
    )
    facts = record_facts(record, words=words)
    assert (facts["logger"], facts["level"], facts["text"]) == ("asyncio", logging.ERROR, "Lost")
    lines = [line for line in facts["traceback"].splitlines() if not line.startswith("  ")]
    said = ": invalid literal for int() with base 10: 'what was sent'" if words else ""
    assert lines == ["graph_api.errors.EngineError: Mend it.", "after", f"builtins.ValueError{said}"]


async def test_nobody_can_read_the_password_from_the_process_and_a_killed_service_takes_it_along(dense: Store) -> None:
    commands = Commands(dense.endpoint)
    password = commands.environment["NEO4J_PASSWORD"]
    with commands.serving(
        "serve", "--port", "0", "--set", "LIMIT_HEAVY_COST=1", "--set", "LIMIT_COST=999999999"
    ) as service:
        address = (await asyncio.to_thread(service.wait_for, "Serving at ")).removesuffix("/graphql")
        await asyncio.to_thread(service.wait_for, "Ready.")
        async with httpx.AsyncClient(base_url=address, timeout=300) as http:
            await http.post("/graphql", json={"query": SMALL})  # the first heavy one has it started
        async with asyncio.timeout(60):
            while not (found := children(service.process.pid)):  # noqa: ASYNC110 - no event tells
                await asyncio.sleep(0.05)
        (annex,) = found
        assert "graph_api.schema.annexed" in told_of(annex, "cmdline")
        assert password not in told_of(annex, "cmdline") + told_of(annex, "environ")
        async with httpx.AsyncClient(base_url=address, timeout=300) as http:
            asking = asyncio.create_task(http.post("/graphql", json={"query": COUNTING}))
            await until_running(dense, 1)
            await asyncio.to_thread(service.end, signal.SIGKILL)
            with pytest.raises(httpx.TransportError):
                await asking
    await until_ended(annex)
    await until_running(dense, 0)


async def test_the_signal_that_stops_the_service_does_not_take_the_annex_from_what_it_still_answers(
    beside: tuple[Service, Annex],
) -> None:
    service, annex = beside
    pid = pid_of(annex)
    for number in (signal.SIGTERM, signal.SIGINT):
        os.kill(pid, number)
    for _ in range(3):
        assert (await answer(service, SMALL))["data"]
    assert (pid_of(annex), annex.ready) == (pid, True)
