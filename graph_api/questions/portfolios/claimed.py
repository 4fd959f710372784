"""What an item claims of KPIs, as shares of their gaps, and how realistic such claims have been. Pure.

Of the claims of the item and of what hangs below it each change counts once: a proposition's own claim, else the sum of
its initiatives' (see `claims`). The gap is that of `remaining`. Shares of different KPIs' gaps are added up: closing
half of two gaps is as much as closing one. A KPI that is reached has no gap, and nothing to add.

How realistic: what came of all that those claimed by now who answer for these claims (see `forecast_realism`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.figures.claims import Claim, OwnedClaim
from graph_api.questions.figures.exact import total
from graph_api.questions.figures.kpi import KPI
from graph_api.questions.figures.remaining import KPIGapTerm, Remaining
from graph_api.questions.forecast_realism import PARTY_ORDER, PartyRealism, Scale, judged, realism
from graph_api.questions.kpi_drivers import ClaimTotal, KPIClaim, KPIDrivers, drivers
from graph_api.questions.thread.facts import Party
from graph_api.questions.thread.scope import Number


@dataclass(frozen=True)
class PortfolioClaim:
    """What an item claims of one KPI."""

    about: KPIDrivers

    @property
    def kpi(self) -> Found:
        """The KPI."""
        return self.about.kpi

    @property
    def unit(self) -> str | None:
        """Its unit."""
        return self.about.unit

    @property
    def gap(self) -> float | None:
        """What it lacks of its target."""
        return self.about.gap

    @property
    def reached(self) -> bool | None:
        """Whether nothing is left."""
        return self.about.reached

    @property
    def claimed(self) -> ClaimTotal:
        """What the claims that count are together."""
        return self.about.claimed

    @property
    def claims(self) -> list[KPIClaim]:
        """The claims: those that count first, the largest first."""
        return list(self.about.settled)

    @property
    def missing(self) -> list[KPIGapTerm]:
        """What is unknown."""
        return self.about.missing


CLAIM_ORDER: Sorting[PortfolioClaim] = Sorting((term("key", str),), lambda one: [one.about.key])


@dataclass(frozen=True)
class Foreseen:
    """How realistic the claims of all parties have been, as far as that is read."""

    claims: Sequence[OwnedClaim]
    """All claims of the parties, and perhaps some of others."""
    scales: Mapping[Number, Scale]
    on: str
    """The day, ISO 8601."""

    @cached_property
    def _by_party(self) -> Mapping[Party, Sequence[OwnedClaim]]:
        by_party: dict[Party, list[OwnedClaim]] = defaultdict(list)
        for one in self.claims:
            for party in one.parties:
                by_party[party].append(one)
        return by_party

    def of(self, party: Party) -> PartyRealism:
        """Judge the claims of a party."""
        return realism(party, self._by_party.get(party, ()), self.scales, self.on)

    def together(self, parties: Iterable[Party]) -> PartyRealism:
        """Judge the claims of several parties as if they were one, each once."""
        claims = {(one.claim.number, one.kpi): one for party in parties for one in self._by_party.get(party, ())}
        return PartyRealism(None, None, judged(list(claims.values()), self.scales, self.on))


@dataclass(frozen=True)
class PortfolioClaims:
    """What an item claims."""

    all: Sequence[PortfolioClaim]
    parties: Sequence[Party]
    """Who answers for the claims that count."""
    foreseen: Foreseen

    @cached_property
    def _open(self) -> Sequence[PortfolioClaim]:
        return [one for one in self.all if one.reached is not True]

    @property
    def counting(self) -> Sequence[tuple[KPI, KPIClaim]]:
        """The claims that count of KPIs that are not reached, each with its KPI."""
        return [(one.about.remaining.kpi, claim) for one in self._open for claim in one.claims if claim.counts]

    @property
    def total(self) -> int:
        """Of how many KPIs anything is claimed."""
        return len(self.all)

    @property
    def reached(self) -> int:
        """How many of them are reached."""
        return len(self.all) - len(self._open)

    @property
    def unknown(self) -> int:
        """Of how many of the others nobody can say which share of the gap is claimed."""
        return sum(one.claimed.share is None for one in self._open)

    @property
    def share(self) -> float | None:
        """The shares of the gaps, added up; null where one is unknown, and where nothing open is claimed."""
        return None if self.unknown else self.known_share

    @property
    def known_share(self) -> float | None:
        """The same of what is known."""
        known = [
            share
            for one in self._open
            if (share := one.claimed.known_share) is not None
            and any(claim.counts and claim.expected_change is not None for claim in one.claims)
        ]
        return total(known) if known else None

    @cached_property
    def realism(self) -> Sequence[PartyRealism]:
        """How realistic the claims of those have been who answer for these; by key."""
        return PARTY_ORDER.sort([self.foreseen.of(party) for party in self.parties])

    @property
    def median_ratio(self) -> float | None:
        """The median of the known ratios of what came over what was claimed, of all of these together."""
        return self.foreseen.together(self.parties).median_ratio

    def list(self, **arguments: Any) -> Connection[PortfolioClaim]:
        """List what is claimed of each KPI, by its key."""
        return Connection(CLAIM_ORDER.sort([*self.all]), CLAIM_ORDER, arguments)


def claims_of(item: Number, claims: Iterable[OwnedClaim], foreseen: Foreseen) -> PortfolioClaims:
    """Put together what an item claims: it and what hangs below it."""
    by_kpi: dict[Number, dict[Number, OwnedClaim]] = defaultdict(dict)
    for one in claims:
        by_kpi[one.kpi][one.claim.number] = one
    found = []
    parties: dict[Party, None] = {}
    for kpi, of in by_kpi.items():
        scale = foreseen.scales[kpi]
        about = drivers(
            Remaining(scale.kpi, scale.series, foreseen.on),
            [_going_on(one.claim, item) for one in of.values()],
            {number: one.delivered_by for number, one in of.items()},
        )
        found.append(PortfolioClaim(about))
        counting = (of[one.claim.number] for one in about.settled if one.counts)
        parties |= dict.fromkeys(party for one in counting for party in one.parties)
    return PortfolioClaims(found, list(parties), foreseen)


def _going_on(claim: Claim, item: Number) -> Claim:
    """Take the item itself to go on, whatever its status: it is asked about."""
    return replace(claim, status=None) if claim.number == item else claim
