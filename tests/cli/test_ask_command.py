"""`graph-api ask`, on a small graph worked out by hand: what people see, what programs get, what cannot be asked."""

import json
import re
from textwrap import dedent

import pytest

from graph_api.cli.bar import Bar, percent
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from graph_api.transfer import import_paths
from tests.cli.commands import Commands, without_colours

pytestmark = pytest.mark.usefixtures("shop")

SHOP = """\
defaults: {tags: [shop]}
departments: [{key: sales, name: Sales}, {key: idle, name: Idle}]
kpis: [{key: K1, name: Minutes until somebody helps, target: 5, ownedBy: sales}]
insights:
  - {key: P1, name: Waiting is long, type: PAIN, severity: 8, opportunities: O1}
  - {key: P2, name: Letters are odd, type: PAIN, severity: 5.5}
  - {key: P3, name: The door sticks, type: UNMET_NEED, severity: 1}
evidence:
  - {key: E1, name: Survey, collectedOn: 2026-01-01, backs: P1}
  - {key: E2, name: Talks, collectedOn: 2026-10-22, backs: P2}
  - {key: E3, name: A visit, collectedOn: 2026-10-01, backs: P3}
opportunities: [{key: O1, name: Help at once, aimsAt: K1, initiatives: A1}]
initiatives: [{key: A1, name: "Second\\e[31m counter", due: 2027-01-01, ownedBy: sales}]
decisions: [{decides: insight/P3, decidedOn: 2026-10-02, decisionVerdict: DECIDED_NO, reason: It is to be sold.}]
"""
CHANGED = "insights: [{key: P1, severity: 9}]\nopportunities: [{key: O1, urgency: 7}]\n"
ON = ("--on", "2026-11-01")
START = ["start", "2026-01-01", "never"]


