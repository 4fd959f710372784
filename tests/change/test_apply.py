import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import pytest

from graph_api.change.apply import ChangeRefused, apply
from graph_api.change.changeset import ChangeSet, EntityChange, LinkChange, Mode, Ref
from graph_api.change.effects import Outcome
from graph_api.store.connection import Store


def change_set(*changes: EntityChange | LinkChange) -> ChangeSet:
    entities = tuple(change for change in changes if isinstance(change, EntityChange))
    links = tuple(change for change in changes if isinstance(change, LinkChange))
    return ChangeSet(entities, links, "tester", "test")


def put(kind: str, key: str | None, name: str | None = None, **fields: object) -> EntityChange:
    return EntityChange(Mode.PUT, kind, key, fields if name is None else {"name": name, **fields})


def link(start: str, link_type: str, finish: str, **fields: object) -> LinkChange:
    return LinkChange(link_type, ref(start), ref(finish), fields)


def ref(text: str) -> Ref:
    kind, _, key = text.partition("/")
    return Ref(kind, key)


async def refusal(store: Store, *changes: EntityChange | LinkChange) -> list[tuple[str, str, str]]:
    before = await fingerprint(store)
    with pytest.raises(ChangeRefused) as caught:
        await apply(store, change_set(*changes))
    assert await fingerprint(store) == before
    return [("/".join(map(str, fault.path)), fault.code, fault.message) for fault in caught.value.faults]


async def fingerprint(store: Store) -> list[Any]:
    return await store.read(
        "MATCH (g:Graph) RETURN g.revision AS revision, g.seq AS seq, count { () } AS nodes, count { ()-->() } AS links"
    )


async def node(store: Store, entity: str) -> dict[str, Any]:
    (found,) = await store.run(
        "MATCH (n:Entity {key: $key}) WHERE $kind IN labels(n) RETURN properties(n) AS properties",
        {"kind": ref(entity).kind, "key": ref(entity).key},
    )
    return dict(found["properties"])


async def order(store: Store, start: str, link_type: str) -> list[tuple[int | None, str]]:
    rows = await store.run(
        "MATCH (a:Entity {key: $key})-[r]->(b) WHERE type(r) = $type AND $kind IN labels(a) "
        "RETURN r.position AS position, b.key AS key ORDER BY position, key",
        {"kind": ref(start).kind, "key": ref(start).key, "type": link_type},
    )
    return [(row["position"], row["key"]) for row in rows]


def summary(outcome: Outcome) -> tuple[Iterable[str], Iterable[str], int, int, int, int]:
    return (
        [str(ref) for ref in outcome.created],
        [str(ref) for ref in outcome.updated],
        outcome.unchanged,
        outcome.linked,
        outcome.relinked,
        outcome.links_unchanged,
    )


async def test_a_set_creates_entities_and_links_with_their_stamps(ready: Store) -> None:
    revision, seq, *_ = await fingerprint(ready)
    outcome = await apply(
        ready,
        change_set(
            put("Opportunity", "R2", "Say what happens next", urgency=7, tags=["a"]),
            put("Proposition", "P1", "One portal", cost="99.90", currency="EUR"),
            link("Opportunity/R2", "ADDRESSED_BY", "Proposition/P1", fit=0.8, rationale="asked for"),
        ),
    )
    assert summary(outcome) == (["opportunity/R2", "proposition/P1"], [], 0, 1, 0, 0)
    assert (outcome.revision, outcome.keys) == (revision + 1, {0: "R2", 1: "P1"})
    properties = await node(ready, "Proposition/P1")
    identity, created, updated = (properties.pop(name) for name in ("id", "createdAt", "updatedAt"))
    assert len(identity) == 32
    assert created == updated
    assert (datetime.now(UTC) - created.to_native()).total_seconds() < 60
    assert properties == {
        "key": "P1",
        "name": "One portal",
        "cost": 999000,
        "currency": "EUR",
        "createdBy": "tester",
        "updatedBy": "tester",
        "revision": 1,
    }
    (relation,) = await ready.run(
        "MATCH (:Opportunity {key: 'R2'})-[r:ADDRESSED_BY]->(:Proposition {key: 'P1'}) RETURN r.fit AS fit, "
        "r.rationale AS rationale, r.createdBy AS by, r.id AS id, r.createdAt IS NOT NULL AS dated"
    )
    assert relation | {"id": len(relation["id"])} == {
        "fit": 0.8,
        "rationale": "asked for",
        "by": "tester",
        "id": 32,
        "dated": True,
    }
    assert await ready.read("MATCH (g:Graph) RETURN g.revision, g.seq") == [revision + 1, seq + 3]


