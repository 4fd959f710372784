"""From a document to a change set: keys are made, ends are found, and every change remembers its place in a file."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Protocol

from graph_api.change.changeset import ChangeSet, EntityChange, Fault, LinkChange, Mode, Ref
from graph_api.change.keys import provisional
from graph_api.change.natural import is_named, missing_link, natural_key
from graph_api.model import MODEL, Direction
from graph_api.transfer.document import Document, EntityItem, LinkItem, a, forms, one_of
from graph_api.transfer.places import Faults, FileFault, Place

# A change set counts its parts; people who read a place in a file have no use for the count.
_COUNTED = re.compile(r"^(?:Entity|Link) \d+ ?(?:\((?P<name>.*?)\))?: ")
_EARLIER = re.compile(r"\b(?P<group>entity|link) (?P<number>\d+)\b")

Known = dict[str, set[str]]
"""Keys by kind."""


class Spot(Protocol):
    """Where a change comes from."""

    @property
    def place(self) -> Place:
        """Where it begins."""

    def place_of(self, rest: tuple[str | int, ...]) -> Place:
        """Return the place of a part of it, by the path of a fault below the change."""


@dataclass(slots=True)
class Draft:
    """A change set, and for each of its parts the place that it comes from."""

    changes: ChangeSet
    entities: Sequence[Spot]
    links: Sequence[Spot]

    def located(self, fault: Fault) -> FileFault:
        """Put a fault of the change set at its place, and its counted parts into the words of the files."""
        group, index, *rest = fault.path
        items = self.entities if group == "entities" else self.links

        def place(match: re.Match[str]) -> str:
            items = self.entities if match["group"] == "entity" else self.links
            number = int(match["number"]) - 1
            return str(items[number].place) if number < len(items) else match[0]

        words = _COUNTED.sub(lambda match: f"{match['name']}: " if match["name"] else "", fault.message)
        return FileFault(items[int(index)].place_of(tuple(rest)), str(fault.code), _EARLIER.sub(place, words))


class Part(Enum):
    """What is read of a source in one pass."""

    ALL = "ALL"
    KEYED = "KEYED"
    """The entities that links can name."""
    REST = "REST"
    """Links, and the records, each together with its links: what a measurement's figures mean, its KPI says."""


class Source(Protocol):
    """Changes that can be read again and again, piece by piece, always in the same pieces."""

    @property
    def files(self) -> Sequence[str]:
        """The files that they come from."""

    def pieces(self, size: int, part: Part, faults: Faults) -> Iterator[Draft]:
        """Yield the changes in pieces of at most so many items; what cannot be read is a fault."""


Unit = tuple[list[tuple[EntityChange, Spot]], list[tuple[LinkChange, Spot]]]
"""What stays together where there is room: a record with its links. The links of other entities may be parted."""


def cut(units: Iterable[Unit], size: int, like: ChangeSet) -> Iterator[Draft]:
    """Put units together to drafts of at most so many items, by the actor and the surface of another change set."""

    def draft_of(links: list[tuple[LinkChange, Spot]]) -> Draft:
        changes = replace(like, entities=tuple(item for item, _ in entities), links=tuple(item for item, _ in links))
        return Draft(changes, [spot for _, spot in entities], [spot for _, spot in links])

    entities: list[tuple[EntityChange, Spot]] = []
    links: list[tuple[LinkChange, Spot]] = []
    for own, joined in units:
        if own and (entities or links) and len(entities) + len(links) + len(own) + len(joined) > size:
            yield draft_of(links)
            entities, links = [], []
        entities += own
        links += joined
        while len(entities) + len(links) >= size:
            room = size - len(entities)
            yield draft_of(links[:room])
            entities, links = [], links[room:]
    if entities or links:
        yield draft_of(links)


@dataclass(frozen=True)
class Drafted:
    """A draft that is held as a whole, as a source."""

    files: Sequence[str]
    draft: Draft

    def pieces(self, size: int, part: Part, faults: Faults) -> Iterator[Draft]:  # noqa: ARG002 it could be read
        """Cut the draft into pieces, entities first."""
        yield from cut(self._units(part), size, self.draft.changes)

    def _units(self, part: Part) -> Iterator[Unit]:
        changes = self.draft.changes
        of_record: dict[Ref, list[tuple[LinkChange, Spot]]] = {}
        rest: list[tuple[LinkChange, Spot]] = []
        for link in zip(changes.links, self.draft.links, strict=True):
            ends = (link[0].start, link[0].finish)
            record = next((ref for ref in ends if not MODEL.kinds[ref.kind].keyed), None)
            (of_record.setdefault(record, []) if record else rest).append(link)
        for change, spot in zip(changes.entities, self.draft.entities, strict=True):
            keyed = MODEL.kinds[change.kind].keyed
            if keyed and part is not Part.REST:
                yield [(change, spot)], []
            elif not keyed and part is not Part.KEYED:
                yield [(change, spot)], of_record.pop(Ref(change.kind, change.key or ""), [])
        if part is not Part.KEYED:
            yield from (([], [link]) for links in (*of_record.values(), rest) for link in links)


