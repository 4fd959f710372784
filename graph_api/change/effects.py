"""What a change set comes down to: the entities and links to write, each with its image before and after.

An image is JSON text. Of an entity: `{"kind", "properties"}`; of a link: `{"type", "start", "finish", "properties"}`
with the ids of its ends. Properties are in stored form, dates and times as ISO 8601 text; a property that is absent is
unknown. What did not exist has no image. In the history `Change.entity` is the id of the entity, or the link's,
`Change.type` its kind or the link's type, and `start` and `finish` are the ids of a link's ends.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from hashlib import blake2b
from typing import Any

from graph_api.change.changeset import Ref
from graph_api.change.present import Node, Relation
from graph_api.model import MODEL, LinkType, Property


class Action(StrEnum):
    """What became of an entity or a link: `Change.action`."""

    CREATE = "CREATE"
    UPDATE = "UPDATE"
    DELETE = "DELETE"
    RESTORE = "RESTORE"
    """It had been there before, and is again."""


@dataclass(frozen=True, slots=True)
class Created:
    """An entity that was not there."""

    ref: Ref
    id: str
    properties: dict[str, Any]
    restored: bool = False
    """Whether it had been there before."""

    @property
    def values(self) -> dict[str, Any]:
        """The values that are written."""
        return self.properties

    @property
    def whole(self) -> dict[str, Any]:
        """All its properties afterwards."""
        return self.properties

    def record(self) -> dict[str, Any]:
        """Return what the history keeps of it."""
        action = Action.RESTORE if self.restored else Action.CREATE
        return _entity_record(action, self.id, self.ref.kind, None, self.properties)


@dataclass(frozen=True, slots=True)
class Updated:
    """An entity with own fields that differ now."""

    node: Node
    changed: dict[str, Any]
    """Stamps included; null where a value becomes unknown."""

    @property
    def ref(self) -> Ref:
        """Kind and key."""
        return self.node.ref

    @property
    def id(self) -> str:
        """The entity's id."""
        return self.node.id

    @property
    def values(self) -> dict[str, Any]:
        """The values that are written; null where one becomes unknown."""
        return self.changed

    @property
    def whole(self) -> dict[str, Any]:
        """All its properties afterwards."""
        return _patched(self.node.properties, self.changed)

    def record(self) -> dict[str, Any]:
        """Return what the history keeps of it."""
        before = self.node.properties
        return _entity_record(Action.UPDATE, self.id, self.ref.kind, before, _patched(before, self.changed))


@dataclass(frozen=True, slots=True)
class Deleted:
    """An entity that is no longer there."""

    node: Node
    cut: bool = False
    """Whether it is a record that went because what it belongs to was deleted, so that it comes back with that."""

    @property
    def ref(self) -> Ref:
        """Kind and key."""
        return self.node.ref

    @property
    def id(self) -> str:
        """The entity's id."""
        return self.node.id

    def record(self) -> dict[str, Any]:
        """Return what the history keeps of it."""
        record = _entity_record(Action.DELETE, self.id, self.ref.kind, self.node.properties, None)
        return record | {"cut": True} if self.cut else record


@dataclass(frozen=True, slots=True)
class Linked:
    """A link that was not there."""

    relation: Relation
    restored: bool = False
    """Whether it had been there before."""

    @property
    def id(self) -> str:
        """The link's identity."""
        return self.relation.id

    def record(self) -> dict[str, Any]:
        """Return what the history keeps of it."""
        action = Action.RESTORE if self.restored else Action.CREATE
        return _link_record(action, self.relation, None, self.relation.properties)


@dataclass(frozen=True, slots=True)
class Relinked:
    """A link with own fields, or a position, that differ now."""

    relation: Relation
    changed: dict[str, Any]

    @property
    def id(self) -> str:
        """The link's identity."""
        return self.relation.id

    def record(self) -> dict[str, Any]:
        """Return what the history keeps of it."""
        before = self.relation.properties
        return _link_record(Action.UPDATE, self.relation, before, _patched(before, self.changed))


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A link that is no longer there."""

    relation: Relation
    cut: bool
    """Whether it went because an end was deleted, so that it comes back with that end."""

    @property
    def id(self) -> str:
        """The link's identity."""
        return self.relation.id

    def record(self) -> dict[str, Any]:
        """Return what the history keeps of it."""
        record = _link_record(Action.DELETE, self.relation, self.relation.properties, None)
        return record | {"cut": True} if self.cut else record


