"""Entities and links into files of the importer's own formats.

JSON Lines hold a graph of any size in one file. Tables, with one mapping that says what their columns are, are cut into
parts: there links without a word of their own stand in a column of their entity's table; those with own fields have a
table of their own.
"""

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph_api.model import MODEL

KEY = "key"
SPLIT = "|"

Row = Mapping[str, str]


@dataclass(frozen=True)
class Link:
    """A link as its near end writes it."""

    field: str
    far: str
    """The far end's key, with its kind before it where several are possible."""
    own: dict[str, Any]


@dataclass
class Entity:
    """An entity with the links that are written with it."""

    kind: str
    key: str | None
    """Absent for records, which have none."""
    fields: dict[str, Any] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)

    @property
    def ref(self) -> str:
        """Its key with its kind: `department/D1`."""
        return f"{MODEL.kinds[self.kind].field_name}/{self.key}"

    @property
    def items(self) -> int:
        """How much of a change set it takes: itself and its links."""
        return 1 + len(self.links)

    def link(self, name: str, far: str | None, **own: Any) -> None:
        """Link it, once to the same entity by the same field."""
        if far is not None and not any(link.field == name and link.far == far for link in self.links):
            self.links.append(Link(name, far, own))


def write_part(entities: Iterable[Entity], folder: Path) -> None:
    """Write the files of one part, to be imported as a folder."""
    folder.mkdir(parents=True)
    by_kind: dict[str, list[Entity]] = {}
    for entity in entities:
        by_kind.setdefault(entity.kind, []).append(entity)
    mappings: dict[str, Any] = {}
    for name, group in by_kind.items():
        kind = MODEL.kinds[name]
        table = [_row(entity) for entity in group]
        columns = _write(folder / f"{kind.plural}.csv", table)
        # A list's cells hold several values; so do those of links.
        several = {link for link in kind.links if link in columns} | {
            prop.name for prop in kind.properties.values() if prop.type.many
        }
        mappings[f"{kind.plural}.csv"] = {
            "kind": kind.plural,
            "columns": {name: {"field": name, "split": SPLIT} if name in several else name for name in columns},
        }
        for link in dict.fromkeys(link.field for entity in group for link in entity.links if link.own):
            file = f"{kind.plural}.{link}.csv"
            names = _write(folder / file, [row for entity in group for row in _link_rows(entity, link)])
            mappings[file] = {
                "kind": kind.plural,
                "columns": {name: name if name in {KEY, link} else f"{link}.{name}" for name in names},
            }
    mapping = json.dumps({"csv": mappings}, ensure_ascii=False, indent=1)
    (folder / "graph.json").write_text(f"{mapping}\n", encoding="utf-8", newline="\n")


def write_lines(groups: Iterable[Iterable[Entity]], file: Path) -> int:
    """Write a whole graph as JSON Lines; return how many links it has."""
    links = 0
    with file.open("w", encoding="utf-8", newline="\n") as stream:
        for group in groups:
            for entity in group:
                links += len(entity.links)
                stream.write(f"{json.dumps(_line(entity), ensure_ascii=False)}\n")
    return links


def _line(entity: Entity) -> dict[str, Any]:
    line: dict[str, Any] = {"kind": MODEL.kinds[entity.kind].field_name}
    line |= {KEY: entity.key} if entity.key else {}
    line |= {name: value for name, value in entity.fields.items() if value is not None}
    for link in entity.links:
        own = {name: value for name, value in link.own.items() if value is not None}
        line.setdefault(link.field, []).append({KEY: link.far, **own} if own else link.far)
    return line


def _row(entity: Entity) -> Row:
    cells = {KEY: entity.key} if entity.key else {}
    cells |= {name: text for name, value in entity.fields.items() if (text := _cell(value))}
    for link in entity.links:
        if not link.own:
            cells[link.field] = f"{cells[link.field]}{SPLIT}{link.far}" if link.field in cells else link.far
    return cells


def _link_rows(entity: Entity, name: str) -> Iterable[Row]:
    for link in entity.links:
        if link.field == name and link.own:
            own = {part: text for part, value in link.own.items() if (text := _cell(value))}
            yield {KEY: str(entity.key), name: link.far, **own}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return SPLIT.join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _write(file: Path, rows: list[Row]) -> list[str]:
    """Write a table with every column that occurs; return these."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return columns
