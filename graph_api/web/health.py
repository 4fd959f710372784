"""Whether the process lives, and whether it can answer: two questions that orchestrators ask apart."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from graph_api.errors import AWAY, GraphApiError

READINESS_SECONDS = 1.5
"""Whoever asks has an answer within two seconds, also where Neo4j is silent."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether questions can be answered now, and a sentence that says what is missing, or what is there."""

    ok: bool
    detail: str


async def live(request: Request) -> Response:  # noqa: ARG001 Starlette's signature
    """Answer 200 as long as the process does; asks nothing of Neo4j, so that its faults never restart this service."""
    return JSONResponse({"ok": True}, headers={"cache-control": "no-store"})


class ReadinessRoute:
    """Answers 200 when questions can be answered, else 503, with the detail."""

    def __init__(self, ready: Callable[[], Awaitable[Readiness]]) -> None:
        self._ready = ready

    async def answer(self, request: Request) -> Response:  # noqa: ARG002 Starlette's signature
        """Answer one request, within `READINESS_SECONDS`."""
        readiness = await self._ask()
        status = HTTPStatus.OK if readiness.ok else HTTPStatus.SERVICE_UNAVAILABLE
        return JSONResponse(asdict(readiness), status_code=status, headers={"cache-control": "no-store"})

    async def _ask(self) -> Readiness:
        try:
            async with asyncio.timeout(READINESS_SECONDS):
                return await self._ready()
        except TimeoutError:
            return Readiness(ok=False, detail=AWAY)
        except GraphApiError as error:
            return Readiness(ok=False, detail=error.seen_from_outside().message)
        except Exception:
            logger.exception("The readiness check failed")
            return Readiness(ok=False, detail="The readiness check failed; the service's log says why.")
