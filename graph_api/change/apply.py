"""Apply a change set: the one function through which anything is written.

Everything happens in one transaction, which begins by taking the writer lock. What is read after that cannot change
before the commit, so keys, owners, positions and cycles are judged in Python, on what is really there.
"""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import uuid4

from graph_api.change import present
from graph_api.change.changeset import ChangeSet, Mode, Outcome, Ref
from graph_api.change.effects import Created, Linked, Relinked, Updated
from graph_api.change.faults import ChangeRefused
from graph_api.change.relate import Links, Wanted, neighbourhood, relate, wanted_links
from graph_api.change.resolve import Entities, KnownKeys, Stamp, final_keys, resolve, slugs
from graph_api.change.validate import Checked, check
from graph_api.change.write import Entry, record, write
from graph_api.errors import Code, GraphApiError
from graph_api.store.connection import Store, Transaction
from graph_api.store.statements import load

__all__ = ["ChangeRefused", "GraphBusyError", "NotPreparedError", "apply"]

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
    entities: Entities
    links: Links
    keys: dict[int, str]


async def apply(store: Store, changes: ChangeSet, *, dry_run: bool = False, lock_wait: float = LOCK_WAIT) -> Outcome:
    """Apply the changes in one transaction and say what they did.

    Raises `ChangeRefused` with all faults at once, and has then changed nothing. A set that changes nothing, and a dry
    run, leave no trace: no revision, no history. Waits for other writers at most `lock_wait` seconds, then raises
    `GraphBusyError`.
    """
    checked = check(changes)
    stamp = Stamp(datetime.now(UTC), changes.actor, lambda: uuid4().hex)
    async with store.transaction(within=TRANSACTION) as tx:
        lock = await _take_lock(tx, lock_wait)
        resolved = await _resolve(tx, checked, stamp)
        faults = (*checked.faults, *resolved.entities.faults, *resolved.links.faults)
        if faults:
            raise ChangeRefused(sorted(faults, key=lambda fault: _in_order(fault.path)))
        effects = (*resolved.entities.effects, *resolved.links.effects)
        written = bool(effects) and not dry_run
        if written:
            await write(tx, effects)
            entry = Entry(uuid4().hex, lock.revision, stamp.at, changes.actor, changes.surface)
            await record(tx, effects, entry, lock.seq)
        else:
            await tx.rollback()
    return _outcome(resolved, lock.revision if written else None)


async def _take_lock(tx: Transaction, wait: float) -> _Lock:
    try:
        async with asyncio.timeout(wait):
            rows = await tx.run(load("change/lock").text)
    except TimeoutError as error:
        message = f"Others have been writing for more than {wait:g} seconds; nothing was changed, send it again later."
        raise GraphBusyError(message) from error
    if not rows:
        message = "The database is not set up for this service yet; start the service once, or call prepare()."
        raise NotPreparedError(message)
    return _Lock(rows[0]["revision"], rows[0]["seq"])


async def _resolve(tx: Transaction, checked: Checked, stamp: Stamp) -> _Resolved:
    keys = final_keys(checked, await present.series(tx, slugs(checked)))
    own = {Ref(item.kind.name, keys[item.index]) for item in checked.entities}
    named = {Ref(item.kind.name, checked.provisional.get(item.index, keys[item.index])) for item in checked.entities}
    far = {ref for link in checked.links for ref in (link.start, link.finish)}
    nodes = await present.nodes(tx, own | far)
    patched = {Ref(item.kind.name, keys[item.index]) for item in checked.entities if item.mode is Mode.UPDATE}
    missing = {ref.kind for ref in (far - own - named) | patched if ref not in nodes}
    known = KnownKeys(await _known(tx, missing, own - patched))
    entities = resolve(checked, keys, nodes, known, stamp)
    wanted, faults = wanted_links(checked.links, entities.ends, known)
    links = relate(wanted, await _relations(tx, wanted), stamp)
    links.faults += faults
    return _Resolved(entities, links, keys)


async def _known(tx: Transaction, kinds: set[str], own: set[Ref]) -> dict[str, list[str]]:
    known = await present.some_keys(tx, kinds)
    for ref in own:
        if ref.kind in known:
            known[ref.kind].append(ref.key)
    return known


async def _relations(tx: Transaction, wanted: list[Wanted]) -> present.Relations:
    relations = present.Relations()
    by_type: dict[str, set[str]] = {}
    for item in wanted:
        if not (item.start.new or item.finish.new):
            by_type.setdefault(item.type.name, set()).add(item.id)
    for link_type, ids in by_type.items():
        await present.load_links(tx, relations, link_type, ids)
    needed = neighbourhood(wanted, relations.by_id)
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


def _outcome(resolved: _Resolved, revision: int | None) -> Outcome:
    entities, links = resolved.entities, resolved.links
    return Outcome(
        created=tuple(effect.ref for effect in entities.effects if isinstance(effect, Created)),
        updated=tuple(effect.ref for effect in entities.effects if isinstance(effect, Updated)),
        unchanged=entities.unchanged,
        linked=sum(isinstance(effect, Linked) for effect in links.effects),
        relinked=sum(isinstance(effect, Relinked) for effect in links.effects),
        links_unchanged=links.unchanged,
        revision=revision,
        keys=resolved.keys,
    )
