"""The parts of statements that follow from the rules: which kinds they judge, and what is read of each.

A row of an entity is flat: the place of its kind in `JUDGED`, its number, its id and key (null unless they are wanted),
the day it was created as days since 1970-01-01, then the values of `FIELDS` and the numbers of links in `COUNTS`, each
in the order that they have there for the kind. Days among the fields are ISO 8601 texts.
"""

from collections.abc import Iterable, Mapping

from graph_api.model import MODEL, Direction
from graph_api.model.rules import DEEP, RULES_OF, ExpectedLink

JUDGED = tuple(kind for kind in MODEL.kinds if kind in RULES_OF)
"""The kinds that rules apply to."""

SEVERITY = "severity"

FIELDS: Mapping[str, tuple[str, ...]] = {
    kind: tuple(
        dict.fromkeys(
            name
            for rule in RULES_OF[kind]
            for name in (*rule.fields, *((SEVERITY,) if kind == "Insight" else ()))
            if name in MODEL.kinds[kind].properties
        )
    )
    for kind in JUDGED
}
"""The own fields read of each kind."""

FIRST = 5
"""The place in a row of the first of its fields."""

COUNTS: Mapping[str, tuple[ExpectedLink, ...]] = {
    kind: tuple(dict.fromkeys(link for links in (rule.expects for rule in RULES_OF[kind]) for link in links))
    + tuple(link for link in DEEP.get(kind, ()) if not any(link in rule.expects for rule in RULES_OF[kind]))
    for kind in JUDGED
}
"""The links counted of each kind."""

_DAY = 86_400


def _field(kind: str, name: str) -> str:
    prop = MODEL.kinds[kind].properties[name]
    return f"toString(n.{name})" if prop.type.graphql == "Date" else f"n.{name}"


def _count(link: ExpectedLink) -> str:
    left, right = ("-", "->") if link.direction is Direction.OUT else ("<-", "-")
    if link.role is None:
        return f"count {{ (n){left}[:{link.type}]{right}() }}"
    return f"count {{ (n){left}[:{link.type} {{involvementRole: '{link.role.value}'}}]{right}() }}"


def _row(place: int, kind: str) -> str:
    read = ", ".join((*(_field(kind, name) for name in FIELDS[kind]), *map(_count, COUNTS[kind])))
    return (
        f"[{place}, id(n), CASE WHEN $identified THEN n.id END, CASE WHEN $identified THEN n.key END, "
        f"n.createdAt.epochSeconds / {_DAY}{read and ', '}{read}]"
    )


def _any(kinds: Iterable[str]) -> str:
    return "|".join(kinds)


def placeholders() -> dict[str, str]:
    """Return what the placeholders of the statements about rules stand for."""
    # The kinds with most entities first: a row costs as many tests of a label as its kind is far from the front.
    often = sorted(JUDGED, key=lambda kind: (kind not in MODEL.spine_kinds, -len(RULES_OF[kind])))
    rows = " ".join(f"WHEN n:{kind} THEN {_row(JUDGED.index(kind), kind)}" for kind in often)
    return {
        "judged": _any(JUDGED),
        "judged_row": f"CASE {rows} END",
    }