async def test_the_same_set_again_changes_nothing_and_leaves_no_trace(ready: Store) -> None:
    every_type = change_set(
        put(
            "Initiative",
            "I1",
            "Build it",
            due="2027-03-31",
            cost="1",
            effort=3,
            externalLinks=[{"url": "https://example.org", "label": "Plan"}],
            tags=[],
            initiativeStatus="RUNNING",
            description=None,
        ),
        put("Measurement", "kpi/k|2026-01-01", measuredOn="2026-01-01", counts=[{"answer": 9, "count": 3}], value=9),
        put("Stakeholder", "S1", "Head of service", lead=False),
        put("Journey", None, "Onboarding", purposes=["INSIGHT", "ENGAGING"], journeyLevel=0),
        put("Journey", None, "Onboarding"),
        link("Journey/onboarding", "INVOLVES", "Stakeholder/S1", involvementRole="CONSULTED", effort=1.5),
        link("Journey/onboarding", "INVOLVES", "Stakeholder/S1", involvementRole="INFORMED"),
        link("Initiative/I1", "OWNED_BY", "Stakeholder/S1"),
    )
    first = await apply(ready, every_type)
    assert (len(first.created), first.linked) == (5, 3)
    before = await fingerprint(ready)
    again = await apply(ready, every_type)
    assert summary(again) == ([], [], 5, 0, 0, 3)
    assert again.revision is None
    assert again.keys == first.keys
    assert await fingerprint(ready) == before


async def test_a_patch_changes_the_fields_it_gives_and_counts_once(ready: Store) -> None:
    await apply(ready, change_set(put("Goal", "G1", "Be loved", tags=["a", "b"], description="old", goalLevel="GOAL")))
    outcome = await apply(
        ready,
        change_set(
            EntityChange(Mode.UPDATE, "Goal", "G1", {"description": None, "tags": []}),
            EntityChange(Mode.UPDATE, "Goal", "G1", {"goalHorizon": "2030-01-01"}),
        ),
    )
    assert summary(outcome) == ([], ["goal/G1"], 0, 0, 0, 0)
    properties = await node(ready, "Goal/G1")
    assert properties["revision"] == 2
    assert "description" not in properties
    assert "tags" not in properties
    assert (properties["goalLevel"], str(properties["goalHorizon"])) == ("GOAL", "2030-01-01")


async def test_a_dry_run_says_what_would_be_and_writes_nothing(ready: Store) -> None:
    before = await fingerprint(ready)
    outcome = await apply(ready, change_set(put("Goal", "G9", "Dry"), put("Goal", None, "Dry")), dry_run=True)
    assert summary(outcome) == (["goal/G9", "goal/dry"], [], 0, 0, 0, 0)
    assert (outcome.revision, outcome.keys) == (None, {0: "G9", 1: "dry"})
    assert await fingerprint(ready) == before


async def test_one_fault_in_a_hundred_and_nothing_is_written_and_all_faults_are_told(ready: Store) -> None:
    await apply(ready, change_set(put("Persona", "anna", "Anna")))
    hundred = [put("Insight", f"F{number}", f"Finding {number}") for number in range(100)]
    found = await refusal(
        ready,
        *hundred[:50],
        put("Insight", "bad", "Bad", severity=12),
        *hundred[50:],
        EntityChange(Mode.CREATE, "Persona", "anna", {"name": "Another"}),
        EntityChange(Mode.UPDATE, "Persona", "ana", {"name": "Another"}),
        put("Persona", "nameless", tags=["x"]),
        link("Persona/annna", "VOICES", "Insight/F7"),
        link("Persona/anna", "VOICES", "Insight/bad"),
        link("Persona/anna", "VOICES", "Insight/F8x"),
        link("Insight/F7", "VOICES", "Persona/anna"),
    )
    assert [(path, code) for path, code, _ in found] == [
        ("entities/50/fields/severity", "INVALID_VALUE"),
        ("entities/101/key", "TAKEN"),
        ("entities/102/key", "NOT_FOUND"),
        ("entities/103/fields/name", "REQUIRED"),
        ("links/0/start", "NOT_FOUND"),
        ("links/2/finish", "NOT_FOUND"),
        ("links/3/start", "WRONG_ENDS"),
    ]
    assert found[2][2] == "Entity 103: there is no persona/ana to update; did you mean persona/anna?"
    assert found[4][2] == (
        "Link 1 (persona/annna VOICES insight/F7): there is no persona/annna, neither here nor in the graph;"
        " did you mean persona/anna?"
    )
    assert found[5][2].endswith("did you mean insight/F8?")


