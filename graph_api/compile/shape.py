"""A record becomes the response, in the selection's order, by functions made once for a plan.

Each function takes what `render` put into the record at its place. Answers of questions are worked out on the way; the
entities they speak of are left open in `Open` and filled in when a second statement has read them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph_api.compile.page import Page
from graph_api.compile.plan import (
    Answer,
    Ask,
    Asked,
    Branch,
    ByIds,
    Connection,
    Cursor,
    EdgeField,
    EdgesView,
    Entities,
    EntityField,
    Hydrated,
    Leaf,
    Listed,
    NodesView,
    NodeView,
    Own,
    PageInfoView,
    Part,
    Single,
    SingleEdge,
    TotalCount,
    TypeName,
    Write,
)
from graph_api.compile.question import Found
from graph_api.errors import Code, GraphApiError

TYPE_NAME = "__typename"

Json = Any
Values = Any
"""The coerced variables of one request."""


class ChangedMeanwhileError(GraphApiError):
    """An entity of an answer was deleted between the two statements of a question."""

    code = Code.CONFLICT


@dataclass
class Group:
    """Entities to be read with one selection, and the places that wait for each."""

    entity: Entities
    shape: "Shaper"
    places: dict[str, list[Callable[[Json], None]]] = field(default_factory=dict)
    lasting: set[str] = field(default_factory=set)
    """Those of the entities that must be there."""

    def fill(self, rows: list[tuple[str, Any]], left_open: "Open") -> None:
        """Put the entities read into their places."""
        found = dict(rows)
        for identity, places in self.places.items():
            if identity not in found:
                if identity not in self.lasting:
                    continue
                message = "The graph changed while the question was answered. Ask again."
                raise ChangedMeanwhileError(message)
            for put in places:
                # Each place gets an object of its own: nested answers are filled in later, each where it stands.
                put(self.shape(found[identity], left_open))


@dataclass
class Open:
    """What one request still has to read before its answer is whole."""

    variables: Values
    groups: dict[int, Group] = field(default_factory=dict)

    def want(self, entity: Entities, shape: "Shaper", found: Found, put: Callable[[Json], None]) -> None:
        """Leave a place open for an entity."""
        # By identity of the plan's node: comparing whole selections for each entity would cost more than reading them.
        group = self.groups.get(id(entity))
        if group is None:
            group = self.groups[id(entity)] = Group(entity, shape)
        group.places.setdefault(found.id, []).append(put)
        if found.lasting:
            group.lasting.add(found.id)

    def take(self) -> list[Group]:
        """Hand over all that is open now; filling it in may open more."""
        groups, self.groups = list(self.groups.values()), {}
        return groups


Shaper = Callable[[Any, Open], Json]


def entity_shaper(entity: Entities) -> Shaper:
    """Make the function that shapes one row of `entity`."""
    branches = [_fields_shaper(branch) for branch in entity.branches]
    if len(branches) == 1:
        return branches[0]

    def shape(row: Any, left_open: Open) -> Json:
        # A kind of no branch (an entity of a kind this selection says nothing of) gives no row.
        return None if row is None else branches[row[0]](row[1], left_open)

    return shape


def _fields_shaper(branch: Branch) -> Shaper:
    return _object_shaper([_field_shaper(entry, branch.kinds) for entry in branch.fields])


def _object_shaper(entries: list[tuple[str, Shaper | None, Json]]) -> Shaper:
    """Make the function that shapes a list of cells into an object; an entry without a shaper is a constant."""

    def shape(cells: Any, left_open: Open) -> Json:
        if cells is None:
            return None
        rest = iter(cells)
        return {key: constant if take is None else take(next(rest), left_open) for key, take, constant in entries}

    return shape


def _field_shaper(entry: EntityField, kinds: tuple[str, ...]) -> tuple[str, Shaper | None, Json]:
    match entry:
        case TypeName(key=key):
            return (key, None, kinds[0]) if len(kinds) == 1 else (key, _same, None)
        case Own(key=key):
            return key, _own_shaper(entry), None
        case Connection(key=key, listed=listed):
            return key, list_shaper(listed), None
        case Single(key=key, entity=entity):
            return key, entity_shaper(entity), None
        case SingleEdge(key=key, type_name=type_name, fields=fields):
            return key, _edge_shaper(type_name, fields), None
        case Asked(key=key):
            return key, answer_shaper(entry), None


def _same(value: Any, _: Open) -> Json:
    return value


def _own_shaper(entry: Own) -> Shaper:
    if entry.type.plain:
        return _same
    to_json = entry.type.to_json
    if not entry.parts:
        return lambda value, _: to_json(value)
    type_name = entry.type.graphql

    def part(whole: Mapping[str, Json], name: str) -> Json:
        return type_name if name == TYPE_NAME else whole[name]

    def shape(value: Any, _: Open) -> Json:
        return [{key: part(whole, name) for key, name in entry.parts} for whole in to_json(value)]

    return shape


def _edge_shaper(type_name: str, fields: tuple[EdgeField, ...], page: Page | None = None) -> Shaper:
    entries: list[tuple[str, Shaper | None, Json]] = []
    for entry in fields:
        match entry:
            case TypeName(key=key):
                entries.append((key, None, type_name))
            case Own(key=key):
                entries.append((key, _own_shaper(entry), None))
            case NodeView(key=key, entity=entity):
                entries.append((key, entity_shaper(entity), None))
            case Asked(key=key):
                entries.append((key, answer_shaper(entry), None))
            case Cursor(key=key):
                entries.append((key, _cursor_shaper(page), None))
    return _object_shaper(entries)


def _cursor_shaper(page: Page | None) -> Shaper:
    return lambda values, _: page.cursor(values) if page else None


def list_shaper(listed: Listed) -> Shaper:
    """Make the function that shapes a page: its rows, and after them what was asked of the whole list."""
    page, beside = listed.page, listed.counted() or listed.looks_back()
    # A row holds the values of its cursor, where the page's ends are wanted, and a cell for each view of it.
    first = 1 if listed.has_cursors() else 0
    views: list[tuple[str, Shaper]] = []
    for view in listed.views:
        match view:
            case NodesView(key=key, entity=entity):
                views.append((key, _column(first, entity_shaper(entity))))
                first += 1
            case EdgesView(key=key, type_name=type_name, fields=fields):
                views.append((key, _column(first, _edge_shaper(type_name, fields, page))))
                first += 1
            case TypeName(key=key):
                views.append((key, lambda *_: listed.type_name))
            case TotalCount(key=key):
                views.append((key, lambda read, _: read.total))
            case PageInfoView(key=key, fields=fields):
                views.append((key, _page_info_shaper(page, fields)))

    def shape(value: Any, left_open: Open) -> Json:
        rows, *rest = value if beside else (value,)
        total = rest.pop(0) if listed.counted() else None
        more = False
        if page.more:
            size = page.size(listed.arguments.values(left_open.variables))
            rows, more = rows[:size], len(rows) > size
        read = _Read(rows[::-1] if page.backward else rows, total, more, behind=bool(rest and rest[0]))
        return {key: take(read, left_open) for key, take in views}

    return shape


@dataclass(frozen=True, slots=True)
class _Read:
    """A page as it was read."""

    rows: list[Any]
    total: int | None
    more: bool
    """Whether there is something on the side where the page was cut."""
    behind: bool
    """Whether there is something on the other side."""


def _column(place: int, take: Shaper) -> Shaper:
    return lambda read, left_open: [take(row[place], left_open) for row in read.rows]


def _page_info_shaper(page: Page, fields: tuple[tuple[str, str], ...]) -> Shaper:
    def value(name: str, read: _Read) -> Json:
        match name:
            case "hasNextPage":
                return read.behind if page.backward else read.more
            case "hasPreviousPage":
                return read.more if page.backward else read.behind
            case "startCursor":
                return page.cursor(read.rows[0][0]) if read.rows else None
            case "endCursor":
                return page.cursor(read.rows[-1][0]) if read.rows else None
            case _:
                return "PageInfo"

    return lambda read, _: {key: value(name, read) for key, name in fields}


def ids_shaper(root: ByIds) -> Shaper:
    """Make the function that puts entities into the order of the ids asked for, null where there is none."""
    shape_one = entity_shaper(root.entity)

    def shape(rows: Any, left_open: Open) -> Json:
        found = dict(rows)
        wanted = root.arguments.values(left_open.variables)["ids"]
        return [shape_one(found.get(identity), left_open) for identity in wanted]

    return shape


def written_shaper(write: Write) -> Shaper:
    """Make the function that shapes what a change of the graph tells of itself."""
    return _part_shaper(write.answer)


def answer_shaper(asked: Asked | Ask) -> Shaper:
    """Make the function that works an answer out of its facts and shapes it."""
    shape = _part_shaper(asked.answer)

    def work(facts: Any, left_open: Open) -> Json:
        if facts is None:
            return None
        return shape(asked.question.answer(facts, asked.arguments.values(left_open.variables)), left_open)

    return work


def _part_shaper(answer: Answer) -> Shaper:
    fields = [(entry.key, _answer_field(entry, answer.type_name)) for entry in answer.fields]

    def shape(part: Any, left_open: Open) -> Json:
        if part is None:
            return None
        if isinstance(part, list | tuple):
            return [shape(item, left_open) for item in part]
        made: dict[str, Json] = {}
        for key, fill in fields:
            fill(part, made, key, left_open)
        return made

    return shape


Fill = Callable[[Any, dict[str, Json], str, Open], None]
"""Puts a field of an answer's part into the object being made."""


