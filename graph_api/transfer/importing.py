"""Import files: all of them or nothing, the same again without effect, every fault with its place."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph_api.change import present
from graph_api.change.apply import Source as Writing
from graph_api.change.apply import apply
from graph_api.change.changeset import ChangeSet, Fault, Ref
from graph_api.change.effects import Outcome
from graph_api.change.faults import ChangeRefused
from graph_api.change.validate import validate
from graph_api.errors import TooCostlyError
from graph_api.model import MODEL
from graph_api.store.connection import Store
from graph_api.transfer.batches import WHOLE, Done, Progress, judged, write_batches
from graph_api.transfer.document import Document
from graph_api.transfer.drafting import Draft, Drafted, Known, Part, Source, draft, open_ends
from graph_api.transfer.files import load
from graph_api.transfer.jsonl_file import Lines
from graph_api.transfer.places import ImportRefusedError, Place
from graph_api.transfer.whole import Survey

_UPDATES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or in a dry run would do."""

    files: tuple[str, ...]
    left_out: tuple[str, ...]
    """CSV files in a folder that no mapping names."""
    dry_run: bool
    created: tuple[Ref, ...]
    updated: tuple[Ref, ...]
    unchanged: int
    linked: int
    relinked: int
    links_unchanged: int
    revision: int | None
    import_id: str | None = None
    """Of an import in batches: the id by which it can be taken back."""
    by_kind: Mapping[str, int] = field(default_factory=dict)
    """Of an import in batches: how many were created, instead of `created`."""
    passed: int = 0
    """Items that were written before this import was broken off."""
    judged: int = 0
    """In a dry run of more than one batch: how many items were found sound."""

    @property
    def changed(self) -> bool:
        """Whether anything is, or would be, other than before."""
        return bool(self.created or self.by_kind or self.updated or self.linked or self.relinked)

    def sentences(self) -> Iterator[str]:
        """Tell people what happened."""
        for name in self.left_out:
            yield f"{name} was left out: no mapping names it."
        if self.judged:
            yield f"{self.judged} items and links are sound. This was a dry run: nothing was written."
            return
        if self.passed:
            yield f"{_counted(self.passed, 'item')} had been written before."
        if self.changed:
            yield from self._changes("would be " if self.dry_run else "")
        elif not self.passed:
            yield f"Nothing {'would change' if self.dry_run else 'changed'}: {self._the_same()} already there."
            return
        if self.dry_run:
            yield "This was a dry run: nothing was written."
        if self.import_id:
            yield f"`graph-api import --revert {self.import_id}` would take it back."

    def _changes(self, would: str) -> Iterator[str]:
        if made := self.by_kind or Counter(ref.kind for ref in self.created):
            yield f"{_by_kind(made)} {would}created."
        if self.updated:
            shown = ", ".join(map(str, self.updated[:_UPDATES_SHOWN]))
            more = f" and {len(self.updated) - _UPDATES_SHOWN} more" if len(self.updated) > _UPDATES_SHOWN else ""
            kinds = Counter(ref.kind for ref in self.updated)
            yield f"{_by_kind(kinds)} {would}updated: {shown}{more}."
        if self.linked:
            yield f"{_counted(self.linked, 'link')} {would}made."
        if self.relinked:
            yield f"{_counted(self.relinked, 'link')} {would}changed."
        if self.unchanged or self.links_unchanged:
            yield f"{self._the_same()} already there."

    def as_json(self) -> dict[str, Any]:
        """Return the report for programs."""
        return {
            "dryRun": self.dry_run,
            "changed": self.changed,
            "files": list(self.files),
            "leftOut": list(self.left_out),
            "import": self.import_id,
            "created": list(map(str, self.created)),
            "createdByKind": dict(self.by_kind or Counter(ref.kind for ref in self.created)),
            "updated": list(map(str, self.updated)),
            "unchanged": self.unchanged,
            "linksCreated": self.linked,
            "linksUpdated": self.relinked,
            "linksUnchanged": self.links_unchanged,
            "revision": self.revision,
        }

    def _the_same(self) -> str:
        items = "1 item" if self.unchanged == 1 else f"{self.unchanged} items"
        verb = "was" if (self.unchanged, self.links_unchanged) == (1, 0) else "were"
        links = f" and {_counted(self.links_unchanged, 'link')}" if self.links_unchanged else ""
        return f"{items}{links} {verb}"


