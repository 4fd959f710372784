"""A small service for the tests of the web layer: two opportunities, and fields that fail in each way a field can."""

import asyncio
import contextlib
import datetime as dt
import itertools
import os
import subprocess
import sys
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import strawberry
from graphql import ExecutionResult, FieldNode
from starlette.applications import Starlette
from strawberry.scalars import JSON

from graph_api.compile.admission import Executed
from graph_api.errors import GraphApiError, ServiceUnavailableError, UnauthenticatedError, UserInputError
from graph_api.model.roles import Role
from graph_api.schema.changer import Caller
from graph_api.schema.documents import Asked, Chosen, Documents
from graph_api.settings import Limits, Settings
from graph_api.web.access.bearer import MISSING, Anyone
from graph_api.web.access.identity import Authenticator, Identity
from graph_api.web.app import create_app
from graph_api.web.entry import Entry
from graph_api.web.finished import Finished
from graph_api.web.health import Readiness
from graph_api.web.logs import configure
from graph_api.web.observation import Observation
from graph_api.web.rates import Rates
from graph_api.web.server import serve
from graph_api.web.static import GRAPHIQL_PAGE

SECRET = "bolt password in a traceback"  # noqa: S105 nothing is secret in it


@strawberry.type
class Department:
    name: str


@strawberry.type
class Involvement:
    role: str
    department: Department


@strawberry.type
class Opportunity:
    key: str
    name: str

    @strawberry.field
    def departments(self) -> list[Involvement]:
        return [
            Involvement(role="ACCOUNTABLE", department=Department(name="Customer Service")),
            Involvement(role="RESPONSIBLE", department=Department(name="Billing")),
        ]


@strawberry.type
class Query:
    @strawberry.field
    def opportunity(self, key: str) -> Opportunity | None:
        return Opportunity(key=key, name="Bills that explain themselves") if key == "R2" else None

    @strawberry.field
    def echo(self, text: str = "", on: dt.date | None = None, json: JSON | None = None) -> str:
        return text or str(on or json)

    @strawberry.field
    def context(self, info: strawberry.Info[dict[str, str], None]) -> str:
        return info.context["greeting"]

    @strawberry.field
    def fault(self) -> str:
        raise ValueError(SECRET)

    @strawberry.field
    def fault_beside(self) -> str | None:
        raise ValueError(SECRET)

    @strawberry.field
    def mistake(self) -> str:
        message = "The budget is negative; give one of 0 or more."
        raise UserInputError(message)

    @strawberry.field
    def outage(self) -> str | None:
        message = "Neo4j does not answer."
        raise ServiceUnavailableError(message)

    @strawberry.field
    def double(self, number: int) -> int:
        return number * 2

    @strawberry.field
    async def wait(self, seconds: float) -> str:
        await asyncio.sleep(seconds)
        return "done"


NOTED: list[list[str]] = []
"""Where the mutation `note` says how far it is: in the last of them."""


@strawberry.type
class Mutation:
    @strawberry.mutation
    async def note(self, seconds: float) -> int:
        here = NOTED[-1]
        here.append("begun")
        await asyncio.sleep(seconds)
        here.append("made")
        return len(here)

    @strawberry.mutation
    def shout(self, text: str) -> str:
        return text.upper()


@strawberry.type
class Subscription:
    count: int = strawberry.field(description="Counts up, as fast as it is asked.")
    silence: int = strawberry.field(description="Never tells anything.")
    fault: int = strawberry.field(description="Breaks after its first result.")


class Quiet(strawberry.Schema):
    def process_errors(self, errors: object, execution_context: object = None) -> None:
        """Log nothing: that is the web layer's."""


SCHEMA = Quiet(Query, Mutation, Subscription)


@dataclass(frozen=True)
class Sample:
    """Answers operations on the sample schema, by its resolvers."""

    schema: strawberry.Schema = SCHEMA
    limits: Limits = field(default_factory=Limits)
    caller: Caller = field(default_factory=Caller)

    def called_by(self, caller: Caller) -> "Sample":
        return replace(self, caller=caller)

    def choose(self, asked: Asked) -> Chosen:
        return Documents(self.schema._schema, self.limits).choose(asked)

    async def run(self, chosen: Chosen) -> Executed:
        result = await self.schema.execute(
            chosen.asked.text,
            dict(chosen.asked.variables or {}),
            context_value={"greeting": f"hello {self.caller.actor}"},
            operation_name=chosen.name,
        )
        return Executed(ExecutionResult(result.data, result.errors))

    async def follow(self, chosen: Chosen) -> AsyncGenerator[ExecutionResult, None]:
        (field,) = chosen.operation.selection_set.selections
        assert isinstance(field, FieldNode)
        name = field.name.value
        for number in itertools.count():
            if name == "silence":
                await asyncio.Event().wait()
            if name == "fault" and number:
                raise ValueError(SECRET)
            yield ExecutionResult({name: number}, None)
            await asyncio.sleep(0.001)


