"""What should become of a change set that is taken back: the other half of the model in `world`."""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from tests.change.world import Expected, World, come_back, known


@dataclass
class Done:
    """A change set that was applied: the world before it and after it."""

    change_set: str
    before: World
    after: World


def expected_undoing(world: World, done: Done) -> Expected:
    """Work out what should become of the attempt to take a change set back."""
    result = Expected(world=deepcopy(world))
    result.world.step += 1
    undoing = _Undoing(result, world, done)
    undoing.entities()
    undoing.links()
    if not result.refused:
        undoing.write()
    result.loose = set(result.world.orders)
    return result


def has_leftovers(world: World, done: Done) -> bool:
    """Tell whether links of what would come back are left over from before, when they did not fit."""
    gone = done.before.things.keys() - done.after.things.keys()
    left = {link for link, lost in world.lost_links.items() if lost.cut and gone & {link.start, link.finish}}
    return not left <= done.before.links.keys()


class _Undoing:
    def __init__(self, result: Expected, world: World, done: Done) -> None:
        self.result, self.world, self.done = result, world, done
        before, after = done.before, done.after
        self.made = [identity for identity in after.things if identity not in before.things]
        self.gone = [identity for identity in before.things if identity not in after.things]
        self.changed = {
            identity: _differing(before.things[identity].fields, thing.fields)
            for identity, thing in after.things.items()
            if identity in before.things
        }
        self.links_made = [link for link in after.links if link not in before.links]
        self.links_gone = [link for link in before.links if link not in after.links]
        self.links_changed = {
            link: changed
            for link, fields in after.links.items()
            if link in before.links and (changed := _differing(before.links[link], fields))
        }

    def entities(self) -> None:
        """Look for what has been done to the entities since."""
        for identity in self.made:
            thing = self.world.things.get(identity)
            newer = thing is None or thing.step > self.done.after.step
            if newer or not set(self.world.at(identity)) <= set(self.links_made):
                self._conflict()
        for identity in self.gone:
            lost = self.world.lost_things.get(identity)
            if lost is None or lost.step > self.done.after.step:
                self._conflict()
        for identity, changed in self.changed.items():
            if changed:
                now = self.world.things.get(identity)
                self._compare(now.fields if now else None, self.done.after.things[identity].fields, changed)

    def links(self) -> None:
        """Look for what has been done to the links since."""
        for link in self.links_made:
            fields = self.world.links.get(link)
            if fields is not None and not {link.start, link.finish} & set(self.made):
                after = self.done.after.links[link]
                self._compare(fields, after, fields.keys() | after.keys())
        for link in self.links_gone:
            lost = self.world.lost_links.get(link)
            if lost is None or lost.step > self.done.after.step:
                self._conflict()
        for link, changed in self.links_changed.items():
            self._compare(self.world.links.get(link), self.done.after.links[link], changed)

    def write(self) -> None:
        """Do it."""
        world = self.result.world
        there = {identity: thing.ref for identity, thing in world.things.items()}
        for identity in self.made:
            if identity in world.things:
                world.delete(identity)
        for identity in self.made:
            world.lost_things[identity].cut = False
        self.result.deleted = {ref for identity, ref in there.items() if identity not in world.things}
        for link in self.links_made:
            if link in world.links:
                world.unlink(link, cut=False)
        named = [world.link_ids[link] for link in self.links_gone if not {link.start, link.finish} & set(self.gone)]
        for link, was in come_back(self.result, [*self.gone, *named], self.world).items():
            world.link(link, {name: value for name, value in was.items() if name != "position"})
        self._patch()
        if world.all_broken():
            self._conflict()

    def _patch(self) -> None:
        world, before = self.result.world, self.done.before
        for identity, changed in self.changed.items():
            if changed:
                thing = world.things[identity]
                thing.fields = _patched(thing.fields, before.things[identity].fields, changed)
                thing.revision, thing.step = thing.revision + 1, world.step
                self.result.updated.add(thing.ref)
        for link, changed in self.links_changed.items():
            world.links[link] = _patched(world.links[link], before.links[link], changed)

    def _compare(self, now: dict[str, Any] | None, after: dict[str, Any], names: set[str]) -> None:
        if now is None or any(now.get(name) != after.get(name) for name in names):
            self._conflict()

    def _conflict(self) -> None:
        self.result.refused.add("CONFLICT")


def _differing(one: dict[str, Any], two: dict[str, Any]) -> set[str]:
    return {name for name in one.keys() | two.keys() if one.get(name) != two.get(name)}


def _patched(now: dict[str, Any], former: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return known(now | {name: former.get(name) for name in names})
