"""Who acts: the departments on an opportunity's thread, and the opportunities and pains on a department's.

Short forms of the trace, on a part of its facts. A department's role follows from the link at its end of the path:
ACCOUNTABLE (it owns), RUNS (it runs the touchpoint), else the role of its involvement.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from graph_api.compile.question import Found, Selected
from graph_api.model.rules import PAINS
from graph_api.model.values import Choice
from graph_api.questions.thread.walk import (
    Path,
    Station,
    Thread,
    ThreadLink,
    TraceDirection,
    attached_steps,
    merged,
    shortest,
    walks,
)
from graph_api.questions.trace import TracePath, found, read_thread
from graph_api.store.acting import ACTS
from graph_api.store.statements import Statement, chained, load


class ActingRole(Choice):
    """The part that an owner or party has on a path."""

    ACCOUNTABLE = "ACCOUNTABLE", "Owns something on the path."
    RUNS = "RUNS", "Runs a touchpoint on the path."
    RESPONSIBLE = "RESPONSIBLE", "Does work on the path."
    CONSULTED = "CONSULTED", "Is asked before."
    INFORMED = "INFORMED", "Is told after."


def role(link: ThreadLink) -> str | None:
    """Name the part that a link gives an owner or party; null where it gives none, or an unknown one."""
    return {"OWNED_BY": "ACCOUNTABLE", "RUN_BY": "RUNS"}.get(link.type, link.variant)


def _acts(link: ThreadLink) -> bool:
    return link.type in ACTS


@dataclass(frozen=True)
class ActingEdge:
    """An entity with the role that connects it, and by which paths."""

    node: Found
    role: str | None
    through: list[Found]
    """What the department owns, runs or is involved in, in this role, on any path between the two; by key."""
    shortest_paths: tuple[Path, ...]
    thread: Thread

    @property
    def paths(self) -> list[TracePath]:
        """At most three shortest paths, from the entity that was asked."""
        return [TracePath(path, self.thread) for path in self.shortest_paths]


@dataclass(frozen=True)
class ActingConnection:
    """Entities, each once in `nodes`, and once for each of its roles in `edges`."""

    edges: list[ActingEdge]

    @property
    def nodes(self) -> list[Found]:
        """The entities, each once."""
        return list(dict.fromkeys(edge.node for edge in self.edges))


@dataclass(frozen=True)
class DepartmentPains:
    """A department's pains, those it owns apart from those at its touchpoints."""

    owned: ActingConnection
    at_touchpoints: ActingConnection


def _connection(thread: Thread, paths: Iterable[tuple[str | None, Station, Path]]) -> ActingConnection:
    """Gather paths by their end and the department's role; each comes with the station at which it has that role."""
    grouped: dict[tuple[Station, str | None], list[Path]] = defaultdict(list)
    through: dict[tuple[Station, str | None], set[Station]] = defaultdict(set)
    for part, where, path in paths:
        grouped[path.stations[-1], part].append(path)
        through[path.stations[-1], part].add(where)
    order = {part.value: place for place, part in enumerate(ActingRole)}
    return ActingConnection(
        [
            ActingEdge(
                found(station),
                part,
                [found(where) for where in sorted(through[station, part], key=lambda where: where.order)],
                tuple(shortest(candidates)),
                thread,
            )
            for (station, part), candidates in sorted(
                grouped.items(), key=lambda item: (item[0][0].order, order.get(item[0][1] or "", len(order)))
            )
        ]
    )


def departments(facts: Any) -> ActingConnection:
    """Find the departments on an opportunity's thread: who owns, runs or is involved in anything on it, both ways."""
    thread = read_thread(facts)
    best = merged(walks(thread, TraceDirection.BOTH))
    return _connection(
        thread,
        (
            (role(path.links[-1]), path.stations[-2] if len(path) > 1 else thread.start, path)
            for path in attached_steps(thread, best, lambda link, station: station.kind == "Department" and _acts(link))
        ),
    )


def _from_department(thread: Thread, towards: TraceDirection) -> Iterable[tuple[str | None, Station, Path]]:
    """Walk from each thing that the department owns, runs or is involved in, with its role there.

    Each by itself: among the shortest paths from all of them together, some would not be found again.
    """
    for first in thread.first_steps():
        if first.links and _acts(first.links[0]):
            for paths in merged(walks(thread, towards, [first])).values():
                yield from ((role(first.links[0]), first.stations[0], path) for path in paths)


def opportunities(facts: Any) -> ActingConnection:
    """Find the opportunities on the thread of what a department owns, runs or is involved in."""
    thread = read_thread(facts)
    return _connection(
        thread,
        (
            (part, where, path)
            for part, where, path in _from_department(thread, TraceDirection.BOTH)
            if path.stations[-1].kind == "Opportunity"
        ),
    )


def pains(facts: Any) -> DepartmentPains:
    """Find a department's pains: those whose opportunity it owns and, apart from them, those at its touchpoints."""
    thread = read_thread(facts)

    def pain(path: Path) -> bool:
        return path.stations[-1].kind == "Insight" and path.stations[-1].insight_type in PAINS

    owned = [
        (part, where, path)
        for part, where, path in _from_department(thread, TraceDirection.TOWARDS_INSIGHT)
        if part == "ACCOUNTABLE" and pain(path) and _through(path, "Opportunity")
    ]
    at_touchpoints = [
        (part, where, path)
        for part, where, path in _from_department(thread, TraceDirection.TOWARDS_ACTION)
        if part == "RUNS" and pain(path) and _through(path, "Touchpoint")
    ]
    return DepartmentPains(_connection(thread, owned), _connection(thread, at_touchpoints))


def _through(path: Path, first_kind: str) -> bool:
    """Tell whether the path leads straight from something of this kind to its end."""
    return path.stations[0].kind == first_kind and len(path) == 2  # noqa: PLR2004 - one hop to it, one on


@dataclass(frozen=True)
class ActingQuestion:
    """A short form of the trace: its name, and the arithmetic on the trace's facts."""

    name: str
    work: Callable[[Any], object]
    about_entity: bool = True

    def facts(self, arguments: Mapping[str, Any], selected: Selected) -> Statement:
        """Return the statement that reads as much of the thread as these forms take."""
        return chained(load("trace/acted_in"), load("trace/walked"), load("acting"), given="start")

    def parameters(self, arguments: Mapping[str, Any], selected: Selected) -> Mapping[str, Any]:
        """Give no parameters; there are none."""
        return {}

    def answer(self, facts: Any, arguments: Mapping[str, Any]) -> object:
        """Work the answer out; there are no arguments."""
        return self.work(facts)


DEPARTMENTS = ActingQuestion("departments", departments)
OPPORTUNITIES = ActingQuestion("opportunities", opportunities)
PAINS_OF_DEPARTMENT = ActingQuestion("pains", pains)
