"""Turn the files in `source/` into `veteran-transition.yaml`: `python seed/veteran-transition/veteran_transition.py`.

Nothing is typed by hand but the facts that the source's own ORIGIN.md states in prose; a test holds them against it.
What becomes of each column, what is our reading, and what has no place is told in the ORIGIN.md beside this script.
"""  # noqa: INP001 - a script beside its data, in a folder whose name no package could have

import csv
from datetime import date
from pathlib import Path
from typing import Any

from graph_api.change.keys import slug
from graph_api.model import MODEL
from graph_api.transfer.yaml_text import to_yaml

FOLDER = Path(__file__).parent
TARGET = FOLDER / "veteran-transition.yaml"
TAG = "veteran-transition"

# Stated in the prose of source/ORIGIN.md.
STUDY = "A veteran-transition study (2025-07)"
REPOSITORY = "department-of-veterans-affairs/va.gov-team"
DOCUMENT = "products/vet-transition-support/research/2025-07-generative-and-user-testing-study/research-findings.md"
PARTICIPANTS = 28
GROUPS = "23 veterans, 5 transitioning service members"
FIELDED = "fielded July 2025"
REPORTED = date(2025, 8, 1)

# Our reading of the source's words.
TYPES = {"pain": "PAIN", "need": "UNMET_NEED", "gain": "GAIN", "observation": "OBSERVATION"}
VERDICTS = {"maybe true": "UNDECIDED", "likely false": "UNLIKELY", "definitely false": "REFUTED"}
DIRECTIONS = {"up": "UP", "down": "DOWN"}

HEADING = """Leaving the service and finding one's benefits: a study of the Department of Veterans Affairs.
Made by veteran_transition.py from source/: change those, not this file. Origin and licence: ORIGIN.md."""

Row = dict[str, str]
Fields = dict[str, Any]


def build() -> str:
    """Return the YAML."""
    findings, actions, hypotheses = _rows("insights"), _rows("actions"), _rows("hypotheses")
    kpis, recommendations = _rows("kpis"), _rows("opportunities")
    content = {
        # The source states what is linked; what is our reading says INFERRED where it stands.
        "defaults": {"tags": [TAG], "basis": "STATED"},
        "kpis": [_kpi(row) for row in kpis],
        "personas": [_named("Persona", name) for name in _distinct(findings, "persona")],
        "journeys": [_journey(_distinct(findings, "stage"))],
        "stages": [_named("Stage", name) for name in _distinct(findings, "stage")],
        "insights": [_insight(row) for row in findings],
        "evidence": [_evidence(row) for row in findings],
        "studies": [_study(hypotheses)],
        "hypotheses": [
            {
                "key": row["key"],
                "name": row["assumption"],
                "assumption": row["assumption"],
                "hypothesisVerdict": VERDICTS[row["verdict"]],
            }
            for row in hypotheses
        ],
        "opportunities": [
            {"key": row["key"], "name": row["statement"], "insights": _keys(row["answers"])} for row in recommendations
        ],
        "initiatives": [_initiative(row) for row in actions],
        "departments": [_named("Department", name) for name in _distinct(actions, "department")],
    }
    return to_yaml(content, HEADING)


def _kpi(row: Row) -> Fields:
    return {
        "key": row["key"],
        "name": row["name"],
        "unit": row["unit"],
        "direction": DIRECTIONS[row["direction"]],
        **({"baseline": float(row["baseline"])} if row["baseline"] else {}),
        **({"aimedAtBy": _keys(row["tied_to"])} if row["tied_to"] else {}),
    }


def _journey(stages: list[str]) -> Fields:
    return {
        "key": TAG,
        "name": "Veteran transition",
        "journeyState": "CURRENT",
        "journeyEvidence": "PARTLY",
        "stages": [_inferred("Stage", stage) for stage in stages],
    }


def _insight(row: Row) -> Fields:
    return {
        "key": row["key"],
        "name": row["statement"],
        "type": TYPES[row["polarity"]],
        "observedAt": _inferred("Stage", row["stage"]),
        "voicedBy": _inferred("Persona", row["persona"]),
    }


def _evidence(row: Row) -> Fields:
    counts = {name: int(row[name]) for name in ("support", "of") if row[name]}
    return {
        "key": f"E-{row['key']}",
        "name": f"Finding {row['key']} of the report",
        "fromStudy": _study_key(),
        "backs": {"key": row["key"], "evidenceStance": "SUPPORTS", **counts},
    }


def _study(hypotheses: list[Row]) -> Fields:
    return {
        "key": _study_key(),
        "name": STUDY,
        "description": f"{PARTICIPANTS} participants: {GROUPS}. Study {FIELDED}, reported {REPORTED.isoformat()}.",
        "studyMethod": "generative and user testing",
        "participants": PARTICIPANTS,
        "source": f"{REPOSITORY}, {DOCUMENT}",
        "tests": [row["key"] for row in hypotheses],
    }


def _initiative(row: Row) -> Fields:
    months = {"start": row["horizon_months_from"], "due": row["horizon_months_to"]}
    return {
        "key": row["key"],
        "name": row["statement"],
        "initiativeStatus": "PLANNED",
        **{name: months_later(REPORTED, int(count)).isoformat() for name, count in months.items() if count},
        "opportunities": _keys(row["carries_out"]),
        "ownedBy": _inferred("Department", row["department"]),
    }


def months_later(day: date, months: int) -> date:
    """Return the day so many months later; as long as every month has it, as the first of a month."""
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, day.day)


def _named(kind: str, name: str) -> Fields:
    return {"key": _slug(kind, name), "name": name}


def _inferred(kind: str, name: str) -> Fields:
    return {"key": _slug(kind, name), "basis": "INFERRED"}


def _slug(kind: str, name: str) -> str:
    return slug(MODEL.kinds[kind], name)


def _study_key() -> str:
    return DOCUMENT.split("/")[-2]


def _distinct(rows: list[Row], column: str) -> list[str]:
    """Return the values of a column by first appearance."""
    return list(dict.fromkeys(row[column] for row in rows))


def _keys(cell: str) -> list[str]:
    return cell.split(";")


def _rows(name: str) -> list[Row]:
    with (FOLDER / "source" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    TARGET.write_text(build(), encoding="utf-8")
