"""Imports that are too large for one change set: judged as a whole, written in parts, gone on with, taken back."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bench.files import write_lines
from bench.generate import Draw, Generator
from graph_api.change.apply import apply
from graph_api.change.changeset import ChangeSet, EntityChange, Mode
from graph_api.store.connection import Store, Transaction
from graph_api.store.faults import OutcomeUnknownError
from graph_api.store.migrations import prepare
from graph_api.transfer import (
    ImportBrokenOffError,
    ImportRefusedError,
    batches,
    import_paths,
    importing,
    imports,
    revert_import,
)
from graph_api.transfer.imports import State

ENTITIES = 400
BROKE = "The connection broke."


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Cut small, so that a small graph has many parts."""
    monkeypatch.setattr(importing, "WHOLE", 150)
    monkeypatch.setattr(batches, "BATCH", 100)
    return iter(())


@pytest.fixture
async def empty(prepared: Store) -> Store:
    async with prepared.transaction() as tx:
        await tx.run("MATCH (n) WHERE NOT n:TestGraph DETACH DELETE n")
    await prepare(prepared)
    return prepared


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("generated") / "graph.jsonl"
    write_lines(Generator(ENTITIES, Draw(5)).groups(), path)
    return path


async def graph_of(store: Store) -> list[Any]:
    """Return everything that is there by kind and key, without what differs from one import to the next."""
    (entities,) = await store.read(
        "MATCH (n:Entity) WITH n ORDER BY labels(n), n.key "
        "RETURN collect([labels(n), n {.*, id: null, createdAt: null, updatedAt: null}])"
    )
    (links,) = await store.read(
        "MATCH (a:Entity)-[r]->(b:Entity) WITH a, r, b ORDER BY type(r), labels(a), a.key, labels(b), b.key, "
        "r.relationship, r.involvementRole, r.experienceGrounds "
        "RETURN collect([type(r), a.key, b.key, r {.*, id: null, createdAt: null, only: null, parent: null}])"
    )
    return [entities, links]


async def counts(store: Store) -> tuple[int, int, int]:
    """Return how many entities, links and changes there are."""
    entities, links, changes = await store.read(
        "MATCH (n:Entity) WITH count(n) AS entities OPTIONAL MATCH (:Entity)-[r]->(:Entity) "
        "WITH entities, count(r) AS links OPTIONAL MATCH (c:Change) RETURN entities, links, count(c)"
    )
    return entities, links, changes


