"""HTTP as uvicorn reads it, bounded: what comes before a body, and what comes after it, is held in memory."""

from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from graph_api.web.faults import refuse

MOST = 65_536
"""Bytes of the first line of a request and its headers, and of what else its parser may hold back."""
SEPARATORS = 4
"""Bytes that each header has beside its name and its value."""
LINGERING = 1.0
"""Seconds in which a client can take the answer, and what it sends is dropped."""
TOO_LONG = f"The address and the headers of a request may have {MOST} bytes together; send a query by POST."


class HeadTooLongError(Exception):
    """A request whose address and headers have too many bytes."""


class BoundedProtocol(HttpToolsProtocol):
    """Answers 431, and then closes the connection, where a head is too long, before anybody is asked who sends it."""

    _head = 0
    """Bytes of the address and the headers that have been read of this request, trailers too."""
    _held = 0
    """Bytes that have come since the parser last had a whole of anything: it holds them back itself."""
    _too_long = False

    def data_received(self, data: bytes) -> None:
        """Take what has come."""
        if self._too_long:
            return
        self._held += len(data)
        super().data_received(data)
        if self._held > MOST and not self._too_long:
            self._refuse()

    def on_message_begin(self) -> None:
        """Begin a request."""
        self._head = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Take a part of the address."""
        self._count(url)
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header, or a trailer after the body."""
        self._count(name, value)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Begin to answer."""
        self._held = 0
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Take a part of the body."""
        self._held = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """End a request."""
        self._held = 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        """Answer for what the parser has given up, as it does where a callback raises."""
        if self._head > MOST:
            self._refuse()
        else:
            super().send_400_response(msg)

    def _count(self, *parts: bytes) -> None:
        self._head += sum(map(len, parts)) + SEPARATORS
        if self._head > MOST:
            raise HeadTooLongError

    def _refuse(self) -> None:
        self._too_long = True
        status = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        response = refuse(TOO_LONG, status, headers={"connection": "close"})
        head = [b"HTTP/1.1 %d %b" % (status, status.phrase.encode())]
        head += [b"%b: %b" % header for header in response.raw_headers]
        self.transport.write(b"\r\n".join([*head, b"", bytes(response.body)]))
        # Closed at once, while the client still sends, the connection would be reset, and the answer lost.
        self.loop.call_later(LINGERING, self.transport.close)
