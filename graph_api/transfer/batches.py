"""An import too large for one change set: judged as a whole, then written in batches that can be gone on with.

Each batch is a change set of its own; how far the import has come is written in the same transaction. A batch that was
written already is passed over, and one that changes nothing leaves no trace. First
come the entities that links can name, then the links.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from graph_api.change.apply import Source as Writing
from graph_api.change.apply import writing
from graph_api.change.changeset import Ref
from graph_api.change.effects import Outcome
from graph_api.change.faults import SHOWN, ChangeRefused
from graph_api.change.validate import Checked, check
from graph_api.errors import GraphApiError
from graph_api.store.connection import Store
from graph_api.store.faults import ConflictError
from graph_api.store.statements import load
from graph_api.transfer.drafting import Draft, Part, Source
from graph_api.transfer.imports import State, digest, set_state, unfinished
from graph_api.transfer.places import Faults, ImportRefusedError
from graph_api.transfer.whole import Survey, in_order, judge, survey

WHOLE = 20_000
"""Entities and links that are imported in one change set; more go in batches."""
BATCH = 5_000
"""Entities and links in a batch: with their history they have room in the embedded engine, long texts included."""

Progress = Callable[["Stage"], None]


@dataclass(frozen=True, slots=True)
class Stage:
    """How far an import is."""

    id: str | None
    """The import's, once something is written."""
    done: int
    """Items that are checked or, once there is an id, written."""
    total: int | None


class ImportBrokenOffError(GraphApiError):
    """An import stopped between two batches. What is written stays, and can be gone on with or taken back."""

    def __init__(self, identity: str, cause: GraphApiError) -> None:
        super().__init__(f"{cause.message}\n{how_to_go_on(identity)}")
        self.code = cause.code


def how_to_go_on(identity: str) -> str:
    """Say what to do with an import that was broken off."""
    return (
        f"Import {identity} is unfinished: the same command goes on where it stopped, and "
        f"`graph-api import --revert {identity}` takes back what is written."
    )


@dataclass(slots=True)
class Done:
    """What an import in batches did."""

    id: str | None = None
    created: Counter[str] = field(default_factory=Counter)
    updated: list[Ref] = field(default_factory=list)
    unchanged: int = 0
    linked: int = 0
    relinked: int = 0
    links_unchanged: int = 0
    passed: int = 0
    """Items that were written before."""
    revision: int | None = None

    def add(self, outcome: Outcome) -> None:
        """Add what a batch did."""
        self.created.update(ref.kind for ref in outcome.created)
        self.updated += outcome.updated
        self.unchanged += outcome.unchanged
        self.linked += outcome.linked
        self.relinked += outcome.relinked
        self.links_unchanged += outcome.links_unchanged
        self.revision = outcome.revision or self.revision


async def judged(store: Store, source: Source, progress: Progress) -> Survey:
    """Judge the source as a whole; raise `ImportRefusedError` with what is wrong with it."""
    read = 0

    def step(items: int) -> None:
        nonlocal read
        read += items
        progress(Stage(None, read, None))

    found = await asyncio.to_thread(survey, source, Faults(), step)
    if not found.full:
        await judge(store, found, source)
    if found.faults:
        raise ImportRefusedError(found.faults.in_order(), more=found.full)
    return found


async def write_batches(  # noqa: PLR0913 - what, as whom, from where on, and who wants to know
    store: Store, source: Source, found: Survey, *, writing_as: Writing, resume: str | None, progress: Progress
) -> Done:
    """Write what was judged, batch by batch, where it was broken off before from there on."""
    known = await asyncio.to_thread(digest, source.files)
    earlier = await unfinished(store, known, resume)
    done = Done(earlier.id if earlier else None)
    identity = earlier.id if earlier else uuid4().hex
    size = earlier.batch if earlier else BATCH
    started = {
        "at": datetime.now(UTC),
        "actor": writing_as.actor,
        "files": list(source.files),
        "digest": known,
        "items": found.items,
        "batch": size,
        "state": State.RUNNING.value,
    }
    batches = _batches(source, found, size)
    following = asyncio.create_task(asyncio.to_thread(_checked, batches))
    number = items = 0
    try:
        while (batch := await following) is not None:
            draft, checked = batch
            # The next one is read and checked while Neo4j writes this one.
            following = asyncio.create_task(asyncio.to_thread(_checked, batches))
            number += 1
            size_here = len(draft.changes.entities) + len(draft.changes.links)
            if earlier and number <= earlier.done:
                done.passed += size_here
            else:
                record = {"id": identity, "started": started, "done": number}
                outcome = await _write(store, draft, checked, writing_as, record)
                done.id = identity if outcome.change_set else done.id
                done.add(outcome)
            items += size_here
            progress(Stage(done.id, items, found.items))
    except GraphApiError as error:
        if done.id is None:
            raise
        raise ImportBrokenOffError(done.id, error) from error
    finally:
        following.cancel()
    if done.id:
        await set_state(store, done.id, State.DONE)
    return done


async def _write(store: Store, draft: Draft, checked: Checked, writing_as: Writing, record: dict[str, Any]) -> Outcome:
    try:
        async with writing(store) as writer:
            outcome = await writer.apply(checked, writing_as)
            if outcome.change_set:
                await writer.tx.run(load("import/progress").text, {**record, "changeSet": outcome.change_set})
    except ChangeRefused as refused:
        # What was judged sound no longer is: somebody else has written since.
        raise ConflictError("\n".join(str(draft.located(fault)) for fault in refused.faults[:SHOWN])) from refused
    return outcome


def _batches(source: Source, found: Survey, size: int) -> Iterator[Draft]:
    yield from source.pieces(size, Part.KEYED, Faults())
    yield from in_order(source.pieces(size, Part.REST, Faults()), found.disordered, size)


def _checked(batches: Iterator[Draft]) -> tuple[Draft, Checked] | None:
    draft = next(batches, None)
    return None if draft is None else (draft, check(draft.changes))
