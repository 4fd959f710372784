import asyncio
from time import perf_counter

import pytest

from graph_api.change.apply import ChangeRefused, GraphBusyError, NotPreparedError, apply
from graph_api.change.changeset import ChangeSet, EntityChange, LinkChange, Mode, Ref
from graph_api.change.effects import Outcome
from graph_api.store.connection import Store
from graph_api.store.statements import load


def put(kind: str, key: str) -> EntityChange:
    return EntityChange(Mode.PUT, kind, key, {"name": key})


def changes(*entities: EntityChange, links: tuple[LinkChange, ...] = ()) -> ChangeSet:
    return ChangeSet(entities, links, "tester", "test")


async def test_of_two_who_name_an_owner_at_once_one_is_refused(ready: Store) -> None:
    await apply(ready, changes(put("Goal", "G"), *(put("Department", f"D{number}") for number in range(8))))
    owned = [
        changes(links=(LinkChange("OWNED_BY", Ref("Goal", "G"), Ref("Department", f"D{number}")),))
        for number in range(8)
    ]
    results = await asyncio.gather(*(apply(ready, change) for change in owned), return_exceptions=True)
    assert sum(isinstance(result, Outcome) for result in results) == 1
    assert sum(isinstance(result, ChangeRefused) for result in results) == 7
    assert await ready.read("MATCH (:Goal {key: 'G'})-[r:OWNED_BY]->() RETURN count(r)") == [1]


async def test_many_who_append_at_once_leave_no_hole_in_positions_and_history(ready: Store) -> None:
    await apply(ready, changes(put("Journey", "J")))
    (start,) = await ready.read("MATCH (g:Graph) RETURN g.revision")
    appended = [
        changes(
            put("Stage", f"S{number}"),
            links=(
                LinkChange("HAS_STAGE", Ref("Journey", "J"), Ref("Stage", f"S{number}"), {"position": number % 3 + 1}),
            ),
        )
        for number in range(24)
    ]
    outcomes = await asyncio.gather(*(apply(ready, change) for change in appended))
    assert sorted(outcome.revision or 0 for outcome in outcomes) == list(range(start + 1, start + 25))
    (positions,) = await ready.read(
        "MATCH (:Journey {key: 'J'})-[r:HAS_STAGE]->() WITH r ORDER BY r.position RETURN collect(r.position)"
    )
    assert positions == list(range(1, 25))
    seqs, last = await ready.read(
        "MATCH (c:Change) WITH c ORDER BY c.seq WITH collect(c.seq) AS seqs MATCH (g:Graph) RETURN seqs, g.seq"
    )
    assert seqs == list(range(1, last + 1))


async def test_the_wait_for_another_writer_has_an_end_and_leaves_the_connection_usable(ready: Store) -> None:
    async with ready.transaction() as tx:
        await tx.run(load("change/lock").text)
        began = perf_counter()
        with pytest.raises(GraphBusyError, match=r"Others have been writing for more than 0\.3 seconds"):
            await apply(ready, changes(put("Goal", "late")), lock_wait=0.3)
        assert perf_counter() - began < 3
        await tx.rollback()
    assert (await apply(ready, changes(put("Goal", "late")))).created == (Ref("Goal", "late"),)


async def test_a_database_that_was_not_set_up_is_named_so(ready: Store) -> None:
    async with ready.transaction() as tx:
        await tx.run("MATCH (g:Graph) DELETE g")
    with pytest.raises(NotPreparedError):
        await apply(ready, changes(put("Goal", "nowhere")))
