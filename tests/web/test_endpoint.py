import asyncio
import contextlib
import json
import logging
import select
import socket
import time
from typing import Any

import httpx
import pytest
from sample import SECRET, Sample, Seen, client, make_app, running

from graph_api.compile.admission import Executed
from graph_api.schema.documents import Asked, Chosen, OperationForbiddenError
from graph_api.settings import Limits
from graph_api.web.running import RunningRequests
from tests.served import served

JSON = "application/json"
GRAPHQL_RESPONSE = "application/graphql-response+json"
NAME = '{ opportunity(key: "R2") { name } }'
HALF = "The JSON has half of a surrogate pair where a character should be."
NAMED = {"data": {"opportunity": {"name": "Bills that explain themselves"}}}


async def post(body: object, accept: str = JSON) -> httpx.Response:
    async with client() as http:
        return await http.post("/graphql", json=body, headers={"accept": accept})


async def post_raw(body: bytes, content_type: str = JSON) -> httpx.Response:
    async with client() as http:
        return await http.post("/graphql", content=body, headers={"content-type": content_type})


def refusal(message: str, code: str = "BAD_USER_INPUT") -> dict[str, Any]:
    return {"errors": [{"message": message, "extensions": {"code": code}}]}


async def test_a_posted_operation_is_answered() -> None:
    response = await post({"query": NAME})
    assert (response.status_code, response.json()) == (200, NAMED)
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert response.headers["vary"] == "accept, authorization"


async def test_variables_and_an_operation_name_are_used() -> None:
    document = 'query A($text: String!) { echo(text: $text) } query B { opportunity(key: "none") { name } }'
    response = await post({"query": document, "variables": {"text": "wait"}, "operationName": "A", "extensions": {}})
    assert response.json() == {"data": {"echo": "wait"}}


async def test_an_operation_in_the_address_is_answered() -> None:
    document = "query ($text: String!) { echo(text: $text) }"
    async with client() as http:
        response = await http.get("/graphql", params={"query": document, "variables": '{"text": "via GET"}'})
    assert (response.status_code, response.json()) == (200, {"data": {"echo": "via GET"}})


async def test_a_mutation_in_the_address_is_refused() -> None:
    async with client() as http:
        response = await http.get("/graphql", params={"query": 'mutation { shout(text: "x") }'})
    message = "A mutation is sent by POST: an address can be followed by anybody, at any time."
    assert (response.status_code, response.headers["allow"], response.json()) == (405, "POST", refusal(message))


@pytest.mark.parametrize(
    ("name", "value"), [("query", "query A { a: __typename }"), ("operationName", "A"), ("variables", "{}")]
)
async def test_a_parameter_that_stands_in_the_address_twice_is_refused(name: str, value: str) -> None:
    async with client() as http:
        response = await http.get("/graphql", params=[("query", "query A { __typename }"), (name, value), (name, "")])
    assert (response.status_code, response.json()) == (400, refusal(f"`{name}` stands in the address more than once."))


async def test_an_empty_parameter_of_the_address_is_as_good_as_none() -> None:
    async with client() as http:
        address = {"query": NAME, "operationName": "", "variables": "", "extensions": ""}
        assert (await http.get("/graphql", params=address)).json() == NAMED
        empty = await http.get("/graphql", params={"query": ""})
    assert (empty.status_code, empty.json()) == (400, refusal("`query` must hold a GraphQL document."))


async def test_an_answer_that_the_client_has_already_is_not_sent_again() -> None:
    async with client() as http:
        first = await http.get("/graphql", params={"query": NAME})
        etag = first.headers["etag"]
        assert (first.json(), first.headers["cache-control"]) == (NAMED, "private, no-cache")
        for known in (etag, f"W/{etag}", f'"other", {etag}', "*"):
            again = await http.get("/graphql", params={"query": NAME}, headers={"if-none-match": known})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", etag)
            assert again.headers["vary"] == "accept, authorization"
        for other in ('"other"', "", etag.strip('"')):
            again = await http.get("/graphql", params={"query": NAME}, headers={"if-none-match": other})
            assert (again.status_code, again.json()) == (200, NAMED)
        changed = await http.get("/graphql", params={"query": NAME.replace("R2", "R3")})
        assert changed.headers["etag"] != etag


