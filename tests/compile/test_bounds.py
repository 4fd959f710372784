"""What one request may ask for: past the bound it is refused before anything is read."""

import asyncio
from typing import Any

import pytest

from graph_api.compile.cost import Statistics, estimate
from graph_api.compile.kept import MOST as KEPT
from graph_api.compile.kept import Kept
from graph_api.compile.page import MOST, PAGE
from graph_api.schema.documents import Asked
from graph_api.schema.service import Service, build_service
from graph_api.settings import Limits
from graph_api.store.connection import Store

DEPTH, LINKS = Limits().link_depth, Limits().links


class Nobody:
    """Reads nothing: what is refused must be refused before."""

    async def read(self, cypher: str, parameters: Any = None) -> list[Any]:
        raise AssertionError(cypher, parameters)


@pytest.fixture(scope="module")
def service() -> Service:
    return build_service(Nobody())


def nested(depth: int) -> str:
    return '{ opportunity(key: "R2") {' + "partOfOpportunity {" * depth + "key" + "}" * depth + "} }"


def wide(links: int) -> str:
    return '{ opportunity(key: "R2") {' + " ".join(f"a{n}: ownedBy {{ name }}" for n in range(links)) + "} }"


@pytest.mark.parametrize("query", [nested(DEPTH + 1), nested(150), wide(LINKS + 1), wide(1_000)])
async def test_too_many_links_or_too_deep_is_refused_before_anything_is_read(service: Service, query: str) -> None:
    result = await service.ask(query)
    assert result.data is None
    assert result.errors
    (error,) = result.errors
    assert error.extensions == {"code": "TOO_COSTLY"}
    assert "Ask for less at a time." in error.message


@pytest.mark.parametrize("query", [nested(DEPTH), wide(LINKS)])
async def test_as_much_as_is_allowed_is_answered(graph: Store, query: str) -> None:
    result = await build_service(graph).ask(query)
    assert result.errors is None


async def test_fragments_that_spread_the_next_twice_thirty_times_are_planned_once_each(graph: Store) -> None:
    # Each level would double the work of a walk that remembers nothing: a thousand million fields.
    fragments = "".join(f"fragment f{n} on Opportunity {{ ...f{n + 1} ...f{n + 1} }}" for n in range(30))
    query = f'{{ opportunity(key: "none") {{ ...f0 }} }} {fragments} fragment f30 on Opportunity {{ key }}'
    result = await build_service(graph).ask(query)
    assert (result.data, result.errors) == ({"opportunity": None}, None)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (f"first: {MOST + 1}", "TOO_COSTLY", f"a page has {MOST} elements at most"),
        (f"last: {MOST + 1}", "TOO_COSTLY", f"a page has {MOST} elements at most"),
        ("first: -1", "BAD_USER_INPUT", "cannot have fewer than 0"),
        ("first: 1, last: 1", "BAD_USER_INPUT", "give one of them"),
        ('after: "nonsense"', "BAD_USER_INPUT", "after is no cursor"),
        ('after: ""', "BAD_USER_INPUT", "after is no cursor"),
        ('before: "W10"', "BAD_USER_INPUT", "before is no cursor"),
        ("filter: {name: {eq: null}}", "BAD_USER_INPUT", "filter.name.eq: nothing compares with null"),
        ("filter: {severity: {gt: 1e5000}}", "BAD_USER_INPUT", "filter.severity.gt: must be a finite number"),
        (
            'filter: {createdAt: {gt: "2026-01-01T00:00:00"}}',
            "BAD_USER_INPUT",
            "filter.createdAt.gt: must say its offset from UTC",
        ),
        (
            "filter: {createdAt: {daysFromToday: {gt: 2000000000}}}",
            "BAD_USER_INPUT",
            "filter.createdAt.daysFromToday.gt: lies too far from today",
        ),
    ],
)
async def test_arguments_of_a_list_that_make_no_sense_are_told(
    service: Service, arguments: str, code: str, words: str
) -> None:
    result = await service.ask(f"{{ insights({arguments}) {{ nodes {{ key }} }} }}")
    assert result.data is None
    assert result.errors
    (error,) = result.errors
    assert (error.extensions or {})["code"] == code
    assert words in error.message


