"""The working side of a portfolio's items: parties, stakeholders, enablers, claims and promises, each a sheet."""

from collections.abc import Sequence

from graph_api.cli.entity import reference
from graph_api.cli.report.rows import ITEM, ITEMS, Node, cut, item_cells, once
from graph_api.cli.report.sheet import Cell, Column, Form, Sheet, in_words, money, rows_of


def parties(nodes: Sequence[Node]) -> Sheet:
    """Return who has which part in the work, with what all its work takes: the most loaded first."""
    columns = (
        Column("party", width=26, on_page=False),
        Column("name", width=26),
        Column("load in person-days", Form.NUMBER, 11, bars=True, on_page=False),
        Column("involvements", Form.WHOLE, 12, on_page=False),
        Column("without an effort", Form.WHOLE, 10, on_page=False),
        Column("through", width=20, on_page=False),
        Column("name of it", width=32),
        Column("role", width=14, folds=False),
        Column("contribution", width=40),
        Column("effort in person-days", Form.NUMBER, 10),
        ITEMS,
        Column("missing", width=16),
    )
    about = (
        "Who does what, each part once and with the items that it is for. The load is that of all the work of a party "
        "that is not over, in the whole graph and not only here; of work without an effort nothing is in it."
    )
    found = once(nodes, lambda node: node["parties"], "party", "role", "contribution", "effort", "through")
    ordered = sorted(found, key=lambda each: (-party_load(each[0]), reference(each[0]["party"])))
    return Sheet("Parties", about, columns, [_part(part, keys) for part, keys in ordered], kept=2)


def party_load(part: Node) -> float:
    """Return the known load of a party, to sort by."""
    return float(part["load"]["known"] or 0)


def _part(part: Node, keys: Sequence[str]) -> list[Cell]:
    load = part["load"]
    lacking = {"role": part["role"], "effort": part["effort"]}
    return [
        reference(part["party"]),
        part["party"]["name"],
        load["known"],
        load["involvements"],
        load["unknown"],
        reference(part["through"]),
        part["through"]["name"],
        in_words(part["role"]),
        part["contribution"],
        part["effort"],
        ", ".join(keys),
        ", ".join(name for name, value in lacking.items() if value is None),
    ]


def stakeholders(nodes: Sequence[Node]) -> Sheet:
    """Return who is for the items and who against, with why."""
    columns = (
        Column("stakeholder", width=22, on_page=False),
        Column("name", width=26),
        Column("stance", width=14, folds=False),
        Column("why", width=50),
        Column("to what", width=20, on_page=False),
        Column("name of it", width=32),
        ITEMS,
    )
    found = once(nodes, lambda node: rows_of(node["stakeholders"]["list"]), "stakeholder", "stance", "why", "through")
    rows = [
        [
            one["stakeholder"]["key"],
            one["stakeholder"]["name"],
            in_words(one["stance"]),
            one["why"],
            reference(one["through"]),
            one["through"]["name"],
            ", ".join(keys),
        ]
        for one, keys in found
    ]
    about = "Who is for the work and who against, with why; each stance once, with the items whose work it is about."
    return Sheet("Stakeholders", about, columns, rows, cut(nodes, "stakeholders", "list"))


def enablers(nodes: Sequence[Node]) -> Sheet:
    """Return what the items require, and how ready it is."""
    columns = (
        Column("enabler", width=20),
        Column("name", width=32),
        Column("readiness", Form.SHARE, 10, bars=True),
        Column("cost", Form.MONEY, 15),
        ITEMS,
        Column("missing", width=20),
    )
    found = once(nodes, lambda node: rows_of(node["enablers"]["list"]), "enabler")
    rows = [
        [
            one["enabler"]["key"],
            one["enabler"]["name"],
            one["readiness"],
            money(one["cost"], one["currency"]),
            ", ".join(keys),
            ", ".join(name for name in ("readiness", "cost") if one[name] is None),
        ]
        for one, keys in sorted(found, key=_least_ready)
    ]
    about = "What the items require. Its cost stands beside that of the items, and may be told in that too."
    return Sheet("Enablers", about, columns, rows, cut(nodes, "enablers", "list"))