@pytest.mark.parametrize("query", ["{ nonsense }", "{ faultBeside }", ""])
async def test_what_is_refused_or_went_wrong_is_not_kept(query: str) -> None:
    async with client() as http:
        response = await http.get("/graphql", params={"query": query}, headers={"if-none-match": "*"})
    assert "errors" in response.json()
    assert not {"etag", "cache-control"} & set(response.headers)


async def test_posted_operations_have_no_etag() -> None:
    assert "etag" not in (await post({"query": NAME})).headers


def test_head_is_get_without_its_body() -> None:
    with running() as server:
        address = httpx.URL(server.wait_for("listening ") + "/graphql")
        for query, accept in ((NAME, JSON), (NAME, "text/html"), ("{ nonsense }", GRAPHQL_RESPONSE), ("{", "image/*")):
            got, had = (
                httpx.request(method, address, params={"query": query}, headers={"accept": accept})
                for method in ("GET", "HEAD")
            )
            assert (had.status_code, had.content) == (got.status_code, b"")
            told = [{k: v for k, v in each.headers.items() if k not in {"date", "x-request-id"}} for each in (got, had)]
            assert told[0] == told[1]
        refused = httpx.head(address, params={"query": 'mutation { shout(text: "x") }'})
        assert (refused.status_code, refused.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY"])
async def test_other_methods_are_refused_and_told_what_there_is(method: str) -> None:
    async with client() as http:
        response = await http.request(method, "/graphql", json={"query": NAME})
    assert (response.status_code, response.json()) == (405, refusal(f"Method Not Allowed: {method} /graphql"))
    assert {each.strip() for each in response.headers["allow"].split(",")} == {"GET", "HEAD", "POST"}


async def test_a_request_is_answered_for_who_sends_it() -> None:
    async with client() as http:
        response = await http.post("/graphql", json={"query": "{ context }"}, headers={"x-actor": "ann"})
    assert response.json() == {"data": {"context": "hello ann"}}


@pytest.mark.parametrize(
    "accept",
    [
        "text/html",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "application/json;q=0.5,text/html",
    ],
)
async def test_a_browser_gets_graphiql(accept: str) -> None:
    async with client() as http:
        for address in ("/graphql", "/graphql?query=%7B__typename%7D"):
            response = await http.get(address, headers={"accept": accept})
            assert response.headers["content-type"] == "text/html; charset=utf-8"
            assert response.headers["cache-control"] == "no-cache"
            assert "<title>GraphiQL" in response.text


@pytest.mark.parametrize(
    "accept", ["*/*", "application/json", "application/json,text/html", "text/html;q=0,*/*", "text/html;q=x,*/*"]
)
async def test_a_client_that_forgets_its_query_is_told_so_and_gets_no_page(accept: str) -> None:
    async with client() as http:
        response = await http.get("/graphql", headers={"accept": accept})
    assert (response.status_code, response.json()) == (400, refusal("`query` must hold a GraphQL document."))


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", JSON),
        ("", JSON),
        (JSON, JSON),
        ("application/*", JSON),
        ("text/html;q=0.9, */*;q=0.1", JSON),
        (f"{GRAPHQL_RESPONSE};q=0.5, */*;q=0.4", GRAPHQL_RESPONSE),
        (f"{GRAPHQL_RESPONSE};q=0.4, */*;q=0.5", JSON),
        (GRAPHQL_RESPONSE, GRAPHQL_RESPONSE),
        (f"{GRAPHQL_RESPONSE}, {JSON}", GRAPHQL_RESPONSE),
        (f"{GRAPHQL_RESPONSE}; charset=utf-8, {JSON}; q=0.9", GRAPHQL_RESPONSE),
        (f"{GRAPHQL_RESPONSE};q=0.1, {JSON}", JSON),
        (f"{GRAPHQL_RESPONSE};q=0, */*", JSON),
    ],
)
async def test_the_client_chooses_the_media_type(accept: str, media_type: str) -> None:
    for query in (NAME, "{ nonsense }", ""):
        response = await post({"query": query}, accept)
        assert response.headers["content-type"].split(";")[0] == media_type


