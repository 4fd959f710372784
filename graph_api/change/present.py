"""What the graph holds of the things that a change set mentions, read by index, mostly in the transaction that writes.

Labels and relationship types in the statements come from the model, values always from `$parameters`. The index to use
is named: plans are made while the graph is small, and one that scans would be kept for long after it has grown.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph_api.change.changeset import Ref
from graph_api.model import MODEL, Property
from graph_api.store.connection import Runner
from graph_api.store.statements import load

# The moments that any entity and any link can have.
_STAMPS = {name: prop for kind in MODEL.kinds.values() for name, prop in kind.properties.items()}
_LINK_STAMPS = {name: prop for link in MODEL.links.values() for name, prop in link.properties.items()}
# How many of a kind's keys are looked through for a suggestion.
SUGGESTED_FROM = 2_000


@dataclass(frozen=True, slots=True)
class Node:
    """An entity as it stands in the graph."""

    ref: Ref
    id: str
    properties: dict[str, Any]
    """All its properties in stored form, `id` and `key` included; days are Python's, moments are ISO 8601 text."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A link as it stands in the graph. Ends are entity ids."""

    type: str
    id: str
    start: str
    finish: str
    properties: dict[str, Any]

    @property
    def position(self) -> int | None:
        """Its place among the links of its type from the same start, from 1."""
        position: int | None = self.properties.get("position")
        return position


@dataclass(slots=True)
class Relations:
    """The links that matter to a change set: those it mentions, and those beside which it must fit."""

    by_id: dict[str, Relation] = field(default_factory=dict)
    leaving: dict[tuple[str, str], list[Relation]] = field(default_factory=dict)
    """By type and the id of the start, for the types and starts that were asked for."""
    arriving: dict[tuple[str, str], list[Relation]] = field(default_factory=dict)
    """By type and the id of the finish."""
    refs: dict[str, Ref] = field(default_factory=dict)
    """The entities at the far ends, by id."""

    def without(self, gone: Collection[str]) -> "Relations":
        """Return what is left once some links are gone."""

        def left(groups: dict[tuple[str, str], list[Relation]]) -> dict[tuple[str, str], list[Relation]]:
            return {of: [link for link in links if link.id not in gone] for of, links in groups.items()}

        by_id = {identity: link for identity, link in self.by_id.items() if identity not in gone}
        return Relations(by_id, left(self.leaving), left(self.arriving), self.refs) if gone else self


async def series(tx: Runner, slugs: Mapping[str, Collection[str]]) -> dict[str, dict[str, str | None]]:
    """Return, for each kind, the present keys that begin as the slugs do, with the names of their entities."""
    found: dict[str, dict[str, str | None]] = {}
    for kind, bases in slugs.items():
        (row,) = await tx.run(
            f"UNWIND $slugs AS slug "
            f"CALL (slug) {{ MATCH (n:{kind}) USING INDEX SEEK n:{kind}(key) WHERE n.key = slug RETURN n "
            f"UNION ALL MATCH (n:{kind}) USING INDEX SEEK n:{kind}(key) "
            f"WHERE n.key STARTS WITH slug + '-' AND n.key =~ slug + '-[1-9][0-9]*' "
            f"RETURN n }} "
            f"RETURN collect([n.key, n.name]) AS taken",
            {"slugs": sorted(bases)},
        )
        found[kind] = dict(row["taken"])
    return found


async def nodes(tx: Runner, refs: Iterable[Ref], *, whole: bool = True) -> dict[Ref, Node]:
    """Return those of the entities that are there; of those that are only linked the id and the key are enough."""
    keys: dict[str, set[str]] = {}
    for ref in refs:
        keys.setdefault(ref.kind, set()).add(ref.key)
    found = {}
    for kind in sorted(keys):
        wanted = _properties("n", MODEL.kinds[kind].properties) if whole else "n {.id, .key}"
        (row,) = await tx.run(
            f"UNWIND $keys AS key MATCH (n:{kind}) USING INDEX SEEK n:{kind}(key) WHERE n.key = key "
            f"RETURN collect({wanted}) AS nodes",
            {"keys": sorted(keys[kind])},
        )
        for properties in map(_native, row["nodes"]):
            ref = Ref(kind, properties["key"])
            found[ref] = Node(ref, properties["id"], properties)
    return found


async def by_ids(tx: Runner, ids: Collection[str]) -> dict[str, Node]:
    """Return those of the entities that are there, by id."""
    if not ids:
        return {}
    (row,) = await tx.run(
        f"UNWIND $ids AS id MATCH (n:Entity) USING INDEX SEEK n:Entity(id) WHERE n.id = id "
        f"RETURN collect([labels(n), {_properties('n', _STAMPS)}]) AS nodes",
        {"ids": sorted(ids)},
    )
    return {node.id: node for node in (_node(labels, properties) for labels, properties in row["nodes"])}


async def owners(tx: Runner, ids: Collection[str]) -> dict[str, Ref]:
    """Return whose those of the ids are that are taken."""
    if not ids:
        return {}
    (row,) = await tx.run(
        "UNWIND $ids AS id MATCH (n:Entity) USING INDEX SEEK n:Entity(id) WHERE n.id = id "
        "RETURN collect([n.id, labels(n), n.key]) AS owners",
        {"ids": sorted(ids)},
    )
    return {identity: Ref(_kind(labels), key) for identity, labels, key in row["owners"]}


@dataclass(slots=True)
class Incident:
    """All links of some entities, and the entities at their far ends, by id."""

    links: list[Relation]
    far: dict[str, Node]


