"""Two hundred people who edit the same opportunity at the same moment."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from graph_api.schema.service import Service, build_service
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare

EDITORS = 200
ROUNDS = 2
CREATE = 'mutation { createOpportunity(input: {key: "O", name: "O"}) { opportunity { revision } } }'
UPDATE = """mutation($name: String!, $revision: Int) {
  updateOpportunity(input: {key: "O", name: $name, expectedRevision: $revision}) {
    opportunity { revision name updatedBy } changeSet userErrors { path code message }
  }
}"""


@pytest.fixture(scope="module")
async def service(graph: Store) -> Service:
    await prepare(graph)
    return build_service(graph)


async def edit(service: Service, name: str, revision: int | None) -> Any:
    result = await service.ask(UPDATE, {"name": name, "revision": revision})
    assert result.errors is None
    return result.data["updateOpportunity"]


async def test_of_two_hundred_who_edit_one_revision_one_wins_and_the_others_see_what_it_is_now(
    service: Service, graph: Store
) -> None:
    await service.ask(CREATE)
    for revision in range(1, ROUNDS + 1):
        names = [f"by {number} in round {revision}" for number in range(EDITORS)]
        answers = await asyncio.gather(*(edit(service, name, revision) for name in names))
        (won,) = (answer for answer in answers if not answer["userErrors"])
        assert won["changeSet"]
        assert won["opportunity"]["revision"] == revision + 1
        lost = [answer for answer in answers if answer is not won]
        assert len(lost) == EDITORS - 1
        for answer in lost:
            assert answer["opportunity"] == won["opportunity"]
            assert answer["changeSet"] is None
            ((path, code),) = ((error["path"], error["code"]) for error in answer["userErrors"])
            assert (list(path), code) == (["input", "expectedRevision"], "CONFLICT")
    assert await graph.read("MATCH (c:Change) RETURN collect(c.action), count(DISTINCT c.changeSet)") == [
        ["CREATE", *["UPDATE"] * ROUNDS],
        ROUNDS + 1,
    ]


async def test_two_hundred_edits_without_a_revision_are_all_done_one_after_the_other(
    service: Service, graph: Store
) -> None:
    (revision,) = await graph.read("MATCH (n:Opportunity {key: 'O'}) RETURN n.revision")
    answers = await asyncio.gather(*(edit(service, f"by {number}", None) for number in range(EDITORS)))
    assert sorted(answer["opportunity"]["revision"] for answer in answers) == list(
        range(revision + 1, revision + EDITORS + 1)
    )
    # Each is answered with what it has written itself, whoever came after.
    assert Counter(answer["opportunity"]["name"] for answer in answers) == Counter(
        f"by {number}" for number in range(EDITORS)
    )
