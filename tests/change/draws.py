"""Change sets by lot: mostly such as fit what is there, and now and then one that does not."""

from collections.abc import Sequence
from typing import Any, TypeVar

from hypothesis import strategies as st

from graph_api.change.changeset import ChangeSet, Delete, EntityChange, LinkChange, Mode, Ref, Unlink
from tests.change.world import KINDS, LINKS, LinkKey, World

KEYS = ("a", "b", "c", "alpha", "alpha-2")
NAMES = ("Alpha", "Beta")
MODES = (Mode.PUT, Mode.PUT, Mode.UPDATE, Mode.UPDATE, Mode.CREATE)
# Of each kind one field of its own, with values; the last one of an Insight's is none of its scale.
FIELDS: dict[str, tuple[str, tuple[Any, ...]]] = {
    "Journey": ("purposes", ([], ["INSIGHT"], ["ENGAGING", "INSIGHT"])),
    "Stage": ("good", (None, "quick", "calm")),
    "Department": ("headcount", (None, 3, 4)),
    "Opportunity": ("urgency", (None, 1.0, 9.5)),
    "Insight": ("severity", (None, 0.0, 7.5, 8.0, 10.0, 11.0)),
    "KPI": ("target", (None, -1.5, 30.0)),
    "Measurement": ("value", (None, 1.0, 2.5)),
}
LINK_FIELDS: dict[str, tuple[str, tuple[Any, ...]]] = {
    "HAS_STAGE": ("position", (1, 2, 3, 9)),
    "INVOLVES": ("involvementRole", ("INFORMED", "CONSULTED")),
}

T = TypeVar("T")


@st.composite
def change_sets(draw: st.DrawFn, world: World) -> ChangeSet:
    """Draw a change set for a world: one that writes, one that also takes away, one that also restores, or all."""
    theme = draw(st.sampled_from(["write"] * 5 + ["take away"] * 2 + ["restore"] * 2 + ["all"]))
    entities = _some(draw, _entities(world), (0, 1, 1, 2))
    new = [Ref(one.kind, one.key or str(one.fields.get("name")).lower()) for one in entities if one.kind in KINDS]
    here = sorted(thing.ref for thing in world.things.values())
    takes_away, restores = theme in {"take away", "all"}, theme in {"restore", "all"}
    return ChangeSet(
        entities,
        _some(draw, _links(world, [*new, *new, *here]), (0, 1, 1, 2)),
        "tester",
        "test",
        unlinks=_some(draw, _unlinks(world), (0, 1, 1, 2)) if takes_away else (),
        deletes=_some(draw, _deletes(world), (0, 1, 1, 2)) if takes_away else (),
        restores=_some(draw, st.sampled_from(_lost(world)), (1, 1, 2, 3)) if restores else (),
    )


def _some(draw: st.DrawFn, strategy: st.SearchStrategy[T], how_many: Sequence[int]) -> tuple[T, ...]:
    count = draw(st.sampled_from(how_many))
    return tuple(draw(strategy) for _ in range(count))


def _rarely(draw: st.DrawFn) -> bool:
    return draw(st.integers(0, 19)) == 19


@st.composite
def _entities(draw: st.DrawFn, world: World) -> EntityChange:
    kind = "Juorney" if _rarely(draw) else draw(st.sampled_from(KINDS))
    keyless = kind != "Measurement" and draw(st.integers(0, 4)) == 4
    mode = draw(st.sampled_from([Mode.PUT, Mode.CREATE] if keyless else MODES))
    there = sorted(thing.ref.key for thing in world.things.values() if thing.ref.kind == kind)
    absent = [key for key in KEYS if key not in there]
    pool = {Mode.UPDATE: there, Mode.CREATE: absent, Mode.PUT: KEYS}[mode]
    key = None if keyless else draw(st.sampled_from(KEYS if _rarely(draw) or not pool else pool))
    fields: dict[str, Any] = {}
    if kind != "Measurement" and (keyless or (mode is not Mode.UPDATE and not _rarely(draw)) or draw(st.booleans())):
        fields["name"] = draw(st.sampled_from(NAMES))
    if kind in FIELDS and draw(st.booleans()):
        name, values = FIELDS[kind]
        fields[name] = draw(st.sampled_from(values))
    if kind != "Measurement" and draw(st.booleans()):
        fields["tags"] = draw(st.sampled_from([[], ["x"], ["y", "x"]]))
    expected = None
    if draw(st.integers(0, 3)) == 3:
        identity = world.id_of(Ref(kind, key or ""))
        expected = world.things[identity].revision if identity else 1
        expected += _rarely(draw)
    return EntityChange(mode, kind, key, fields, expected)