@pytest.fixture(scope="module")
async def shop(graph: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Return the store with the shop in its graph, of which two entities were changed afterwards."""
    folder = tmp_path_factory.mktemp("shop")
    await prepare(graph)
    for name, text in {"shop.yaml": SHOP, "changed.yaml": CHANGED}.items():
        (folder / name).write_text(text, encoding="utf-8")
        await import_paths(graph, [folder / name], actor="test")
    return graph


def test_coverage_begins_with_counts_and_ends_with_the_score(commands: Commands) -> None:
    ran = commands.call("ask", "coverage", *ON)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == dedent("""\
        2026-11-01: 8 entities, 3 gaps (1 HIGH, 1 MEDIUM, 1 LOW), 1 waived.

        3 pains and unmet needs, 1 of them new; 1 with an opportunity, 1 with an initiative that somebody owns:
        ██████████▒▒▒▒▒▒▒▒▒▒░░░░░░░░░░ 1 acted on, 1 decided no, 1 undecided

        thread       total  shallow  deep
        ─────────────────────────────────────────────
        insight          3        1     1  ███░░░░░░░
        opportunity      1        1     1  ██████████
        proposition      0        0     0  -
        initiative       1        1     0  ░░░░░░░░░░

        rule                      severity  missing              share  waived
        ──────────────────────────────────────────────────────────────────────
        PAIN_WITHOUT_OPPORTUNITY  HIGH          1/2  █████░░░░░  50.0%       1
        KPI_WITHOUT_MEASUREMENT   MEDIUM        1/1  ░░░░░░░░░░   0.0%       0
        DEPARTMENT_WITHOUT_PART   LOW           1/2  █████░░░░░  50.0%       0

        Score: 80.6%
    """)


def test_coverage_can_be_told_of_each_department_instead_of_each_rule(commands: Commands) -> None:
    ran = commands.call("ask", "coverage", *ON, "--by", "department", "--tag", "shop")
    assert ran.out.split("\n\n")[3:] == [
        dedent("""\
            department  name   gaps  high  acted              score
            ───────────────────────────────────────────────────────
            idle        Idle      1     0    0/0  ░░░░░░░░░░   0.0%
            sales       Sales     1     0    1/1  █████████░  91.3%"""),
        "Score: 80.6%\n",
    ]


def test_coverage_shows_every_rule_when_asked_to(commands: Commands) -> None:
    shown = commands.call("ask", "coverage", *ON, "--all", "--scope", "initiative/A1").out
    rules = re.findall(r"^([A-Z_]+)  ", shown, re.MULTILINE)
    assert len(rules) > 40
    assert re.search(r"^OPPORTUNITY_WITHOUT_KPI +MEDIUM +0/1  ██████████  100.0% +0$", shown, re.MULTILINE)


def test_coverage_of_nothing_and_of_what_lacks_nothing_is_told_in_sentences(commands: Commands) -> None:
    assert commands.call("ask", "coverage", *ON, "--tag", "none").out == (
        "2026-11-01: There is nothing here that a rule is about.\n"
    )
    shown = commands.call("ask", "coverage", *ON, "--scope", "evidence/E3", "--by", "persona").out
    assert "There is no persona here." in shown
    shown = commands.call("ask", "coverage", *ON, "--scope", "evidence/E1").out
    assert "By no rule is anything missing." not in shown  # the KPI at the end of the thread was never measured
    shown = commands.call("ask", "coverage", *ON, "--scope", "evidence/E3").out
    assert shown.startswith("2026-11-01: 1 entity, 0 gaps (0 HIGH, 0 MEDIUM, 0 LOW), 1 waived.\n")
    assert shown.endswith("By no rule is anything missing.\n\nScore: 100.0%\n")
    shown = commands.call("ask", "coverage", *ON, "--scope", "department/idle").out
    assert "There are no pains and unmet needs here." in shown


def test_gaps_are_a_table_with_how_to_mend_them_below(commands: Commands) -> None:
    assert commands.call("ask", "gaps", *ON, "--rule", "pain-without-opportunity") == (
        0,
        dedent("""\
            severity  entity                      missing                   value   age  could mend
            ───────────────────────────────────────────────────────────────────────────────────────
            HIGH      insight/P2 Letters are odd  Pain without opportunity    5.5  10 d  -
        """)
        + "\nPAIN_WITHOUT_OPPORTUNITY: Link it to an opportunity that it raises, or decide that nothing will be done "
        "about it, and why.\n",
        "",
    )


def test_gaps_can_be_read_on_where_a_page_ended(commands: Commands) -> None:
    first = commands.call("ask", "gaps", *ON, "--limit", "2").out
    told = re.search(r"\n\n2 of 3 gaps shown\. Go on with --after (\S+)\n$", first)
    assert told
    second = commands.call("ask", "gaps", *ON, "--limit", "2", "--after", told[1]).out
    assert "DEPARTMENT_WITHOUT_PART" in second
    assert "shown" not in second
    last = json.loads(commands.call("ask", "gaps", *ON, "--json").out)["pageInfo"]["endCursor"]
    assert commands.call("ask", "gaps", *ON, "--after", last).out == "There are no such gaps after this place.\n"


@pytest.mark.parametrize(
    ("conditions", "keys"),
    [
        (["--severity", "HIGH"], ["P2"]),
        (["--severity", "high", "--severity", "LOW"], ["P2", "idle"]),
        (["--rule", "KPI_WITHOUT_MEASUREMENT", "--rule", "DEPARTMENT_WITHOUT_PART"], ["K1", "idle"]),
        (["--owner", "department/sales"], ["K1"]),
        (["--owner", "departments/idle"], []),
        (["--scope", "initiative/A1"], ["K1"]),
        (["--scope", "insight/P2", "--scope", "insight/P1"], ["P2", "K1"]),
        (["--scope", "insight/P2", "--scope", "initiative/A1"], []),
        (["--tag", "shop", "--tag", "none"], ["P2", "K1", "idle"]),
    ],
    ids=" ".join,
)
def test_gaps_are_those_that_all_conditions_fit(commands: Commands, conditions: list[str], keys: list[str]) -> None:
    found = json.loads(commands.call("ask", "gaps", *ON, *conditions, "--json").out)
    assert [gap["entity"]["key"] for gap in found["nodes"]] == keys


def test_no_gaps_are_a_sentence(commands: Commands) -> None:
    assert commands.call("ask", "gaps", "--tag", "none").out == "There are no such gaps.\n"


def test_what_would_break_is_told_with_what_is_touched(commands: Commands) -> None:
    assert commands.call("ask", "impact", "initiative/A1", *ON) == (
        0,
        dedent("""\
            If initiative/A1 Second [31m counter were removed:

            Gaps that would open:
            severity  entity                       missing
            ─────────────────────────────────────────────────────────────────
            HIGH      opportunity/O1 Help at once  Opportunity without action

            Pains of which something else would become:
            pain                        before  after
            ─────────────────────────────────────────────
            insight/P1 Waiting is long  acted   undecided

            No longer leading to work that is owned and measured:
              opportunity/O1 Help at once

            Departments touched:
              department/sales Sales

            KPIs touched:
              kpi/K1 Minutes until somebody helps
        """),
        "",
    )


def test_where_nothing_breaks_that_is_told(commands: Commands) -> None:
    ran = commands.call("ask", "impact", "department/idle")
    assert ran.out == "If department/idle Idle were removed:\n\nNothing would lose its only support.\n"


def test_an_end_is_not_a_removal(commands: Commands) -> None:
    ran = commands.call("ask", "impact", "initiative/A1", "--end", *ON)
    assert ran.out.startswith("If initiative/A1 Second [31m counter came to its end:\n\nGaps that would open:\n")
    assert json.loads(commands.call("ask", "impact", "initiative/A1", "--end", "--json").out)["change"] == "END"


def test_links_that_need_review_are_told_with_the_end_that_changed(commands: Commands) -> None:
    ran = commands.call("ask", "needs-review")
    assert (ran.status, ran.err) == (0, "")
    shown = re.sub(r"\d{4}-\d\d-\d\d", "2026-01-01", ran.out)
    head, *rows = shown.partition("\n\n")[0].splitlines()
    assert re.split(r" {2,}", head) == ["link", "start → finish", "changed", "since", "reviewed"]
    assert [re.split(r" {2,}", row) for row in sorted(rows[1:])] == [
        ["ADDRESSED_BY", "opportunity/O1 Help at once → initiative/A1 Second [31m counter", *START],
        ["AIMS_AT", "opportunity/O1 Help at once → kpi/K1 Minutes until somebody helps", *START],
        ["BACKS", "evidence/E1 Survey → insight/P1 Waiting is long", "finish", "2026-01-01", "never"],
        ["RAISES", "insight/P1 Waiting is long → opportunity/O1 Help at once", "both", "2026-01-01", "never"],
    ]
    assert shown.endswith(
        "\n\nLook at each again. What still holds is marked as reviewed by the mutation `reviewLinks`, with the ids "
        "that --json shows; what no longer does is to be unlinked.\n"
    )


def test_links_that_need_review_come_in_pages_and_in_scopes(commands: Commands) -> None:
    assert "1 of 4 links shown. Go on with --after " in commands.call("ask", "needs-review", "--limit", "1").out
    assert commands.call("ask", "needs-review", "--scope", "insight/P2").out == "No link needs review here.\n"


@pytest.mark.parametrize("question", ["coverage", "gaps", "needs-review"])
def test_programs_get_the_data_of_the_answer(commands: Commands, question: str) -> None:
    ran = commands.call("ask", question, "--json")
    first = {"coverage": "on", "gaps": "totalCount", "needs-review": "totalCount"}[question]
    assert (ran.status, ran.err, next(iter(json.loads(ran.out)))) == (0, "", first)


@pytest.mark.parametrize(
    "arguments",
    [
        ["coverage", "--all"],
        ["coverage", "--by", "department"],
        ["gaps"],
        ["impact", "initiative/A1"],
        ["needs-review"],
    ],
    ids=" ".join,
)
def test_a_terminal_of_80_columns_is_wide_enough_and_sees_colours(commands: Commands, arguments: list[str]) -> None:
    ran = commands.call_on_terminal("ask", *arguments)
    assert ran.status == 0
    assert "\x1b[1m" in ran.out
    assert max(map(len, without_colours(ran.out))) <= 80


def test_where_there_are_no_blocks_other_signs_stand_for_them(commands: Commands) -> None:
    ran = commands.run("ask", "coverage", *ON, PYTHONIOENCODING="latin-1")
    assert "##########==========.......... 1 acted on, 1 decided no, 1 undecided" in ran.out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["coverage", "--on", "2026-13-01"], "--on: '2026-13-01' is no day. Write year, month and day, as 2026-11-01."),
        (["coverage", "--on", "20261101"], "--on: '20261101' is no day. Write year, month and day, as 2026-11-01."),
        (["coverage", "--scope", "P1"], "--scope: 'P1' names no entity. Write kind and key, as opportunity/R2."),
        (["coverage", "--scope", "insigt/P1"], "--scope: There is no kind 'insigt' that a thread leads through; did"),
        (["gaps", "--scope", "insight/P9"], "--scope: There is no insight with the key 'P9'."),
        (["needs-review", "--scope", "insight/P9"], "--scope: There is no insight with the key 'P9'."),
        (["gaps", "--tag", ""], "--tag: A tag has a name. Write one, or leave the option out."),
        (
            ["gaps", "--rule", "KPI_WITHOUT_OWNR"],
            "--rule: There is no rule 'KPI_WITHOUT_OWNR'; did you mean KPI_WITHOUT_OWNER? `ask coverage --all` lists",
        ),
        (
            ["gaps", "--severity", "bad"],
            "--severity: There is no severity 'bad'. Write HIGH, MEDIUM or LOW.",
        ),
        (["gaps", "--owner", "department/x"], "--owner: There is no Department with the key 'x' in the graph. Keys"),
        (
            ["gaps", "--owner", "insight/P1"],
            "--owner: Only departments, partners and stakeholders own something. Name one, as department/sales.",
        ),
        (["gaps", "--after", "x"], "--after is no cursor: give one that a page of this list has given."),
        (
            ["impact", "initiative/A9"],
            "There is no Initiative with the key 'A9' in the graph. Keys are case-sensitive.",
        ),
        (
            ["impact", "initiativ/A1"],
            "There is no kind 'initiativ' that a thread leads through; did you mean initiative?",
        ),
        (
            ["impact", "department/sales", "--end"],
            "--end: Only initiatives, propositions, opportunities and insights come to an end. Leave it out, and ask",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_asked_is_told_in_a_sentence(commands: Commands, arguments: list[str], sentence: str) -> None:
    ran = commands.call("ask", *arguments)
    assert (ran.status, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert ran.err.startswith(sentence)


@pytest.mark.parametrize("arguments", [["gaps", "--limit", "0"], ["coverage", "--by", "kpi"], ["impact"], ["nothing"]])
def test_what_is_used_wrongly_ends_with_status_2(commands: Commands, arguments: list[str]) -> None:
    assert commands.call("ask", *arguments).status == 2


@pytest.mark.parametrize(
    ("parts", "lengths"),
    [
        ([0.5, 0.5], [5, 5]),
        ([1, 0], [10, 0]),
        ([0.999, 0.001], [9, 1]),
        ([0.001, 0.999], [1, 9]),
        ([1, 1, 1], [4, 3, 3]),
        ([1, 1, 1000], [1, 1, 8]),
        ([0, 0], [0, 0]),
    ],
)
def test_a_bar_is_full_only_where_all_is_there_and_empty_only_where_nothing_is(
    parts: list[float], lengths: list[int]
) -> None:
    assert sorted(Bar(parts).lengths()) == sorted(lengths)
    assert [length > 0 for length in Bar(parts).lengths()] == [part > 0 for part in parts]


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (-0.1285, "-12.8%"),
        (-0.0004, "0.0%"),
        (1.2499, "125.0%"),
        (1, "100.0%"),
        (0.99999, "99.9%"),
        (0.29, "29.0%"),
        (0.913, "91.3%"),
        (0, "0.0%"),
        (None, "-"),
    ],
)
def test_a_share_is_rounded_down(share: float | None, text: str) -> None:
    assert percent(share) == text
