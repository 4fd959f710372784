"""Walking a list in pages gives each element once, in the stated order, whoever else writes meanwhile."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import Any

import pytest
from graphql import get_named_type

from graph_api.change.apply import apply
from graph_api.change.changeset import ChangeSet, LinkChange, Ref
from graph_api.model import MODEL, Direction, LinkField
from graph_api.store.connection import Store
from tests.reference.operations import Generator
from tests.reference.proof import SEED, Proof
from tests.reference.random_graph import RandomGraph
from tests.reference.reference import Element, Entity, Graph, Order, linked

WALKS = 10
BUSY = 6
"""For how many pages of a walk others insert: for ever, and a walk of small pages would never end."""
NOBODY = "0" * 32


@dataclass(frozen=True)
class Listed:
    """A list to walk: all of a kind, or what a link field of one entity leads to."""

    kind: str
    link_field: LinkField | None
    parent: Entity | None
    order: list[dict[str, Any]]
    order_type: str

    def query(self) -> str:
        """Write the query for one page."""
        arguments = "orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before"
        page = (
            "{ totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id } } }"
        )
        if self.parent is None or self.link_field is None:
            field = f"page: {MODEL.kinds[self.kind].list_name}({arguments}) {page}"
        else:
            inner = f"page: {self.link_field.name}({arguments}) {page}"
            field = f'parent: node(id: "{self.parent.id}") {{ ... on {self.parent.kind} {{ {inner} }} }}'
        declared = f"$orderBy: [{self.order_type}!], $first: Int, $after: String, $last: Int, $before: String"
        return f"query Page({declared}) {{ {field} }}"

    def elements(self, graph: Graph) -> list[Element]:
        """List the elements as they should stand, from the whole graph in memory."""
        if self.parent is None or self.link_field is None:
            found = graph.of_kind(self.kind)
        else:
            found = linked(graph.entities[self.parent.id], self.link_field)
        wanted = [{"by": self._stored(term["by"]), "direction": term.get("direction", "ASC")} for term in self.order]
        return Order.of(wanted, self.link_field).sort(found)

    def _stored(self, by: str) -> Any:
        return _order_values[self.order_type][by]


_order_values: dict[str, dict[str, Any]] = {}


def draw(generator: Generator, random: Random, *, nested: bool) -> Listed:
    """Draw a list with several elements, and an order for it."""
    query = generator.schema.query_type
    assert query is not None
    if nested:
        # Only lists that may have one more element, for the writers.
        places = [
            (entity, link_field)
            for entity in generator.entities
            for link_field in MODEL.kinds[entity.kind].links.values()
            if not link_field.single
            and not (link_field.direction is Direction.OUT and entity.kind in link_field.link.one)
            and len(linked(entity, link_field)) >= 3
        ]
        parent, found = random.choice(places)
        fields: Any = generator.schema.type_map[parent.kind]
        argument = fields.fields[found.name].args["orderBy"]
        kind, link_field, entity = found.far[0], found, parent
    else:
        kind, link_field, entity = random.choice(list(MODEL.kinds)), None, None
        argument = query.fields[MODEL.kinds[kind].list_name].args["orderBy"]
    order_type: Any = get_named_type(argument.type)
    by: Any = get_named_type(order_type.fields["by"].type)
    _order_values[order_type.name] = {name: value.value for name, value in by.values.items()}
    order = generator.order(random, order_type.name) if random.random() < 0.85 else []
    return Listed(kind, link_field, entity, order, order_type.name)


Between = Callable[[list[str]], Awaitable[None]]


async def walk(
    proof: Proof, listed: Listed, random: Random, *, forwards: bool, between: Between | None = None
) -> list[tuple[str, str]]:
    """Walk a list in pages of any size and return cursor and id of each element in the list's order."""
    seen: list[tuple[str, str]] = []
    query, cursor = listed.query(), None
    async for page in _pages(proof, query, listed, random, forwards=forwards):
        edges = [(edge["cursor"], edge["node"]["id"]) for edge in page["edges"]]
        seen = [*seen, *edges] if forwards else [*edges, *seen]
        info = page["pageInfo"]
        assert (info["startCursor"], info["endCursor"]) == (edges[0][0], edges[-1][0]) if edges else (None, None)
        # What was walked lies behind, and does not end with the walk's own element being deleted.
        if between is None and cursor is not None:
            assert info["hasPreviousPage" if forwards else "hasNextPage"]
        cursor = info["endCursor" if forwards else "startCursor"]
        if between:
            await between([one for one, _ in edges])
    return seen


