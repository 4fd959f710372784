"""The data dictionary: the whole model as one Markdown page, for people.

`make dictionary` writes it to docs/data-dictionary.md; a test holds the two equal.
"""

import sys
from collections.abc import Iterable, Iterator
from typing import Any

from graph_api.model.catalogue import MODEL, Direction, Kind, LinkField, LinkType, Model, Property
from graph_api.model.values import MAX_MONEY, MONEY_PLACES

_HEAD = """# Data dictionary

Everything the graph can hold. Made from the declarations in `graph_api/model/` by `make dictionary`; do not edit it.

The names below are the same in GraphQL, in files and in Neo4j: a kind is a label, a field is a property, a link type is
a relationship type. A field without a value is *unknown*: never zero, never no. Lists alone are empty instead."""

_TYPES = f"""## Types of values

| type | what it is |
|---|---|
| `String` | Text; where a field says Markdown, Markdown. |
| `Boolean` | `true` or `false`. |
| `Int` | A whole number. |
| `Float` | A number; scales are closed, their ends are given with the field. |
| `Decimal` | Money, at most {MONEY_PLACES} decimal places, between -{MAX_MONEY:,} and {MAX_MONEY:,}; text in JSON. |
| `Date` | A day: `2026-03-31`. |
| `DateTime` | A moment, in UTC: `2026-03-31T12:00:00Z`. |
| `Duration` | A length of time in ISO 8601: `P14D`, `P3M`, `PT30M`. |"""

_MARKS = """Marks: **required** always has a value; **substance** a change of it makes links to the entity suspect until
somebody reviews them; **ordered** lists can be ordered by it; **set by the service** nobody else can write it."""

_CHOSEN_WHY = """A field name has one type across all kinds, so that fragments on different kinds in one query never
conflict. Where a plain word would have had two types, or could be misread, the name says which is meant:"""

# The plain word, the names that stand for it, and what differs between them: a field name has one type everywhere.
CHOSEN_FIELDS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("level", ("goalLevel", "journeyLevel", "promiseLevel"), "a closed set; 0 to 2; a figure on a KPI's scale"),
    ("horizon", ("goalHorizon", "propositionHorizon"), "a day; a closed set"),
    ("method", ("kpiMethod", "studyMethod"), "a closed set; free words"),
    ("status", ("accountStatus", "insightStatus", "opportunityStatus", "propositionStatus", "initiativeStatus"), ""),
    ("state, form, evidence", ("journeyState", "journeyForm", "journeyEvidence"), "`evidence` is a link elsewhere"),
    ("subject", ("insightSubject", "measurementSubject"), ""),
    ("sort", ("needSort", "channelSort", "evidenceSort", "enablerSort"), ""),
    ("verdict", ("hypothesisVerdict", "decisionVerdict"), ""),
    ("grounds", ("experienceGrounds", "driverGrounds"), "on links"),
    ("stance", ("evidenceStance", "stakeholderStance"), "on links"),
    ("role", ("involvementRole",), "on a link; `role` is a persona's job, in words"),
    ("on", ("measuredOn", "decidedOn", "waivedOn"), "the day; bare `on` is *true* to some readers of YAML"),
    ("from, to", ("fieldedFrom", "fieldedTo"), "a study's days; `from` and `to` are the ends of links in files"),
    ("subject's name", ("competitor",), "whose value it is, where it is not ours"),
    ("estimate", ("figures",), "on HAS_NEED: marks figures that nobody counted"),
)
CHOSEN_LINK_FIELDS: tuple[tuple[str, str], ...] = (
    ("PART_OF", "one field per kind, since a part is of its whole's kind"),
    ("EXPERIENCES", "the persona's side; the other is `experiencedBy`"),
    ("APPLIES_TO", "whom a step or touchpoint is for, and what is applicable to whom"),
    ("MATTERS_AT", "the need's side; a stage or step has `needs`"),
    ("EVOLVES_TO", "from the journey as it is to the one it should become, and back"),
    ("REALISES", "which parts of a to-be journey somebody brings about"),
    ("ABOUT", "what a hypothesis is about; everything it can be about has `hypotheses`"),
    ("TARGETS", "whom a proposition is for"),
    ("MADE_TO", "who received the promise"),
    ("MADE_AT", "where it is made"),
    ("KEPT_AT", "where it must be kept"),
    ("INVOLVES", "a part in the work, beside the owner's"),
    ("STANDS_ON", "ambassadors and opponents"),
    ("MEASURED_BY", "what a KPI is the measure of"),
    ("MEASURED_FOR", "the part of the customers that a measurement is for"),
    ("DECIDES", "what a decision is about"),
    ("WAIVES", "the entity for which a rule need not hold"),
)
CHOSEN_INTERFACES = ("JourneyElement", "Voice", "Decidable", "Owner", "Party")


