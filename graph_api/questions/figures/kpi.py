"""A KPI and its measurements, as all questions about numbers read them. Pure.

Facts: the placeholders `kpi_row` and `measurement_row`, see store/measured.py.

A KPI's *own total series* is what tells how it goes: measurements of our own, for everybody, one a day. Different
people may be asked the same: customers, partners, employees. The series is that of customers, or where none of them
ever answered, of partners, else of employees; answers of which nobody says who gave them count with whichever it is.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any

from graph_api.change.figures import Counting, counting_of, other_cohort, value_of
from graph_api.compile.question import Found
from graph_api.model.choices import MeasurementSubject, PersonaSide
from graph_api.questions.thread.scope import Number

SIDES: tuple[str | None, ...] = (PersonaSide.CUSTOMER, PersonaSide.PARTNER, PersonaSide.EMPLOYEE, None)
"""Who answers: of several measurements of one day that of the first of these counts."""

FRESH = 92
"""For so many days a measurement tells the value: a quarter."""

_PERCENT = frozenset({"%", "percent", "per cent", "percentage"})


@dataclass(frozen=True, slots=True)
class KPI:
    """What a KPI says about its numbers; see model.kinds.strategy.KPI for the fields. Days are ISO 8601."""

    number: Number
    id: str
    key: str
    method: str | None
    variant: str | None
    unit: str | None
    direction: str | None
    scale_min: float | None
    scale_max: float | None
    good_from: float | None
    bad_to: float | None
    aggregate: str | None
    baseline: float | None
    baseline_on: str | None
    target: float | None
    target_by: str | None
    hold_band: float | None
    weight: float | None

    @property
    def kpi(self) -> Found:
        """The KPI, for hydration."""
        return Found(self.id, "KPI")

    @property
    def counting(self) -> Counting:
        """How answers become one value."""
        return counting_of(self.says)

    @property
    def says(self) -> dict[str, Any]:
        """What it says of counting, by the names of its properties; see change.figures.COUNTING."""
        return {
            "kpiMethod": self.method,
            "variant": self.variant,
            "scaleMin": self.scale_min,
            "scaleMax": self.scale_max,
            "aggregate": self.aggregate,
            "goodFrom": self.good_from,
            "badTo": self.bad_to,
        }

    @property
    def whole(self) -> float | None:
        """Which value of a rate is all: 100 or 1; null where neither the unit nor the scale says so."""
        return whole_of(self.unit, self.scale_max)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of everybody for whom something was measured: a segment, say, or a channel."""

    number: Number
    id: str
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Measurement:
    """One value of a KPI; see model.kinds.strategy.Measurement for the fields."""

    id: str
    day: str | None
    value: float | None
    sample_size: int | None
    counts: Sequence[str] | None
    """How many gave each answer, in stored form."""
    counted_by: str | None
    subject: str | None
    competitor: str | None
    side: str | None
    parts: Sequence[Part]
    """For whom it was measured; nobody named is everybody."""

    @property
    def own(self) -> bool:
        """Whether it is our own value, not a competitor's."""
        return self.subject != MeasurementSubject.COMPETITOR and self.competitor is None

    @property
    def total(self) -> bool:
        """Whether it is for everybody, not for a part of them."""
        return not self.parts

    @property
    def responses(self) -> int | None:
        """How many answers were counted; of revenue, how much of it answered. Null where nobody counted."""
        return sum(count for _, count in self.answers()) or None

    def answers(self) -> list[tuple[float, int]]:
        """Return each answer and how many gave it."""
        return [(part["answer"], part["count"]) for part in map(json.loads, self.counts or ())]


def read_kpi(row: Sequence[Any]) -> KPI:
    """Turn a row `kpi_row` into its names."""
    return KPI(*row)


def read_measurement(row: Sequence[Any]) -> Measurement:
    """Turn a row `measurement_row` into its names."""
    *own, parts = row
    return Measurement(*(*own, [Part(*part) for part in parts]))


def whole_of(unit: str | None, highest: float | None) -> float | None:
    """Say which value of a rate is all: 100 or 1; null where neither its unit nor its highest value says so."""
    if (unit is not None and unit.casefold() in _PERCENT) or highest == 100:  # noqa: PLR2004 - percent
        return 100.0
    return 1.0 if highest == 1 else None


def value(kpi: KPI, measurement: Measurement) -> float | None:
    """Return a measurement's value in the KPI's unit: what its counts give, else the value as it was typed in."""
    found = value_of(kpi.says, measurement.counts or ())
    found = measurement.value if found is None else found
    return found if found is None or isfinite(found) else None


def misfit(kpi: KPI, measurement: Measurement) -> bool:
    """Tell whether a measurement of retention counted something else than its KPI's variant means.

    See change.figures: LOGO counts accounts, GROSS_REVENUE and NET_REVENUE count revenue.
    """
    return other_cohort(kpi.says, measurement.counted_by) is not None


def mixed(kpi: KPI, measurements: Iterable[Measurement]) -> bool:
    """Tell whether measurements of one KPI counted different things, so that they are no one series."""
    found = list(measurements)
    counted = {one.counted_by for one in found if one.counted_by is not None}
    return len(counted) > 1 or any(misfit(kpi, one) for one in found)


def usable(kpi: KPI, measurements: Iterable[Measurement], on: str) -> list[Measurement]:
    """Return the measurements that have a value and a day, none after `on`; the oldest first."""
    known = [one for one in measurements if one.day is not None and one.day <= on and value(kpi, one) is not None]
    return sorted(known, key=lambda one: (one.day, one.id))


def total_series(kpi: KPI, measurements: Iterable[Measurement], on: str) -> list[Measurement]:
    """Return a KPI's own total series (see above) up to a day, the oldest first: one a day, each with a value.

    Where two are of one day, that of which somebody says who answered comes before the other; then the id decides.
    """
    return one_a_day(usable(kpi, (one for one in measurements if one.own and one.total), on))


def one_a_day(found: Iterable[Measurement]) -> list[Measurement]:
    """Choose among measurements of the same people asked: those of one side and of unknown people, one a day."""
    measurements = list(found)
    sides = {one.side for one in measurements}
    side = next((side for side in SIDES if side in sides), None)
    days: dict[str, Measurement] = {}
    for one in sorted(measurements, key=lambda one: (one.day or "", one.side is None, one.id)):
        if one.side in {side, None}:
            days.setdefault(one.day or "", one)
    return list(days.values())


def fresh(on: str, wanted: str) -> bool:
    """Tell whether a value of one day still tells that of another: it is not more than `FRESH` days older."""
    return (date.fromisoformat(wanted) - date.fromisoformat(on)).days <= FRESH


def latest(series: Sequence[Measurement]) -> Measurement | None:
    """Return the last of a series."""
    return series[-1] if series else None
