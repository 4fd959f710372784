"""Schemathesis: operations made from the schema by the thousand, over HTTP; the service has an answer to each.

CASES and SEED make them more and others: see `make fuzz`. The service runs in a process of its own over the demo
company, which the mutations change as they like. One thread makes operations, some send them: so the changes of others
come in between, as they do in life.
"""

import datetime as dt
import json
import os
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import pytest
import requests
import schemathesis
from graphql import REMOVE, ArgumentNode, DocumentNode, Visitor, print_ast, visit
from hostile import AMOUNTS, CLIENTS_DOING, DAYS, LUCENE, MOMENTS, SPANS, faults
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case, CheckContext, GenerationMode, HookContext, Response
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.graphql import nodes
from schemathesis.graphql.checks import GraphQLServerError

from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from graph_api.transfer import import_paths, seed_paths
from tests.cli.commands import Commands, Service

CASES = int(os.environ.get("CASES", "1000"))
SEED = int(os.environ.get("SEED", "7"))
SENDERS = 3
PATIENCE = 120.0  # seconds: nothing here takes that long, on a busy machine neither
BROKEN = 5
"""Of the cases of a field, one in so many breaks the schema on purpose."""
RARELY = 20
"""One value in so many is none that makes sense."""
PAGED = frozenset({"after", "before", "last"})
EARLY, LATE = dt.date(2025, 1, 1), dt.date(2028, 1, 1)
"""Around the days of the demo."""
TOLD = 500
"""After so many cases a long run says how far it is."""

REACHED = frozenset({"answered", "BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"})
"""A run in which one of these did not come would prove little."""


Sent = Case[Any]
"""An operation as Schemathesis has it."""


@dataclass
class Run:
    """What has been sent, and what came of it."""

    service: Service
    address: str
    sent: int = 0
    came: Counter[str] = field(default_factory=Counter)
    found: dict[str, str] = field(default_factory=dict)
    """What was wrong, each once, with an operation that shows it."""
    slowest: tuple[float, str] = (0.0, "")
    _own: threading.local = field(default_factory=threading.local)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _room: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(4 * SENDERS))

    @property
    def session(self) -> requests.Session:
        """The connection of this thread."""
        if not hasattr(self._own, "session"):
            self._own.session = requests.Session()
        session: requests.Session = self._own.session
        return session

    def begin(self, senders: ThreadPoolExecutor, case: Sent) -> None:
        """Have an operation sent, as soon as there is room."""
        self._room.acquire()
        senders.submit(self._send, case).add_done_callback(lambda _: self._room.release())

    def _send(self, case: Sent) -> None:
        begun = time.monotonic()
        try:
            response = case.call(session=self.session, timeout=PATIENCE)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong with one is noted, and the others are sent
            self._note(f"{type(error).__name__} at {case.operation.label}", case, str(error)[:500])
            return
        seconds = time.monotonic() - begun
        try:
            case.validate_response(response, checks=[not_a_server_error, answers_well])
        except FailureGroup as group:
            for failure in group.exceptions:
                if not _is_expected(failure):
                    self._note(self._cause(str(failure), response), case, response.text[:1_000])
        with self._lock:
            self.sent += 1
            self.slowest = max(self.slowest, (seconds, " ".join(str(case.body).split())))
            self.came.update(_outcomes(response))
            if self.sent % TOLD == 0:
                print(f"{self.sent} cases: {dict(self.came)}", flush=True)  # noqa: T201 - as above

    def _note(self, what: str, case: Sent, answer: str) -> None:
        with self._lock:
            if what not in self.found:
                self.found[what] = f"{what}\n  {case.body!s}\n  {answer}"
                print(f"\n{self.sent}: {self.found[what]}", flush=True)  # noqa: T201 - a long run tells it at once

    def _cause(self, failure: str, response: Response) -> str:
        """Name what has one cause alike: by the log of the service, where it says something of this request."""
        for name in re.findall(r'"requestId":"([^"]+)"', response.text):
            for line in self.service.said.splitlines():
                if name in line and "Traceback" in line:
                    return str(json.loads(line).get("exception") or line)[-600:]
        return re.sub(r"[0-9a-f-]{8,}", "…", failure)[:400]


def answers_well(ctx: CheckContext, response: Response, case: Sent) -> None:  # noqa: ARG001 - Schemathesis' signature
    """Check that an answer is GraphQL's, its codes are ours, and nothing from inside is in it."""
    wrong = faults(response.status_code, response.content, str(case.body))
    assert not wrong, "; ".join(wrong)


def _is_expected(failure: BaseException) -> bool:
    """Tell what Schemathesis takes for a fault of the service, since it does not know our codes."""
    return isinstance(failure, GraphQLServerError) and all(
        (error.get("extensions") or {}).get("code") in CLIENTS_DOING for error in failure.errors
    )


def _outcomes(response: Response) -> set[str]:
    try:
        answer = response.json()
    except ValueError:
        return {"no JSON"}
    codes = {str((error.get("extensions") or {}).get("code")) for error in answer.get("errors", ())}
    payloads = [value for value in (answer.get("data") or {}).values() if isinstance(value, dict)]
    told = any(payload.get("userErrors") for payload in payloads)
    return codes or {"userErrors" if told else "answered"}


