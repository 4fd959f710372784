"""The parts of statements that read KPIs and their measurements, for all questions about numbers alike.

`{{kpi_row}}` reads a variable `kpi`: its number, its id, its key, then `KPI_FIELDS`. `{{measurement_row}}` reads a
variable `m`: its id, then `MEASUREMENT_FIELDS`, and a list of what it was measured for, each with number, id, kind and
key: none is everybody. `{{own}}` tells whether `m` is of our own, and `{{for_all}}` whether it is for everybody. Days
are ISO 8601 texts. See questions/figures/kpi.py for what becomes of them.
"""

from graph_api.model import MODEL

KPI_FIELDS = (
    "kpiMethod",
    "variant",
    "unit",
    "direction",
    "scaleMin",
    "scaleMax",
    "goodFrom",
    "badTo",
    "aggregate",
    "baseline",
    "baselineOn",
    "target",
    "targetBy",
    "holdBand",
    "weight",
)
"""The own fields read of a KPI."""

MEASUREMENT_FIELDS = (
    "measuredOn",
    "value",
    "sampleSize",
    "counts",
    "countedBy",
    "measurementSubject",
    "competitor",
    "respondentSide",
)
"""The own fields read of a measurement."""


def _fields(kind: str, variable: str, names: tuple[str, ...]) -> str:
    properties = MODEL.kinds[kind].properties
    return ", ".join(
        f"toString({variable}.{name})" if properties[name].type.graphql == "Date" else f"{variable}.{name}"
        for name in names
    )


def placeholders() -> dict[str, str]:
    """Return what the placeholders of the statements about KPIs stand for."""
    parts = (
        "COLLECT { MATCH (m)-[:MEASURED_FOR]->(part) "
        "RETURN [id(part), part.id, head([label IN labels(part) WHERE label <> 'Entity']), part.key] }"
    )
    return {
        "kpi_row": f"[id(kpi), kpi.id, kpi.key, {_fields('KPI', 'kpi', KPI_FIELDS)}]",
        "own": "coalesce(m.measurementSubject, 'OWN') = 'OWN' AND m.competitor IS NULL",
        "for_all": "NOT EXISTS { (m)-[:MEASURED_FOR]->() }",
        "measurement_row": f"[m.id, {_fields('Measurement', 'm', MEASUREMENT_FIELDS)}, {parts}]",
    }
