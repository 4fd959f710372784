"""A plan becomes Cypher: one statement, one record, values only from parameters.

Entities are read as lists in the order of the plan, because maps come back in any order. Names are allotted here and
nowhere else, in the order of the text, so that equal plans give equal statements. Labels and types come from the model
through `label`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from graph_api.compile.plan import (
    Asked,
    Branch,
    Connection,
    EdgeField,
    EdgesView,
    Entities,
    EntityField,
    Hop,
    NodesView,
    NodeView,
    Own,
    Single,
    SingleEdge,
    TypeName,
)
from graph_api.model import MODEL, Direction
from graph_api.store.statements import Statement

INDENT = "  "


def label(kinds: Iterable[str]) -> str:
    """Write kinds as a label expression. The one place where names of the model enter a statement."""
    return "|".join(MODEL.kinds[kind].name for kind in kinds)


@dataclass
class _Names:
    """Allots variable names: n0, n1, … for entities, r1, r2, … for links, each once in a statement."""

    count: int = 0

    def entity(self) -> str:
        name = f"n{self.count}"
        self.count += 1
        return name

    def link(self) -> str:
        return f"r{self.count - 1}"


def lookup(entity: Entities, by: str) -> str:
    """Write the statement that gets one entity by its `key` or `id`, from the parameter of that name."""
    names = _Names()
    node = names.entity()
    # Ids are unique across kinds, keys within one; both look-ups are by a uniqueness constraint's index.
    wanted = label(entity.kinds) if by == "key" else "Entity"
    also = f" WHERE {node}:{label(entity.kinds)}" if by == "id" and set(entity.kinds) != set(MODEL.kinds) else ""
    body = _row(entity, node, names, 1)
    return f"RETURN head(COLLECT {{\n  MATCH ({node}:{wanted} {{{by}: ${by}}}){also}\n  RETURN {body}\n}}) AS answer\n"


def ask(facts: Statement, kind: str) -> str:
    """Write the statement that reads a question's facts from one entity, given by its kind and the parameter `key`."""
    names = _Names()
    node = names.entity()
    return (
        f"RETURN head(COLLECT {{\n  MATCH ({node}:{label([kind])} {{key: $key}})\n"
        f"  RETURN {_facts(facts, node, 1)}\n}}) AS answer\n"
    )


def hydrate(groups: tuple[Entities, ...]) -> str:
    """Write the statement that reads entities by ids (`ids0`, `ids1`, …): a list of [id, row] for each group."""
    names = _Names()
    parts = []
    for index, entity in enumerate(groups):
        node = names.entity()
        parts.append(
            f"COLLECT {{\n  UNWIND $ids{index} AS id{index}\n  MATCH ({node}:Entity {{id: id{index}}})\n"
            f"  RETURN [{node}.id, {_row(entity, node, names, 1)}]\n}}"
        )
    return "RETURN [" + ", ".join(parts) + "] AS answer\n"


def _row(entity: Entities, node: str, names: _Names, depth: int) -> str:
    if len(entity.branches) == 1:
        return _branch(entity.branches[0], node, names, depth)
    cases = "".join(
        f"\n{INDENT * (depth + 1)}WHEN {node}:{label(branch.kinds)} THEN "
        f"[{index}, {_branch(branch, node, names, depth + 1)}]"
        for index, branch in enumerate(entity.branches)
    )
    return f"CASE{cases}\n{INDENT * depth}END"


def _branch(branch: Branch, node: str, names: _Names, depth: int) -> str:
    cells = [cell for entry in branch.fields if (cell := _cell(entry, branch.kinds, node, names, depth)) is not None]
    return "[" + ", ".join(cells) + "]"


def _cell(entry: EntityField, kinds: tuple[str, ...], node: str, names: _Names, depth: int) -> str | None:
    match entry:
        case TypeName():
            return _type_name(kinds, node)
        case Own(name=name):
            return f"{node}.{name}"
        case Connection(hop=hop, views=views):
            return _collect(hop, node, names, depth, lambda far, link: _views(views, far, link, names, depth + 1))
        case Single(hop=hop, entity=entity):
            return "head(" + _collect(hop, node, names, depth, lambda far, _: _row(entity, far, names, depth + 1)) + ")"
        case SingleEdge(hop=hop, fields=fields):
            cells = _collect(hop, node, names, depth, lambda far, link: _edge(fields, far, link, names, depth + 1))
            return f"head({cells})"
        case Asked(question=question):
            return _facts(question.facts, node, depth)


def _type_name(kinds: tuple[str, ...], node: str) -> str | None:
    # A single kind is known without asking.
    return None if len(kinds) == 1 else f"head([label IN labels({node}) WHERE label <> 'Entity'])"


def _facts(facts: Statement, node: str, depth: int) -> str:
    inner = INDENT * (depth + 1)
    body = "\n".join(f"{inner}  {line}" if line else "" for line in facts.text.strip().splitlines())
    return (
        f"head(COLLECT {{\n{inner}CALL ({node}) {{\n{inner}  WITH {node} AS start\n{body}\n{inner}}}\n"
        f"{inner}RETURN facts\n{INDENT * depth}}})"
    )


def _collect(hop: Hop, node: str, names: _Names, depth: int, row: Callable[[str, str], str]) -> str:
    far = names.entity()
    link = names.link()
    left, right = ("-", "->") if hop.direction is Direction.OUT else ("<-", "-")
    ends = MODEL.links[hop.link].finish if hop.direction is Direction.OUT else MODEL.links[hop.link].start
    # A label that every end of the type has is not asked for.
    wanted = "" if set(hop.far) == set(ends) else f":{label(hop.far)}"
    pattern = f"({node}){left}[{link}:{hop.link}]{right}({far}{wanted})"
    order = ", ".join((*((f"{link}.position",) if hop.positioned else ()), f"{far}.key", f"{far}.id"))
    inner = INDENT * (depth + 1)
    return (
        f"COLLECT {{\n{inner}MATCH {pattern}\n{inner}WITH {far}, {link} ORDER BY {order}\n"
        f"{inner}RETURN {row(far, link)}\n{INDENT * depth}}}"
    )


def _views(views: tuple[TypeName | NodesView | EdgesView, ...], node: str, link: str, names: _Names, depth: int) -> str:
    cells = []
    for view in views:
        match view:
            case NodesView(entity=entity):
                cells.append(_row(entity, node, names, depth))
            case EdgesView(fields=fields):
                cells.append(_edge(fields, node, link, names, depth))
            case TypeName():
                pass
    return "[" + ", ".join(cells) + "]"


def _edge(fields: tuple[EdgeField, ...], node: str, link: str, names: _Names, depth: int) -> str:
    cells = []
    for entry in fields:
        match entry:
            case NodeView(entity=entity):
                cells.append(_row(entity, node, names, depth))
            case Own(name=name):
                cells.append(f"{link}.{name}")
            case TypeName():
                pass
    return "[" + ", ".join(cells) + "]"
