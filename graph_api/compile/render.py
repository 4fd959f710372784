"""A plan becomes Cypher: one statement, one record, values only from parameters.

Entities are read as lists in the order of the plan, because maps come back in any order. Every link is a subquery that
gives one list, so that no rows multiply and the whole shows in EXPLAIN. Equal plans give equal statements.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from graph_api.compile.condition import Compare, On, conjuncts
from graph_api.compile.hop import Hop
from graph_api.compile.names import Find, Names, Rendered, Value, kind_of, label, pattern
from graph_api.compile.order import Order, segments
from graph_api.compile.plan import (
    Arguments,
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
    Listed,
    Listing,
    NodesView,
    NodeView,
    Own,
    Single,
    SingleEdge,
    TypeName,
)
from graph_api.compile.where import where
from graph_api.model import MODEL

INDENT = "  "

FEW = 1_000
"""So many entities are sorted rather than searched for along an order; see `_Scope._by_index`."""


def lookup(entity: Entities, arguments: Arguments, by: str) -> Rendered:
    """Write the statement that gets one entity by its `key` or `id`."""
    names = Names()
    node = names.entity()
    # Ids are unique across kinds, keys within one; both look-ups are by a uniqueness constraint's index.
    found = f"({node}:{label(entity.kinds) if by == 'key' else 'Entity'} {{{by}: ${by}}})"
    if by == "id" and set(entity.kinds) != set(MODEL.kinds):
        # While there are few of a kind, Neo4j would rather scan those, and keep to that once they are many.
        found += f" USING INDEX SEEK {node}:Entity(id) WHERE {node}:{label(entity.kinds)}"
    scope = _Scope(names, 0)
    row = scope.entity(entity, node)
    text = "\n".join([f"MATCH {found}", *scope.lines, f"RETURN head(collect({row})) AS answer", ""])
    return Rendered(text, (Value(by, arguments, lambda given: given[by]), *names.values))


def ask(root: Ask, kind: str | None) -> Rendered:
    """Write the statement that reads a question's facts.

    One about an entity starts from that of this kind with the parameter `key`; any other is the question's own.
    """
    names = Names()
    if kind is None:
        return Rendered(_with_parameters(root, names) + "\n", tuple(names.values))
    node = names.entity()
    scope = _Scope(names, 0)
    row = scope.facts(root, node)
    found = f"MATCH ({node}:{label((kind,))} {{key: $key}})"
    text = "\n".join([found, *scope.lines, f"RETURN head(collect({row})) AS answer", ""])
    return Rendered(text, (Value("key", root.arguments, lambda given: given["key"]), *names.values))


def by_ids(root: ByIds) -> Rendered:
    """Write the statement that gets several entities by the parameter `ids`: a list of [id, row]."""
    names = Names()
    node = names.entity()
    scope = _Scope(names, 0)
    row = scope.entity(root.entity, node)
    lines = ["UNWIND $ids AS id", f"MATCH ({node}:Entity {{id: id}})", *scope.lines]
    text = "\n".join([*lines, f"RETURN collect([{node}.id, {row}]) AS answer", ""])
    return Rendered(
        text, (Value("ids", root.arguments, lambda given: list(dict.fromkeys(given["ids"]))), *names.values)
    )


def listing(root: Listing, *, unknown: bool, plain: bool) -> Rendered:
    """Write the statement that reads a page of all of a kind.

    `unknown` says whether the field that it is sorted by is null at the page's one cursor, `plain` whether its text
    sorts the same by code point as by UTF-16 unit.
    """
    names = Names()
    scope = _Scope(names, 0)
    answer = scope.page_of_all(root, unknown=unknown, plain=plain)
    return Rendered("\n".join([*scope.lines, f"RETURN {answer} AS answer", ""]), tuple(names.values))


def hydrate(groups: tuple[Entities, ...]) -> Rendered:
    """Write the statement that reads entities by ids (`ids0`, `ids1`, …): a list of [id, row] for each group."""
    names = Names()
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
    return Rendered("\n".join([*lines, f"RETURN [{', '.join(lists)}] AS answer", ""]), tuple(names.values))


@dataclass
class _Scope:
    """A place in the statement where entities are bound: the subqueries they need go into `lines`.

    Its methods return the expression that stands for what they are asked to read.
    """

    names: Names
    depth: int
    lines: list[str] = field(default_factory=list)

    def entity(self, entity: Entities, node: str) -> str:
        """Read an entity: its cells, or the number of its branch and the cells of that."""
        if len(entity.branches) == 1:
            return self._branch(entity.branches[0], node, "")
        cases = [
            f"WHEN {node}:{label(branch.kinds)} THEN [{index}, {self._branch(branch, node, f':{label(branch.kinds)}')}]"
            for index, branch in enumerate(entity.branches)
        ]
        return f"CASE {' '.join(cases)} END"

    def facts(self, asked: Asked | Ask, node: str) -> str:
        """Read a question's facts about an entity or a link."""
        _, _, collected = self.names.hop()
        body = [f"{INDENT}{line}" if line else "" for line in _with_parameters(asked, self.names).splitlines()]
        inner = [f"CALL ({node}) {{", f"{INDENT}WITH {node} AS start", *body, "}", f"RETURN facts AS {collected}"]
        self._call(node, inner, [])
        return collected

    def _branch(self, branch: Branch, node: str, only: str) -> str:
        cells = (self._cell(entry, branch.kinds, node, only) for entry in branch.fields)
        return f"[{', '.join(cell for cell in cells if cell)}]"

    def _cell(self, entry: EntityField, kinds: tuple[str, ...], node: str, only: str) -> str:
        match entry:
            case TypeName():
                # A single kind is known without asking.
                return "" if len(kinds) == 1 else kind_of(node)
            case Own(name=name):
                return f"{node}.{name}"
            case Connection(hop=hop, listed=listed):
                return self._page_of_links(hop, listed, node, only)
            case Single(hop=hop, entity=entity):
                return self._only(hop, node, only, lambda inner, far, _: inner.entity(entity, far))
            case SingleEdge(hop=hop, fields=fields):
                return self._only(hop, node, only, lambda inner, far, link: inner.edge(fields, far, link, None))
            case Asked():
                return self.facts(entry, node)

    def _only(self, hop: Hop, node: str, only: str, read: Callable[["_Scope", str, str], str]) -> str:
        far, link, collected = self.names.hop()
        scope = _Scope(self.names, self.depth + 1)
        row = read(scope, far, link)
        # There is at most one, but for what was written past this service: then the same one each time.
        found = [f"MATCH {pattern(hop, node + only, link, far)}", f"WITH {far}, {link} ORDER BY {far}.key, {link}.id"]
        self._call(node, found, [*scope.lines], f"RETURN collect({row}) AS {collected}")
        return f"head({collected})"

    def _page_of_links(self, hop: Hop, listed: Listed, node: str, only: str) -> str:
        far, link, collected = self.names.hop()
        match = f"MATCH {pattern(hop, node + only, link, far)}"
        order = Order(listed.page, far, link)
        wanted = self._wanted(listed, far, link)
        cut = self._cut(listed, order)
        found = [
            match,
            *_where([*wanted, *cut]),
            f"WITH {far}, {link} ORDER BY {order.by()} LIMIT {self._limit(listed)}",
        ]
        scope = _Scope(self.names, self.depth + 1)
        row = scope.views(listed, order)
        self._call(node, found, scope.lines, f"RETURN collect({row}) AS {collected}")
        return self._with_more(listed, order, match, wanted, collected)

    def page_of_all(self, root: Listing, *, unknown: bool, plain: bool) -> str:
        """Read a page of all of a kind; see `listing`."""
        node, listed = self.names.entity(), root.listed
        match = f"MATCH ({node}:{label((root.kind,))})"
        order = Order(listed.page, node, node)
        wanted, limit = self._wanted(listed, node, node), self._limit(listed)
        page = listed.page
        # An index gives a list in order where that is one field and then the key, from at most one cursor.
        if len(page.terms) > 2 or (page.after and page.before):  # noqa: PLR2004 - the field and the key
            cut = self._cut(listed, order)
            self.lines += [match, *_where([*wanted, *cut]), f"WITH {node} ORDER BY {order.by()} LIMIT {limit}"]
        else:
            self.lines += [
                *self._by_index(root, order, match, wanted, limit, unknown=unknown, plain=plain),
                f"WITH {node} LIMIT {limit}",
            ]
        row = self.views(listed, order)
        self.lines.append(f"WITH collect({row}) AS c0")
        return self._with_more(listed, order, match, wanted, "c0")

    def _by_index(  # noqa: PLR0913 - what the page is made of
        self, root: Listing, order: Order, match: str, wanted: list[str], limit: str, *, unknown: bool, plain: bool
    ) -> list[str]:
        """Bind a page's entities in the order that an index gives."""
        node, page, equal = order.node, root.listed.page, _equality(root)
        names = [name for name in ("after", "before") if getattr(page, name)]
        cursor = self._cursor(root.listed, names[0]) if names else ""
        parts = [
            [
                # Where nothing is filtered, the order decides which index is best, however small the graph is now.
                match if wanted or not segment.index else f"{match} {_using(node, root.kind, *segment.index)}",
                *_where([*segment.conditions, *wanted]),
                f"RETURN {node} ORDER BY {segment.by} LIMIT {limit}",
            ]
            for segment in segments(order, cursor, equal=equal and equal[1], unknown=unknown)
        ]
        if not equal or len(page.terms) == 1 or not plain:
            return _united("CALL () {", parts)
        # Neo4j cannot know whether few entities have the value: where they are few, it is quicker to sort them than to
        # walk the order in search of them; where they are many, the other way round. So some are counted first.
        place, name = equal
        few = [f"{match} {_using(node, root.kind, name, 'key')}"]
        there = f"{node}.key IS NOT NULL"
        counted = [*few, *_where([wanted[place], there]), f"WITH {node} LIMIT {FEW}", f"RETURN count(*) < {FEW} AS few"]
        # An OR that is not hidden in a function would be cut into several index scans.
        order = replace(order, stored=True)
        cut = [f"coalesce({order.beyond(cursor, after=page.after)}, false)"] if cursor else []
        sorted_ = [
            "UNWIND CASE WHEN few THEN [1] ELSE [] END AS go",
            *few,
            *_where([*wanted, there, *cut]),
            f"WITH {node} ORDER BY {order.by()} LIMIT {limit}",
            f"RETURN {node}",
        ]
        walked = [
            ["UNWIND CASE WHEN few THEN [] ELSE [1] END AS go", *_united("CALL () {", [part]), f"RETURN {node}"]
            for part in parts
        ]
        return [*_united("CALL () {", [counted]), *_united("CALL (few) {", [sorted_, *walked])]

    def _with_more(self, listed: Listed, order: Order, match: str, wanted: list[str], rows: str) -> str:
        """Add to a page's rows what is asked of the whole list: how many it has, and what a cursor cut off."""
        if not listed.counted() and not listed.looks_back():
            return rows
        cells = [rows]
        if listed.counted():
            cells.append(f"COUNT {{ {' '.join([match, *_where(wanted)])} }}")
        if listed.looks_back():
            name = "before" if listed.page.backward else "after"
            beyond = order.beyond(self._cursor(listed, name), after=name == "after")
            behind = _where([*wanted, f"NOT coalesce({beyond}, false)"])
            cells.append(f"EXISTS {{ {' '.join([match, *behind])} }}")
        return f"[{', '.join(cells)}]"

    def _wanted(self, listed: Listed, node: str, link: str) -> list[str]:
        return where(listed.condition, node, link, self.names, listed.arguments) if listed.condition else []

    def _cut(self, listed: Listed, order: Order) -> list[str]:
        names = [name for name in ("after", "before") if getattr(listed.page, name)]
        return [order.beyond(self._cursor(listed, name), after=name == "after") for name in names]

    def _cursor(self, listed: Listed, name: str) -> str:
        return self.names.parameter(listed.arguments, lambda given: listed.page.values(given, name))

    def _limit(self, listed: Listed) -> str:
        return self.names.parameter(listed.arguments, listed.page.limit)

    def views(self, listed: Listed, order: Order) -> str:
        """Read an element of a page: the values of its cursor, if wanted, and a cell for each view of it."""
        cells = [f"[{order.columns()}]"] if listed.has_cursors() else []
        for view in listed.views:
            match view:
                case NodesView(entity=entity):
                    cells.append(self.entity(entity, order.node))
                case EdgesView(fields=fields):
                    cells.append(self.edge(fields, order.node, order.link, order))
                case _:
                    pass
        return f"[{', '.join(cells)}]"

    def edge(self, fields: tuple[EdgeField, ...], node: str, link: str, order: Order | None) -> str:
        """Read an edge."""
        cells = []
        for entry in fields:
            match entry:
                case NodeView(entity=entity):
                    cells.append(self.entity(entity, node))
                case Own(name=name):
                    cells.append(f"{link}.{name}")
                case Cursor():
                    cells.append(f"[{order.columns()}]" if order else "null")
                case Asked():
                    cells.append(self.facts(entry, link))
                case TypeName():
                    pass
        return f"[{', '.join(cells)}]"

    def _call(self, node: str, found: list[str], inner: list[str], answer: str | None = None) -> None:
        """Add a subquery on an entity; `inner` comes from a scope of its own and is indented already."""
        outer, deeper = INDENT * self.depth, INDENT * (self.depth + 1)
        own = [f"{deeper}{line}" if line else "" for line in found]
        self.lines += [
            f"{outer}CALL ({node}) {{",
            *own,
            *inner,
            *([f"{deeper}{answer}"] if answer else []),
            f"{outer}}}",
        ]


