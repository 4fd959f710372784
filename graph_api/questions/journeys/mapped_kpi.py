"""What the KPIs of a journey say, for those who are looked at. Pure.

Facts: the list `kpis` of cypher/journey_map.cypher.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from graph_api.compile.question import Found
from graph_api.questions.figures.kpi import KPI, Measurement, Part, latest, misfit, one_a_day, usable, value
from graph_api.questions.journeys.audience import Audience
from graph_api.questions.thread.scope import Number


@dataclass(frozen=True, slots=True)
class MappedValue:
    """The latest value of a KPI for somebody."""

    part: Part | None
    value: float | None
    measurement: Measurement

    @property
    def measured_for(self) -> Found | None:
        """For which persona or segment; null is everybody."""
        return Found(self.part.id, self.part.kind) if self.part else None

    @property
    def measured_on(self) -> str | None:
        """When, ISO 8601."""
        return self.measurement.day

    @property
    def sample_size(self) -> int | None:
        """Of how many."""
        return self.measurement.sample_size

    @property
    def respondent_side(self) -> str | None:
        """Who answered."""
        return self.measurement.side


@dataclass(frozen=True)
class MappedKPI:
    """A KPI that measures a place of the journey, and what it says."""

    measuring: KPI
    values: Sequence[MappedValue]

    @property
    def kpi(self) -> Found:
        """The KPI."""
        return self.measuring.kpi


def kpi_values(
    kpi: KPI, measurements: Iterable[Measurement], places: Sequence[Number], audience: Audience, on: str
) -> list[MappedValue]:
    """Choose the latest values of a KPI at a place: of those looked at, else of everybody.

    `places` are that place and its journey. Where nobody chose who is looked at, everybody comes first, and parts only
    where nothing is known of everybody. What was measured at this place alone counts before what was measured of the
    journey alone, and both before what was measured of all that the KPI measures.
    """
    series: dict[Part | None, list[Measurement]] = defaultdict(list)
    for one in usable(kpi, measurements, on):
        whom = [part for part in one.parts if part.number not in places]
        if one.own and not misfit(kpi, one) and len(whom) <= 1 and audience.numbers.issuperset(p.number for p in whom):
            series[whom[0] if whom else None].append(one)
    everybody, parts = [None], sorted((part for part in series if part), key=lambda part: (part.kind, part.key))
    for wanted in (parts, everybody) if audience.asked else (everybody, parts):
        values = []
        for part in wanted:
            last = latest(one_a_day(_nearest(series[part], places)))
            if last:
                values.append(MappedValue(part, value(kpi, last), last))
        if values:
            return values
    return []


def _nearest(series: Sequence[Measurement], places: Sequence[Number]) -> Sequence[Measurement]:
    """Keep what was measured at the first of the places of which anything was, else all."""
    for place in places:
        here = [one for one in series if any(part.number == place for part in one.parts)]
        if here:
            return here
    return series
