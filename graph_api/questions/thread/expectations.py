"""Which entities fall short of which rules: the rules of the model held against facts. Pure.

Scored rules follow from their declaration: a link of one of the sorts expected. Hygiene rules are the functions here.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from pydantic.alias_generators import to_snake

from graph_api.errors import UserInputError
from graph_api.model import MODEL
from graph_api.model.choices import RuleName, Severity, StakeholderStance
from graph_api.model.rules import DECIDED_NO, RULES, WEIGHTS, Rule
from graph_api.questions.thread.facts import NUMBER, Facts, Moment, Row, column, counted
from graph_api.questions.thread.scope import Number

ASSUMPTION_DAYS = 180
STALE_DAYS = 92
SATISFACTION = 5.0
READY = 1.0
LONGEST = 36_500
"""The most days that a setting can have: a hundred years."""
WEIGHTIEST = 1_000.0
"""The most that a rule can weigh."""


@dataclass(frozen=True)
class Settings:
    """Which rules count, how much, and from where on something is too old or too low."""

    off: frozenset[RuleName] = frozenset()
    severities: Mapping[RuleName, Severity] = field(default_factory=dict)
    weights: Mapping[RuleName, float] = field(default_factory=dict)
    """Weights that are not those of the severity."""
    assumption_days: int = ASSUMPTION_DAYS
    stale_days: int = STALE_DAYS
    satisfaction: float = SATISFACTION

    @classmethod
    def given(cls, arguments: Mapping[str, Any]) -> "Settings":
        """Read the argument `settings`; raises UserInputError where a number makes no sense."""
        given = arguments.get("settings") or {}
        found: dict[str, Any] = {}
        for name, most in _MOST.items():
            if given.get(name) is not None:
                found[to_snake(name)] = _within(f"settings.{name}", given[name], most)
        rules: dict[RuleName, dict[str, Any]] = {}
        for place, one in enumerate(given.get("rules") or ()):
            name = RuleName[one["rule"]]
            if name in rules:
                message = f"settings.rules.{place}: {name} has its settings already; give it once."
                raise UserInputError(message)
            rules[name] = {key: value for key, value in one.items() if value is not None}
        for place, (name, one) in enumerate(rules.items()):
            if "weight" in one and not RULES[name].scored:
                message = f"settings.rules.{place}.weight: {name} is never scored. Leave its weight out."
                raise UserInputError(message)
        return cls(
            off=frozenset(name for name, one in rules.items() if one.get("off")),
            severities={name: Severity[one["severity"]] for name, one in rules.items() if "severity" in one},
            weights={
                name: _within(f"settings.rules.{place}.weight", one["weight"], WEIGHTIEST)
                for place, (name, one) in enumerate(rules.items())
                if "weight" in one
            },
            **found,
        )

    def severity(self, rule: Rule) -> Severity:
        """Say how severe a gap by a rule is."""
        return self.severities.get(rule.name, rule.severity)

    def weight(self, rule: Rule) -> float:
        """Say how much a rule counts for each entity it applies to."""
        return self.weights.get(rule.name, WEIGHTS[self.severity(rule)])


_MOST = {"assumptionDays": LONGEST, "staleDays": LONGEST, "satisfaction": 10.0}


def _within(place: str, value: float, most: float) -> float:
    if not 0 <= value <= most:
        message = f"{place}: is {value:g}; it must be from 0 to {most:g}."
        raise UserInputError(message)
    return value


@dataclass(frozen=True)
class Held:
    """A rule held against the entities of its kinds."""

    rule: Rule
    satisfied: list[Row]
    missing: list[Row]
    waived: list[Row]
    """Where it does not hold, and need not: somebody waived it, or decided against."""

    @property
    def applicable(self) -> int:
        """How many entities count."""
        return len(self.satisfied) + len(self.missing)


@dataclass(frozen=True)
class Expectations:
    """The rules, to be held against facts on a day."""

    facts: Facts
    on: date
    settings: Settings = field(default_factory=Settings)
    scope: Collection[Number] | None = None
    """Only these entities; null for all."""

    def held(self) -> list[Held]:
        """Hold every rule that is not switched off against the facts."""
        return [self.hold(rule) for rule in RULES.values() if rule.name not in self.settings.off]

    def hold(self, rule: Rule) -> Held:
        """Hold one rule."""
        satisfied: list[Row] = []
        missing: list[Row] = []
        for kind in rule.kinds:
            rows = applicable(rule, kind, self._rows(kind))
            if rule.scored:
                for row, has in has_link(rule, kind, rows):
                    (satisfied if has else missing).append(row)
            else:
                short = HYGIENE[rule.name](self, kind, rows)
                for row in rows:
                    (missing if row[NUMBER] in short else satisfied).append(row)
        excused = self._excused(rule) if missing else frozenset()
        if not excused:
            return Held(rule, satisfied, missing, [])
        return Held(
            rule,
            satisfied,
            [row for row in missing if row[NUMBER] not in excused],
            [row for row in missing if row[NUMBER] in excused],
        )

    def _rows(self, kind: str) -> Iterable[Row]:
        rows = self.facts.rows[kind]
        return rows if self.scope is None else [row for row in rows if row[NUMBER] in self.scope]

    def _excused(self, rule: Rule) -> frozenset[Number]:
        today = self.on.isoformat()
        waived = {
            waiver.number
            for waiver in self.facts.waivers
            if waiver.rule == rule.name and (waiver.expires is None or waiver.expires >= today)
        }
        if rule.name is RuleName.PAIN_WITHOUT_OPPORTUNITY:
            waived |= {number for number, verdict in self.facts.verdicts.items() if verdict == DECIDED_NO}
        return frozenset(waived)


def applicable(rule: Rule, kind: str, rows: Iterable[Row]) -> list[Row]:
    """Return the rows of a kind to which a rule applies, by their own fields."""
    found = list(rows)
    for name, values in rule.only.items():
        place, allowed = column(kind, name), frozenset(values)
        found = [row for row in found if row[place] in allowed]
    for name, values in _unless(rule, kind):
        place, excluded = column(kind, name), frozenset(values)
        found = [row for row in found if row[place] not in excluded]
    return found


def _unless(rule: Rule, kind: str) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Give the conditions of a rule that are about a kind: a rule for several names a field of each."""
    return ((name, values) for name, values in rule.unless.items() if name in MODEL.kinds[kind].properties)


