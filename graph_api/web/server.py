"""Runs the application on uvicorn, on an address of this machine alone, until it is told to stop."""

import asyncio
import contextlib
import errno
import ipaddress
import signal
import socket
from collections.abc import Callable, Iterator

import uvicorn
from starlette.applications import Starlette

from graph_api.errors import UserInputError
from graph_api.settings import Settings

# Running requests get this long after a signal; with what the lifespan has left to do, ten seconds at most.
GRACE_SECONDS = 8

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def serve(
    app: Starlette,
    *,
    host: str,
    port: int,
    started: Callable[[str], None] = lambda _: None,
    access_log: bool = False,
) -> None:
    """Serve the application until SIGINT or SIGTERM, then stop within ten seconds and return; for the main thread.

    `port` 0 takes a free one. `started` is called once with the address, as `http://127.0.0.1:8000`, when the lifespan
    has begun and requests are answered. Raises UserInputError when the address is refused or taken, before the lifespan
    begins, and whatever the lifespan raises.
    """
    with listen(host, port) as listener:
        config = uvicorn.Config(
            app,
            lifespan="off",  # Entered here instead, so that its errors reach the caller and not only the log.
            ws="websockets-sansio",
            ws_max_size=Settings().limit.body,
            log_level="info" if access_log else "warning",
            access_log=access_log,
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        server = _Server(config, lambda: started(_address(host, listener)))
        with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
            runner.run(_run(app, server, listener))


def listen(host: str, port: int) -> socket.socket:
    """Return a socket bound to a loopback address; raise UserInputError, with the mending, where that cannot be had."""
    try:
        candidates = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError) as error:
        message = f"The host {host!r} has no address. Use HOST=127.0.0.1."
        raise UserInputError(message) from error
    # `localhost` has two addresses; 127.0.0.1 is the one that people type.
    family, _, _, _, address = min(candidates, key=lambda candidate: candidate[0] != socket.AF_INET)
    if not ipaddress.ip_address(address[0]).is_loopback:
        message = (
            f"The host {host!r} can be reached from other machines, and this version has no authentication yet: "
            "whoever reaches it could read and change everything. Use HOST=127.0.0.1."
        )
        raise UserInputError(message)
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


def _address(host: str, listener: socket.socket) -> str:
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listener.getsockname()[1]}"


class _Server(uvicorn.Server):
    """Uvicorn's server, which says when it answers and leaves signals to `_run`."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
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


async def _run(app: Starlette, server: _Server, listener: socket.socket) -> None:
    """Run the lifespan with the server inside it; a signal ends either in an orderly way."""
    running = asyncio.current_task()
    stopped = False

    def stop() -> None:
        nonlocal stopped
        stopped = True
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
