"""Write `measurements.yaml`, the values month by month: `python seed/demo/measurements.py`.

The numbers are made up and stand below, twelve for each line, November 2025 to October 2026; nothing is drawn by
chance. The script only lays them out, splits the values of surveys into answers, and adds segments up to totals.
What they are meant to show is told in ORIGIN.md.
"""  # noqa: INP001 - a script beside its data, in a folder whose name no package could have

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

TARGET = Path(__file__).parent / "measurements.yaml"

HEADING = """\
# The values of the KPIs, month by month. Made by measurements.py: change that, not this file.
defaults: {tags: [demo]}

measurements:
"""

MONTHS = (
    *("2025-11-30", "2025-12-31", "2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"),
    *("2026-05-31", "2026-06-30", "2026-07-31", "2026-08-31", "2026-09-30", "2026-10-31"),
)
SEGMENTS = ("process-industry", "water-utilities", "food-dairy")

Numbers = Sequence[float]

# Surveys: the value of each month and segment, and how many answered in a month.
NPS: dict[str, tuple[int, Numbers]] = {
    "process-industry": (60, (13, 15, 13, 12, 15, 15, 18, 20, 22, 25, 25, 27)),
    "water-utilities": (36, (22, 22, 25, 22, 22, 25, 25, 22, 25, 25, 25, 28)),
    "food-dairy": (80, (11, 11, 10, 11, 9, 10, 9, 8, 8, 5, 6, 5)),
}
CSAT: dict[str, tuple[int, Numbers]] = {
    "process-industry": (90, (70, 71, 70, 69, 71, 72, 77, 79, 80, 81, 82, 82)),
    "water-utilities": (40, (73, 72, 73, 75, 73, 73, 73, 75, 75, 73, 75, 75)),
    "food-dairy": (70, (67, 67, 66, 67, 66, 66, 66, 64, 66, 63, 64, 64)),
}
CES: Numbers = (52, 53, 51, 52, 53, 52, 53, 54, 53, 54, 54, 55)

# Rates and durations: the weight of each segment in the total, and its values. Kits of wear parts came into the vans
# of the process industry in April 2026, and nowhere else.
FIRST_TIME_FIX: dict[str, tuple[int, Numbers]] = {
    "process-industry": (92, (67, 68, 67, 66, 68, 69, 76, 78, 79, 80, 79, 81)),
    "water-utilities": (28, (70, 69, 71, 70, 70, 69, 71, 70, 70, 71, 70, 71)),
    "food-dairy": (70, (65, 66, 65, 65, 64, 66, 65, 66, 65, 64, 66, 65)),
}
# The hours have fallen by about one a month since long before the dispatch queue of May 2026, and go on doing so.
TIME_TO_SITE: dict[str, tuple[int, Numbers]] = {
    "process-industry": (92, (36.1, 35.0, 34.2, 33.0, 32.1, 31.2, 30.0, 29.1, 28.2, 27.1, 26.0, 25.2)),
    "water-utilities": (28, (44.0, 43.2, 42.1, 41.0, 40.2, 39.0, 38.1, 37.2, 36.0, 35.1, 34.2, 33.0)),
    "food-dairy": (70, (47.2, 46.0, 45.1, 44.2, 43.1, 42.0, 41.2, 40.1, 39.0, 38.2, 37.1, 36.0)),
}
# The late shift of March 2026 did not move the promised day.
PARTS_ON_TIME: dict[str, tuple[int, Numbers]] = {
    "process-industry": (420, (87, 86, 87, 88, 86, 87, 87, 86, 88, 87, 86, 87)),
    "water-utilities": (160, (89, 88, 89, 88, 89, 89, 88, 90, 89, 88, 89, 89)),
    "food-dairy": (520, (84, 85, 84, 83, 85, 84, 85, 84, 83, 84, 85, 84)),
}
# Brenwick left in March 2026, Penhale in August. Weights: revenue in millions.
RETENTION_REVENUE: dict[str, tuple[float, Numbers]] = {
    "process-industry": (21.4, (93.4, 93.5, 93.4, 93.6, 90.8, 90.7, 90.9, 90.9, 91.0, 91.2, 91.1, 91.3)),
    "water-utilities": (9.8, (97.2, 97.2, 97.0, 97.1, 97.1, 97.3, 97.2, 97.2, 97.4, 97.3, 97.4, 97.4)),
    "food-dairy": (7.6, (88.5, 88.4, 88.6, 88.4, 88.3, 88.3, 88.2, 88.1, 88.2, 86.9, 86.8, 86.7)),
}
TOTALS: dict[str, tuple[str, Numbers]] = {
    "retention-logos": (
        "countedBy: ACCOUNT, sampleSize: 495, source: Customer database",
        (91.1, 91.1, 90.9, 90.9, 90.5, 90.5, 90.5, 90.3, 90.3, 89.9, 89.9, 89.9),
    ),
    "quote-time": (
        "source: Median in the order system",
        (9.0, 9.3, 9.1, 9.2, 9.0, 9.4, 9.2, 9.3, 9.5, 9.1, 9.4, 9.3),
    ),
    "service-margin": (
        "source: Finance",
        (31.0, 30.8, 30.6, 30.9, 30.4, 30.1, 30.7, 31.0, 31.2, 30.9, 31.3, 31.1),
    ),
    "parts-revenue": (
        "source: Finance",
        (
            *(1012000, 968000, 1024000, 1018000, 1041000, 1022000),
            *(1037000, 1030000, 1019000, 1048000, 1042000, 1056000),
        ),
    ),
    "dealer-answers": (
        "source: Telephone system and mailbox",
        (57, 58, 58, 56, 59, 58, 60, 58, 59, 61, 60, 61),
    ),
    # Counted until June only.
    "invoice-disputes": ("source: Finance", (12.1, 12.4, 11.9, 12.2, 12.0, 12.3, 11.8, 11.1)),
}