Effect = Created | Updated | Deleted | Linked | Relinked | Unlinked


@dataclass(frozen=True, slots=True)
class Entry:
    """What all changes of one set share in the history."""

    change_set: str
    revision: int
    at: datetime
    actor: str
    surface: str
    reverts: str | None = None
    """The change set that this one takes back."""

    def shared(self) -> dict[str, Any]:
        """Return it as properties of a Change."""
        return {
            "changeSet": self.change_set,
            "revision": self.revision,
            "at": self.at,
            "actor": self.actor,
            "surface": self.surface,
            "reverts": self.reverts,
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a change set did, or in a dry run would do."""

    created: tuple[Ref, ...]
    updated: tuple[Ref, ...]
    unchanged: int
    linked: int
    relinked: int
    """Links whose own fields were changed."""
    links_unchanged: int
    revision: int | None
    """The graph's revision after it; none where nothing changed or in a dry run."""
    keys: dict[int, str] = field(default_factory=dict)
    """The key of each entity change of the set by its index, generated ones included."""
    deleted: tuple[Ref, ...] = ()
    restored: tuple[Ref, ...] = ()
    unlinked: int = 0
    links_restored: int = 0
    """Links that came back."""
    left_out: tuple[str, ...] = ()
    """Why links that went with a restored entity did not come back with it."""
    change_set: str | None = None
    """The id under which the history has it; none where nothing changed or in a dry run."""
    ids: dict[Ref, str] = field(default_factory=dict)
    """The ids of the entities that the set speaks of."""
    effects: tuple[Effect, ...] = ()
    """Everything that became of entities and links."""
    entry: Entry | None = None
    """What the history has of all of them; in a dry run, would have."""
    seq: int = 0
    """The number of the last change before them."""


def stored(declared: Mapping[str, Property], image: Mapping[str, Any]) -> dict[str, Any]:
    """Turn the properties of an image back into stored form."""
    return {name: _from_json(declared.get(name), value) for name, value in image.items()}


def _from_json(prop: Property | None, value: Any) -> Any:
    if prop is None or not isinstance(value, str):
        return value
    if prop.type.graphql == "Date":
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if prop.type.graphql == "DateTime" else value


def link_id(link: LinkType, start: str, finish: str, distinguished: object) -> str:
    """Make the identity of a link: the same for the same type, ends and distinguishing value, whenever it is made."""
    parts = json.dumps([link.name, start, finish, distinguished], ensure_ascii=False)
    return blake2b(parts.encode(), digest_size=16).hexdigest()


def _patched(before: dict[str, Any], changed: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in (before | changed).items() if value is not None}


def _entity_record(
    action: Action, identity: str, kind: str, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> dict[str, Any]:
    def image(properties: dict[str, Any] | None) -> str | None:
        if properties is None:
            return None
        return _json({"kind": kind, "properties": _plain(MODEL.kinds[kind].properties, properties)})

    images = {"before": image(before), "after": image(after)}
    return {"action": action.value, "entity": identity, "type": kind, **images}


def _link_record(
    action: Action, relation: Relation, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> dict[str, Any]:
    ends = {"start": relation.start, "finish": relation.finish}

    def image(properties: dict[str, Any] | None) -> str | None:
        if properties is None:
            return None
        declared = MODEL.links[relation.type].properties
        return _json({"type": relation.type, **ends, "properties": _plain(declared, properties)})

    images = {"before": image(before), "after": image(after)}
    return {"action": action.value, "entity": relation.id, "type": relation.type, **ends, **images}


def _plain(declared: Mapping[str, Property], properties: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _moment(value) if (prop := declared.get(name)) and prop.type.graphql == "DateTime" else value
        for name, value in properties.items()
    }


def _moment(value: datetime | str) -> str:
    """Write a moment in one way only, whether it was just made or comes from the graph as text."""
    known = datetime.fromisoformat(value) if isinstance(value, str) else value
    return known.isoformat(timespec="microseconds").replace("+00:00", "Z")


def _json(image: dict[str, Any]) -> str:
    return json.dumps(image, ensure_ascii=False, sort_keys=True, default=date.isoformat)
