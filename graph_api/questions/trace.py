"""Trace: everything on the thread through one entity, by which paths, and where the thread breaks.

Facts: `cypher/trace.cypher`. The walk itself is in `walk`; here its result becomes the answer.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.model import MODEL
from graph_api.model.rules import DECIDED_NO, PAINS
from graph_api.questions.thread.walk import (
    Best,
    Path,
    Station,
    Thread,
    ThreadLink,
    TraceDirection,
    attached_steps,
    merged,
    shortest,
    taken,
    walks,
)
from graph_api.store.statements import Statement, chained, load

# In the order of the thread, so that lists read from insight to action.
_RANK = {name: rank for rank, name in enumerate(MODEL.kinds)}


# As their `_make`, which also counts: a thread has hundreds.
_station: Callable[[Sequence[Any]], Station] = partial(tuple.__new__, Station)
_link: Callable[[Sequence[Any]], ThreadLink] = partial(tuple.__new__, ThreadLink)


def found(station: Station) -> Found:
    """Say which entity a station is, for hydration."""
    return Found(station.id, station.kind)


def read_thread(facts: Any) -> Thread:
    """Turn the facts of trace.cypher, or of acting.cypher, into a thread."""
    start, roots, stations, forward, backward, attached, voices, verdicts = facts
    known = {row[0]: _station(row) for row in stations}
    neighbours: dict[str, list[tuple[ThreadLink, Station]]] = defaultdict(list)
    for *link, far in attached:
        made, there = _link(link), far[0]
        if (station := known.get(there)) is None:
            station = known[there] = _station(far)
        neighbours[made.finish if there == made.start else made.start].append((made, station))
    heard: dict[str, set[str]] = defaultdict(set)
    for insight, voice in voices:
        heard[insight].add(voice)
    return Thread(
        start=_station(start),
        roots=tuple(roots),
        stations=known,
        forward=tuple(map(_link, forward)),
        backward=tuple(map(_link, backward)),
        attached={here: tuple(links) for here, links in neighbours.items()},
        voices={insight: frozenset(who) for insight, who in heard.items()},
        verdicts=dict(verdicts),
    )


@dataclass(frozen=True)
class TracedLink:
    """A link of the trace."""

    link: ThreadLink
    thread: Thread

    @property
    def type(self) -> str:
        """The link type's name."""
        return self.link.type

    @property
    def start(self) -> Found:
        """The entity it leads from."""
        return found(self.thread.stations[self.link.start])

    @property
    def finish(self) -> Found:
        """The entity it leads to."""
        return found(self.thread.stations[self.link.finish])

    @property
    def on_spine(self) -> bool:
        """Whether it carries the thread."""
        return MODEL.links[self.link.type].spine

    @property
    def basis(self) -> str | None:
        """What it rests on."""
        return self.link.basis

    @property
    def confidence(self) -> float | None:
        """How sure it is, 0 to 1."""
        return self.link.confidence

    @property
    def rationale(self) -> str | None:
        """Why the two belong together."""
        return self.link.rationale


@dataclass(frozen=True)
class PathStep:
    """One link of a path and the entity it leads to."""

    link: TracedLink
    entity: Found
    forwards: bool


@dataclass(frozen=True)
class TracePath:
    """A way from the start to an entity."""

    path: Path
    thread: Thread

    @property
    def length(self) -> int:
        """How many links it takes."""
        return len(self.path)

    @property
    def steps(self) -> list[PathStep]:
        """Its links in order, each with the entity it leads to."""
        return [
            PathStep(TracedLink(link, self.thread), found(station), link.finish == station.id)
            for link, station in zip(self.path.links, self.path.stations, strict=True)
        ]

    @property
    def weakest_confidence(self) -> float | None:
        """The lowest known confidence on it, 0 to 1; null where none is known."""
        return min((link.confidence for link in self.path.links if link.confidence is not None), default=None)

    @property
    def unknown_confidences(self) -> int:
        """How many of its links have no known confidence."""
        return sum(link.confidence is None for link in self.path.links)


