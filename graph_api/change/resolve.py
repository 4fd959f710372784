"""What becomes of the entities of a change set, given what the graph holds. Pure; links are `relate`'s part."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from graph_api.change.changeset import Fault, Mode, Ref
from graph_api.change.effects import Created, Updated
from graph_api.change.faults import FaultCode, suggestion
from graph_api.change.keys import Series, slug
from graph_api.change.present import Node
from graph_api.change.validate import Checked, CheckedEntity, missing, named

# Looking for near keys is slow, and nobody reads hundreds of suggestions.
MAX_SUGGESTIONS = 20


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who writes and when, and how new entities get their ids."""

    at: datetime
    by: str
    new_id: Callable[[], str]


@dataclass(frozen=True, slots=True)
class End:
    """An entity that a link can join: its final kind and key, its id, and whether it is about to be created."""

    ref: Ref
    id: str
    new: bool


@dataclass(slots=True)
class Entities:
    """What becomes of the entities of a set, and what its links' references mean."""

    effects: list[Created | Updated] = field(default_factory=list)
    unchanged: int = 0
    ends: dict[Ref, End] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


class KnownKeys:
    """The keys from which the nearest is suggested where one is wrong."""

    def __init__(self, keys: Mapping[str, Iterable[str]]) -> None:
        self._keys = {kind: tuple(known) for kind, known in keys.items()}
        self._left = MAX_SUGGESTIONS

    def suggest(self, ref: Ref) -> str:
        """Return `; did you mean persona/anna?` or a full stop."""
        if self._left <= 0:
            return "."
        self._left -= 1
        words = suggestion(ref.key, self._keys.get(ref.kind, ()))
        return words.replace("mean ", f"mean {Ref(ref.kind, '')}", 1)


def slugs(checked: Checked) -> dict[str, set[str]]:
    """Return, for each kind, the slugs of the entities that come without a key."""
    found: dict[str, set[str]] = {}
    for item in checked.entities:
        if item.key is None:
            found.setdefault(item.kind.name, set()).add(slug(item.kind, item.name))
    return found


def final_keys(checked: Checked, taken: Mapping[str, Mapping[str, str | None]]) -> dict[int, str]:
    """Give every entity change its key; `taken` has the present keys of the slugs with their entities' names."""
    given: dict[str, set[str]] = {}
    for item in checked.entities:
        if item.key is not None:
            given.setdefault(item.kind.name, set()).add(item.key)
    by_slug = {kind: _by_slug(checked, kind, names) for kind, names in taken.items()}
    series: dict[tuple[str, str], Series] = {}
    keys = {}
    for item in checked.entities:
        if item.key is not None:
            keys[item.index] = item.key
            continue
        kind, base = item.kind.name, slug(item.kind, item.name)
        if (kind, base) not in series:
            series[kind, base] = Series(base, by_slug.get(kind, {}).get(base, {}), given.get(kind, set()))
        keys[item.index] = series[kind, base].take(item.name, existing=item.mode is Mode.PUT)
    return keys


def resolve(  # noqa: PLR0913, PLR0917 - what is known of the graph comes from several questions
    checked: Checked,
    keys: Mapping[int, str],
    present: Mapping[Ref, Node],
    known: KnownKeys,
    stamp: Stamp,
    owners: Mapping[str, Ref] | None = None,
) -> Entities:
    """Find out what becomes of each entity of the set, all changes of one entity taken together.

    `owners` has the entities that have the ids which the set gives, as far as they are taken.
    """
    result = Entities()
    groups: dict[Ref, list[CheckedEntity]] = {}
    for item in checked.entities:
        groups.setdefault(Ref(item.kind.name, keys[item.index]), []).append(item)
    final: dict[Ref, End] = {}
    taken = dict(owners or {})
    for ref, items in groups.items():
        node = present.get(ref)
        given = _given_id(result, ref, node, items, taken)
        final[ref] = End(ref, node.id if node else given or stamp.new_id(), new=node is None)
        if node is None:
            _create(result, final[ref], items, known, stamp)
        else:
            _update(result, node, items, stamp)
    # What a reference means: first what the set itself calls so, then what its entities are called in the end.
    for item in checked.entities:
        called = checked.provisional.get(item.index, item.key)
        if called is not None:
            result.ends[Ref(item.kind.name, called)] = final[Ref(item.kind.name, keys[item.index])]
    for ref, node in present.items():
        final.setdefault(ref, End(ref, node.id, new=False))
    result.ends = final | result.ends
    return result


def _given_id(
    result: Entities, ref: Ref, node: Node | None, items: Iterable[CheckedEntity], taken: dict[str, Ref]
) -> str | None:
    """Return the id that the set gives to an entity; `taken` says whose each id is, and is told of this one."""
    given = node.id if node else None
    for item in items:
        if item.id is None or item.id == given:
            continue
        owner = taken.setdefault(item.id, ref)
        if given is not None:
            words = f"{ref} has the id {given}, not {item.id}; leave the id out, or give another key"
        elif owner != ref:
            words = f"the id {item.id} is that of {owner}; leave the id out, or correct it"
        else:
            given = item.id
            continue
        message = f"Entity {item.index + 1}: {words}."
        result.faults.append(Fault(("entities", item.index, "id"), FaultCode.TAKEN, message))
    return given


