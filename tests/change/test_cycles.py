from graphlib import CycleError, TopologicalSorter

from hypothesis import given
from hypothesis import strategies as st

from graph_api.change.cycles import Cycle, cycles

LINKS = st.lists(st.tuples(st.integers(0, 7).map(str), st.integers(0, 7).map(str)), unique=True, max_size=14)


def test_a_link_that_closes_a_ring_with_present_ones_is_found_with_the_whole_ring() -> None:
    assert list(cycles({"a": ["b"], "b": ["c"]}, [("c", "a")])) == [Cycle(("c", "a", "b"), (("c", "a"),))]


def test_two_separate_rings_are_both_found() -> None:
    found = list(cycles({"a": ["b"], "x": ["y"]}, [("b", "a"), ("y", "x")]))
    assert [cycle.walk for cycle in found] == [("b", "a"), ("y", "x")]


def test_a_ring_that_was_there_before_is_not_the_change_s_fault() -> None:
    assert list(cycles({"a": ["b"], "b": ["a"]}, [("c", "a")])) == []


def test_a_chain_longer_than_the_stack_of_python_is_walked() -> None:
    chain = [(str(place), str(place + 1)) for place in range(20_000)]
    assert list(cycles({}, chain)) == []
    assert len(list(cycles({}, [*chain, ("20000", "0")]))) == 1


def _acyclic(links: list[tuple[str, str]]) -> bool:
    far: dict[str, set[str]] = {}
    for start, finish in links:
        far.setdefault(start, set()).add(finish)
    try:
        TopologicalSorter(far).prepare()
    except CycleError:
        return False
    return True


@given(LINKS)
def test_cycles_are_found_exactly_where_there_are_any(links: list[tuple[str, str]]) -> None:
    assert (not list(cycles({}, links))) == _acyclic(links)
