"""What an import does to the graph: keys, patches, orders, records without a key; and what a dry run does not."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from graph_api.change.changeset import Ref
from graph_api.cli.data import import_
from graph_api.store.connection import Store
from graph_api.store.endpoint import Endpoint
from graph_api.transfer import ImportRefusedError, import_paths

Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file and return its path."""

    def write(text: str) -> Path:
        path = tmp_path / "file.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


async def sentences(store: Store, path: Path, *, dry_run: bool = False) -> list[str]:
    return list((await import_paths(store, [path], actor="tester", dry_run=dry_run)).sentences())


async def test_a_dry_run_says_what_would_happen_and_writes_nothing(prepared: Store, write: Write) -> None:
    path = write("departments:\n  - {key: dry, name: Dry}\n  - {key: run, name: Run, partOfDepartment: dry}\n")
    before = await prepared.read("MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n), count(r)")
    assert await sentences(prepared, path, dry_run=True) == [
        "2 departments would be created.",
        "1 link would be made.",
        "This was a dry run: nothing was written.",
    ]
    assert await prepared.read("MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n), count(r)") == before
    assert await sentences(prepared, path) == ["2 departments created.", "1 link made."]
    assert await sentences(prepared, path, dry_run=True) == [
        "Nothing would change: 2 items and 1 link were already there."
    ]


async def test_what_begins_with_x_at_the_top_of_a_file_is_a_note(prepared: Store, tmp_path: Path) -> None:
    (tmp_path / "goals.yaml").write_text("x-ask: {whom: [Ada, Bo]}\ngoals: [{key: noted, name: Noted}]\n")
    assert await sentences(prepared, tmp_path) == ["1 goal created."]
    (tmp_path / "notes.json").write_text(
        '{"x-goals": [{"key": "only-a-note", "nmae": 1}], "x-on": "2026-11-01", "x-": 0}'
    )
    assert await sentences(prepared, tmp_path) == ["Nothing changed: 1 item was already there."]
    assert await sentences(prepared, tmp_path / "notes.json") == ["Nothing changed: 0 items were already there."]


async def test_what_begins_with_x_anywhere_else_is_a_fault(prepared: Store, write: Write) -> None:
    path = write(
        "defaults: {x-tags: [one]}\n"
        "goals:\n"
        "  - {key: x, name: X, x-why: Because, ownedBy: {key: me, x-since: 2026}}\n"
        "departments: [{key: me, name: Me}]\n"
        "X-Notes: []\n"
        "xnotes: []\n"
    )
    with pytest.raises(ImportRefusedError) as refused:
        await import_paths(prepared, [path], actor="tester")
    assert [(fault.place.line, fault.place.column) for fault in refused.value.faults] == [
        (1, 12),
        (3, 23),
        (3, 58),
        (5, 1),
        (6, 1),
    ]


async def test_keys_are_made_from_names_and_a_taken_one_gets_a_number(prepared: Store, write: Write) -> None:
    path = write(
        "touchpoints:\n"
        "  - {name: What to take}\n"
        "  - {name: What to take}\n"
        "  - {key: what-to-take-3, name: Something else}\n"
        "  - {name: What to take!}\n"
        "stages:\n"
        "  - {name: Prepare, touchpoints: [what-to-take, what-to-take-2, what-to-take-4]}\n"
    )
    report = await import_paths(prepared, [path], actor="tester")
    assert sorted(ref.key for ref in report.created) == [
        "prepare",
        "what-to-take",
        "what-to-take-2",
        "what-to-take-3",
        "what-to-take-4",
    ]
    assert await sentences(prepared, path) == ["Nothing changed: 5 items and 3 links were already there."]


