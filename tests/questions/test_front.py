"""Fronts, held against their definition."""

import random
from collections.abc import Sequence
from time import process_time

from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.questions.portfolios.front import sort_into_fronts

VALUES = st.one_of(st.integers(-3, 3).map(float), st.sampled_from([None, -0.0, 1e308, -1e308, 5e-324]))


@st.composite
def portfolios(draw: st.DrawFn) -> tuple[list[list[float | None]], list[bool]]:
    criteria = draw(st.integers(1, 4))
    rows = draw(st.lists(st.lists(VALUES, min_size=criteria, max_size=criteria), max_size=25))
    return rows, draw(st.lists(st.booleans(), min_size=criteria, max_size=criteria))


def beats(one: Sequence[float], other: Sequence[float], larger_is_better: Sequence[bool]) -> bool:
    pairs = [(a, b) if up else (b, a) for a, b, up in zip(one, other, larger_is_better, strict=True)]
    return all(a >= b for a, b in pairs) and any(a > b for a, b in pairs)


def brute(rows: list[list[float]], larger_is_better: list[bool], places: set[int]) -> list[list[int]]:
    """Take what nothing left beats away, again and again."""
    found = []
    while places:
        front = {
            place for place in places if not any(beats(rows[other], rows[place], larger_is_better) for other in places)
        }
        found.append(sorted(front))
        places -= front
    return found


def test_a_front_is_what_nothing_left_beats() -> None:
    # Worth and cost: the first two are each best at one, the third is beaten by the first, the fourth by the third too.
    # The fifth is the second over again.
    rows = [[9.0, 50.0], [5.0, 10.0], [8.0, 60.0], [7.0, 70.0], [5.0, 10.0]]
    found = sort_into_fronts(rows, [True, False])
    assert (found.fronts, found.apart) == ([[0, 1, 4], [2], [3]], [])


def test_what_is_unknown_is_compared_with_nothing() -> None:
    found = sort_into_fronts([[1.0, 1.0], [None, 9.0], [2.0, 2.0], [None, None]], [True, True])
    assert (found.fronts, found.apart) == ([[2], [0]], [(1, [0]), (3, [0, 1])])
    assert sort_into_fronts([], [True]).fronts == []


def test_one_criterion_sorts() -> None:
    assert sort_into_fronts([[2.0], [3.0], [2.0], [1.0]], [False]).fronts == [[3], [0, 2], [1]]


@settings(max_examples=100)
@given(portfolios())
def test_fronts_are_those_of_the_definition(portfolio: tuple[list[list[float | None]], list[bool]]) -> None:
    rows, larger_is_better = portfolio
    known = {place for place, row in enumerate(rows) if None not in row}
    full = [[0.0 if value is None else value for value in row] for row in rows]
    found = sort_into_fronts(rows, larger_is_better)
    assert [list(front) for front in found.fronts] == brute(full, larger_is_better, set(known))
    assert {place for place, _ in found.apart} == set(range(len(rows))) - known
    assert all(rows[place][at] is None for place, lacking in found.apart for at in lacking)


def test_a_thousand_by_four_criteria_are_sorted_in_a_moment() -> None:
    draw = random.Random(8)
    rows = [[draw.random() for _ in range(4)] for _ in range(1000)]
    # None beats any other: what is most work.
    flat = [[value, -value, other, -other] for value, other, *_ in rows]
    for values in (rows, flat):
        begun = process_time()
        found = sort_into_fronts(values, [True] * 4)
        assert process_time() - begun < 5
        assert sum(map(len, found.fronts)) == 1000
    assert len(sort_into_fronts(flat, [True] * 4).fronts) == 1