async def test_an_entity_without_a_key_gets_one_that_stays_its_own(ready: Store) -> None:
    await apply(ready, change_set(put("Channel", "phone", "Telephone")))
    first = await apply(ready, change_set(put("Channel", None, "Phone"), put("Channel", None, "Phone!")))
    assert first.keys == {0: "phone-2", 1: "phone-3"}
    again = await apply(ready, change_set(put("Channel", None, "Phone!"), put("Channel", None, "Phone")))
    assert again.keys == {0: "phone-3", 1: "phone-2"}
    assert again.unchanged == 2
    new = await apply(ready, change_set(EntityChange(Mode.CREATE, "Channel", None, {"name": "Phone"})))
    assert new.keys == {0: "phone-4"}


async def test_links_of_a_set_mean_its_entities_by_the_key_that_their_name_makes(ready: Store) -> None:
    await apply(ready, change_set(put("Study", "diary", "Another study")))
    outcome = await apply(
        ready,
        change_set(
            put("Study", None, "Diary"), put("Evidence", "E1", "Said"), link("Evidence/E1", "FROM_STUDY", "Study/diary")
        ),
    )
    assert outcome.keys[0] == "diary-2"
    assert await order(ready, "Evidence/E1", "FROM_STUDY") == [(None, "diary-2")]


async def test_a_link_s_fields_are_patched_and_its_distinguishing_value_makes_another(ready: Store) -> None:
    ends = put("Persona", "P", "P"), put("Journey", "J", "J")
    await apply(ready, change_set(*ends, link("Persona/P", "TAKES", "Journey/J", relationship="NEW", share=0.5)))
    outcome = await apply(
        ready,
        change_set(
            link("Persona/P", "TAKES", "Journey/J", relationship="NEW", share=None, basis="STATED"),
            link("Persona/P", "TAKES", "Journey/J", relationship="LAPSED"),
        ),
    )
    assert summary(outcome) == ([], [], 0, 1, 1, 0)
    rows = await ready.run(
        "MATCH (:Persona {key: 'P'})-[r:TAKES]->() RETURN r.relationship AS to, r.share AS share, r.basis AS basis "
        "ORDER BY to"
    )
    assert rows == [
        {"to": "LAPSED", "share": None, "basis": None},
        {"to": "NEW", "share": None, "basis": "STATED"},
    ]


async def test_stages_stand_where_they_are_put_and_the_others_make_room(ready: Store) -> None:
    stages = [put("Stage", key, key) for key in ("a", "b", "c", "d")]
    await apply(
        ready,
        change_set(
            put("Journey", "J1", "J1"), *stages, *(link("Journey/J1", "HAS_STAGE", f"Stage/{k}") for k in "abc")
        ),
    )
    assert await order(ready, "Journey/J1", "HAS_STAGE") == [(1, "a"), (2, "b"), (3, "c")]
    change = change_set(
        link("Journey/J1", "HAS_STAGE", "Stage/d", position=1), link("Journey/J1", "HAS_STAGE", "Stage/c")
    )
    outcome = await apply(ready, change)
    assert await order(ready, "Journey/J1", "HAS_STAGE") == [(1, "d"), (2, "a"), (3, "b"), (4, "c")]
    assert summary(outcome) == ([], [], 0, 1, 3, 0)
    again = await apply(ready, change)
    assert summary(again) == ([], [], 0, 0, 0, 2)


