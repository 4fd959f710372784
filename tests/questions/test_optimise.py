"""The best plan against a search through all of them."""

import os
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from graph_api.questions.portfolios import optimise
from graph_api.questions.portfolios.greedy import greedy
from graph_api.questions.portfolios.optimise import PlanStatus, Solution, least, solve
from graph_api.questions.portfolios.patience import Patience
from graph_api.questions.portfolios.problem import Charge, Pain, Pieces, Problem, Resource, paid, whole
from graph_api.questions.portfolios.programme import End, Outcome, Programme
from graph_api.questions.portfolios.varied import Draws, Stability, Sureness, draw, varied

PORTFOLIOS = int(os.environ.get("PORTFOLIOS", "2000"))
"""So many random portfolios are searched through; `make portfolios` does more."""
TIME = Patience(3600)


def portfolio(random: Random) -> Problem:
    """Make a small problem up: options and works, costs and capacities of all sizes, and everything that is odd."""
    size, fits = random.randint(1, 8), random.randint(1, 6)
    largest = random.choice([20, 10**6, 10**11, 10**30])

    def resource() -> Resource:
        charges = []
        for piece in range(size):
            if random.random() < 0.8:
                within = tuple(one for one in range(size) if one != piece and random.random() < 0.1)
                low = -largest // 10 if random.random() < 0.05 else 0
                amount = None if random.random() < 0.07 else random.randint(low, largest)
                charges.append(Charge(piece, amount, within))
        return Resource(charges, None if random.random() < 0.2 else random.randint(0, largest * size // 2))

    options = sorted(random.sample(range(size), random.randint(1, size)))
    paths = [
        tuple((random.randrange(size), random.randrange(fits)) for _ in range(random.randint(0, 4)))
        for _ in range(random.randint(0, 8))
    ]
    return Problem(
        options=options,
        needs=[tuple(far for far in range(near + 1, size) if random.random() < 0.2) for near in range(size)],
        pains=[Pain(random.randint(0, 9), path) for path in paths],
        fits=[random.randint(1, 10) for _ in range(fits)],
        resources=[resource() for _ in range(random.randint(1, 3))],
        there=frozenset(piece for piece in range(size) if random.random() < 0.08),
        must=frozenset(option for option in options if random.random() < 0.1),
        barred=frozenset(option for option in options if random.random() < 0.1),
    )


def answered(problem: Problem, plan: Pieces) -> int:
    """Say what a plan answers, by the definition: each pain once, by its best fit."""
    return sum(
        weight * max((problem.fits[place] for piece, place in paths if piece in plan), default=0)
        for weight, paths in problem.pains
    )


def is_plan(problem: Problem, plan: Pieces) -> bool:
    """Tell whether it is one, by the definition."""
    needed = set(problem.there)
    waiting = [*(option for option in problem.options if option in plan), *problem.must]
    while waiting:
        piece = waiting.pop()
        if piece not in needed:
            needed.add(piece)
            waiting += problem.needs[piece]
    return (
        needed == plan
        and problem.must <= plan
        and plan.isdisjoint(problem.barred)
        and all(fits(resource, plan) for resource in problem.resources)
    )


def fits(resource: Resource, plan: Pieces) -> bool:
    amounts = [one.amount for one in resource.charges if one.piece in plan and not plan.intersection(one.within)]
    if resource.limit is None:
        return True
    return None not in amounts and sum(amount for amount in amounts if amount is not None) <= resource.limit


def search(problem: Problem) -> list[Pieces]:
    """Return all plans."""
    size = len(problem.needs)
    every = (frozenset(piece for piece in range(size) if bits >> piece & 1) for bits in range(1 << size))
    return [plan for plan in every if is_plan(problem, plan)]


def pieces(found: Solution) -> set[int]:
    return set(found.plan or ())


def cost(problem: Problem, plan: Pieces) -> int | None:
    return problem.load(problem.money, plan)


@pytest.mark.parametrize("part", range(20))
def test_the_best_plan_is_the_best_of_all(part: int) -> None:
    for number in range(part * PORTFOLIOS // 20, (part + 1) * PORTFOLIOS // 20):
        problem = portfolio(Random(number))
        plans = search(problem)
        found = solve(problem, TIME)
        if not plans:
            assert found.status is PlanStatus.INFEASIBLE, number
            continue
        assert found.status is PlanStatus.OPTIMAL, number
        assert found.plan in plans, number
        assert found.objective == answered(problem, found.plan), number
        assert found.objective == max(answered(problem, plan) for plan in plans), number
        assert found.bound == found.objective
        assert found.gap == 0
        if all(charge.amount is not None and charge.amount >= 0 for charge in problem.money.charges):
            best = [plan for plan in plans if answered(problem, plan) == found.objective]
            assert cost(problem, found.plan) == min(cost(problem, plan) or 0 for plan in best), number


def test_what_must_be_in_the_plan_takes_the_least_that_it_can() -> None:
    for number in range(300):
        problem = portfolio(Random(number))
        for resource in problem.resources:
            free = replace(problem, resources=[Resource(one.charges) for one in problem.resources])
            loads = [problem.load(resource, plan) for plan in search(free)]
            if loads and None not in loads:
                assert least(problem, resource, TIME) == min(load or 0 for load in loads), number


def test_a_plan_in_a_moment_is_a_plan_and_never_better_than_the_best() -> None:
    for number in range(300):
        problem = portfolio(Random(number))
        plan = greedy(problem)
        if plan is not None:
            assert is_plan(problem, plan)
            assert answered(problem, plan) <= solve(problem, TIME).objective


def simple(**others: object) -> Problem:
    """Three options: the first needs the work 3, the second holds it, and both answer the first pain."""
    made = Problem(
        options=(0, 1, 2),
        needs=((3,), (3,), (), ()),
        pains=(Pain(10, ((0, 0), (1, 1))), Pain(4, ((2, 0),))),
        fits=(10, 5),
        resources=(Resource((Charge(0, 5), Charge(1, 7), Charge(2, 6), Charge(3, 9, (1,))), 14),),
    )
    return replace(made, **others)  # type: ignore[arg-type] # fields by name


def test_a_pain_reached_twice_counts_once_at_its_best_fit() -> None:
    # Both reach it, at 10 and at 5: 10·10, and not 10·15. What the second needs the first needs as well.
    problem = simple(resources=(Resource(()),))
    assert problem.objective(frozenset({0, 1, 3})) == 100
    assert problem.objective(frozenset({1, 3})) == 50
    # The second adds nothing: it is left out where nothing costs anything.
    assert pieces(solve(problem, TIME)) == {0, 2, 3}


def test_what_another_holds_is_not_paid_again() -> None:
    # 0 and its work cost 5 + 9 = 14, 1 which holds the work 7; both together 12.
    problem = simple()
    assert [cost(problem, frozenset(plan)) for plan in ({0, 3}, {1, 3}, {0, 1, 3})] == [14, 7, 12]
    # So that the first costs less with the second beside it.
    found = solve(problem, TIME)
    assert (pieces(found), found.objective) == ({0, 1, 3}, 100)
    assert [charge.piece for charge in paid(problem.money, frozenset({0, 1, 3}))] == [0, 1]


def test_what_is_taken_out_takes_what_needs_it_with_it() -> None:
    problem = simple()
    whole_plan = frozenset({0, 1, 2, 3})
    assert problem.without(whole_plan, 0) == {1, 2, 3}
    assert problem.lost(whole_plan, problem.without(whole_plan, 0)) == 50
    assert problem.needing([3]) == {0, 1, 3}


def test_an_unknown_cost_is_never_paid() -> None:
    unknown = (Charge(0, 5), Charge(1, 7), Charge(2, 6), Charge(3, None, (1,)))
    # The work's cost is unknown, and the second holds it: the first can only be with the second.
    assert pieces(solve(simple(resources=(Resource(unknown, 14),)), TIME)) == {0, 1, 3}
    assert pieces(solve(simple(resources=(Resource(unknown, 11),)), TIME)) == {1, 3}
    # Without a limit it is no matter.
    assert pieces(solve(simple(resources=(Resource(unknown),)), TIME)) == {0, 2, 3}


def test_a_limit_is_kept_to_the_last_cent() -> None:
    # The solver takes a millionth of the limit for nothing; a cent of ten millions of millions is far less.
    limit = 10**16
    for over in (0, 1):
        charges = (Charge(0, limit // 2 + over), Charge(1, limit // 2))
        problem = Problem((0, 1), ((), ()), (Pain(1, ((0, 0),)), Pain(1, ((1, 0),))), (1,), (Resource(charges, limit),))
        assert solve(problem, TIME).objective == 2 - over


def test_a_better_plan_is_told_from_one_that_is_nearly_as_good() -> None:
    # Only one of the two fits; they differ by a thousand-millionth.
    charges = (Charge(0, 1), Charge(1, 1))
    pains = (Pain(10**9, ((0, 0),)), Pain(10**9 + 1, ((1, 0),)))
    assert pieces(solve(Problem((0, 1), ((), ()), pains, (1,), (Resource(charges, 1),)), TIME)) == {1}


def test_without_time_a_plan_is_told_with_its_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> Outcome:
        return Outcome(End.STOPPED, None, -110.0)

    monkeypatch.setattr(Programme, "minimise", stopped)
    found = solve(simple(), Patience(0))
    # The greedy plan: 0 and 3 answer 100 for 14.
    assert (found.status, pieces(found), found.objective) == (PlanStatus.TIME_LIMIT, {0, 3}, 100)
    assert (found.bound, found.gap) == (Fraction(110), Fraction(1, 10))
    # And where not even that is known, all that could be answered bounds it.
    monkeypatch.setattr(Programme, "minimise", lambda *_: Outcome(End.STOPPED, None, None))
    assert solve(simple(), Patience(0)).bound == 140
    assert solve(simple(must=frozenset({0, 2})), Patience(0)) == Solution(PlanStatus.TIME_LIMIT, None, 0, Fraction(140))


def test_a_choice_that_breaks_a_limit_is_forbidden(monkeypatch: pytest.MonkeyPatch) -> None:
    told = iter([frozenset({0, 1, 2, 3}), frozenset({0, 3})])

    def rounded(*_: object) -> Outcome:
        return Outcome(End.SOLVED, next(told), -100.0)

    monkeypatch.setattr(Programme, "minimise", rounded)
    monkeypatch.setattr(optimise._Model, "cheapest", lambda _, plan, __: plan)
    assert pieces(solve(simple(), TIME)) == {0, 3}


AMOUNTS = st.one_of(st.floats(0, 1e308), st.sampled_from([0.0, 0.1, 1e-300, 5e-324, 1e308]))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), max_size=6), AMOUNTS)
@example(
    [(1.8e-32, 3.7e100), (5e-324, 0.25), (1e-300, 0.0), (2.5e74, 1e308), (2e-232, 5e-324), (1.8e-32, 3.7e100)], 2.6e121
)
def test_numbers_of_any_size_end_in_a_plan(rows: list[tuple[float, float]], limit: float) -> None:
    weights, unit = whole(Fraction(str(weight)) for weight, _ in rows)
    amounts, _ = whole(Fraction(str(amount)) for amount in (*(amount for _, amount in rows), limit))
    assert [Fraction(str(weight)) for weight, _ in rows] == [weight * unit for weight in weights]
    charges = [Charge(piece, amount) for piece, amount in enumerate(amounts[:-1])]
    pains = [Pain(weight, ((piece, 0),)) for piece, weight in enumerate(weights)]
    options = range(len(rows))
    problem = Problem(options, [()] * len(rows), pains, (1,), (Resource(charges, amounts[-1]),))
    found = solve(problem, TIME)
    assert found.status is PlanStatus.OPTIMAL
    assert is_plan(problem, found.plan or frozenset())
    # As good as the best, but for what the solver cannot tell apart.
    best = max(answered(problem, plan) for plan in search(problem))
    assert best - found.objective <= Fraction(sum(weights), 10**10)


def test_draws_repeat_and_stay_within_confidence() -> None:
    problem = simple()
    sure = Sureness(weights=(0.9, None), fits=(1.0, 0.8), amounts=((0.5, 0.5, 0.5, 0.5),), whole_fit=10)
    assert sure.unknown == 1
    for number in range(50):
        drawn = varied(problem, sure, Random(number))
        assert 900 <= drawn.pains[0].weight / 10 <= 1100
        assert 500 <= drawn.pains[1].weight / 4 <= 1500
        # A whole fit is never exceeded, and one that is sure stays.
        assert drawn.fits[0] == 10_000
        assert 800 <= drawn.fits[1] / 5 <= 1200
        assert all(500 * a <= b <= 1500 * a for a, b in zip((5, 7, 6, 9), _amounts(drawn), strict=True))
        assert drawn.money.limit == 14_000
    first, again, other = (draw(problem, sure, 20, seed, TIME) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def _amounts(problem: Problem) -> list[int]:
    return [charge.amount or 0 for charge in problem.money.charges]


def test_what_is_sure_stays() -> None:
    sure = Sureness((1.0, 1.0), (1.0, 1.0), ((1.0,) * 4,), 10)
    found = draw(simple(), sure, 5, 1, TIME)
    assert found == Draws(5, 0, found.chosen)
    plan = solve(simple(), TIME).plan or frozenset()
    assert [found.stability(piece, plan) for piece in (0, 1, 2)] == [
        Stability.ALWAYS,
        Stability.ALWAYS,
        Stability.NEVER,
    ]
    assert found.share(0) == 1


def test_draws_in_which_what_must_be_does_not_fit_are_told() -> None:
    # 2 costs 6, and anything from 3 to 9: within 6 it fits in some draws only.
    problem = simple(must=frozenset({2}), resources=(Resource((Charge(2, 6),), 6),))
    found = draw(problem, Sureness((None, None), (None, None), ((None,),), 10), 40, 1, TIME)
    assert found.solved + found.infeasible == 40
    assert 0 < found.infeasible < 40
    assert draw(problem, Sureness((), (), ((),), 10), 0, 1, TIME).stability(2, frozenset({2})) is None
    assert draw(problem, Sureness((), (), ((),), 10), 5, 1, Patience(0)).share(2) is None
