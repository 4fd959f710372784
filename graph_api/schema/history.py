"""The GraphQL types of changes: lists of them, histories, and what a subscription tells. See questions/changes.py."""

from collections.abc import AsyncGenerator
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

import strawberry
from strawberry.scalars import JSON

from graph_api.schema.enums import ChangeAction, LinkType, NodeKind
from graph_api.schema.pages import After, Before, Connection, First, Last

if TYPE_CHECKING:
    # Made at run time, from the model.
    Node: TypeAlias = Any

TYPES = "graph_api.schema.made"


@strawberry.type(description="An own field that a change gave another value.")
class FieldChange:
    """See questions.changes.FieldChange."""

    name: str = strawberry.field(description="The field's name in this API.")
    before: JSON | None = strawberry.field(
        description="Its value before, as the field itself gives it; null where it was unknown or nothing was there."
    )
    after: JSON | None = strawberry.field(
        description="Its value after, as the field itself gives it; null where it is unknown or nothing is there."
    )


@strawberry.type(description="A change of one entity or of one link.")
class Change:
    """See questions.changes.Change."""

    id: strawberry.ID = strawberry.field(description="Its identity: opaque, the same for ever.")
    seq: int = strawberry.field(description="Its number: 1, 2, 3, …, without holes, in the order of the commits.")
    change_set: strawberry.ID = strawberry.field(description="What was done at once, with this change in it.")
    revision: int = strawberry.field(description="The graph's revision that it led to, one for each change set.")
    at: datetime = strawberry.field(description="When it was made.")
    actor: str = strawberry.field(description="Who made it.")
    surface: str = strawberry.field(description="By which way it came: this API, a command, an import.")
    action: ChangeAction = strawberry.field(description="What was done.")
    kind: NodeKind | None = strawberry.field(description="The kind of the entity; null for a link.")
    link_type: LinkType | None = strawberry.field(description="The type of the link; null for an entity.")
    entity_id: strawberry.ID = strawberry.field(description="The id of the entity, or the identity of the link.")
    key: str | None = strawberry.field(
        description="The key of the entity after the change, or before it where it is gone; null for a link."
    )
    name: str | None = strawberry.field(
        description="The name of the entity after the change, or before it where it is gone; null for a link."
    )
    entity: Annotated["Node", strawberry.lazy(TYPES)] | None = strawberry.field(
        description="The entity as it is now; null where it is gone, and for a link."
    )
    start: Annotated["Node", strawberry.lazy(TYPES)] | None = strawberry.field(
        description="What the link leads from, as it is now; null where it is gone, and for an entity."
    )
    finish: Annotated["Node", strawberry.lazy(TYPES)] | None = strawberry.field(
        description="What the link leads to, as it is now; null where it is gone, and for an entity."
    )
    reverts: strawberry.ID | None = strawberry.field(description="The change set that it takes back, if it does.")
    fields: list[FieldChange] = strawberry.field(
        description="The own fields that differ, in the order of the type's fields; when and by whom is left out."
    )


@strawberry.type(description="A change that a subscription tells of.")
class ChangeEvent:
    """See questions.changes.ChangeEvent."""

    cursor: str = strawberry.field(description="Where it stands: give it as `after` to go on from here.")
    change: Change = strawberry.field(description="The change.")


@strawberry.input(description="Conditions on changes, all of which must hold.")
class ChangeFilter:
    """See questions.changes.wanted."""

    since: datetime | None = strawberry.field(default=strawberry.UNSET, description="Made at this moment or later.")
    until: datetime | None = strawberry.field(default=strawberry.UNSET, description="Made before this moment.")
    by: str | None = strawberry.field(default=strawberry.UNSET, description="Made by this actor.")
    kind: NodeKind | None = strawberry.field(
        default=strawberry.UNSET, description="Of an entity of this kind; with `linkType`, of either."
    )
    link_type: LinkType | None = strawberry.field(
        default=strawberry.UNSET, description="Of a link of this type; with `kind`, of either."
    )
    surface: str | None = strawberry.field(default=strawberry.UNSET, description="Made by this way.")
    change_set: strawberry.ID | None = strawberry.field(default=strawberry.UNSET, description="Of this change set.")
    entity: strawberry.ID | None = strawberry.field(
        default=strawberry.UNSET,
        description="Of what has this id, and of its links; it need not be there any more.",
    )
    action: ChangeAction | None = strawberry.field(default=strawberry.UNSET, description="Of this sort.")


Filter = Annotated[ChangeFilter | None, strawberry.argument(description="Only changes that fulfil this.")]
NewestFirst = Annotated[
    bool, strawberry.argument(description="Whether the list begins with the newest change instead of the oldest.")
]


def _changes(
    filter: Filter = strawberry.UNSET,  # noqa: A002 - the argument's name in the API
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
    newest_first: NewestFirst = False,
) -> Connection[Change]:
    """Declare the arguments; operations are compiled, so that no field is ever resolved."""
    raise NotImplementedError


def _history(
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
    newest_first: NewestFirst = False,
) -> Connection[Change]:
    """Declare the arguments; see _changes."""
    raise NotImplementedError


def changes_field() -> Any:
    """Make the root field that lists changes."""
    return strawberry.field(
        name="changes",
        resolver=_changes,
        description="What was changed, by whom and when, in the order of the commits: the oldest first.",
    )


def history_field(description: str) -> Any:
    """Make the field of a kind, or of a link, that lists what became of it."""
    return strawberry.field(name="history", resolver=_history, description=description)


HISTORY_OF_NODE = "What was changed in it and in its links, in the order of the commits: the oldest first."
HISTORY_OF_LINK = "What was changed in the link, in the order of the commits: the oldest first."


FOLLOW = (
    "Each change, as soon as it is committed, whoever made it and wherever. Nothing is left out and nothing comes "
    "twice: give the cursor of the last event as `after` to go on from there, also after this service was restarted "
    "and on another one of the same graph. Whoever reads so slowly that more than 1,000 changes wait is told so by an "
    "error SLOW_READER, whose extensions hold the `cursor` to go on from."
)


def _follow(
    filter: Filter = strawberry.UNSET,  # noqa: A002 - the argument's name in the API
    after: Annotated[
        str | None,
        strawberry.argument(description="The cursor of a change: all after it. Without it, all from now on."),
    ] = strawberry.UNSET,
) -> AsyncGenerator[ChangeEvent, None]:
    """Declare the arguments; see _changes."""
    raise NotImplementedError


@strawberry.type(description="What can be followed, over WebSocket.")
class Subscription:
    """The root of subscriptions; see following.py."""

    changes = strawberry.subscription(resolver=_follow, description=FOLLOW)
