"""A KPI and its measurements, as all questions about numbers read them. Pure.

Facts: the placeholders `kpi_row` and `measurement_row`, see store/measured.py.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph_api.compile.question import Found
from graph_api.model.choices import MeasurementSubject
from graph_api.questions.scope import Number


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
