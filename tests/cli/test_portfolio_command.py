"""`graph-api portfolio`: what people see, what programs get, and the files for a board, opened again."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]
from playwright.async_api import ConsoleMessage, Page, Request, ViewportSize

from graph_api.cli.report.page import page
from graph_api.cli.report.summary import write_workbook
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from graph_api.transfer import import_paths
from tests.browser import chromium
from tests.cli.commands import Commands, Ran, without_colours
from tests.cli.reports import FIRST_DAY, HOSTILE, WEAVERS, hostile_report

ON = ("--on", "2026-11-01")
OF_WEAVERS = ("portfolio", *ON, "--tag", "weavers")
A4_LANDSCAPE: ViewportSize = {"width": 1031, "height": 703}
"""The room between the margins of a printed page, in pixels of 1/96 inch."""


@pytest.fixture(scope="module")
async def weavers(graph: Store, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Return the store with a portfolio in its graph, and with two opportunities of which nothing is known."""
    folder = tmp_path_factory.mktemp("weavers")
    await prepare(graph)
    for name, text in {"weavers.yaml": WEAVERS, "first.yaml": FIRST_DAY}.items():
        (folder / name).write_text(text, encoding="utf-8")
        await import_paths(graph, [folder / name], actor="test")
    return graph


class Written(NamedTuple):
    ran: Ran
    workbook: Any
    html: str


@pytest.fixture(scope="module")
def written(weavers: Store, commands: Commands, tmp_path_factory: pytest.TempPathFactory) -> Written:  # noqa: ARG001
    """Return both files of the weavers' portfolio."""
    folder = tmp_path_factory.mktemp("written")
    ran = commands.call(*OF_WEAVERS, "--xlsx", "w.xlsx", "--html", "w.html", cwd=folder)
    assert sorted(path.name for path in folder.iterdir()) == ["w.html", "w.xlsx"]
    return Written(ran, load_workbook(folder / "w.xlsx"), (folder / "w.html").read_text(encoding="utf-8"))


@pytest.mark.usefixtures("weavers")
def test_propositions_stand_beside_each_other_with_what_is_missing(commands: Commands) -> None:
    ran = commands.call(*OF_WEAVERS)
    assert (ran.status, ran.err) == (0, "")
    lead, table, legend = ran.out.split("\n\n")
    assert lead.startswith("2 propositions by EVIDENCE_COUNT: number of distinct pains and unmet needs")
    currencies, headings, _, *rows = [re.sub(r"  +", "|", line.strip()) for line in table.splitlines()]
    assert currencies == "value|cost"
    assert headings.replace("|", " ") == "rank item score pains customers EUR days EUR assumed decision missing"
    # The insight without a type may be a third pain, or a second. The hall is one of the 40 tailors: 60,000 in all.
    assert rows == [
        "- (1)|N1 <script>alert(1)</script>|2 to 3|████▒▒|2+|40|60k|10|1.5k|50.0%|approve|score (type)",
        "- (1-2)|N2 @SUM(A1)|1 to 2|██▒▒░░|1+|40|60k|-|400|0.0%|score (type), effort, who does it",
    ]
    assert legend == "With a + it is at least so much: the rest is unknown.\n"


@pytest.mark.usefixtures("weavers")
def test_the_table_fits_100_columns_and_says_below_what_it_has_no_room_for(commands: Commands) -> None:
    lines = without_colours(commands.call_on_terminal(*OF_WEAVERS, columns=100).out)
    assert max(map(len, lines)) <= 100
    assert [line for line in lines if line.startswith(("N1", "N2"))] == [
        "N1: <script>alert(1)</script>; missing: score (type)",
        "N2: @SUM(A1); missing: score (type), effort, who does it",
    ]


