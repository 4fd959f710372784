"""Initiative effects: whether the number moved after an initiative went live, more than it would have done anyway.

Facts: `cypher/initiative_effects.cypher` after `cypher/scope/`. Pure. Each initiative is held against each KPI that it
was to move: that it, or a proposition which it delivers, claims to move, or at which an opportunity aims that it or its
proposition answers. `initiative` says when one went live, `observation` which measurements count, `interruption` what
they are held against, `comparison` who stands beside those reached, and `alongside` what else was at work.

The verdict rests on the strongest comparison that there is:

- COMPARISON, where there are others, and the two went side by side before.
- TREND, where there are points enough on both sides.
- MEANS, else.

An interval that holds zero says that it did not move only where it rules a claim out. Where it holds the change that
was claimed too, nobody can say: NOT_MEASURABLE, for want of PRECISION; nor can anybody where no number was claimed, for
want of an EXPECTED_CHANGE. Where anything else that came or went in these days could account for a change as well, or
the initiative is still running, or there are means alone, the number changed ALONGSIDE, and that is all. Nothing is
ever called caused.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.errors import UserInputError
from graph_api.model.choices import KPIDirection
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.figures.alongside import ALONGSIDE_ORDER, Alongside, Surroundings, paired
from graph_api.questions.figures.comparison import Comparison, compare
from graph_api.questions.figures.effect_verdict import EffectCourse, EffectMethod, EffectTerm, EffectVerdict
from graph_api.questions.figures.initiative import Days, EffectClaim, Initiative, LiveBy, read_initiative
from graph_api.questions.figures.interruption import TREND_POINTS, Estimate, Means, Trend, against_trend, enough, means
from graph_api.questions.figures.kpi import Measurement, mixed, read_kpi, read_measurement
from graph_api.questions.figures.observation import (
    LONGEST,
    MINIMUM_SAMPLE,
    POINT_ORDER,
    WINDOW,
    Asked,
    EffectPhase,
    EffectPoint,
    Measured,
    observe,
    on_side,
    sides,
)
from graph_api.questions.thread.scope import day, parameters, read_thread_facts, statement
from graph_api.store.statements import Statement, chained, load

_TERMS = {one: place for place, one in enumerate(EffectTerm)}


@dataclass(frozen=True)
class InitiativeEffect:
    """An initiative against one KPI that it was to move, or against none where it has none."""

    row: Initiative
    measured: Measured | None
    asked: Asked
    around: Surroundings

    @property
    def initiative(self) -> Found:
        """The initiative."""
        return self.row.found

    @property
    def kpi(self) -> Found | None:
        """The KPI; null where it has none."""
        return None if self.measured is None else self.measured.kpi.kpi

    @property
    def claims(self) -> list[EffectClaim]:
        """The claims to move it: the initiative's own first."""
        return [] if self.measured is None else self.row.claims_on(self.measured.kpi.number)

    @property
    def aims(self) -> list[Found]:
        """The opportunities that aim at it, by key."""
        return [] if self.measured is None else self.row.aims_at(self.measured.kpi.number)

    @property
    def went_live(self) -> str | None:
        """The day it went live; null where that is unknown or after the day asked for."""
        live = self.row.went_live
        return None if live is None or live > self.asked.on else live

    @property
    def live_by(self) -> LiveBy | None:
        """By which of its days."""
        return None if self.went_live is None else self.row.live_by

    @cached_property
    def _days(self) -> Days | None:
        return None if self.went_live is None else self.asked.days(self.went_live)

    @property
    def window_from(self) -> str | None:
        """The first day that counts."""
        return self._days and self._days[0]

    @property
    def window_to(self) -> str | None:
        """The last day that counts."""
        return self._days and self._days[1]

    @cached_property
    def _series(self) -> list[Measurement]:
        return [] if self.measured is None else self.measured.total

    @property
    def respondent_side(self) -> str | None:
        """Who answered."""
        return None if self.measured is None else self.measured.side

    @cached_property
    def _points(self) -> list[EffectPoint]:
        if self.measured is None or self.went_live is None:
            return []
        return observe(self.measured.kpi, self._series, self.went_live, self.asked)

    @cached_property
    def _mixed(self) -> bool:
        if self.measured is None or self._days is None:
            return False
        first, last = self._days
        return mixed(self.measured.kpi, (one for one in self._series if first <= (one.day or "") <= last))

    def points(self, **arguments: Any) -> Connection[EffectPoint]:
        """List what was measured of everybody in the window, by day."""
        return Connection(POINT_ORDER.sort(self._points), POINT_ORDER, arguments)

    @property
    def points_before(self) -> int:
        """How many of them count before."""
        return len(on_side(self._points, EffectPhase.BEFORE))

    @property
    def points_after(self) -> int:
        """How many count after."""
        return len(on_side(self._points, EffectPhase.AFTER))

    @property
    def points_left_out(self) -> int:
        """How many count on neither side since their samples are too small."""
        return len(on_side(self._points, EffectPhase.LEFT_OUT))

    @cached_property
    def means(self) -> Means | None:
        """Means before and after; null where there are too few points."""
        before, after = ([value for _, value in side] for side in sides(self._points))
        return means(before, after) if enough(before, after) and not self._mixed else None

    @cached_property
    def trend(self) -> Trend | None:
        """The series against its own trend, likewise."""
        before, after = sides(self._points)
        if self.went_live is None or not enough(before, after, TREND_POINTS) or self._mixed:
            return None
        return against_trend(before, after, date.fromisoformat(self.went_live))

    @cached_property
    def comparison(self) -> Comparison | None:
        """Those reached against others; null where it was for everybody, or they were not measured alike."""
        live, targets = self.went_live, self.row.targets
        if self.measured is None or live is None or targets is None:
            return None
        return compare(self.measured, targets, self.around.members, live, self.asked)

    @cached_property
    def method(self) -> EffectMethod | None:
        """What the verdict rests on; null where nothing can be compared."""
        if self.comparison is not None and self.comparison.against.parallel:
            return EffectMethod.COMPARISON
        if self.trend is not None:
            return EffectMethod.TREND
        return None if self.means is None else EffectMethod.MEANS

    @cached_property
    def change(self) -> Estimate | None:
        """By how much it moved, by that method, in the KPI's unit."""
        if self.method is EffectMethod.COMPARISON and self.comparison is not None:
            return self.comparison.against.effect
        if self.method is EffectMethod.TREND and self.trend is not None:
            return self.trend.effect
        return None if self.means is None else self.means.difference

    @property
    def _claimed(self) -> list[float]:
        """The changes claimed, as far as they are known and not zero: its own, else its propositions'."""
        known = [(claim.claimant, claim.expected_change) for claim in self.claims if claim.expected_change]
        own = [change for claimant, change in known if claimant == self.row.found]
        return own or [change for _, change in known]

    @property
    def _open(self) -> EffectTerm | None:
        """What is wanting where it may have moved by nothing, and yet no number that was claimed is ruled out."""
        if self.change is None or not self.change.holds(0):
            return None
        if not self._claimed:
            return EffectTerm.EXPECTED_CHANGE
        return EffectTerm.PRECISION if any(map(self.change.holds, self._claimed)) else None

    @cached_property
    def _alongside(self) -> list[Alongside]:
        if self.measured is None or self._days is None:
            return []
        comparison = self.comparison if self.method is EffectMethod.COMPARISON else None
        return self.around.alongside(self.row, self.measured.kpi.number, self._days, comparison)

    def alongside(self, **arguments: Any) -> Connection[Alongside]:
        """List what else was at work in the window, by key."""
        return Connection(self._alongside, ALONGSIDE_ORDER, arguments)

    @cached_property
    def verdict(self) -> EffectVerdict:
        """Whether it moved; see above."""
        if self.change is None or self._open is not None:
            return EffectVerdict.NOT_MEASURABLE
        if self.change.holds(0):
            return EffectVerdict.NO_CHANGE
        told_apart = self.live_by is LiveBy.FINISHED and all(one.accounts is False for one in self._alongside)
        if self.method is EffectMethod.MEANS or not told_apart:
            return EffectVerdict.CHANGED_ALONGSIDE
        if self.method is EffectMethod.TREND:
            return EffectVerdict.CHANGED_VS_TREND
        return EffectVerdict.CHANGED_VS_COMPARISON

    @property
    def _changed(self) -> bool:
        return self.verdict not in {EffectVerdict.NOT_MEASURABLE, EffectVerdict.NO_CHANGE}

    @property
    def course(self) -> EffectCourse | None:
        """Whether the change is for the better; null where there is none, or nobody knows."""
        if not self._changed or self.measured is None or self.change is None:
            return None
        kpi, gained = self.measured.kpi, self.change.change
        if kpi.direction == KPIDirection.HOLD:
            goal, was = kpi.target if kpi.target is not None else kpi.baseline, self._before
            gained = 0.0 if goal is None or was is None else abs(was - goal) - abs(was + gained - goal)
        elif kpi.direction == KPIDirection.DOWN:
            gained = -gained
        elif kpi.direction is None:
            gained = 0.0
        if not gained:
            return None
        return EffectCourse.IMPROVED if gained > 0 else EffectCourse.WORSENED

    @property
    def _before(self) -> float | None:
        if self.method is EffectMethod.COMPARISON and self.comparison is not None:
            return self.comparison.against.reached.before
        return None if self.means is None else self.means.before

    @property
    def missing(self) -> list[EffectTerm]:
        """What is unknown and would have to be known."""
        missing: set[EffectTerm] = set()
        if self.measured is None:
            missing.add(EffectTerm.KPI)
        elif not self.measured.own:
            missing.add(EffectTerm.MEASUREMENTS)
        if self.went_live is None:
            missing.add(EffectTerm.WENT_LIVE)
        elif not missing and self.method is None:
            missing.update(self._wanting())
        if self._open is not None:
            missing.add(self._open)
        if self._changed and self.course is None:
            missing.add(EffectTerm.DIRECTION)
        if self._changed and any(one.accounts is None for one in self._alongside):
            missing.add(EffectTerm.ALONGSIDE_DAYS)
        return sorted(missing, key=_TERMS.__getitem__)

    def _wanting(self) -> Iterator[EffectTerm]:
        """Say what is wrong with the series."""
        if self._mixed:
            yield EffectTerm.SAME_COUNT
        before, after = sides(self._points)
        if not enough(before, before):
            yield EffectTerm.POINTS_BEFORE
        if not enough(after, after):
            yield EffectTerm.POINTS_AFTER
        if self.points_left_out and not enough(before, after):
            everything = replace(self, asked=replace(self.asked, minimum_sample=0))
            if enough(*sides(everything._points)):  # noqa: SLF001 - its own
                yield EffectTerm.SAMPLE_SIZE


