"""`graph-api funnel` and `graph-api ask decisions`, where little is known; docs/questions shows them on the demo."""

from typing import Any

import pytest

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
        (("funnel",), "There is nothing here that a pain could become.\n"),
        (("ask", "decisions"), "There are no decisions here.\n"),
    ],
)
def test_of_nothing_that_is_said(commands: Commands, command: tuple[str, ...], said: str) -> None:
    ran = commands.call(*command)
    assert (ran.status, ran.out, ran.err) == (0, said, "")


@pytest.mark.usefixtures("nothing")
@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("funnel", "--scope", "insight/P9"), "--scope: There is no insight with the key 'P9'.\n"),
        (
            ("ask", "decisions", "--verdict", "aprove"),
            (
                "--verdict: There is no verdict 'aprove'; did you mean APPROVE? Write DECIDED_NO, REOPENED, APPROVE, "
                "HOLD or STOP.\n"
            ),
        ),
    ],
)
def test_what_is_not_there_is_named(commands: Commands, command: tuple[str, ...], said: str) -> None:
    ran = commands.call(*command)
    assert (ran.status, ran.out, ran.err) == (1, "", said)


@pytest.mark.usefixtures("seeded")
def test_a_funnel_of_real_data_ends_where_nothing_was_measured(commands: Commands) -> None:
    shown: list[Any] = [line.split() for line in commands.call("funnel", "--places", "1").out.splitlines()]
    stages = {line[0]: line[1] for line in shown if line and line[0] in {"pains", "initiatives", "effects"}}
    assert stages["effects"] == "0"
    ended = commands.call("funnel", "--no-effects")
    assert (ended.status, "effects" in ended.out) == (0, False)
