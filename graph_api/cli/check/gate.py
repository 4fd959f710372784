"""The gate: which bounds coverage is held to, and whether it holds. Pure."""

import math
from dataclasses import dataclass
from typing import Any

from graph_api.cli.bar import percent, tenths

MAX_HIGH, MIN_SCORE = "maxHigh", "minScore"


@dataclass(frozen=True)
class Bounds:
    """What coverage is held to."""

    max_high: int | None = None
    """At most so many gaps of severity HIGH."""
    min_score: float | None = None
    """At least this score, in percent."""

    def over(self, others: "Bounds") -> "Bounds":
        """Return these bounds, and the others where these say nothing; where both do not, no gap may be HIGH."""
        max_high = others.max_high if self.max_high is None else self.max_high
        min_score = others.min_score if self.min_score is None else self.min_score
        return Bounds(0 if max_high is None and min_score is None else max_high, min_score)


@dataclass(frozen=True)
class Held:
    """A bound, what was found, and whether that keeps it."""

    name: str
    bound: float
    found: float | None
    holds: bool
    sentence: str
    """That in words, with by how much where it does not hold."""

    def as_json(self) -> dict[str, Any]:
        """Return what programs get."""
        return {
            "name": self.name,
            "bound": self.bound,
            "found": self.found,
            "holds": self.holds,
            "sentence": self.sentence,
        }


def hold(bounds: Bounds, high: int, score: float | None) -> list[Held]:
    """Hold each bound that there is against the gaps of severity HIGH and the score, 0 to 1."""
    held = []
    if bounds.max_high is not None:
        held.append(_high(bounds.max_high, high))
    if bounds.min_score is not None:
        held.append(_score(bounds.min_score, score))
    return held


def _high(bound: int, high: int) -> Held:
    gaps = "1 gap of severity HIGH" if high == 1 else f"{high} gaps of severity HIGH"
    holds = high <= bound
    end = f", at most {bound} allowed." if holds else f": {high - bound} more than the {bound} allowed."
    return Held(MAX_HIGH, bound, high, holds=holds, sentence=gaps + end)


def _score(bound: float, score: float | None) -> Held:
    if score is None:
        sentence = f"No score, at least {bound:g}% wanted: no rule that counts applies here."
        return Held(MIN_SCORE, bound, None, holds=False, sentence=sentence)
    found = score * 100
    holds = found >= bound or math.isclose(found, bound, rel_tol=1e-9)
    short = -tenths(found - bound)
    end = f", at least {bound:g}% wanted." if holds else f": {short:.1f} points under the {bound:g}% wanted."
    return Held(MIN_SCORE, bound, found, holds=holds, sentence=f"Score {percent(score)}{end}")
