"""What a change set takes away: links that it names, entities with all their links, and records that belong to them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from graph_api.change import present
from graph_api.change.changeset import Fault, Ref
from graph_api.change.effects import Deleted, Unlinked, link_id
from graph_api.change.faults import FaultCode
from graph_api.change.natural import is_named
from graph_api.change.present import Node, Relation
from graph_api.change.resolve import KnownKeys, stale
from graph_api.change.validate import Checked
from graph_api.model import MODEL, Direction
from graph_api.store.connection import Transaction


@dataclass(slots=True)
class Removal:
    """What goes, links before entities."""

    links: dict[str, Unlinked] = field(default_factory=dict)
    entities: dict[str, Deleted] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def effects(self) -> tuple[Unlinked | Deleted, ...]:
        """The effects, in the order in which they are written."""
        return (*self.links.values(), *self.entities.values())

    @property
    def refs(self) -> frozenset[Ref]:
        """The entities that go."""
        return frozenset(gone.ref for gone in self.entities.values())

    def vacated(self) -> dict[tuple[str, str], None]:
        """Name the orders that lose a member: link type and id of a start that stays."""
        gone = (item.relation for item in self.links.values() if MODEL.links[item.relation.type].positioned)
        return {(link.type, link.start): None for link in gone if link.start not in self.entities}


async def remove(tx: Transaction, checked: Checked) -> Removal:
    """Find out what goes."""
    removal = Removal()
    if checked.deletes:
        await _entities(tx, checked, removal)
    if checked.unlinks:
        await _links(tx, checked, removal)
    return removal


async def _entities(tx: Transaction, checked: Checked, removal: Removal) -> None:
    there = await present.nodes(tx, [item.ref for item in checked.deletes])
    missing = {item.ref.kind for item in checked.deletes if item.ref not in there}
    known = KnownKeys(await present.some_keys(tx, missing))
    for item in checked.deletes:
        place = f"Entity {item.index + 1} to delete"
        node = there.get(item.ref)
        if node is None:
            message = f"{place}: there is no {item.ref}{known.suggest(item.ref)}"
            removal.faults.append(Fault(("deletes", item.index), FaultCode.NOT_FOUND, message))
            continue
        removal.faults += stale(node, item.expected_revision, ("deletes", item.index), place)
        removal.entities[node.id] = Deleted(node)
    ring = set(removal.entities)
    while ring:
        incident = await present.incident(tx, ring)
        for relation in sorted(incident.links, key=lambda link: _place(link, incident.far)):
            removal.links.setdefault(relation.id, Unlinked(relation, cut=True))
        records = [node for node in _records(incident.links, incident.far, ring) if node.id not in removal.entities]
        removal.entities |= {node.id: Deleted(node, cut=True) for node in records}
        ring = {node.id for node in records}


def _place(link: Relation, far: Mapping[str, Node]) -> tuple[str, ...]:
    """Put links in an order that does not hang on chance."""
    return (link.type, *(str(far[end].ref) if end in far else "" for end in (link.start, link.finish)), link.id)


def _records(links: Iterable[Relation], far: dict[str, Node], near: Collection[str]) -> list[Node]:
    """Return the records without a key of their own that belong to what goes: a KPI's measurements."""
    found = {}
    for link in links:
        for identity, other in ((link.start, link.finish), (link.finish, link.start)):
            node = far.get(identity)
            if node and other in near and belongs(link.type, node.ref.kind, out=identity == link.start):
                found[node.id] = node
    return list(found.values())


def belongs(link_type: str, kind: str, *, out: bool) -> bool:
    """Tell whether a record belongs to what is at a link's other end: it has one such, and is told apart by it."""
    link, record = MODEL.links[link_type], MODEL.kinds[kind]
    single = kind in link.one if out else link.one_parent
    way = Direction.OUT if out else Direction.IN
    ends = [end for end in record.links.values() if end.link is link and end.direction is way]
    tells = any(is_named(end, name) for end in ends for name in record.natural_key)
    return not record.keyed and single and tells


async def _links(tx: Transaction, checked: Checked, removal: Removal) -> None:
    ends = await present.nodes(tx, {ref for item in checked.unlinks for ref in (item.start, item.finish)})
    wanted: dict[str, dict[str, list[int]]] = {}
    for item in checked.unlinks:
        if item.start in ends and item.finish in ends:
            identity = link_id(item.type, ends[item.start].id, ends[item.finish].id, item.distinguished)
            wanted.setdefault(item.type.name, {}).setdefault(identity, []).append(item.index)
    relations = present.Relations()
    for link_type, ids in wanted.items():
        await present.load_links(tx, relations, link_type, ids)
    found = {index for link in relations.by_id.values() for index in wanted[link.type][link.id]}
    for item in checked.unlinks:
        if item.index not in found:
            message = f"{item}: there is no such link; leave it out, or name the ends it has."
            removal.faults.append(Fault(("unlinks", item.index), FaultCode.NOT_FOUND, message))
    for relation in relations.by_id.values():
        removal.links.setdefault(relation.id, Unlinked(relation, cut=False))
