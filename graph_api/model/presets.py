"""Presets: how answers become one value where a KPI does not say so itself. Pure declarations.

A KPI that leaves `aggregate`, `goodFrom` or `badTo` empty has them from the preset of its method and scale. Where no
preset fits, nothing is assumed, and no value follows from counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_api.model.choices import KPIAggregate, KPIMethod


@dataclass(frozen=True, slots=True)
class Preset:
    """What a usual survey question counts as good and as bad."""

    name: str
    method: KPIMethod
    scale: tuple[float, float]
    """The lowest and the highest answer."""
    aggregate: KPIAggregate
    good_from: float
    bad_to: float
    usual: bool = False
    """Whether its method has this scale always, so that a KPI need not say it."""


PRESETS: tuple[Preset, ...] = (
    # F. Reichheld, The one number you need to grow, Harvard Business Review 81(12), 2003: promoters answer 9 or 10,
    # detractors 0 to 6.
    Preset("NPS", KPIMethod.NPS, (0, 10), KPIAggregate.NET, 9, 6, usual=True),
    # The share of the two best of five answers.
    Preset("CSAT5", KPIMethod.CSAT, (1, 5), KPIAggregate.TOP_BOX, 4, 2),
    # M. Dixon, K. Freeman and N. Toman, Stop trying to delight your customers, Harvard Business Review 88(7/8), 2010:
    # effort from 1, very low, to 5; told as the mean. Less is better.
    Preset("CES1", KPIMethod.CES, (1, 5), KPIAggregate.MEAN, 2, 4),
    # The same authors' later question, whether it was made easy, from 1, disagree, to 7: the share who agree.
    Preset("CES2", KPIMethod.CES, (1, 7), KPIAggregate.TOP_BOX, 5, 3),
)


def preset_of(kpi: Mapping[str, Any]) -> Preset | None:
    """Return the preset that a KPI falls back on, by its method and both ends of its scale; `kpi` has its properties.

    NPS is asked on a scale of 0 to 10, which need not be said; 1 to 5 and 1 to 7 need to be.
    """
    said = kpi.get("scaleMin"), kpi.get("scaleMax")
    for preset in PRESETS:
        ends = zip(said, preset.scale, strict=True)
        fits = all(one == end or (one is None and preset.usual) for one, end in ends)
        if kpi.get("kpiMethod") == preset.method and fits:
            return preset
    return None
