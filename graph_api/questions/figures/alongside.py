"""Alongside: what else was at work while a number moved, and what of it could account for that as well. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph_api.compile.question import Found
from graph_api.questions.connection import Sorting, term
from graph_api.questions.figures.comparison import Comparison, Members
from graph_api.questions.figures.initiative import AlongsideReason, Days, Initiative
from graph_api.questions.thread.scope import Number

_COUNTING = frozenset(AlongsideReason) - {AlongsideReason.SAME_JOURNEY}
"""What makes another initiative one that could account for a change."""


def paired(pairs: Iterable[Sequence[Number]]) -> dict[Number, list[Number]]:
    """Gather the second of each pair by the first."""
    found: dict[Number, list[Number]] = defaultdict(list)
    for one, other in pairs:
        found[one].append(other)
    return dict(found)


@dataclass(frozen=True)
class Alongside:
    """Another initiative that was at work in the window."""

    other: Initiative
    reasons: Sequence[AlongsideReason]
    """What both have in common."""
    at_work: bool | None
    """Whether it was at work in the window; null where its days do not say."""
    accounts: bool | None
    """Whether it could account for the change as well; null where nobody knows when it came or went."""

    @property
    def initiative(self) -> Found:
        """The other one."""
        return self.other.found


ALONGSIDE_ORDER: Sorting[Alongside] = Sorting((term("key", str),), lambda one: [one.other.key])


@dataclass(frozen=True)
class Surroundings:
    """All that is known around the initiatives that are asked about."""

    initiatives: Mapping[Number, Initiative]
    members: Members
    drivers: Mapping[Number, Sequence[Number]]
    """The KPIs that drive a KPI, directly or over one or two others."""

    @cached_property
    def _by_kpi(self) -> Mapping[Number, list[Number]]:
        return paired((kpi, one.number) for one in self.initiatives.values() for kpi in one.kpis)

    @cached_property
    def _by_place(self) -> Mapping[Number, list[Number]]:
        return paired(
            (place, one.number) for one in self.initiatives.values() for place in one.touchpoints | one.journeys
        )

    def near(self, initiative: Initiative, kpi: Number) -> list[Initiative]:
        """Return the others that are to move a KPI or what drives it, or share a place with an initiative."""
        numbers = {number for moved in (kpi, *self.drivers.get(kpi, ())) for number in self._by_kpi.get(moved, ())}
        for place in initiative.touchpoints | initiative.journeys:
            numbers.update(self._by_place.get(place, ()))
        return [self.initiatives[number] for number in numbers - {initiative.number}]

    def alongside(
        self, initiative: Initiative, kpi: Number, days: Days, comparison: Comparison | None
    ) -> list[Alongside]:
        """Return what else was at work on some days; `comparison` is that on which a verdict rests, if any."""
        found: list[Alongside] = []
        for other in self.near(initiative, kpi):
            at_work, reasons = other.at_work(days), other.in_common(initiative, kpi, self.drivers.get(kpi, ()))
            if at_work is False:
                continue
            # What befell those reached and the others alike, their comparison has cancelled out.
            counts = comparison is None or other.divides(comparison.kind, *comparison.numbers)
            accounts = other.came_or_went(days) if counts and _COUNTING.intersection(reasons) else False
            found.append(Alongside(other, reasons, at_work, accounts))
        return ALONGSIDE_ORDER.sort(found)
