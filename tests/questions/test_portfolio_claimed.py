"""What the work of an item requires and claims, who is for it and who has how much to do: made by hand."""

from typing import Any

from graph_api.compile.question import Found
from graph_api.questions.figures.claims import Claim, OwnedClaim
from graph_api.questions.forecast_realism import Scale
from graph_api.questions.portfolios.claimed import Foreseen, PortfolioClaims, claims_of
from graph_api.questions.portfolios.cost import PortfolioCostTerm
from graph_api.questions.portfolios.enablers import PortfolioEnabler, PortfolioEnablers
from graph_api.questions.portfolios.party import PortfolioStance, PortfolioStances, read_load
from graph_api.questions.portfolios.work import wants
from graph_api.questions.thread.facts import Party
from tests.questions.measuring import MARKS, measured

EUR = 10_000
"""A euro, as money is stored."""

# Enablers, stances and loads.


def enabler(number: int, readiness: float | None, units: int | None = None, currency: str | None = "EUR") -> Any:
    return PortfolioEnabler(f"id{number}", f"k{number}", readiness, units, currency, [Found("id1", "Proposition")])


def test_an_enabler_of_unknown_readiness_may_be_the_least_ready_one() -> None:
    known = PortfolioEnablers([enabler(1, 0.6), enabler(2, 1.0)])
    assert (known.readiness, known.readiness_high, known.unknown, known.not_ready) == (0.6, 0.6, 0, 1)
    lacking = PortfolioEnablers([enabler(1, 0.6), enabler(2, None)])
    assert (lacking.readiness, lacking.readiness_high, lacking.unknown, lacking.not_ready) == (None, 0.6, 1, 1)
    # None can be less ready than not at all.
    assert PortfolioEnablers([enabler(1, 0.0), enabler(2, None)]).readiness == 0.0
    assert PortfolioEnablers([]).readiness is None


def test_enablers_are_listed_from_the_least_ready_to_the_unknown() -> None:
    found = PortfolioEnablers([enabler(1, None), enabler(3, 0.2), enabler(2, 0.2), enabler(4, 0.9)])
    assert [one.key for one in found.list().nodes] == ["k2", "k3", "k4", "k1"]


def test_the_cost_of_enablers_is_null_where_one_is_unknown() -> None:
    found = PortfolioEnablers([enabler(1, 1.0, 30 * EUR), enabler(2, 1.0)])
    assert (found.cost, found.cost_low, found.currency) == (None, "30.00", "EUR")
    assert found.missing == [PortfolioCostTerm.COST]
    mixed = PortfolioEnablers([enabler(1, 1.0, 30 * EUR), enabler(2, 1.0, 5 * EUR, "SEK")])
    assert (mixed.cost, mixed.cost_low, mixed.missing) == (None, None, [PortfolioCostTerm.CURRENCY])
    assert PortfolioEnablers([]).cost is None


def test_a_stakeholder_counts_once_for_each_stance() -> None:
    def stance(who: str, how: str | None, place: int) -> PortfolioStance:
        return PortfolioStance(who, who, how, None, Found(str(place), "Initiative"), place)

    found = PortfolioStances(
        [
            stance("b", "OPPONENT", 2),
            stance("b", "AMBASSADOR", 1),
            stance("b", "AMBASSADOR", 0),
            stance("a", None, 0),
            stance("c", "NEUTRAL", 0),
        ]
    )
    assert (found.ambassadors, found.neutral, found.opponents, found.unknown) == (1, 1, 1, 1)
    listed = [(one.key, one.stance, one.place) for one in found.list().nodes]
    assert listed == [
        ("b", "AMBASSADOR", 0),
        ("b", "AMBASSADOR", 1),
        ("c", "NEUTRAL", 0),
        ("b", "OPPONENT", 2),
        ("a", None, 0),
    ]


def test_a_load_is_told_by_kind_with_its_unknown_efforts() -> None:
    load = read_load([["Initiative", 20.0], ["Journey", None], ["Initiative", 5.5], ["Enabler", 90.0]])
    assert (load.known, load.unknown, load.involvements) == (115.5, 1, 4)
    assert [(one.kind, one.known, one.unknown) for one in load.by_kind] == [
        ("JOURNEY", None, 1),
        ("INITIATIVE", 25.5, 0),
        ("ENABLER", 90.0, 0),
    ]
    assert read_load([]).known is None


