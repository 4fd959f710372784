"""Walking the thread: which entities are reached from a start, and by which shortest paths. Pure.

A walk follows spine links in one direction and never turns. An insight reached through a journey counts for a persona
only if that persona, its segment, or nobody voices it; so a walk remembers the persona (or, backwards, the insight)
that it came through until the pair has been judged. Spine links are acyclic by kind, so every walk ends.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, TypeVar

from graph_api.model.values import Choice

T = TypeVar("T", str, int)

PATHS = 3
"""How many shortest paths are kept for each target."""


class TraceDirection(Choice):
    """Which way a walk goes along the thread."""

    TOWARDS_ACTION = "TOWARDS_ACTION", "On to opportunities, initiatives and those who act."
    TOWARDS_INSIGHT = "TOWARDS_INSIGHT", "Back to insights, journeys, personas and triggers."
    BOTH = "BOTH", "The two walks together, neither of which ever turns."


class Station(NamedTuple):
    """An entity on the thread."""

    id: str
    kind: str
    key: str
    insight_type: str | None = None

    @property
    def order(self) -> tuple[str, str, str]:
        """Where it stands among equals: by key, then kind."""
        return self.key, self.kind, self.id


class ThreadLink(NamedTuple):
    """A link between two stations."""

    type: str
    start: str
    finish: str
    basis: str | None = None
    confidence: float | None = None
    rationale: str | None = None
    variant: str | None = None
    """What tells it from another link of its type between the same two: a role, a relationship, grounds."""


@dataclass(slots=True)
class Path:
    """A way from the start: the links taken and the stations they lead to, in order.

    Never changed, though not frozen: a walk makes many, and of a frozen class that takes three times as long.
    """

    links: tuple[ThreadLink, ...] = ()
    stations: tuple[Station, ...] = ()
    order: tuple[tuple[str, ...], ...] = field(default=(), repr=False)

    def __len__(self) -> int:
        return len(self.links)

    def then(self, link: ThreadLink, station: Station) -> "Path":
        """Return the path one link longer."""
        step = (*station.order, link.type, link.variant or "")
        return Path((*self.links, link), (*self.stations, station), (*self.order, step))


def shortest(paths: Iterable[Path]) -> list[Path]:
    """Return the shortest few of the paths, those of equal length in the order of their keys, each once."""
    ordered = list(paths)
    if len(ordered) == 1:  # as nearly always
        return ordered
    ordered.sort(key=lambda path: (len(path), path.order))
    kept: list[Path] = []
    for path in ordered:
        if not kept or path.order != kept[-1].order:
            kept.append(path)
        if len(kept) == PATHS:
            break
    return kept


@dataclass(frozen=True)
class Thread:
    """The part of the graph that one start can reach, as the facts give it."""

    start: Station
    roots: tuple[str, ...]
    stations: Mapping[str, Station]
    """By their ids: those reached, and those at the far ends of their attached links."""
    forward: tuple[ThreadLink, ...]
    backward: tuple[ThreadLink, ...]
    attached: Mapping[str, tuple[tuple[ThreadLink, Station], ...]]
    """For each station reached, its attached links with the station at their far end."""
    voices: Mapping[str, frozenset[str]]
    """For each insight that somebody voices: who."""
    verdicts: Mapping[str, str | None] = field(default_factory=dict)
    """For each insight that something was decided about: the verdict of the latest decision."""

    @cached_property
    def leaving(self) -> Mapping[str, tuple[ThreadLink, ...]]:
        """For each station, the links that a walk forwards may take from it."""
        return _grouped((link.start, link) for link in self.forward)

    @cached_property
    def arriving(self) -> Mapping[str, tuple[ThreadLink, ...]]:
        """For each station, the links that a walk backwards may take from it."""
        return _grouped((link.finish, link) for link in self.backward)

    def first_steps(self) -> Iterator[Path]:
        """Give the ways from the start to the roots: none needed from a spine kind, else one attached hop."""
        if self.start.id in self.roots:
            yield Path()
            return
        roots = set(self.roots)
        for link, station in self.attached.get(self.start.id, ()):
            if station.id in roots:
                yield Path().then(link, station)

    def heard(self, insight: str, persona: str) -> bool:
        """Tell whether an insight counts for a persona: the persona, its segment, or nobody voices it."""
        voices = self.voices.get(insight)
        if not voices or persona in voices:
            return True
        return any(
            link.type == "IN_SEGMENT" and station.id in voices for link, station in self.attached.get(persona, ())
        )


def _grouped(pairs: Iterable[tuple[str, ThreadLink]]) -> dict[str, tuple[ThreadLink, ...]]:
    groups: dict[str, list[ThreadLink]] = defaultdict(list)
    for here, link in pairs:
        groups[here].append(link)
    return {here: tuple(links) for here, links in groups.items()}


Best = dict[str, list[Path]]
State = tuple[str, str | None]
"""A station, and the persona or insight that a walk remembers there."""


def walk(thread: Thread, firsts: Iterable[Path], *, forwards: bool) -> Best:
    """Return the shortest paths to every station that a walk in one direction reaches, its beginnings included."""
    # Of each state, the best few paths are enough: whatever continues them continues worse ones in the same order.
    kept: dict[State, list[Path]] = {}
    waiting: dict[int, dict[State, list[Path]]] = defaultdict(lambda: defaultdict(list))
    for path in firsts:
        waiting[len(path)][_beginning(thread, path)].append(path)
    while waiting:
        length = min(waiting)
        for state, candidates in waiting.pop(length).items():
            have = kept.setdefault(state, [])
            fresh = shortest(candidates)[: PATHS - len(have)]
            have += fresh
            for link, there in _steps(thread, state, forwards=forwards) if fresh else ():
                waiting[length + 1][there] += [path.then(link, thread.stations[there[0]]) for path in fresh]
    best: dict[str, list[Path]] = defaultdict(list)
    for (here, _), paths in kept.items():
        best[here] += paths
    return {here: shortest(paths) for here, paths in best.items()}


def _beginning(thread: Thread, path: Path) -> State:
    return (path.stations[-1].id if path.stations else thread.start.id), None


def _steps(thread: Thread, state: State, *, forwards: bool) -> Iterator[tuple[ThreadLink, State]]:
    """Give the steps that a walk may take from a state: the link, and the state it leads to."""
    here, carried = state
    for link in (thread.leaving if forwards else thread.arriving).get(here, ()):
        step = (link.type, link.start, link.finish)
        allowed, carries = carry(step, carried, thread.heard, forwards=forwards)
        if allowed:
            yield link, (link.finish if forwards else link.start, carries)


def carry(
    step: tuple[str, T, T], carried: T | None, heard: Callable[[T, T], bool], *, forwards: bool
) -> tuple[bool, T | None]:
    """Judge one step (a link's type, start and finish): whether it is allowed, and what the walk remembers after it.

    `heard` tells whether an insight counts for a persona.
    """
    link_type, start, finish = step
    if link_type == "TAKES":
        if forwards:
            return True, start
        return carried is None or heard(carried, start), None
    if link_type == "REVEALS":
        if forwards:
            return carried is None or heard(finish, carried), None
        return True, finish
    return True, carried


def walks(thread: Thread, towards: TraceDirection, firsts: Iterable[Path] | None = None) -> list[Best]:
    """Walk in the directions wanted, from the given beginnings or all of the start's."""
    beginnings = list(thread.first_steps() if firsts is None else firsts)
    both = towards is TraceDirection.BOTH
    found = []
    if both or towards is TraceDirection.TOWARDS_ACTION:
        found.append(walk(thread, beginnings, forwards=True))
    if both or towards is TraceDirection.TOWARDS_INSIGHT:
        found.append(walk(thread, beginnings, forwards=False))
    return found


def taken(thread: Thread, towards: TraceDirection) -> set[ThreadLink]:
    """Return every spine link that some walk takes from the start, on a short path or a long one."""
    links: set[ThreadLink] = set()
    ways = {TraceDirection.TOWARDS_ACTION: (True,), TraceDirection.TOWARDS_INSIGHT: (False,)}
    for forwards in ways.get(towards, (True, False)):
        waiting = {_beginning(thread, path) for path in thread.first_steps()}
        seen = set(waiting)
        while waiting:
            for link, there in _steps(thread, waiting.pop(), forwards=forwards):
                links.add(link)
                if there not in seen:
                    seen.add(there)
                    waiting.add(there)
    return links


def merged(bests: Iterable[Best]) -> Best:
    """Return the shortest paths to each station over several walks."""
    together: dict[str, list[Path]] = defaultdict(list)
    for best in bests:
        for here, paths in best.items():
            together[here] += paths
    return {here: shortest(paths) for here, paths in together.items()}


def attached_steps(
    thread: Thread, best: Best, wanted: Callable[[ThreadLink, Station], bool] = lambda _, __: True
) -> Iterator[Path]:
    """Give every path that takes one wanted attached link from a station reached, but for those back to the start."""
    for here, paths in best.items():
        for link, station in thread.attached.get(here, ()):
            if station.id != thread.start.id and wanted(link, station):
                for path in paths:
                    yield path.then(link, station)