def data_dictionary(model: Model = MODEL) -> str:
    """Return the dictionary of the model as Markdown."""
    sections = (
        _HEAD,
        _contents(model),
        _TYPES,
        _common(model),
        "## Kinds",
        *(_kind(model, kind) for kind in model.kinds.values()),
        "## Links",
        "**Spine** links carry the thread from insight to action, and traces follow them. **Attached** ones do not.",
        *(_link(model, link) for link in model.links.values()),
        "## Interfaces",
        "A name for several kinds at one end of a link. It has the fields that they all have.",
        _table(
            ("interface", "what it is", "kinds"),
            ((f"`{one.name}`", one.description, _kinds(one.members)) for one in model.interfaces.values()),
        ),
        *_closed_sets(model),
        *_parts(model),
        _chosen(model),
    )
    return "\n\n".join(sections) + "\n"


def _contents(model: Model) -> str:
    return "\n".join(
        (
            "## Contents",
            "",
            "- [Types of values](#types-of-values)",
            "- [Fields that recur](#fields-that-recur)",
            f"- [Kinds](#kinds): {_kinds(model.kinds)}",
            f"- [Links](#links): spine {_kinds(model.spine)}; attached {_kinds(model.attached)}",
            f"- [Interfaces](#interfaces): {', '.join(model.interfaces)}",
            f"- [Closed sets](#closed-sets): {_kinds(model.choices)}",
            f"- [Values with parts](#values-with-parts): {_kinds(model.structs)}",
            "- [Names we chose](#names-we-chose)",
        )
    )


def _common(model: Model) -> str:
    entity, record = _shared(model, keyed=True), _shared(model, keyed=False)
    named = {name: prop for name, prop in entity.items() if name not in record}
    link = next(iter(model.links.values()))
    return "\n\n".join(
        (
            "## Fields that recur",
            "These are not repeated below. Besides them every kind has `id`, opaque and global.",
            _MARKS,
            "Every kind:",
            _fields(record.values()),
            "Every kind with a key and a name:",
            _fields(named.values()),
            "Every link:",
            _fields(prop for name, prop in link.properties.items() if name not in link.own),
        )
    )


def _shared(model: Model, *, keyed: bool) -> dict[str, Property]:
    """Return the fields that all kinds have, or all kinds with a key."""
    kinds = [kind for kind in model.kinds.values() if kind.keyed or not keyed]
    return {
        name: prop for name, prop in kinds[0].properties.items() if all(name in kind.properties for kind in kinds[1:])
    }


def _kind(model: Model, kind: Kind) -> str:
    recurring = _shared(model, keyed=kind.keyed)
    own = [prop for name, prop in kind.properties.items() if name not in recurring]
    parts = [f"### {kind.name}", kind.description]
    if not kind.keyed:
        # A name that is no field by itself stands for the fields that begin with it: one for each far kind.
        fields = (*kind.properties, *kind.links)
        apart = ", ".join(f"`{name}`" if name in fields else f"`{name}…`" for name in kind.natural_key)
        parts.append(f"It has no key or name: what tells two of them apart is {apart}.")
    if own:
        parts.append(_fields(own))
    parts.append(_table(("link field", "leads to", "link"), (_link_row(seen) for seen in kind.links.values())))
    return "\n\n".join(parts)


def _link_row(seen: LinkField) -> tuple[str, str, str]:
    how_many = "at most one " if seen.single else ""
    far = f"`{seen.interface}`" if seen.interface else _kinds(seen.far)
    arrow = "→" if seen.direction is Direction.OUT else "←"
    place = ", spine" if seen.link.spine else ""
    return f"`{seen.name}`", how_many + far, f"{arrow} {_anchor(seen.link.name)}{place}"


def _link(model: Model, link: LinkType) -> str:
    parts = [
        f"### {link.name}",
        link.description,
        "\n".join(
            (
                f"- from {_kinds(link.start)}: {_end_fields(model, link, Direction.OUT)}",
                f"- to {_kinds(link.finish)}: {_end_fields(model, link, Direction.IN)}",
                f"- {'spine' if link.spine else 'attached'}; {'; '.join(_cardinality(link))}",
            )
        ),
    ]
    if link.own:
        parts.append(_fields(link.own.values()))
    return "\n\n".join(parts)


