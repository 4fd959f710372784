import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from graph_api.store.connection import Store
from graph_api.store.migrations import Migration, MigrationError, migrations, prepare
from graph_api.store.statements import StatementError

HEADER = "// What it does.\n// parameters:\n// columns:\n// mode: write\n"


def second(folder: Path, text: str) -> Migration:
    (folder / "0001_graph.cypher").write_text(f"{HEADER}CREATE (:Other)")
    (folder / "0002_more.cypher").write_text(HEADER + text)
    return migrations(folder)[1]


def following(folder: Path, text: str) -> Migration:
    """Return a migration that comes after all of this version."""
    return replace(second(folder, text), number=len(migrations()) + 1)


def test_the_first_migration_makes_the_graph() -> None:
    first, *_ = migrations()
    assert (first.number, first.name) == (1, "graph")


def test_numbers_have_no_hole(tmp_path: Path) -> None:
    (tmp_path / "0001_graph.cypher").write_text(f"{HEADER}CREATE (:A)")
    (tmp_path / "0003_more.cypher").write_text(f"{HEADER}CREATE (:A)")
    with pytest.raises(MigrationError, match=r"0003_more\.cypher should be called 0002_what_it_does\.cypher"):
        migrations(tmp_path)


def test_a_migration_writes_and_takes_and_gives_nothing(tmp_path: Path) -> None:
    text = HEADER.replace("parameters:", "parameters: a") + "CREATE (:A {a: $a})"
    (tmp_path / "0001_graph.cypher").write_text(text)
    with pytest.raises(MigrationError, match="must write, and have neither parameters nor columns"):
        migrations(tmp_path)
    (tmp_path / "0001_graph.cypher").write_text("CREATE (:A)")
    with pytest.raises(StatementError, match=r"migrations/0001_graph\.cypher, line 1"):
        migrations(tmp_path)


def test_a_comment_may_change_but_not_the_statement(tmp_path: Path) -> None:
    before = second(tmp_path, "CREATE (:A)")
    commented = second(tmp_path, "CREATE (:A)\n").checksum
    (tmp_path / "0002_more.cypher").write_text(f"// Said better.\n{HEADER}CREATE (:A)")
    assert {before.checksum, commented, migrations(tmp_path)[1].checksum} == {before.checksum}
    assert second(tmp_path, "CREATE (:B)").checksum != before.checksum


async def test_each_is_applied_once_in_order_and_recorded(graph: Store, tmp_path: Path) -> None:
    first = await prepare(graph)
    assert first.migrations == ("migrations/0001_graph", "migrations/0002_waivers_rules")
    assert await graph.read("MATCH (g:Graph) RETURN g.key, g.revision, g.seq") == ["graph", 0, 0]
    more = (*migrations(), following(tmp_path, "MATCH (g:Graph) SET g.mended = coalesce(g.mended, 0) + 1"))
    assert (await prepare(graph, more)).migrations == ("migrations/0002_more",)
    again = await prepare(graph, more)
    assert (again.migrations, again.rules.created, again.rules.dropped) == ((), (), ())
    assert await graph.read("MATCH (g:Graph) RETURN g.mended") == [1]
    recorded = await graph.run(
        "MATCH (m:Migration) RETURN m.number AS number, m.name AS name, m.at IS NOT NULL AS dated ORDER BY number"
    )
    assert recorded == [
        {"number": 1, "name": "graph", "dated": True},
        {"number": 2, "name": "waivers_rules", "dated": True},
        {"number": 3, "name": "more", "dated": True},
    ]


async def test_a_database_of_a_newer_version_is_refused(graph: Store) -> None:
    with pytest.raises(MigrationError, match="has migration 0003_more, which this version does not know"):
        await prepare(graph)


async def test_one_that_changed_after_it_was_applied_is_refused(graph: Store) -> None:
    (known, *others), changed = migrations(), "0" * 64
    with pytest.raises(MigrationError, match="0001_graph was applied to the database in another form"):
        await prepare(graph, (replace(known, checksum=changed), *others, replace(known, number=3)))


async def test_two_services_that_start_together_both_find_it_prepared(graph: Store) -> None:
    async with graph.transaction() as tx:
        await tx.run("MATCH (n) WHERE NOT n:TestGraph DETACH DELETE n")
    await asyncio.gather(*(prepare(graph) for _ in range(4)))
    assert await graph.read(
        "MATCH (m:Migration) WITH count(m) AS migrations MATCH (g:Graph) RETURN migrations, g.seq"
    ) == [
        len(migrations()),
        0,
    ]


async def test_the_rules_of_waivers_become_names_and_their_keys_follow(graph: Store) -> None:
    await prepare(graph)
    rules = {
        "dashes": "insight-without-evidence",
        "mixed": "Goal-without_KPI",
        "named": "KPI_STALE",
        "foreign": "nobody-knows-this",
        "none": None,
    }
    async with graph.transaction() as tx:
        await tx.run("MATCH (m:Migration {number: 2}) DELETE m")
        for name, rule in rules.items():
            told = f"&rule={rule}" if rule else ""
            properties = {"key": f"waives=goal%2F{name}{told}&waivedOn=2026-02-10", "name": name, "rule": rule}
            await tx.run("CREATE (w:Waiver) SET w = $properties", {"properties": properties})
        # Two that were told apart by how their rules were written.
        for rule in ("kpi-stale", "KPI-stale"):
            await tx.run("CREATE (:Waiver {key: 'waives=kpi%2FK&rule=' + $rule, rule: $rule})", {"rule": rule})
    assert (await prepare(graph)).migrations == ("migrations/0002_waivers_rules",)
    assert await graph.read(
        "MATCH (w:Waiver) WITH w.key AS key, w.rule AS rule ORDER BY key RETURN collect([key, rule])"
    ) == [
        [
            ["waives=goal%2Fdashes&rule=INSIGHT_WITHOUT_EVIDENCE&waivedOn=2026-02-10", "INSIGHT_WITHOUT_EVIDENCE"],
            ["waives=goal%2Fforeign&rule=nobody-knows-this&waivedOn=2026-02-10", None],
            ["waives=goal%2Fmixed&rule=GOAL_WITHOUT_KPI&waivedOn=2026-02-10", "GOAL_WITHOUT_KPI"],
            ["waives=goal%2Fnamed&rule=KPI_STALE&waivedOn=2026-02-10", "KPI_STALE"],
            ["waives=goal%2Fnone&waivedOn=2026-02-10", None],
            ["waives=kpi%2FK&rule=KPI_STALE", "KPI_STALE"],
            ["waives=kpi%2FK&rule=kpi-stale", "KPI_STALE"],
        ]
    ]
