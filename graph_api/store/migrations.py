"""Migrations: numbered changes of data, each applied once and recorded in the graph as a `(:Migration)`.

A migration is a file `cypher/migrations/0001_graph.cypher`, a writing statement without parameters or columns. What was
applied once must stay as it was: a file that changes later is refused. Constraints and indexes are no migrations, they
follow from the model.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from graph_api.errors import GraphApiError
from graph_api.settings import bundled
from graph_api.store.connection import Store
from graph_api.store.constraints import OWN, Reconciled, reconcile
from graph_api.store.faults import ConflictError
from graph_api.store.statements import Statement, read

FOLDER = "migrations"
# A migration may touch every node of a large graph.
TIMEOUT = 3_600.0

_APPLIED = "MATCH (m:Migration) RETURN m.number AS number, m.name AS name, m.checksum AS checksum ORDER BY number"
_RECORD = "CREATE (:Migration {number: $number, name: $name, at: $at, checksum: $checksum})"


class MigrationError(GraphApiError):
    """The database and the migrations of this version do not belong together."""


@dataclass(frozen=True, slots=True)
class Migration:
    """A numbered change of data."""

    number: int
    name: str
    statement: Statement
    checksum: str
    """SHA-256 of the statement without its header: a comment may change."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What `prepare` had to do."""

    migrations: tuple[str, ...]
    rules: Reconciled


def migrations(folder: Path | None = None) -> tuple[Migration, ...]:
    """Read the migrations in their order; raises where their numbers have a hole or stand twice."""
    folder = folder or bundled("cypher") / FOLDER
    found = []
    for number, path in enumerate(sorted(folder.glob("*.cypher")), start=1):
        named = re.fullmatch(r"(\d{4})_([a-z0-9_]+)", path.stem)
        if named is None or int(named[1]) != number:
            message = f"The migration {path.name} should be called {number:04}_what_it_does.cypher."
            raise MigrationError(message)
        statement = read(path, f"{FOLDER}/{path.stem}")
        if statement.mode != "write" or statement.parameters or statement.columns:
            message = f"The migration {path.name} must write, and have neither parameters nor columns."
            raise MigrationError(message)
        found.append(Migration(number, named[2], statement, sha256(statement.text.encode()).hexdigest()))
    return tuple(found)


async def prepare(store: Store, known: tuple[Migration, ...] | None = None) -> Prepared:
    """Bring the database to what this version needs: migrations first, then constraints and indexes.

    The rules that guard the migrations themselves come before them; the model's come after, since a migration may have
    to mend what a new constraint would refuse. Where nothing is to do this takes three short reads. `known` are the
    migrations, those of this version unless others are given.
    """
    known = migrations() if known is None else known
    first = Reconciled((), ())
    outstanding = await outstanding_migrations(store, known)
    if outstanding:
        first = await reconcile(store, OWN, drop=False)
        for migration in outstanding:
            await _apply(store, migration, known)
    rest = await reconcile(store)
    rules = Reconciled((*first.created, *rest.created), rest.dropped)
    return Prepared(tuple(migration.statement.name for migration in outstanding), rules)


async def outstanding_migrations(store: Store, known: tuple[Migration, ...]) -> tuple[Migration, ...]:
    """Return the migrations that have not been applied; refuse a database that went another way."""
    applied = {row["number"]: row for row in await store.run(_APPLIED)}
    for number, row in applied.items():
        if number > len(known):
            message = (
                f"The database has migration {number:04}_{row['name']}, which this version does not know; "
                "use the version that made it, or a newer one."
            )
            raise MigrationError(message)
        migration = known[number - 1]
        if row["checksum"] != migration.checksum:
            message = (
                f"The migration {number:04}_{migration.name} was applied to the database in another form (then named "
                f"{row['name']}); restore the file, and put what must change into a new migration."
            )
            raise MigrationError(message)
    return tuple(migration for migration in known if migration.number not in applied)


async def _apply(store: Store, migration: Migration, known: tuple[Migration, ...]) -> None:
    record = {"number": migration.number, "name": migration.name, "checksum": migration.checksum}
    try:
        async with store.transaction(within=TIMEOUT) as tx:
            # Recorded first: of two services that start together the second waits here, and is then refused.
            await tx.run(_RECORD, {**record, "at": datetime.now(UTC)})
            await tx.run(migration.statement.text)
    except ConflictError:
        if migration in await outstanding_migrations(store, known):
            raise
