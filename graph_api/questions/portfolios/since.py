"""What was done since a day: which initiatives began, were finished or were at work up to another day. Pure.

Days are ISO 8601 texts. An initiative that was STOPPED after the day had begun before: it was not at work all the same,
but ended. Where the days of an initiative do not say, the answer is null, never false.

What serves something else that goes on as well is *shared*: that it is at work says nothing of the one thing alone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from graph_api.compile.question import Found
from graph_api.model.choices import InitiativeStatus, InsightStatus, OpportunityStatus
from graph_api.questions.figures.claims import ENDED
from graph_api.questions.figures.initiative import Initiative
from graph_api.questions.thread.scope import Number

_OVER: Collection[str] = frozenset({*ENDED, OpportunityStatus.CLOSED, OpportunityStatus.PARKED, InsightStatus.REFUTED})
"""With which status nobody acts on an insight, opportunity or proposition any more."""


@dataclass(frozen=True)
class Since:
    """An initiative, and some days: from that of a decision up to the last one that counts."""

    row: Initiative
    day: str
    last: str
    today: str
    shared: bool
    """Whether it serves something else as well."""

    @property
    def initiative(self) -> Found:
        """The initiative."""
        return self.row.found

    @property
    def status(self) -> str | None:
        """Its status now."""
        return self.row.status

    @property
    def start(self) -> str | None:
        """Its first day."""
        return self.row.start

    @property
    def finished(self) -> str | None:
        """The day it was finished, or stopped."""
        return self.row.finished

    def _within(self, day: str | None) -> bool | None:
        return None if day is None else self.day <= day <= self.last

    @property
    def begun(self) -> bool | None:
        """Whether it began in these days."""
        if self.status == InitiativeStatus.PLANNED:
            return False
        began = self._within(self.start)
        # Of an unknown status its first day may be a plan.
        return None if self.status is None and began else began

    @property
    def done(self) -> bool | None:
        """Whether it was done in these days."""
        if self.status is None:
            return None
        return self._within(self.finished) if self.status == InitiativeStatus.DONE else False

    @cached_property
    def at_work(self) -> bool | None:
        """Whether it was at work in these days, after the first."""
        if self.day >= self.last:
            return False
        if self.begun and self.start != self.day:
            return True
        if self.status == InitiativeStatus.STOPPED and self.start is not None and self.start <= self.day:
            return False
        if self.status == InitiativeStatus.RUNNING and self.start is None and self.last == self.today:
            return True
        following = (date.fromisoformat(self.day) + timedelta(1)).isoformat()
        found = self.row.at_work((following, self.last))
        # It may have begun before, and then it only ended.
        ended = self.status == InitiativeStatus.STOPPED and self.start is None
        return None if found and (self.status is None or ended) else found


@dataclass(frozen=True)
class Work:
    """Some entities and what they lead on to, from insights to initiatives."""

    initiatives: Mapping[Number, Initiative]
    links: Iterable[tuple[Number, Number]]
    """From each to the next, and from whatever else leads to any of them."""
    statuses: Mapping[Number, str | None]
    """The status of everything that leads anywhere."""

    @cached_property
    def _next(self) -> Mapping[Number, Sequence[Number]]:
        found: dict[Number, list[Number]] = defaultdict(list)
        for start, finish in self.links:
            found[start].append(finish)
        return found

    @cached_property
    def _before(self) -> Mapping[Number, Sequence[Number]]:
        found: dict[Number, list[Number]] = defaultdict(list)
        for start, finish in self.links:
            found[finish].append(start)
        return found

    def below(self, number: Number) -> frozenset[Number]:
        """Return an entity and all that it leads on to."""
        found, waiting = {number}, [number]
        while waiting:
            for following in self._next.get(waiting.pop(), ()):
                if following not in found:
                    found.add(following)
                    waiting.append(following)
        return frozenset(found)

    def shared(self, of: Number) -> frozenset[Number]:
        """Return what below an entity serves something else too that nobody has given up."""
        below = self.below(of)
        found: dict[Number, bool] = {of: False}

        def serves_others(one: Number) -> bool:
            if one not in found:
                going = [before for before in self._before.get(one, ()) if self.statuses.get(before) not in _OVER]
                found[one] = any(before not in below or serves_others(before) for before in going)
            return found[one]

        return frozenset(one for one in below if serves_others(one))

    def since(self, of: Number, day: str, last: str, today: str) -> list[Since]:
        """Tell of each initiative below an entity what was done in some days, by key."""
        initiatives = [self.initiatives[one] for one in self.below(of) if one in self.initiatives]
        shared = self.shared(of)
        return [
            Since(one, day, last, today, one.number in shared) for one in sorted(initiatives, key=lambda one: one.key)
        ]


def went_on(work: Iterable[Since]) -> bool | None:
    """Tell whether any of it was at work; null where nobody can say, or all that was serves something else as well."""
    found = {one.at_work if not one.shared or not one.at_work else None for one in work}
    return True if True in found else None if None in found else False
