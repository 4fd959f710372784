"""What the organisation wants, and the numbers that tell whether it comes true."""

from graph_api.model.choices import (
    CountedBy,
    GoalLevel,
    KPIAggregate,
    KPIDirection,
    KPIMethod,
    KPIVariant,
    MeasurementSubject,
    PersonaSide,
)
from graph_api.model.declare import Entity, Record, own, several
from graph_api.model.values import Amount, AnswerCount, Count, Day, Real, Text, Word


class Goal(Entity):
    """Something the organisation wants to reach, from a vision down to an objective."""

    goal_level: GoalLevel | None = own("How far it reaches.", ordered=True)
    goal_horizon: Day | None = own("When it should be reached.", ordered=True, substance=True)


class Principle(Entity):
    """A rule of behaviour that the organisation has given itself: how we do it here."""

    behaviour: Text | None = own("The behaviour that is meant by it.", substance=True)


class KPI(Entity):
    """A number that tells how well something goes, with its scale, its baseline and its target."""

    plural = "kpis"

    kpi_method: KPIMethod | None = own("How the value is found.", substance=True, ordered=True)
    variant: KPIVariant | None = own("What exactly the method measures.", substance=True)
    unit: Word | None = own("The unit of its values, such as percent or days.", substance=True)
    direction: KPIDirection | None = own("Which way it should go.", substance=True)
    scale_min: Real | None = own("The lowest possible answer, on its own scale.", substance=True)
    scale_max: Real | None = own("The highest possible answer, on its own scale.", substance=True)
    good_from: Real | None = own("Answers from here on are good, on its own scale.", substance=True)
    bad_to: Real | None = own("Answers up to here are bad, on its own scale.", substance=True)
    aggregate: KPIAggregate | None = own("How answers become one value.", substance=True)
    baseline: Real | None = own("The value it started from, in its unit.", substance=True)
    baseline_on: Day | None = own("The day of the baseline.")
    target: Real | None = own("The value it should reach, in its unit.", substance=True)
    target_by: Day | None = own("The day by which it should.", substance=True, ordered=True)
    hold_band: Amount | None = own("For HOLD: how far from the target still counts as held, in its unit.")
    weight: Amount | None = own("How much it counts beside other KPIs, 0 or more.", ordered=True)


class Measurement(Record):
    """One value of one KPI on one day, for everybody or for a part of them."""

    natural_key = ("kpi", "measured_on", "measurement_subject", "competitor", "respondent_side", "measured_for")

    measured_on: Day | None = own("The day the value stands for.", ordered=True)
    value: Real | None = own("The value, in the KPI's unit.")
    sample_size: Count | None = own("How many were asked.")
    counts: list[AnswerCount] = several("How many gave each answer; the value then follows from them.")
    counted_by: CountedBy | None = own("What was counted.")
    measurement_subject: MeasurementSubject | None = own("Whose value it is.")
    competitor: Word | None = own("For COMPETITOR: which one.")
    source: Text | None = own("Where the value comes from.")
    respondent_side: PersonaSide | None = own("On which side of the counter the respondents stand.")
