"""API tokens: from the text that somebody shows to who it is.

What Neo4j says of a token is believed for ten seconds: a revoked one is refused within that time by every server, and
a client that asks often costs one statement in ten seconds.
"""

import asyncio
import hmac
import time
from collections.abc import Callable
from datetime import UTC, datetime

from graph_api.store.connection import Store
from graph_api.store.tokens import ApiToken, State, by_id
from graph_api.web.access.credential import Credential, read
from graph_api.web.access.identity import Identity
from graph_api.web.access.known import Known
from graph_api.web.access.refusal import refuse
from graph_api.web.access.usage import Usage

ACTOR_PREFIX = "token:"
"""Begins the name in the history of whoever comes with an API token, and of nobody else."""
BELIEVED = 10.0
"""Seconds for which Neo4j's word on a token is believed."""
FOUND = 10_000
"""How many tokens that exist are known at a time."""
MISSED = 1_000
"""How many that do not exist are: apart, so that whoever tries at random drives none out that exists."""


class ApiTokens:
    """Knows API tokens. Start it before the first request, and close it while its store is still open."""

    def __init__(
        self,
        store: Callable[[], Store],
        *,
        now: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._now = now
        self._monotonic = monotonic
        # By the hash, so that no token lies in memory for longer than its request.
        self._found: Known[ApiToken] = Known(FOUND, BELIEVED, monotonic)
        self._missed: Known[str] = Known(MISSED, BELIEVED, monotonic)
        self._asking: dict[str, asyncio.Task[ApiToken | str]] = {}
        self.usage = Usage(store, now=now, monotonic=monotonic)

    async def identify(self, text: str) -> Identity:
        """Tell whose token it is; raises UnauthenticatedError, or what Neo4j's absence means."""
        credential = read(text)
        if credential is None:
            refuse("it does not look like an API token of this service")
        token = self._found.get(credential.hash) or self._missed.get(credential.hash) or await self._ask(credential)
        if isinstance(token, str):
            refuse(token)
        state = token.state(datetime.fromtimestamp(self._now(), UTC))
        if state is not State.ACTIVE:
            refuse(f"the API token {token.name} is {state}")
        self.usage.note(token.id)
        expires = token.expires_at.timestamp() if token.expires_at else None
        return Identity(f"{ACTOR_PREFIX}{token.name}", token.role, expires)

    async def _ask(self, credential: Credential) -> ApiToken | str:
        """Ask Neo4j; those who show the same token at the same time share one statement."""
        task = self._asking.get(credential.hash)
        if task is None:
            task = self._asking[credential.hash] = asyncio.create_task(self._look_up(credential))
            task.add_done_callback(lambda done: self._asked(credential.hash, done))
        # Whoever goes away meanwhile takes the answer from nobody.
        return await asyncio.shield(task)

    async def _look_up(self, credential: Credential) -> ApiToken | str:
        moment = self._monotonic()
        token = await by_id(self._store(), credential.id)
        # The same is done whether or not there is one.
        same = hmac.compare_digest(token.hash if token else "0" * len(credential.hash), credential.hash)
        if token and same:
            self._found.keep(credential.hash, token, of=moment)
            return token
        why = "its secret is wrong" if token else "there is no API token with its id"
        self._missed.keep(credential.hash, why, of=moment)
        return why

    def _asked(self, key: str, task: "asyncio.Task[ApiToken | str]") -> None:
        del self._asking[key]
        if not task.cancelled():
            task.exception()  # told to those who still wait; without any it is nobody's
