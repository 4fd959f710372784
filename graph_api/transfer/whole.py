"""Judge an import too large to be held as one change set: everything that can be known before anything is written.

The source is read once, piece by piece; of each item only what other items can contradict is kept, as numbers. Then the
graph is asked about what is there already. Only where something is wrong the source is read again, for the places.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from graph_api.change import present
from graph_api.change.changeset import ChangeSet, EntityChange, Fault, LinkChange, Ref
from graph_api.change.cycles import cycles
from graph_api.change.faults import FaultCode
from graph_api.change.figures import COUNTING, against_kpi, too_many
from graph_api.change.present import SUGGESTED_FROM
from graph_api.change.relate import POSITION, SHOWN
from graph_api.change.resolve import KnownKeys
from graph_api.change.validate import Checked, CheckedEntity, CheckedLink, check, missing, named
from graph_api.model import MODEL
from graph_api.store.connection import Store
from graph_api.transfer.drafting import Draft, Part, Source
from graph_api.transfer.places import Faults

PIECE = 2_000
"""Items that are checked at a time."""
MAX_FAULTS = 1_000
"""With so many, nobody needs more; the rest is not looked for."""
ASKED = 10_000
"""Keys, ids and starts that one question to the graph may name."""

MEASUREMENT, MEASURED = "Measurement", "HAS_MEASUREMENT"

Step = Callable[[int], None]
Steps = tuple[str | int, ...]
LinkName = tuple[str, Ref, Ref]
"""A link by type and ends, whatever distinguishes it from others between the same."""


class _Numbers:
    """Numbers for entities, in the order in which they are met."""

    def __init__(self) -> None:
        self.by_kind: dict[str, dict[str, int]] = {name: {} for name in MODEL.kinds}
        self._next = 0

    def of(self, ref: Ref) -> int:
        """Return the number of an entity."""
        known = self.by_kind[ref.kind]
        number = known.get(ref.key)
        if number is None:
            number = known[ref.key] = self._next
            self._next += 1
        return number

    def refs(self, wanted: Collection[int]) -> dict[int, Ref]:
        """Return which entities have these numbers."""
        if not wanted:
            return {}
        return {
            number: Ref(kind, key)
            for kind, known in self.by_kind.items()
            for key, number in known.items()
            if number in wanted
        }


@dataclass(slots=True)
class Survey:
    """What a source says, as far as its items bear on each other, and what is wrong with it."""

    faults: Faults
    entities: int = 0
    links: int = 0
    numbers: _Numbers = field(default_factory=_Numbers)
    written: set[int] = field(default_factory=set)
    """The entities that the source creates or patches."""
    nameless: dict[int, str] = field(default_factory=dict)
    """Entities that cannot be created as they are given, each with the field that is missing."""
    ids: dict[int, str] = field(default_factory=dict)
    """The ids that the source gives."""
    owners: dict[str, int] = field(default_factory=dict)
    leaving: dict[str, dict[int, int]] = field(default_factory=dict)
    """By link type, where at most one may leave: the finish by the start."""
    arriving: dict[str, dict[int, int]] = field(default_factory=dict)
    """By link type, where at most one may arrive: the start by the finish."""
    acyclic: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    last: dict[tuple[str, int], int] = field(default_factory=dict)
    disordered: set[tuple[str, Ref]] = field(default_factory=set)
    """Link types and starts whose finishes the source does not give in their order."""
    twice: set[int] = field(default_factory=set)
    """Entities, by number, that the source gives more than once."""
    seen: set[int] = field(default_factory=set)
    """Hashes of the links."""
    twice_seen: set[int] = field(default_factory=set)
    counted: dict[int, tuple[float | None, tuple[str, ...], str | None]] = field(default_factory=dict)
    """Measurements with value and counts, or with what was counted: these must agree as their KPI says."""
    kpis: dict[int, dict[str, Any]] = field(default_factory=dict)
    """What the source says of KPIs that has a bearing on that."""
    late_entities: dict[Ref, list[tuple[Steps, FaultCode, str]]] = field(default_factory=dict)
    """What is wrong with entities, each with the part of it, where it was found out once the place was passed."""
    late_links: dict[LinkName, list[tuple[Steps, FaultCode, str]]] = field(default_factory=dict)
    present: dict[int, str] = field(default_factory=dict)
    """The ids of the entities that the graph has."""

    @property
    def items(self) -> int:
        """How many entities and links there are."""
        return self.entities + self.links

    @property
    def full(self) -> bool:
        """Whether no more faults are looked for."""
        return len(self.faults.found) >= MAX_FAULTS

    def entity_fault(self, ref: Ref, part: Steps, code: FaultCode, words: str) -> None:
        """Note what is wrong with an entity."""
        self.late_entities.setdefault(ref, []).append((part, code, words))

    def link_fault(self, link: LinkName, part: Steps, code: FaultCode, words: str) -> None:
        """Note what is wrong with a link."""
        self.late_links.setdefault(link, []).append((part, code, words))


def survey(source: Source, faults: Faults, step: Step) -> Survey:
    """Read the source and find what is wrong with it whatever the graph holds; `step` is told how much was read."""
    found = Survey(faults)
    for piece in source.pieces(PIECE, Part.ALL, faults):
        changes = piece.changes
        checked = check(changes)
        # What is said twice is judged over all pieces, below.
        faults.found += [piece.located(fault) for fault in checked.faults if fault.code != FaultCode.CONFLICTING]
        found.entities += len(changes.entities)
        found.links += len(changes.links)
        _entities(found, piece, checked)
        for link in checked.links:
            faults.found += [piece.located(fault) for fault in _link(found, link)]
        step(len(changes.entities) + len(changes.links))
        if found.full:
            return found
    _contradictions(found, source)
    return found


def _entities(found: Survey, piece: Draft, checked: Checked) -> None:
    for index, change in enumerate(piece.changes.entities):
        if change.key is None:
            message = (
                f"Entity {index + 1}: among so many each entity needs its key, so that it is the same in each part."
            )
            found.faults.found.append(piece.located(Fault(("entities", index), FaultCode.REQUIRED, message)))
        elif change.kind in MODEL.kinds:
            # Wrong values are told already; the links of their entity still lead to something.
            number = found.numbers.of(Ref(change.kind, change.key))
            found.twice.update({number} & found.written)
            found.written.add(number)
    for item in checked.entities:
        if item.key is not None:
            number = found.numbers.of(Ref(item.kind.name, item.key))
            _entity(found, item, number)
            found.faults.found += [piece.located(fault) for fault in _given_id(found, item, number)]


def _entity(found: Survey, item: CheckedEntity, number: int) -> None:
    lacking = missing(item.kind, item.given)
    if not lacking:
        found.nameless.pop(number, None)
    elif number not in found.twice:
        found.nameless[number] = lacking[0]
    if item.kind.name == MEASUREMENT:
        value, counts, by = (item.values.get(name) for name in ("value", "counts", "countedBy"))
        if by is not None or (value is not None and counts):
            found.counted[number] = value, tuple(counts or ()), by
    elif item.kind.name == "KPI":
        says = {name: item.values[name] for name in COUNTING if name in item.values}
        found.kpis.setdefault(number, {}).update(says)


def _given_id(found: Survey, item: CheckedEntity, number: int) -> Iterator[Fault]:
    if item.id is None:
        return
    owner = found.owners.setdefault(item.id, number)
    given = found.ids.setdefault(number, item.id)
    if owner != number or given != item.id:
        words = f"the id {item.id} is another one's in these files" if owner != number else "it has two ids"
        message = f"Entity {item.index + 1}: {item.kind.field_name}/{item.key}: {words}; correct it."
        yield Fault(("entities", item.index, "id"), FaultCode.TAKEN, message)


def _link(found: Survey, link: CheckedLink) -> Iterator[Fault]:
    kind, name = link.type, link.type.name
    start, finish = found.numbers.of(link.start), found.numbers.of(link.finish)
    identity = hash((name, start, finish, link.distinguished))
    if identity in found.seen:
        found.twice_seen.add(identity)
    found.seen.add(identity)
    place = f"Link {link.index + 1} ({link.start} {name} {link.finish})"
    rest = "and another one is in these files; keep one of them."
    if link.start.kind in kind.one and found.leaving.setdefault(name, {}).setdefault(start, finish) != finish:
        message = f"{place}: at most one {name} link leaves {link.start}, {rest}"
        yield Fault(("links", link.index, "finish"), FaultCode.ONLY_ONE, message)
    if kind.one_parent and found.arriving.setdefault(name, {}).setdefault(finish, start) != start:
        message = f"{place}: at most one {name} link arrives at {link.finish}, {rest}"
        yield Fault(("links", link.index, "start"), FaultCode.ONLY_ONE, message)
    for part, words in too_many(name, link.values):
        yield Fault(("links", link.index, "fields", part), FaultCode.INVALID_VALUE, f"{place}: {words}.")
    if kind.acyclic:
        found.acyclic.setdefault(name, []).append((start, finish))
    if kind.positioned and (position := link.values.get(POSITION)) is not None:
        if position <= found.last.get((name, start), 0):
            found.disordered.add((name, link.start))
        found.last[name, start] = position


def _contradictions(found: Survey, source: Source) -> None:
    """Compare what the source says of the same entity or link at different places."""
    if not (found.twice or found.twice_seen):
        return
    entities: list[tuple[EntityChange, Any]] = []
    links: list[tuple[LinkChange, Any]] = []
    for piece in source.pieces(PIECE, Part.ALL, Faults()):
        for change, spot in zip(piece.changes.entities, piece.entities, strict=True):
            if change.kind in MODEL.kinds and found.numbers.of(Ref(change.kind, change.key or "")) in found.twice:
                entities.append((change, spot))
        for item in check(replace(piece.changes, entities=())).links:
            ends = found.numbers.of(item.start), found.numbers.of(item.finish)
            if hash((item.type.name, *ends, item.distinguished)) in found.twice_seen:
                links.append((piece.changes.links[item.index], piece.links[item.index]))
    changes = ChangeSet(tuple(change for change, _ in entities), tuple(change for change, _ in links), "", "")
    draft = Draft(changes, [spot for _, spot in entities], [spot for _, spot in links])
    wrong = (fault for fault in check(changes).faults if fault.code == FaultCode.CONFLICTING)
    found.faults.found += [draft.located(fault) for fault in wrong]


async def judge(store: Store, found: Survey, source: Source) -> None:
    """Find what is wrong with the source beside what the graph holds."""
    await _look_up(store, found)
    await _ids(store, found)
    for number, ref in found.numbers.refs(found.nameless.keys() - found.present.keys()).items():
        lacking = found.nameless[number]
        words = f"{ref} is new, and {named(MODEL.kinds[ref.kind])} needs a {lacking}; give one."
        found.entity_fault(ref, ("fields",), FaultCode.REQUIRED, words)
    await _figures(store, found)
    await _only_one(store, found)
    await _cycles(store, found)
    known = found.written | found.present.keys()
    everything = sum(map(len, found.numbers.by_kind.values()))
    absent = {number for number in range(everything) if number not in known} if len(known) < everything else set()
    if absent or found.late_entities or found.late_links:
        _locate(found, source, absent)


async def _look_up(store: Store, found: Survey) -> None:
    for kind, known in found.numbers.by_kind.items():
        (count,) = await store.read(f"MATCH (n:{kind}) RETURN count(n) AS count")
        for keys in _slices(known) if count else ():
            nodes = await present.nodes(store, (Ref(kind, key) for key in keys), whole=False)
            found.present.update((known[ref.key], node.id) for ref, node in nodes.items())


async def _ids(store: Store, found: Survey) -> None:
    wrong = {}
    for number, given in found.ids.items():
        if number in found.present and found.present[number] != given:
            wrong[number] = f"has the id {found.present[number]}, not {given}; leave the id out, or give another key"
    (count,) = await store.read("MATCH (n:Entity) RETURN count(n) AS count")
    new = (given for number, given in found.ids.items() if number not in found.present)
    for ids in _slices(new) if count else ():
        for given, owner in (await present.owners(store, ids)).items():
            wrong[found.owners[given]] = f"has the id {given} here, which is that of {owner}; correct it"
    for number, ref in found.numbers.refs(wrong).items():
        found.entity_fault(ref, ("id",), FaultCode.TAKEN, f"{ref} {wrong[number]}.")


async def _figures(store: Store, found: Survey) -> None:
    """Hold measurements' values against their counts, and what they counted against what their KPI means."""
    of = {number: found.arriving.get(MEASURED, {}).get(number) for number in found.counted}
    there = {found.present[kpi]: kpi for kpi in of.values() if kpi in found.present}
    known: dict[int, dict[str, Any]] = {}
    for ids in _slices(there):
        for identity, node in (await present.by_ids(store, ids)).items():
            known[there[identity]] = {name: node.properties.get(name) for name in COUNTING}
    wrong: dict[int, dict[str, str]] = {}
    for number, figures in found.counted.items():
        if (kpi := of[number]) is not None:
            faults = dict(against_kpi(known.get(kpi, {}) | found.kpis.get(kpi, {}), *figures))
            wrong |= {number: faults} if faults else {}
    for number, ref in found.numbers.refs(wrong).items():
        for name, words in wrong[number].items():
            found.entity_fault(ref, ("fields", name), FaultCode.INVALID_VALUE, f"{ref}: {words}.")


