"""A plan for people: one line for each field, what it reads in words, indented as the selection is."""

from collections.abc import Iterator

from graph_api.compile.plan import (
    Answer,
    Arguments,
    Ask,
    Asked,
    ByIds,
    Connection,
    Cursor,
    EdgeField,
    EdgesView,
    Entities,
    EntityField,
    Hydrated,
    Introspection,
    Leaf,
    Listed,
    Listing,
    Lookup,
    NodesView,
    NodeView,
    Own,
    PageInfoView,
    Part,
    Plan,
    Refused,
    RootField,
    Single,
    SingleEdge,
    TotalCount,
    TypeName,
    View,
    Write,
)

INDENT = "  "

Field = RootField | EntityField | EdgeField | View | Leaf | Part | Hydrated


def outline(plan: Plan) -> str:
    """Write a plan down; equal plans give equal texts."""
    return "\n".join(line for root in plan.roots for line in _field(root)) + "\n"


def _field(field: Field) -> Iterator[str]:
    what, inner = _described(field)
    yield f"{field.key}: {what}"
    yield from (INDENT + line for line in inner)


def _described(field: Field) -> tuple[str, Iterator[str]]:  # noqa: C901, PLR0911, PLR0912 - a line for each sort of field
    """Say what a field reads, and give the lines below it."""
    match field:
        case TypeName():
            return "the type's name", iter(())
        case Own(name=name, parts=parts):
            return f".{name}{f' ({_renamed(parts)})' if parts else ''}", iter(())
        case Cursor():
            return "the cursor", iter(())
        case TotalCount():
            return "how many in all", iter(())
        case PageInfoView(fields=fields):
            return f"where the page stands ({_renamed(fields)})", iter(())
        case Introspection():
            return "the schema", iter(())
        case Refused(error=error):
            return f"refused: {error.message}", iter(())
        case NodeView(entity=entity):
            return "the entity", _entities(entity)
        case NodesView(entity=entity):
            return "the entities", _entities(entity)
        case EdgesView(fields=fields):
            return "the links", _fields(fields)
        case Connection(hop=hop, listed=listed):
            return str(hop), _listed(listed)
        case Single(hop=hop, entity=entity):
            return f"{hop}, at most one", _entities(entity)
        case SingleEdge(hop=hop, fields=fields):
            return f"{hop}, at most one, the link", _fields(fields)
        case Leaf(attribute=attribute, arguments=arguments):
            return f".{attribute}{_written(arguments)}", iter(())
        case Part(attribute=attribute, arguments=arguments, answer=answer):
            return f".{attribute}{_written(arguments)}", _answer(answer)
        case Hydrated(attribute=attribute, arguments=arguments, entity=entity):
            return f".{attribute}{_written(arguments)}, hydrated", _entities(entity)
        case Asked(name=name, arguments=arguments, answer=answer) | Ask(name=name, arguments=arguments, answer=answer):
            return f"ask {name}{_written(arguments)}", _answer(answer)
        case Write(name=name, arguments=arguments, answer=answer):
            return f"do {name}{_written(arguments)}", _answer(answer)
        case Lookup(arguments=arguments, entity=entity):
            return f"one {'|'.join(entity.kinds)}{_written(arguments)}", _entities(entity)
        case ByIds(arguments=arguments, entity=entity):
            return f"several {'|'.join(entity.kinds)}{_written(arguments)}", _entities(entity)
        case Listing(kind=kind, listed=listed):
            return f"all {kind}", _listed(listed)


def _fields(fields: tuple[EntityField, ...] | tuple[EdgeField, ...]) -> Iterator[str]:
    return (line for field in fields for line in _field(field))


def _answer(answer: Answer) -> Iterator[str]:
    return (line for field in answer.fields for line in _field(field))


def _entities(entity: Entities) -> Iterator[str]:
    for branch in entity.branches:
        if len(entity.branches) == 1:
            yield from _fields(branch.fields)
        else:
            yield f"on {', '.join(branch.kinds)}"
            yield from (INDENT + line for line in _fields(branch.fields))


def _listed(listed: Listed) -> Iterator[str]:
    yield str(listed.page)
    if listed.condition:
        yield f"where {listed.condition}"
    for view in listed.views:
        yield from _field(view)


def _written(arguments: Arguments) -> str:
    return f"({arguments.text})" if arguments.text else ""


def _renamed(names: tuple[tuple[str, str], ...]) -> str:
    return ", ".join(key if key == name else f"{key}: {name}" for key, name in names)
