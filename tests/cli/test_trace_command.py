import json
from pathlib import Path
from textwrap import dedent

import pytest

from graph_api.store.connection import Store
from graph_api.transfer import import_paths
from tests.cli.commands import Commands, without_colours

pytestmark = pytest.mark.usefixtures("seeded")

KINDS = (
    "The kinds are goal, principle, kpi, segment, account, trigger, persona, need, journey, stage, step, touchpoint, "
    "channel, insight, evidence, study, hypothesis, opportunity, proposition, promise, initiative, enabler, "
    "department, partner, stakeholder."
)


def test_a_trace_is_a_tree_from_one_entity_towards_insight_and_action(commands: Commands) -> None:
    ran = commands.run("trace", "opportunity/R2")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == dedent("""\
        Opportunity R2 Make saving results visible and offer e-mail
        ├── aims at → KPI K2 Application completion rate
        ├── ← raises Insight F2a People believe they must retake the questionnaire to see their results again
        │   ├── ← voices Persona veteran Veteran (inferred)
        │   ├── ← reveals Stage save-and-return Save and return (inferred)
        │   │   └── ← has stage Journey veteran-transition Veteran transition (inferred)
        │   └── ← backs Evidence E-F2a Finding F2a of the report
        ├── ← raises Insight F2b The save-link option goes unnoticed
        │   └── ← backs Evidence E-F2b Finding F2b of the report
        ├── ← raises Insight F2c People want results sent to them by e-mail or text or saved to their account
        │   └── ← backs Evidence E-F2c Finding F2c of the report
        ├── ← raises Insight F8a People want the tool linked to their VA account
        │   └── ← backs Evidence E-F8a Finding F8a of the report
        └── addressed by → Initiative A2 Improve the save button and add e-mail
            └── owned by → Department discover-your-benefits-team Discover Your Benefits team (inferred)
    """)


def test_of_one_kind_all_paths_are_shown(commands: Commands) -> None:
    assert commands.call("trace", "opportunity/R2", "--to", "persona", "--to", "departments").out == dedent("""\
        Opportunity R2 Make saving results visible and offer e-mail
        ├── ← raises Insight F2a People believe they must retake the questionnaire to see their results again
        │   └── ← voices Persona veteran Veteran (inferred)
        ├── ← raises Insight F2b The save-link option goes unnoticed
        │   └── ← voices Persona veteran Veteran (inferred)
        ├── ← raises Insight F2c People want results sent to them by e-mail or text or saved to their account
        │   └── ← voices Persona veteran Veteran (inferred)
        └── addressed by → Initiative A2 Improve the save button and add e-mail
            └── owned by → Department discover-your-benefits-team Discover Your Benefits team (inferred)
    """)


def test_one_direction_leaves_the_other_out(commands: Commands) -> None:
    assert commands.call("trace", "opportunity/R2", "--direction", "action").out == dedent("""\
        Opportunity R2 Make saving results visible and offer e-mail
        ├── aims at → KPI K2 Application completion rate
        └── addressed by → Initiative A2 Improve the save button and add e-mail
            └── owned by → Department discover-your-benefits-team Discover Your Benefits team (inferred)
    """)


def test_a_kind_that_is_not_on_the_thread_is_told(commands: Commands) -> None:
    assert commands.call("trace", "opportunity/R2", "--to", "partner") == (
        0,
        "Opportunity R2 Make saving results visible and offer e-mail\nNothing of that kind is on the thread.\n",
        "",
    )


def test_a_trace_ends_with_the_places_where_the_thread_breaks(commands: Commands) -> None:
    *_, last = commands.call("trace", "opportunity/R9").out.splitlines()
    assert last == (
        "The thread breaks at Opportunity R9 Give each transition stage its own resources: No proposition and no "
        "initiative addresses it. Link it to a proposition or, for a quick fix, to an initiative."
    )


