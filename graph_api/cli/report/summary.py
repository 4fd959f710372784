"""A report as a workbook: a summary with charts, then a sheet for each of its tables."""

from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Any

from graph_api.cli.report.report import FunnelStage, Report, ScoredItem
from graph_api.cli.report.sheet import Cell, Column, Form
from graph_api.cli.report.workbook import BAR, DARK, LINE, Book, lines, workbook

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped] # it has types and does not say so

SUMMARY = "Summary"
_WIDE = 6
"""So many columns what was asked reaches over, beside its label."""
_LINE = 78
"""About so many characters these hold."""
_FIRST = 15
"""So many items stand in the summary and its chart."""

_LABEL = Column("", width=48)
_ITEMS = (Column("item", width=48), Column("score", Form.NUMBER), Column("rank", Form.NUMBER), Column("missing"))
_FUNNEL = (
    Column("funnel", width=48),
    Column("pains", Form.WHOLE),
    Column("of before", Form.SHARE),
    Column("of all", Form.SHARE),
    Column("stop here", Form.WHOLE),
    Column("entities", Form.WHOLE),
)
_UNKNOWN = (Column("missing", width=48), Column("of items", Form.WHOLE))


def write_workbook(report: Report, stream: IO[bytes]) -> None:
    """Write a report as a workbook."""
    with workbook(stream, report.title, report.on) as book:
        summary = book.add(SUMMARY)
        for table in report.sheets:
            book.add_table(table)
        _Summary(book, summary, report).write()


class _Summary:
    """The first sheet, from the top down."""

    def __init__(self, book: Book, sheet: "Worksheet", report: Report) -> None:
        self.book, self.sheet, self.report = book, sheet, report
        self.row = 0

    def write(self) -> None:
        report = self.report
        self.sheet.set_column(0, 0, 50)
        self.sheet.set_column(1, _WIDE, 13)
        self._line(report.title, font_size=18, bold=True, font_color=DARK)
        self._line(f"On {report.on}", font_color="#555555")
        self.row += 1
        for label, text in report.facts:
            self._fact(label, text)
        self.row += 1
        for figure in report.figures:
            self.book.row(self.sheet, self.row, [figure.label, figure.value], (_LABEL, Column("", figure.form)))
            self.row += 1
        scores = self._table(_ITEMS, [self._scored(one) for one in report.scored[:_FIRST]])
        funnel = self._table(_FUNNEL, [self._stage(stage) for stage in report.funnel])
        self._table(_UNKNOWN, report.unknown)
        self.row += 1
        self._chart("Scores", scores, values=1, reach=len(report.scored[:_FIRST]))
        self._chart("Pains that get so far", funnel, values=1, reach=len(report.funnel))

    @staticmethod
    def _scored(one: ScoredItem) -> Sequence[Cell]:
        value: Cell = one.score_text if one.score.value is None else one.score.value
        return [f"{one.key} {one.name}", value, one.ranks_text, one.missing]

    @staticmethod
    def _stage(stage: FunnelStage) -> Sequence[Cell]:
        return [stage.stage, stage.pains, stage.of_before, stage.of_first, stage.stopped, stage.entities]

    def _line(self, text: str, **look: Any) -> None:
        self.sheet.set_row(self.row, 1.4 * look.get("font_size", 11))
        self.book.text(self.sheet, self.row, 0, text, **look)
        self.row += 1

    def _fact(self, label: str, text: str) -> None:
        self.book.text(self.sheet, self.row, 0, label, bold=True)
        self.sheet.merge_range(self.row, 1, self.row, _WIDE, "", self.book.format(text_wrap=True))
        self.book.text(self.sheet, self.row, 1, text, text_wrap=True)
        self.sheet.set_row(self.row, 15 * (1 + len(text) // _LINE))
        self.row += 1

    def _table(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> int:
        """Write a table with a free line before it; return the row of its headings."""
        if not rows:
            return self.row
        heading = self.row + 1
        self.book.headings(self.sheet, heading, columns)
        self.sheet.set_row(heading, 20)
        for place, row in enumerate(rows, heading + 1):
            self.book.row(self.sheet, place, row, columns)
            self.sheet.set_row(place, LINE * lines(row[:1], columns[:1]))
        self.row = heading + 1 + len(rows)
        return heading

    def _chart(self, title: str, heading: int, *, values: int, reach: int) -> None:
        """Draw the bars of a table's column under the tables."""
        if not reach:
            return
        first, last = heading + 1, heading + reach
        chart = self.book.written.add_chart({"type": "bar"})
        chart.add_series(
            {
                "categories": [SUMMARY, first, 0, last, 0],
                "values": [SUMMARY, first, values, last, values],
                "fill": {"color": BAR},
                "gap": 40,
            }
        )
        chart.set_title({"name": title, "name_font": {"size": 12, "color": DARK}})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True})
        chart.set_x_axis({"major_gridlines": {"visible": True, "line": {"color": "#DDDDDD"}}})
        height = 90 + 22 * reach
        chart.set_size({"width": 780, "height": height})
        self.sheet.insert_chart(self.row, 0, chart, {"description": f"{title}, as in the table above"})
        self.row += height // 20 + 2