async def test_in_batches_comes_what_comes_at_once(
    empty: Store, generated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = await import_paths(empty, [generated], actor="tester")
    in_batches = await graph_of(empty)
    entities, links, changes = await counts(empty)
    assert (entities, links + entities) == (ENTITIES, changes)
    (made,) = await imports(empty)
    assert (made.id, made.state, made.items) == (report.import_id, State.DONE, changes)
    assert made.done == len(made.change_sets) > 10
    again = await import_paths(empty, [generated], actor="tester")
    assert list(again.sentences()) == [f"Nothing changed: {entities} items and {links} links were already there."]
    assert len(await imports(empty)) == 1
    monkeypatch.setattr(importing, "WHOLE", 20_000)
    async with empty.transaction() as tx:
        await tx.run("MATCH (n) WHERE NOT n:TestGraph DETACH DELETE n")
    await prepare(empty)
    await import_paths(empty, [generated], actor="tester")
    assert await graph_of(empty) == in_batches


async def test_an_import_broken_off_goes_on_where_it_stopped(
    empty: Store, generated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Transaction.run

    async def breaking(self: Transaction, cypher: str, parameters: Any = None) -> Any:
        if "Import" in cypher and parameters["done"] == 4:
            raise OutcomeUnknownError(BROKE)
        return await run(self, cypher, parameters)

    monkeypatch.setattr(Transaction, "run", breaking)
    with pytest.raises(ImportBrokenOffError, match=BROKE) as broken:
        await import_paths(empty, [generated], actor="tester")
    monkeypatch.undo()
    monkeypatch.setattr(importing, "WHOLE", 150)
    (unfinished,) = await imports(empty)
    assert (unfinished.state, unfinished.done) == (State.RUNNING, 3)
    assert unfinished.id in broken.value.message
    entities, _, changes = await counts(empty)
    assert entities == changes == 300
    report = await import_paths(empty, [generated], actor="tester")
    assert next(iter(report.sentences())) == "300 items had been written before."
    (finished,) = await imports(empty)
    assert (finished.id, finished.state) == (unfinished.id, State.DONE)
    entities, links, changes = await counts(empty)
    assert (entities, entities + links) == (ENTITIES, changes)


async def test_an_import_is_taken_back_with_everything_it_wrote(empty: Store, generated: Path) -> None:
    owner = EntityChange(Mode.PUT, "Department", "D1", {"name": "It was here before", "mission": "Mine"})
    await apply(empty, ChangeSet((owner,), (), "anna", "test"))
    before = await graph_of(empty)
    report = await import_paths(empty, [generated], actor="tester")
    assert report.import_id
    steps: list[tuple[int, int]] = []
    await revert_import(empty, report.import_id, actor="ben", step=lambda *step: steps.append(step))
    after = await graph_of(empty)
    for _, properties in (*before[0], *after[0]):
        for stamp in ("revision", "updatedBy", "substanceAt"):
            properties.pop(stamp, None)
    assert after == before
    (made,) = await imports(empty)
    assert (made.state, made.change_sets) == (State.REVERTED, ())
    assert steps[-1][0] == steps[-1][1] == len(steps)
    # The same files are then a new import.
    assert (await import_paths(empty, [generated], actor="tester")).import_id != report.import_id


async def test_a_dry_run_judges_and_writes_nothing(empty: Store, generated: Path) -> None:
    report = await import_paths(empty, [generated], actor="tester", dry_run=True)
    assert [sentence.partition(" ")[2] for sentence in report.sentences()] == [
        "items and links are sound. This was a dry run: nothing was written."
    ]
    assert await counts(empty) == (0, 0, 0)


BEFORE = """
departments: [{key: D1, name: D}, {key: D2, name: E}]
goals:
  - {key: OWNED, name: O, ownedBy: department/D1}
  - {key: UP, name: U}
  - {key: UPPER, name: V, supports: UP}
journeys: [{key: JOLD, name: J, stages: [SOLD]}]
stages: [{key: SOLD, name: S}]
kpis: [{key: KOLD, name: N, aggregate: TOP_BOX, goodFrom: 5}]
"""
WRONG = """
{"kind": "goal", "key": "G1", "name": "One", "severity": 1}
{"kind": "goal", "key": "G2", "supports": ["NOWHERE"]}
{"kind": "goal", "key": "OWNED", "ownedBy": "department/D2"}
{"kind": "goal", "key": "UP", "supports": ["UPPER"]}
{"kind": "goal", "key": "A", "name": "A", "supports": ["B"], "ownedBy": "department/D1"}
{"kind": "goal", "key": "B", "name": "B", "supports": ["A"]}
{"kind": "department", "key": "D1", "ownedGoals": ["A"]}
{"kind": "department", "key": "D2", "ownedGoals": ["A"]}
{"kind": "journey", "key": "J1", "name": "J", "stages": ["S1", "SOLD"]}
{"kind": "journey", "key": "J2", "name": "J", "stages": ["S1"]}
{"kind": "stage", "key": "S1", "name": "One"}
{"kind": "stage", "key": "S1", "name": "Another"}
{"kind": "persona", "id": "same", "key": "P1", "name": "P"}
{"kind": "persona", "id": "same", "key": "P2", "name": "P"}
{"kind": "persona", "id": "TAKEN", "key": "P3", "name": "P"}
{"kind": "department", "id": "other", "key": "D2"}
{"kind": "need", "key": "N", "name": "N", "personas": [{"key": "P1", "respondents": 2, "important": 3}]}
{"kind": "measurement", "kpi": "KOLD", "value": 3, "counts": [{"answer": 5, "count": 1}, {"answer": 1, "count": 1}]}
{"kind": "persona", "key": "P1", "needs": [{"key": "N", "respondents": 4}]}
{"kind": "kpi", "key": "KR", "name": "R", "kpiMethod": "RETENTION", "variant": "LOGO"}
{"kind": "measurement", "kpi": "KR", "countedBy": "REVENUE"}
"""
TOLD = """
f.jsonl:1:58: goal/G1: Goal has no field 'severity'.
f.jsonl:2:1: goal/G2 is new, and a Goal needs a name; give one.
f.jsonl:2:44: goal/G2 SUPPORTS goal/NOWHERE: there is no goal/NOWHERE, neither here nor in the graph.
f.jsonl:3:45: goal/OWNED OWNED_BY department/D2: at most one OWNED_BY link leaves goal/OWNED, and department/D1 is there already; remove that link first.
f.jsonl:4:44: goal/UP SUPPORTS goal/UPPER: that closes a cycle, goal/UP → goal/UPPER → goal/UP; leave one of these links out.
f.jsonl:5:56: goal/A SUPPORTS goal/B: that closes a cycle, goal/A → goal/B → goal/A; leave one of these links out.
f.jsonl:8:52: goal/A OWNED_BY department/D2: at most one OWNED_BY link leaves goal/A, and another one is in these files; keep one of them.
f.jsonl:9:64: journey/J1 HAS_STAGE stage/SOLD: at most one HAS_STAGE link arrives at stage/SOLD, and journey/JOLD is there already; remove that link first.
f.jsonl:10:58: journey/J2 HAS_STAGE stage/S1: at most one HAS_STAGE link arrives at stage/S1, and another one is in these files; keep one of them.
f.jsonl:12:40: stage/S1: name is 'Another' here and 'One' at f.jsonl:11:1; keep one of them.
f.jsonl:14:27: persona/P2: the id same is another one's in these files; correct it.
f.jsonl:15:27: persona/P3 has the id TAKEN here, which is that of department/D1; correct it.
f.jsonl:16:30: department/D2 has the id OWNED, not other; leave the id out, or give another key.
f.jsonl:17:101: persona/P1 HAS_NEED need/N: important is 3 of respondents 2, which is more than all; correct one of them.
f.jsonl:18:49: measurement/kpi=KOLD: value is 3, and the counts give 50; leave the value out, or correct one of them.
f.jsonl:19:72: persona/P1 HAS_NEED need/N: respondents is 4 here and 2 at f.jsonl:17:56; keep one of them.
f.jsonl:21:51: measurement/kpi=KR: countedBy is REVENUE, and LOGO counts by ACCOUNT; measure it for another KPI, or correct one.
"""  # noqa: E501 - as people see it


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], Path]:
    """Write a file into the folder in which the test works."""
    monkeypatch.chdir(tmp_path)

    def write(name: str, text: str) -> Path:
        Path(name).write_text(text, encoding="utf-8")
        return Path(name)

    return write