def _with_parameters(asked: Asked | Ask, names: Names) -> str:
    """Write the statement of a question, with parameters that no other question in the statement has."""
    text = asked.facts.text.strip()
    for name in asked.facts.parameters:
        allotted = names.parameter(asked.arguments, _found_by(asked, name))
        text = re.sub(rf"\${name}\b", lambda _, allotted=allotted: allotted, text)  # type: ignore[misc]
    return text


def _found_by(asked: Asked | Ask, name: str) -> Find:
    return lambda given: asked.question.parameters(given, asked.selected)[name]


def _equality(root: Listing) -> tuple[int, str] | None:
    """Find an equality with an indexed field among a filter's conjuncts: its place, and the field."""
    if not root.listed.condition:
        return None
    properties = MODEL.kinds[root.kind].properties
    for place, part in enumerate(conjuncts(root.listed.condition)):
        match part:
            case Compare(on=On.NODE, name=name, operator="eq") if (
                name in properties
                and properties[name].ordered
                and name not in {"key", root.listed.page.terms[0].name}
                and not part.moment
            ):
                return place, name
            case _:
                pass
    return None


def _using(node: str, kind: str, *properties: str) -> str:
    return f"USING INDEX {node}:{kind}({', '.join(properties)})"


def _united(opening: str, parts: list[list[str]]) -> list[str]:
    """Put one part after the other into a subquery."""
    lines = parts[0] + [line for part in parts[1:] for line in ("UNION ALL", *part)]
    return [opening, *(f"{INDENT}{line}" for line in lines), "}"]


def _where(conditions: list[str]) -> list[str]:
    return [f"WHERE {' AND '.join(conditions)}"] if conditions else []
