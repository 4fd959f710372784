"""Comparison: those whom an initiative reached, held against others of whom the same was measured. Pure.

The propositions that it delivers name whom they are for: segments, accounts, personas. Looked at is the first of these
kinds of which some were reached and others not, with enough measured of both. A segment of which an account was
reached, and an account in a segment that was, are no comparison.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from graph_api.compile.question import Found
from graph_api.questions.figures.interruption import TREND_POINTS, Against, against_others, enough
from graph_api.questions.figures.kpi import Part, mixed
from graph_api.questions.figures.observation import Asked, Measured, observe, sides
from graph_api.questions.thread.scope import Number

Members: TypeAlias = Mapping[Number, Sequence[Number]]
"""The segments of accounts."""
Targets: TypeAlias = Mapping[str, frozenset[Number]]
"""Whom an initiative reached, by kind."""

_KINDS = ("Segment", "Account", "Persona")
"""In the order in which they are looked at."""


@dataclass(frozen=True)
class Comparison:
    """Those whom an initiative reached, against others."""

    kind: str
    reached_parts: Sequence[Part]
    other_parts: Sequence[Part]
    left_out_parts: Sequence[Part]
    against: Against

    @property
    def reached(self) -> list[Found]:
        """Those reached, by key."""
        return _found(self.reached_parts)

    @property
    def others(self) -> list[Found]:
        """Those that they are held against, by key."""
        return _found(self.other_parts)

    @property
    def left_out(self) -> list[Found]:
        """Those measured that count as neither, by key: too few points, or reached in part."""
        return _found(self.left_out_parts)

    @property
    def numbers(self) -> tuple[frozenset[Number], frozenset[Number]]:
        """The numbers of those reached and of the others."""
        return frozenset(part.number for part in self.reached_parts), frozenset(
            part.number for part in self.other_parts
        )


def _found(parts: Iterable[Part]) -> list[Found]:
    return [Found(part.id, part.kind) for part in sorted(parts, key=lambda part: part.key)]


def compare(measured: Measured, targets: Targets, members: Members, live: str, asked: Asked) -> Comparison | None:
    """Hold those reached by something that went live on a day against others; None where not measured alike."""
    return next(_comparisons(measured, targets, members, live, asked), None)


def _comparisons(
    measured: Measured, targets: Targets, members: Members, live: str, asked: Asked
) -> Iterator[Comparison]:
    kpi = measured.kpi
    for kind in _KINDS:
        wanted = targets.get(kind, frozenset())
        parts = measured.parts(kind)
        if not wanted & set(parts) or mixed(kpi, (one for _, series in parts.values() for one in series)):
            continue
        split = {number: sides(observe(kpi, series, live, asked)) for number, (_, series) in parts.items()}
        kept = {
            number
            for number, both in split.items()
            if enough(*both, TREND_POINTS) and (number in wanted or not _blurred(kind, targets, members, number))
        }
        reached, others = sorted(kept & wanted), sorted(kept - wanted)
        if not reached or not others:
            continue
        before, after = ({on for number in kept for on, _ in split[number][place]} for place in (0, 1))
        by_day = {number: dict([*split[number][0], *split[number][1]]) for number in kept}
        against = against_others([by_day[one] for one in reached], [by_day[one] for one in others], before, after)
        if against is not None:
            ours, theirs, rest = ([parts[one][0] for one in of] for of in (reached, others, set(parts) - kept))
            yield Comparison(kind, ours, theirs, rest, against)


def _blurred(kind: str, targets: Targets, members: Members, part: Number) -> bool:
    """Tell whether a part that no proposition is for was reached in part all the same."""
    if kind == "Segment":
        return any(part in members.get(account, ()) for account in targets.get("Account", ()))
    return kind == "Account" and any(one in targets.get("Segment", ()) for one in members.get(part, ()))