def has_link(rule: Rule, kind: str, rows: Iterable[Row]) -> Iterable[tuple[Row, bool]]:
    """Tell of each row whether it has a link that the rule expects."""
    places = [counted(kind, link) for link in rule.expects]
    if len(places) == 1:
        (place,) = places
        return ((row, row[place] > 0) for row in rows)
    return ((row, any(row[place] > 0 for place in places)) for row in rows)


Short = Collection[Number]
Hygiene = Callable[[Expectations, str, list[Row]], Short]


def _before(on: date, days: int) -> date:
    """Return the day so many days before, but none before there are days."""
    return date.fromordinal(max(1, on.toordinal() - days))


def _assumption_old(asked: Expectations, _: str, rows: list[Row]) -> Short:
    oldest = _before(asked.on, asked.settings.assumption_days)
    return {row[NUMBER] for row in rows if asked.facts.since(row) < oldest}


def _opposed(asked: Expectations, _: str, __: list[Row]) -> Short:
    stances: dict[Number, set[str]] = {}
    for stance in asked.facts.stances:
        stances.setdefault(stance.proposition, set()).add(stance.stance)
    return {number for number, known in stances.items() if known == {StakeholderStance.OPPONENT}}


def _unknown(name: str) -> Hygiene:
    def short(_: Expectations, kind: str, rows: list[Row]) -> Short:
        place = column(kind, name)
        return {row[NUMBER] for row in rows if row[place] is None}

    return short


def _past_due(asked: Expectations, kind: str, rows: list[Row]) -> Short:
    due, finished, today = column(kind, "due"), column(kind, "finished"), asked.on.isoformat()
    return {
        row[NUMBER]
        for row in rows
        if row[due] is not None and row[due] < today and not (row[finished] and row[finished] <= today)
    }


def _not_ready(asked: Expectations, kind: str, rows: list[Row]) -> Short:
    needed, readiness = {live.enabler for live in asked.facts.live}, column(kind, "readiness")
    return {
        row[NUMBER] for row in rows if row[NUMBER] in needed and row[readiness] is not None and row[readiness] < READY
    }


def _moments(short: Callable[[Expectations, Moment], bool]) -> Hygiene:
    return lambda asked, _, __: {moment.number for moment in asked.facts.moments if short(asked, moment)}


def _disappoints(asked: Expectations, moment: Moment) -> bool:
    return moment.satisfaction is not None and moment.satisfaction < asked.settings.satisfaction


def _stale(asked: Expectations, _: str, __: list[Row]) -> Short:
    oldest = _before(asked.on, asked.settings.stale_days).isoformat()
    return {number for number, day in asked.facts.measured.items() if day < oldest}


def _late(asked: Expectations, _: str, __: list[Row]) -> Short:
    return {kpi for kpi, _ in asked.facts.late}


def _drives_itself(asked: Expectations, _: str, __: list[Row]) -> Short:
    following: dict[Number, list[Number]] = {}
    for driver, driven in asked.facts.drives:
        following.setdefault(driver, []).append(driven)
    return {number for number in following if _leads_back(number, following)}


def _leads_back(start: Number, following: Mapping[Number, Iterable[Number]]) -> bool:
    waiting, seen = [start], set[Number]()
    while waiting:
        for there in following.get(waiting.pop(), ()):
            if there == start:
                return True
            if there not in seen:
                seen.add(there)
                waiting.append(there)
    return False


def _ended(asked: Expectations, _: str, __: list[Row]) -> Short:
    return {number for number, _ in asked.facts.ended}


HYGIENE: Mapping[RuleName, Hygiene] = {
    RuleName.ASSUMPTION_OLD: _assumption_old,
    RuleName.PROPOSITION_OPPOSED: _opposed,
    RuleName.PROMISE_WITHOUT_SHARE: _unknown("share"),
    RuleName.INITIATIVE_WITHOUT_DUE: _unknown("due"),
    RuleName.INITIATIVE_PAST_DUE: _past_due,
    RuleName.ENABLER_NOT_READY: _not_ready,
    RuleName.MOMENT_OF_TRUTH_WITHOUT_KPI: _moments(lambda _, moment: not moment.measured),
    RuleName.MOMENT_OF_TRUTH_UNOWNED: _moments(lambda _, moment: not moment.run),
    RuleName.MOMENT_OF_TRUTH_DISAPPOINTS: _moments(_disappoints),
    RuleName.KPI_WITHOUT_TARGET: _unknown("target"),
    RuleName.KPI_STALE: _stale,
    RuleName.KPI_SET_UP_LATE: _late,
    RuleName.KPI_DRIVES_ITSELF: _drives_itself,
    RuleName.LINKED_TO_ENDED: _ended,
}
"""When the hygiene rules do not hold: for each, the entities that fall short."""
