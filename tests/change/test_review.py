"""What makes links suspect, and what makes them sound again: stamped when it is written, never worked out later."""

from typing import Any

import pytest

from graph_api.change.apply import apply
from graph_api.change.changeset import ChangeSet, Delete, EntityChange, LinkChange, Mode, Ref, Unlink
from graph_api.change.effects import Outcome
from graph_api.change.faults import ChangeRefused
from graph_api.change.revert import revert
from graph_api.store.connection import Store

PAIN, CHANCE = Ref("Insight", "pain"), Ref("Opportunity", "chance")


def put(ref: Ref, **fields: Any) -> EntityChange:
    return EntityChange(Mode.PUT, ref.kind, ref.key, fields)


async def change(
    store: Store, *items: EntityChange | LinkChange | Unlink | Delete, reviews: tuple[str, ...] = (), **more: Any
) -> Outcome:
    def of(sort: type) -> tuple[Any, ...]:
        return tuple(item for item in items if isinstance(item, sort))

    parts = ChangeSet(
        of(EntityChange),
        of(LinkChange),
        more.pop("actor", "tester"),
        "test",
        unlinks=of(Unlink),
        deletes=of(Delete),
        restores=more.pop("restores", ()),
        reviews=reviews,
    )
    return await apply(store, parts, **more)


def moment(outcome: Outcome) -> str:
    assert outcome.entry
    return outcome.entry.at.isoformat(timespec="microseconds")


async def substance_at(store: Store, ref: Ref) -> str | None:
    (found,) = await store.read(f"MATCH (n:{ref.kind} {{key: $key}}) RETURN n.substanceAt", {"key": ref.key})
    return found and str(found.to_native().isoformat(timespec="microseconds"))


async def raises(store: Store) -> dict[str, Any]:
    (link,) = await store.read("MATCH (:Insight {key: 'pain'})-[r:RAISES]->() RETURN r {.*}")
    return {
        name: value.to_native().isoformat(timespec="microseconds") if name.endswith("At") else value
        for name, value in link.items()
    }


async def suspect(store: Store) -> bool:
    (answer,) = await store.read(
        "MATCH (a)-[r:RAISES]->(b) "
        "RETURN any(end IN [a, b] WHERE end.substanceAt > coalesce(r.reviewedAt, r.createdAt))"
    )
    return bool(answer)


@pytest.fixture
async def thread(ready: Store) -> Store:
    async with ready.transaction() as tx:
        await tx.run("MATCH (n) WHERE NOT n:TestGraph AND NOT n:Graph AND NOT n:Migration DETACH DELETE n")
    await change(
        ready,
        put(PAIN, name="Nobody calls back", severity=5, tags=["a"]),
        put(CHANCE, name="Say a time and keep it"),
        LinkChange("RAISES", PAIN, CHANCE, {"rationale": "asked for"}),
    )
    return ready


async def test_only_a_change_of_substance_is_stamped(thread: Store) -> None:
    assert await substance_at(thread, PAIN) is None
    await change(thread, put(PAIN, severity=5, name="Nobody calls back"))
    await change(thread, put(PAIN, tags=["b"], description="Said by many."))
    assert await substance_at(thread, PAIN) is None
    changed = await change(thread, put(PAIN, severity=7, tags=["c"]))
    assert await substance_at(thread, PAIN) == moment(changed)
    await change(thread, put(PAIN, severity=7))
    await change(thread, put(PAIN, tags=["d"]))
    assert await substance_at(thread, PAIN) == moment(changed)
    assert await substance_at(thread, CHANCE) is None
    unknown = await change(thread, put(PAIN, severity=None))
    assert await substance_at(thread, PAIN) == moment(unknown)


async def test_taking_a_change_back_changes_the_substance_again(thread: Store) -> None:
    changed = await change(thread, put(PAIN, severity=7))
    back = await revert(thread, str(changed.change_set), actor="tester", surface="test")
    assert await substance_at(thread, PAIN) == moment(back)


async def test_what_was_deleted_comes_back_with_the_stamp_it_had(thread: Store) -> None:
    changed = await change(thread, put(PAIN, severity=7))
    gone = await change(thread, Delete(PAIN), Delete(CHANCE))
    await revert(thread, str(gone.change_set), actor="tester", surface="test")
    assert await substance_at(thread, PAIN) == moment(changed)
    assert await substance_at(thread, CHANCE) is None


async def test_a_link_is_suspect_from_the_change_of_an_end_to_its_review(thread: Store) -> None:
    assert not await suspect(thread)
    await change(thread, put(CHANCE, urgency=3))
    assert await suspect(thread)
    link = await raises(thread)
    reviewed = await change(thread, reviews=(link["id"],), actor="anna")
    assert await raises(thread) == link | {"reviewedAt": moment(reviewed), "reviewedBy": "anna"}
    assert not await suspect(thread)


