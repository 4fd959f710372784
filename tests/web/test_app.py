import asyncio
import json
import logging

import pytest
from sample import SCHEMA, SECRET, client, make_app

from graph_api.errors import AWAY, EngineError, ServiceUnavailableError
from graph_api.web import health
from graph_api.web.access.identity import Identity
from graph_api.web.headers import SECURITY_HEADERS
from graph_api.web.health import Readiness
from graph_api.web.request_id import request_id
from graph_api.web.static import ASSETS, GRAPHIQL_PAGE


async def test_the_root_leads_to_graphql() -> None:
    async with client() as http:
        response = await http.get("/")
    assert (response.status_code, response.headers["location"]) == (307, "/graphql")


async def test_the_schema_is_served_as_text() -> None:
    async with client() as http:
        response = await http.get("/schema.graphql")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.text == SCHEMA.as_str()


async def test_an_unknown_path_is_refused_as_json() -> None:
    async with client() as http:
        response = await http.get("/nowhere")
    assert response.status_code == 404
    assert response.json() == {"errors": [{"message": "Not Found: GET /nowhere", "extensions": {"code": "NOT_FOUND"}}]}


async def test_a_method_that_graphql_does_not_know_is_refused_and_told_the_others() -> None:
    async with client() as http:
        response = await http.delete("/graphql")
    assert response.status_code == 405
    assert {method.strip() for method in response.headers["allow"].split(",")} == {"GET", "HEAD", "POST"}
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


async def test_a_fault_outside_any_operation_names_the_request_and_is_logged_once_under_that_name(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        async def identify(self, authorization: str | None, actor: str | None = None) -> Identity:  # noqa: ARG002 its signature
            raise ValueError(SECRET)

    names: list[str | None] = []

    def note(_: logging.LogRecord) -> bool:
        names.append(request_id())
        return True

    monkeypatch.setattr(caplog.handler, "filters", [note])
    async with client(make_app(authenticator=Broken())) as http:
        response = await http.get("/schema.graphql", headers={"x-request-id": "the-complaint"})
    assert (response.status_code, response.json()) == (
        500,
        {
            "errors": [
                {
                    "message": "The service failed to answer this. The fault is in the service; its log says more.",
                    "extensions": {"code": "INTERNAL", "requestId": "the-complaint"},
                }
            ]
        },
    )
    assert response.headers["x-request-id"] == "the-complaint"
    assert {name: response.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS
    ((record, name),) = [
        (record, name) for record, name in zip(caplog.records, names, strict=True) if record.levelname == "ERROR"
    ]
    assert (name, record.exc_info and str(record.exc_info[1])) == ("the-complaint", SECRET)


async def test_a_process_that_lives_says_so_even_when_neo4j_is_gone() -> None:
    async def ready() -> Readiness:
        return Readiness(ok=False, detail="Neo4j is gone.")

    async with client(make_app(ready)) as http:
        response = await http.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"ok": True})


async def test_a_ready_service_says_so() -> None:
    async with client() as http:
        response = await http.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"ok": True, "detail": "Neo4j answers."})


async def test_a_service_that_is_not_ready_says_why() -> None:
    async def ready() -> Readiness:
        return Readiness(ok=False, detail="Migration 3 has yet to run.")

    async with client(make_app(ready)) as http:
        response = await http.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"ok": False, "detail": "Migration 3 has yet to run."})


async def test_a_readiness_check_that_fails_on_purpose_says_its_sentence() -> None:
    async def ready() -> Readiness:
        message = "Neo4j refuses the password."
        raise ServiceUnavailableError(message)

    async with client(make_app(ready)) as http:
        response = await http.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"ok": False, "detail": "Neo4j refuses the password."})


async def test_what_only_those_can_mend_who_run_the_service_is_told_to_them_alone() -> None:
    async def ready() -> Readiness:
        message = "The engine in /var/lib/graph has ended; look at its log."
        raise EngineError(message)

    async with client(make_app(ready)) as http:
        response = await http.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"ok": False, "detail": AWAY})


async def test_a_readiness_check_that_breaks_leaks_nothing() -> None:
    async def ready() -> Readiness:
        raise ValueError(SECRET)

    async with client(make_app(ready)) as http:
        response = await http.get("/readyz")
    assert response.status_code == 503
    assert SECRET not in response.text


