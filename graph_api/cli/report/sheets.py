"""What scores are made of, the pains, and the decisions: sheets of a portfolio's report."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from graph_api.cli.entity import reference
from graph_api.cli.report.rows import ITEM, Node, cut, item_cells
from graph_api.cli.report.sheet import Cell, Column, Form, Sheet, between, day, in_words, number, rows_of


def terms(nodes: Sequence[Node]) -> Sheet:
    """Return the terms of every score: those of the whole first, then those of its parts."""
    columns = (
        *ITEM,
        Column("part", width=20),
        Column("name of the part", width=36),
        Column("term", width=18),
        Column("value", Form.NUMBER, 10),
        Column("at least", Form.NUMBER, 10),
        Column("at most", Form.NUMBER, 10),
        Column("weight", Form.NUMBER, 9),
        Column("the part adds", Form.NUMBER, 10),
        Column("missing", width=24),
    )
    about = (
        "What each score is made of: the terms of the item itself, then, part by part, those of what is summed up. "
        "Empty is unknown."
    )
    return Sheet("Terms", about, columns, [row for node in nodes for row in _terms(node)], cut(nodes, "score", "parts"))


def parts(nodes: Sequence[Node]) -> Sheet:
    """Return the same with a row for each part and a column for each term: what a page has room for."""
    names = list(dict.fromkeys(term["term"] for node in nodes for of in _wholes(node) for term in of["terms"]))
    columns = (
        ITEM[0],
        Column("part", width=14),
        Column("name", width=36),
        *(Column(in_words(name) or "", Form.NUMBER, 10) for name in names),
        Column("adds", Form.NUMBER, 10),
    )
    about = (
        "What each score is made of: the terms of the item itself, then those of each part that is summed up, with "
        "what the part adds."
    )
    rows = [
        [
            node["item"]["key"],
            None if of is node["score"] else reference(of["of"]),
            node["item"]["name"] if of is node["score"] else of["of"]["name"],
            *_by_name(of["terms"], names),
            "" if of is node["score"] else between(of["value"], of["low"], of["high"]),
        ]
        for node in nodes
        for of in _wholes(node)
    ]
    return Sheet("Terms", about, columns, rows, cut(nodes, "score", "parts"))


def _wholes(node: Node) -> list[Node]:
    """Return the score itself, where it has terms, and its parts."""
    score = node["score"]
    return [*([score] if score["terms"] else []), *score["parts"]["nodes"]]


def _by_name(terms: Sequence[Node], names: Sequence[str]) -> list[Cell]:
    found = {term["term"]: between(term["value"], term["low"], term["high"]) for term in terms}
    return [found.get(name, "") for name in names]


def _terms(node: Node) -> Iterator[list[Cell]]:
    for term in node["score"]["terms"]:
        yield [*item_cells(node), None, None, *_term(term), None, _lacks(term)]
    for part in node["score"]["parts"]["nodes"]:
        of = part["of"]
        for term in part["terms"] or [_ALONE]:
            yield [*item_cells(node), reference(of), of["name"], *_term(term), part["value"], _lacks(term)]


_ALONE: Node = dict.fromkeys(("term", "value", "low", "high", "weight"))
"""In the place of the terms of a part that counts as it is."""


def _term(term: Node) -> list[Cell]:
    return [in_words(term["term"]), term["value"], term["low"], term["high"], term["weight"]]


def _lacks(term: Node) -> str | None:
    return in_words(term["term"]) if term["value"] is None else None  # of a part without terms there is no name


_BECAME = {"ACTED": "acted on", "DECIDED_NO": "decided no", "UNDECIDED": "nothing acts on it"}
_OUTSIDE, _NO_TYPE = "outside of the scope", "its type is unknown"


def pains(nodes: Sequence[Node], listed: Sequence[Node]) -> Sheet:
    """Return the pains: first those that no item answers, then those that nothing acts on."""
    answering: dict[str, list[tuple[str, Node]]] = defaultdict(list)
    for node in nodes:
        for pain in node["pains"]["list"]["nodes"]:
            answering[pain["insight"]["key"]].append((node["item"]["key"], pain))
    in_scope = {one["insight"]["key"] for one in listed}
    rows = [_pain(one["insight"], one, answering.get(one["insight"]["key"], ())) for one in listed]
    for key, answers in answering.items():
        pain = answers[0][1]
        if key not in in_scope:
            rows.append(
                _pain({**pain["insight"], **{each: pain[each] for each in ("severity", "reach")}}, None, answers)
            )
    columns = (
        Column("covered", width=22, folds=False),
        Column("pain", width=14, folds=False),
        Column("name", width=44),
        Column("severity", Form.NUMBER, 9, bars=True),
        Column("reach", Form.SHARE, 8),
        Column("what became of it", width=20, on_page=False),
        Column("since", Form.DATE, 12),
        Column("age in days", Form.WHOLE, 9, on_page=False),
        Column("answered by", width=30),
        Column("best known fit", Form.SHARE, 8),
        Column("rests on", width=18),
        Column("highest support", Form.WHOLE, 9, on_page=False),
        Column("missing", width=24),
    )
    about = (
        "Pains and unmet needs that are not refuted, the uncovered first: those that no item here answers, then those "
        "that an item answers and nothing acts on."
    )
    rows.sort(key=lambda row: _COVERED.index(str(row[0])))  # stable: the severest and oldest stay first
    return Sheet("Pains", about, columns, rows, cut(nodes, "pains", "list"))


_COVERED = ("answered by nothing here", "answered, not acted on", "decided no", "answered", "perhaps a pain")


def _pain(insight: Node, listed: Node | None, answers: Sequence[tuple[str, Node]]) -> list[Cell]:
    became = listed["disposition"] if listed else None
    known = [pain for _, pain in answers]
    return [
        _covered(became, known),
        insight["key"],
        insight["name"],
        insight["severity"],
        insight["reach"],
        _BECAME[became] if became else _OUTSIDE if known[0]["certain"] else _NO_TYPE,
        day(listed["since"]) if listed else None,
        listed["age"] if listed else None,
        ", ".join(key for key, _ in answers),
        max((pain["fit"] for pain in known if pain["fit"] is not None), default=None) if known else "",
        in_words(known[0]["restsOn"]) if known else None,
        known[0]["support"] if known else None,
        ", ".join(name for name in ("severity", "reach") if insight[name] is None),
    ]


def _covered(became: str | None, answers: Sequence[Node]) -> str:
    nothing, undecided, decided, answered, perhaps = _COVERED
    if answers and not answers[0]["certain"]:
        return perhaps
    if became == "DECIDED_NO":
        return decided
    if not answers:
        return nothing
    return undecided if became == "UNDECIDED" else answered


def decisions(outcomes: Sequence[Node]) -> Sheet:
    """Return all decisions in the scope, with what became of each since."""
    columns = (
        Column("decided on", Form.DATE, 12),
        Column("decision", width=14, folds=False),
        Column("about", width=22, on_page=False),
        Column("name", width=32),
        Column("by", width=20),
        Column("why", width=44),
        Column("expected", width=44),
        Column("status now", width=14),
        Column("held until", Form.DATE, 12),
        Column("initiatives begun", Form.WHOLE, 10),
        Column("done", Form.WHOLE, 8),
        Column("unknown", Form.WHOLE, 9, on_page=False),
        Column("work went on", width=14),
        Column("KPIs since", width=40),
    )
    about = (
        "All decisions about the insights, opportunities, propositions and initiatives in the scope, the newest first, "
        "with what became of each since. What numbers did since may have other causes."
    )
    return Sheet("Decisions", about, columns, [_decision(one) for one in outcomes])


_WENT_ON = {True: "it went on", False: "no work", None: None}


def _decision(one: Node) -> list[Cell]:
    return [
        day(one["on"]),
        in_words(one["verdict"]),
        reference(one["entity"]),
        one["entity"]["name"],
        one["byRole"],
        one["reason"],
        one["expected"],
        in_words(one["status"]),
        day(one["until"]),
        one["begun"],
        one["done"],
        one["unknown"],
        _WENT_ON[one["wentOn"]],
        "; ".join(map(_moved, rows_of(one["kpis"]))),
    ]


def _moved(kpi: Node) -> str:
    """Say by how much a KPI moved, and by how much it should have."""
    unit = f" {kpi['unit']}" if kpi["unit"] else ""
    moved = "unknown" if kpi["change"] is None else f"{number(kpi['change'])}{unit}"
    claimed = "" if kpi["expectedChange"] is None else f" of {number(kpi['expectedChange'])}{unit} claimed"
    return f"{kpi['kpi']['key']}: {moved}{claimed}"
