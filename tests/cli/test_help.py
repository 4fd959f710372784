import re
import time

import pytest

from tests.cli.commands import Commands

OPTIONS = {
    "": ["--version", "--install-completion", "--show-completion"],
    "demo": ["--host", "--port", "--config", "--set"],
    "serve": ["--host", "--port", "--config", "--set"],
    "token": [],
    "token create": ["--role", "--expires", "--json"],
    "token list": ["--json"],
    "token revoke": [],
    "settings": ["--config", "--set", "--markdown", "--json"],
    "doctor": ["--config", "--set", "--start", "--json"],
    "trace": ["--to", "--direction", "--json"],
    "ask": [],
    "ask coverage": ["--by", "--all", "--scope", "--tag", "--on", "--json"],
    "ask gaps": [
        "--rule",
        "--severity",
        "--owner",
        "--scope",
        "--tag",
        "--on",
        "--limit",
        "--after",
        "--json",
    ],
    "ask impact": ["--end", "--on", "--json"],
    "ask needs-review": ["--scope", "--tag", "--limit", "--after", "--json"],
    "ask kpi-drivers": ["--scope", "--tag", "--on", "--limit", "--after", "--json"],
    "ask business-value": ["--on", "--json"],
    "ask promises": ["--keeper", "--scope", "--tag", "--on", "--limit", "--after", "--json"],
    "ask kpis": ["--scope", "--tag", "--on", "--limit", "--after", "--json"],
    "ask goals": ["--scope", "--tag", "--on", "--limit", "--after", "--json"],
    "ask evidence-health": ["--scope", "--tag", "--on", "--limit", "--after", "--json"],
    "ask moments-of-truth": ["--grounds", "--scope", "--tag", "--limit", "--after", "--json"],
    "ask need-scores": ["--by", "--segment", "--scope", "--tag", "--limit", "--after", "--json"],
    "ask importance-satisfaction": [
        "--importance-cut",
        "--satisfaction-cut",
        "--moments-only",
        "--grounds",
        "--scope",
        "--tag",
        "--limit",
        "--after",
        "--json",
    ],
    "ask accountability": ["--on", "--limit", "--after", "--json"],
    "ask collaboration": ["--scope", "--tag", "--on", "--limit", "--after", "--json"],
    "ask handoffs": ["--limit", "--after", "--json"],
    "ask search": ["--kind", "--scope", "--tag", "--limit", "--after", "--json"],
    "ask journey-map": ["--persona", "--segment", "--on", "--json"],
    "ask compare-journeys": ["--json"],
    "ask journey-complexity": ["--scope", "--tag", "--limit", "--after", "--json"],
    "ask initiative-effects": [
        "--window",
        "--minimum-sample",
        "--scope",
        "--tag",
        "--on",
        "--limit",
        "--after",
        "--json",
    ],
    "ask forecast-realism": ["--scope", "--tag", "--on", "--limit", "--after", "--json"],
    "ask decisions": ["--verdict", "--current", "--scope", "--tag", "--on", "--limit", "--after", "--json"],
    "ask fronts": ["--of", "--by", "--method", "--scope", "--tag", "--on", "--ended", "--json"],
    "ask overlap": ["--of", "--scope", "--tag", "--ended", "--limit", "--after", "--json"],
    "ask unowned": ["--scope", "--tag", "--on", "--limit", "--after", "--json"],
    "funnel": ["--places", "--no-effects", "--scope", "--tag", "--on", "--json"],
    "plan": [
        "--budget",
        "--currency",
        "--capacity",
        "--must",
        "--exclude",
        "--weight",
        "--assume",
        "--draws",
        "--seed",
        "--time-limit",
        "--points",
        "--uncovered",
        "--reverse",
        "--scope",
        "--tag",
        "--on",
        "--json",
        "--xlsx",
        "--html",
        "--force",
    ],
    "portfolio": [
        "--of",
        "--method",
        "--weight",
        "--pain-weight",
        "--renewal-days",
        "--order",
        "--ended",
        "--scope",
        "--tag",
        "--on",
        "--limit",
        "--after",
        "--json",
        "--xlsx",
        "--html",
        "--force",
    ],
    "check": ["--rules", "--scope", "--tag", "--on", "--min-score", "--max-high", "--junit", "--json"],
    "query": ["--var", "--variables", "--operation", "--json"],
    "import": ["--dry-run", "--resume", "--revert", "--list", "--json"],
    "export": ["--format", "--output"],
    "schema": ["--check"],
    "engine": [],
    "engine start": ["--data-dir", "--json"],
    "engine stop": ["--data-dir", "--json"],
    "engine status": ["--data-dir", "--json"],
    "engine path": ["--data-dir", "--json"],
}
SENTENCES = {
    "demo": "Fill the graph with the data that comes along, answer a question, and serve until interrupted.",
    "serve": "Serve the graph over GraphQL until interrupted.",
    "trace": (
        "Show what hangs together with one entity, from insight to action, by which paths, and where the thread breaks."
    ),
    "ask": "Ask the graph: how far the thread leads, where it breaks, what would break.",
    "funnel": (
        "Tell how many pains become opportunities, propositions, initiatives and known effects, and where they stop."
    ),
    "plan": (
        "Find the propositions and initiatives that answer most, and tell what stays, what each is worth, what is firm."
    ),
    "portfolio": (
        "Put opportunities, propositions or initiatives side by side: scores and ranks, pains, value, cost, evidence."
    ),
    "check": "Check that coverage keeps its bounds: status 0 if it does, 1 if not, 2 where that could not be checked.",
    "query": ("Ask a question in GraphQL. On a terminal an answer that holds one list is a table; all else is JSON."),
    "import": "Import files: all of them or, when anything is wrong, nothing. The same files again change nothing.",
    "export": "Export entities and links, so that an import puts them back as they are; no history, no stamps.",
    "schema": "Print the GraphQL schema.",
    "engine": "The embedded Neo4j: start it to stay, stop it, look at it.",
    "token": "API tokens: make one, list them, revoke one.",
    "settings": "Show every setting, its value and where that comes from; passwords are hidden.",
    "doctor": "Check settings, machine, Neo4j and graph, and say what to do; status 1 where something does not work.",
}


