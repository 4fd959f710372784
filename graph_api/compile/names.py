"""Names in a statement, and statements with what their parameters are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph_api.compile.hop import Hop
from graph_api.compile.plan import Arguments
from graph_api.model import MODEL, Direction

Find = Callable[[Mapping[str, Any]], Any]
"""Finds a parameter's value in a field's arguments."""


@dataclass(frozen=True)
class Value:
    """A parameter of a statement, and how its value is found."""

    name: str
    arguments: Arguments
    find: Find


@dataclass(frozen=True)
class Rendered:
    """A statement, and what its parameters are."""

    text: str
    values: tuple[Value, ...]

    def parameters(self, variables: Any) -> dict[str, Any]:
        """Find the values of the parameters; raises UserInputError where one of them cannot be used."""
        known: dict[int, Mapping[str, Any]] = {}
        found = {}
        for value in self.values:
            if id(value.arguments) not in known:
                known[id(value.arguments)] = value.arguments.values(variables)
            found[value.name] = value.find(known[id(value.arguments)])
        return found


@dataclass
class Names:
    """Allots names: n0, n1, … for entities, r1 and c1 for the link to n1 and what is collected there, p0, p1, …."""

    count: int = 0
    values: list[Value] = field(default_factory=list)

    def parameter(self, arguments: Arguments, find: Find) -> str:
        """Allot a parameter; return it as it stands in the text."""
        name = f"p{len(self.values)}"
        self.values.append(Value(name, arguments, find))
        return f"${name}"

    def entity(self) -> str:
        """Allot the name of an entity."""
        name = f"n{self.count}"
        self.count += 1
        return name

    def hop(self) -> tuple[str, str, str]:
        """Allot the names of an entity, the link to it, and what is collected there."""
        number = self.count
        return self.entity(), f"r{number}", f"c{number}"


def label(kinds: tuple[str, ...]) -> str:
    """Write kinds as a label expression. The one place where names of the model enter a statement."""
    return "|".join(MODEL.kinds[kind].name for kind in kinds)


def kind_of(node: str) -> str:
    """Write the expression for an entity's kind."""
    return f"head([label IN labels({node}) WHERE label <> 'Entity'])"


def pattern(hop: Hop, node: str, link: str, far: str) -> str:
    """Write the pattern of one step."""
    left, right = ("-", "->") if hop.direction is Direction.OUT else ("<-", "-")
    ends = MODEL.links[hop.link].finish if hop.direction is Direction.OUT else MODEL.links[hop.link].start
    # A label that every end of the type has is not asked for.
    wanted = "" if set(hop.far) == set(ends) else f":{label(hop.far)}"
    return f"({node}){left}[{link}:{hop.link}]{right}({far}{wanted})"
