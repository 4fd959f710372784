"""Kill the service and its Neo4j again and again while changes are made, then look for what is lost or there twice.

    python -m bench.faults --writes 2000 --kills 10

Starts `graph-api serve` with an embedded Neo4j of its own. Writers send changes over HTTP, each with an idempotency
key, and send again what was not acknowledged; some walk away instead. Meanwhile the service, Java, or both are killed
as the kernel does; the service is started again by this program, Neo4j by its supervisor. In the end every change that
was acknowledged must be there once, every other one wholly or not at all, and the history must tell just what is there.
"""

import argparse
import asyncio
import json
import os
import signal
import socket
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import httpx
from rich.progress import Progress
from rich.table import Table

from bench.history import HistoryError, Told, changes, there
from graph_api.cli.terminal import console, report, told
from graph_api.errors import UserInputError
from graph_api.settings import Settings
from graph_api.store.connection import Store
from graph_api.store.endpoint import Endpoint, open_endpoint

SERVE = ("-c", "from graph_api.cli import app; app()", "serve")
SHARED = 5
"""So many insights are changed by all writers."""
PAUSE = 0.3  # seconds before an unacknowledged change is sent again
ANSWERING = 60.0  # seconds for one answer
STARTING = 300.0  # seconds: a service that starts waits until the engine of the one before has ended
ENDING = 60.0
WALKING_AWAY = 0.1  # of the changes of unknown outcome
AGAIN = frozenset({"SERVICE_UNAVAILABLE", "TIMEOUT"})
"""What a client that has an idempotency key may send again."""

_TOLD = "changeSet userErrors { path code message }"
CREATE = f"mutation($i: CreateOpportunityInput!) {{ createOpportunity(input: $i) {{ opportunity {{ key }} {_TOLD} }} }}"
UPDATE = f"mutation($i: UpdateInsightInput!) {{ updateInsight(input: $i) {{ {_TOLD} }} }}"
LINK = f"mutation($i: LinkRaisesInput!) {{ linkRaises(input: $i) {{ {_TOLD} }} }}"
DELETE = f"mutation($i: DeleteEntitiesInput!) {{ deleteEntities(input: $i) {{ {_TOLD} }} }}"
APPLY = f"mutation($i: ApplyChangesInput!) {{ applyChanges(input: $i) {{ {_TOLD} }} }}"


@dataclass
class Write:
    """One change that somebody sends, known in the history by its author."""

    author: str
    document: str
    input: dict[str, Any]
    parts: int
    """How many entities and links it changes."""
    change_set: str | None = None
    """What it was acknowledged as."""


@dataclass
class Tally:
    """What has happened."""

    counts: Counter[str] = field(default_factory=Counter)
    writes: list[Write] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def acknowledge(self, write: Write, change_set: str) -> None:
        """Take note of an acknowledgement."""
        write.change_set = change_set
        self.counts["acknowledged"] += 1
        self._news.set()

    async def reached(self, acknowledged: int) -> None:
        """Wait until so many changes are acknowledged."""
        while self.counts["acknowledged"] < acknowledged:
            self._news.clear()
            await self._news.wait()


