"""`graph-api check`: a gate for continuous integration, which coverage passes while it keeps its bounds."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli.answer import ask, service_over
from graph_api.cli.ask.page import MOST
from graph_api.cli.ask.rules import coloured, in_words
from graph_api.cli.ask.scope import On, Tag, Within, asked_of
from graph_api.cli.entity import named
from graph_api.cli.graph import with_graph
from graph_api.cli.terminal import Json, console, echo_json, told
from graph_api.errors import UserInputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graph_api.cli.check.gate import Held
    from graph_api.store.connection import Store

DOES_NOT_HOLD = 1
NOT_CHECKED = 2
"""The exit status where the gate could not be checked: used wrongly, a file that cannot be read, no Neo4j."""
SHOWN = 10
"""So many gaps are named where there are too many."""

COVERAGE = """
query Check($scope: Scope, $on: Date, $settings: RuleSettingsInput) {
  coverage(scope: $scope, on: $on, settings: $settings) {
    on
    entities
    gaps
    high
    medium
    low
    waived
    score
    rules { rule severity expectation }
  }
}
"""
GAPS = """
query Gaps($scope: Scope, $on: Date, $settings: RuleSettingsInput, $first: Int, $after: String) {
  gaps(scope: $scope, on: $on, settings: $settings, first: $first, after: $after) {
    pageInfo { hasNextPage endCursor }
    nodes { severity rule entity { __typename key name } mending value age }
  }
}
"""

Rules = Annotated[
    Path | None,
    typer.Option(
        "--rules", help="A YAML or JSON file that says which rules count, how much, and the bounds.", metavar="FILE"
    ),
]
MinScore = Annotated[
    float | None, typer.Option("--min-score", help="The score must be at least so many percent.", metavar="PERCENT")
]
MaxHigh = Annotated[
    int | None,
    typer.Option(
        "--max-high",
        help="At most so many gaps may be of severity HIGH; 0 where no bound is given.",
        min=0,
        metavar="N",
    ),
]
Junit = Annotated[
    Path | None, typer.Option("--junit", help="Write the outcome for a CI server, as JUnit XML.", metavar="FILE")
]


def check(
    *,
    rules: Rules = None,
    within: Within = None,
    tag: Tag = None,
    on: On = None,
    min_score: MinScore = None,
    max_high: MaxHigh = None,
    junit: Junit = None,
    as_json: Json = False,
) -> None:
    """Check that coverage keeps its bounds: status 0 if it does, 1 if not, 2 where that could not be checked."""
    with told(NOT_CHECKED):
        from graph_api.cli.check.gate import Bounds, hold
        from graph_api.cli.check.junit import write_junit
        from graph_api.cli.check.rules_file import RulesFile, read_rules_file

        if min_score is not None and not 0 <= min_score <= 100:  # noqa: PLR2004 - percent
            message = f"--min-score: {min_score:g} is no percentage. Write a number from 0 to 100."
            raise UserInputError(message)
        variables = asked_of(within, tag, on)
        file = read_rules_file(rules) if rules else RulesFile()
        coverage, gaps = _ask({**variables, "settings": file.settings or None})
        held = hold(Bounds(max_high, min_score).over(file.bounds), coverage["high"], coverage["score"])
        if junit:
            write_junit(junit, coverage["rules"], gaps, held, file.off)
        if as_json:
            echo_json(_as_json(coverage, gaps, held))
        else:
            _show(coverage, gaps, held)
    if not _holds(held):
        sys.exit(DOES_NOT_HOLD)


def _ask(variables: "Mapping[str, Any]") -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Ask for coverage and all gaps; raises UserInputError where there is nothing that could be checked."""

    async def work(store: "Store") -> tuple[dict[str, Any], list[dict[str, Any]]]:
        service = service_over(store)
        coverage = (await ask(service, COVERAGE, variables))["coverage"]
        if not coverage["entities"]:
            where = "in this scope" if variables["scope"] else "in the graph"
            message = f"There is nothing {where} that a rule is about, and so nothing to check."
            raise UserInputError(message)
        gaps: list[dict[str, Any]] = []
        more, after = True, None
        while more:
            page = (await ask(service, GAPS, {**variables, "first": MOST, "after": after}))["gaps"]
            gaps += page["nodes"]
            more, after = page["pageInfo"]["hasNextPage"], page["pageInfo"]["endCursor"]
        return coverage, gaps

    return with_graph(work)


def _holds(held: "Sequence[Held]") -> bool:
    return all(bound.holds for bound in held)


def _as_json(coverage: dict[str, Any], gaps: list[dict[str, Any]], held: "Sequence[Held]") -> dict[str, Any]:
    counted = ("on", "score", "entities", "high", "medium", "low", "waived")
    return {
        "holds": _holds(held),
        **{name: coverage[name] for name in counted},
        "bounds": [bound.as_json() for bound in held],
        "gaps": gaps,
    }


def _show(coverage: dict[str, Any], gaps: list[dict[str, Any]], held: "Sequence[Held]") -> None:
    from rich.text import Text

    from graph_api.cli.ask.coverage import counts
    from graph_api.cli.check.gate import MAX_HIGH

    out = console()
    out.print(counts(coverage))
    if any(bound.name == MAX_HIGH and not bound.holds for bound in held):
        severe = [gap for gap in gaps if gap["severity"] == "HIGH"]
        for gap in severe[:SHOWN]:
            out.print(Text.assemble(coloured("HIGH"), " ", named(gap["entity"]), f": {in_words(gap['rule'])}"))
        if len(severe) > SHOWN:
            out.print(f"… and {len(severe) - SHOWN} more; --json lists them all.")
    for bound in held:
        out.print(Text(bound.sentence, "" if bound.holds else "red"))
    out.print(Text("The gate holds.", "green") if _holds(held) else Text("The gate does not hold.", "bold red"))
