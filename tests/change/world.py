"""What the graph should hold after any change set: a plain model of the rules, with none of the code that it is for.

Entities have ids, links are told apart by type, ends and, where a type has one, a distinguishing value. What is removed
is remembered, since it can come back. Where the rules leave something open (which of two links that cannot both come
back does, and where in an order), the model takes over what the graph did, if that is one of the right ways.
"""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from graph_api.change.changeset import ChangeSet, EntityChange, LinkChange, Mode, Ref, Unlink

KINDS = ("Journey", "Stage", "Department", "Opportunity", "Insight", "KPI", "Measurement")
RECORD_OF = ("HAS_MEASUREMENT", "KPI", "Measurement")
"""A measurement goes with its KPI, and comes back with it."""


class LinkRule(NamedTuple):
    """What may be linked, and how often."""

    ends: tuple[tuple[str, str], ...]
    one: bool = False
    one_parent: bool = False
    ordered: bool = False
    acyclic: bool = False
    told: str | None = None


LINKS = {
    "HAS_STAGE": LinkRule((("Journey", "Stage"),), one_parent=True, ordered=True),
    "OWNED_BY": LinkRule((("Journey", "Department"), ("Opportunity", "Department"), ("KPI", "Department")), one=True),
    "PART_OF": LinkRule((("Department", "Department"), ("Opportunity", "Opportunity")), one=True, acyclic=True),
    "INVOLVES": LinkRule((("Journey", "Department"), ("Opportunity", "Department")), told="involvementRole"),
    "RAISES": LinkRule((("Insight", "Opportunity"),)),
    "REVEALS": LinkRule((("Journey", "Insight"), ("Stage", "Insight"))),
    "MEASURED_BY": LinkRule((("Journey", "KPI"), ("Stage", "KPI"))),
    "HAS_MEASUREMENT": LinkRule((("KPI", "Measurement"),), one_parent=True),
    "MEASURED_FOR": LinkRule((("Measurement", "Journey"),)),
}
NAME_NEEDED = frozenset(KINDS) - {"Measurement"}


class LinkKey(NamedTuple):
    """What tells a link from all others; ends by id."""

    type: str
    start: str
    finish: str
    told: Any = None


@dataclass
class Thing:
    """An entity: its own fields without stamps, unknown ones left out."""

    ref: Ref
    fields: dict[str, Any]
    revision: int = 1
    step: int = 0
    """When it was last changed."""


@dataclass
class Lost:
    """Something that was removed, as it was."""

    was: Any
    cut: bool
    """Whether it went because what it hangs on was deleted."""
    step: int


