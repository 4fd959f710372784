"""Promises: who makes which where, who must keep them where, and whether they are kept.

Facts: `cypher/promises.cypher` after `cypher/scope/`; the placeholder `promise_row`, see store/promised.py. Pure.

What is held against what was agreed is a share of occasions: `kept` of `made`. They come from the latest measurement of
the promise's KPI that is our own, is for everybody and has the right respondents:

- From its counts of each answer: kept are the answers at or beyond the level promised, in the KPI's direction (UP: at
  least, DOWN: at most).
- Of a RATE, which is a share of occasions already: the value is the share kept (DOWN: its complement, since what is
  counted then is what should not happen), and `kept` the nearest whole number of the sample size. The level promised
  plays no part: it says the same on the KPI's scale.
- Of anything else, a median of hours for instance, nobody can say how often the promise was kept: UNCERTAIN.

The share kept of all occasions lies, with 95 % confidence, in Wilson's score interval (see `interval`). KEPT is a
promise of which the whole interval is at or over the share agreed, BROKEN one of which it is wholly under; UNCERTAIN is
what lies between. A share of 1 can be BROKEN, by one occasion, and never KEPT.

NOT_DUE is a promise whose day is still to come, and one that only retired propositions make, which is withdrawn. A
measurement from before the promise was due says nothing about keeping it; while its day is still to come, any serves to
tell how it would stand. A promise without a day is judged as if it were due.

A term that is unknown makes nothing smaller: figures turn null, the state UNCERTAIN or UNMEASURED, and `missing` names
it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.model.choices import PersonaSide, PropositionStatus
from graph_api.model.values import Choice
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.figures.interval import Interval, wilson
from graph_api.questions.figures.kpi import KPI, SIDES, Measurement, read_kpi, read_measurement
from graph_api.questions.figures.occasions import Occasions, PromiseTerm, occasions
from graph_api.questions.thread.scope import Number, day, parameters, read_thread_facts, statement
from graph_api.store.statements import Statement, chained, load


class PromiseState(Choice):
    """Whether a promise is kept."""

    BROKEN = (
        "BROKEN",
        "It is due, and kept on a smaller share of occasions than agreed: the whole interval is under it.",
    )
    UNCERTAIN = (
        "UNCERTAIN",
        "It is due and measured; but the interval holds the agreed share, or a term is missing: `missing` names it.",
    )
    UNMEASURED = "UNMEASURED", "It is due, and has no KPI or that no measurement since then by which it can be judged."
    KEPT = "KEPT", "It is due, and kept on the agreed share of occasions or more: the whole interval is at or over it."
    NOT_DUE = (
        "NOT_DUE",
        "It need not be kept yet, or no longer: only retired propositions make it. Figures tell how it would stand.",
    )


_RANKS = {state: rank for rank, state in enumerate(PromiseState)}
_TERMS = {term: place for place, term in enumerate(PromiseTerm)}


@dataclass(frozen=True, slots=True)
class Target:
    """A persona, segment or account that a promise is made to."""

    number: Number
    id: str
    kind: str
    key: str
    side: str | None
    """On which side of the counter a persona stands."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What was promised."""

    level: float | None
    share: float | None
    due: str | None
    kpi: KPI | None
    withdrawn: bool = False
    """Whether only retired propositions make it."""


