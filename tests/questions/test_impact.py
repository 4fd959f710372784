"""Impact, held against what coverage says once the thing is really done; and what it tells beside."""

from typing import Any

import pytest

from graph_api.change.changeset import EntityChange
from graph_api.errors import UserInputError
from graph_api.model import MODEL
from graph_api.questions.impact import ENDS
from graph_api.questions.thread.facts import KEY, NUMBER
from tests.questions.asking import Asking, delete, places, update

# One or more of each kind whose removal can take somebody's only support away, and some that change nothing.
REMOVED = [
    ("Department", "it-data"),
    ("Department", "quality"),
    ("Partner", "ostrel-freight"),
    ("Stakeholder", "head-of-sales"),
    ("Initiative", "I01"),
    ("Initiative", "I12"),
    ("Proposition", "PR1"),
    ("Proposition", "PR8"),
    ("Opportunity", "O12"),
    ("Insight", "P34"),
    ("Insight", "P01"),
    ("Evidence", "E11"),
    ("Study", "ST1"),
    ("KPI", "dealer-answers"),
    ("KPI", "csat-repair"),
    ("Goal", "G4"),
    ("Persona", "maintenance-manager"),
    ("Journey", "breakdown"),
    ("Step", "brk-hear"),
    ("Touchpoint", "dispatch-message"),
    ("Touchpoint", "technician-chat"),
    ("Enabler", "EN3"),
    ("Promise", "PM4"),
    ("Trigger", "pump-stands-still"),
]
ENDED = [
    ("Initiative", "I01"),
    ("Initiative", "I03"),
    ("Proposition", "PR1"),
    ("Opportunity", "O12"),
    ("Insight", "P07"),
]


State = tuple[set[tuple[str, str, str]], dict[str, str]]
"""Where gaps are, and what became of each pain."""


async def state(asking: Asking) -> State:
    pains = (await asking.coverage()).pains.pains
    return places(await asking.gaps()), {pain.row[KEY]: pain.disposition.value for pain in pains}


@pytest.fixture(scope="module")
async def before(asking: Asking) -> State:
    """Return how it is while nothing was done; whatever is done is taken back."""
    return await state(asking)


async def changed(
    asking: Asking, before: State, key: str, *entities: EntityChange, **others: Any
) -> tuple[set[Any], set[Any], dict[str, tuple[str, str]]]:
    """Do something and take it back; return the gaps that opened and closed elsewhere, and pains that moved."""
    change_set = await asking.change(*entities, **others)
    gaps, pains = await state(asking)
    await asking.revert(change_set)
    moved = {pain: (before[1][pain], now) for pain, now in pains.items() if pain != key and before[1][pain] != now}
    return gaps - before[0], before[0] - gaps, moved


@pytest.mark.parametrize(("kind", "key"), REMOVED)
async def test_what_would_break_is_what_breaks(asking: Asking, before: State, kind: str, key: str) -> None:
    impact = await asking.impact(kind, key)
    opened, closed, moved = await changed(asking, before, key, deletes=(delete(kind, key),))
    own = {place for place in closed if place[1:] == (impact_kind(kind), key)}
    assert places(impact.opened) == opened
    assert places(impact.closed) == closed - own
    assert {pain.row[KEY]: (pain.before.value, pain.after.value) for pain in impact.pains} == moved


@pytest.mark.parametrize(("kind", "key"), ENDED)
async def test_what_would_break_at_its_end_is_what_breaks(asking: Asking, before: State, kind: str, key: str) -> None:
    impact = await asking.impact(kind, key, "END")
    field, value = ENDS[kind]
    done = update(kind, key, **{field: value.value})
    opened, closed, moved = await changed(asking, before, key, done)
    own = {place for place in opened | closed if place[1:] == (impact_kind(kind), key)}
    assert places(impact.opened) == opened - own
    assert places(impact.closed) == closed - own
    assert {pain.row[KEY]: (pain.before.value, pain.after.value) for pain in impact.pains} == moved


def impact_kind(kind: str) -> str:
    return MODEL.kinds[kind].enum_name


async def test_it_names_who_is_touched(asking: Asking) -> None:
    impact = await asking.impact("Department", "it-data")
    keys = {row[2]: row[KEY] for row in impact.before.by_number.values()}
    assert "PR5" in {gap.row[KEY] for gap in impact.opened}
    assert "it-data" not in [keys[one.id] for one in impact.departments]
    assert [keys[one.id] for one in impact.promises] == sorted(keys[one.id] for one in impact.promises)
    assert impact.promises


async def test_only_what_can_end_ends(asking: Asking) -> None:
    with pytest.raises(UserInputError, match="only Initiative, Proposition, Opportunity, Insight can come to an END"):
        await asking.impact("Department", "it-data", "END")


async def test_of_what_is_not_there_nothing_is_told(asking: Asking) -> None:
    assert await asking.impact("Department", "none") is None


async def test_the_graph_is_not_changed_by_asking(asking: Asking) -> None:
    before = places(await asking.gaps())
    impact = await asking.impact("Department", "it-data")
    assert impact.number in impact.before.by_number
    assert impact.number not in impact.after.by_number
    assert all(row[NUMBER] != impact.number for row in impact.after.rows["Department"])
    assert places(await asking.gaps()) == before
