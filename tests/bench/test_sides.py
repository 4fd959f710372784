"""What is measured is an answer: a refusal would be quick."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from bench.sides import timed
from graph_api.errors import UserInputError


@contextmanager
def answering(status: int, answer: bytes) -> Iterator[HTTPConnection]:
    """Yield a connection to a server that answers all with the same."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(status)
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        server.shutdown()


def test_the_time_of_an_answer_is_told_with_it() -> None:
    with answering(200, b'{"data": 1}') as connection:
        took, answer = timed(connection, "/graphql", "{}")
    assert took > 0
    assert answer == b'{"data": 1}'


@pytest.mark.parametrize(("status", "answer"), [(503, b"{}"), (200, b'{"errors":[]}')])
def test_an_error_is_not_measured(status: int, answer: bytes) -> None:
    with answering(status, answer) as connection, pytest.raises(UserInputError, match=f"/graphql gave {status}"):
        timed(connection, "/graphql", "{}")
