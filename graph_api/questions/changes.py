"""Changes: what was done to the graph, by whom and when, in the order in which it was committed.

Facts: `cypher/change/page.cypher`, `page_of_set.cypher` and `history.cypher`. Changes are numbered without holes in the
order of commits (`seq`), and a change's cursor holds its number: lists, histories and subscriptions share cursors.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from typing import Annotated, Any

from pydantic import Field

from graph_api.change.effects import stored
from graph_api.compile.condition import On
from graph_api.compile.page import Page, Term
from graph_api.compile.question import Found, Selected
from graph_api.errors import UserInputError
from graph_api.model import MODEL, Property
from graph_api.model.values import value_type
from graph_api.questions.connection import Edge, PageInfo
from graph_api.store.statements import Statement, load

LOWEST, HIGHEST = 0, 2**63 - 1
"""Below and above the numbers that changes can have."""

STAMPED_BEFORE = timedelta(minutes=10)
"""More than passes between the moment that a change is stamped with and its commit."""

SEQ = Term(
    On.NODE, "seq", descending=False, nullable=False, type=value_type(Annotated[int, Field(ge=LOWEST, le=HIGHEST)])
)
_MOMENT = value_type(datetime)
_IN_IMAGES = frozenset({"fields", "key", "name"})


def cursor(seq: int) -> str:
    """Make the cursor of a change, for every list of changes and for subscriptions."""
    return _page({}).cursor([seq])


def after(arguments: Mapping[str, Any]) -> int | None:
    """Read the number that the cursor `after` holds; raises UserInputError where it is no cursor of a change."""
    return None if arguments.get("after") is None else int(_page(arguments).values(arguments, "after")[0])


def wanted(arguments: Mapping[str, Any], selected: Selected) -> dict[str, Any]:
    """Say which changes are wanted: the parameter of every statement about the history.

    The numbers lie above `low` and below `high`, the whole list's above `lowest` and below `highest`. Read are `limit`
    of them, one more than the page has, from the end if `descending`; counted are all, if `counted`. Something lies
    behind the cursor that cuts the page off if there is one from `behindFrom` to `behindTo`. `longBefore` and
    `longAfter` are moments beyond `since` and `until` by so much that numbers can be told from them.
    """
    page = _page(arguments)
    descending = page.backward != bool(arguments.get("newestFirst"))
    cut = {name: int(page.values(arguments, name)[0]) for name in ("after", "before") if getattr(page, name)}
    first, last = ("before", "after") if arguments.get("newestFirst") else ("after", "before")
    low, high = cut.get(first, LOWEST), cut.get(last, HIGHEST)
    found = {
        "lowest": LOWEST,
        "highest": HIGHEST,
        "low": low,
        "high": high,
        "limit": page.limit(arguments),
        "descending": descending,
        "counted": "total_count" in selected,
        "images": bool(selected & _IN_IMAGES),
    }
    if "has_next_page" in selected or "has_previous_page" in selected:
        if descending and high != HIGHEST:
            found |= {"behindFrom": high, "behindTo": HIGHEST}
        elif not descending and low != LOWEST:
            found |= {"behindFrom": LOWEST, "behindTo": low}
    return found | _filtered(arguments)


def _page(arguments: Mapping[str, Any]) -> Page:
    return Page(
        terms=(SEQ,),
        backward=arguments.get("last") is not None,
        after=arguments.get("after") is not None,
        before=arguments.get("before") is not None,
        more=True,
    )


def _filtered(arguments: Mapping[str, Any]) -> dict[str, Any]:
    given = {name: value for name, value in (arguments.get("filter") or {}).items() if value is not None}
    found: dict[str, Any] = {
        name: str(given[name]) for name in ("by", "surface", "action", "changeSet", "entity") if name in given
    }
    if types := [str(given[name]) for name in ("kind", "linkType") if name in given]:
        found["types"] = types
    for name, bound, beyond in (("since", "longBefore", -STAMPED_BEFORE), ("until", "longAfter", STAMPED_BEFORE)):
        if name in given:
            found[name] = _moment(name, given[name])
            found[bound] = _shifted(name, found[name], beyond)
    return found


def _moment(name: str, given: datetime) -> datetime:
    if given.tzinfo is None:
        message = f"filter.{name}: must say its offset from UTC, as in 2026-01-31T12:00:00Z."
        raise UserInputError(message)
    return _shifted(name, given, timedelta())


def _shifted(name: str, moment: datetime, by: timedelta) -> datetime:
    try:
        return moment.astimezone(UTC) + by
    except OverflowError:
        message = f"filter.{name}: lies too far from today."
        raise UserInputError(message) from None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which changes a subscription wants; the same as its filter asks of a list."""

    conditions: Mapping[str, Any]

    @classmethod
    def by(cls, arguments: Mapping[str, Any]) -> "Wanted":
        """Read the argument `filter`; raises UserInputError where it cannot be used."""
        return cls(_filtered(arguments))

    def holds(self, change: "Change") -> bool:
        """Tell whether it wants the change."""
        return all(_HOLDS[name](change, value) for name, value in self.conditions.items() if name in _HOLDS)


