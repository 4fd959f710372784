"""From a document to a change set: keys are made, ends are found, and every change remembers its place in a file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from pydantic import ValidationError

from graph_api.change.changeset import ChangeSet, EntityChange, Fault, LinkChange, Mode, Ref
from graph_api.change.keys import provisional
from graph_api.model import MODEL, Direction, Kind
from graph_api.model.catalogue import lower_first
from graph_api.transfer.document import Document, EntityItem, LinkItem, a, forms, one_of
from graph_api.transfer.nodes import within
from graph_api.transfer.places import FileFault, Place

Known = dict[str, set[str]]
"""Keys by kind."""


@dataclass(slots=True)
class Draft:
    """A change set, and for each of its parts the place that it comes from."""

    changes: ChangeSet
    entities: list[EntityItem]
    links: list[LinkItem]

    def located(self, fault: Fault) -> FileFault:
        """Say of a fault in the change set where in the files it is."""
        return FileFault(self._place(fault.path), fault.code, fault.message)

    def _place(self, path: tuple[str | int, ...]) -> Place:
        group, index, *rest = path
        item = self.entities[int(index)] if group == "entities" else self.links[int(index)]
        if len(rest) > 1 and rest[0] == "fields" and (node := item.nodes.get(str(rest[1]))):
            return within(node, tuple(rest[2:]))
        return item.key_place if isinstance(item, EntityItem) and rest == ["key"] else item.place


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
        key = keys.get(index) if item.kind.keyed else _natural_key(item, ends)
        changes.append(EntityChange(Mode.PUT, item.kind.name, key if not item.kind.keyed else item.key, item.values))
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
    """Return what tells a record without a key apart, such as `kpi=K3&measuredOn=2025-08-01`.

    Made of everything that its kind declares as its natural key and that is known, so that the same record written
    again has the same one.
    """
    parts: list[tuple[str, str]] = []
    for name in item.kind.natural_key:
        if name in item.kind.properties:
            parts += [(name, text) for text in (_text(item.kind, name, item.values.get(name)),) if text]
            continue
        written = [link for link in item.links if _named(link, name)]
        refs = sorted({ref for link in written if (ref := ends.far(link))})
        parts += [(name, str(ref) if len(written[0].at.link.finish) > 1 else ref.key) for ref in refs]
        declared = next((end for end in item.kind.links.values() if end.name == name), None)
        if declared and declared.single and not written:
            ends.document.faults.add(
                item.place,
                f"A {item.kind.field_name} needs `{name}`: add the key of {one_of(declared.far)}.",
                "REQUIRED",
            )
            return None
        if written and not refs:
            return None
    return urlencode(parts, safe="/") or None


def _named(link: LinkItem, name: str) -> bool:
    """Whether the link is meant by a name in a natural key: a field's, or a link type's that has several fields."""
    return link.at.name == name or lower_first(link.at.link.class_name) == name


def _text(kind: Kind, name: str, value: Any) -> str | None:
    if value is None:
        return None
    try:
        return str(kind.properties[name].type.parse(value))
    except ValidationError:
        return str(value)
