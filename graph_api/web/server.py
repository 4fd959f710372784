"""Runs the application on uvicorn until it is told to stop."""

import asyncio
import contextlib
import errno
import signal
import socket
from collections.abc import Callable, Iterator

import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from graph_api.errors import UserInputError
from graph_api.settings import Settings
from graph_api.web.head import BoundedProtocol
from graph_api.web.running import RunningRequests

# Running requests get so long after a signal, and are then answered that the service is being stopped. What is left of
# the ten seconds is for an embedded Neo4j, which wants up to three to end.
FINISHING_SECONDS = 5.0
# After so long, those are cut off that do not even take that answer.
GRACE_SECONDS = 6
# A WebSocket connection is asked so often whether its client is there, and closed where no answer comes for as long.
# So no proxy need take a subscription without news for a dead one, and no client that has vanished keeps its place.
PING_SECONDS = 20.0

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def serve(
    app: Starlette,
    settings: Settings,
    *,
    started: Callable[[str], None] = lambda _: None,
    stopping: Callable[[], None] = lambda: None,
) -> None:
    """Serve the application until SIGINT or SIGTERM, then stop within ten seconds and return; for the main thread.

    Where, and how it is secured, the settings say; port 0 takes a free one. `started` is called once with the address,
    as `http://127.0.0.1:8000`, when the lifespan has begun and requests are answered; `stopping` is called with each
    signal. Raises UserInputError when the address is refused or taken, before the lifespan begins, and whatever the
    lifespan raises.
    """
    requests = RunningRequests(app)
    with listen(settings.host, settings.port) as listener:
        config = configuration(requests, settings)
        scheme = "https" if settings.tls_certificate else "http"
        server = _Server(config, requests, lambda: started(_address(scheme, settings.host, listener)))
        with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
            runner.run(_run(app, server, listener, stopping))


def configuration(app: ASGIApp, settings: Settings) -> uvicorn.Config:
    """Return how uvicorn serves an application."""
    return uvicorn.Config(
        app,
        http=BoundedProtocol,
        lifespan="off",  # `_run` enters it, so that its errors reach the caller and not only the log.
        ws="websockets-sansio",
        ws_max_size=settings.limit.body,
        ws_ping_interval=PING_SECONDS,
        ws_ping_timeout=PING_SECONDS,
        log_config=None,  # the log is configured by `logs`, which has a line for each operation
        access_log=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        ssl_certfile=settings.tls_certificate,
        ssl_keyfile=settings.tls_key,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )


def in_url(host: str) -> str:
    """Write a host as it stands in a URL: an IPv6 address in brackets."""
    return f"[{host}]" if ":" in host else host


def listen(host: str, port: int) -> socket.socket:
    """Return a socket bound to an address; raise UserInputError, with the mending, where that cannot be had."""
    try:
        candidates = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError) as error:
        message = f"The host {host!r} has no address. Use HOST=127.0.0.1."
        raise UserInputError(message) from error
    # `localhost` has two addresses; 127.0.0.1 is the one that people type.
    family, _, _, _, address = min(candidates, key=lambda candidate: candidate[0] != socket.AF_INET)
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "AF_UNIX"):  # On Windows the option would let two servers share the port.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError as error:
        listener.close()
        raise UserInputError(_why_not(host, port, error)) from error
    return listener


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        another = port % 65535 + 1
        return f"Port {port} on {host} is in use. Choose another, for example PORT={another}, or PORT=0 for a free one."
    if error.errno == errno.EACCES:
        return f"Port {port} on {host} may not be used by this user. Choose one above 1023, for example PORT=8000."
    return f"Port {port} on {host} cannot be used: {error.strerror}. Choose another HOST or PORT."


def _address(scheme: str, host: str, listener: socket.socket) -> str:
    return f"{scheme}://{in_url(host)}:{listener.getsockname()[1]}"


class _Server(uvicorn.Server):
    """Uvicorn's server, which says when it answers and leaves signals to `_run`."""

    def __init__(self, config: uvicorn.Config, requests: RunningRequests, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._requests = requests
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._announce()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone: uvicorn would raise them again before the lifespan has ended."""
        yield

    def stop(self) -> None:
        """Finish what is running and return; told a second time, return at once."""
        self.force_exit = self.should_exit
        self.should_exit = True
        asyncio.get_running_loop().call_later(0 if self.force_exit else FINISHING_SECONDS, self._requests.end)


async def _run(app: Starlette, server: _Server, listener: socket.socket, stopping: Callable[[], None]) -> None:
    """Run the lifespan with the server inside it; a signal ends either in an orderly way."""
    running = asyncio.current_task()
    stopped = False

    def stop() -> None:
        nonlocal stopped
        stopped = True
        stopping()
        if server.started:
            server.stop()
        elif running is not None:
            running.cancel()

    with _on_signals(stop):
        try:
            async with app.router.lifespan_context(app):
                await server.serve(sockets=[listener])
        except asyncio.CancelledError:
            if not stopped:
                raise


@contextlib.contextmanager
def _on_signals(stop: Callable[[], None]) -> Iterator[None]:
    """Call `stop` in the running loop on SIGINT and SIGTERM."""
    loop = asyncio.get_running_loop()
    previous = {each: signal.signal(each, lambda *_: loop.call_soon_threadsafe(stop)) for each in _SIGNALS}
    try:
        yield
    finally:
        for each, handler in previous.items():
            signal.signal(each, handler)
