"""What an insight rests on: the pieces of evidence for and against it, from how many studies, and since when. Pure.

Distinct studies count, not pieces of evidence: ten quotes from one study are one look. Evidence from no study is a
source of its own, and is counted apart.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from graph_api.compile.question import Found
from graph_api.model.choices import EvidenceSort, EvidenceStance, InsightStatus
from graph_api.model.values import Choice
from graph_api.questions.connection import Sorting, term
from graph_api.questions.thread.scope import Number


class RestsOn(Choice):
    """What an insight rests on, the weakest first."""

    NOTHING = "NOTHING", "There is no evidence at all."
    ASSUMPTION = "ASSUMPTION", "It is ASSUMED and there is evidence, but no study is known to support it."
    NO_STUDY = "NO_STUDY", "It is not merely ASSUMED and there is evidence, but no study is known to support it."
    CONTESTED = "CONTESTED", "Some evidence contradicts it, whatever else supports it."
    ONE_STUDY = "ONE_STUDY", "One study supports it and nothing contradicts it."
    SEVERAL_STUDIES = "SEVERAL_STUDIES", "Two studies or more support it and nothing contradicts it."


IGNORANCE: Mapping[RestsOn, float] = {
    RestsOn.NOTHING: 1.0,
    RestsOn.ASSUMPTION: 0.75,
    RestsOn.NO_STUDY: 0.75,
    RestsOn.CONTESTED: 0.75,
    RestsOn.ONE_STUDY: 0.5,
    RestsOn.SEVERAL_STUDIES: 0.25,
}
"""How little is known of an insight, 0 to 1."""

ON_ASSUMPTION = frozenset({RestsOn.NOTHING, RestsOn.ASSUMPTION})
"""What counts as resting on assumption alone."""

_WEAKNESS = {rests_on: rank for rank, rests_on in enumerate(RestsOn)}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence that backs an insight."""

    insight: Number
    number: Number
    id: str
    key: str
    stance: str | None
    support: int | None
    """How many of those asked said so, or of the cases counted."""
    of: int | None
    sort: str | None
    day: str | None
    """The day it was collected, else the first day of its study, else the last; ISO 8601."""
    study: Number | None

    @property
    def evidence(self) -> Found:
        """The evidence."""
        return Found(self.id, "Evidence")

    @property
    def share(self) -> float | None:
        """Support over of, 0 to 1; null where one of them is unknown."""
        return None if self.support is None or not self.of else self.support / self.of


def strongest(pieces: Iterable[Piece]) -> Piece | None:
    """Return the piece with the highest known share, the first by key among equals; null where no share is known."""
    known = [piece for piece in pieces if piece.share is not None]
    return min(known, key=lambda piece: (-(piece.share or 0.0), piece.key), default=None)


def highest_support(pieces: Iterable[Piece]) -> int | None:
    """Return the highest known support of pieces that do not contradict; null where none is known."""
    known = (piece.support for piece in pieces if piece.stance != EvidenceStance.CONTRADICTS)
    return max((support for support in known if support is not None), default=None)


@dataclass(frozen=True)
class Side:
    """The evidence for an insight, or that against it."""

    pieces: Sequence[Piece]

    @property
    def evidence(self) -> int:
        """How many pieces there are."""
        return len(self.pieces)

    @property
    def studies(self) -> int:
        """From how many distinct studies they come."""
        return len({piece.study for piece in self.pieces} - {None})

    @property
    def without_study(self) -> int:
        """How many come from no study: each is a source of its own."""
        return sum(piece.study is None for piece in self.pieces)

    @property
    def strongest(self) -> Piece | None:
        """The piece with the highest known share."""
        return strongest(self.pieces)

    @property
    def shares_unknown(self) -> int:
        """Of how many pieces the share is not known."""
        return sum(piece.share is None for piece in self.pieces)


def rests_on(status: str | None, supporting: Side, contradicting: Side, evidence: int) -> RestsOn:
    """Say what an insight rests on, by its status and the evidence there is; see `RestsOn`."""
    if contradicting.pieces:
        return RestsOn.CONTESTED
    if supporting.studies:
        return RestsOn.ONE_STUDY if supporting.studies == 1 else RestsOn.SEVERAL_STUDIES
    if not evidence:
        return RestsOn.NOTHING
    return RestsOn.ASSUMPTION if status == InsightStatus.ASSUMED else RestsOn.NO_STUDY


@dataclass(frozen=True)
class InsightHealth:
    """What an insight rests on."""

    number: Number
    id: str
    key: str
    insight_status: str | None
    severity: float | None
    """How much it matters, 0 to 10."""
    pieces: Sequence[Piece]
    on_day: date

    @property
    def insight(self) -> Found:
        """The insight."""
        return Found(self.id, "Insight")

    def _side(self, stance: EvidenceStance) -> Side:
        return Side([piece for piece in self.pieces if piece.stance == stance])

    @cached_property
    def supporting(self) -> Side:
        """The evidence for it."""
        return self._side(EvidenceStance.SUPPORTS)

    @cached_property
    def contradicting(self) -> Side:
        """The evidence against it."""
        return self._side(EvidenceStance.CONTRADICTS)

    @property
    def stance_unknown(self) -> int:
        """Of how many pieces nobody said which way they point."""
        return sum(piece.stance is None for piece in self.pieces)

    @cached_property
    def rests_on(self) -> RestsOn:
        """What it rests on."""
        return rests_on(self.insight_status, self.supporting, self.contradicting, len(self.pieces))

    @property
    def sorts(self) -> list[str]:
        """The distinct known sorts of its evidence, in the order of the set."""
        known = {piece.sort for piece in self.pieces}
        return [sort.value for sort in EvidenceSort if sort.value in known]

    @property
    def studies(self) -> int:
        """From how many distinct studies its evidence comes, either way."""
        return Side(self.pieces).studies

    def _days(self) -> list[str]:
        return [piece.day for piece in self.pieces if piece.day is not None]

    @property
    def earliest(self) -> str | None:
        """The day of its earliest evidence."""
        return min(self._days(), default=None)

    @property
    def latest(self) -> str | None:
        """The day of its latest evidence."""
        return max(self._days(), default=None)

    @property
    def days_unknown(self) -> int:
        """Of how many pieces no day is known."""
        return len(self.pieces) - len(self._days())

    @property
    def age(self) -> int | None:
        """Days from its latest evidence to the day asked for; negative where that comes after."""
        return None if self.latest is None else (self.on_day - date.fromisoformat(self.latest)).days


HEALTH_ORDER: Sorting[InsightHealth] = Sorting(
    (term("rests", int), term("severity", float, descending=True, nullable=True), term("key", str)),
    lambda health: [_WEAKNESS[health.rests_on], health.severity, health.key],
)


def total_severity(healths: Iterable[InsightHealth]) -> float | None:
    """Return the sum of the known severities; null where none is known."""
    known = [health.severity for health in healths if health.severity is not None]
    return sum(known) if known else None