def _answer_field(entry: TypeName | Leaf | Part | Hydrated, type_name: str) -> Fill:
    match entry:
        case TypeName():
            return lambda _, made, key, __: made.__setitem__(key, type_name)
        case Leaf():
            return lambda part, made, key, left_open: made.__setitem__(key, _value(part, entry, left_open))
        case Part(answer=answer):
            inner = _part_shaper(answer)
            return lambda part, made, key, left_open: made.__setitem__(
                key, inner(_value(part, entry, left_open), left_open)
            )
        case Hydrated():
            return _hydrated_field(entry)


def _hydrated_field(entry: Hydrated) -> Fill:
    shape = entity_shaper(entry.entity)

    def fill(part: Any, made: dict[str, Json], key: str, left_open: Open) -> None:
        found = _value(part, entry, left_open)
        made[key] = None
        if isinstance(found, list | tuple):
            places = made[key] = [None] * len(found)
            for index, one in enumerate(found):
                left_open.want(entry.entity, shape, one, _into(places, index))
        elif found is not None:
            left_open.want(entry.entity, shape, found, _into(made, key))

    return fill


def _into(container: Any, place: Any) -> Callable[[Json], None]:
    def put(value: Json) -> None:
        container[place] = value

    return put


def _value(part: Any, entry: Leaf | Part | Hydrated, left_open: Open) -> Any:
    value = getattr(part, entry.attribute)
    arguments: Mapping[str, Any] = entry.arguments.values(left_open.variables) if callable(value) else {}
    return value(**arguments) if callable(value) else value
