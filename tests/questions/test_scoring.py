"""Scores: each method against figures worked by hand, what is unknown, and that a score is of its item alone."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.compile.question import Found
from graph_api.questions.portfolios.bounds import Bounds
from graph_api.questions.portfolios.item import Items, PortfolioKind
from graph_api.questions.portfolios.learned import Account, Learned, Segment, Voice
from graph_api.questions.portfolios.method import METHODS, ScoringMethodName, ScoringTerm
from graph_api.questions.portfolios.reach import PainWeight
from graph_api.questions.portfolios.scoring import ClaimedShare
from tests.questions.portfolios import item, items, learned, pain, scored

OPPORTUNITY, PROPOSITION, INITIATIVE = PortfolioKind
EVIDENCE_COUNT, VALUE_EFFORT, RICE, COST_OF_DELAY, CUSTOMER_AND_BUSINESS, PAIN_COVERAGE, KPI_WEIGHTED = (
    ScoringMethodName
)


@pytest.mark.parametrize(
    ("reach", "impact", "confidence", "effort", "score"),
    [(5000, 2, 0.8, 2, 4000), (10, 3, 1.0, 6, 5), (10_000, 3, 1.0, 0.5, 60_000)],
)
def test_rice_is_what_hashbuilds_publishes(
    reach: float, impact: float, confidence: float, effort: float, score: float
) -> None:
    # HashBuilds, What is RICE Score?, "Real-World Examples": 4000, 5 and 60000. Effort there is in person-months.
    (found,) = scored(RICE, items(item(1, reach=reach, impact=impact, confidence=confidence, effort=effort)))
    assert (found.value, found.missing) == (score, [])


def test_cost_of_delay_is_what_beginpm_publishes() -> None:
    # BeginPM, What is WSJF in Agile?: (100 + 50 + 20) / 10 = 17 and (80 + 30 + 10) / 5 = 24; here a tenth, since
    # values are 0 to 10, and user and business value, which is one there, as that of the business.
    a = item(1, customer_value=0, business_value=10, urgency=5, risk_reduction=2, effort=10)
    b = item(2, customer_value=0, business_value=8, urgency=3, risk_reduction=1, effort=5)
    assert [score.value for score in scored(COST_OF_DELAY, items(a, b))] == [1.7, 2.4]


def test_a_weighted_score_is_what_project_insight_publishes() -> None:
    # Project Insight, Scorecards Simplified: regulatory goals count half and have a score of 10, all others have 0: 5.
    (found,) = scored(
        CUSTOMER_AND_BUSINESS,
        items(item(1, customer_value=10, business_value=0)),
        customerValue=0.5,
        businessValue=0.35,
    )
    assert found.value == 5


def test_value_and_effort_of_a_list_of_features_by_hand() -> None:
    # Ten features of a tool for projects with value and days, as AgentWork lists them; the first: 9 / 30. By hand.
    features = [(9, 30), (7, 15), (8, 25), (10, 45), (6, 10), (7, 5), (5, 20), (8, 12), (6, 18), (9, 60)]
    found = scored(
        VALUE_EFFORT,
        items(*(item(n, customer_value=v, business_value=v, effort=e) for n, (v, e) in enumerate(features))),
    )
    expected = [0.3, 0.466666666667, 0.32, 0.222222222222, 0.6, 1.4, 0.25, 0.666666666667, 0.333333333333, 0.15]
    assert [score.value for score in found] == expected


def test_claims_of_kpis_with_the_weights_that_intrafocus_publishes() -> None:
    # Intrafocus, Weighting Elements: three objectives of 50, 30 and 20. Claimed are all of the first's gap with a
    # confidence of 0.8, half of the second's for sure, and a tenth the wrong way of the third's: 40 + 15 - 1. By hand.
    claims = [
        ClaimedShare(Found("a", "KPI"), "a", 50, 1.0, 0.8),
        ClaimedShare(Found("b", "KPI"), "b", 30, 0.5, 1.0),
        ClaimedShare(Found("c", "KPI"), "c", 20, -0.1, 0.5),
    ]
    (found,) = scored(KPI_WEIGHTED, items(item(1, PROPOSITION)), claims=claims)
    assert found.value == 54
    assert [part.value for part in found.parts().nodes] == [40, 15, -1]


def test_a_proposition_has_its_opportunities_by_their_fit() -> None:
    # 0.8 · (8 · 0.5 + 6 · 0.5) + 0.5 · (4 · 0.5 + 2 · 0.5) = 5.6 + 1.5 = 7.1, for 10 days: 0.71. By hand.
    one, two = item(1, customer_value=8, business_value=6), item(2, customer_value=4, business_value=2)
    made = items(item(3, PROPOSITION, effort=10), others=[one, two], addressed=[(1, 3, 0.8), (2, 3, 0.5)])
    (found,) = scored(VALUE_EFFORT, made)
    assert found.value == 0.71
    assert [(term.term, term.value, term.weight) for term in found.terms] == [
        (ScoringTerm.CUSTOMER_VALUE, 8.4, 0.5),
        (ScoringTerm.BUSINESS_VALUE, 5.8, 0.5),
        (ScoringTerm.EFFORT, 10, None),
    ]


PAINS = [pain(11, severity=8, reach=0.5), pain(12, severity=4, reach=0.25)]


def test_a_pain_counts_once_at_its_best_fit() -> None:
    # Both opportunities come from pain 11; 12 from the second alone: 8 · 0.5 · 0.9 + 4 · 0.25 · 0.3 = 3.9. By hand.
    made = items(item(3, PROPOSITION), others=[item(1), item(2)], addressed=[(1, 3, 0.9), (2, 3, 0.3)])
    known = learned(PAINS, {1: [11], 2: [11, 12]})
    assert [score.value for score in scored(PAIN_COVERAGE, made, known)] == [3.9]
    assert [score.value for score in scored(EVIDENCE_COUNT, made, known)] == [2]


def test_an_initiative_has_the_best_of_a_proposition_and_a_quick_fix() -> None:
    made = items(
        item(4, INITIATIVE),
        others=[item(1), item(3, PROPOSITION)],
        addressed=[(1, 3, 0.6), (1, 4, 0.2)],
        delivered=[(3, 4)],
    )
    # 8 · 0.5 · 0.6: by the proposition, which fits better.
    assert [score.value for score in scored(PAIN_COVERAGE, made, learned(PAINS, {1: [11]}))] == [2.4]


@pytest.mark.parametrize(
    ("fields", "low", "high", "missing"),
    [
        # Severity 0 to 10 · 0.5 · fit 0.5; and so on. By hand.
        ({"severity": None}, 0, 2.5, [ScoringTerm.SEVERITY]),
        ({"reach": None}, 0, 4, [ScoringTerm.PAIN_REACH]),
        ({"type": None}, 0, 2, [ScoringTerm.TYPE]),
        ({"severity": None, "reach": None}, 0, 5, [ScoringTerm.SEVERITY, ScoringTerm.PAIN_REACH]),
    ],
)
def test_what_is_unknown_of_a_pain_leaves_a_range_and_is_named(
    fields: dict[str, Any], low: float, high: float, missing: list[ScoringTerm]
) -> None:
    made = items(item(3, PROPOSITION), others=[item(1)], addressed=[(1, 3, 0.5)])
    (found,) = scored(PAIN_COVERAGE, made, learned([replace(PAINS[0], **fields)], {1: [11]}))
    assert (found.value, found.low, found.high, found.missing) == (None, low, high, missing)


def test_an_unknown_fit_is_between_nothing_and_all() -> None:
    made = items(item(3, PROPOSITION), others=[item(1), item(2)], addressed=[(1, 3, None), (2, 3, 0.5)])
    (found,) = scored(PAIN_COVERAGE, made, learned(PAINS, {1: [11], 2: [11]}))
    assert (found.value, found.low, found.high, found.missing) == (None, 2, 4, [ScoringTerm.FIT])


@pytest.mark.parametrize("effort", [None, 0])
def test_without_effort_there_is_no_score_for_a_person_day(effort: float | None) -> None:
    (found,) = scored(VALUE_EFFORT, items(item(1, customer_value=5, business_value=5, effort=effort)))
    assert (found.value, found.low, found.high, found.missing) == (None, 0, None, [ScoringTerm.EFFORT])


def test_an_item_with_no_pains_has_nothing_whatever_is_unknown() -> None:
    (found,) = scored(PAIN_COVERAGE, items(item(1)))
    assert (found.value, found.missing) == (0, [])


def audience(**others: Any) -> Learned:
    return learned(PAINS, {1: [11]}, **others)


VOICES = {
    21: Voice(21, "id21", "Segment", "s", [21]),
    22: Voice(22, "id22", "Account", "in", [21]),
    23: Voice(23, "id23", "Account", "out", []),
    24: Voice(24, "id24", "Persona", "p", [21]),
}
SEGMENTS = {21: Segment(21, "id21", "s", 90, 5_000_0000, "EUR", [22, 25])}
ACCOUNTS = {
    22: Account(22, "id22", "in", 300_0000, "EUR", "CUSTOMER", None),
    23: Account(23, "id23", "out", 200_0000, "EUR", None, None),
    25: Account(25, "id25", "other", 100_0000, "EUR", "CUSTOMER", None),
}
HEARD = {"voices": VOICES, "segments": SEGMENTS, "accounts": ACCOUNTS}


@pytest.mark.parametrize(
    ("speaking", "customers", "revenue"),
    [
        # An account and the segment it is in are told of once: 90, and 300 + 100. With one beside it: 91, and 200 more.
        ([21], 90, 400),
        ([21, 22], 90, 400),
        ([22], 1, 300),
        ([24], 90, 400),
        ([21, 22, 23, 24], 91, 600),
    ],
)
def test_each_account_counts_once(speaking: list[int], customers: int, revenue: float) -> None:
    known = audience(voiced={11: speaking}, **HEARD)
    found = {by: scored(PAIN_COVERAGE, items(item(1)), known, pain_weight=by)[0].value for by in PainWeight}
    # Severity 8 · reach 0.5 = 4. By hand.
    assert found == {PainWeight.NONE: 4, PainWeight.CUSTOMERS: 4 * customers, PainWeight.REVENUE: 4 * revenue}


def test_an_account_that_is_lost_counts_nowhere() -> None:
    lost = {**ACCOUNTS, 25: replace(ACCOUNTS[25], status="LOST", annual_value=None)}
    known = audience(voiced={11: [21]}, **{**HEARD, "accounts": lost})
    assert scored(PAIN_COVERAGE, items(item(1)), known, pain_weight=PainWeight.REVENUE)[0].value == 1200


@pytest.mark.parametrize(
    ("accounts", "low"),
    [
        # Of one the value is unknown: at least what the other is worth. Of two currencies nobody knows a sum.
        ({25: replace(ACCOUNTS[25], annual_value=None)}, 1200),
        ({25: replace(ACCOUNTS[25], currency="USD")}, 0),
    ],
)
def test_unknown_value_is_named(accounts: dict[int, Account], low: float) -> None:
    known = audience(voiced={11: [21]}, **{**HEARD, "accounts": ACCOUNTS | accounts})
    (found,) = scored(PAIN_COVERAGE, items(item(1)), known, pain_weight=PainWeight.REVENUE)
    assert (found.value, found.low, found.high, found.missing) == (None, low, None, [ScoringTerm.REVENUE])


def test_of_a_pain_that_nobody_voices_nobody_knows_the_customers() -> None:
    (found,) = scored(PAIN_COVERAGE, items(item(1)), audience(), pain_weight=PainWeight.CUSTOMERS)
    assert (found.value, found.missing) == (None, [ScoringTerm.CUSTOMERS])


VALUES = st.none() | st.integers(0, 10).map(float)
FITS = st.none() | st.sampled_from([0.0, 0.25, 0.5, 1.0])


@st.composite
def portfolios(draw: st.DrawFn) -> tuple[Items, Learned]:
    """Draw some opportunities with pains, propositions and initiatives over them, and all their links."""
    opportunities = [
        item(
            number,
            customer_value=draw(VALUES),
            business_value=draw(VALUES),
            urgency=draw(VALUES),
            risk_reduction=draw(VALUES),
            reach=draw(VALUES),
            impact=draw(st.none() | st.sampled_from([0.25, 0.5, 1.0, 2.0, 3.0])),
            effort=draw(VALUES),
            confidence=draw(FITS),
        )
        for number in range(1, 1 + draw(st.integers(0, 3)))
    ]
    propositions = [
        item(number, PROPOSITION, effort=draw(VALUES), confidence=draw(FITS))
        for number in range(11, 11 + draw(st.integers(0, 2)))
    ]
    initiatives = [item(number, INITIATIVE, effort=draw(VALUES)) for number in range(21, 21 + draw(st.integers(0, 2)))]
    pains = [
        pain(number, draw(st.sampled_from(["PAIN", "UNMET_NEED", None])), draw(VALUES), draw(FITS))
        for number in range(31, 31 + draw(st.integers(0, 4)))
    ]
    numbers = [one.number for one in pains]
    raised = {
        one.number: draw(st.lists(st.sampled_from(numbers), unique=True)) if numbers else [] for one in opportunities
    }
    addressed = [
        (one.number, other.number, draw(FITS))
        for one in opportunities
        for other in (*propositions, *initiatives)
        if draw(st.booleans())
    ]
    delivered = [(one.number, other.number) for one in propositions for other in initiatives if draw(st.booleans())]
    made = items(*opportunities, *propositions, *initiatives, addressed=addressed, delivered=delivered)
    return made, learned(pains, raised)


def sums() -> list[ScoringMethodName]:
    return [method for method in ScoringMethodName if method is not KPI_WEIGHTED]


@settings(max_examples=100)
@given(portfolios(), st.sampled_from(sums()))
def test_a_score_does_not_move_when_an_unrelated_item_comes(
    made: tuple[Items, Learned], method: ScoringMethodName
) -> None:
    all_items, known = made
    new = item(99, customer_value=10, business_value=10, effort=1, reach=10, impact=3, confidence=1)
    more = Items([*all_items.chosen, new], {**all_items.by_number, 99: new}, all_items.addressed, all_items.delivered)
    others = replace(
        known, pains={**known.pains, 98: pain(98, severity=10, reach=1)}, raised={**known.raised, 99: [98]}
    )
    before = [(one.bounds, one.missing) for one in scored(method, all_items, known)]
    assert [(one.bounds, one.missing) for one in scored(method, more, others)][:-1] == before


@settings(max_examples=100)
@given(portfolios())
def test_pain_coverage_is_its_definition(made: tuple[Items, Learned]) -> None:
    # For each pain the best product of fits over all paths, walked one by one, with what is unknown at its ends.
    all_items, known = made
    for one, score in zip(all_items.chosen, scored(PAIN_COVERAGE, all_items, known), strict=True):
        for end, told in ((0, score.low), (1, score.high)):
            expected = Fraction()
            for number, row in known.pains.items():
                fits = [
                    path
                    for opportunity, insights in known.raised.items()
                    if number in insights
                    for path in _paths(all_items, opportunity, one.number, end)
                ]
                if fits and (row.type or end):
                    severity = (0, 10)[end] if row.severity is None else row.severity
                    reach = end if row.reach is None else row.reach
                    expected += max(fits) * Fraction(severity) * Fraction(reach)
            assert told == pytest.approx(float(expected))


def _paths(all_items: Items, opportunity: int, number: int, unknown: int) -> list[Fraction]:
    if opportunity == number:
        return [Fraction(1)]
    through = {number, *(proposition for proposition, initiative in all_items.delivered if initiative == number)}
    return [
        Fraction(unknown) if fit is None else Fraction(fit)
        for start, finish, fit in all_items.addressed
        if start == opportunity and finish in through
    ]


@settings(max_examples=100)
@given(portfolios(), st.sampled_from(sums()))
def test_what_becomes_known_lies_within_what_it_could_be(
    made: tuple[Items, Learned], method: ScoringMethodName
) -> None:
    all_items, known = made
    filled = Items(
        [_known(one) for one in all_items.chosen],
        {number: _known(one) for number, one in all_items.by_number.items()},
        [(start, finish, 0.5 if fit is None else fit) for start, finish, fit in all_items.addressed],
        all_items.delivered,
    )
    pains = {
        number: replace(
            row, type=row.type or "PAIN", severity=7.0 if row.severity is None else row.severity, reach=row.reach or 0.5
        )
        for number, row in known.pains.items()
        if row.reach != 0
    }
    raised = {number: [one for one in insights if one in pains] for number, insights in known.raised.items()}
    less = replace(known, pains={n: row for n, row in known.pains.items() if n in pains}, raised=raised)
    for was, now in zip(
        scored(method, all_items, less), scored(method, filled, replace(less, pains=pains)), strict=True
    ):
        assert _within(now.bounds, was.bounds)
        if was.value is not None:
            assert now.value == pytest.approx(was.value)


def _known(one: Any) -> Any:
    usual = {"customer_value": 5.0, "business_value": 4.0, "urgency": 3.0, "risk_reduction": 2.0, "reach": 6.0}
    usual |= {"impact": 1.0, "effort": 2.0, "confidence": 0.5}
    filled = {name: value for name, value in usual.items() if getattr(one, name) is None}
    return replace(one, **filled)


def _within(inner: Bounds, outer: Bounds) -> bool:
    near = 1e-9
    return outer.low - near <= inner.low * (1 + near) and inner.high <= outer.high * (1 + near) + near


def test_each_method_says_what_it_is_made_of_and_where_that_comes_from() -> None:
    assert list(METHODS) == list(ScoringMethodName)
    assert all(method.formula and method.source for method in METHODS.values())
