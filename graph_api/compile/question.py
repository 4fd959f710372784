"""What a question brings along so that it can be asked anywhere in a selection.

A question is FACTS (one Cypher file), arithmetic in Python, and an answer whose entities are hydrated with the client's
selection. Facts about an entity are read within the statement of the selection that asks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from graph_api.store.statements import Statement

Selected = frozenset[str]
"""The attributes of an answer that are selected, at any depth: what nobody selects need not be read."""


@dataclass(frozen=True, slots=True)
class Found:
    """An entity that an answer speaks of, to be filled in with what the client selected."""

    id: str
    kind: str | None
    lasting: bool = True
    """Whether it must be there; otherwise its place stays null where it is gone."""


class Question(Protocol):
    """A question, about one entity or about the graph."""

    @property
    def name(self) -> str:
        """The question's name, which its Cypher file, module and page share."""

    @property
    def about_entity(self) -> bool:
        """Whether its statement goes on from a variable `start`; else it stands by itself and gives one record."""

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Choose the statement that reads the facts, in one column `facts`.

        Only what is selected may decide, and which arguments are there, and booleans and choices of order among them:
        one plan serves all other values.
        """

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give the values of the statement's parameters; raises UserInputError where an argument cannot be used."""

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> object:
        """Work the answer out: an object whose attributes are the fields of the GraphQL type, in snake case.

        Entities in it are `Found`. A field with arguments is a method. Pure: no I/O, no clock.
        """


class WorksLong:
    """Marks a question at the root whose answer takes long to work out: that is done beside all other requests."""


class Solves(WorksLong):
    """Marks one that takes a processor and memory to itself for seconds: few of them are worked out at a time."""
