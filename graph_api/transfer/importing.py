"""Import files: all of them or nothing, the same again without effect, every fault with its place."""

import asyncio
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph_api.change.apply import apply
from graph_api.change.changeset import Fault, Outcome, Ref
from graph_api.change.faults import ChangeRefused
from graph_api.change.validate import validate
from graph_api.model import MODEL
from graph_api.store.connection import Store
from graph_api.transfer.document import Document
from graph_api.transfer.drafting import Draft, Known, draft, open_ends
from graph_api.transfer.files import load
from graph_api.transfer.places import FileFault, ImportRefusedError

_UPDATES_SHOWN = 10
# A change set counts its parts; people who read a place in a file have no use for the count.
_COUNTED = re.compile(r"^(?:Entity|Link) \d+ ?(?:\((?P<name>.*?)\))?: ")
_EARLIER = re.compile(r"\b(?P<group>entity|link) (?P<number>\d+)\b")


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

    @property
    def changed(self) -> bool:
        """Whether anything is, or would be, other than before."""
        return bool(self.created or self.updated or self.linked or self.relinked)

    def sentences(self) -> Iterator[str]:
        """Tell people what happened."""
        would = "would be " if self.dry_run else ""
        for name in self.left_out:
            yield f"{name} was left out: no mapping names it."
        if not self.changed:
            yield f"Nothing {'would change' if self.dry_run else 'changed'}: {self._the_same()} already there."
            return
        if self.created:
            yield f"{_by_kind(self.created)} {would}created."
        if self.updated:
            shown = ", ".join(map(str, self.updated[:_UPDATES_SHOWN]))
            more = f" and {len(self.updated) - _UPDATES_SHOWN} more" if len(self.updated) > _UPDATES_SHOWN else ""
            yield f"{_by_kind(self.updated)} {would}updated: {shown}{more}."
        if self.linked:
            yield f"{_counted(self.linked, 'link')} {would}made."
        if self.relinked:
            yield f"{_counted(self.relinked, 'link')} {would}changed."
        if self.unchanged or self.links_unchanged:
            yield f"{self._the_same()} already there."
        if self.dry_run:
            yield "This was a dry run: nothing was written."

    def as_json(self) -> dict[str, Any]:
        """Return the report for programs."""
        return {
            "dryRun": self.dry_run,
            "changed": self.changed,
            "files": list(self.files),
            "leftOut": list(self.left_out),
            "created": list(map(str, self.created)),
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


async def import_paths(
    store: Store, paths: Iterable[Path], *, actor: str, dry_run: bool = False, surface: str = "import"
) -> ImportReport:
    """Import YAML files, the CSV files that they map, and folders of them, in one change set.

    An entity whose key is there already is patched: what the files do not mention stays as it is, and no link is taken
    away. Raises `ImportRefusedError` with every fault that could be found; then nothing was written.
    """
    document = await asyncio.to_thread(load, tuple(paths))
    draft_ = draft(document, await _known(store, open_ends(document)), actor=actor, surface=surface)
    if document.faults:
        await _find_more(store, document, draft_)
        raise ImportRefusedError(document.faults.in_order())
    try:
        outcome = await apply(store, draft_.changes, dry_run=dry_run)
    except ChangeRefused as refused:
        document.faults.found += [_located(draft_, fault) for fault in refused.faults]
        raise ImportRefusedError(document.faults.in_order()) from refused
    return _report(document, outcome, dry_run=dry_run)


async def _known(store: Store, wanted: Known) -> Known:
    """Ask the graph which of the keys it has."""
    found: Known = {}
    for kind in sorted(wanted):
        statement = f"UNWIND $keys AS key MATCH (n:{MODEL.kinds[kind].name} {{key: key}}) RETURN collect(n.key) AS keys"
        (keys,) = await store.read(statement, {"keys": sorted(wanted[kind])})
        found[kind] = set(keys)
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
        fault for fault in (_located(draft_, fault) for fault in faults) if fault.place not in taken
    ]


def _located(draft_: Draft, fault: Fault) -> FileFault:
    """Put a fault of the change set at its place, and its counted parts into the words of the files."""
    located = draft_.located(fault)

    def place(match: re.Match[str]) -> str:
        items = draft_.entities if match["group"] == "entity" else draft_.links
        number = int(match["number"]) - 1
        return str(items[number].place) if number < len(items) else match[0]

    words = _COUNTED.sub(lambda match: f"{match['name']}: " if match["name"] else "", located.message)
    return FileFault(located.place, str(located.code), _EARLIER.sub(place, words))


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


def _by_kind(refs: Iterable[Ref]) -> str:
    counts = Counter(ref.kind for ref in refs)
    ordered = [(counts[name], kind) for name, kind in MODEL.kinds.items() if name in counts]
    return ", ".join(f"{count} {kind.plural if count > 1 else kind.field_name}" for count, kind in ordered)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
