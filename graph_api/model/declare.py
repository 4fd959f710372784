"""The words in which kinds and link types are declared.

A kind is a class: its docstring is its description, each attribute one field. A link type is a class too: `ends` says
what it joins and what the field is called at either end. Nothing is read from these classes at run time but by
`catalogue`, which turns them into the plain descriptions that all other layers use.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from graph_api.model.choices import Basis
from graph_api.model.values import ExternalLink, Key, Moment, Name, Share, Text, Word


@dataclass(frozen=True, slots=True)
class Marks:
    """What a field is beyond its type."""

    substance: bool = False
    ordered: bool = False
    stamp: bool = False
    late: bool = False


def own(
    description: str, *, substance: bool = False, ordered: bool = False, stamp: bool = False, late: bool = False
) -> Any:
    """Declare a field that may be unknown.

    `substance`: a change of it makes links to the entity suspect. `ordered`: top-level lists can be ordered by it, so
    it is indexed. `stamp`: set by the service, never by whoever writes. `late`: a stamp that a new entity has not yet.
    """
    return Field(default=None, description=description, json_schema_extra=_extra(substance, ordered, stamp, late=late))


def required(description: str, *, substance: bool = False, ordered: bool = False) -> Any:
    """Declare a field that always has a value."""
    return Field(description=description, json_schema_extra=_extra(substance, ordered, stamp=False))


def several(description: str, *, substance: bool = False) -> Any:
    """Declare a list field; none given is an empty list."""
    return Field(default=[], description=description, json_schema_extra=_extra(substance, ordered=False, stamp=False))


def _extra(substance: bool, ordered: bool, stamp: bool, *, late: bool = False) -> dict[str, Any]:  # noqa: FBT001 - private, called by name above
    return {"substance": substance, "ordered": ordered, "stamp": stamp, "late": late}


class Record(BaseModel):
    """Anything that is kept: it has an identity, says who wrote it and when, and counts its changes."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=False)

    plural: ClassVar[str]
    """The plural in lower camel case, where adding an s would be wrong."""
    natural_key: ClassVar[tuple[str, ...]] = ()
    """For kinds without a key of their own: the fields, and fields of links, that tell two records apart."""

    created_at: Moment | None = own("When it was written first.", stamp=True, ordered=True)
    created_by: Word | None = own("Who wrote it first.", stamp=True)
    updated_at: Moment | None = own("When a field of its own was last changed.", stamp=True, ordered=True)
    updated_by: Word | None = own("Who last changed a field of its own.", stamp=True)
    revision: int = Field(
        default=1,
        description="Counts the changes of its own fields, from 1; links are counted apart.",
        json_schema_extra=_extra(substance=False, ordered=False, stamp=True),
    )


class Entity(Record):
    """Anything with a name."""

    key: Key = required(
        "Short, for people, unique in its kind and stable across export and import: letters, digits, dot, dash and "
        "underscore. Made from the name when none is given.",
        ordered=True,
    )
    name: Name = required("What people call it.", substance=True, ordered=True)
    description: Text | None = own("More about it, in Markdown.")
    tags: list[Word] = several("Free words to find it by.")
    external_links: list[ExternalLink] = several("Pages elsewhere that say more.")
    external_key: Word | None = own("Its key in the system it came from.")
    substance_at: Moment | None = own(
        "When a field of its substance (what links rest on) was last changed; null while all is as it was created.",
        stamp=True,
        late=True,
    )


@dataclass(frozen=True, slots=True)
class Ends:
    """What a link type joins.

    `forward` is the field at the `start` end, `backward` the one at the `finish` end. A name with `{}` stands for one
    field per far kind: `{}` at the beginning is replaced by its plural (`insights`), elsewhere by its plural with a
    capital (`ownedGoals`), `{one}` by its singular with a capital. A name without, over several far kinds, is one
    field of the interface named in `forward_interface` or `backward_interface`.
    """

    start: tuple[type[Record], ...]
    finish: tuple[type[Record], ...]
    forward: str
    backward: str
    spine: bool = False
    one: bool = False
    """At most one link of this type leaves its start."""
    one_for: tuple[type[Record], ...] = ()
    """As `one`, but only for these kinds at the start."""
    one_parent: bool = False
    """At most one link of this type arrives at its finish."""
    positioned: bool = False
    """The finishes of one start stand in an order, 1 to n without holes."""
    same_kind: bool = False
    acyclic: bool = False
    distinguished_by: str | None = None
    """The own field that allows several links between the same two ends, one for each of its values."""
    forward_interface: str | None = None
    backward_interface: str | None = None


class Link(BaseModel):
    """What every link carries besides its own fields."""

    model_config = ConfigDict(extra="forbid")

    ends: ClassVar[Ends]

    rationale: Text | None = own("Why the two belong together.")
    basis: Basis | None = own("Whether a source states the link or somebody inferred it.")
    confidence: Share | None = own("How sure this link is, 0 to 1; null is unknown, never zero.")
    created_at: Moment | None = own("When the link was made.", stamp=True)
    created_by: Word | None = own("Who made the link.", stamp=True)
    reviewed_at: Moment | None = own("When somebody last confirmed the link.", stamp=True)
    reviewed_by: Word | None = own("Who last confirmed the link.", stamp=True)