async def test_a_readiness_check_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    async def ready() -> Readiness:
        await asyncio.sleep(60)
        raise AssertionError

    monkeypatch.setattr(health, "READINESS_SECONDS", 0.05)
    async with client(make_app(ready)) as http:
        response = await http.get("/readyz")
    assert (response.status_code, response.json()) == (503, {"ok": False, "detail": AWAY})


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
async def test_a_loopback_name_is_answered(host: str) -> None:
    async with client() as http:
        assert (await http.get("/healthz", headers={"host": host})).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "[::2]", "", "a b"]
)
@pytest.mark.parametrize("path", ["/graphql", "/schema.graphql", "/readyz", "/assets/graphiql/LICENCES.txt"])
async def test_a_name_that_was_rebound_to_this_machine_is_refused(host: str, path: str) -> None:
    async with client() as http:
        response = await http.get(path, headers={"host": host})
    assert response.status_code == 400
    message = "The Host header names another host than this service; use the address that it printed when it started."
    assert response.json() == {"errors": [{"message": message, "extensions": {"code": "BAD_USER_INPUT"}}]}
    assert {name: response.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS


async def test_other_host_names_can_be_allowed() -> None:
    async with client(make_app(allowed_hosts=["graph.example"])) as http:
        assert (await http.get("/healthz", headers={"host": "graph.example"})).status_code == 200
        assert (await http.get("/healthz", headers={"host": "localhost"})).status_code == 400


@pytest.mark.parametrize(
    "path", ["/", "/graphql", "/schema.graphql", "/healthz", "/nowhere", "/assets/graphiql/index.html"]
)
async def test_every_response_tells_browsers_to_trust_only_this_server(path: str) -> None:
    async with client() as http:
        response = await http.get(path, headers={"accept": "text/html"})
    assert {name: response.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS


async def test_no_script_may_run_that_the_server_does_not_serve() -> None:
    policy = dict(
        directive.strip().split(" ", 1) for directive in SECURITY_HEADERS["content-security-policy"].split(";")
    )
    assert policy["default-src"] == "'self'"
    assert "script-src" not in policy
    assert "unsafe-eval" not in SECURITY_HEADERS["content-security-policy"]


async def test_files_named_by_their_content_may_be_kept_for_ever_and_others_not() -> None:
    files = [path for path in ASSETS.rglob("*") if path.is_file()]
    async with client() as http:
        kept = {
            path.name: (await http.get(f"/assets/{path.relative_to(ASSETS).as_posix()}")).headers["cache-control"]
            for path in files
        }
    renewed = {name for name, control in kept.items() if control == "no-cache"}
    assert renewed == {"index.html", "LICENCES.txt"}
    assert {control for name, control in kept.items() if name not in renewed} == {"public, max-age=31536000, immutable"}


async def test_files_are_served_with_their_media_types_and_need_not_be_sent_twice() -> None:
    expected = {
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".svg": "image/svg+xml",
        ".ttf": "font/ttf",
        ".txt": "text/plain; charset=utf-8",
        ".woff2": "font/woff2",
    }
    one_of_each = {path.suffix: path for path in ASSETS.rglob("*") if path.is_file()}
    assert one_of_each.keys() == expected.keys()
    async with client() as http:
        for suffix, path in one_of_each.items():
            address = f"/assets/{path.relative_to(ASSETS).as_posix()}"
            response = await http.get(address)
            assert response.headers["content-type"] == expected[suffix]
            again = await http.get(address, headers={"if-none-match": response.headers["etag"]})
            assert again.status_code == 304


@pytest.mark.parametrize("path", ["/assets/../app.py", "/assets/%2e%2e/app.py", "/assets/graphiql", "/assets/none.js"])
async def test_nothing_else_is_served_as_a_file(path: str) -> None:
    async with client() as http:
        assert (await http.get(path)).status_code == 404


async def test_the_page_names_only_files_that_are_there() -> None:
    page = GRAPHIQL_PAGE.read_text(encoding="utf-8")
    addresses = [part.split('"')[0] for part in page.replace('href="', 'src="').split('src="')[1:]]
    assert addresses
    async with client() as http:
        for address in addresses:
            assert (await http.get(address)).status_code == 200


def test_the_bundle_is_built_from_the_locked_versions_and_the_lock_holds_no_addresses() -> None:
    sources = ASSETS.parents[2] / "assets" / "graphiql"
    lock = (sources / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in lock
    version = json.loads(lock)["packages"]["node_modules/graphiql"]["version"]
    assert f"graphiql {version} (MIT)" in (ASSETS / "graphiql" / "LICENCES.txt").read_text(encoding="utf-8")
