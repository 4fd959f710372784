"""How an answer becomes a table: columns from what the rows have, cells that a person can read."""

from io import StringIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.table import Table

from graph_api.cli.table import cell, tabulate


def shown(data: dict[str, Any]) -> list[str]:
    parts = tabulate(data)
    assert parts is not None
    out = Console(file=StringIO(), width=100, markup=False)
    for part in parts:
        out.print(part)
    assert isinstance(out.file, StringIO)
    return [line.rstrip() for line in out.file.getvalue().splitlines()]


def test_a_single_object_within_a_row_gives_columns_of_its_own() -> None:
    rows = [{"key": "A", "by": None, "n": 1}, {"key": "B", "by": {"name": "Ann", "in": {"key": "X"}}, "n": 20}]
    assert shown({"all": rows}) == [
        "key   by.name   by.in.key    n",
        "─" * 30,
        "A     -         -            1",
        "B     Ann       X           20",
    ]


def test_what_was_not_asked_of_a_row_is_empty_and_what_is_unknown_has_a_sign() -> None:
    rows = [{"type": "Step", "emotion": None}, {"type": "Stage", "ends": True}, None]
    assert [line.split() for line in shown({"nodes": rows})] == [
        ["type", "emotion", "ends"],
        ["─" * 22],
        ["Step", "-"],
        ["Stage", "true"],
        ["-", "-", "-"],
    ]


def test_a_list_within_a_row_has_a_line_for_each_of_its_objects() -> None:
    rows = [
        {"key": "A", "in": {"nodes": [{"key": "X", "tags": ["a", "b"]}, {"key": "Y", "tags": []}]}},
        {"key": "B", "in": {"nodes": []}},
    ]
    assert shown({"nodes": rows}) == [
        "key   in.nodes",
        "─" * 14,
        "A     X · a, b",
        "      Y",
        "",
        "B",
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "-"),
        (False, "false"),
        (0, "0"),
        (92.9, "92.9"),
        ("", ""),
        ("two\nlines \x1b[31m", "two lines [31m"),
        (["a", None, "b"], "a, -, b"),
        ([{"a": 1, "b": {"c": "x"}}, {"a": 2, "b": None}], "1 · x\n2 · -"),
        ([{"a": 1, "b": {"nodes": [{"c": 1}, {"c": 2}]}}], "1 · (1; 2)"),
    ],
)
def test_a_cell_is_one_readable_text(value: object, text: str) -> None:
    assert cell(value) == text


@pytest.mark.parametrize(
    "data", [{}, {"one": {"name": "x"}}, {"tags": ["a"]}, {"a": [{"b": 1}], "c": {"d": [{"e": 1}]}}, {"a": [], "b": []}]
)
def test_an_answer_without_a_list_of_objects_or_with_several_is_no_table(data: dict[str, Any]) -> None:
    assert tabulate(data) is None


SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
FLAT = {"name": SCALARS, "tags": st.lists(SCALARS, max_size=2)}
OBJECT = st.fixed_dictionaries({}, optional=FLAT).filter(bool)
ROW = st.fixed_dictionaries({}, optional={**FLAT, "one": st.none() | OBJECT, "many": st.lists(OBJECT, max_size=2)})
ROWS = st.lists(st.none() | ROW.filter(bool), min_size=1, max_size=4).filter(any)
"""A name stands for one shape in all rows, as validation sees to."""


@given(ROWS)
def test_a_table_has_a_row_for_each_element_whatever_it_holds(rows: list[Any]) -> None:
    parts = tabulate({"rows": rows})
    assert parts is not None
    (table,) = parts
    assert isinstance(table, Table)
    assert table.row_count == len(rows)
