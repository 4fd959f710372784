"""Verdicts on initiatives, without a graph: what each rests on, and that unknown is never zero."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_api.compile.question import Found
from graph_api.questions.figures.alongside import Surroundings
from graph_api.questions.figures.effect_verdict import EffectTerm, EffectVerdict
from graph_api.questions.figures.initiative import EffectClaim, Initiative, LiveBy
from graph_api.questions.figures.kpi import KPI, Measurement, Part
from graph_api.questions.figures.observation import Asked, Measured
from graph_api.questions.initiative_effects import InitiativeEffect
from tests.questions.asking import TODAY

MONTHS = [f"2026-{month:02d}-28" for month in range(1, 12)]
KPI_ROW = KPI(1, "k", "k", None, None, None, "UP", *[None] * 11)
ROW = Initiative(
    number=9,
    id="i",
    key="i",
    status="DONE",
    start="2026-01-01",
    finished="2026-05-29",
    claims=[EffectClaim(Found("i", "Initiative"), 1, 10.0, None)],
    aims=[],
    targets={"Segment": frozenset({21})},
    touchpoints=frozenset(),
    journeys=frozenset(),
)
VALUES = st.lists(st.integers(-80, 80).map(float), min_size=11, max_size=11)
quick = settings(max_examples=25, deadline=None)


def measurement(on: str | None, value: float | None, size: int | None = 50, part: int | None = None) -> Measurement:
    parts = [] if part is None else [Part(part, f"s{part}", "Segment", f"s{part}")]
    return Measurement(f"{on}{part}", on, value, size, None, None, None, None, None, parts)


def effect(measurements: list[Measurement], row: Initiative = ROW, **kpi: Any) -> InitiativeEffect:
    on = TODAY.isoformat()
    return InitiativeEffect(
        row, Measured(replace(KPI_ROW, **kpi), measurements, on), Asked(on), Surroundings({9: row}, {}, {})
    )


def series(values: list[float], part: int | None = None) -> list[Measurement]:
    return [measurement(on, value, part=part) for on, value in zip(MONTHS, values, strict=True)]


@quick
@given(VALUES, VALUES, VALUES)
def test_a_verdict_has_its_grounds(total: list[float], ours: list[float], theirs: list[float]) -> None:
    found = effect([*series(total), *series(ours, 21), *series(theirs, 22)])
    if found.verdict is EffectVerdict.NOT_MEASURABLE:
        assert found.missing
    else:
        assert found.change is not None
        assert found.method is not None
    if found.verdict is EffectVerdict.CHANGED_VS_COMPARISON:
        assert found.comparison is not None
        assert found.comparison.against.parallel
    if found.verdict is EffectVerdict.NO_CHANGE:
        assert found.change is not None
        assert not found.missing
        assert found.change.holds(0)
        assert not found.change.holds(10)


@quick
@given(VALUES, VALUES, VALUES, st.integers(-1000, 1000))
def test_shifting_everything_changes_no_verdict(
    total: list[float], ours: list[float], theirs: list[float], shift: int
) -> None:
    def at(moved: int) -> InitiativeEffect:
        parts = ((total, None), (ours, 21), (theirs, 22))
        return effect([one for values, part in parts for one in series([value + moved for value in values], part)])

    assert at(0).verdict is at(shift).verdict


@quick
@given(
    VALUES,
    st.sampled_from(["finished", "value", "day", "size", "direction", "targets"]),
)
def test_removing_a_field_never_makes_unknown_zero(values: list[float], field: str) -> None:
    whole = [*series(values), *series(values, 21), *series([value + 1 for value in values], 22)]
    row, kept, kpi = ROW, whole, {}
    if field in {"finished", "targets"}:
        row = replace(ROW, **{field: None})  # type: ignore[arg-type] # either may be null
    elif field == "direction":
        kpi = {"direction": None}
    elif field in {"value", "day", "size"}:
        change: Any = {{"value": "value", "day": "day", "size": "sample_size"}[field]: None}
        kept = [replace(one, **change) for one in whole]
    found = effect(kept, row, **kpi)
    if field == "finished":
        assert (found.verdict, found.missing) == (EffectVerdict.NOT_MEASURABLE, [EffectTerm.WENT_LIVE])
    elif field in {"value", "day"}:
        assert (found.verdict, found.missing) == (EffectVerdict.NOT_MEASURABLE, [EffectTerm.MEASUREMENTS])
        assert (found.change, found.means) == (None, None)
    elif field == "size":
        # Of unknown size, a sample is not too small.
        assert (found.verdict, found.change) == (effect(whole).verdict, effect(whole).change)
    elif field == "direction" and found.verdict.value.startswith("CHANGED"):
        assert (found.course, found.missing) == (None, [EffectTerm.DIRECTION])
    elif field == "targets":
        assert found.comparison is None


@pytest.mark.parametrize(
    ("direction", "baseline", "after", "course"),
    [
        ("UP", None, 80.0, "IMPROVED"),
        ("UP", None, 60.0, "WORSENED"),
        ("DOWN", None, 60.0, "IMPROVED"),
        ("HOLD", 70.0, 80.0, "WORSENED"),
        ("HOLD", 80.0, 79.0, "IMPROVED"),
        ("HOLD", None, 80.0, None),
        (None, None, 80.0, None),
    ],
)
def test_a_change_is_for_the_better_in_the_kpis_direction(
    direction: str | None, baseline: float | None, after: float, course: str | None
) -> None:
    found = effect(series([70.0] * 5 + [after] * 6), direction=direction, baseline=baseline)
    assert found.verdict is EffectVerdict.CHANGED_VS_TREND
    assert found.course == course
    assert found.missing == ([] if course else [EffectTerm.DIRECTION])


@pytest.mark.parametrize(
    ("status", "start", "finished", "live"),
    [
        ("DONE", "2026-01-01", "2026-05-29", ("2026-05-29", LiveBy.FINISHED)),
        ("DONE", "2026-01-01", None, (None, None)),
        ("RUNNING", "2026-01-01", None, ("2026-01-01", LiveBy.STARTED)),
        ("RUNNING", None, None, (None, None)),
        ("STOPPED", "2026-01-01", "2026-05-29", (None, None)),
        ("PLANNED", "2026-01-01", None, (None, None)),
        (None, "2026-01-01", "2026-05-29", ("2026-05-29", LiveBy.FINISHED)),
        (None, "2026-01-01", None, (None, None)),
    ],
)
def test_when_an_initiative_went_live(
    status: str | None, start: str | None, finished: str | None, live: tuple[str | None, LiveBy | None]
) -> None:
    row = replace(ROW, status=status, start=start, finished=finished)
    assert (row.went_live, row.live_by) == live


def test_accounts_of_a_segment_that_was_reached_are_no_comparison() -> None:
    row = replace(ROW, targets={"Account": frozenset({31}), "Segment": frozenset({21})})
    around = Surroundings({9: row}, {32: [21], 33: [22]}, {})

    def of(account: int, values: list[float]) -> list[Measurement]:
        parts = [Part(account, f"a{account}", "Account", f"a{account}")]
        return [replace(one, id=f"{one.id}{account}", parts=parts) for one in series(values)]

    flat, high = [50.0] * 11, [50.0] * 5 + [60.0] * 6
    on = TODAY.isoformat()
    measured = Measured(KPI_ROW, [*of(31, high), *of(32, high), *of(33, flat)], on)
    found = InitiativeEffect(row, measured, Asked(on), around).comparison
    assert found is not None
    assert [part.key for part in found.other_parts] == ["a33"]
    assert [part.key for part in found.left_out_parts] == ["a32"]
    assert found.against.effect.change == 10


def test_a_series_that_counts_different_things_is_none() -> None:
    half = [replace(one, counted_by="ACCOUNT") for one in series([1.0] * 11)[:5]]
    found = effect([*half, *(replace(one, counted_by="REVENUE") for one in series([9.0] * 11)[5:])])
    assert (found.verdict, found.missing) == (EffectVerdict.NOT_MEASURABLE, [EffectTerm.SAME_COUNT])


@quick
@given(VALUES, st.booleans())
def test_removing_a_claim_never_makes_unknown_zero(values: list[float], aims: bool) -> None:  # noqa: FBT001 - drawn
    # An opportunity that only aims, or a claim that has lost its number: neither can be ruled out.
    without = [replace(one, expected_change=None) for one in ROW.claims]
    row = replace(ROW, claims=[], aims=[(Found("o", "Opportunity"), 1)]) if aims else replace(ROW, claims=without)
    found = effect(series(values), row)
    assert found.verdict is not EffectVerdict.NO_CHANGE
    assert found.change is not None
    assert found.change == effect(series(values)).change
    if found.change.holds(0):
        assert (found.verdict, found.missing) == (EffectVerdict.NOT_MEASURABLE, [EffectTerm.EXPECTED_CHANGE])


def test_a_claim_without_a_number_hides_no_other() -> None:
    # From 40 to 60 and back on each side: the interval holds zero, and 5 too.
    found = series([40.0, 60.0] * 5 + [40.0])
    own = EffectClaim(Found("i", "Initiative"), 1, None, None)
    theirs = EffectClaim(Found("p", "Proposition"), 1, 5.0, None)
    told = effect(found, replace(ROW, claims=[own, theirs]))
    assert (told.verdict, told.missing) == (EffectVerdict.NOT_MEASURABLE, [EffectTerm.PRECISION])
    ruled_out = effect(found, replace(ROW, claims=[own, replace(theirs, expected_change=500.0)]))
    assert (ruled_out.verdict, ruled_out.missing) == (EffectVerdict.NO_CHANGE, [])
    nothing = effect(found, replace(ROW, claims=[replace(own, expected_change=0.0)]))
    assert (nothing.verdict, nothing.missing) == (EffectVerdict.NOT_MEASURABLE, [EffectTerm.EXPECTED_CHANGE])


def test_a_sample_is_as_large_as_those_who_answered() -> None:
    few = [f'{{"answer": 1.0, "count": {count}}}' for count in (4, 5)]
    asked = [replace(one, sample_size=500, counts=few) for one in series([1.0] * 11)]
    found = effect(asked)
    assert (found.points_before, found.points_after, found.points_left_out) == (0, 0, 9)
    assert EffectTerm.SAMPLE_SIZE in found.missing


@pytest.mark.parametrize(
    ("status", "start", "finished", "turned"),
    [
        ("RUNNING", "2026-03-01", None, True),
        ("RUNNING", "2025-03-01", None, False),
        ("RUNNING", None, None, None),
        ("STOPPED", "2025-03-01", "2026-03-01", True),
        ("STOPPED", "2025-03-01", None, None),
        ("DONE", "2026-03-01", "2026-12-24", False),
        ("DONE", "2026-12-24", None, False),
        ("PLANNED", "2026-03-01", None, False),
        (None, "2026-03-01", None, None),
    ],
)
def test_what_comes_or_goes_on_some_days_may_account_for_a_change(
    status: str | None, start: str | None, finished: str | None, *, turned: bool | None
) -> None:
    row = replace(ROW, status=status, start=start, finished=finished)
    assert row.came_or_went(("2026-01-01", "2026-11-01")) is turned
