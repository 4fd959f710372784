"""What a measurement tells of everybody: its value, and the interval in which the value for everybody lies. Pure.

By what the value is:

- NET (the net promoter score and its like), from counts of each answer: adjusted Wald.
- TOP_BOX, a RATE, and RETENTION counted by account, which are shares: Wilson. Counts, or the value and the sample size;
  then the nearest whole number of the sample stands for the share, as if all who were asked had answered.
- MEAN, from counts: Student, within the KPI's scale.
- Of anything else, an amount or a median for instance, a value alone does not say how far it may be off. Revenue is no
  sample of responses either: what is counted by REVENUE has no interval.

See `interval` for the sources. A term that is unknown is named, and the interval null.
"""

from dataclasses import dataclass
from functools import cached_property

from graph_api.change.figures import split
from graph_api.model.choices import CountedBy, KPIAggregate, KPIMethod, KPIVariant
from graph_api.model.values import Choice
from graph_api.questions.figures.exact import within_int
from graph_api.questions.figures.interval import Interval, mean, net, net_difference, share_difference, wilson
from graph_api.questions.figures.kpi import KPI, Measurement, misfit, value

_PERCENT = 100.0
_ASKED = frozenset({KPIMethod.NPS, KPIMethod.CSAT, KPIMethod.CES})


class IntervalMethod(Choice):
    """How an interval was found."""

    ADJUSTED_WALD = "ADJUSTED_WALD", "Of a net score: three answers added, then 1.96 standard errors (Rocks, 2016)."
    WILSON = "WILSON", "Of a share: Wilson's score interval (1927)."
    STUDENT_T = "STUDENT_T", "Of a mean: Student's t."


class KPITerm(Choice):
    """What must be known before a figure of a KPI is."""

    MEASUREMENT = "MEASUREMENT", "A measurement of our own, for everybody, up to the day."
    COHORT = "COHORT", "Measurements that all count the same, and for retention what its variant means."
    VARIANT = "VARIANT", "Which retention it is, or what was counted: accounts or revenue."
    AGGREGATE = "AGGREGATE", "How answers become one value: the KPI does not say, and no preset fits its scale."
    COUNTS = "COUNTS", "How many gave each answer."
    SAMPLE_SIZE = "SAMPLE_SIZE", "How many were asked."
    UNIT = "UNIT", "Whether a rate is in percent or a share of 0 to 1."
    SCALE = "SCALE", "A value on its scale: a share is never less than nothing or more than all."
    RESPONSES = "RESPONSES", "How many responses it comes from: revenue was counted, which is no sample."
    SPREAD = "SPREAD", "How far its values spread: an amount, a median or answers all the same do not say."
    ANNUAL_VALUE = (
        "ANNUAL_VALUE",
        "The annual value of those of whom revenue was counted; it is at least what answered.",
    )
    CURRENCY = "CURRENCY", "One currency of these annual values."
    BASELINE = "BASELINE", "The value it started from, other than its target."
    BASELINE_ON = "BASELINE_ON", "The day of the baseline."
    TARGET = "TARGET", "The value it should reach."
    TARGET_BY = "TARGET_BY", "The day by which it should, after that of the baseline."
    DIRECTION = "DIRECTION", "Which way it should go; the target lies that way from the baseline."
    HOLD_BAND = "HOLD_BAND", "How far from the target still counts as held."
    STALE = (
        "STALE",
        "A newer value: this one is more than 92 days older than the day, or than that of the target where it passed.",
    )
    TOO_LARGE = "TOO_LARGE", "Nothing: a number is too large to work with."
    POINTS = "POINTS", "Three values on different days, by which to tell a trend."


PLACES = {term: place for place, term in enumerate(KPITerm)}
"""In which order terms are named."""


def in_order(terms: set[KPITerm]) -> list[KPITerm]:
    """Name terms in their order."""
    return sorted(terms, key=PLACES.__getitem__)


@dataclass(frozen=True, slots=True)
class Sample:
    """What an interval is made of: answers that count for a value, those that count against it, and all."""

    good: int
    bad: int | None
    """Of a net score; null of a share."""
    made: int
    whole: float
    """What all of them are on the KPI's scale: 100 or 1."""

    @property
    def interval(self) -> Interval:
        """The interval, on the KPI's scale."""
        low, high = wilson(self.good, self.made) if self.bad is None else net(self.good, self.bad, self.made)
        return Interval(low * self.whole, high * self.whole)


def difference(one: Sample, other: Sample) -> Interval | None:
    """Return the interval of one value less another, of different people; null where they are of different sorts."""
    if one.whole != other.whole or (one.bad is None) != (other.bad is None):
        return None
    if one.bad is None or other.bad is None:
        low, high = share_difference((one.good, one.made), (other.good, other.made))
    else:
        low, high = net_difference((one.good, one.bad, one.made), (other.good, other.bad, other.made))
    return Interval(low * one.whole, high * one.whole)