async def test_a_link_that_is_made_with_the_change_is_not_suspect(thread: Store) -> None:
    await change(thread, Unlink("RAISES", PAIN, CHANCE))
    await change(thread, put(PAIN, severity=7), LinkChange("RAISES", PAIN, CHANCE))
    assert not await suspect(thread)


async def test_a_review_stands_in_the_history_and_can_be_taken_back(thread: Store) -> None:
    link = await raises(thread)
    first = await change(thread, reviews=(link["id"],))
    second = await change(thread, reviews=(link["id"],), actor="ben")
    history = await thread.read(
        "MATCH (c:Change {entity: $id}) WITH c ORDER BY c.seq "
        "RETURN collect([c.action, c.actor, c.type, c.before <> c.after])",
        {"id": link["id"]},
    )
    assert history[0][1:] == [["UPDATE", "tester", "RAISES", True], ["UPDATE", "ben", "RAISES", True]]
    await revert(thread, str(second.change_set), actor="tester", surface="test")
    assert await raises(thread) == link | {"reviewedAt": moment(first), "reviewedBy": "tester"}
    with pytest.raises(ChangeRefused):
        await revert(thread, str(second.change_set), actor="tester", surface="test")


async def test_the_first_review_taken_back_leaves_the_link_as_it_was(thread: Store) -> None:
    link = await raises(thread)
    first = await change(thread, reviews=(link["id"],))
    await revert(thread, str(first.change_set), actor="tester", surface="test")
    assert await raises(thread) == link


async def test_a_link_is_patched_and_reviewed_at_once_as_one_change(thread: Store) -> None:
    link = await raises(thread)
    patch = LinkChange("RAISES", PAIN, CHANCE, {"confidence": 0.5})
    done = await change(thread, patch, reviews=(link["id"], link["id"]))
    assert done.relinked == 1
    assert await raises(thread) == link | {
        "confidence": 0.5,
        "reviewedAt": moment(done),
        "reviewedBy": "tester",
    }
    (changes,) = await thread.read(
        "MATCH (c:Change {changeSet: $set}) RETURN collect([c.seq, c.before CONTAINS 'confidence'])",
        {"set": done.change_set},
    )
    assert [before for _, before in changes] == [False]


async def test_a_link_that_moves_up_is_reviewed_with_it(thread: Store) -> None:
    journey, stages = Ref("Journey", "buy"), [Ref("Stage", key) for key in ("look", "pay")]
    await change(
        thread,
        put(journey, name="Buy"),
        *(put(stage, name=stage.key) for stage in stages),
        *(LinkChange("HAS_STAGE", journey, stage) for stage in stages),
    )
    (pay,) = await thread.read("MATCH ()-[r:HAS_STAGE]->({key: 'pay'}) RETURN r.id")
    await change(thread, Delete(stages[0]), reviews=(pay,))
    found = await thread.read("MATCH ()-[r:HAS_STAGE]->() RETURN r.id, r.position, r.reviewedBy")
    assert found == [pay, 1, "tester"]


async def test_what_is_no_link_cannot_be_reviewed_and_nothing_is(thread: Store) -> None:
    link = await raises(thread)
    (pain,) = await thread.read("MATCH (n:Insight) RETURN n.id")
    with pytest.raises(ChangeRefused) as refused:
        await change(thread, reviews=(link["id"], pain, "nobody", pain))
    assert [(fault.path, fault.code) for fault in refused.value.faults] == [
        (("reviews", 1), "NOT_FOUND"),
        (("reviews", 2), "NOT_FOUND"),
    ]
    assert await raises(thread) == link


async def test_links_are_found_whatever_became_of_them_before(thread: Store) -> None:
    link = await raises(thread)
    (pain,) = await thread.read("MATCH (n:Insight) RETURN n.id")
    await change(thread, Delete(PAIN))
    with pytest.raises(ChangeRefused):
        await change(thread, reviews=(link["id"],))
    await change(thread, restores=(pain,))
    await change(thread, reviews=(link["id"],))
    await change(thread, Unlink("RAISES", PAIN, CHANCE))
    await change(thread, restores=(link["id"],))
    assert "reviewedAt" in await raises(thread)
    await change(thread, Unlink("RAISES", PAIN, CHANCE))
    await change(thread, LinkChange("RAISES", PAIN, CHANCE))
    assert "reviewedAt" not in await raises(thread)
    await change(thread, reviews=(link["id"],))
    with pytest.raises(ChangeRefused):
        await change(thread, Unlink("RAISES", PAIN, CHANCE), reviews=(link["id"],))


async def test_a_dry_run_of_a_review_keeps_nothing(thread: Store) -> None:
    link = await raises(thread)
    tried = await change(thread, reviews=(link["id"],), dry_run=True)
    assert (tried.relinked, tried.change_set) == (1, None)
    assert await raises(thread) == link