async def test_the_order_of_a_list_is_the_order_on_the_map(prepared: Store, write: Write) -> None:
    stages = "stages:\n" + "".join(f"  - {{key: order-{name}, name: {name}}}\n" for name in "abcd")
    await sentences(
        prepared, write(f"{stages}journeys:\n  - {{key: order, name: Order, stages: [order-a, order-b]}}\n")
    )
    await sentences(prepared, write("stages:\n  - {key: order-c, journey: {key: order, position: 2}}\n"))
    await sentences(prepared, write("stages:\n  - {key: order-d, journey: order}\n"))
    assert await _stages(prepared) == [["order-a", 1], ["order-c", 2], ["order-b", 3], ["order-d", 4]]
    await sentences(prepared, write("journeys:\n  - {key: order, stages: [order-d, order-c, order-b, order-a]}\n"))
    assert await _stages(prepared) == [["order-d", 1], ["order-c", 2], ["order-b", 3], ["order-a", 4]]


async def test_a_patch_changes_what_it_mentions_and_nothing_else(prepared: Store, write: Write) -> None:
    await sentences(
        prepared, write("insights:\n  - {key: patch, name: A, severity: 3, reach: 0.5, tags: [one], statement: Said}\n")
    )
    report = await import_paths(prepared, [write("insights:\n  - {key: patch, severity: 4, reach: }\n")], actor="t")
    assert report.updated == (Ref("Insight", "patch"),)
    (insight,) = await prepared.read("MATCH (n:Insight {key: 'patch'}) RETURN properties(n)")
    assert {name: insight.get(name) for name in ("name", "severity", "reach", "tags", "statement", "revision")} == {
        "name": "A",
        "severity": 4.0,
        "reach": None,
        "tags": ["one"],
        "statement": "Said",
        "revision": 2,
    }


async def test_an_id_is_used_for_what_is_new_and_must_be_right_for_what_is_there(prepared: Store, write: Write) -> None:
    path = write("goals:\n  - {id: one, key: id1, name: One}\n  - {key: id2, name: Two}\n")
    await sentences(prepared, path)
    assert await prepared.read("MATCH (n:Entity {id: 'one'}) RETURN n.key") == ["id1"]
    assert await sentences(prepared, path) == ["Nothing changed: 2 items were already there."]
    path = write(
        "goals:\n"
        "  - {id: another, key: id1}\n"
        "  - {id: one, key: id3, name: Three}\n"
        "  - {id: new, key: id4, name: Four}\n"
        "  - {id: new, key: id5, name: Five}\n"
    )
    with pytest.raises(ImportRefusedError) as refused:
        await import_paths(prepared, [path], actor="tester")
    assert [(fault.place.line, fault.place.column, fault.code) for fault in refused.value.faults] == [
        (2, 10, "TAKEN"),
        (3, 10, "TAKEN"),
        (5, 10, "TAKEN"),
    ]
    assert [fault.message for fault in refused.value.faults] == [
        "goal/id1 has the id one, not another; leave the id out, or give another key.",
        "the id one is that of goal/id1; leave the id out, or correct it.",
        "the id new is that of goal/id4; leave the id out, or correct it.",
    ]


async def test_an_owner_is_found_in_the_files_first_and_then_in_the_graph(prepared: Store, write: Write) -> None:
    await sentences(prepared, write("departments:\n  - {key: owner, name: Owner}\n"))
    assert await sentences(prepared, write("goals:\n  - {key: g1, name: One, ownedBy: owner}\n")) == [
        "1 goal created.",
        "1 link made.",
    ]
    both = "partners:\n  - {key: owner, name: Owner}\ngoals:\n  - {key: g2, name: Two, ownedBy: owner}\n"
    await sentences(prepared, write(both))
    (owners,) = await prepared.read(
        "MATCH (g:Goal)-[:OWNED_BY]->(o) WITH * ORDER BY g.key RETURN collect([g.key, labels(o)])"
    )
    assert [[key, *set(labels) - {"Entity"}] for key, labels in owners] == [["g1", "Department"], ["g2", "Partner"]]
    with pytest.raises(ImportRefusedError, match="`owner` is the key of a department and a partner"):
        await sentences(prepared, write("goals:\n  - {key: g3, name: Three, ownedBy: owner}\n"))


