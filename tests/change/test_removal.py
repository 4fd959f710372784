"""What is taken away goes with its links, and comes back with them."""

from typing import Any

import pytest

from graph_api.change.apply import apply
from graph_api.change.changeset import ChangeSet, Delete, EntityChange, LinkChange, Mode, Ref, Unlink
from graph_api.change.effects import Outcome
from graph_api.change.faults import ChangeRefused
from graph_api.change.revert import revert
from graph_api.store.connection import Store


def ref(text: str) -> Ref:
    kind, _, key = text.partition("/")
    return Ref(kind, key)


def put(kind: str, key: str, **fields: Any) -> EntityChange:
    return EntityChange(Mode.PUT, kind, key, {"name": key, **fields})


def link(start: str, link_type: str, finish: str, **fields: Any) -> LinkChange:
    return LinkChange(link_type, ref(start), ref(finish), fields)


async def change(store: Store, *items: EntityChange | LinkChange | Unlink | Delete | str, **options: Any) -> Outcome:
    def of(sort: type) -> tuple[Any, ...]:
        return tuple(item for item in items if isinstance(item, sort))

    changes = ChangeSet(
        of(EntityChange), of(LinkChange), "tester", "test", unlinks=of(Unlink), deletes=of(Delete), restores=of(str)
    )
    return await apply(store, changes, **options)


async def picture(store: Store) -> tuple[list[Any], list[Any]]:
    """Return everything that is there: the properties of entities without stamps, and of links with their ends."""
    nodes, links = await store.read(
        "RETURN COLLECT { MATCH (n:Entity) "
        "RETURN n {.*, updatedAt: null, updatedBy: null, revision: null, substanceAt: null} ORDER BY n.id }, "
        "COLLECT { MATCH (a:Entity)-[r]->(b) RETURN [type(r), a.key, b.key, r {.*}] ORDER BY r.id }"
    )
    return nodes, links


@pytest.fixture
async def shop(ready: Store) -> Store:
    async with ready.transaction() as tx:
        await tx.run("MATCH (n) WHERE NOT n:TestGraph AND NOT n:Graph AND NOT n:Migration DETACH DELETE n")
    await change(
        ready,
        put("Journey", "buy"),
        put("Stage", "look"),
        put("Stage", "pay"),
        put("Stage", "wait"),
        put("Department", "sales"),
        put("KPI", "nps"),
        EntityChange(
            Mode.PUT, "Measurement", "kpi=nps&measuredOn=2026-01-01", {"measuredOn": "2026-01-01", "value": 3}
        ),
        link("Journey/buy", "HAS_STAGE", "Stage/look"),
        link("Journey/buy", "HAS_STAGE", "Stage/pay", rationale="money"),
        link("Journey/buy", "HAS_STAGE", "Stage/wait"),
        link("Journey/buy", "OWNED_BY", "Department/sales"),
        link("Journey/buy", "INVOLVES", "Department/sales", involvementRole="CONSULTED"),
        link("Journey/buy", "INVOLVES", "Department/sales", involvementRole="INFORMED"),
        link("Journey/buy", "MEASURED_BY", "KPI/nps"),
        link("KPI/nps", "HAS_MEASUREMENT", "Measurement/kpi=nps&measuredOn=2026-01-01"),
    )
    return ready


async def identity(store: Store, key: str) -> str:
    (found,) = await store.read("MATCH (n:Entity {key: $key}) RETURN n.id", {"key": key})
    return str(found)


async def positions(store: Store) -> list[tuple[str, int]]:
    rows = await store.run("MATCH (:Journey)-[r:HAS_STAGE]->(s) RETURN s.key AS key, r.position AS at ORDER BY at")
    return [(row["key"], row["at"]) for row in rows]


async def test_a_deleted_entity_goes_with_its_links_and_comes_back_with_them(shop: Store) -> None:
    before, pay = await picture(shop), await identity(shop, "pay")
    gone = await change(shop, Delete(ref("Stage/pay")))
    assert (gone.deleted, gone.unlinked) == ((ref("Stage/pay"),), 1)
    assert await positions(shop) == [("look", 1), ("wait", 2)]
    back = await change(shop, pay)
    assert (back.restored, back.links_restored) == ((ref("Stage/pay"),), 1)
    assert await picture(shop) == before


async def test_two_that_were_deleted_apart_come_back_with_the_link_between_them(shop: Store) -> None:
    before = await picture(shop)
    buy, sales = await identity(shop, "buy"), await identity(shop, "sales")
    await change(shop, Delete(ref("Department/sales")))
    await change(shop, Delete(ref("Journey/buy")))
    await change(shop, sales)
    await change(shop, buy)
    assert await picture(shop) == before


