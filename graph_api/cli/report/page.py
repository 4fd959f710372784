"""A report as a page: one file with its charts and its style, without a script, that asks nobody for anything.

The template stands beside this module. Everything that data say is escaped there; the page's own policy lets a browser
use the one style it came with, and load and run nothing.
"""

from base64 import b64encode
from hashlib import sha256
from typing import IO, Any

from graph_api.cli.report import chart
from graph_api.cli.report.report import Report
from graph_api.cli.report.sheet import Form, legible, number, shown


def write_page(report: Report, stream: IO[bytes]) -> None:
    """Write a report as a page."""
    stream.write(page(report).encode())


def page(report: Report) -> str:
    """Return a report as HTML."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    loader = PackageLoader("graph_api.cli", "report")
    environment = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_legible,
    )
    style, _, _ = loader.get_source(environment, "page.css")
    scores = (value for one in report.scored for value in (one.score.value, one.score.low, one.score.high))
    return environment.get_template("page.html").render(
        report=report,
        style=Markup(style),  # noqa: S704 - our own file
        style_hash=Markup(f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}"),  # noqa: S704 - no data
        score_scale=chart.scale(scores, chart.BAR),
        funnel_scale=chart.scale((stage.pains for stage in report.funnel), chart.BAR),
        load_scale=chart.scale((load.load.value for load in report.loads), chart.BAR),
        item_scale=chart.scale([report.total], chart.BAR),
        rank_width=chart.BAR / 2,
        width=chart.WIDTH,
        height=chart.HEIGHT,
        drawn=chart.drawn,
        drawn_range=chart.drawn_range,
        as_bar=lambda value: chart.Bar(value, value, value),
        shown=shown,
        is_long=_is_long,
        number=number,
        share=Form.SHARE,
        day=Form.DATE,
    )


_WORD = 24
"""So many characters a word may have without being broken."""


def _is_long(text: str) -> bool:
    return any(len(word) > _WORD for word in text.split())


def _legible(value: Any) -> Any:
    """Take out of every text what no page may hold, and leave what is markup as it is."""
    return legible(value) if type(value) is str else value
