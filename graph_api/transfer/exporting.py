"""Export: everything in the graph, or some kinds of it, as a file that the importer reads back as it was.

Entities come by kind in the order of the model and by key, each with its id, its own fields and the links that leave
it; a record that has no key of its own also has those that arrive at it. So each link is there once, and the same graph
gives the same bytes. Stamps, revisions and the history are not exported.
"""

import json
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from graph_api.change.changeset import Ref
from graph_api.model import MODEL, Direction, Kind, LinkField, Property
from graph_api.store.connection import Reading, Store
from graph_api.store.faults import ConflictError
from graph_api.transfer.document import ID, KEY, POSITION
from graph_api.transfer.jsonl_file import KIND
from graph_api.transfer.output import whole_file
from graph_api.transfer.yaml_text import entity_lines

# Seconds for all of an export: hours of reading are a graph of another size than this is made for.
WITHIN = 3600.0
# Neo4j keeps no snapshots: where somebody wrote meanwhile, the export begins again, so many times in all.
ATTEMPTS = 3
# Signs at which some readers end a line, though JSON does not mind them; they can only stand in texts.
LINE_ENDS = {sign: f"\\u{sign:04x}" for sign in (0x85, 0x2028, 0x2029)}


class Format(StrEnum):
    """How an export is written."""

    YAML = "yaml"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True)
class Exported:
    """How much was exported."""

    entities: int
    links: int


async def export(store: Store, output: Path | IO[bytes], kinds: Sequence[Kind], form: Format) -> Exported:
    """Write the entities of the kinds, and the links between them, to a file or a stream.

    The file gets its name when it is complete. Raises `ConflictError` where the graph changes again and again
    meanwhile, and `UserInputError` where nothing can be written there.
    """
    with _written(output) as stream:
        for _ in range(ATTEMPTS):
            stream.seek(0)
            stream.truncate()
            async with store.reading(within=WITHIN) as reading:
                before = await _revision(reading)
                done = await _write(reading, stream, kinds, form)
                if await _revision(reading) == before:
                    return done
        message = (
            "The graph was changed all the while, so that no export is of one moment; export it when less is going on."
        )
        raise ConflictError(message)


async def _revision(reading: Reading) -> int:
    revision = 0
    async for row in reading.stream("MATCH (g:Graph {key: 'graph'}) RETURN g.revision"):
        revision = row[0]
    return revision


async def _write(reading: Reading, stream: IO[bytes], kinds: Sequence[Kind], form: Format) -> Exported:
    names = {kind.name for kind in kinds}
    entities = links = 0
    for kind in kinds:
        ends = exported_links(kind, names)
        begun = False
        async for entity, count in _entities(reading, kind, ends):
            if form is Format.JSONL:
                line = json.dumps({KIND: kind.field_name, **entity}, ensure_ascii=False, separators=(", ", ": "))
                stream.write(f"{line.translate(LINE_ENDS)}\n".encode())
            else:
                heading = () if begun else (f"{kind.plural}:",)
                blank = ("",) if entities else ()
                lines = (*blank, *heading, *entity_lines(entity))
                stream.write("".join(f"{line}\n" for line in lines).encode())
            begun = True
            entities += 1
            links += count
    return Exported(entities, links)


async def _entities(
    reading: Reading, kind: Kind, ends: Sequence[LinkField]
) -> AsyncIterator[tuple[dict[str, Any], int]]:
    own = [prop for prop in kind.properties.values() if not prop.stamp and prop.name != KEY]
    async for identity, key, properties, links in reading.stream(statement(kind, own, ends)):
        entity = {ID: identity, KEY: key, **_values(own, properties)}
        entity |= _fields(ends, links)
        yield entity, len(links)


def exported_links(kind: Kind, kinds: set[str]) -> list[LinkField]:
    """Return the link fields that are written at a kind: those that leave it, and of a record those that arrive."""

    def here(end: LinkField) -> bool:
        keyed = any(MODEL.kinds[name].keyed for name in end.link.finish)
        return (end.direction is Direction.OUT) is keyed and not kinds.isdisjoint(end.far)

    return [end for end in kind.links.values() if here(end)]


def statement(kind: Kind, own: Sequence[Property], ends: Sequence[LinkField]) -> str:
    """Return the statement that reads a kind by its key, entity by entity: it holds none but the one at hand."""
    parts = []
    for number, end in enumerate(ends):
        left, right = ("-", "->") if end.direction is Direction.OUT else ("<-", "-")
        properties = ", ".join(f".{prop.name}" for prop in end.link.properties.values() if not prop.stamp)
        far = "|".join(end.far)
        parts.append(
            f"COLLECT {{ MATCH (n){left}[r:{end.link.name}]{right}(far:{far}) "
            f"RETURN [{number}, labels(far), far.key, r {{{properties}}}] }}"
        )
    return (
        f"MATCH (n:{kind.name}) USING INDEX n:{kind.name}(key) WHERE n.key > '' WITH n ORDER BY n.key "
        f"RETURN n.id, n.key, n {{{', '.join(f'.{prop.name}' for prop in own)}}}, {' + '.join(parts) or '[]'}"
    )


def _values(declared: Sequence[Property], properties: dict[str, Any]) -> dict[str, Any]:
    values = {prop.name: prop.type.to_json(properties.get(prop.name)) for prop in declared}
    return {name: value for name, value in values.items() if value is not None and value != []}


def _fields(ends: Sequence[LinkField], links: list[list[Any]]) -> dict[str, Any]:
    """Put links as they are written in a file: under the field of their end, in their order or by key."""
    by_end: dict[int, list[tuple[Any, ...]]] = {}
    for number, labels, key, properties in links:
        end = ends[number]
        link = end.link
        ordered = link.positioned and end.direction is Direction.OUT
        own = [prop for prop in link.properties.values() if not prop.stamp and not (ordered and prop.name == POSITION)]
        values = _values(own, properties)
        ref = Ref(next(label for label in labels if label in MODEL.kinds), key)
        far = key if len(end.far) == 1 else str(ref)
        told = str(properties.get(link.distinguished_by) or "") if link.distinguished_by else ""
        place = (properties.get(POSITION) or 0) if ordered else 0
        by_end.setdefault(number, []).append((place, ref, told, {KEY: far, **values} if values else far))
    fields = {}
    for number, found in sorted(by_end.items()):
        written = [item for *_, item in sorted(found, key=lambda item: item[:3])]
        fields[ends[number].name] = written[0] if ends[number].single and len(written) == 1 else written
    return fields


@contextmanager
def _written(output: Path | IO[bytes]) -> Iterator[IO[bytes]]:
    """Yield a file beside the one that is meant, and put it in its place when all is written."""
    if not isinstance(output, Path):
        with tempfile.TemporaryFile() as stream:
            yield stream
            stream.seek(0)
            shutil.copyfileobj(stream, output)
            output.flush()
        return
    with whole_file(output) as stream:
        yield stream
