"""`graph-api ask`: the questions that the graph answers, one module a question."""

import typer

from graph_api.cli.ask import (
    coverage,
    evidence_health,
    gaps,
    impact,
    importance_satisfaction,
    moments_of_truth,
    need_scores,
    needs_review,
    promises,
)

app = typer.Typer(
    help="Ask the graph: how far the thread leads, where it breaks, what would break.", no_args_is_help=True
)
app.command("coverage")(coverage.coverage)
app.command("evidence-health")(evidence_health.evidence_health)
app.command("gaps")(gaps.gaps)
app.command("impact")(impact.impact)
app.command("needs-review")(needs_review.needs_review)
app.command("moments-of-truth")(moments_of_truth.moments_of_truth)
app.command("importance-satisfaction")(importance_satisfaction.importance_satisfaction)
app.command("need-scores")(need_scores.need_scores)
app.command("promises")(promises.promises)
