"""What a report shows in rows: sheets of a workbook, tables of a page. Plain data, for whatever writes them.

Unknown is None: an empty cell, never a zero. A text in a column of figures says what there is in the place of one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from typing import Any

from graph_api.cli.bar import percent
from graph_api.cli.table import UNKNOWN


class Form(Enum):
    """How the values of a column are written."""

    TEXT = auto()
    WHOLE = auto()
    NUMBER = auto()
    SHARE = auto()
    """0 to 1, as a percentage."""
    MONEY = auto()
    DATE = auto()


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency."""

    amount: Decimal
    currency: str | None
    """ISO 4217 code; null is unknown."""


Cell = str | float | Decimal | Money | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet."""

    heading: str
    form: Form = Form.TEXT
    width: int = 12
    """In characters, as far as what shows it can choose."""
    bars: bool = False
    """Whether a bar stands behind each figure."""
    folds: bool = True
    """Whether its texts may stand on several lines."""
    on_page: bool = True
    """Whether a page has it too, which has less room than a workbook."""

    @property
    def is_figure(self) -> bool:
        """Whether figures stand here, which are aligned to the right."""
        return self.form not in {Form.TEXT, Form.DATE}


@dataclass(frozen=True)
class Sheet:
    """Rows under headings."""

    name: str
    """Of the sheet in a workbook, and of the section of a page."""
    about: str
    """A sentence or two on how to read it."""
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()
    """What is not in it."""
    kept: int = 0
    """So many columns stay in view beside those that are looked at."""

    def on_page(self) -> "Sheet":
        """Return it as a page has it."""
        kept = [place for place, column in enumerate(self.columns) if column.on_page]
        rows = [[row[place] for place in kept] for row in self.rows]
        return replace(self, columns=[self.columns[place] for place in kept], rows=rows)


def money(amount: str | None, currency: str | None) -> Money | None:
    """Read an amount as answers have it."""
    return None if amount is None else Money(Decimal(amount), currency)


def day(text: str | None) -> date | None:
    """Read a day as answers have it."""
    return None if text is None else date.fromisoformat(text)


def in_words(name: str | None) -> str | None:
    """Write the name of a choice as words."""
    return None if name is None else name.lower().replace("_", " ").replace("kpi", "KPI")


def listed(texts: Iterable[str | None]) -> str:
    """Write what there is of several texts behind each other."""
    return "; ".join(text for text in texts if text)


def number(value: float | Decimal | None) -> str:
    """Write a number with no more digits than people read: four, and of larger ones all before the point."""
    if value is None:
        return UNKNOWN
    value = float(value)
    if 1_000 <= abs(value) < 1e15:  # noqa: PLR2004 - four digits before the point, and as many as can be read
        return f"{value:,.0f}"
    return f"{value:.4g}"


def between(value: float | None, low: float | None, high: float | None) -> str:
    """Write a value, or where it is unknown between what it lies: `2 to 3`, `2+`."""
    if value is not None:
        return number(value)
    if high is not None:
        return f"{number(low)} to {number(high)}"
    return f"{number(low)}+" if low else UNKNOWN


def amount(value: Money) -> str:
    """Write an amount with its currency."""
    return f"{number(value.amount)} {value.currency}" if value.currency else number(value.amount)


_SHORT = ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "M"), (Decimal(10) ** 3, "k"))
_ROUNDED_UP = Decimal("0.9995")


def shortened(value: Decimal) -> str:
    """Write an amount with three digits, in thousands, millions or thousand millions."""
    for unit, sign in _SHORT:
        units = value / unit
        if abs(units) >= _ROUNDED_UP:
            whole = abs(units) >= 1000  # noqa: PLR2004 - more digits than three
            return f"{units:,.0f}{sign}" if whole else f"{float(units):.3g}{sign}"
    return f"{float(value):.3g}"


def shown(cell: Cell, form: Form) -> str:
    """Write a cell for people."""
    match cell:
        case None:
            return ""
        case str():
            return cell
        case Money():
            return amount(cell)
        case date():
            return cell.isoformat()
        case _:
            return percent(float(cell)) if form is Form.SHARE else number(cell)


_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def legible(text: str) -> str:
    """Return a text without what no file may hold: control characters stand as their pictures, the rest as U+FFFD."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSEEN.sub(lambda found: _picture(ord(found[0])), lines)


def _picture(code: int) -> str:
    if code < 0x20:  # noqa: PLR2004 - the control characters of ASCII, whose pictures stand in one row
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"  # noqa: PLR2004 - the last control character of ASCII


def rows_of(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the elements of a page."""
    return list(found["nodes"])