async def test_the_measurements_of_a_kpi_go_and_come_back_with_it(shop: Store) -> None:
    before, nps = await picture(shop), await identity(shop, "nps")
    gone = await change(shop, Delete(ref("KPI/nps")))
    assert set(gone.deleted) == {ref("KPI/nps"), ref("Measurement/kpi=nps&measuredOn=2026-01-01")}
    await change(shop, nps)
    assert await picture(shop) == before


async def test_one_of_two_links_between_the_same_ends_is_removed(shop: Store) -> None:
    gone = await change(shop, Unlink("INVOLVES", ref("Journey/buy"), ref("Department/sales"), "CONSULTED"))
    assert gone.unlinked == 1
    (roles,) = await shop.read("MATCH ()-[r:INVOLVES]->() RETURN collect(r.involvementRole)")
    assert roles == ["INFORMED"]


async def test_an_owner_is_replaced_in_one_set(shop: Store) -> None:
    await change(
        shop,
        put("Department", "service"),
        Unlink("OWNED_BY", ref("Journey/buy"), ref("Department/sales")),
        link("Journey/buy", "OWNED_BY", "Department/service"),
    )
    (owners,) = await shop.read("MATCH (:Journey)-[:OWNED_BY]->(d) RETURN collect(d.key)")
    assert owners == ["service"]


async def test_a_link_that_no_longer_fits_stays_away(shop: Store) -> None:
    sales = await identity(shop, "sales")
    await change(shop, Delete(ref("Department/sales")))
    await change(shop, put("Department", "service"), link("Journey/buy", "OWNED_BY", "Department/service"))
    back = await change(shop, sales)
    (reason,) = back.left_out
    assert "at most one OWNED_BY link leaves journey/buy" in reason
    assert back.links_restored == 2


async def test_what_cannot_be_taken_away_or_brought_back_is_told(shop: Store) -> None:
    with pytest.raises(ChangeRefused) as refused:
        await change(
            shop,
            Delete(ref("Stage/pai")),
            Delete(ref("Stage/wait"), expected_revision=7),
            Unlink("OWNED_BY", ref("Journey/buy"), ref("KPI/nps")),
            Unlink("MEASURED_BY", ref("Stage/look"), ref("KPI/nps")),
            "nothing",
            await identity(shop, "sales"),
        )
    told = [(fault.code, fault.path[0]) for fault in refused.value.faults]
    assert sorted(told) == [
        ("CONFLICT", "deletes"),
        ("NOT_FOUND", "deletes"),
        ("NOT_FOUND", "restores"),
        ("NOT_FOUND", "unlinks"),
        ("TAKEN", "restores"),
        ("WRONG_ENDS", "unlinks"),
    ]


async def test_a_dry_run_of_a_removal_leaves_no_trace(shop: Store) -> None:
    before = await picture(shop)
    assert (await change(shop, Delete(ref("Journey/buy")), dry_run=True)).unlinked == 7
    assert await picture(shop) == before


async def test_every_set_can_be_taken_back(shop: Store) -> None:
    steps: list[Outcome] = []
    pictures = [await picture(shop)]
    for items in (
        [
            put("Stage", "pay", description="with a card", tags=["b", "a"]),
            put("Goal", "grow", goalHorizon="2030-01-01"),
        ],
        [link("Journey/buy", "HAS_STAGE", "Stage/wait", position=1), link("Journey/buy", "SUPPORTS", "Goal/grow")],
        [Unlink("OWNED_BY", ref("Journey/buy"), ref("Department/sales"))],
        [Delete(ref("Journey/buy")), Delete(ref("KPI/nps"))],
    ):
        steps.append(await change(shop, *items))
        pictures.append(await picture(shop))
    for step in reversed(steps):
        assert await picture(shop) == pictures.pop()
        await revert(shop, step.change_set or "", actor="tester", surface="test")
    assert await picture(shop) == pictures.pop()


async def test_what_was_changed_again_is_not_taken_back(shop: Store) -> None:
    first = await change(shop, put("Stage", "pay", description="with a card"), put("Goal", "grow"))
    await change(shop, put("Stage", "pay", description="in cash"), link("Journey/buy", "SUPPORTS", "Goal/grow"))
    before = await picture(shop)
    with pytest.raises(ChangeRefused) as refused:
        await revert(shop, first.change_set or "", actor="tester", surface="test")
    assert [fault.message for fault in refused.value.faults] == [
        "stage/pay has another description since, so the change set cannot be taken back as a whole.",
        "goal/grow has got a SUPPORTS link since, so the change set cannot be taken back as a whole.",
    ]
    assert await picture(shop) == before