@dataclass
class World:
    """Everything that is there, and what was."""

    things: dict[str, Thing] = field(default_factory=dict)
    links: dict[LinkKey, dict[str, Any]] = field(default_factory=dict)
    orders: dict[tuple[str, str], list[LinkKey]] = field(default_factory=dict)
    """By type and start, of the types that are ordered: the links in their places."""
    lost_things: dict[str, Lost] = field(default_factory=dict)
    lost_links: dict[LinkKey, Lost] = field(default_factory=dict)
    link_ids: dict[LinkKey, str] = field(default_factory=dict)
    """Of every link that ever was there."""
    step: int = 0

    def id_of(self, ref: Ref) -> str | None:
        """Return the id of the entity that is there under a key."""
        return next((identity for identity, thing in self.things.items() if thing.ref == ref), None)

    def at(self, identity: str) -> list[LinkKey]:
        """Return the links of an entity."""
        return [link for link in self.links if identity in {link.start, link.finish}]

    def picture(self) -> tuple[dict[str, Any], dict[LinkKey, Any]]:
        """Return everything that is there, in a form to compare."""
        things = {identity: (thing.ref, thing.fields, thing.revision) for identity, thing in self.things.items()}
        places = {link: place for links in self.orders.values() for place, link in enumerate(links, start=1)}
        links = {
            link: fields | ({"position": places[link]} if link in places else {}) for link, fields in self.links.items()
        }
        return things, links

    def unlink(self, link: LinkKey, *, cut: bool) -> None:
        """Take a link away; the others of its order move up."""
        places = {} if not LINKS[link.type].ordered else {"position": self.orders[link.type, link.start].index(link)}
        self.lost_links[link] = Lost(self.links.pop(link) | places, cut, self.step)
        if places:
            self.orders[link.type, link.start].remove(link)

    def delete(self, identity: str, *, cut: bool = False) -> None:
        """Take an entity away with its links, and what belongs to it."""
        name, owner, record = RECORD_OF
        for link in self.at(identity):
            self.unlink(link, cut=True)
            belongs = (link.type, self._kind(link.start), self._kind(link.finish)) == (name, owner, record)
            if belongs and identity == link.start:
                self.delete(link.finish, cut=True)
        self.lost_things[identity] = Lost(self.things.pop(identity), cut, self.step)

    def link(self, link: LinkKey, fields: Mapping[str, Any]) -> None:
        """Make a link, at the end of its order, or patch the fields of one that is there."""
        self.lost_links.pop(link, None)
        self.links[link] = known(self.links.get(link, {}) | dict(fields))
        order = self.orders.setdefault((link.type, link.start), []) if LINKS[link.type].ordered else None
        if order is not None and link not in order:
            order.append(link)

    def bring_back(self, identity: str) -> None:
        """Let an entity be there again, without its links."""
        was: Thing = self.lost_things.pop(identity).was
        self.things[identity] = Thing(was.ref, was.fields, was.revision + 1, self.step)

    def broken(self, link: LinkKey) -> str | None:
        """Say which rule is broken by a link that is there, if one is."""
        rule = LINKS[link.type]
        others = [other for other in self.links if other.type == link.type and other != link]
        if rule.one and any(other.start == link.start for other in others):
            return "ONLY_ONE"
        if rule.one_parent and any(other.finish == link.finish for other in others):
            return "ONLY_ONE"
        if rule.acyclic and link.start in self._reachable(link.type, link.finish):
            return "CYCLE"
        return None

    def all_broken(self) -> list[str]:
        """Say which rules are broken anywhere."""
        return [rule for link in self.links if (rule := self.broken(link))]

    def _reachable(self, link_type: str, start: str) -> set[str]:
        found, ring = {start}, {start}
        while ring:
            ring = {link.finish for link in self.links if link.type == link_type and link.start in ring} - found
            found |= ring
        return found

    def _kind(self, identity: str) -> str:
        return self.things[identity].ref.kind if identity in self.things else self.lost_things[identity].was.ref.kind


@dataclass
class Expected:
    """What should become of a change: refused for one of the reasons, or a world; the graph settles what is open."""

    refused: set[str] = field(default_factory=set)
    world: World = field(default_factory=World)
    created: set[Ref] = field(default_factory=set)
    updated: set[Ref] = field(default_factory=set)
    deleted: set[Ref] = field(default_factory=set)
    restored: set[Ref] = field(default_factory=set)
    keys: dict[int, str] = field(default_factory=dict)
    open: dict[LinkKey, dict[str, Any]] = field(default_factory=dict)
    """Links that come back if they fit."""
    loose: set[tuple[str, str]] = field(default_factory=set)
    """Orders into which links come back: it is open where."""

    def settle(self, things: Mapping[Ref, str], there: Mapping[LinkKey, Mapping[str, Any]]) -> list[LinkKey]:
        """Take over from the graph the ids of what is new, and what is open; return what was left out without need."""
        for ref in self.created:
            _rename(self.world, f"new {ref}", things[ref])
        back = [link for link in self.open if link in there]
        for link in back:
            self.world.link(link, self.open[link])
        for link_type, start in self.loose:
            order = self.world.orders.setdefault((link_type, start), [])
            order.sort(key=lambda link: there.get(link, {}).get("position") or 0)
        return [link for link in self.open if link not in there and not _would_break(self.world, link)]


def _would_break(world: World, link: LinkKey) -> bool:
    tried = deepcopy(world)
    tried.link(link, {})
    return tried.broken(link) is not None


def _rename(world: World, old: str, new: str) -> None:
    def named(link: LinkKey) -> LinkKey:
        return LinkKey(
            link.type, new if link.start == old else link.start, new if link.finish == old else link.finish, link.told
        )

    world.things[new] = world.things.pop(old)
    world.links = {named(link): fields for link, fields in world.links.items()}
    world.orders = {
        (of, new if start == old else start): [named(link) for link in links]
        for (of, start), links in world.orders.items()
    }


def expected(world: World, changes: ChangeSet) -> Expected:
    """Work out what should become of a change set."""
    result = Expected(world=deepcopy(world))
    result.world.step += 1
    result.refused |= set(_senseless(changes))
    if not result.refused:
        _take_away(result, changes)
        back = come_back(result, changes.restores, world)
        names = _write(result, changes, world)
        _relate(result, changes, names, back)
    result.refused |= set(result.world.all_broken())
    return result


