"""The root of mutations, with its inputs and payloads. All of them follow from `MODEL`, but for those of no kind.

Each mutation takes one `input` and gives a payload with what was changed and with `userErrors`. What an input means is
`draft`'s to say, how it is done `changer`'s.
"""

from collections.abc import Mapping
from typing import Any

import strawberry
from pydantic.alias_generators import to_snake

from graph_api.change.faults import FaultCode
from graph_api.model import MODEL, Kind, LinkField, LinkType, Property
from graph_api.model.values import Choice, ValueType, value_type
from graph_api.schema import made
from graph_api.schema.deciding import deciding_fields
from graph_api.schema.enums import Kind as KindName
from graph_api.schema.enums import LinkType as LinkTypeName
from graph_api.schema.enums import published
from graph_api.schema.history import Change
from graph_api.schema.inputs import article, link_name
from graph_api.schema.made import Described, annotation, input_type, known, maybe, named, object_type
from graph_api.schema.payloads import CONTROL, REVISION, input_name, mutation_field, payload_fields

ID: Described = (maybe(strawberry.ID), "Its id.")
KEY: Described = (maybe(str), "Its key, such as `R2`.")
TEMPORARY: Described = (maybe(str), "The temporary name that it has in this input.")
_DISTINGUISHED = "which tells it from other links between the same two"


def mutation_type() -> type:
    """Make the type of the root, and all inputs and payloads."""
    _publish_shared()
    fields: dict[str, Any] = {}
    for kind in MODEL.kinds.values():
        fields |= _of_kind(kind)
    for link in MODEL.links.values():
        fields |= _of_link(link)
    fields |= _others()
    fields |= deciding_fields()
    _publish_change_input(fields)
    fields["applyChanges"] = mutation_field(
        "applyChanges", "ChangesPayload", "Do several things at once, or none of them. New things can be linked in it."
    )
    attributes = {to_snake(name): made for name, made in fields.items()}
    mutation = type("Mutation", (), {"__module__": __name__, "__annotations__": {}, **attributes})
    return strawberry.type(mutation, description="What can be changed. Everything in one input is done, or nothing is.")


def _publish_shared() -> None:
    made.publish("Change", Change)
    codes = Choice("UserErrorCode", {code.name: (code.value, _CODES[code]) for code in FaultCode})  # type: ignore[arg-type] # the functional form
    codes.__doc__ = "What sort of thing is wrong with an input."
    made.publish("UserErrorCode", published(codes))  # type: ignore[arg-type] # see above
    object_type(
        "UserError",
        "Something that is wrong with an input, so that nothing was done.",
        {
            "path": (list[str], 'Where: `["input", "to", "0", "fit"]`.'),
            "code": ("UserErrorCode", "Of which sort it is."),
            "message": (str, "What is wrong, and how to mend it."),
        },
    )
    for name, struct in MODEL.structs.items():
        parts = {
            part: (_input(value_type(info.rebuild_annotation()), required=True), info.description or "")
            for part, info in struct.model_fields.items()
        }
        input_type(f"{name}Input", struct.__doc__ or "", parts)
    input_type(
        "EntityRefInput",
        "An entity, by exactly one of its id, its key and its temporary name.",
        _reference(tuple(MODEL.kinds)),
    )
    object_type(
        "ChangesPayload",
        "What was done.",
        {"entities": ("list[Node]", "What was created, updated or restored, in the order of the input.")}
        | {"leftOut": (list[str], "Why links that went with a restored entity do not come back with it.")}
        | payload_fields(),
    )


_CODES: Mapping[FaultCode, str] = {
    FaultCode.UNKNOWN_KIND: "There is no such kind.",
    FaultCode.UNKNOWN_FIELD: "There is no such field.",
    FaultCode.UNKNOWN_LINK: "There is no such type of link.",
    FaultCode.INVALID_VALUE: "The field does not take this value.",
    FaultCode.INVALID_KEY: "This cannot be a key.",
    FaultCode.REQUIRED: "Something is missing.",
    FaultCode.NOT_WRITABLE: "The service sets this field itself.",
    FaultCode.WRONG_ENDS: "A link of this type cannot join these two.",
    FaultCode.CONFLICTING: "The input contradicts itself.",
    FaultCode.TAKEN: "It is there already.",
    FaultCode.NOT_FOUND: "It is not there.",
    FaultCode.ONLY_ONE: "There is one such link already, and there can be no second.",
    FaultCode.CYCLE: "The link would close a cycle.",
    FaultCode.CONFLICT: "Somebody else has changed it since, or the idempotency key was used for something else.",
}