@dataclass(frozen=True)
class Judgement:
    """What a measurement says about a promise, on a day."""

    on: str
    """The day, ISO 8601."""
    agreed: Agreed
    measured: Measurement | None

    @cached_property
    def _occasions(self) -> Occasions:
        if self.agreed.kpi is None or self.measured is None:
            return Occasions()
        return occasions(self.agreed.kpi, self.agreed.level, self.measured)

    @cached_property
    def _interval(self) -> Interval | None:
        kept, made = self._occasions.kept, self._occasions.made
        return None if kept is None or not made else wilson(kept, made)

    @property
    def state(self) -> PromiseState:
        """Whether it is kept; see above."""
        due, share = self.agreed.due, self.agreed.share
        if self.agreed.withdrawn or (due is not None and due > self.on):
            return PromiseState.NOT_DUE
        if self.measured is None:
            return PromiseState.UNMEASURED
        if self._interval is None or share is None:
            return PromiseState.UNCERTAIN
        low, high = self._interval
        if low >= share:
            return PromiseState.KEPT
        return PromiseState.BROKEN if high < share else PromiseState.UNCERTAIN

    @property
    def value(self) -> float | None:
        """The value measured, in the KPI's unit."""
        return None if self.measured is None else self.measured.value

    @property
    def measured_on(self) -> str | None:
        """The day that it stands for."""
        return None if self.measured is None else self.measured.day

    @property
    def kept(self) -> int | None:
        """How many occasions kept the promise."""
        return self._occasions.kept

    @property
    def made(self) -> int | None:
        """How many occasions there were."""
        return self._occasions.made

    @property
    def kept_share(self) -> float | None:
        """Which share of them kept it, 0 to 1."""
        return self._occasions.share

    @property
    def low(self) -> float | None:
        """The lower end of the interval."""
        return self._interval and self._interval[0]

    @property
    def high(self) -> float | None:
        """The upper end."""
        return self._interval and self._interval[1]

    @property
    def missing(self) -> list[PromiseTerm]:
        """The terms that are unknown."""
        missing = set(self._occasions.missing)
        missing |= {PromiseTerm.DUE} if self.agreed.due is None else set()
        missing |= {PromiseTerm.SHARE} if self.agreed.share is None else set()
        if self.agreed.kpi is None:
            missing.add(PromiseTerm.KPI)
        elif self.measured is None:
            missing.add(PromiseTerm.MEASUREMENT)
        return sorted(missing, key=_TERMS.__getitem__)


@dataclass(frozen=True)
class PromiseTarget(Judgement):
    """What was measured of those alone to whom a promise is made."""

    target: Found


@dataclass(frozen=True, slots=True)
class PromisePlace:
    """A touchpoint at which a promise is made or kept, and who runs it."""

    touchpoint: Found
    party: Found | None
    key: str
    number: Number | None
    """That of the party."""


@dataclass(frozen=True, slots=True)
class Maker:
    """A proposition that makes a promise; and the numbers of its owner and whatever that is a member of."""

    id: str
    key: str
    status: str | None
    owners: Sequence[Number] | None


@dataclass(frozen=True)
class PromiseStanding(Judgement):
    """A promise: who makes it, who must keep it, and whether it is kept."""

    id: str
    key: str
    makers: Sequence[Maker]
    made_at: Sequence[PromisePlace]
    kept_at: Sequence[PromisePlace]
    owner: Found | None
    targets: Sequence[PromiseTarget]
    keepers: frozenset[Number] | None = field(default=None)
    """Who is meant by those who must keep it, where not all of them are."""

    @property
    def promise(self) -> Found:
        """The promise."""
        return Found(self.id, "Promise")

    @property
    def due(self) -> str | None:
        """From when on it must be kept."""
        return self.agreed.due

    @property
    def withdrawn(self) -> bool:
        """Whether only retired propositions make it."""
        return self.agreed.withdrawn

    @property
    def level(self) -> float | None:
        """The level promised."""
        return self.agreed.level

    @property
    def share(self) -> float | None:
        """The share of occasions that must keep it."""
        return self.agreed.share

    @property
    def kpi(self) -> Found | None:
        """Its KPI."""
        return None if self.agreed.kpi is None else self.agreed.kpi.kpi

    @property
    def made_by(self) -> list[Found]:
        """The propositions that make it."""
        return [Found(maker.id, "Proposition") for maker in self.makers]

    @property
    def others_promise(self) -> bool | None:
        """Whether none of those who must keep it makes it; null where that is not known.

        A party makes it that runs a touchpoint where it is made, or owns a proposition that makes it, or whose member
        does.
        """
        known = [place.number for place in self.kept_at] if self.keepers is None else list(self.keepers)
        makers = {place.number for place in self.made_at}
        makers |= {owner for maker in self.makers for owner in (maker.owners or (None,))}
        if not known or not makers:
            return None
        if any(number is not None and number in makers for number in known):
            return False
        # Whoever is unknown might be the one.
        return None if None in known or None in makers else True


