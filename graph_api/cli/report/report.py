"""The report of a portfolio: what its workbook and its page show, made from one answer. Plain data; nothing is asked.

What a figure is, and how it is worked out, is said where it is asked for: in `schema/portfolio.py`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph_api.cli.report import sheets, work
from graph_api.cli.report.chart import Bar, Bubbles, Point, Range
from graph_api.cli.report.items import items, main_figures, ranks, score_missing, unknown
from graph_api.cli.report.sheet import Cell, Form, Sheet, between, in_words, number

Node = dict[str, Any]

CHARTED = 50
"""So many items a chart has at most: the first. All stand in the tables."""


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """A row of the chart of scores and ranks."""

    place: int
    key: str
    name: str
    score: Bar
    score_text: str
    ranks: Range
    ranks_text: str
    missing: str


@dataclass(frozen=True, slots=True)
class FunnelStage:
    """A row of the funnel."""

    stage: str
    pains: int
    of_before: float | None
    """Which share that is of the stage before; 0 to 1, as the next."""
    of_first: float | None
    stopped: int
    entities: int


@dataclass(frozen=True, slots=True)
class Load:
    """A row of the chart of loads."""

    party: str
    load: Bar
    text: str
    without_effort: int


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the whole."""

    label: str
    value: Cell
    form: Form = Form.WHOLE


@dataclass(frozen=True)
class Report:
    """What is told of a day: of a portfolio with charts, of anything else as tables."""

    title: str
    kind: str
    """Of what it is, in words: `propositions`."""
    on: str
    """The day, as 2026-11-01."""
    facts: Sequence[tuple[str, str]]
    """What was asked, by which method, and where that comes from."""
    figures: Sequence[Figure]
    """Counts first."""
    sheets: Sequence[Sheet]
    """All that there is, as a workbook has it."""
    tables: Sequence[Sheet]
    """The same as a page has room for it."""
    scored: Sequence[ScoredItem] = ()
    bubbles: Sequence[Bubbles] = ()
    funnel: Sequence[FunnelStage] = ()
    loads: Sequence[Load] = ()
    unknown: Sequence[tuple[str, int]] = ()
    """What is missing, and of how many items."""
    total: int = 0
    """How many items there are."""

    @property
    def not_charted(self) -> int:
        """How many items stand in the tables alone."""
        return self.total - len(self.scored)


def portfolio_report(found: dict[str, Any], kind: str, asked: Sequence[tuple[str, str]]) -> Report:
    """Make the report of an answer to `asking.QUERY`: of which kind, in words, and what else was asked, likewise."""
    nodes, coverage = found["portfolio"]["nodes"], found["coverage"]
    listed = coverage["pains"]["list"]["nodes"]
    kinds = (work.stakeholders, work.enablers, work.claims, work.realism, work.promises, work.realised)
    details = [make(nodes) for make in kinds]
    rest = [
        sheets.pains(nodes, listed),
        work.parties(nodes),
        sheets.decisions(found["decisionOutcomes"]["nodes"]),
        *(sheet for sheet in details if sheet.rows),
    ]
    return Report(
        title=f"Portfolio of {kind}",
        kind=kind,
        on=coverage["on"],
        facts=[*_method(nodes), *asked],
        figures=list(_figures(kind, nodes, coverage["pains"])),
        scored=[_scored(place, node) for place, node in enumerate(nodes[:CHARTED], 1)],
        bubbles=list(_bubbles(nodes[:CHARTED], found["value"]["nodes"])),
        funnel=[_stage(stage) for stage in found["funnel"]["stages"]],
        loads=list(_loads(nodes)),
        unknown=Counter(name for node in nodes for name in _unknown(node)).most_common(),
        total=len(nodes),
        sheets=[items(nodes), sheets.terms(nodes), *rest],
        tables=[main_figures(nodes), *(sheet.on_page() for sheet in rest), sheets.parts(nodes)],
    )


