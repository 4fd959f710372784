"""A record becomes the response, in the selection's order, by functions made once for a plan.

Each function takes what `render` put into the record at its place. Answers of questions are worked out on the way; the
entities they speak of are left open in `Open` and filled in when a second statement has read them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph_api.compile.plan import (
    Answer,
    Ask,
    Asked,
    Branch,
    Connection,
    EdgeField,
    EdgesView,
    Entities,
    EntityField,
    Hydrated,
    Leaf,
    NodesView,
    NodeView,
    Own,
    Part,
    Single,
    SingleEdge,
    TypeName,
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

    def fill(self, rows: list[tuple[str, Any]], left_open: "Open") -> None:
        """Put the entities read into their places."""
        found = dict(rows)
        for identity, places in self.places.items():
            if identity not in found:
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
        group = self.groups.setdefault(id(entity), Group(entity, shape))
        group.places.setdefault(found.id, []).append(put)

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
        case Connection(key=key):
            return key, _connection_shaper(entry), None
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


def _edge_shaper(type_name: str, fields: tuple[EdgeField, ...]) -> Shaper:
    entries: list[tuple[str, Shaper | None, Json]] = []
    for entry in fields:
        match entry:
            case TypeName(key=key):
                entries.append((key, None, type_name))
            case Own(key=key):
                entries.append((key, _own_shaper(entry), None))
            case NodeView(key=key, entity=entity):
                entries.append((key, entity_shaper(entity), None))
    return _object_shaper(entries)


def _connection_shaper(connection: Connection) -> Shaper:
    # A row of a connection holds a cell for each view; a view takes its own cell out of every row.
    views: list[tuple[str, Shaper | None]] = []
    for view in connection.views:
        match view:
            case TypeName(key=key):
                views.append((key, None))
            case NodesView(key=key, entity=entity):
                views.append((key, entity_shaper(entity)))
            case EdgesView(key=key, type_name=type_name, fields=fields):
                views.append((key, _edge_shaper(type_name, fields)))

    def shape(rows: Any, left_open: Open) -> Json:
        answer: dict[str, Json] = {}
        place = 0
        for key, take in views:
            if take is None:
                answer[key] = connection.type_name
                continue
            answer[key] = [take(row[place], left_open) for row in rows]
            place += 1
        return answer

    return shape


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