@pytest.mark.usefixtures("weavers")
def test_on_the_first_day_opportunities_are_shown_though_nothing_is_known_of_them(
    commands: Commands, tmp_path: Path
) -> None:
    asked = ("portfolio", *ON, "--tag", "first-day", "--method", "RICE")
    ran = commands.call(*asked)
    assert ran.out.startswith("2 opportunities by RICE: ")
    rows = [re.split(r"  +", line) for line in ran.out.splitlines() if line.startswith("- (1-2)")]
    assert [row[:3] + row[-1:] for row in rows] == [
        ["- (1-2)", "D1 An idea", "-", "score (reach, impact, confidence, effort), cost, effort, who does it"],
        ["- (1-2)", "D2 Another", "-", "score (reach, impact, confidence, effort), cost, effort, who does it"],
    ]
    assert commands.call(*asked, "--xlsx", "f.xlsx", "--html", "f.html", cwd=tmp_path).status == 0
    header, *items = _rows(load_workbook(tmp_path / "f.xlsx"), "Items")
    found = [dict(zip(header, row, strict=True)) for row in items]
    assert [(one["key"], one["score"], one["effort in person-days"], one["cost"]) for one in found] == [
        ("D1", None, None, None),
        ("D2", None, None, None),
    ]
    assert all("Nothing can be drawn" in text for text in [(tmp_path / "f.html").read_text(encoding="utf-8")])


@pytest.mark.usefixtures("weavers")
def test_programs_get_the_answer_of_the_api(commands: Commands) -> None:
    found = json.loads(commands.call(*OF_WEAVERS, "--order", "cost:asc", "--limit", "1", "--json").out)
    assert (found["totalCount"], found["pageInfo"]["hasNextPage"]) == (2, True)
    assert [(node["item"]["key"], node["cost"]["cost"]) for node in found["nodes"]] == [("N2", "400.00")]


@pytest.mark.usefixtures("weavers")
def test_a_page_ends_with_how_to_go_on(commands: Commands) -> None:
    first = commands.call(*OF_WEAVERS, "--order", "key", "--limit", "1").out
    lead, _, cursor = first.rstrip().rpartition(" ")
    assert lead.endswith("1 of 2 propositions shown. Go on with --after")
    second = commands.call(*OF_WEAVERS, "--order", "key", "--after", cursor).out
    assert ("N2 @SUM(A1)" in second, "N1 " in second) == (True, False)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--of", "pain"], "--of: 'pain' is nothing that a portfolio is of."),
        (["--method", "RISE"], "--method: There is no method 'RISE'; did you mean RICE?"),
        (["--weight", "luck=1"], "--weight: There is no weight 'luck'."),
        (["--weight", "urgency=nan"], "--weight: 'urgency=nan' gives no number."),
        (["--weight", "urgency"], "--weight: 'urgency' gives no number."),
        (["--pain-weight", "LUCK"], "--pain-weight: Pains cannot count by 'LUCK'."),
        (["--order", "luck"], "--order: Items cannot be sorted by 'luck'."),
        (["--order", "cost:up"], "--order: There is no direction 'up'. Write asc or desc."),
        (["--xlsx", "here/a.xlsx"], "here/a.xlsx cannot be written (No such file or directory); name another file."),
        (["--html", "."], "--html: . is a folder. Name a file."),
        (["--xlsx", "a", "--html", "a"], "--html: a is to be the workbook. Name another file."),
        (["--xlsx", "there"], "--xlsx: there is there already. Name another file, or give --force to write over it."),
    ],
)
def test_what_cannot_be_done_is_told_before_anything_is_asked(
    commands: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], sentence: str
) -> None:
    monkeypatch.delattr("graph_api.cli.portfolio.with_graph")
    (tmp_path / "there").write_text("mine")
    ran = commands.call("portfolio", *arguments, cwd=tmp_path)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith(sentence)
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("there", "mine")]


def test_where_the_graph_does_not_answer_no_file_is_written(commands: Commands, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("mine")
    ran = commands.run(
        "portfolio", "--xlsx", "a.xlsx", "--html", "a.html", "--force", cwd=tmp_path, NEO4J_URI="bolt://127.0.0.1:1"
    )
    assert (ran.status, ran.out) == (1, "")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.xlsx", "mine")]


@pytest.mark.usefixtures("weavers")
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--weight", "urgency=1"], "--weight: EVIDENCE_COUNT has no such weight; it has none at all.\n"),
        (["--renewal-days", "-1"], "--renewal-days: -1 is not between 0 and 36,525; give fewer days.\n"),
    ],
)
def test_what_the_question_refuses_is_told_of_the_option(
    commands: Commands, arguments: list[str], sentence: str
) -> None:
    assert commands.call("portfolio", *arguments) == (1, "", sentence)


