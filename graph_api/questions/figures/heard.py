"""Heard: of how many of those asked, or of how much revenue, an answer came. Pure.

- Where responses or accounts were counted: answers counted / the sample size, which is how many were asked.
- Where revenue was counted, each answer has the annual revenue of whoever gave it: Σ counts / Σ annual value of the
  segments and accounts it was measured for; for everybody, of all the segments for which the KPI was measured by
  revenue, or of the accounts where there are no segments. Counts and values are of one currency.

More heard than there is means that a term is wrong: null.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph_api.model.choices import CountedBy
from graph_api.model.values import MONEY_PLACES
from graph_api.questions.figures.estimate import KPITerm
from graph_api.questions.figures.kpi import Measurement
from graph_api.questions.thread.scope import Number


@dataclass(frozen=True, slots=True)
class Worth:
    """The annual value of a segment or account for which a KPI was measured by revenue."""

    number: Number
    kind: str
    amount: int | None
    """In ten-thousandths of the currency."""
    currency: str | None


@dataclass(frozen=True, slots=True)
class Heard:
    """Which share was heard, 0 to 1, or what is missing to say so."""

    share: float | None = None
    missing: frozenset[KPITerm] = frozenset()


def heard(measurement: Measurement, worth: Sequence[Worth]) -> Heard:
    """Return which share was heard; see above."""
    answered = measurement.responses
    if measurement.counted_by == CountedBy.REVENUE:
        return _of_revenue(measurement, answered, worth)
    asked = measurement.sample_size
    if answered is None:
        # Nobody was asked: repairs or hours were counted. Nothing is missing.
        return Heard()
    if not asked:
        return Heard(missing=frozenset({KPITerm.SAMPLE_SIZE}))
    return Heard(missing=frozenset({KPITerm.SAMPLE_SIZE})) if answered > asked else Heard(answered / asked)


def _of_revenue(measurement: Measurement, answered: int | None, worth: Sequence[Worth]) -> Heard:
    by_number: Mapping[Number, Worth] = {one.number: one for one in worth}
    if measurement.parts:
        of = [by_number.get(part.number) for part in measurement.parts]
    else:
        of = [one for one in worth if one.kind == "Segment"] or list(worth)
    amounts = [None if one is None else one.amount for one in of]
    known = [amount for amount in amounts if amount is not None]
    whole = sum(known) / 10**MONEY_PLACES
    currencies = {None if one is None else one.currency for one in of}
    missing = set() if answered is not None else {KPITerm.COUNTS}
    if len(known) < len(amounts) or whole <= 0 or (answered is not None and answered > whole):
        missing.add(KPITerm.ANNUAL_VALUE)
    if len(currencies) > 1 or None in currencies:
        missing.add(KPITerm.CURRENCY)
    return Heard(missing=frozenset(missing)) if missing or answered is None else Heard(answered / whole)