# What is measured now and then: for others than a segment, by others than customers, of others than us.
ONCE = """\
  - {kpi: nps, measuredOn: 2026-04-30, measurementSubject: COMPETITOR, competitor: Vannbrook Pumps, value: 31, sampleSize: 58, source: Bought study}
  - {kpi: nps, measuredOn: 2026-10-31, measurementSubject: COMPETITOR, competitor: Vannbrook Pumps, value: 29, sampleSize: 61, source: Bought study}
  - {kpi: time-to-site, measuredOn: 2026-06-30, measurementSubject: COMPETITOR, competitor: Vannbrook Pumps, value: 17, source: Told by customers in renewal talks}
  - {kpi: nps, measuredOn: 2026-03-31, respondentSide: PARTNER, measuredForPersonas: dealer-rep, countedBy: RESPONSE, sampleSize: 29, counts: [{answer: 4, count: 5}, {answer: 6, count: 5}, {answer: 7, count: 4}, {answer: 8, count: 4}, {answer: 9, count: 7}, {answer: 10, count: 4}], source: Dealer council}
  - {kpi: csat-repair, measuredOn: 2026-03-31, respondentSide: EMPLOYEE, countedBy: RESPONSE, sampleSize: 46, counts: [{answer: 2, count: 1}, {answer: 3, count: 5}, {answer: 4, count: 24}, {answer: 5, count: 16}], source: "Technicians: how content was your last customer?"}
  - {kpi: csat-repair, measuredOn: 2026-09-30, respondentSide: EMPLOYEE, countedBy: RESPONSE, sampleSize: 46, counts: [{answer: 3, count: 4}, {answer: 4, count: 23}, {answer: 5, count: 19}], source: "Technicians: how content was your last customer?"}
  - {kpi: csat-repair, measuredOn: 2026-09-30, respondentSide: CUSTOMER, measuredForTouchpoints: weekend-answerphone, value: 21, sampleSize: 14, source: Survey after a repair}
  - {kpi: csat-repair, measuredOn: 2026-09-30, respondentSide: CUSTOMER, measuredForAccounts: ravensholt, countedBy: RESPONSE, sampleSize: 9, counts: [{answer: 3, count: 1}, {answer: 4, count: 4}, {answer: 5, count: 4}], source: Survey after a repair}
  - {kpi: csat-repair, measuredOn: 2026-07-31, respondentSide: CUSTOMER, measuredForAccounts: penhale-juice, countedBy: RESPONSE, sampleSize: 3, counts: [{answer: 1, count: 2}, {answer: 3, count: 1}], source: Survey after a repair}
  - {kpi: ces-parts, measuredOn: 2026-09-30, respondentSide: CUSTOMER, measuredForChannels: portal, value: 44, sampleSize: 64, source: Survey after an order}
  - {kpi: ces-parts, measuredOn: 2026-09-30, respondentSide: CUSTOMER, measuredForChannels: telephone, value: 63, sampleSize: 81, source: Survey after an order}
  - {kpi: ces-parts, measuredOn: 2026-09-30, respondentSide: EMPLOYEE, value: 74, sampleSize: 38, source: "Warehouse and desk: how easy is it for customers?"}
  - {kpi: retention-logos, measuredOn: 2026-10-31, measuredForSegments: process-industry, value: 92.1, countedBy: ACCOUNT, sampleSize: 140, source: Customer database}
  - {kpi: retention-logos, measuredOn: 2026-10-31, measuredForSegments: water-utilities, value: 96.8, countedBy: ACCOUNT, sampleSize: 95, source: Customer database}
  - {kpi: retention-logos, measuredOn: 2026-10-31, measuredForSegments: food-dairy, value: 86.2, countedBy: ACCOUNT, sampleSize: 260, source: Customer database}
"""  # noqa: E501 - each line is one line of the file

Counts = Mapping[int, int]


def main() -> None:
    """Write the file."""
    TARGET.write_text(build(), encoding="utf-8")


