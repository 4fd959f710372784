"""Coverage and gaps on the demo and on public data, and what must hold of them whatever is in the graph."""

from datetime import date
from random import Random
from typing import Any

import pytest
from ruamel.yaml import YAML

from graph_api.change.changeset import LinkChange, Ref, Unlink
from graph_api.errors import UserInputError
from graph_api.model import MODEL
from graph_api.model.choices import RuleName
from graph_api.model.rules import RULES
from graph_api.questions.coverage import Coverage
from graph_api.questions.gaps import Gap
from graph_api.questions.thread.depth import Disposition, is_pain
from graph_api.questions.thread.facts import KEY, NUMBER, kind_of
from graph_api.questions.thread.pain_coverage import severity_of
from graph_api.settings import bundled
from tests.questions.asking import Asking, create, delete, places, update

VETERAN = {"scope": {"tags": ["veteran-transition"]}, "on": date(2025, 9, 1)}
DEMO = {"scope": {"tags": ["demo"]}}


def deliberate() -> dict[str, Any]:
    """Read the demo's deliberate gaps, which were written down before there were rules."""
    path = bundled("seed") / "demo" / "gaps.yaml"
    found: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    return {name.removeprefix("x-"): value for name, value in found.items()}


def keys(coverage: Coverage, disposition: Disposition) -> set[str]:
    return {pain.row[KEY] for pain in coverage.pains.pains if pain.disposition is disposition}


async def test_the_gaps_of_the_demo_are_the_deliberate_ones(asking: Asking) -> None:
    wanted = {
        (one["rule"], MODEL.kinds[one["kind"]].enum_name if one["kind"] in MODEL.kinds else one["kind"], one["key"])
        for one in deliberate()["gaps"]
    }
    assert places(await asking.gaps(**DEMO)) == wanted


async def test_nearly_every_rule_has_a_deliberate_gap_in_the_demo(asking: Asking) -> None:
    # That a KPI was set up late depends on the day of the import.
    found = {gap.rule for gap in await asking.gaps(**DEMO)}
    assert set(RuleName) - found == {RuleName.KPI_SET_UP_LATE}


async def test_the_pains_of_the_demo_became_what_was_written_down(asking: Asking) -> None:
    coverage = await asking.coverage(**DEMO)
    wanted = deliberate()["pains"]
    assert keys(coverage, Disposition.ACTED) == set(wanted["acted"])
    assert keys(coverage, Disposition.DECIDED_NO) == set(wanted["decided_no"])
    assert keys(coverage, Disposition.UNDECIDED) == set(wanted["undecided"])


async def test_the_veterans_study_as_worked_by_hand(asking: Asking) -> None:
    coverage = await asking.coverage(**VETERAN)
    pains = coverage.pains
    assert (pains.total, pains.with_opportunity, pains.with_owned_initiative, pains.acted) == (13, 12, 10, 7)
    assert keys(coverage, Disposition.ACTED) == {"F1a", "F1b", "F2a", "F2b", "F2c", "F6", "F8a"}
    missing = {rule.rule.value: rule.missing for rule in coverage.rules}
    assert missing["PAIN_WITHOUT_OPPORTUNITY"] == 1
    assert missing["OPPORTUNITY_WITHOUT_ACTION"] == 3
    assert missing["OPPORTUNITY_WITHOUT_KPI"] == 5
    assert missing["INITIATIVE_WITHOUT_DUE"] == 3
    assert missing["INITIATIVE_WITHOUT_OWNER"] == 0
    assert missing["KPI_WITHOUT_TARGET"] == 3
    assert missing["KPI_WITHOUT_OWNER"] == 3
    assert missing["KPI_WITHOUT_MEASUREMENT"] == 3


async def test_counts_of_coverage_are_those_of_the_gaps(asking: Asking) -> None:
    coverage, gaps = await asking.coverage(**DEMO), await asking.gaps(**DEMO)
    assert coverage.gaps == len(gaps) == coverage.high + coverage.medium + coverage.low
    assert {rule.rule: rule.missing for rule in coverage.rules if rule.missing} == {
        rule: sum(gap.rule is rule for gap in gaps) for rule in {gap.rule for gap in gaps}
    }


