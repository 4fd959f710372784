import pytest

from graph_api.change import present
from graph_api.change.apply import apply
from graph_api.change.changeset import ChangeSet, EntityChange, LinkChange, Mode, Ref
from graph_api.store.connection import Store


async def statements_of(store: Store, changes: ChangeSet) -> set[str]:
    seen: set[str] = set()
    store.on_statement = lambda cypher, _: seen.add(cypher)
    try:
        await apply(store, changes)
    finally:
        store.on_statement = None
    return seen


async def assert_no_scan(store: Store, statements: set[str]) -> None:
    for statement in statements:
        parameters: dict[str, list[str]] = {name: [] for name in ("slugs", "keys", "ids", "rows", "changes")}
        plan = await store.explain(statement, parameters)
        assert [step.name for step in plan.walk() if "Scan" in step.name] == [], statement


@pytest.mark.parametrize("name", ["first", "second"])
async def test_no_statement_of_a_write_scans_even_where_the_graph_was_empty(ready: Store, name: str) -> None:
    goal, journey, stage = Ref("Goal", "G"), Ref("Journey", "J"), Ref("Stage", f"S-{name}")
    changes = ChangeSet(
        (
            EntityChange(Mode.PUT, "Goal", "G", {"name": name}),
            EntityChange(Mode.PUT, "Goal", None, {"name": "Without a key"}),
            EntityChange(Mode.PUT, "Journey", "J", {"name": "J"}),
            EntityChange(Mode.PUT, "Stage", stage.key, {"name": "S"}),
        ),
        (
            LinkChange("SUPPORTS", journey, goal, {"rationale": name}),
            LinkChange("HAS_STAGE", journey, stage, {"position": 1}),
        ),
        "tester",
        "test",
    )
    await assert_no_scan(ready, await statements_of(ready, changes))


async def test_no_statement_of_a_review_scans(ready: Store) -> None:
    (link,) = await ready.read("MATCH (:Journey)-[r:SUPPORTS]->(:Goal) RETURN r.id")
    await assert_no_scan(ready, await statements_of(ready, ChangeSet((), (), "tester", "test", reviews=(link,))))


async def test_what_was_decided_is_read_without_a_scan(ready: Store) -> None:
    seen: set[str] = set()
    ready.on_statement = lambda cypher, _: seen.add(cypher)
    async with ready.transaction() as tx:
        assert await present.decided(tx, {Ref("Goal", "G"), Ref("Goal", "nobody's")}) == {Ref("Goal", "G"): []}
    ready.on_statement = None
    # The store is shared: the feed of a service that another test left may look for changes meanwhile.
    own = {cypher for cypher in seen if ":Change" not in cypher}
    assert len(own) == 2
    await assert_no_scan(ready, own)
