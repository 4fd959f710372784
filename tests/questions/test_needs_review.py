"""Suspect links: those of which an end's substance has changed since somebody looked at them."""

from typing import Any

from graph_api.change.changeset import EntityChange, LinkChange, Ref
from tests.questions.asking import Asking, create, update

QUERY = """query($scope: Scope, $first: Int, $after: String) {
  needsReview(scope: $scope, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes { id type start { key } finish { key } changed { key } since reviewedAt }
  }
}"""


async def suspects(asking: Asking, **variables: Any) -> list[tuple[str, str, str, list[str]]]:
    result = await asking.service.ask(QUERY, {"first": 200, **variables})
    assert result.errors is None
    return [
        (node["type"], node["start"]["key"], node["finish"]["key"], sorted(one["key"] for one in node["changed"]))
        for node in result.data["needsReview"]["nodes"]
    ]


def renamed(kind: str, key: str) -> EntityChange:
    return update(kind, key, name=f"{key}, seen anew")


async def test_nothing_is_suspect_at_first(asking: Asking) -> None:
    assert await suspects(asking) == []


async def test_links_of_what_changed_in_substance_are_suspect_until_they_are_reviewed(asking: Asking) -> None:
    await asking.change(
        update("Insight", "F1b", description="More about it.", tags=["veteran-transition", "looked at"])
    )
    assert await suspects(asking) == []
    await asking.change(renamed("Insight", "F1b"))
    found = await suspects(asking)
    assert found == [
        ("BACKS", "E-F1b", "F1b", ["F1b"]),
        ("RAISES", "F1b", "R1", ["F1b"]),
        ("REVEALS", "explore-results", "F1b", ["F1b"]),
        ("VOICES", "veteran", "F1b", ["F1b"]),
    ]
    ids = [node["id"] for node in (await asking.service.ask(QUERY)).data["needsReview"]["nodes"]]
    review = "mutation($ids: [ID!]!) { reviewLinks(input: {links: $ids}) { reviewed userErrors { message } } }"
    done = (await asking.service.ask(review, {"ids": ids[:3]})).data["reviewLinks"]
    assert done == {"reviewed": 3, "userErrors": []}
    assert await suspects(asking) == found[3:]
    # What changes again is suspect again; a link made after the change is not.
    await asking.change(renamed("Opportunity", "R1"), create("Goal", "after"))
    await asking.change(links=(LinkChange("SUPPORTS", Ref("Opportunity", "R1"), Ref("Goal", "after")),))
    types = {(kind, start, finish) for kind, start, finish, _ in await suspects(asking)}
    assert ("RAISES", "F1b", "R1") in types
    assert not any(kind == "SUPPORTS" for kind, *_ in types)


async def test_one_step_only(asking: Asking) -> None:
    before = await suspects(asking)
    await asking.change(renamed("Initiative", "A7"))
    new = [link for link in await suspects(asking) if link not in before]
    assert new
    assert all(changed == ["A7"] and "A7" in {start, finish} for _, start, finish, changed in new)


async def test_in_a_scope_both_ends_are_in_it(asking: Asking) -> None:
    await asking.change(renamed("Insight", "P07"))
    whole = await suspects(asking)
    scoped = await suspects(asking, scope={"journeys": ["breakdown"]})
    assert scoped
    assert all(link in whole for link in scoped)
    assert not any("F1b" in link[1:3] for link in scoped)


async def test_pages_of_it_are_the_whole_list(asking: Asking) -> None:
    whole = await suspects(asking)
    paged: list[Any] = []
    after = None
    while True:
        answer = (await asking.service.ask(QUERY, {"first": 2, "after": after})).data["needsReview"]
        paged += [(node["type"], node["start"]["key"], node["finish"]["key"]) for node in answer["nodes"]]
        assert answer["totalCount"] == len(whole)
        if not answer["pageInfo"]["hasNextPage"]:
            break
        after = answer["pageInfo"]["endCursor"]
    assert paged == [link[:3] for link in whole]