# Claims. The gap of MARKS is 40: from its baseline of 50 to 90.

DESK, SALES = Party("d", "Department", "desk"), Party("s", "Department", "sales")


def owned(
    number: int, change: float | None, *delivered_by: int, kpi: int = 1, party: Party = DESK, **claim: Any
) -> OwnedClaim:
    kind = "Proposition" if delivered_by else "Initiative"
    made = Claim(number, f"id{number}", kind, f"k{number}", claim.get("status"), change, claim.get("by"), None)
    return OwnedClaim(made, kpi, delivered_by, ["2026-01-01"], [party])


def claimed(*claims: OwnedClaim, about: int = 1, past: list[OwnedClaim] | None = None, **scales: Scale) -> Any:
    known = {1: Scale(MARKS, ())} | {int(name[1:]): scale for name, scale in scales.items()}
    found: PortfolioClaims = claims_of(about, claims, Foreseen(past or [], known, "2026-11-01"))
    return found


def test_a_propositions_own_claim_counts_and_not_those_of_its_initiatives() -> None:
    found = claimed(owned(1, 20.0, 2, 3), owned(2, 8.0), owned(3, 8.0))
    (on_marks,) = found.list().nodes
    assert (on_marks.gap, on_marks.claimed.change, on_marks.claimed.share) == (40.0, 20.0, 0.5)
    assert [(one.settled.claim.key, one.counts) for one in on_marks.claims] == [
        ("k1", True),
        ("k2", False),
        ("k3", False),
    ]
    assert (found.total, found.unknown, found.share) == (1, 0, 0.5)


def test_without_an_own_claim_those_of_the_initiatives_are_added_up() -> None:
    assert claimed(owned(2, 8.0), owned(3, 12.0)).share == 0.5


def test_a_claim_without_a_number_makes_the_share_unknown_and_not_smaller() -> None:
    found = claimed(owned(2, 8.0), owned(3, None))
    assert (found.share, found.known_share, found.unknown) == (None, 0.2, 1)
    nothing = claimed(owned(3, None))
    assert (nothing.share, nothing.known_share, nothing.unknown) == (None, None, 1)
    assert claimed().share is None


def test_a_kpi_that_is_reached_has_no_gap_and_adds_nothing() -> None:
    other = Scale(MARKS, [measured(95.0)])
    found = claimed(owned(2, 8.0), owned(2, 5.0, kpi=2), _2=other)
    assert (found.total, found.reached, found.unknown, found.share) == (2, 1, 0, 0.2)
    assert [(kpi.key, claim.share) for kpi, claim in found.counting] == [("k", 0.2)]


def test_what_is_asked_about_is_taken_to_go_on() -> None:
    retired = owned(1, 20.0, 2, status="RETIRED")
    assert claimed(retired, about=1).share == 0.5
    assert claimed(retired, about=9).share is None


def test_realism_is_that_of_who_answers_for_the_claims_that_count() -> None:
    # From 50 in January to 70 in June: 20 of 40 claimed by the desk, 20 of 10 by sales.
    scale = Scale(MARKS, [measured(50.0, day="2026-01-01"), measured(70.0, day="2026-06-30")])
    past = [owned(5, 40.0, by="2026-06-30"), owned(6, 10.0, party=SALES, by="2026-06-30")]
    found = claimed(owned(1, 20.0, 2), owned(2, 8.0, party=SALES), past=past, _1=scale)
    assert [(one.key, one.median_ratio) for one in found.realism] == [("desk", 0.5)]
    both = claimed(owned(3, 20.0), owned(2, 8.0, party=SALES), past=past, _1=scale)
    assert [(one.key, one.median_ratio) for one in both.realism] == [("desk", 0.5), ("sales", 2.0)]
    assert both.median_ratio == 1.25


def test_nothing_is_read_that_nobody_selects() -> None:
    assert wants(frozenset({"score", "cost"})) == []
    assert wants(frozenset({"parties"})) == ["parties"]
    assert wants(frozenset({"parties", "load"}), "READINESS") == ["enablers", "load", "parties"]
    assert wants(frozenset(), "SCORE", "COST") == []