async def test_everything_that_can_be_known_is_told_before_anything_is_written(
    empty: Store, write: Callable[[str, str], Path]
) -> None:
    await import_paths(empty, [write("before.yaml", BEFORE)], actor="tester")
    taken, owned = await empty.read("MATCH (n:Department {key: 'D1'}), (m:Department {key: 'D2'}) RETURN n.id, m.id")
    sound = "".join(f'{{"kind": "channel", "key": "C{number}", "name": "Channel"}}\n' for number in range(200))
    path = write("f.jsonl", WRONG.lstrip().replace("TAKEN", taken) + sound)
    before = await counts(empty)
    with pytest.raises(ImportRefusedError) as refused:
        await import_paths(empty, [path], actor="tester")
    told = "".join(f"{fault}\n" for fault in refused.value.faults)
    assert told.replace(taken, "TAKEN").replace(owned, "OWNED") == TOLD.lstrip()
    assert await counts(empty) == before


async def test_an_order_that_files_do_not_follow_is_kept(empty: Store, write: Callable[[str, str], Path]) -> None:
    stages = [
        f'{{"kind": "stage", "key": "S{place}", "name": "S", "journey": {{"key": "J", "position": {place}}}}}\n'
        for place in reversed(range(1, 301))
    ]
    path = write("f.jsonl", "".join(stages) + '{"kind": "journey", "key": "J", "name": "J"}\n')
    await import_paths(empty, [path], actor="tester")
    (order,) = await empty.read("MATCH (:Journey)-[r:HAS_STAGE]->(s) WITH * ORDER BY r.position RETURN collect(s.key)")
    assert order == [f"S{place}" for place in range(1, 301)]
    assert not (await import_paths(empty, [path], actor="tester")).changed


async def test_yaml_in_batches_needs_keys(empty: Store, write: Callable[[str, str], Path]) -> None:
    keyed = "goals:\n" + "".join(f"  - {{key: G{number}, name: Goal, supports: TOP}}\n" for number in range(200))
    path = write("f.yaml", f"{keyed}  - {{key: TOP, name: Top}}\n")
    assert list((await import_paths(empty, [path], actor="tester")).sentences())[:2] == [
        "201 goals created.",
        "200 links made.",
    ]
    path = write("f.yaml", f"{keyed}  - {{key: TOP, name: Top}}\n  - name: Without\n")
    with pytest.raises(ImportRefusedError, match=r"f\.yaml:203:5: among so many each entity needs its key"):
        await import_paths(empty, [path], actor="tester")
