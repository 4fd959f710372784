"""Figures that must agree with each other: a measurement's value with its counts, a part with its whole. Pure."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

from graph_api.model.choices import CountedBy, KPIAggregate, KPIMethod, KPIVariant
from graph_api.model.presets import preset_of

AT_MOST: Mapping[str, tuple[tuple[str, str], ...]] = {
    "HAS_NEED": (("important", "respondents"), ("satisfied", "respondents")),
    "BACKS": (("support", "of"),),
}
"""By link type: which count is part of which other one."""

ROUNDED = 0.5
"""How far a value may be from what its counts give: it may have been rounded to a whole number."""

COUNTING = ("kpiMethod", "variant", "scaleMin", "scaleMax", "aggregate", "goodFrom", "badTo")
"""The properties of a KPI that say what is counted and how counts become a value."""

_COHORTS: Mapping[str, str] = {
    KPIVariant.LOGO: CountedBy.ACCOUNT,
    KPIVariant.GROSS_REVENUE: CountedBy.REVENUE,
    KPIVariant.NET_REVENUE: CountedBy.REVENUE,
}


@dataclass(frozen=True, slots=True)
class Counting:
    """How answers become one value: as the KPI says, else as the preset of its method and scale."""

    aggregate: str | None
    good_from: float | None
    bad_to: float | None

    @property
    def _way(self) -> int:
        # Turned over, a scale on which low is good is like any other.
        return _way(self.good_from, self.bad_to)

    def is_good(self, answer: float) -> bool | None:
        """Tell whether an answer is good; null where nobody says which are."""
        return None if self.good_from is None else self._way * answer >= self._way * self.good_from

    def is_bad(self, answer: float) -> bool | None:
        """Tell whether an answer is bad; null where nobody says which are."""
        return None if self.bad_to is None else self._way * answer <= self._way * self.bad_to


@dataclass(frozen=True, slots=True)
class Split:
    """How many answers were good, and how many bad, of all; null where nobody says which are."""

    good: int | None
    bad: int | None
    all: int


def _way(good: float | None, bad: float | None) -> int:
    return -1 if good is not None and bad is not None and good < bad else 1


def counting_of(kpi: Mapping[str, Any]) -> Counting:
    """Say how a KPI's answers become one value; `kpi` has its properties, of which `COUNTING` are read.

    A preset's good or bad answers are taken only where they do not turn over the scale that the KPI describes.
    """
    preset = preset_of(kpi)
    aggregate, good, bad = (kpi.get(name) for name in ("aggregate", "goodFrom", "badTo"))
    if preset is None:
        return Counting(aggregate, good, bad)
    whole = (preset.good_from if good is None else good), (preset.bad_to if bad is None else bad)
    if _way(*whole) == _way(preset.good_from, preset.bad_to):
        good, bad = whole
    return Counting(aggregate or preset.aggregate, good, bad)


def split(counting: Counting, answers: Iterable[tuple[float, int]]) -> Split:
    """Count the good and the bad answers; `answers` are each with how many gave it."""
    found = list(answers)
    good = None if counting.good_from is None else sum(count for answer, count in found if counting.is_good(answer))
    bad = None if counting.bad_to is None else sum(count for answer, count in found if counting.is_bad(answer))
    return Split(good, bad, sum(count for _, count in found))


def value_of(kpi: Mapping[str, Any], counts: Iterable[str]) -> float | None:
    """Work out a measurement's value from how many gave each answer.

    `kpi` has the KPI's properties, `counts` the answers in stored form. NET is 100·(good - bad)/n, TOP_BOX 100·good/n,
    MEAN the mean answer (DESIGN, Numbers: NPS = 100·(promoters - detractors)/n). None where neither the KPI nor a
    preset says how, or nobody answered. Where low answers are good, `goodFrom` lies below `badTo`.
    """
    answers: list[tuple[float, int]] = [(part["answer"], part["count"]) for part in map(json.loads, counts)]
    counting = counting_of(kpi)
    parts = split(counting, answers)
    if not parts.all:
        return None
    match counting.aggregate:
        case KPIAggregate.MEAN:
            mean = sum(answer * count for answer, count in answers) / parts.all
            return mean if isfinite(mean) else None
        case KPIAggregate.TOP_BOX if parts.good is not None:
            return 100 * parts.good / parts.all
        case KPIAggregate.NET if parts.good is not None and parts.bad is not None:
            return 100 * (parts.good - parts.bad) / parts.all
        case _:
            return None


def cohort(kpi: Mapping[str, Any]) -> str | None:
    """Say what must be counted for a KPI: accounts or revenue, by its variant of retention; null where anything may."""
    return _COHORTS.get(kpi.get("variant") or "") if kpi.get("kpiMethod") == KPIMethod.RETENTION else None


def other_cohort(kpi: Mapping[str, Any], counted_by: str | None) -> str | None:
    """Say how a measurement counts something else than its KPI's variant of retention means, or nothing."""
    wanted = cohort(kpi)
    if wanted is None or counted_by is None or counted_by == wanted:
        return None
    variant = kpi["variant"]
    return f"countedBy is {counted_by}, and {variant} counts by {wanted}; measure it for another KPI, or correct one"


def contradiction(value: float, kpi: Mapping[str, Any], counts: Iterable[str]) -> str | None:
    """Say how a value contradicts its counts, or nothing."""
    right = value_of(kpi, counts)
    if right is None or abs(value - right) <= ROUNDED:
        return None
    return f"value is {value:g}, and the counts give {right:.4g}; leave the value out, or correct one of them"


def against_kpi(
    kpi: Mapping[str, Any], value: float | None, counts: Iterable[str], counted_by: str | None
) -> Iterator[tuple[str, str]]:
    """Name the fields of a measurement that go against its KPI, each with a sentence."""
    if words := other_cohort(kpi, counted_by):
        yield "countedBy", words
    if value is not None and (words := contradiction(value, kpi, counts)):
        yield "value", words


def too_many(link_type: str, properties: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Name the counts of a link that are more than their whole, each with a sentence."""
    for part, whole in AT_MOST.get(link_type, ()):
        some, all_ = properties.get(part), properties.get(whole)
        if some is not None and all_ is not None and some > all_:
            yield part, f"{part} is {some} of {whole} {all_}, which is more than all; correct one of them"
