"""The declarations, read once and turned into plain descriptions that every other layer uses.

`MODEL` is the whole model: kinds by name, link types by name, and for each kind its fields and the link fields at its
end. Reading it is cheap; nothing in it ever changes after import.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from inspect import getdoc

from pydantic import BaseModel
from pydantic.alias_generators import to_camel, to_snake

from graph_api.model.declare import Entity, Link, Record
from graph_api.model.kinds import action, customer, insight, journey, organisation, strategy
from graph_api.model.links import attached, spine
from graph_api.model.values import Choice, Struct, ValueType, value_type

# In the order of the thread, which is the order of people's lists too.
KIND_CLASSES: tuple[type[Record], ...] = (
    strategy.Goal,
    strategy.Principle,
    strategy.KPI,
    strategy.Measurement,
    customer.Segment,
    customer.Account,
    customer.Trigger,
    customer.Persona,
    customer.Need,
    journey.Journey,
    journey.Stage,
    journey.Step,
    journey.Touchpoint,
    journey.Channel,
    insight.Insight,
    insight.Evidence,
    insight.Study,
    insight.Hypothesis,
    action.Opportunity,
    action.Proposition,
    action.Promise,
    action.Initiative,
    action.Enabler,
    organisation.Department,
    organisation.Partner,
    organisation.Stakeholder,
    action.Decision,
    action.Waiver,
)

INTERFACES: dict[str, str] = {
    "Owner": "Who can be accountable or involved: a department, a partner or a stakeholder.",
    "Party": "Who can run a touchpoint: a department or a partner.",
    "JourneyElement": "Where something can be observed: a journey, a stage, a step or a touchpoint.",
    "Voice": "Who can voice an insight: a persona, a segment or an account.",
    "Decidable": "What can be decided about: an insight, an opportunity, a proposition or an initiative.",
    "Entity": "Anything with a key and a name.",
}


class Direction(Enum):
    """Which way a link is followed from where one stands."""

    OUT = "OUT"
    IN = "IN"


@dataclass(frozen=True)
class Property:
    """An own field of a kind or a link type. `name` is its name in GraphQL, in files and in Neo4j alike."""

    name: str
    type: ValueType
    description: str
    required: bool
    substance: bool
    ordered: bool
    stamp: bool
    late: bool

    @property
    def always(self) -> bool:
        """Whether no entity is without it: a required field, or a stamp from the beginning."""
        return self.required or (self.stamp and not self.late)

    @property
    def searched(self) -> bool:
        """Whether people look for words in it: what people write, but not who wrote it."""
        return self.type.searched and not self.stamp


@dataclass(frozen=True, eq=False)
class LinkType:
    """A type of link: what it joins, and what it carries."""

    name: str
    class_name: str
    description: str
    start: tuple[str, ...]
    finish: tuple[str, ...]
    spine: bool
    one: tuple[str, ...]
    """Start kinds from which at most one such link leaves."""
    one_parent: bool
    positioned: bool
    same_kind: bool
    acyclic: bool
    distinguished_by: str | None
    properties: dict[str, Property]
    own: dict[str, Property]
    """The properties that only this type has."""

    def joins(self, start: str, finish: str) -> bool:
        """Tell whether a link of this type may lead from one kind to the other."""
        return start in self.start and finish in self.finish and (not self.same_kind or start == finish)


@dataclass(frozen=True, eq=False)
class LinkField:
    """A link type seen from one of its ends: the field by which a kind shows it."""

    name: str
    kind: str
    link: LinkType
    direction: Direction
    far: tuple[str, ...]
    interface: str | None
    single: bool

    @property
    def target(self) -> str:
        """The GraphQL type at the far end."""
        return self.interface or self.far[0]


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of entity: its names, its own fields, and a field for every link it can have."""

    name: str
    plural: str
    description: str
    keyed: bool
    natural_key: tuple[str, ...]
    properties: dict[str, Property]
    links: dict[str, LinkField] = field(default_factory=dict)

    @cached_property
    def substance(self) -> frozenset[str]:
        """The fields on which links to it rest."""
        return frozenset(name for name, prop in self.properties.items() if prop.substance)

    @cached_property
    def field_name(self) -> str:
        """The name of the root field that gets one: `opportunity`, `kpi`."""
        return lower_first(self.name)

    @property
    def list_name(self) -> str:
        """The name of the root field that lists all: `opportunities`; `allEvidence` where one is called as many."""
        return self.plural if self.plural != self.field_name else f"all{self.name}"

    @cached_property
    def enum_name(self) -> str:
        """The name in lists of kinds: `OPPORTUNITY`, `KPI`."""
        return to_snake(self.name).upper()


