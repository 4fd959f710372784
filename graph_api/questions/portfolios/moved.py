"""What came of the claims on a KPI since a day: a decision's, say. Pure.

It is told as of one claim (see `forecast_realism`) that begins on the day and is due on the day asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from graph_api.compile.question import Found
from graph_api.questions.connection import Sorting, term
from graph_api.questions.figures.claims import Claim
from graph_api.questions.forecast_realism import ForecastClaim, ForecastTerm, StartFrom


@dataclass(frozen=True)
class DecisionKPI:
    """A KPI that the entity, or what it leads on to, claims to move; and what came of that since the decision."""

    claims: Sequence[Claim]
    """Those that count."""
    since: ForecastClaim
    """The whole change, from the day of the decision to the day asked for."""

    @property
    def kpi(self) -> Found:
        """The KPI."""
        return self.since.kpi

    @property
    def unit(self) -> str | None:
        """Its unit."""
        return self.since.scale.kpi.unit

    @property
    def claimed_by(self) -> list[Found]:
        """Who claims it."""
        return [claim.claimant for claim in self.claims]

    @property
    def expected_change(self) -> float | None:
        """The change claimed; null where a claim has no number."""
        return self.since.expected_change

    @property
    def by(self) -> str | None:
        """The last day for which any of it is claimed; null where a claim has none."""
        days = [claim.by for claim in self.claims if claim.by is not None]
        return max(days) if len(days) == len(self.claims) else None

    @property
    def due(self) -> bool | None:
        """Whether that day has come."""
        return None if self.by is None else self.by <= self.since.on

    @property
    def value_then(self) -> float | None:
        """The value at the decision."""
        return self.since.start_value

    @property
    def value_then_on(self) -> str | None:
        """The day of that value."""
        return self.since.start_on

    @property
    def value_then_from(self) -> StartFrom | None:
        """Where it comes from."""
        return self.since.start_from

    @property
    def value_now(self) -> float | None:
        """The value now."""
        return self.since.end_value

    @property
    def value_now_on(self) -> str | None:
        """The day of that value."""
        return self.since.end_on

    @property
    def change(self) -> float | None:
        """By how much it moved."""
        return self.since.came

    @property
    def share(self) -> float | None:
        """What came over what was claimed."""
        return self.since.ratio

    @property
    def missing(self) -> list[ForecastTerm]:
        """What is unknown."""
        return self.since.missing


MOVED_ORDER: Sorting[DecisionKPI] = Sorting((term("key", str),), lambda one: [one.since.scale.kpi.key])
