"""What reports are made of, without a graph: charts for any numbers, files for any texts, lists page after page."""

from collections.abc import Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook  # type: ignore[import-untyped]

from graph_api.cli.report import asking
from graph_api.cli.report.chart import Bar, Bubbles, Point, Range, drawn, drawn_range, scale
from graph_api.cli.report.page import page
from graph_api.cli.report.plan import plan_report
from graph_api.cli.report.report import Report
from graph_api.cli.report.sheet import Cell, Column, Form, Money, Sheet, between, legible, number, shortened
from graph_api.cli.report.summary import write_workbook
from graph_api.cli.report.workbook import LONGEST, fitting
from graph_api.errors import GraphApiError

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.text(st.characters(exclude_categories=()), max_size=40)


def report_of(cell: Cell, column: Column) -> Report:
    sheet = Sheet("Items", "About.", [column], [[cell]])
    return Report("Title", "things", "2026-11-01", [], [], [sheet], [sheet])


def written(cell: Cell, column: Column) -> Any:
    stream = BytesIO()
    write_workbook(report_of(cell, column), stream)
    return load_workbook(stream)["Items"]["A3"]


@given(st.lists(NUMBERS | st.none(), max_size=5))
def test_a_scale_holds_all_values_and_has_some_round_ticks(values: list[float | None]) -> None:
    made = scale(values, 200)
    known = [value for value in values if value is not None]
    if made is None:
        assert all(abs(value) < 1e-299 for value in known)
        return
    assert all(0 <= made.place(value) <= 200 for value in known)
    places = [place for place, _ in made.ticks]
    assert 2 <= len(places) <= 7
    assert places == sorted(places)
    assert all(text not in {"inf", "nan"} for _, text in made.ticks)


def test_ticks_are_steps_of_one_two_or_five() -> None:
    made = scale([18], 180)
    assert made is not None
    assert made.ticks == [(0, "0"), (50, "5"), (100, "10"), (150, "15")]


def test_a_bar_says_whether_its_value_is_known_and_what_it_can_be() -> None:
    on = scale([10], 100)
    assert on is not None
    known, between_two, open_, unknown = (
        drawn(Bar(*each), on) for each in ((5, 5, 5), (None, 2, 8), (5, 5, None), (None, 0, None))
    )
    assert (known.length, known.line, known.is_open) == (50, None, False)
    assert (between_two.length, between_two.line, between_two.is_open) == (None, (20, 80), False)
    assert (open_.length, open_.line, open_.is_open) == (50, (50, 100), True)
    assert (unknown.length, unknown.line, unknown.is_open) == (None, (0, 100), True)


@given(st.integers(1, 1000).flatmap(lambda of: st.tuples(st.just(of), st.integers(1, of), st.integers(1, of))))
def test_ranges_of_ranks_stand_on_their_line(drawn_of: tuple[int, int, int]) -> None:
    of, one, other = drawn_of
    best, worst = min(one, other), max(one, other)
    made = drawn_range(Range(best, best, worst, (best, worst)), of)
    assert 0 <= made.line[0] < made.line[1] <= 110
    assert made.dot is not None
    assert made.line[0] <= made.dot <= made.line[1]


@given(st.lists(st.tuples(NUMBERS | st.none(), NUMBERS | st.none(), st.integers(0, 10**6)), max_size=6))
def test_bubbles_are_drawn_where_both_figures_are_known(figures: list[tuple[float | None, float | None, int]]) -> None:
    points = [Point(place, "x", x, y, size) for place, (x, y, size) in enumerate(figures)]
    bubbles = Bubbles("across", "up", points)
    left, top, right, bottom = bubbles.area
    assert len(bubbles.unplaced) + len(bubbles.placed) == len(points)
    for bubble in bubbles.drawn:
        assert left <= bubble.x <= right
        assert top <= bubble.y <= bottom
        assert 0 < bubble.radius <= 30
    sizes = [bubble.point.size for bubble in bubbles.drawn]
    assert sizes == sorted(sizes, reverse=True)


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_any_text_comes_back_from_a_workbook_as_it_can_be_shown(text: str) -> None:
    cell = written(text, Column("texts"))
    assert (cell.value or "") == legible(text)
    assert cell.data_type in {"s", "n" if not legible(text) else "s"}
    assert cell.quotePrefix is legible(text).startswith(("=", "+", "-", "@", "\t", "\n"))


