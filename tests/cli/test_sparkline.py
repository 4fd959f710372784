"""Series of numbers as signs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.cli.sparkline import Sparkline


@pytest.mark.parametrize(
    ("numbers", "heights"),
    [
        ([0, 1, 2, 3, 4, 5, 6, 7], [0, 1, 2, 3, 4, 5, 6, 7]),
        ([5, None, 0], [7, None, 0]),
        ([7, 7], [3, 3]),
        ([-1e308, 1e308], [0, 7]),
        ([None], [None]),
        ([], []),
    ],
)
def test_the_lowest_number_is_the_lowest_sign(numbers: list[float | None], heights: list[int | None]) -> None:
    assert Sparkline(numbers).heights() == heights


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1))
def test_every_number_has_a_sign(numbers: list[float]) -> None:
    heights = Sparkline(numbers).heights()
    assert len(heights) == len(numbers)
    assert all(height is not None and 0 <= height <= 7 for height in heights)