@pytest.mark.parametrize("accept", ["text/plain", "text/html", "image/*", "application/json;q=0", "*/*;q=0"])
async def test_who_takes_no_json_is_told_what_there_is(accept: str) -> None:
    response = await post({"query": NAME}, accept)
    message = "Answers are `application/graphql-response+json` or `application/json`; accept one of these."
    assert (response.status_code, response.json()) == (406, refusal(message))


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nonsense }", "GRAPHQL_VALIDATION_FAILED"),
        ("query ($on: Date!) { echo(on: $on) }", "BAD_USER_INPUT"),
    ],
)
async def test_an_operation_that_never_ran_has_no_data_and_its_status_says_so_to_who_understands(
    query: str, code: str
) -> None:
    for accept, status in ((JSON, 200), (GRAPHQL_RESPONSE, 400)):
        response = await post({"query": query}, accept)
        assert response.status_code == status
        assert response.json().keys() == {"errors"}
        assert response.json()["errors"][0]["extensions"] == {"code": code}


async def test_an_operation_that_ran_and_lost_all_data_to_a_fault_keeps_status_200() -> None:
    response = await post({"query": "{ fault }"}, GRAPHQL_RESPONSE)
    assert response.status_code == 200
    assert response.json()["data"] is None


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


@pytest.mark.parametrize(
    "document", ["query A { __typename } query B { fault }", 'query A { context } mutation B { shout(text: "x") }']
)
async def test_two_operations_and_no_name_are_refused(document: str) -> None:
    response = await post({"query": document})
    message = "The document holds several operations; say in `operationName` which one to run."
    assert (response.status_code, response.json()) == (400, refusal(message))


async def test_a_word_that_looks_like_a_second_operation_needs_no_name() -> None:
    response = await post(
        {"query": 'query A { a: echo(text: "query") ...F } fragment F on Query { query: __typename }'}
    )
    assert response.json() == {"data": {"a": "query", "query": "Query"}}


async def test_an_operation_name_that_the_document_lacks_is_refused() -> None:
    response = await post({"query": NAME, "operationName": "C"})
    assert (response.status_code, response.json()) == (
        400,
        refusal("The document holds no operation named 'C'; correct `operationName`."),
    )


async def test_a_document_nested_too_deeply_is_refused() -> None:
    response = await post({"query": "{ a" * 5000 + " }" * 5000})
    assert response.json()["errors"][0]["extensions"] == {"code": "GRAPHQL_PARSE_FAILED"}


@pytest.mark.parametrize("query", ["{ fault }", "{ faultBeside }"])
async def test_a_fault_of_ours_says_where_it_happened_and_nothing_else(query: str) -> None:
    response = await post({"query": query})
    assert response.json() == {
        "errors": [
            {
                "message": "The service failed to answer this. The fault is in the service; its log says more.",
                "locations": [{"line": 1, "column": 3}],
                "path": [query.strip("{ }")],
                "extensions": {"code": "INTERNAL", "requestId": response.headers["x-request-id"]},
            }
        ],
        "data": None if query == "{ fault }" else {"faultBeside": None},
    }


def logged(caplog: pytest.LogCaptureFixture) -> list[object]:
    """List what the web layer logged as faults, each with the exception whose traceback it shows."""
    records = [record for record in caplog.records if record.name.startswith("graph_api.web")]
    assert {record.levelno for record in records} <= {logging.ERROR}
    return [record.exc_info and record.exc_info[1] for record in records]


@pytest.mark.parametrize("query", ["{ fault }", "{ faultBeside }"])
async def test_a_fault_of_ours_is_logged_once_with_its_traceback(query: str, caplog: pytest.LogCaptureFixture) -> None:
    await post({"query": query})
    (fault,) = logged(caplog)
    assert isinstance(fault, ValueError)
    assert str(fault) == SECRET
    assert fault.__traceback__
    assert caplog.text.count(f"ValueError: {SECRET}") >= 1


