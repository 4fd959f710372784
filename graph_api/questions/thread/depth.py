"""How far the thread leads from what was learned: one link on (shallow), or to work that is owned and measured (deep).

Pure. Deep is: a pain or unmet need with some deep opportunity; an opportunity with some deep proposition or initiative;
a proposition that is not RETIRED with some deep initiative; an initiative that is not STOPPED, is owned, and has a KPI
linked from it, from its proposition or from the opportunity on that path.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from graph_api.model import Direction
from graph_api.model.choices import InitiativeStatus, InsightStatus, PropositionStatus
from graph_api.model.rules import DECIDED_NO, DEEP, PAINS, ExpectedLink
from graph_api.model.values import Choice
from graph_api.questions.thread.facts import NUMBER, Facts, Row, column, counted
from graph_api.questions.thread.scope import Number

NEW_DAYS = 30
"""Under so many days a pain is new: nobody can be expected to have acted on it."""


class Disposition(Choice):
    """What became of a pain or unmet need."""

    ACTED = "ACTED", "The thread leads on from it to an initiative that somebody owns and a KPI measures."
    DECIDED_NO = "DECIDED_NO", "By the latest decision nothing will be done about it."
    UNDECIDED = "UNDECIDED", "Neither."


@dataclass(frozen=True)
class Pain:
    """A pain or unmet need, and what became of it."""

    row: Row
    disposition: Disposition
    since: date
    """The day of its earliest evidence, else the day it was written."""
    age: int
    """In days on the day asked for; negative where it was not known yet."""

    @property
    def new(self) -> bool:
        """Whether it is too new to count in percentages."""
        return self.age < NEW_DAYS


@dataclass(frozen=True)
class Depth:
    """How deep the thread is, over facts that reach on to the initiatives."""

    facts: Facts

    def _with(self, kind: str, link: ExpectedLink) -> frozenset[Number]:
        place = counted(kind, link)
        return frozenset(row[NUMBER] for row in self.facts.rows[kind] if row[place] > 0)

    @cached_property
    def retired(self) -> frozenset[Number]:
        """The propositions that are retired."""
        place = column("Proposition", "propositionStatus")
        return frozenset(
            row[NUMBER] for row in self.facts.rows["Proposition"] if row[place] == PropositionStatus.RETIRED
        )

    @cached_property
    def owned(self) -> frozenset[Number]:
        """The initiatives that are not stopped and that somebody owns."""
        place = column("Initiative", "initiativeStatus")
        with_owner = self._with("Initiative", DEEP["Initiative"][0])
        return frozenset(
            row[NUMBER]
            for row in self.facts.rows["Initiative"]
            if row[place] != InitiativeStatus.STOPPED and row[NUMBER] in with_owner
        )

    @cached_property
    def measured(self) -> frozenset[Number]:
        """The opportunities, propositions and initiatives that a KPI is linked from."""
        return frozenset().union(
            self._with("Opportunity", DEEP["Opportunity"][0]),
            self._with("Proposition", DEEP["Proposition"][0]),
            self._with("Initiative", DEEP["Initiative"][1]),
        )

    @cached_property
    def initiatives(self) -> frozenset[Number]:
        """The initiatives that are deep by themselves."""
        return self.owned & self.measured

    @cached_property
    def _leading_to_owned(self) -> frozenset[Number]:
        return frozenset(
            number
            for number, finishes in self.facts.thread.adjacent("DELIVERED_BY", Direction.OUT).items()
            if number not in self.retired and not self.owned.isdisjoint(finishes)
        )

    @cached_property
    def propositions(self) -> frozenset[Number]:
        """The propositions that are deep by themselves."""
        return frozenset(
            number
            for number in self._leading_to_owned
            if number in self.measured or not self.initiatives.isdisjoint(self.facts.out("DELIVERED_BY", number))
        )

    @cached_property
    def opportunities(self) -> frozenset[Number]:
        """The deep opportunities."""
        deep = self.propositions | self.initiatives
        reaching = self._leading_to_owned | self.owned
        return frozenset(
            number
            for number, finishes in self.facts.thread.adjacent("ADDRESSED_BY", Direction.OUT).items()
            if not (reaching if number in self.measured else deep).isdisjoint(finishes)
        )

    @cached_property
    def opportunities_with_owner(self) -> frozenset[Number]:
        """The opportunities that lead to an initiative that is not stopped and that somebody owns."""
        reaching = self._leading_to_owned | self.owned
        return frozenset(
            number
            for number, finishes in self.facts.thread.adjacent("ADDRESSED_BY", Direction.OUT).items()
            if not reaching.isdisjoint(finishes)
        )

    def insight(self, number: Number) -> bool:
        """Tell whether an insight is deep."""
        return not self.opportunities.isdisjoint(self.facts.out("RAISES", number))

    def insight_with_owner(self, number: Number) -> bool:
        """Tell whether an insight leads to an initiative that is not stopped and that somebody owns."""
        return not self.opportunities_with_owner.isdisjoint(self.facts.out("RAISES", number))

    def pain(self, row: Row, on: date) -> Pain:
        """Say what became of a pain."""
        if self.insight(row[NUMBER]):
            disposition = Disposition.ACTED
        elif self.facts.verdicts.get(row[NUMBER]) == DECIDED_NO:
            disposition = Disposition.DECIDED_NO
        else:
            disposition = Disposition.UNDECIDED
        since = self.facts.since(row)
        return Pain(row, disposition, since, (on - since).days)


_TYPE, _STATUS = column("Insight", "type"), column("Insight", "insightStatus")


def is_pain(row: Row) -> bool:
    """Tell whether the row of an insight is a pain or unmet need that is not refuted."""
    return row[_TYPE] in PAINS and row[_STATUS] != InsightStatus.REFUTED


def may_be_pain(row: Row) -> bool:
    """Tell whether nobody knows of an insight that is not refuted whether it is a pain: it has no type."""
    return row[_TYPE] is None and row[_STATUS] != InsightStatus.REFUTED