def _method(nodes: Sequence[Node]) -> Iterator[tuple[str, str]]:
    for node in nodes[:1]:
        method = node["score"]["method"]
        yield "Scored by", method["name"]
        yield "Formula", method["formula"]
        yield "Source", method["source"]


def _figures(kind: str, nodes: Sequence[Node], pains: dict[str, Any]) -> Iterator[Figure]:
    yield Figure(kind, len(nodes))
    yield Figure("with a known score", sum(node["score"]["value"] is not None for node in nodes))
    yield Figure("pains and unmet needs in scope", pains["total"])
    yield Figure("of these acted on", pains["acted"])
    yield Figure("of these decided no", pains["decidedNo"])
    yield Figure("of these that nothing acts on", pains["undecided"])
    answered = {pain["insight"]["key"] for node in nodes for pain in node["pains"]["list"]["nodes"]}
    listed = {pain["insight"]["key"] for pain in pains["list"]["nodes"]}
    yield Figure("of these that no item here answers", len(listed - answered))
    if pains["typeUnknown"]:
        yield Figure("insights without a type, any may be a pain", pains["typeUnknown"])


def _scored(place: int, node: Node) -> ScoredItem:
    score, ranges = node["score"], node["rankRange"]
    by_weights = ranges["byWeights"]
    return ScoredItem(
        place,
        node["item"]["key"],
        node["item"]["name"],
        Bar(score["value"], score["low"], score["high"]),
        between(score["value"], score["low"], score["high"]),
        Range(
            node["rank"],
            ranges["best"],
            ranges["worst"],
            (by_weights["best"], by_weights["worst"]) if by_weights else None,
        ),
        ranks(node),
        ", ".join(score_missing(node)),
    )


def _bubbles(nodes: Sequence[Node], values: Sequence[Node]) -> Iterator[Bubbles]:
    value = {node["item"]["key"]: node["score"]["value"] for node in values}
    currencies = Counter(node["cost"]["currency"] for node in nodes if node["cost"]["cost"] is not None)
    currency = currencies.most_common(1)[0][0] if currencies else None
    up = "value for customers and the business"

    def cost(node: Node) -> float | None:
        known = node["cost"]["cost"] is not None and node["cost"]["currency"] == currency
        return float(node["cost"]["cost"]) if known else None

    def points(across: Mapping[str, float | None]) -> list[Point]:
        return [
            Point(
                place,
                f"{node['item']['key']} {node['item']['name']}",
                across[key],
                value.get(key),
                node["pains"]["total"],
            )
            for place, node in enumerate(nodes, 1)
            if (key := node["item"]["key"])
        ]

    yield Bubbles("effort in person-days", up, points({node["item"]["key"]: node["cost"]["effort"] for node in nodes}))
    if currencies:
        named = f"cost in {currency}" if currency else "cost"
        yield Bubbles(named, up, points({node["item"]["key"]: cost(node) for node in nodes}))


def _stage(stage: Node) -> FunnelStage:
    return FunnelStage(
        in_words(stage["stage"]) or "",
        stage["pains"],
        stage["painsOfBefore"],
        stage["painsOfFirst"],
        stage["stopped"],
        stage["entities"],
    )


def _loads(nodes: Sequence[Node]) -> Iterator[Load]:
    parts = {(part["party"]["__typename"], part["party"]["key"]): part for node in nodes for part in node["parties"]}
    for _, part in sorted(parts.items(), key=lambda each: (-work.party_load(each[1]), each[0])):
        load = part["load"]
        known = load["known"] if load["involvements"] else 0.0
        yield Load(
            part["party"]["name"],
            Bar(known, known, None if load["unknown"] else known),
            number(known) + ("+" if known is not None and load["unknown"] else ""),
            load["unknown"],
        )


def _unknown(node: Node) -> Iterator[str]:
    yield from (f"score: {term}" for term in score_missing(node))
    yield from unknown(node)
