"""Pages of lists that are sorted in Python, held against plain slices."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.errors import TooCostlyError, UserInputError
from graph_api.questions.connection import Connection, Sorting, term

Item = tuple[float | None, str]

ORDER: Sorting[Item] = Sorting((term("value", float, descending=True, nullable=True), term("key", str)), list)
ITEMS = st.lists(
    st.tuples(st.none() | st.integers(0, 3).map(float), st.text("ab\U0001f600\ue000", max_size=3)),
    unique=True,
    max_size=12,
)


def page(items: list[Item], **arguments: Any) -> Connection[Item]:
    return Connection(ORDER.sort(items), ORDER, arguments)


@given(ITEMS, st.integers(1, 5))
def test_pages_forwards_are_the_whole_list(items: list[Item], size: int) -> None:
    seen: list[Item] = []
    after = None
    while True:
        got = page(items, first=size, after=after)
        seen += got.nodes
        assert got.total_count == len(items)
        assert [edge.node for edge in got.edges] == list(got.nodes)
        if not got.page_info.has_next_page:
            break
        after = got.page_info.end_cursor
    assert seen == ORDER.sort(items)
    assert seen == sorted(items, key=lambda item: (item[0] is None, -(item[0] or 0), item[1]))


@given(ITEMS, st.integers(1, 5))
def test_pages_backwards_are_the_whole_list(items: list[Item], size: int) -> None:
    seen: list[Item] = []
    before = None
    while True:
        got = page(items, last=size, before=before)
        seen = [*got.nodes, *seen]
        if not got.page_info.has_previous_page:
            break
        before = got.page_info.start_cursor
    assert seen == ORDER.sort(items)


@given(ITEMS.filter(lambda items: len(items) > 1), st.data())
def test_a_cursor_stays_right_when_its_element_is_gone(items: list[Item], data: st.DataObject) -> None:
    ordered = ORDER.sort(items)
    place = data.draw(st.integers(0, len(items) - 1))
    cursor = page(items, first=200).edges[place].cursor
    left = [item for item in items if item != ordered[place]]
    assert list(page(left, first=200, after=cursor).nodes) == ordered[place + 1 :]
    assert list(page(left, first=200, before=cursor).nodes) == ordered[:place]


def test_bounds_are_those_of_all_lists() -> None:
    with pytest.raises(TooCostlyError):
        _ = page([], first=201).nodes
    with pytest.raises(UserInputError):
        _ = page([], first=-1).nodes
    with pytest.raises(UserInputError):
        _ = page([], first=1, last=1).nodes
    with pytest.raises(UserInputError, match="after is no cursor"):
        _ = page([], after="nonsense").nodes
