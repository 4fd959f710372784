"""Workbooks: sheets with tables, written so that nothing in them is taken for what it is not.

Text is always text: what looks like a formula or an address is written as it stands, marked as quoted so that it stays
text when somebody edits it. Numbers, amounts and days are typed; what is unknown is an empty cell. The same sheets make
the same file, byte for byte, on any machine.
"""

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import IO, TYPE_CHECKING, Any

from graph_api.cli.report.sheet import Cell, Column, Form, Money, Sheet, legible

if TYPE_CHECKING:
    # It has types and does not say so.
    from xlsxwriter import Workbook as Written  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

LONGEST = 32_767
"""So many UTF-16 units a cell holds."""
MOST_ROWS = 1_000_000
"""So many rows of a table a sheet holds, beside what stands above it."""
DARK, BAR = "#1F3A5F", "#9DB8D6"

_FIRST_DAY = date(1900, 3, 1)
"""Before it the days of Excel are not those of the calendar; they are written as text."""
_FORMULA = ("=", "+", "-", "@", "\t", "\n")
"""With these begins what some program might take for a formula."""
_DAY, _WHOLE, _SHARE, _CENTS = "yyyy-mm-dd", "#,##0", "0.0%", "#,##0.00"
_A4 = 9
_ACROSS = 200
"""So many characters beside each other a printed page has at most, before another stands beside it."""
_NARROW = 1.1
"""So many characters of a text have about the room of one digit, which is the measure of widths."""
LINE, _MOST_LINES = 15, 10
"""The height of a line in points; not every program works out how high a row must be, and none needs to be higher."""


@contextmanager
def workbook(stream: IO[bytes], title: str, on: str) -> Iterator["Book"]:
    """Yield a workbook without sheets, and write it when all went well. Of its making it says the day `on` alone."""
    from xlsxwriter import Workbook

    never = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    written = Workbook(stream, {"in_memory": True, **never})
    day = datetime.combine(date.fromisoformat(on), time(), UTC)
    written.set_properties({"title": legible(title), "author": "graph-api", "created": day})
    yield Book(written)
    written.close()


