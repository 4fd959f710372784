"""What propositions and initiatives claim to change of one KPI, and which of these claims are the same change. Pure.

A proposition is delivered by its initiatives. Where it claims a change of a KPI and an initiative of its own claims one
of the same KPI, that is one change, told twice: the proposition's own claim counts, else the sum of its initiatives'
(DESIGN, Numbers). An initiative that delivers several propositions counts once, and not at all where one of them claims
for itself. What is retired or stopped claims nothing any more, and holds no other claim.

A claim without a number is unknown, not zero: it is counted apart, and the sum of all is unknown with it. That goes for
a proposition's own claim too: what its initiatives claim does not stand in for it.

A claim is of whichever party owns what claims it, or where a stakeholder does, of each party that this is a member of.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph_api.compile.question import Found
from graph_api.model.choices import InitiativeStatus, PropositionStatus
from graph_api.model.values import Choice
from graph_api.questions.figures.exact import total
from graph_api.questions.thread.facts import Party
from graph_api.questions.thread.scope import Number

ENDED: Collection[str] = frozenset({PropositionStatus.RETIRED, InitiativeStatus.STOPPED})
"""With which status a proposition or initiative has ended before it was done: nobody goes on with it."""

Delivered = Mapping[Number, Collection[Number]]
"""The initiatives that deliver each proposition."""


class ClaimState(Choice):
    """Whether a claim counts."""

    COUNTED = "COUNTED", "It counts."
    CLAIMED_TWICE = (
        "CLAIMED_TWICE",
        "It does not count: a proposition that the initiative delivers claims the same change itself.",
    )
    ENDED = "ENDED", "It does not count: the proposition is retired, or the initiative stopped."


@dataclass(frozen=True, slots=True)
class Claim:
    """That a proposition or initiative will change a KPI."""

    number: Number
    """That of the proposition or initiative."""
    id: str
    kind: str
    key: str
    status: str | None
    change: float | None
    """In the KPI's unit, with its sign."""
    by: str | None
    """The day by which it is claimed, ISO 8601."""
    confidence: float | None
    """0 to 1."""

    @property
    def claimant(self) -> Found:
        """Whoever claims it."""
        return Found(self.id, self.kind)

    @property
    def ended(self) -> bool:
        """Whether nobody goes on with it."""
        return self.status in ENDED


@dataclass(frozen=True, slots=True)
class OwnedClaim:
    """A claim, and what it takes to say whose it is and what came of it; see store/claimed.py."""

    claim: Claim
    kpi: Number
    delivered_by: Sequence[Number]
    """Of a proposition: the initiatives that deliver it."""
    starts: Sequence[str]
    """The first day of the initiative, or of each of these, ISO 8601; empty where it is unknown."""
    parties: Sequence[Party]
    """Whose it is; nobody's where nobody owns what claims it."""

    @property
    def start(self) -> str | None:
        """The first day; null where one is unknown, since that may have been the earliest."""
        return min(self.starts) if self.starts and all(self.starts) else None


def read_claim(row: Sequence[Any]) -> OwnedClaim:
    """Turn a row `claim_row` into its names."""
    *claim, kpi, delivered_by, starts, parties = row
    return OwnedClaim(Claim(*claim), kpi, delivered_by, starts, [Party(*party) for party in parties])


@dataclass(frozen=True, slots=True)
class Total:
    """What several claims are together."""

    known: float | None
    """The sum of those that have a number; null where it is too large to be held."""
    unknown: int
    """How many have none."""

    @property
    def change(self) -> float | None:
        """The sum of all; null where one has no number."""
        return None if self.unknown else self.known


def together(claims: Iterable[Claim]) -> Total:
    """Add claims up; of none the sum is zero, since nothing is claimed."""
    changes = [claim.change for claim in claims]
    known = [change for change in changes if change is not None]
    return Total(total(known), len(changes) - len(known))


@dataclass(frozen=True, slots=True)
class Settled:
    """A claim among the others on its KPI."""

    claim: Claim
    state: ClaimState
    within: Sequence[Claim]
    """The claims of propositions that it is part of, by key: it is the same change as each of them."""
    below: Sequence[Claim]
    """Of a proposition: the claims of the initiatives that deliver it and go on, by key."""


def settle(claims: Iterable[Claim], delivered: Delivered) -> list[Settled]:
    """Tell of each claim on one KPI whether it counts; in the order of kinds and keys."""
    ordered = sorted(claims, key=lambda claim: (claim.kind, claim.key))
    live = {claim.number: claim for claim in ordered if not claim.ended}
    held: dict[Number, list[Claim]] = {}
    for claim in live.values():
        for initiative in delivered.get(claim.number, ()):
            held.setdefault(initiative, []).append(claim)
    return [
        Settled(
            claim,
            _state(claim, held),
            () if claim.ended else held.get(claim.number, ()),
            () if claim.ended else [one for one in live.values() if one.number in delivered.get(claim.number, ())],
        )
        for claim in ordered
    ]


def _state(claim: Claim, held: Collection[Number]) -> ClaimState:
    if claim.ended:
        return ClaimState.ENDED
    return ClaimState.CLAIMED_TWICE if claim.number in held else ClaimState.COUNTED


def counted(claims: Iterable[Claim], delivered: Delivered) -> list[Claim]:
    """Return the claims on one KPI that count, each change once: those of the graph, or of one proposition.

    For what one proposition claims, give its own claim and those of its initiatives alone: what remains is its own, or
    theirs where it has none.
    """
    return [one.claim for one in settle(claims, delivered) if one.state is ClaimState.COUNTED]