@dataclass
class OneToken:
    """Knows one token, and lets in who shows it."""

    token: str

    async def identify(self, authorization: str | None, actor: str | None = None) -> Identity:  # noqa: ARG002
        if authorization != f"Bearer {self.token}":
            raise UnauthenticatedError(MISSING)
        return Identity("token:ann", Role.VIEWER)


class Seen(Observation):
    """Keeps what it is told of operations."""

    def __init__(self) -> None:
        super().__init__()
        self.operations: list[Finished] = []

    def finished(self, operation: Finished) -> None:
        self.operations.append(operation)
        super().finished(operation)


async def _ready() -> Readiness:
    return Readiness(ok=True, detail="Neo4j answers.")


def make_app(
    ready: Callable[[], Awaitable[Readiness]] = _ready,
    *,
    service: Sample | None = None,
    limits: Limits | None = None,
    authenticator: Authenticator | None = None,
    origins: Sequence[str] = (),
    **options: Any,
) -> Starlette:
    """Return the application over the sample schema."""
    limits = limits or Limits()
    service = service or Sample(limits=limits)
    entry = Entry(authenticator or Anyone(), authenticator is not None, limits, Rates(limits.requests), origins)
    page = GRAPHIQL_PAGE.read_text(encoding="utf-8")
    return create_app(service, **{"entry": entry, "sdl": SCHEMA.as_str(), "ready": ready, "page": page, **options})


@contextlib.asynccontextmanager
async def client(app: Starlette | None = None, base_url: str = "http://localhost") -> AsyncIterator[httpx.AsyncClient]:
    """Yield a client of an application in this process; faults become responses, as they do on a server."""
    transport = httpx.ASGITransport(app=app or make_app(), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=base_url) as opened:
        yield opened


@dataclass
class Server:
    """A service in its own process, with what it has said so far."""

    process: subprocess.Popen[str]
    said: list[str] = field(default_factory=list)

    def wait_for(self, beginning: str) -> str:
        """Return the rest of the first line that begins so."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line)
            if line.startswith(beginning):
                return line.removeprefix(beginning).strip()
        message = f"The server ended without saying {beginning!r}: {''.join(self.said)}"
        raise AssertionError(message)


@contextlib.contextmanager
def running(**environment: str) -> Iterator[Server]:
    """Yield the sample service in a process of its own, on a free port; end it afterwards if it still runs."""
    with subprocess.Popen(  # noqa: S603 our own file
        [sys.executable, Path(__file__)],
        env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        # A server that hangs must fail its test, not hold the run.
        watchdog = threading.Timer(180, process.kill)
        watchdog.start()
        try:
            yield Server(process)
        finally:
            watchdog.cancel()
            process.kill()


@contextlib.asynccontextmanager
async def _lifespan(_: Starlette) -> AsyncIterator[None]:
    try:
        print("starting", flush=True)  # noqa: T201 the tests read it
        await asyncio.sleep(float(os.environ.get("START_SECONDS", "0")))
        if "START_FAULT" in os.environ:
            raise ServiceUnavailableError(os.environ["START_FAULT"])
        yield
    finally:
        await asyncio.sleep(0.1)
        print("closed", flush=True)  # noqa: T201 the tests read it


def main() -> None:
    """Serve the sample as the environment says, and say where."""
    settings = Settings(port=int(os.environ.get("PORT", "0")))
    authenticator = OneToken(os.environ["TOKEN"]) if "TOKEN" in os.environ else None
    configure(settings)
    try:
        serve(
            make_app(lifespan=_lifespan, limits=settings.limit, authenticator=authenticator),
            settings,
            started=lambda address: print("listening", address, flush=True),  # noqa: T201 the tests read it
        )
    except GraphApiError as error:
        sys.exit(f"refused {error.message}")


if __name__ == "__main__":
    main()
