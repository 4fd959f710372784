"""What a write says: a set of changes that happen together or not at all.

Entities are named by kind and key (`Ref`), so that a set can link what it creates. Values are as they come from files
and requests; `validate` checks them against the model.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from graph_api.model.catalogue import lower_first


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """An entity by kind and key, written `opportunity/R2`."""

    kind: str
    """The kind's name in the model, such as `Opportunity`."""
    key: str

    def __str__(self) -> str:
        return f"{lower_first(self.kind)}/{self.key}"


class Mode(StrEnum):
    """What is meant to be there before."""

    CREATE = "create"
    """Nothing: a taken key is a fault."""
    UPDATE = "update"
    """The entity: an absent one is a fault."""
    PUT = "put"
    """Either: create it, or patch the fields given. The mode of files, which makes a second import a no-op."""


@dataclass(frozen=True, slots=True)
class EntityChange:
    """One entity to create or patch. A field that is absent stays as it is; a null one becomes unknown."""

    mode: Mode
    kind: str
    key: str | None
    """Absent: made from the name. In a PUT the key then made is that of the entity of this kind and name, if any."""
    fields: dict[str, Any]
    """Own fields by their name in the model (`opportunityStatus`), without `key`."""
    expected_revision: int | None = None
    """The revision that it must have, or the set is refused: somebody else has changed it since."""
    id: str | None = None
    """The id that it gets when it is created, and must have where it is there. Absent: a new one is made."""


@dataclass(frozen=True, slots=True)
class LinkChange:
    """One link to make, or whose own fields to patch where it exists."""

    type: str
    """The link type's name in the model, such as `ADDRESSED_BY`."""
    start: Ref
    finish: Ref
    fields: dict[str, Any] = field(default_factory=dict)
    existing: bool = False
    """Whether it must be there already."""


@dataclass(frozen=True, slots=True)
class Unlink:
    """One link to take away."""

    type: str
    """The link type's name in the model."""
    start: Ref
    finish: Ref
    distinguished: Any = None
    """The value that tells it from other links of its type between the same ends, where the type has such a field."""


@dataclass(frozen=True, slots=True)
class Delete:
    """One entity to take away, with all its links."""

    ref: Ref
    expected_revision: int | None = None
    """The revision that it must have, or the set is refused: somebody else has changed it since."""


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Changes that happen together or not at all, who makes them, and through which surface.

    What is taken away goes first, and what comes back before anything is made, changed or linked.
    """

    entities: tuple[EntityChange, ...]
    links: tuple[LinkChange, ...]
    actor: str
    surface: str
    """`import`, `graphql`, `seed` and the like."""
    unlinks: tuple[Unlink, ...] = ()
    deletes: tuple[Delete, ...] = ()
    restores: tuple[str, ...] = ()
    """The ids of deleted entities that come back, with the links that went with them."""
    reviews: tuple[str, ...] = ()
    """The ids of links that somebody has looked at again and confirms."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a change set: where, which sort, and a sentence that says how to mend it."""

    path: tuple[str | int, ...]
    """Into the change set: `("entities", 3, "fields", "severity")`, `("links", 0, "finish")`."""
    code: str
    message: str
