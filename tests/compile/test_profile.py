"""What a page or a question costs, in Neo4j's own count: as much with 100,000 insights as with 2,000, early or late.

The insights are written by the statement with which `change` creates entities, under the same constraints, with the
properties that it would give them; but without their history, which no list reads and which would take two minutes.
"""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from neo4j import READ_ACCESS, AsyncDriver, AsyncGraphDatabase

from graph_api.change.apply import apply
from graph_api.change.changeset import ChangeSet, EntityChange, LinkChange, Mode, Ref
from graph_api.change.write import BATCH, create_entities
from graph_api.compile.page import MOST
from graph_api.schema.service import Service, build_service
from graph_api.store.connection import Store
from graph_api.store.constraints import declared, reconcile
from graph_api.store.migrations import prepare
from tests.recording import Recording

SMALL, LARGE = 2_000, 100_000
MATCHING = 600
PAGE, PAGES = 10, 50
ORDERS = (
    "",
    "orderBy: {by: KEY, direction: DESC}",
    "orderBy: {by: NAME}",
    "orderBy: {by: SEVERITY}",
    "orderBy: {by: SEVERITY, direction: DESC}",
)
FILTERS = ("", "filter: {insightStatus: {eq: REFUTED}}")
STATEMENTS = 2
"""At most, for a question with arithmetic: its facts, and what of the answer is filled in."""
OTHERS = ("ASSUMED", "OBSERVED", "VALIDATED")
QUERY = "query Q($first: Int, $after: String) { insights(first: $first, after: $after %s) { nodes { key name } } }"
CURSORS = QUERY.replace("nodes { key name }", "edges { cursor }")

EVERY_QUESTION = (
    '{ coverage(scope: {journeys: ["thread"]}) { score gaps pains { total } personas { score } } }',
    '{ gaps(scope: {personas: ["thread"], departments: ["thread"]}) { totalCount } }',
    '{ impact(of: {kind: DEPARTMENT, key: "thread"}) { opened { rule } } }',
    '{ needsReview(scope: {opportunities: ["thread"]}) { totalCount } }',
    "{ needsReview { totalCount } }",
    '{ opportunity(key: "thread") { gaps { totalCount } } }',
    '{ promiseStates(scope: {departments: ["thread"]}) { totalCount } }',
    '{ importanceSatisfaction(scope: {journeys: ["thread"]}) { total } }',
    '{ momentsOfTruth(scope: {journeys: ["thread"]}) { totalCount } }',
    '{ needScores(scope: {journeys: ["thread"]}) { bySegment(first: 1) { totalCount } } }',
    '{ evidenceHealth(scope: {journeys: ["thread"]}) { withEvidence } }',
    '{ search(text: "thread", scope: {journeys: ["thread"]}) { totalCount } }',
    '{ collaboration(scope: {journeys: ["thread"]}) { totalCount } }',
    '{ accountability(of: {kind: DEPARTMENT, key: "thread"}) { promisesToKeepCount parts { totalCount } } }',
    '{ handoffs(journey: "thread") { totalCount } }',
    '{ unowned(scope: {journeys: ["thread"]}) { totalCount } }',
    '{ journeyMap(key: "thread") { insightsLeftOut stages { steps { number } } } }',
    '{ compareJourneys(asIs: "thread", toBe: "thread") { linked } }',
    '{ journeyComplexity(scope: {journeys: ["thread"]}) { totalCount } }',
    '{ kpiStates(scope: {journeys: ["thread"]}) { nodes { value trend { slope } } } }',
    '{ kpiDrivers(scope: {propositions: ["thread"]}) { totalCount } }',
    '{ businessValue(of: {kind: PROPOSITION, key: "thread"}) { more } }',
    '{ goalStates(scope: {journeys: ["thread"]}) { nodes { progress } } }',
    '{ initiativeEffects(scope: {initiatives: ["thread"]}) { nodes { verdict } } }',
    '{ forecastRealism(scope: {initiatives: ["thread"]}) { nodes { known } } }',
    '{ initiative(key: "thread") { effects { nodes { verdict } } } }',
    '{ department(key: "thread") { forecastRealism { known } } }',
    '{ portfolio(of: PROPOSITION, scope: {propositions: ["thread"]}) { nodes { pains { total } cost { cost } } } }',
    '{ fronts(of: PROPOSITION, scope: {propositions: ["thread"]}) { fronts { totalCount } } }',
    '{ overlap(of: OPPORTUNITY, scope: {propositions: ["thread"]}) { totalCount } }',
    '{ plan(scope: {propositions: ["thread"]}) { objective } }',
    '{ funnel(scope: {propositions: ["thread"]}) { stages { pains } } }',
    '{ decisionOutcomes(scope: {propositions: ["thread"]}) { totalCount } }',
)
"""Questions about one thread, which lies among the insights."""
QUESTIONS = EVERY_QUESTION if os.environ.get("COSTS") == "all" else EVERY_QUESTION[::5]
"""Each takes seconds, most of them to plan: `make costs` asks all of them."""

