"""KPIs and measurements made up for tests."""

import json
from dataclasses import replace
from typing import Any

from graph_api.change.changeset import EntityChange, LinkChange, Mode, Ref
from graph_api.questions.figures.kpi import KPI, Measurement

NOTHING = KPI(1, "k", "k", *[None] * 15)
MARKS = replace(
    NOTHING,
    method="CSAT",
    unit="percent",
    direction="UP",
    scale_min=1,
    scale_max=5,
    baseline=50,
    baseline_on="2026-01-01",
    target=90,
    target_by="2026-12-31",
)
NPS = replace(NOTHING, method="NPS", direction="UP")
RATE = replace(NOTHING, method="RATE", unit="percent", direction="UP")
KEPT = replace(NOTHING, method="RETENTION", variant="LOGO", unit="percent", direction="UP")
MARGIN = replace(RATE, direction="HOLD", target=31, hold_band=1.5)


def counts(**given: int) -> list[str]:
    return [json.dumps({"answer": float(answer[1:]), "count": count}) for answer, count in given.items()]


def measured(value: float | None = None, **others: Any) -> Measurement:
    base = Measurement("m", "2026-10-31", value, None, None, None, None, None, None, ())
    return replace(base, **others)


def made(kpi: str, key: str, *whom: Ref, **fields: Any) -> tuple[EntityChange, tuple[LinkChange, ...]]:
    """Write a measurement of a KPI on the day of the story, for everybody or a part of them."""
    one = Ref("Measurement", key)
    links = (
        LinkChange("HAS_MEASUREMENT", Ref("KPI", kpi), one),
        *(LinkChange("MEASURED_FOR", one, part) for part in whom),
    )
    return EntityChange(Mode.CREATE, "Measurement", key, {"measuredOn": "2026-11-01", **fields}), links
