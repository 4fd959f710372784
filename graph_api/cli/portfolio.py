"""`graph-api portfolio`: opportunities, propositions or initiatives side by side; as a workbook and as a page too."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_api.cli.answer import ask, service_over
from graph_api.cli.ask.page import After, Limit
from graph_api.cli.ask.portfolio_of import KINDS, Ended, kind_of
from graph_api.cli.ask.scope import On, Tag, Within, asked_of
from graph_api.cli.ask.scoring import (
    DAYS,
    Method,
    Order,
    PainWeight,
    RenewalDays,
    Weight,
    in_words,
    read_method,
    read_order,
    read_pain_weight,
    read_weights,
    scope_in_words,
)
from graph_api.cli.graph import with_graph
from graph_api.cli.report.asking import MAIN, PAGE, SCORED, VARIABLES
from graph_api.cli.report.file import write_files
from graph_api.cli.report.option import Force, Html, Xlsx
from graph_api.cli.terminal import Json, echo_json, told

if TYPE_CHECKING:
    from graph_api.cli.report.report import Report
    from graph_api.schema.service import Service
    from graph_api.store.connection import Store

FIRST = """
query Propositions($scope: Scope, $on: Date, $ended: Boolean!) {
  portfolio(of: PROPOSITION, scope: $scope, on: $on, ended: $ended, first: 1) { totalCount }
}
"""
QUERY = f"""
query Portfolio({VARIABLES}
  $first: Int
  $after: String
) {{
  portfolio({SCORED}, first: $first, after: $after) {{ {PAGE} nodes {{ ...Main }} }}
}}
{MAIN}"""
OTHERWISE = "OPPORTUNITY"
"""Of what a portfolio is where nobody named a kind and there is no proposition: the first day has only these."""

Of = Annotated[
    str | None,
    typer.Option(
        "--of",
        help=f"What it is of: {', '.join(KINDS)}; when absent propositions, or opportunities where there are none.",
        metavar="KIND",
    ),
]


def portfolio(
    *,
    of: Of = None,
    method: Method = "EVIDENCE_COUNT",
    weight: Weight = None,
    pain_weight: PainWeight = "NONE",
    renewal_days: RenewalDays = DAYS,
    order: Order = None,
    ended: Ended = False,
    within: Within = None,
    tag: Tag = None,
    on: On = None,
    limit: Limit = 25,
    after: After = None,
    as_json: Json = False,
    xlsx: Xlsx = None,
    html: Html = None,
    force: Force = False,
) -> None:
    """Put opportunities, propositions or initiatives side by side: scores and ranks, pains, value, cost, evidence."""
    with told():
        asked = {
            **asked_of(within, tag, on),
            "of": kind_of(of) if of else None,
            "method": read_method(method),
            "weights": read_weights(weight),
            "painWeight": read_pain_weight(pain_weight),
            "renewalDays": renewal_days,
            "orderBy": read_order(order),
            "ended": ended,
        }
        written = write_files(lambda: _report(asked), xlsx, html, force=force)
        if as_json or not written:
            found = _ask(asked, limit, after)
            if as_json:
                echo_json(found["portfolio"])
            else:
                from graph_api.cli.report.overview import show

                show(found["portfolio"], _plural(found["of"]))


async def _chosen(service: "Service", asked: dict[str, Any]) -> dict[str, Any]:
    """Choose a kind where none was named."""
    if asked["of"]:
        return asked
    found = await ask(service, FIRST, {name: asked[name] for name in ("scope", "on", "ended")})
    return {**asked, "of": "PROPOSITION" if found["portfolio"]["totalCount"] else OTHERWISE}


def _ask(asked: dict[str, Any], limit: int, after: str | None) -> dict[str, Any]:
    async def work(store: "Store") -> dict[str, Any]:
        service = service_over(store)
        chosen = await _chosen(service, asked)
        return {"of": chosen["of"], **await ask(service, QUERY, {**chosen, "first": limit, "after": after})}

    return with_graph(work)


def _report(asked: dict[str, Any]) -> "Report":
    async def work(store: "Store") -> "Report":
        from graph_api.cli.report.asking import gather
        from graph_api.cli.report.report import portfolio_report

        service = service_over(store)
        chosen = await _chosen(service, asked)
        words = [("Scope", scope_in_words(asked["scope"])), *in_words(asked)]
        ended = [("Ended", "what is closed, retired or stopped is here too")] if asked["ended"] else []
        return portfolio_report(await gather(service, chosen), _plural(chosen["of"]), [*words, *ended])

    return with_graph(work)


def _plural(kind: str) -> str:
    from graph_api.model import MODEL

    return MODEL.kinds[kind.capitalize()].plural
