import asyncio
import logging

import httpx
import pytest
from posting import JSON, NAME, NAMED, post, refusal
from sample import SECRET, Sample, Seen, client, make_app, running

from graph_api.compile.admission import Executed
from graph_api.schema.documents import Asked, Chosen, OperationForbiddenError
from graph_api.web.running import RunningRequests
from tests.served import served

GRAPHQL_RESPONSE = "application/graphql-response+json"


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
