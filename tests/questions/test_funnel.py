"""The funnel of the demo, counted by hand from its files, and the stages held against every path."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.questions.figures.effect_verdict import EffectVerdict
from graph_api.questions.funnel import Funnel, funnel
from graph_api.questions.portfolios.stages import STAGES, FunnelStageName, Staged
from tests.questions.asking import Asking, update

QUERY = """query($scope: Scope, $on: Date = "2026-11-01", $effects: Boolean! = true) {
  funnel(scope: $scope, on: $on, effects: $effects) {
    stages {
      stage
      entities
      ended
      statusUnknown
      byStatus { status entities ended pains }
      entitiesOfBefore
      pains
      painsOfBefore
      painsOfFirst
      typeUnknown
      stopped
      decidedNo
      passedBy
      withoutPain
      withoutNext(first: 200) { totalCount nodes { entity { __typename key } status pains stopped } }
    }
    decidedNo
    typeUnknown
    verdicts { verdict initiatives pains }
  }
}"""
DEMO = {"tags": ["demo"]}


async def ask(asking: Asking, **variables: Any) -> dict[str, Any]:
    result = await asking.service.ask(QUERY, {"scope": DEMO, **variables})
    assert result.errors is None
    return dict(result.data["funnel"])


def stages(found: dict[str, Any], name: str) -> list[Any]:
    return [stage[name] for stage in found["stages"]]


def places(stage: dict[str, Any]) -> list[tuple[str, int, int]]:
    return [(node["entity"]["key"], node["pains"], node["stopped"]) for node in stage["withoutNext"]["nodes"]]


async def test_how_far_the_pains_of_the_demo_get(asking: Asking) -> None:
    found = await ask(asking)
    # 33 pains and unmet needs are not refuted. P21 and P27 were decided against; P18 too, but it was reopened.
    assert (found["decidedNo"], found["typeUnknown"]) == (2, 0)
    # P07, P18 and P34 raise nothing. P33, P37, P41 and P42 raise what nothing addresses, P10 what only a stopped
    # initiative does, P17 what only a retired proposition does. P11, P12 and P44 lead to Pump Watch, which nothing
    # delivers. Of the contract, its page and the checklist (P22 to P26; P32, P35, P36) no effect is known.
    assert stages(found, "stage") == ["PAINS", "OPPORTUNITIES", "PROPOSITIONS", "INITIATIVES", "EFFECTS"]
    assert stages(found, "pains") == [31, 28, 22, 19, 11]
    assert stages(found, "stopped") == [3, 6, 3, 8, 0]
    assert stages(found, "decidedNo") == [1, 1, 0, 0, 0]
    # P24 and P26 lead to the page on what the contract was worth, which no proposition stands before.
    assert stages(found, "passedBy") == [0, 0, 2, 0, 0]
    assert stages(found, "painsOfBefore") == [None, 28 / 31, 22 / 28, 19 / 22, 11 / 19]
    assert stages(found, "painsOfFirst") == [None, 28 / 31, 22 / 31, 19 / 31, 11 / 31]
    # Twenty-five opportunities were honed into eight propositions.
    assert stages(found, "entities") == [31, 25, 8, 16, 4]
    assert stages(found, "ended") == [0, 0, 1, 2, 0]
    assert stages(found, "entitiesOfBefore")[:3] == [None, 25 / 31, 8 / 25]


async def test_where_they_stop(asking: Asking) -> None:
    _, opportunities, propositions, initiatives, effects = (await ask(asking))["stages"]
    # O25 comes from a pain that was decided against: no pain of the funnel ends there.
    assert places(opportunities) == [
        *((key, 1, 1) for key in ("O17", "O18", "O19", "O21", "O22", "O23")),
        ("O25", 0, 0),
    ]
    assert places(propositions) == [("PR5", 3, 3)]
    # Five pains lead to the page, and to nothing with a known effect; four to the stand-by, and to other work as well.
    assert places(initiatives)[:5] == [("I09", 5, 5), ("I08", 3, 3), ("I10", 3, 3), ("I13", 1, 1), ("I02", 4, 0)]
    assert places(effects) == []
    # To the Academy and to the opportunities O14 and O24 no pain leads.
    assert (propositions["withoutPain"], opportunities["withoutPain"]) == (1, 2)


async def test_propositions_and_initiatives_by_status(asking: Asking) -> None:
    _, _, propositions, initiatives, _ = (await ask(asking))["stages"]
    assert [(one["status"], one["entities"], one["ended"], one["pains"]) for one in propositions["byStatus"]] == [
        ("IDEA", 1, False, 3),
        ("SHAPING", 2, False, 3),
        ("APPROVED", 2, False, 7),
        ("LIVE", 2, False, 7),
        ("RETIRED", 1, True, 1),
    ]
    assert [(one["status"], one["entities"]) for one in initiatives["byStatus"]] == [
        ("PLANNED", 4),
        ("RUNNING", 5),
        ("DONE", 5),
        ("STOPPED", 2),
    ]


async def test_effects_are_those_of_the_initiatives(asking: Asking) -> None:
    query = """{ initiativeEffects(scope: {tags: ["demo"]}, on: "2026-11-01", first: 200) {
      nodes { initiative { key } verdict }
    } }"""
    told = (await asking.service.ask(query, {})).data["initiativeEffects"]["nodes"]
    known = {one["initiative"]["key"] for one in told if one["verdict"] != "NOT_MEASURABLE"}
    found = await ask(asking)
    assert found["stages"][-1]["entities"] == len(known) == sum(one["initiatives"] for one in found["verdicts"])
    assert {one["verdict"] for one in found["verdicts"]} <= {one["verdict"] for one in told} - {"NOT_MEASURABLE"}


async def test_without_effects_it_ends_at_initiatives(asking: Asking) -> None:
    found, whole = await ask(asking, effects=False), await ask(asking)
    assert stages(found, "pains") == stages(whole, "pains")[:-1]
    assert found["stages"][-1] == whole["stages"][-2] | {
        "stopped": 0,
        "withoutNext": {"totalCount": 0, "nodes": []},
    }
    assert found["verdicts"] == []


async def test_a_scope_chooses_pains_and_not_what_becomes_of_them(asking: Asking) -> None:
    found = await ask(asking, scope={"propositions": ["PR1"]})
    # P01, P04, P05 and P06 lead to it, over O01, O02, O03 and O06.
    assert stages(found, "entities")[:3] == [4, 4, 1]
    assert stages(found, "pains") == [4, 4, 4, 4, 4]
    # Of the insights of one stage: P24 is acted on though the initiative is none of that stage.
    insight = await ask(asking, scope={"insights": ["P24"]})
    assert (stages(insight, "pains"), stages(insight, "passedBy")) == ([1, 1, 1, 1, 0], [0, 0, 1, 0, 0])


async def test_what_is_unknown_is_told_and_stops_nobody(asking: Asking) -> None:
    before = await ask(asking)
    done = await asking.change(
        update("Insight", "P02", type=None),
        update("Proposition", "PR2", propositionStatus=None),
        update("Initiative", "I08", initiativeStatus=None),
    )
    try:
        found = await ask(asking)
        assert found["typeUnknown"] == 1
        assert stages(found, "typeUnknown") == [1, 1, 1, 1, 1]
        assert [a + b for a, b in zip(stages(found, "pains"), stages(found, "typeUnknown"), strict=True)] == stages(
            before, "pains"
        )
        assert stages(found, "statusUnknown") == [0, 0, 1, 1, 0]
        assert found["stages"][2]["byStatus"][-1] == {"status": None, "entities": 1, "ended": False, "pains": 2}
    finally:
        await asking.revert(done)


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
async def test_the_first_and_the_last_day_have_an_answer(asking: Asking, on: str) -> None:
    assert stages(await ask(asking, on=on), "pains")[:4] == [31, 28, 22, 19]


async def test_of_nothing_no_share_is_known(asking: Asking) -> None:
    found = await ask(asking, scope={"tags": ["nobody"]})
    assert stages(found, "pains") == [0] * 5
    assert stages(found, "painsOfBefore") == stages(found, "entitiesOfBefore") == [None] * 5


STATUSES = {
    "Insight": [None, "ASSUMED", "REFUTED"],
    "Opportunity": [None, "OPEN", "PARKED"],
    "Proposition": [None, "LIVE", "RETIRED"],
    "Initiative": [None, "RUNNING", "STOPPED"],
}
NEXT = {
    "Insight": ("Opportunity",),
    "Opportunity": ("Proposition", "Initiative"),
    "Proposition": ("Initiative",),
    "Initiative": (),
}


Graph = tuple[dict[int, Staged], list[tuple[int, int]], dict[int, str | None], set[int]]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    entities: dict[int, Staged] = {}
    for kind, statuses in STATUSES.items():
        for _ in range(draw(st.integers(0, 4))):
            number = len(entities)
            status = draw(st.sampled_from(statuses))
            sort = draw(st.sampled_from(["PAIN", "UNMET_NEED", "GAIN", None])) if kind == "Insight" else None
            entities[number] = Staged(number, str(number), kind, str(number), status, sort)
    possible = [(a, b) for a in entities for b in entities if entities[b].kind in NEXT[entities[a].kind]]
    links = draw(st.lists(st.sampled_from(possible), unique=True)) if possible else []
    insights = [number for number, one in entities.items() if one.kind == "Insight"]
    initiatives = [number for number, one in entities.items() if one.kind == "Initiative" and not one.ended]
    verdicts = {number: draw(st.sampled_from([None, "DECIDED_NO", "REOPENED"])) for number in insights}
    known = draw(st.sets(st.sampled_from(initiatives))) if initiatives else set()
    return entities, links, verdicts, known


def paths(entities: dict[int, Staged], links: list[tuple[int, int]], here: int) -> Iterator[list[int]]:
    """Give every path from an entity over what goes on."""
    yield [here]
    for start, finish in links:
        if start == here and not entities[finish].ended:
            for path in paths(entities, links, finish):
                yield [here, *path]


def made(graph: Graph) -> Funnel:
    entities, links, verdicts, known = graph
    return funnel(entities, links, verdicts, dict.fromkeys(known, EffectVerdict.NO_CHANGE))


@settings(max_examples=100)
@given(graphs())
def test_pains_get_as_far_as_some_path_leads(
    graph: Graph,
) -> None:
    entities, links, verdicts, known = graph
    places_of = {"Insight": 0, "Opportunity": 1, "Proposition": 2, "Initiative": 3}
    furthest = {
        number: max(places_of[entities[path[-1]].kind] + (path[-1] in known) for path in paths(entities, links, number))
        for number, one in entities.items()
        if one.is_pain
    }
    out = {number for number, far in furthest.items() if far < 3 and verdicts[number] == "DECIDED_NO"}
    inside = [far for number, far in furthest.items() if number not in out]
    found = made(graph)
    assert [stage.pains for stage in found.stages] == [sum(far >= place for far in inside) for place in range(5)]
    assert [stage.decided_no for stage in found.stages] == [
        sum(furthest[number] == place for number in out) for place in range(5)
    ]
    assert found.decided_no == len(out)


@settings(max_examples=100)
@given(graphs())
def test_whatever_begins_stops_somewhere(
    graph: Graph,
) -> None:
    found = made(graph)
    pains = [stage.pains for stage in found.stages]
    assert pains == sorted(pains, reverse=True)
    assert sum(stage.stopped for stage in found.stages) + pains[-1] == pains[0]
    for stage in found.stages:
        assert sum(one.entities for one in stage.by_status) == stage.entities
        assert 0 <= stage.passed_by <= stage.pains
        assert sum(one.ended * one.entities for one in stage.by_status) == stage.ended
        stops = stage.without_next(first=200).nodes
        assert all(one.stopped <= one.pains <= stage.pains for one in stops)
        # Where a pain ends there is something at which it does.
        assert bool(stage.stopped) <= any(one.stopped for one in stops)
    assert [stage.stage for stage in found.stages] == list(STAGES)
    assert found.stages[0].stage is FunnelStageName.PAINS


@settings(max_examples=60)
@given(graphs(), st.data())
def test_a_status_or_type_that_nobody_knows_takes_no_pain_away(graph: Graph, data: st.DataObject) -> None:
    entities, links, verdicts, known = graph
    if not entities:
        return
    number = data.draw(st.sampled_from(sorted(entities)))
    one = entities[number]
    forgotten = Staged(number, one.id, one.kind, one.key, None, None if one.kind == "Insight" else one.type)
    before = made(graph)
    after = made((entities | {number: forgotten}, links, verdicts, known))
    for was, now in zip(before.stages, after.stages, strict=True):
        assert now.pains + now.type_unknown >= was.pains
