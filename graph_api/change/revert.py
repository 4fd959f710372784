"""Take a change set back: another one that undoes it, where nothing newer stands in its way."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graph_api.change import present
from graph_api.change.apply import Source, Writer, writing
from graph_api.change.changeset import Fault, Mode
from graph_api.change.effects import Action, Outcome, stored
from graph_api.change.faults import ChangeRefused, FaultCode
from graph_api.change.past import Change, changes_of_set, last_changes
from graph_api.change.present import Node
from graph_api.change.relate import POSITION, SET_HERE
from graph_api.change.validate import Checked, CheckedDelete, CheckedEntity, CheckedLink, CheckedUnlink
from graph_api.errors import ForbiddenError
from graph_api.model import MODEL
from graph_api.store.connection import Store, Transaction

_ADDED = frozenset({Action.CREATE, Action.RESTORE})
_MESSAGE_END = "so the change set cannot be taken back as a whole"
_ANOTHERS = (
    "Somebody else made this change set, and you may take back your own only: that of another needs the permission"
    " REVERT. Ask somebody who has it to take this one back, or whoever runs this service for another role."
)


@dataclass(slots=True)
class _Undoing:
    """The inverse of a change set, as far as it is known."""

    last: Mapping[str, Change]
    there: Mapping[str, Node]
    """The entities that the set touches or whose links it touches, by id, as far as they are there."""
    entities: list[CheckedEntity] = field(default_factory=list)
    links: list[CheckedLink] = field(default_factory=list)
    unlinks: list[CheckedUnlink] = field(default_factory=list)
    deletes: list[CheckedDelete] = field(default_factory=list)
    restores: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def conflict(self, change: Change, words: str) -> None:
        """Say what stands in the way."""
        message = f"{self._name(change)} {words}, {_MESSAGE_END}."
        self.faults.append(Fault(("changes", change["seq"]), FaultCode.CONFLICT, message))

    def _name(self, change: Change) -> str:
        if "start" not in change:
            image = json.loads(change.get("after") or change["before"])
            return f"{MODEL.kinds[change['type']].field_name}/{image['properties']['key']}"
        ends = (self.there.get(change["start"]), self.there.get(change["finish"]))
        start, finish = (str(end.ref) if end else "something that is gone" for end in ends)
        return f"The link {start} {change['type']} {finish}"


async def revert(store: Store, change_set: str, *, actor: str, surface: str, dry_run: bool = False) -> Outcome:
    """Take a change set back in one transaction and say what that did.

    Raises `ChangeRefused`, and changes nothing, where there is no such set or where something that it touched was
    changed again since: a fault for each, with the code CONFLICT.
    """
    async with writing(store, dry_run=dry_run) as writer:
        return await take_back(writer, change_set, actor=actor, surface=surface)


async def take_back(writer: Writer, change_set: str, *, actor: str, surface: str, of_others: bool = True) -> Outcome:
    """Do what `revert` does in a transaction that holds the writer lock.

    Raises ForbiddenError for a change set of somebody else than the actor, unless it may be `of_others`.
    """
    checked = await undo(writer.tx, change_set, None if of_others else actor)
    outcome = await writer.apply(checked, Source(actor, surface, reverts=change_set))
    if outcome.left_out:
        raise ChangeRefused(Fault(("changes",), FaultCode.CONFLICT, message) for message in outcome.left_out)
    return outcome


async def undo(tx: Transaction, change_set: str, of: str | None = None) -> Checked:
    """Work out what takes a change set back; raises ForbiddenError where it is to be `of` one who did not make it."""
    changes = await changes_of_set(tx, change_set)
    if not changes:
        message = f"There is no change set {change_set!r}; look for its id among the changes."
        raise ChangeRefused([Fault(("changeSet",), FaultCode.NOT_FOUND, message)])
    if of is not None and any(change["actor"] != of for change in changes):
        raise ForbiddenError(_ANOTHERS)
    changes = _taken_together(changes)
    ids = {change["entity"] for change in changes}
    ends = {change[end] for change in changes if "start" in change for end in ("start", "finish")}
    nodes = await present.by_ids(tx, ids | ends)
    undoing = _Undoing(await last_changes(tx, ids), nodes)
    for change in changes:
        if "start" not in change:
            _entity(undoing, change)
    await _newer_links(tx, undoing, changes)
    deleted = {item.ref for item in undoing.deletes}
    going = {node.id for node in nodes.values() if node.ref in deleted}
    coming = set(undoing.restores)
    for change in changes:
        if "start" in change:
            _link(undoing, change, going, coming)
    return Checked(
        tuple(undoing.entities),
        tuple(undoing.links),
        {},
        tuple(undoing.faults),
        unlinks=tuple(undoing.unlinks),
        deletes=tuple(undoing.deletes),
        restores=tuple(undoing.restores),
    )


def _taken_together(changes: list[Change]) -> list[Change]:
    """Make one change of several of the same link: one that was removed and made again was, all in all, changed."""
    one: dict[str, Change] = {}
    for change in changes:
        earlier = one.get(change["entity"])
        if earlier is None:
            one[change["entity"]] = change
        elif "before" in earlier:
            one[change["entity"]] = {**change, "action": Action.UPDATE, "before": earlier["before"]}
    return list(one.values())


def _entity(undoing: _Undoing, change: Change) -> None:
    last, node = undoing.last[change["entity"]], undoing.there.get(change["entity"])
    newer = last["seq"] != change["seq"]
    match change["action"]:
        case Action.DELETE if newer:
            undoing.conflict(change, "was restored since")
        case Action.DELETE:
            undoing.restores.append(change["entity"])
        case _ if node is None:
            undoing.conflict(change, "was deleted since")
        case Action.CREATE | Action.RESTORE if newer:
            undoing.conflict(change, "was changed since")
        case Action.CREATE | Action.RESTORE:
            undoing.deletes.append(CheckedDelete(len(undoing.deletes), node.ref, None))
        case _:
            kind = MODEL.kinds[change["type"]]
            stamps = {name for name, prop in kind.properties.items() if prop.stamp}
            values = _former(undoing, change, node.properties, stamps)
            index = len(undoing.entities)
            item = CheckedEntity(index, Mode.UPDATE, kind, node.ref.key, values, frozenset(values))
            undoing.entities.append(item)


async def _newer_links(tx: Transaction, undoing: _Undoing, changes: list[Change]) -> None:
    """Refuse to delete what others have linked since."""
    own = {change["entity"] for change in changes}
    by_ref = {node.ref: node for node in undoing.there.values()}
    going = {by_ref[item.ref].id for item in undoing.deletes}
    if not going:
        return
    made = {change["entity"]: change for change in changes}
    for link in (await present.incident(tx, going)).links:
        if link.id not in own:
            identity = link.start if link.start in going else link.finish
            undoing.conflict(made[identity], f"has got a {link.type} link since")


def _link(undoing: _Undoing, change: Change, going: set[str], coming: set[str]) -> None:
    last = undoing.last[change["entity"]]
    ends = [undoing.there.get(change[end]) for end in ("start", "finish")]
    if change["action"] == Action.DELETE:
        if last["seq"] != change["seq"]:
            undoing.conflict(change, "was made again since")
        elif coming.isdisjoint({change["start"], change["finish"]}):
            undoing.restores.append(change["entity"])
        return
    if last["action"] == Action.DELETE:
        # One that was only moved, perhaps to make room, had nothing that could be put back.
        if change["action"] not in _ADDED and _differing(
            _image(change, "before"), _image(change, "after"), SET_HERE | {POSITION}
        ):
            undoing.conflict(change, "was removed since")
        return
    start, finish = ends
    if start is None or finish is None or going & {start.id, finish.id}:
        return
    link = MODEL.links[change["type"]]
    now = json.loads(last["after"])["properties"]
    present_values = stored(link.properties, now)
    told = present_values.get(link.distinguished_by) if link.distinguished_by else None
    if change["action"] in _ADDED:
        if _differing(_image(change, "after"), present_values, SET_HERE | {POSITION}):
            undoing.conflict(change, "was changed since")
            return
        undoing.unlinks.append(CheckedUnlink(len(undoing.unlinks), link, start.ref, finish.ref, told))
        return
    values = _former(undoing, change, present_values, SET_HERE, moves=True)
    if link.distinguished_by:
        values[link.distinguished_by] = told
    undoing.links.append(CheckedLink(len(undoing.links), link, start.ref, finish.ref, values))


def _former(
    undoing: _Undoing,
    change: Change,
    now: Mapping[str, Any],
    ignored: set[str] | frozenset[str],
    *,
    moves: bool = False,
) -> dict[str, Any]:
    """Return the values that an update replaced; a conflict where they were replaced again. Places may have moved."""
    before, after = _image(change, "before"), _image(change, "after")
    names = _differing(before, after, ignored)
    again = sorted(
        name for name in names if not _same(now.get(name), after.get(name)) and not (moves and name == POSITION)
    )
    if again:
        undoing.conflict(change, f"has another {' and another '.join(again)} since")
    return {name: before.get(name) for name in names}


def _image(change: Change, which: str) -> dict[str, Any]:
    declared = MODEL.links[change["type"]] if "start" in change else MODEL.kinds[change["type"]]
    return stored(declared.properties, json.loads(change[which])["properties"])


def _differing(one: Mapping[str, Any], two: Mapping[str, Any], ignored: set[str] | frozenset[str]) -> list[str]:
    names = (one.keys() | two.keys()) - ignored
    return sorted(name for name in names if not _same(one.get(name), two.get(name)))


def _same(one: Any, two: Any) -> bool:
    # Moments of the present are text, those of an image are Python's.
    return one == two or (hasattr(two, "isoformat") and str(one).replace("Z", "+00:00") == two.isoformat())
