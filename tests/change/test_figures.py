"""Figures that must agree: values with counts, parts with wholes."""

import json
from typing import Any

import pytest

from graph_api.change.apply import apply
from graph_api.change.changeset import ChangeSet, EntityChange, LinkChange, Mode, Ref
from graph_api.change.faults import ChangeRefused
from graph_api.change.figures import value_of
from graph_api.store.connection import Store


def counts(**given: int) -> list[str]:
    return [json.dumps({"answer": float(answer[1:]), "count": count}) for answer, count in given.items()]


@pytest.mark.parametrize(
    ("kpi", "given", "value"),
    [
        ({"kpiMethod": "NPS"}, {"_10": 4, "_9": 1, "_8": 3, "_3": 2}, 30.0),
        ({"kpiMethod": "NPS"}, {"_7": 5}, 0.0),
        ({"kpiMethod": "CSAT", "aggregate": "TOP_BOX", "goodFrom": 4.0}, {"_5": 3, "_4": 3, "_1": 2}, 75.0),
        ({"kpiMethod": "CES", "aggregate": "TOP_BOX", "goodFrom": 2.0, "badTo": 4.0}, {"_1": 3, "_5": 1}, 75.0),
        ({"kpiMethod": "CES", "aggregate": "MEAN"}, {"_1": 3, "_5": 1}, 2.0),
        ({"kpiMethod": "CSAT"}, {"_5": 3}, None),
        # Presets: of a scale of 1 to 5, 4 and 5 are content; effort of 1 to 5 is told as its mean; of 1 to 7, 5 to 7
        # agree that it was easy.
        ({"kpiMethod": "CSAT", "scaleMin": 1.0, "scaleMax": 5.0}, {"_5": 3, "_4": 3, "_3": 2}, 75.0),
        ({"kpiMethod": "CES", "scaleMin": 1.0, "scaleMax": 5.0}, {"_1": 3, "_5": 1}, 2.0),
        ({"kpiMethod": "CES", "scaleMin": 1.0, "scaleMax": 5.0, "aggregate": "TOP_BOX"}, {"_1": 3, "_5": 1}, 75.0),
        ({"kpiMethod": "CES", "scaleMin": 1.0, "scaleMax": 7.0}, {"_5": 3, "_4": 1}, 75.0),
        ({"kpiMethod": "CES"}, {"_5": 3, "_4": 1}, None),
        ({"kpiMethod": "NPS", "scaleMin": 1.0, "scaleMax": 5.0}, {"_5": 3}, None),
        # What the KPI says comes first, and a preset does not turn it over.
        ({"kpiMethod": "CSAT", "scaleMin": 1.0, "scaleMax": 5.0, "goodFrom": 5.0}, {"_5": 1, "_4": 3}, 25.0),
        ({"kpiMethod": "NPS", "goodFrom": 2.0}, {"_1": 3}, None),
        ({"kpiMethod": "NPS"}, {"_9": 0}, None),
        ({}, {}, None),
    ],
)
def test_a_value_follows_from_its_counts(kpi: dict[str, Any], given: dict[str, int], value: float | None) -> None:
    assert value_of(kpi, counts(**given)) == value


def measured(**fields: Any) -> ChangeSet:
    kpi = EntityChange(Mode.PUT, "KPI", "nps", {"name": "NPS", "kpiMethod": "NPS"})
    key = "kpi=nps&measuredOn=2026-01-01"
    measurement = EntityChange(Mode.PUT, "Measurement", key, {"measuredOn": "2026-01-01", **fields})
    link = LinkChange("HAS_MEASUREMENT", Ref("KPI", "nps"), Ref("Measurement", key))
    return ChangeSet((kpi, measurement), (link,), "tester", "test")


async def stored(store: Store) -> Any:
    (value,) = await store.read("MATCH (n:Measurement) RETURN n.value")
    return value


async def test_counts_give_a_measurement_its_value_and_refuse_another(ready: Store) -> None:
    answers = [{"answer": 10, "count": 3}, {"answer": 2, "count": 1}]
    await apply(ready, measured(counts=answers))
    assert await stored(ready) == 50
    await apply(ready, measured(value=50.4))
    for contradicting in (measured(value=12), measured(counts=answers, value=12)):
        with pytest.raises(ChangeRefused, match="value is 12, and the counts give 50"):
            await apply(ready, contradicting)
    await apply(ready, measured(counts=[{"answer": 10, "count": 3}]))
    assert await stored(ready) == 100
    await apply(ready, measured(counts=None, value=12))
    assert await stored(ready) == 12


async def test_a_part_is_never_more_than_its_whole(ready: Store) -> None:
    entities = (
        EntityChange(Mode.PUT, "Persona", "anna", {"name": "Anna"}),
        EntityChange(Mode.PUT, "Need", "speed", {"name": "Speed"}),
    )

    def changes(**fields: int) -> ChangeSet:
        link = LinkChange("HAS_NEED", Ref("Persona", "anna"), Ref("Need", "speed"), fields)
        return ChangeSet(entities, (link,), "tester", "test")

    await apply(ready, changes(respondents=5, important=5))
    with pytest.raises(ChangeRefused, match="important is 6 of respondents 5, which is more than all"):
        await apply(ready, changes(important=6))


def kept(**fields: Any) -> ChangeSet:
    kpi = EntityChange(
        Mode.PUT, "KPI", "kept", {"name": "Kept", "kpiMethod": "RETENTION", "variant": fields.pop("variant", "LOGO")}
    )
    key = "kpi=kept&measuredOn=2026-01-01"
    measurement = EntityChange(Mode.PUT, "Measurement", key, {"measuredOn": "2026-01-01", "value": 90, **fields})
    link = LinkChange("HAS_MEASUREMENT", Ref("KPI", "kept"), Ref("Measurement", key))
    return ChangeSet((kpi, measurement), (link,), "tester", "test")


async def test_retention_counts_what_its_variant_means_and_refuses_another_cohort(ready: Store) -> None:
    await apply(ready, kept())
    await apply(ready, kept(countedBy="ACCOUNT"))
    for variant, counted, wanted in (("LOGO", "REVENUE", "ACCOUNT"), ("NET_REVENUE", "RESPONSE", "REVENUE")):
        with pytest.raises(ChangeRefused, match=f"countedBy is {counted}, and {variant} counts by {wanted}"):
            await apply(ready, kept(variant=variant, countedBy=counted))
    await apply(ready, kept(variant="NET_REVENUE", countedBy="REVENUE"))
