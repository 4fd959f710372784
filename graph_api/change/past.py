"""What was there before: deleted entities and links, as the history has them."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph_api.change import present
from graph_api.change.changeset import Fault, Ref
from graph_api.change.effects import Action, stored
from graph_api.change.faults import FaultCode
from graph_api.change.present import Node, Relation
from graph_api.change.removal import belongs
from graph_api.model import MODEL
from graph_api.store.connection import Transaction
from graph_api.store.statements import load

Change = Mapping[str, Any]
"""The properties of a Change; see `effects` for its images."""


@dataclass(slots=True)
class Returning:
    """What comes back, as it was."""

    nodes: dict[str, Node] = field(default_factory=dict)
    links: dict[str, Relation] = field(default_factory=dict)
    far: dict[str, Node] = field(default_factory=dict)
    """The entities at the other ends of the links that are there now, by id."""
    faults: list[Fault] = field(default_factory=list)


def node_of(kind: str, image: str) -> Node:
    """Read an entity from its image."""
    properties = stored(MODEL.kinds[kind].properties, json.loads(image)["properties"])
    return Node(Ref(kind, properties["key"]), properties["id"], properties)


def relation_of(link_type: str, image: str) -> Relation:
    """Read a link from its image."""
    read = json.loads(image)
    properties = stored(MODEL.links[link_type].properties, read["properties"])
    return Relation(link_type, properties["id"], read["start"], read["finish"], properties)


async def returning(tx: Transaction, ids: Collection[str], going: Collection[str] = ()) -> Returning:
    """Find what comes back when deleted entities and removed links are restored.

    With an entity come the links that went with it, where their other ends are there or come back too, and the records
    that belonged to it. `going` are the ids of entities that are about to be deleted.
    """
    result = Returning()
    if not ids:
        return result
    last = {change["entity"]: change for change in await _changes(tx, "change/last", ids)}
    for index, identity in enumerate(ids):
        change = last.get(identity)
        if change is None or change["action"] != Action.DELETE:
            why = "it is there" if change else "nothing was ever called so"
            message = f"Item {index + 1} to restore ({identity}): {why}; name something that was deleted."
            code = FaultCode.TAKEN if change else FaultCode.NOT_FOUND
            result.faults.append(Fault(("restores", index), code, message))
        elif "start" in change:
            result.links[identity] = relation_of(change["type"], change["before"])
        else:
            result.nodes[identity] = node_of(change["type"], change["before"])
    ring = set(result.nodes)
    while ring:
        cut = await _changes(tx, "change/cut", ring)
        links = {change["entity"]: relation_of(change["type"], change["before"]) for change in cut}
        result.links |= links
        ring = await _records(tx, links, ring, result)
    ends = {end for link in result.links.values() for end in (link.start, link.finish)} - set(result.nodes)
    result.far = await present.by_ids(tx, ends - set(going))
    there = result.nodes.keys() | result.far.keys()
    missing = {link.id for link in result.links.values() if not {link.start, link.finish} <= there}
    for index, identity in enumerate(ids):
        if identity in missing:
            message = f"Item {index + 1} to restore ({identity}): an end of this link is gone; restore that as well."
            result.faults.append(Fault(("restores", index), FaultCode.NOT_FOUND, message))
    result.links = {identity: link for identity, link in result.links.items() if identity not in missing}
    return result


async def _records(tx: Transaction, links: Mapping[str, Relation], near: set[str], result: Returning) -> set[str]:
    """Bring back the records that went with what they belong to."""
    others = {
        identity: link
        for link in links.values()
        for identity, other in ((link.start, link.finish), (link.finish, link.start))
        if other in near and identity not in result.nodes
    }
    found = set()
    for change in await _changes(tx, "change/last", others) if others else ():
        link = others[change["entity"]]
        if change["action"] == Action.DELETE and change.get("cut"):
            node = node_of(change["type"], change["before"])
            if belongs(link.type, node.ref.kind, out=node.id == link.start):
                result.nodes[node.id] = node
                found.add(node.id)
    return found


async def changes_of_set(tx: Transaction, change_set: str) -> list[Change]:
    """Return the changes of a change set, in their order; none where there is no such set."""
    (row,) = await tx.run(load("change/set").text, {"changeSet": change_set})
    found: list[Change] = row["changes"]
    return found


async def last_changes(tx: Transaction, ids: Collection[str]) -> dict[str, Change]:
    """Return the last change of each entity or link, by its id."""
    return {change["entity"]: change for change in await _changes(tx, "change/last", ids)}


async def _changes(tx: Transaction, statement: str, ids: Collection[str]) -> list[Change]:
    (row,) = await tx.run(load(statement).text, {"ids": sorted(ids)})
    found: list[Change] = row["changes"]
    return found
