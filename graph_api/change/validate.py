"""Check a change set against the model alone, without looking at the graph: all faults at once.

What can only be known from the graph (taken keys, missing entities, second owners, cycles) is `resolve`'s part.
"""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from graph_api.change.changeset import ChangeSet, Delete, EntityChange, Fault, LinkChange, Mode, Ref, Unlink
from graph_api.change.faults import FaultCode, suggestion
from graph_api.change.keys import provisional
from graph_api.change.reasons import reasons
from graph_api.model import MODEL, Kind, LinkType, Property

Path = tuple[str | int, ...]

_ANY_NAME = MODEL.kinds[MODEL.keyed[0]].properties["name"]
# What a write may not set, with what does.
MAX_ID = 64
_ID = re.compile(rf"[A-Za-z0-9_-]{{1,{MAX_ID}}}")
_OTHER_WAYS = {"id": "the service sets it", "key": "it is given beside the fields"}


@dataclass(frozen=True, slots=True)
class CheckedEntity:
    """An entity change whose kind is known; values that were wrong are left out, since a fault stands for them."""

    index: int
    mode: Mode
    kind: Kind
    key: str | None
    values: dict[str, Any]
    """Own fields in stored form; null for unknown, also for an empty list."""
    given: frozenset[str]
    """The fields that the set gives, wrong ones included."""
    expected_revision: int | None = None
    id: str | None = None

    @property
    def name(self) -> str:
        """The name it gives; empty where it gives none that is right."""
        name: str | None = self.values.get("name")
        return name or ""


@dataclass(frozen=True, slots=True)
class CheckedLink:
    """A link change whose type and ends are right."""

    index: int
    type: LinkType
    start: Ref
    finish: Ref
    values: dict[str, Any]
    existing: bool = False

    @property
    def distinguished(self) -> Any:
        """The value that tells it from other links of its type between the same ends."""
        return self.values.get(self.type.distinguished_by) if self.type.distinguished_by else None


@dataclass(frozen=True, slots=True)
class CheckedUnlink:
    """A link to take away whose type and ends are right."""

    index: int
    type: LinkType
    start: Ref
    finish: Ref
    distinguished: Any

    def __str__(self) -> str:
        """Name it as a fault does."""
        told = f" as {self.distinguished}" if self.distinguished is not None else ""
        return f"Link {self.index + 1} to remove ({self.start} {self.type.name} {self.finish}{told})"


@dataclass(frozen=True, slots=True)
class CheckedDelete:
    """An entity to take away whose kind is known."""

    index: int
    ref: Ref
    expected_revision: int | None


@dataclass(frozen=True, slots=True)
class Checked:
    """A change set with its values in stored form, and everything that is wrong with it."""

    entities: tuple[CheckedEntity, ...]
    links: tuple[CheckedLink, ...]
    provisional: dict[int, str]
    """For entity changes without a key, by index: the key by which links of the set may name them."""
    faults: tuple[Fault, ...]
    unlinks: tuple[CheckedUnlink, ...] = ()
    deletes: tuple[CheckedDelete, ...] = ()
    restores: tuple[str, ...] = ()
    reviews: dict[str, int] = field(default_factory=dict)
    """The links to mark as reviewed, by id, with the first place in the set that names each."""


def validate(changes: ChangeSet) -> tuple[Fault, ...]:
    """Return everything that is wrong with the change set whatever the graph holds; nothing when it is sound."""
    return check(changes).faults


def check(changes: ChangeSet) -> Checked:
    """Check the change set and put its values in stored form."""
    checker = _Checker()
    entities = [item for index, change in enumerate(changes.entities) if (item := checker.entity(index, change))]
    links = [link for index, change in enumerate(changes.links) if (link := checker.link(index, change))]
    keys = provisional((item.index, item.kind, item.key, item.name) for item in entities)
    checker.same_entity_twice(entities)
    checker.same_link_twice(links)
    unlinks = [known for index, unlink in enumerate(changes.unlinks) if (known := checker.unlink(index, unlink))]
    deletes = [going for index, delete in enumerate(changes.deletes) if (going := checker.delete(index, delete))]
    return Checked(
        tuple(entities),
        tuple(links),
        keys,
        tuple(checker.faults),
        unlinks=tuple(unlinks),
        deletes=tuple({item.ref: item for item in deletes}.values()),
        restores=tuple(dict.fromkeys(changes.restores)),
        reviews={identity: index for index, identity in reversed(tuple(enumerate(changes.reviews)))},
    )