DEEP = (
    "insights(first: 100) { nodes { opportunities(first: 100) { nodes { propositions(first: 100) { totalCount } } } } }"
)
WIDE = "goals(first: 101) { totalCount }"


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "bad: insights(first: -1) { nodes { key } }",
        "bad: insights(first: 201) { nodes { key } }",
        "bad: insights(first: 1, last: 1) { nodes { key } }",
        "bad: gaps(first: -1) { nodes { mending } }",
        "bad: gaps(first: 201) { nodes { mending } }",
        "bad: insights(first: 1) { nodes { opportunities(first: -1) { totalCount } } }",
    ],
)
@pytest.mark.parametrize(("dear", "limit"), [(DEEP, "cost"), (WIDE, "page")])
async def test_arguments_that_make_no_sense_do_not_let_pass_what_stands_beside_them(
    dear: str, limit: str, bad: str
) -> None:
    service = build_service(Nobody(), limits=Limits(**{limit: 100}))
    result = await service.ask(f"{{ {dear} {bad} }}")
    assert result.data is None
    assert [(error.path, f"LIMIT_{limit.upper()}" in error.message) for error in result.errors] == [(None, True)]


async def test_what_is_kept_of_an_estimate_is_never_taken_for_that_of_another_graph() -> None:
    service = build_service(Nobody())
    chosen = service.choose(Asked("{ goals { nodes { key } } }"))
    variables = service.compiler.variables(chosen.operation, None)
    assert not isinstance(variables, list)
    prepared = service.compiler.prepare(chosen.asked.text, chosen.document, chosen.operation, variables)
    for count in range(1, 6):
        graph = Statistics(kinds={"Goal": count})  # where the one before it lay, which is gone
        assert prepared.estimate(variables, graph) == estimate(prepared.plan, variables, graph)
        del graph


async def test_more_ids_than_a_page_holds_are_refused(service: Service) -> None:
    result = await service.ask("query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": ["x"] * (MOST + 1)})
    assert [(error.extensions or {})["code"] for error in result.errors or ()] == ["TOO_COSTLY"]


async def test_what_is_kept_of_documents_and_plans_is_bounded(graph: Store) -> None:
    service = build_service(graph)
    compiler = service.compiler
    kept: list[Kept[Any]] = [service.documents._known, compiler._plans, compiler._deciding]
    assert {type(each) for each in kept} == {Kept}
    for number in range(KEPT + 20):
        await service.ask(f'{{ a{number}: goal(key: "none") {{ key }} }}')
    assert [len(each) for each in kept] == [KEPT] * 3
    for number in range(10):
        await service.ask(f'{{ goal(key: "none") {{ key }} }} # {number} {"x" * 1_000_000}')
    assert [len(each) for each in kept] == [3] * 3


async def test_values_of_variables_do_not_make_plans_but_the_shape_of_a_filter_does(graph: Store) -> None:
    service = build_service(graph)
    query = "query Q($filter: InsightFilter, $first: Int) { insights(filter: $filter, first: $first) { totalCount } }"
    for severity in range(5):
        for first in range(1, PAGE):
            await service.ask(query, {"filter": {"severity": {"gt": severity}}, "first": first})
    assert len(service.compiler._plans) == 1
    await service.ask(query, {"filter": {"severity": {"lt": 1}}, "first": 1})
    assert len(service.compiler._plans) == 2


async def test_requests_at_the_same_time_do_not_take_each_others_documents(graph: Store) -> None:
    service = build_service(graph)
    results = await asyncio.gather(*(service.ask(f'{{ a{n}: goal(key: "none") {{ key }} }}') for n in range(50)))
    assert [result.data for result in results] == [{f"a{n}": None} for n in range(50)]


@pytest.mark.parametrize("amount", ["NaN", "sNaN", "Infinity", "1e15", "-1e15", "1e400", "1e1000000000", "9" * 4_000])
@pytest.mark.parametrize("operator", ["eq: $amount", "gte: $amount", "in: [$amount]"])
async def test_an_amount_that_cannot_be_is_the_fault_of_who_filters_by_it(
    service: Service, operator: str, amount: str
) -> None:
    query = f"query A($amount: Decimal!) {{ initiatives(filter: {{cost: {{{operator}}}}}) {{ totalCount }} }}"
    (error,) = (await service.ask(query, {"amount": amount})).errors
    assert error.extensions == {"code": "BAD_USER_INPUT"}
    assert "must be an amount between -100,000,000,000,000 and 100,000,000,000,000" in error.message
