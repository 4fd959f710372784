"""Tables: as all commands have them, and that of an answer which holds one list of objects.

What stands beside that list comes before it.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import typer
from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from graph_api.cli.terminal import plain

UNKNOWN = "-"
NOTHING = "nothing"

Path = tuple[str, ...]
Columns = dict[str, "Columns"]
"""The columns of a table as a tree: `a.b` stands below `a`."""


NARROW = 120
"""In a terminal of fewer columns, what a table has beside its figures stands below it."""


def table(
    *headings: str, numbers: Sequence[str] = (), fixed: Sequence[str] = (), leading: int = 0, between: int = 2
) -> Table:
    """Return a table without rows; the columns with numbers are aligned to the right, and the fixed ones never fold.

    `leading` lines are left free between rows, and `between` columns of the terminal between the table's.
    """
    made = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, leading=leading, padding=(0, between - 1, 0, 0))
    for heading in headings:
        made.add_column(
            Text(heading),
            justify="right" if heading in numbers else "left",
            overflow="fold",
            no_wrap=heading in fixed,
        )
    return made


def show(out: Console, shown: RenderableType) -> None:
    """Print it; in a pipe without the spaces that fill the last column up."""
    if sys.stdout.isatty():
        out.print(shown)
        return
    with out.capture() as captured:
        out.print(shown)
    for line in captured.get().splitlines():
        typer.echo(line.rstrip())


def tabulate(data: Mapping[str, Any]) -> list[Text | Table] | None:
    """Return what to print of an answer, or None where it holds no list of objects, or several."""
    found = list(_parts(data))
    lists = [(path, value) for path, value in found if _is_of_objects(value)]
    if len(lists) != 1:
        return None
    ((path, rows),) = lists
    beside = [Text.assemble((".".join(at), "bold"), " ", cell(value)) for at, value in found if at != path]
    if not rows:
        return [*beside, Text.assemble((".".join(path), "bold"), " ", (NOTHING, "dim"))]
    between = [Text()] if beside else []
    return [*beside, *between, _table(rows)]


def _parts(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Walk through objects, not through lists."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _parts(inner, (*path, name))
    else:
        yield path, value


def _is_of_objects(value: Any) -> bool:
    return isinstance(value, list) and (not value or any(isinstance(one, dict) for one in value))


def _table(rows: Sequence[Mapping[str, Any] | None]) -> Table:
    columns: Columns = {}
    for row in rows:
        _grow(columns, row)
    paths = list(_leaves(columns))
    cells = [[_at(row, path) for path in paths] for row in rows]
    several_lines = any("\n" in text for line in cells for text, _ in line)
    headings = [".".join(path) for path in paths]
    numeric = [
        heading
        for number, heading in enumerate(headings)
        if all(is_number for _, is_number in (line[number] for line in cells))
    ]
    made = table(*headings, numbers=numeric, leading=int(several_lines), between=3)
    for line in cells:
        made.add_row(*(Text(text) for text, _ in line))
    return made


def _grow(columns: Columns, row: Any) -> None:
    """Add the columns that a row has and the rows before it had not: kinds differ, and what is null has no fields."""
    if isinstance(row, dict):
        for name, value in row.items():
            _grow(columns.setdefault(name, {}), value)


def _leaves(columns: Columns, path: Path = ()) -> Iterator[Path]:
    for name, inner in columns.items():
        if inner:
            yield from _leaves(inner, (*path, name))
        else:
            yield (*path, name)


def _at(row: Any, path: Path) -> tuple[str, bool]:
    """Return a row's cell, and whether a number or nothing stands there; empty is what was not asked of this one."""
    for name in path:
        if row is None:
            break
        if name not in row:
            return "", True
        row = row[name]
    return cell(row), row is None or (isinstance(row, int | float) and not isinstance(row, bool))


def cell(value: Any, *, inside: bool = False) -> str:
    """Write a value for people; of a list of objects, each has a line."""
    match value:
        case None:
            return UNKNOWN
        case str():
            return plain(value)
        case dict():
            return " · ".join(filter(None, (cell(one, inside=True) for one in value.values())))
        case list():
            texts = [cell(one, inside=True) for one in value]
            if not any(isinstance(one, dict) for one in value):
                return ", ".join(texts)
            return f"({'; '.join(texts)})" if inside else "\n".join(texts)
        case _:
            return json.dumps(value)
