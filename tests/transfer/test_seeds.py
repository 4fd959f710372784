"""The seeds: the real ones made from their sources by their scripts, and true to them by hand-counts; and the demo."""

import re
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from ruamel.yaml import YAML

from graph_api.change.changeset import EntityChange, LinkChange, Ref
from graph_api.model import MODEL
from graph_api.store.connection import Store
from graph_api.transfer import REAL_SEEDS, import_paths, load, seed_paths
from graph_api.transfer.drafting import Draft, draft

LEARN, VETERAN = seed_paths(*REAL_SEEDS)
(DEMO,) = seed_paths("demo")


def script(folder: Path) -> ModuleType:
    (path,) = folder.glob("*.py")
    spec = spec_from_file_location(path.stem, path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def drafted(*folders: Path) -> Draft:
    document = load(folders)
    made = draft(document, {}, actor="tester", surface="seed")
    assert not document.faults
    return made


def entities(made: Draft, kind: str) -> dict[str, EntityChange]:
    return {str(change.key): change for change in made.changes.entities if change.kind == kind}


def links(made: Draft, link_type: str) -> list[LinkChange]:
    return [change for change in made.changes.links if change.type == link_type]


def far(made: Draft, link_type: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for link in links(made, link_type):
        found.setdefault(link.start.key, []).append(link.finish.key)
    return found


@pytest.mark.parametrize("folder", seed_paths(), ids=lambda folder: folder.name)
def test_the_yaml_is_what_the_script_makes(folder: Path) -> None:
    module = script(folder)
    assert module.TARGET.read_text(encoding="utf-8") == module.build()


@pytest.mark.parametrize("folder", seed_paths(), ids=lambda folder: folder.name)
def test_everything_is_tagged_with_the_seeds_name(folder: Path) -> None:
    changes = drafted(folder).changes.entities
    tags = {tuple(change.fields["tags"]) for change in changes if MODEL.kinds[change.kind].keyed}
    assert tags == {(folder.name,)}


def test_no_key_means_two_things_in_any_seed_or_kind() -> None:
    changes = drafted(*seed_paths()).changes.entities
    keys = Counter(change.key for change in changes if MODEL.kinds[change.kind].keyed)
    assert [key for key, count in keys.items() if count > 1] == []


def test_learning_to_drive_is_one_journey_of_7_stages_and_22_touchpoints() -> None:
    made = drafted(LEARN)
    assert Counter(change.kind for change in made.changes.entities) == {
        "Journey": 1,
        "Stage": 7,
        "Touchpoint": 22,
        "Department": 2,
    }
    touchpoints = links(made, "HAS_TOUCHPOINT")
    assert [len(keys) for keys in far(made, "HAS_TOUCHPOINT").values()] == [3, 1, 4, 3, 5, 5, 1]
    assert {link.start.kind for link in touchpoints} == {"Stage"}
    titles = Counter(change.fields["name"] for change in entities(made, "Touchpoint").values())
    assert {title: count for title, count in titles.items() if count > 1} == {"What to take to your test": 2}


def test_two_agencies_run_7_of_the_22_touchpoints_and_nobody_known_the_rest() -> None:
    made = drafted(LEARN)
    runs = Counter(link.finish.key for link in links(made, "RUN_BY"))
    assert runs == {"driver-and-vehicle-standards-agency": 6, "driver-and-vehicle-licensing-agency": 1}
    assert len(entities(made, "Touchpoint")) - runs.total() == 15


def test_21_touchpoints_have_an_address_one_of_them_elsewhere() -> None:
    addresses = {
        key: change.fields["externalLinks"][0]["url"]
        for key, change in entities(drafted(LEARN), "Touchpoint").items()
        if "externalLinks" in change.fields
    }
    assert len(addresses) == 21
    elsewhere = [key for key, url in addresses.items() if not url.startswith("https://www.gov.uk/")]
    assert elsewhere == ["theory-and-hazard-perception-test-app"]
    assert "change-your-driving-test-appointment" not in addresses


def test_prices_and_paragraphs_are_descriptions_and_nothing_else_is() -> None:
    made = drafted(LEARN)
    prices = {key: change.fields.get("description") for key, change in entities(made, "Touchpoint").items()}
    assert {key: price for key, price in prices.items() if price} == {
        "apply-for-your-first-provisional-driving-licence": "£34",
        "book-your-theory-test": "£23",
        "book-your-driving-test": "£62",
    }
    described = [key for key, change in entities(made, "Stage").items() if "description" in change.fields]
    assert len(described) == 5


def test_the_study_found_13_pains_and_unmet_needs() -> None:
    made = drafted(VETERAN)
    insights = entities(made, "Insight")
    assert " ".join(insights) == "F1a F1b F2a F2b F2c F3 F4 F5a F5b F6 F7 F8a F8b F9a F9b F10"
    types = Counter(change.fields["type"] for change in insights.values())
    assert types == {"PAIN": 8, "UNMET_NEED": 5, "GAIN": 2, "OBSERVATION": 1}
    known = set(chain.from_iterable(change.fields for change in insights.values()))
    assert known == {"name", "type", "tags"}  # severity, reach and status are unknown


def test_each_finding_has_one_piece_of_evidence_with_the_reports_counts() -> None:
    made = drafted(VETERAN)
    backs = {link.finish.key: link for link in links(made, "BACKS")}
    assert len(entities(made, "Evidence")) == len(backs) == len(entities(made, "Insight")) == 16
    assert {link.fields["of"] for link in backs.values()} == {28}
    uncounted = [key for key, link in backs.items() if "support" not in link.fields]
    assert uncounted == ["F3", "F4", "F5b", "F6"]
    assert sum(link.fields.get("support", 0) for link in backs.values()) == 170
    (study,) = entities(made, "Study").values()
    assert study.fields["participants"] == 28
    assert len(links(made, "FROM_STUDY")) == 16


def test_what_the_report_states_and_what_is_our_reading() -> None:
    basis: dict[str, set[Any]] = {}
    for link in drafted(VETERAN).changes.links:
        basis.setdefault(link.type, set()).add(link.fields["basis"])
    assert {link: value for link, (value,) in basis.items()} == {
        "RAISES": "STATED",
        "AIMS_AT": "STATED",
        "ADDRESSED_BY": "STATED",
        "BACKS": "STATED",
        "FROM_STUDY": "STATED",
        "TESTS": "STATED",
        "HAS_STAGE": "INFERRED",
        "REVEALS": "INFERRED",
        "VOICES": "INFERRED",
        "OWNED_BY": "INFERRED",
    }


def test_verdicts_recommendations_and_kpis_are_the_reports() -> None:
    made = drafted(VETERAN)
    verdicts = {key: change.fields["hypothesisVerdict"] for key, change in entities(made, "Hypothesis").items()}
    assert verdicts == {"H1": "UNDECIDED", "H2": "UNLIKELY", "H3": "REFUTED", "H4": "UNLIKELY"}
    assert " ".join(entities(made, "Opportunity")) == "R1 R2 R3 R4 R5 R6 R7 R8 R9"
    assert len(links(made, "RAISES")) == 18
    assert far(made, "AIMS_AT") == {"R1": ["K1"], "R2": ["K2"], "R3": ["K2"], "R5": ["K2"]}
    assert {key: change.fields.get("baseline") for key, change in entities(made, "KPI").items()} == {
        "K1": None,
        "K2": None,
        "K3": 92.9,
    }


def test_initiatives_start_and_end_so_many_months_after_the_report() -> None:
    planned = {
        key: (change.fields["initiativeStatus"], change.fields["start"], change.fields.get("due"))
        for key, change in entities(drafted(VETERAN), "Initiative").items()
    }
    soon, later, open_end = (
        ("PLANNED", "2025-09-01", "2025-10-01"),
        ("PLANNED", "2025-11-01", "2026-02-01"),
        ("PLANNED", "2026-02-01", None),
    )
    assert planned == dict(
        zip(
            ("A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9"),
            [soon] * 2 + [later] * 4 + [open_end] * 3,
            strict=True,
        )
    )


def test_stages_stand_by_first_appearance() -> None:
    assert far(drafted(VETERAN), "HAS_STAGE")["veteran-transition"] == [
        "explore-results",
        "save-and-return",
        "prepare-to-leave",
        "answer-questionnaire",
        "get-help",
    ]


def test_the_facts_that_the_script_states_stand_in_the_sources_own_words() -> None:
    module = script(VETERAN)
    prose = " ".join((VETERAN / "source" / "ORIGIN.md").read_text(encoding="utf-8").split())
    facts = (module.STUDY, module.REPOSITORY, module.DOCUMENT, f"{module.PARTICIPANTS} participants", module.GROUPS)
    for fact in (*facts, f"Study {module.FIELDED}", f"reported {module.REPORTED.isoformat()}"):
        assert fact in prose


def test_the_demo_is_as_large_as_its_origin_says() -> None:
    made = drafted(DEMO)
    told = (DEMO / "ORIGIN.md").read_text(encoding="utf-8").partition("## Counts")[2]
    counts = Counter(MODEL.kinds[change.kind].plural.lower() for change in made.changes.entities)
    assert {name.lower(): int(count) for name, count in re.findall(r"(\w+) \| (\d+)\b", told)} == counts
    assert f"{counts.total()} entities and {len(made.changes.links):,} links." in told


def test_the_notes_on_the_demos_gaps_are_of_what_is_there() -> None:
    changes = drafted(DEMO).changes.entities
    notes = YAML(typ="safe").load(DEMO / "gaps.yaml")
    assert {name[:2] for name in notes} == {"x-"}
    listed = [gap for part in ("x-gaps", "x-waived", "x-expired", "x-decided") for gap in notes[part]]
    assert {(gap["kind"], gap["key"]) for gap in listed} <= {(change.kind, change.key) for change in changes}
    assert f"the {len(notes['x-gaps'])} gaps" in (DEMO / "ORIGIN.md").read_text(encoding="utf-8")


async def test_all_can_be_imported_together_and_again(prepared: Store) -> None:
    first = await import_paths(prepared, seed_paths(), actor="demo", surface="seed")
    assert (len(first.created), first.linked) == (947, 2109)
    assert {Ref("Opportunity", "R2"), Ref("Opportunity", "O17")} <= set(first.created)
    second = await import_paths(prepared, seed_paths(), actor="demo", surface="seed")
    assert list(second.sentences()) == ["Nothing changed: 947 items and 2109 links were already there."]
    assert second.revision is None
