"""Where an element stands before or after a cursor, in Cypher.

The order is lexicographic over the page's terms; what is unknown comes last. So an element comes after a cursor where
for some term it is beyond the cursor's value, and for all terms before that equal to it.
"""

from dataclasses import dataclass

from graph_api.compile.condition import On
from graph_api.compile.page import Page, Term


@dataclass(frozen=True)
class Order:
    """The order of a page over two variables: the entity's and the link's."""

    page: Page
    node: str
    link: str
    stored: bool = False
    """Whether texts are compared as they are stored: right where no cursor holds a unit from U+D800 on."""

    def column(self, term: Term) -> str:
        """Write the property of a term."""
        return f"{self.link if term.on is On.LINK else self.node}.{term.name}"

    def compared(self, term: Term) -> str:
        """Write the property of a term as it is sorted by and held against a cursor where no index gives the order.

        Neo4j compares stored texts by code point but a stored text with a parameter by UTF-16 unit; a computed text
        compares by UTF-16 unit with either.
        """
        text = term.type.graphql == "String" and term.name not in {"key", "id"} and not self.stored
        return f"({self.column(term)} + '')" if text else self.column(term)

    def columns(self) -> str:
        """List the values that make a cursor."""
        return ", ".join(self.column(term) for term in self.page.terms)

    def by(self) -> str:
        """Write ORDER BY's list, reversed where the page is cut from the end."""
        backward = self.page.backward
        items = []
        for term in self.page.terms:
            if term.nullable:
                items.append(f"{self.column(term)} IS NULL{' DESC' if backward else ''}")
            items.append(f"{self.compared(term)}{' DESC' if term.descending != backward else ''}")
        return ", ".join(items)

    def by_index(self, *terms: Term) -> str:
        """Write ORDER BY's list for a part of the list that an index gives in order."""
        backward = self.page.backward
        return ", ".join(f"{self.column(term)}{' DESC' if term.descending != backward else ''}" for term in terms)

    def beyond(self, cursor: str, *, after: bool) -> str:
        """Write the condition that an element comes strictly after the cursor, or strictly before it."""
        ways = []
        for index, term in enumerate(self.page.terms):
            equal = [self._equal(one, f"{cursor}[{at}]") for at, one in enumerate(self.page.terms[:index])]
            ways.append(" AND ".join([*equal, self._past(term, f"{cursor}[{index}]", after=after)]))
        return "(" + " OR ".join(f"({way})" if " AND " in way else way for way in ways) + ")"

    def sign(self, term: Term, *, after: bool) -> str:
        """Write the comparison that leads away from a cursor."""
        return ">" if term.descending != after else "<"

    def _equal(self, term: Term, value: str) -> str:
        column = self.column(term)
        if not term.nullable:
            return f"{column} = {value}"
        return f"({column} = {value} OR ({column} IS NULL AND {value} IS NULL))"

    def _past(self, term: Term, value: str, *, after: bool) -> str:
        column = self.column(term)
        compared = f"{self.compared(term)} {self.sign(term, after=after)} {value}"
        if not term.nullable:
            return compared
        unknown = f"{value} IS NOT NULL AND {column} IS NULL" if after else f"{value} IS NULL AND {column} IS NOT NULL"
        return f"({compared} OR ({unknown}))"


@dataclass(frozen=True)
class Segment:
    """A part of a list that an index gives in order."""

    conditions: tuple[str, ...]
    by: str
    index: tuple[str, ...] = ()
    """The properties of the index, where there is another one that gives half of the order."""


def segments(order: Order, cursor: str, *, equal: str | None = None, unknown: bool) -> list[Segment]:
    """Cut a list that is sorted by one field, or by the key alone, into parts that an index gives in order.

    `cursor` is the parameter of the one cursor, or empty; `unknown` tells whether the field is null at the cursor. The
    parts follow one another: equal to the cursor's value, beyond it, unknown; the other way round from the end. `equal`
    names a field of which all elements have the same value: with the key behind it, its index gives the keys in order.
    """
    page, (first, *_) = order.page, order.page.terms
    after = page.after
    key = page.terms[-1]
    by_key, by_all = order.by_index(key), order.by_index(*page.terms)
    column, key_column = order.column(first), order.column(key)
    past_key = f"{key_column} {order.sign(key, after=after)} {cursor}[{len(page.terms) - 1}]"
    if len(page.terms) == 1:
        way = " DESC" if key.descending != page.backward else ""
        by = f"{order.node}.{equal}{way}, {by_key}" if equal else by_key
        return [Segment((past_key if cursor else f"{key_column} IS NOT NULL",), by)]
    # That a key is there, which it always is, tells the planner that an index on both gives the whole order.
    there = f"{key_column} IS NOT NULL"
    index = (first.name, key.name)
    known = Segment((f"{column} IS NOT NULL", there), by_all, index)
    nulls = Segment((f"{column} IS NULL", there), by_key)
    same = Segment((f"{column} = {cursor}[0]", past_key), by_all, index)
    beyond = Segment((f"{column} {order.sign(first, after=after)} {cursor}[0]", there), by_all, index)
    nulls_past = Segment((f"{column} IS NULL", past_key), by_key)
    if not cursor:
        parts = [known, nulls]
    elif unknown:
        # Unknown values come last: after such a cursor there are only others, before it all that are known too.
        parts = [nulls_past] if after else [known, nulls_past]
    else:
        parts = [same, beyond, nulls] if after else [beyond, same]
    if not first.nullable:
        parts = [part for part in parts if part is not nulls]
    # What stands here is the order of the list; a page that is cut from the end is read from there.
    return parts[::-1] if page.backward else parts