def test_the_workbook_has_a_sheet_for_each_thing_that_a_board_asks(written: Written) -> None:
    assert written.ran.err == "2 propositions written to w.xlsx.\n2 propositions written to w.html.\n"
    assert written.workbook.sheetnames == ["Summary", "Items", "Terms", "Pains", "Parties", "Decisions"]
    summary = {row[0]: row[1] for row in written.workbook["Summary"].iter_rows(max_col=2, values_only=True) if row[0]}
    assert summary["Portfolio of propositions"] is None
    assert (summary["propositions"], summary["with a known score"]) == (2, 0)
    assert (summary["pains and unmet needs in scope"], summary["of these that no item here answers"]) == (3, 1)
    assert len(written.workbook["Summary"]._charts) == 2
    items = written.workbook["Items"]
    assert (items.freeze_panes, items.auto_filter.ref) == ("F3", "A2:AT4")
    assert list(items.conditional_formatting)


def test_figures_are_typed_and_what_is_unknown_is_an_empty_cell_beside_its_name(written: Written) -> None:
    header, first, second = _rows(written.workbook, "Items")
    one, other = (dict(zip(header, row, strict=True)) for row in (first, second))
    # Two pains, and an insight that may be a third; 1,500.50 EUR by itself, and 400 by its initiative.
    assert (one["score"], one["score at least"], one["score at most"]) == (None, 2, 3)
    assert (one["cost"], one["effort in person-days"], one["on assumption alone"]) == (1500.5, 10, 0.5)
    assert (other["cost"], other["effort in person-days"], other["effort at least"]) == (400, None, None)
    assert one["decided on"] == datetime(2026, 10, 1)  # noqa: DTZ001 - a day
    assert "score: type" in one["missing"]
    assert "cost: effort" in other["missing"]
    cells = {header[cell.column - 1]: cell for cell in written.workbook["Items"][3]}
    assert (cells["cost"].number_format, cells["annual value"].number_format) == ("#,##0.00 [$EUR]", "#,##0 [$EUR]")
    assert (cells["decided on"].number_format, cells["on assumption alone"].number_format) == ("yyyy-mm-dd", "0.0%")


def test_pains_that_nothing_answers_come_first(written: Written) -> None:
    header, *rows = _rows(written.workbook, "Pains")
    found = [dict(zip(header, row, strict=True)) for row in rows]
    assert [(one["covered"], one["pain"], one["answered by"]) for one in found] == [
        ("answered by nothing here", "P3", None),
        ("answered, not acted on", "P1", "N1, N2"),
        ("answered, not acted on", "P2", "N1"),
        ("perhaps a pain", "P4", "N1, N2"),
    ]


def test_terms_parties_and_decisions_are_rows(written: Written) -> None:
    _, *terms = _rows(written.workbook, "Terms")
    assert [(row[0], row[2], row[4], row[9], row[10]) for row in terms] == [
        ("N1", "insight/P1", None, 1, None),
        ("N1", "insight/P2", None, 1, None),
        ("N1", "insight/P4", "type", None, "type"),
        ("N2", "insight/P1", None, 1, None),
        ("N2", "insight/P4", "type", None, "type"),
    ]
    _, *parties = _rows(written.workbook, "Parties")
    assert [(row[0], row[2], row[8], row[9], row[11]) for row in parties] == [
        ("department/looms", 6, "-Weaves", 6, None),
        ("department/dyers", None, None, None, "effort"),
    ]
    _, *decisions = _rows(written.workbook, "Decisions")
    assert [(row[1], row[2], row[4], row[5]) for row in decisions] == [
        ("approve", "proposition/N1", "Board", "=It is time")
    ]


def test_no_text_is_a_formula_and_what_looks_like_one_is_marked_as_text(written: Written) -> None:
    stream = BytesIO()
    write_workbook(hostile_report(), stream)
    for workbook in (written.workbook, load_workbook(stream)):
        cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
        assert {cell.data_type for cell in cells} == {"s"}
        assert all(cell.quotePrefix for cell in cells if cell.value.startswith(("=", "+", "-", "@", "\t")))
        assert not any(cell.hyperlink for cell in cells)
    assert [row[0] for row in _rows(load_workbook(stream), "Items", heading="=heading")[1:]] == list(HOSTILE)


