"""Requests that can be repeated: what is done once under a key is not done again, but answered as it was.

The answer is kept in the same transaction as the changes, so that neither is there without the other, for `KEPT` at
least, whichever server of the graph is asked.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any

from graph_api.change.changeset import Fault
from graph_api.change.faults import ChangeRefused, FaultCode
from graph_api.store.connection import Transaction
from graph_api.store.statements import load

KEPT = timedelta(hours=48)
MAX_KEY = 255


@dataclass(frozen=True, slots=True)
class Request:
    """A request under a key that its sender has chosen, and a digest of everything it asks."""

    key: str
    body: str

    @classmethod
    def of(cls, key: str, actor: str, *asked: Any) -> "Request":
        """Make it; keys of different actors have nothing to do with each other."""
        text = json.dumps(asked, ensure_ascii=False, sort_keys=True, default=str)
        return cls(f"{actor}\n{key}", blake2b(text.encode(), digest_size=16).hexdigest())


async def recall(tx: Transaction, request: Request) -> Any:
    """Return what the request was answered before, or None; raises ChangeRefused where it asked something else.

    The transaction must hold the writer lock, or two of the same could both be the first.
    """
    rows = await tx.run(load("change/recall").text, {"key": request.key})
    if not rows:
        return None
    if rows[0]["body"] != request.body:
        message = "The idempotency key was used for another request before; choose a new one for each request."
        raise ChangeRefused([Fault(("idempotencyKey",), FaultCode.CONFLICT, message)])
    return json.loads(rows[0]["answer"])


async def remember(tx: Transaction, request: Request, answer: Any) -> None:
    """Keep what the request is answered."""
    now = datetime.now(UTC)
    parameters = {"key": request.key, "body": request.body, "at": now, "until": now - KEPT}
    await tx.run(load("change/remember").text, parameters | {"answer": json.dumps(answer, ensure_ascii=False)})