async def import_paths(  # noqa: PLR0913 - the last ones are for those who import much
    store: Store,
    paths: Iterable[Path],
    *,
    actor: str,
    dry_run: bool = False,
    surface: str = "import",
    resume: str | None = None,
    progress: Progress = lambda _: None,
) -> ImportReport:
    """Import files, and folders of them: in one change set or, where that would be too large, in batches.

    An entity whose key is there already is patched: what the files do not mention stays as it is, and no link is taken
    away. Raises `ImportRefusedError` with every fault that could be found; then nothing was written.

    Batches are told of by `progress`. An import that broke off between them raises `ImportBrokenOffError`; the same
    files again go on with it, and `resume` insists on that, by its id.
    """
    document = await asyncio.to_thread(load, tuple(paths))
    source: Source
    if document.lines and not document.faults:
        source = Lines(tuple(document.lines), actor, surface)
        document.files = document.lines
        draft_, many = await asyncio.to_thread(_first, source, document)
    else:
        draft_ = draft(document, await _known(store, open_ends(document)), actor=actor, surface=surface)
        source, many = Drafted(document.files, draft_), _items(draft_) > WHOLE
    in_batches = _Batches(store, source, document, Writing(actor, surface), progress)
    if resume or many:
        if document.faults and not document.lines:
            raise ImportRefusedError(document.faults.in_order())
        return await in_batches.run(dry_run=dry_run, resume=resume)
    if document.faults:
        await _find_more(store, document, draft_)
        raise ImportRefusedError(document.faults.in_order())
    try:
        outcome = await apply(store, draft_.changes, dry_run=dry_run)
    except ChangeRefused as refused:
        document.faults.found += [draft_.located(fault) for fault in refused.faults]
        raise ImportRefusedError(document.faults.in_order()) from refused
    except TooCostlyError:
        # Few items may still be long ones.
        return await in_batches.run(dry_run=dry_run)
    return _report(document, outcome, dry_run=dry_run)


@dataclass(frozen=True, slots=True)
class _Batches:
    store: Store
    source: Source
    document: Document
    writing: Writing
    progress: Progress

    async def run(self, *, dry_run: bool, resume: str | None = None) -> ImportReport:
        """Judge everything and, unless it is a dry run, write it."""
        found = await judged(self.store, self.source, self.progress)
        done = Done()
        if not dry_run:
            done = await write_batches(
                self.store, self.source, found, writing_as=self.writing, resume=resume, progress=self.progress
            )
        return _report_batches(self.document, found, done, dry_run=dry_run)


def _first(source: Source, document: Document) -> tuple[Draft, bool]:
    """Read as much as one change set may hold, and tell whether there is more."""
    pieces = source.pieces(WHOLE + 1, Part.ALL, document.faults)
    draft_ = next(pieces, Draft(ChangeSet((), (), "", ""), (), ()))
    more = _items(draft_) > WHOLE or next(pieces, None) is not None
    document.complete = not document.faults
    if not (document.faults or _items(draft_)):
        document.faults.add(Place(source.files[0]), "The file says nothing: write one object a line.")
    return draft_, more


def _items(draft_: Draft) -> int:
    return len(draft_.changes.entities) + len(draft_.changes.links)


async def _known(store: Store, wanted: Known) -> Known:
    """Ask the graph which of the keys it has."""
    found: Known = {}
    for kind in sorted(wanted):
        nodes = await present.nodes(store, (Ref(kind, key) for key in wanted[kind]), whole=False)
        found[kind] = {ref.key for ref in nodes}
    return found


async def _find_more(store: Store, document: Document, draft_: Draft) -> None:
    """Look for the faults that only the model or the graph can tell, so that people see all of them at once."""
    faults: tuple[Fault, ...] = validate(draft_.changes)
    if document.complete:
        try:
            await apply(store, draft_.changes, dry_run=True)
        except ChangeRefused as refused:
            faults = refused.faults
    # Where something is wrong already, a second fault would most often be the first one's echo.
    taken = {fault.place for fault in document.faults.found}
    document.faults.found += [
        fault for fault in (draft_.located(fault) for fault in faults) if fault.place not in taken
    ]


def _report(document: Document, outcome: Outcome, *, dry_run: bool) -> ImportReport:
    return ImportReport(
        files=tuple(document.files),
        left_out=tuple(document.left_out),
        dry_run=dry_run,
        created=outcome.created,
        updated=outcome.updated,
        unchanged=outcome.unchanged,
        linked=outcome.linked,
        relinked=outcome.relinked,
        links_unchanged=outcome.links_unchanged,
        revision=outcome.revision,
    )


def _report_batches(document: Document, found: Survey, done: Done, *, dry_run: bool) -> ImportReport:
    return ImportReport(
        files=tuple(document.files),
        left_out=tuple(document.left_out),
        dry_run=dry_run,
        created=(),
        updated=tuple(done.updated),
        unchanged=done.unchanged,
        linked=done.linked,
        relinked=done.relinked,
        links_unchanged=done.links_unchanged,
        revision=done.revision,
        import_id=done.id,
        by_kind=done.created,
        passed=done.passed,
        judged=found.items if dry_run else 0,
    )


def _by_kind(counts: Mapping[str, int]) -> str:
    ordered = [(counts[name], kind) for name, kind in MODEL.kinds.items() if name in counts]
    return ", ".join(f"{count} {kind.plural if count > 1 else kind.field_name}" for count, kind in ordered)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
