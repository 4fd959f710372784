"""`graph-api check`: the gate, its bounds, the file of rules, and what a CI server gets."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from textwrap import dedent

import pytest

from graph_api.cli.check.gate import Bounds, hold
from graph_api.cli.check.junit import legal
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from graph_api.transfer import import_paths
from tests.cli.commands import Commands

pytestmark = pytest.mark.usefixtures("shop")

SHOP = """\
defaults: {tags: [shop]}
departments: [{key: sales, name: Sales}, {key: idle, name: Idle}]
kpis: [{key: K1, name: Minutes until somebody helps, target: 5, ownedBy: sales}]
insights:
  - {key: P1, name: Waiting is long, type: PAIN, severity: 8, opportunities: O1}
  - {key: P2, name: Letters are odd, type: PAIN, severity: 5.5}
  - {key: P3, name: "<b>]]>&amp;\\e[31m\\n\\uFFFE", type: PAIN, severity: 5}
evidence: [{key: E1, name: Survey, collectedOn: 2026-01-01, backs: [P1, P2, P3]}]
opportunities: [{key: O1, name: Help at once, aimsAt: K1, initiatives: A1}]
initiatives: [{key: A1, name: Second counter, due: 2027-01-01, ownedBy: sales}]
"""
ON = ("--on", "2026-11-01")
SETTINGS = "The settings are assumptionDays, staleDays, satisfaction, minScore, maxHigh, rules."
RULES = "`graph-api ask coverage --all` lists them."
OFF = "`KPI_STALE` is `off`, or a map: write `KPI_STALE: off`, or `KPI_STALE: {severity: LOW}`."
COUNTS = "2026-11-01: 8 entities, 4 gaps (2 HIGH, 1 MEDIUM, 1 LOW), 0 waived.\n"


@pytest.fixture(scope="module")
async def shop(graph: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    path = tmp_path_factory.mktemp("shop") / "shop.yaml"
    path.write_text(SHOP, encoding="utf-8")
    await prepare(graph)
    await import_paths(graph, [path], actor="test")
    return graph


def test_without_a_bound_no_gap_may_be_high(commands: Commands) -> None:
    assert commands.call("check", *ON) == (
        1,
        COUNTS
        + dedent("""\
            HIGH insight/P2 Letters are odd: Pain without opportunity
            HIGH insight/P3 <b>]]>&amp; [31m \ufffe: Pain without opportunity
            2 gaps of severity HIGH: 2 more than the 0 allowed.
            The gate does not hold.
        """),
        "",
    )


@pytest.mark.parametrize(
    ("options", "status", "sentences"),
    [
        (["--max-high", "2"], 0, ["2 gaps of severity HIGH, at most 2 allowed."]),
        (["--max-high", "1"], 1, ["2 gaps of severity HIGH: 1 more than the 1 allowed."]),
        (["--scope", "initiative/A1"], 0, ["0 gaps of severity HIGH, at most 0 allowed."]),
        (["--min-score", "70"], 0, ["Score 73.5%, at least 70% wanted."]),
        (["--min-score", "74.5"], 1, ["Score 73.5%: 1.0 points under the 74.5% wanted."]),
        (
            ["--min-score", "80", "--max-high", "1"],
            1,
            [
                "2 gaps of severity HIGH: 1 more than the 1 allowed.",
                "Score 73.5%: 6.5 points under the 80% wanted.",
            ],
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) and value[0].startswith("-") else "",
)
def test_each_bound_that_is_given_is_held(
    commands: Commands, options: list[str], status: int, sentences: list[str]
) -> None:
    ran = commands.call("check", *ON, *options)
    outcome = "The gate does not hold." if status else "The gate holds."
    assert (ran.status, ran.err) == (status, "")
    assert [line for line in ran.out.splitlines()[1:] if not line.startswith("HIGH ")] == [*sentences, outcome]


def test_the_file_says_which_rules_count_and_options_win_over_its_bounds(commands: Commands, tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text(
        dedent("""\
            minScore: 90
            maxHigh: 1
            rules:
              PAIN_WITHOUT_OPPORTUNITY: off
              DEPARTMENT_WITHOUT_PART: {severity: HIGH, weight: 0.5}
              KPI_WITHOUT_MEASUREMENT: false
        """),
        encoding="utf-8",
    )
    ran = commands.call("check", *ON, "--rules", rules)
    assert (ran.status, ran.out.splitlines()[1:]) == (
        0,
        ["1 gap of severity HIGH, at most 1 allowed.", "Score 97.7%, at least 90% wanted.", "The gate holds."],
    )
    ran = commands.call("check", *ON, "--rules", rules, "--max-high", "0")
    assert (ran.status, ran.out.splitlines()[1:]) == (
        1,
        [
            "HIGH department/idle Idle: Department without part",
            "1 gap of severity HIGH: 1 more than the 0 allowed.",
            "Score 97.7%, at least 90% wanted.",
            "The gate does not hold.",
        ],
    )


def test_the_file_may_be_json_and_say_what_is_too_old(commands: Commands, tmp_path: Path) -> None:
    rules = tmp_path / "rules.json"
    rules.write_text(
        '{"assumptionDays": 90, "staleDays": 30, "satisfaction": 6.5, "minScore": null, "maxHigh": 9,\n'
        ' "rules": {"PAIN_WITHOUT_OPPORTUNITY": false, "KPI_WITHOUT_OWNER": {"severity": "low"}}}',
        encoding="utf-8",
    )
    ran = commands.call("check", *ON, "--rules", rules)
    assert (ran.status, ran.out.splitlines()[1:]) == (
        0,
        ["0 gaps of severity HIGH, at most 9 allowed.", "The gate holds."],
    )


def test_programs_get_json(commands: Commands) -> None:
    ran = commands.call("check", *ON, "--tag", "shop", "--min-score", "70", "--max-high", "1", "--json")
    found = json.loads(ran.out)
    gaps = found.pop("gaps")
    assert (ran.status, ran.err) == (1, "")
    assert found == {
        "holds": False,
        "on": "2026-11-01",
        "score": 25 / 34,
        "entities": 8,
        "high": 2,
        "medium": 1,
        "low": 1,
        "waived": 0,
        "bounds": [
            {
                "name": "maxHigh",
                "bound": 1,
                "found": 2,
                "holds": False,
                "sentence": "2 gaps of severity HIGH: 1 more than the 1 allowed.",
            },
            {
                "name": "minScore",
                "bound": 70,
                "found": 25 / 34 * 100,
                "holds": True,
                "sentence": "Score 73.5%, at least 70% wanted.",
            },
        ],
    }
    assert [(gap["severity"], gap["rule"], gap["entity"]["key"]) for gap in gaps] == [
        ("HIGH", "PAIN_WITHOUT_OPPORTUNITY", "P2"),
        ("HIGH", "PAIN_WITHOUT_OPPORTUNITY", "P3"),
        ("MEDIUM", "KPI_WITHOUT_MEASUREMENT", "K1"),
        ("LOW", "DEPARTMENT_WITHOUT_PART", "idle"),
    ]


def test_a_ci_server_gets_a_failure_for_each_rule_that_breaks_the_gate(commands: Commands, tmp_path: Path) -> None:
    rules, junit = tmp_path / "rules.yaml", tmp_path / "reports" / "junit.xml"
    rules.write_text("rules: {STAGE_EMPTY: off}", encoding="utf-8")
    bounds = ("--min-score", "80", "--max-high", "1")
    assert commands.call("check", *ON, *bounds, "--rules", rules, "--junit", junit).status == 1
    suites = ET.parse(junit).getroot()  # noqa: S314 our own file
    (suite,) = suites
    cases = {case.get("name"): case for case in suite}
    assert suites.attrib == {name: value for name, value in suite.attrib.items() if name != "name"}
    assert suite.attrib == {
        "name": "graph-api check",
        "tests": str(len(cases)),
        "failures": "2",
        "errors": "0",
        "skipped": "1",
    }
    assert {name: [each.tag for each in case] for name, case in cases.items() if len(case)} == {
        "PAIN_WITHOUT_OPPORTUNITY": ["failure"],
        "KPI_WITHOUT_MEASUREMENT": ["system-out"],
        "DEPARTMENT_WITHOUT_PART": ["system-out"],
        "STAGE_EMPTY": ["skipped"],
        "minScore": ["failure"],
    }
    (failure,), (output,), (short,) = (
        cases[name] for name in ("PAIN_WITHOUT_OPPORTUNITY", "DEPARTMENT_WITHOUT_PART", "minScore")
    )
    mending = "Link it to an opportunity that it raises, or decide that nothing will be done about it, and why."
    assert failure.attrib == {
        "type": "HIGH",
        "message": "2 gaps of severity HIGH. "
        "Every pain and unmet need that is not refuted raises an opportunity, or was decided against.",
    }
    assert failure.text == (
        f"insight/P2 Letters are odd: {mending}\ninsight/P3 <b>]]>&amp;\\u001b[31m\\u000a\\ufffe: {mending}"
    )
    assert output.text == (
        "department/idle Idle: Say what it owns, runs or is involved in; or the thread does not need it."
    )
    assert short.attrib == {"type": "minScore", "message": "Score 73.5%: 6.5 points under the 80% wanted."}


def test_a_ci_server_gets_no_failure_where_the_gate_holds(commands: Commands, tmp_path: Path) -> None:
    junit = tmp_path / "junit.xml"
    assert commands.call("check", *ON, "--min-score", "50", "--max-high", "2", "--junit", junit).status == 0
    suite = ET.parse(junit).getroot()[0]  # noqa: S314 our own file
    assert (suite.get("failures"), list(suite.iter("failure"))) == ("0", [])
    assert [each.text for each in suite.findall("testcase[@name='minScore']/system-out")] == [
        "Score 73.5%, at least 50% wanted."
    ]
    assert len(suite.findall("testcase[@name='PAIN_WITHOUT_OPPORTUNITY']/system-out")) == 1


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", ["rules.yaml: The file says nothing: write what is to be otherwise, as `maxHigh: 3`."]),
        ("- maxHigh", ["rules.yaml:1:1: A file is a map: begin with the name of a setting, as `maxHigh: 3`."]),
        (
            "minScore: 80\nmaxHihg: 3",
            ["rules.yaml:2:1: There is no setting `maxHihg`; did you mean maxHigh? " + SETTINGS],
        ),
        (
            "maxHigh: 1\nmaxHigh: 2",
            ["rules.yaml:2:1: `maxHigh` is here a second time, after line 1: keep one of them."],
        ),
        (
            "maxHigh: -1\nminScore: 100.5\nsatisfaction: ten\nassumptionDays: 2.5\nstaleDays: true",
            [
                "rules.yaml:1:10: `maxHigh` is a whole number, 0 or more, and not -1.",
                "rules.yaml:2:11: `minScore` is a number from 0 to 100, and not 100.5.",
                "rules.yaml:3:15: `satisfaction` is a number from 0 to 10, and not ten.",
                "rules.yaml:4:17: `assumptionDays` is a whole number, 0 or more, and not 2.5.",
                "rules.yaml:5:12: `staleDays` is a whole number, 0 or more, and not true.",
            ],
        ),
        ("maxHigh: [1]", ["rules.yaml:1:10: `maxHigh` takes one value, and this is a list: keep one of them."]),
        ("staleDays: 9999999999", ["rules.yaml:1:12: `staleDays` is a whole number, 0 or more, and not 9999999999."]),
        (
            "rules: [KPI_STALE]",
            ["rules.yaml:1:8: `rules` is a map: write a rule's name, a colon, and `off` or what is otherwise."],
        ),
        (
            "rules:\n  KPI_STAL: off",
            ["rules.yaml:2:3: There is no rule `KPI_STAL`; did you mean KPI_STALE? " + RULES],
        ),
        ("rules:\n  KPI_STALE:", [f"rules.yaml:2:3: {OFF}"]),
        ("rules:\n  KPI_STALE: on", [f"rules.yaml:2:14: {OFF}"]),
        ("rules:\n  KPI_STALE: {}", [f"rules.yaml:2:14: {OFF}"]),
        ("rules:\n  KPI_STALE: [off]", [f"rules.yaml:2:14: {OFF}"]),
        (
            "rules: {KPI_STALE: {sverity: LOW}}",
            [
                "rules.yaml:1:21: `KPI_STALE` has no `sverity`; did you mean severity? It has severity and weight.",
            ],
        ),
        (
            "rules: {KPI_WITHOUT_OWNER: {severity: HIHG, weight: 1e999}}",
            [
                "rules.yaml:1:39: There is no severity `HIHG`; did you mean HIGH? Write HIGH, MEDIUM or LOW.",
                "rules.yaml:1:53: `weight` is a number, 0 or more, and not inf.",
            ],
        ),
        (
            "rules: {KPI_STALE: {weight: 2}}",
            ["rules.yaml:1:29: `KPI_STALE` never counts in the score, so that it has no weight: leave it out."],
        ),
        ("maxHigh: *a", ["rules.yaml:1:10: Aliases such as *a are not read: write the value out."]),
    ],
)
def test_what_is_wrong_in_the_file_is_told_with_its_place(
    commands: Commands, tmp_path: Path, text: str, faults: list[str]
) -> None:
    (tmp_path / "rules.yaml").write_text(text, encoding="utf-8")
    ran = commands.call("check", "--rules", "rules.yaml", cwd=tmp_path)
    assert (ran.status, ran.out, ran.err.splitlines()) == (2, "", faults)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--rules", "none.yaml"], "--rules: none.yaml cannot be read: No such file or directory."),
        (["--rules", "."], "--rules: . cannot be read: Is a directory."),
        (["--junit", "."], "--junit: . cannot be written: Is a directory."),
        (["--min-score", "101"], "--min-score: 101 is no percentage. Write a number from 0 to 100."),
        (["--min-score", "nan"], "--min-score: nan is no percentage. Write a number from 0 to 100."),
        (["--on", "today"], "--on: 'today' is no day. Write year, month and day, as 2026-11-01."),
        (["--scope", "insight/P9"], "--scope: There is no insight with the key 'P9'."),
        (["--tag", "none"], "There is nothing in this scope that a rule is about, and so nothing to check."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_checked_ends_with_status_2(
    commands: Commands, tmp_path: Path, options: list[str], sentence: str
) -> None:
    assert commands.call("check", *options, cwd=tmp_path) == (2, "", sentence + "\n")


@pytest.mark.parametrize("options", [["--max-high", "-1"], ["--max-high", "two"], ["--bound", "1"], ["R2"]])
def test_what_is_used_wrongly_ends_with_status_2(commands: Commands, options: list[str]) -> None:
    assert commands.call("check", *options).status == 2


def test_a_neo4j_that_does_not_answer_is_no_gate_that_does_not_hold(commands: Commands) -> None:
    ran = commands.call("check", NEO4J_URI="bolt://127.0.0.1:1")
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)


async def test_more_gaps_than_a_page_holds_are_all_told_and_a_few_of_them_shown(
    commands: Commands, shop: Store, tmp_path: Path
) -> None:
    many = "\n".join(f"  - {{key: M{number}, name: Pain {number}, type: PAIN}}" for number in range(201))
    (tmp_path / "many.yaml").write_text(f"defaults: {{tags: [many]}}\ninsights:\n{many}\n", encoding="utf-8")
    await import_paths(shop, [tmp_path / "many.yaml"], actor="test")
    gaps = json.loads(commands.run("check", "--tag", "many", "--json").out)["gaps"]
    assert len({(gap["rule"], gap["entity"]["key"]) for gap in gaps}) == len(gaps) == 402
    shown = commands.run("check", "--tag", "many").out.splitlines()
    assert [line.startswith("HIGH ") for line in shown[1:12]] == [True] * 10 + [False]
    assert shown[11] == "… and 191 more; --json lists them all."


def test_a_score_that_there_is_not_cannot_be_high_enough() -> None:
    (held,) = hold(Bounds(None, 0), 0, None)
    assert (held.holds, held.sentence) == (False, "No score, at least 0% wanted: no rule that counts applies here.")


@pytest.mark.parametrize(("score", "bound"), [(0.29, 29), (0.57, 57), (0.913, 91.3), (1, 100), (2 / 3, 66.66666666667)])
def test_a_score_as_high_as_the_bound_holds_whatever_the_computer_rounds(score: float, bound: float) -> None:
    assert hold(Bounds(None, bound), 0, score)[0].holds


def test_what_xml_cannot_hold_is_written_as_its_number() -> None:
    assert legal("a\x00\t\x85\ud800\uffff é😀") == "a\\u0000\\u0009\\u0085\\ud800\\uffff é😀"