async def test_what_is_unrelated_changes_no_scoped_answer(asking: Asking) -> None:
    scope = {"scope": {"journeys": ["breakdown"], "personas": ["maintenance-manager"]}}
    before = await asking.coverage(**scope), places(await asking.gaps(**scope))
    done = await asking.change(
        create("Insight", "elsewhere", type="PAIN", severity=10),
        create("Opportunity", "elsewhere"),
        create("Department", "elsewhere"),
        create("KPI", "elsewhere"),
        links=(LinkChange("RAISES", Ref("Insight", "elsewhere"), Ref("Opportunity", "elsewhere")),),
    )
    after = await asking.coverage(**scope), places(await asking.gaps(**scope))
    await asking.revert(done)
    assert summary(after[0]) == summary(before[0])
    assert after[1] == before[1]


def summary(coverage: Coverage) -> dict[str, Any]:
    pains = coverage.pains
    return {
        "score": coverage.score,
        "entities": coverage.entities,
        "waived": coverage.waived,
        "pains": (pains.total, pains.new, pains.acted, pains.decided_no, pains.undecided),
        "rules": {rule.rule: (rule.applicable, rule.satisfied, rule.missing, rule.waived) for rule in coverage.rules},
    }


async def test_taking_a_link_away_never_raises_a_scored_rule(asking: Asking) -> None:
    before = await asking.coverage()
    shares = {rule.rule: rule.share for rule in before.rules if rule.scored}
    rows = await asking.store.run(
        "MATCH (a:Entity)-[r]->(b:Entity) WHERE a.key IS NOT NULL AND b.key IS NOT NULL "
        "WITH r, a, b, labels(a) AS froms, labels(b) AS tos ORDER BY r.id "
        "RETURN type(r) AS type, a.key AS start, b.key AS finish, froms, tos, properties(r) AS own"
    )
    draw = Random(6)
    by_type: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_type.setdefault(row["type"], []).append(row)
    # A decision is no link that an entity should have: without one that reopened a pain, the one before counts again.
    del by_type["DECIDES"]
    for name, links in sorted(by_type.items()):
        row = draw.choice(links)
        start, finish = (
            Ref(next(label for label in row[side] if label in MODEL.kinds), row[end])
            for side, end in (("froms", "start"), ("tos", "finish"))
        )
        distinguished = MODEL.links[name].distinguished_by
        done = await asking.change(unlinks=(Unlink(name, start, finish, row["own"].get(distinguished)),))
        after = await asking.coverage()
        await asking.revert(done)
        for rule in after.rules:
            if rule.scored and rule.share is not None and (was := shares[rule.rule]) is not None:
                assert rule.share <= was, (name, start, finish, rule.rule)
        assert after.score is not None
        assert before.score is not None
        assert after.score <= before.score, (name, start, finish)


async def test_a_decision_moves_exactly_one_pain(asking: Asking) -> None:
    before = await asking.coverage(**DEMO)
    mutation = """mutation { decide(input: {entity: {kind: INSIGHT, key: "P34"}, action: DECIDED_NO,
      reason: "Too rare.", on: "2026-10-30"}) { changeSet userErrors { message } } }"""
    done = (await asking.service.ask(mutation)).data["decide"]
    assert done["userErrors"] == []
    after = await asking.coverage(**DEMO)
    await asking.revert(done["changeSet"])
    assert keys(after, Disposition.DECIDED_NO) - keys(before, Disposition.DECIDED_NO) == {"P34"}
    assert keys(before, Disposition.UNDECIDED) - keys(after, Disposition.UNDECIDED) == {"P34"}
    assert keys(before, Disposition.ACTED) == keys(after, Disposition.ACTED)
    assert (after.gaps, after.waived) == (before.gaps - 1, before.waived + 1)