async def _only_one(store: Store, found: Survey) -> None:
    by_id = {identity: number for number, identity in found.present.items()}
    for way, sides in (("leaves", found.leaving), ("arrives at", found.arriving)):
        for name, ends in sides.items():
            for ids in _slices(found.present[number] for number in ends if number in found.present):
                there = present.Relations()
                if way == "leaves":
                    await present.load_leaving(store, there, name, ids)
                    pairs = [(link.start, link.finish) for links in there.leaving.values() for link in links]
                else:
                    await present.load_arriving(store, there, name, ids)
                    pairs = [(link.finish, link.start) for links in there.arriving.values() for link in links]
                clashes = {
                    by_id[near]: there.refs[far] for near, far in pairs if found.present.get(ends[by_id[near]]) != far
                }
                refs = found.numbers.refs({*clashes, *(ends[number] for number in clashes)})
                for number, other in clashes.items():
                    near, far = refs[number], refs[ends[number]]
                    link = (name, near, far) if way == "leaves" else (name, far, near)
                    words = (
                        f"at most one {name} link {way} {near}, and {other} is there already; remove that link first."
                    )
                    found.link_fault(link, ("finish" if way == "leaves" else "start",), FaultCode.ONLY_ONE, words)


async def _cycles(store: Store, found: Survey) -> None:
    for name, links in found.acyclic.items():
        there: dict[str, list[str]] = {}
        known = {identity: str(number) for number, identity in found.present.items()}
        if any(finish in found.present for _, finish in links):
            async with store.reading(within=300) as reading:
                pairs = reading.stream(f"MATCH (a:Entity)-[:{name}]->(b:Entity) RETURN a.id, b.id")
                async for start, finish in pairs:
                    there.setdefault(known.get(start, start), []).append(known.get(finish, finish))
        for cycle in cycles(there, ((str(start), str(finish)) for start, finish in links)):
            refs = found.numbers.refs({int(node) for node in cycle.walk if node.isdecimal()})
            shown = [str(refs[int(node)]) if node.isdecimal() else "…" for node in (*cycle.walk, cycle.walk[0])]
            shown = shown if len(shown) <= SHOWN else [*shown[: SHOWN - 1], "…", shown[-1]]
            start, finish = (refs[int(node)] for node in cycle.new[0])
            words = f"that closes a cycle, {' → '.join(shown)}; leave one of these links out."
            found.link_fault((name, start, finish), ("finish",), FaultCode.CYCLE, words)