EFFECT_ORDER: Sorting[InitiativeEffect] = Sorting(
    (term("initiative", str), term("kpi", str, nullable=True)),
    lambda effect: [effect.row.key, effect.measured and effect.measured.kpi.key],
)


@dataclass(frozen=True)
class InitiativeEffectsQuestion:
    """The question, for the planner: of the graph or of a scope, or about one initiative."""

    name: str = "initiative_effects"
    about_entity: bool = False

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the facts."""
        if self.about_entity:
            return chained(load("scope/itself"), load("scope/thread"), load("initiative_effects"), given="start")
        return statement(arguments, "initiative_effects", ("Initiative", "KPI"))

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give those of the scope, and the day; raises UserInputError where a bound cannot be used."""
        window, sample = arguments.get("window"), arguments.get("minimumSample")
        if window is not None and not 1 <= window <= LONGEST:
            message = (
                f"window: {window} is no number of days from 1 to {LONGEST}. Give one, or leave it out for {WINDOW}."
            )
            raise UserInputError(message)
        if sample is not None and sample < 0:
            message = (
                f"minimumSample: {sample} is less than nothing. Give 0 or more, or leave it out for {MINIMUM_SAMPLE}."
            )
            raise UserInputError(message)
        return {**parameters(arguments), "on": day(arguments)}

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> Connection[InitiativeEffect]:
        """List initiatives with what became of their numbers, by key. Only those on the page are worked out."""
        on, thread, numbers, rows, kpis, drivers, members = facts
        scope = read_thread_facts(thread).scope(arguments)
        window, sample = arguments.get("window"), arguments.get("minimumSample")
        asked = Asked(on, WINDOW if window is None else window, MINIMUM_SAMPLE if sample is None else sample)
        initiatives = {row[0]: read_initiative(row) for row in rows}
        around = Surroundings(initiatives, paired(members), paired(drivers))
        measured = {
            one.kpi.number: one
            for one in (Measured(read_kpi(kpi), [read_measurement(row) for row in found], on) for kpi, found in kpis)
        }
        effects: list[InitiativeEffect] = []
        for number in numbers:
            if scope is not None and number not in scope:
                continue
            one = initiatives[number]
            wanted = [kpi for kpi in one.kpis if scope is None or kpi in scope]
            effects += [InitiativeEffect(one, measured[kpi], asked, around) for kpi in wanted]
            if not one.kpis:
                effects.append(InitiativeEffect(one, None, asked, around))
        return Connection(EFFECT_ORDER.sort(effects), EFFECT_ORDER, arguments)