class Service:
    """The service in a process of its own, on a port that stays the same."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(data_dir=folder / "data", neo4j_uri=None)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self._log = folder / "service.log"
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it, and wait until it is ready."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("NEO4J_", "ENGINE_"))}
        environment |= {"DATA_DIR": str(self.settings.data_dir), "PORT": str(self.port)}
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(sys.executable, *SERVE, env=environment, stderr=log)
        async with asyncio.timeout(STARTING), httpx.AsyncClient(base_url=self.address, timeout=5) as http:
            while not await self._ready(http):
                if self._process.returncode is not None:
                    message = f"The service did not start: {self._log.read_text(encoding='utf-8')[-2000:]}"
                    raise UserInputError(message)
                await asyncio.sleep(PAUSE)

    @staticmethod
    async def _ready(http: httpx.AsyncClient) -> bool:
        try:
            return (await http.get("/readyz")).is_success
        except httpx.HTTPError:
            return False

    async def ended(self) -> None:
        """Wait until it has ended."""
        if self._process:
            await self._process.wait()

    async def stop(self) -> None:
        """End it in an orderly way."""
        if self._process and self._process.returncode is None:
            self._process.terminate()
            async with asyncio.timeout(ENDING):
                await self._process.wait()

    def kill(self) -> bool:
        """Kill it; tell whether it ran."""
        if self._process is None or self._process.returncode is not None:
            return False
        self._process.kill()
        return True

    def kill_neo4j(self) -> bool:
        """Kill its Java process; tell whether there was one."""
        javas = list(self._javas())
        for java in javas:
            os.kill(java, signal.SIGKILL)
        return bool(javas)

    def _javas(self) -> Iterator[int]:
        folder = os.fsencode(self.settings.data_dir)
        for entry in Path("/proc").iterdir():
            try:
                words = (entry / "cmdline").read_bytes().split(b"\0") if entry.name.isdigit() else [b""]
            except OSError:
                continue
            if words[0].endswith(b"java") and any(folder in word for word in words):
                yield int(entry.name)


class Writer:
    """Sends one change after the other."""

    def __init__(self, http: httpx.AsyncClient, random: Random, tally: Tally) -> None:
        self._http = http
        self._random = random
        self._tally = tally
        self._own: dict[str, set[int]] = {}
        """The opportunities that it has made and that are there for sure: the shared insights that raise them."""

    async def begin(self) -> None:
        """Make what all writers share."""
        names = [f"shared-{number}" for number in range(SHARED)]
        insights = [{"createInsight": {"key": name, "name": name}} for name in names]
        self._tally.writes.append(write := Write("w0", APPLY, {"changes": insights}, SHARED))
        await self._until_acknowledged(write)

    async def send(self, author: str) -> None:
        """Make up a change, and send it until it is acknowledged, or this writer walks away."""
        shared, key = self._random.randrange(SHARED), self._random.choice(sorted(self._own) or [None])
        sort = self._random.choice(("create", "apply", "update", "link", "delete") if key else ("create", "apply"))
        raised = self._own.pop(key, set()) if key else set()
        write = _drafted(sort, author, shared, key, 1 + len(raised))
        self._tally.writes.append(write)
        answer = await self._until_acknowledged(write)
        if answer is None:
            return
        if sort == "create":
            self._own[answer["opportunity"]["key"]] = {shared}
        if key and sort != "delete":
            self._own[key] = raised | ({shared} if sort == "link" else set())

    async def _until_acknowledged(self, write: Write) -> Any:
        attempt = 0
        while True:
            answer = await self._attempt(write)
            if answer is not None:
                return self._taken(write, answer)
            if attempt == 0 and self._random.random() < WALKING_AWAY:
                self._tally.counts["walked away"] += 1
                return None
            attempt += 1
            self._tally.counts["retried"] += attempt == 1
            self._tally.counts["sent again"] += 1
            await asyncio.sleep(PAUSE * (0.5 + self._random.random()))

    async def _attempt(self, write: Write) -> Any:
        """Return the payload; none where the outcome is unknown."""
        headers, given = {"x-actor": write.author}, dict(write.input)
        if int(write.author[1:]) % 2:
            headers["idempotency-key"] = write.author
        else:
            given["idempotencyKey"] = write.author
        try:
            body = {"query": write.document, "variables": {"i": given}}
            response = await self._http.post("/graphql", json=body, headers=headers)
            answer = response.json()
        except (httpx.HTTPError, ValueError):
            return None
        errors = answer.get("errors") or []
        if any(error.get("extensions", {}).get("code") in AGAIN for error in errors):
            return None
        return {"errors": errors} if errors else next(iter(answer["data"].values()))

    def _taken(self, write: Write, answer: Any) -> Any:
        if answer.get("errors") or answer["userErrors"] or not answer["changeSet"]:
            self._tally.wrong.append(f"{write.author} {json.dumps(write.input)}: {json.dumps(answer)}")
            return None
        self._tally.acknowledge(write, answer["changeSet"])
        return answer


def _drafted(sort: str, author: str, shared: int, key: str | None, links: int) -> Write:
    """Draft a change of a sort; `links` is how many changes the deletion of the opportunity with the key makes."""
    insight = {"kind": "INSIGHT", "key": f"shared-{shared}"}
    if sort == "create":
        raised = [{"key": insight["key"], "rationale": author}]
        return Write(author, CREATE, {"name": author, "insights": raised}, 2)
    if sort == "update":
        return Write(author, UPDATE, {"key": insight["key"], "statement": author}, 1)
    if sort == "link":
        return Write(author, LINK, {"from": insight, "to": [{"key": key, "rationale": author}]}, 1)
    if sort == "delete":
        return Write(author, DELETE, {"entities": [{"kind": "OPPORTUNITY", "key": key}]}, links)
    together = [
        {"createInsight": {"temporary": "a", "name": author}},
        {"createOpportunity": {"temporary": "b", "name": author}},
        {"linkRaises": {"from": {"temporary": "a"}, "to": [{"temporary": "b"}]}},
        {"linkRaises": {"from": insight, "to": [{"temporary": "b"}]}},
    ]
    return Write(author, APPLY, {"changes": together}, 4)


@dataclass
class Run:
    """One run: writers and a killer, until all writes are sent and all kills done."""

    service: Service
    given: argparse.Namespace
    tally: Tally = field(default_factory=Tally)
    numbers: Iterator[int] = field(init=False)

    def __post_init__(self) -> None:
        self.numbers = iter(range(1, self.given.writes + 1))

    async def work(self, progress: Progress) -> None:
        """Let all work until the last change is sent."""
        await self.service.start()
        task = progress.add_task("changes", total=self.given.writes)
        limits = httpx.Limits(max_connections=self.given.writers)
        async with httpx.AsyncClient(base_url=self.service.address, timeout=ANSWERING, limits=limits) as http:
            first = Writer(http, self._lot("first"), self.tally)
            await first.begin()
            async with asyncio.TaskGroup() as group:
                beside = [group.create_task(self._kill()), group.create_task(self._keep_running())]
                writers = (
                    self._write(Writer(http, self._lot(f"writer {number}"), self.tally), progress, task)
                    for number in range(self.given.writers)
                )
                await asyncio.gather(*writers)
                for each in beside:
                    each.cancel()
        await self.service.stop()

    def _lot(self, what: str) -> Random:
        return Random(f"{self.given.seed} {what}")  # noqa: S311 - no secret depends on it

    async def _write(self, writer: Writer, progress: Progress, task: Any) -> None:
        for number in self.numbers:
            await writer.send(f"w{number}")
            progress.advance(task)

    async def _kill(self) -> None:
        """Kill at changes drawn by lot, so that each kill meets writers at work."""
        random = self._lot("kills")
        moments = sorted(
            random.sample(range(1, max(self.given.writes * 9 // 10, self.given.kills + 1)), self.given.kills)
        )
        for number, moment in enumerate(moments):
            await self.tally.reached(moment)
            await asyncio.sleep(random.random() / 10)
            await self._kill_one(("service", "Neo4j", "both")[number % 3])

    async def _kill_one(self, victim: str) -> None:
        """Kill as soon as there is somebody to be killed."""
        while True:
            done = self.service.kill_neo4j() if victim in {"Neo4j", "both"} else True
            if done and (victim == "Neo4j" or self.service.kill()):
                self.tally.counts[f"kills: {victim}"] += 1
                return
            await asyncio.sleep(PAUSE)

    async def _keep_running(self) -> None:
        """Start the service again whenever it has ended."""
        while True:
            await self.service.ended()
            self.tally.counts["service started again"] += 1
            await self.service.start()


async def compare(endpoint: Endpoint, tally: Tally) -> None:
    """Hold what is there against the history, and the history against what was acknowledged."""
    store = await Store.open(endpoint)
    try:
        history, images = await changes(store), await there(store)
        (seq,) = await store.read("MATCH (g:Graph) RETURN g.seq")
    finally:
        await store.close()
    by_author: dict[str, Counter[str]] = {}
    known = Told()
    try:
        for change in history:
            known.read(change)
            by_author.setdefault(change["actor"], Counter())[change["changeSet"]] += 1
    except HistoryError as error:
        tally.wrong.append(str(error))
    if known.images != images or known.seq != seq:
        tally.wrong.append("The history does not tell what is there.")
    tally.counts["changes in the history"] = len(history)
    for write in tally.writes:
        judge(write, by_author.get(write.author, {}), tally)


def judge(write: Write, sets: Mapping[str, int], tally: Tally) -> None:
    """Count what became of one change; `sets` are the change sets of its author, with how much each changed."""
    if len(sets) > 1:
        tally.counts["doubles"] += 1
    if write.change_set is not None and write.change_set not in sets:
        tally.counts["losses"] += 1
    if any(parts != write.parts for parts in sets.values()):
        tally.counts["torn"] += 1
    if write.change_set is None:
        tally.counts["unacknowledged, there" if sets else "unacknowledged, absent"] += 1


def show(given: argparse.Namespace, tally: Tally) -> None:
    """Show the figures to people."""
    counts = tally.counts
    table = Table("what", "count", title=f"Changes under {given.kills} kills (seed {given.seed})")
    table.columns[1].justify = "right"
    rows = {
        "changes sent": len(tally.writes),
        **{name: counts[name] for name in _ROWS},
        "wrong answers": len(tally.wrong),
    }
    for name, count in rows.items():
        table.add_row(name, str(count))
    console().print(table)
    for words in tally.wrong[:10]:
        report(words)


_ROWS = (
    "acknowledged",
    "retried",
    "sent again",
    "unacknowledged, there",
    "unacknowledged, absent",
    "kills: service",
    "kills: Neo4j",
    "kills: both",
    "service started again",
    "changes in the history",
    "losses",
    "doubles",
    "torn",
)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bench.faults", description="Kill the service while changes are made.")
    parser.add_argument("--writes", type=int, default=2_000, help="how many changes (default: 2000)")
    parser.add_argument("--kills", type=int, default=12, help="how often something is killed (default: 12)")
    parser.add_argument("--writers", type=int, default=8, help="how many write at once (default: 8)")
    parser.add_argument("--seed", type=int, default=1, help="what is drawn by lot (default: 1)")
    given = parser.parse_args()
    if given.writes <= given.kills or given.kills < 0 or given.writers < 1:
        parser.error("There must be more writes than kills, and a writer.")
    return given


def main() -> None:
    """Run it; ends with status 1 where anything was lost, doubled, torn or wrongly answered."""
    given = arguments()
    shown = console(stderr=True)
    with told(), TemporaryDirectory(prefix="graph-api-faults-") as folder:
        run = Run(Service(Path(folder)), given)
        try:
            with Progress(console=shown, disable=not shown.is_terminal) as progress:
                asyncio.run(run.work(progress))
        finally:
            run.service.kill()
        with open_endpoint(run.service.settings, report) as endpoint:
            asyncio.run(compare(endpoint, run.tally))
        show(given, run.tally)
    counts = run.tally.counts
    sys.exit(bool(run.tally.wrong or counts["losses"] or counts["doubles"] or counts["torn"]))


if __name__ == "__main__":
    main()
