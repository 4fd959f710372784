"""The generator: the same seed gives the same files, the importer takes them, and every kind and link is in them."""

from hashlib import sha256
from pathlib import Path

import pytest

from bench.generate import PART, generate, parts
from bench.load import load
from graph_api.model import MODEL
from graph_api.store.connection import Store


def _bytes(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    for name, seed in (("one", 7), ("again", 7), ("other", 8)):
        generate(2_000, seed, tmp_path / name)
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "again")
    assert _bytes(tmp_path / "one") != _bytes(tmp_path / "other")


@pytest.mark.parametrize("entities", [100, 101, 999, 5_000])
def test_there_are_as_many_entities_as_were_asked_for_and_all_kinds(entities: int) -> None:
    made = [entity for part in parts(entities, 1) for entity in part]
    assert len(made) == entities
    assert {entity.kind for entity in made} == set(MODEL.kinds)
    assert len({(entity.kind, entity.key) for entity in made if entity.key}) == sum(bool(e.key) for e in made)


def test_a_part_holds_no_more_than_one_import_takes() -> None:
    sizes = [sum(entity.items for entity in part) for part in parts(20_000, 1)]
    assert len(sizes) > 1
    assert max(sizes) <= PART


def test_the_graph_is_as_uneven_as_real_ones() -> None:
    made = [entity for part in parts(5_000, 1) for entity in part]
    insights = [entity for entity in made if entity.kind == "Insight"]
    unknown = sum(entity.fields["severity"] is None for entity in insights) / len(insights)
    assert 0.15 < unknown < 0.35
    assert len({entity.fields["severity"] for entity in insights}) < 25
    owners = [link.far for entity in made for link in entity.links if link.field == "ownedBy"]
    counts = sorted((owners.count(owner) for owner in set(owners)), reverse=True)
    assert counts[0] > 5 * counts[len(counts) // 2]


async def test_the_importer_takes_every_part_and_the_graph_then_holds_what_was_made(
    graph: Store, tmp_path: Path
) -> None:
    folders = generate(600, 1, tmp_path)
    await load(graph, folders)
    made = [entity for part in parts(600, 1) for entity in part]
    entities, links = await graph.read(
        "MATCH (n:Entity) WITH count(n) AS entities MATCH (:Entity)-[r]->(:Entity) RETURN entities, count(r)"
    )
    assert (entities, links) == (600, sum(len(entity.links) for entity in made))
