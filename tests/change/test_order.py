from hypothesis import given
from hypothesis import strategies as st

from graph_api.change.order import arrange, moved

ITEMS = st.sampled_from("abcdefgh")
LISTS = st.lists(ITEMS, unique=True)
MENTIONED = st.lists(st.tuples(ITEMS, st.none() | st.integers(1, 12)), unique_by=lambda pair: pair[0])


def test_new_ones_without_a_position_are_appended_in_their_order() -> None:
    assert arrange(["a", "b"], [("d", None), ("c", None)]) == ["a", "b", "d", "c"]


def test_those_with_a_position_are_put_there_and_the_others_make_room() -> None:
    assert arrange(["a", "b", "c"], [("x", 2), ("c", 1)]) == ["c", "x", "a", "b"]


def test_a_position_beyond_the_end_is_the_end() -> None:
    assert arrange(["a"], [("x", 99), ("y", 7)]) == ["a", "y", "x"]


def test_two_that_ask_for_the_same_place_follow_each_other() -> None:
    assert arrange(["a", "b"], [("x", 1), ("y", 1)]) == ["x", "y", "a", "b"]


def test_one_that_asks_for_a_place_gets_it_beside_new_ones_that_do_not() -> None:
    assert arrange([], [("a", None), ("b", 2), ("c", None)]) == ["a", "b", "c"]


@given(LISTS, MENTIONED)
def test_everything_stands_in_the_order_exactly_once(
    present: list[str], mentioned: list[tuple[str, int | None]]
) -> None:
    arranged = arrange(present, mentioned)
    assert sorted(arranged) == sorted({*present, *(item for item, _ in mentioned)})


@given(LISTS, st.lists(MENTIONED, max_size=6))
def test_positions_stay_dense_whatever_comes(present: list[str], sets: list[list[tuple[str, int | None]]]) -> None:
    positions: dict[str, int | None] = {item: place for place, item in enumerate(present, start=1)}
    for mentioned in sets:
        order = sorted(positions, key=lambda item: positions[item] or 0)
        positions |= moved(positions, arrange(order, mentioned))
        assert sorted(place or 0 for place in positions.values()) == list(range(1, len(positions) + 1))


@given(LISTS, MENTIONED)
def test_the_same_request_again_changes_nothing(present: list[str], mentioned: list[tuple[str, int | None]]) -> None:
    once = arrange(present, mentioned)
    assert arrange(once, mentioned) == once


@given(LISTS, MENTIONED)
def test_those_not_mentioned_keep_their_order(present: list[str], mentioned: list[tuple[str, int | None]]) -> None:
    named = {item for item, _ in mentioned}
    assert [item for item in arrange(present, mentioned) if item not in named] == [
        item for item in present if item not in named
    ]
