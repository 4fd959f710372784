"""What became of pains and unmet needs: how many are acted on, decided against and undecided, and which. Pure.

Counts come first, shares last; new ones are outside shares, since a new pain must not look like a failure to listen.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from graph_api.compile.question import Found
from graph_api.questions.connection import Connection, Sorting, term
from graph_api.questions.thread.depth import Depth, Disposition, Pain
from graph_api.questions.thread.facts import KEY, NUMBER, Row, column, found

_SEVERITY = column("Insight", "severity")

PAIN_ORDER: Sorting[Pain] = Sorting(
    (term("severity", float, descending=True, nullable=True), term("age", int, descending=True), term("key", str)),
    lambda pain: [severity_of(pain.row), pain.age, pain.row[KEY]],
)


def severity_of(row: Row) -> float | None:
    """Return how much an insight matters, 0 to 10; null is unknown."""
    return row[_SEVERITY]  # type: ignore[no-any-return] # a row is what Neo4j gave


@dataclass(frozen=True)
class PainCoverage:
    """What became of the pains and unmet needs: counts of those that are not new, then shares of them."""

    pains: Sequence[Pain]
    depth: Depth
    type_unknown: int
    """How many insights have no known type: each may be a pain, and none is counted."""

    @property
    def total(self) -> int:
        """How many there are, new ones included."""
        return len(self.pains)

    @property
    def new(self) -> int:
        """How many are too new to count in shares."""
        return sum(pain.new for pain in self.pains)

    def _count(self, disposition: Disposition) -> int:
        return sum(pain.disposition is disposition for pain in self.pains)

    @property
    def acted(self) -> int:
        """How many lead to work that is owned and measured."""
        return self._count(Disposition.ACTED)

    @property
    def decided_no(self) -> int:
        """About how many it was decided that nothing will be done."""
        return self._count(Disposition.DECIDED_NO)

    @property
    def undecided(self) -> int:
        """How many are neither."""
        return self._count(Disposition.UNDECIDED)

    @cached_property
    def with_opportunity(self) -> int:
        """How many raise an opportunity."""
        return sum(bool(self.depth.facts.out("RAISES", pain.row[NUMBER])) for pain in self.pains)

    @cached_property
    def with_owned_initiative(self) -> int:
        """How many lead to an initiative that is not stopped and that somebody owns."""
        return sum(self.depth.insight_with_owner(pain.row[NUMBER]) for pain in self.pains)

    def _share(self, disposition: Disposition) -> float | None:
        old = [pain for pain in self.pains if not pain.new]
        return sum(pain.disposition is disposition for pain in old) / len(old) if old else None

    @property
    def acted_share(self) -> float | None:
        """Of those that are not new, the share acted on."""
        return self._share(Disposition.ACTED)

    @property
    def decided_no_share(self) -> float | None:
        """Of those that are not new, the share decided against."""
        return self._share(Disposition.DECIDED_NO)

    @property
    def undecided_share(self) -> float | None:
        """Of those that are not new, the share undecided."""
        return self._share(Disposition.UNDECIDED)

    def list(self, disposition: Collection[str] | None = None, **arguments: Any) -> "Connection[ListedPain]":
        """List them, the most severe and oldest first."""
        wanted = [pain for pain in self.pains if disposition is None or pain.disposition in disposition]
        return Connection([ListedPain(pain) for pain in PAIN_ORDER.sort(wanted)], _LISTED, arguments)


@dataclass(frozen=True)
class ListedPain:
    """A pain or unmet need in a list."""

    pain: Pain

    @property
    def insight(self) -> Found:
        """The insight."""
        return found(self.pain.row)

    @property
    def disposition(self) -> Disposition:
        """What became of it."""
        return self.pain.disposition

    @property
    def since(self) -> str:
        """Since when it is known."""
        return self.pain.since.isoformat()

    @property
    def age(self) -> int:
        """For how many days."""
        return self.pain.age

    @property
    def new(self) -> bool:
        """Whether it is too new to count in shares."""
        return self.pain.new


_LISTED: Sorting[ListedPain] = Sorting(PAIN_ORDER.terms, lambda listed: PAIN_ORDER.values(listed.pain))
