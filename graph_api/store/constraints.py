"""Constraints and indexes: derived from the model, and reconciled with what the database has.

Ours are known by the prefix of their names; nothing else in the database is touched. Neo4j Community has uniqueness
constraints on nodes and relationships, but none for existence, keys or types: those are `change`'s to keep.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from graph_api.model import MODEL, Model
from graph_api.store.connection import Store
from graph_api.store.faults import ConflictError

PREFIX = "graph_api"
# Seconds within which indexes over a graph that is already there must be filled.
FILLING = 600.0
# Cuts words by Unicode's rules and leaves none out: `IT` is a department, and everywhere else a word to skip.
ANALYZER = "standard-no-stop-words"
# Before looking again where another service is at it too.
PAUSES = (0.5, 2.0, 5.0)

Sort = Literal["unique", "index", "words"]
On = Literal["NODE", "RELATIONSHIP"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A uniqueness constraint, an index of values or one of words: on which label or type, and on which properties."""

    sort: Sort
    on: On
    type: str
    properties: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its name in Neo4j: the same for the same rule."""
        return "_".join((PREFIX, self.sort, self.type, *(() if self.sort == "words" else self.properties)))

    @property
    def create(self) -> str:
        """The statement that makes it."""
        pattern = f"(e:{self.type})" if self.on == "NODE" else f"()-[e:{self.type}]-()"
        properties = ", ".join(f"e.{name}" for name in self.properties)
        if self.sort == "words":
            return (
                f"CREATE FULLTEXT INDEX {self.name} IF NOT EXISTS FOR {pattern} ON EACH [{properties}] "
                f"OPTIONS {{indexConfig: {{`fulltext.analyzer`: '{ANALYZER}'}}}}"
            )
        if self.sort == "unique":
            return f"CREATE CONSTRAINT {self.name} IF NOT EXISTS FOR {pattern} REQUIRE ({properties}) IS UNIQUE"
        return f"CREATE INDEX {self.name} IF NOT EXISTS FOR {pattern} ON ({properties})"


@dataclass(frozen=True, slots=True)
class Reconciled:
    """What was made and removed, by name."""

    created: tuple[str, ...]
    dropped: tuple[str, ...]


# The service's own nodes: what counts revisions, what records changes and requests, what says which migrations ran,
# whom tokens belong to.
OWN = (
    Rule("unique", "NODE", "Graph", ("key",)),
    Rule("unique", "NODE", "Migration", ("number",)),
    Rule("unique", "NODE", "Change", ("seq",)),
    Rule("index", "NODE", "Change", ("entity", "seq")),
    Rule("index", "NODE", "Change", ("start", "seq")),
    Rule("index", "NODE", "Change", ("finish", "seq")),
    Rule("index", "NODE", "Change", ("changeSet", "seq")),
    Rule("index", "NODE", "Change", ("at",)),
    Rule("unique", "NODE", "Request", ("key",)),
    Rule("index", "NODE", "Request", ("at",)),
    Rule("unique", "NODE", "Import", ("id",)),
    Rule("unique", "NODE", "ApiToken", ("id",)),
    # Its name, for as long as it is neither revoked nor replaced.
    Rule("unique", "NODE", "ApiToken", ("activeName",)),
)


OF_ENTITIES = (
    Rule("unique", "NODE", "Entity", ("id",)),
    # Few entities have ever changed: suspect links are found from these.
    Rule("index", "NODE", "Entity", ("substanceAt",)),
)


def declared(model: Model = MODEL) -> tuple[Rule, ...]:
    """Derive all rules from the model."""
    return (*OWN, *OF_ENTITIES, words(model), *_of_kinds(model), *_of_links(model))


def words(model: Model = MODEL) -> Rule:
    """Return the index that search looks in: of all words that people wrote."""
    return Rule("words", "NODE", "Entity", model.searched)


def _of_kinds(model: Model) -> Iterator[Rule]:
    for kind in model.kinds.values():
        yield Rule("unique", "NODE", kind.name, ("key",))
        for prop in kind.properties.values():
            if prop.ordered and prop.name != "key":
                # Pages are cut by (field, key) among known values; where a value may be unknown, the single one tells
                # the known from the unknown. A name and most stamps are always there.
                yield Rule("index", "NODE", kind.name, (prop.name, "key"))
                if not prop.always:
                    yield Rule("index", "NODE", kind.name, (prop.name,))


def _of_links(model: Model) -> Iterator[Rule]:
    for link in model.links.values():
        yield Rule("unique", "RELATIONSHIP", link.name, ("id",))
        # `only` is the start's id where at most one may leave, `parent` the finish's id where at most one may arrive.
        if link.one:
            yield Rule("unique", "RELATIONSHIP", link.name, ("only",))
        if link.one_parent:
            yield Rule("unique", "RELATIONSHIP", link.name, ("parent",))


async def reconcile(store: Store, rules: Iterable[Rule] | None = None, *, drop: bool = True) -> Reconciled:
    """Make the rules that are missing and drop those of ours that are no longer declared; nothing where they agree.

    Without `drop` the others stay, for when `rules` are only some of those declared.
    """
    wanted = {rule.name: rule for rule in (declared() if rules is None else rules)}
    for pause in PAUSES:
        try:
            return await _reconcile(store, wanted, drop=drop)
        except ConflictError:
            # Another service starts at the same time: it makes the same rules, so look again.
            await asyncio.sleep(pause)
    return await _reconcile(store, wanted, drop=drop)


async def _reconcile(store: Store, wanted: Mapping[str, Rule], *, drop: bool) -> Reconciled:
    present = await present_rules(store)
    stale = tuple(name for name, rule in present.items() if wanted.get(name, None if drop else rule) != rule)
    missing = tuple(name for name, rule in wanted.items() if present.get(name) != rule)
    if stale:
        async with store.transaction(within=FILLING) as tx:
            for name in stale:
                await tx.run(f"DROP {'CONSTRAINT' if present[name].sort == 'unique' else 'INDEX'} {name} IF EXISTS")
    if missing:
        async with store.transaction(within=FILLING) as tx:
            for name in missing:
                await tx.run(wanted[name].create)
        await store.run("CALL db.awaitIndexes($seconds)", {"seconds": int(FILLING)}, within=FILLING)
    return Reconciled(created=missing, dropped=stale)


async def present_rules(store: Store) -> dict[str, Rule]:
    """Return ours among the database's constraints and indexes; the indexes behind constraints are left out."""
    found: dict[str, Rule] = {}
    commands: tuple[tuple[str, Sort, str], ...] = (
        ("CONSTRAINTS", "unique", ""),
        # Told by its name: while another service makes a constraint, the index behind it has no owner yet.
        ("INDEXES", "index", " AND NOT name STARTS WITH $constraints"),
    )
    for command, sort, more in commands:
        rows = await store.run(
            f"SHOW {command} YIELD * WHERE name STARTS WITH $prefix{more} "
            "RETURN name, type AS sort, entityType AS `on`, labelsOrTypes AS types, properties",
            {"prefix": f"{PREFIX}_", "constraints": f"{PREFIX}_unique_"},
        )
        found |= {row["name"]: _rule("words" if row["sort"] == "FULLTEXT" else sort, row) for row in rows}
    return found


def _rule(sort: Sort, row: dict[str, Any]) -> Rule:
    return Rule(sort, row["on"], row["types"][0], tuple(row["properties"]))
