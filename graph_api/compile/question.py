"""What a question brings along so that it can be asked anywhere in a selection.

A question is FACTS (one Cypher file that starts from one entity), arithmetic in Python, and an answer whose entities
are hydrated with the client's selection. The facts are read within the statement of the selection that asks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from graph_api.store.statements import Statement


@dataclass(frozen=True, slots=True)
class Found:
    """An entity that an answer speaks of, to be filled in with what the client selected."""

    id: str
    kind: str


class Question(Protocol):
    """A question about one entity."""

    @property
    def name(self) -> str:
        """The question's name, which its Cypher file, module and page share."""

    @property
    def facts(self) -> Statement:
        """The statement that reads the facts, from a variable `start` to one column `facts`."""

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> object:
        """Work the answer out: an object whose attributes are the fields of the GraphQL type, in snake case.

        Entities in it are `Found`. A field with arguments is a method. Pure: no I/O, no clock.
        """
