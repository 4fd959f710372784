"""What a plan is told by: its choices, what is left, what is paid beside, and which pains stay. Pure.

The *marginal value* of a choice is what the plan would answer less without it, and without what cannot be without it,
all other choices as they are. Marginal values do not add up to the whole: what two choices answer, neither loses alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found
from graph_api.model.values import Choice
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.figures.money import written
from graph_api.questions.portfolios.answered import Weighed
from graph_api.questions.portfolios.learned import Voice
from graph_api.questions.portfolios.pieces import PlanTerm, Work
from graph_api.questions.portfolios.planning import Planning, Scarce, real
from graph_api.questions.portfolios.problem import Piece, Pieces, paid
from graph_api.questions.portfolios.varied import Stability


class NotChosenReason(Choice):
    """Why an option is not in the plan."""

    EXCLUDED = "EXCLUDED", "It, or something that it needs, is excluded."
    ANSWERS_NOTHING = "ANSWERS_NOTHING", "It answers no pain of which the weight and the fit are known."
    ADDS_NOTHING = "ADDS_NOTHING", "What it answers, the plan answers as well without it."
    BUDGET = "BUDGET", "With it the plan would cost more than the budget."
    CAPACITY = "CAPACITY", "With it the plan would take more of a party's time than there is."
    NOT_REACHED = "NOT_REACHED", "It would fit, and the time ended before a better plan was found."


@dataclass(frozen=True)
class PlanEffort:
    """How much of a party's time is taken."""

    scarce: Scarce
    known: Fraction
    unknown: int
    """Of how many pieces nobody knows."""

    @property
    def party(self) -> Found | None:
        """The party."""
        return None if self.scarce.party is None else self.scarce.party.found

    @property
    def effort(self) -> float | None:
        """In person-days; null where nobody knows."""
        return None if self.unknown else real(self.known)

    @property
    def capacity(self) -> float | None:
        """How many person-days there are."""
        return None if self.scarce.limit is None else real(self.scarce.limit)

    @property
    def load(self) -> float | None:
        """Effort by capacity; null where that is nothing."""
        if self.unknown or not self.scarce.limit:
            return None
        return real(self.known / self.scarce.limit)


def efforts(planning: Planning, plan: Pieces) -> list[PlanEffort]:
    """Return how much of the parties' time is taken."""
    return [PlanEffort(one, *planning.known_load(one, plan)) for one in planning.scarce[1:]]


@dataclass(frozen=True)
class PlanItem:
    """Something in a plan, or that could be."""

    planning: Planning
    plan: Pieces
    piece: Piece

    @property
    def work(self) -> Work:
        """The proposition, initiative or enabler."""
        return self.planning.shop.works[self.piece]

    @property
    def item(self) -> Found:
        """The same, for hydration."""
        return self.work.found

    @cached_property
    def _paid(self) -> list[int | None]:
        money = self.planning.scarce[0]
        return [
            None if charge.amount is None else int(charge.amount * money.unit)
            for charge in paid(money.resource, self.plan)
            if charge.piece == self.piece
        ]

    @property
    def cost(self) -> str | None:
        """What is paid for it; null where nobody knows, nothing where another piece holds it."""
        return written(None if None in self._paid else sum(one for one in self._paid if one is not None))

    @property
    def efforts(self) -> list[PlanEffort]:
        """What it takes itself of the parties' time, where it takes anything."""
        found = []
        for one in self.planning.scarce[1:]:
            charges = [charge for charge in paid(one.resource, self.plan) if charge.piece == self.piece]
            known = sum(charge.amount for charge in charges if charge.amount is not None) * one.unit
            if charges:
                found.append(PlanEffort(one, known, sum(charge.amount is None for charge in charges)))
        return found

    def needed_by(self, **arguments: Any) -> "Connection[PlanPlace]":
        """List the choices that cannot be without it."""
        needing = self.planning.problem.needing([self.piece]) & self.plan
        return places(
            self.planning, (one for one in self.planning.problem.options if one in needing - {self.piece}), arguments
        )


