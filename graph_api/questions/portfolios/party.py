"""Who works on an item, how much else they have to do, and who is for it and who against. Pure.

Whoever owns or is involved in the item, what hangs below it or a promise of that has a part, one for each role there.
What all of them have to do elsewhere too is told by the load: the efforts of all involvements in what is not over, in
the whole graph; of a department or partner, with those of its members. See accountability for why a load is read by
kind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found
from graph_api.model import MODEL
from graph_api.model.choices import StakeholderStance
from graph_api.questions.accountability import Load, PartyLoad
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.parties.raci import PLACE_OF_KIND, Part, found

_STANCES: Mapping[str | None, int] = {stance.value: place for place, stance in enumerate(StakeholderStance)}


@dataclass(frozen=True, slots=True)
class PortfolioParty:
    """A part that somebody has in the work."""

    part: Part
    through: Found
    """In what: the item, something that hangs below it, or a promise."""
    load: PartyLoad
    """All that whoever it is has to do."""

    @property
    def party(self) -> Found:
        """Who has it."""
        return found(self.part.actor)

    @property
    def role(self) -> str | None:
        """The role; null where it is unknown."""
        return self.part.role

    @property
    def contribution(self) -> str | None:
        """What it contributes."""
        return self.part.contribution

    @property
    def effort(self) -> float | None:
        """What that takes, in person-days."""
        return self.part.effort


def read_load(rows: Sequence[Sequence[Any]]) -> PartyLoad:
    """Put together the involvements of somebody: each a kind and an effort."""
    efforts: dict[str, list[float | None]] = {}
    for kind, effort in sorted(rows, key=lambda row: PLACE_OF_KIND[row[0]]):
        efforts.setdefault(MODEL.kinds[kind].enum_name, []).append(effort)
    return PartyLoad([effort for _, effort in rows], None, [Load(of, kind) for kind, of in efforts.items()])


@dataclass(frozen=True, slots=True)
class PortfolioStance:
    """How a stakeholder stands to the item, or to something that hangs below it."""

    id: str
    key: str
    stance: str | None
    why: str | None
    through: Found
    place: int
    """Where that stands among what the work is made of."""

    @property
    def stakeholder(self) -> Found:
        """Who."""
        return Found(self.id, "Stakeholder")


STANCE_ORDER: Sorting[PortfolioStance] = Sorting(
    (term("stance", int), term("key", str), term("place", int)),
    lambda one: [_STANCES.get(one.stance, len(_STANCES)), one.key, one.place],
)


@dataclass(frozen=True)
class PortfolioStances:
    """Who is for an item and who against."""

    all: Sequence[PortfolioStance]

    @cached_property
    def _stances(self) -> Mapping[str | None, int]:
        stances: dict[str | None, set[str]] = {}
        for one in self.all:
            stances.setdefault(one.stance, set()).add(one.id)
        return {stance: len(who) for stance, who in stances.items()}

    @property
    def ambassadors(self) -> int:
        """How many stakeholders are for it, or for a part of it."""
        return self._stances.get(StakeholderStance.AMBASSADOR, 0)

    @property
    def neutral(self) -> int:
        """How many are neither."""
        return self._stances.get(StakeholderStance.NEUTRAL, 0)

    @property
    def opponents(self) -> int:
        """How many are against it, or against a part of it."""
        return self._stances.get(StakeholderStance.OPPONENT, 0)

    @property
    def unknown(self) -> int:
        """Of how many nobody said how they stand."""
        return self._stances.get(None, 0)

    def list(self, **arguments: Any) -> Connection[PortfolioStance]:
        """List the stances: those for it first, then by key; of one stakeholder in the order of the work."""
        return Connection(STANCE_ORDER.sort([*self.all]), STANCE_ORDER, arguments)
