"""Figures that must agree with each other: a measurement's value with its counts, a part with its whole. Pure."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

AT_MOST: Mapping[str, tuple[tuple[str, str], ...]] = {
    "HAS_NEED": (("important", "respondents"), ("satisfied", "respondents")),
    "BACKS": (("support", "of"),),
}
"""By link type: which count is part of which other one."""

ROUNDED = 0.5
"""How far a value may be from what its counts give: it may have been rounded to a whole number."""

# The net promoter score on its scale of 0 to 10; other methods say on the KPI what is good and what is bad.
_NPS = {"goodFrom": 9.0, "badTo": 6.0, "aggregate": "NET"}


def value_of(kpi: Mapping[str, Any], counts: Iterable[str]) -> float | None:
    """Work out a measurement's value from how many gave each answer.

    `kpi` has the KPI's properties, `counts` the answers in stored form. NET is 100·(good - bad)/n, TOP_BOX 100·good/n,
    MEAN the mean answer (DESIGN, Numbers: NPS = 100·(promoters - detractors)/n). None where the KPI does not say how,
    or nobody answered. Where low answers are good, `goodFrom` lies below `badTo`.
    """
    answers: list[tuple[float, int]] = [(part["answer"], part["count"]) for part in map(json.loads, counts)]
    total = sum(count for _, count in answers)
    if not total:
        return None
    said = {name: kpi[name] for name in _NPS if kpi.get(name) is not None}
    says: dict[str, Any] = {**(_NPS if kpi.get("kpiMethod") == "NPS" else {}), **said}
    how, good, bad = says.get("aggregate"), says.get("goodFrom"), says.get("badTo")
    if how == "MEAN":
        return sum(answer * count for answer, count in answers) / total
    if how not in {"NET", "TOP_BOX"} or good is None or (how == "NET" and bad is None):
        return None
    # Turned over, a scale on which low is good is like any other.
    way = -1 if bad is not None and good < bad else 1
    many_good = sum(count for answer, count in answers if way * answer >= way * good)
    if how == "TOP_BOX" or bad is None:
        return 100 * many_good / total
    many_bad = sum(count for answer, count in answers if way * answer <= way * bad)
    return 100 * (many_good - many_bad) / total


def contradiction(value: float, kpi: Mapping[str, Any], counts: Iterable[str]) -> str | None:
    """Say how a value contradicts its counts, or nothing."""
    right = value_of(kpi, counts)
    if right is None or abs(value - right) <= ROUNDED:
        return None
    return f"value is {value:g}, and the counts give {right:.4g}; leave the value out, or correct one of them"


def too_many(link_type: str, properties: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Name the counts of a link that are more than their whole, each with a sentence."""
    for part, whole in AT_MOST.get(link_type, ()):
        some, all_ = properties.get(part), properties.get(whole)
        if some is not None and all_ is not None and some > all_:
            yield part, f"{part} is {some} of {whole} {all_}, which is more than all; correct one of them"
