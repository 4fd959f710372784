"""What a change set comes down to: the entities and links to write, each with its image before and after.

An image is JSON text. Of an entity: `{"kind", "properties"}`; of a link: `{"type", "start", "finish", "properties"}`
with the ids of its ends. Properties are in stored form, dates and times as ISO 8601 text; a property that is absent is
unknown. What did not exist has no image. In the history `Change.entity` is the id of the entity, or the link's.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

from graph_api.change.changeset import Ref
from graph_api.change.present import Node, Relation
from graph_api.model import MODEL, LinkType, Property


@dataclass(frozen=True, slots=True)
class Created:
    """An entity that was not there."""

    ref: Ref
    id: str
    properties: dict[str, Any]

    def images(self) -> tuple[str | None, str | None]:
        """Return the image before, which there is none of, and after."""
        return None, _entity_image(self.ref.kind, self.properties)


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

    def images(self) -> tuple[str | None, str | None]:
        """Return the images before and after."""
        before = self.node.properties
        return _entity_image(self.ref.kind, before), _entity_image(self.ref.kind, _patched(before, self.changed))


@dataclass(frozen=True, slots=True)
class Linked:
    """A link that was not there."""

    relation: Relation

    @property
    def id(self) -> str:
        """The link's identity."""
        return self.relation.id

    def images(self) -> tuple[str | None, str | None]:
        """Return the image before, which there is none of, and after."""
        return None, _link_image(self.relation, self.relation.properties)


@dataclass(frozen=True, slots=True)
class Relinked:
    """A link with own fields, or a position, that differ now."""

    relation: Relation
    changed: dict[str, Any]

    @property
    def id(self) -> str:
        """The link's identity."""
        return self.relation.id

    def images(self) -> tuple[str | None, str | None]:
        """Return the images before and after."""
        before = self.relation.properties
        return _link_image(self.relation, before), _link_image(self.relation, _patched(before, self.changed))


Effect = Created | Updated | Linked | Relinked


def link_id(link: LinkType, start: str, finish: str, distinguished: object) -> str:
    """Make the identity of a link: the same for the same type, ends and distinguishing value, whenever it is made."""
    parts = json.dumps([link.name, start, finish, distinguished], ensure_ascii=False)
    return blake2b(parts.encode(), digest_size=16).hexdigest()


def _patched(before: dict[str, Any], changed: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in (before | changed).items() if value is not None}


def _entity_image(kind: str, properties: dict[str, Any]) -> str:
    return _json({"kind": kind, "properties": _plain(MODEL.kinds[kind].properties, properties)})


def _link_image(relation: Relation, properties: dict[str, Any]) -> str:
    ends = {"type": relation.type, "start": relation.start, "finish": relation.finish}
    return _json({**ends, "properties": _plain(MODEL.links[relation.type].properties, properties)})


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
