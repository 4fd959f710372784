"""Write effects: few statements for each kind and link type, their text from the model, all values from parameters.

As in `present`, the index to use is named, so that no plan made on a small graph scans a large one.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from graph_api.change.effects import Created, Deleted, Effect, Entry, Linked, Relinked, Unlinked, Updated
from graph_api.store.connection import Transaction
from graph_api.store.statements import load

# Rows in the parameters of one statement: large enough to be few, small enough for the embedded engine's heap.
BATCH = 5_000

MOMENTS = ("createdAt", "updatedAt")

Stamps = tuple[tuple[str, datetime], ...]
T = TypeVar("T")


async def write(tx: Transaction, effects: Sequence[Effect]) -> None:
    """Write the effects: first what goes, links before entities; then what comes, entities before links."""
    for statement, rows, stamps in _statements(effects):
        for batch in _batches(rows):
            await tx.run(statement, {"rows": batch, "stamps": stamps})


async def record(tx: Transaction, effects: Sequence[Effect], entry: Entry, last: int) -> None:
    """Append the effects to the history; `last` is the number of the last change before them."""
    statement = load("change/record").text
    for batch in _batches(_changes(effects, last)):
        await tx.run(statement, {"changes": batch, "shared": entry.shared()})


def _statements(effects: Iterable[Effect]) -> Iterator[tuple[str, list[dict[str, Any]], dict[str, Any]]]:
    created: dict[tuple[str, Stamps], list[dict[str, Any]]] = {}
    updated: dict[str, list[dict[str, Any]]] = {}
    linked: dict[tuple[str, Stamps], list[dict[str, Any]]] = {}
    relinked: dict[str, list[dict[str, Any]]] = {}
    unlinked: dict[str, list[dict[str, Any]]] = {}
    deleted: dict[str, list[dict[str, Any]]] = {}
    for effect in effects:
        match effect:
            case Created():
                stamps, properties = _parted(effect)
                created.setdefault((effect.ref.kind, stamps), []).append({"properties": properties})
            case Updated():
                updated.setdefault(effect.ref.kind, []).append({"key": effect.ref.key, "changed": effect.changed})
            case Linked(relation):
                stamps, properties = _parted(effect)
                row = {"start": relation.start, "finish": relation.finish, "properties": properties}
                linked.setdefault((relation.type, stamps), []).append(row)
            case Relinked(relation):
                relinked.setdefault(relation.type, []).append({"id": effect.id, "changed": effect.changed})
            case Unlinked(relation):
                unlinked.setdefault(relation.type, []).append({"id": effect.id})
            case Deleted():
                deleted.setdefault(effect.ref.kind, []).append({"key": effect.ref.key})
    yield from ((delete_links(link), rows, {}) for link, rows in unlinked.items())
    yield from ((delete_entities(kind), rows, {}) for kind, rows in deleted.items())
    yield from ((f"{create_entities(kind)}, n += $stamps", rows, dict(at)) for (kind, at), rows in created.items())
    yield from ((update_entities(kind), rows, {}) for kind, rows in updated.items())
    yield from ((f"{create_links(link)}, r += $stamps", rows, dict(at)) for (link, at), rows in linked.items())
    yield from ((update_links(link), rows, {}) for link, rows in relinked.items())


def _parted(effect: Created | Linked) -> tuple[Stamps, dict[str, Any]]:
    """Take out the moments that all new things of a set share: the driver takes long to send one."""
    properties = effect.properties if isinstance(effect, Created) else effect.relation.properties
    if effect.restored:
        return (), properties
    moments = {name: value for name in MOMENTS if isinstance(value := properties.get(name), datetime)}
    return tuple(moments.items()), {name: value for name, value in properties.items() if name not in moments}


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


def delete_entities(kind: str) -> str:
    """Return the statement that deletes entities of a kind, whose links must be gone; it fails where one is left."""
    return f"UNWIND $rows AS row MATCH (n:{kind}) USING INDEX SEEK n:{kind}(key) WHERE n.key = row.key DELETE n"


def delete_links(link_type: str) -> str:
    """Return the statement that deletes links of a type."""
    return (
        f"UNWIND $rows AS row MATCH ()-[r:{link_type}]->() USING INDEX SEEK r:{link_type}(id) WHERE r.id = row.id "
        f"DELETE r"
    )


def _changes(effects: Iterable[Effect], last: int) -> Iterator[dict[str, Any]]:
    for seq, effect in enumerate(effects, start=last + 1):
        yield {"seq": seq, **effect.record()}


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH)):
        yield batch
