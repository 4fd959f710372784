"""Ranks and the ranks that something may have, held against their definitions one by one."""

from collections.abc import Sequence
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.questions.portfolios.ranking import Bound, RankRange, rank_ranges, ranks

SCORES = st.integers(0, 6).map(float)
BOUNDS = st.one_of(
    st.tuples(SCORES, SCORES).map(lambda ends: (min(ends), max(ends))),
    SCORES.map(lambda low: (low, None)),
    SCORES.map(lambda high: (None, high)),
    st.just((None, None)),
)
FAR = 100.0
"""Beyond all scores here: what has no bound gets so far."""


def rank(scores: Sequence[float], place: int) -> int:
    return 1 + sum(other > scores[place] for other in scores)


def test_equal_scores_share_a_rank_and_the_next_is_as_much_lower() -> None:
    assert ranks([3.0, 5.0, None, 5.0, 1.0]) == [3, 1, None, 1, 4]
    assert ranks([(2, 0.5), (2, 0.7), (1, 0.9)]) == [2, 1, 3]
    assert ranks([]) == []


def test_bounds_that_overlap_leave_ranks_open() -> None:
    # The first lies above the third whatever happens; the second may lie anywhere between the two and beyond.
    assert rank_ranges([(6.0, 7.0), (2.0, 9.0), (1.0, 3.0)]) == [RankRange(1, 2), RankRange(1, 3), RankRange(2, 3)]
    assert rank_ranges([(4.0, 4.0), (4.0, 4.0), (5.0, None)]) == [RankRange(2, 2), RankRange(2, 2), RankRange(1, 1)]
    assert rank_ranges([((2, 0.1), (2, 0.9)), ((2, 0.5), (2, 0.5))]) == [RankRange(1, 2), RankRange(1, 2)]


def test_ranges_are_joined_at_their_ends() -> None:
    assert RankRange(3, 4).with_others([RankRange(2, 3), RankRange(4, 7)]) == RankRange(2, 7)
    assert RankRange(3, 4).with_others([]) == RankRange(3, 4)


@settings(max_examples=100)
@given(st.lists(st.none() | SCORES, max_size=12))
def test_ranks_are_one_more_than_what_is_better(scores: list[float | None]) -> None:
    known = [score for score in scores if score is not None]
    expected = [None if score is None else 1 + sum(other > score for other in known) for score in scores]
    assert ranks(scores) == expected


@settings(max_examples=100)
@given(st.lists(BOUNDS, min_size=1, max_size=4))
def test_a_range_is_that_of_all_scores_within_the_bounds(bounds: list[Bound[float]]) -> None:
    # Each score at the ends of all bounds that lie within its own: every order that the scores can have is among them.
    ends = {end for bound in bounds for end in bound if end is not None} | {-FAR, FAR, FAR + 1}
    ways = [
        [end for end in ends if (low is None or low <= end) and (high is None or end <= high)] for low, high in bounds
    ]
    tried = [[rank(scores, place) for place in range(len(bounds))] for scores in product(*ways)]
    assert rank_ranges(bounds) == [RankRange(min(found), max(found)) for found in zip(*tried, strict=True)]


@settings(max_examples=100)
@given(st.lists(BOUNDS, min_size=1, max_size=12))
def test_ranges_follow_their_definition(bounds: list[Bound[float]]) -> None:
    def above(low: float | None, high: float | None) -> bool:
        return low is not None and high is not None and low > high

    def may_be_above(high: float | None, low: float | None) -> bool:
        return high is None or low is None or high > low

    for place, ((low, high), found) in enumerate(zip(bounds, rank_ranges(bounds), strict=True)):
        others = [bound for at, bound in enumerate(bounds) if at != place]
        assert found.best == 1 + sum(above(other_low, high) for other_low, _ in others)
        assert found.worst == 1 + sum(may_be_above(other_high, low) for _, other_high in others)


@settings(max_examples=60)
@given(st.lists(SCORES, min_size=1, max_size=12))
def test_known_scores_have_one_rank(scores: list[float]) -> None:
    assert rank_ranges([(score, score) for score in scores]) == [
        RankRange(found, found) for found in ranks(scores) if found is not None
    ]