async def test_a_fault_before_any_field_is_asked_is_logged_too(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(Sample):
        async def run(self, chosen: Chosen) -> Executed:  # noqa: ARG002 the signature is the service's
            raise ValueError(SECRET)

    async with client(make_app(service=Broken())) as http:
        response = await http.post("/graphql", json={"query": "{ __typename }"})
    message = "The service failed to answer this. The fault is in the service; its log says more."
    extensions = {"code": "INTERNAL", "requestId": response.headers["x-request-id"]}
    assert response.json() == {"errors": [{"message": message, "extensions": extensions}]}
    assert [str(fault) for fault in logged(caplog)] == [SECRET]


@pytest.mark.parametrize(
    "query", ["{ mistake }", "{ outage }", "{ nonsense }", "{", "{ double(number: 1" + "0" * 5000 + ") }"]
)
async def test_what_is_no_fault_of_ours_is_not_logged(query: str, caplog: pytest.LogCaptureFixture) -> None:
    assert "errors" in (await post({"query": query})).json()
    assert logged(caplog) == []


async def test_an_error_raised_on_purpose_keeps_its_sentence_and_code() -> None:
    response = await post({"query": "{ mistake }"})
    [error] = response.json()["errors"]
    assert (error["message"], error["extensions"]) == (
        "The budget is negative; give one of 0 or more.",
        {"code": "BAD_USER_INPUT"},
    )


async def test_an_outage_beside_other_data_is_told_with_its_code() -> None:
    response = await post({"query": "{ outage context }"})
    assert response.json()["data"] == {"outage": None, "context": "hello anonymous"}
    assert response.json()["errors"][0]["extensions"] == {"code": "SERVICE_UNAVAILABLE"}


async def test_a_literal_that_python_cannot_parse_is_refused_in_our_words() -> None:
    response = await post({"query": "{ double(number: 1" + "0" * 5000 + ") }"})
    [error] = response.json()["errors"]
    assert error["message"] == "The operation holds a value that cannot be read as the type expected here."
    assert error["extensions"] == {"code": "BAD_USER_INPUT"}


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


def test_of_a_body_without_end_no_more_is_read_than_the_limit() -> None:
    with running(LIMIT_BODY="100000") as server:
        address = httpx.URL(server.wait_for("listening "))
        with socket.create_connection((address.host, address.port or 0), timeout=10) as connection:
            connection.sendall(
                b"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                b"Transfer-Encoding: chunked\r\n\r\n"
            )
            sent = 0
            with contextlib.suppress(ConnectionError):
                while sent < 10_000_000 and not select.select([connection], [], [], 0)[0]:
                    connection.sendall(b"2710\r\n" + b" " * 10_000 + b"\r\n")
                    sent += 10_000
            response = connection.recv(100_000)
        assert response.startswith(b"HTTP/1.1 413 ")
        assert b"connection: close" in response
        assert sent < 10_000_000
        assert httpx.get(address.join("/healthz")).json() == {"ok": True}


def test_who_sends_too_much_can_send_some_more_before_the_connection_closes() -> None:
    with running(LIMIT_BODY="1000") as server:
        address = httpx.URL(server.wait_for("listening "))
        with socket.create_connection((address.host, address.port or 0), timeout=10) as connection:
            connection.sendall(
                b"POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                b"Content-Length: 500000\r\n\r\n"
            )
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


async def test_what_a_client_waits_for_no_more_is_told_as_cancelled() -> None:
    seen = Seen()
    async with served(make_app(observation=seen)) as address, httpx.AsyncClient(base_url=address) as http:
        with pytest.raises(httpx.ReadTimeout):
            await http.post("/graphql", json={"query": "query Q { wait(seconds: 600) }"}, timeout=0.5)
        async with asyncio.timeout(30):
            while not seen.operations:  # noqa: ASYNC110 - no event tells
                await asyncio.sleep(0.01)
    (told,) = seen.operations
    assert (told.status, told.codes, told.name) == (499, ("CANCELLED",), "Q")


async def test_what_the_end_of_the_service_cuts_off_is_told_too() -> None:
    seen = Seen()
    requests = RunningRequests(make_app(observation=seen))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(requests), base_url="http://localhost") as http:
        asking = asyncio.create_task(http.post("/graphql", json={"query": "query Q { wait(seconds: 600) }"}))
        while not seen.metrics.registry.get_sample_value("graph_api_operations_in_flight"):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        requests.end()
        assert (await asking).status_code == 503
    (told,) = seen.operations
    assert (told.status, told.codes, told.name) == (503, ("SERVICE_UNAVAILABLE",), "Q")


async def test_of_an_operation_that_its_caller_may_not_run_the_name_and_the_sort_are_told() -> None:
    class Forbidding(Sample):
        def choose(self, asked: Asked) -> Chosen:
            message = "Not you."
            raise OperationForbiddenError(message, super().choose(asked))

    seen = Seen()
    async with client(make_app(service=Forbidding(), observation=seen)) as http:
        await http.post("/graphql", json={"query": 'mutation M { shout(text: "x") }'})
    (told,) = seen.operations
    assert (told.codes, told.name, told.sort) == (("FORBIDDEN",), "M", "mutation")
