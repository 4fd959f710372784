"""`graph-api ask`: the questions that the graph answers, one module a question."""

import typer

from graph_api.cli.ask import (
    accountability,
    business_value,
    collaboration,
    compare_journeys,
    coverage,
    decisions,
    evidence_health,
    forecast_realism,
    fronts,
    gaps,
    goals,
    handoffs,
    impact,
    importance_satisfaction,
    initiative_effects,
    journey_complexity,
    journey_map,
    kpi_drivers,
    kpis,
    moments_of_truth,
    need_scores,
    needs_review,
    overlap,
    promises,
    search,
    unowned,
)

app = typer.Typer(
    help="Ask the graph: how far the thread leads, where it breaks, what would break.", no_args_is_help=True
)
app.command("coverage")(coverage.coverage)
app.command("decisions")(decisions.decisions)
app.command("evidence-health")(evidence_health.evidence_health)
app.command("gaps")(gaps.gaps)
app.command("impact")(impact.impact)
app.command("needs-review")(needs_review.needs_review)
app.command("moments-of-truth")(moments_of_truth.moments_of_truth)
app.command("importance-satisfaction")(importance_satisfaction.importance_satisfaction)
app.command("need-scores")(need_scores.need_scores)
app.command("promises")(promises.promises)
app.command("kpis")(kpis.kpis)
app.command("goals")(goals.goals)
app.command("kpi-drivers")(kpi_drivers.kpi_drivers)
app.command("business-value")(business_value.business_value)
app.command("search")(search.search)
app.command("accountability")(accountability.accountability)
app.command("collaboration")(collaboration.collaboration)
app.command("handoffs")(handoffs.handoffs)
app.command("unowned")(unowned.unowned)
app.command("initiative-effects")(initiative_effects.initiative_effects)
app.command("forecast-realism")(forecast_realism.forecast_realism)
app.command("journey-map")(journey_map.journey_map)
app.command("compare-journeys")(compare_journeys.compare_journeys)
app.command("journey-complexity")(journey_complexity.journey_complexity)
app.command("fronts")(fronts.fronts)
app.command("overlap")(overlap.overlap)