async def test_answers_follow_the_day(asking: Asking) -> None:
    async def missing(rule: RuleName, day: date) -> set[str]:
        return {gap.row[KEY] for gap in await asking.gaps(scope=DEMO["scope"], on=day) if gap.rule is rule}

    # I06 was due on 2026-09-30 at the latest; the waiver of TOUCHPOINT_WITHOUT_PARTY for users-forum ends in 2027.
    assert "I06" not in await missing(RuleName.INITIATIVE_PAST_DUE, date(2026, 1, 1))
    assert "I06" in await missing(RuleName.INITIATIVE_PAST_DUE, date(2026, 11, 1))
    assert "users-forum" not in await missing(RuleName.TOUCHPOINT_WITHOUT_PARTY, date(2027, 6, 30))
    assert "users-forum" in await missing(RuleName.TOUCHPOINT_WITHOUT_PARTY, date(2027, 7, 1))
    assert await missing(RuleName.KPI_STALE, date(2026, 11, 1)) < await missing(RuleName.KPI_STALE, date(2028, 1, 1))


async def test_a_group_is_the_coverage_of_its_scope(asking: Asking) -> None:
    whole = await asking.coverage()
    for name, groups in (
        ("personas", whole.personas),
        ("journeys", whole.journeys),
        ("departments", whole.departments),
    ):
        for group in groups[:4]:
            key = next(row[KEY] for rows in whole.facts.rows.values() for row in rows if row[2] == group.entity.id)
            scoped = await asking.coverage(scope={name: [key]})
            assert group.score == pytest.approx(scoped.score), key
            assert (group.gaps, group.high, group.waived) == (scoped.gaps, scoped.high, scoped.waived), key
            assert group.pains.total == scoped.pains.total, key
            assert group.pains.acted == scoped.pains.acted, key


async def test_a_scope_is_or_within_a_kind_and_and_across_kinds(asking: Asking) -> None:
    async def entities(**scope: list[str]) -> set[int]:
        found = (await asking.coverage(scope=scope)).scope
        assert found is not None
        return set(found)

    one, other = await entities(journeys=["breakdown"]), await entities(journeys=["buy-a-pump"])
    assert await entities(journeys=["breakdown", "buy-a-pump"]) == one | other
    finance = await entities(departments=["finance"])
    assert await entities(journeys=["breakdown"], departments=["finance"]) == one & finance
    assert await entities(journeys=["breakdown"], tags=["demo"]) <= one


async def test_a_scope_that_names_what_is_not_there_says_so(asking: Asking) -> None:
    with pytest.raises(UserInputError, match=r"scope\.journeys: there is no journey with the key 'none'\."):
        await asking.coverage(scope={"journeys": ["none"]})
    with pytest.raises(UserInputError, match=r"scope\.journeys: is empty"):
        await asking.coverage(scope={"journeys": []})


async def test_settings_switch_rules_off_and_weigh_them(asking: Asking) -> None:
    before = await asking.coverage(**DEMO)
    off = await asking.coverage(**DEMO, settings={"rules": [{"rule": "TOUCHPOINT_WITHOUT_PARTY", "off": True}]})
    assert RuleName.TOUCHPOINT_WITHOUT_PARTY not in {rule.rule for rule in off.rules}
    assert off.gaps == before.gaps - 2
    settings = {"rules": [{"rule": "TOUCHPOINT_WITHOUT_PARTY", "weight": 0.0, "severity": "HIGH"}]}
    weighed = await asking.coverage(**DEMO, settings=settings)
    assert weighed.score == off.score
    assert weighed.high == before.high + 2
    strict = await asking.coverage(**DEMO, settings={"satisfaction": 10.0, "staleDays": 0, "assumptionDays": 0})
    assert strict.gaps > before.gaps


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"staleDays": -1}, r"settings\.staleDays: is -1; it must be from 0 to 36500"),
        ({"assumptionDays": 2_147_483_647}, r"settings\.assumptionDays: is 2\.14748e\+09"),
        ({"satisfaction": 10.5}, r"settings\.satisfaction: is 10\.5; it must be from 0 to 10"),
        ({"rules": [{"rule": "GOAL_WITHOUT_KPI", "weight": 1e308}]}, r"settings\.rules\.0\.weight: is 1e\+308"),
        ({"rules": [{"rule": "KPI_STALE", "weight": 2.0}]}, r"settings\.rules\.0\.weight: KPI_STALE is never scored"),
        ({"rules": [{"rule": "KPI_STALE"}, {"rule": "KPI_STALE"}]}, r"settings\.rules\.1: KPI_STALE has its settings"),
    ],
)
async def test_settings_that_make_no_sense_are_refused(asking: Asking, settings: Any, message: str) -> None:
    with pytest.raises(UserInputError, match=message):
        await asking.coverage(settings=settings)


