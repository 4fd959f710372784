"""`graph-api ask journey-map` and its neighbours, where nothing is known; docs/questions shows them on the demo."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_api.cli.ask.journey_map import LEVELS, columns_of, letter, level
from graph_api.store.connection import Store
from graph_api.store.migrations import prepare
from tests.cli.commands import Commands


@pytest.fixture(scope="module")
async def nothing(graph: Store) -> Store:
    await prepare(graph)
    return graph


@pytest.mark.usefixtures("nothing")
@pytest.mark.parametrize(
    ("command", "said"),
    [
        (
            ("journey-map", "nowhere"),
            "There is no Journey with the key 'nowhere' in the graph. Keys are case-sensitive.\n",
        ),
        (("compare-journeys", "here", "there"), "There is no journey with the key 'here'.\n"),
        (
            ("journey-map", "nowhere", "--on", "soon"),
            "--on: 'soon' is no day. Write year, month and day, as 2026-11-01.\n",
        ),
    ],
)
def test_what_is_not_there_is_named(commands: Commands, command: tuple[str, ...], said: str) -> None:
    ran = commands.call("ask", *command)
    assert (ran.status, ran.out, ran.err) == (1, "", said)


@pytest.mark.usefixtures("nothing")
def test_an_empty_graph_has_no_journeys(commands: Commands) -> None:
    ran = commands.call("ask", "journey-complexity")
    assert (ran.status, ran.out, ran.err) == (0, "There are no journeys here.\n", "")


@given(st.floats(-2, 2))
def test_every_emotion_has_a_row(emotion: float) -> None:
    assert level(emotion) in LEVELS
    assert abs(level(emotion) - emotion) <= 0.5


def test_a_stage_has_a_column_of_its_own_where_it_has_something_of_its_own() -> None:
    def stage(*steps: str, touchpoints: Any = (), insights: Any = ()) -> dict[str, Any]:
        return {
            "touchpoints": list(touchpoints),
            "insights": list(insights),
            "steps": [{"step": step} for step in steps],
        }

    stages = [stage("a", "b"), stage(), stage("c", touchpoints=["t"]), stage("d", insights=["i"])]
    assert [column.step and column.step["step"] for column in columns_of({"stages": stages})] == [
        "a", "b", None, None, "c", None, "d",
    ]  # fmt: skip
    assert [letter(index) for index in (0, 25, 26)] == ["a", "z", "*"]