def _senseless(changes: ChangeSet) -> Iterator[str]:
    """Say what is wrong with a set whatever is there."""
    for number, one in enumerate(changes.entities):
        if one.kind not in KINDS:
            yield "UNKNOWN_KIND"
        if not 0 <= (one.fields.get("severity") or 0) <= 10:
            yield "INVALID_VALUE"
        for other in changes.entities[:number]:
            same = one.key is not None and (one.kind, one.key) == (other.kind, other.key)
            if same and (_disagree(one, other) or Mode.CREATE in {one.mode, other.mode}):
                yield "CONFLICTING"
    for number, link in enumerate(changes.links):
        yield from _senseless_ends(link)
        if any(_named(earlier) == _named(link) and _disagree(earlier, link) for earlier in changes.links[:number]):
            yield "CONFLICTING"
    for unlink in changes.unlinks:
        yield from _senseless_ends(unlink)


def _senseless_ends(link: LinkChange | Unlink) -> Iterator[str]:
    rule = LINKS[link.type]
    if (link.start.kind, link.finish.kind) not in rule.ends:
        yield "WRONG_ENDS"
    elif rule.acyclic and link.start == link.finish:
        yield "CYCLE"


def _disagree(one: EntityChange | LinkChange, other: EntityChange | LinkChange) -> bool:
    return any(one.fields[name] != other.fields[name] for name in one.fields.keys() & other.fields.keys())


def _named(link: LinkChange) -> tuple[Any, ...]:
    told = LINKS[link.type].told
    return link.type, link.start, link.finish, link.fields.get(told) if told else None


def _take_away(result: Expected, changes: ChangeSet) -> None:
    world = result.world
    gone = _named_entities(result, changes)
    unlinked = _named_links(result, changes)
    there = {identity: thing.ref for identity, thing in world.things.items()}
    for identity in gone:
        if identity in world.things:  # unless it went with another
            world.delete(identity)
    for link in unlinked:
        if link in world.links:
            world.unlink(link, cut=False)
    # What is named goes by itself, even where it would have gone with another.
    for identity in gone:
        world.lost_things[identity].cut = False
    result.deleted = {ref for identity, ref in there.items() if identity not in world.things}


def _named_entities(result: Expected, changes: ChangeSet) -> list[str]:
    gone = []
    for one in changes.deletes:
        identity = result.world.id_of(one.ref)
        if identity is None:
            result.refused.add("NOT_FOUND")
        elif one.expected_revision not in {None, result.world.things[identity].revision}:
            result.refused.add("CONFLICT")
        else:
            gone.append(identity)
    return gone


def _named_links(result: Expected, changes: ChangeSet) -> list[LinkKey]:
    unlinked = []
    for item in changes.unlinks:
        start, finish = result.world.id_of(item.start), result.world.id_of(item.finish)
        link = LinkKey(item.type, start or "", finish or "", item.distinguished)
        if link in result.world.links:
            unlinked.append(link)
        else:
            result.refused.add("NOT_FOUND")
    return unlinked


def come_back(result: Expected, restores: Iterable[str], before: World) -> dict[LinkKey, dict[str, Any]]:
    """Let entities come back, and return the links that may, as they were."""
    world = result.world
    back: dict[LinkKey, dict[str, Any]] = {}
    ring, wanted = set(), []
    links = {identity: link for link, identity in before.link_ids.items()}
    for identity in dict.fromkeys(restores):
        link = links.get(identity)
        if identity in before.lost_things:
            ring.add(identity)
        elif link in before.lost_links:
            back[link] = before.lost_links[link].was
            wanted.append(link)
        else:
            result.refused.add("TAKEN" if link or identity in before.things else "NOT_FOUND")
    coming: set[str] = set()
    while ring:
        coming |= ring
        near = {
            link: lost.was
            for link, lost in before.lost_links.items()
            if lost.cut and not ring.isdisjoint({link.start, link.finish})
        }
        back |= near
        ring = {
            link.finish
            for link in near
            if link.type == RECORD_OF[0]
            and link.start in ring
            and link.finish in before.lost_things
            and before.lost_things[link.finish].cut
        } - coming
    for identity in coming:
        ref = before.lost_things[identity].was.ref
        if world.id_of(ref) is not None:
            result.refused.add("TAKEN")
        world.bring_back(identity)
        result.restored.add(ref)
    for link in wanted:
        if not {link.start, link.finish} <= world.things.keys():
            result.refused.add("NOT_FOUND")
    return {link: was for link, was in back.items() if {link.start, link.finish} <= world.things.keys()}


