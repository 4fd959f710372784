"""Natural keys: what tells a record apart that has no key of its own, such as `kpi=K3&measuredOn=2026-08-01`."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from pydantic import ValidationError

from graph_api.change.changeset import Ref
from graph_api.model import Kind, LinkField
from graph_api.model.catalogue import lower_first


def natural_key(kind: Kind, values: Mapping[str, Any], far: Mapping[str, Sequence[Ref]]) -> str | None:
    """Make the natural key of a record from its own fields and from what its links lead to, by their fields' names.

    Everything that its kind declares as its natural key and that is known goes into it, so that the same record
    written again has the same one. None where nothing of it is known.
    """
    parts: list[tuple[str, str]] = []
    for name in kind.natural_key:
        if name in kind.properties:
            parts += [(name, text) for text in (_text(kind, name, values.get(name)),) if text]
            continue
        fields = [end for end in kind.links.values() if meant(end, name)]
        refs = sorted({ref for end in fields for ref in far.get(end.name, ())})
        several = any(len(end.link.finish) > 1 for end in fields)
        parts += [(name, str(ref) if several else ref.key) for ref in refs]
    return urlencode(parts, safe="/") or None


def missing_ends(kind: Kind, far: Mapping[str, Sequence[Ref]]) -> list[LinkField]:
    """Return the links without which a record is of nothing: those of its natural key of which it has just one."""
    ends = [end for end in kind.links.values() if end.single and end.name in kind.natural_key]
    return [end for end in ends if not far.get(end.name)]


def meant(end: LinkField, name: str) -> bool:
    """Tell whether a name in a natural key means this field: its own, or its link type's that has several fields."""
    return name in {end.name, lower_first(end.link.class_name)}


def _text(kind: Kind, name: str, value: Any) -> str | None:
    if value is None:
        return None
    try:
        return str(kind.properties[name].type.parse(value))
    except ValidationError:
        return str(value)