def build() -> str:
    """Return the YAML."""
    parts: list[str] = []
    for kpi, survey, how in (
        ("nps", NPS, (nps_counts, "Survey by e-mail")),
        ("csat-repair", CSAT, (csat_counts, "Survey after a repair")),
    ):
        parts += [_comment(kpi), *_survey(kpi, survey, *how)]
    parts.append(_comment("ces-parts"))
    for day, value in zip(MONTHS, CES, strict=True):
        parts.append(_answers("ces-parts", day, ces_counts(value, 140), "", "Survey after an order"))
    for kpi, rates, more in (
        ("first-time-fix", FIRST_TIME_FIX, "Repair orders"),
        ("time-to-site", TIME_TO_SITE, "Dispatch"),
        ("parts-on-time", PARTS_ON_TIME, "Warehouse"),
    ):
        parts += [_comment(kpi), *_rates(kpi, rates, lambda weight: f"sampleSize: {weight}, ", more)]
    parts += [
        _comment("retention-revenue"),
        *_rates("retention-revenue", RETENTION_REVENUE, lambda _: "countedBy: REVENUE, ", "Finance"),
    ]
    for kpi, (more, values) in TOTALS.items():
        parts.append(_comment(kpi))
        parts += [_line(kpi, day, f"value: {value:g}, {more}") for day, value in zip(MONTHS, values, strict=False)]
    return HEADING + "\n".join(parts).lstrip("\n") + "\n\n  # Now and then\n" + ONCE


def nps_counts(value: float, asked: int) -> Counts:
    """Split a net promoter score into answers from 0 to 10; three of ten are passive."""
    promoters = round(asked * (0.7 + value / 100) / 2)
    detractors = promoters - round(asked * value / 100)
    passive = asked - promoters - detractors
    return {
        **_split(detractors, {2: 1, 3: 1, 4: 2, 5: 4, 6: 5}),
        **_split(passive, {7: 4, 8: 5}),
        **_split(promoters, {9: 3, 10: 2}),
    }


def csat_counts(value: float, asked: int) -> Counts:
    """Split a share of marks 4 and 5 into marks from 1 to 5."""
    good = round(asked * value / 100)
    return {**_split(asked - good, {1: 2, 2: 3, 3: 5}), **_split(good, {4: 3, 5: 2})}


def ces_counts(value: float, asked: int) -> Counts:
    """Split a share of marks 5 to 7 into marks from 1 to 7."""
    good = round(asked * value / 100)
    return {**_split(asked - good, {1: 1, 2: 2, 3: 4, 4: 5}), **_split(good, {5: 5, 6: 4, 7: 2})}


def _split(whole: int, weights: Mapping[int, int]) -> dict[int, int]:
    """Share a whole out by weights, without a rest."""
    total, running, ends = sum(weights.values()), 0, [0]
    for weight in weights.values():
        running += weight
        ends.append(round(whole * running / total))
    return {answer: end - start for answer, (start, end) in zip(weights, pairwise(ends), strict=True)}


def _survey(
    kpi: str, survey: Mapping[str, tuple[int, Numbers]], split: Callable[[float, int], Counts], source: str
) -> Iterator[str]:
    for month, day in enumerate(MONTHS):
        by_segment = {name: split(values[month], asked) for name, (asked, values) in survey.items()}
        answers = sorted({answer for counts in by_segment.values() for answer in counts})
        total = {answer: sum(counts.get(answer, 0) for counts in by_segment.values()) for answer in answers}
        yield _answers(kpi, day, total, "", source)
        for name, counts in by_segment.items():
            yield _answers(kpi, day, counts, f"measuredForSegments: {name}, ", "")


def _answers(kpi: str, day: str, counts: Counts, whom: str, source: str) -> str:
    said = ", ".join(f"{{answer: {answer}, count: {count}}}" for answer, count in counts.items() if count)
    size = sum(counts.values())
    more = f", source: {source}" if source else ""
    side = "respondentSide: CUSTOMER, countedBy: RESPONSE, "
    return _line(kpi, day, f"{whom}{side}sampleSize: {size}, counts: [{said}]{more}")


def _rates(
    kpi: str, rates: Mapping[str, tuple[float, Numbers]], size: Callable[[float], str], source: str
) -> Iterator[str]:
    weights = {name: weight for name, (weight, _) in rates.items()}
    whole = round(sum(weights.values()), 1)
    for month, day in enumerate(MONTHS):
        total = sum(weights[name] * values[month] for name, (_, values) in rates.items()) / whole
        yield _line(kpi, day, f"{size(whole)}value: {total:.1f}, source: {source}")
        for name, (weight, values) in rates.items():
            yield _line(kpi, day, f"measuredForSegments: {name}, {size(weight)}value: {values[month]:g}")


def _line(kpi: str, day: str, rest: str) -> str:
    return f"  - {{kpi: {kpi}, measuredOn: {day}, {rest}}}"


def _comment(kpi: str) -> str:
    return f"\n  # {kpi}"


if __name__ == "__main__":
    main()
