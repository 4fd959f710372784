"""The history, read from its first change on, and what is really there: the two must be the same."""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph_api.store.connection import Store


class HistoryError(AssertionError):
    """The history contradicts itself."""


@dataclass
class Told:
    """What the history says is there, as far as it was read."""

    images: dict[str, Any] = field(default_factory=dict)
    """By the id of an entity or a link."""
    seq: int = 0
    revision: int = 0
    change_set: str = ""

    def read(self, change: dict[str, Any]) -> None:
        """Take in the next change; raises HistoryError where it does not follow from those before."""
        before, after = (json.loads(change[name]) if change.get(name) else None for name in ("before", "after"))
        new_set = change["changeSet"] != self.change_set
        self._must(change, "follows without a gap", right=change["seq"] == self.seq + 1)
        self._must(change, "has the next revision", right=change["revision"] == self.revision + new_set)
        self._must(change, "begins with what was there", right=self.images.get(change["entity"]) == before)
        self._must(change, "changes something", right=before != after)
        self.images[change["entity"]] = after
        if after is None:
            del self.images[change["entity"]]
        self.seq, self.revision, self.change_set = change["seq"], change["revision"], change["changeSet"]

    def _must(self, change: dict[str, Any], words: str, *, right: bool) -> None:
        if not right:
            message = f"It is not so that change {change['seq']} {words}: {change}, after {self.seq}."
            raise HistoryError(message)


async def changes(store: Store, after: int = 0) -> list[dict[str, Any]]:
    """Return the changes with higher numbers, in their order."""
    statement = "MATCH (c:Change) WHERE c.seq > $after RETURN properties(c) AS c ORDER BY c.seq"
    return [row["c"] for row in await store.run(statement, {"after": after})]


async def there(store: Store) -> dict[str, Any]:
    """Return everything that is there as images, by the ids of entities and links."""
    entities, links = await store.read(
        "RETURN COLLECT { MATCH (n:Entity) RETURN [labels(n), properties(n)] }, "
        "COLLECT { MATCH (a:Entity)-[r]->(b:Entity) RETURN [type(r), a.id, b.id, properties(r)] }"
    )
    images: dict[str, Any] = {}
    for labels, properties in entities:
        (kind,) = set(labels) - {"Entity"}
        images[properties["id"]] = {"kind": kind, "properties": _plain(properties)}
    for link_type, start, finish, properties in links:
        plain = _plain(properties)
        images[properties["id"]] = {"type": link_type, "start": start, "finish": finish, "properties": plain}
    if len(images) != len(entities) + len(links):
        message = "Two of what is there have the same id."
        raise HistoryError(message)
    return images


def _plain(properties: dict[str, Any]) -> dict[str, Any]:
    """Write moments and days as images do."""
    return {
        name: _written(value.to_native()) if hasattr(value, "to_native") else value
        for name, value in properties.items()
    }


def _written(value: Any) -> str:
    if type(value) is date:
        return value.isoformat()
    text: str = value.isoformat(timespec="microseconds")
    return text.replace("+00:00", "Z")
