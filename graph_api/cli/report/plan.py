"""The report of a plan, made from the answer to `graph-api plan`."""

from collections.abc import Iterator, Sequence
from typing import Any

from graph_api.cli.entity import reference
from graph_api.cli.report.report import Figure, Report
from graph_api.cli.report.sheet import Cell, Column, Form, Sheet, in_words, money, rows_of

Node = dict[str, Any]


def plan_report(found: Node, on: str, asked: Sequence[tuple[str, str]]) -> Report:
    """Make the report of a plan for a day, with what was asked in words."""
    sheets = [_plan(found), _uncovered(found), _budgets(found)]
    total = len(rows_of(found["choices"]))
    return Report("Plan", "choices", on, asked, list(_figures(found)), sheets, sheets, total=total)


def _figures(found: Node) -> Iterator[Figure]:
    yield Figure("chosen", found["choices"]["totalCount"])
    yield Figure("pains and unmet needs", found["pains"])
    yield Figure("of these not covered wholly", found["uncovered"]["totalCount"])
    yield Figure("of what all of them count, covered", found["share"], Form.SHARE)
    yield Figure("cost", money(found["cost"], found["currency"]), Form.MONEY)
    yield Figure("budget", money(found["budget"], found["currency"]), Form.MONEY)
    yield Figure("how sure", in_words(found["status"]), Form.TEXT)


def _plan(found: Node) -> Sheet:
    columns = (
        Column("in the plan", width=16, folds=False),
        Column("item", width=20),
        Column("name", width=36),
        Column("cost", Form.MONEY, 15),
        Column("worth", Form.NUMBER, 10, bars=True),
        Column("firmness", width=14),
        Column("in so many draws", Form.SHARE, 9),
        Column("why", width=40),
    )
    about = (
        "What the plan chooses, what is paid beside since that needs it, what is not chosen, and what was set aside. "
        "Worth is what the plan would answer less without a choice, and more with what is not chosen."
    )
    rows = [
        *(_row(found, "chosen", one, one["cost"], one["marginalValue"]) for one in rows_of(found["choices"])),
        *(_row(found, "paid beside", one, one["cost"], None) for one in rows_of(found["works"])),
        *(_row(found, "not chosen", one, one["wouldCost"], one["adds"]) for one in rows_of(found["notChosen"])),
        *(_row(found, "set aside", one, None, None) for one in rows_of(found["setAside"])),
    ]
    return Sheet("Plan", about, columns, rows, _cut(found, "choices", "works", "notChosen", "setAside"), kept=3)


def _row(found: Node, state: str, one: Node, cost: str | None, worth: float | None) -> list[Cell]:
    return [
        state,
        reference(one["item"]),
        one["item"]["name"],
        money(cost, found["currency"]),
        worth,
        in_words(one.get("stability")),
        one.get("shareOfDraws"),
        "; ".join(_why(one)),
    ]


def _why(one: Node) -> Iterator[str]:
    if reason := one.get("reason"):
        yield in_words(reason) or ""
    if "neededBy" in one:
        yield f"needed by {', '.join(reference(place['item']) for place in rows_of(one['neededBy']))}"
    for each in one.get("missing", ()):
        yield f"missing: {in_words(each['term'])} of {reference(each['of'])}"


def _uncovered(found: Node) -> Sheet:
    columns = (
        Column("pain", width=20),
        Column("name", width=44),
        Column("counts", Form.NUMBER, 12, bars=True),
        Column("best fit of any option", Form.SHARE, 10),
        Column("voiced by", width=40),
    )
    rows: list[list[Cell]] = [
        [
            reference(one["insight"]),
            one["insight"]["name"],
            one["weight"],
            one["bestFit"],
            ", ".join(reference(voice["who"]) for voice in rows_of(one["voicedBy"])),
        ]
        for one in rows_of(found["uncovered"])
    ]
    about = "The pains and unmet needs that the plan does not answer wholly, and who voices them."
    return Sheet("Uncovered", about, columns, rows, _cut(found, "uncovered"))


def _budgets(found: Node) -> Sheet:
    columns = (
        Column("budget", Form.MONEY, 16),
        Column("answers", Form.NUMBER, 12, bars=True),
        Column("cost", Form.MONEY, 16),
        Column("choices", Form.WHOLE, 9),
        Column("how sure", width=14),
    )
    rows: list[list[Cell]] = [
        [
            money(one["budget"], found["currency"]),
            one["objective"],
            money(one["cost"], found["currency"]),
            one["choices"],
            in_words(one["status"]),
        ]
        for one in found["curve"]
    ]
    return Sheet("Budgets", "What the best plan would answer with other budgets.", columns, rows)


def _cut(found: Node, *names: str) -> list[str]:
    """Say which lists are longer than what was asked for."""
    return [
        f"Of {name}, {len(rows_of(found[name]))} of {found[name]['totalCount']} are listed."
        for name in names
        if found[name]["totalCount"] > len(rows_of(found[name]))
    ]
