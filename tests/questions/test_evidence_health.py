"""Evidence health on the demo and on public data, worked by hand from the files in seed/, and what must always hold."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.change.changeset import LinkChange, Ref
from graph_api.compile.question import Found
from graph_api.model.choices import EvidenceStance, InsightStatus
from graph_api.questions.evidence.insight_health import IGNORANCE, InsightHealth, Piece, RestsOn
from graph_api.questions.evidence.research import Onward, ResearchCandidate
from tests.questions.asking import TODAY, Asking, create

QUERY = """query($scope: Scope, $restsOn: [RestsOn!], $first: Int = 200, $after: String) {
  evidenceHealth(scope: $scope, on: "2026-11-01") {
    on
    insightsByStatus { insightStatus count }
    insightsByRestsOn { restsOn count }
    withEvidence
    withoutEvidence
    contradicted
    evidence
    evidenceBySort { evidenceSort count }
    evidenceWithoutStudy
    studies
    participants
    participantsUnknown
    hypothesesByVerdict { hypothesisVerdict count }
    insights(restsOn: $restsOn, first: 200) {
      totalCount
      nodes {
        insight { key }
        restsOn
        supporting { ...side }
        contradicting { ...side }
        stanceUnknown
        studies
        sorts
        earliest
        latest
        daysUnknown
        age
      }
    }
    opportunitiesOnAssumption { nodes { opportunity { key } insights { key } severity severityUnknown { key } } }
    testNext(first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        subject { key }
        score
        scoreAtMost
        valueAtStake
        severity
        severityUnknown { key }
        insights { key }
        propositions
        initiatives
        ignorance
        restsOn
        hypothesisVerdict
        studies
      }
    }
  }
}
fragment side on EvidenceSide {
  evidence
  studies
  withoutStudy
  strongest { evidence { key } support of share }
  sharesUnknown
}"""
DEMO = {"tags": ["demo"]}
VETERAN = {"tags": ["veteran-transition"]}


async def ask(asking: Asking, scope: dict[str, Any] | None = None, **variables: Any) -> dict[str, Any]:
    result = await asking.service.ask(QUERY, {"scope": scope, **variables})
    assert result.errors is None
    found: dict[str, Any] = result.data["evidenceHealth"]
    return found


def counts(found: list[dict[str, Any]]) -> dict[str | None, int]:
    """Read a list of counts, without what there is none of."""
    pairs = [list(one.values()) for one in found]
    return {name: count for name, count in pairs if count}


def by_key(nodes: list[dict[str, Any]], what: str) -> dict[str, dict[str, Any]]:
    return {node[what]["key"]: node for node in nodes}


async def test_the_veterans_study_as_worked_by_hand(asking: Asking) -> None:
    # Each of the 16 findings has one piece of evidence, from the one study of 28; no severity and no day is known.
    found = await ask(asking, VETERAN)
    assert counts(found["insightsByRestsOn"]) == {"ONE_STUDY": 16}
    assert counts(found["insightsByStatus"]) == {None: 16}
    assert (found["withEvidence"], found["withoutEvidence"], found["contradicted"]) == (16, 0, 0)
    assert (found["evidence"], found["evidenceWithoutStudy"], found["studies"]) == (16, 0, 1)
    assert (found["participants"], found["participantsUnknown"]) == (28, 0)
    assert counts(found["hypothesesByVerdict"]) == {"UNDECIDED": 1, "UNLIKELY": 2, "REFUTED": 1}
    insights = by_key(found["insights"]["nodes"], "insight")
    strongest = insights["F10"]["supporting"]["strongest"]
    assert strongest == {"evidence": {"key": "E-F10"}, "support": 26, "of": 28, "share": pytest.approx(26 / 28)}
    assert insights["F3"]["supporting"]["strongest"] is None  # nobody counted how many
    assert insights["F3"]["supporting"]["sharesUnknown"] == 1
    assert (insights["F10"]["latest"], insights["F10"]["age"], insights["F10"]["daysUnknown"]) == (None, None, 1)
    assert found["opportunitiesOnAssumption"]["nodes"] == []
    # 16 insights and H1, the one hypothesis that no verdict settles; it is about nothing.
    tests = by_key(found["testNext"]["nodes"], "subject")
    assert len(tests) == 17
    assert {test["score"] for test in tests.values()} == {None}
    assert (tests["H1"]["scoreAtMost"], tests["H1"]["insights"], tests["H1"]["studies"]) == (None, [], 1)
    # F8a raises R2 (A2) and R7 (A6, A7, A9): four initiatives; at most 10 · (1 + 4) · 0.5.
    assert tests["F8a"]["initiatives"] == 4
    assert tests["F8a"]["scoreAtMost"] == 25
    assert tests["F8a"]["severityUnknown"] == [{"key": "F8a"}]


async def test_the_demo_as_counted_by_hand(asking: Asking) -> None:
    found = await ask(asking, DEMO)
    assert counts(found["insightsByStatus"]) == {"ASSUMED": 8, "OBSERVED": 18, "VALIDATED": 17, "REFUTED": 2}
    # Nobody looked at P29 and P31; E09, E13, E33, E50 and E56 contradict P01, P09, P23, P40 and P33.
    assert (found["withEvidence"], found["withoutEvidence"], found["contradicted"]) == (43, 2, 5)
    nothing = await ask(asking, DEMO, restsOn=["NOTHING", "CONTESTED"])
    assert [node["insight"]["key"] for node in nothing["insights"]["nodes"]] == [
        *("P31", "P29"),
        *("P01", "P33", "P23", "P09", "P40"),
    ]
    # ST1 41, ST2 23, ST3 29, ST4 2280, ST5 24; ST6 has not begun.
    assert (found["evidence"], found["studies"], found["participants"]) == (56, 5, 2397)
    assert sum(counts(found["evidenceBySort"]).values()) == 56
    assert counts(found["hypothesesByVerdict"])[None] == 1  # HY7
    # P17 and P10 are ASSUMED, and what there is on them comes from no study; both raise one opportunity alone.
    assert found["opportunitiesOnAssumption"]["nodes"] == [
        {"opportunity": {"key": "O19"}, "insights": [{"key": "P17"}], "severity": 8, "severityUnknown": []},
        {"opportunity": {"key": "O23"}, "insights": [{"key": "P10"}], "severity": 4, "severityUnknown": []},
    ]


async def test_what_speaks_for_and_against_an_insight(asking: Asking) -> None:
    # P01: E01 (ST1, 31 of 41) and E02 (ST4, 1304 of 2280) for it; E09 (from no study, 31 of 46) against it.
    # The latest is E09 of 15 September 2026: 15 days of September, 31 of October, one of November.
    health = by_key((await ask(asking, DEMO))["insights"]["nodes"], "insight")["P01"]
    assert health == {
        "insight": {"key": "P01"},
        "restsOn": "CONTESTED",
        "supporting": {
            "evidence": 2,
            "studies": 2,
            "withoutStudy": 0,
            "strongest": {"evidence": {"key": "E01"}, "support": 31, "of": 41, "share": pytest.approx(31 / 41)},
            "sharesUnknown": 0,
        },
        "contradicting": {
            "evidence": 1,
            "studies": 0,
            "withoutStudy": 1,
            "strongest": {"evidence": {"key": "E09"}, "support": 31, "of": 46, "share": pytest.approx(31 / 46)},
            "sharesUnknown": 0,
        },
        "stanceUnknown": 0,
        "studies": 2,
        "sorts": ["INTERVIEW", "SURVEY", "TICKET"],
        "earliest": "2026-01-30",
        "latest": "2026-09-15",
        "daysUnknown": 0,
        "age": 47,
    }


async def test_what_to_test_next_with_its_terms(asking: Asking) -> None:
    found = (await ask(asking, DEMO))["testNext"]
    tests = by_key(found["nodes"], "subject")
    # HY8 is UNTESTED and about PR2, which addresses O04 (P02: 9) and O05 (P03: 7, P45: 6); PR2 is live and delivered by
    # I03, I04 and I06: 22 · (1 + 1 + 3) · 1.
    assert found["nodes"][0] == {
        "subject": {"key": "HY8"},
        "score": 110,
        "scoreAtMost": 110,
        "valueAtStake": 110,
        "severity": 22,
        "severityUnknown": [],
        "insights": [{"key": "P02"}, {"key": "P03"}, {"key": "P45"}],
        "propositions": 1,
        "initiatives": 3,
        "ignorance": 1,
        "restsOn": None,
        "hypothesisVerdict": "UNTESTED",
        "studies": 1,
    }
    # HY7 has no verdict and is about PR5, an idea that nothing delivers, for O13: P11 6, P12 8, P44 unknown.
    seven = tests["HY7"]
    assert (seven["score"], seven["scoreAtMost"], seven["severityUnknown"]) == (28, 48, [{"key": "P44"}])
    # P17 raises O19, for which PR8 was retired; P10 raises O23, for which I12 was stopped: nothing rests on them.
    assert (tests["P17"]["score"], tests["P17"]["ignorance"]) == (8 * 0.75, 0.75)
    assert (tests["P10"]["score"], tests["P10"]["initiatives"]) == (4 * 0.75, 0)
    # P31: nothing at all is known of it.
    assert (tests["P31"]["restsOn"], tests["P31"]["ignorance"]) == ("NOTHING", 1)
    assert not {"P09", "P40", "HY1", "HY2", "HY3", "HY4"} & tests.keys()


async def test_pages_of_what_to_test_are_the_whole_list(asking: Asking) -> None:
    whole = (await ask(asking, DEMO))["testNext"]["nodes"]
    paged: list[Any] = []
    after = None
    while True:
        page = (await ask(asking, DEMO, first=15, after=after))["testNext"]
        paged += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    assert paged == whole


async def test_in_a_scope_the_insights_are_those_on_the_trace_and_each_is_as_healthy_as_ever(asking: Asking) -> None:
    whole = by_key((await ask(asking))["insights"]["nodes"], "insight")
    # Of the insights that raise O12 none is assumed alone but P26; an opportunity is judged by all its insights.
    found = await ask(asking, {"opportunities": ["O12"]})
    inside = by_key(found["insights"]["nodes"], "insight")
    assert set(inside) == {"P24", "P25", "P26"}
    assert all(whole[key] == one for key, one in inside.items())
    assert found["opportunitiesOnAssumption"]["nodes"] == []
    assert "HY6" in by_key(found["testNext"]["nodes"], "subject")


async def test_one_contradiction_contests_and_what_is_unknown_counts_on_neither_side(asking: Asking) -> None:
    scope = {"insights": ["new"]}
    backs = ("BACKS", Ref("Evidence", "seen"), Ref("Insight", "new"))
    done = [await asking.change(create("Insight", "new", type="PAIN", insightStatus="OBSERVED"))]
    assert (await ask(asking, scope))["insights"]["nodes"][0]["restsOn"] == "NOTHING"
    done.append(await asking.change(create("Evidence", "seen"), links=(LinkChange(*backs),)))
    found = await ask(asking, scope)
    (health,) = found["insights"]["nodes"]
    assert (health["restsOn"], health["stanceUnknown"], health["supporting"]["evidence"]) == ("NO_STUDY", 1, 0)
    assert (found["participants"], counts(found["evidenceBySort"])) == (None, {None: 1})
    done.append(await asking.change(links=(LinkChange(*backs, {"evidenceStance": "CONTRADICTS"}),)))
    assert (await ask(asking, scope))["insights"]["nodes"][0]["restsOn"] == "CONTESTED"
    for change in reversed(done):
        await asking.revert(change)


PIECES = st.builds(
    Piece,
    insight=st.just(0),
    number=st.integers(1, 50),
    id=st.just("id"),
    key=st.text("abc", min_size=1, max_size=3),
    stance=st.sampled_from((*EvidenceStance, None)),
    support=st.none() | st.integers(0, 100),
    of=st.none() | st.integers(0, 100),
    sort=st.none() | st.sampled_from(["SURVEY", "TICKET"]),
    day=st.none() | st.dates().map(str),
    study=st.none() | st.integers(100, 103),
)
STATUSES = st.none() | st.sampled_from(tuple(InsightStatus))
SEVERITIES = st.none() | st.floats(0, 10)


def health_of(status: str | None, severity: float | None, pieces: list[Piece]) -> InsightHealth:
    return InsightHealth(0, "id", "key", status, severity, pieces, TODAY)


@given(STATUSES, st.lists(PIECES, max_size=6))
def test_a_study_more_for_an_insight_never_makes_it_weaker(status: str | None, pieces: list[Piece]) -> None:
    more = Piece(0, 99, "id", "z", EvidenceStance.SUPPORTS, None, None, None, None, 999)
    before, after = health_of(status, 5, pieces), health_of(status, 5, [*pieces, more])
    assert IGNORANCE[after.rests_on] <= IGNORANCE[before.rests_on]
    against = Piece(0, 98, "id", "z", EvidenceStance.CONTRADICTS, None, None, None, None, None)
    assert health_of(status, 5, [*pieces, against]).rests_on is RestsOn.CONTESTED


@given(STATUSES, st.lists(PIECES, max_size=6))
def test_ten_pieces_from_one_study_are_one_study(status: str | None, pieces: list[Piece]) -> None:
    assert health_of(status, 5, pieces * 10).rests_on is health_of(status, 5, pieces).rests_on


@given(st.lists(SEVERITIES, max_size=6), st.integers(0, 20), st.integers(0, 20), st.floats(0, 1))
def test_a_score_lies_under_its_most_and_is_unknown_only_where_no_severity_is_known(
    severities: list[float | None], propositions: int, initiatives: int, ignorance: float
) -> None:
    bears_on = [health_of(None, severity, []) for severity in severities]
    one = ResearchCandidate(Found("id", "Hypothesis"), "key", bears_on, 0, ignorance, propositions, initiatives)
    assert (one.score is None) == all(severity is None for severity in severities)
    assert (one.score_at_most is None) == (not severities)
    if one.score is not None and one.score_at_most is not None:
        assert 0 <= one.score <= one.score_at_most
        assert one.score_at_most == pytest.approx(one.score) or one.severity_unknown


def test_what_has_ended_carries_nothing_and_leads_nowhere() -> None:
    # 1 raises 2; 2 is addressed by the propositions 3 and 4 (retired), delivered by the initiatives 5 and 6.
    links = {1: [2], 2: [3, 4], 3: [5], 4: [5, 6]}
    work = {3: False, 4: False, 5: True, 6: True}
    assert Onward(links, work, frozenset()).resting([1]) == (2, 2)
    assert Onward(links, work, frozenset({4})).resting([1]) == (1, 1)
    assert Onward(links, work, frozenset({4})).resting([4]) == (0, 0)
