"""Who may do what, for everything that there is: each root field of the schema, each route, each role, and nobody."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from follower import Socket, opened
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    get_named_type,
    is_leaf_type,
    is_required_argument,
    is_required_input_field,
)
from websockets.exceptions import InvalidStatus

from graph_api.model import MODEL
from graph_api.model.roles import Role
from graph_api.schema.service import build_schema
from graph_api.settings import Limits, Method, Settings
from graph_api.store import tokens as stored
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from graph_api.store.tokens import ApiToken
from graph_api.web.access.credential import mint
from graph_api.web.composition import compose
from graph_api.web.lifecycle import Graph
from graph_api.web.negotiation import GRAPHQL_RESPONSE
from tests.cli.commands import Commands

NOBODY, UNKNOWN, EXPIRED, REVOKED = "no token", "an unknown token", "an expired token", "a revoked token"
STRANGERS = (NOBODY, UNKNOWN, EXPIRED, REVOKED)
CALLERS = (*STRANGERS, *Role)
ALLOWED = "allowed"

MAY: Mapping[str, Mapping[str, str]] = {
    "query": dict.fromkeys(STRANGERS, "UNAUTHENTICATED") | dict.fromkeys(Role, ALLOWED),
    "subscription": dict.fromkeys(STRANGERS, "UNAUTHENTICATED") | dict.fromkeys(Role, ALLOWED),
    "mutation": dict.fromkeys(STRANGERS, "UNAUTHENTICATED")
    | {Role.VIEWER: "FORBIDDEN", Role.EDITOR: ALLOWED, Role.ADMIN: ALLOWED},
}
"""What comes of an operation, by its sort and by who sends it."""

STATUS = {"UNAUTHENTICATED": 401, "FORBIDDEN": 403}

QUESTIONS = frozenset(
    {
        "accountability",
        "businessValue",
        "changes",
        "collaboration",
        "compareJourneys",
        "coverage",
        "decisionOutcomes",
        "evidenceHealth",
        "forecastRealism",
        "fronts",
        "funnel",
        "gaps",
        "goalStates",
        "handoffs",
        "impact",
        "importanceSatisfaction",
        "initiativeEffects",
        "journeyComplexity",
        "journeyMap",
        "kpiDrivers",
        "kpiStates",
        "momentsOfTruth",
        "needScores",
        "needsReview",
        "node",
        "nodes",
        "overlap",
        "plan",
        "portfolio",
        "promiseStates",
        "search",
        "trace",
        "unowned",
    }
)
CHANGES = frozenset(
    {
        "applyChanges",
        "decide",
        "deleteEntities",
        "recordDecision",
        "recordMeasurements",
        "reorder",
        "restoreEntities",
        "revert",
        "reviewLinks",
    }
)
"""The root fields that do not follow from the model: whoever adds one looks into MAY whether it holds for that, too."""

OPEN_ROUTES = {"/healthz": 200, "/readyz": 200, "/": 307}
"""For everybody: they tell nothing of the graph."""
ROUTES = {"/schema.graphql": "query", "/metrics": "query"}

# Compiled statements are planned by Neo4j once each; more at once than it has cores are no quicker.
AT_ONCE = 4


def covered() -> dict[str, set[str]]:
    """Return the root fields that the table was made for, by the sort of operation."""
    kinds = MODEL.kinds.values()
    return {
        "query": {name for kind in kinds for name in (kind.field_name, kind.list_name)} | QUESTIONS,
        "mutation": {f"{verb}{kind.name}" for verb in ("create", "update") for kind in kinds}
        | {f"{verb}{link.class_name}" for verb in ("link", "unlink") for link in MODEL.links.values()}
        | CHANGES,
        "subscription": {"changes"},
    }


def roots() -> dict[str, dict[str, GraphQLField]]:
    core = build_schema()._schema
    assert core.query_type
    assert core.mutation_type
    assert core.subscription_type
    return {
        "query": core.query_type.fields,
        "mutation": core.mutation_type.fields,
        "subscription": core.subscription_type.fields,
    }


def test_the_table_covers_each_root_field_and_no_other() -> None:
    assert {sort: set(fields) for sort, fields in roots().items()} == covered()


def test_the_table_covers_each_role() -> None:
    assert all(set(callers) == set(CALLERS) for callers in MAY.values())


def operation(sort: str, name: str, field: GraphQLField) -> str:
    """Write an operation on a root field: arguments that the schema takes, and little of the answer."""
    given = {key: made_up(each.type) for key, each in field.args.items() if is_required_argument(each)}
    written = f"({', '.join(f'{key}: {value}' for key, value in given.items())})" if given else ""
    selected = "" if is_leaf_type(get_named_type(field.type)) else " { __typename }"
    return f"{sort} {{ {name}{written}{selected} }}"


def made_up(type_: GraphQLInputType) -> str:
    """Write some value of a type, the least that it takes; where nothing need be written, nothing is."""
    match type_:
        case GraphQLNonNull():
            return made_up(type_.of_type)
        case GraphQLList():
            return f"[{made_up(type_.of_type)}]"
        case GraphQLEnumType():
            return str(next(iter(type_.values)))
        case GraphQLInputObjectType():
            chosen = {name for name, each in type_.fields.items() if is_required_input_field(each)}
            if type_.extensions["strawberry-definition"].is_one_of:
                chosen = {next(iter(type_.fields))}
            parts = {name: made_up(type_.fields[name].type) for name in sorted(chosen)}
            if "dryRun" in type_.fields:
                parts["dryRun"] = "true"
            return f"{{{', '.join(f'{name}: {value}' for name, value in parts.items())}}}"
        case _:
            return {"Int": "1", "Float": "1", "Boolean": "true", "Date": '"2026-11-22"', "Decimal": '"1"'}.get(
                get_named_type(type_).name, '"x"'
            )


@pytest.fixture(scope="module")
async def tokens(graph: Store) -> dict[str, str | None]:
    """Make a token for each who may ask."""
    await prepare(graph)
    made: dict[str, str | None] = {NOBODY: None, UNKNOWN: mint()[0]}
    now = datetime.now(UTC)
    for name, role, expires in (
        (EXPIRED, Role.ADMIN, now - timedelta(days=1)),
        (REVOKED, Role.ADMIN, None),
        *((role, role, now + timedelta(days=1)) for role in Role),
    ):
        text, credential = mint()
        await stored.create(graph, ApiToken(credential.id, name, role, now, "test", expires, credential.hash))
        made[name] = text
    await stored.revoke(graph, REVOKED)
    return made


@pytest.fixture(scope="module")
async def client(graph: Store, tokens: dict[str, str | None]) -> AsyncIterator[httpx.AsyncClient]:  # noqa: ARG001 - they are there
    settings = Settings(authentication=frozenset({Method.TOKEN}), limit=Limits(requests="off"))
    served = Graph(graph.endpoint)
    app = compose(settings, served, ())
    async with app.router.lifespan_context(app):
        await served.prepared.wait()
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as opened_client:
            yield opened_client


@pytest.fixture(scope="module")
def address(graph: Store, tokens: dict[str, str | None]) -> Iterator[str]:  # noqa: ARG001 - they are there
    """Serve as people do, for what needs a socket."""
    with Commands(graph.endpoint).serving("serve", "--port", "0", AUTHENTICATION="token") as service:
        address = service.wait_for("Serving at ").removesuffix("/graphql")
        service.wait_for("Ready.")
        yield address


def shown(token: str | None) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


async def outcome(client: httpx.AsyncClient, document: str, token: str | None) -> str:
    """Send an operation, and say what came of it as far as the table is about that."""
    headers = shown(token) | {"Accept": GRAPHQL_RESPONSE}
    response = await client.post("/graphql", json={"query": document}, headers=headers)
    answer = response.json()
    codes = [error["extensions"]["code"] for error in answer.get("errors", ())]
    assert "INTERNAL" not in codes, (document, answer)
    assert "GRAPHQL_VALIDATION_FAILED" not in codes, (document, answer)
    refused = [code for code in codes if code in STATUS]
    if not refused:
        assert response.status_code not in STATUS.values()
        return ALLOWED
    assert "data" not in answer, (document, answer)
    assert response.status_code == STATUS[refused[0]]
    assert ("www-authenticate" in response.headers) == (refused == ["UNAUTHENTICATED"])
    return str(refused[0])


@pytest.mark.parametrize("caller", CALLERS)
async def test_each_root_field_over_http(
    client: httpx.AsyncClient, tokens: dict[str, str | None], graph: Store, caller: str
) -> None:
    before = await graph.read("MATCH (g:Graph) RETURN g.revision, g.seq, COUNT { MATCH (:Entity) }")
    at_once = asyncio.Semaphore(AT_ONCE)

    async def asked(sort: str, name: str, field: GraphQLField) -> tuple[str, str]:
        async with at_once:
            return f"{sort} {name}", await outcome(client, operation(sort, name, field), tokens[caller])

    fields = [(sort, name, field) for sort, under in roots().items() for name, field in under.items()]
    outcomes = dict(await asyncio.gather(*(asked(*each) for each in fields)))
    assert outcomes == {f"{sort} {name}": MAY[sort][caller] for sort, name, _ in fields}
    assert await graph.read("MATCH (g:Graph) RETURN g.revision, g.seq, COUNT { MATCH (:Entity) }") == before


@pytest.mark.parametrize("caller", CALLERS)
async def test_one_field_that_is_forbidden_makes_the_whole_operation_so(
    client: httpx.AsyncClient, tokens: dict[str, str | None], caller: str
) -> None:
    """Authorisation is of the operation that is chosen, not of the first of a document nor of its name."""
    document = """
      query Read { __typename }
      mutation Change { revert(input: {changeSet: "x", dryRun: true}) { __typename } __typename }
    """
    headers = shown(tokens[caller])
    for name, sort in (("Read", "query"), ("Change", "mutation")):
        response = await client.post("/graphql", json={"query": document, "operationName": name}, headers=headers)
        codes = {error["extensions"]["code"] for error in response.json().get("errors", ())} & STATUS.keys()
        assert codes == ({MAY[sort][caller]} - {ALLOWED})


@pytest.mark.parametrize("caller", CALLERS)
async def test_each_route_beside_graphql(client: httpx.AsyncClient, tokens: dict[str, str | None], caller: str) -> None:
    headers = shown(tokens[caller])
    for path, status in OPEN_ROUTES.items():
        assert (await client.get(path, headers=headers)).status_code == status
    for path, sort in ROUTES.items():
        response = await client.get(path, headers=headers)
        assert response.status_code == STATUS.get(MAY[sort][caller], 200)


async def test_who_is_let_in_is_not_what_they_call_themselves(
    client: httpx.AsyncClient, tokens: dict[str, str | None]
) -> None:
    create = 'mutation { createGoal(input: {name: "Grow"}) { changes { actor } userErrors { code } } }'
    headers = shown(tokens[Role.EDITOR]) | {"X-Actor": "root"}
    answer = (await client.post("/graphql", json={"query": create}, headers=headers)).json()
    assert answer["data"]["createGoal"]["changes"][0]["actor"] == "token:EDITOR"


async def test_an_editor_takes_back_their_own_changes_only_and_an_admin_any(
    client: httpx.AsyncClient, tokens: dict[str, str | None]
) -> None:
    async def change(role: Role, document: str) -> Any:
        return (await client.post("/graphql", json={"query": document}, headers=shown(tokens[role]))).json()

    async def made(role: Role) -> str:
        done = await change(role, 'mutation { createGoal(input: {name: "Back"}) { changeSet } }')
        change_set: str = done["data"]["createGoal"]["changeSet"]
        return change_set

    async def reverted(role: Role, change_set: str) -> str:
        answer = await change(
            role, f'mutation {{ revert(input: {{changeSet: "{change_set}"}}) {{ changeSet userErrors {{ code }} }} }}'
        )
        if errors := answer.get("errors"):
            assert (errors[0]["path"], answer["data"]) == (["revert"], {"revert": None})
            code: str = errors[0]["extensions"]["code"]
            return code
        assert answer["data"]["revert"]["userErrors"] == []
        return ALLOWED

    outcomes = {
        (who, whose): await reverted(who, await made(whose))
        for who in (Role.EDITOR, Role.ADMIN)
        for whose in (Role.EDITOR, Role.ADMIN)
    }
    assert outcomes == {
        (Role.EDITOR, Role.EDITOR): ALLOWED,
        (Role.EDITOR, Role.ADMIN): "FORBIDDEN",
        (Role.ADMIN, Role.EDITOR): ALLOWED,
        (Role.ADMIN, Role.ADMIN): ALLOWED,
    }


@pytest.mark.parametrize("caller", STRANGERS)
async def test_over_websocket_strangers_do_not_get_so_far_as_an_operation(
    address: str, tokens: dict[str, str | None], caller: str
) -> None:
    async with opened(address, begun=False) as socket:
        await socket.send({"type": "connection_init", "payload": shown(tokens[caller])})
        code, reason = await socket.closed()
        assert code == 4403
        assert reason.startswith("Forbidden: ")
        assert (tokens[caller] or "gapi_") not in reason
    if tokens[caller]:
        with pytest.raises(InvalidStatus) as refused:
            async with opened(address, begun=False, additional_headers=shown(tokens[caller])):
                pass
        assert refused.value.response.status_code == 401


@pytest.mark.parametrize("way", ["in the header", "in the first message"])
@pytest.mark.parametrize("caller", list(Role))
async def test_over_websocket_a_sample_of_each_sort(
    address: str, tokens: dict[str, str | None], caller: Role, way: str
) -> None:
    header = shown(tokens[caller])
    in_header = way == "in the header"
    async with opened(address, begun=False, additional_headers=header if in_header else {}) as socket:
        await socket.send({"type": "connection_init", "payload": {} if in_header else header})
        assert await socket.receive() == {"type": "connection_ack"}
        await sample(socket, caller)


async def sample(socket: Socket, caller: Role) -> None:
    for number, (sort, under) in enumerate(roots().items()):
        for name in list(under)[:: max(1, len(under) // 3)]:
            identity = f"{number}-{name}"
            await socket.subscribe(operation(sort, name, under[name]), identity)
            if MAY[sort][caller] != ALLOWED:
                message = await socket.receive()
                assert (message["type"], message["id"]) == ("error", identity)
                assert [error["extensions"]["code"] for error in message["payload"]] == [MAY[sort][caller]]
            elif sort == "subscription":
                # It is allowed where nothing comes of it but what ends it.
                await socket.send({"type": "complete", "id": identity})
                await socket.send({"type": "ping"})
                assert await socket.receive() == {"type": "pong"}
            else:
                message = await socket.receive()
                codes = {error["extensions"]["code"] for error in message["payload"].get("errors", ())}
                assert message["type"] == "next"
                assert not codes & {"UNAUTHENTICATED", "FORBIDDEN", "INTERNAL"}
                assert await socket.receive() == {"type": "complete", "id": identity}
