"""`graph-api ask evidence-health`: what the insights rest on, and what research should test next."""

from typing import TYPE_CHECKING, Any

from graph_api.cli.answer import answer
from graph_api.cli.ask.page import After, Limit, tell_rest
from graph_api.cli.ask.scope import On, Tag, Within, asked_of
from graph_api.cli.entity import named, reference
from graph_api.cli.terminal import Json, console, echo_json, told

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

QUERY = """
query EvidenceHealth($scope: Scope, $on: Date, $first: Int, $after: String) {
  evidenceHealth(scope: $scope, on: $on) {
    on
    insightsByStatus { insightStatus count }
    insightsByRestsOn { restsOn count }
    withEvidence
    withoutEvidence
    contradicted
    evidence
    evidenceBySort { evidenceSort count }
    evidenceWithoutStudy
    studies
    participants
    participantsUnknown
    hypothesesByVerdict { hypothesisVerdict count }
    opportunitiesOnAssumption(first: 200) {
      totalCount
      nodes { opportunity { __typename key name } insights { __typename key name } severity }
    }
    testNext(first: $first, after: $after) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        subject { __typename key name }
        score
        scoreAtMost
        valueAtStake
        severity
        severityUnknown { __typename key }
        propositions
        initiatives
        ignorance
        restsOn
        hypothesisVerdict
        studies
      }
    }
  }
}
"""
KEY_WIDTH = 30


def evidence_health(
    *,
    within: Within = None,
    tag: Tag = None,
    on: On = None,
    limit: Limit = 10,
    after: After = None,
    as_json: Json = False,
) -> None:
    """Tell what the insights rest on, what rests on assumption alone, and what research should test next."""
    with told():
        variables = {**asked_of(within, tag, on), "first": limit, "after": after}
        found = answer(QUERY, variables)["evidenceHealth"]
        if as_json:
            echo_json(found)
        else:
            _show(found)


def _show(found: dict[str, Any]) -> None:
    from graph_api.cli.table import show

    out = console()
    insights = found["withEvidence"] + found["withoutEvidence"]
    hypotheses = sum(one["count"] for one in found["hypothesesByVerdict"])
    if not insights and not hypotheses:
        out.print(f"{found['on']}: There are no insights and no hypotheses here.")
        return
    out.print(
        f"{found['on']}: {insights} insights ({_counts(found['insightsByStatus'], 'insightStatus')}), "
        f"{found['withoutEvidence']} without evidence, {found['contradicted']} contradicted."
    )
    people = "an unknown number of" if found["participants"] is None else found["participants"]
    studies = "1 study" if found["studies"] == 1 else f"{found['studies']} studies"
    unknown = f" ({found['participantsUnknown']} unknown)" if found["participantsUnknown"] else ""
    out.print(
        f"{found['evidence']} pieces of evidence ({_counts(found['evidenceBySort'], 'evidenceSort')}), "
        f"{found['evidenceWithoutStudy']} from no study, the others from {studies} with {people} "
        f"participants{unknown}."
    )
    out.print(f"{hypotheses} hypotheses ({_counts(found['hypothesesByVerdict'], 'hypothesisVerdict')}).\n")
    if insights:
        show(out, _rests(found["insightsByRestsOn"], insights))
    _show_opportunities(out, found["opportunitiesOnAssumption"])
    if found["testNext"]["nodes"]:
        out.print("\nWhat research should test next, by severity · (1 + what rests on it) · ignorance:\n")
        show(out, _tests(found["testNext"]["nodes"], out))
    tell_rest(out, found["testNext"], "candidates")


def _counts(counts: list[dict[str, Any]], name: str) -> str:
    """Say how many there are of each, leaving out of what there is none."""
    return ", ".join(f"{one['count']} {one[name] or 'unknown'}" for one in counts if one["count"]) or "none"


def _rests(counts: list[dict[str, Any]], insights: int) -> "Table":
    from graph_api.cli.bar import of_share, percent
    from graph_api.cli.table import table

    shown = table("insights rest on", "", "", "share", numbers=("share",))
    for one in counts:
        share = one["count"] / insights
        shown.add_row(one["restsOn"], str(one["count"]), of_share(share), percent(share))
    return shown


def _show_opportunities(out: "Console", found: dict[str, Any]) -> None:
    from rich.text import Text

    if found["totalCount"]:
        out.print(f"\nOn nothing but assumption: {found['totalCount']}")
        for one in found["nodes"]:
            insights = ", ".join(reference(insight) for insight in one["insights"])
            out.print(Text.assemble("- ", named(one["opportunity"]), f" (from {insights})"))


def _tests(found: list[dict[str, Any]], out: "Console") -> "Table":
    from graph_api.cli.table import cell, table

    numbers = ("score", "at most", "severity", "rest on it", "ignorance")
    shown = table("test", *numbers, "known", numbers=numbers, leading=int(out.is_terminal))
    # A key that is broken over two lines cannot be copied.
    shown.columns[0].min_width = min(KEY_WIDTH, max(len(reference(one["subject"])) for one in found))
    for one in found:
        figures = (None if one[name] is None else round(one[name], 1) for name in ("score", "scoreAtMost", "severity"))
        resting = one["propositions"] + one["initiatives"]
        known = one["restsOn"] or one["hypothesisVerdict"] or "no verdict"
        shown.add_row(named(one["subject"]), *map(cell, figures), str(resting), cell(one["ignorance"]), known)
    return shown