@settings(max_examples=30, deadline=None)
@given(TEXTS)
def test_any_text_can_stand_on_a_page(text: str) -> None:
    page(report_of(text, Column("texts"))).encode()


def test_control_characters_are_shown_as_their_pictures() -> None:
    assert legible("a\x00b\x1b[31m\x7f\ufffe\ud800\r\nc\td") == "a␀b␛[31m␡��\nc\td"


@pytest.mark.parametrize("sign", ["a", "\U0001f600", "é"])
def test_no_cell_has_more_than_it_holds(sign: str) -> None:
    cut = fitting(sign * (LONGEST + 1))
    assert len(cut.encode("utf-16-le")) // 2 in {LONGEST - 1, LONGEST}
    assert cut.endswith(f"{sign}…")
    assert fitting(sign * 10) == sign * 10


@pytest.mark.parametrize(
    ("cell", "form", "value", "written_as"),
    [
        (Money(Decimal("1234.50"), "EUR"), Form.MONEY, 1234.5, "#,##0.00 [$EUR]"),
        (Money(Decimal(1200), "USD"), Form.MONEY, 1200, "#,##0 [$USD]"),
        (Money(Decimal(1200), None), Form.MONEY, 1200, "#,##0"),
        (Money(Decimal(1200), 'X"]'), Form.MONEY, 1200, "#,##0"),
        (0.125, Form.SHARE, 0.125, "0.0%"),
        (0.0, Form.NUMBER, 0, "#,##0"),
        (7.5, Form.NUMBER, 7.5, "#,##0.0"),
        (1e308, Form.NUMBER, 1e308, "0.00E+00"),
        (1e-9, Form.NUMBER, 1e-9, "0.00E+00"),
        (None, Form.NUMBER, None, "General"),
    ],
)
def test_figures_are_numbers_with_a_format(cell: Cell, form: Form, value: float | None, written_as: str) -> None:
    made = written(cell, Column("figures", form))
    assert (made.value, made.number_format) == (value, written_as)


@pytest.mark.parametrize(
    ("amount", "text"),
    [("0", "0"), ("999", "999"), ("1500.5", "1.5k"), ("999999", "1M"), ("6300000", "6.3M"), ("4e12", "4,000bn")],
)
def test_amounts_are_shortened_to_three_digits(amount: str, text: str) -> None:
    assert shortened(Decimal(amount)) == text


@pytest.mark.parametrize(
    ("value", "low", "high", "text"),
    [(2, 2, 2, "2"), (None, 2, 3, "2 to 3"), (None, 2.4, None, "2.4+"), (None, 0, None, "-"), (None, None, None, "-")],
)
def test_a_figure_is_told_with_what_is_known_of_it(
    value: float | None, low: float | None, high: float | None, text: str
) -> None:
    assert between(value, low, high) == text


@given(NUMBERS)
def test_any_number_can_be_written(value: float) -> None:
    assert len(number(value)) < 22


