import pytest

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
    for statement in await statements_of(ready, changes):
        parameters: dict[str, list[str]] = {name: [] for name in ("slugs", "keys", "ids", "rows", "changes")}
        plan = await ready.explain(statement, parameters)
        assert [step.name for step in plan.walk() if "Scan" in step.name] == [], statement
