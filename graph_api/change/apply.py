"""Apply a change set: the one function through which anything is written.

Everything happens in one transaction, which begins by taking the writer lock. What is read after that cannot change
before the commit, so keys, owners, positions and cycles are judged in Python, on what is really there.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import uuid4

from graph_api.change import present
from graph_api.change.changeset import ChangeSet, Fault, Mode, Ref
from graph_api.change.effects import Created, Effect, Entry, Linked, Outcome, Relinked, Updated
from graph_api.change.faults import ChangeRefused, FaultCode
from graph_api.change.figures import against_kpi, value_of
from graph_api.change.past import returning
from graph_api.change.relate import Links, Wanted, coming_back, neighbourhood, patching, relate, wanted_links
from graph_api.change.removal import Removal, remove
from graph_api.change.resolve import End, Entities, KnownKeys, Stamp, bring_back, final_keys, resolve, slugs
from graph_api.change.review import review
from graph_api.change.validate import Checked, check
from graph_api.change.write import record, write
from graph_api.errors import Code, GraphApiError
from graph_api.store.connection import Store, Transaction
from graph_api.store.statements import load

__all__ = ["ChangeRefused", "GraphBusyError", "NotPreparedError", "apply"]

MEASUREMENT, MEASURED = "Measurement", "HAS_MEASUREMENT"
# Seconds to wait for the writer lock. A change set takes milliseconds, an import of 20,000 items seconds.
LOCK_WAIT = 30.0
# Seconds for all of a transaction, the wait included: many times what 20,000 items take on a busy notebook.
TRANSACTION = 300.0


class GraphBusyError(GraphApiError):
    """Somebody else has been writing for longer than one waits."""

    code = Code.CONFLICT


class NotPreparedError(GraphApiError):
    """The database has not been set up: see `store.migrations.prepare`."""


class _Lock(NamedTuple):
    revision: int
    seq: int


@dataclass(frozen=True, slots=True)
class _Resolved:
    removal: Removal
    entities: Entities
    links: Links
    keys: dict[int, str]

    @property
    def faults(self) -> list[Fault]:
        return [*self.removal.faults, *self.entities.faults, *self.links.faults]

    @property
    def effects(self) -> tuple[Effect, ...]:
        return (*self.removal.effects, *self.entities.effects, *self.links.effects)


@dataclass(frozen=True, slots=True)
class Source:
    """Who makes changes, and through what."""

    actor: str
    surface: str
    reverts: str | None = None
    """The change set that these changes take back."""


async def apply(store: Store, changes: ChangeSet, *, dry_run: bool = False, lock_wait: float = LOCK_WAIT) -> Outcome:
    """Apply the changes in one transaction and say what they did.

    Raises `ChangeRefused` with all faults at once, and has then changed nothing. A set that changes nothing, and a dry
    run, leave no trace: no revision, no history. Waits for other writers at most `lock_wait` seconds, then raises
    `GraphBusyError`.
    """
    async with writing(store, dry_run=dry_run, lock_wait=lock_wait) as writer:
        return await writer.apply(check(changes), Source(changes.actor, changes.surface), preview=False)


@dataclass(slots=True)
class Writer:
    """Holds the writer lock for one transaction; `apply` may be called once."""

    tx: Transaction
    dry_run: bool
    _lock: _Lock
    written: bool = False

    async def apply(self, checked: Checked, source: Source, *, preview: bool = True) -> Outcome:
        """Write what was checked; in a dry run too where `preview` is wanted: to read it before it is undone."""
        stamp = Stamp(datetime.now(UTC), source.actor, lambda: uuid4().hex)
        resolved = await _resolve(self.tx, checked, stamp)
        faults = (*checked.faults, *resolved.faults)
        if faults:
            raise ChangeRefused(sorted(faults, key=lambda fault: _in_order(fault.path)))
        self.written = bool(resolved.effects) and (preview or not self.dry_run)
        entry = Entry(uuid4().hex, self._lock.revision, stamp.at, source.actor, source.surface, source.reverts)
        if self.written:
            await write(self.tx, resolved.effects)
            if not self.dry_run:
                await record(self.tx, resolved.effects, entry, self._lock.seq)
        return _outcome(resolved, entry, self._lock.seq, recorded=self.written and not self.dry_run)

    async def keep(self) -> None:
        """Commit also where no entity and no link was changed; the graph's revision then stays as it was."""
        if not self.written:
            await self.tx.run(load("change/unlock").text)
            self.written = True


