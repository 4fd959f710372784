"""What Neo4j plans to do with a statement: the tree that EXPLAIN answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Operator:
    """One step of an execution plan, for instance `NodeIndexSeek`, and the steps that feed it."""

    name: str
    arguments: Mapping[str, Any]
    children: tuple["Operator", ...]

    @classmethod
    def from_plan(cls, plan: Mapping[str, Any]) -> Self:
        """Read the driver's nested dictionaries; operator names come without the `@database` that Neo4j appends."""
        children = tuple(cls.from_plan(child) for child in plan.get("children", ()))
        return cls(plan["operatorType"].partition("@")[0], plan.get("args", {}), children)

    def walk(self) -> Iterator["Operator"]:
        """Yield this operator and all that feed it, the topmost first."""
        yield self
        for child in self.children:
            yield from child.walk()