PROMISE_ORDER: Sorting[PromiseStanding] = Sorting(
    (term("state", int), term("key", str)), lambda standing: [_RANKS[standing.state], standing.key]
)


def sides_of(targets: Sequence[Target]) -> frozenset[str | None]:
    """Say whose answers tell whether a promise to some is kept: theirs, else customers'; and answers of unknown people.

    What employees say of their customers' content is no occasion of a promise to customers.
    """
    sides = {target.side or PersonaSide.CUSTOMER for target in targets} or {PersonaSide.CUSTOMER}
    return frozenset({None, *sides})


def latest(measured: Sequence[Measurement], sides: frozenset[str | None], target: Number | None) -> Measurement | None:
    """Choose the latest usable measurement for one target alone, or for everybody; of one day, the customers' first."""
    wanted = [] if target is None else [target]
    fitting = [one for one in measured if one.side in sides and [part.number for part in one.parts] == wanted]
    fitting = [one for one in fitting if one.value is not None or one.responses]
    return max(fitting, key=lambda one: (one.day or "", -SIDES.index(one.side)), default=None)


def _place(row: Sequence[Any]) -> PromisePlace:
    identity, key, number, party, kind = row
    return PromisePlace(Found(identity, "Touchpoint"), None if party is None else Found(party, kind), key, number)


def read_standing(row: Sequence[Any], on: str, keepers: frozenset[Number] | None = None) -> PromiseStanding:
    """Turn a row `promise_row` into how the promise stands on a day, ISO 8601; see PromiseStanding for `keepers`."""
    _, identity, key, level, share, due, kpi, owner, makers, made, kept, to, measured = row
    propositions = sorted((Maker(*one) for one in makers), key=lambda one: one.key)
    withdrawn = bool(propositions) and all(one.status == PropositionStatus.RETIRED for one in propositions)
    agreed = Agreed(level, share, due, None if kpi is None else read_kpi(kpi), withdrawn)
    targets = sorted((Target(*one) for one in to), key=lambda one: (one.kind, one.key))
    measurements = sorted(map(read_measurement, measured), key=lambda one: one.id)
    alone = ((target, latest(measurements, sides_of([target]), target.number)) for target in targets)
    return PromiseStanding(
        on=on,
        agreed=agreed,
        measured=latest(measurements, sides_of(targets), None),
        id=identity,
        key=key,
        makers=propositions,
        made_at=sorted(map(_place, made), key=lambda one: one.key),
        kept_at=sorted(map(_place, kept), key=lambda one: one.key),
        owner=None if owner is None else Found(*owner),
        targets=[PromiseTarget(on, agreed, found, Found(one.id, one.kind)) for one, found in alone if found],
        keepers=keepers,
    )


@dataclass(frozen=True)
class PromisesQuestion:
    """The question, for the planner: of the graph or of a scope, or what one department or partner must keep."""

    name: str = "promises"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts."""
        if self.about_entity:
            return chained(load("scope/kept"), load("scope/thread"), load("promises"), given="start")
        return statement(arguments, "promises", ("Promise",))

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give those of the scope, and the day."""
        return {**parameters(arguments), "on": day(arguments)}

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> Connection[PromiseStanding]:
        """List the promises, those broken first."""
        on, thread, named, rows = facts
        scope = read_thread_facts(thread).scope(arguments)
        keepers = frozenset(named) if self.about_entity else None
        standings = [read_standing(row, on, keepers) for row in rows if scope is None or row[0] in scope]
        return Connection(PROMISE_ORDER.sort(standings), PROMISE_ORDER, arguments)
