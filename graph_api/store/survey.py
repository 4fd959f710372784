"""What stands at a Neo4j: read, never changed, for those who ask whether a service can work on it."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from graph_api.store.connection import Store
from graph_api.store.constraints import declared, present_rules
from graph_api.store.migrations import migrations, outstanding_migrations
from graph_api.store.statements import load
from graph_api.store.tokens import State, every

LASTING = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found."""

    version: str
    edition: str
    """`community` or `enterprise`, as Neo4j says it."""
    writable: bool
    """Whether the database is online and takes changes; on a cluster, some member may while this one does not."""
    clock: float
    """Seconds by which Neo4j's clock is ahead of this machine's; behind where it is below zero."""
    doubt: float
    """Seconds that the question about the clock took: it is known no better than that."""
    migrations: tuple[str, ...]
    """Those of this version that were not applied, each by its number and name."""
    rules: tuple[str, ...]
    """Constraints and indexes that are missing, or are not as this version has them."""
    unfinished: tuple[str, ...]
    """Indexes that are being filled, or failed, each with its state."""
    tokens: int
    """API tokens that are neither expired nor revoked."""
    lasting: int
    """Those among them that stay so for `LASTING`."""


async def survey(store: Store) -> Survey:
    """Look at the graph; raises what the store raises, and MigrationError where another version has changed it."""
    (component,) = await store.run(load("survey/neo4j").text)
    databases = await store.run(load("survey/database").text, {"name": store.endpoint.database})
    before = time.time()
    (clock,) = await store.run(load("survey/clock").text)
    after = time.time()
    outstanding = await outstanding_migrations(store, migrations())
    present = await present_rules(store)
    indexes = await store.run(load("survey/unfinished").text)
    known, now = await every(store), datetime.now(UTC)
    return Survey(
        version=component["version"],
        edition=component["edition"],
        writable=any(each["access"] == "read-write" and each["status"] == "online" for each in databases),
        clock=clock["milliseconds"] / 1_000 - (before + after) / 2,
        doubt=after - before,
        migrations=tuple(f"{each.number:04}_{each.name}" for each in outstanding),
        rules=tuple(rule.name for rule in declared() if present.get(rule.name) != rule),
        unfinished=tuple(f"{each['name']} ({each['state'].lower()})" for each in indexes),
        tokens=sum(each.state(now) is State.ACTIVE for each in known),
        lasting=sum(each.state(now + LASTING) is State.ACTIVE for each in known),
    )
