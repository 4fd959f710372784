"""A plan becomes Cypher: one statement, one record, values only from parameters.

Entities are read as lists in the order of the plan, because maps come back in any order. Every link is a subquery that
gives one list, so that no rows multiply and the whole shows in EXPLAIN. Names are allotted here and nowhere else, in
the order of the text, so that equal plans give equal statements. Labels and types come from the model through `label`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

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


def lookup(entity: Entities, by: str) -> str:
    """Write the statement that gets one entity by its `key` or `id`, from the parameter of that name."""
    names = _Names()
    node = names.entity()
    # Ids are unique across kinds, keys within one; both look-ups are by a uniqueness constraint's index.
    found = f"({node}:{label(entity.kinds) if by == 'key' else 'Entity'} {{{by}: ${by}}})"
    if by == "id" and set(entity.kinds) != set(MODEL.kinds):
        found += f" WHERE {node}:{label(entity.kinds)}"
    scope = _Scope(names, 0)
    row = scope.entity(entity, node)
    return "\n".join([f"MATCH {found}", *scope.lines, f"RETURN head(collect({row})) AS answer", ""])


def ask(facts: Statement, kind: str) -> str:
    """Write the statement that reads a question's facts from one entity, given by its kind and the parameter `key`."""
    names = _Names()
    node = names.entity()
    scope = _Scope(names, 0)
    row = scope.facts(facts, node)
    return "\n".join(
        [
            f"MATCH ({node}:{label([kind])} {{key: $key}})",
            *scope.lines,
            f"RETURN head(collect({row})) AS answer",
            "",
        ]
    )


def hydrate(groups: tuple[Entities, ...]) -> str:
    """Write the statement that reads entities by ids (`ids0`, `ids1`, …): a list of [id, row] for each group."""
    names = _Names()
    lines, lists = [], []
    for index, entity in enumerate(groups):
        node, listed = names.entity(), f"list{index}"
        scope = _Scope(names, 1)
        row = scope.entity(entity, node)
        lines += [
            "CALL () {",
            f"{INDENT}UNWIND $ids{index} AS id{index}",
            f"{INDENT}MATCH ({node}:Entity {{id: id{index}}})",
            *scope.lines,
            f"{INDENT}RETURN collect([{node}.id, {row}]) AS {listed}",
            "}",
        ]
        lists.append(listed)
    return "\n".join([*lines, f"RETURN [{', '.join(lists)}] AS answer", ""])


@dataclass
class _Names:
    """Allots variable names: n0, n1, … for entities, and r1, c1 for the link to n1 and what is collected beyond it."""

    count: int = 0

    def entity(self) -> str:
        name = f"n{self.count}"
        self.count += 1
        return name

    def hop(self) -> tuple[str, str, str]:
        number = self.count
        return self.entity(), f"r{number}", f"c{number}"


@dataclass
class _Scope:
    """A place in the statement where entities are bound: the subqueries they need go into `lines`.

    Its methods return the expression that stands for what they are asked to read.
    """

    names: _Names
    depth: int
    lines: list[str] = field(default_factory=list)

    def entity(self, entity: Entities, node: str) -> str:
        if len(entity.branches) == 1:
            return self._branch(entity.branches[0], node, "")
        cases = [
            f"WHEN {node}:{label(branch.kinds)} THEN [{index}, {self._branch(branch, node, f':{label(branch.kinds)}')}]"
            for index, branch in enumerate(entity.branches)
        ]
        return f"CASE {' '.join(cases)} END"

    def facts(self, facts: Statement, node: str) -> str:
        outer, inner = INDENT * self.depth, INDENT * (self.depth + 1)
        _, _, collected = self.names.hop()
        self.lines += [
            f"{outer}CALL ({node}) {{",
            f"{inner}CALL ({node}) {{",
            f"{inner}{INDENT}WITH {node} AS start",
            *(f"{inner}{INDENT}{line}" if line else "" for line in facts.text.strip().splitlines()),
            f"{inner}}}",
            f"{inner}RETURN facts AS {collected}",
            f"{outer}}}",
        ]
        return collected

    def _branch(self, branch: Branch, node: str, only: str) -> str:
        cells = (self._cell(entry, branch.kinds, node, only) for entry in branch.fields)
        return f"[{', '.join(cell for cell in cells if cell)}]"

    def _cell(self, entry: EntityField, kinds: tuple[str, ...], node: str, only: str) -> str:
        match entry:
            case TypeName():
                # A single kind is known without asking.
                return "" if len(kinds) == 1 else f"head([label IN labels({node}) WHERE label <> 'Entity'])"
            case Own(name=name):
                return f"{node}.{name}"
            case Connection(hop=hop, views=views):
                return self._collect(hop, node, only, lambda inner, far, link: inner.views(views, far, link))
            case Single(hop=hop, entity=entity):
                return f"head({self._collect(hop, node, only, lambda inner, far, _: inner.entity(entity, far))})"
            case SingleEdge(hop=hop, fields=fields):
                edge = self._collect(hop, node, only, lambda inner, far, link: inner.edge(fields, far, link))
                return f"head({edge})"
            case Asked(question=question):
                return self.facts(question.facts, node)

    def _collect(self, hop: Hop, node: str, only: str, row: "Callable[[_Scope, str, str], str]") -> str:
        far, link, collected = self.names.hop()
        left, right = ("-", "->") if hop.direction is Direction.OUT else ("<-", "-")
        ends = MODEL.links[hop.link].finish if hop.direction is Direction.OUT else MODEL.links[hop.link].start
        # A label that every end of the type has is not asked for.
        wanted = "" if set(hop.far) == set(ends) else f":{label(hop.far)}"
        order = ", ".join((*((f"{link}.position",) if hop.positioned else ()), f"{far}.key", f"{far}.id"))
        scope = _Scope(self.names, self.depth + 1)
        cells = row(scope, far, link)
        outer, inner = INDENT * self.depth, INDENT * (self.depth + 1)
        self.lines += [
            f"{outer}CALL ({node}) {{",
            f"{inner}MATCH ({node}{only}){left}[{link}:{hop.link}]{right}({far}{wanted})",
            f"{inner}WITH {far}, {link} ORDER BY {order}",
            *scope.lines,
            f"{inner}RETURN collect({cells}) AS {collected}",
            f"{outer}}}",
        ]
        return collected

    def views(self, views: tuple[TypeName | NodesView | EdgesView, ...], node: str, link: str) -> str:
        cells = []
        for view in views:
            match view:
                case NodesView(entity=entity):
                    cells.append(self.entity(entity, node))
                case EdgesView(fields=fields):
                    cells.append(self.edge(fields, node, link))
                case TypeName():
                    pass
        return f"[{', '.join(cells)}]"

    def edge(self, fields: tuple[EdgeField, ...], node: str, link: str) -> str:
        cells = []
        for entry in fields:
            match entry:
                case NodeView(entity=entity):
                    cells.append(self.entity(entity, node))
                case Own(name=name):
                    cells.append(f"{link}.{name}")
                case TypeName():
                    pass
        return f"[{', '.join(cells)}]"