def _write(result: Expected, changes: ChangeSet, before: World) -> dict[Ref, str]:
    """Create and patch entities, and return what the set's names for them mean."""
    world = result.world
    names: dict[Ref, str] = {}
    result.keys = _keys(changes.entities, before)
    called = _keys(changes.entities, World())
    present = {identity: deepcopy(thing) for identity, thing in world.things.items()}
    for index, one in enumerate(changes.entities):
        ref = Ref(one.kind, result.keys[index])
        identity = world.id_of(ref)
        if ref in result.restored:
            result.refused.add("TAKEN")  # it comes back, or is written: not both in one set
            result.refused.add("NOT_FOUND")
        if identity is None:
            siblings = [
                other
                for at, other in enumerate(changes.entities)
                if result.keys[at] == ref.key and other.kind == ref.kind
            ]
            if all(other.mode is Mode.UPDATE for other in siblings):
                result.refused.add("NOT_FOUND")
            if one.kind in NAME_NEEDED and not any("name" in other.fields for other in siblings):
                result.refused.add("REQUIRED")
            identity = f"new {ref}"
            world.things[identity] = Thing(ref, {}, step=world.step)
            result.created.add(ref)
        elif identity in present and one.mode is Mode.CREATE:
            result.refused.add("TAKEN")
        if one.expected_revision is not None and (
            identity not in present or one.expected_revision != present[identity].revision
        ):
            result.refused.add("CONFLICT")
        thing = world.things[identity]
        thing.fields = known(thing.fields | one.fields)
        if identity in present and thing.fields != present[identity].fields:
            thing.revision, thing.step = present[identity].revision + 1, world.step
            result.updated.add(ref)
        names[Ref(one.kind, called[index])] = identity
    return names


def _keys(entities: Iterable[EntityChange], world: World) -> dict[int, str]:
    """Give a key to each entity of a set that has none: the first free one of its name's, or the present one."""
    entities = tuple(entities)
    given = {(one.kind, one.key) for one in entities if one.key is not None}
    there = {(thing.ref.kind, thing.ref.key): thing.fields.get("name") for thing in world.things.values()}
    keys: dict[int, str] = {}
    for index, one in enumerate(entities):
        base = str(one.fields.get("name")).lower()
        taken = given | {(entities[at].kind, key) for at, key in keys.items()}
        numbered = [base, *(f"{base}-{number}" for number in range(2, 30))]
        free = [key for key in numbered if (one.kind, key) not in taken]
        same = [key for key in free if there.get((one.kind, key), "") == one.fields.get("name")]
        new = [key for key in free if (one.kind, key) not in there]
        keys[index] = one.key or (same[0] if same and one.mode is Mode.PUT else new[0])
    return keys


def _relate(
    result: Expected, changes: ChangeSet, names: Mapping[Ref, str], back: dict[LinkKey, dict[str, Any]]
) -> None:
    world = result.world
    asked: dict[tuple[str, str], dict[LinkKey, int]] = {}
    for one in changes.links:
        start, finish = (names.get(end) or world.id_of(end) for end in (one.start, one.finish))
        if start is None or finish is None:
            result.refused.add("NOT_FOUND")
            continue
        rule = LINKS[one.type]
        link = LinkKey(one.type, start, finish, one.fields.get(rule.told) if rule.told else None)
        fields = {name: value for name, value in one.fields.items() if name != "position"}
        if link in back:  # it comes back first, and is patched then
            fields = {name: value for name, value in back.pop(link).items() if name != "position"} | fields
            result.loose |= {(link.type, link.start)} if rule.ordered else set()
        world.link(link, fields)
        if "position" in one.fields:
            asked.setdefault((one.type, start), {})[link] = one.fields["position"]
    for of, places in asked.items():
        _put(world.orders[of], places)
    result.open = {
        link: {name: value for name, value in was.items() if name != "position"} for link, was in back.items()
    }
    result.loose |= {(link.type, link.start) for link in back if LINKS[link.type].ordered}


def _put(order: list[LinkKey], places: Mapping[LinkKey, int]) -> None:
    """Move links to the places they ask for, the lowest first; two for the same place follow each other."""
    for link in places:
        order.remove(link)
    last = -1
    for link, place in sorted(places.items(), key=lambda item: item[1]):
        last = min(max(place - 1, last + 1), len(order))
        order.insert(last, link)


def known(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None and value != []}
