"""What is read of a request: bodies, their members and types, and how much of either."""

import json
import select
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import httpx
import pytest
from posting import JSON, NAME, NAMED, post, post_raw, refusal
from sample import client, make_app, running

from graph_api.settings import Limits

HALF = "The JSON has half of a surrogate pair where a character should be."


@pytest.mark.parametrize("body", [b"7", b"null", b'"x"', b"true", b"[]", b'[{"query": "{ __typename }"}]'])
async def test_a_body_that_is_not_an_object_is_refused(body: bytes) -> None:
    response = await post_raw(body)
    assert (response.status_code, response.json()) == (400, refusal("The body must be one JSON object with a `query`."))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "The request's JSON cannot be read."),
        (b"{", "The request's JSON cannot be read."),
        (b"[" * 100_000, "The JSON is nested too deeply."),
        (b'{"query": "\xff"}', "The body is not UTF-8."),
        ('{"query": "{ __typename }"}'.encode("utf-16"), "The body is not UTF-8."),
        (b'{"variables": {"x": ' + b"9" * 5000 + b"}}", "The request's JSON cannot be read."),
        (b'{"variables": {"x": NaN}}', "JSON has no NaN."),
        (b'{"variables": {"x": -Infinity}}', "JSON has no -Infinity."),
        (rb'{"query": "{ echo(text: \"\udc00\") }"}', HALF),
        (rb'{"query": "q", "variables": {"x": ["\uD83D"]}}', HALF),
        (rb'{"query": "q", "variables": {"\ud83d": 1}}', HALF),
    ],
)
async def test_a_body_that_cannot_be_read_is_refused(body: bytes, message: str) -> None:
    response = await post_raw(body)
    assert (response.status_code, response.json()) == (400, refusal(message))


@pytest.mark.parametrize(
    ("member", "value", "message"),
    [
        ("query", 7, "`query` must be a string or null."),
        ("query", {"a": 1}, "`query` must be a string or null."),
        ("operationName", 7, "`operationName` must be a string or null."),
        ("variables", [1], "`variables` must be an object or null."),
        ("variables", "{}", "`variables` must be an object or null."),
        ("extensions", "x", "`extensions` must be an object or null."),
        ("query", None, "`query` must hold a GraphQL document."),
        ("query", "", "`query` must hold a GraphQL document."),
    ],
)
async def test_a_member_of_the_wrong_type_is_refused(member: str, value: object, message: str) -> None:
    response = await post({"query": NAME, member: value})
    assert (response.status_code, response.json()) == (400, refusal(message))


@pytest.mark.parametrize("variables", ["7", "[", "[" * 20_000, '"x"'])
async def test_variables_in_the_address_that_are_no_object_are_refused(variables: str) -> None:
    async with client() as http:
        response = await http.get("/graphql", params={"query": NAME, "variables": variables})
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT"}


@pytest.mark.parametrize(
    "content_type", ["text/plain", "text/plain; application/json", "multipart/form-data; boundary=x", ""]
)
async def test_another_content_type_is_refused_so_that_no_form_of_another_site_can_post(content_type: str) -> None:
    response = await post_raw(json.dumps({"query": NAME}).encode(), content_type)
    assert (response.status_code, response.json()) == (415, refusal("Send the operation as `application/json`."))


@pytest.mark.parametrize("parameter", ["charset=utf-8", 'Charset="UTF-8"', "charset=utf8; version=1", "version=1", ""])
async def test_a_content_type_may_name_its_charset(parameter: str) -> None:
    response = await post_raw(json.dumps({"query": NAME}).encode(), f"Application/JSON; {parameter}")
    assert (response.status_code, response.json()) == (200, NAMED)


@pytest.mark.parametrize("charset", ["latin-1", "UTF-16", '"utf-7"'])
async def test_another_charset_is_refused(charset: str) -> None:
    response = await post_raw(json.dumps({"query": NAME}).encode(), f"{JSON}; Charset={charset}")
    assert (response.status_code, response.json()) == (415, refusal("Send the operation in UTF-8."))