@dataclass(slots=True)
class _Checker:
    faults: list[Fault] = field(default_factory=list)

    def fault(self, path: Path, code: FaultCode, message: str) -> None:
        self.faults.append(Fault(path, code, message))

    def entity(self, index: int, change: EntityChange) -> CheckedEntity | None:
        path = ("entities", index)
        kind = MODEL.kinds.get(change.kind)
        if kind is None:
            message = f"Entity {index + 1}: there is no kind {change.kind!r}{suggestion(change.kind, MODEL.kinds)}"
            self.fault((*path, "kind"), FaultCode.UNKNOWN_KIND, message)
            return None
        name = change.fields.get("name")
        place = f"Entity {index + 1} ({_described(kind, change.key, name)})"
        key_is_right = self._key(path, place, kind, change) and self._id(path, place, change.id)
        values = dict(self._values((*path, "fields"), place, kind.name, kind.properties, change.fields))
        self._required(path, place, kind, change)
        if not key_is_right or (change.key is None and not (kind.keyed and isinstance(name, str))):
            return None
        given = frozenset(change.fields)
        return CheckedEntity(index, change.mode, kind, change.key, values, given, change.expected_revision, change.id)

    def _key(self, path: Path, place: str, kind: Kind, change: EntityChange) -> bool:
        if change.key is None:
            if change.mode is Mode.UPDATE:
                self.fault((*path, "key"), FaultCode.REQUIRED, f"{place}: say by its key what is to be updated.")
            elif not kind.keyed:
                message = f"{place}: {named(kind)} has no name to make a key from; give its natural key."
                self.fault((*path, "key"), FaultCode.REQUIRED, message)
            return True
        words = _key_words(kind, change.key)
        if words:
            self.fault((*path, "key"), FaultCode.INVALID_KEY, f"{place}: the key {words}.")
        return words is None

    def _id(self, path: Path, place: str, given: object) -> bool:
        right = given is None or (isinstance(given, str) and _ID.fullmatch(given) is not None)
        if not right:
            message = f"{place}: the id must be 1 to {MAX_ID} letters, digits, dashes and underscores."
            self.fault((*path, "id"), FaultCode.INVALID_KEY, message)
        return right

    def _required(self, path: Path, place: str, kind: Kind, change: EntityChange) -> None:
        # A PUT with a key may patch what is there: whether it may go without is known once the graph was asked.
        if change.mode is Mode.UPDATE or (change.mode is Mode.PUT and change.key is not None):
            return
        for name in missing(kind, change.fields):
            self.fault((*path, "fields", name), FaultCode.REQUIRED, f"{place}: {named(kind)} needs a {name}; give one.")

    def unlink(self, index: int, change: Unlink) -> CheckedUnlink | None:
        path = ("unlinks", index)
        link = self._link_type(path, change.type)
        if link is None:
            return None
        place = f"Link {index + 1} ({change.start} {link.name} {change.finish})"
        ends_are_right = self._ends(path, place, link, change)
        name, value = link.distinguished_by, change.distinguished
        if name is None or value is None:
            return CheckedUnlink(index, link, change.start, change.finish, None) if ends_are_right else None
        values = dict(self._values(path, place, link.name, link.properties, {name: value}))
        return CheckedUnlink(index, link, change.start, change.finish, values.get(name)) if ends_are_right else None

    def delete(self, index: int, change: Delete) -> CheckedDelete | None:
        if change.ref.kind in MODEL.kinds:
            return CheckedDelete(index, change.ref, change.expected_revision)
        message = f"Entity {index + 1} to delete: there is no kind {change.ref.kind!r}"
        message += suggestion(change.ref.kind, MODEL.kinds)
        self.fault(("deletes", index), FaultCode.UNKNOWN_KIND, message)
        return None

    def _link_type(self, path: Path, name: str) -> LinkType | None:
        link = MODEL.links.get(name)
        if link is None:
            message = f"Link {int(path[1]) + 1}: there is no link type {name!r}{suggestion(name, MODEL.links)}"
            self.fault((*path, "type"), FaultCode.UNKNOWN_LINK, message)
        return link

    def link(self, index: int, change: LinkChange) -> CheckedLink | None:
        path = ("links", index)
        link = self._link_type(path, change.type)
        if link is None:
            return None
        place = f"Link {index + 1} ({change.start} {link.name} {change.finish})"
        ends_are_right = self._ends(path, place, link, change)
        values = dict(self._values((*path, "fields"), place, link.name, link.properties, change.fields))
        checked = CheckedLink(index, link, change.start, change.finish, values, change.existing)
        return checked if ends_are_right else None

    def _ends(self, path: Path, place: str, link: LinkType, change: LinkChange | Unlink) -> bool:
        start, finish = change.start, change.finish
        unknown = [
            (end, ref.kind) for end, ref in (("start", start), ("finish", finish)) if ref.kind not in MODEL.kinds
        ]
        for end, name in unknown:
            message = f"{place}: there is no kind {name!r}{suggestion(name, MODEL.kinds)}"
            self.fault((*path, end), FaultCode.UNKNOWN_KIND, message)
        if unknown:
            return False
        for end, ref in (("start", start), ("finish", finish)):
            if words := _key_words(MODEL.kinds[ref.kind], ref.key):
                self.fault((*path, end), FaultCode.INVALID_KEY, f"{place}: the key of {ref} {words}.")
                return False
        if not link.joins(start.kind, finish.kind):
            turned = " Turn it round." if link.joins(finish.kind, start.kind) else ""
            message = (
                f"{place}: {link.name} leads from {_one_of(link.start)} to "
                f"{'the same kind' if link.same_kind else _one_of(link.finish)}.{turned}"
            )
            wrong = "start" if start.kind not in link.start else "finish"
            self.fault((*path, wrong), FaultCode.WRONG_ENDS, message)
            return False
        if link.acyclic and start == finish:
            message = f"{place}: nothing can be linked to itself by {link.name}; name another end."
            self.fault((*path, "finish"), FaultCode.CYCLE, message)
            return False
        return True

    def _values(
        self, path: Path, place: str, owner: str, properties: Mapping[str, Property], fields: Mapping[str, Any]
    ) -> Iterator[tuple[str, Any]]:
        for field_name, value in fields.items():
            name = str(field_name)  # a file may have a number there
            prop = properties.get(name)
            where = (*path, name)
            if prop is None or name in _OTHER_WAYS:
                if name in _OTHER_WAYS:
                    message = f"{place}: {name} is no field to write, {_OTHER_WAYS[name]}; leave it out."
                    self.fault(where, FaultCode.NOT_WRITABLE, message)
                else:
                    writable = [known.name for known in properties.values() if not known.stamp]
                    message = f"{place}: {owner} has no field {name!r}{suggestion(name, writable)}"
                    self.fault(where, FaultCode.UNKNOWN_FIELD, message)
            elif prop.stamp:
                message = f"{place}: {name} is set by the service and cannot be written; leave it out."
                self.fault(where, FaultCode.NOT_WRITABLE, message)
            elif value is None and prop.required:
                self.fault(where, FaultCode.REQUIRED, f"{place}: {name} cannot be unknown; give one.")
            elif value is None:
                yield name, None
            else:
                try:
                    stored = prop.type.to_store(prop.type.parse(value))
                except ValidationError as error:
                    for inner, words in reasons(prop, error):
                        within = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in inner)
                        message = f"{place}: {name}{within} {words}{'' if words.endswith('?') else '.'}"
                        self.fault((*where, *inner), FaultCode.INVALID_VALUE, message)
                else:
                    # Neo4j has no null in maps of properties: an empty list and an absent one are the same.
                    yield name, None if stored == [] else stored

    def same_entity_twice(self, entities: list[CheckedEntity]) -> None:
        first: dict[tuple[str, str], tuple[CheckedEntity, dict[str, Any]]] = {}
        for item in entities:
            if item.key is None:
                continue
            earlier, said = first.setdefault((item.kind.name, item.key), (item, {}))
            ref, path = Ref(item.kind.name, item.key), ("entities", item.index)
            if earlier is not item and Mode.CREATE in {earlier.mode, item.mode}:
                message = f"Entity {item.index + 1}: {ref} is already entity {earlier.index + 1}; give it another key."
                self.fault((*path, "key"), FaultCode.CONFLICTING, message)
            self._said_twice(path, f"Entity {item.index + 1} ({ref})", f"entity {earlier.index + 1}", said, item.values)

    def same_link_twice(self, links: list[CheckedLink]) -> None:
        first: dict[tuple[Any, ...], tuple[CheckedLink, dict[str, Any]]] = {}
        for item in links:
            identity = (item.type.name, item.start, item.finish, item.distinguished)
            earlier, said = first.setdefault(identity, (item, {}))
            place = f"Link {item.index + 1} ({item.start} {item.type.name} {item.finish})"
            self._said_twice(("links", item.index), place, f"link {earlier.index + 1}", said, item.values)

    def _said_twice(
        self, path: Path, place: str, earlier: str, said: dict[str, Any], values: Mapping[str, Any]
    ) -> None:
        for name, value in values.items():
            if name in said and said[name] != value:
                message = f"{place}: {name} is {value!r} here and {said[name]!r} at {earlier}; keep one of them."
                self.fault((*path, "fields", name), FaultCode.CONFLICTING, message)
            said.setdefault(name, value)


def missing(kind: Kind, fields: Container[str]) -> list[str]:
    """Name the required fields that are not given; the key is made when it is absent."""
    return [
        prop.name
        for prop in kind.properties.values()
        if prop.required and prop.name != "key" and prop.name not in fields
    ]


def named(kind: Kind) -> str:
    """Return the kind with its article: `an Insight`."""
    return f"{'an' if kind.name[0] in 'AEIOU' else 'a'} {kind.name}"


def _key_words(kind: Kind, key: object) -> str | None:
    """Say what is wrong with a key, or nothing."""
    # A natural key is never shown or typed: any text that does for a name fits an index.
    prop = kind.properties["key"] if kind.keyed else _ANY_NAME
    try:
        prop.type.parse(key)
    except ValidationError as error:
        return "; ".join(words for _, words in reasons(prop, error))
    return None


def _described(kind: Kind, key: object, name: object) -> str:
    return f"{kind.field_name}/{key}" if key is not None else f"{kind.field_name} {name!r}" if name else kind.field_name


def _one_of(kinds: tuple[str, ...]) -> str:
    return kinds[0] if len(kinds) == 1 else f"{', '.join(kinds[:-1])} or {kinds[-1]}"