@dataclass(frozen=True)
class Interface:
    """A name for several kinds at one end of a link; it has the fields that they all have."""

    name: str
    description: str
    members: tuple[str, ...]


class Model:
    """Everything that is declared, by name."""

    def __init__(self, kind_classes: tuple[type[Record], ...], link_classes: tuple[type[Link], ...]) -> None:
        self.kinds: dict[str, Kind] = {cls.__name__: _kind(cls) for cls in kind_classes}
        self.links: dict[str, LinkType] = {}
        members: dict[str, tuple[str, ...]] = {"Entity": self.keyed}
        for cls in link_classes:
            link = _link_type(cls, self._names)
            self.links[link.name] = link
            for name, far in (
                (cls.ends.forward_interface, link.finish),
                (cls.ends.backward_interface, link.start),
            ):
                if name and members.setdefault(name, far) != far:
                    message = f"The interface {name} stands for different kinds at different links."
                    raise ValueError(message)
            self._add_fields(cls, link)
        self.interfaces = {name: Interface(name, INTERFACES[name], kinds) for name, kinds in members.items()}
        self.choices, self.structs = self._named_types()

    def _names(self, classes: tuple[type[Record], ...]) -> tuple[str, ...]:
        return self.keyed if classes == (Entity,) else tuple(cls.__name__ for cls in classes)

    @cached_property
    def keyed(self) -> tuple[str, ...]:
        """The names of the kinds that have a key and a name."""
        return tuple(name for name, kind in self.kinds.items() if kind.keyed)

    @cached_property
    def searched(self) -> tuple[str, ...]:
        """The names of the fields in which people look for words, of all kinds that have a key."""
        fields = (prop.name for kind in self.keyed for prop in self.kinds[kind].properties.values() if prop.searched)
        return tuple(dict.fromkeys(fields))

    @cached_property
    def spine(self) -> tuple[str, ...]:
        """The link types that carry the thread."""
        return tuple(name for name, link in self.links.items() if link.spine)

    @cached_property
    def attached(self) -> tuple[str, ...]:
        """The link types beside the thread."""
        return tuple(name for name, link in self.links.items() if not link.spine)

    @cached_property
    def beside(self) -> tuple[str, ...]:
        """The attached link types that join entities with keys: what a trace shows beside the thread.

        Records (measurements, decisions, waivers) belong to one entity and are read from it; they are no neighbours.
        """
        keyed = set(self.keyed)
        return tuple(
            name for name in self.attached if keyed.issuperset((*self.links[name].start, *self.links[name].finish))
        )

    @cached_property
    def spine_kinds(self) -> frozenset[str]:
        """The kinds that a spine link leaves from or arrives at."""
        return frozenset(end for name in self.spine for end in (*self.links[name].start, *self.links[name].finish))

    def kind(self, text: str) -> Kind | None:
        """Find a kind by any of its names: `Opportunity`, `opportunity`, `opportunities`, `OPPORTUNITY`."""
        return self._by_any_name.get(text.replace("-", "_").replace("_", "").lower())

    @cached_property
    def _by_any_name(self) -> dict[str, Kind]:
        return {name.lower(): kind for kind in self.kinds.values() for name in (kind.name, kind.plural)}

    def listed(self, name: str) -> Kind | None:
        """Find the kind that a root field of this name lists."""
        return self._by_list_name.get(name)

    @cached_property
    def _by_list_name(self) -> dict[str, Kind]:
        return {kind.list_name: kind for kind in self.kinds.values()}

    def members(self, type_name: str) -> tuple[str, ...]:
        """Return the kinds that a GraphQL type name stands for: one kind's, an interface's, or Node's."""
        if type_name in self.kinds:
            return (type_name,)
        return tuple(self.kinds) if type_name == "Node" else self.interfaces[type_name].members

    def _add_fields(self, cls: type[Link], link: LinkType) -> None:
        ends = cls.ends
        for name, link_field in (
            *self._end_fields(ends.forward, link, Direction.OUT, ends.forward_interface),
            *self._end_fields(ends.backward, link, Direction.IN, ends.backward_interface),
        ):
            kind = self.kinds[link_field.kind]
            if name in kind.links or name in kind.properties:
                message = f"{kind.name} has two fields named {name}; one of them comes from {link.name}."
                raise ValueError(message)
            kind.links[name] = link_field

    def _end_fields(
        self, pattern: str, link: LinkType, direction: Direction, interface: str | None
    ) -> Iterator[tuple[str, LinkField]]:
        near, far = (link.start, link.finish) if direction is Direction.OUT else (link.finish, link.start)
        # The ≤ 1 of a few of several kinds leaves the field a list, so that its GraphQL type is one across kinds.
        single = link.one_parent if direction is Direction.IN else link.one == link.start
        for kind in near:
            if interface or "{" not in pattern:
                if not interface and len(far) > 1 and not link.same_kind:
                    message = f"{link.name}.{pattern} leads to several kinds: it needs braces or an interface."
                    raise ValueError(message)
                ends = (kind,) if link.same_kind else far
                yield pattern, LinkField(pattern, kind, link, direction, ends, interface, single)
                continue
            for far_kind in (kind,) if link.same_kind else far:
                name = _fill(pattern, self.kinds[far_kind])
                yield name, LinkField(name, kind, link, direction, (far_kind,), None, single)

    def _named_types(self) -> tuple[dict[str, type[Choice]], dict[str, type[Struct]]]:
        owners: list[Kind | LinkType] = [*self.kinds.values(), *self.links.values()]
        every = [prop.type for owner in owners for prop in owner.properties.values()]
        return (
            {kind.choice.__name__: kind.choice for kind in every if kind.choice},
            {kind.struct.__name__: kind.struct for kind in every if kind.struct},
        )


