"""What files say, read against the model: entities with own fields, and links whose far end is still only a key."""

from dataclasses import dataclass, field
from typing import Any

from graph_api.change.faults import suggestion
from graph_api.model import MODEL, Direction, Kind, LinkField, LinkType
from graph_api.transfer.nodes import Mapping, Node, Scalar, Sequence, is_null, items, value_of, within
from graph_api.transfer.places import Faults, Place

ID = "id"
KEY = "key"
TAGS = "tags"
BASIS = "basis"
POSITION = "position"


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a file says once for everything in it."""

    tags: Sequence | None = None
    """Tags that every entity has beside its own."""
    basis: Scalar | None = None
    """The basis of each link that names none."""


@dataclass(slots=True)
class LinkItem:
    """A link as it is written at one of its ends."""

    at: LinkField
    """The field under which it is written."""
    far: str
    """The key at the other end."""
    kind: str | None
    """The kind at the other end, where it is written or can be but one."""
    place: Place
    values: dict[str, Any] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    """Where each value comes from."""

    def place_of(self, rest: tuple[str | int, ...]) -> Place:
        """Return the place of a part: `("finish",)`, `("fields", "confidence")`."""
        return _at(self.nodes, rest) or self.place


@dataclass(slots=True)
class EntityItem:
    """An entity as it is written."""

    kind: Kind
    key: str | None
    """Of a record only where its id is written too, as exports do."""
    place: Place
    key_place: Place
    id: str | None = None
    values: dict[str, Any] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    links: list[LinkItem] = field(default_factory=list)

    def place_of(self, rest: tuple[str | int, ...]) -> Place:
        """Return the place of a part: `("key",)`, `("fields", "severity")`."""
        return self.key_place if rest == (KEY,) else _at(self.nodes, rest) or self.place


@dataclass(slots=True)
class Document:
    """Everything that some files say. `faults` holds what is wrong with them whatever the graph holds."""

    files: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    """CSV files in a folder that no mapping names."""
    lines: list[str] = field(default_factory=list)
    """Files of JSON Lines, which are not read here: they may be larger than what can be held."""
    entities: list[EntityItem] = field(default_factory=list)
    faults: Faults = field(default_factory=Faults)
    complete: bool = True
    """Whether every file could be read; otherwise an absent entity may only be an unread one."""


def read_entities(kind: Kind, node: Node, defaults: Defaults, document: Document) -> None:
    """Read the list of entities under the name of a kind."""
    if is_null(node):
        return
    if not isinstance(node, Sequence):
        document.faults.add(
            node.place, f"Under `{kind.plural}` stands a list: begin each {kind.field_name} with a dash and a space."
        )
        document.complete = False
        return
    for item in node.items:
        if isinstance(item, Mapping):
            document.entities.append(read_entity(kind, item, defaults, document.faults))
        else:
            name = a(kind.field_name).capitalize()
            document.faults.add(item.place, f"{name} is written as `field: value` lines after one dash.")
            document.complete = False


def read_entity(kind: Kind, node: Mapping, defaults: Defaults, faults: Faults) -> EntityItem:
    """Read one entity."""
    key = _key(kind, node, faults)
    item = EntityItem(kind, key.text if key else None, node.place, key.place if key else node.place)
    if not kind.keyed:
        item.key_place = node.place
    for name, value in node:
        if name.text == KEY:
            continue
        if name.text == ID:
            item.id = _id(value, faults)
            item.nodes[ID] = value
        elif name.text in kind.links:
            item.links += _links(kind.links[name.text], value, faults)
        elif (prop := kind.properties.get(name.text)) and not prop.stamp:
            item.values[prop.name] = value_of(value, prop.type, prop.name, faults)
            item.nodes[prop.name] = value
        else:
            faults.add(name.place, _unknown_field(kind, name.text), "UNKNOWN_FIELD")
    for link in item.links if defaults.basis else ():
        if BASIS not in link.values and defaults.basis:
            link.values[BASIS] = value_of(defaults.basis, link.at.link.properties[BASIS].type, BASIS, faults)
            link.nodes[BASIS] = defaults.basis
    tags = defaults.tags
    if tags and kind.keyed:
        own = item.values.get(TAGS) or []
        shared = value_of(tags, kind.properties[TAGS].type, TAGS, faults)
        item.values[TAGS] = list(dict.fromkeys([*shared, *own]))
        item.nodes.setdefault(TAGS, tags)
    return item


def _key(kind: Kind, node: Mapping, faults: Faults) -> Scalar | None:
    key = node.get(KEY)
    if key is None or is_null(key):
        return None
    if not kind.keyed and node.get(ID) is None:
        fields = ", ".join(f"`{name}`" for name in kind.natural_key)
        faults.add(key.place, f"A {kind.field_name} has no key: it is told apart by {fields}. Leave `key` out.")
        return None
    if not isinstance(key, Scalar):
        faults.add(key.place, "`key` is one word of letters, digits, dots, dashes and underscores.")
        return None
    return key


def _id(node: Node, faults: Faults) -> str | None:
    if isinstance(node, Scalar):
        return None if node.null else node.text
    faults.add(node.place, "`id` is one word, as an export has it: leave it out of what you write yourself.")
    return None


def _links(at: LinkField, node: Node, faults: Faults) -> list[LinkItem]:
    ends = items(node)
    if not any(MODEL.kinds[kind].keyed for kind in at.far):
        far = MODEL.kinds[at.far[0]]
        back = next(name for name, end in far.links.items() if end.link is at.link)
        faults.add(
            node.place, f"A {far.field_name} has no key to name it by: write it under `{far.plural}`, with `{back}`."
        )
        return []
    if at.single and len(ends) > 1:
        faults.add(ends[1].place, f"`{at.name}` takes one key, and this is the second: keep one of them.")
        ends = ends[:1]
    ordered = at.link.positioned and at.direction is Direction.OUT
    found = [_link(at, end, faults, ordered=ordered) for end in ends]
    links = [link for link in found if link]
    if ordered:
        for number, link in enumerate(links, start=1):
            link.values[POSITION] = number
    return links


def _link(at: LinkField, node: Node, faults: Faults, *, ordered: bool) -> LinkItem | None:
    if isinstance(node, Scalar) and node.text:
        return _far(at, node, faults)
    if not isinstance(node, Mapping):
        faults.add(node.place, f"Under `{at.name}` stand keys, or maps that begin with `key`.")
        return None
    key = node.get(KEY)
    if not isinstance(key, Scalar) or key.null:
        faults.add(node.place, f"The link `{at.name}` says no key: add `key` with the key of the other end.")
        return None
    link = _far(at, key, faults)
    for name, value in node if link else ():
        if name.text == KEY:
            continue
        prop = at.link.properties.get(name.text)
        if prop is None or prop.stamp:
            faults.add(name.place, _unknown_link_field(at, name.text), "UNKNOWN_FIELD")
        elif ordered and name.text == POSITION:
            faults.add(name.place, f"The place in the list `{at.name}` is the position: leave `position` out.")
        elif link:
            link.values[prop.name] = value_of(value, prop.type, prop.name, faults)
            link.nodes[prop.name] = value
    return link


def _far(at: LinkField, node: Scalar, faults: Faults) -> LinkItem | None:
    kind_name, slash, key = node.text.rpartition("/")
    kind = MODEL.kind(kind_name) if slash else None
    if slash and (kind is None or kind.name not in at.far):
        faults.add(
            node.place, f"`{at.name}` leads to {one_of(at.far)}, not to a `{kind_name}`: write {forms(at, key)}."
        )
        return None
    certain = kind.name if kind else at.far[0] if len(at.far) == 1 else None
    return LinkItem(at, key, certain, node.place)


def _at(nodes: dict[str, Node], rest: tuple[str | int, ...]) -> Place | None:
    name, inner = (rest[1], rest[2:]) if len(rest) > 1 and rest[0] == "fields" else (rest[0] if rest else "", ())
    node = nodes.get(str(name))
    return within(node, inner) if node else None


def a(name: str) -> str:
    """Put the article before a name, as in `an insight`."""
    return f"an {name}" if name[0] in "aeiou" else f"a {name}"


def one_of(kinds: tuple[str, ...]) -> str:
    """Name kinds for people: `a department, partner or stakeholder`."""
    names = [MODEL.kinds[kind].field_name for kind in kinds]
    return a(names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}")


def forms(at: LinkField, key: str, kinds: list[str] | None = None) -> str:
    """Show how a key with its kind is written: `department/DVSA` or `partner/DVSA`."""
    return " or ".join(f"`{MODEL.kinds[kind].field_name}/{key}`" for kind in kinds or at.far[:3])


def writable(kind: Kind) -> list[str]:
    """Return the names under which something can be written in an entity of the kind."""
    return [ID, *(prop.name for prop in kind.properties.values() if not prop.stamp), *kind.links]


def no_field(kind: Kind, name: str) -> str:
    """Say that a kind has no such field, and which one may have been meant: `status` is `insightStatus`."""
    known = writable(kind)
    whole = f"{kind.field_name}{name[:1].upper()}{name[1:]}"
    return (
        f"{a(kind.field_name).capitalize()} has no field `{name}`{suggestion(whole if whole in known else name, known)}"
    )


def _unknown_field(kind: Kind, name: str) -> str:
    prop = kind.properties.get(name)
    if prop and prop.stamp:
        return f"`{name}` is set by the service: leave it out."
    return no_field(kind, name)


def _unknown_link_field(at: LinkField, name: str) -> str:
    link: LinkType = at.link
    known = [prop.name for prop in link.properties.values() if not prop.stamp]
    return f"The link `{at.name}` has no field `{name}`{suggestion(name, known)}"