def test_programs_get_json(commands: Commands) -> None:
    ran = commands.call("trace", "opportunity/R2", "--to", "department", "--json")
    team = {"key": "discover-your-benefits-team", "name": "Discover Your Benefits team"}
    assert json.loads(ran.out) == {
        "start": {"__typename": "Opportunity", "key": "R2", "name": "Make saving results visible and offer e-mail"},
        "direction": "BOTH",
        "nodes": [
            {
                "kind": "DEPARTMENT",
                "onSpine": False,
                "entity": team,
                "paths": [
                    {
                        "length": 2,
                        "weakestConfidence": None,
                        "unknownConfidences": 2,
                        "steps": [
                            {
                                "forwards": True,
                                "link": {"type": "ADDRESSED_BY", "basis": "STATED"},
                                "entity": {
                                    "__typename": "Initiative",
                                    "key": "A2",
                                    "name": "Improve the save button and add e-mail",
                                },
                            },
                            {
                                "forwards": True,
                                "link": {"type": "OWNED_BY", "basis": "INFERRED"},
                                "entity": {"__typename": "Department", **team},
                            },
                        ],
                    }
                ],
            }
        ],
        "breaks": [],
    }


def test_a_terminal_gets_lines_that_wrap_at_words_beneath_their_branch(commands: Commands) -> None:
    shown = commands.call_on_terminal("trace", "opportunity/R2", "--to", "department").out
    assert "\x1b[36m" in shown
    assert without_colours(shown) == [
        "Opportunity R2 Make saving results visible and offer e-mail",
        "└── addressed by → Initiative A2 Improve the save button and add e-mail",
        "    └── owned by → Department discover-your-benefits-team Discover Your Benefits",
        "        team (inferred)",
    ]


def test_where_there_are_no_arrows_other_signs_stand_for_them(commands: Commands) -> None:
    ran = commands.run("trace", "opportunity/R2", "--to", "department", PYTHONIOENCODING="latin-1")
    assert ran.out == dedent("""\
        Opportunity R2 Make saving results visible and offer e-mail
        `-- addressed by ? Initiative A2 Improve the save button and add e-mail
            `-- owned by ? Department discover-your-benefits-team Discover Your Benefits team (inferred)
    """)


async def test_a_name_is_shown_as_it_is_and_gives_no_orders_to_the_terminal(
    commands: Commands, seeded: Store, tmp_path: Path
) -> None:
    (tmp_path / "odd.yaml").write_text(
        r'insights: [{key: odd, name: "[bold]Book:car:[/] \e[31mred\e[0m,\n[link]twice"}]', encoding="utf-8"
    )
    await import_paths(seeded, [tmp_path], actor="test")
    first, *_ = commands.run("trace", "insight/odd").out.splitlines()
    assert first == "Insight odd [bold]Book:car:[/] [31mred [0m, [link]twice"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["opportunity/r2"], "There is no Opportunity with the key 'r2' in the graph. Keys are case-sensitive."),
        (["R2"], "'R2' names no entity. Write kind and key, as opportunity/R2."),
        (["opportunity/"], "'opportunity/' names no entity. Write kind and key, as opportunity/R2."),
        (["/R2"], "'/R2' names no entity. Write kind and key, as opportunity/R2."),
        (
            ["oportunity/R2"],
            f"There is no kind 'oportunity' that a thread leads through; did you mean opportunity? {KINDS}",
        ),
        (
            ["opportunity/R2", "--to", "decision"],
            f"There is no kind 'decision' that a thread leads through. {KINDS}",
        ),
        (
            ["opportunity/R2", "--direction", "up"],
            "There is no direction 'up'. Write action, insight or both.",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_asked_is_told_in_a_sentence(commands: Commands, arguments: list[str], sentence: str) -> None:
    assert commands.call("trace", *arguments) == (1, "", sentence + "\n")


def test_a_neo4j_that_does_not_answer_is_told_in_a_sentence(commands: Commands) -> None:
    ran = commands.call("trace", "opportunity/R2", NEO4J_URI="bolt://127.0.0.1:1")
    assert (ran.status, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert "127.0.0.1:1" in ran.err
