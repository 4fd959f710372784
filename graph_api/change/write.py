"""Write effects: few statements for each kind and link type, their text from the model, all values from parameters.

As in `present`, the index to use is named, so that no plan made on a small graph scans a large one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from graph_api.change.effects import Created, Effect, Linked, Relinked, Updated
from graph_api.store.connection import Transaction
from graph_api.store.statements import load

# Rows in the parameters of one statement: large enough to be few, small enough for the embedded engine's heap.
BATCH = 5_000

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry:
    """What all changes of one set share in the history."""

    change_set: str
    revision: int
    at: datetime
    actor: str
    surface: str


async def write(tx: Transaction, effects: Sequence[Effect]) -> None:
    """Write the effects; entities before links."""
    for statement, rows in _statements(effects):
        for batch in _batches(rows):
            await tx.run(statement, {"rows": batch})


async def record(tx: Transaction, effects: Sequence[Effect], entry: Entry, last: int) -> None:
    """Append the effects to the history; `last` is the number of the last change before them."""
    statement = load("change/record").text
    shared = {
        "changeSet": entry.change_set,
        "revision": entry.revision,
        "at": entry.at,
        "actor": entry.actor,
        "surface": entry.surface,
    }
    for batch in _batches(_changes(effects, last)):
        await tx.run(statement, {"changes": batch, **shared})


def _statements(effects: Iterable[Effect]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    created: dict[str, list[dict[str, Any]]] = {}
    updated: dict[str, list[dict[str, Any]]] = {}
    linked: dict[str, list[dict[str, Any]]] = {}
    relinked: dict[str, list[dict[str, Any]]] = {}
    for effect in effects:
        match effect:
            case Created():
                created.setdefault(effect.ref.kind, []).append({"properties": effect.properties})
            case Updated():
                updated.setdefault(effect.ref.kind, []).append({"key": effect.ref.key, "changed": effect.changed})
            case Linked(relation):
                row = {"start": relation.start, "finish": relation.finish, "properties": relation.properties}
                linked.setdefault(relation.type, []).append(row)
            case Relinked(relation):
                relinked.setdefault(relation.type, []).append({"id": effect.id, "changed": effect.changed})
    yield from ((create_entities(kind), rows) for kind, rows in created.items())
    yield from ((update_entities(kind), rows) for kind, rows in updated.items())
    yield from ((create_links(link), rows) for link, rows in linked.items())
    yield from ((update_links(link), rows) for link, rows in relinked.items())


def create_entities(kind: str) -> str:
    """Return the statement that creates entities of a kind."""
    return f"UNWIND $rows AS row CREATE (n:{kind}:Entity) SET n = row.properties"


def update_entities(kind: str) -> str:
    """Return the statement that patches entities of a kind; null removes a property."""
    return (
        f"UNWIND $rows AS row MATCH (n:{kind}) USING INDEX SEEK n:{kind}(key) WHERE n.key = row.key "
        f"SET n += row.changed"
    )


def create_links(link_type: str) -> str:
    """Return the statement that creates links of a type."""
    return (
        f"UNWIND $rows AS row MATCH (a:Entity) USING INDEX SEEK a:Entity(id) WHERE a.id = row.start "
        f"MATCH (b:Entity) USING INDEX SEEK b:Entity(id) WHERE b.id = row.finish "
        f"CREATE (a)-[r:{link_type}]->(b) SET r = row.properties"
    )


def update_links(link_type: str) -> str:
    """Return the statement that patches links of a type; null removes a property."""
    return (
        f"UNWIND $rows AS row MATCH ()-[r:{link_type}]->() USING INDEX SEEK r:{link_type}(id) WHERE r.id = row.id "
        f"SET r += row.changed"
    )


def _changes(effects: Iterable[Effect], last: int) -> Iterator[dict[str, Any]]:
    for seq, effect in enumerate(effects, start=last + 1):
        before, after = effect.images()
        yield {"seq": seq, "entity": effect.id, "before": before, "after": after}


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        yield batch