async def _pages(
    proof: Proof, query: str, listed: Listed, random: Random, *, forwards: bool
) -> AsyncIterator[dict[str, Any]]:
    cursor: str | None = None
    size = random.randint(1, 5)
    for _ in range(200):
        way = {"first": size, "after": cursor} if forwards else {"last": size, "before": cursor}
        result = await proof.service.ask(query, {"orderBy": listed.order, **way})
        assert result.errors is None
        page = result.data["page"] if listed.parent is None else result.data["parent"]["page"]
        yield page
        info = page["pageInfo"]
        if not info["hasNextPage" if forwards else "hasPreviousPage"]:
            return
        cursor = info["endCursor" if forwards else "startCursor"]
    pytest.fail("The walk does not end.")


@pytest.mark.parametrize("forwards", [True, False], ids=["forwards", "backwards"])
@pytest.mark.parametrize("nested", [False, True], ids=["root", "nested"])
async def test_a_walk_gives_each_element_once_in_the_stated_order(
    proof: Proof, *, nested: bool, forwards: bool
) -> None:
    random = Random(f"{SEED}/{nested}")
    for _ in range(WALKS):
        listed = draw(proof.generator, random, nested=nested)
        expected = [element.node.id for element in listed.elements(proof.reference.graph)]
        seen = await walk(proof, listed, random, forwards=forwards)
        assert [id_ for _, id_ in seen] == expected, (SEED, listed.query(), listed.order)
        assert len({cursor for cursor, _ in seen}) == len(seen)


@dataclass
class Writers:
    """Others who insert and delete around the cursor of a walk."""

    store: Store
    random: Random
    graph: RandomGraph
    listed: Listed
    ids: dict[str, str]
    """The ids of the list's elements at the beginning, by cursor."""
    deleted: set[str]
    numbers: "count[int]"
    pages: int = 0

    async def write(self, page: list[str]) -> None:
        """Insert some and delete one or two: the last of the page, which the walk goes on from, or others."""
        self.pages += 1
        if self.pages <= BUSY:
            await self._insert()
        left = [cursor for cursor in self.ids if cursor not in self.deleted]
        gone = {self.random.choice(pool) for pool in ([one for one in page if one in self.ids], left) if pool}
        if len(left) - len(gone) < 2 or self.random.random() < 0.3:
            return
        parent = self.listed.parent.id if self.listed.parent else NOBODY
        ids = {self.ids[cursor] for cursor in gone} - {parent}
        self.deleted |= {cursor for cursor, id_ in self.ids.items() if id_ in ids}
        async with self.store.transaction() as tx:
            await tx.run("MATCH (n:Entity) WHERE n.id IN $ids DETACH DELETE n", {"ids": sorted(ids)})

    async def _insert(self) -> None:
        number = next(self.numbers)
        link_field, parent = self.listed.link_field, self.listed.parent
        kind = MODEL.kinds[self.listed.kind]
        # Keys before and after all others, so that ties are joined at either end.
        changes = [self.graph.entity(kind, f"{prefix}-new{number}") for prefix in ("0", "m", "zz")]
        links: list[LinkChange] = []
        if link_field and parent:
            here = Ref(parent.kind, parent.stored["key"])
            for change in changes:
                there = Ref(change.kind, change.key or "")
                ends = (here, there) if link_field.direction is Direction.OUT else (there, here)
                links.append(LinkChange(link_field.link.name, *ends, self.graph.fields(link_field.link)))
        await apply(self.store, ChangeSet(tuple(changes), tuple(links), "another", "test"))


@pytest.mark.parametrize("forwards", [True, False], ids=["forwards", "backwards"])
@pytest.mark.parametrize("nested", [False, True], ids=["root", "nested"])
async def test_a_walk_gives_what_was_there_all_the_time_once_and_in_order_while_others_write(
    written: Store, proof: Proof, *, nested: bool, forwards: bool
) -> None:
    random = Random(f"{SEED}/writers/{nested}/{forwards}")
    graph = RandomGraph(SEED)
    numbers = count(SEED % 1000 + (2 * nested + forwards) * 10_000)
    for _ in range(WALKS // 2):
        # The writers of the walk before have changed what there is.
        generator = Generator(proof.generator.schema, await Graph.load(written))
        listed = draw(generator, random, nested=nested)
        before = await walk(proof, listed, Random(SEED), forwards=True)
        writers = Writers(written, random, graph, listed, dict(before), set(), numbers)
        seen = await walk(proof, listed, random, forwards=forwards, between=writers.write)
        stayed = [cursor for cursor, _ in before if cursor not in writers.deleted]
        told = [cursor for cursor, _ in seen]
        assert [cursor for cursor in told if cursor in set(stayed)] == stayed, (SEED, listed.query(), listed.order)
        assert len(set(told)) == len(told)
        # What came and what went is in order too.
        after = [cursor for cursor, _ in await walk(proof, listed, random, forwards=True)]
        there = set(after)
        assert [cursor for cursor in told if cursor in there] == [cursor for cursor in after if cursor in set(told)]
