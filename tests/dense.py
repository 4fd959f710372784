"""A graph with so many links that Neo4j counts for long: for tests of what becomes of a statement meanwhile."""

import asyncio

from graph_api.change.apply import apply
from graph_api.change.changeset import ChangeSet, EntityChange, Mode
from graph_api.store.connection import Store

SIDE = 100
COUNTING = """
query Counting {
  opportunities(first: 200) { nodes { insights(first: 200) { nodes { opportunities(first: 200) { nodes {
    insights(filter: {node: {severity: {gte: 3}}}) { totalCount }
  } } } } } }
}
"""
"""Takes many seconds, if nobody ends it."""
RUNNING = (
    "SHOW TRANSACTIONS YIELD currentQuery"
    " WHERE currentQuery CONTAINS ':Opportunity' AND NOT currentQuery STARTS WITH 'SHOW' RETURN 1"
)


async def fill(store: Store) -> None:
    """Make as many opportunities as insights, each linked to all of the others."""
    for kind, fields in (("Opportunity", {}), ("Insight", {"severity": 5})):
        keys = [f"{kind[0]}{number}" for number in range(SIDE)]
        entities = tuple(EntityChange(Mode.PUT, kind, key, {"name": key, **fields}) for key in keys)
        await apply(store, ChangeSet(entities, (), "ann", "test"))
    async with store.transaction() as tx:
        await tx.run("MATCH (i:Insight), (o:Opportunity) MERGE (i)-[r:RAISES]->(o) RETURN count(r)")


async def until_running(store: Store, count: int) -> None:
    """Wait until Neo4j works on so many of these statements."""
    async with asyncio.timeout(60):
        while len(await store.run(RUNNING)) != count:  # noqa: ASYNC110 - no event tells
            await asyncio.sleep(0.02)