@asynccontextmanager
async def writing(store: Store, *, dry_run: bool = False, lock_wait: float = LOCK_WAIT) -> AsyncIterator[Writer]:
    """Take the writer lock; what was applied is committed when the context ends, or undone in a dry run.

    A set that changes nothing is undone as well, since taking the lock alone would be a new revision.
    """
    wait = _Wait(lock_wait, asyncio.get_running_loop().time() + lock_wait)
    async with _place(store, wait), store.transaction(within=TRANSACTION) as tx:
        writer = Writer(tx, dry_run, await _take_lock(tx, wait))
        yield writer
        if dry_run or not writer.written:
            await tx.rollback()


class _Wait(NamedTuple):
    seconds: float
    until: float
    """By the clock of the running loop."""

    @asynccontextmanager
    async def bounded(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout_at(self.until):
                yield
        except TimeoutError as error:
            message = (
                f"Others have been writing for more than {self.seconds:g} seconds; nothing was changed, send it again "
                f"later."
            )
            raise GraphBusyError(message) from error


@asynccontextmanager
async def _place(store: Store, wait: _Wait) -> AsyncIterator[None]:
    """Hold one of the few places of writers: whoever waits for one holds no connection."""
    async with wait.bounded():
        await store.writers.acquire()
    try:
        yield
    finally:
        store.writers.release()


async def _take_lock(tx: Transaction, wait: _Wait) -> _Lock:
    async with wait.bounded():
        rows = await tx.run(load("change/lock").text)
    if not rows:
        message = "The database is not set up for this service yet; start the service once, or call prepare()."
        raise NotPreparedError(message)
    return _Lock(rows[0]["revision"], rows[0]["seq"])


async def _resolve(tx: Transaction, checked: Checked, stamp: Stamp) -> _Resolved:
    removal = await remove(tx, checked)
    back = await returning(tx, checked.restores, removal.entities)
    keys = final_keys(checked, await present.series(tx, slugs(checked)))
    own = {Ref(item.kind.name, keys[item.index]) for item in checked.entities}
    named = {Ref(item.kind.name, checked.provisional.get(item.index, keys[item.index])) for item in checked.entities}
    far = {ref for link in checked.links for ref in (link.start, link.finish)}
    returned = {node.ref for node in back.nodes.values()}
    mine = own | returned
    found = await present.nodes(tx, mine) | await present.nodes(tx, far - mine, whole=False)
    nodes = {ref: node for ref, node in found.items() if ref not in removal.refs}
    patched = {Ref(item.kind.name, keys[item.index]) for item in checked.entities if item.mode is Mode.UPDATE}
    missing = {ref.kind for ref in (far - own - named - returned) | patched if ref not in nodes}
    known = KnownKeys(await _known(tx, missing, own - patched))
    owners = await present.owners(tx, {item.id for item in checked.entities if item.id is not None})
    owners = {identity: ref for identity, ref in owners.items() if ref not in removal.refs}
    entities = resolve(checked, keys, nodes, known, stamp, owners)
    entities.faults += back.faults
    bring_back(entities, back.nodes.values(), nodes, stamp)
    wanted, faults = wanted_links(checked.links, entities.ends, known)
    patching(wanted, back.links)
    mentioned = {item.id for item in wanted}
    ends = {end.id: end for end in entities.ends.values()}
    ends |= {node.id: End(node.ref, node.id, new=True) for node in back.nodes.values()}
    ends |= {node.id: End(node.ref, node.id, new=False) for node in back.far.values() if node.id not in ends}
    again = coming_back((link for link in back.links.values() if link.id not in mentioned), ends)
    vacated = removal.vacated()
    relations = (await _relations(tx, [*wanted, *again], vacated)).without(removal.links)
    links = relate([*wanted, *again], relations, stamp, vacated)
    links.faults += faults
    await review(tx, checked.reviews, links, removal.links, stamp)
    entities.faults += await _measured(tx, checked, entities, wanted)
    return _Resolved(removal, entities, links, keys)


async def _measured(tx: Transaction, checked: Checked, entities: Entities, wanted: list[Wanted]) -> list[Fault]:
    """Give measurements the value that their counts make; refuse one that contradicts them, and another cohort."""
    touched = {
        effect.id: effect
        for effect in entities.effects
        if effect.ref.kind == MEASUREMENT
        and {"counts", "value", "countedBy"} & effect.values.keys()
        and (effect.whole.get("counts") or effect.whole.get("countedBy"))
    }
    if not touched:
        return []
    kpi_of = {item.finish.id: item.start.id for item in wanted if item.type.name == MEASURED}
    relations = present.Relations()
    if others := touched.keys() - kpi_of.keys():
        await present.load_arriving(tx, relations, MEASURED, others)
        kpi_of |= {link.finish: link.start for links in relations.arriving.values() for link in links}
    kpis = {node.id: node.properties for node in (await present.by_ids(tx, set(kpi_of.values()))).values()}
    for effect in entities.effects:
        if effect.ref.kind == "KPI":
            kpis[effect.id] = kpis.get(effect.id, {}) | effect.values
    index = {Ref(item.kind.name, item.key or ""): item.index for item in checked.entities}
    return [
        Fault(
            ("entities", index.get(effect.ref, 0), "fields", name), FaultCode.INVALID_VALUE, f"{effect.ref}: {words}."
        )
        for effect in touched.values()
        for name, words in _judged(effect, kpis.get(kpi_of.get(effect.id, ""), {}))
    ]


def _judged(effect: Created | Updated, kpi: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Name the fields of a measurement that go against its KPI, each with a sentence, and fill its value in."""
    given, counts = effect.values, effect.whole.get("counts") or ()
    if (
        {"counts", "value"} & given.keys()
        and given.get("value") is None
        and (found := value_of(kpi, counts)) is not None
    ):
        given["value"] = found
    yield from against_kpi(kpi, given.get("value"), counts, given.get("countedBy"))


async def _known(tx: Transaction, kinds: set[str], own: set[Ref]) -> dict[str, list[str]]:
    known = await present.some_keys(tx, kinds)
    for ref in own:
        if ref.kind in known:
            known[ref.kind].append(ref.key)
    return known


async def _relations(tx: Transaction, wanted: list[Wanted], vacated: Iterable[tuple[str, str]]) -> present.Relations:
    relations = present.Relations()
    by_type: dict[str, set[str]] = {}
    for item in wanted:
        if not (item.start.new or item.finish.new):
            by_type.setdefault(item.type.name, set()).add(item.id)
    for link_type, ids in by_type.items():
        await present.load_links(tx, relations, link_type, ids)
    needed = neighbourhood(wanted, relations.by_id, vacated)
    for link_type, ids in needed.reachable.items():
        await present.load_reachable(tx, relations, link_type, ids)
    for link_type, ids in needed.leaving.items():
        await present.load_leaving(tx, relations, link_type, ids)
    for link_type, ids in needed.arriving.items():
        await present.load_arriving(tx, relations, link_type, ids)
    return relations


def _in_order(path: tuple[str | int, ...]) -> list[tuple[int, str]]:
    """Order faults as the set is written: entities before links, the third before the tenth."""
    return [(step, "") if isinstance(step, int) else (-1, step) for step in path]


def _outcome(resolved: _Resolved, entry: Entry, seq: int, *, recorded: bool) -> Outcome:
    entities, links, removal = resolved.entities, resolved.links, resolved.removal
    made = [effect for effect in entities.effects if isinstance(effect, Created)]
    linked = [effect for effect in links.effects if isinstance(effect, Linked)]
    return Outcome(
        created=tuple(effect.ref for effect in made if not effect.restored),
        updated=tuple(effect.ref for effect in entities.effects if isinstance(effect, Updated)),
        unchanged=entities.unchanged,
        linked=sum(not effect.restored for effect in linked),
        relinked=sum(isinstance(effect, Relinked) for effect in links.effects),
        links_unchanged=links.unchanged,
        revision=entry.revision if recorded else None,
        keys=resolved.keys,
        deleted=tuple(effect.ref for effect in removal.entities.values()),
        restored=tuple(effect.ref for effect in made if effect.restored),
        unlinked=len(removal.links),
        links_restored=sum(effect.restored for effect in linked),
        left_out=tuple(links.left_out),
        change_set=entry.change_set if recorded else None,
        ids={ref: end.id for ref, end in entities.ends.items()},
        effects=resolved.effects,
        entry=entry,
        seq=seq,
    )
