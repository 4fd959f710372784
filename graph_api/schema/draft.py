"""From the input of a mutation to a change set; each part remembers where in the input it stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from graph_api.change.changeset import ChangeSet, Delete, EntityChange, Fault, LinkChange, Mode, Ref, Unlink
from graph_api.change.decide import WORK, Deciding, Ruling, Said, decide, record
from graph_api.change.faults import FaultCode, uncounted
from graph_api.change.keys import provisional
from graph_api.change.natural import missing_link, natural_key
from graph_api.change.present import Node
from graph_api.model import MODEL, Direction, Kind, LinkField, LinkType
from graph_api.model.choices import DecisionVerdict

Path = tuple[str, ...]
INPUT: Path = ("input",)
Given = Mapping[str, Any]
"""An input object, as graphql-core has coerced it: what is absent was not given."""

REFERENCE = frozenset({"id", "kind", "key", "temporary"})
"""The fields of an input that say which entity is meant."""
CONTROL = frozenset({"dryRun", "idempotencyKey", "expectedRevision", "temporary"})
"""The fields of an input that say how, not what."""
REVIEWED_AT_ONCE = 200
"""How many links one input can name to be reviewed, at most."""


@dataclass(frozen=True, slots=True)
class UserError:
    """What is wrong with an input, at which of its fields."""

    path: Path
    code: str
    message: str


@dataclass
class Draft:
    """A change set in the making. `known` has the entities that the input names by id."""

    known: Mapping[str, Ref]
    errors: list[UserError] = field(default_factory=list)
    subjects: list[tuple[Kind, Ref | int]] = field(default_factory=list)
    """The entities that the input creates or updates, in its order: by reference, or by index of the change."""
    restores: list[str] = field(default_factory=list)
    reviews: list[str] = field(default_factory=list)
    decided: Mapping[Ref, Sequence[Node]] = field(default_factory=dict)
    """Of the entities that are there and about which the input decides: their decisions and waivers."""
    _entities: list[EntityChange] = field(default_factory=list)
    _links: list[LinkChange] = field(default_factory=list)
    _unlinks: list[Unlink] = field(default_factory=list)
    _deletes: list[Delete] = field(default_factory=list)
    _places: dict[tuple[str, int], tuple[Path, Path]] = field(default_factory=dict)
    """Where each part of the set stands; of a link, the place of its target and that of what it leads from."""
    _temporary: dict[str, int] = field(default_factory=dict)
    _created: list[tuple[int, Kind, Given, Path]] = field(default_factory=list)
    _provisional: dict[int, str] = field(default_factory=dict)

    def change_set(self, actor: str, surface: str) -> ChangeSet:
        """Return what has been drafted."""
        return ChangeSet(
            tuple(self._entities),
            tuple(self._links),
            actor,
            surface,
            unlinks=tuple(self._unlinks),
            deletes=tuple(self._deletes),
            restores=tuple(self.restores),
            reviews=tuple(self.reviews),
        )

    def error(self, path: Path, code: FaultCode, message: str) -> None:
        """Note that something is wrong with the input."""
        self.errors.append(UserError(path, code.value, message))

    def located(self, fault: Fault) -> UserError:
        """Say of a fault in the change set where in the input it is."""
        group, *rest = fault.path
        place: Path = INPUT
        steps: list[str | int] = [group] if group in {"idempotencyKey", "changeSet"} else []
        if rest and isinstance(rest[0], int) and (group, rest[0]) in self._places:
            place, near = self._places[str(group), rest[0]]
            steps = rest[1:]
            if steps[:1] == ["start"]:
                place = near
            if steps[:1] in (["start"], ["finish"], ["fields"]):
                steps = steps[1:]
        return UserError((*place, *map(str, steps)), fault.code, uncounted(fault.message))

    def create(self, kind: Kind, given: Given, path: Path, mode: Mode = Mode.CREATE) -> None:
        """Create an entity; its links follow in `link_created`, once all that is created is known."""
        index = len(self._entities)
        own = {name: value for name, value in given.items() if name in kind.properties and name != "key"}
        self._entities.append(EntityChange(mode, kind.name, given.get("key"), own))
        self._places["entities", index] = (path, path)
        self._created.append((index, kind, given, path))
        self.subjects.append((kind, index))
        if (name := given.get("temporary")) is not None and self._temporary.setdefault(name, index) != index:
            message = f"{name!r} is the temporary name of another thing in this input; choose another one."
            self.error((*path, "temporary"), FaultCode.CONFLICTING, message)

    def link_created(self) -> None:
        """Give what is created its links, and records their natural keys; what has them already keeps them."""
        self._provisional |= provisional(
            (index, kind, change.key, str(change.fields.get("name") or ""))
            for index, kind, _, _ in self._created
            if kind.keyed
            for change in (self._entities[index],)
        )
        created, self._created = self._created, []
        for index, kind, given, path in created:
            ends = [(end, list(self._ends(end, given, path))) for end in kind.links.values() if given.get(end.name)]
            known = [(end, ref) for end, items in ends for ref, _, _ in items]
            if not kind.keyed and not self._name_record(index, kind, given, path, known):
                continue
            near = self._ref_of(index)
            for end, items in ends:
                for ref, item, place in items:
                    start, finish = (near, ref) if end.direction is Direction.OUT else (ref, near)
                    self._link(LinkChange(end.link.name, start, finish, _own(end.link, item)), (place, place))

    def update(self, kind: Kind, given: Given, path: Path) -> None:
        """Patch an entity."""
        ref = self.reference(given, (kind.name,), path)
        if ref is None:
            return
        fields = {name: value for name, value in given.items() if name not in REFERENCE | CONTROL}
        self._places["entities", len(self._entities)] = (path, path)
        revision = given.get("expectedRevision")
        self._entities.append(EntityChange(Mode.UPDATE, kind.name, ref.key, fields, expected_revision=revision))
        self.subjects.append((kind, ref))

    def link(self, link: LinkType, given: Given, path: Path) -> list[Ref]:
        """Make links from one entity to several, or patch those that are there; return all the entities."""
        start, ends = self._both_ends(link, given, path)
        for finish, item, place in ends:
            if start:
                self._link(LinkChange(link.name, start, finish, _own(link, item)), (place, (*path, "from")))
        return [*([start] if start else []), *(finish for finish, _, _ in ends)]

    def unlink(self, link: LinkType, given: Given, path: Path) -> list[Ref]:
        """Take links from one entity to several away; return all the entities."""
        start, ends = self._both_ends(link, given, path)
        for finish, item, place in ends:
            if start:
                self._places["unlinks", len(self._unlinks)] = (place, (*path, "from"))
                told = item.get(link.distinguished_by) if link.distinguished_by else None
                self._unlinks.append(Unlink(link.name, start, finish, told))
        return [*([start] if start else []), *(finish for finish, _, _ in ends)]

    def reorder(self, link: LinkType, given: Given, path: Path) -> list[Ref]:
        """Put the links of a type from one entity in an order."""
        start, ends = self._both_ends(link, given, path)
        for position, (finish, _, place) in enumerate(ends, start=1):
            if start:
                change = LinkChange(link.name, start, finish, {"position": position}, existing=True)
                self._link(change, (place, (*path, "from")))
        return [*([start] if start else []), *(finish for finish, _, _ in ends)]

    def delete(self, given: Given, path: Path) -> None:
        """Take an entity away."""
        if ref := self.reference(given, tuple(MODEL.kinds), path):
            self._places["deletes", len(self._deletes)] = (path, path)
            self._deletes.append(Delete(ref, given.get("expectedRevision")))

    def restore(self, identity: str, path: Path) -> None:
        """Bring a deleted entity, or a removed link, back."""
        self._places["restores", len(self.restores)] = (path, path)
        self.restores.append(identity)

    def review(self, given: Given, path: Path) -> None:
        """Mark links as reviewed."""
        place = (*path, "links")
        if len(given["links"]) > REVIEWED_AT_ONCE:
            message = f"These are {len(given['links'])} links; review {REVIEWED_AT_ONCE} at once, at most."
            self.error(place, FaultCode.INVALID_VALUE, message)
            return
        for index, identity in enumerate(given["links"]):
            at = (*place, str(index))
            self._places["reviews", len(self.reviews)] = (at, at)
            self.reviews.append(identity)

    def decide(self, given: Given, path: Path) -> list[Ref]:
        """Record what is decided about a gap; return the entity that it is about."""
        ref = self.reference(given["entity"], MODEL.keyed, (*path, "entity"))
        if ref is None:
            return []
        own = {"action": given["action"], "rule": given.get("rule"), "expires": given.get("expires")}
        return self._record(decide(Said(**_decided(ref, given), **own), self.decided.get(ref)), ref, path)

    def record_decision(self, given: Given, path: Path) -> list[Ref]:
        """Record what is decided about work; return the entity that it is about."""
        ref = self.reference(given["entity"], WORK, (*path, "entity"))
        if ref is None:
            return []
        if (revision := given.get("expectedRevision")) is not None:
            self._places["entities", len(self._entities)] = (path, path)
            self._entities.append(EntityChange(Mode.UPDATE, ref.kind, ref.key, {}, expected_revision=revision))
        ruling = Ruling(**_decided(ref, given), verdict=DecisionVerdict[given["verdict"]])
        return self._record(record(ruling, self.decided.get(ref)), ref, path)

    def _record(self, deciding: Deciding, ref: Ref, path: Path) -> list[Ref]:
        for name, code, message in deciding.faults:
            self.error((*path, name), code, message)
        for gone in deciding.deletes:
            self._places["deletes", len(self._deletes)] = (path, path)
            self._deletes.append(gone)
        for change in deciding.entities:
            self._places["entities", len(self._entities)] = (path, path)
            self._entities.append(change)
            self.subjects.append((MODEL.kinds[change.kind], Ref(change.kind, change.key or "")))
        for link in deciding.links:
            self._link(link, ((*path, "entity"), path))
        return [ref]

    def named(self, given: Given) -> Ref | None:
        """Return the entity that is named by its id, or by kind and key; none where it is named otherwise."""
        if given.get("id") is not None:
            return self.known.get(given["id"])
        kind, key = given.get("kind"), given.get("key")
        return Ref(str(kind), key) if kind is not None and key is not None else None

    def reference(self, given: Given, kinds: tuple[str, ...], path: Path) -> Ref | None:
        """Find the entity that is meant; none where that cannot be told, which is then an error."""
        names = [name for name in ("id", "key", "temporary") if given.get(name) is not None]
        if len(names) != 1:
            self.error(path, FaultCode.REQUIRED, "Say which one is meant by exactly one of id, key and temporary.")
            return None
        (name,) = names
        value = given[name]
        if name == "temporary":
            return self._by_temporary(value, kinds, path)
        if name == "id":
            ref = self.known.get(value)
            if ref is None:
                self.error((*path, "id"), FaultCode.NOT_FOUND, f"There is nothing with the id {value!r}.")
            return self._fitting(ref, kinds, (*path, "id"))
        kind = given.get("kind") or (kinds[0] if len(kinds) == 1 else None)
        if kind is None:
            message = f"With a key goes the kind: say `kind`, {_one_of(kinds)}."
            self.error((*path, "kind"), FaultCode.REQUIRED, message)
            return None
        return self._fitting(Ref(str(kind), value), kinds, (*path, "kind"))

    def ref_of(self, index: int, keys: Mapping[int, str]) -> Ref:
        """Return the entity that a change created or updated; `keys` are those of the outcome."""
        return Ref(self._entities[index].kind, keys[index])

    def _by_temporary(self, name: str, kinds: tuple[str, ...], path: Path) -> Ref | None:
        index = self._temporary.get(name)
        if index is None:
            message = f"Nothing in this input is called {name!r}; give that name as `temporary` where it is created."
            self.error((*path, "temporary"), FaultCode.NOT_FOUND, message)
            return None
        return self._fitting(self._ref_of(index), kinds, (*path, "temporary"))

    def _ref_of(self, index: int) -> Ref:
        change = self._entities[index]
        return Ref(change.kind, change.key or self._provisional.get(index, ""))

    def _fitting(self, ref: Ref | None, kinds: tuple[str, ...], path: Path) -> Ref | None:
        if ref and ref.kind not in kinds:
            self.error(path, FaultCode.WRONG_ENDS, f"{ref} does not belong here: it must be {_one_of(kinds)}.")
            return None
        return ref

    def _ends(self, end: LinkField, given: Given, path: Path) -> Iterator[tuple[Ref, Given, Path]]:
        value = given[end.name]
        items = [(value, (*path, end.name))] if end.single else _numbered(value, (*path, end.name))
        for item, place in items:
            if ref := self.reference(item, end.far, place):
                yield ref, item, place

    def _both_ends(self, link: LinkType, given: Given, path: Path) -> tuple[Ref | None, list[tuple[Ref, Given, Path]]]:
        start = self.reference(given["from"], link.start, (*path, "from"))
        far = (start.kind,) if start and link.same_kind else link.finish
        found = [
            (self.reference(item, far, place), item, place) for item, place in _numbered(given["to"], (*path, "to"))
        ]
        return start, [(ref, item, place) for ref, item, place in found if ref]

    def _link(self, change: LinkChange, places: tuple[Path, Path]) -> None:
        self._places["links", len(self._links)] = places
        self._links.append(change)

    def _name_record(
        self, index: int, kind: Kind, given: Given, path: Path, known: list[tuple[LinkField, Ref]]
    ) -> bool:
        """Give a record its natural key; false where it is of nothing."""
        if end := missing_link(kind, [end for end, _ in known]):
            if not given.get(end.name):
                message = f"A {kind.field_name} is of something: name it in `{end.name}`."
                self.error((*path, end.name), FaultCode.REQUIRED, message)
            return False
        change = self._entities[index]
        key = natural_key(kind, change.fields, known)
        self._entities[index] = EntityChange(change.mode, change.kind, key, change.fields)
        return True


def ids_in(given: Any) -> Iterator[str]:
    """Find every id by which an input names an entity."""
    if isinstance(given, Mapping):
        for name, value in given.items():
            if name == "id" and isinstance(value, str):
                yield value
            else:
                yield from ids_in(value)
    elif isinstance(given, list):
        for item in given:
            yield from ids_in(item)


def _decided(about: Ref, given: Given) -> dict[str, Any]:
    """Read what all decisions say."""
    return {
        "about": about,
        "reason": given["reason"],
        "on": given.get("on") or datetime.now(UTC).date(),
        "by_role": given.get("byRole"),
        "expected": given.get("expected"),
    }


def _own(link: LinkType, given: Given) -> dict[str, Any]:
    return {name: value for name, value in given.items() if name in link.properties and name not in REFERENCE}


def _numbered(items: Iterable[Given], path: Path) -> list[tuple[Given, Path]]:
    return [(item, (*path, str(index))) for index, item in enumerate(items)]


def _one_of(kinds: tuple[str, ...]) -> str:
    names = [MODEL.kinds[kind].enum_name for kind in kinds]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
