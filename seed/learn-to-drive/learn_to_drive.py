"""Turn the files in `source/` into `learn-to-drive.yaml`: `python seed/learn-to-drive/learn_to_drive.py`.

Nothing is typed by hand; what becomes of each part of the source, and what has no place, is told in ORIGIN.md.
"""  # noqa: INP001 - a script beside its data, in a folder whose name no package could have

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from graph_api.change.keys import numbered, slug
from graph_api.model import MODEL
from graph_api.transfer.yaml_text import to_yaml

FOLDER = Path(__file__).parent
TARGET = FOLDER / "learn-to-drive.yaml"

# A path without a host is a page of the site that the source was published on.
SITE = "https://www.gov.uk"

HEADING = """GOV.UK: Learn to drive a car, step by step.
Made by learn_to_drive.py from source/: change those, not this file. Origin and licence: ORIGIN.md."""

Fields = dict[str, Any]


def build() -> str:
    """Return the YAML."""
    source = json.loads((FOLDER / "source" / "learn_to_drive_a_car.json").read_text(encoding="utf-8"))
    with (FOLDER / "source" / "services.csv").open(encoding="utf-8", newline="") as file:
        services = {row["start_page_path"]: row for row in csv.DictReader(file)}
    keys = Keys()
    navigation = source["details"]["step_by_step_nav"]
    touchpoints: list[Fields] = []
    stages: list[Fields] = []
    for step in navigation["steps"]:
        links = [link for part in step["contents"] if part["type"] == "list" for link in part["contents"]]
        here = [_touchpoint(link, services, keys) for link in links]
        paragraphs = [part["text"] for part in step["contents"] if part["type"] == "paragraph"]
        stages.append(
            {
                "key": keys.make("Stage", step["title"]),
                "name": step["title"],
                **_known(description="\n\n".join(paragraphs)),
                "touchpoints": [touchpoint["key"] for touchpoint in here],
            }
        )
        touchpoints += here
    journey = {
        "key": source["base_path"].strip("/"),
        "name": source["title"],
        "description": "\n\n".join([source["description"], *_paragraphs(navigation["introduction"])]),
        "journeyState": "CURRENT",
        "externalKey": source["content_id"],
        "externalLinks": [{"label": source["title"], "url": SITE + source["base_path"]}],
        "stages": [stage["key"] for stage in stages],
    }
    organisations = sorted({service["organisation"] for service in services.values()})
    content = {
        "defaults": {"tags": ["learn-to-drive"], "basis": "STATED"},
        "journeys": [journey],
        "stages": stages,
        "touchpoints": touchpoints,
        "departments": [{"key": _slug("Department", name), "name": name} for name in organisations],
    }
    return to_yaml(content, HEADING)


class Keys:
    """Keys made from titles; the second of a title gets a number."""

    def __init__(self) -> None:
        self._made: Counter[str] = Counter()

    def make(self, kind: str, title: str) -> str:
        """Return the key of the next entity with this title."""
        base = _slug(kind, title)
        self._made[base] += 1
        return numbered(base, self._made[base])


def _touchpoint(link: Fields, services: dict[str, dict[str, str]], keys: Keys) -> Fields:
    href = link.get("href")
    service = services.get(href) if href else None
    return {
        "key": keys.make("Touchpoint", link["text"]),
        "name": link["text"],
        **_known(description=link.get("context")),
        **({"externalLinks": [{"label": link["text"], "url": _address(href)}]} if href else {}),
        **({"runBy": _run_by(service)} if service else {}),
    }


def _run_by(service: dict[str, str]) -> Fields:
    name = service["service"]
    return {
        "key": _slug("Department", service["organisation"]),
        "rationale": f"Owns the service “{name}”, of which this is a start page.",
    }


def _address(href: str) -> str:
    return href if href.startswith("https://") else SITE + href


def _paragraphs(html: str) -> Iterator[str]:
    for text in re.findall(r"<p>(.*?)</p>", html, re.DOTALL):
        yield unescape(text)


def _known(**fields: str | None) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value}


def _slug(kind: str, name: str) -> str:
    return slug(MODEL.kinds[kind], name)


if __name__ == "__main__":
    TARGET.write_text(build(), encoding="utf-8")