@pytest.mark.parametrize("command", OPTIONS)
def test_help_lists_the_options_of_a_command_and_what_each_is_for(commands: Commands, command: str) -> None:
    ran = commands.call(*command.split(), "--help", COLUMNS="200")
    assert ran.status == 0
    rows = re.findall(r"^│ +(--[a-z-]+) .*?(\w[^│]*?)\s*│$", ran.out, re.MULTILINE)
    assert [option for option, _ in rows] == [*OPTIONS[command], "--help"]
    assert all(len(meaning) > 10 for _, meaning in rows)


def test_help_names_every_command_with_its_sentence(commands: Commands) -> None:
    rows = re.findall(r"^│ ([a-z]+)  +(.*?) *│$", commands.run("--help", COLUMNS="200").out, re.MULTILINE)
    assert dict(rows) == SENTENCES


def test_help_fits_80_columns(commands: Commands) -> None:
    assert max(map(len, commands.run("trace", "--help", COLUMNS="80").out.splitlines())) == 80


def test_a_command_without_arguments_shows_its_help(commands: Commands) -> None:
    assert "Usage: graph-api" in commands.run().out


def test_the_version_can_be_asked(commands: Commands) -> None:
    assert commands.run("--version") == (0, "graph-api 0.1.0\n", "")


def test_help_does_not_wait_for_what_only_a_command_needs(commands: Commands) -> None:
    heavy = ("strawberry", "neo4j", "pydantic", "starlette", "uvicorn", "ruamel", "graph_api.model", "jgo")
    loaded = commands.run("--help", PYTHONPROFILEIMPORTTIME="1").err
    assert [name for name in heavy if re.search(rf"\| +{re.escape(name)}$", loaded, re.MULTILINE)] == []


def test_a_setting_that_cannot_be_used_is_named_without_its_value(commands: Commands) -> None:
    started = time.monotonic()
    ran = commands.run("trace", "opportunity/R2", ENGINE_PORT="secret")
    assert ran == (
        1,
        "",
        "ENGINE_PORT cannot be used. Input should be a valid integer, unable to parse string as an integer.\n",
    )
    assert time.monotonic() - started < 30
