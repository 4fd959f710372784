"""The names by which the service may be called: any other is refused, on every path."""

from collections.abc import Sequence
from http import HTTPStatus

from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from graph_api.web.faults import refuse

WRONG_HOST = "The Host header names another host than this service; use the address that it printed when it started."

ADMITTED = "graph_api.admitted"


class HostsMiddleware:
    """Refuses requests whose Host header bears a name that is not one of `allowed_hosts`.

    Which those are is for Starlette's middleware to judge. It would answer in plain text, so it is only asked: every
    refusal of this service is JSON with a code.
    """

    def __init__(self, app: ASGIApp, allowed_hosts: Sequence[str]) -> None:
        self._app = app
        self._judge = TrustedHostMiddleware(_admit, list(allowed_hosts), www_redirect=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        judged = {**scope}
        await self._judge(judged, receive, _say_nothing)
        answer = self._app if ADMITTED in judged else refuse(WRONG_HOST, HTTPStatus.BAD_REQUEST)
        await answer(scope, receive, send)


async def _admit(scope: Scope, _: Receive, __: Send) -> None:
    """Stand where the application would, and note that it would have been called."""
    scope[ADMITTED] = True


async def _say_nothing(message: Message) -> None:
    """Take Starlette's refusal, which nobody gets."""
