"""A command that owns an engine and writes without end, for tests that kill it; it prints what is committed."""

import asyncio
import sys
from pathlib import Path

from graph_api.settings import Settings
from graph_api.store.connection import Store
from graph_api.store.endpoint import Endpoint, open_endpoint


async def write(endpoint: Endpoint) -> None:
    store = await Store.open(endpoint)
    number = 0
    while True:
        number += 1
        async with store.transaction() as tx:
            await tx.run("CREATE (:Written {number: $number})", {"number": number})
        print(number, flush=True)  # noqa: T201 -- the test reads along


with open_endpoint(Settings(neo4j_uri=None, data_dir=Path(sys.argv[1])), lambda _: None) as endpoint:
    asyncio.run(write(endpoint))