@st.composite
def _links(draw: st.DrawFn, world: World, refs: Sequence[Ref]) -> LinkChange:
    name = draw(st.sampled_from(list(LINKS)))
    known = [link for link in _there(world) if link.type == name]
    if draw(st.booleans()) and known:
        link = draw(st.sampled_from(known))
        start, finish = world.things[link.start].ref, world.things[link.finish].ref
    else:
        from_kind, to_kind = draw(st.sampled_from(LINKS[name].ends))
        start, finish = draw(_refs(from_kind, refs)), draw(_refs(to_kind, refs))
    if _rarely(draw):
        start, finish = finish, start
    fields: dict[str, Any] = {}
    if name in LINK_FIELDS and draw(st.booleans()):
        own, values = LINK_FIELDS[name]
        fields[own] = draw(st.sampled_from(values))
    if draw(st.booleans()):
        fields["rationale"] = draw(st.sampled_from([None, "so", "thus"]))
    if draw(st.integers(0, 3)) == 3:
        fields["confidence"] = draw(st.sampled_from([None, 0.0, 0.5]))
    return LinkChange(name, start, finish, fields)


@st.composite
def _refs(draw: st.DrawFn, kind: str, refs: Sequence[Ref]) -> Ref:
    known = [ref for ref in refs if ref.kind == kind]
    if known and not _rarely(draw):
        return draw(st.sampled_from(known))
    return Ref(kind, draw(st.sampled_from(KEYS)))


@st.composite
def _unlinks(draw: st.DrawFn, world: World) -> Unlink:
    there = _there(world)
    if there and not _rarely(draw):
        link = draw(st.sampled_from(there))
        return Unlink(link.type, world.things[link.start].ref, world.things[link.finish].ref, link.told)
    link = draw(_links(world, ()))
    return Unlink(link.type, link.start, link.finish)


@st.composite
def _deletes(draw: st.DrawFn, world: World) -> Delete:
    ref = draw(_refs(draw(st.sampled_from(KINDS)), sorted(thing.ref for thing in world.things.values())))
    identity = world.id_of(ref)
    if identity is None or draw(st.booleans()):
        return Delete(ref)
    return Delete(ref, world.things[identity].revision + _rarely(draw))


def _there(world: World) -> list[LinkKey]:
    """Return the links that are there in an order that does not depend on ids, which are different each time."""
    refs = {identity: str(thing.ref) for identity, thing in world.things.items()}
    return sorted(world.links, key=lambda link: (link.type, refs[link.start], refs[link.finish], str(link.told)))


def _lost(world: World) -> list[str]:
    """Return ids of what was removed, the newest last, as drawing prefers what is simple: entities, then links."""
    things = sorted(world.lost_things, key=lambda identity: _age(world.lost_things[identity]))
    links = sorted(world.lost_links, key=lambda link: (world.lost_links[link].step, link.type, str(link.told)))
    here = [link for link in links if {link.start, link.finish} <= world.things.keys()]
    return [*things, *things, *things, *(world.link_ids[link] for link in [*here, *here, *links]), "nobody"]


def _age(lost: Any) -> tuple[int, Ref]:
    return lost.step, lost.was.ref