def bring_back(result: Entities, returning: Iterable[Node], present: Mapping[Ref, Node], stamp: Stamp) -> None:
    """Add the entities that come back; `present` has those whose keys they would take."""
    own = {effect.ref for effect in result.effects}
    for node in returning:
        if node.ref in present or node.ref in own:
            message = f"{node.ref} cannot come back: its key is another one's by now; delete that first."
            result.faults.append(Fault(("restores",), FaultCode.TAKEN, message))
        own.add(node.ref)
        stamps = {"updatedAt": stamp.at, "updatedBy": stamp.by, "revision": node.properties.get("revision", 1) + 1}
        result.effects.append(Created(node.ref, node.id, node.properties | stamps, restored=True))
        result.ends[node.ref] = End(node.ref, node.id, new=True)


def _by_slug(checked: Checked, kind: str, names: Mapping[str, str | None]) -> dict[str, dict[str, str | None]]:
    """Sort the present keys by the slugs they may belong to, so that each series looks at its own only."""
    bases = slugs(checked)[kind]
    found: dict[str, dict[str, str | None]] = {}
    for key, name in names.items():
        for base in {key, key.rpartition("-")[0]} & bases:
            found.setdefault(base, {})[key] = name
    return found


def _create(result: Entities, end: End, items: list[CheckedEntity], known: KnownKeys, stamp: Stamp) -> None:
    first, ref = items[0], end.ref
    place = ("entities", first.index)
    if all(item.mode is Mode.UPDATE for item in items):
        message = f"Entity {first.index + 1}: there is no {ref} to update{known.suggest(ref)}"
        result.faults.append(Fault((*place, "key"), FaultCode.NOT_FOUND, message))
        return
    for item in items:
        if item.expected_revision is not None:
            message = (
                f"Entity {item.index + 1}: there is no {ref}, and revision {item.expected_revision} of it is expected, "
                f"so somebody has deleted it since; leave the revision out to make it anew."
            )
            path = ("entities", item.index, "expectedRevision")
            result.faults.append(Fault(path, FaultCode.CONFLICT, message))
    # Whoever creates, or gives no key, was told by `validate` already.
    if first.key is not None and all(item.mode is not Mode.CREATE for item in items):
        for name in missing(first.kind, {name for item in items for name in item.given}):
            message = f"Entity {first.index + 1}: {ref} is new, and {named(first.kind)} needs a {name}; give one."
            result.faults.append(Fault((*place, "fields", name), FaultCode.REQUIRED, message))
    values = {name: value for name, value in _merged(items).items() if value is not None}
    stamps = {"createdAt": stamp.at, "createdBy": stamp.by, "updatedAt": stamp.at, "updatedBy": stamp.by, "revision": 1}
    result.effects.append(Created(ref, end.id, {"id": end.id, "key": ref.key, **values, **stamps}))


def _update(result: Entities, node: Node, items: list[CheckedEntity], stamp: Stamp) -> None:
    for item in items:
        if item.mode is Mode.CREATE:
            message = f"Entity {item.index + 1}: {node.ref} is there already; give it another key, or update it."
            result.faults.append(Fault(("entities", item.index, "key"), FaultCode.TAKEN, message))
    for item in items:
        result.faults += stale(node, item.expected_revision, ("entities", item.index), f"Entity {item.index + 1}")
    changed = difference(node.properties, _merged(items))
    if not changed:
        result.unchanged += 1
        return
    stamps = {"updatedAt": stamp.at, "updatedBy": stamp.by, "revision": node.properties.get("revision", 1) + 1}
    if not items[0].kind.substance.isdisjoint(changed):
        # Its links stay as they are: whoever reads holds this against the moment when each was made or reviewed.
        stamps["substanceAt"] = stamp.at
    result.effects.append(Updated(node, changed | stamps))


def stale(node: Node, expected: int | None, path: tuple[str | int, ...], place: str) -> list[Fault]:
    """Say that somebody else has changed an entity since it had the revision that is expected."""
    present = node.properties.get("revision", 1)
    if expected is None or expected == present:
        return []
    message = (
        f"{place}: {node.ref} has revision {present} and not {expected}, so somebody has changed it since; "
        f"look at it again, and repeat what is still right."
    )
    return [Fault((*path, "expectedRevision"), FaultCode.CONFLICT, message)]


def _merged(items: Iterable[CheckedEntity]) -> dict[str, Any]:
    return {name: value for item in items for name, value in item.values.items()}


def difference(present: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that differ from the present ones, both in stored form; an empty list is an absent one."""
    return {
        name: value for name, value in values.items() if value != (None if (held := present.get(name)) == [] else held)
    }
