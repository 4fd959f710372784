"""What becomes of the links of a change set, given what the graph holds. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph_api.change.changeset import Fault, Ref
from graph_api.change.cycles import cycles
from graph_api.change.effects import Linked, Relinked, link_id
from graph_api.change.faults import FaultCode
from graph_api.change.figures import too_many
from graph_api.change.order import arrange, moved
from graph_api.change.present import Relation, Relations
from graph_api.change.resolve import End, KnownKeys, Stamp, difference
from graph_api.change.validate import CheckedLink
from graph_api.model import MODEL, LinkType

POSITION = "position"
SET_HERE = frozenset({"id", "createdAt", "createdBy", "only", "parent"})
"""The properties of a link that no change sets."""
# Of a cycle's keys, how many a message shows.
SHOWN = 10


@dataclass(slots=True)
class Wanted:
    """A link that the set wants to be there, all that it says about it taken together."""

    id: str
    index: int
    """Of the first change that wants it; -1 where it only comes back."""
    type: LinkType
    start: End
    finish: End
    values: dict[str, Any]
    back: Relation | None = None
    """What it was, where it comes back."""
    existing: bool = False
    """Whether it must be there."""

    @property
    def path(self) -> tuple[str | int, ...]:
        """Where the set wants it."""
        return ("links", self.index) if self.index >= 0 else ("restores", self.id)

    def __str__(self) -> str:
        place = f"Link {self.index + 1}" if self.index >= 0 else "A link that would come back"
        return f"{place} ({self.start.ref} {self.type.name} {self.finish.ref})"


@dataclass(slots=True)
class Links:
    """What becomes of the links of a set."""

    effects: list[Linked | Relinked] = field(default_factory=list)
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    """Why links that would come back do not."""


def wanted_links(
    links: Iterable[CheckedLink], ends: Mapping[Ref, End], known: KnownKeys
) -> tuple[list[Wanted], list[Fault]]:
    """Find the entities that the links name, and take together what is said of the same link."""
    wanted: dict[str, Wanted] = {}
    faults = []
    for item in links:
        start, finish = ends.get(item.start), ends.get(item.finish)
        for side, ref, end in (("start", item.start, start), ("finish", item.finish, finish)):
            if end is None:
                place = f"Link {item.index + 1} ({item.start} {item.type.name} {item.finish})"
                message = f"{place}: there is no {ref}, neither here nor in the graph{known.suggest(ref)}"
                faults.append(Fault(("links", item.index, side), FaultCode.NOT_FOUND, message))
        if start and finish:
            identity = link_id(item.type, start.id, finish.id, item.distinguished)
            first = wanted.setdefault(identity, Wanted(identity, item.index, item.type, start, finish, {}))
            first.values |= item.values
            first.existing |= item.existing
    return list(wanted.values()), faults


def coming_back(links: Iterable[Relation], ends: Mapping[str, End]) -> list[Wanted]:
    """Want removed links again, as they were; `ends` has the entities they join, by id."""
    return [
        Wanted(link.id, -1, MODEL.links[link.type], ends[link.start], ends[link.finish], _former(link), back=link)
        for link in links
    ]


def patching(wanted: Iterable[Wanted], returning: Mapping[str, Relation]) -> None:
    """Let what the set says of links that come back be a patch of what they were."""
    for item in wanted:
        if link := returning.get(item.id):
            item.values = _former(link) | item.values
            item.back = link


def _former(link: Relation) -> dict[str, Any]:
    return {name: value for name, value in link.properties.items() if name not in SET_HERE}


def relate(wanted: list[Wanted], present: Relations, stamp: Stamp, vacated: Collection[tuple[str, str]] = ()) -> Links:
    """Find out what becomes of each link, and of those that must give way to it, or may move up, in an order.

    A link that would come back and no longer fits beside what is there is left out. `vacated` names the orders that
    lose a member: link type and id of the start.
    """
    result = Links()
    faults = [*_only_one(wanted, present), *_cycles(wanted, present)]
    unfit = {str(fault.path[1]): fault for fault in faults if fault.path[0] == "restores"}
    if unfit:
        result = relate([item for item in wanted if item.id not in unfit], present, stamp, vacated)
        result.left_out += [fault.message for fault in unfit.values()]
        return result
    result.faults += faults
    positions = _positions(wanted, present, vacated)
    for item in wanted:
        there = present.by_id.get(item.id)
        known = there.properties if there else {}
        for name, words in too_many(item.type.name, {**known, **item.values}):
            result.faults.append(Fault((*item.path, "fields", name), FaultCode.INVALID_VALUE, f"{item}: {words}."))
        place = positions.pop(item.id, None)
        values = {name: value for name, value in item.values.items() if not (item.type.positioned and name == POSITION)}
        if place is not None:
            values[POSITION] = place
        if there is None:
            if item.existing:
                message = f"{item}: there is no such link; make it first, or leave it out."
                result.faults.append(Fault(item.path, FaultCode.NOT_FOUND, message))
            result.effects.append(Linked(_new(item, values, stamp), restored=item.back is not None))
        elif changed := difference(there.properties, values):
            result.effects.append(Relinked(there, changed))
        else:
            result.unchanged += 1
    # What is left are links that nobody mentioned: they make room.
    others = {relation.id: relation for group in present.leaving.values() for relation in group}
    result.effects += [Relinked(others[identity], {POSITION: place}) for identity, place in positions.items()]
    return result


def _new(item: Wanted, values: Mapping[str, Any], stamp: Stamp) -> Relation:
    properties = {name: value for name, value in values.items() if value is not None}
    stamps = {"createdAt": stamp.at, "createdBy": stamp.by}
    if item.back:
        stamps = {name: item.back.properties[name] for name in stamps if name in item.back.properties}
    properties |= {"id": item.id, **stamps}
    # The two properties whose uniqueness Neo4j guards, where at most one such link may be there.
    if item.start.ref.kind in item.type.one:
        properties["only"] = item.start.id
    if item.type.one_parent:
        properties["parent"] = item.finish.id
    return Relation(item.type.name, item.id, item.start.id, item.finish.id, properties)


def _only_one(wanted: Iterable[Wanted], present: Relations) -> Iterable[Fault]:
    first: dict[tuple[str, str, str], Wanted] = {}
    for item in wanted:
        name = item.type.name
        if item.start.ref.kind in item.type.one:
            said = f"at most one {name} link leaves {item.start.ref}"
            beside = [
                (present.refs[other.finish], other.finish) for other in present.leaving.get((name, item.start.id), ())
            ]
            yield from _second(first, (name, "start", item.start.id), item, item.finish, beside, said)
        if item.type.one_parent:
            said = f"at most one {name} link arrives at {item.finish.ref}"
            beside = [
                (present.refs[other.start], other.start) for other in present.arriving.get((name, item.finish.id), ())
            ]
            yield from _second(first, (name, "finish", item.finish.id), item, item.start, beside, said)


def _second(  # noqa: PLR0913, PLR0917 - private; the two sides of one rule
    first: dict[tuple[str, str, str], Wanted],
    place: tuple[str, str, str],
    item: Wanted,
    far: End,
    beside: list[tuple[Ref, str]],
    said: str,
) -> Iterable[Fault]:
    side = "finish" if place[1] == "start" else "start"
    others = [ref for ref, identity in beside if identity != far.id]
    earlier = first.setdefault(place, item)
    if others:
        message = f"{item}: {said}, and {others[0]} is there already; remove that link first, or leave this one out."
        yield Fault((*item.path, side), FaultCode.ONLY_ONE, message)
    elif earlier is not item:
        other = f"link {earlier.index + 1}" if earlier.index >= 0 else "another that would come back"
        message = f"{item}: {said}, and {other} is another one; keep one of them."
        yield Fault((*item.path, side), FaultCode.ONLY_ONE, message)


def _cycles(wanted: Iterable[Wanted], present: Relations) -> Iterable[Fault]:
    by_type: dict[str, dict[tuple[str, str], Wanted]] = {}
    for item in wanted:
        if item.type.acyclic and item.id not in present.by_id:
            by_type.setdefault(item.type.name, {})[item.start.id, item.finish.id] = item
    for name, new in by_type.items():
        far = {start: [link.finish for link in links] for (of, start), links in present.leaving.items() if of == name}
        refs = present.refs | {end.id: end.ref for item in new.values() for end in (item.start, item.finish)}
        for cycle in cycles(far, new):
            item = min((new[link] for link in cycle.new), key=lambda found: found.index)
            keys = [str(refs[identity]) for identity in (*cycle.walk, cycle.walk[0])]
            shown = keys if len(keys) <= SHOWN else [*keys[: SHOWN - 1], "…", keys[-1]]
            message = f"{item}: that closes a cycle, {' → '.join(shown)}; leave one of these links out."
            yield Fault(item.path, FaultCode.CYCLE, message)


def _positions(wanted: Iterable[Wanted], present: Relations, vacated: Collection[tuple[str, str]]) -> dict[str, int]:
    """Return the links, mentioned or not, whose position is another one now."""
    lists: dict[tuple[str, str], list[Wanted]] = {of: [] for of in vacated}
    for item in wanted:
        if item.type.positioned:
            lists.setdefault((item.type.name, item.start.id), []).append(item)
    found: dict[str, int] = {}
    for of, items in lists.items():
        asked = [(item.id, item.values.get(POSITION)) for item in items]
        if of not in vacated and all(position is None and identity in present.by_id for identity, position in asked):
            continue
        there = sorted(
            present.leaving.get(of, ()), key=lambda link: (link.position is None, link.position or 0, link.id)
        )
        before = {link.id: link.position for link in there}
        found |= moved(before, arrange([link.id for link in there], asked))
    return found


def neighbourhood(
    wanted: Iterable[Wanted], by_id: Mapping[str, Relation], vacated: Iterable[tuple[str, str]] = ()
) -> "Neighbourhood":
    """Say which links of the graph must be known besides the mentioned ones to judge them."""
    needs = Neighbourhood()
    for link_type, start in vacated:
        needs.leaving.setdefault(link_type, set()).add(start)
    for item in wanted:
        link, fresh = item.type, item.id not in by_id
        if not item.start.new and (item.start.ref.kind in link.one or link.positioned):
            needs.leaving.setdefault(link.name, set()).add(item.start.id)
        if not item.finish.new and link.one_parent:
            needs.arriving.setdefault(link.name, set()).add(item.finish.id)
        if not item.finish.new and link.acyclic and fresh:
            needs.reachable.setdefault(link.name, set()).add(item.finish.id)
    return needs


@dataclass(slots=True)
class Neighbourhood:
    """Ids of entities by link type: whose leaving, arriving and reachable links are needed."""

    leaving: dict[str, set[str]] = field(default_factory=dict)
    arriving: dict[str, set[str]] = field(default_factory=dict)
    reachable: dict[str, set[str]] = field(default_factory=dict)
