"""What one request, one operation and one client may have: each limit over HTTP, with its sentence and its code."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from graphql import get_introspection_query

from graph_api.model.roles import Role
from graph_api.schema.changer import Caller
from graph_api.schema.documents import Asked, OperationForbiddenError
from graph_api.schema.service import Service, build_service
from graph_api.settings import Limits, Settings
from graph_api.store.connection import STATEMENT, Store
from graph_api.store.migrations import prepare
from graph_api.web.access.bearer import Anyone
from graph_api.web.app import create_app
from graph_api.web.composition import compose
from graph_api.web.entry import Entry
from graph_api.web.health import Readiness
from graph_api.web.lifecycle import Graph
from graph_api.web.negotiation import GRAPHQL_RESPONSE, JSON
from graph_api.web.rates import Rates

SMALL = "{ goals { totalCount } }"
NONE = {"data": {"goals": {"totalCount": 0}}}


@pytest.fixture(scope="module")
async def prepared(graph: Store) -> Store:
    await prepare(graph)
    return graph


async def ready() -> Readiness:
    return Readiness(ok=True, detail="")


@asynccontextmanager
async def asking(service: Service, limits: Limits) -> AsyncIterator[httpx.AsyncClient]:
    entry = Entry(Anyone(), proved=False, limits=limits, rates=Rates(limits.requests))
    transport = httpx.ASGITransport(create_app(service, entry=entry, ready=ready))
    headers = {"accept": GRAPHQL_RESPONSE}
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost", headers=headers) as http:
        yield http


async def ask(store: Store, body: dict[str, Any], **limits: Any) -> tuple[int, Any]:
    """Send a request to a service with these limits, and return what comes back."""
    return await ask_for(GRAPHQL_RESPONSE, store, body, limits)


async def ask_for(accept: str, store: Store, body: dict[str, Any], limits: Mapping[str, Any]) -> tuple[int, Any]:
    chosen = Limits(**limits)
    async with asking(build_service(store, limits=chosen), chosen) as http:
        response = await http.post("/graphql", json=body, headers={"accept": accept})
    return response.status_code, response.json()


NAMES = "query ($k: [String!]) { goals(filter: {key: {in: $k}}) { totalCount } }"
CASES: dict[str, tuple[dict[str, int], dict[str, Any], str]] = {
    "tokens": (
        {"tokens": 5},
        {"query": SMALL},
        "The document has more than 5 tokens (LIMIT_TOKENS). Ask for less at a time.",
    ),
    "depth": (
        {"depth": 1},
        {"query": SMALL},
        (
            "The operation has 2 levels of fields in fields; at most 1 are answered at once (LIMIT_DEPTH)."
            " Ask for less at a time."
        ),
    ),
    "fields": (
        {"fields": 1},
        {"query": SMALL},
        (
            "The operation has 2 fields, its fragments spread; at most 1 are answered at once (LIMIT_FIELDS)."
            " Ask for less at a time."
        ),
    ),
    "root fields": (
        {"root_fields": 1},
        {"query": "{ goals { totalCount } kpis { totalCount } }"},
        "The operation has 2 root fields; at most 1 are answered at once (LIMIT_ROOT_FIELDS). Ask for less at a time.",
    ),
    "aliases": (
        {"aliases": 1},
        {"query": "{ a: goals { b: totalCount } }"},
        "The operation has 2 aliases; at most 1 are answered at once (LIMIT_ALIASES). Ask for less at a time.",
    ),
    "directives": (
        {"directives": 1},
        {"query": "{ goals @include(if: true) { totalCount @skip(if: false) } }"},
        "The operation has 2 directives; at most 1 are answered at once (LIMIT_DIRECTIVES). Ask for less at a time.",
    ),
    "fragments": (
        {"fragments": 1},
        {"query": "{ ...a ...b } fragment a on Query { __typename } fragment b on Query { __typename }"},
        "The document has 2 fragments; at most 1 are answered at once (LIMIT_FRAGMENTS). Ask for less at a time.",
    ),
    "links": (
        {"links": 1},
        {"query": "{ goals { nodes { supportedByGoals { totalCount } supportsGoals: supports { totalCount } } } }"},
        "The operation selects more than 1 links (LIMIT_LINKS). Ask for less at a time.",
    ),
    "list written": (
        {"list_length": 2},
        {"query": '{ goals(filter: {key: {in: ["a", "b", "c"]}}) { totalCount } }'},
        "A list has 3 elements; at most 2 are answered at once (LIMIT_LIST_LENGTH). Ask for less at a time.",
    ),
    "list in a variable": (
        {"list_length": 2},
        {"query": NAMES, "variables": {"k": ["a", "b", "c"]}},
        "A list in the variables has 3 elements; at most 2 are taken at once (LIMIT_LIST_LENGTH). Send less at a time.",
    ),
    "values of variables": (
        {"values": 3},
        {"query": NAMES, "variables": {"k": ["a", "b", "c"]}},
        "The variables hold more than 3 values (LIMIT_VALUES). Send less at a time.",
    ),
    "nesting of variables": (
        {"nesting": 3},
        {
            "query": "query ($f: GoalFilter) { goals(filter: $f) { totalCount } }",
            "variables": {"f": {"key": {"in": ["a"]}}},
        },
        "The variables nest more than 3 levels (LIMIT_NESTING). Send them flatter.",
    ),
    "page": (
        {"page": 10},
        {"query": "{ goals(first: 11) { totalCount } }"},
        "A page of 11 elements is asked for; it may have 10 at most (LIMIT_PAGE). Ask for the next page with a cursor.",
    ),
}


@pytest.mark.parametrize(("limits", "body", "message"), CASES.values(), ids=CASES)
async def test_what_is_too_much_is_refused_with_the_limit_that_says_so(
    prepared: Store, limits: dict[str, int], body: dict[str, Any], message: str
) -> None:
    status, told = await ask(prepared, body, **limits)
    errors = [(error["message"], error["extensions"]) for error in told.pop("errors")]
    assert (status, told, errors) == (400, {}, [(message, {"code": "TOO_COSTLY"})])


@pytest.mark.parametrize(("limits", "body", "message"), CASES.values(), ids=CASES)
async def test_plain_json_says_so_with_200(
    prepared: Store, limits: dict[str, int], body: dict[str, Any], message: str
) -> None:
    status, told = await ask_for(JSON, prepared, body, limits)
    assert (status, [error["message"] for error in told["errors"]]) == (200, [message])


@pytest.mark.parametrize(("limits", "body", "message"), CASES.values(), ids=CASES)
async def test_one_more_is_enough(
    prepared: Store,
    limits: dict[str, int],
    body: dict[str, Any],
    message: str,  # noqa: ARG001
) -> None:
    more = {name: value + 2 for name, value in limits.items()}
    status, told = await ask(prepared, body, **more)
    assert (status, "errors" in told) == (200, False), told


async def test_what_costs_too_much_is_refused_with_its_cost(prepared: Store) -> None:
    body = {"query": "{ goals(first: 100) { nodes { supportedByGoals(first: 100) { nodes { key } } } } }"}
    status, told = await ask(prepared, body, cost=50)
    (error,) = told["errors"]
    assert (status, error["extensions"]) == (400, {"code": "TOO_COSTLY"})
    assert error["message"].startswith("The operation is expected to read ")
    assert error["message"].endswith(
        " entities; at most 50 are read at once (LIMIT_COST). Ask for smaller pages, or for fewer lists in lists."
    )


GROW = """
mutation { createGoal(input: {name: "Grow"}) {
  goal { supportedByGoals(first: 100) { nodes { supportedByGoals(first: 100) { nodes { key } } } } }
} }
"""
FOLLOW = "subscription { changes { change { entity { ... on Goal { supportedByGoals(first: 11) { totalCount } } } } } }"


@pytest.mark.parametrize(
    ("limits", "limit"), [({"page": 10}, "LIMIT_PAGE"), ({"cost": 3}, "LIMIT_COST")], ids=["page", "cost"]
)
async def test_a_change_whose_answer_is_too_much_is_refused_before_it_is_made(
    prepared: Store, limits: dict[str, int], limit: str
) -> None:
    status, told = await ask(prepared, {"query": GROW}, **limits)
    (error,) = told["errors"]
    assert (status, error["extensions"], limit in error["message"]) == (400, {"code": "TOO_COSTLY"}, True)
    assert await ask(prepared, {"query": SMALL}) == (200, NONE)


async def test_the_cost_of_a_change_is_told(prepared: Store) -> None:
    service = build_service(prepared)
    executed = await service.run(service.choose(Asked(GROW.replace('"Grow"', '" "'))))
    assert executed.cost
    assert executed.cost > 1


async def test_who_may_not_run_an_operation_is_told_and_the_log_learns_which_it_was(prepared: Store) -> None:
    service = build_service(prepared).called_by(Caller(role=Role.VIEWER))
    with pytest.raises(OperationForbiddenError) as forbidden:
        service.choose(Asked(GROW.replace("mutation", "mutation Named")))
    assert (forbidden.value.chosen.name, forbidden.value.chosen.sort.value) == ("Named", "mutation")


async def test_a_subscription_whose_events_are_too_much_is_refused(prepared: Store) -> None:
    service = build_service(prepared, limits=Limits(page=10))
    async with asyncio.timeout(10):
        (result,) = [each async for each in service.follow(service.choose(Asked(FOLLOW)))]
    (error,) = result.errors or []
    assert (error.extensions, "LIMIT_PAGE" in error.message) == ({"code": "TOO_COSTLY"}, True)


@pytest.mark.parametrize(("limit", "patience"), [(60, 60), (0.5, STATEMENT)])
async def test_a_statement_has_as_long_as_an_operation(prepared: Store, limit: float, patience: float) -> None:
    graph = Graph(prepared.endpoint, operation=limit)
    async with graph.lifespan(None):
        await graph.prepared.wait()
        assert graph.store().patience == patience


@pytest.mark.parametrize("accept", ["application/json", GRAPHQL_RESPONSE])
async def test_of_more_heavy_operations_than_may_wait_the_last_is_told_to_come_again(
    prepared: Store, accept: str
) -> None:
    limits = Limits(heavy_cost=1, heavy=1, waiting=1)
    service = build_service(prepared, limits=limits)
    async with asking(service, limits) as http:
        async with service.compiler.admission.gate.turn():
            waits = asyncio.create_task(http.post("/graphql", json={"query": SMALL}))
            while not service.compiler.admission.gate.waiting:  # noqa: ASYNC110 - no event tells
                await asyncio.sleep(0.01)
            refused = await http.post("/graphql", json={"query": SMALL}, headers={"accept": accept})
        assert (await waits).json() == NONE
    message = (
        "1 heavy operations wait to be answered, as many as may (LIMIT_WAITING)."
        " Try again in some seconds, or ask for less at a time."
    )
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "2")
    assert refused.json() == {"errors": [{"message": message, "extensions": {"code": "SERVICE_UNAVAILABLE"}}]}


async def test_who_asks_too_often_is_told_when_to_come_again(prepared: Store) -> None:
    limits = Limits(requests="2/second")
    async with asking(build_service(prepared, limits=limits), limits) as http:
        while (refused := await http.post("/graphql", json={"query": SMALL})).status_code == 200:
            pass
        message = "More than 2 requests came from this client in 1 seconds (LIMIT_REQUESTS). Wait, and ask less often."
        assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
        assert refused.json() == {"errors": [{"message": message, "extensions": {"code": "RATE_LIMITED"}}]}
        assert refused.headers["content-type"] == f"{GRAPHQL_RESPONSE}; charset=utf-8"
        async with asyncio.timeout(30):
            while (again := await http.post("/graphql", json={"query": SMALL})).status_code == 429:  # noqa: ASYNC110
                await asyncio.sleep(float(again.headers["retry-after"]))
        assert (again.status_code, again.json()) == (200, NONE)


async def test_the_schema_and_the_metrics_count_as_requests_and_health_does_not(prepared: Store) -> None:
    limits = Limits(requests="3/hour")
    async with asking(build_service(prepared, limits=limits), limits) as http:
        statuses = [(await http.get(path)).status_code for path in ["/metrics", "/healthz", "/readyz"] * 4]
    assert statuses == [*[200, 200, 200] * 3, 429, 200, 200]


@asynccontextmanager
async def composed(store: Store, **settings: Any) -> AsyncIterator[httpx.AsyncClient]:
    """Yield a client of the service as settings make it, without its lifespan."""
    graph = Graph(store.endpoint)
    graph._store = store
    transport = httpx.ASGITransport(compose(Settings(**settings), graph, []))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as http:
        yield http


async def test_introspection_can_be_switched_off_and_the_schema_is_not_served_then(prepared: Store) -> None:
    query = {"query": get_introspection_query()}
    async with composed(prepared) as http:
        assert (await http.post("/graphql", json=query)).json()["data"]["__schema"]
        assert (await http.get("/schema.graphql")).status_code == 200
    async with composed(prepared, introspection=False) as http:
        (error, *_) = (await http.post("/graphql", json=query)).json()["errors"]
        assert error["extensions"] == {"code": "GRAPHQL_VALIDATION_FAILED"}
        assert error["message"].startswith("GraphQL introspection has been disabled")
        assert (await http.get("/schema.graphql")).status_code == 404
        assert (await http.post("/graphql", json={"query": "{ __typename }"})).json() == {
            "data": {"__typename": "Query"}
        }


async def test_the_page_for_browsers_can_be_switched_off(prepared: Store) -> None:
    browser = {"accept": "text/html,*/*;q=0.8"}
    async with composed(prepared) as http:
        assert "<title>GraphiQL" in (await http.get("/graphql", headers=browser)).text
        assert (await http.get("/assets/graphiql/LICENCES.txt")).status_code == 200
    async with composed(prepared, graphiql=False) as http:
        page = await http.get("/graphql", headers=browser)
        assert (page.status_code, page.json()["errors"][0]["message"]) == (
            400,
            "`query` must hold a GraphQL document.",
        )
        assert (await http.get("/assets/graphiql/LICENCES.txt")).status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "{ gaols { totalCount } }",
        "{ goals { totalCuont } }",
        "{ goals(filtre: {}) { totalCount } }",
        "{ goals(orderBy: [{by: NAEM}]) { totalCount } }",
    ],
)
async def test_suggestions_can_be_switched_off(prepared: Store, query: str) -> None:
    said = []
    for suggestions in (True, False):
        async with composed(prepared, suggestions=suggestions) as http:
            said.append((await http.post("/graphql", json={"query": query})).json()["errors"][0]["message"])
    assert ["Did you mean" in each for each in said] == [True, False]


async def test_metrics_can_be_switched_off(prepared: Store) -> None:
    async with composed(prepared) as http:
        await http.post("/graphql", json={"query": SMALL})
        metrics = await http.get("/metrics")
        assert (metrics.status_code, metrics.headers["cache-control"]) == (200, "no-store")
        assert 'graph_api_operations_total{code="OK",type="query"} 1.0' in metrics.text
    async with composed(prepared, metrics=False) as http:
        assert (await http.get("/metrics")).status_code == 404