@dataclass(frozen=True)
class PlanPlace:
    """A proposition, initiative or enabler."""

    work: Work

    @property
    def item(self) -> Found:
        """The entity."""
        return self.work.found


PLACE_ORDER: Sorting[PlanPlace] = Sorting((term("key", str), term("kind", str)), lambda one: [*one.work.place])


def places(planning: Planning, pieces: Iterable[Piece], arguments: Any) -> Connection[PlanPlace]:
    """List pieces by key."""
    return Connection(
        PLACE_ORDER.sort([PlanPlace(planning.shop.works[piece]) for piece in pieces]), PLACE_ORDER, arguments
    )


@dataclass(frozen=True)
class PlanWork(PlanItem):
    """Something that is paid beside the choices that need it."""


WORK_ORDER: Sorting[PlanWork] = Sorting((term("key", str), term("kind", str)), lambda one: [*one.work.place])


@dataclass(frozen=True)
class _Drawn(PlanItem):
    @property
    def stability(self) -> Stability | None:
        """Whether it stays where the inputs are somewhat different."""
        return self.planning.draws.stability(self.piece, self.plan)

    @property
    def share_of_draws(self) -> float | None:
        """In which share of these plans it is."""
        return self.planning.draws.share(self.piece)


@dataclass(frozen=True)
class PlanChoice(_Drawn):
    """An option in the plan."""

    @cached_property
    def _without(self) -> Pieces:
        return self.planning.problem.without(self.plan, self.piece)

    @cached_property
    def value(self) -> int:
        """What the plan would answer less, in the problem's unit."""
        return self.planning.problem.lost(self.plan, self._without)

    @property
    def marginal_value(self) -> float | None:
        """The same, as the objective is told."""
        return self.planning.objective(self.value)

    @property
    def saves(self) -> str | None:
        """What the plan would cost less."""
        more, less = (self.planning.cost(plan) for plan in (self.plan, self._without))
        return None if more is None or less is None else written(more - less)

    def beside(self, **arguments: Any) -> Connection[PlanWork]:
        """List what it needs that is paid beside it."""
        mine = self.planning.problem.closed([self.piece]) - {self.piece}
        return works(self.planning, self.plan, mine, arguments)


CHOICE_ORDER: Sorting[PlanChoice] = Sorting(
    (term("value", float, descending=True, nullable=True), term("key", str), term("kind", str)),
    lambda one: [one.marginal_value, *one.work.place],
)


def works(planning: Planning, plan: Pieces, among: Pieces, arguments: Any) -> Connection[PlanWork]:
    """List what a plan pays beside its choices."""
    paying = {charge.piece for one in planning.scarce for charge in paid(one.resource, plan)}
    pieces = (paying & among) - frozenset(planning.shop.options)
    return Connection(WORK_ORDER.sort([PlanWork(planning, plan, piece) for piece in pieces]), WORK_ORDER, arguments)


@dataclass(frozen=True)
class PlanRest(_Drawn):
    """An option that is not in the plan."""

    @cached_property
    def _with(self) -> Pieces:
        return self.plan | self.planning.problem.closed([self.piece])

    @cached_property
    def _value(self) -> int:
        return self.planning.problem.lost(self._with, self.plan)

    @property
    def adds(self) -> float | None:
        """What the plan would answer more with it, whatever that took."""
        return self.planning.objective(self._value)

    @property
    def would_cost(self) -> str | None:
        """What the plan would cost more with it."""
        more, less = (self.planning.cost(plan) for plan in (self._with, self.plan))
        return None if more is None or less is None else written(more - less)

    @property
    def reason(self) -> NotChosenReason:
        """Why it is not in the plan."""
        problem = self.planning.problem
        if self.piece in problem.needing(problem.barred):
            return NotChosenReason.EXCLUDED
        if not self._value:
            gains = problem.closed([self.piece]) - problem.there
            answers = any(piece in problem.gains_of for piece in gains)
            return NotChosenReason.ADDS_NOTHING if answers else NotChosenReason.ANSWERS_NOTHING
        over = problem.over(self._with)
        if not over:
            return NotChosenReason.NOT_REACHED
        return NotChosenReason.BUDGET if problem.money in over else NotChosenReason.CAPACITY

    @property
    def fits_unknown(self) -> int:
        """Of how many opportunities nobody knows how well it answers them."""
        return self.planning.answered.fits_unknown[self.piece]


