"""What a change of one KPI is worth at the end of a chain of KPIs of which each drives the next. Pure.

Each link says by how much its second KPI changes for one unit of the first. Along a chain these effects are multiplied:
change of the last KPI, in its unit, for one unit of the first (as S. Wright multiplies coefficients along a path, The
method of path coefficients, Annals of Mathematical Statistics 5, 1934, 161-215). So a change claimed of the first KPI
is worth change times effect at the last. That takes an effect to be the same for small changes and large.

Lags are added up. What a chain rests on is the weakest of its links' grounds: ASSUMED, CORRELATED, PROVEN. The effect
of a chain is unknown with any of its links'.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph_api.compile.question import Found
from graph_api.model.choices import DriverGrounds
from graph_api.model.values import Choice
from graph_api.questions.figures.claims import Claim, together
from graph_api.questions.figures.driving import Chain, ChainStop, Drive
from graph_api.questions.figures.duration import add_up
from graph_api.questions.figures.exact import product
from graph_api.questions.figures.kpi import KPI
from graph_api.questions.thread.scope import Number

_GROUNDS: Mapping[str, int] = {grounds: rank for rank, grounds in enumerate(DriverGrounds)}


class ValueTerm(Choice):
    """What must be known to say what a change is worth at the end of a chain."""

    EXPECTED_CHANGE = (
        "EXPECTED_CHANGE",
        "The change claimed of the first KPI: nobody claims one, or a claim has no number.",
    )
    EFFECT = "EFFECT", "By how much a KPI changes for one unit of the one that drives it."
    LAG = "LAG", "How long an effect takes."
    GROUNDS = "GROUNDS", "What a link rests on."
    TOO_LARGE = "TOO_LARGE", "Nothing: a number is too large to work with."


@dataclass(frozen=True)
class BusinessValueStart:
    """A KPI where chains begin, and what is claimed of it."""

    about: KPI
    claims: Sequence[Claim]
    """Those that count."""

    @property
    def kpi(self) -> Found:
        """The KPI."""
        return self.about.kpi

    @property
    def unit(self) -> str | None:
        """Its unit."""
        return self.about.unit

    @cached_property
    def expected_change(self) -> float | None:
        """The change claimed; null where none is, or a claim has no number."""
        return together(self.claims).change if self.claims else None

    @property
    def unknown(self) -> int:
        """How many claims have no number."""
        return together(self.claims).unknown

    @property
    def claimed_by(self) -> list[Found]:
        """Who claims it."""
        return [claim.claimant for claim in self.claims]


def _effect(drives: Sequence[Drive]) -> float | None:
    effects = [drive.effect for drive in drives if drive.effect is not None]
    return product(effects) if len(effects) == len(drives) else None


def _worth(change: float | None, drives: Sequence[Drive]) -> float | None:
    effects = [drive.effect for drive in drives if drive.effect is not None]
    return None if change is None or len(effects) < len(drives) else product([change, *effects])


@dataclass(frozen=True)
class BusinessValueStep:
    """A link of a chain, and how far the chain has come with it."""

    drive: Drive
    about: KPI
    change: float | None
    so_far: Sequence[Drive]
    """All links up to this one."""

    @property
    def kpi(self) -> Found:
        """The KPI that it leads to."""
        return self.about.kpi

    @property
    def unit(self) -> str | None:
        """Its unit."""
        return self.about.unit

    @property
    def effect(self) -> float | None:
        """Its change for one unit of the KPI before."""
        return self.drive.effect

    @property
    def grounds(self) -> str | None:
        """What the link rests on."""
        return self.drive.grounds

    @property
    def lag(self) -> str | None:
        """How long the effect takes."""
        return self.drive.lag

    @property
    def source(self) -> str | None:
        """Where the claim comes from."""
        return self.drive.source

    @property
    def confidence(self) -> float | None:
        """How sure the link is, 0 to 1."""
        return self.drive.confidence

    @property
    def effect_so_far(self) -> float | None:
        """Its change for one unit of the first KPI."""
        return _effect(self.so_far)

    @property
    def worth_so_far(self) -> float | None:
        """What the change claimed would be worth here."""
        return _worth(self.change, self.so_far)


@dataclass(frozen=True)
class BusinessValuePath:
    """A chain of KPIs, and what a change of the first would be worth at the last."""

    chain: Chain
    first: BusinessValueStart
    kpis: Mapping[Number, KPI]

    @property
    def start(self) -> Found:
        """The first KPI."""
        return self.first.kpi

    @property
    def end(self) -> Found:
        """The last KPI."""
        return self.kpis[self.chain.end].kpi

    @property
    def unit(self) -> str | None:
        """Its unit."""
        return self.kpis[self.chain.end].unit

    @property
    def stop(self) -> ChainStop:
        """Why it goes no further."""
        return self.chain.stop

    @property
    def length(self) -> int:
        """How many links it has."""
        return len(self.chain.drives)

    @property
    def steps(self) -> list[BusinessValueStep]:
        """Its links."""
        drives, change = self.chain.drives, self.first.expected_change
        return [
            BusinessValueStep(drive, self.kpis[drive.finish], change, drives[:count])
            for count, drive in enumerate(drives, start=1)
        ]

    @property
    def effect(self) -> float | None:
        """The change of the last KPI for one unit of the first."""
        return _effect(self.chain.drives)

    @property
    def expected_change(self) -> float | None:
        """The change claimed of the first KPI."""
        return self.first.expected_change

    @cached_property
    def worth(self) -> float | None:
        """What that is worth at the last, in its unit."""
        return _worth(self.first.expected_change, self.chain.drives)

    @property
    def lag(self) -> str | None:
        """How long all links take together, ISO 8601."""
        lags = [drive.lag for drive in self.chain.drives if drive.lag is not None]
        return add_up(lags) if len(lags) == self.length else None

    @property
    def weakest_grounds(self) -> str | None:
        """The weakest of the known grounds; null where none is known."""
        known = [drive.grounds for drive in self.chain.drives if drive.grounds is not None]
        return min(known, key=_GROUNDS.__getitem__, default=None)

    @property
    def unknown_grounds(self) -> int:
        """How many links have no known grounds."""
        return sum(drive.grounds is None for drive in self.chain.drives)

    @property
    def missing(self) -> list[ValueTerm]:
        """What is unknown."""
        drives = self.chain.drives
        unknown = {
            ValueTerm.EXPECTED_CHANGE: not self.first.claims or self.first.unknown > 0,
            ValueTerm.EFFECT: any(drive.effect is None for drive in drives),
            ValueTerm.LAG: any(drive.lag is None for drive in drives),
            ValueTerm.GROUNDS: self.unknown_grounds > 0,
        }
        if not unknown[ValueTerm.EFFECT]:
            claimed = not unknown[ValueTerm.EXPECTED_CHANGE]
            unknown[ValueTerm.TOO_LARGE] = self.effect is None or (claimed and self.worth is None)
        return [name for name, is_unknown in unknown.items() if is_unknown]
