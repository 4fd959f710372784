"""Overlap, held against its definition and against every way in which insights without a type may turn out."""

from fractions import Fraction
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.questions.portfolios.overlapping import Overlap, overlaps

REACHED = st.dictionaries(st.integers(0, 5), st.frozensets(st.integers(10, 15)), max_size=5)
UNKNOWN = st.dictionaries(st.integers(0, 5), st.frozensets(st.integers(20, 22)), max_size=5)


def share(one: frozenset[int], other: frozenset[int]) -> float:
    return float(Fraction(len(one & other), len(one | other)))


def test_shared_pains_over_united_pains() -> None:
    # Two of five; the second has all of the third.
    first, second, third = frozenset({1, 2, 3}), frozenset({2, 3, 4, 5}), frozenset({4, 5})
    found = overlaps({1: first, 2: second, 3: third})
    assert [(one.first, one.second, one.share) for one in found] == [(1, 2, 0.4), (2, 3, 0.5)]
    assert [(one.first_within, one.second_within) for one in found] == [(False, False), (False, True)]


def test_insights_without_a_type_leave_it_open() -> None:
    (one,) = overlaps({1: frozenset({10, 11}), 2: frozenset({10})}, {1: frozenset({20}), 2: frozenset({20, 21})})
    # Pains: 1 of 2. If 20 is one as well, which both have, 2 of 3; if it is 21 instead, 1 of 3.
    assert (one.share, one.low, one.high) == (None, 1 / 3, 2 / 3)
    assert (one.first_within, one.second_within) == (False, None)
    (alike,) = overlaps({1: frozenset({10}), 2: frozenset({10})}, {1: frozenset({20}), 2: frozenset({20})})
    assert (alike.share, alike.first_within, alike.second_within) == (1.0, True, True)


@settings(max_examples=100)
@given(REACHED)
def test_overlaps_are_those_of_all_pairs(pains: dict[int, frozenset[int]]) -> None:
    expected = [
        (one, other, share(pains[one], pains[other]), pains[one] <= pains[other], pains[other] <= pains[one])
        for one, other in combinations(sorted(pains), 2)
        if pains[one] & pains[other]
    ]
    found = overlaps(pains)
    assert [(one.first, one.second, one.share, one.first_within, one.second_within) for one in found] == expected


@settings(max_examples=60)
@given(REACHED, UNKNOWN)
def test_bounds_are_those_of_every_way_that_types_may_turn_out(
    pains: dict[int, frozenset[int]], unknown: dict[int, frozenset[int]]
) -> None:
    found = {(one.first, one.second): one for one in overlaps(pains, unknown)}
    untyped = sorted(frozenset().union(*unknown.values()))
    nothing: frozenset[int] = frozenset()
    for pair in combinations(sorted(pains.keys() | unknown.keys()), 2):
        ways: list[tuple[frozenset[int], frozenset[int]]] = []
        for painful in product((False, True), repeat=len(untyped)):
            turned = frozenset(one for one, is_pain in zip(untyped, painful, strict=True) if is_pain)
            first, second = (pains.get(item, nothing) | (unknown.get(item, nothing) & turned) for item in pair)
            ways.append((first, second))
        if pair not in found:
            assert not any(first & second for first, second in ways)
            continue
        one = found[pair]
        # Where it may be that neither has any pain there is no share then.
        shares = [share(*way) for way in ways if way[0] | way[1]]
        assert (one.low or min(shares), one.high) == (min(shares), max(shares))
        within = {first <= second for first, second in ways}
        assert one.first_within == (within.pop() if len(within) == 1 else None)


def test_a_pair_without_a_pain_has_no_overlap() -> None:
    assert overlaps({1: frozenset(), 2: frozenset({10}), 3: frozenset()}) == []
    made: list[Overlap] = overlaps({1: frozenset()}, {1: frozenset({20}), 2: frozenset({20})})
    assert [(one.share, one.low, one.high) for one in made] == [(None, 0.0, 1.0)]