REST_ORDER: Sorting[PlanRest] = Sorting(
    (term("adds", float, descending=True, nullable=True), term("key", str), term("kind", str)),
    lambda one: [one.adds, *one.work.place],
)


@dataclass(frozen=True)
class PlanMissing:
    """Something unknown for which an option cannot be in any plan."""

    term: PlanTerm
    of: Found
    """What it is unknown of: the option or something it needs."""
    party: Found | None
    """Whose time."""


@dataclass(frozen=True)
class PlanAside(PlanItem):
    """An option that no plan can hold, since something is unknown."""

    @property
    def missing(self) -> list[PlanMissing]:
        """What that is."""
        shop = self.planning.shop
        found = sorted(
            (shop.works[piece].place, what, party.key if party else "", piece, party)
            for what, piece, party in self.planning.missing[self.piece]
        )
        return [
            PlanMissing(what, shop.works[piece].found, None if party is None else party.found)
            for _, what, _, piece, party in found
        ]


ASIDE_ORDER: Sorting[PlanAside] = Sorting((term("key", str), term("kind", str)), lambda one: [*one.work.place])


@dataclass(frozen=True)
class PlanVoice:
    """A persona, segment or account."""

    row: Voice

    @property
    def who(self) -> Found:
        """The entity."""
        return self.row.found


VOICE_ORDER: Sorting[PlanVoice] = Sorting(
    (term("kind", str), term("key", str)), lambda one: [one.row.kind, one.row.key]
)


@dataclass(frozen=True)
class PlanPain:
    """A pain, and what the plan does about it."""

    planning: Planning
    plan: Pieces
    weighed: Weighed

    @property
    def insight(self) -> Found:
        """The insight."""
        return self.weighed.row.insight

    @property
    def weight(self) -> float | None:
        """What it counts; null where nobody knows."""
        return None if self.weighed.weight is None else real(self.weighed.weight)

    @property
    def severity(self) -> float | None:
        """How much it matters, 0 to 10."""
        return self.weighed.row.severity

    @property
    def reach(self) -> float | None:
        """Whom it concerns, 0 to 1."""
        return self.weighed.row.reach

    @property
    def missing(self) -> list[PlanTerm]:
        """What is unknown."""
        return list(self.weighed.missing)

    @property
    def fit(self) -> float:
        """How well the plan answers it, 0 to 1."""
        return self._best(self.plan)

    @property
    def best_fit(self) -> float:
        """How well any option could answer it."""
        return self._best(None)

    def _best(self, plan: Pieces | None) -> float:
        paths = self.planning.answered.paths
        fits = (paths[place] for place in self.planning.answered.paths_of(self.weighed.row))
        return float(max((path.fit for path in fits if plan is None or path.piece in plan), default=0))

    def voiced_by(self, **arguments: Any) -> Connection[PlanVoice]:
        """List who voices it."""
        voices = self.planning.learned.voices
        rows = [PlanVoice(voices[number]) for number in self.weighed.audience.numbers]
        return Connection(VOICE_ORDER.sort(rows), VOICE_ORDER, arguments)


PAIN_ORDER: Sorting[PlanPain] = Sorting(
    (term("weight", float, descending=True, nullable=True), term("key", str)),
    lambda one: [one.weight, one.weighed.row.key],
)