def test_a_plan_is_told_with_what_is_chosen_paid_beside_left_out_and_set_aside() -> None:
    def named(kind: str, key: str) -> dict[str, str]:
        return {"__typename": kind, "key": key, "name": key.upper()}

    def page_of(*nodes: dict[str, Any], total: int | None = None) -> dict[str, Any]:
        return {"totalCount": len(nodes) if total is None else total, "nodes": list(nodes)}

    place = {"item": named("Proposition", "n1")}
    firm = {"stability": "TOSS_UP", "shareOfDraws": 0.7}
    voiced = page_of({"who": named("Persona", "p")})
    made = plan_report(
        {
            "status": "OPTIMAL",
            "share": 0.25,
            "cost": "150.00",
            "budget": None,
            "currency": "EUR",
            "pains": 4,
            "choices": page_of({**place, **firm, "cost": "100.00", "marginalValue": 2.5}),
            "works": page_of({"item": named("Enabler", "e1"), "cost": "50.00", "neededBy": page_of(place)}),
            "notChosen": page_of(
                {"item": named("Initiative", "i1"), **firm, "wouldCost": None, "adds": 1, "reason": "BUDGET"}
            ),
            "setAside": page_of({**place, "missing": [{"term": "COST", "of": named("Enabler", "e2"), "party": None}]}),
            "uncovered": page_of(
                {"insight": named("Insight", "p1"), "weight": 3.0, "bestFit": 0.5, "voicedBy": voiced}, total=9
            ),
            "curve": [{"budget": "10.00", "objective": 1.5, "cost": "5.00", "choices": 1, "status": "TIME_LIMIT"}],
        },
        "2026-11-01",
        [("Budget", "none")],
    )
    plan, uncovered, budgets = made.sheets
    assert [list(row) for row in plan.rows] == [
        ["chosen", "proposition/n1", "N1", Money(Decimal(100), "EUR"), 2.5, "toss up", 0.7, ""],
        ["paid beside", "enabler/e1", "E1", Money(Decimal(50), "EUR"), None, None, None, "needed by proposition/n1"],
        ["not chosen", "initiative/i1", "I1", None, 1, "toss up", 0.7, "budget"],
        ["set aside", "proposition/n1", "N1", None, None, None, None, "missing: cost of enabler/e2"],
    ]
    assert uncovered.notes == ["Of uncovered, 1 of 9 are listed."]
    assert [list(row) for row in uncovered.rows] == [["insight/p1", "P1", 3.0, 0.5, "persona/p"]]
    assert [list(row) for row in budgets.rows] == [
        [Money(Decimal(10), "EUR"), 1.5, Money(Decimal(5), "EUR"), 1, "time limit"]
    ]
    write_workbook(made, BytesIO())
    assert "budget" in page(made)


async def test_lists_are_gone_on_with_until_they_are_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = {"portfolio": 5, "value": 5, "pains": 1, "decisions": 0}
    asked: list[set[str]] = []

    async def ask(_: Any, __: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        asked.append({name for name in (*whole, "funnel") if variables[name]})
        found = {name: _page(whole[name], variables.get(f"{name}After")) for name in whole if variables[name]}
        data: dict[str, Any] = {name: found[name] for name in ("portfolio", "value") if name in found}
        if "pains" in found:
            data["coverage"] = {"pains": {"list": found["pains"]}}
        if "decisions" in found:
            data["decisionOutcomes"] = found["decisions"]
        return data | ({"funnel": "whole"} if variables["funnel"] else {})

    monkeypatch.setattr("graph_api.cli.answer.ask", ask)
    found = await asking.gather(None, {})  # type: ignore[arg-type] # nobody is asked
    assert found["portfolio"]["nodes"] == found["value"]["nodes"] == [0, 1, 2, 3, 4]
    assert (found["coverage"]["pains"]["list"]["nodes"], found["funnel"]) == ([0], "whole")
    assert asked == [{*whole, "funnel"}, {"portfolio", "value"}, {"portfolio", "value"}]
    whole["portfolio"] = 3

    async def ask_while_it_grows(_: Any, __: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        data = await ask(_, __, variables)
        whole["portfolio"] = 4
        return data

    monkeypatch.setattr("graph_api.cli.answer.ask", ask_while_it_grows)
    with pytest.raises(GraphApiError, match="changed while it was read"):
        await asking.gather(None, {})  # type: ignore[arg-type] # likewise


def _page(total: int, after: str | None) -> dict[str, Any]:
    """Return two elements of a list of numbers."""
    start = int(after or 0)
    end = min(start + 2, total)
    nodes = list(range(start, end))
    return {"totalCount": total, "nodes": nodes, "pageInfo": {"hasNextPage": end < total, "endCursor": str(end)}}
