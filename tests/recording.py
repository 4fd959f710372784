"""A store that remembers what was asked of it, for tests of what is sent to Neo4j and what that costs."""

from typing import Any

from graph_api.store.connection import Store


class Recording:
    """Reads, and remembers what it was asked to."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.sent: list[tuple[str, Any]] = []

    async def read(self, cypher: str, parameters: Any = None) -> list[Any]:
        self.sent.append((cypher, parameters))
        return await self.store.read(cypher, parameters)
