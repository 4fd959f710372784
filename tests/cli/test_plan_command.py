"""`graph-api plan`, where little is known or something is wrong; docs/questions/plan.md shows it on the demo."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from tests.cli.commands import Commands


@pytest.fixture(scope="module")
async def nothing(graph: Store) -> Store:
    await prepare(graph)
    return graph


@pytest.mark.usefixtures("nothing")
def test_of_nothing_there_is_a_plan_of_nothing(commands: Commands) -> None:
    ran = commands.call("plan", "--budget", "100")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("Answers 0 of 0 (-) for 0. No plan answers more.")


@pytest.mark.usefixtures("nothing")
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--budget", "-5"), "--budget: -5 is no amount; give one between 0 and "),
        (("--must", "PR1"), "--must: There is no Proposition PR1 to choose in scope; "),
        (("--exclude", "initiative/I1"), "--exclude: There is no Initiative I1 that a plan in scope could hold."),
        (("--capacity", "department/d1=5"), "--capacity: There is no Department with the key 'd1'."),
        (("--capacity", "department/d1=many"), "--capacity: 'department/d1=many' ends with no number."),
        (("--capacity", "department/d1"), "--capacity: 'department/d1' has no person-days."),
        (("--capacity", "goal/V1=5"), "--capacity: A Goal has no time of its own; "),
        (("--assume", "luck=7"), "--assume: 'luck' cannot be assumed."),
        (("--assume", "reach=7"), "--assume: 7.0 is not between 0 and 1."),
        (("--weight", "luck"), "--weight: There is no weight 'luck'."),
        (("--time-limit", "31"), "--time-limit: 31.0 is not between 0 and 30 seconds."),
        (("--reverse", "PR1"), "--reverse: There is no Proposition PR1 to choose in scope; "),
    ],
)
def test_what_is_wrong_is_named_as_it_was_written(commands: Commands, options: tuple[str, ...], said: str) -> None:
    ran = commands.call("plan", *options)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith(said)


@pytest.mark.usefixtures("seeded")
def test_a_plan_of_real_data_is_told_for_people_and_for_tools(commands: Commands) -> None:
    told = json.loads(commands.call("plan", "--json", "--draws", "3").out)
    assert told["status"] == "OPTIMAL"
    assert told["objective"] <= told["reachable"] <= told["total"]
    shown = commands.call("plan", "--draws", "3")
    assert (shown.status, shown.err) == (0, "")
    assert "Firm is what 3 of 3 draws" in shown.out


@pytest.mark.usefixtures("seeded")
def test_a_plan_is_written_as_a_workbook_and_as_a_page(commands: Commands, tmp_path: Path) -> None:
    ran = commands.call("plan", "--draws", "3", "--xlsx", "plan.xlsx", "--html", "plan.html", cwd=tmp_path)
    assert (ran.status, ran.out) == (0, "")
    assert load_workbook(tmp_path / "plan.xlsx").sheetnames == ["Summary", "Plan", "Uncovered", "Budgets"]
    assert "<h1>Plan</h1>" in (tmp_path / "plan.html").read_text(encoding="utf-8")
    again = commands.call("plan", "--html", "plan.html", cwd=tmp_path)
    assert (again.status, again.out) == (1, "")
    assert again.err.startswith("--html: plan.html is there already.")