@dataclass(frozen=True)
class FieldChange:
    """An own field that has another value now."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Change:
    """A change of one entity or link. Its first fields are the columns of a row, see store/statements.py."""

    seq: int
    change_set: str
    revision: int
    moment: str
    actor: str
    surface: str
    action: str
    type: str
    entity_id: str
    start_id: str | None
    finish_id: str | None
    reverts: str | None
    image_before: str | None
    image_after: str | None

    @property
    def id(self) -> str:
        """Its identity, which is its cursor too."""
        return cursor(self.seq)

    @property
    def at(self) -> Any:
        """When it was made."""
        return _MOMENT.to_json(datetime.fromisoformat(self.moment))

    @property
    def kind(self) -> str | None:
        """The kind of the entity, as the enum names it."""
        return MODEL.kinds[self.type].enum_name if self.type in MODEL.kinds else None

    @property
    def link_type(self) -> str | None:
        """The type of the link."""
        return self.type if self.type in MODEL.links else None

    @property
    def key(self) -> str | None:
        """The entity's key, as it is after the change or was before."""
        return self._named("key")

    @property
    def name(self) -> str | None:
        """The entity's name, likewise."""
        return self._named("name")

    @property
    def entity(self) -> Found | None:
        """The entity, if it is there."""
        return None if self.start_id else Found(self.entity_id, self.type, lasting=False)

    @property
    def start(self) -> Found | None:
        """The entity that the link leads from, if it is there."""
        return Found(self.start_id, None, lasting=False) if self.start_id else None

    @property
    def finish(self) -> Found | None:
        """The entity that the link leads to, if it is there."""
        return Found(self.finish_id, None, lasting=False) if self.finish_id else None

    @property
    def fields(self) -> list[FieldChange]:
        """The own fields that differ, in the model's order and in the form that the API gives them in."""
        before, after = self._images
        return [
            FieldChange(prop.name, _shown(prop, before), _shown(prop, after))
            for prop in self._declared.values()
            if not prop.stamp and (before or {}).get(prop.name) != (after or {}).get(prop.name)
        ]

    @property
    def _declared(self) -> Mapping[str, Property]:
        declared = MODEL.kinds.get(self.type) or MODEL.links.get(self.type)
        return declared.properties if declared else {}

    @cached_property
    def _images(self) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
        before, after = (
            stored(self._declared, json.loads(image)["properties"]) if image else None
            for image in (self.image_before, self.image_after)
        )
        return before, after

    def _named(self, name: str) -> str | None:
        if name not in self._declared or self.start_id:
            return None
        before, after = self._images
        return (after or before or {}).get(name)


def _shown(prop: Property, image: Mapping[str, Any] | None) -> Any:
    return None if image is None else prop.type.to_json(image.get(prop.name))


_HOLDS: Mapping[str, Any] = {
    "since": lambda change, value: datetime.fromisoformat(change.moment) >= value,
    "until": lambda change, value: datetime.fromisoformat(change.moment) < value,
    "by": lambda change, value: change.actor == value,
    "surface": lambda change, value: change.surface == value,
    "action": lambda change, value: change.action == value,
    "types": lambda change, value: change.type in value,
    "changeSet": lambda change, value: change.change_set == value,
    "entity": lambda change, value: value in {change.entity_id, change.start_id, change.finish_id},
}


@dataclass(frozen=True)
class ChangeEvent:
    """A change that a subscription tells of."""

    change: Change

    @property
    def cursor(self) -> str:
        """Where it stands."""
        return cursor(self.change.seq)


@dataclass(frozen=True)
class ChangeConnection:
    """A page of changes."""

    nodes: Sequence[Change]
    total_count: int
    page_info: PageInfo

    @property
    def edges(self) -> list[Edge[Change]]:
        """The changes, each with its cursor."""
        return [Edge(change, cursor(change.seq)) for change in self.nodes]


def page(facts: Any, arguments: Mapping[str, Any]) -> ChangeConnection:
    """Make a page of what the statements read: one row more than it has, in the order of reading."""
    rows, total, behind = facts
    bounds = _page(arguments)
    size = bounds.size(arguments)
    more = len(rows) > size
    changes = [Change(*row) for row in rows[:size]]
    if bounds.backward:
        changes.reverse()
    following, preceding = (behind, more) if bounds.backward else (more, behind)
    info = PageInfo(following, preceding, *(cursor(changes[at].seq) if changes else None for at in (0, -1)))
    return ChangeConnection(changes, total, info)


@dataclass(frozen=True)
class ChangesQuestion:
    """The question `changes(filter, first, after, last, before, newestFirst)`, about the graph."""

    name: str = "changes"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Choose the statement by what the filter lets be found by index."""
        given = arguments.get("filter") or {}
        if given.get("changeSet") is not None:
            return load("change/page_of_set")
        return _history_by_id() if given.get("entity") is not None else load("change/page")

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give the parameter of the statement."""
        return {"wanted": wanted(arguments, selected)}

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> ChangeConnection:
        """Make the page."""
        return page(facts, arguments)


@dataclass(frozen=True)
class HistoryQuestion:
    """The question `history(first, after, last, before, newestFirst)`, about an entity with its links, or a link."""

    name: str = "history"
    about_entity: bool = True

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the history."""
        return load("change/history")

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give the parameter of the statement."""
        return {"wanted": wanted(arguments, selected)}

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> ChangeConnection:
        """Make the page."""
        return page(facts, arguments)


@dataclass(frozen=True)
class FollowQuestion:
    """The subscription `changes(filter, after)`: its facts are a change as it comes."""

    name: str = "changes"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads what is to be told."""
        return load("change/page")

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give the parameter of the statement."""
        return {"wanted": wanted(arguments, selected)}

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> ChangeEvent:
        """Tell of the change."""
        return ChangeEvent(facts)


@cache
def _history_by_id() -> Statement:
    """Make the statement of a history start from an id, for what may be gone."""
    history = load("change/history")
    return replace(history, text=f"WITH {{id: $wanted.entity}} AS start\n{history.text}")


CHANGES, HISTORY, FOLLOW = ChangesQuestion(), HistoryQuestion(), FollowQuestion()
