"""Entities as people name them in commands, and as commands name them: `opportunity/R2`."""

from typing import TYPE_CHECKING, Any

from graph_api.cli.terminal import plain
from graph_api.errors import UserInputError

if TYPE_CHECKING:
    from rich.text import Text


def read_entity(text: str, option: str = "") -> tuple[str, str]:
    """Return the name of the kind and the key; raises UserInputError, which names the option if there is one."""
    kind, _, key = text.partition("/")
    if not kind or not key:
        message = f"{_lead(option)}{text!r} names no entity. Write kind and key, as opportunity/R2."
        raise UserInputError(message)
    return read_kind(kind, option), key


def read_kind(name: str, option: str = "") -> str:
    """Return the name of a kind with keys, singular or plural; raises UserInputError with the nearest name."""
    from graph_api.change.faults import suggestion
    from graph_api.model import MODEL

    kind = MODEL.kind(name)
    if kind is None or not kind.keyed:
        known = [MODEL.kinds[known].field_name for known in MODEL.keyed]
        message = (
            f"{_lead(option)}There is no kind {name!r} that a thread leads through{suggestion(name, known)}"
            f" The kinds are {', '.join(known)}."
        )
        raise UserInputError(message)
    return kind.name


def lost(kind: str, key: str, option: str = "") -> UserInputError:
    """Return the error that there is no such entity."""
    return UserInputError(
        f"{_lead(option)}There is no {kind} with the key {key!r} in the graph. Keys are case-sensitive."
    )


def reference(entity: dict[str, Any]) -> str:
    """Name an entity as commands take it."""
    from graph_api.model import MODEL

    return f"{MODEL.kinds[entity['__typename']].field_name}/{plain(entity['key'])}"


def named(entity: dict[str, Any]) -> "Text":
    """Show an entity as commands take it, with its name."""
    from graph_api.cli.folding import Folding

    return Folding.assemble((reference(entity), "bold"), " ", plain(entity["name"]))


def _lead(option: str) -> str:
    return f"{option}: " if option else ""