@pytest.fixture(scope="module")
async def words(graph: Store) -> list[str]:
    """Fill the graph, and return ids, keys and change sets of what is there."""
    await prepare(graph)
    await import_paths(graph, seed_paths("demo"), actor="test")
    (found,) = await graph.read(
        "RETURN COLLECT { MATCH (n:Entity) RETURN n.key } + COLLECT { MATCH (n:Entity) RETURN n.id LIMIT 300 }"
        " + COLLECT { MATCH (c:Change) RETURN DISTINCT c.changeSet }"
    )
    return sorted({word for word in found if word})


@pytest.fixture(scope="module")
def run(graph: Store, words: list[str]) -> Iterator[Run]:
    with Commands(graph.endpoint).serving("serve", "--port", "0", LIMIT_REQUESTS="off") as service:
        address = service.wait_for("Serving at ")
        service.wait_for("Ready.")
        started = Run(service, address)
        scalars(words, cursors(started))
        yield started


def cursors(run: Run) -> list[str]:
    """Return cursors of three lists."""
    lists = {"insights": "", "opportunities": "", "changes": ""}
    fields = " ".join(f"{name}(first: 2) {{ pageInfo {{ endCursor }} }}" for name in lists)
    data = run.session.post(run.address, json={"query": f"{{ {fields} }}"}, timeout=PATIENCE).json()["data"]
    return [data[name]["pageInfo"]["endCursor"] for name in lists]


def scalars(words: list[str], positions: list[str]) -> None:
    """Say what scalars may hold: what is there, what is near it, and what nobody should send."""
    strange = ["", " ", "\0", '"', "\\", "'", "`", "$x", "\u202eabc", "\u0301", "💥", "\ufffe", "x" * 2_000, *LUCENE]
    text = mostly(st.sampled_from(words), st.sampled_from([*strange, *positions]) | st.text(max_size=12))
    day = mostly(st.dates(EARLY, LATE).map(str), st.dates().map(str) | st.sampled_from(DAYS))
    moment = mostly(st.datetimes(timezones=st.timezones()).map(_moment), st.sampled_from(MOMENTS))
    amount = mostly(st.decimals(0, 1_000, places=2).map(str), st.sampled_from(AMOUNTS))
    span = mostly(st.sampled_from(["P1D", "P14D", "PT30M", "P3M"]), st.sampled_from(SPANS))
    whole = mostly(st.integers(0, 5), st.sampled_from([-1, 100, 200, 201, 2**31 - 1, -(2**31)]))
    real = mostly(st.floats(0, 10), st.sampled_from([1e308, -1e308, 5e-324, -0.0]))
    made: dict[str, st.SearchStrategy[Any]] = {
        **dict.fromkeys(("String", "ID", "JSON"), text.map(nodes.String)),
        "Date": day.map(nodes.String),
        "DateTime": moment.map(nodes.String),
        "Decimal": amount.map(nodes.String),
        "Duration": span.map(nodes.String),
        "Int": whole.map(nodes.Int),
        "Float": real.map(nodes.Float),
    }
    for name, strategy in made.items():
        schemathesis.graphql.scalar(name, strategy)


def mostly(usual: st.SearchStrategy[Any], other: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Draw what is usual, and now and then the other: of an operation with many values, some would else be wrong."""
    return st.integers(1, RARELY).flatmap(lambda drawn: other if drawn == RARELY else usual)


def _moment(at: dt.datetime) -> str:
    return at.isoformat(timespec="seconds")


@schemathesis.hook
def map_body(context: HookContext, body: DocumentNode) -> DocumentNode:  # noqa: ARG001 - Schemathesis' signature
    """Let most lists be asked for a page from their beginning: all arguments of a page at once make no sense."""
    lot = random.Random(print_ast(body))

    class Pages(Visitor):
        def enter_argument(self, node: ArgumentNode, *_: object) -> object:
            return REMOVE if node.name.value in PAGED and lot.randrange(RARELY) else None

    mapped: DocumentNode = visit(body, Pages())
    return mapped


def test_there_is_an_answer_to_whatever_the_schema_allows(run: Run) -> None:
    schema = schemathesis.graphql.from_url(run.address, config=schemathesis.Config(), timeout=PATIENCE)
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    lot = random.Random(SEED)
    lot.shuffle(operations)
    with ThreadPoolExecutor(SENDERS) as senders:
        for number, operation in enumerate(operations):
            share = (number + 1) * CASES // len(operations) - number * CASES // len(operations)
            # With few cases a field, some fields get one that is broken, drawn by lot, and others none.
            broken = share // BROKEN + (lot.random() < share % BROKEN / BROKEN)
            for mode, cases in ((GenerationMode.POSITIVE, share - broken), (GenerationMode.NEGATIVE, broken)):
                if cases:
                    send_some(run, senders, operation.as_strategy(generation_mode=mode), cases, SEED + number)
    seconds, slowest = run.slowest
    print(f"\n{run.sent} cases, seed {SEED}: {dict(run.came)}")  # noqa: T201 - as above
    print(f"The slowest took {seconds:.1f} s: {slowest[:600]}")  # noqa: T201 - as above
    assert not run.found, "\n\n".join(run.found.values())
    assert run.sent >= CASES * 0.9  # Hypothesis sends nothing twice, and of some fields there is not more
    assert run.came.keys() >= REACHED


def send_some(
    run: Run, senders: ThreadPoolExecutor, strategy: st.SearchStrategy[Sent], cases: int, number: int
) -> None:
    """Send some cases of a field; what is wrong is noted, never raised, so that all others are sent as well."""

    @seed(number)
    @settings(
        max_examples=cases,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def send(case: Sent) -> None:
        run.begin(senders, case)

    send()
