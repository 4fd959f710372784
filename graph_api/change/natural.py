"""Records have no key that people write: a measurement is told apart by its KPI, its day and the like.

Its natural key is made of everything that its kind declares as such and that is known, so that the same record written
again has the same one: `kpi=K3&measuredOn=2025-08-01`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from pydantic import ValidationError

from graph_api.change.changeset import Ref
from graph_api.model import Kind, LinkField
from graph_api.model.catalogue import lower_first


def natural_key(kind: Kind, values: Mapping[str, Any], ends: Sequence[tuple[LinkField, Ref]]) -> str | None:
    """Return what tells a record apart; none where nothing does. `ends` has its links as they are written at it."""
    parts: list[tuple[str, str]] = []
    for name in kind.natural_key:
        if name in kind.properties:
            parts += [(name, text) for text in (_text(kind, name, values.get(name)),) if text]
        else:
            named = {ref: at for at, ref in ends if is_named(at, name)}
            parts += [
                (name, str(ref) if len(at.link.finish) > 1 else ref.key) for ref, at in sorted(named.items(), key=_ref)
            ]
    return urlencode(parts, safe="/") or None


def missing_link(kind: Kind, written: Iterable[LinkField]) -> LinkField | None:
    """Return the link without which a record of the kind cannot be told apart, where it is not written."""
    there = {at.name for at in written}
    named = (end for name in kind.natural_key for end in kind.links.values() if end.name == name)
    return next((end for end in named if end.single and end.name not in there), None)


def is_named(at: LinkField, name: str) -> bool:
    """Whether the link is meant by a name in a natural key: a field's, or a link type's that has several fields."""
    return name in {at.name, lower_first(at.link.class_name)}


def _ref(entry: tuple[Ref, LinkField]) -> Ref:
    return entry[0]


def _text(kind: Kind, name: str, value: Any) -> str | None:
    if value is None:
        return None
    try:
        return str(kind.properties[name].type.parse(value))
    except ValidationError:
        return str(value)