def _of_kind(kind: Kind) -> dict[str, Any]:
    name, a_kind = kind.name, article(kind.name)
    object_type(
        f"{name}Payload",
        f"What was done with {_a(kind)}.",
        {
            kind.field_name: (
                f"Optional[{name}]",
                "It, as it is now; where somebody else has changed it, as they left it.",
            )
        }
        | payload_fields(),
    )
    own = {prop.name: prop for prop in kind.properties.values() if not prop.stamp and prop.name not in {"id", "key"}}
    links = {end.name: _end(end) for end in kind.links.values() if any(MODEL.kinds[far].keyed for far in end.far)}
    key = {"key": (maybe(str), "Its key; made from the name when none is given.")} if kind.keyed else {}
    input_type(
        f"Create{name}Input",
        f"{a_kind} to create, with its links.",
        key
        | {prop.name: (_input(prop.type, required=prop.required), prop.description) for prop in own.values()}
        | links
        | {"temporary": (maybe(str), "A name by which other parts of the same input can mean it.")}
        | CONTROL,
    )
    input_type(
        f"Update{name}Input",
        f"{a_kind} to change. A field that is absent stays as it is; a null one becomes unknown.",
        {"id": ID}
        | ({"key": KEY} if kind.keyed else {})
        | {prop.name: (_input(prop.type, required=False), prop.description) for prop in own.values()}
        | {"expectedRevision": REVISION}
        | CONTROL,
    )
    return {
        f"create{name}": mutation_field(
            f"create{name}", f"{name}Payload", f"Create {_a(kind)}, with links to what is there."
        ),
        f"update{name}": mutation_field(f"update{name}", f"{name}Payload", f"Change fields of {_a(kind)}."),
    }


def _of_link(link: LinkType) -> dict[str, Any]:
    name = link.class_name
    object_type(
        f"{name}Payload",
        f"What was done with links: {link.description}",
        {
            "from": (f"Optional[{end_type(link.start)}]", "What they lead from."),
            "to": (f"list[{end_type(link.finish)}]", "What they lead to, in the order of the input."),
        }
        | payload_fields(),
    )
    input_type(f"{name}TargetInput", f"What to link to. {link.description}", _reference(link.finish) | _writable(link))
    told = link.properties[link.distinguished_by] if link.distinguished_by else None
    if told:
        part = {told.name: (_input(told.type, required=False), f"{told.description} Absent: the link without one.")}
        input_type(
            f"Unlink{name}TargetInput",
            f"The end of a link, and its `{told.name}`, {_DISTINGUISHED}.",
            _reference(link.finish) | part,
        )
    target = f"Unlink{name}TargetInput" if told else "EntityRefInput"
    for verb, to in (("Link", f"{name}TargetInput"), ("Unlink", target)):
        input_type(
            f"{verb}{name}Input",
            f"{verb} one entity and several others. {link.description}",
            {
                "from": ("EntityRefInput", f"What the links lead from: {_names(link.start)}."),
                "to": (f"list[{to}]", f"What they lead to: {_names(link.finish)}."),
            }
            | CONTROL,
        )
    return {
        f"link{name}": mutation_field(
            f"link{name}", f"{name}Payload", f"Make links, or change the fields of links: {link.description}"
        ),
        f"unlink{name}": mutation_field(f"unlink{name}", f"{name}Payload", f"Remove links: {link.description}"),
    }


