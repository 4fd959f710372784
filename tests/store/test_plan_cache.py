"""Whoever may ask cannot fill the heap of the embedded engine with plans."""

from pathlib import Path
from random import Random

import pytest

from graph_api.model import MODEL
from graph_api.schema.service import build_service
from graph_api.settings import Limits, Settings
from graph_api.store import engine
from graph_api.store.connection import Store
from graph_api.store.engine.configuration import plans_of
from graph_api.store.migrations import prepare

OPERATIONS = 260
"""With all their plans kept, half as many more than a heap of 384 MiB holds."""


def test_as_many_plans_are_kept_as_the_heap_has_room_for_and_no_more_than_neo4j_would() -> None:
    assert [plans_of(heap) for heap in ("1k", "512m", "1G", "16g")] == [0, 102, 204, 1000]


@pytest.mark.long
async def test_ever_other_operations_as_large_as_may_be_leave_the_engine_alive(tmp_path: Path) -> None:
    random = Random(7)
    with engine.running(Settings(data_dir=tmp_path, neo4j_uri=None, engine_heap="384m"), lambda _: None) as session:
        store = await Store.open(session.endpoint)
        await prepare(store)
        service = build_service(store, limits=Limits(seconds=120))
        for _ in range(OPERATIONS):
            result = await service.ask(f"{{ insights(first: 2) {{ nodes {{ {large(random)} }} }} }}")
            assert result.errors is None
        await store.close()


def large(random: Random) -> str:
    """Make up what is selected of an insight, with as many links as an operation may have."""
    text, left = _selection(random, "Insight", Limits().links - 1, 1)
    return text if left < Limits().links // 4 else large(random)


def _selection(random: Random, kind: str, left: int, depth: int) -> tuple[str, int]:
    """Make up what is selected of a kind; return it, and how many links are left of those that it may have."""
    several = [one for one in MODEL.kinds[kind].links.values() if not one.single and not one.interface]
    parts = ["key" if MODEL.kinds[kind].keyed else "id"]
    while left and several and depth < Limits().link_depth and random.random() < 0.8:
        link = random.choice(several)
        given = random.randrange(left)
        below, unused = _selection(random, link.target, given, depth + 1)
        left -= 1 + given - unused
        filtered = ', filter: {node: {name: {contains: "x"}}}' if MODEL.kinds[link.target].keyed else ""
        parts.append(f"a{len(parts)}: {link.name}(first: {random.randint(1, 9)}{filtered}) {{ nodes {{ {below} }} }}")
    return " ".join(parts), left
