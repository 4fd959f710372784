"""Initiatives as they were at work: when each went live, whom it reached, what it was to move. Pure.

Facts: the list `initiatives` of cypher/initiative_effects.cypher. Days are ISO 8601 texts.

An initiative *went live* on the day it was finished; one that is still RUNNING, and so has no such day, on its first
day, from which on it is being rolled out. One that was STOPPED never went live, one that is PLANNED has not yet; and of
one that is DONE, and has no day, nobody can say when.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found
from graph_api.model.choices import InitiativeStatus
from graph_api.model.values import Choice
from graph_api.questions.thread.scope import Number

Days = tuple[str, str]
"""The first and the last of some days."""


class LiveBy(Choice):
    """By which of its days an initiative went live."""

    FINISHED = "FINISHED", "The day it was finished."
    STARTED = "STARTED", "Its first day: it is still running, and being rolled out since."


class AlongsideReason(Choice):
    """What an initiative has in common with another one that was at work at the same time."""

    CLAIMS_KPI = "CLAIMS_KPI", "It, or a proposition that it delivers, claims to move the same KPI."
    AIMS_AT_KPI = "AIMS_AT_KPI", "An opportunity that it answers, itself or by a proposition, aims at the same KPI."
    DRIVES_KPI = (
        "DRIVES_KPI",
        "It claims to move, or aims at, a KPI that drives the same one, directly or over one or two others.",
    )
    SAME_TOUCHPOINT = "SAME_TOUCHPOINT", "It or its proposition brings about the same touchpoint."
    SAME_JOURNEY = "SAME_JOURNEY", "It or its proposition brings about something in the same journey."


@dataclass(frozen=True, slots=True)
class EffectClaim:
    """A claim to move a KPI: of an initiative, or of a proposition that it delivers."""

    claimant: Found
    kpi: Number
    expected_change: float | None
    by: str | None


@dataclass(frozen=True)
class Initiative:
    """An initiative: what it was to move, whom it reached, where it was at work, and when."""

    number: Number
    id: str
    key: str
    status: str | None
    start: str | None
    finished: str | None
    claims: Sequence[EffectClaim]
    """Its own first, then those of its propositions by key."""
    aims: Sequence[tuple[Found, Number]]
    """The opportunities that it answers, by key, each with a KPI that it aims at."""
    targets: Mapping[str, frozenset[Number]] | None
    """Whom it reached, by kind; null is everybody, since a proposition names nobody, or it delivers none."""
    touchpoints: frozenset[Number]
    journeys: frozenset[Number]

    @cached_property
    def found(self) -> Found:
        """The initiative, for hydration."""
        return Found(self.id, "Initiative")

    @property
    def live_by(self) -> LiveBy | None:
        """By which of its days it went live; null where it did not, or nobody knows when."""
        if self.status in {InitiativeStatus.STOPPED, InitiativeStatus.PLANNED}:
            return None
        if self.finished is not None:
            return LiveBy.FINISHED
        return LiveBy.STARTED if self.status == InitiativeStatus.RUNNING and self.start is not None else None

    @property
    def went_live(self) -> str | None:
        """The day it went live."""
        return {LiveBy.FINISHED: self.finished, LiveBy.STARTED: self.start, None: None}[self.live_by]

    @cached_property
    def kpis(self) -> frozenset[Number]:
        """All that it is to move."""
        return frozenset([*(claim.kpi for claim in self.claims), *(kpi for _, kpi in self.aims)])

    def claims_on(self, kpi: Number) -> list[EffectClaim]:
        """Return the claims to move a KPI."""
        return [claim for claim in self.claims if claim.kpi == kpi]

    def aims_at(self, kpi: Number) -> list[Found]:
        """Return the opportunities that aim at a KPI."""
        return [opportunity for opportunity, aim in self.aims if aim == kpi]

    def in_common(self, other: "Initiative", kpi: Number, drivers: Collection[Number]) -> list[AlongsideReason]:
        """Say what it has in common with another one, which was to move a KPI that others drive."""
        common = {
            AlongsideReason.CLAIMS_KPI: bool(self.claims_on(kpi)),
            AlongsideReason.AIMS_AT_KPI: bool(self.aims_at(kpi)),
            AlongsideReason.DRIVES_KPI: not self.kpis.isdisjoint(drivers),
            AlongsideReason.SAME_TOUCHPOINT: bool(self.touchpoints & other.touchpoints),
            AlongsideReason.SAME_JOURNEY: bool(self.journeys & other.journeys),
        }
        return [reason for reason, holds in common.items() if holds]

    def at_work(self, days: Days) -> bool | None:
        """Tell whether it was at work on any of some days; null where its own days do not say."""
        first, last = days
        if self.status == InitiativeStatus.PLANNED or (self.start is not None and self.start > last):
            return False
        if self.finished is not None:
            return False if self.finished < first else True if self.start or self.finished <= last else None
        return True if self.start is not None and self.status == InitiativeStatus.RUNNING else None

    def came_or_went(self, days: Days) -> bool | None:
        """Tell whether it went live or was stopped on any of some days; null where nobody knows when it did."""
        first, last = days
        turned = self.went_live or self.finished
        if turned is not None:
            return first <= turned <= last
        waits = self.status == InitiativeStatus.PLANNED or (self.start or "") > last
        return False if waits else None

    def divides(self, kind: str, reached: frozenset[Number], others: frozenset[Number]) -> bool:
        """Tell whether it reached some parts of a kind and not others: what it did is no part of what all saw alike."""
        parts = reached | others
        mine = parts if self.targets is None else self.targets.get(kind, parts) & parts
        return bool(mine) and mine != parts


def read_initiative(row: Sequence[Any]) -> Initiative:
    """Turn a row of the list `initiatives` into its names."""
    number, identity, key, status, start, finished, own, propositions, aims, touchpoints, journeys = row
    claimed = [(Found(identity, "Initiative"), own)]
    claimed += [(Found(one[0], "Proposition"), one[2]) for one in sorted(propositions, key=lambda one: one[1])]
    everybody = not propositions or not all(one[3] for one in propositions)
    targets: dict[str, set[Number]] = defaultdict(set)
    for one in propositions:
        for target, kind in one[3]:
            targets[kind].add(target)
    return Initiative(
        number,
        identity,
        key,
        status,
        start,
        finished,
        [EffectClaim(claimant, *claim) for claimant, claims in claimed for claim in claims],
        [(Found(one, "Opportunity"), kpi) for one, _, kpi in sorted(aims, key=lambda aim: aim[1])],
        None if everybody else {kind: frozenset(of) for kind, of in targets.items()},
        frozenset(touchpoints),
        frozenset(journeys),
    )