@pytest.mark.parametrize("on", [date.min, date.max])
async def test_the_first_and_the_last_day_have_answers(asking: Asking, on: date) -> None:
    assert (await asking.coverage(on=on, settings={"assumptionDays": 36_500})).gaps > 0


async def test_gaps_are_sorted_by_severity_value_and_age(asking: Asking) -> None:
    gaps = await asking.gaps()

    def order(gap: Gap) -> tuple[Any, ...]:
        return ["HIGH", "MEDIUM", "LOW"].index(gap.severity), gap.value is None, -(gap.value or 0), -gap.age

    assert [order(gap) for gap in gaps] == sorted(order(gap) for gap in gaps)


async def test_who_could_mend_is_the_owner_or_whoever_is_nearest(asking: Asking) -> None:
    gaps = {(gap.rule.value, gap.row[KEY]): gap for gap in await asking.gaps(**DEMO)}

    def menders(rule: str, key: str) -> list[tuple[str, str]]:
        return [(mender.role.value, mender.ref[1]) for mender in gaps[rule, key].could_mend]

    assert menders("INITIATIVE_PAST_DUE", "I06") == [("ACCOUNTABLE", "it-data"), ("RESPONSIBLE", "field-service")]
    # Nobody owns the pain; it was seen at a touchpoint that somebody runs.
    assert menders("PAIN_WITHOUT_OPPORTUNITY", "P07") == [("RUNS", "field-service")]
    assert menders("DEPARTMENT_WITHOUT_PART", "quality") == []


async def test_a_refuted_pain_is_no_pain(asking: Asking) -> None:
    before = await asking.coverage(**DEMO)
    done = await asking.change(update("Insight", "P34", insightStatus="REFUTED"))
    after = await asking.coverage(**DEMO)
    await asking.revert(done)
    assert after.pains.total == before.pains.total - 1
    assert RULES[RuleName.PAIN_WITHOUT_OPPORTUNITY].unless
    assert after.gaps == before.gaps - 1


async def test_a_removed_entity_leaves_the_scope(asking: Asking) -> None:
    before = await asking.coverage(**DEMO)
    done = await asking.change(deletes=(delete("Department", "quality"),))
    after = await asking.coverage(**DEMO)
    await asking.revert(done)
    assert (after.entities, after.gaps) == (before.entities - 1, before.gaps - 1)


async def test_the_value_of_a_gap_is_that_of_the_pains_on_its_thread(asking: Asking) -> None:
    facts = (await asking.coverage()).facts
    severities = {row[NUMBER]: severity_of(row) for row in facts.rows["Insight"] if is_pain(row)}
    for gap in await asking.gaps():
        number, kind = gap.row[NUMBER], kind_of(gap.row)
        if kind not in MODEL.spine_kinds:
            continue
        # The pains that a walk from it towards insight meets first; or towards action, from where insights lie ahead.
        ahead = kind in {"Persona", "Journey", "Stage", "Step", "Touchpoint"}
        met = facts.thread.reached((number,), forwards=ahead) & severities.keys()
        known = [severity for pain in met if (severity := severities[pain]) is not None]
        assert gap.pains == len(met), (kind, gap.row[KEY])
        assert gap.value == (pytest.approx(sum(known)) if known else None), (kind, gap.row[KEY])