async def test_changes_beside_it_do_not_keep_a_set_from_being_taken_back(shop: Store) -> None:
    first = await change(shop, put("Stage", "pay", description="with a card"))
    await change(shop, put("Stage", "pay", tags=["money"]))
    await revert(shop, first.change_set or "", actor="tester", surface="test")
    description, tags = await shop.read("MATCH (n:Stage {key: 'pay'}) RETURN n.description, n.tags")
    assert (description, tags) == (None, ["money"])


async def test_there_must_be_such_a_set(shop: Store) -> None:
    with pytest.raises(ChangeRefused, match="There is no change set 'x'"):
        await revert(shop, "x", actor="tester", surface="test")


async def test_a_link_does_not_come_back_to_an_end_that_goes_in_the_same_set(shop: Store) -> None:
    (owned,) = await shop.read("MATCH ()-[r:OWNED_BY]->() RETURN r.id")
    await change(shop, Unlink("OWNED_BY", ref("Journey/buy"), ref("Department/sales")))
    before = await picture(shop)
    with pytest.raises(ChangeRefused, match="an end of this link is gone; restore that as well"):
        await change(shop, Delete(ref("Department/sales")), owned)
    assert await picture(shop) == before


async def test_two_that_had_the_same_key_cannot_both_come_back(shop: Store) -> None:
    first = await identity(shop, "sales")
    await change(shop, Delete(ref("Department/sales")))
    await change(shop, put("Department", "sales"))
    second = await identity(shop, "sales")
    await change(shop, Delete(ref("Department/sales")))
    with pytest.raises(ChangeRefused) as refused:
        await change(shop, first, second)
    assert [fault.code for fault in refused.value.faults] == ["TAKEN"]


async def test_a_link_that_is_named_twice_is_removed_once(shop: Store) -> None:
    twice = Unlink("OWNED_BY", ref("Journey/buy"), ref("Department/sales"))
    assert (await change(shop, twice, twice)).unlinked == 1


async def test_what_a_set_says_of_a_link_that_comes_back_patches_what_it_was(shop: Store) -> None:
    pay = await identity(shop, "pay")
    await change(shop, Delete(ref("Stage/pay")))
    back = await change(shop, pay, link("Journey/buy", "HAS_STAGE", "Stage/pay", basis="STATED"))
    assert (back.linked, back.links_restored) == (0, 1)
    assert await positions(shop) == [("look", 1), ("pay", 2), ("wait", 3)]
    (properties,) = await shop.read("MATCH ()-[r:HAS_STAGE]->(:Stage {key: 'pay'}) RETURN [r.rationale, r.basis]")
    assert properties == ["money", "STATED"]


async def test_a_link_that_was_removed_and_made_again_in_one_set_is_taken_back_to_what_it_was(shop: Store) -> None:
    before = await picture(shop)
    ends = ref("Journey/buy"), ref("Stage/pay")
    again = await change(shop, Unlink("HAS_STAGE", *ends), LinkChange("HAS_STAGE", *ends, {"rationale": "love"}))
    await revert(shop, again.change_set or "", actor="tester", surface="test")
    nodes, links = await picture(shop)
    assert (nodes, [fields | {"createdAt": 0} for *_, fields in links]) == (
        before[0],
        [fields | {"createdAt": 0} for *_, fields in before[1]],
    )


async def test_a_link_that_made_room_and_is_gone_by_now_does_not_keep_a_set_from_being_taken_back(shop: Store) -> None:
    first = await change(shop, put("Stage", "enter"), link("Journey/buy", "HAS_STAGE", "Stage/enter", position=1))
    await change(shop, Delete(ref("Stage/pay")))
    await revert(shop, first.change_set or "", actor="tester", surface="test")
    assert await positions(shop) == [("look", 1), ("wait", 2)]


async def test_what_somebody_has_deleted_is_not_made_anew_by_whoever_knew_its_revision(shop: Store) -> None:
    await change(shop, Delete(ref("Stage/pay")))
    with pytest.raises(ChangeRefused) as refused:
        await change(shop, EntityChange(Mode.PUT, "Stage", "pay", {"name": "Pay"}, expected_revision=1))
    assert [(fault.path, fault.code) for fault in refused.value.faults] == [
        (("entities", 0, "expectedRevision"), "CONFLICT")
    ]