@dataclass(frozen=True)
class Estimate:
    """A measurement of a KPI, none where nothing was measured, with its interval."""

    of: KPI
    measurement: Measurement | None
    refused: bool = False
    """Whether it stands in a series that mixes what was counted, so that its value means nothing."""

    @cached_property
    def _misfit(self) -> bool:
        return self.refused or (self.measurement is not None and misfit(self.of, self.measurement))

    @cached_property
    def value(self) -> float | None:
        """The value, in the KPI's unit."""
        return None if self.measurement is None or self._misfit else value(self.of, self.measurement)

    @cached_property
    def _found(self) -> tuple[Sample | None, set[KPITerm]]:
        """What its interval is made of, and what is missing; neither of a mean, see `_mean`."""
        if self.measurement is None or self.value is None:
            return None, {KPITerm.COHORT if self._misfit else KPITerm.MEASUREMENT}
        if self.measurement.counted_by == CountedBy.REVENUE:
            return None, {KPITerm.RESPONSES}
        counting, made = self.of.counting, self.measurement.responses
        if counting.aggregate == KPIAggregate.MEAN:
            return None, set() if made else {KPITerm.COUNTS}
        if counting.aggregate is not None and made:
            parts = split(counting, self.measurement.answers())
            bad = parts.bad if counting.aggregate == KPIAggregate.NET else None
            if parts.good is not None and (counting.aggregate == KPIAggregate.TOP_BOX or bad is not None):
                return Sample(parts.good, bad, parts.all, _PERCENT), set()
        return self._of_value()

    def _of_value(self) -> tuple[Sample | None, set[KPITerm]]:
        method, aggregate = self.of.method, self.of.counting.aggregate
        if aggregate == KPIAggregate.NET:
            # Whoever knows the counts lacks only which of them are good and which bad.
            counted = self.measurement is not None and self.measurement.responses
            return None, {KPITerm.AGGREGATE if counted else KPITerm.COUNTS}
        if aggregate == KPIAggregate.TOP_BOX:
            return self._of_share(_PERCENT)
        if method == KPIMethod.RATE:
            return self._of_share(self.of.whole)
        if method == KPIMethod.RETENTION:
            if {self.of.variant, self.counted_by} & {KPIVariant.LOGO, CountedBy.ACCOUNT}:
                return self._of_share(self.of.whole)
            return None, {KPITerm.RESPONSES if self.of.variant is not None else KPITerm.VARIANT}
        return None, {KPITerm.AGGREGATE if method in _ASKED else KPITerm.SPREAD}

    def _of_share(self, whole: float | None) -> tuple[Sample | None, set[KPITerm]]:
        size = self._size
        if whole is None or not size:
            return None, ({KPITerm.UNIT} if whole is None else set()) | ({KPITerm.SAMPLE_SIZE} if not size else set())
        if self.value is None or not 0 <= self.value <= whole:
            return None, {KPITerm.SCALE}
        return Sample(round(self.value / whole * size), None, size, whole), set()

    @property
    def sample(self) -> Sample | None:
        """What its interval is made of; null of a mean, and where there is none."""
        return self._found[0]

    @cached_property
    def _mean(self) -> Interval | None:
        """The interval of a mean, within the scale."""
        if self.sample is not None or self._found[1] or self.measurement is None:
            return None
        found = mean(self.measurement.answers())
        if found is None:
            return None
        lowest, highest = self.of.scale_min, self.of.scale_max
        low = found.low if lowest is None else max(lowest, found.low)
        high = found.high if highest is None else min(highest, found.high)
        # Of answers off their own scale an interval within it would say nothing.
        return Interval(low, high) if low <= high else found

    @cached_property
    def interval(self) -> Interval | None:
        """The interval with 95 % confidence."""
        return self.sample.interval if self.sample is not None else self._mean

    @property
    def low(self) -> float | None:
        """Its lower end."""
        return None if self.interval is None else self.interval.low

    @property
    def high(self) -> float | None:
        """Its upper end."""
        return None if self.interval is None else self.interval.high

    @property
    def interval_method(self) -> IntervalMethod | None:
        """How it was found."""
        if self.interval is None:
            return None
        if self.sample is None:
            return IntervalMethod.STUDENT_T
        return IntervalMethod.WILSON if self.sample.bad is None else IntervalMethod.ADJUSTED_WALD

    @property
    def terms(self) -> set[KPITerm]:
        """What is unknown of the value or its interval."""
        terms = self._found[1] or ({KPITerm.SPREAD} if self.interval is None else set())
        return terms | ({KPITerm.TOO_LARGE} if self._size is not None and self.sample_size is None else set())

    @property
    def missing(self) -> list[KPITerm]:
        """The same, in order."""
        return in_order(self.terms)

    @property
    def measured_on(self) -> str | None:
        """The day that the value stands for, ISO 8601."""
        return None if self.measurement is None else self.measurement.day

    @property
    def _size(self) -> int | None:
        if self.measurement is None:
            return None
        counted = None if self.measurement.counted_by == CountedBy.REVENUE else self.measurement.responses
        return self.measurement.sample_size or counted

    @property
    def sample_size(self) -> int | None:
        """How many were asked; where nobody says, how many answered. Null where an Int cannot hold that."""
        return within_int(self._size)

    @property
    def counted_by(self) -> str | None:
        """What was counted."""
        return None if self.measurement is None else self.measurement.counted_by

    @property
    def respondent_side(self) -> str | None:
        """On which side of the counter those stand who answered."""
        return None if self.measurement is None else self.measurement.side
