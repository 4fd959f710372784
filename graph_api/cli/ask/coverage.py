"""`graph-api ask coverage`: how much of the thread from insight to action is there, and what became of each pain."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli.answer import answer
from graph_api.cli.ask.rules import coloured
from graph_api.cli.ask.scope import On, Tag, Within, asked_of
from graph_api.cli.entity import reference
from graph_api.cli.terminal import Json, console, echo_json, plain, told

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table

QUERY = """
query Coverage($scope: Scope, $on: Date) {
  coverage(scope: $scope, on: $on) {
    on
    entities
    gaps
    high
    medium
    low
    waived
    pains {
      total
      new
      withOpportunity
      withOwnedInitiative
      acted
      decidedNo
      undecided
      actedShare
      decidedNoShare
      undecidedShare
    }
    thread { kind total shallow deep }
    rules { rule severity scored weight applicable satisfied missing waived share expectation mending }
    %s
    score
  }
}
"""
GROUPS = "%ss { entity { __typename key name } gaps high waived pains { total acted } score }"
PAINS_WIDTH = 30


class Group(StrEnum):
    """Of which entities the same is told one by one."""

    PERSONA = "persona"
    JOURNEY = "journey"
    DEPARTMENT = "department"


By = Annotated[Group | None, typer.Option("--by", help="Show the same for each of these, in the place of the rules.")]
All = Annotated[bool, typer.Option("--all", help="Show all rules, also those by which nothing is missing.")]


def coverage(
    *,
    by: By = None,
    all_: All = False,
    within: Within = None,
    tag: Tag = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Tell how much of what is expected from insight to action is there, and what became of pains."""
    with told():
        variables = asked_of(within, tag, on)
        found = answer(QUERY % (GROUPS % by if by else ""), variables)["coverage"]
        if as_json:
            echo_json(found)
        else:
            _show(found, by, all_rules=all_)


def counts(found: dict[str, Any]) -> str:
    """Say how many entities were looked at, and what was found."""
    gaps = "1 gap" if found["gaps"] == 1 else f"{found['gaps']} gaps"
    each = ", ".join(f"{found[severity]} {severity.upper()}" for severity in ("high", "medium", "low"))
    entities = "1 entity" if found["entities"] == 1 else f"{found['entities']} entities"
    return f"{found['on']}: {entities}, {gaps} ({each}), {found['waived']} waived."


def _show(found: dict[str, Any], by: Group | None, *, all_rules: bool) -> None:
    from graph_api.cli.bar import percent
    from graph_api.cli.table import show

    out = console()
    if not found["entities"]:
        out.print(f"{found['on']}: There is nothing here that a rule is about.")
        return
    out.print(counts(found))
    _show_pains(out, found["pains"])
    _show_part(out, _thread(found["thread"]))
    if by:
        groups = found[f"{by}s"]
        _show_part(out, _groups(groups, by) if groups else f"There is no {by} here.")
    if all_rules or not by:
        rules = [rule for rule in found["rules"] if all_rules or rule["missing"]]
        _show_part(out, _rules(rules) if rules else "By no rule is anything missing.")
    score = found["score"]
    show(out, f"\nScore: {percent(score)}" if score is not None else "\nNo score: no rule that counts applies here.")


def _show_part(out: "Console", part: "RenderableType") -> None:
    from graph_api.cli.table import show

    out.print()
    show(out, part)


def _show_pains(out: "Console", pains: dict[str, Any]) -> None:
    from rich.columns import Columns

    from graph_api.cli.bar import Bar
    from graph_api.cli.table import show

    out.print()
    if not pains["total"]:
        out.print("There are no pains and unmet needs here.")
        return
    out.print(
        f"{pains['total']} pains and unmet needs, {pains['new']} of them new; {pains['withOpportunity']} with an "
        f"opportunity, {pains['withOwnedInitiative']} with an initiative that somebody owns:"
    )
    parts = [pains["acted"], pains["decidedNo"], pains["undecided"]]
    words = f"{parts[0]} acted on, {parts[1]} decided no, {parts[2]} undecided"
    show(out, Columns([Bar(parts, PAINS_WIDTH), words]))


def _thread(depths: list[dict[str, Any]]) -> "Table":
    from graph_api.cli.bar import of_share
    from graph_api.cli.table import table

    shown = table("thread", "total", "shallow", "deep", "", numbers=("total", "shallow", "deep"))
    for depth in depths:
        total, deep = depth["total"], depth["deep"]
        numbers = (str(depth[name]) for name in ("total", "shallow", "deep"))
        shown.add_row(depth["kind"].lower(), *numbers, of_share(deep / total if total else None))
    return shown


def _rules(rules: list[dict[str, Any]]) -> "Table":
    from graph_api.cli.bar import of_share, percent
    from graph_api.cli.table import table

    shown = table("rule", "severity", "missing", "", "share", "waived", numbers=("missing", "share", "waived"))
    for rule in rules:
        missing = f"{rule['missing']}/{rule['applicable']}" if rule["scored"] else str(rule["missing"])
        severity = coloured(rule["severity"])
        shown.add_row(
            rule["rule"], severity, missing, of_share(rule["share"]), percent(rule["share"]), str(rule["waived"])
        )
    return shown


def _groups(groups: list[dict[str, Any]], by: Group) -> "Table":
    from graph_api.cli.bar import of_share, percent
    from graph_api.cli.table import table

    numbers = ("gaps", "high", "acted", "score")
    shown = table(by, "name", "gaps", "high", "acted", "", "score", numbers=numbers)
    for group in groups:
        acted = f"{group['pains']['acted']}/{group['pains']['total']}"
        key = reference(group["entity"]).partition("/")[2]
        shown.add_row(
            key,
            plain(group["entity"]["name"]),
            str(group["gaps"]),
            str(group["high"]),
            acted,
            of_share(group["score"]),
            percent(group["score"]),
        )
    return shown
