"""A random graph of all kinds and links, the same for one seed, written through the project's own change sets.

It is made to be awkward: many unknown values, few different ones, so that ties abound, keys that several kinds share,
text that sorts and folds unlike ASCII, the ends of every number's and date's range.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, product
from random import Random
from typing import Any

from pydantic import ValidationError

from graph_api.change.apply import apply
from graph_api.change.changeset import ChangeSet, EntityChange, LinkChange, Mode, Ref
from graph_api.model import MODEL, Kind, LinkType, Property
from graph_api.store.connection import Store

EACH = 11
"""Entities of each kind."""
UNKNOWN = 0.3
"""The share of values that are unknown."""
ACTORS = ("anna", "Ben", "ünal")

TEXTS = (
    "pricing",
    "Pricing",
    "PRICING is unclear",
    "price",
    "unclear",
    "e\u0301tude",  # combining
    "\u00e9tude",  # the same for people, composed
    "STRASSE",
    "straße",
    "ΟΔΟΣ",  # ends in a sigma that folds by its place
    "İstanbul",  # folds into two characters
    "\U0001f600 smile",  # beyond the basic plane
    "\U0001d4d0lpha",
    "\uff30ricing",  # full width: below the emoji as a code point, above them in UTF-16
    "\ufb01ne",
    "100%",
    'a "quoted" \\ path',
    "line\nbreak",
    "ALPHA-2.x_y",
    "EUR",
    "USD",
    "https://example.org/a",
    "https://example.org/B?c=d",
    "P14D",
    "PT30M",
    "P3M",
)
NUMBERS = (
    0,
    1,
    2,
    3,
    5,
    7.5,
    10,
    -1,
    -2,
    0.25,
    0.5,
    0.1,
    0.30000000000000004,
    42,
    1000,
    2**31 - 1,
    1e-9,
    1e300,
    -1e300,
)
AMOUNTS = ("0", "0.01", "0.0001", "12.5", "12.50", "1000", "-3.1415", "100000000000000", "-100000000000000")
DAYS = ("2024-02-29", "2024-03-01", "2025-12-31", "2026-01-01", "0001-01-01", "9999-12-31", "1969-12-31")
CANDIDATES: dict[str, Sequence[Any]] = {
    "String": TEXTS,
    "Duration": TEXTS,
    "Boolean": (True, False),
    "Int": [number for number in NUMBERS if number == int(number)],
    "Float": NUMBERS,
    "Date": DAYS,
    "Decimal": [Decimal(amount) for amount in AMOUNTS],
    "ExternalLink": [{"label": text, "url": "https://example.org/"} for text in TEXTS[:3]],
    "AnswerCount": [{"answer": answer, "count": 3} for answer in (0, 9.5, 10)],
}


class RandomGraph:
    """Draws a graph; every draw comes from the seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self._pools: dict[tuple[str, str], list[Any]] = {}

    def entities(self) -> Iterator[EntityChange]:
        """Draw the entities of every kind."""
        for kind in MODEL.kinds.values():
            for number in range(EACH):
                yield self.entity(kind, self._key(kind, number))

    def entity(self, kind: Kind, key: str) -> EntityChange:
        """Draw an entity."""
        fields = self.fields(kind)
        if kind.keyed:
            fields["name"] = self._draw(kind.name, kind.properties["name"])
        return EntityChange(Mode.PUT, kind.name, key, fields)

    def links(self) -> Iterator[LinkChange]:
        """Draw links of every type between all the kinds that it may join."""
        for link in MODEL.links.values():
            taken: set[Ref] = set()
            left: set[Ref] = set()
            seen: set[tuple[Ref, Ref, Any]] = set()
            for start_kind, finish_kind in product(link.start, link.finish):
                if not link.joins(start_kind, finish_kind):
                    continue
                for start, finish in self._pairs(link, start_kind, finish_kind):
                    fields = self.fields(link)
                    identity = (start, finish, fields.get(link.distinguished_by) if link.distinguished_by else None)
                    if identity in seen or (link.one_parent and finish in taken):
                        continue
                    if start_kind in link.one and start in left:
                        continue
                    seen.add(identity)
                    taken.add(finish)
                    left.add(start)
                    yield LinkChange(link.name, start, finish, fields)

    def _pairs(self, link: LinkType, start_kind: str, finish_kind: str) -> Iterator[tuple[Ref, Ref]]:
        starts, finishes = self._refs(start_kind), self._refs(finish_kind)
        if link.acyclic and start_kind == finish_kind:
            pairs = list(combinations(starts, 2))
        else:
            pairs = list(product(starts, finishes))
        # A few have many links and a few have none, as in life.
        many = self.random.choice((18, 32, 50))
        yield from (self.random.choice(pairs) for _ in range(many))

    def _refs(self, kind: str) -> list[Ref]:
        return [Ref(kind, self._key(MODEL.kinds[kind], number)) for number in range(EACH)]

    def _key(self, kind: Kind, number: int) -> str:
        # The same in every kind, so that lists of several kinds have ties; capitals before small letters.
        if kind.keyed:
            return ("k", "K", "a.", "Z_", "9-")[number % 5] + str(number)
        return f"{TEXTS[number]}|{number}"

    def fields(self, owner: Kind | LinkType) -> dict[str, Any]:
        """Draw the fields of an entity or a link that may be unknown; many are."""
        fields: dict[str, Any] = {}
        for name, prop in owner.properties.items():
            if prop.stamp or prop.required or name == "position" or self.random.random() < UNKNOWN:
                continue
            if prop.type.many:
                pool = self._pool(owner.name, prop)
                fields[name] = self.random.sample(pool, self.random.randint(0, min(3, len(pool))))
            else:
                fields[name] = self._draw(owner.name, prop)
        # Figures must not contradict each other: no part is more than its whole, and counts make the value.
        for part, whole in (("important", "respondents"), ("satisfied", "respondents"), ("support", "of")):
            if part in fields and whole in fields:
                fields[part] = min(fields[part], fields[whole])
        if "counts" in fields:
            fields.pop("value", None)
        return fields

    def _draw(self, owner: str, prop: Property) -> Any:
        pool = self._pool(owner, prop)
        # The first few come often: ties.
        return self.random.choice(pool[:4] if self.random.random() < 0.5 else pool)

    def _pool(self, owner: str, prop: Property) -> list[Any]:
        """Give the values that the model allows for a field, in an order of its own."""
        key = (owner, prop.name)
        if key not in self._pools:
            candidates: Sequence[Any] = (
                [member.value for member in prop.type.choice] if prop.type.choice else CANDIDATES[prop.type.graphql]
            )
            allowed = [value for value in candidates if _allowed(prop, value)]
            self._pools[key] = self.random.sample(allowed, len(allowed))
        return self._pools[key]