def _fill(pattern: str, kind: Kind) -> str:
    if pattern == "{}":
        return kind.plural
    return pattern.replace("{one}", kind.name).replace("{}", kind.plural[0].upper() + kind.plural[1:])


def lower_first(name: str) -> str:
    """Turn a type's name into a field's: `Opportunity` into `opportunity`, `KPI` into `kpi`."""
    return name.lower() if name.isupper() else name[0].lower() + name[1:]


def _properties(cls: type[BaseModel]) -> dict[str, Property]:
    found = {}
    for name, info in cls.model_fields.items():
        marks = info.json_schema_extra
        if not isinstance(marks, dict):
            message = f"{cls.__name__}.{name} is not declared with own(), required() or several()."
            raise TypeError(message)
        annotation = info.rebuild_annotation()
        camel = to_camel(name)
        found[camel] = Property(
            name=camel,
            type=value_type(annotation),
            description=info.description or "",
            required=info.is_required(),
            substance=bool(marks["substance"]),
            ordered=bool(marks["ordered"]),
            stamp=bool(marks["stamp"]),
            late=bool(marks["late"]),
        )
    return found


def _kind(cls: type[Record]) -> Kind:
    own_fields = _properties(cls)
    inherited = Entity.model_fields if issubclass(cls, Entity) else Record.model_fields
    shared = {to_camel(name) for name in inherited}
    stamps = {name for name, prop in own_fields.items() if prop.stamp}
    # Key and name first, then what is special to the kind, the stamps last: the order of tables, files and the schema.
    ordered = [name for name in own_fields if name in shared and name not in stamps]
    ordered += [name for name in own_fields if name not in shared]
    ordered += [name for name in own_fields if name in stamps]
    return Kind(
        name=cls.__name__,
        plural=getattr(cls, "plural", lower_first(cls.__name__) + "s"),
        description=getdoc(cls) or "",
        keyed=issubclass(cls, Entity),
        natural_key=tuple(to_camel(name) for name in cls.natural_key),
        properties={name: own_fields[name] for name in ordered},
    )


def _link_type(cls: type[Link], names: Callable[[tuple[type[Record], ...]], tuple[str, ...]]) -> LinkType:
    ends = cls.ends
    start, finish = names(ends.start), names(ends.finish)
    properties = _properties(cls)
    base = {to_camel(name) for name in Link.model_fields}
    own = {name: prop for name, prop in properties.items() if name not in base}
    return LinkType(
        name=to_snake(cls.__name__).upper(),
        class_name=cls.__name__,
        description=getdoc(cls) or "",
        start=start,
        finish=finish,
        spine=ends.spine,
        one=start if ends.one else names(ends.one_for),
        one_parent=ends.one_parent,
        positioned=ends.positioned,
        same_kind=ends.same_kind,
        acyclic=ends.acyclic,
        distinguished_by=to_camel(ends.distinguished_by) if ends.distinguished_by else None,
        properties=own | {name: prop for name, prop in properties.items() if name in base},
        own=own,
    )


def _declared(module: object) -> Iterator[type[Link]]:
    for value in vars(module).values():
        if isinstance(value, type) and issubclass(value, Link) and value is not Link:
            yield value


MODEL = Model(KIND_CLASSES, (*_declared(spine), *_declared(attached)))