async def incident(tx: Runner, ids: Collection[str]) -> Incident:
    """Find all links of the entities, whatever their type and direction."""
    (row,) = await tx.run(
        f"UNWIND $ids AS id MATCH (n:Entity)-[r]-(far:Entity) USING INDEX SEEK n:Entity(id) WHERE n.id = id "
        f"WITH DISTINCT r, far "
        f"RETURN collect([type(r), startNode(r).id, endNode(r).id, {_properties('r', _LINK_STAMPS)}, labels(far), "
        f"{_properties('far', _STAMPS)}]) AS links",
        {"ids": sorted(ids)},
    )
    found = Incident([], {})
    for link_type, start, finish, properties, labels, far in row["links"]:
        found.links.append(Relation(link_type, properties["id"], start, finish, _native(properties)))
        node = _node(labels, far)
        found.far[node.id] = node
    return found


async def decided(tx: Runner, refs: Collection[Ref]) -> dict[Ref, list[Node]]:
    """Return the decisions about each of the entities that is there, and the waivers for it, with what they say."""
    if not refs:
        return {}
    there = {node.id: node.ref for node in (await nodes(tx, refs, whole=False)).values()}
    (row,) = await tx.run(load("change/decided").text, {"ids": sorted(there)})
    found: dict[Ref, list[Node]] = {ref: [] for ref in there.values()}
    for identity, labels, properties in row["records"]:
        found[there[identity]].append(_node(labels, properties))
    return found


async def some_keys(tx: Runner, kinds: Iterable[str]) -> dict[str, list[str]]:
    """Return keys of the kinds, for suggestions: all of a small graph, the first ones of a large."""
    found = {}
    for kind in sorted(kinds):
        (row,) = await tx.run(
            f"MATCH (n:{kind}) WHERE n.key IS NOT NULL WITH n.key AS key ORDER BY key LIMIT $limit "
            f"RETURN collect(key) AS keys",
            {"limit": SUGGESTED_FROM},
        )
        found[kind] = row["keys"]
    return found


async def load_links(tx: Runner, into: Relations, link_type: str, ids: Collection[str]) -> None:
    """Look links up by their identities."""
    (row,) = await tx.run(
        f"UNWIND $ids AS id MATCH (a)-[r:{link_type}]->(b) USING INDEX SEEK r:{link_type}(id) WHERE r.id = id "
        f"RETURN collect([a.id, b.id, {_link_properties(link_type)}]) AS links",
        {"ids": sorted(ids)},
    )
    for start, finish, properties in row["links"]:
        into.by_id[properties["id"]] = Relation(link_type, properties["id"], start, finish, _native(properties))


async def load_leaving(tx: Runner, into: Relations, link_type: str, starts: Collection[str]) -> set[str]:
    """Find all links of a type that leave the entities, and return the ids of the far ends."""
    (row,) = await tx.run(
        f"UNWIND $ids AS id MATCH (n:Entity)-[r:{link_type}]->(far:Entity) "
        f"USING INDEX SEEK n:Entity(id) WHERE n.id = id "
        f"RETURN collect([id, far.id, far.key, labels(far), {_link_properties(link_type)}]) AS links",
        {"ids": sorted(starts)},
    )
    for start in starts:
        into.leaving[link_type, start] = []
    for start, finish, key, labels, properties in row["links"]:
        into.refs[finish] = Ref(_kind(labels), key)
        into.leaving[link_type, start].append(Relation(link_type, properties["id"], start, finish, _native(properties)))
    return {finish for _, finish, *_ in row["links"]}


async def load_arriving(tx: Runner, into: Relations, link_type: str, finishes: Collection[str]) -> None:
    """Find all links of a type that arrive at the entities."""
    (row,) = await tx.run(
        f"UNWIND $ids AS id MATCH (n:Entity)<-[r:{link_type}]-(far:Entity) "
        f"USING INDEX SEEK n:Entity(id) WHERE n.id = id "
        f"RETURN collect([id, far.id, far.key, labels(far), {_link_properties(link_type)}]) AS links",
        {"ids": sorted(finishes)},
    )
    for finish in finishes:
        into.arriving[link_type, finish] = []
    for finish, start, key, labels, properties in row["links"]:
        into.refs[start] = Ref(_kind(labels), key)
        into.arriving[link_type, finish].append(
            Relation(link_type, properties["id"], start, finish, _native(properties))
        )


async def load_reachable(tx: Runner, into: Relations, link_type: str, starts: Collection[str]) -> None:
    """Find all links of a type that can be walked to from the entities, one ring after the other."""
    ring = {start for start in starts if (link_type, start) not in into.leaving}
    while ring:
        far = await load_leaving(tx, into, link_type, ring)
        ring = {end for end in far if (link_type, end) not in into.leaving}


def _node(labels: list[str], properties: Mapping[str, Any]) -> Node:
    ref = Ref(_kind(labels), properties["key"])
    return Node(ref, properties["id"], _native(properties))


def _kind(labels: list[str]) -> str:
    return next(label for label in labels if label in MODEL.kinds)


def _link_properties(link_type: str) -> str:
    return _properties("r", MODEL.links[link_type].properties)


def _properties(variable: str, properties: Mapping[str, Property]) -> str:
    # Moments come as text: the driver takes a tenth of a millisecond for each, and nothing is compared with them.
    moments = (name for name, prop in properties.items() if prop.type.graphql == "DateTime")
    return f"{variable} {{{', '.join(('.*', *(f'{name}: toString({variable}.{name})' for name in moments)))}}}"


def _native(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Turn the driver's days into Python's, so that they compare with what the model makes of input."""
    return {
        name: value.to_native() if hasattr(value, "to_native") else value  # this layer must not know the driver
        for name, value in properties.items()
        if value is not None
    }