def _allowed(prop: Property, value: Any) -> bool:
    try:
        prop.type.parse([value] if prop.type.many else value)
    except ValidationError:
        return False
    return True


async def write_random_graph(store: Store, seed: int) -> None:
    """Write the graph of a seed into an empty, prepared database."""
    graph = RandomGraph(seed)
    entities, links = list(graph.entities()), list(graph.links())
    third = -(-len(links) // len(ACTORS))
    for number, actor in enumerate(ACTORS):
        part = tuple(links[number * third : (number + 1) * third])
        await apply(store, ChangeSet(tuple(entities) if number == 0 else (), part, actor, "test"))
    touched = tuple(
        EntityChange(Mode.UPDATE, change.kind, change.key, {"description": "touched again"} if number % 2 else {})
        for number, change in enumerate(entities)
        if MODEL.kinds[change.kind].keyed and number % 3 == 0
    )
    await apply(store, ChangeSet(touched, (), "Zoë", "test"))
    await _spread_stamps(store)


async def _spread_stamps(store: Store) -> None:
    # Change sets are stamped with the moment they are applied, and nothing reviews links yet: lists sorted by stamps,
    # and conditions on them, would see one value only.
    async with store.transaction() as tx:
        await tx.run(
            "MATCH (n:Entity) WITH n ORDER BY labels(n), n.key WITH collect(n) AS found "
            "UNWIND range(0, size(found) - 1) AS i WITH found[i] AS n, i "
            "SET n.createdAt = n.createdAt - duration({days: i % 7, seconds: i % 2}), "
            "n.updatedAt = n.updatedAt - duration({days: i % 3}), n.createdBy = $actors[i % 3], "
            "n.substanceAt = CASE WHEN n.name IS NOT NULL AND i % 4 > 0 THEN n.updatedAt - duration({days: i % 5}) END",
            {"actors": list(ACTORS)},
        )
        await tx.run(
            "MATCH (a:Entity)-[r]->(b:Entity) WITH r ORDER BY type(r), labels(a), a.key, labels(b), b.key "
            "WITH collect(r) AS found UNWIND range(0, size(found) - 1) AS i WITH found[i] AS r, i WHERE i % 3 > 0 "
            "SET r.reviewedAt = r.createdAt - duration({days: i % 5}), r.reviewedBy = $actors[i % 3]",
            {"actors": list(ACTORS)},
        )
