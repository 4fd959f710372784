"""`graph-api ask`: the questions that the graph answers, one module a question."""

import typer

from graph_api.cli.ask import coverage, gaps, impact, needs_review

app = typer.Typer(
    help="Ask the graph: how far the thread leads, where it breaks, what would break.", no_args_is_help=True
)
app.command("coverage")(coverage.coverage)
app.command("gaps")(gaps.gaps)
app.command("impact")(impact.impact)
app.command("needs-review")(needs_review.needs_review)