@dataclass(frozen=True)
class TracedNode:
    """An entity on the trace."""

    station: Station
    shortest_paths: tuple[Path, ...]
    on_spine: bool
    thread: Thread

    @property
    def entity(self) -> Found:
        """The entity itself."""
        return found(self.station)

    @property
    def kind(self) -> str:
        """Its kind, as the enum of kinds names it."""
        return MODEL.kinds[self.station.kind].enum_name

    @property
    def distance(self) -> int:
        """How many links away from the start it is."""
        return len(self.shortest_paths[0])

    @property
    def paths(self) -> list[TracePath]:
        """At most three shortest paths to it."""
        return [TracePath(path, self.thread) for path in self.shortest_paths]


@dataclass(frozen=True)
class TracedKind:
    """The entities of one kind on the trace."""

    kind: str
    """As the enum of kinds names it."""
    nodes: list[TracedNode]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.nodes)


@dataclass(frozen=True)
class ThreadBreak:
    """A place where the thread ends too early."""

    entity: Found
    direction: str
    missing: str
    mending: str


# What must come next for the thread to hold: kind, the way the walk goes, the link types of which one is expected,
# what is missing where none is there, and how to mend it.
_EXPECTED: tuple[tuple[str, TraceDirection, tuple[str, ...], str, str], ...] = (
    (
        "Insight",
        TraceDirection.TOWARDS_ACTION,
        ("RAISES",),
        "No opportunity takes it up.",
        "Link it to an opportunity, or decide no.",
    ),
    (
        "Opportunity",
        TraceDirection.TOWARDS_ACTION,
        ("ADDRESSED_BY",),
        "No proposition and no initiative addresses it.",
        "Link it to a proposition or, for a quick fix, to an initiative.",
    ),
    (
        "Proposition",
        TraceDirection.TOWARDS_ACTION,
        ("DELIVERED_BY",),
        "No initiative delivers it.",
        "Link it to the initiative that delivers it.",
    ),
    ("Initiative", TraceDirection.TOWARDS_ACTION, ("OWNED_BY",), "Nobody is accountable for it.", "Name its owner."),
    (
        "Initiative",
        TraceDirection.TOWARDS_INSIGHT,
        ("ADDRESSED_BY", "DELIVERED_BY"),
        "It answers no opportunity and delivers no proposition.",
        "Link it to what it is for.",
    ),
    (
        "Proposition",
        TraceDirection.TOWARDS_INSIGHT,
        ("ADDRESSED_BY",),
        "It addresses no opportunity.",
        "Link it to the opportunities that it addresses.",
    ),
    (
        "Opportunity",
        TraceDirection.TOWARDS_INSIGHT,
        ("RAISES",),
        "No insight and no need raises it.",
        "Link it to the insights or needs that it rests on.",
    ),
    (
        "Insight",
        TraceDirection.TOWARDS_INSIGHT,
        ("REVEALS", "VOICES", "UNDERLIES"),
        "It was observed nowhere and nobody voices it.",
        "Say where it was observed, or who voices it.",
    ),
)