def _locate(found: Survey, source: Source, absent: Collection[int]) -> None:
    """Read the source again for the places of what was found wrong."""
    there = {
        kind: (key for key, number in keys.items() if number not in absent)
        for kind, keys in found.numbers.by_kind.items()
    }
    known = KnownKeys({kind: islice(keys, SUGGESTED_FROM) for kind, keys in there.items()})
    for piece in source.pieces(PIECE, Part.ALL, Faults()):
        for index, change in enumerate(piece.changes.entities):
            for part, code, words in found.late_entities.get(Ref(change.kind, change.key or ""), ()):
                if part == ("id",) and change.id is None:
                    continue  # said of the other places where the entity is
                fault = Fault(("entities", index, *part), code, f"Entity {index + 1}: {words}")
                found.faults.found.append(piece.located(fault))
        for index, link in enumerate(piece.changes.links):
            place = f"Link {index + 1} ({link.start} {link.type} {link.finish})"
            for part, code, words in found.late_links.get((link.type, link.start, link.finish), ()):
                found.faults.found.append(piece.located(Fault(("links", index, *part), code, f"{place}: {words}")))
            for side, ref in (("start", link.start), ("finish", link.finish)) if absent else ():
                if found.numbers.of(ref) in absent:
                    words = f"there is no {ref}, neither here nor in the graph{known.suggest(ref)}"
                    fault = Fault(("links", index, side), FaultCode.NOT_FOUND, f"{place}: {words}")
                    found.faults.found.append(piece.located(fault))
        if found.full:
            return