@dataclass(frozen=True)
class Book:
    """A workbook that is being written."""

    written: "Written"
    _formats: dict[tuple[tuple[str, Any], ...], "Format"] = field(default_factory=dict)

    def format(self, **properties: Any) -> "Format":
        """Return a format, each one once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.written.add_format({"valign": "top", **properties})
        return self._formats[key]

    def add(self, name: str) -> "Worksheet":
        """Add a sheet, set up to be printed."""
        sheet = self.written.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)  # as many pages as it takes from top to bottom
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.set_footer("&L&A&RPage &P of &N")
        return sheet

    def add_table(self, table: Sheet) -> None:
        """Add a sheet with a table whose headings stay and filter."""
        sheet = self.add(table.name)
        rows = table.rows[:MOST_ROWS]
        cut = [f"Only the first {len(rows):,} of {len(table.rows):,} rows are here."] if table.rows[MOST_ROWS:] else []
        for place, line in enumerate((table.about, *table.notes, *cut)):
            self.text(sheet, place, 0, line, italic=True, font_color="#555555")
        heading = 1 + len(table.notes) + len(cut)
        self.headings(sheet, heading, table.columns)
        for place, row in enumerate(rows, heading + 1):
            self.row(sheet, place, row, table.columns)
            sheet.set_row(place, LINE * lines(row, table.columns))
        last = heading + max(1, len(rows))
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, column.width)
            if column.bars:
                self.bars(sheet, heading + 1, last, place)
        sheet.freeze_panes(heading + 1, table.kept)
        sheet.fit_to_pages(math.ceil(sum(column.width for column in table.columns) / _ACROSS), 0)
        if table.kept:
            sheet.repeat_columns(0, table.kept - 1)
        sheet.autofilter(heading, 0, last, len(table.columns) - 1)
        sheet.repeat_rows(heading)

    def headings(self, sheet: "Worksheet", row: int, columns: Sequence[Column]) -> None:
        """Write the headings of a table."""
        sheet.set_row(row, 46)
        look = {"bold": True, "font_color": "#FFFFFF", "bg_color": DARK, "text_wrap": True, "valign": "vcenter"}
        for place, column in enumerate(columns):
            self.text(sheet, row, place, column.heading, **look, **_aligned(column))

    def row(self, sheet: "Worksheet", place: int, row: Sequence[Cell], columns: Sequence[Column]) -> None:
        """Write the cells of a row."""
        for number, (cell, column) in enumerate(zip(row, columns, strict=True)):
            self.cell(sheet, place, number, cell, column)

    def bars(self, sheet: "Worksheet", first: int, last: int, column: int) -> None:
        """Draw bars behind figures, from zero on."""
        bar = {"type": "data_bar", "bar_color": BAR, "min_type": "num", "min_value": 0}
        sheet.conditional_format(first, column, last, column, bar)

    def cell(self, sheet: "Worksheet", row: int, column: int, cell: Cell, of: Column) -> None:
        """Write a cell as what it is."""
        match cell:
            case None:
                pass
            case str():
                self.text(sheet, row, column, cell, text_wrap=True, **_aligned(of))
            case Money():
                sheet.write_number(row, column, float(cell.amount), self.format(num_format=_money(cell)))
            case date() if cell >= _FIRST_DAY:
                sheet.write_datetime(row, column, cell, self.format(num_format=_DAY, **_aligned(of)))
            case date():
                self.text(sheet, row, column, cell.isoformat())
            case _:
                sheet.write_number(row, column, float(cell), self.format(num_format=_number(float(cell), of.form)))

    def text(self, sheet: "Worksheet", row: int, column: int, text: str, **properties: Any) -> None:
        """Write a text, whatever it looks like."""
        shown = fitting(legible(text))
        if shown:
            quoted = {"quote_prefix": True} if shown.startswith(_FORMULA) else {}
            sheet.write_string(row, column, shown, self.format(**properties, **quoted))


def _aligned(column: Column) -> dict[str, Any]:
    """Say where things stand in a column: figures to the right, texts to the left and off the figures before them."""
    return {"align": "right"} if column.is_figure else {"align": "left", "indent": 1}


def lines(row: Sequence[Cell], columns: Sequence[Column]) -> int:
    """Say over how many lines the longest text of a row folds, about."""
    longest = 1
    for cell, column in zip(row, columns, strict=True):
        if isinstance(cell, str):
            folds = (int(len(line) / (column.width * _NARROW)) for line in cell.split("\n"))
            longest = max(longest, sum(1 + times for times in folds))
    return min(longest, _MOST_LINES)


def fitting(text: str) -> str:
    """Return as much of a text as a cell holds; where it is cut, `…` stands."""
    if len(text) * 2 <= LONGEST or len(units := text.encode("utf-16-le")) <= LONGEST * 2:
        return text
    return units[: (LONGEST - 1) * 2].decode("utf-16-le", errors="ignore") + "…"


def _money(money: Money) -> str:
    """Return the format of an amount; a currency is three capitals, so that nothing else gets into a format."""
    currency = money.currency
    known = currency is not None and len(currency) == 3 and currency.isascii() and currency.isupper()  # noqa: PLR2004
    figure = _WHOLE if money.amount == money.amount.to_integral_value() else _CENTS
    return f"{figure} [${currency}]" if known and currency and currency.isalpha() else figure


def _number(value: float, form: Form) -> str:
    """Return the format of a number: whole ones without a point, small and huge ones with all that is to be seen."""
    if form is Form.SHARE:
        return _SHARE
    if abs(value) >= 1e15:  # noqa: PLR2004 - as many digits as Excel keeps
        return "0.00E+00"
    if form is Form.WHOLE or value.is_integer():
        return _WHOLE
    if round(value, 1) == value:
        return "#,##0.0"
    return "#,##0.00" if abs(value) >= 1 else "0.000" if abs(value) >= 0.001 else "0.00E+00"  # noqa: PLR2004 - three digits
