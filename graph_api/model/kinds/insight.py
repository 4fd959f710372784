"""What was learned, and what it rests on."""

from graph_api.model.choices import (
    EvidenceSort,
    HypothesisVerdict,
    InsightStatus,
    InsightSubject,
    InsightType,
)
from graph_api.model.declare import Entity, own
from graph_api.model.values import Count, Day, Score, Share, Text, Url, Word


class Insight(Entity):
    """Something learned about customers, the market or a competitor: a pain, a gain, an unmet need, an observation."""

    type: InsightType | None = own("What it says.", ordered=True, substance=True)
    insight_subject: InsightSubject | None = own("Whom it is about.", ordered=True, substance=True)
    statement: Text | None = own("The finding in full, where the name is only its short form.", substance=True)
    severity: Score | None = own("How much it matters to those it concerns, 0 to 10.", ordered=True, substance=True)
    insight_status: InsightStatus | None = own("How sure it is.", ordered=True, substance=True)
    reach: Share | None = own(
        "The share of the population it concerns, 0 to 1; never the share of a study's participants.",
        ordered=True,
        substance=True,
    )


class Evidence(Entity):
    """A piece of what was seen, said or counted."""

    plural = "evidence"

    evidence_sort: EvidenceSort | None = own("Where it comes from.", ordered=True, substance=True)
    quote: Text | None = own("Words as they were said.", substance=True)
    url: Url | None = own("Where it can be read.")
    collected_on: Day | None = own("The day it was collected.", ordered=True, substance=True)


class Study(Entity):
    """A piece of research."""

    plural = "studies"

    study_method: Word | None = own("How it was done.", substance=True)
    fielded_from: Day | None = own("The first day in the field.", ordered=True)
    fielded_to: Day | None = own("The last day in the field.", ordered=True)
    participants: Count | None = own("How many took part.", ordered=True, substance=True)
    source: Text | None = own("Where it is published or kept.")


class Hypothesis(Entity):
    """Something that is assumed and can be tested."""

    plural = "hypotheses"

    assumption: Text | None = own("What is assumed.", substance=True)
    hypothesis_verdict: HypothesisVerdict | None = own("What became of it.", ordered=True, substance=True)