@dataclass(frozen=True)
class Trace:
    """Everything on the thread through one entity."""

    thread: Thread
    towards: TraceDirection

    @property
    def start(self) -> Found:
        """The entity the trace is about."""
        return found(self.thread.start)

    @property
    def direction(self) -> str:
        """Which way was walked."""
        return self.towards.value

    @cached_property
    def _walks(self) -> list[Best]:
        return walks(self.thread, self.towards)

    @cached_property
    def _nodes(self) -> list[TracedNode]:
        spine = merged(self._walks)
        paths: dict[str, list[Path]] = defaultdict(list)
        for path in (*(path for paths in spine.values() for path in paths), *self._ends(spine)):
            if path.stations:
                paths[path.stations[-1].id].append(path)
        nodes = [
            TracedNode(self.thread.stations[here], tuple(shortest(candidates)), here in spine, self.thread)
            for here, candidates in paths.items()
            if here != self.thread.start.id
        ]
        return sorted(nodes, key=lambda node: (_RANK[node.station.kind], node.station.order))

    def _ends(self, spine: Best) -> Iterable[Path]:
        yield from attached_steps(self.thread, spine)
        if self.thread.start.id not in spine:
            # A start off the spine also shows what is attached to it and leads nowhere.
            for link, station in self.thread.attached.get(self.thread.start.id, ()):
                yield Path().then(link, station)

    def nodes(self, kinds: list[str] | None = None) -> list[TracedNode]:
        """List what is on the trace in the order of the thread, the start left out; of these kinds only, if given."""
        return [node for node in self._nodes if kinds is None or node.station.kind in kinds]

    @property
    def kinds(self) -> list[TracedKind]:
        """What is on the trace, by kind in the order of the thread."""
        present = dict.fromkeys(node.station.kind for node in self._nodes)
        return [TracedKind(MODEL.kinds[kind].enum_name, self.nodes([kind])) for kind in present]

    @property
    def links(self) -> list[TracedLink]:
        """The spine links that the walks take, and the attached links of what they reach, in the model's order."""
        reached = {self.thread.start.id, *(node.station.id for node in self._nodes if node.on_spine)}
        beside = {link for here in reached for link, _ in self.thread.attached.get(here, ())}
        rank = {name: place for place, name in enumerate(MODEL.links)}
        ordered = sorted(
            taken(self.thread, self.towards) | beside,
            key=lambda link: (
                rank[link.type],
                self.thread.stations[link.start].order,
                self.thread.stations[link.finish].order,
                link.variant or "",
            ),
        )
        return [TracedLink(link, self.thread) for link in ordered]

    @property
    def breaks(self) -> list[ThreadBreak]:
        """Where the thread ends too early: towards action for pains and what follows from them, towards insight too."""
        breaks = []
        for towards, best in zip(self._directions(), self._walks, strict=True):
            reached = sorted((self.thread.stations[here] for here in best), key=lambda s: (_RANK[s.kind], s.order))
            links = self.thread.forward if towards is TraceDirection.TOWARDS_ACTION else self.thread.backward
            leaving = {
                (link.start if towards is TraceDirection.TOWARDS_ACTION else link.finish, link.type) for link in links
            }
            owned = {(here, link.type) for here, hops in self.thread.attached.items() for link, _ in hops}
            for station in reached:
                for kind, way, expected, missing, mending in _EXPECTED:
                    if kind != station.kind or way is not towards:
                        continue
                    idle = way is TraceDirection.TOWARDS_ACTION and self._need_not_lead_to_action(station)
                    if not idle and not any((station.id, name) in leaving | owned for name in expected):
                        breaks.append(ThreadBreak(found(station), way.value, missing, mending))
        return breaks

    def _need_not_lead_to_action(self, station: Station) -> bool:
        """Tell an insight that delights or merely is so, or to which the latest decision was no."""
        return station.kind == "Insight" and (
            station.insight_type not in (*PAINS, None) or self.thread.verdicts.get(station.id) == DECIDED_NO
        )

    def _directions(self) -> list[TraceDirection]:
        return (
            [TraceDirection.TOWARDS_ACTION, TraceDirection.TOWARDS_INSIGHT]
            if self.towards is TraceDirection.BOTH
            else [self.towards]
        )


@dataclass(frozen=True)
class TraceQuestion:
    """The question `trace(kind, key, direction)`."""

    name: str = "trace"
    about_entity: bool = True

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads the thread."""
        return chained(load("trace/roots"), load("trace/walked"), load("trace"), given="start")

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give no parameters; there are none."""
        return {}

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> Trace:
        """Walk the thread in the direction asked for."""
        return Trace(read_thread(facts), arguments["direction"])