@pytest.mark.parametrize(("encoding", "status"), [("identity", 200), ("", 200), ("gzip", 415), ("GZIP, br", 415)])
async def test_a_compressed_body_is_refused(encoding: str, status: int) -> None:
    async with client() as http:
        headers = {"content-type": JSON, "content-encoding": encoding}
        response = await http.post("/graphql", content=json.dumps({"query": NAME}), headers=headers)
    message = "Send the operation uncompressed: without Content-Encoding."
    assert (response.status_code, response.json()) == (status, NAMED if status == 200 else refusal(message))


@pytest.mark.parametrize("pair", ['"\\ud83d\\ude00"', '"😀"'])
async def test_both_halves_of_a_surrogate_pair_are_a_character(pair: str) -> None:
    body = f'{{"query": "query ($t: String!) {{ echo(text: $t) }}", "variables": {{"t": {pair}}}}}'
    assert (await post_raw(body.encode())).json() == {"data": {"echo": "😀"}}


async def test_variables_nested_deep_but_readably_never_break_the_service() -> None:
    for depth in (20, 60, 70, 900):
        nested: object = 1
        for _ in range(depth):
            nested = [nested]
        response = await post({"query": "query ($json: JSON!) { echo(json: $json) }", "variables": {"json": nested}})
        codes = [error["extensions"]["code"] for error in response.json().get("errors", ())]
        assert (response.status_code, codes) == (200, [] if depth < 64 else ["TOO_COSTLY"])


@pytest.mark.parametrize("more", [0, 1])
async def test_a_body_may_have_as_many_bytes_as_the_limit_and_not_one_more(more: int) -> None:
    body = json.dumps({"query": NAME}).encode()
    async with client(make_app(limits=Limits(body=len(body)))) as http:
        response = await http.post("/graphql", content=body + b" " * more, headers={"content-type": JSON})
    message = f"The body has more than {len(body)} bytes; send less at once. LIMIT_BODY sets the limit."
    assert (response.status_code, response.json()) == ((413, refusal(message)) if more else (200, NAMED))


async def test_a_body_of_a_mebibyte_is_read_and_a_longer_one_is_not() -> None:
    query = json.dumps({"query": NAME}).encode()
    assert (await post_raw(query + b" " * (2**20 - len(query)))).json() == NAMED
    assert (await post_raw(query + b" " * (2**20 - len(query) + 1))).status_code == 413


@contextmanager
def begun(limit: str, header: bytes) -> Iterator[tuple[httpx.URL, socket.socket]]:
    """Begin a request to a service with a limit on bodies; yield its address and the connection."""
    with running(LIMIT_BODY=limit) as server:
        address = httpx.URL(server.wait_for("listening "))
        with socket.create_connection((address.host, address.port or 0), timeout=10) as connection:
            connection.sendall(
                b"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n%b\r\n\r\n" % header
            )
            yield address, connection


def test_of_a_body_without_end_no_more_is_read_than_the_limit() -> None:
    with begun("100000", b"Transfer-Encoding: chunked") as (address, connection):
        sent = 0
        with suppress(ConnectionError):
            while sent < 10_000_000 and not select.select([connection], [], [], 0)[0]:
                connection.sendall(b"2710\r\n" + b" " * 10_000 + b"\r\n")
                sent += 10_000
        response = connection.recv(100_000)
        assert response.startswith(b"HTTP/1.1 413 ")
        assert b"connection: close" in response
        assert sent < 10_000_000
        assert httpx.get(address.join("/healthz")).json() == {"ok": True}


def test_who_sends_too_much_can_send_some_more_before_the_connection_closes() -> None:
    with begun("1000", b"Content-Length: 500000") as (_, connection):
        for _ in range(50):
            connection.sendall(b" " * 10_000)
            time.sleep(0.005)
        assert connection.recv(100_000).startswith(b"HTTP/1.1 413 ")
        assert connection.recv(100_000) == b""


async def test_an_address_may_be_as_long_as_a_body() -> None:
    async with client(make_app(limits=Limits(body=100))) as http:
        response = await http.get("/graphql", params={"query": "{ __typename }" + " " * 100})
    message = "The address has more than 100 bytes; send the operation by POST. LIMIT_BODY sets the limit."
    assert (response.status_code, response.json()) == (414, refusal(message))
