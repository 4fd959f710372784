"""Who answers for an entity, who works on it, who is asked and who is told: its parts, as RACI knows them. Pure.

Facts: the placeholder `part_rows`, see store/acting.py. ACCOUNTABLE is whoever owns it; RESPONSIBLE, CONSULTED and
INFORMED are those involved in it so; RUNS is whoever runs a touchpoint. A stakeholder's part counts for each party that
the stakeholder is a member of.

Two rules hold for every entity: exactly one is accountable (the model lets there be no second, so that it is one or
none), and at least one is responsible. A touchpoint has no owner: whoever runs it answers for it and works on it.
Nobody can be involved in a goal or a KPI, so that the second rule does not apply to them. Neither applies to what is
over.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph_api.compile.question import Found
from graph_api.model import MODEL
from graph_api.model.values import Choice
from graph_api.questions.acting import ActingRole
from graph_api.questions.thread.facts import Party

ACTED_IN = ("Journey", "Touchpoint", "Opportunity", "Proposition", "Promise", "Initiative", "Enabler", "KPI", "Goal")
"""The kinds of what somebody owns, runs or is involved in, in the order in which they are told."""

PLACE_OF_KIND = {kind: place for place, kind in enumerate(ACTED_IN)}

_PARTIES = MODEL.interfaces["Party"].members
_INVOLVING = MODEL.links["INVOLVES"].start
_PLACE_OF_ROLE: Mapping[str | None, int] = {role.value: place for place, role in enumerate(ActingRole)}


class RaciFinding(Choice):
    """What is wrong with who acts in an entity."""

    NO_ACCOUNTABLE = "NO_ACCOUNTABLE", "Nobody owns it; a touchpoint: nobody runs it."
    NO_RESPONSIBLE = "NO_RESPONSIBLE", "Nobody is responsible for work on it; a touchpoint: nor does anybody run it."
    RESPONSIBLE_UNKNOWN = (
        "RESPONSIBLE_UNKNOWN",
        "Nobody is known to be responsible, but somebody is involved whose role is unknown.",
    )


def found(party: Party) -> Found:
    """Say which entity an owner or party is, for hydration."""
    return Found(party.id, party.kind)


@dataclass(frozen=True, slots=True)
class Part:
    """The part that an owner or party has in an entity."""

    role: str | None
    """An ActingRole; null where somebody is involved, and nobody said how."""
    contribution: str | None
    effort: float | None
    """In person-days."""
    actor: Party
    """Who was named: a party or a stakeholder."""
    parties: tuple[Party, ...]
    """For whom it counts: the party itself, or those that the stakeholder is a member of."""

    @property
    def involved(self) -> bool:
        """Whether it is one of those that can have a contribution and an effort."""
        return self.role not in {ActingRole.ACCOUNTABLE, ActingRole.RUNS}


@dataclass(frozen=True, slots=True)
class PartyRole:
    """A part of one party: what it does, itself or through which stakeholder."""

    part: Part

    @property
    def role(self) -> str | None:
        """The role; null where it is unknown."""
        return self.part.role

    @property
    def through(self) -> Found | None:
        """The stakeholder who has it; null where the party itself does."""
        return None if self.part.actor.kind in _PARTIES else found(self.part.actor)

    @property
    def contribution(self) -> str | None:
        """What it contributes."""
        return self.part.contribution

    @property
    def effort(self) -> float | None:
        """What that takes, in person-days."""
        return self.part.effort


def read_parts(rows: Iterable[Sequence[Any]]) -> list[Part]:
    """Turn `part_rows` into parts, the accountable first."""
    parts = []
    for role, contribution, effort, actor, member_of in rows:
        named = Party(*actor)
        counts_for = (named,) if named.kind in _PARTIES else tuple(Party(*party) for party in member_of)
        parts.append(Part(role, contribution, effort, named, counts_for))
    return sorted(
        parts,
        key=lambda part: (_PLACE_OF_ROLE.get(part.role, len(_PLACE_OF_ROLE)), part.actor.key, part.actor.kind),
    )


def by_party(parts: Iterable[Part]) -> dict[Party, list[PartyRole]]:
    """Gather the parts of each party, its own and those of its members."""
    gathered: dict[Party, list[PartyRole]] = {}
    for part in parts:
        for party in part.parties:
            gathered.setdefault(party, []).append(PartyRole(part))
    return gathered


def findings(kind: str, parts: Iterable[Part]) -> list[RaciFinding]:
    """Hold the two rules against the parts in an entity that is not over."""
    roles = {part.role for part in parts}
    wrong = []
    if roles.isdisjoint({ActingRole.ACCOUNTABLE, ActingRole.RUNS}):
        wrong.append(RaciFinding.NO_ACCOUNTABLE)
    if kind in _INVOLVING and roles.isdisjoint({ActingRole.RESPONSIBLE, ActingRole.RUNS}):
        wrong.append(RaciFinding.RESPONSIBLE_UNKNOWN if None in roles else RaciFinding.NO_RESPONSIBLE)
    return wrong