async def test_a_second_owner_or_parent_is_refused_with_the_present_one(ready: Store) -> None:
    things: list[EntityChange | LinkChange] = [
        put("Goal", "G2", "G2"),
        put("Department", "D1", "D1"),
        put("Department", "D2", "D2"),
        put("Journey", "J2", "J2"),
        put("Journey", "J3", "J3"),
        put("Stage", "S1", "S1"),
        put("Stage", "S2", "S2"),
        link("Goal/G2", "OWNED_BY", "Department/D1"),
        link("Journey/J2", "HAS_STAGE", "Stage/S1"),
    ]
    await apply(ready, change_set(*things))
    found = await refusal(
        ready,
        link("Goal/G2", "OWNED_BY", "Department/D2"),
        link("Journey/J3", "HAS_STAGE", "Stage/S1"),
        link("Journey/J2", "HAS_STAGE", "Stage/S2"),
        link("Journey/J3", "HAS_STAGE", "Stage/S2"),
    )
    assert found == [
        (
            "links/0/finish",
            "ONLY_ONE",
            (
                "Link 1 (goal/G2 OWNED_BY department/D2): at most one OWNED_BY link leaves goal/G2, and department/D1"
                " is there already; remove that link first, or leave this one out."
            ),
        ),
        (
            "links/1/start",
            "ONLY_ONE",
            (
                "Link 2 (journey/J3 HAS_STAGE stage/S1): at most one HAS_STAGE link arrives at stage/S1, and journey/J2"
                " is there already; remove that link first, or leave this one out."
            ),
        ),
        (
            "links/3/start",
            "ONLY_ONE",
            (
                "Link 4 (journey/J3 HAS_STAGE stage/S2): at most one HAS_STAGE link arrives at stage/S2, and link 3"
                " is another one; keep one of them."
            ),
        ),
    ]


async def test_a_cycle_is_refused_with_all_its_keys(ready: Store) -> None:
    chain = [put("Opportunity", f"C{number}", "C") for number in range(4)]
    await apply(ready, change_set(*chain, link("Opportunity/C0", "PART_OF", "Opportunity/C1")))
    await apply(ready, change_set(link("Opportunity/C1", "PART_OF", "Opportunity/C2")))
    found = await refusal(
        ready,
        link("Opportunity/C2", "PART_OF", "Opportunity/C3"),
        link("Opportunity/C3", "PART_OF", "Opportunity/C0"),
    )
    walk = "opportunity/C2 → opportunity/C3 → opportunity/C0 → opportunity/C1 → opportunity/C2"
    place = "Link 1 (opportunity/C2 PART_OF opportunity/C3)"
    assert found == [("links/0", "CYCLE", f"{place}: that closes a cycle, {walk}; leave one of these links out.")]


async def test_the_history_has_an_image_of_everything_that_changed(ready: Store) -> None:
    _, seq, *_ = await fingerprint(ready)
    await apply(
        ready,
        change_set(
            put("Initiative", "H1", "One", due="2027-01-31"),
            put("Initiative", "H2", "Two"),
            link("Initiative/H1", "DEPENDS_ON", "Initiative/H2"),
        ),
    )
    outcome = await apply(ready, change_set(put("Initiative", "H1", "Won")))
    rows = await ready.run(
        "MATCH (c:Change) WHERE c.seq > $seq RETURN properties(c) AS change ORDER BY c.seq", {"seq": seq}
    )
    changes = [row["change"] for row in rows]
    assert [change["seq"] for change in changes] == [seq + 1, seq + 2, seq + 3, seq + 4]
    assert len({change["changeSet"] for change in changes}) == 2
    assert {(change["actor"], change["surface"]) for change in changes} == {("tester", "test")}
    one, two, linked, renamed = changes
    h1, h2 = await node(ready, "Initiative/H1"), await node(ready, "Initiative/H2")
    assert [one["entity"], two["entity"], renamed["entity"]] == [h1["id"], h2["id"], h1["id"]]
    assert "before" not in one
    after = json.loads(linked["after"])
    assert linked["entity"] == after["properties"]["id"]
    assert {name: after[name] for name in ("type", "start", "finish")} == {
        "type": "DEPENDS_ON",
        "start": h1["id"],
        "finish": h2["id"],
    }
    images = json.loads(renamed["before"]), json.loads(renamed["after"])
    assert [(image["kind"], image["properties"]["name"], image["properties"]["due"]) for image in images] == [
        ("Initiative", "One", "2027-01-31"),
        ("Initiative", "Won", "2027-01-31"),
    ]
    assert images[0]["properties"] == json.loads(one["after"])["properties"]
    assert renamed["revision"] == outcome.revision