@dataclass(slots=True)
class _Ends:
    """Finds the kind at the far end of a link where several are possible."""

    document: Document
    in_files: Known
    in_graph: Known
    found: dict[int, Ref | None] = field(default_factory=dict)

    def far(self, link: LinkItem) -> Ref | None:
        """Return the entity at the far end; none where it cannot be told, which is then a fault."""
        if id(link) not in self.found:
            self.found[id(link)] = Ref(link.kind, link.far) if link.kind else self._searched(link)
        return self.found[id(link)]

    def _searched(self, link: LinkItem) -> Ref | None:
        for known in (self.in_files, self.in_graph):
            kinds = [kind for kind in link.at.far if link.far in known.get(kind, ())]
            if len(kinds) == 1:
                return Ref(kinds[0], link.far)
            if kinds:
                names = " and ".join(a(MODEL.kinds[kind].field_name) for kind in kinds)
                message = f"`{link.far}` is the key of {names}: write "
                self.document.faults.add(link.place, f"{message}{forms(link.at, link.far, kinds)}.")
                return None
        if self.document.complete:
            self.document.faults.add(
                link.place,
                f"`{link.at.name}` leads to {one_of(link.at.far)}, and none has the key `{link.far}`: add it, "
                f"mend the key, or write its kind too, as in {forms(link.at, link.far)}.",
                "NOT_FOUND",
            )
        return None


def open_ends(document: Document) -> Known:
    """Return the keys, by kind, that only the graph can tell the kind of."""
    in_files = _in_files(document, _keys(document))
    wanted: Known = {}
    for item in document.entities:
        for link in item.links:
            if link.kind is None and not any(link.far in in_files.get(kind, ()) for kind in link.at.far):
                for kind in link.at.far:
                    wanted.setdefault(kind, set()).add(link.far)
    return wanted


def draft(document: Document, in_graph: Known, *, actor: str, surface: str) -> Draft:
    """Make the change set. `in_graph` has what the graph knows of `open_ends`."""
    keys = _keys(document)
    ends = _Ends(document, _in_files(document, keys), in_graph)
    changes: list[EntityChange] = []
    links: list[tuple[LinkItem, LinkChange]] = []
    for index, item in enumerate(document.entities):
        key = keys.get(index) if item.kind.keyed else item.key or _natural_key(item, ends)
        named = item.key if item.kind.keyed else key
        changes.append(EntityChange(Mode.PUT, item.kind.name, named, item.values, id=item.id))
        if key is not None:
            links += _links(item, Ref(item.kind.name, key), ends)
    change_set = ChangeSet(tuple(changes), tuple(change for _, change in links), actor, surface)
    return Draft(change_set, document.entities, [link for link, _ in links])


def _links(item: EntityItem, near: Ref, ends: _Ends) -> Iterator[tuple[LinkItem, LinkChange]]:
    for link in item.links:
        far = ends.far(link)
        if far is None:
            continue
        start, finish = (near, far) if link.at.direction is Direction.OUT else (far, near)
        yield link, LinkChange(link.at.link.name, start, finish, link.values)


def _keys(document: Document) -> dict[int, str]:
    """Return the key of each entity, by its index: the one written, or the one that its name will make."""
    keyed = [
        (index, item.kind, item.key, name if isinstance(name := item.values.get("name"), str) else "")
        for index, item in enumerate(document.entities)
        if item.kind.keyed
    ]
    written = {index: key for index, _, key, _ in keyed if key is not None}
    return written | provisional(entry for entry in keyed if entry[2] is not None or entry[3])


def _in_files(document: Document, keys: dict[int, str]) -> Known:
    known: Known = {}
    for index, key in keys.items():
        known.setdefault(document.entities[index].kind.name, set()).add(key)
    return known


def _natural_key(item: EntityItem, ends: _Ends) -> str | None:
    """Return the natural key of a record; none where it cannot be told, which is then a fault."""
    missing = missing_link(item.kind, (link.at for link in item.links))
    if missing:
        ends.document.faults.add(
            item.place,
            f"A {item.kind.field_name} needs `{missing.name}`: add the key of {one_of(missing.far)}.",
            "REQUIRED",
        )
        return None
    found = [(link.at, ends.far(link)) for link in item.links]
    known = [(at, ref) for at, ref in found if ref]
    for name in item.kind.natural_key:
        if any(is_named(at, name) for at, _ in found) and not any(is_named(at, name) for at, _ in known):
            return None
    return natural_key(item.kind, item.values, known)