def in_order(pieces: Iterable[Draft], disordered: Collection[tuple[str, Ref]], size: int) -> Iterator[Draft]:
    """Put off the links whose order the source does not follow: to the end, by start and position."""
    late: list[tuple[str, Ref, int, LinkChange, Any]] = []
    for piece in pieces:
        links = piece.changes.links
        off = {index for index, link in enumerate(links) if (link.type, link.start) in disordered}
        late += [
            (links[index].type, links[index].start, _position(links[index]), links[index], piece.links[index])
            for index in sorted(off)
        ]
        if len(off) < len(links):
            keep = [index for index in range(len(links)) if index not in off]
            changes = replace(piece.changes, links=tuple(links[index] for index in keep))
            yield Draft(changes, piece.entities, [piece.links[index] for index in keep])
    late.sort(key=lambda item: item[:3])
    for at in range(0, len(late), size):
        cut = late[at : at + size]
        yield Draft(ChangeSet((), tuple(item[3] for item in cut), "", ""), (), [item[4] for item in cut])


def _position(link: LinkChange) -> int:
    position = link.fields.get(POSITION)
    return position if isinstance(position, int) else 0


def _slices(items: Iterable[str]) -> Iterator[list[str]]:
    left = iter(items)
    while some := list(islice(left, ASKED)):
        yield some