Case = tuple[str, str, int]
"""The filter, the order and the number of the page."""
Hits = tuple[dict[Case, list[int]], dict[str, tuple[int, ...]]]
CASES: tuple[Case, ...] = tuple((f, order, page) for f in FILTERS for order in ORDERS for page in (1, PAGES))


@pytest.fixture(scope="module")
async def driver(store: Store) -> AsyncIterator[AsyncDriver]:
    endpoint = store.endpoint
    auth = (endpoint.user, endpoint.password.get_secret_value())
    async with AsyncGraphDatabase.driver(endpoint.uri, auth=auth) as driver:
        yield driver


@pytest.fixture(scope="module")
def recording(graph: Store) -> Recording:
    return Recording(graph)


@pytest.fixture(scope="module")
def service(recording: Recording) -> Service:
    return build_service(recording)


@pytest.fixture(scope="module")
async def hits(recording: Recording, service: Service, driver: AsyncDriver) -> AsyncIterator[Hits]:
    """Yield the hits of each case and of each question, in the small graph and in the large one."""
    graph = recording.store
    await prepare(graph)
    found: dict[Case, list[int]] = {case: [] for case in CASES}
    asked: dict[str, tuple[int, ...]] = dict.fromkeys(QUESTIONS, ())
    await _write_thread(graph)
    for begin, end in ((0, SMALL), (SMALL, LARGE)):
        async with _unindexed(graph):
            await _write(graph, begin, end)
        async with driver.session(database=graph.endpoint.database) as session:
            # Plans are made for the graph as it now is; its statistics are brought up to date first.
            await (await session.run("CALL db.prepareForReplanning()")).consume()
        for case, counts in found.items():
            counts.append(await _hits(recording, service, driver, case))
        for question in QUESTIONS:
            asked[question] += (await _asked(recording, service, driver, question),)
    yield found, asked
    async with _unindexed(graph), driver.session(database=graph.endpoint.database) as session:
        emptying = "MATCH (n:Insight) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 20000 ROWS"
        await (await session.run(emptying)).consume()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0] or 'all'} {case[1] or 'by key'} page {case[2]}")
async def test_a_page_costs_as_much_in_a_large_graph_as_in_a_small_one(hits: Hits, case: Case) -> None:
    small, large = hits[0][case]
    assert large == pytest.approx(small, rel=0.05)


@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_scoped_question_costs_as_much_in_a_large_graph_as_in_a_small_one(hits: Hits, question: str) -> None:
    small, large = hits[1][question]
    assert large == pytest.approx(small, rel=0.05)


@asynccontextmanager
async def _unindexed(store: Store) -> AsyncIterator[None]:
    """Take the constraints and indexes of insights away and make them anew: so much is quicker written without them."""
    await reconcile(store, [rule for rule in declared() if rule.type not in {"Insight", "Entity"}])
    yield
    await reconcile(store)


async def _write(store: Store, begin: int, end: int) -> None:
    for start in range(begin, end, BATCH):
        rows = [{"properties": _insight(number)} for number in range(start, min(start + BATCH, end))]
        async with store.transaction() as tx:
            await tx.run(create_entities("Insight"), {"rows": rows})