async def test_a_measurement_is_the_same_by_kpi_day_subject_and_whom_it_was_measured_for(
    prepared: Store, write: Write
) -> None:
    await sentences(prepared, write("kpis:\n  - {key: nps, name: NPS}\npersonas:\n  - {key: buyer, name: Buyer}\n"))
    one = "measurements:\n  - {kpi: nps, measuredOn: 2026-01-31, value: 40}\n"
    two = one + "  - {kpi: nps, measuredOn: 2026-01-31, value: 31, measuredForPersonas: [buyer]}\n"
    assert await sentences(prepared, write(one)) == ["1 measurement created.", "1 link made."]
    assert await sentences(prepared, write(two)) == [
        "1 measurement created.",
        "2 links made.",
        "1 item and 1 link were already there.",
    ]
    corrected = await import_paths(prepared, [write(one.replace("40", "41"))], actor="tester")
    assert [ref.kind for ref in corrected.updated] == ["Measurement"]
    (count,) = await prepared.read("MATCH (:KPI {key: 'nps'})-[:HAS_MEASUREMENT]->(m) RETURN count(m)")
    assert count == 2


async def test_a_csv_file_in_a_folder_that_no_mapping_names_is_mentioned(prepared: Store, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("channels:\n  - {key: web, name: Web}\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("key,name\n", encoding="utf-8")
    assert await sentences(prepared, tmp_path) == [
        f"{tmp_path / 'b.csv'} was left out: no mapping names it.",
        "1 channel created.",
    ]


async def _stages(store: Store) -> list[list[object]]:
    (stages,) = await store.read(
        "MATCH (:Journey {key: 'order'})-[r:HAS_STAGE]->(s) "
        "WITH s, r ORDER BY r.position RETURN collect([s.key, r.position])"
    )
    return list(stages)


class TestCommand:
    @pytest.fixture
    def run(self, endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
        monkeypatch.setenv("NEO4J_URI", endpoint.uri)
        monkeypatch.setenv("NEO4J_USER", endpoint.user)
        monkeypatch.setenv("NEO4J_PASSWORD", endpoint.password.get_secret_value())
        app = typer.Typer()
        app.command("import")(import_)

        def run(*arguments: str | Path) -> tuple[int, str, str]:
            result = CliRunner().invoke(app, list(map(str, arguments)))
            return result.exit_code, result.stdout, result.stderr

        return run

    def test_it_tells_people_what_it_did(self, run: Callable[..., tuple[int, str, str]], write: Write) -> None:
        path = write("channels:\n  - {key: command, name: Command line}\n")
        assert run(path) == (0, "1 channel created.\n", "")
        assert run(path) == (0, "Nothing changed: 1 item was already there.\n", "")

    def test_it_tells_programs_in_json(self, run: Callable[..., tuple[int, str, str]], write: Write) -> None:
        status, out, err = run("--json", "--dry-run", write("channels:\n  - {key: json, name: JSON}\n"))
        assert (status, err) == (0, "")
        answer = json.loads(out)
        assert (answer["created"], answer["dryRun"], answer["revision"]) == (["channel/json"], True, None)

    def test_faults_go_to_standard_error_with_exit_status_1(
        self, run: Callable[..., tuple[int, str, str]], write: Write
    ) -> None:
        path = write("channels:\n  - {key: '[bold]', name: No markup}\n")
        status, out, err = run(path)
        assert (status, out) == (1, "")
        place, *_, last = err.splitlines()
        assert place.startswith(f"{path}:2:11: channel/[bold]: the key must be letters")
        assert last == "Nothing was imported; 1 fault must be mended first."

    def test_faults_are_json_for_programs(self, run: Callable[..., tuple[int, str, str]], write: Write) -> None:
        path = write("channels:\n  - {key: web, name: Web, sort: 1}\n")
        status, out, _ = run("--json", path)
        assert status == 1
        assert json.loads(out) == {
            "faults": [
                {
                    "file": str(path),
                    "line": 2,
                    "column": 27,
                    "heading": None,
                    "code": "UNKNOWN_FIELD",
                    "message": "A channel has no field `sort`; did you mean channelSort?",
                }
            ]
        }