def test_the_same_report_makes_the_same_workbook_without_a_trace_of_the_machine() -> None:
    streams = [BytesIO(), BytesIO()]
    for stream in streams:
        write_workbook(hostile_report(), stream)
    assert streams[0].getvalue() == streams[1].getvalue()
    properties = load_workbook(streams[0]).properties
    assert (properties.creator, str(properties.created)) == ("graph-api", "2026-11-01 00:00:00")
    with ZipFile(streams[0]) as package:
        assert not any("externalLink" in name or "vba" in name for name in package.namelist())


class Parsed(HTMLParser):
    """A page taken apart: its elements with their attributes, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def _pages(written: Written) -> Iterator[str]:
    yield written.html
    yield page(hostile_report())


def test_the_page_holds_no_script_and_names_nothing_outside(written: Written) -> None:
    for text in _pages(written):
        parsed = Parsed(text)
        tags = {tag for tag, _ in parsed.elements}
        assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form", "a", "base"}
        attributes = [(name, value or "") for _, each in parsed.elements for name, value in each.items()]
        assert not [name for name, _ in attributes if name.startswith("on") or name in {"style", "src", "href"}]
        # What data say is text, and in what a chart says of itself.
        assert not [value for name, value in attributes if "://" in value and name not in {"aria-label", "title"}]
        (policy,) = [each["content"] for _, each in parsed.elements if each.get("http-equiv")]
        assert re.fullmatch(
            r"default-src 'none'; style-src 'sha256-[\w+/]+=*'; base-uri 'none'; form-action 'none'", policy or ""
        )


def test_all_items_and_names_are_on_the_page_as_they_are(written: Written) -> None:
    text = Parsed(written.html).text
    for name in ("Portfolio of propositions", "N1", "<script>alert(1)</script>", "@SUM(A1)", "=1+1", "-Weaves"):
        assert name in text
    shown = Parsed(page(hostile_report())).text
    assert all(name in shown for name in HOSTILE)


def test_every_chart_says_in_words_what_it_shows_and_every_column_has_a_heading(written: Written) -> None:
    elements = Parsed(written.html).elements
    charts = [attributes for tag, attributes in elements if tag == "svg"]
    assert charts
    assert all(each["role"] == "img" and each["aria-label"] for each in charts)
    assert all(attributes.get("scope") for tag, attributes in elements if tag == "th")
    assert [tag for tag, _ in elements].count("h1") == 1


async def test_the_page_is_drawn_under_its_own_policy_and_no_table_is_cut_when_printed(
    written: Written, tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    complaints: list[str] = []
    requests: list[str] = []

    def complain(said: ConsoleMessage) -> None:
        complaints.append(said.text)

    def ask(request: Request) -> None:
        requests.append(request.url)

    async with chromium() as browser:
        for text in _pages(written):
            path.write_text(text, encoding="utf-8")
            shown = await browser.new_page(viewport={"width": 1280, "height": 900})
            shown.on("console", complain)
            shown.on("request", ask)
            await shown.goto(path.as_uri())
            assert await _overflowing(shown, "body") == []
            assert await shown.evaluate("getComputedStyle(document.querySelector('h1')).fontSize") == "28px"
            await shown.emulate_media(media="print")
            await shown.set_viewport_size(A4_LANDSCAPE)
            assert await _overflowing(shown, "body, table, svg") == []
            assert len(await shown.pdf(prefer_css_page_size=True)) > 10_000
    assert complaints == []
    assert requests == [path.as_uri()] * 2


async def _overflowing(shown: Page, selector: str) -> Any:
    """Return the elements that reach beyond the right end of what is shown."""
    return await shown.evaluate(
        "selector => [...document.querySelectorAll(selector)]"
        ".filter(each => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1"
        " || (each === document.body && each.scrollWidth > document.documentElement.clientWidth + 1))"
        ".map(each => each.outerHTML.slice(0, 200))",
        selector,
    )


def _rows(workbook: Any, sheet: str, heading: str = "") -> list[tuple[Any, ...]]:
    """Return the rows of a sheet from its headings on: the first row that is filled to its end."""
    rows = list(workbook[sheet].iter_rows(values_only=True))
    return rows[next(place for place, row in enumerate(rows) if row[0] == heading or all(row)) :]