def _end_fields(model: Model, link: LinkType, direction: Direction) -> str:
    names = dict.fromkeys(
        seen.name
        for kind in model.kinds.values()
        for seen in kind.links.values()
        if seen.link is link and seen.direction is direction
    )
    return ", ".join(f"`{name}`" for name in names)


def _cardinality(link: LinkType) -> Iterator[str]:
    if link.one:
        yield "at most one" if link.one == link.start else f"at most one from each {' or '.join(link.one)}"
    else:
        yield "any number"
    if link.one_parent:
        yield "at most one arrives"
    if link.positioned:
        yield "in an order, from 1 without holes"
    if link.same_kind:
        yield "between two of the same kind"
    if link.acyclic:
        yield "never in a circle"
    if link.distinguished_by:
        yield f"several between the same two, one for each `{link.distinguished_by}`"


def _closed_sets(model: Model) -> Iterator[str]:
    yield "## Closed sets"
    for name, choice in model.choices.items():
        yield f"### {name}"
        yield (choice.__doc__ or "").strip()
        yield _table(("value", "meaning"), ((f"`{member.value}`", member.description) for member in choice))


def _parts(model: Model) -> Iterator[str]:
    yield "## Values with parts"
    for name, struct in model.structs.items():
        yield f"### {name}"
        yield (struct.__doc__ or "").strip()
        yield _table(
            ("part", "meaning"),
            ((f"`{part}`", info.description or "") for part, info in struct.model_fields.items()),
        )


def _chosen(model: Model) -> str:
    ends = {
        name: ", ".join(
            (_end_fields(model, model.links[name], Direction.OUT), _end_fields(model, model.links[name], Direction.IN))
        )
        for name, _ in CHOSEN_LINK_FIELDS
    }
    return "\n\n".join(
        (
            "## Names we chose",
            _CHOSEN_WHY,
            _table(
                ("plain word", "here", "because"),
                (
                    (word, ", ".join(f"`{name}`" for name in names), why or "a different closed set each")
                    for word, names, why in CHOSEN_FIELDS
                ),
            ),
            "Where a link leads to several kinds, each of them has a field, unless an interface names them together:",
            _table(
                ("link", "fields at its ends", "what for"),
                ((_anchor(name), ends[name], why) for name, why in CHOSEN_LINK_FIELDS),
            ),
            "Interfaces: " + ", ".join(f"`{name}` ({_plain(model, name)})" for name in CHOSEN_INTERFACES) + ".",
        )
    )


def _plain(model: Model, interface: str) -> str:
    return ", ".join(model.interfaces[interface].members)


def _fields(properties: Iterable[Property]) -> str:
    return _table(
        ("field", "type", "values", "meaning", "marks"),
        (
            (f"`{prop.name}`", _type(prop), _values(prop.type.adapter.json_schema()), prop.description, _marks(prop))
            for prop in properties
        ),
    )


def _type(prop: Property) -> str:
    named = prop.type.choice or prop.type.struct
    name = _anchor(prop.type.graphql) if named else f"`{prop.type.graphql}`"
    return f"list of {name}" if prop.type.many else name


def _values(schema: dict[str, Any]) -> str:
    """Put the limits of a JSON schema into words: its scale, its closed list of numbers, its greatest length."""
    schema = next((part for part in schema.get("anyOf", ()) if part.get("type") != "null"), schema)
    schema = schema.get("items", schema)
    if schema.get("type") in {"number", "integer"}:
        if "enum" in schema:
            return ", ".join(str(value) for value in schema["enum"])
        low, high = schema.get("minimum"), schema.get("maximum")
        if low is None or abs(low) >= MAX_MONEY:
            return ""
        return f"{low:g} or more" if high is None or high >= 2**31 - 1 else f"{low:g} to {high:g}"
    if schema.get("format", "").startswith("ISO"):
        return str(schema["format"])
    return f"up to {schema['maxLength']:,} characters" if "maxLength" in schema else ""


def _marks(prop: Property) -> str:
    marks = {
        "required": prop.required,
        "substance": prop.substance,
        "ordered": prop.ordered,
        "set by the service": prop.stamp,
    }
    return ", ".join(mark for mark, applies in marks.items() if applies)


def _kinds(names: Iterable[str]) -> str:
    return ", ".join(_anchor(name) for name in names)


def _anchor(name: str) -> str:
    return f"[{name}](#{name.lower()})"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    lines += [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(data_dictionary())
