"""The records of imports that were made in batches, so that each can be gone on with, or taken back.

`(:Import {id, at, actor, files, digest, items, batch, done, changeSets, state})`: `batch` is how many items a batch may
hold, `done` how many batches are written. Imports in one change set have no record: the history says all of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from pathlib import Path
from typing import Any

from graph_api.change.apply import writing
from graph_api.change.revert import take_back
from graph_api.errors import Code, GraphApiError, UserInputError
from graph_api.store.connection import Store
from graph_api.store.statements import load


class State(StrEnum):
    """What became of an import."""

    RUNNING = "RUNNING"
    """It is being written, or was broken off."""
    DONE = "DONE"
    REVERTED = "REVERTED"


class NoSuchImportError(GraphApiError):
    """There is no import with this id, or it is no longer in a state for what is asked."""

    code = Code.NOT_FOUND


@dataclass(frozen=True, slots=True)
class Import:
    """An import in batches."""

    id: str
    at: str
    """ISO 8601."""
    actor: str
    files: tuple[str, ...]
    digest: str
    """Of the files' bytes."""
    items: int
    batch: int
    done: int
    change_sets: tuple[str, ...]
    """Those that are not taken back, in their order."""
    state: State

    def as_json(self) -> dict[str, Any]:
        """Return the record for programs."""
        return {
            "id": self.id,
            "at": self.at,
            "actor": self.actor,
            "files": list(self.files),
            "items": self.items,
            "batchesDone": self.done,
            "changeSets": list(self.change_sets),
            "state": self.state.value,
        }


def digest(files: Iterable[str]) -> str:
    """Return what tells files with other bytes apart."""
    found = blake2b(digest_size=16)
    for name in files:
        with Path(name).open("rb") as stream:
            while block := stream.read(1 << 20):
                found.update(block)
        found.update(b"\0")
    return found.hexdigest()


async def imports(store: Store) -> list[Import]:
    """Return all imports that were made in batches, the newest first."""
    (rows,) = await store.read(load("import/all").text)
    return [
        Import(
            row["id"],
            row["at"],
            row["actor"],
            tuple(row["files"]),
            row["digest"],
            row["items"],
            row["batch"],
            row["done"],
            tuple(row["changeSets"]),
            State(row["state"]),
        )
        for row in rows
    ]


async def unfinished(store: Store, known: str, asked: str | None) -> Import | None:
    """Find the import, of files with this digest, that was broken off; `asked` is the id of the one that is meant."""
    every = await imports(store)
    if asked is None:
        return next((each for each in every if each.state is State.RUNNING and each.digest == known), None)
    found = next((each for each in every if each.id == asked), None)
    if found is None or found.state is not State.RUNNING:
        message = f"There is no unfinished import {asked}; `graph-api import --list` shows all."
        raise NoSuchImportError(message)
    if found.digest != known:
        message = f"Import {asked} is of other files, or they were changed since; go on with {', '.join(found.files)}."
        raise UserInputError(message)
    return found


async def set_state(store: Store, identity: str, state: State) -> None:
    """Say what became of an import."""
    async with store.transaction() as tx:
        await tx.run(load("import/state").text, {"id": identity, "state": state.value})


async def revert_import(store: Store, identity: str, *, actor: str, step: Callable[[int, int], None]) -> Import:
    """Take an import back, its newest change set first; broken off, it goes on when it is asked again.

    Raises `ChangeRefused` where something that it wrote was changed since: what is newer is taken back already then.
    """
    found = next((each for each in await imports(store) if each.id == identity), None)
    if found is None or found.state is State.REVERTED:
        why = "is taken back already" if found else "is none that was made in batches"
        message = f"Import {identity} {why}; `graph-api import --list` shows all."
        raise NoSuchImportError(message)
    left = list(found.change_sets)
    while left:
        async with writing(store) as writer:
            await take_back(writer, left.pop(), actor=actor, surface="import")
            await writer.tx.run(load("import/taken_back").text, {"id": identity, "left": left})
        step(len(found.change_sets) - len(left), len(found.change_sets))
    await set_state(store, identity, State.REVERTED)
    return found
