"""Chains of KPIs of which each drives the next, none twice on a chain. Pure.

KPIs that all drive each other have more chains than anybody could list. So a chain has eight links at most; 200 are
listed, those of the fewest links first and then in the order of keys; and the work is bounded, since a search goes only
where an end can still be reached in the links that are left. Whatever is left out is told.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph_api.model.values import Choice
from graph_api.questions.thread.scope import Number, grouped

LONGEST = 8
"""So many links a chain has at most; cypher/business_value.cypher reads as far."""
MOST = 200
"""So many chains are listed at most."""
_EFFORT = 300_000
"""So many links are looked at, at most, in search of them."""


class ChainStop(Choice):
    """Why a chain goes no further."""

    END = "END", "At an end: a KPI in money, or one that drives no other."
    CIRCLE = "CIRCLE", "It would go round: whatever its last KPI drives is on it already."
    LIMIT = "LIMIT", f"It has {LONGEST} links, and goes on."


@dataclass(frozen=True, slots=True)
class Drive:
    """That one KPI drives another."""

    start: Number
    finish: Number
    effect: float | None
    """Change of the second for one unit of the first."""
    grounds: str | None
    lag: str | None
    """ISO 8601."""
    source: str | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Chain:
    """A way from one KPI to another; without links it is one KPI alone."""

    start: Number
    drives: tuple[Drive, ...]
    stop: ChainStop

    @property
    def end(self) -> Number:
        """The last KPI."""
        return self.drives[-1].finish if self.drives else self.start

    @property
    def after(self) -> tuple[Number, ...]:
        """The KPIs after the first."""
        return tuple(drive.finish for drive in self.drives)


@dataclass(frozen=True, slots=True)
class Chains:
    """The chains from some KPIs."""

    listed: Sequence[Chain]
    more: bool
    """Whether there are others, or may be: more than are listed, or than could be looked for."""
    longer: bool
    """Whether, or maybe whether, something goes on beyond the longest chain allowed."""


class _SpentError(Exception):
    """The search has cost all that it may."""


@dataclass
class _Search:
    out: Mapping[Number, Sequence[Drive]]
    into: Mapping[Number, Sequence[Number]]
    ends: Collection[Number]
    looked: int = field(default=0)

    def _spend(self) -> None:
        self.looked += 1
        if self.looked > _EFFORT:
            raise _SpentError

    def _distances(self, start: Number) -> dict[Number, int]:
        """Tell how many links the nearest end is from each KPI, on ways that do not lead through the start."""
        found = dict.fromkeys(self.ends, 0)
        edge = list(self.ends)
        for length in range(1, LONGEST + 1):
            following = []
            for here in edge:
                for there in self.into.get(here, ()) if here != start else ():
                    self._spend()
                    if there not in found:
                        found[there] = length
                        following.append(there)
            edge = following
        return found

    def _exactly(
        self, length: int, walked: list[Drive], seen: set[Number], here: Number, hopeful: Callable[[Number, int], bool]
    ) -> Iterator[tuple[Drive, ...]]:
        """Yield what goes on from here by just so many links, in the order of keys."""
        if not length:
            yield tuple(walked)
            return
        for drive in self.out.get(here, ()):
            self._spend()
            if drive.finish not in seen and hopeful(drive.finish, length - 1):
                walked.append(drive)
                seen.add(drive.finish)
                yield from self._exactly(length - 1, walked, seen, drive.finish, hopeful)
                seen.remove(drive.finish)
                walked.pop()

    def _to_the_last(self, walked: list[Drive], seen: set[Number], here: Number) -> Iterator[Chain]:
        """Yield what goes on from here until it would go round, or is too long."""
        onward = [drive for drive in self.out.get(here, ()) if drive.finish not in seen]
        if not onward or len(walked) == LONGEST:
            start = walked[0].start if walked else here
            yield Chain(start, tuple(walked), ChainStop.LIMIT if onward else ChainStop.CIRCLE)
            return
        for drive in onward:
            self._spend()
            walked.append(drive)
            seen.add(drive.finish)
            yield from self._to_the_last(walked, seen, drive.finish)
            seen.remove(drive.finish)
            walked.pop()

    def _near(self, starts: Sequence[Number]) -> dict[Number, dict[Number, int]]:
        """Give the distances for as many starts as can be listed and the effort allows; ends, which are near, first."""
        near: dict[Number, dict[Number, int]] = {}
        try:
            for start in sorted(starts, key=lambda start: start not in self.ends)[: MOST + 1]:
                near[start] = self._distances(start)
        except _SpentError:
            pass
        self.looked = 0
        return near

    def chains(self, starts: Sequence[Number]) -> Iterator[Chain]:
        """Yield the chains to ends, the shortest first; then those from KPIs that lead to none."""
        near = self._near(starts)
        leading = [start for start in near if start in near[start]]
        for length in range(LONGEST + 1):
            for start in leading:
                hopeful = _within(near[start])
                if length or start in self.ends:
                    for walked in self._exactly(length, [], {start}, start, hopeful):
                        yield Chain(start, walked, ChainStop.END)
        for start in near:
            if start not in near[start]:
                yield from self._to_the_last([], {start}, start)
        if len(near) < len(starts):
            raise _SpentError

    def goes_on(self, starts: Iterable[Number]) -> bool:
        """Tell whether a chain of one link more than allowed begins at any of them."""
        steps = dict.fromkeys({*self.out, *self.into}, 0)
        for length in range(LONGEST + 1):
            for start in [start for start in self.out if steps[start] == length]:
                if any(steps[drive.finish] >= length for drive in self.out[start]):
                    steps[start] = length + 1
        self.looked = 0
        try:
            return any(
                next(self._exactly(LONGEST + 1, [], {start}, start, lambda there, left: steps[there] >= left), None)
                for start in starts
            )
        except _SpentError:
            return True


def _within(near: Mapping[Number, int]) -> Callable[[Number, int], bool]:
    return lambda there, left: there in near and near[there] <= left


def chains(
    starts: Iterable[Number], drives: Iterable[Drive], keys: Mapping[Number, str], ends: Collection[Number]
) -> Chains:
    """List the chains from some KPIs to ends, and from those that lead to no end as far as they go.

    `keys` has all KPIs that a chain may lead to; `drives` may lead one further.
    """
    out: dict[Number, list[Drive]] = defaultdict(list)
    for drive in sorted(drives, key=lambda drive: keys.get(drive.finish, "")):
        out[drive.start].append(drive)
    pairs = [(drive.finish, drive.start) for found in out.values() for drive in found]
    search = _Search(out, grouped(*zip(*pairs, strict=True)) if pairs else {}, ends)
    ordered = sorted(set(starts), key=keys.__getitem__)
    listed: list[Chain] = []
    more = False
    try:
        for chain in search.chains(ordered):
            if len(listed) == MOST:
                more = True
                break
            listed.append(chain)
    except _SpentError:
        more = True
    listed.sort(key=lambda chain: (len(chain.drives), [keys[number] for number in (chain.start, *chain.after)]))
    return Chains(listed, more, search.goes_on(ordered))


def driven_by(start: Number, drives: Iterable[Drive]) -> set[Number]:
    """Return the KPIs that one drives, at once or through others; itself too where it stands in a circle."""
    pairs = [(drive.start, drive.finish) for drive in drives]
    out = grouped(*zip(*pairs, strict=True)) if pairs else {}
    found: set[Number] = set()
    waiting = [start]
    while waiting:
        following = set(out.get(waiting.pop(), ())) - found
        found |= following
        waiting += following
    return found


def circles(drives: Iterable[Drive]) -> list[list[Number]]:
    """Return the groups of KPIs of which each drives all others, and itself, through others or at once."""
    # scipy takes its time to import, which neither the start of the service nor other questions should.
    from scipy.sparse import coo_array  # type: ignore[import-untyped] # noqa: PLC0415 - scipy has no types; see above
    from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped] # noqa: PLC0415 - as above

    links = {(drive.start, drive.finish) for drive in drives}
    numbers = sorted({number for link in links for number in link})
    if not numbers:
        return []
    places = {number: place for place, number in enumerate(numbers)}
    rows, columns = ([places[link[side]] for link in links] for side in (0, 1))
    matrix = coo_array(([1] * len(links), (rows, columns)), shape=(len(numbers), len(numbers)))
    _, groups = connected_components(matrix, directed=True, connection="strong")
    members = grouped(map(int, groups), numbers)
    return [group for group in members.values() if len(group) > 1 or (group[0], group[0]) in links]