def _least_ready(each: tuple[Node, Sequence[str]]) -> tuple[bool, float, str]:
    one, _ = each
    return one["readiness"] is None, one["readiness"] or 0.0, one["enabler"]["key"]


def claims(nodes: Sequence[Node]) -> Sheet:
    """Return what the items claim of KPIs."""
    columns = (
        *ITEM,
        Column("KPI", width=20),
        Column("name", width=32),
        Column("unit", width=12),
        Column("gap", Form.NUMBER, 10),
        Column("change claimed", Form.NUMBER, 10),
        Column("of the gap", Form.SHARE, 9),
        Column("claims without a number", Form.WHOLE, 10),
        Column("missing", width=24),
    )
    rows = [
        [
            *item_cells(node),
            one["kpi"]["key"],
            one["kpi"]["name"],
            one["unit"],
            one["gap"],
            one["claimed"]["change"],
            one["claimed"]["share"],
            one["claimed"]["unknown"],
            ", ".join(filter(None, map(in_words, one["missing"]))),
        ]
        for node in nodes
        for one in node["claims"]["list"]["nodes"]
    ]
    about = "Which changes of KPIs the items claim, and which share of the gap to the target that is."
    return Sheet("Claims", about, columns, rows, cut(nodes, "claims", "list"))


def promises(nodes: Sequence[Node]) -> Sheet:
    """Return what the items promise, and whether it is kept."""
    columns = (
        Column("promise", width=20),
        Column("name", width=44),
        Column("state", width=14),
        Column("must be kept", Form.SHARE, 9),
        Column("is kept", Form.SHARE, 9),
        ITEMS,
        Column("missing", width=24),
    )
    found = once(nodes, lambda node: rows_of(node["promises"]["list"]), "promise")
    rows = [
        [
            one["promise"]["key"],
            one["promise"]["name"],
            in_words(one["state"]),
            one["share"],
            one["keptShare"],
            ", ".join(keys),
            ", ".join(filter(None, map(in_words, one["missing"]))),
        ]
        for one, keys in found
    ]
    about = "What the items promise: how many of all occasions must keep it, and how many do."
    return Sheet("Promises", about, columns, rows, cut(nodes, "promises", "list"))


def realism(nodes: Sequence[Node]) -> Sheet:
    """Return how realistic the claims of those have been who claim something here."""
    columns = (
        Column("party", width=26, on_page=False),
        Column("name", width=26),
        Column("came of what was claimed", Form.NUMBER, 12),
        Column("at least", Form.NUMBER, 9),
        Column("at most", Form.NUMBER, 9),
        Column("known claims", Form.WHOLE, 9),
        Column("unknown", Form.WHOLE, 9),
        Column("not due", Form.WHOLE, 9),
        ITEMS,
    )
    found = once(nodes, lambda node: list(node["claims"]["realism"]), "party")
    rows = [
        [
            reference(one["party"]) if one["party"] else None,
            one["party"]["name"] if one["party"] else "nobody",
            *(one[name] for name in ("medianRatio", "low", "high", "known", "unknown", "notDue")),
            ", ".join(keys),
        ]
        for one, keys in found
    ]
    about = (
        "How much came of what those claimed before who claim something here: the median of what is known, with its "
        "95 % interval. 1 is as claimed."
    )
    return Sheet("Realism", about, columns, rows)


def realised(nodes: Sequence[Node]) -> Sheet:
    """Return what the items bring about of journeys as they should be."""
    columns = (
        Column("part of a journey", width=26),
        Column("name", width=32),
        Column("of", width=32),
        Column("through", width=26),
        ITEMS,
    )
    found = once(nodes, lambda node: rows_of(node["realises"]["list"]), "place", "through")
    rows = [
        [
            reference(one["place"]),
            one["place"]["name"],
            *(", ".join(map(reference, one[name])) for name in ("journeys", "through")),
            ", ".join(keys),
        ]
        for one, keys in found
    ]
    about = "Which stages, steps and touchpoints of journeys as they should be the items bring about."
    return Sheet("Journeys", about, columns, rows, cut(nodes, "realises", "list"))