def _others() -> dict[str, Any]:
    input_type(
        "DeleteEntityInput", "An entity to delete.", _reference(tuple(MODEL.kinds)) | {"expectedRevision": REVISION}
    )
    input_type(
        "DeleteEntitiesInput",
        "Entities to delete with all their links, and with the records that belong to them.",
        {"entities": ("list[DeleteEntityInput]", "Which.")} | CONTROL,
    )
    input_type(
        "RestoreEntitiesInput",
        "What to bring back.",
        {"ids": (list[strawberry.ID], "The ids of deleted entities, or of removed links.")} | CONTROL,
    )
    input_type(
        "ReorderInput",
        "Links to put in order.",
        {
            "from": ("EntityRefInput", "What the links lead from."),
            "linkType": (LinkTypeName, "Of which type they are: one whose links have a position."),
            "to": ("list[EntityRefInput]", "What they lead to, the first first. What is not named follows."),
        }
        | CONTROL,
    )
    record = MODEL.kinds["Measurement"]
    of = record.links["kpi"]
    parts = {
        prop.name: prop for prop in record.properties.values() if not prop.stamp and prop.name not in {"id", "key"}
    }
    input_type(
        "MeasurementInput",
        "A value of a KPI on a day. The same day, subject and respondents again correct the value.",
        {prop.name: (_input(prop.type, required=False), prop.description) for prop in parts.values()}
        | {end.name: _end(end) for end in record.links.values() if end is not of},
    )
    input_type(
        "RecordMeasurementsInput",
        "Values of one KPI.",
        {"kpi": ("EntityRefInput", "The KPI."), "measurements": ("list[MeasurementInput]", "Its values.")} | CONTROL,
    )
    input_type("RevertInput", "A change set to take back.", {"changeSet": (strawberry.ID, "Its id.")} | CONTROL)
    fields = {
        "deleteEntities": "Delete entities with all their links. They can be restored.",
        "restoreEntities": "Bring deleted entities back with the links that went with them, or removed links.",
        "reorder": "Put what has a position, such as a journey's stages, in another order.",
        "recordMeasurements": "Record values of a KPI; those that are there already are corrected.",
        "revert": "Take a change set back, where nothing that it touched was changed again.",
    }
    return {name: mutation_field(name, "ChangesPayload", description) for name, description in fields.items()}


def _publish_change_input(fields: Mapping[str, Any]) -> None:
    """Make the input that says any one of all things."""
    single = {
        name: (f"Optional[{input_name(name)}]", f"As `{name}` does.")
        for name in fields
        if name not in {"deleteEntities", "restoreEntities", "revert"}
    }
    single["deleteEntities"] = ("Optional[DeleteEntitiesInput]", "As `deleteEntities` does; this is done first.")
    single["restoreEntities"] = ("Optional[RestoreEntitiesInput]", "As `restoreEntities` does.")
    input_type("ChangeInput", "One thing to do: exactly one of these.", single, one_of=True)
    input_type(
        "ApplyChangesInput",
        "Several things to do.",
        {
            "changes": (
                "list[ChangeInput]",
                "What to do. What is removed goes first, whatever its place; what is created can be meant everywhere.",
            )
        }
        | CONTROL,
    )


def _reference(kinds: tuple[str, ...]) -> dict[str, Described]:
    fields = {"id": ID, "key": KEY, "temporary": TEMPORARY}
    if len(kinds) > 1:
        fields["kind"] = (maybe(KindName), f"Its kind, needed with a key: {_names(kinds)}.")
    return fields


def _end(end: LinkField) -> Described:
    """Give a link's field in an input that creates one of its ends."""
    name = f"{link_name(end.link, end.target)}Input"
    if not known(name):
        input_type(
            name, f"{article(end.target)} to link, and the link's fields.", _reference(end.far) | _writable(end.link)
        )
    return f"Optional[{name}]" if end.single else f"Optional[list[{name}]]", end.link.description


def _writable(link: LinkType) -> dict[str, Described]:
    props: list[Property] = [prop for prop in link.properties.values() if not prop.stamp and prop.name != "id"]
    return {prop.name: (_input(prop.type, required=False), prop.description) for prop in props}


def _input(value: ValueType, *, required: bool) -> Any:
    if value.struct:
        item: Any = annotation(f"{value.graphql}Input")
    else:
        item = named(value)
    whole = list[item] if value.many else item
    return whole if required and not value.many else maybe(whole)


def end_type(kinds: tuple[str, ...]) -> str:
    """Name the type that stands for all of these kinds."""
    if len(kinds) == 1:
        return kinds[0]
    found = [name for name, interface in MODEL.interfaces.items() if set(interface.members) == set(kinds)]
    return found[0] if found else "Entity" if all(MODEL.kinds[kind].keyed for kind in kinds) else "Node"


def _names(kinds: tuple[str, ...]) -> str:
    if set(MODEL.keyed) <= set(kinds):
        return "any"
    return kinds[0] if len(kinds) == 1 else f"{', '.join(kinds[:-1])} or {kinds[-1]}"


def _a(kind: Kind) -> str:
    named_so = article(kind.name)
    return named_so[0].lower() + named_so[1:]
