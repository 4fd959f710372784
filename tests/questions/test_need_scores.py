"""Need scores: a published example, the demo by hand, and properties of the score."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.change.changeset import LinkChange, Ref
from graph_api.compile.question import Found
from graph_api.questions.need_scores import (
    Figures,
    NeedScore,
    NeedTerm,
    OpportunityBand,
    band,
    opportunity,
    read_needs,
    together,
)
from tests.questions.asking import Asking

FIELDS = "respondents important satisfied importance satisfaction estimate score band overserved missing"
QUERY = f"""query($scope: Scope, $segments: [String!]) {{
  needScores(scope: $scope, segments: $segments) {{
    byPersona(first: 200) {{ totalCount nodes {{ need {{ key }} persona {{ key }} {FIELDS} }} }}
    bySegment(first: 200) {{
      totalCount
      nodes {{
        need {{ key }} segment {{ key }} personas {{ key }} leftOut {{ persona {{ key }} estimate score }} {FIELDS}
      }}
    }}
  }}
}}"""
DEMO = {"tags": ["demo"]}
COUNTS = st.integers(1, 60).flatmap(
    lambda n: st.builds(Figures, st.just(n), st.integers(0, n), st.integers(0, n), st.none(), st.none())
)
TENTHS = st.decimals(0, 10, places=1)
TERMS = TENTHS.map(Fraction)
TYPED = st.builds(
    Figures, st.none(), st.none(), st.none(), st.none() | TENTHS.map(float), st.none() | TENTHS.map(float)
)


async def ask(asking: Asking, **variables: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    result = await asking.service.ask(QUERY, variables)
    assert result.errors is None
    found = result.data["needScores"]
    return found["byPersona"]["nodes"], found["bySegment"]["nodes"]


def test_ulwicks_example() -> None:
    # A. W. Ulwick, "Turn Customer Input into Innovation", Harvard Business Review 80(1), 2002: importance 9.5 and
    # satisfaction 3.2 make 9.5 + (9.5 - 3.2) = 15.8.
    score = NeedScore(Found("n", "Need"), "n", Figures(typed_importance=9.5, typed_satisfaction=3.2))
    assert score.score == 15.8
    assert score.band is OpportunityBand.EXTREME
    # The same from counts: 19 of 20 hold it for important; of 250 asked 80 are satisfied.
    assert opportunity(Fraction(10 * 19, 20), Fraction(10 * 80, 250)) == Fraction("15.8")


@pytest.mark.parametrize(
    ("score", "expected"),
    [("15.001", "EXTREME"), ("15", "HIGH"), ("12", "HIGH"), ("11.999", "WORTHY"), ("10", "WORTHY"), ("9.999", "LOW")],
)
def test_bands_begin_where_ulwick_says(score: str, expected: str) -> None:
    assert band(Fraction(score)) == expected


def test_a_score_on_the_edge_of_a_band_is_exact() -> None:
    # Of 30, 26 and 7: 2 · 26/30 - 7/30 = 45/30, that is 15 sharp, which is not over 15, however computers round thirds.
    figures = Figures(30, 26, 7)
    assert figures.score == 15
    assert NeedScore(Found("n", "Need"), "n", figures).band is OpportunityBand.HIGH


async def test_needs_of_personas_in_the_demo(asking: Asking) -> None:
    personas, _ = await ask(asking, scope=DEMO)
    assert len(personas) == 18
    first = personas[0]
    # Of 41 maintenance managers 38 find it important to know when somebody comes, and 9 are satisfied:
    # (2 · 38 - 9)/4.1 = 16.3.
    assert (first["need"]["key"], first["persona"]["key"]) == ("know-when", "maintenance-manager")
    assert (first["respondents"], first["important"], first["satisfied"]) == (41, 38, 9)
    assert first["importance"] == pytest.approx(380 / 41)
    assert first["satisfaction"] == pytest.approx(90 / 41)
    assert first["score"] == pytest.approx(670 / 41)
    assert (first["band"], first["estimate"], first["overserved"]) == ("EXTREME", False, False)
    # (2 · 15 - 4)/1.6 = 16.25, (2 · 27 - 7)/2.9 = 16.2, (2 · 40 - 17)/4.1 = 15.4, (2 · 19 - 5)/2.3 = 14.3.
    assert [one["need"]["key"] for one in personas[1:5]] == [
        "honest-estimate",
        "answer-at-once",
        "run-again",
        "quick-quote",
    ]
    assert [one["score"] for one in personas[1:5]] == pytest.approx([16.25, 470 / 29, 630 / 41, 330 / 23])
    assert [one["band"] for one in personas].count("EXTREME") == 4


async def test_what_was_typed_in_is_marked(asking: Asking) -> None:
    personas, _ = await ask(asking, scope=DEMO)
    estimates = {one["need"]["key"]: one["score"] for one in personas if one["estimate"]}
    # 9 + 4, 7 + 3, 6 + 3, 7 + 1.
    assert estimates == {"see-all-jobs": 13.0, "prove-energy": 10.0, "night-parts": 9.0, "choose-surely": 8.0}
    assert all(one["respondents"] is None for one in personas if one["estimate"])


async def test_estimates_are_never_added_to_counts_of_a_segment(asking: Asking) -> None:
    personas, segments = await ask(asking, scope=DEMO, segments=["water-utilities"])
    # The maintenance manager's seven needs and the purchaser's four; the plant manager is in other segments.
    assert len(personas) == len(segments) == 11
    assert {one["persona"]["key"] for one in personas} == {"maintenance-manager", "purchaser"}
    unknown = segments[-2:]
    assert [one["need"]["key"] for one in unknown] == ["choose-surely", "night-parts"]
    for one in unknown:
        assert (one["score"], one["band"], one["respondents"], one["estimate"]) == (None, None, None, False)
        assert (one["personas"], one["missing"]) == ([], ["IMPORTANCE", "SATISFACTION"])
    assert unknown[0]["leftOut"] == [{"persona": {"key": "purchaser"}, "estimate": True, "score": 8.0}]


async def test_counts_of_a_segments_personas_are_added_up(asking: Asking) -> None:
    links = (
        LinkChange(
            "HAS_NEED",
            Ref("Persona", "plant-manager"),
            Ref("Need", "know-when"),
            {"respondents": 16, "important": 12, "satisfied": 10},
        ),
        LinkChange(
            "HAS_NEED", Ref("Persona", "purchaser"), Ref("Need", "know-when"), {"respondents": 23, "important": 9}
        ),
    )
    done = await asking.change(links=links)
    try:
        _, segments = await ask(asking, scope=DEMO, segments=["process-industry"])
        (found,) = [one for one in segments if one["need"]["key"] == "know-when"]
        # Of 41 + 16 asked 38 + 12 find it important and 9 + 10 are satisfied; how many purchasers are is unknown.
        assert (found["respondents"], found["important"], found["satisfied"]) == (57, 50, 19)
        assert found["score"] == pytest.approx((2 * 500 - 190) / 57)
        assert found["personas"] == [{"key": "maintenance-manager"}, {"key": "plant-manager"}]
        assert found["leftOut"] == [{"persona": {"key": "purchaser"}, "estimate": False, "score": None}]
        personas, _ = await ask(asking, scope=DEMO)
        assert (personas[-1]["persona"]["key"], personas[-1]["missing"]) == ("purchaser", ["SATISFACTION"])
    finally:
        await asking.revert(done)


async def test_a_segment_that_is_not_there_is_named(asking: Asking) -> None:
    for segments, message in (["nobody"], "no segment with the key 'nobody'"), ([], "segments: is empty"):
        result = await asking.service.ask(QUERY, {"segments": segments})
        assert result.errors is not None
        assert message in result.errors[0].message


async def test_a_data_set_without_counts_has_needs_without_scores_or_none(asking: Asking) -> None:
    personas, segments = await ask(asking, scope={"tags": ["veteran-transition"]})
    assert all(one["score"] is None and one["missing"] for one in [*personas, *segments])


@given(COUNTS)
def test_a_score_lies_between_importance_and_twice_that(figures: Figures) -> None:
    importance, satisfaction, score = figures.importance, figures.satisfaction, figures.score
    assert importance is not None
    assert satisfaction is not None
    assert score is not None
    assert importance <= score <= 2 * importance
    assert (score == importance) == (satisfaction >= importance)


@given(TERMS, TERMS, TERMS)
def test_more_satisfaction_never_raises_a_score(importance: Fraction, one: Fraction, other: Fraction) -> None:
    low, high = sorted((one, other))
    assert opportunity(importance, high) <= opportunity(importance, low)


@given(st.lists(COUNTS, min_size=1, max_size=5))
def test_a_segments_share_lies_between_those_of_its_personas(figures: list[Figures]) -> None:
    pooled = together(figures)
    for name in ("importance", "satisfaction"):
        shares = [getattr(one, name) for one in figures]
        assert min(shares) <= getattr(pooled, name) <= max(shares)


@given(st.lists(COUNTS, max_size=4), st.lists(TYPED, max_size=4))
def test_estimates_change_no_figure_of_a_segment(counted: list[Figures], typed: list[Figures]) -> None:
    def pooled(figures: list[Figures]) -> list[Figures]:
        fields = ("respondents", "important", "satisfied", "typed_importance", "typed_satisfaction")
        rows = [
            [[0, "n", "n"], [place, f"p{place}", f"p{place}"], *(getattr(one, name) for name in fields), [["s", "s"]]]
            for place, one in enumerate(figures, start=1)
        ]
        return [score.figures for score in read_needs(rows, None, None).segments]

    assert pooled([*counted, *typed]) == (pooled(counted) or pooled(typed))


@pytest.mark.parametrize(
    ("figures", "missing", "estimate"),
    [
        (Figures(), ["IMPORTANCE", "SATISFACTION"], False),
        (Figures(0, 0, 0), ["IMPORTANCE", "SATISFACTION"], False),
        (Figures(10, 4), ["SATISFACTION"], False),
        (Figures(typed_satisfaction=4.0), ["IMPORTANCE"], True),
        (Figures(10, 4, None, None, 3.0), [], True),
        (Figures(10, 4, 3, 9.0, 9.0), [], False),
    ],
)
def test_what_is_unknown_is_named_and_never_zero(figures: Figures, missing: list[str], *, estimate: bool) -> None:
    score = NeedScore(Found("n", "Need"), "n", figures)
    assert score.missing == [NeedTerm[name] for name in missing]
    assert score.estimate == estimate
    assert (score.score is None) == (score.band is None) == (score.overserved is None) == bool(missing)


def test_satisfaction_over_importance_is_overserved() -> None:
    assert NeedScore(Found("n", "Need"), "n", Figures(10, 4, 5)).overserved
    assert not NeedScore(Found("n", "Need"), "n", Figures(10, 4, 4)).overserved
