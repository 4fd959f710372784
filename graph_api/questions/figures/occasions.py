"""On how many occasions a promise was kept: what a measurement of its KPI says about the level promised. Pure."""

from dataclasses import dataclass

from graph_api.model.choices import CountedBy, KPIDirection, KPIMethod
from graph_api.model.values import Choice
from graph_api.questions.figures.kpi import KPI, Measurement, whole_of
from graph_api.questions.figures.progress import WAYS


class PromiseTerm(Choice):
    """What must be known before anybody can say whether a promise is kept."""

    DUE = "DUE", "From when on it must be kept; it is judged as if it were due."
    SHARE = "SHARE", "The share of occasions that must keep it."
    KPI = "KPI", "The KPI by which it is measured."
    MEASUREMENT = (
        "MEASUREMENT",
        "A measurement of its KPI that is our own, for everybody and of the right respondents, since it was due.",
    )
    LEVEL = "LEVEL", "The level promised, within its KPI's scale: which answers keep it."
    DIRECTION = "DIRECTION", "Whether its KPI should go UP or DOWN."
    UNIT = "UNIT", "Whether its KPI, a rate, is in percent or a share of 0 to 1."
    SAMPLE_SIZE = "SAMPLE_SIZE", "How many occasions its KPI, a rate, was measured on."
    OCCASIONS = "OCCASIONS", "How many occasions kept it: how many gave each answer, or a rate of occasions."


@dataclass(frozen=True, slots=True)
class Occasions:
    """On how many occasions a promise was kept, as far as that is known."""

    kept: int | None = None
    made: int | None = None
    share: float | None = None
    missing: tuple[PromiseTerm, ...] = ()


def occasions(kpi: KPI, level: float | None, measured: Measurement) -> Occasions:
    """Count the occasions of a measurement that kept a level, in the KPI's direction."""
    # Revenue is no number of occasions, and its shares have no binomial interval.
    if measured.counted_by == CountedBy.REVENUE:
        return Occasions(missing=(PromiseTerm.OCCASIONS,))
    if kpi.method == KPIMethod.RATE:
        return _of_rate(kpi, measured)
    answers, made = measured.answers(), measured.responses
    if not made:
        return Occasions(missing=(PromiseTerm.OCCASIONS,))
    way = WAYS.get(kpi.direction or "")
    if level is None or _beyond(level, kpi) or way is None:
        missing = [PromiseTerm.LEVEL] if level is None or _beyond(level, kpi) else []
        return Occasions(made=made, missing=(*missing, *(() if way else (PromiseTerm.DIRECTION,))))
    kept = sum(count for answer, count in answers if way * answer >= way * level)
    return Occasions(kept, made, kept / made)


def _beyond(level: float, kpi: KPI) -> bool:
    """Tell whether a level is on no place of the KPI's scale, so that it must be meant otherwise."""
    return (kpi.scale_min is not None and level < kpi.scale_min) or (
        kpi.scale_max is not None and level > kpi.scale_max
    )


def _of_rate(kpi: KPI, measured: Measurement) -> Occasions:
    made = measured.sample_size or measured.responses
    value, whole = measured.value, whole_of(kpi.unit, kpi.scale_max)
    if value is None or (whole is not None and not 0 <= value <= whole):
        return Occasions(made=made, missing=(PromiseTerm.OCCASIONS,))
    direction = kpi.direction if kpi.direction in WAYS else None
    terms = {PromiseTerm.DIRECTION: direction, PromiseTerm.UNIT: whole, PromiseTerm.SAMPLE_SIZE: made}
    missing = tuple(name for name, known in terms.items() if known is None)
    if whole is None or direction is None:
        return Occasions(made=made, missing=missing)
    share = value / whole if direction == KPIDirection.UP else 1 - value / whole
    return Occasions(None if made is None else round(share * made), made, share, missing)