def _insight(number: int) -> dict[str, Any]:
    # Keys, names and severities are strewn, so that those written later lie between those written first.
    strewn = number * 7_919 % 1_000_003
    now = datetime.now(UTC)
    return {
        "id": f"{strewn:032x}",
        "key": f"I{strewn:06}",
        "name": f"Finding {strewn % 997}",
        "severity": None if strewn % 4 == 0 else strewn % 21 / 2,
        "insightStatus": "REFUTED" if number < MATCHING else OTHERS[strewn % 3],
        "revision": 1,
        "createdAt": now,
        "createdBy": "test",
        "updatedAt": now,
        "updatedBy": "test",
    }


async def _write_thread(store: Store) -> None:
    kinds = (
        *("Persona", "Need", "Journey", "Stage", "Step", "Touchpoint", "Opportunity", "Proposition", "Promise"),
        *("Initiative", "Department", "KPI", "Goal"),
    )
    insight = EntityChange(Mode.CREATE, "Insight", "thread", {"name": "thread", "type": "PAIN", "severity": 5})
    entities = (insight, *(EntityChange(Mode.CREATE, kind, "thread", {"name": "thread"}) for kind in kinds))
    links = tuple(
        LinkChange(name, Ref(start, "thread"), Ref(finish, "thread"))
        for name, start, finish in (
            ("TAKES", "Persona", "Journey"),
            ("HAS_NEED", "Persona", "Need"),
            ("HAS_STAGE", "Journey", "Stage"),
            ("HAS_STEP", "Stage", "Step"),
            ("HAS_TOUCHPOINT", "Step", "Touchpoint"),
            ("REVEALS", "Touchpoint", "Insight"),
            ("RAISES", "Insight", "Opportunity"),
            ("ADDRESSED_BY", "Opportunity", "Proposition"),
            ("DELIVERED_BY", "Proposition", "Initiative"),
            ("MOVES", "Proposition", "KPI"),
            ("MAKES", "Proposition", "Promise"),
            ("KEPT_AT", "Promise", "Touchpoint"),
            ("OWNED_BY", "Initiative", "Department"),
            ("RUN_BY", "Touchpoint", "Department"),
            ("AIMS_AT", "Opportunity", "KPI"),
            ("SUPPORTS", "Opportunity", "Goal"),
        )
    )
    await apply(store, ChangeSet(entities, links, "test", "test"))
    renamed = EntityChange(Mode.UPDATE, "Opportunity", "thread", {"name": "Thread"})
    await apply(store, ChangeSet((renamed,), (), "test", "test"))


async def _asked(recording: Recording, service: Service, driver: AsyncDriver, question: str) -> int:
    recording.sent.clear()
    result = await service.ask(question)
    assert result.errors is None
    assert 1 <= len(recording.sent) <= STATEMENTS
    return sum([await _profiled(recording, driver, *sent) for sent in recording.sent])


async def _hits(recording: Recording, service: Service, driver: AsyncDriver, case: Case) -> int:
    filtered, order, page = case
    after = await _cursor(service, f"{filtered} {order}", PAGE * (page - 1))
    recording.sent.clear()
    result = await service.ask(QUERY % f"{filtered} {order}", {"first": PAGE, "after": after})
    assert result.errors is None
    assert len(result.data["insights"]["nodes"]) == PAGE
    ((text, parameters),) = recording.sent
    return await _profiled(recording, driver, text, parameters)


async def _profiled(recording: Recording, driver: AsyncDriver, text: str, parameters: Any) -> int:
    database = recording.store.endpoint.database
    async with driver.session(database=database, default_access_mode=READ_ACCESS) as session:
        summary = await (await session.run(f"PROFILE {text}", parameters)).consume()
    assert summary.profile
    return sum(_counted(summary.profile))


async def _cursor(service: Service, arguments: str, place: int) -> str | None:
    """Walk to a place of the list, in steps as large as a page may be; return the cursor there."""
    after: str | None = None
    while place > 0:
        result = await service.ask(CURSORS % arguments, {"first": min(place, MOST), "after": after})
        edges = result.data["insights"]["edges"]
        place, after = place - len(edges), edges[-1]["cursor"]
    return after


def _counted(operator: dict[str, Any]) -> Iterator[int]:
    yield operator["args"].get("DbHits", 0)
    for child in operator.get("children", ()):
        yield from _counted(child)
