"""What an item of a portfolio costs and takes, by itself or by what hangs below it; what is unknown is never zero."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.questions.figures.money import written
from graph_api.questions.portfolios.below import work_of
from graph_api.questions.portfolios.cost import PortfolioCostFrom, PortfolioCostTerm, cost_of
from graph_api.questions.portfolios.item import Item, PortfolioKind
from tests.questions.portfolios import item, items

_, PROPOSITION, INITIATIVE = PortfolioKind
EUR = 10_000
"""A euro, as money is stored."""


def proposition(number: int, **fields: Any) -> Item:
    return item(number, PROPOSITION, **{"currency": "EUR", **fields})


def initiative(number: int, **fields: Any) -> Item:
    return item(number, INITIATIVE, **{"currency": "EUR", **fields})


# What hangs below an item.


def test_below_an_opportunity_hangs_what_addresses_it_and_what_delivers_that_each_once() -> None:
    found = items(
        item(1),
        others=[initiative(4), proposition(3), proposition(2), initiative(5)],
        addressed=[(1, 3, None), (1, 2, 0.5), (1, 4, 0.5)],
        delivered=[(2, 4), (3, 4), (3, 5)],
    )
    assert [one.key for one in work_of(found, found.chosen[0])] == ["k1", "k2", "k3", "k4", "k5"]


def test_what_has_ended_is_no_work_nor_what_hangs_only_below_it() -> None:
    found = items(
        item(1),
        proposition(2, status="RETIRED"),
        others=[proposition(3), initiative(4), initiative(5, status="STOPPED"), initiative(6, status="DONE")],
        addressed=[(1, 2, None), (1, 3, None)],
        delivered=[(2, 4), (3, 5), (3, 6)],
    )
    opportunity, retired = found.chosen
    assert [one.key for one in work_of(found, opportunity)] == ["k1", "k3", "k6"]
    # What is asked about itself is told as if it went on.
    assert [one.key for one in work_of(found, retired)] == ["k2", "k4"]


# Cost and effort.


def test_an_own_cost_stands_for_the_work_within() -> None:
    found = items(
        proposition(1, cost=500 * EUR, effort=40.0),
        others=[initiative(2, cost=900 * EUR, effort=90.0), initiative(3)],
        delivered=[(1, 2), (1, 3)],
    )
    cost = cost_of(found, found.chosen[0])
    assert (cost.cost, cost.cost_from, cost.currency) == ("500.00", PortfolioCostFrom.OWN, "EUR")
    assert (cost.effort, cost.effort_from, cost.missing) == (40.0, PortfolioCostFrom.OWN, [])


def test_a_proposition_without_a_cost_costs_what_its_initiatives_cost() -> None:
    parts = [initiative(2, cost=300 * EUR, effort=10.5), initiative(3, cost=200 * EUR)]
    found = items(proposition(1), others=parts, delivered=[(1, 2), (1, 3)])
    cost = cost_of(found, found.chosen[0])
    assert (cost.cost, cost.cost_from) == ("500.00", PortfolioCostFrom.INITIATIVES)
    # One effort is unknown: 10.5 days at least, and nobody can say how many.
    assert (cost.effort, cost.effort_low, cost.effort_high) == (None, 10.5, None)
    assert cost.missing == [PortfolioCostTerm.EFFORT]


def test_where_nothing_is_known_of_a_cost_it_is_not_zero() -> None:
    found = items(item(1, effort=5.0), proposition(2), initiative(3))
    for one in found.chosen:
        cost = cost_of(found, one)
        assert (cost.cost, cost.cost_low, cost.cost_high, cost.cost_from) == (None, None, None, None)
        assert PortfolioCostTerm.COST in cost.missing
    assert cost_of(found, found.chosen[0]).effort == 5.0


def test_an_opportunity_costs_what_addresses_it_and_each_initiative_once() -> None:
    found = items(
        item(1),
        others=[
            proposition(2, cost=500 * EUR),  # stands for initiative 4
            proposition(3),  # initiatives 4 and 5
            initiative(4, cost=100 * EUR),
            initiative(5, cost=70 * EUR),  # also addresses the opportunity itself
            initiative(6, cost=8 * EUR),
        ],
        addressed=[(1, 2, None), (1, 3, None), (1, 5, None), (1, 6, None)],
        delivered=[(2, 4), (3, 4), (3, 5)],
    )
    cost = cost_of(found, found.chosen[0])
    assert (cost.cost, cost.cost_from) == ("578.00", PortfolioCostFrom.ADDRESSED_BY)


def test_of_two_propositions_that_share_an_initiative_nobody_knows_what_they_cost_together() -> None:
    found = items(
        item(1),
        others=[proposition(2, cost=500 * EUR), proposition(3, cost=300 * EUR), initiative(4, cost=100 * EUR)],
        addressed=[(1, 2, None), (1, 3, None)],
        delivered=[(2, 4), (3, 4)],
    )
    cost = cost_of(found, found.chosen[0])
    assert (cost.cost, cost.cost_low, cost.cost_high) == (None, "500.00", "800.00")
    # Efforts are those of the initiative, which is one.
    assert cost.missing == [PortfolioCostTerm.EFFORT, PortfolioCostTerm.SHARED_INITIATIVE]


def test_two_currencies_are_never_added() -> None:
    parts = [initiative(2, cost=300 * EUR, effort=1.0), initiative(3, cost=200 * EUR, currency="SEK", effort=2.0)]
    found = items(proposition(1), others=parts, delivered=[(1, 2), (1, 3)])
    cost = cost_of(found, found.chosen[0])
    assert (cost.cost, cost.cost_low, cost.cost_high, cost.currency) == (None, None, None, None)
    assert (cost.effort, cost.missing) == (3.0, [PortfolioCostTerm.CURRENCY])


def test_a_cost_without_a_currency_says_so() -> None:
    found = items(initiative(1, cost=300 * EUR, currency=None, effort=1e308))
    cost = cost_of(found, found.chosen[0])
    assert (cost.cost, cost.currency, cost.missing) == ("300.00", None, [PortfolioCostTerm.CURRENCY])


def test_efforts_that_no_float_holds_together_are_unknown_and_named() -> None:
    parts = [initiative(2, effort=1e308), initiative(3, effort=1e308)]
    found = items(proposition(1), others=parts, delivered=[(1, 2), (1, 3)])
    cost = cost_of(found, found.chosen[0])
    assert (cost.effort, cost.effort_low, cost.effort_high) == (None, None, None)
    assert PortfolioCostTerm.TOO_LARGE in cost.missing


COSTS = st.none() | st.integers(0, 10**9).map(lambda euros: euros * EUR)
EFFORTS = st.none() | st.floats(0, 1e308)


@settings(max_examples=100)
@given(st.lists(st.tuples(COSTS, EFFORTS), min_size=6, max_size=6), st.sets(st.integers(0, 15)))
def test_a_cost_lies_between_its_bounds_and_a_null_one_has_its_reason(
    figures: list[tuple[int | None, float | None]], links: set[int]
) -> None:
    made = [
        (proposition if number < 4 else initiative)(number, cost=cost, effort=effort)
        for number, (cost, effort) in enumerate(figures, start=1)
    ]
    addressed = [(0, 1 + place, None) for place in range(6) if place in links]
    delivered = [(1 + place % 3, 4 + place // 3) for place in range(9) if place + 6 in links]
    found = items(item(0), *made, addressed=addressed, delivered=delivered)
    for one in found.chosen:
        cost = cost_of(found, one)
        assert (cost.cost is None) == (
            not {PortfolioCostTerm.COST, PortfolioCostTerm.CURRENCY}.isdisjoint(cost.missing)
            or cost.cost_low != cost.cost_high
        )
        if cost.cost_low is not None and cost.cost_high is not None:
            assert float(cost.cost_low) <= float(cost.cost_high)
        if cost.cost is not None:
            assert cost.cost == cost.cost_low == cost.cost_high == written(cost.units)
        if cost.effort is None:
            assert cost.missing
        if cost.effort_low is not None and cost.effort_high is not None:
            assert cost.effort_low <= cost.effort_high
