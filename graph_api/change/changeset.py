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


@dataclass(frozen=True, slots=True)
class LinkChange:
    """One link to make, or whose own fields to patch where it exists."""

    type: str
    """The link type's name in the model, such as `ADDRESSED_BY`."""
    start: Ref
    finish: Ref
    fields: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """Changes that happen together or not at all, who makes them, and through which surface."""

    entities: tuple[EntityChange, ...]
    links: tuple[LinkChange, ...]
    actor: str
    surface: str
    """`import`, `graphql`, `seed` and the like."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a change set: where, which sort, and a sentence that says how to mend it."""

    path: tuple[str | int, ...]
    """Into the change set: `("entities", 3, "fields", "severity")`, `("links", 0, "finish")`."""
    code: str
    message: str


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
